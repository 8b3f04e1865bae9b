/* The run of a cell that lives in a worker, as its host sees it: state, events, calls, result and report. What stands here
 * has passed pool_frames.c, or is the supervisor's own: the report of a run whose worker is gone. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

/* ---- a growing text */

typedef struct text_buf {
  char *data;
  size_t len, cap;
  bool failed;
} text_buf;

static void add_text(void *user, const char *text, size_t len) {
  text_buf *buf = user;
  if (buf->failed) return;
  if (len >= buf->cap - buf->len) {
    size_t cap = (buf->len + len + 256) * 2;
    char *data = realloc(buf->data, cap);
    buf->failed = !data;
    if (!data) return;
    buf->data = data;
    buf->cap = cap;
  }
  memcpy(buf->data + buf->len, text, len);
  buf->len += len;
  buf->data[buf->len] = 0;
}

__attribute__((format(printf, 2, 3))) static void add(text_buf *buf, const char *format, ...) {
  char text[256];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  add_text(buf, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
}

static void add_string(text_buf *buf, const char *text, size_t len) {
  cl_sink sink = {add_text, buf};
  cl_put_string(&sink, (cl_text){text, len});
}

/* ---- life */

static void free_result(cl_far *far) {
  cl_report_free(&far->read);
  far->read = (cl_report){0};
  far->result = (cloche_result){0};
  free(far->report);
  far->report = NULL;
  far->report_len = 0;
}

void cl_far_clear_run(cl_far *far) {
  free_result(far);
  for (size_t i = 0; i < far->call_count; i++) free(far->calls[i].argument);
  for (size_t i = 0; i < far->event_count; i++) free(far->events[i].texts);
  if (far->call_cap > 64) {
    free(far->calls);
    far->calls = NULL;
    far->call_cap = 0;
  }
  if (far->event_cap > 64) {
    free(far->events);
    far->events = NULL;
    far->event_cap = 0;
  }
  far->call_count = far->next_taken = far->cancelled_seen = far->open_calls = far->argument_total = 0;
  far->event_count = far->events_read = far->event_bytes = 0;
  for (size_t i = 0; i < far->tool_count; i++) far->tool_uses[i] = 0;
}

static void leave_run(cl_far *far, cloche_state state) {
  if (far->run && far->crew) far->crew->run_count--;
  far->run = 0;
  far->state = state;
  cl_pool_news(far);
  if (far->crew && far->crew->state == CL_CREW_DRAINING) cl_far_leave(far);
}

void cl_far_forget_run(cl_far *far) { leave_run(far, CLOCHE_IDLE); }

void cl_far_ended(cl_far *far, const cl_answer *answer, char *report, cl_report *read) {
  free_result(far);
  far->read = *read;
  far->report = report;
  far->report_len = answer->report.len;
  far->result = read->result;
  far->result.polls = answer->polls;
  far->result.replayable = answer->replayable;
  far->result.exited = answer->exited;
  far->result.wall_ns = answer->wall_ns;
  far->result.cpu_ns = answer->cpu_ns;
  leave_run(far, CLOCHE_DONE);
}

/* ---- a run that has no report: its worker is gone, or did not take it */

static void add_output(text_buf *out, const cl_far *far, size_t *console_bytes) {
  *console_bytes = 0;
  add(out, ",\"output\":[");
  for (size_t i = 0; i < far->event_count; i++) {
    const cloche_event *e = &far->events[i].event;
    add(out, "%s{\"type\":\"%s\"", i ? "," : "", e->type);
    if (e->mime) {
      add(out, ",\"mime\":");
      add_string(out, e->mime, strlen(e->mime));
    } else {
      *console_bytes += e->text_len;
    }
    if (e->base64) add(out, ",\"base64\":true");
    add(out, ",\"content\":");
    add_string(out, e->text, e->text_len);
    add(out, ",\"timestamp\":%" PRIu64 "}", e->time_ms);
  }
  add(out, "]");
}

static void add_calls(text_buf *out, const cl_far *far) {
  add(out, ",\"calls\":[");
  for (size_t i = 0; i < far->call_count; i++) {
    const cl_far_call *call = &far->calls[i];
    const char *tool = far->tools[call->tool].name;
    bool answered = call->state == CL_FAR_ANSWERED;
    add(out, "%s{\"id\":%" PRIu64 ",\"tool\":", i ? "," : "", call->id);
    add_string(out, tool, strlen(tool));
    add(out, ",\"status\":\"%s\",\"started_ms\":0.000", answered ? "resolved" : "cancelled");
    if (answered) add(out, ",\"ended_ms\":0.000");
    add(out, ",\"argument_bytes\":%zu,\"result_bytes\":%zu}", call->argument_len, call->result_len);
  }
  add(out, "]");
}

static const char *status_word(cloche_status status) {
  switch (status) {
    case CLOCHE_WALL_TIME_LIMIT: return "timeout";
    case CLOCHE_CANCELLED: return "cancelled";
    case CLOCHE_FILES_LIMIT: return "limit";
    default: return status >= CLOCHE_CPU_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT ? "limit" : "error";
  }
}

static void compose(text_buf *out, const cl_far *far, cloche_status status, const char *name, const char *message) {
  size_t console_bytes;
  uint64_t wall = cl_pool_now() - far->started;
  add(out, "{\"status\":\"%s\",\"error\":{\"code\":\"%s\",\"name\":\"%s\",\"message\":", status_word(status),
      cloche_status_describe(status).name, name);
  add_string(out, message, strlen(message));
  add(out, ",\"phase\":\"executing\"}");
  add_output(out, far, &console_bytes);
  add_calls(out, far);
  if (far->options.session) add(out, ",\"rolled_back\":true");
  if (far->options.seeded && far->options.clock == CLOCHE_CLOCK_VIRTUAL) add(out, ",\"replayable\":false");
  add(out,
      ",\"metrics\":{\"wall_ms\":%" PRIu64 ".%03" PRIu64
      ",\"cpu_ms\":0.000,\"memory_bytes\":0,\"tool_calls\":%zu,"
      "\"console_bytes\":%zu,\"console_dropped\":0,\"limits\":{%s}}}",
      wall / CL_POOL_MS, wall % CL_POOL_MS / 1000, far->call_count, console_bytes,
      status == CLOCHE_WALL_TIME_LIMIT ? "\"wall_time_limit\":1" : "");
}

/* Not read back from the report, whose reader takes no such end from a worker. */
static void keep_error(cl_far *far, const char *name, const char *message) {
  size_t name_len = strlen(name) + 1, message_len = strlen(message) + 1;
  char *texts = malloc(name_len + message_len);
  if (!texts) return;
  memcpy(texts, name, name_len);
  memcpy(texts + name_len, message, message_len);
  far->read.texts = texts;
  far->result.error_name = texts;
  far->result.error_message = texts + name_len;
}

void cl_far_end(cl_far *far, cloche_status status, const char *message) {
  char text[100];
  const char *name = "Error";
  if (status == CLOCHE_WALL_TIME_LIMIT) {
    name = "TimeoutError";
    snprintf(text, sizeof text, "the run took longer than %" PRIu64 " ms", far->wall_ns / CL_POOL_MS);
    message = text;
  } else if (status == CLOCHE_CANCELLED) {
    name = "AbortError";
    message = "the run was cancelled";
  } else if (!message) {
    message = "the worker that ran it has ended";
  }
  text_buf out = {0};
  compose(&out, far, status, name, message);
  free_result(far);
  if (out.failed) {
    free(out.data); /* cloche_cell_report says so then */
  } else {
    far->report = out.data;
    far->report_len = out.len;
  }
  keep_error(far, name, message);
  far->result.status = status;
  far->result.rolled_back = far->options.session;
  far->result.wall_ns = cl_pool_now() - far->started;
  leave_run(far, CLOCHE_DONE);
}

/* ---- what came out */

cloche_status cl_far_get_result(cloche_cell *cell, cloche_result *out, cloche_error *err) {
  const cl_far *far = cl_far_of(cell);
  if (far->state != CLOCHE_DONE) CL_POOL_FAIL(err, INVALID_STATE, "no run of this cell has ended");
  *out = far->result;
  return CLOCHE_OK;
}

static cloche_status report_so_far(cl_far *far, cloche_error *err) {
  cl_reply reply;
  CL_POOL_TRY(cl_far_ask(far, CL_ASK_SO_FAR, &reply, err));
  if (!reply.bytes) CL_POOL_FAIL(err, INVALID_STATE, "no run of this cell has ended, and none waits");
  free(far->report);
  far->report = reply.bytes;
  far->report_len = reply.len;
  return CLOCHE_OK;
}

cloche_status cl_far_get_report(cloche_cell *cell, const char **json, size_t *len, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (far->state != CLOCHE_DONE) {
    if (!far->run || far->state != CLOCHE_WAITING)
      CL_POOL_FAIL(err, INVALID_STATE, "no run of this cell has ended, and none waits");
    CL_POOL_TRY(report_so_far(far, err));
  }
  if (!far->report) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for the report");
  *json = far->report;
  *len = far->report_len;
  return CLOCHE_OK;
}

bool cl_far_add_event(cl_far *far, const cloche_event *event) {
  if (far->event_count == far->event_cap) {
    size_t cap = far->event_cap ? far->event_cap * 2 : 16;
    cl_far_event *events = realloc(far->events, cap * sizeof *events);
    if (!events) return false;
    far->events = events;
    far->event_cap = cap;
  }
  size_t mime = event->mime ? strlen(event->mime) + 1 : 0;
  char *texts = malloc(mime + event->text_len + 1);
  if (!texts) return false;
  if (mime) memcpy(texts, event->mime, mime);
  memcpy(texts + mime, event->text, event->text_len);
  texts[mime + event->text_len] = 0;
  cl_far_event *own = &far->events[far->event_count++];
  *own = (cl_far_event){*event, texts};
  own->event.mime = mime ? texts : NULL;
  own->event.text = texts + mime;
  return true;
}

bool cl_far_next_event(cloche_cell *cell, cloche_event *out) {
  cl_far *far = cl_far_of(cell);
  if (far->events_read >= far->event_count) return false;
  *out = far->events[far->events_read++].event;
  return true;
}
