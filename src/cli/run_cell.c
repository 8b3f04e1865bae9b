/* Opens the cell of `cloche run`. The files come first: what is wrong with them costs no engine. */
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
static cloche_status send_to_doctor(cloche_status status, cloche_error *err) {
  char message[sizeof err->message];
  memcpy(message, err->message, sizeof message);
  return cli_fail(err, status, "%.180s; 'cloche doctor' looks for the cause", message);
}

static cloche_status open_cell(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_thread_options thread = CLOCHE_THREAD_OPTIONS_INIT;
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  thread.slots = thread.spare = 1;
  cell.limits = &settings->limits;
  cell.seeded = settings->seeded;
  cell.seed = settings->seed;
  cell.clock = settings->clock;
  cell.clock_start_ms = settings->clock_start_ms;
  cloche_status status = cli_images_engine(&out->engine, cloche_language_engine(out->language), settings->image, err);
  if (status == CLOCHE_OK) status = cloche_thread_open(&out->thread, &thread, err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&out->cell, out->thread, out->engine, &cell, err);
  return cloche_status_describe(status).exit_code == CLI_EXIT_FAILURE ? send_to_doctor(status, err) : status;
}

cloche_status cli_run_cell_make(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_status status = open_cell(out, settings, err);
  return status == CLOCHE_OK ? cli_inputs_give(&out->inputs, out->cell, err) : status;
}

cloche_status cli_run_cell_open(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err) {
  cloche_status status = read_source(out, settings, err);
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
