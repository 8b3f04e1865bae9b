/* A worker that starts as it should and then lies: a program with the start of cloche-worker, no cell and no jail. The source of a
 * run is the number that its lies are made from; with 0 it is honest, with "then lie" until a fork. test_lies is its supervisor.
 *
 * It never leaves a request without an end, so that nobody has to wait for one. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frame.h"
#include "wire.h"

enum { CHANNEL = 3, OUT_BOX, IN_BOX, TEXT = 4096 };

static cl_channel *channel;
static uint64_t state; /* of what is picked; 0: honest */
static uint64_t request, cell;
static bool then_lies; /* after the answer to a fork */
static char text[TEXT + 1];

static uint32_t pick(uint32_t below) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(state >> 33) % below;
}

static void put(void *user, const char *bytes, size_t len) {
  (void)user;
  cl_channel_put(channel, bytes, len);
}

static const cl_sink sink = {put, NULL};

/* Writes all, or ends with the supervisor. */
static void flush(void) {
  for (cl_channel_flush(channel); cl_channel_wants_write(channel); cl_channel_flush(channel)) {
    struct pollfd fd = {.fd = CHANNEL, .events = POLLOUT};
    (void)poll(&fd, 1, 100);
  }
}

static void end(const void *blob, size_t len) {
  if (!cl_channel_end(channel, blob, len)) _exit(1);
}

/* ---- lies */

static uint64_t some_number(uint64_t right) {
  const uint64_t others[] = {right, right, right, right, right + 1, right - 1, 0, 1, UINT64_MAX, pick(1000)};
  return others[pick(sizeof others / sizeof *others)];
}

