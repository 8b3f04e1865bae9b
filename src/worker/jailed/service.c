/* Requests: from a frame to its answer; worker.h draws it.
 *
 * A request that its place can serve now is served from the frame itself; else it is kept as it came and read again when it
 * is its turn, which is less memory than what it is parsed to. While a run is at work, requests that look at it, copy it or
 * end it act at once (acts_at_once); all others wait behind it, in order. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker.h"

#define TASK_BYTES_MAX ((size_t)256 << 20)

typedef struct ask {
  const cl_request *request;
  uint64_t id;
  const cl_frame *frame; /* that it was read from; NULL: a task */
  bool interrupted;
} ask;

__attribute__((format(printf, 3, 4))) static cloche_status fail(cloche_error *err, cloche_status status,
                                                                const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->status = status;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}

/* Numbers from 1, as the supervisor counts. */
static bool number_of(cl_text text, uint64_t *out) {
  if (text.len == 0 || text.len > 19 || text.data[0] == '0') return false;
  *out = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    *out = *out * 10 + (uint64_t)(text.data[i] - '0');
  }
  return true;
}

static void answer_error(cl_worker *worker, uint64_t id, cloche_status status, const char *message) {
  char text[24];
  int len = snprintf(text, sizeof text, "%" PRIu64, id);
  cl_tell_error(worker, (cl_text){text, (size_t)len}, status, message);
}

/* ---- tasks */

static void free_task(cl_worker *worker, cl_task *task) {
  worker->tasks--;
  worker->task_bytes -= task->text_len + task->blob_len;
  free(task);
}

static cl_task *pop_task(cl_place *place) {
  cl_task *task = place->first;
  place->first = task->next;
  if (!place->first) place->last = NULL;
  return task;
}

static cloche_status keep_task(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  size_t bytes = a->frame->text_len + a->frame->blob_len;
  if (worker->tasks >= worker->options.runs_queued || bytes > TASK_BYTES_MAX - worker->task_bytes)
    return fail(err, CLOCHE_BUSY, "%zu requests wait already", worker->tasks);
  cl_task *task = malloc(sizeof *task + bytes + 1);
  if (!task) return fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a request that waits");
  *task = (cl_task){.id = a->id,
                    .is_run = a->request->kind == CL_REQUEST_RUN,
                    .text_len = a->frame->text_len,
                    .blob_len = a->frame->blob_len};
  memcpy(task->text, a->frame->text, a->frame->text_len);
  task->text[task->text_len] = 0;
  if (a->frame->blob_len) memcpy(task->text + task->text_len + 1, a->frame->blob, a->frame->blob_len);
  if (place->last) place->last->next = task;
  else place->first = task;
  place->last = task;
  worker->tasks++;
  worker->task_bytes += bytes;
  return CLOCHE_OK;
}

static cloche_status read_task(cl_request *out, const cl_task *task, cloche_error *err) {
  const uint8_t *blob = task->blob_len ? (const uint8_t *)task->text + task->text_len + 1 : NULL;
  return cl_request_read_frame(out, task->text, task->text_len, blob, task->blob_len, err);
}

/* ---- places that end */

static cl_place *gate_of(const cl_worker *worker, const cl_request *request) {
  uint64_t number;
  if (request->kind != CL_REQUEST_FORK || !number_of(request->target, &number)) return NULL;
  cl_place *made = cl_place_find(worker, number);
  return made && made->state == CL_PLACE_GATED ? made : NULL;
}

static void drop_place(cl_worker *worker, cl_place *place, const char *why);

/* Tasks that will never have their turn. A fork among them leaves no copy. */
static void drop_tasks(cl_worker *worker, cl_place *place, const char *why) {
  while (place->first) {
    cl_task *task = pop_task(place);
    cl_request request;
    cloche_error err = CLOCHE_ERROR_INIT;
    cl_place *gate = NULL;
    if (read_task(&request, task, &err) == CLOCHE_OK) gate = gate_of(worker, &request);
    cl_request_free(&request);
    answer_error(worker, task->id, CLOCHE_CANCELLED, why);
    if (gate) drop_place(worker, gate, why);
    free_task(worker, task);
  }
}

static void drop_place(cl_worker *worker, cl_place *place, const char *why) {
  if (place->run) answer_error(worker, place->run, CLOCHE_CANCELLED, why);
  cl_schedule_leave(worker, place);
  drop_tasks(worker, place, why);
  cl_place_free(worker, place);
}

/* ---- what requests do; what has failed is answered by who calls them */

typedef cloche_status (*doer)(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err);

