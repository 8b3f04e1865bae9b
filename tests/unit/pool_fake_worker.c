/* A worker that a guest has taken over: it starts as it should, and then does what the source of a run names. Started by the
 * tests of pools in the place of cloche-worker. */
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frame.h"
#include "wire.h"

enum { CHANNEL = 3, OUT_BOX = 4, IN_BOX = 5 };

static cl_channel *channel;
static cl_sink sink;
static uint64_t run, cell; /* of the request at hand */

static void put(void *user, const char *text, size_t len) { cl_channel_put(user, text, len); }

static void send_blob(const void *blob, size_t len) {
  (void)cl_channel_end(channel, blob, len);
  cl_channel_flush(channel);
}

static void send_it(void) { send_blob(NULL, 0); }

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *format, ...) {
  char text[4096];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  cl_channel_put(channel, text, (size_t)len);
  send_it();
}

#define METRICS                                                                                              \
  "\"metrics\":{\"wall_ms\":0.1,\"cpu_ms\":0.1,\"memory_bytes\":65536,\"tool_calls\":0,\"console_bytes\":0," \
  "\"console_dropped\":0,\"limits\":{}}"
#define OK_REPORT "{\"status\":\"ok\",\"value\":3,\"repr\":\"3\",\"output\":[],\"calls\":[]," METRICS "}"
#define SUSPENDED "{\"status\":\"suspended\",\"output\":[],\"calls\":[]," METRICS "}"

static void report_as(uint64_t id, const char *report, cl_kept kept, const void *blob, size_t len) {
  char number[24];
  snprintf(number, sizeof number, "%" PRIu64, id);
  cloche_result result = {.polls = 1};
  cl_message_report_of(&sink, cl_text_of(number), cl_text_of(report), &result, kept);
  send_blob(blob, len);
}

static void report(const char *text) { report_as(run, text, CL_KEPT_NONE, NULL, 0); }

static void call(uint64_t of_cell, uint64_t id, const char *tool, const char *argument) {
  say("{\"type\":\"call\",\"id\":\"%" PRIu64 ":%" PRIu64 "\",\"run\":\"%" PRIu64 "\",\"tool\":\"%s\",\"argument\":%s}",
      of_cell, id, run, tool, argument);
}

static void event(const char *content) {
  say("{\"type\":\"event\",\"run\":\"%" PRIu64 "\",\"event\":{\"type\":\"log\",\"content\":\"%s\",\"timestamp\":1}}",
      run, content);
}

static void raw(const void *bytes, size_t len) { (void)!write(CHANNEL, bytes, len); }

/* ---- what it can do */

