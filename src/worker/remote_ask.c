/* What a host waits for: each of these is a request to the cell's worker and its answer. Frames of other cells that come meanwhile
 * are handled as always. The wait ends with the worker, if with nothing else (remote_send.c). */
#include <stdlib.h>
#include <string.h>

#include "pool.h"

static cloche_status check_alive(const cl_far *far, cloche_error *err) {
  if (far->failed) CL_POOL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  return CLOCHE_OK;
}

/* What the session is now: as its worker says, else `bytes` if they are just that. */
static void keep(cl_far *far, cl_reply *reply, const uint8_t *bytes, size_t len) {
  bool said = reply->kept == CL_KEPT_SNAPSHOT && reply->bytes;
  if (said) bytes = (const uint8_t *)reply->bytes;
  if (said) len = reply->len;
  if (far->options.session && (!bytes || !cl_state_take(far, true, bytes, len))) far->kept.lost = true;
  free(reply->bytes);
}

/* ---- back and forth */

cloche_status cl_far_reset(cloche_cell *cell, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (cl_far_runs(far))
    CL_POOL_FAIL(err, INVALID_STATE, "a run is on; interrupt it and step the cell to its end first");
  if (far->options.session && (far->opened || far->kept.base)) {
    cl_reply reply;
    CL_POOL_TRY(cl_far_ask(far, CL_ASK_RESET, &reply, err));
    if (reply.kept == CL_KEPT_SNAPSHOT) {
      keep(far, &reply, NULL, 0);
    } else {
      free(reply.bytes);
      cl_state_drop(far);
    }
  }
  cl_far_clear_run(far);
  far->state = CLOCHE_IDLE;
  return CLOCHE_OK;
}

cloche_status cl_far_undo(cloche_cell *cell, uint32_t runs, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "a run is on; what is done can be taken back after it");
  CL_POOL_TRY(check_alive(far, err));
  if (runs == 0) return CLOCHE_OK;
  if (!far->options.session)
    CL_POOL_FAIL(err, NOT_FOUND, "%u runs cannot be taken back; of this cell %u can", runs, 0u);
  cl_order order;
  cl_reply reply;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_SYNC, err));
  cl_ask_undo(&order.sink, runs);
  CL_POOL_TRY(cl_order_wait(&order, &reply, NULL, 0, err));
  keep(far, &reply, NULL, 0);
  return CLOCHE_OK;
}

/* ---- snapshots */

static cloche_status ask_snapshot(cl_far *far, cl_reply *reply, cloche_error *err) {
  CL_POOL_TRY(check_alive(far, err));
  if (!cl_far_runs(far) && !far->options.session)
    CL_POOL_FAIL(err, INVALID_STATE, "a cell that is no session has nothing to keep between runs");
  if (far->state == CLOCHE_RUNNING && !far->has_waited)
    CL_POOL_FAIL(err, NOT_SUSPENDABLE, "the run has not come to wait yet; step the cell");
  return cl_far_ask(far, CL_ASK_SNAPSHOT, reply, err);
}

cloche_status cl_far_snapshot(cloche_snapshot **out, cloche_cell *cell, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  cl_reply reply = {0};
  bool ran = cl_far_runs(far);
  *out = NULL;
  cloche_status asked = ask_snapshot(far, &reply, err);
  if (ran && !cl_far_runs(far)) { /* what there is now is not what was asked for */
    free(asked == CLOCHE_OK ? reply.bytes : NULL);
    CL_POOL_FAIL(err, NOT_SUSPENDABLE, "the run has ended meanwhile; step the cell");
  }
  if (asked != CLOCHE_OK) return asked;
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  options.max_bytes = far->limits.snapshot_bytes;
  cloche_status status = cloche_snapshot_read(out, (const uint8_t *)reply.bytes, reply.len, &options, err);
  free(reply.bytes);
  if (status == CLOCHE_OK || status == CLOCHE_OUT_OF_MEMORY) return status;
  if (far->crew) cl_crew_kill(far->crew, "bad_frame", "a snapshot that is none");
  CL_POOL_FAIL(err, WORKER_CRASHED, "the worker that held the cell has ended");
}

