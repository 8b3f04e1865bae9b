/* Tool calls of one run, in the order in which the guest made them: an array that only grows until the run ends.
 *
 *     QUEUED --next_call--> TAKEN --resolve, reject--> ANSWERED --delivered to the guest--> SETTLED
 *
 * Invariants: `pending` counts what is not settled, `taken` what is in state TAKEN (at most tool_running), `answered`
 * what waits for delivery. `next_taken` and `next_answer` are lower bounds of where to look. Calls that are not settled
 * when the run ends are cancelled; the host is told of those it had taken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "error.h"
#include "json.h"

char *cl_copy_text(const char *text, size_t len) {
  char *copy = malloc(len + 1);
  if (!copy) return NULL;
  if (len) memcpy(copy, text, len);
  copy[len] = 0;
  return copy;
}

/* In the mode that rejects, a call counts as running from the start; in the one that queues, once the host took it. */
static cloche_status check_limits(cloche_cell *cell, const cl_tool *tool, size_t len) {
  const cloche_limits *limits = &cell->limits;
  if (len > limits->argument_bytes) return CLOCHE_ARGUMENT_LIMIT;
  if (len > limits->memory_bytes - CL_MIN(cell->argument_total, limits->memory_bytes)) return CLOCHE_ARGUMENT_LIMIT;
  if (cell->call_count >= limits->tool_calls || tool->calls >= limits->tool_calls_each) return CLOCHE_TOOL_CALLS_LIMIT;
  if (cell->pending >= limits->tool_pending) return CLOCHE_TOOL_PENDING_LIMIT;
  if (!limits->tool_queue && cell->pending >= limits->tool_running) return CLOCHE_TOOL_RUNNING_LIMIT;
  return CLOCHE_OK;
}

static bool make_room(cloche_cell *cell) {
  if (cell->call_count < cell->call_cap) return true;
  size_t cap = cell->call_cap ? cell->call_cap * 2 : 16;
  cl_call *calls = realloc(cell->calls, cap * sizeof *calls);
  if (!calls) return false;
  cell->calls = calls;
  cell->call_cap = cap;
  return true;
}

cloche_status cl_calls_add(cloche_cell *cell, uint32_t tool, const char *argument, size_t len, cl_call **out) {
  CL_TRY(check_limits(cell, &cell->tools[tool], len));
  char *copy = cl_copy_text(argument, len);
  if (!copy || !make_room(cell)) {
    free(copy);
    cell->guard.unrepeatable = 1;
    return CLOCHE_OUT_OF_MEMORY;
  }
  cl_call *call = &cell->calls[cell->call_count++];
  *call = (cl_call){.id = ++cell->next_call_id,
                    .tool = tool,
                    .argument = copy,
                    .argument_len = len,
                    .started_ns = cl_cell_call_clock(cell)};
  cell->tools[tool].calls++;
  cell->argument_total += len;
  cell->pending++;
  *out = call;
  return CLOCHE_OK;
}

void cl_calls_explain(const cloche_cell *cell, cloche_status status, const cl_tool *tool, char *message, size_t size) {
  const cloche_limits *limits = &cell->limits;
  switch (status) {
    case CLOCHE_TOOL_CALLS_LIMIT:
      if (tool->calls >= limits->tool_calls_each && limits->tool_calls_each < limits->tool_calls)
        snprintf(message, size, "Tool budget exceeded: %s may be called %llu times", tool->name,
                 (unsigned long long)limits->tool_calls_each);
      else
        snprintf(message, size, "Tool budget exceeded: %llu calls (limit: %llu)",
                 (unsigned long long)limits->tool_calls + 1, (unsigned long long)limits->tool_calls);
      break;
    case CLOCHE_TOOL_PENDING_LIMIT:
      snprintf(message, size, "Too many tool calls are pending (limit: %llu)",
               (unsigned long long)limits->tool_pending);
      break;
    case CLOCHE_TOOL_RUNNING_LIMIT:
      snprintf(message, size, "Too many tool calls at once (limit: %llu)", (unsigned long long)limits->tool_running);
      break;
    case CLOCHE_ARGUMENT_LIMIT:
      snprintf(message, size, "The argument of %s is larger than %llu bytes", tool->name,
               (unsigned long long)limits->argument_bytes);
      break;
    default: snprintf(message, size, "%s", cloche_status_describe(status).text);
  }
}