static cloche_status do_run(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  if (cl_run_find(worker, a->id)) return fail(err, CLOCHE_INVALID_ARGUMENT, "a run of that id is at work");
  cloche_status status = cl_cell_begin(place, a->request, err);
  if (status != CLOCHE_OK) return status;
  if (a->interrupted) cloche_cell_interrupt(place->cell);
  cl_run_begin(worker, place, a->id);
  cl_schedule_ready(worker, place);
  return CLOCHE_OK;
}

static cloche_status do_prepare(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  (void)place, (void)err;
  cl_tell_done(worker, a->id);
  return CLOCHE_OK;
}

/* A cell has become what another one was, perhaps with a run that waits: that goes on as the run of this request. */
static void adopt_run(cl_worker *worker, cl_place *place, uint64_t id) {
  if (cloche_cell_deadline(place->cell) == UINT64_MAX) return; /* it rests */
  cl_run_begin(worker, place, id);
  place->transient = false;
  place->run_state = cloche_cell_deadline(place->cell) == 0 ? CLOCHE_RUNNING : CLOCHE_WAITING;
  cl_schedule_settle(worker, place);
}

static cloche_status fork_into(cl_place *made, const cl_place *place, cloche_error *err) {
  cloche_status status = cloche_cell_fork(&made->cell, place->cell, err);
  if (status != CLOCHE_OK) return status;
  made->engine = place->engine;
  made->limits = place->limits;
  made->options = place->options;
  made->options.limits = &made->limits;
  made->is_open = made->given = true;
  made->stays_mapped = place->has_inputs;
  made->has_inputs = place->has_inputs;
  made->mutable_tools = place->mutable_tools;
  made->tool_count = place->tool_count;
  return CLOCHE_OK;
}

static cloche_status do_fork(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  cl_place *made = gate_of(worker, a->request);
  if (!made) return fail(err, CLOCHE_INVALID_STATE, "the number of the copy is that of another cell");
  cloche_status status = cl_run_find(worker, a->id) ? fail(err, CLOCHE_INVALID_ARGUMENT, "a run of that id is at work")
                                                    : fork_into(made, place, err);
  if (status != CLOCHE_OK) {
    drop_place(worker, made, "the cell was not made");
    return status;
  }
  cl_schedule_leave(worker, made);
  cl_tell_state(worker, a->id, made);
  adopt_run(worker, made, a->id);
  if (made->state == CL_PLACE_REST) cl_service_next(worker, made);
  return CLOCHE_OK;
}

static cloche_status do_undo(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  cloche_status status = cloche_cell_undo(place->cell, (uint32_t)a->request->count, err);
  if (status == CLOCHE_OK) cl_tell_state(worker, a->id, place);
  return status;
}

static cloche_status do_reset(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  cloche_status status = cloche_cell_reset(place->cell, err);
  if (status == CLOCHE_OK) cl_tell_state(worker, a->id, place);
  return status;
}

static cloche_status do_snapshot(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = cl_cell_bytes(place, &bytes, &len, err);
  if (status == CLOCHE_OK) cl_tell_bytes(worker, a->id, bytes, len);
  free(bytes);
  return status;
}

static cloche_status do_image(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = cloche_cell_image(place->cell, &bytes, &len, err);
  if (status == CLOCHE_OK) cl_tell_bytes(worker, a->id, bytes, len);
  free(bytes);
  return status;
}

static cloche_status do_restore(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  if (cl_run_find(worker, a->id)) return fail(err, CLOCHE_INVALID_ARGUMENT, "a run of that id is at work");
  cloche_status status = cl_cell_read(place, (const uint8_t *)a->request->blob.data, a->request->blob.len, err);
  if (status != CLOCHE_OK) return status;
  place->given = true; /* it may have brought modules and a context */
  if (place->mutable_tools) place->has_inputs = place->stays_mapped = true; /* their order may be another one now */
  cl_tell_state(worker, a->id, place);
  adopt_run(worker, place, a->id);
  return CLOCHE_OK;
}

static cloche_status do_apply(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  cloche_status status =
      cloche_cell_apply(place->cell, (const uint8_t *)a->request->blob.data, a->request->blob.len, err);
  if (status == CLOCHE_OK) cl_tell_done(worker, a->id);
  return status;
}

static cloche_status do_measure(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  cloche_cell_stats stats = {0};
  cloche_status status = cloche_cell_measure(place->cell, &stats, err);
  stats.runs += place->runs_closed;
  if (status == CLOCHE_OK) cl_tell_stats(worker, a->id, &stats);
  return status;
}

static cloche_status do_so_far(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  const char *report;
  size_t len;
  if (!place->run) return fail(err, CLOCHE_INVALID_STATE, "no run of this cell waits");
  cloche_status status = cloche_cell_report(place->cell, &report, &len, err);
  if (status == CLOCHE_OK) cl_tell_so_far(worker, a->id, (cl_text){report, len});
  return status;
}

