/* What workers say to a supervisor (src/worker/wire.h): what they write is what it reads, and what no worker of ours would
 * write is refused: answers, and reports in them. Linked with --wrap: allocations come here, to fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "wire.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static unsigned long fail_in; /* the so manieth allocation from now on fails; 0: none */

static bool must_fail(void) { return fail_in > 0 && --fail_in == 0; }
void *__wrap_malloc(size_t size) { return must_fail() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return must_fail() ? NULL : __real_calloc(count, size); }

/* ---- a place to write to */

static char written[1 << 16];
static size_t written_len;

static void put(void *user, const char *text, size_t len) {
  (void)user;
  assert_true(len < sizeof written - written_len);
  memcpy(written + written_len, text, len);
  written_len += len;
  written[written_len] = 0;
}

static const cl_sink sink = {put, NULL};

static void begin(void) {
  written_len = 0;
  written[0] = 0;
}

static void same_text(cl_text text, const char *want) {
  assert_int_equal(text.len, strlen(want));
  if (text.len) assert_memory_equal(text.data, want, text.len);
}

/* ---- answers */

static cl_answer answer;
static const char *why;
static bool no_memory;

static bool is_answer(const char *text, size_t len) {
  char *exact = malloc(len ? len : 1); /* so that a sanitizer sees a read past the end */
  memcpy(exact, text, len);
  bool good = cl_answer_read(&answer, exact, len, &why, &no_memory);
  cl_answer_free(&answer);
  free(exact);
  return good;
}

/* Reads what was written; no part of it is an answer, too. */
static void read_answer(cl_answer_kind kind) {
  for (size_t len = 0; len + 1 < written_len; len++)
    if (is_answer(written, len)) fail_msg("%zu bytes are an answer: %s", len, written);
  if (!cl_answer_read(&answer, written, written_len, &why, &no_memory)) fail_msg("%s: %s", why, written);
  assert_int_equal(answer.kind, kind);
}

static void answers_of_runs(void **state) {
  (void)state;
  const cloche_event log = {"log", NULL, false, "a\n\"\0\xF0\x9F\x98\x80\xE2\x80\xA8", 11, UINT64_C(1795293391443)};
  begin();
  cl_message_event(&sink, cl_text_of("12"), &log);
  read_answer(CL_ANSWER_EVENT);
  assert_int_equal(answer.id, 12);
  assert_string_equal(answer.event.type, "log");
  assert_int_equal(answer.event.text_len, 11);
  assert_memory_equal(answer.event.text, log.text, 11);
  assert_true(answer.event.time_ms == log.time_ms && !answer.event.mime && !answer.event.base64);
  cl_answer_free(&answer);
  const cloche_event shown = {"display", "image/png", true, "QUJD", 4, 1};
  begin();
  cl_message_event(&sink, cl_text_of("0"), &shown);
  read_answer(CL_ANSWER_EVENT);
  assert_string_equal(answer.event.mime, "image/png");
  assert_true(answer.event.base64);
  cl_answer_free(&answer);
  const cloche_call call = {3, "add", "{\"n\":1.50000000000000000001}", 28};
  begin();
  cl_message_call(&sink, cl_text_of("12"), cl_text_of("17:3"), &call);
  read_answer(CL_ANSWER_CALL);
  assert_true(answer.id == 12 && answer.cell == 17 && answer.call == 3);
  same_text(answer.tool, "add");
  same_text(answer.argument, call.argument);
  cl_answer_free(&answer);
  const cloche_call bare = {1, "t\"", "", 0}, text = {1, "t", "\"x\\n\"", 5};
  begin();
  cl_message_call(&sink, cl_text_of("1"), cl_text_of("1:1"), &bare);
  read_answer(CL_ANSWER_CALL);
  same_text(answer.tool, "t\"");
  assert_null(answer.argument.data);
  cl_answer_free(&answer);
  begin();
  cl_message_call(&sink, cl_text_of("1"), cl_text_of("1:1"), &text);
  read_answer(CL_ANSWER_CALL);
  same_text(answer.argument, "\"x\\n\"");
  cl_answer_free(&answer);
  const cloche_call lines = {1, "t", "[\n{}\r\n]", 7}; /* of a guest that has taken its engine over */
  begin();
  cl_message_call(&sink, cl_text_of("1"), cl_text_of("1:1"), &lines);
  read_answer(CL_ANSWER_CALL);
  same_text(answer.argument, "[ {}  ]");
  begin();
  cl_message_cancel(&sink, cl_text_of("18446744073709551615:9223372036854775807"));
  read_answer(CL_ANSWER_CANCEL);
  assert_true(answer.cell == UINT64_MAX && answer.call == INT64_MAX);
  begin();
  cl_message_waiting(&sink, cl_text_of("4"));
  read_answer(CL_ANSWER_WAITING);
  assert_int_equal(answer.id, 4);
}

