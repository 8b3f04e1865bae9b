/* Going back, and keeping a session in a file: `.undo`, `.save` and `.load`. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "images.h"
#include "repl.h"
#include "saved.h"

cloche_status cli_repl_undo(cli_repl *repl, const char *argument, cloche_error *err) {
  char *end = NULL;
  errno = 0;
  unsigned long count = argument[0] ? strtoul(argument, &end, 10) : 1;
  if (argument[0] && (argument[0] < '1' || argument[0] > '9' || *end || errno || count > CLI_REPL_UNDO))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.40s' is not a number of inputs from 1 to %d", argument,
                    CLI_REPL_UNDO);
  return cloche_cell_undo(cli_repl_cell(repl), (uint32_t)count, err);
}

/* ---- files */

/* The engine with an image that a session of this REPL has; NULL: there is none. */
static cloche_engine *engine_of(const cli_repl *repl, const char *image_id) {
  if (strcmp(cloche_engine_describe(repl->engine).image_id, image_id) == 0) return repl->engine;
  for (size_t i = 0; i < repl->other_count; i++)
    if (strcmp(cloche_engine_describe(repl->others[i]).image_id, image_id) == 0) return repl->others[i];
  return NULL;
}

cloche_status cli_repl_save(cli_repl *repl, const char *path, cloche_error *err) {
  return cli_saved_write(path, cli_repl_cell(repl), repl->engine, NULL, err);
}

/* A session that another version has saved, or one with another image, has an engine of its own. */
static cloche_status find_engine(cli_repl *repl, const cloche_snapshot_info *info, cloche_engine **out,
                                 cloche_error *err) {
  *out = engine_of(repl, info->image_id);
  if (*out) return CLOCHE_OK;
  if (strcmp(info->language, cloche_engine_describe(repl->engine).name) != 0)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "it is a session of %.15s", info->language);
  if (repl->other_count == CLI_REPL_IMAGES)
    return cli_fail(err, CLOCHE_NO_SLOT, "sessions with %d other images are open already", CLI_REPL_IMAGES);
  cloche_status status = cli_images_open(out, info->language, info->image_id, err);
  if (status == CLOCHE_OK) repl->others[repl->other_count++] = *out;
  return status;
}

static cloche_status load_elsewhere(cli_repl *repl, cloche_engine *engine, const cloche_snapshot *snapshot,
                                    cloche_error *err) {
  cloche_cell **own = &repl->sessions[repl->current].cell, *before = *own;
  *own = NULL;
  cloche_status status = cli_repl_open_cell(repl, engine, err);
  if (status == CLOCHE_OK) status = cloche_cell_restore(*own, snapshot, err);
  cloche_cell_close(status == CLOCHE_OK ? before : *own);
  if (status != CLOCHE_OK) *own = before;
  return status;
}

cloche_status cli_repl_load(cli_repl *repl, const char *path, cloche_error *err) {
  cloche_snapshot *snapshot;
  cloche_engine *engine;
  cloche_status status = cli_saved_read(&snapshot, path, NULL, err);
  if (status != CLOCHE_OK) return status;
  cloche_snapshot_info info = cloche_snapshot_describe(snapshot);
  if (!info.session || info.waiting)
    status = cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.100s' is of a run that waits, not of a session at rest", path);
  if (status == CLOCHE_OK) status = find_engine(repl, &info, &engine, err);
  if (status == CLOCHE_OK) status = load_elsewhere(repl, engine, snapshot, err);
  cloche_snapshot_free(snapshot);
  return status;
}