static cloche_status do_close(cl_worker *worker, cl_place *place, const ask *a, cloche_error *err) {
  (void)err;
  drop_place(worker, place, "the cell was closed");
  cl_tell_done(worker, a->id);
  return CLOCHE_OK;
}

static const struct {
  doer act;
  bool at_once; /* also while a run is at work */
} doers[] = {
    [CL_REQUEST_RUN] = {do_run, false},          [CL_REQUEST_PREPARE] = {do_prepare, false},
    [CL_REQUEST_FORK] = {do_fork, true},         [CL_REQUEST_UNDO] = {do_undo, false},
    [CL_REQUEST_SNAPSHOT] = {do_snapshot, true}, [CL_REQUEST_RESTORE] = {do_restore, false},
    [CL_REQUEST_CLOSE] = {do_close, true},       [CL_REQUEST_RESET] = {do_reset, false},
    [CL_REQUEST_IMAGE] = {do_image, false},      [CL_REQUEST_MEASURE] = {do_measure, true},
    [CL_REQUEST_SO_FAR] = {do_so_far, true},     [CL_REQUEST_APPLY] = {do_apply, false},
};

/* False: the place is no more. */
static bool serve(cl_worker *worker, cl_place *place, const ask *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cl_request_kind kind = a->request->kind;
  cloche_status status = CLOCHE_OK;
  if (kind != CL_REQUEST_CLOSE) {
    (void)cl_park_wake(worker, place);
    status = cl_cell_prepare(worker, place, a->request, &err);
  }
  if (status == CLOCHE_OK) status = doers[kind].act(worker, place, a, &err);
  else if (gate_of(worker, a->request)) drop_place(worker, gate_of(worker, a->request), "the cell was not made");
  if (status != CLOCHE_OK) answer_error(worker, a->id, status, err.message);
  return kind != CL_REQUEST_CLOSE;
}

/* A place whose cell was never opened is none. */
static void tidy(cl_worker *worker, cl_place *place) {
  if (place->state == CL_PLACE_REST && !place->is_open && !place->first) cl_place_free(worker, place);
}

static bool must_queue(const cl_worker *worker, const cl_place *place) {
  return worker->running >= worker->options.cells_running || worker->queued[place->batch].first;
}

static void queue_place(cl_worker *worker, cl_place *place) {
  place->state = CL_PLACE_QUEUED;
  cl_queue_push(&worker->queued[place->batch], place);
}

/* Serves tasks until one of them is a run. The first one may begin whatever the admission says. */
static void serve_tasks(cl_worker *worker, cl_place *place, bool admitted) {
  while (place->state == CL_PLACE_REST && place->first) {
    cl_task *task = place->first;
    if (task->is_run && !task->interrupted && !admitted && must_queue(worker, place)) {
      queue_place(worker, place);
      return;
    }
    admitted = false;
    (void)pop_task(place);
    cl_request request;
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_status status = read_task(&request, task, &err);
    ask a = {.request = &request, .id = task->id, .interrupted = task->interrupted};
    bool stays = true;
    if (status == CLOCHE_OK) stays = serve(worker, place, &a);
    else answer_error(worker, task->id, status, err.message); /* it was read before: there is no memory now */
    cl_request_free(&request);
    free_task(worker, task);
    if (!stays) return;
  }
  tidy(worker, place);
}

void cl_service_next(cl_worker *worker, cl_place *place) { serve_tasks(worker, place, false); }

void cl_service_admit(cl_worker *worker, cl_place *place) {
  cl_schedule_leave(worker, place);
  serve_tasks(worker, place, true);
}

void cl_service_lose(cl_worker *worker, cl_place *place, const cloche_error *err) {
  answer_error(worker, place->run, err->status, err->message);
  cl_schedule_leave(worker, place);
  cl_run_end(worker, place);
  cloche_cell_close(place->cell);
  place->cell = NULL;
  place->lost = true;
  if (place->first) queue_place(worker, place); /* and not at once: who called goes on with the place */
}

/* ---- taking */

static cloche_status make_gate(cl_worker *worker, const cl_request *request, cloche_error *err) {
  uint64_t number;
  if (!number_of(request->target, &number)) return fail(err, CLOCHE_INVALID_ARGUMENT, "\"fork\" is no number");
  if (cl_place_find(worker, number)) return fail(err, CLOCHE_INVALID_STATE, "there is a cell %" PRIu64, number);
  cl_place *made = cl_place_make(worker, number);
  if (!made) return fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a cell");
  made->state = CL_PLACE_GATED;
  return CLOCHE_OK;
}