static void answers_that_end_requests(void **state) {
  (void)state;
  const cloche_result result = {.polls = 12, .wall_ns = 345, .cpu_ns = INT64_MAX, .replayable = true, .exited = true};
  begin();
  cl_message_report_of(&sink, cl_text_of("9"), cl_text_of("{\"status\":\"ok\"}"), &result, CL_KEPT_CHANGES);
  read_answer(CL_ANSWER_REPORT);
  assert_true(answer.id == 9 && answer.kept == CL_KEPT_CHANGES && answer.has_result && answer.polls == 12 &&
              answer.wall_ns == 345 && answer.cpu_ns == INT64_MAX && answer.replayable && answer.exited);
  same_text(answer.report, "{\"status\":\"ok\"}");
  begin();
  cl_message_report_of(&sink, cl_text_of("9"), cl_text_of("{}"), NULL, CL_KEPT_NONE);
  read_answer(CL_ANSWER_REPORT);
  assert_true(!answer.has_result && answer.kept == CL_KEPT_NONE);
  begin();
  cl_message_done_kept(&sink, cl_text_of("1"), CL_KEPT_SNAPSHOT);
  read_answer(CL_ANSWER_DONE);
  assert_int_equal(answer.kept, CL_KEPT_SNAPSHOT);
  begin();
  cl_message_done(&sink, cl_text_of("1"));
  read_answer(CL_ANSWER_DONE);
  begin();
  cl_message_done_count(&sink, cl_text_of("1"), "undone", 3);
  read_answer(CL_ANSWER_DONE);
  assert_int_equal(answer.undone, 3);
  const cloche_cell_stats stats = {1, 2, 3, 4, 5, 6};
  begin();
  cl_message_done_stats(&sink, cl_text_of("1"), &stats);
  read_answer(CL_ANSWER_DONE);
  assert_true(answer.has_stats);
  assert_memory_equal(&answer.stats, &stats, sizeof stats);
  char message[600];
  memset(message, 'x', sizeof message);
  memcpy(message + 238, "\xC3\xA4", 2);
  message[sizeof message - 1] = 0;
  begin();
  cl_message_error(&sink, cl_text_of("1"), CLOCHE_BUSY, message);
  read_answer(CL_ANSWER_ERROR);
  assert_int_equal(answer.status, CLOCHE_BUSY);
  assert_int_equal(strlen(answer.message), 238); /* cut, and not within a character */
  cl_answer_free(&answer);
}

