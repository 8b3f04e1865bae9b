/* What a supervisor says to its workers (src/worker/wire.h): what it writes is what they read, and whoever speaks JSON lines
 * is no supervisor. Linked with --wrap: allocations come here, to fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- requests */

static cl_request request;

/* Reads what was written, with this blob beside it. */
static void read_request(const char *blob) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status =
      cl_request_read_frame(&request, written, written_len, (const uint8_t *)blob, blob ? strlen(blob) : 0, &err);
  if (status != CLOCHE_OK) fail_msg("%s: %s", written, err.message);
}

static void a_run_is_read_as_it_was_written(void **state) {
  (void)state;
  cloche_limits limits;
  assert_int_equal(cloche_limits_profile(&limits, NULL, NULL), CLOCHE_OK);
  limits.wall_ns = 1500000001;
  limits.memory_bytes = 123 << 16;
  limits.tool_calls = 3;
  const cl_request_open open = {.engine = 2,
                                .once = true,
                                .seeded = true,
                                .seed = UINT64_MAX,
                                .virtual_clock = true,
                                .clock_ms = UINT64_C(1) << 60,
                                .undo = 16,
                                .no_poll = true,
                                .batch = true};
  const cloche_tool tools[] = {{1, "a", true, false, NULL, NULL}, {1, "b\"\xC3\xA4", false, true, NULL, NULL}};
  const cloche_module modules[] = {{1, "./x.js", "a\0\"b", 4, NULL}, {1, "y", "", 0, "ts"}};
  const cl_request_mount mounts[] = {{1, "/data", true}, {0, "/in", false}};
  const cloche_run_options run = {1,          "x.js", true, "tsx", "h", "F", 12345678901, true, CLOCHE_CPU_TIME_LIMIT,
                                  UINT64_MAX, true,   true};
  begin();
  cl_ask_begin(&sink, UINT64_MAX, 17);
  cl_ask_open(&sink, &open, &limits);
  cl_ask_tools(&sink, tools, 2);
  cl_ask_modules(&sink, modules, 2);
  cl_ask_mounts(&sink, mounts, 2);
  cl_ask_code(&sink, &run);
  cl_ask_end(&sink);
  read_request("1 + \"2\"");
  same_text(request.id, "18446744073709551615");
  same_text(request.session, "17");
  assert_int_equal(request.kind, CL_REQUEST_RUN);
  same_text(request.code, "1 + \"2\"");
  assert_true(request.opens);
  assert_memory_equal(&request.open.seed, &open.seed, 8);
  assert_true(request.open.engine == 2 && request.open.once && request.open.seeded && request.open.virtual_clock &&
              request.open.clock_ms == open.clock_ms && request.open.undo == 16 && request.open.no_poll &&
              request.open.batch);
  cloche_limits got;
  assert_int_equal(cloche_limits_profile(&got, NULL, NULL), CLOCHE_OK);
  assert_int_equal(request.limit_count, 3);
  for (size_t i = 0; i < request.limit_count; i++)
    assert_int_equal(cloche_limits_set(&got, request.limits[i].name, request.limits[i].value, NULL), CLOCHE_OK);
  assert_memory_equal(&got, &limits, sizeof got);
  assert_int_equal(request.tool_count, 2);
  assert_true(request.tools[0].sync && !request.tools[0].mutable_result);
  assert_true(!request.tools[1].sync && request.tools[1].mutable_result);
  assert_string_equal(request.tools[1].name, tools[1].name);
  assert_int_equal(request.module_count, 2);
  assert_int_equal(request.modules[0].source.len, 4);
  assert_memory_equal(request.modules[0].source.data, modules[0].source, 4);
  assert_null(request.modules[0].language);
  assert_string_equal(request.modules[1].language, "ts");
  assert_int_equal(request.mount_count, 2);
  assert_true(request.mounts[0].mount == 1 && request.mounts[0].writable && !request.mounts[1].writable);
  assert_string_equal(request.mounts[1].path, "/in");
  assert_string_equal(request.run.name, "x.js");
  assert_string_equal(request.run.language, "tsx");
  assert_string_equal(request.run.jsx_factory, "h");
  assert_string_equal(request.run.jsx_fragment, "F");
  assert_true(request.run.drain_timers && request.run.wall_ns == 12345678901 && request.run.replay &&
              request.run.replay_status == CLOCHE_CPU_TIME_LIMIT && request.run.replay_polls == UINT64_MAX &&
              request.run.interactive && request.run.complete && request.run.version == 1);
  cl_request_free(&request);
}