static cloche_status take_task(cl_worker *worker, const ask *a, cloche_error *err) {
  uint64_t number;
  const cl_request *request = a->request;
  if (!number_of(request->session, &number)) return fail(err, CLOCHE_INVALID_ARGUMENT, "\"session\" is no number");
  cl_place *place = cl_place_find(worker, number);
  if (!place && !request->opens) return fail(err, CLOCHE_NOT_FOUND, "there is no cell %" PRIu64, number);
  if (request->kind == CL_REQUEST_FORK) {
    cloche_status status = make_gate(worker, request, err);
    if (status != CLOCHE_OK) return status;
  }
  if (!place) place = cl_place_make(worker, number);
  if (!place) return fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a cell");
  if (request->opens && !place->is_open) place->batch = request->open.batch;
  bool waits = place->run ? !doers[request->kind].at_once : place->state != CL_PLACE_REST || place->first;
  bool queues = !waits && request->kind == CL_REQUEST_RUN && must_queue(worker, place);
  if (!waits && !queues) {
    if (serve(worker, place, a)) tidy(worker, place);
    return CLOCHE_OK;
  }
  cloche_status status = keep_task(worker, place, a, err);
  if (status == CLOCHE_OK && queues) queue_place(worker, place);
  if (status != CLOCHE_OK) {
    if (gate_of(worker, request)) drop_place(worker, gate_of(worker, request), "the cell was not made");
    tidy(worker, place);
  }
  return status;
}

/* A result that comes too late is no error: the cancel may be under way to the supervisor. Nor is there an answer to one that
 * the guest gets as an error, unless the supervisor has given it an id. */
static cloche_status take_result(cl_worker *worker, const cl_request *request, cloche_error *err) {
  uint64_t number, id;
  size_t colon = 0;
  while (colon < request->call.len && request->call.data[colon] != ':') colon++;
  cl_text left = {request->call.data, colon}, right = {NULL, 0};
  if (colon < request->call.len) right = (cl_text){request->call.data + colon + 1, request->call.len - colon - 1};
  if (!number_of(left, &number) || !number_of(right, &id))
    return fail(err, CLOCHE_INVALID_ARGUMENT, "\"call\" is no id of a call");
  cl_place *place = cl_place_find(worker, number);
  if (!place || !place->run || !cl_park_wake(worker, place)) return CLOCHE_OK;
  cloche_status status = request->rejected
                             ? cloche_cell_reject(place->cell, id, &request->rejection, err)
                             : cloche_cell_resolve(place->cell, id, request->value.data, request->value.len, err);
  if (place->state == CL_PLACE_WAITING) {
    if (cloche_cell_deadline(place->cell) == 0) cl_schedule_ready(worker, place);
    else cl_tell_waiting(worker, place); /* it waits on, for another one */
  }
  return status == CLOCHE_NOT_FOUND || request->id.len == 0 ? CLOCHE_OK : status;
}

static bool interrupt_task(cl_worker *worker, cl_place *place, uint64_t id) {
  for (cl_task *task = place->first; task; task = task->next) {
    if (task->id != id) continue;
    task->interrupted = true;
    if (place->state == CL_PLACE_QUEUED && task == place->first) cl_service_admit(worker, place); /* to end at once */
    return true;
  }
  return false;
}

static bool interrupt(cl_worker *worker, uint64_t id) {
  cl_place *place = cl_run_find(worker, id);
  if (place) {
    if (!cl_park_wake(worker, place)) return true;
    cloche_cell_interrupt(place->cell);
    place->hurries = true;
    if (place->state == CL_PLACE_WAITING || place->state == CL_PLACE_READY) cl_schedule_ready(worker, place);
    return true;
  }
  for (size_t i = 0; i < worker->places.size; i++)
    for (place = worker->places.buckets[i]; place; place = place->same_number)
      if (interrupt_task(worker, place, id)) return true;
  return false;
}

static cloche_status take(cl_worker *worker, const cl_request *request, const cl_frame *frame, cloche_error *err) {
  if (request->kind == CL_REQUEST_RESULT) return take_result(worker, request, err);
  ask a = {.request = request, .frame = frame};
  if (!number_of(request->id, &a.id)) return fail(err, CLOCHE_INVALID_ARGUMENT, "\"id\" is no number");
  if (request->kind != CL_REQUEST_INTERRUPT) return take_task(worker, &a, err);
  uint64_t target;
  if (!number_of(request->target, &target)) return fail(err, CLOCHE_INVALID_ARGUMENT, "\"interrupt\" is no number");
  cl_tell_interrupted(worker, request->id, interrupt(worker, target));
  return CLOCHE_OK;
}

void cl_service_take(cl_worker *worker, const cl_frame *frame) {
  cl_request request;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status =
      cl_request_read_frame(&request, frame->text, frame->text_len, frame->blob, frame->blob_len, &err);
  if (status == CLOCHE_OK) status = take(worker, &request, frame, &err);
  if (status != CLOCHE_OK) cl_tell_error(worker, request.id, status, err.message);
  cl_request_free(&request);
}