static void a_worker_begins(void **state) {
  (void)state;
  static cl_ready ready;
  const char *hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  ready = (cl_ready){.layers = 127, .landlock = 2, .missing_count = 1, .engine_count = 2};
  snprintf(ready.missing[0], sizeof ready.missing[0], "landlock: the kernel has none");
  for (size_t i = 0; i < 2; i++) {
    snprintf(ready.engines[i].name, sizeof ready.engines[i].name, i ? "python" : "js");
    memcpy(ready.engines[i].engine_id, hash, 65);
    memcpy(ready.engines[i].image_id, hash, 65);
  }
  begin();
  cl_put_ready(&sink, &ready);
  read_answer(CL_ANSWER_READY);
  assert_memory_equal(answer.ready, &ready, sizeof ready);
  cl_answer_free(&answer);
  char *digit = strstr(written, "f\"");
  *digit = 'F';
  assert_false(is_answer(written, written_len));
  begin();
  cl_put_failed(&sink, CLOCHE_NO_JAIL, "seccomp: no");
  read_answer(CL_ANSWER_FAILED);
  assert_int_equal(answer.status, CLOCHE_NO_JAIL);
  assert_string_equal(answer.message, "seccomp: no");
  cl_answer_free(&answer);
}

static void what_no_worker_of_ours_says_is_refused(void **state) {
  (void)state;
#define MANY "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\""
  const char *bad[] = {
      "",
      " ",
      "null",
      "[]",
      "{}",
      "{\"type\":\"waiting\"}",
      "{\"type\":\"nothing\",\"run\":\"1\"}",
      "{\"type\":1,\"run\":\"1\"}",
      "{\"type\":\"waiting\",\"run\":\"1\"} x",
      "{\"type\":\"waiting\",\"run\":\"1\",}",
      "{\"type\":\"waiting\",\"run\":1}",
      "{\"type\":\"waiting\",\"run\":\"01\"}",
      "{\"type\":\"waiting\",\"run\":\"-1\"}",
      "{\"type\":\"waiting\",\"run\":\"\"}",
      "{\"type\":\"waiting\",\"run\":\"18446744073709551616\"}",
      "{\"type\":\"waiting\",\"run\":\"1\",\"run\":\"1\"}",
      "{\"type\":\"waiting\",\"run\":\"1\",\"id\":\"1\"}",
      "{\"type\":\"waiting\",\"run\":\"1\",\"more\":1}",
      "{\"type\":\"waiting\",\"r\\u0075n\":\"1\"}",
      "{\"type\":\"waiting\",\"run\":\"\\u0031\"}",
      "{\"type\":\"cancel\",\"call\":\"1\"}",
      "{\"type\":\"cancel\",\"call\":\"1:\"}",
      "{\"type\":\"cancel\",\"call\":\":1\"}",
      "{\"type\":\"cancel\",\"call\":\"1:0\"}",
      "{\"type\":\"cancel\",\"call\":\"1:9223372036854775808\"}",
      "{\"type\":\"cancel\",\"call\":\"1:1:1\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"\\ud800\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"\\udc00\\ud800\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":01}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":[1}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":\"\xFF\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":\"\xED\xA0\x80\"}",
      "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":\"\n\"}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"content\":\"\"}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"lag\",\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"content\":\"\",\"timestamp\":-1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"content\":\"\",\"timestamp\":1.5}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"content\":\"\",\"timestamp\":9223372036854775808}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"mime\":\"a/b\",\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"base64\":true,\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"display\",\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"display\",\"mime\":\"a\",\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"display\",\"mime\":\"a/\\u0000\",\"content\":\"\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"display\",\"mime\":\"a/json\",\"content\":\"{\",\"timestamp\":1}}",
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"progress\",\"content\":\"{]\",\"timestamp\":1}}",
      "{\"type\":\"report\",\"id\":\"1\",\"report\":[]}",
      "{\"type\":\"report\",\"id\":\"1\",\"report\":{},\"state\":\"none\"}",
      "{\"type\":\"report\",\"id\":\"1\",\"report\":{},\"result\":{\"polls\":1,\"wall_ns\":1}}",
      "{\"type\":\"report\",\"id\":\"1\",\"report\":{},\"result\":{\"polls\":1,\"wall_ns\":1,\"cpu_ns\":1,\"exited\":false}}",
      "{\"type\":\"report\",\"id\":\"1\",\"report\":{},\"result\":null}",
      "{\"type\":\"done\",\"id\":\"1\",\"stats\":{}}",
      "{\"type\":\"done\",\"id\":\"1\",\"undone\":\"1\"}",
      "{\"type\":\"done\",\"id\":\"x\"}",
      "{\"type\":\"done\",\"id\":\"\"}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"ok\",\"message\":\"\"}}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"none\",\"message\":\"\"}}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"suspended\",\"message\":\"\"}}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"busy\"}}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"busy\",\"message\":\"a\\u0000b\"}}",
      "{\"type\":\"ready\",\"version\":2,\"layers\":0,\"landlock\":0,\"missing\":[],\"engines\":[]}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":4294967296,\"landlock\":0,\"missing\":[],\"engines\":[]}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":0,\"landlock\":0,\"missing\":[1],\"engines\":[]}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":0,\"landlock\":0,\"missing\":[\"a\",],\"engines\":[]}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":0,\"landlock\":0,\"missing\":[],\"engines\":[{\"name\":\"js\"}]}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":0,\"landlock\":0,\"missing\":[" MANY "],\"engines\":[]}",
  };
  for (size_t i = 0; i < COUNT(bad); i++)
    if (is_answer(bad[i], strlen(bad[i]))) fail_msg("taken: %s", bad[i]);
  assert_false(is_answer("{\"type\":\"waiting\",\"run\":\"1\"}\0", 29));
  const char *spaced = " {\t\"type\" : \"waiting\" ,\r\n\"run\":\"1\" } ";
  assert_true(is_answer(spaced, strlen(spaced)));
}

