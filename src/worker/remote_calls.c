/* Tool calls of a run in a worker: they come with rising numbers, wait for the host to take them, and are settled by a message.
 *
 *     QUEUED --next_call--> TAKEN --resolve, reject--> ANSWERED
 *
 * How many there may be, and of what, pool_frames.c has checked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

enum { FILLER_MAX = 64 << 20 };

bool cl_far_add_call(cl_far *far, uint64_t id, uint32_t tool, cl_text argument) {
  if (far->call_count == far->call_cap) {
    size_t cap = far->call_cap ? far->call_cap * 2 : 16;
    cl_far_call *calls = realloc(far->calls, cap * sizeof *calls);
    if (!calls) return false;
    far->calls = calls;
    far->call_cap = cap;
  }
  char *copy = malloc(argument.len + 1);
  if (!copy) return false;
  if (argument.len) memcpy(copy, argument.data, argument.len);
  copy[argument.len] = 0;
  far->calls[far->call_count++] = (cl_far_call){.id = id, .tool = tool, .argument = copy, .argument_len = argument.len};
  far->open_calls++;
  return true;
}

cl_far_call *cl_far_call_find(cl_far *far, uint64_t id) {
  size_t low = 0, high = far->call_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (far->calls[middle].id == id) return &far->calls[middle];
    if (far->calls[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

static cloche_call view_of(const cl_far *far, const cl_far_call *call) {
  return (cloche_call){.id = call->id,
                       .tool = far->tools[call->tool].name,
                       .argument = call->argument ? call->argument : "",
                       .argument_len = call->argument ? call->argument_len : 0};
}

bool cl_far_next_call(cloche_cell *cell, cloche_call *out) {
  cl_far *far = cl_far_of(cell);
  if (far->state == CLOCHE_DONE) return false;
  if (far->crew && cl_channel_is_full(far->crew->channel)) { /* what it does not read is kept here: no more of it */
    far->crew->held_back = true;
    return false;
  }
  while (far->next_taken < far->call_count) {
    cl_far_call *call = &far->calls[far->next_taken++];
    if (call->state != CL_FAR_QUEUED) continue;
    call->state = CL_FAR_TAKEN;
    *out = view_of(far, call);
    return true;
  }
  return false;
}

bool cl_far_next_cancelled(cloche_cell *cell, cloche_call *out) {
  cl_far *far = cl_far_of(cell);
  if (far->state != CLOCHE_DONE) return false;
  while (far->cancelled_seen < far->call_count) {
    const cl_far_call *call = &far->calls[far->cancelled_seen++];
    if (call->state != CL_FAR_TAKEN) continue;
    *out = view_of(far, call);
    return true;
  }
  return false;
}

cloche_tool_fn cl_far_tool_fn(cloche_cell *cell, uint64_t id, void **user) {
  cl_far *far = cl_far_of(cell);
  const cl_far_call *call = cl_far_call_find(far, id);
  if (!call) return NULL;
  *user = far->tools[call->tool].user;
  return far->tools[call->tool].fn;
}

/* ---- settling */

static cloche_status open_call(cl_far *far, uint64_t id, cl_far_call **out, cloche_error *err) {
  cl_pool_interrupts(far->pool); /* a run that was stopped before gets no answer any more */
  cl_far_call *call = cl_far_runs(far) && far->crew ? cl_far_call_find(far, id) : NULL;
  if (!call || call->state == CL_FAR_ANSWERED)
    CL_POOL_FAIL(err, NOT_FOUND, "no open call %llu", (unsigned long long)id);
  *out = call;
  return CLOCHE_OK;
}

static void settle(cl_far *far, cl_far_call *call, size_t result_len) {
  call->state = CL_FAR_ANSWERED;
  call->result_len = result_len;
  far->open_calls--;
  far->argument_total -= call->argument_len;
  free(call->argument);
  call->argument = NULL;
  if (far->state == CLOCHE_WAITING) far->state = CLOCHE_RUNNING;
}

static cloche_status send_result(cl_far *far, cl_far_call *call, const char *json, size_t len, cloche_error *err) {
  cl_sink sink = cl_crew_sink(far->crew);
  cl_ask_result(&sink, far->number, call->id);
  if (!cl_channel_end(far->crew->channel, len ? json : NULL, len))
    CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for the result");
  settle(far, call, len);
  return CLOCHE_OK;
}

/* What is too large is too large there, too, and counted in the report: any bytes of that length do, if it is not too many. */
static cloche_status send_too_large(cl_far *far, cl_far_call *call, cloche_error *err) {
  size_t len = (size_t)far->limits.result_bytes + 1;
  if (len > FILLER_MAX) {
    cloche_rejection rejection = CLOCHE_REJECTION_INIT;
    rejection.message = "the result of the tool is larger than allowed";
    rejection.code = "result_limit";
    return cl_far_reject(cl_far_cell(far), call->id, &rejection, err);
  }
  char *filler = malloc(len);
  if (!filler) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for the rejection");
  memset(filler, ' ', len);
  cloche_status status = send_result(far, call, filler, len, err);
  free(filler);
  return status;
}

cloche_status cl_far_resolve(cloche_cell *cell, uint64_t id, const char *json, size_t len, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  cl_far_call *call;
  CL_POOL_TRY(open_call(far, id, &call, err));
  const char *tool = far->tools[call->tool].name;
  if (len > far->limits.result_bytes) {
    CL_POOL_TRY(send_too_large(far, call, err));
    CL_POOL_FAIL(err, RESULT_LIMIT, "the result of %s is larger than %llu bytes", tool,
                 (unsigned long long)far->limits.result_bytes);
  }
  bool good = len == 0 || cloche_core.json(json, len);
  CL_POOL_TRY(send_result(far, call, json, len, err)); /* the worker looks again, and rejects it in its own words */
  if (!good) CL_POOL_FAIL(err, BAD_RESULT, "the result of %s is not JSON", tool);
  return CLOCHE_OK;
}

cloche_status cl_far_reject(cloche_cell *cell, uint64_t id, const cloche_rejection *rejection, cloche_error *err) {
  static const cloche_rejection none = CLOCHE_REJECTION_INIT;
  cl_far *far = cl_far_of(cell);
  cl_far_call *call;
  CL_POOL_TRY(open_call(far, id, &call, err));
  cloche_rejection own = rejection ? *rejection : none;
  if (own.version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a rejection of version %u", own.version);
  size_t data_len = own.data ? strlen(own.data) : 0;
  cloche_status data_status = CLOCHE_OK; /* a rejection whose data is bad arrives without it */
  if (data_len > far->limits.result_bytes)
    data_status = cl_pool_fail(err, CLOCHE_RESULT_LIMIT, "the data of the rejection is too large");
  else if (data_len > 0 && !cloche_core.json(own.data, data_len))
    data_status = cl_pool_fail(err, CLOCHE_BAD_RESULT, "the data of the rejection is not JSON");
  if (data_len == 0 || data_status != CLOCHE_OK) own.data = NULL;
  cl_sink sink = cl_crew_sink(far->crew);
  cl_ask_rejection(&sink, far->number, call->id, &own);
  if (!cl_channel_end(far->crew->channel, NULL, 0)) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for the rejection");
  settle(far, call, own.data ? data_len : 0);
  return data_status;
}