cl_call *cl_calls_find(cloche_cell *cell, uint64_t id) {
  if (cell->call_count == 0 || id < cell->calls[0].id) return NULL;
  uint64_t index = id - cell->calls[0].id; /* ids of one run are consecutive */
  return index < cell->call_count ? &cell->calls[index] : NULL;
}

cl_call *cl_calls_next_answer(cloche_cell *cell) {
  if (cell->answered == 0) return NULL;
  for (size_t i = 0; i < cell->call_count; i++) {
    size_t at = cell->next_answer % cell->call_count;
    cl_call *call = &cell->calls[at];
    cell->next_answer = at + 1;
    if (call->state == CL_CALL_ANSWERED && call->promise.at) return call;
  }
  return NULL;
}

void cl_calls_settled(cloche_cell *cell, cl_call *call) {
  call->state = CL_CALL_SETTLED;
  cell->answered--;
  cell->pending--;
  cell->argument_total -= call->argument_len;
  free(call->argument);
  call->argument = NULL;
  free(call->answer);
  call->answer = NULL;
}

void cl_calls_orphan(cloche_cell *cell, cl_call *call) {
  call->orphan = true;
  if (call->state == CL_CALL_ANSWERED) cl_calls_settled(cell, call);
}

void cl_calls_cancel_all(cloche_cell *cell) {
  cell->cancelled_seen = 0;
  cell->pending = cell->taken = cell->answered = 0;
}

static void free_call(cl_call *call) {
  char **texts[] = {&call->argument, &call->answer, &call->name, &call->message, &call->code};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    free(*texts[i]);
    *texts[i] = NULL;
  }
}

void cl_calls_clear(cloche_cell *cell) {
  for (size_t i = 0; i < cell->call_count; i++) free_call(&cell->calls[i]);
  cell->call_count = cell->next_taken = cell->next_answer = cell->cancelled_seen = 0;
  cell->pending = cell->taken = cell->answered = 0;
  cell->argument_total = 0;
  for (uint32_t i = 0; i < cell->tool_count; i++) cell->tools[i].calls = 0;
}

/* ---- the host's side */

static cloche_call view_of(const cloche_cell *cell, const cl_call *call) {
  return (cloche_call){.id = call->id,
                       .tool = cell->tools[call->tool].name,
                       .argument = call->argument ? call->argument : "",
                       .argument_len = call->argument_len};
}

bool cloche_cell_next_call(cloche_cell *cell, cloche_call *out) {
  CL_REMOTE(cell, next_call(cell, out));
  if (cell->state == CLOCHE_DONE || cell->taken >= cell->limits.tool_running) return false;
  for (; cell->next_taken < cell->call_count; cell->next_taken++) {
    cl_call *call = &cell->calls[cell->next_taken];
    if (call->state != CL_CALL_QUEUED) continue;
    call->state = CL_CALL_TAKEN;
    cell->taken++;
    cell->next_taken++;
    *out = view_of(cell, call);
    return true;
  }
  return false;
}

bool cloche_cell_next_cancelled(cloche_cell *cell, cloche_call *out) {
  CL_REMOTE(cell, next_cancelled(cell, out));
  if (cell->state != CLOCHE_DONE) return false;
  while (cell->cancelled_seen < cell->call_count) {
    cl_call *call = &cell->calls[cell->cancelled_seen++];
    if (call->state != CL_CALL_TAKEN || call->told) continue;
    call->told = true;
    *out = view_of(cell, call);
    return true;
  }
  return false;
}

static cloche_status open_call(cloche_cell *cell, uint64_t id, cl_call **out, cloche_error *err) {
  cl_call *call = cell->state == CLOCHE_DONE ? NULL : cl_calls_find(cell, id);
  if (!call || call->state > CL_CALL_TAKEN) CL_FAIL(err, NOT_FOUND, "no open call %llu", (unsigned long long)id);
  *out = call;
  return CLOCHE_OK;
}