static void a_plain_run_is_short(void **state) {
  (void)state;
  begin();
  cl_ask_begin(&sink, 5, 17);
  cl_ask_code(&sink, NULL);
  cl_ask_end(&sink);
  assert_string_equal(written, "{\"id\":\"5\",\"session\":\"17\",\"code\":true}\n");
  read_request(NULL); /* an empty source */
  assert_non_null(request.code.data);
  same_text(request.code, "");
  assert_int_equal(request.run.wall_ns, 0);
  assert_false(request.opens);
  cl_request_free(&request);
}

static void usual_limits_are_not_said(void **state) {
  (void)state;
  cloche_limits limits;
  cl_request_open open = {0};
  assert_int_equal(cloche_limits_profile(&limits, NULL, NULL), CLOCHE_OK);
  begin();
  cl_ask_begin(&sink, 1, 2);
  cl_ask_open(&sink, &open, &limits);
  cl_ask_end(&sink);
  assert_string_equal(written, "{\"id\":\"1\",\"session\":\"2\",\"open\":{\"engine\":0}}\n");
  read_request(NULL);
  assert_int_equal(request.kind, CL_REQUEST_PREPARE);
  cl_request_free(&request);
}

static void verb_is(cl_request_kind kind, const char *blob) {
  cl_ask_end(&sink);
  read_request(blob);
  assert_int_equal(request.kind, kind);
  if (blob) same_text(request.blob, blob);
  begin();
  if (kind != CL_REQUEST_FORK && kind != CL_REQUEST_UNDO) cl_request_free(&request);
}

static void other_verbs(void **state) {
  (void)state;
  const struct {
    cl_ask_verb verb;
    cl_request_kind kind;
  } verbs[] = {{CL_ASK_SNAPSHOT, CL_REQUEST_SNAPSHOT}, {CL_ASK_RESET, CL_REQUEST_RESET},
               {CL_ASK_IMAGE, CL_REQUEST_IMAGE},       {CL_ASK_MEASURE, CL_REQUEST_MEASURE},
               {CL_ASK_SO_FAR, CL_REQUEST_SO_FAR},     {CL_ASK_CLOSE, CL_REQUEST_CLOSE}};
  begin();
  for (size_t i = 0; i < COUNT(verbs); i++) {
    cl_ask_begin(&sink, 1, 2);
    cl_ask(&sink, verbs[i].verb);
    verb_is(verbs[i].kind, NULL);
  }
  cl_ask_begin(&sink, 1, 2);
  cl_ask_restore(&sink);
  verb_is(CL_REQUEST_RESTORE, "snapshot");
  cl_ask_begin(&sink, 1, 2);
  cl_ask_apply(&sink);
  verb_is(CL_REQUEST_APPLY, "changes");
  cl_ask_begin(&sink, 1, 2);
  cl_ask_fork(&sink, 99);
  verb_is(CL_REQUEST_FORK, NULL);
  same_text(request.target, "99");
  cl_request_free(&request);
  cl_ask_begin(&sink, 1, 2);
  cl_ask_undo(&sink, 3);
  verb_is(CL_REQUEST_UNDO, NULL);
  assert_int_equal(request.count, 3);
  cl_request_free(&request);
  cl_ask_interrupt(&sink, 8, 7);
  read_request(NULL);
  assert_int_equal(request.kind, CL_REQUEST_INTERRUPT);
  same_text(request.target, "7");
  cl_request_free(&request);
}

static void what_goes_in_by_blob(void **state) {
  (void)state;
  cloche_file file = CLOCHE_FILE_INIT;
  file.path = "/a \"b\".whl";
  file.path_entry = true;
  begin();
  cl_ask_begin(&sink, 1, 2);
  cl_ask_file(&sink, &file);
  cl_ask_end(&sink);
  read_request("bytes");
  assert_int_equal(request.kind, CL_REQUEST_PREPARE);
  assert_int_equal(request.file_count, 1);
  assert_true(request.files[0].path_entry);
  assert_string_equal(request.files[0].path, file.path);
  same_text(request.files[0].data, "bytes");
  cl_request_free(&request);
  begin();
  cl_ask_begin(&sink, 1, 2);
  cl_ask_context(&sink);
  cl_ask_end(&sink);
  read_request("{\"a\":1e400}");
  same_text(request.context, "{\"a\":1e400}");
  cl_request_free(&request);
}

