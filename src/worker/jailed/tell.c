/* What the supervisor is told: each function composes one frame, or several. Frames are batched; schedule.c flushes them. */
#include <stdlib.h>
#include <string.h>

#include "worker.h"

enum { NUMBER_TEXT = 48 };

typedef struct number {
  char text[NUMBER_TEXT];
} number;

/* Digits are written towards the front of `end`. */
static char *write_before(char *end, uint64_t value) {
  do *--end = (char)('0' + value % 10);
  while (value /= 10);
  return end;
}

static cl_text text_of(number *out, uint64_t value) {
  char *end = out->text + sizeof out->text, *at = write_before(end, value);
  return (cl_text){at, (size_t)(end - at)};
}

static cl_text name_of_call(number *out, const cl_place *place, uint64_t id) {
  char *end = out->text + sizeof out->text, *at = write_before(end, id);
  *--at = ':';
  at = write_before(at, place->number);
  return (cl_text){at, (size_t)(end - at)};
}

/* A worker that cannot answer is of no use: its end is an answer that the supervisor understands. */
static void end_with(cl_worker *worker, const uint8_t *blob, size_t len) {
  if (!cl_channel_end(worker->channel, blob, len)) worker->dead = true;
}

static void end(cl_worker *worker) { end_with(worker, NULL, 0); }

/* ---- to requests */

void cl_tell_error(cl_worker *worker, cl_text id, cloche_status status, const char *message) {
  cl_message_error(&worker->sink, id, status, message);
  end(worker);
}

void cl_tell_done(cl_worker *worker, uint64_t id) {
  number text;
  cl_message_done(&worker->sink, text_of(&text, id));
  end(worker);
}

void cl_tell_interrupted(cl_worker *worker, cl_text id, uint64_t count) {
  cl_message_done_count(&worker->sink, id, "interrupted", count);
  end(worker);
}

void cl_tell_bytes(cl_worker *worker, uint64_t id, const uint8_t *bytes, size_t len) {
  number text;
  cl_message_done(&worker->sink, text_of(&text, id));
  end_with(worker, bytes, len);
}

void cl_tell_stats(cl_worker *worker, uint64_t id, const cloche_cell_stats *stats) {
  number text;
  cl_message_done_stats(&worker->sink, text_of(&text, id), stats);
  end(worker);
}

void cl_tell_so_far(cl_worker *worker, uint64_t id, cl_text report) {
  number text;
  cl_message_report_of(&worker->sink, text_of(&text, id), report, NULL, CL_KEPT_NONE);
  end(worker);
}

/* ---- states of sessions
 *
 * The supervisor keeps a snapshot and the changes of the runs since, so that a session outlives its worker. Changes are made of
 * what the run's transaction knows anyway and cost a tenth of a snapshot; but every one of them has to be applied again, and
 * they fit the state alone that the last ones led to. So there is a new snapshot now and then, and whenever there are none. */

enum { CHANGES_MOST = 32, CHANGES_FEW_BYTES = 64 << 10 };

typedef struct kept_state {
  cl_kept kept;
  uint8_t *bytes;
  size_t len;
} kept_state;

/* That there is none of a session whose run was not rolled back says that it cannot be restored any more. */
static kept_state whole_state(cl_place *place) {
  kept_state out = {.kept = CL_KEPT_NONE};
  cloche_error err = CLOCHE_ERROR_INIT;
  place->has_base = false;
  if (!place->options.session) return out;
  if (cl_cell_bytes(place, &out.bytes, &out.len, &err) == CLOCHE_OK) out.kept = CL_KEPT_SNAPSHOT;
  place->has_base = out.kept == CL_KEPT_SNAPSHOT && cloche_cell_deadline(place->cell) == UINT64_MAX;
  place->base_len = out.len;
  place->changes = 0;
  place->changes_len = 0;
  return out;
}

static bool take_changes(cl_place *place, kept_state *out) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!place->has_base || place->changes >= CHANGES_MOST) return false;
  if (cloche_cell_changes(place->cell, &out->bytes, &out->len, &err) != CLOCHE_OK) return false;
  size_t total = place->changes_len + out->len;
  if (total > place->base_len && total > CHANGES_FEW_BYTES) {
    free(out->bytes);
    return false;
  }
  out->kept = CL_KEPT_CHANGES;
  place->changes++;
  place->changes_len = total;
  return true;
}

/* A run that was rolled back counts in what the host knows of the session, once there is something to count from. */
static kept_state state_after(cl_place *place, const cloche_result *result) {
  kept_state out = {.kept = CL_KEPT_NONE};
  if (!place->options.session || take_changes(place, &out)) return out;
  if ((result->rolled_back || place->transient) && !place->has_base) return out;
  return whole_state(place);
}

void cl_tell_state(cl_worker *worker, uint64_t id, cl_place *place) {
  number text;
  kept_state state = whole_state(place);
  cl_message_done_kept(&worker->sink, text_of(&text, id), state.kept);
  end_with(worker, state.bytes, state.len);
  free(state.bytes);
}

/* ---- of runs */

static bool send_events(cl_worker *worker, const cl_place *place, cl_text run) {
  cloche_event event;
  for (;;) {
    if (cl_channel_is_full(worker->channel)) return false;
    if (!cloche_cell_next_event(place->cell, &event)) return true;
    cl_message_event(&worker->sink, run, &event);
    end(worker);
  }
}

static bool send_calls(cl_worker *worker, const cl_place *place, cl_text run) {
  cloche_call call;
  for (;;) {
    if (cl_channel_is_full(worker->channel)) return false;
    if (!cloche_cell_next_call(place->cell, &call)) return true;
    number id;
    cl_message_call(&worker->sink, run, name_of_call(&id, place, call.id), &call);
    end(worker);
  }
}

bool cl_tell_news(cl_worker *worker, const cl_place *place) {
  number text;
  cl_text run = text_of(&text, place->run);
  return send_events(worker, place, run) && send_calls(worker, place, run);
}

void cl_tell_waiting(cl_worker *worker, const cl_place *place) {
  number text;
  cl_message_waiting(&worker->sink, text_of(&text, place->run));
  end(worker);
}

static void send_cancelled(cl_worker *worker, const cl_place *place) {
  cloche_call call;
  while (cloche_cell_next_cancelled(place->cell, &call)) {
    number id;
    cl_message_cancel(&worker->sink, name_of_call(&id, place, call.id));
    end(worker);
  }
}

void cl_tell_run(cl_worker *worker, cl_place *place) {
  cloche_result result;
  cl_text report;
  number text;
  cl_text run = text_of(&text, place->run);
  cloche_error err = CLOCHE_ERROR_INIT;
  send_cancelled(worker, place);
  cloche_status status = cloche_cell_result(place->cell, &result, &err);
  if (status == CLOCHE_OK) status = cloche_cell_report(place->cell, &report.data, &report.len, &err);
  if (status != CLOCHE_OK) {
    cl_tell_error(worker, run, status, err.message);
    return;
  }
  kept_state state = state_after(place, &result);
  cl_message_report_of(&worker->sink, run, report, &result, state.kept);
  end_with(worker, state.bytes, state.len);
  free(state.bytes);
}
