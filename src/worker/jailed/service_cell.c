/* What requests do to cells: opening them, giving them what they need, beginning their runs, snapshots. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "worker.h"

#define TRY(call)                                           \
  do {                                                      \
    cloche_status status_of_call = (call);                  \
    if (status_of_call != CLOCHE_OK) return status_of_call; \
  } while (0)

static cloche_status fail(cloche_error *err, cloche_status status, const char *message) {
  err->status = status;
  snprintf(err->message, sizeof err->message, "%s", message);
  return status;
}

/* ---- opening */

static cloche_status take_options(cl_worker *worker, cl_place *place, const cl_request *request, cloche_error *err) {
  const cl_request_open *open = &request->open;
  if (open->engine >= worker->engine_count) return fail(err, CLOCHE_NOT_FOUND, "there is no engine of that index");
  TRY(cloche_limits_profile(&place->limits, NULL, err));
  for (size_t i = 0; i < request->limit_count; i++)
    TRY(cloche_limits_set(&place->limits, request->limits[i].name, request->limits[i].value, err));
  place->engine = (size_t)open->engine;
  place->options = (cloche_cell_options)CLOCHE_CELL_OPTIONS_INIT;
  place->options.limits = &place->limits;
  place->options.session = place->options.journal = !open->once;
  place->options.seeded = open->seeded;
  place->options.seed = open->seed;
  place->options.clock = open->virtual_clock ? CLOCHE_CLOCK_VIRTUAL : CLOCHE_CLOCK_REAL;
  place->options.clock_start_ms = open->clock_ms;
  place->options.no_poll = open->no_poll;
  place->options.undo_runs = open->undo;
  return CLOCHE_OK;
}

cloche_status cl_cell_reopen(cl_worker *worker, cl_place *place, cloche_error *err) {
  return cloche_cell_open(&place->cell, worker->thread, worker->engines[place->engine], &place->options, err);
}

static cloche_status open_cell(cl_worker *worker, cl_place *place, const cl_request *request, cloche_error *err) {
  if (!request->opens) return fail(err, CLOCHE_NOT_FOUND, "the cell is not open");
  TRY(take_options(worker, place, request, err));
  TRY(cl_cell_reopen(worker, place, err));
  place->is_open = true;
  return CLOCHE_OK;
}

/* ---- giving */

static cloche_status declare_tools(cl_place *place, const cl_request *request, cloche_error *err) {
  for (size_t i = 0; i < request->tool_count; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = request->tools[i].name;
    tool.sync = request->tools[i].sync;
    tool.mutable_result = request->tools[i].mutable_result;
    TRY(cloche_cell_tool(place->cell, &tool, err));
    if (tool.mutable_result && place->tool_count >= 64) place->has_inputs = place->stays_mapped = true;
    else if (tool.mutable_result) place->mutable_tools |= UINT64_C(1) << place->tool_count;
    place->tool_count++;
  }
  return CLOCHE_OK;
}

static cloche_status give_modules(cl_place *place, const cl_request *request, cloche_error *err) {
  for (size_t i = 0; i < request->module_count; i++) {
    cloche_module module = CLOCHE_MODULE_INIT;
    module.name = request->modules[i].name;
    module.source = request->modules[i].source.data;
    module.source_len = request->modules[i].source.len;
    module.language = request->modules[i].language;
    TRY(cloche_cell_module(place->cell, &module, err));
  }
  return CLOCHE_OK;
}

static cloche_status give_files(const cl_worker *worker, cl_place *place, const cl_request *request,
                                cloche_error *err) {
  if (request->mount_count || request->file_count) place->has_inputs = place->stays_mapped = true;
  for (size_t i = 0; i < request->mount_count; i++) {
    uint64_t index = request->mounts[i].mount;
    if (index >= worker->mount_count) return fail(err, CLOCHE_NOT_FOUND, "there is no mount of that index");
    cloche_mount mount = CLOCHE_MOUNT_INIT;
    mount.dir_fd = worker->mounts[index];
    mount.path = request->mounts[i].path;
    mount.writable = request->mounts[i].writable && worker->mount_writable[index];
    TRY(cloche_cell_mount(place->cell, &mount, err));
  }
  for (size_t i = 0; i < request->file_count; i++) {
    cloche_file file = CLOCHE_FILE_INIT;
    file.path = request->files[i].path;
    file.data = request->files[i].data.data;
    file.len = request->files[i].data.len;
    file.path_entry = request->files[i].path_entry;
    TRY(cloche_cell_file(place->cell, &file, err));
  }
  return CLOCHE_OK;
}

static cloche_status give(const cl_worker *worker, cl_place *place, const cl_request *request, cloche_error *err) {
  place->given |= request->tool_count || request->module_count || request->context.data || request->file_count ||
                  request->mount_count;
  TRY(declare_tools(place, request, err));
  TRY(give_modules(place, request, err));
  if (request->context.data) TRY(cloche_cell_context(place->cell, request->context.data, request->context.len, err));
  return give_files(worker, place, request, err);
}

cloche_status cl_cell_prepare(cl_worker *worker, cl_place *place, const cl_request *request, cloche_error *err) {
  if (place->lost) return fail(err, CLOCHE_INVALID_STATE, "the cell has failed before; close it");
  if (place->is_open && (request->opens || request->limit_count))
    return fail(err, CLOCHE_INVALID_STATE, "the cell is open already");
  bool opens = !place->is_open;
  if (opens) TRY(open_cell(worker, place, request, err));
  else if (!place->cell) TRY(cl_cell_reopen(worker, place, err));
  cloche_status status = give(worker, place, request, err);
  if (status == CLOCHE_OK || !opens) return status;
  cloche_cell_close(place->cell);
  place->cell = NULL;
  place->is_open = false;
  return status;
}

/* ---- runs */

void cl_cell_rest(cl_place *place) {
  if (place->options.session || place->given) return;
  cloche_cell_close(place->cell);
  place->cell = NULL;
  place->runs_closed++;
}

cloche_status cl_cell_begin(cl_place *place, const cl_request *request, cloche_error *err) {
  place->transient = request->run.complete;
  place->run_stays = request->run.replay || request->run.wall_ns > place->limits.wall_ns;
  place->run_state = CLOCHE_RUNNING;
  return cloche_cell_start(place->cell, request->code.data, request->code.len, &request->run, err);
}

/* ---- snapshots */

cloche_status cl_cell_bytes(const cl_place *place, uint8_t **bytes, size_t *len, cloche_error *err) {
  cloche_snapshot *snapshot = NULL;
  cloche_status status = cloche_cell_snapshot(&snapshot, place->cell, err);
  if (status == CLOCHE_OK) status = cloche_snapshot_write(snapshot, NULL, bytes, len, err);
  cloche_snapshot_free(snapshot);
  return status;
}

cloche_status cl_cell_read(cl_place *place, const uint8_t *bytes, size_t len, cloche_error *err) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_snapshot *snapshot = NULL;
  options.max_bytes = place->limits.snapshot_bytes;
  cloche_status status = cloche_snapshot_read(&snapshot, bytes, len, &options, err);
  if (status == CLOCHE_OK) status = cloche_cell_restore(place->cell, snapshot, err);
  if (status == CLOCHE_OK)
    place->options.session = cloche_snapshot_describe(snapshot).session; /* it says what the cell is */
  cloche_snapshot_free(snapshot);
  return status;
}