/* ---- depth, and numbers as they are */

static bool nested(size_t depth, const char *open, const char *close, const char *inner) {
  const char *before = "{\"type\":\"call\",\"id\":\"1:1\",\"run\":\"1\",\"tool\":\"a\",\"argument\":";
  size_t len = strlen(before), unit = strlen(open);
  char *text = malloc(depth * (unit + 1) + 200);
  memcpy(text, before, len);
  for (size_t i = 0; i < depth; i++, len += unit) memcpy(text + len, open, unit);
  memcpy(text + len, inner, strlen(inner));
  len += strlen(inner);
  for (size_t i = 0; i < depth; i++) text[len++] = *close;
  text[len++] = '}';
  bool good = is_answer(text, len);
  free(text);
  return good;
}

static void depth_is_bounded_and_costs_no_stack(void **state) {
  (void)state;
  assert_true(nested(1000, "[", "]", "1"));
  assert_true(nested(CL_SCAN_DEPTH, "[", "]", ""));
  assert_false(nested(CL_SCAN_DEPTH + 1, "[", "]", ""));
  assert_true(nested(CL_SCAN_DEPTH, "{\"a\":", "}", "1"));
  assert_false(nested(CL_SCAN_DEPTH + 1, "{\"a\":", "}", "1"));
  assert_false(nested(5000000, "[", "]", ""));
  assert_false(nested(1000000, "{\"a\":", "}", "1"));
  assert_false(nested(3, "[", "}", ""));
}

/* ---- reports */

static cl_report report;

static bool is_report(const char *text, size_t len) {
  char *exact = malloc(len ? len : 1);
  memcpy(exact, text, len);
  bool good = cl_report_read(&report, exact, len, &why, &no_memory);
  cl_report_free(&report);
  free(exact);
  return good;
}

#define METRICS                                                                                                    \
  "\"metrics\":{\"wall_ms\":0.615,\"cpu_ms\":0.412,\"memory_bytes\":3735552,\"tool_calls\":2,\"console_bytes\":6," \
  "\"console_dropped\":0,\"limits\":{\"memory_limit\":2}}"
#define EMPTY "\"output\":[],\"calls\":[]," METRICS