static void well(void) { report(OK_REPORT); }
static void forged_id(void) { report_as(run + 4096, OK_REPORT, CL_KEPT_NONE, NULL, 0); }
static void report_twice(void) {
  report(OK_REPORT);
  report(OK_REPORT);
}
static void event_after_the_end(void) {
  report(OK_REPORT);
  event("late");
}
static void call_of_another_cell(void) { call(cell + 1, 1, "t", "1"); }
static void unknown_tool(void) { call(cell, 1, "rm", "1"); }
static void calls_backwards(void) {
  call(cell, 2, "t", "1");
  call(cell, 1, "t", "1");
}
static void same_call_twice(void) {
  call(cell, 1, "t", "1");
  call(cell, 1, "t", "1");
}
static void too_many_calls(void) {
  for (uint64_t i = 1; i <= 5; i++) call(cell, i, "t", "1");
}
static void large_argument(void) {
  char text[3000];
  memset(text, '1', sizeof text);
  text[sizeof text - 1] = 0;
  call(cell, 1, "t", text);
}
static void bad_argument(void) { call(cell, 1, "t", "[1"); }
static void flood(void) {
  for (int i = 0; i < 100; i++) event("x");
}
static void large_output(void) {
  char text[3500];
  memset(text, 'x', sizeof text);
  text[sizeof text - 1] = 0;
  for (int i = 0; i < 10; i++) event(text);
}
static void large_value(void) {
  report(
      "{\"status\":\"ok\",\"value\":\"a value that is longer than the cell's may be, and that by a lot, as can be seen\","
      "\"repr\":\"3\",\"output\":[],\"calls\":[]," METRICS "}");
}
static void no_value_but_error(void) {
  report(
      "{\"status\":\"ok\",\"error\":{\"code\":\"trap\",\"name\":\"E\",\"message\":\"\",\"phase\":\"executing\"},\"output\":[],"
      "\"calls\":[]," METRICS "}");
}
static void invented_code(void) {
  report(
      "{\"status\":\"error\",\"error\":{\"code\":\"rooted\",\"name\":\"E\",\"message\":\"\",\"phase\":\"executing\"},"
      "\"output\":[],\"calls\":[]," METRICS "}");
}
static void ended_but_suspended(void) { report(SUSPENDED); }
static void ready_twice(void) {
  say("{\"type\":\"ready\",\"version\":1,\"layers\":127,\"landlock\":7,\"missing\":[],\"engines\":[]}");
}
static void fails_to_start(void) { say("{\"type\":\"failed\",\"code\":\"no_jail\",\"message\":\"x\"}"); }
static void done_and_no_report(void) { say("{\"type\":\"done\",\"id\":\"%" PRIu64 "\"}", run); }
static void state_of_no_session(void) { report_as(run, OK_REPORT, CL_KEPT_SNAPSHOT, "state", 5); }
static void bytes_of_nothing(void) { report_as(run, OK_REPORT, CL_KEPT_NONE, "state", 5); }
static void state_without_bytes(void) { report_as(run, OK_REPORT, CL_KEPT_SNAPSHOT, NULL, 0); }
static void event_with_bytes(void) {
  cl_channel_put(channel, "{", 1);
  char text[200];
  int len = snprintf(
      text, sizeof text,
      "\"type\":\"event\",\"run\":\"%" PRIu64 "\",\"event\":{\"type\":\"log\",\"content\":\"\",\"timestamp\":1}}", run);
  cl_channel_put(channel, text, (size_t)len);
  send_blob("x", 1);
}
static void cancels_nothing(void) { say("{\"type\":\"cancel\",\"call\":\"%" PRIu64 ":1\"}", cell); }
static void no_json(void) { say("{\"type\":"); }
static void no_message(void) { say("{\"type\":\"shell\"}"); }
static void deep(void) {
  for (int i = 0; i < 100000; i++) cl_channel_put(channel, "[", 1);
  send_it();
}
static void wrong_magic(void) {
  char header[CL_FRAME_HEADER] = "XXXX";
  raw(header, sizeof header);
}
static void oversized(void) {
  unsigned char header[CL_FRAME_HEADER] = {'C', 'L', 'F', '1', 0xFF, 0xFF, 0xFF, 0xFF};
  memset(header + 16, 0xFF, 8);
  raw(header, sizeof header);
}
static void outside_of_the_box(void) {
  unsigned char header[CL_FRAME_HEADER] = {'C', 'L', 'F', '1', 2};
  header[8] = 100;
  memset(header + 16, 0x7F, 8);
  raw(header, sizeof header);
  raw("{}", 2);
}
static void half_a_frame(void) {
  unsigned char header[CL_FRAME_HEADER] = {'C', 'L', 'F', '1', 100};
  memset(header + 16, 0xFF, 8);
  raw(header, sizeof header);
  raw("{\"type\":", 8);
  _exit(0);
}
static void exits(void) { _exit(7); }
static void dies(void) {
  __builtin_trap();
} /* a signal that it sent to itself would not reach the first of a namespace */
static void is_silent(void) {}
static void refuses(void) {
  say("{\"type\":\"error\",\"id\":\"%" PRIu64 "\",\"error\":{\"code\":\"busy\",\"message\":\"not now\"}}", run);
}
static void refuses_as_suspended(void) {
  say("{\"type\":\"error\",\"id\":\"%" PRIu64 "\",\"error\":{\"code\":\"suspended\",\"message\":\"\"}}", run);
}
static void cancel_with_bytes(void) {
  char text[100];
  call(cell, 1, "t", "1");
  int len = snprintf(text, sizeof text, "{\"type\":\"cancel\",\"call\":\"%" PRIu64 ":1\"}", cell);
  cl_channel_put(channel, text, (size_t)len);
  send_blob("x", 1);
}
static void first_state(void) { report_as(run, OK_REPORT, CL_KEPT_SNAPSHOT, "state", 5); }
static void large_changes(void) {
  static char changes[700000];
  report_as(run, OK_REPORT, CL_KEPT_CHANGES, changes, sizeof changes);
}
static void asks_and_never_reads(void) {
  for (uint64_t i = 1; i <= 60; i++) {
    call(cell, i, "t", "1");
    (void)poll(NULL, 0, 10);
  }
}
static void waits(void) {
  call(cell, 1, "t", "1");
  say("{\"type\":\"waiting\",\"run\":\"%" PRIu64 "\"}", run);
}