static const char *some_word(const char *const *words, uint32_t count) { return words[pick(count)]; }
#define SOME(...) \
  some_word((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static const char *some_report(void) {
  static char report[TEXT / 2];
  snprintf(
      report, sizeof report,
      "{\"status\":\"%s\",%s%s\"output\":[%s],\"calls\":[%s],%s\"metrics\":{\"wall_ms\":%s,\"cpu_ms\":0.1,"
      "\"memory_bytes\":%" PRIu64 ",\"tool_calls\":0,\"console_bytes\":0,\"console_dropped\":0,\"limits\":{%s}}}",
      SOME("ok", "ok", "ok", "error", "limit", "suspended", "cancelled"),
      SOME("\"repr\":\"1\",", "\"repr\":\"1\",", ""),
      SOME("", "\"value\":1,", "\"value\":[1e999,\"\\ud800\"],",
           "\"error\":{\"code\":\"trap\",\"name\":\"\",\"message\":\"\",\"phase\":\"executing\"},",
           "\"error\":{\"code\":\"memory_limit\",\"name\":\"a\",\"message\":\"\\u0000\",\"phase\":\"parsing\"},"),
      SOME("", "", "{\"type\":\"log\",\"content\":\"x\",\"timestamp\":1}", "{}"),
      SOME(
          "", "",
          "{\"id\":1,\"tool\":\"ask\",\"status\":\"resolved\",\"started_ms\":1,\"argument_bytes\":1,\"result_bytes\":1}"),
      SOME("", "\"rolled_back\":true,", "\"rolled_back\":false,"), SOME("1", "0.5", "-1"), some_number(65536),
      SOME("", "", "\"memory_limit\":1", "\"ok\":1"));
  return report;
}

static void compose(void) {
  static const char *const results[] = {"", "\"result\":{\"polls\":1,\"wall_ns\":1,\"cpu_ns\":1},",
                                        "\"result\":{\"polls\":1,\"wall_ns\":1,\"cpu_ns\":1},",
                                        "\"result\":{\"polls\":1,\"wall_ns\":1,\"cpu_ns\":1,\"exited\":true},"};
  const uint64_t id = some_number(request), place = some_number(cell), call = some_number(1 + pick(4));
  const char *kept = SOME("", "", "\"state\":\"snapshot\",", "\"state\":\"changes\",");
  switch (pick(10)) {
    case 0:
      snprintf(text, sizeof text,
               "{\"type\":\"event\",\"run\":\"%" PRIu64
               "\",\"event\":{\"type\":\"%s\",%s\"content\":\"%s\",\"timestamp\":1}}",
               id, SOME("log", "error", "display", "stdout", "progress", "none"),
               SOME("", "", "\"mime\":\"image/png\","), SOME("x", "{}", "\\u0000", "\xFF"));
      break;
    case 1:
    case 2:
      snprintf(text, sizeof text,
               "{\"type\":\"call\",\"id\":\"%" PRIu64 ":%" PRIu64 "\",\"run\":\"%" PRIu64 "\",\"tool\":\"%s\"%s}",
               place, call, id, SOME("ask", "ask", "ask", "other", ""),
               SOME("", ",\"argument\":1", ",\"argument\":[[[]]]", ",\"argument\":nul"));
      break;
    case 3:
      snprintf(text, sizeof text, "{\"type\":\"cancel\",\"call\":\"%" PRIu64 ":%" PRIu64 "\"}", place, call);
      break;
    case 4: snprintf(text, sizeof text, "{\"type\":\"waiting\",\"run\":\"%" PRIu64 "\"}", id); break;
    case 5:
      snprintf(text, sizeof text, "{\"type\":\"done\",\"id\":\"%" PRIu64 "\",%s\"undone\":%u}", id, kept, pick(3));
      break;
    case 6:
      snprintf(text, sizeof text,
               "{\"type\":\"error\",\"id\":\"%" PRIu64 "\",\"error\":{\"code\":\"%s\",\"message\":\"x\"}}", id,
               SOME("busy", "ok", "worker_crashed", "invalid_state", "none", "out_of_memory"));
      break;
    case 7:
      snprintf(text, sizeof text, "%s",
               SOME("{\"type\":\"failed\",\"code\":\"no_jail\",\"message\":\"\"}", "[]", "{", "null"));
      break;
    default:
      snprintf(text, sizeof text, "{\"type\":\"report\",\"id\":\"%" PRIu64 "\",%s%s\"report\":%s}", id, kept,
               some_word(results, 4), some_report());
  }
}

static void lie(void) {
  static const uint8_t bytes[100000];
  const size_t sizes[] = {0, 0, 0, 0, 10, 20000, sizeof bytes};
  compose();
  size_t len = strlen(text), blob = sizes[pick(sizeof sizes / sizeof *sizes)];
  if (pick(4) == 0) text[pick((uint32_t)len)] = "\"{}[]:,0x\\ "[pick(11)];
  for (uint32_t times = pick(20) == 0 ? 3000 : 1; times > 0; times--) {
    cl_channel_put(channel, text, len);
    end(blob ? bytes : NULL, blob);
  }
  if (pick(30) == 0) {
    flush();
    if (write(CHANNEL, text, 1 + pick((uint32_t)len)) < 0) _exit(1); /* no frame at all */
  }
}

/* ---- what is right */

static void tell_truth(const cl_request *r) {
  char id[24];
  snprintf(id, sizeof id, "%" PRIu64, request);
  const cloche_result result = {.polls = 1};
  const char *report =
      "{\"status\":\"ok\",\"value\":1,\"repr\":\"1\",\"output\":[],\"calls\":[],\"metrics\":{\"wall_ms\":0.1,\"cpu_ms\":0.1,"
      "\"memory_bytes\":65536,\"tool_calls\":0,\"console_bytes\":0,\"console_dropped\":0,\"limits\":{}}}";
  if (r->kind == CL_REQUEST_RUN) cl_message_report_of(&sink, cl_text_of(id), cl_text_of(report), &result, CL_KEPT_NONE);
  else cl_message_done(&sink, cl_text_of(id));
  end(NULL, 0);
}

static void serve(const cl_frame *frame) {
  cl_request r;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_request_read_frame(&r, frame->text, frame->text_len, frame->blob, frame->blob_len, &err) != CLOCHE_OK)
    _exit(1);
  if (r.kind != CL_REQUEST_RESULT) {
    (void)cl_text_number(r.id, &request);
    (void)cl_text_number(r.session, &cell);
    if (r.kind == CL_REQUEST_RUN) (void)cl_text_number(r.code, &state);
    for (uint32_t i = state ? pick(6) : 0; i > 0; i--) lie();
    if (state && pick(6) == 0) {
      flush();
      _exit(1);
    }
    tell_truth(&r);
    if (r.kind == CL_REQUEST_RUN) then_lies = cl_text_is(r.code, cl_text_of("then lie"));
    if (r.kind == CL_REQUEST_FORK && then_lies) { /* with its answer, so that both are read at once */
      cl_channel_put(channel, "[]", 2);
      end(NULL, 0);
    }
    if (state && pick(5) == 0) { /* its last word */
      flush();
      _exit(1);
    }
  } else if (state && pick(3) == 0) {
    lie();
  }
  cl_request_free(&r);
  flush();
}

static void begin(const cl_frame *frame) {
  static cl_start start;
  static cl_ready ready;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_start_read(&start, frame->text, frame->text_len, &err) != CLOCHE_OK) _exit(1);
  for (size_t i = 0; i < start.engine_count; i++) {
    cloche_engine *engine;
    cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
    options.name = start.engines[i].name;
    if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) _exit(1);
    cloche_engine_info info = cloche_engine_describe(engine);
    cl_ready_engine *to = &ready.engines[ready.engine_count++];
    snprintf(to->name, sizeof to->name, "%s", info.name);
    snprintf(to->engine_id, sizeof to->engine_id, "%s", info.engine_id);
    snprintf(to->image_id, sizeof to->image_id, "%s", info.image_id);
  }
  cl_put_ready(&sink, &ready);
  end(NULL, 0);
  flush();
}

int main(void) {
  const cl_channel_options options = {.fd = CHANNEL,
                                      .out_box = OUT_BOX,
                                      .in_box = IN_BOX,
                                      .text_max = 1 << 20,
                                      .blob_max = 1 << 30,
                                      .out_max = 1 << 20};
  bool begun = false;
  channel = cl_channel_open(&options);
  if (!channel) return 1;
  for (;;) {
    cl_frame frame;
    while (cl_channel_receive(channel, &frame)) {
      if (begun) serve(&frame);
      else begin(&frame);
      begun = true;
    }
    if (cl_channel_look(channel) != CL_CHANNEL_OPEN) return 0;
    struct pollfd fd = {.fd = CHANNEL, .events = POLLIN};
    (void)poll(&fd, 1, -1);
  }
}