static void results_and_rejections(void **state) {
  (void)state;
  uint64_t cell, call;
  begin();
  cl_ask_result(&sink, 17, 3);
  read_request("no JSON at all");
  assert_int_equal(request.kind, CL_REQUEST_RESULT);
  assert_true(cl_text_call(request.call, &cell, &call));
  assert_true(cell == 17 && call == 3);
  same_text(request.value, "no JSON at all");
  cl_request_free(&request);
  read_request(NULL);
  assert_null(request.value.data);
  cl_request_free(&request);
  const cloche_rejection rejection = {1, "TypeError", "a\"b", NULL, "{\"x\":[1.50]}"};
  begin();
  cl_ask_rejection(&sink, 1, 2, &rejection);
  read_request(NULL);
  assert_true(request.rejected);
  assert_string_equal(request.rejection.name, "TypeError");
  assert_string_equal(request.rejection.message, "a\"b");
  assert_null(request.rejection.code);
  assert_string_equal(request.rejection.data, "{\"x\":[1.50]}");
  cl_request_free(&request);
  const cloche_rejection bare = CLOCHE_REJECTION_INIT;
  begin();
  cl_ask_rejection(&sink, 1, 2, &bare);
  read_request(NULL);
  assert_true(request.rejected);
  cl_request_free(&request);
}

static cloche_status read_text(const char *text, const char *blob, bool as_line) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = as_line ? cl_request_read(&request, text, strlen(text), &err)
                                 : cl_request_read_frame(&request, text, strlen(text), (const uint8_t *)blob,
                                                         blob ? strlen(blob) : 0, &err);
  cl_request_free(&request);
  return status;
}

static void mistakes_in_requests_show(void **state) {
  (void)state;
  const struct {
    const char *text, *blob;
  } bad[] = {{"{\"session\":\"1\",\"close\":true}", "a blob that nobody wants"},
             {"{\"session\":\"1\",\"code\":\"1\"}", "x"},
             {"{\"session\":\"1\",\"code\":true,\"context_blob\":true}", "x"},
             {"{\"session\":\"1\",\"code\":false}", "x"},
             {"{\"session\":\"1\",\"restore\":\"!\"}", NULL},
             {"{\"session\":\"1\",\"reset\":true,\"image\":true}", NULL},
             {"{\"session\":\"1\",\"reset\":1}", NULL},
             {"{\"session\":\"1\",\"open\":{}}", NULL},
             {"{\"session\":\"1\",\"open\":{\"engine\":-1}}", NULL},
             {"{\"session\":\"1\",\"open\":{\"engine\":0,\"undo\":4294967296}}", NULL},
             {"{\"session\":\"1\",\"open\":{\"engine\":0,\"seed\":\"18446744073709551616\"}}", NULL},
             {"{\"session\":\"1\",\"open\":{\"engine\":0,\"sed\":\"1\"}}", NULL},
             {"{\"session\":\"1\",\"open\":1}", NULL},
             {"{\"session\":\"1\",\"code\":\"\",\"run\":{\"wall\":\"1s\"}}", NULL},
             {"{\"session\":\"1\",\"code\":\"\",\"run\":{\"replay\":{\"status\":\"none\",\"polls\":1}}}", NULL},
             {"{\"session\":\"1\",\"code\":\"\",\"run\":{\"replay\":{\"status\":\"ok\"}}}", NULL},
             {"{\"session\":\"1\",\"modules\":[{\"name\":\"a\"}]}", NULL},
             {"{\"session\":\"1\",\"modules\":{}}", NULL},
             {"{\"session\":\"1\",\"mounts\":[1]}", NULL},
             {"{\"session\":\"1\",\"tools\":[{\"name\":\"a\",\"mutable\":1}]}", NULL},
             {"{\"session\":\"1\",\"files\":{\"/a\":{\"blob\":true},\"/b\":{\"blob\":true}}}", "x"},
             {"{\"call\":\"1:1\",\"value\":1}", "x"}};
  for (size_t i = 0; i < COUNT(bad); i++)
    if (read_text(bad[i].text, bad[i].blob, false) != CLOCHE_INVALID_ARGUMENT) fail_msg("taken: %s", bad[i].text);
}