static const char *const good_reports[] = {
    "{\"status\":\"ok\",\"value\":{\"a\":[1.0000000000000000001,\"\\ud800\"]},\"repr\":\"a\\nb\\u0000c\"," EMPTY "}",
    "{\"status\":\"ok\",\"value\":\"x\\\"y\",\"repr\":\"\",\"rolled_back\":false,\"replayable\":true," EMPTY
    ",\"later\":{\"x\":1}}",
    "{\"status\":\"ok\",\"repr\":\"undefined\",\"exit_code\":255," EMPTY "}",
    "{\"status\":\"error\",\"error\":{\"code\":\"uncaught_error\",\"name\":\"RangeError\",\"message\":\"too \\\"much\\\"\","
    "\"phase\":\"executing\",\"unhandled_rejection\":true,\"source\":\"main.js\",\"line\":3,\"column\":48,\"frame\":\"> 1\\n\","
    "\"stack\":\"at x\",\"guest_code\":\"E\",\"data\":{\"x\":[]}},\"rolled_back\":true," EMPTY "}",
    "{\"status\":\"error\",\"error\":{\"code\":\"worker_crashed\",\"name\":\"Error\",\"message\":\"x\",\"phase\":\"executing\"}," EMPTY
    "}",
    "{\"status\":\"timeout\",\"error\":{\"code\":\"wall_time_limit\",\"name\":\"TimeoutError\",\"message\":\"\",\"phase\":\"executing\"}," EMPTY
    "}",
    "{\"status\":\"limit\",\"error\":{\"code\":\"files_limit\",\"name\":\"\",\"message\":\"\",\"phase\":\"finalizing\"}," EMPTY
    "}",
    "{\"status\":\"cancelled\",\"error\":{\"code\":\"cancelled\",\"name\":\"\",\"message\":\"\",\"phase\":\"parsing\"}," EMPTY
    "}",
    "{\"status\":\"suspended\",\"output\":[{\"type\":\"log\",\"content\":\"a\\n\",\"timestamp\":1},"
    "{\"type\":\"display\",\"mime\":\"image/png\",\"base64\":true,\"content\":\"QQ==\",\"timestamp\":2,\"truncated\":true}],"
    "\"calls\":[{\"id\":1,\"tool\":\"a\",\"status\":\"pending\",\"started_ms\":0.337,\"argument_bytes\":5,\"result_bytes\":0},"
    "{\"id\":2,\"tool\":\"a\",\"status\":\"rejected\",\"started_ms\":0.337,\"ended_ms\":1,\"argument_bytes\":5,\"result_bytes\":0,"
    "\"error\":{\"name\":\"E\",\"message\":\"\",\"code\":\"tool_error\"}}]," METRICS "}",
};

static void read_report(size_t index) {
  const char *text = good_reports[index];
  if (!cl_report_read(&report, text, strlen(text), &why, &no_memory)) fail_msg("%s: %s", why, text);
}