static cloche_status send_restore(cl_far *far, const uint8_t *bytes, size_t len, const cloche_snapshot_info *info,
                                  cl_reply *reply, cloche_error *err) {
  cl_order order;
  bool was_session = far->options.session;
  if (info->waiting) far->wall_ns = far->limits.wall_ns;
  CL_POOL_TRY(cl_order_begin(&order, far, info->waiting ? CL_ASKED_RUN : CL_ASKED_SYNC, err));
  cl_ask_restore(&order.sink);
  if (info->waiting) cl_far_begin_run(far, order.id);
  far->options.session = info->session; /* its run may end before this does */
  cloche_status status = cl_order_wait(&order, reply, bytes, len, err);
  if (status == CLOCHE_OK) return CLOCHE_OK;
  far->options.session = was_session;
  if (info->waiting && far->run) cl_far_forget_run(far);
  return status;
}

static cloche_status restore_bytes(cl_far *far, const cloche_snapshot_info *info, const uint8_t *bytes, size_t len,
                                   cloche_error *err) {
  cl_reply reply;
  CL_POOL_TRY(send_restore(far, bytes, len, info, &reply, err));
  if (!info->waiting) {
    cl_far_clear_run(far);
    far->state = CLOCHE_IDLE;
  }
  cl_far_drop_texts(far); /* those of the snapshot are in their place, and in what is kept */
  if (!info->waiting) {
    keep(far, &reply, bytes, len);
  } else {
    free(reply.bytes);
    if (far->run) { /* what the session was before this run, nobody here knows */
      cl_state_drop(far);
      far->kept.lost = info->session;
    }
  }
  return CLOCHE_OK;
}

cloche_status cl_far_restore(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "a run is on; a snapshot is restored into a cell at rest");
  CL_POOL_TRY(check_alive(far, err));
  cloche_snapshot_info info = cloche_snapshot_describe(snapshot);
  if (info.bytes > far->limits.snapshot_bytes)
    CL_POOL_FAIL(err, SNAPSHOT_LIMIT, "the snapshot is %llu bytes; limit snapshot of the cell is %llu",
                 (unsigned long long)info.bytes, (unsigned long long)far->limits.snapshot_bytes);
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  options.level = 0;
  uint8_t *bytes;
  size_t len;
  CL_POOL_TRY(cloche_snapshot_write(snapshot, &options, &bytes, &len, err));
  cloche_status status = restore_bytes(far, &info, bytes, len, err);
  free(bytes);
  return status;
}

cloche_status cl_far_changes(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err) {
  const cl_far *far = cl_far_of(cell);
  const cl_far_state *kept = &far->kept;
  *bytes = NULL;
  *len = 0;
  if (!far->options.journal || !far->options.session)
    CL_POOL_FAIL(err, INVALID_STATE, "the cell is no session with the option journal");
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "a run is on; what it changes can be told after it");
  CL_POOL_TRY(check_alive(far, err));
  if (kept->change_count == 0)
    CL_POOL_FAIL(err, NOT_FOUND, "no run has ended since the cell came to this state; take a snapshot");
  const cl_far_blob *last = kept->changes[kept->change_count - 1];
  *bytes = malloc(last->len + 1);
  if (!*bytes) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for changes of %zu bytes", last->len);
  memcpy(*bytes, last->bytes, last->len);
  *len = last->len;
  return CLOCHE_OK;
}

/* A snapshot in the place of many changes; without one they stay. */
static void keep_whole(cl_far *far) {
  cl_reply reply;
  if (cl_far_ask(far, CL_ASK_SNAPSHOT, &reply, NULL) != CLOCHE_OK) return;
  keep(far, &reply, (const uint8_t *)reply.bytes, reply.len);
}