/* Who speaks JSON lines is no supervisor: to him all of that is what an unknown field is. */
static void lines_know_nothing_of_supervisors(void **state) {
  (void)state;
  cloche_error err = CLOCHE_ERROR_INIT;
  const char *line =
      "{\"id\":\"1\",\"session\":\"s\",\"code\":\"1\",\"open\":7,\"run\":{\"wall\":\"1ns\"},\"modules\":1,\"mounts\":2,"
      "\"context_blob\":true,\"tools\":[{\"name\":\"a\",\"mutable\":true}],\"reset\":true,\"apply\":true,"
      "\"files\":{\"/a\":{\"base64\":\"\",\"path_entry\":true,\"blob\":true}}}";
  assert_int_equal(cl_request_read(&request, line, strlen(line), &err), CLOCHE_OK);
  assert_int_equal(request.kind, CL_REQUEST_RUN);
  assert_true(!request.opens && request.module_count == 0 && request.mount_count == 0 && !request.context.data &&
              !request.tools[0].mutable_result && !request.files[0].path_entry && request.run.wall_ns == 0);
  cl_request_free(&request);
  const char *bad[] = {"{\"session\":\"1\",\"code\":true}", "{\"session\":\"1\",\"restore\":true}", "{\"reset\":true}",
                       "{\"open\":{\"engine\":0}}", "{\"session\":\"1\",\"files\":{\"/a\":{\"blob\":true}}}"};
  for (size_t i = 0; i < COUNT(bad); i++)
    if (read_text(bad[i], NULL, true) != CLOCHE_INVALID_ARGUMENT) fail_msg("taken: %s", bad[i]);
}

/* ---- start */

static void a_start_is_read_as_it_was_written(void **state) {
  (void)state;
  static cl_start start, got;
  cloche_error err = CLOCHE_ERROR_INIT;
  start = (cl_start){.engines = {{"js", -1}, {"python", 6}},
                     .engine_count = 2,
                     .mounts = {{7, false}, {8, true}},
                     .mount_count = 2,
                     .require_jail = true,
                     .namespaces = true,
                     .landlock_abi = 2,
                     .use_pagemap = true,
                     .waiting_mapped = 1024,
                     .cells_running = 4096,
                     .runs_queued = UINT32_MAX,
                     .spin_ns = UINT64_MAX};
  begin();
  cl_put_start(&sink, &start);
  if (cl_start_read(&got, written, written_len, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  assert_memory_equal(&got, &start, sizeof got);
  for (size_t len = 0; len + 2 < written_len; len++)
    assert_int_equal(cl_start_read(&got, written, len, &err), CLOCHE_INVALID_ARGUMENT);
  char *version = strstr(written, "\"version\":1");
  version[10] = '2';
  assert_int_equal(cl_start_read(&got, written, written_len, &err), CLOCHE_INVALID_ARGUMENT);
  assert_string_equal(err.message, "the supervisor speaks version 2, and this worker 1");
}

static void requests_without_memory_are_refused(void **state) {
  (void)state;
  const char *text =
      "{\"session\":\"1\",\"modules\":[{\"name\":\"a\",\"source\":\"\"}],\"mounts\":[{\"mount\":0,\"path\":\"/a\"}],"
      "\"tools\":[\"a\"],\"files\":{\"/a\":\"\"},\"limits\":{\"wall\":1}}";
  unsigned long n = 1;
  for (;; n++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    fail_in = n;
    cloche_status status = cl_request_read_frame(&request, text, strlen(text), NULL, 0, &err);
    bool failed = fail_in == 0;
    fail_in = 0;
    cl_request_free(&request);
    if (!failed) break;
    assert_true(status == CLOCHE_OUT_OF_MEMORY ||
                status == CLOCHE_INVALID_ARGUMENT); /* jansson's own show as the latter */
    assert_true(err.message[0] != 0);
  }
  assert_true(n > 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_is_read_as_it_was_written),
      cmocka_unit_test(a_plain_run_is_short),
      cmocka_unit_test(usual_limits_are_not_said),
      cmocka_unit_test(other_verbs),
      cmocka_unit_test(what_goes_in_by_blob),
      cmocka_unit_test(results_and_rejections),
      cmocka_unit_test(mistakes_in_requests_show),
      cmocka_unit_test(lines_know_nothing_of_supervisors),
      cmocka_unit_test(a_start_is_read_as_it_was_written),
      cmocka_unit_test(requests_without_memory_are_refused),
  };
  return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