static void reports_give_their_result(void **state) {
  (void)state;
  const cloche_result *r = &report.result;
  read_report(0);
  assert_int_equal(r->status, CLOCHE_OK);
  assert_string_equal(r->value, "{\"a\":[1.0000000000000000001,\"\\ud800\"]}");
  assert_int_equal(r->value_len, strlen(r->value));
  assert_int_equal(r->repr_len, 5);
  assert_memory_equal(r->repr, "a\nb\0c", 6);
  assert_int_equal(r->memory_bytes, 3735552);
  assert_null(r->error_message);
  cl_report_free(&report);
  read_report(1);
  assert_string_equal(r->value, "\"x\\\"y\"");
  assert_true(r->replayable && !r->rolled_back);
  cl_report_free(&report);
  read_report(2);
  assert_null(r->value);
  assert_int_equal(r->exit_code, 255);
  cl_report_free(&report);
  read_report(3);
  assert_int_equal(r->status, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r->error_name, "RangeError");
  assert_string_equal(r->error_message, "too \"much\"");
  assert_string_equal(r->error_source, "main.js");
  assert_string_equal(r->error_frame, "> 1\n");
  assert_string_equal(r->error_stack, "at x");
  assert_true(r->line == 3 && r->column == 48 && r->rolled_back && !r->repr);
  cl_report_free(&report);
  const cloche_status want[] = {CLOCHE_WORKER_CRASHED, CLOCHE_WALL_TIME_LIMIT, CLOCHE_FILES_LIMIT, CLOCHE_CANCELLED,
                                CLOCHE_SUSPENDED};
  for (size_t i = 0; i < COUNT(want); i++) {
    read_report(4 + i);
    assert_int_equal(r->status, want[i]);
    if (r->status == CLOCHE_SUSPENDED) assert_null(r->error_message);
    else assert_string_equal(r->error_message, i ? "" : "x");
    if (i + 1 < COUNT(want)) cl_report_free(&report);
  }
  assert_true(report.outputs == 2 && report.output_bytes == 6 && report.calls == 2);
  cl_report_free(&report);
}

static void parts_of_reports_are_none(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(good_reports); i++)
    for (size_t len = 0; len < strlen(good_reports[i]); len++)
      if (is_report(good_reports[i], len)) fail_msg("%zu bytes are a report: %s", len, good_reports[i]);
}

static void bad_reports_are_refused(void **state) {
  (void)state;
#define ERROR "\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\",\"phase\":\"executing\"}"
  const char *bad[] = {
      "{}",
      "[]",
      "{\"status\":\"ok\"," EMPTY "}",
      "{\"status\":\"fine\",\"repr\":\"\"," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"status\":\"ok\"," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"\\u0072epr\":\"\"," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\"," ERROR "," EMPTY "}",
      "{\"status\":\"error\"," EMPTY "}",
      "{\"status\":\"limit\"," ERROR "," EMPTY "}",
      "{\"status\":\"error\",\"value\":1," ERROR "," EMPTY "}",
      "{\"status\":\"error\",\"repr\":\"\"," ERROR "," EMPTY "}",
      "{\"status\":\"suspended\"," ERROR "," EMPTY "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"unknown_tool\",\"name\":\"\",\"message\":\"\",\"phase\":\"executing\"}," EMPTY
      "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\",\"phase\":\"\"}," EMPTY
      "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\",\"phase\":\"parsing\",\"line\":1,\"column\":1}," EMPTY
      "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\",\"phase\":\"parsing\",\"source\":\"a\","
      "\"line\":0,\"column\":1}," EMPTY "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\",\"phase\":\"parsing\",\"frame\":\"a\"}," EMPTY
      "}",
      "{\"status\":\"error\",\"error\":{\"code\":\"deadlock\",\"name\":\"\",\"message\":\"\\udfff\",\"phase\":\"parsing\"}," EMPTY
      "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"exit_code\":0," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"exit_code\":256," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"rolled_back\":1," EMPTY "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[1],\"calls\":[]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":{},\"calls\":[]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[{\"type\":\"log\",\"content\":1,\"timestamp\":1}],\"calls\":[]," METRICS
      "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[{\"type\":\"log\",\"content\":\"\",\"timestamp\":1e3}],\"calls\":[]," METRICS
      "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[{\"type\":\"log\",\"mime\":\"a/b\",\"content\":\"\",\"timestamp\":1}],\"calls\":[]," METRICS
      "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[{\"id\":0,\"tool\":\"a\",\"status\":\"pending\",\"started_ms\":1,"
      "\"argument_bytes\":0,\"result_bytes\":0}]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[{\"id\":1,\"tool\":\"a\",\"status\":\"pending\",\"started_ms\":1e9,"
      "\"argument_bytes\":0,\"result_bytes\":0}]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[{\"id\":1,\"tool\":\"a\",\"status\":\"rejected\",\"started_ms\":1,\"ended_ms\":1,"
      "\"argument_bytes\":0,\"result_bytes\":0}]," METRICS "}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[]}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[],\"metrics\":{\"wall_ms\":-1,\"cpu_ms\":0.412,\"memory_bytes\":1,"
      "\"tool_calls\":2,\"console_bytes\":6,\"console_dropped\":0,\"limits\":{}}}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[],\"metrics\":{\"wall_ms\":1,\"cpu_ms\":0.412,\"memory_bytes\":1,"
      "\"tool_calls\":2,\"console_bytes\":6,\"console_dropped\":0,\"limits\":{\"unknown_tool\":1}}}",
      "{\"status\":\"ok\",\"repr\":\"\",\"output\":[],\"calls\":[],\"metrics\":{\"wall_ms\":1,\"cpu_ms\":0.412,\"memory_bytes\":1,"
      "\"tool_calls\":2,\"console_bytes\":6,\"console_dropped\":0,\"limits\":{\"memory_limit\":1,\"memory_limit\":1}}}",
  };
  for (size_t i = 0; i < COUNT(bad); i++)
    if (is_report(bad[i], strlen(bad[i]))) fail_msg("taken: %s", bad[i]);
}