cloche_status cl_far_apply(cloche_cell *cell, const uint8_t *bytes, size_t len, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  cl_order order;
  cl_reply reply;
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "a run is on; changes are put into a session at rest");
  CL_POOL_TRY(check_alive(far, err));
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_SYNC, err));
  cl_ask_apply(&order.sink);
  CL_POOL_TRY(cl_order_wait(&order, &reply, bytes, len, err));
  free(reply.bytes);
  cl_far_clear_run(far);
  far->state = CLOCHE_IDLE;
  if (!cl_state_take(far, false, bytes, len)) far->kept.lost = true;
  const cl_far_state *kept = &far->kept;
  bool much = kept->change_count > CL_CHANGES_MOST / 2 || kept->change_bytes > far->limits.snapshot_bytes;
  if (kept->lost || much) keep_whole(far);
  return CLOCHE_OK;
}

/* ---- copies */

static cloche_status make_copy(cl_far **out, cl_far *far, cloche_error *err) {
  cloche_cell_options options = far->options;
  options.limits = &far->limits;
  options.domain = far->domain->name;
  cl_far *copy;
  CL_POOL_TRY(cl_far_open(&copy, far->pool, far->local, &options, err));
  cloche_status status = cl_far_copy_inputs(copy, far, err);
  if (status == CLOCHE_OK) *out = copy;
  else cl_far_free(copy);
  return status;
}

/* A run that waits is copied as a snapshot is restored. */
static cloche_status fork_run(cl_far *copy, cl_far *far, cloche_error *err) {
  cloche_snapshot *snapshot;
  CL_POOL_TRY(cl_far_snapshot(&snapshot, cl_far_cell(far), err));
  cloche_status status = cl_far_restore(cl_far_cell(copy), snapshot, err);
  cloche_snapshot_free(snapshot);
  return status;
}

static cloche_status fork_at_rest(cl_far *copy, cl_far *far, cloche_error *err) {
  cl_order order;
  cl_reply reply;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_SYNC, err));
  cl_ask_fork(&order.sink, copy->number);
  CL_POOL_TRY(cl_order_wait(&order, &reply, NULL, 0, err));
  if (!far->crew) { /* it has answered, and ended after that */
    free(reply.bytes);
    CL_POOL_FAIL(err, WORKER_CRASHED, "the worker that held the cell has ended");
  }
  cl_far_join(copy, far->crew);
  copy->opened = true;
  copy->tools_told = copy->tool_count;
  copy->modules_told = copy->module_count;
  copy->files_told = copy->file_count;
  copy->mounts_told = copy->mounts ? copy->mounts->count : 0;
  copy->context_told = true;
  if (reply.kept == CL_KEPT_SNAPSHOT) keep(copy, &reply, NULL, 0);
  else free(reply.bytes);
  if (reply.kept != CL_KEPT_SNAPSHOT) cl_state_copy(copy, far);
  return CLOCHE_OK;
}

cloche_status cl_far_fork(cloche_cell **out, cloche_cell *cell, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  *out = NULL;
  bool runs = cl_far_runs(far);
  if (!far->options.session && !runs)
    CL_POOL_FAIL(err, INVALID_STATE, "a cell that is no session has nothing to fork between runs");
  CL_POOL_TRY(check_alive(far, err));
  cl_far *copy;
  CL_POOL_TRY(make_copy(&copy, far, err));
  cloche_status status = runs ? fork_run(copy, far, err) : fork_at_rest(copy, far, err);
  if (status == CLOCHE_OK) *out = cl_far_cell(copy);
  else cl_far_free(copy);
  return status;
}

cloche_status cl_far_make_image(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "an image is made between two runs");
  CL_POOL_TRY(check_alive(far, err));
  if (!far->options.session) CL_POOL_FAIL(err, INVALID_STATE, "a cell that is no session is as its image between runs");
  cl_reply reply;
  CL_POOL_TRY(cl_far_ask(far, CL_ASK_IMAGE, &reply, err));
  if (!reply.bytes) CL_POOL_FAIL(err, INTERNAL, "the worker gave no image");
  *bytes = (uint8_t *)reply.bytes;
  *len = reply.len;
  return CLOCHE_OK;
}

cloche_status cl_far_measure(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err) {
  cl_reply reply;
  CL_POOL_TRY(cl_far_ask(cl_far_of(cell), CL_ASK_MEASURE, &reply, err));
  *out = reply.stats;
  free(reply.bytes);
  return CLOCHE_OK;
}
