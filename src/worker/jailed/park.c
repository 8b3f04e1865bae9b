/* Runs that wait as bytes. Of the places that wait, those that have waited longest are stored as snapshots and their cells
 * closed, as long as more than waiting_mapped are mapped; whatever concerns such a place brings its cell back first.
 *
 * Nobody can tell by what the guest sees or the report says: time on the shelf counts here, other than in snapshots
 * that somebody keeps; randomness is new, as no guest could have foreseen it.
 *
 * What a snapshot does not hold keeps a place mapped: mounts, files that were given, runs that could be undone, that a run is a
 * replay; so do frames on a stack (a sync tool waits). */
#include <stdlib.h>
#include <string.h>

#include "remote.h"
#include "worker.h"

void cl_park_drop(cl_place *place) {
  if (place->parked) explicit_bzero(place->parked, place->parked_len);
  free(place->parked);
  place->parked = NULL;
}

static void pin(cl_worker *worker, cl_place *place) {
  cl_queue_leave(place);
  cl_queue_push(&worker->pinned, place);
}

static void park(cl_worker *worker, cl_place *place) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_cell_bytes(place, &place->parked, &place->parked_len, &err) != CLOCHE_OK) {
    pin(worker, place);
    return;
  }
  cl_queue_leave(place);
  cloche_cell_close(place->cell);
  place->cell = NULL;
  place->parked_ns = cl_worker_clock();
  place->state = CL_PLACE_PARKED;
}

void cl_park_surplus(cl_worker *worker) {
  while (worker->mapped.count > worker->options.waiting_mapped) park(worker, worker->mapped.first);
}

/* ---- and back */

/* The tools that the snapshot needs are those that the cell had, in their order. */
static cloche_status declare_tools(const cl_place *place, const cloche_snapshot *snapshot, cloche_error *err) {
  for (uint32_t i = 0; i < place->tool_count; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = cloche_snapshot_tool(snapshot, i);
    tool.mutable_result = i < 64 && (place->mutable_tools >> i & 1);
    if (!tool.name) break;
    cloche_status status = cloche_cell_tool(place->cell, &tool, err);
    if (status != CLOCHE_OK) return status;
  }
  return CLOCHE_OK;
}

static cloche_status unpark(cl_worker *worker, cl_place *place, cloche_error *err) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_snapshot *snapshot = NULL;
  options.max_bytes = place->limits.snapshot_bytes;
  cloche_status status = cloche_snapshot_read(&snapshot, place->parked, place->parked_len, &options, err);
  if (status == CLOCHE_OK) status = cl_cell_reopen(worker, place, err);
  if (status == CLOCHE_OK) status = declare_tools(place, snapshot, err);
  if (status == CLOCHE_OK) status = cloche_cell_restore(place->cell, snapshot, err);
  cloche_snapshot_free(snapshot);
  cl_park_drop(place);
  return status;
}

/* The cell offers its open calls again. The supervisor knows them all: none was left unsent when the place began to wait. */
static void skip_calls(const cl_place *place) {
  cloche_call call;
  while (cloche_cell_next_call(place->cell, &call)) continue;
}

bool cl_park_wake(cl_worker *worker, cl_place *place) {
  if (place->state != CL_PLACE_PARKED) return true;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (unpark(worker, place, &err) != CLOCHE_OK) {
    cl_service_lose(worker, place, &err);
    return false;
  }
  cloche_core.passed(place->cell, cl_worker_clock() - place->parked_ns);
  skip_calls(place);
  place->state = CL_PLACE_WAITING;
  cl_queue_push(&worker->mapped, place);
  return true;
}