static const struct {
  const char *source;
  void (*act)(void);
} acts[] = {
#define ACT(name) \
  { #name, name }
    ACT(well),
    ACT(forged_id),
    ACT(report_twice),
    ACT(event_after_the_end),
    ACT(unknown_tool),
    ACT(calls_backwards),
    ACT(same_call_twice),
    ACT(call_of_another_cell),
    ACT(flood),
    ACT(too_many_calls),
    ACT(asks_and_never_reads),
    ACT(large_argument),
    ACT(bad_argument),
    ACT(large_output),
    ACT(large_value),
    ACT(no_value_but_error),
    ACT(invented_code),
    ACT(ready_twice),
    ACT(ended_but_suspended),
    ACT(fails_to_start),
    ACT(done_and_no_report),
    ACT(deep),
    ACT(state_of_no_session),
    ACT(bytes_of_nothing),
    ACT(state_without_bytes),
    ACT(no_json),
    ACT(event_with_bytes),
    ACT(cancels_nothing),
    ACT(no_message),
    ACT(wrong_magic),
    ACT(oversized),
    ACT(outside_of_the_box),
    ACT(half_a_frame),
    ACT(exits),
    ACT(dies),
    ACT(is_silent),
    ACT(refuses),
    ACT(waits),
    ACT(refuses_as_suspended),
    ACT(cancel_with_bytes),
    ACT(first_state),
    ACT(large_changes),
#undef ACT
};

static void serve(const cl_frame *frame) {
  cl_request request;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_request_read_frame(&request, frame->text, frame->text_len, frame->blob, frame->blob_len, &err) != CLOCHE_OK)
    exit(9);
  uint64_t id = strtoull(request.id.len ? request.id.data : "0", NULL, 10);
  if (request.kind == CL_REQUEST_RUN) {
    run = id;
    cell = strtoull(request.session.data, NULL, 10);
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
      if (cl_text_is(request.code, cl_text_of(acts[i].source))) acts[i].act();
  } else if (request.kind == CL_REQUEST_SNAPSHOT) {
    say("{\"type\":\"done\",\"id\":\"%" PRIu64 "\"}", id); /* and no bytes */
  } else if (request.kind == CL_REQUEST_SO_FAR) {
    char text[100];
    int len = snprintf(text, sizeof text, "{\"type\":\"done\",\"id\":\"%" PRIu64 "\"}", id);
    cl_channel_put(channel, text, (size_t)len);
    send_blob("no report", 9);
  } else if (request.kind == CL_REQUEST_FORK) { /* and what ends it comes at once with the answer */
    char text[100];
    int len = snprintf(text, sizeof text, "{\"type\":\"done\",\"id\":\"%" PRIu64 "\"}", id);
    cl_channel_put(channel, text, (size_t)len);
    (void)cl_channel_end(channel, NULL, 0);
    no_message();
  } else if (request.kind == CL_REQUEST_CLOSE || request.kind == CL_REQUEST_INTERRUPT) {
    say("{\"type\":\"done\",\"id\":\"%" PRIu64 "\"}", id);
  }
  cl_request_free(&request);
}

static void become_ready(const cl_frame *frame) {
  static cl_start start;
  static cl_ready ready;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_start_read(&start, frame->text, frame->text_len, &err) != CLOCHE_OK) exit(8);
  ready.layers = 127;
  snprintf(ready.missing[ready.missing_count++], sizeof ready.missing[0], "a word\n for the \x1b[31m terminal");
  for (size_t i = 0; i < start.engine_count; i++) {
    cloche_engine *engine;
    cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
    options.name = start.engines[i].name;
    if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) exit(8);
    cloche_engine_info info = cloche_engine_describe(engine);
    cl_ready_engine *own = &ready.engines[ready.engine_count++];
    snprintf(own->name, sizeof own->name, "%s", info.name);
    snprintf(own->engine_id, sizeof own->engine_id, "%s", info.engine_id);
    snprintf(own->image_id, sizeof own->image_id, "%s", info.image_id);
    cloche_engine_close(engine);
  }
  cl_put_ready(&sink, &ready);
  send_it();
}

int main(void) {
  cl_channel_options options = {.fd = CHANNEL,
                                .out_box = OUT_BOX,
                                .in_box = IN_BOX,
                                .text_max = 1 << 20,
                                .blob_max = 1 << 20,
                                .out_max = 1 << 20};
  channel = cl_channel_open(&options);
  if (!channel) return 9;
  sink = (cl_sink){put, channel};
  bool is_ready = false;
  for (cl_frame frame;;) {
    if (!cl_channel_receive(channel, &frame)) {
      struct pollfd fd = {.fd = CHANNEL, .events = POLLIN};
      if (cl_channel_look(channel) != CL_CHANNEL_OPEN) return 0;
      (void)poll(&fd, 1, -1);
    } else if (!is_ready) {
      become_ready(&frame);
      is_ready = true;
    } else {
      serve(&frame);
    }
  }
}