/* ---- chance, and no memory */

/* Good texts with bytes changed: what is taken is what it claims to be, and nothing is read past the end. */
static void chance_finds_nothing(void **state) {
  (void)state;
  uint32_t random = 7;
  char text[2000];
  for (int round = 0; round < 40000; round++) {
    const char *from = good_reports[(size_t)round % COUNT(good_reports)];
    size_t len = strlen(from);
    memcpy(text, from, len);
    for (int i = 0; i < 1 + round % 3; i++) {
      random = random * 1664525u + 1013904223u;
      text[(random >> 8) % len] = "\"\\{}[]:,u0d8x \xFF"[random >> 28];
    }
    if (cl_report_read(&report, text, len, &why, &no_memory) && report.result.value)
      assert_int_equal(strlen(report.result.value), report.result.value_len);
    cl_report_free(&report);
  }
}

static void no_memory_is_no_bad_answer(void **state) {
  (void)state;
  const char *texts[] = {
      "{\"type\":\"event\",\"run\":\"1\",\"event\":{\"type\":\"log\",\"content\":\"\\n\",\"timestamp\":1}}",
      "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"busy\",\"message\":\"x\"}}",
      "{\"type\":\"ready\",\"version\":1,\"layers\":0,\"landlock\":0,\"missing\":[],\"engines\":[]}"};
  for (size_t i = 0; i < COUNT(texts); i++) {
    fail_in = 1;
    assert_false(cl_answer_read(&answer, texts[i], strlen(texts[i]), &why, &no_memory));
    assert_true(no_memory);
    cl_answer_free(&answer);
    assert_true(cl_answer_read(&answer, texts[i], strlen(texts[i]), &why, &no_memory));
    assert_false(no_memory);
    cl_answer_free(&answer);
  }
  for (size_t i = 0; i < COUNT(good_reports) - 1; i++) {
    fail_in = 1;
    assert_false(cl_report_read(&report, good_reports[i], strlen(good_reports[i]), &why, &no_memory));
    assert_true(no_memory);
    cl_report_free(&report);
  }
  fail_in = 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers_of_runs),
      cmocka_unit_test(answers_that_end_requests),
      cmocka_unit_test(a_worker_begins),
      cmocka_unit_test(what_no_worker_of_ours_says_is_refused),
      cmocka_unit_test(depth_is_bounded_and_costs_no_stack),
      cmocka_unit_test(reports_give_their_result),
      cmocka_unit_test(parts_of_reports_are_none),
      cmocka_unit_test(bad_reports_are_refused),
      cmocka_unit_test(chance_finds_nothing),
      cmocka_unit_test(no_memory_is_no_bad_answer),
  };
  return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
