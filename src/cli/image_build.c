/* Makes an image by running code in a session whose clock and randomness are always the same, so that the same preloads give
 * the same bytes. */
#include "image_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "fail.h"
#include "file.h"
#include "images.h"
#include "source.h"

#define MEMORY ((uint64_t)256 << 20) /* no image is larger */

typedef struct {
  const cli_image_plan *plan;
  cloche_limits limits;
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  bool is_python;
} workshop;

static cloche_status open_workshop(workshop *w, cloche_error *err) {
  cloche_engine_options engine = CLOCHE_ENGINE_OPTIONS_INIT;
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  engine.name = w->plan->engine;
  cli_dome_plan dome = {.wall = w->plan->wall};
  cell.session = cell.seeded = true;
  cell.clock = CLOCHE_CLOCK_VIRTUAL;
  cell.limits = &w->limits;
  cloche_status status = cloche_limits_profile(&w->limits, NULL, err);
  w->limits.memory_bytes = MEMORY;
  if (status == CLOCHE_OK) status = cloche_engine_open(&w->engine, &engine, err);
  if (status == CLOCHE_OK) status = cli_dome_open(&w->thread, &dome, err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&w->cell, w->thread, w->engine, &cell, err);
  w->is_python = w->engine && strcmp(cloche_engine_describe(w->engine).name, "python") == 0;
  return status;
}

static cloche_status run(workshop *w, const char *name, const char *source, size_t len, cloche_error *err) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  options.name = name;
  cloche_status status = cloche_cell_eval(w->cell, source, len, &options, &result, err);
  if (status != CLOCHE_OK || result.status == CLOCHE_OK) return status;
  return cli_fail(err, result.status, "%.60s: %.40s: %.120s", name, result.error_name ? result.error_name : "Error",
                  result.error_message ? result.error_message : "");
}

static const char *name_in(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool is_python_file(const char *preload) {
  size_t len = strlen(preload);
  return len > 3 && strcmp(preload + len - 3, ".py") == 0;
}

/* "json" or "xml.etree" */
static bool is_module_name(const char *name) {
  bool start = true;
  for (const char *c = name; *c; c++) {
    bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_' || (unsigned char)*c >= 0x80;
    if (*c == '.' ? start : !letter && (start || *c < '0' || *c > '9')) return false;
    start = *c == '.';
  }
  return !start;
}

static cloche_status import_module(workshop *w, const char *name, cloche_error *err) {
  char line[200];
  if (!is_module_name(name) || strlen(name) > 100)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' is no name of a module, and no .py file", name);
  int len = snprintf(line, sizeof line, "__import__('%s') and None", name);
  return run(w, name, line, (size_t)len, err);
}

/* A module of the user's is given to the cell, and imported: what it is lies in the image. */
static cloche_status preload_python(workshop *w, const char *path, const cli_bytes *text, cloche_error *err) {
  char name[128];
  snprintf(name, sizeof name, "%.*s", (int)strlen(name_in(path)) - 3, name_in(path));
  cloche_module module = CLOCHE_MODULE_INIT;
  module.name = name;
  module.source = text->data;
  module.source_len = text->len;
  cloche_status status = cloche_cell_module(w->cell, &module, err);
  return status == CLOCHE_OK ? import_module(w, name, err) : status;
}

static cloche_status preload(workshop *w, const char *what, cloche_error *err) {
  if (w->is_python && !is_python_file(what)) return import_module(w, what, err);
  cli_bytes text = {0};
  cloche_status status = cli_source_read(&text, what, (size_t)w->limits.source_bytes, err);
  if (status == CLOCHE_OK)
    status = w->is_python ? preload_python(w, what, &text, err) : run(w, name_in(what), text.data, text.len, err);
  cli_bytes_free(&text);
  return status;
}

/* What is there stays: collections in cells need not look at it. */
static cloche_status settle(workshop *w, cloche_error *err) {
  static const char freeze[] = "(lambda gc: (gc.collect(), gc.freeze()))(__import__('gc')) and None";
  return w->is_python ? run(w, "settle", freeze, sizeof freeze - 1, err) : CLOCHE_OK;
}

static cloche_status write_image(const workshop *w, char id[65], cloche_error *err) {
  uint8_t *image = NULL;
  size_t len;
  cloche_status status = cloche_cell_image(w->cell, &image, &len, err);
  if (status == CLOCHE_OK) status = cli_file_write(w->plan->output, image, len, "the image", err);
  free(image);
  cloche_engine *engine = NULL;
  if (status == CLOCHE_OK) status = cli_images_engine(&engine, w->plan->engine, w->plan->output, err);
  if (status == CLOCHE_OK) snprintf(id, 65, "%s", cloche_engine_describe(engine).image_id);
  cloche_engine_close(engine);
  return status;
}

cloche_status cli_image_build(const cli_image_plan *plan, char id[65], cloche_error *err) {
  workshop w = {.plan = plan};
  cloche_status status = open_workshop(&w, err);
  for (size_t i = 0; status == CLOCHE_OK && i < plan->preload_count; i++) status = preload(&w, plan->preloads[i], err);
  if (status == CLOCHE_OK) status = settle(&w, err);
  if (status == CLOCHE_OK) status = write_image(&w, id, err);
  cloche_cell_close(w.cell);
  cloche_thread_close(w.thread);
  cloche_engine_close(w.engine);
  return status;
}
