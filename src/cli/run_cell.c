/* Opens the cell of `cloche run`. */
#include "run_cell.h"

#include <string.h>

#include "fail.h"
#include "images.h"
#include "inputs.h"
#include "language.h"
#include "source.h"

static cloche_status read_source(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  size_t limit = (size_t)settings->limits.source_bytes;
  cloche_status status = settings->path ? cli_source_read(&out->source, settings->path, limit, err)
                                        : cli_source_copy(&out->source, "-e", settings->code, limit, err);
  if (status != CLOCHE_OK) return status;
  out->language = settings->language;
  if (!out->language) out->language = cli_language_guess(settings->path, out->source.data, out->source.len);
  return CLOCHE_OK;
}

/* The machine lacks something. */
cloche_status cli_run_cell_send_to_doctor(cloche_status status, cloche_error *err) {
  char message[sizeof err->message];
  if (cloche_status_describe(status).exit_code != CLI_EXIT_FAILURE) return status;
  memcpy(message, err->message, sizeof message);
  return cli_fail(err, status, "%.180s; 'cloche doctor' looks for the cause", message);
}

cloche_status cli_run_cell_open_thread(cli_run_cell *out, const cli_run_settings *settings, bool early,
                                       cloche_error *err) {
  cli_dome_plan plan = {.wall = settings->wall, .cells = 1, .spare = 1, .early = early};
  plan.has_python = out->language && strcmp(cloche_language_engine(out->language), "python") == 0;
  return out->thread ? CLOCHE_OK : cli_dome_open(&out->thread, &plan, err);
}

static cloche_status open_cell(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  cell.limits = &settings->limits;
  cell.seeded = settings->seeded;
  cell.seed = settings->seed;
  cell.clock = settings->clock;
  cell.clock_start_ms = settings->clock_start_ms;
  cloche_status status = cli_images_engine(&out->engine, cloche_language_engine(out->language), settings->image, err);
  if (status == CLOCHE_OK) status = cli_run_cell_open_thread(out, settings, false, err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&out->cell, out->thread, out->engine, &cell, err);
  return cli_run_cell_send_to_doctor(status, err);
}

cloche_status cli_run_cell_make(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_status status = open_cell(out, settings, err);
  return status == CLOCHE_OK ? cli_inputs_give(&out->inputs, out->cell, err) : status;
}

/* What the source is written in, as far as that is known without reading it. */
static const char *known_language(const cli_run_settings *settings) {
  if (settings->language) return settings->language;
  return settings->path ? cli_language_by_path(settings->path)
                        : cli_language_guess(NULL, settings->code, strlen(settings->code));
}

/* A worker takes a while to start: that begins before anything is read. */
static cloche_status start_early(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  out->language = known_language(settings);
  if (!out->language || settings->image || cli_files_mounted(&settings->files)) return CLOCHE_OK;
  return cli_run_cell_send_to_doctor(cli_run_cell_open_thread(out, settings, true, err), err);
}

cloche_status cli_run_cell_open(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_status status = start_early(out, settings, err);
  if (status == CLOCHE_OK) status = read_source(out, settings, err);
  if (status == CLOCHE_OK) status = cli_inputs_read(&out->inputs, settings, err);
  return status == CLOCHE_OK ? cli_run_cell_make(out, settings, err) : status;
}

void cli_run_cell_close(cli_run_cell *cell) {
  cloche_cell_close(cell->cell);
  cloche_thread_close(cell->thread);
  cloche_engine_close(cell->engine);
  cli_inputs_free(&cell->inputs);
  cli_bytes_free(&cell->source);
}

/* Where the file lies is nothing that a guest should learn. */
const char *cli_run_cell_guest_name(const cli_run_settings *settings) {
  const char *name = cli_run_settings_name(settings), *slash = strrchr(name, '/');
  return slash ? slash + 1 : name;
}