static void answer(cloche_cell *cell, cl_call *call, bool rejected) {
  if (call->state == CL_CALL_TAKEN) cell->taken--;
  call->state = CL_CALL_ANSWERED;
  call->rejected = rejected;
  call->ended_ns = cl_cell_call_clock(cell);
  cell->answered++;
  if (call->orphan) cl_calls_settled(cell, call);
  if (cell->state == CLOCHE_WAITING && cl_cell_can_go_on(cell)) cell->state = CLOCHE_RUNNING;
}

static cloche_status answer_with_error(cloche_cell *cell, cl_call *call, const char *name, const char *message,
                                       const char *code, cloche_error *err) {
  char *texts[3] = {cl_copy_text(name, strlen(name)), cl_copy_text(message, strlen(message)),
                    cl_copy_text(code, strlen(code))};
  if (!texts[0] || !texts[1] || !texts[2]) {
    for (int i = 0; i < 3; i++) free(texts[i]);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for the rejection");
  }
  call->name = texts[0];
  call->message = texts[1];
  call->code = texts[2];
  answer(cell, call, true);
  return CLOCHE_OK;
}

cloche_status cloche_cell_resolve(cloche_cell *cell, uint64_t call_id, const char *json, size_t json_len,
                                  cloche_error *err) {
  CL_REMOTE(cell, resolve(cell, call_id, json, json_len, err));
  cl_call *call;
  CL_TRY(open_call(cell, call_id, &call, err));
  if (json_len > cell->limits.result_bytes) {
    cl_cell_count_limit(cell, CLOCHE_RESULT_LIMIT);
    CL_TRY(
        answer_with_error(cell, call, "Error", "the result of the tool is larger than allowed", "result_limit", err));
    CL_FAIL(err, RESULT_LIMIT, "the result of %s is larger than %llu bytes", cell->tools[call->tool].name,
            (unsigned long long)cell->limits.result_bytes);
  }
  if (json_len > 0 && !cl_json_check(json, json_len)) {
    char text[200];
    snprintf(text, sizeof text, "the result of tool %.128s is not JSON", cell->tools[call->tool].name);
    CL_TRY(answer_with_error(cell, call, "Error", text, "bad_result", err));
    CL_FAIL(err, BAD_RESULT, "the result of %s is not JSON", cell->tools[call->tool].name);
  }
  char *copy = cl_copy_text(json, json_len);
  if (!copy) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the result");
  call->answer = copy;
  call->answer_len = json_len;
  answer(cell, call, false);
  return CLOCHE_OK;
}

cloche_status cloche_cell_reject(cloche_cell *cell, uint64_t call_id, const cloche_rejection *rejection,
                                 cloche_error *err) {
  CL_REMOTE(cell, reject(cell, call_id, rejection, err));
  static const cloche_rejection none = CLOCHE_REJECTION_INIT;
  cl_call *call;
  CL_TRY(open_call(cell, call_id, &call, err));
  const cloche_rejection *r = rejection ? rejection : &none;
  if (r->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a rejection of version %u", r->version);
  size_t data_len = r->data ? strlen(r->data) : 0;
  cloche_status data_status = CLOCHE_OK; /* a rejection whose data is bad arrives without it */
  if (data_len > cell->limits.result_bytes)
    data_status = cl_fail(err, CLOCHE_RESULT_LIMIT, "the data of the rejection is too large");
  else if (data_len > 0 && !cl_json_check(r->data, data_len))
    data_status = cl_fail(err, CLOCHE_BAD_RESULT, "the data of the rejection is not JSON");
  if (data_len > 0 && data_status == CLOCHE_OK) {
    free(call->answer); /* of an earlier try that had no memory for the rest */
    call->answer = cl_copy_text(r->data, data_len);
    if (!call->answer) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the rejection");
    call->answer_len = data_len;
  }
  CL_TRY(answer_with_error(cell, call, r->name ? r->name : "Error", r->message ? r->message : "",
                           r->code ? r->code : "tool_error", err));
  return data_status;
}
