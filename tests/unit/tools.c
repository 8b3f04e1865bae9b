/* Tools and calls: what crosses, in which order, how often, and what becomes of calls that nobody answers. */
#include "unit.h"

static cloche_cell *with_tools(const cloche_limits *limits, bool session) {
  cloche_cell *cell = ut_limited(limits, session);
  ut_tool(cell, "fetch_user", false);
  ut_tool(cell, "now", true);
  cloche_tool mutable = CLOCHE_TOOL_INIT;
  mutable.name = "loose";
  mutable.mutable_result = true;
  assert_int_equal(cloche_cell_tool(cell, &mutable, NULL), CLOCHE_OK);
  return cell;
}

static cloche_cell *usual(void) {
  cloche_limits limits = ut_limits();
  return with_tools(&limits, false);
}

static void reject(cloche_cell *cell, uint64_t id, const char *name, const char *message, const char *code,
                   const char *data) {
  cloche_rejection r = CLOCHE_REJECTION_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  r.name = name;
  r.message = message;
  r.code = code;
  r.data = data;
  assert_int_equal(cloche_cell_reject(cell, id, &r, &err), CLOCHE_OK);
}

static void async_call(void) {
  cloche_cell *cell = usual();
  assert_int_equal(
      ut_start(
          cell,
          "const p = tools.fetch_user({id: 7, name: 'z\\u00fc\\n'}); const isPromise = p instanceof Promise; const u = await p; [isPromise, u.name]"),
      CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "fetch_user");
  assert_string_equal(call.argument, "{\"id\":7,\"name\":\"z\xC3\xBC\\n\"}");
  assert_int_equal(call.argument_len, strlen(call.argument));
  cloche_call none;
  assert_false(cloche_cell_next_call(cell, &none));
  ut_resolve(cell, call.id, "{\"name\": \"Zo\\u00eb\"}");
  ut_finish_value(cell, "[true,\"Zo\xC3\xAB\"]");
  assert_string_equal(ut_report_text(cell, "calls.0.tool"), "fetch_user");
  assert_string_equal(ut_report_text(cell, "calls.0.status"), "resolved");
  assert_string_equal(ut_report_text(cell, "metrics.tool_calls"), "1");
  cloche_cell_close(cell);
}

static void sync_call(void) {
  cloche_cell *cell = usual();
  assert_int_equal(ut_start(cell, "const t = tools.now(1); console.log(typeof t); t + tools.now(2)"), CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  assert_string_equal(call.argument, "1");
  assert_string_equal(ut_console(cell), ""); /* it blocks */
  ut_resolve(cell, call.id, "40");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  call = ut_take(cell);
  ut_resolve(cell, call.id, "2");
  ut_finish_value(cell, "42");
  cloche_cell_close(cell);
}

static void arguments(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"tools.fetch_user()", ""},
      {"tools.fetch_user(undefined)", ""},
      {"tools.fetch_user(null)", "null"},
      {"tools.fetch_user(0)", "0"},
      {"tools.fetch_user('')", "\"\""},
      {"tools.fetch_user([])", "[]"},
      {"tools.fetch_user({a: undefined, b: NaN, c: new Date(0)})", "{\"b\":null,\"c\":\"1970-01-01T00:00:00.000Z\"}"},
      {"tools.fetch_user({toJSON() { return 5 }})", "5"},
      {"tools.fetch_user(() => 1)", ""},
      {"tools.fetch_user(Symbol())", ""},
      {"tools.fetch_user(1, 2, 3)", "1"},
      {"tools['fetch_user']('x')", "\"x\""},
      {"const {fetch_user: f} = tools; f(6)", "6"},
      {"tools.fetch_user('\\u2028\\ud83d\\ude00')", "\"\xE2\x80\xA8\xF0\x9F\x98\x80\""},
      {"tools.fetch_user('\\ud800')", "\"\\ud800\""},
      {"tools.fetch_user.call(null, 3)", "3"},
      {"new Promise(r => r(tools.fetch_user(8)))", "8"},
      {"await tools.fetch_user(9)", "9"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = usual();
    if (ut_start(cell, cases[i].source) != CLOCHE_WAITING) fail_msg("%s does not wait", cases[i].source);
    cloche_call call = ut_take(cell);
    assert_string_equal(call.argument, cases[i].want);
    ut_resolve(cell, call.id, "\"done\"");
    ut_finish_value(cell, "\"done\"");
    cloche_cell_close(cell);
  }
}

/* An argument that cannot be made is an error in the guest and no call. */
static void bad_arguments(void) {
  static const char *const sources[] = {
      "let o = {}; o.o = o; try { await tools.fetch_user(o) } catch (e) { e.name }",
      "try { await tools.fetch_user(1n) } catch (e) { e.name }",
      "let o = {}; o.o = o; try { tools.now(o) } catch (e) { e.name }",
      "try { await tools.fetch_user({get x() { throw new TypeError('g') }}) } catch (e) { e.name }",
      "tools.fetch_user(1n).catch(e => e.name)",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_cell *cell = usual();
    ut_value(cell, sources[i], "\"TypeError\"");
    assert_string_equal(ut_report_text(cell, "calls"), "[]");
    cloche_cell_close(cell);
  }
}

static void twenty_in_any_order(void) {
  for (unsigned seed = 1; seed <= 12; seed++) {
    cloche_cell *cell = usual();
    assert_int_equal(
        ut_start(
            cell,
            "const order = []; const all = await Promise.all(Array.from({length: 20}, async (_, i) => {"
            "const v = await tools.fetch_user({i}); order.push(v.i); return v.i * 10 }));"
            "({sum: all.reduce((a, b) => a + b), sorted: all.every((v, i) => v === i * 10), n: order.length, first: order[0]})"),
        CLOCHE_WAITING);
    uint64_t ids[20];
    for (int i = 0; i < 20; i++) ids[i] = ut_take(cell).id;
    unsigned next = seed;
    int order[20], first = -1;
    for (int i = 0; i < 20; i++) order[i] = i;
    for (int i = 19; i > 0; i--) {
      next = next * 1103515245u + 12345u;
      int j = (int)(next >> 16) % (i + 1), swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    for (int i = 0; i < 20; i++) {
      char json[40];
      snprintf(json, sizeof json, "{\"i\":%d}", order[i]);
      if (i == 0) first = order[i];
      ut_resolve(cell, ids[order[i]], json);
      /* some are delivered one by one, some together */
      if (i < 19 && (i + (int)seed) % 3 == 0) assert_int_equal(ut_go(cell), CLOCHE_WAITING);
    }
    char want[100];
    bool alone = seed % 3 == 0;
    cloche_result r = ut_finish(cell);
    if (alone) {
      snprintf(want, sizeof want, "{\"sum\":1900,\"sorted\":true,\"n\":20,\"first\":%d}", first);
      assert_string_equal(r.value, want);
    } else {
      assert_memory_equal(r.value, "{\"sum\":1900,\"sorted\":true,\"n\":20,", 33);
    }
    json_t *report = ut_report(cell);
    assert_int_equal(json_array_size(json_object_get(report, "calls")), 20);
    json_decref(report);
    cloche_cell_close(cell);
  }
}

static void ids_are_unique_in_the_cells_life(void) {
  cloche_limits limits = ut_limits();
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = with_tools(&limits, session);
    uint64_t last = 0;
    for (int run = 0; run < 5; run++) {
      assert_int_equal(ut_start(cell, "await Promise.all([tools.fetch_user(1), tools.fetch_user(2)]); 1"),
                       CLOCHE_WAITING);
      for (int i = 0; i < 2; i++) {
        cloche_call call = ut_take(cell);
        assert_true(call.id > last);
        last = call.id;
        ut_resolve(cell, call.id, "1");
      }
      ut_finish_value(cell, "1");
      if (run == 2) assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
    }
    cloche_cell_close(cell);
  }
}

static void queueing(void) {
  ut_not_in_workers(); /* a call that has queued comes with the next step */
  cloche_limits limits = ut_limits();
  limits.tool_running = 3;
  cloche_cell *cell = with_tools(&limits, false);
  assert_int_equal(ut_start(cell, "(await Promise.all([...Array(8).keys()].map(i => tools.fetch_user(i)))).join()"),
                   CLOCHE_WAITING);
  cloche_call calls[8], extra;
  for (int i = 0; i < 3; i++) calls[i] = ut_take(cell);
  assert_false(cloche_cell_next_call(cell, &extra));
  ut_resolve(cell, calls[1].id, "1");
  calls[3] = ut_take(cell); /* a place is free at once */
  assert_string_equal(calls[3].argument, "3");
  assert_false(cloche_cell_next_call(cell, &extra));
  ut_resolve(cell, calls[0].id, "0");
  ut_resolve(cell, calls[3].id, "3");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  calls[4] = ut_take(cell);
  calls[5] = ut_take(cell);
  assert_false(cloche_cell_next_call(cell, &extra));
  ut_resolve(cell, calls[2].id, "2");
  ut_resolve(cell, calls[4].id, "4");
  ut_resolve(cell, calls[5].id, "5");
  calls[6] = ut_take(cell);
  calls[7] = ut_take(cell);
  reject(cell, calls[7].id, NULL, "last", NULL, NULL);
  ut_resolve(cell, calls[6].id, "6");
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "last");
  cloche_cell_close(cell);
}

static void rejecting_instead_of_queueing(void) {
  cloche_limits limits = ut_limits();
  limits.tool_running = 2;
  limits.tool_queue = 0;
  cloche_cell *cell = with_tools(&limits, false);
  assert_int_equal(
      ut_start(
          cell,
          "const r = await Promise.allSettled([1, 2, 3].map(i => tools.fetch_user(i)));"
          "const again = await tools.fetch_user(4); [...r.map(x => x.status === 'fulfilled' ? x.value : x.reason.code), again]"),
      CLOCHE_WAITING);
  cloche_call a = ut_take(cell), b = ut_take(cell);
  ut_resolve(cell, a.id, "\"a\"");
  ut_resolve(cell, b.id, "\"b\"");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "\"c\"");
  ut_finish_value(cell, "[\"a\",\"b\",\"tool_running_limit\",\"c\"]");
  assert_string_equal(ut_report_text(cell, "metrics.limits.tool_running_limit"), "1");
  cloche_cell_close(cell);
  /* uncaught, it is the run's status */
  cell = with_tools(&limits, false);
  if (ut_start(cell, "await Promise.all([1, 2, 3].map(i => tools.fetch_user(i)))") == CLOCHE_WAITING)
    fail_msg("the run goes on");
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_TOOL_RUNNING_LIMIT);
  assert_string_equal(ut_report_text(cell, "status"), "limit");
  cloche_cell_close(cell);
}

static void limits_of_calls(void) {
  cloche_limits limits = ut_limits();
  limits.tool_calls = 5;
  limits.tool_calls_each = 3;
  limits.tool_pending = 2;
  limits.argument_bytes = 10;
  limits.result_bytes = 10;
  cloche_cell *cell = with_tools(&limits, false);
  const char *counting =
      "const out = []; for (let i = 0; i < 5; i++) try { out.push(await tools.fetch_user(i)) } catch (e) { out.push(e.code) }"
      "for (let i = 0; i < 3; i++) try { out.push(tools.now(i)) } catch (e) { out.push(e.code) } out";
  for (int round = 0; round < 2; round++) { /* counts are of one run */
    ut_start(cell, counting);
    for (int i = 0; i < 5; i++) {
      ut_resolve(cell, ut_take(cell).id, "1");
      ut_go(cell);
    }
    ut_finish_value(cell, "[1,1,1,\"tool_calls_limit\",\"tool_calls_limit\",1,1,\"tool_calls_limit\"]");
    assert_string_equal(ut_report_text(cell, "metrics.limits.tool_calls_limit"), "3");
    assert_string_equal(ut_report_text(cell, "status"), "ok");
  }
  ut_start(
      cell,
      "const p = [tools.fetch_user(1), tools.fetch_user(2)]; let code; try { await tools.fetch_user(3) } catch (e) { code = e.code } await Promise.all(p); [code, await tools.fetch_user(4)]");
  for (int i = 0; i < 2; i++) ut_resolve(cell, ut_take(cell).id, "1");
  ut_go(cell);
  ut_resolve(cell, ut_take(cell).id, "4");
  ut_finish_value(cell, "[\"tool_pending_limit\",4]");
  ut_start(
      cell,
      "let c; try { await tools.fetch_user('123456789') } catch (e) { c = e.code } [c, await tools.fetch_user('12345678')]");
  cloche_call call = ut_take(cell);
  assert_string_equal(call.argument, "\"12345678\"");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_resolve(cell, call.id, "\"12345678\"", 10, &err), CLOCHE_OK);
  ut_finish_value(cell, "[\"argument_limit\",\"12345678\"]");
  ut_start(cell, "try { await tools.fetch_user(1) } catch (e) { [e.code, e instanceof Error] }");
  assert_int_equal(cloche_cell_resolve(cell, ut_take(cell).id, "\"123456789\"", 11, &err), CLOCHE_RESULT_LIMIT);
  assert_true(err.message[0] != 0);
  ut_finish_value(cell, "[\"result_limit\",true]");
  static const struct {
    const char *source;
    cloche_status status;
  } uncaught[] = {
      {"await Promise.all([1, 2, 3].map(x => tools.fetch_user(x)))", CLOCHE_TOOL_PENDING_LIMIT},
      {"await tools.fetch_user('1234567890')", CLOCHE_ARGUMENT_LIMIT},
      {"tools.now('1234567890')", CLOCHE_ARGUMENT_LIMIT},
  };
  for (size_t i = 0; i < UT_COUNT(uncaught); i++) {
    assert_int_equal(ut_start(cell, uncaught[i].source), CLOCHE_DONE);
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, uncaught[i].status);
  }
  cloche_cell_close(cell);
  limits.tool_calls = 0;
  cell = with_tools(&limits, false);
  ut_ends(cell, "await tools.fetch_user()", CLOCHE_TOOL_CALLS_LIMIT);
  cloche_cell_close(cell);
}

/* A code of a limit that the host did not raise in this run is only a text. */
static void limit_codes_cannot_be_forged(void) {
  cloche_cell *cell = usual();
  ut_start(cell, "await tools.fetch_user()");
  reject(cell, ut_take(cell).id, "Error", "forged", "memory_limit", NULL);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  cloche_cell_close(cell);
}

static void bad_results(void) {
  static const char *const bad[] = {"{",
                                    "undefined",
                                    "'x'",
                                    "{a:1}",
                                    "[1,]",
                                    "nul",
                                    "\"\xFF\"",
                                    "1 2",
                                    " ",
                                    "\"\x01\"",
                                    "NaN",
                                    "\xEF\xBB\xBF"
                                    "1",
                                    "\"\xED\xA0\x80\""};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    cloche_cell *cell = usual();
    cloche_error err = CLOCHE_ERROR_INIT;
    ut_start(cell, "try { await tools.fetch_user() } catch (e) { [e.code, e.name] }");
    assert_int_equal(cloche_cell_resolve(cell, ut_take(cell).id, bad[i], strlen(bad[i]), &err), CLOCHE_BAD_RESULT);
    assert_true(err.message[0] != 0);
    ut_finish_value(cell, "[\"bad_result\",\"Error\"]");
    assert_string_equal(ut_report_text(cell, "calls.0.status"), "rejected");
    cloche_cell_close(cell);
  }
  cloche_cell *cell = usual();
  ut_start(cell, "await tools.fetch_user()");
  (void)cloche_cell_resolve(cell, ut_take(cell).id, "{", 1, NULL);
  assert_int_equal(ut_finish(cell).status, CLOCHE_UNCAUGHT_ERROR);
  cloche_cell_close(cell);
}

static void empty_result_is_undefined(void) {
  cloche_cell *cell = usual();
  ut_start(cell, "const a = await tools.fetch_user(); [a === undefined, tools.now() === undefined]");
  assert_int_equal(cloche_cell_resolve(cell, ut_take(cell).id, NULL, 0, NULL), CLOCHE_OK);
  ut_go(cell);
  assert_int_equal(cloche_cell_resolve(cell, ut_take(cell).id, "", 0, NULL), CLOCHE_OK);
  ut_finish_value(cell, "[true,true]");
  cloche_cell_close(cell);
}

static void rejections(void) {
  static const struct {
    const char *name, *message, *code, *data, *want;
  } cases[] = {
      {NULL, NULL, NULL, NULL, "[true,\"Error\",\"\",\"tool_error\",\"undefined\"]"},
      {"HttpError", "not found", "http_404", "{\"status\":404}",
       "[true,\"HttpError\",\"not found\",\"http_404\",\"{\\\"status\\\":404}\"]"},
      {"Error", "z\xC3\xBCrich \"quoted\"\n", "c", "[1,null]",
       "[true,\"Error\",\"z\xC3\xBCrich \\\"quoted\\\"\\n\",\"c\",\"[1,null]\"]"},
      {"TypeError", "t", NULL, "\"text\"", "[true,\"TypeError\",\"t\",\"tool_error\",\"\\\"text\\\"\"]"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    for (int sync = 0; sync < 2; sync++) {
      cloche_cell *cell = usual();
      ut_start(
          cell,
          sync
              ? "try { tools.now() } catch (e) { [e instanceof Error, e.name, e.message, e.code, String(JSON.stringify(e.data))] }"
              : "try { await tools.fetch_user() } catch (e) { [e instanceof Error, e.name, e.message, e.code, String(JSON.stringify(e.data))] }");
      reject(cell, ut_take(cell).id, cases[i].name, cases[i].message, cases[i].code, cases[i].data);
      ut_finish_value(cell, cases[i].want);
      assert_string_equal(ut_report_text(cell, "calls.0.status"), "rejected");
      assert_string_equal(ut_report_text(cell, "calls.0.error.code"), cases[i].code ? cases[i].code : "tool_error");
      cloche_cell_close(cell);
    }
  /* uncaught */
  cloche_cell *cell = usual();
  ut_start(cell, "\n  await tools.fetch_user()");
  reject(cell, ut_take(cell).id, "HttpError", "gone", "http_410", "{\"a\":1}");
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "HttpError");
  assert_string_equal(r.error_message, "gone");
  assert_string_equal(ut_report_text(cell, "error.guest_code"), "http_410");
  assert_string_equal(ut_report_text(cell, "error.data"), "{\"a\":1}");
  cloche_cell_close(cell);
  /* data that is not JSON */
  cell = usual();
  ut_start(cell, "try { await tools.fetch_user() } catch (e) { e.code }");
  cloche_rejection bad = CLOCHE_REJECTION_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  bad.data = "{no";
  uint64_t id = ut_take(cell).id;
  assert_int_equal(cloche_cell_reject(cell, id, &bad, &err), CLOCHE_BAD_RESULT);
  cloche_state state;
  assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
  if (state == CLOCHE_WAITING) reject(cell, id, NULL, "x", "second", NULL);
  ut_finish(cell);
  cloche_cell_close(cell);
}

static void invalid_text_in_rejections(void) {
  cloche_cell *cell = usual();
  ut_start(cell, "try { await tools.fetch_user() } catch (e) { e instanceof Error }");
  reject(cell, ut_take(cell).id, "\xFF", "\xC0\x80 bad \xED\xA0\x80", "\xFE", NULL);
  ut_finish_value(cell, "true");
  json_decref(ut_report(cell)); /* is valid UTF-8 nevertheless */
  cloche_cell_close(cell);
}

static void unknown_tools(void) {
  cloche_cell *cell = usual();
  static const struct {
    const char *name, *nearest;
  } cases[] = {
      {"fetch_usr", "Did you mean fetch_user?"},
      {"fetchUser", "fetch_user"},
      {"lose", "Did you mean loose?"},
      {"completely_else", NULL},
      {"x", NULL},
      {"Now", "now"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    char source[200];
    snprintf(source, sizeof source,
             "let text; try { await tools.%s({}) } catch (e) { text = e.code + '|' + e.message } text", cases[i].name);
    cloche_result r = ut_eval(cell, source);
    assert_int_equal(r.status, CLOCHE_OK);
    assert_non_null(strstr(r.value, "unknown_tool|"));
    assert_non_null(strstr(r.value, cases[i].name));
    assert_non_null(strstr(r.value, "fetch_user"));
    if (cases[i].nearest) assert_non_null(strstr(r.value, cases[i].nearest));
    else assert_null(strstr(r.value, "Did you mean"));
  }
  ut_value(cell, "{ const p = tools.nope({}); p.catch(() => {}); p instanceof Promise }", "true");
  ut_value(cell, "[tools.then, tools.toJSON, tools[Symbol.iterator], tools.constructor].every(x => x === undefined)",
           "true");
  ut_value(cell, "await tools === tools", "true");
  ut_value(cell, "Object.keys(tools).sort().join()", "\"fetch_user,loose,now\"");
  ut_value(cell, "['fetch_user' in tools, 'nope' in tools]", "[true,false]");
  ut_value(
      cell,
      "'use strict'; try { tools.fetch_user = 1 } catch (e) {} try { tools.added = 1 } catch (e) {} [typeof tools.fetch_user, Object.keys(tools).length]",
      "[\"function\",3]");
  ut_value(cell, "try { delete tools.fetch_user } catch (e) {} typeof tools.fetch_user", "\"function\"");
  ut_value(cell, "tools.fetch_user.name", "\"fetch_user\"");
  cloche_result r = ut_ends(cell, "await tools.nope()", CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(r.error_message, "nope"));
  cloche_cell_close(cell);
  cell = ut_one_shot();
  r = ut_ends(cell, "await tools.anything()", CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(r.error_message, "no tools"));
  cloche_cell_close(cell);
}

/* Texts of every shape: what a tool gives must equal JSON.parse of the same text, and be frozen at every level. */
static const char *const corpus[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "123456789",
    "999999999",
    "-999999999",
    "1234567890",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967296",
    "9007199254740991",
    "9007199254740993",
    "12345678901234567890",
    "1.5",
    "-1.5",
    "0.1",
    "1e3",
    "1E3",
    "1e+3",
    "1e-3",
    "-0.0",
    "-0e5",
    "0e0",
    "1e308",
    "1e309",
    "-1e309",
    "5e-324",
    "1e-400",
    "1.7976931348623157e308",
    "2.2250738585072011e-308",
    "123456789.123456789",
    "0.000001",
    "100000000000000000000000000",
    "0.30000000000000004",
    "1e21",
    "1.0",
    "10",
    "100000000",
    "1000000000",
    "\"\"",
    "\"a\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u0000\"",
    "\"a\\u0000b\"",
    "\"\\u00e9\"",
    "\"\xC3\xA9\"",
    "\"\xE2\x82\xAC\"",
    "\"\xF0\x9F\x98\x80\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800x\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud800\\ud800\\udc00\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\uFFFF\\ufffe\"",
    "\"\\u007f\x7f\"",
    "\"\\u2028\\u2029\"",
    "\"mixed \\u00e9 \xC3\xA9 \\ud83d\\ude00 \xF0\x9F\x98\x80 end\"",
    "\"\\\\u0041\"",
    "\"\\/\"",
    "\"longer than eight bytes, and then some more text without any escape\"",
    "\"trailing escape \\n\"",
    "\"\\n leading escape\"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "{\"a\":{}}",
    "{\"a\":[]}",
    "[1,2,3]",
    "[[[[[[[[[[1]]]]]]]]]]",
    " [ 1 , 2 ] ",
    "\n\t\r {\n\"a\"\t:\r1\n}\n",
    "[null,true,false,0,\"\",[],{}]",
    "{\"a\":1}",
    "{\"a\":1,\"b\":2,\"c\":{\"d\":[1,{\"e\":null}]}}",
    "{\"\":1}",
    "{\"__proto__\":1}",
    "{\"__proto__\":{\"x\":1}}",
    "{\"constructor\":1,\"toString\":2,\"hasOwnProperty\":3}",
    "{\"0\":1,\"1\":2}",
    "{\"10\":1,\"2\":2,\"a\":3,\"1\":4}",
    "{\"4294967295\":1,\"4294967294\":2,\"-1\":3,\"01\":4,\"1.5\":5}",
    "{\"length\":5}",
    "{\"a b\":1,\"\xC3\xA9\":2,\"\\u00e8\":3,\"\\n\":4,\"\\ud83d\\ude00\":5}",
    "{\"then\":1}",
    "{\"toJSON\":1}",
    "{\"$type\":\"map\",\"entries\":[]}",
    "{\"value\":1,\"done\":true}",
    "{\"get\":1,\"set\":2,\"writable\":3}",
    "[[1,2],[3,4],[\"a\",\"b\"]]",
    "{\"users\":[{\"id\":1,\"name\":\"Ann\",\"tags\":[\"x\",\"y\"],\"score\":9.75,\"active\":true,\"next\":null},{\"id\":2,\"name\":\"Bob\",\"tags\":[],\"score\":-0.5,\"active\":false,\"next\":{\"id\":1}}]}",
};

static const char compare[] =
    "function same(a, b) { if (typeof a !== typeof b) return 'type'; if (a === null || b === null || typeof a !== 'object') return Object.is(a, b) ? '' : 'value ' + String(a) + ' ' + String(b);"
    "if (Array.isArray(a) !== Array.isArray(b)) return 'array'; if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return 'prototype';"
    "const k = Reflect.ownKeys(a), l = Reflect.ownKeys(b); if (k.join('\\0') !== l.join('\\0')) return 'keys ' + k + ' ' + l;"
    "for (const key of k) { const d = Object.getOwnPropertyDescriptor(a, key), e = Object.getOwnPropertyDescriptor(b, key); if (d.enumerable !== e.enumerable) return 'enumerable ' + key; const s = same(d.value, e.value); if (s) return key + ': ' + s } return '' }"
    "function frozen(v) { return v === null || typeof v !== 'object' || (Object.isFrozen(v) && Reflect.ownKeys(v).every(k => frozen(Object.getOwnPropertyDescriptor(v, k).value))) }"
    "function loose(v) { return v === null || typeof v !== 'object' || (Object.isExtensible(v) && Reflect.ownKeys(v).every(k => { const d = Object.getOwnPropertyDescriptor(v, k); return d.writable && (d.configurable || k === 'length') && loose(d.value) })) }";

static void check_result(cloche_cell *cell, const char *tool, const char *json, const char *freeze) {
  char source[4096];
  snprintf(
      source, sizeof source,
      "%s const got = await tools.%s(); const text = tools.now(); const s = same(got, JSON.parse(text)); s ? s + ' in ' + text : %s(got)",
      compare, tool, freeze);
  assert_int_equal(ut_start(cell, source), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, json);
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  json_t *string = json_string(json);
  char *quoted = json_dumps(string, JSON_ENCODE_ANY);
  json_decref(string);
  assert_non_null(quoted);
  ut_resolve(cell, ut_take(cell).id, quoted);
  free(quoted);
  ut_finish_value(cell, "true");
}

static void results_equal_json_parse(void) {
  cloche_cell *cell = usual();
  for (size_t i = 0; i < UT_COUNT(corpus); i++) {
    check_result(cell, "fetch_user", corpus[i], "frozen");
    check_result(cell, "loose", corpus[i], "loose");
  }
  cloche_cell_close(cell);
}

static void frozen_results_cannot_be_changed(void) {
  cloche_cell *cell = usual();
  ut_start(
      cell,
      "'use strict'; const v = await tools.fetch_user(); const out = [];"
      "for (const f of [() => { v.a = 1 }, () => { v.new = 1 }, () => { delete v.a }, () => { v.list.push(1) }, () => { v.list[0] = 9 }, () => { v.list.length = 0 },"
      "() => { v.deep.er.est = 1 }, () => { Object.setPrototypeOf(v, null) }, () => { v.list.sort() }, () => { Object.defineProperty(v, 'a', {value: 2}) }, () => { v.__proto__ = {} }])"
      "try { f(); out.push('changed ' + f) } catch (e) { out.push(e.name) } [out.every(n => n === 'TypeError') || out, v]");
  ut_resolve(cell, ut_take(cell).id, "{\"a\":0,\"list\":[3,1],\"deep\":{\"er\":{}}}");
  ut_finish_value(cell, "[true,{\"a\":0,\"list\":[3,1],\"deep\":{\"er\":{}}}]");
  ut_start(cell, "const v = await tools.loose(); v.list.push(4); v.list.sort(); v.deep.x = 1; delete v.a; v");
  ut_resolve(cell, ut_take(cell).id, "{\"a\":0,\"list\":[3,1],\"deep\":{}}");
  ut_finish_value(cell, "{\"list\":[1,3,4],\"deep\":{\"x\":1}}");
  cloche_cell_close(cell);
}

static void first_of_equal_keys_counts(void) {
  static const struct {
    const char *json, *want;
  } cases[] = {
      {"{\"a\":1,\"a\":2}", "{\"a\":1}"},       {"{\"a\":1,\"b\":2,\"a\":3,\"b\":4}", "{\"a\":1,\"b\":2}"},
      {"{\"0\":1,\"0\":2}", "{\"0\":1}"},       {"{\"a\":{\"x\":1},\"a\":{\"x\":2}}", "{\"a\":{\"x\":1}}"},
      {"{\"\\u0061\":1,\"a\":2}", "{\"a\":1}"}, {"{\"a\":1,\"a\":1}", "{\"a\":1}"},
  };
  cloche_cell *cell = usual();
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    ut_start(cell, "await tools.fetch_user()");
    ut_resolve(cell, ut_take(cell).id, cases[i].json);
    ut_finish_value(cell, cases[i].want);
  }
  cloche_cell_close(cell);
}

static void large_and_deep_results(void) {
  cloche_cell *cell = usual();
  size_t len = 0, cap = 3 << 20;
  char *json = malloc(cap);
  assert_non_null(json);
  json[len++] = '[';
  for (int i = 0; len < cap - 100; i++)
    len += (size_t)snprintf(json + len, 100, "%s{\"id\":%d,\"s\":\"text \\u00e9 %d\"}", i ? "," : "", i, i);
  json[len++] = ']';
  json[len] = 0;
  const char *source =
      "const v = await tools.fetch_user(); [v.length > 50000, v.every((x, i) => x.id === i && x.s === 'text \\u00e9 ' + i && Object.isFrozen(x)), Object.isFrozen(v)]";
  ut_start(cell, source);
  ut_resolve(cell, ut_take(cell).id, json);
  ut_finish_value(cell, "[true,true,true]");
  for (int depth = 990; depth <= 1001; depth++) {
    memset(json, '[', (size_t)depth);
    memset(json + depth, ']', (size_t)depth);
    json[2 * depth] = 0;
    for (int which = 0; which < 2; which++) {
      ut_start(cell, which ? "let v = await tools.loose(), n = 0; for (; v !== undefined; v = v[0]) n++; n"
                           : "let v = await tools.fetch_user(), n = 0; for (; v !== undefined; v = v[0]) n++; n");
      uint64_t id = ut_take(cell).id;
      cloche_status status = cloche_cell_resolve(cell, id, json, 2 * (size_t)depth, NULL);
      cloche_result r = ut_finish(cell);
      if (depth <= 1000) {
        char want[20];
        snprintf(want, sizeof want, "%d", depth);
        assert_int_equal(status, CLOCHE_OK);
        assert_int_equal(r.status, CLOCHE_OK);
        assert_string_equal(r.value, want);
      } else {
        assert_int_equal(status, CLOCHE_BAD_RESULT);
      }
    }
  }
  free(json);
  cloche_cell_close(cell);
}

/* The bytes of a result are copied: the host may free them at once. */
static void results_are_copied(void) {
  cloche_cell *cell = usual();
  ut_start(cell, "await tools.fetch_user()");
  char json[] = "{\"a\":\"before\"}";
  ut_resolve(cell, ut_take(cell).id, json);
  memset(json, 'X', sizeof json - 1);
  ut_finish_value(cell, "{\"a\":\"before\"}");
  cloche_cell_close(cell);
}

static void cancelled_calls(void) {
  cloche_cell *cell = usual();
  cloche_call call;
  assert_int_equal(ut_start(cell, "tools.fetch_user('a'); tools.fetch_user('b'); 'done'"), CLOCHE_DONE);
  assert_false(cloche_cell_next_call(cell, &call)); /* nobody waits for them, and the host has not begun */
  assert_false(cloche_cell_next_cancelled(cell, &call));
  assert_string_equal(ut_report_text(cell, "calls.0.status"), "cancelled");
  assert_string_equal(ut_report_text(cell, "calls.1.status"), "cancelled");

  assert_int_equal(
      ut_start(
          cell,
          "const a = tools.fetch_user('a'), b = tools.fetch_user('b'), c = tools.fetch_user('c'); await Promise.race([a, b])"),
      CLOCHE_WAITING);
  cloche_call a = ut_take(cell), b = ut_take(cell);
  assert_false(cloche_cell_next_cancelled(cell, &call));
  ut_resolve(cell, b.id, "\"B\"");
  ut_finish_value(cell, "\"B\"");
  assert_true(cloche_cell_next_cancelled(cell, &call));
  assert_int_equal(call.id, a.id);
  assert_string_equal(call.tool, "fetch_user");
  assert_false(cloche_cell_next_cancelled(cell, &call)); /* c was never taken */
  assert_string_equal(ut_report_text(cell, "calls.0.status"), "cancelled");
  assert_string_equal(ut_report_text(cell, "calls.1.status"), "resolved");
  assert_string_equal(ut_report_text(cell, "calls.2.status"), "cancelled");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_resolve(cell, a.id, "1", 1, &err), CLOCHE_NOT_FOUND);
  assert_true(err.message[0] != 0);
  assert_int_equal(cloche_cell_reject(cell, a.id, NULL, &err), CLOCHE_NOT_FOUND);
  /* and it harms no later run */
  assert_int_equal(ut_start(cell, "await tools.fetch_user('n')"), CLOCHE_WAITING);
  assert_int_equal(cloche_cell_resolve(cell, a.id, "\"stale\"", 7, &err), CLOCHE_NOT_FOUND);
  ut_resolve(cell, ut_take(cell).id, "\"fresh\"");
  ut_finish_value(cell, "\"fresh\"");
  cloche_cell_close(cell);
}

static void settling_wrongly(void) {
  cloche_cell *cell = usual();
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_resolve(cell, 1, "1", 1, &err), CLOCHE_NOT_FOUND); /* idle */
  ut_start(cell, "const r = await Promise.all([tools.fetch_user(1), tools.fetch_user(2)]); r");
  cloche_call a = ut_take(cell), b = ut_take(cell);
  assert_int_equal(cloche_cell_resolve(cell, a.id + 1000, "1", 1, &err), CLOCHE_NOT_FOUND);
  assert_int_equal(cloche_cell_resolve(cell, 0, "1", 1, &err), CLOCHE_NOT_FOUND);
  assert_int_equal(cloche_cell_resolve(cell, UINT64_MAX, "1", 1, &err), CLOCHE_NOT_FOUND);
  ut_resolve(cell, a.id, "\"first\"");
  assert_int_equal(cloche_cell_resolve(cell, a.id, "\"second\"", 8, &err), CLOCHE_NOT_FOUND);
  assert_int_equal(cloche_cell_reject(cell, a.id, NULL, &err), CLOCHE_NOT_FOUND);
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  assert_int_equal(cloche_cell_resolve(cell, a.id, "\"third\"", 7, &err), CLOCHE_NOT_FOUND);
  ut_resolve(cell, b.id, "\"b\"");
  ut_finish_value(cell, "[\"first\",\"b\"]");
  assert_int_equal(cloche_cell_resolve(cell, b.id, "1", 1, &err), CLOCHE_NOT_FOUND);
  cloche_cell_close(cell);
}

static void race_with_a_timer(void) {
  ut_not_in_workers(); /* its timer may be due before anybody looks */
  cloche_cell *cell = usual();
  assert_int_equal(
      ut_start(cell, "await Promise.race([tools.fetch_user(1), new Promise(r => setTimeout(r, 250, 'timeout'))])"),
      CLOCHE_WAITING);
  cloche_call a = ut_take(cell), cancelled;
  ut_finish_value(cell, "\"timeout\"");
  assert_true(cloche_cell_next_cancelled(cell, &cancelled));
  assert_int_equal(cancelled.id, a.id);
  cloche_cell_close(cell);
}

static void calls_in_catch_and_finally(void) {
  cloche_cell *cell = usual();
  ut_start(
      cell,
      "const log = []; async function f() { try { throw new Error('x') } catch (e) { log.push(await tools.fetch_user('catch')) } finally { log.push(await tools.fetch_user('finally')); log.push(tools.now('sync')) } } await f(); log");
  for (int i = 0; i < 3; i++) {
    cloche_call call = ut_take(cell);
    ut_resolve(cell, call.id, call.argument);
    ut_go(cell);
  }
  ut_finish_value(cell, "[\"catch\",\"finally\",\"sync\"]");
  cloche_cell_close(cell);
}

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  if (user) ++*(int *)user;
  assert_int_equal(cloche_cell_resolve(cell, id, argument, len, NULL), CLOCHE_OK);
}

static void add_echo(cloche_cell *cell, const char *name, bool sync, int *count) {
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = name;
  tool.sync = sync;
  tool.fn = echo;
  tool.user = count;
  assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
}

/* A sync tool blocks wherever it is called: under the engine's own functions, too. */
static void sync_calls_anywhere(void) {
  static const struct {
    const char *source, *want;
    int calls;
  } cases[] = {
      {"[3, 1, 2].sort((a, b) => tools.s(a - b))", "[1,2,3]", -1},
      {"({get x() { return tools.s(5) }}).x", "5", 1},
      {"[1, 2, 3].map(x => tools.s(x * 2))", "[2,4,6]", 3},
      {"'abc'.replace(/./g, c => tools.s(c + c))", "\"aabbcc\"", 3},
      {"JSON.stringify({toJSON() { return tools.s([1]) }})", "\"[1]\"", 1},
      {"JSON.parse('[1,2]', (k, v) => tools.s(v))", "[1,2]", 3},
      {"`${{toString() { return tools.s('t') }}}`", "\"t\"", 1},
      {"[...(function* () { yield tools.s(1); yield tools.s(2) })()]", "[1,2]", 2},
      {"new Proxy({}, {get: (t, k) => tools.s(k)}).hello", "\"hello\"", 1},
      {"Array.from({length: 3}, (_, i) => tools.s(i))", "[0,1,2]", 3},
      {"class A { constructor() { this.v = tools.s(1) } } new A()", "{\"v\":1}", 1},
      {"({a: 1, get b() { return tools.s(2) }})", "{\"a\":1,\"b\":2}", 1},
      {"function f(n) { return n ? f(n - 1) : tools.s('deep') } f(200)", "\"deep\"", 1},
      {"let n = 0; for (let i = 0; i < 500; i++) n += tools.s(i); n", "124750", 500},
      {"await null; tools.s(1) + await tools.a(2)", "3", 1},
      {"await Promise.all([tools.a(1), tools.s(2), tools.a(3)])", "[1,2,3]", 1},
      {"let o = {valueOf: () => tools.s(7)}; o + 1", "8", 1},
      {"[1, 2, 3, 4].filter(x => tools.s(x % 2 === 0))", "[2,4]", 4},
      {"setTimeout(() => { globalThis.t = tools.s('timer') }, 1); await new Promise(r => setTimeout(r, 3)); t",
       "\"timer\"", 1},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    for (int session = 0; session < 2; session++) {
      int count = 0;
      cloche_limits limits = ut_limits();
      cloche_cell *cell = ut_limited(&limits, session);
      add_echo(cell, "s", true, &count);
      add_echo(cell, "a", false, NULL);
      ut_value(cell, cases[i].source, cases[i].want);
      if (cases[i].calls >= 0) assert_int_equal(count, cases[i].calls);
      cloche_cell_close(cell);
    }
}

static void sync_tool_while_async_ones_are_answered(void) {
  cloche_cell *cell = usual();
  assert_int_equal(
      ut_start(
          cell,
          "const log = []; const a = tools.fetch_user('a').then(v => log.push(v)); const s = tools.now('s'); log.push(s); await a; log"),
      CLOCHE_WAITING);
  cloche_call a = ut_take(cell), s = ut_take(cell);
  assert_string_equal(a.tool, "fetch_user");
  assert_string_equal(s.tool, "now");
  ut_resolve(cell, a.id, "\"async\"");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING); /* the guest still blocks */
  ut_resolve(cell, s.id, "\"sync\"");
  ut_finish_value(cell, "[\"sync\",\"async\"]"); /* run to completion holds */
  cloche_cell_close(cell);
}

static void a_tool_without_a_function(void) {
  cloche_cell *cell = usual();
  ut_value(cell, "try { await tools.fetch_user() } catch (e) { e.code }", "\"tool_error\"");
  ut_value(cell, "try { tools.now() } catch (e) { e.code }", "\"tool_error\"");
  cloche_cell_close(cell);
}

typedef struct {
  uint64_t ids[4];
  int count;
} later;

static void settle_later(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)argument, (void)len;
  later *l = user;
  l->ids[l->count++] = id;
  if (l->count < 4) return;
  for (int i = 3; i >= 0; i--) assert_int_equal(cloche_cell_resolve(cell, l->ids[i], "1", 1, NULL), CLOCHE_OK);
}

static void settling_from_another_tool(void) {
  cloche_cell *cell = ut_one_shot();
  later l = {0};
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "join";
  tool.fn = settle_later;
  tool.user = &l;
  assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
  ut_value(cell, "(await Promise.all([tools.join(), tools.join(), tools.join(), tools.join()])).length", "4");
  cloche_cell_close(cell);
}

static void reenter(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)argument, (void)len;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  bool *refused = user;
  *refused = cloche_cell_start(cell, "1", 1, NULL, &err) == CLOCHE_INVALID_STATE &&
             cloche_cell_reset(cell, &err) == CLOCHE_INVALID_STATE &&
             cloche_cell_eval(cell, "1", 1, NULL, &r, &err) == CLOCHE_INVALID_STATE &&
             cloche_cell_result(cell, &r, &err) == CLOCHE_INVALID_STATE;
  cloche_cell *other = ut_one_shot(); /* another cell may run inside a tool */
  cloche_result inner = ut_eval(other, "6 * 7");
  assert_int_equal(cloche_cell_resolve(cell, id, inner.value, inner.value_len, NULL), CLOCHE_OK);
  cloche_cell_close(other);
}

static void reentrance(void) {
  for (int sync = 0; sync < 2; sync++) {
    cloche_cell *cell = ut_one_shot();
    bool refused = false;
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = "run";
    tool.fn = reenter;
    tool.user = &refused;
    tool.sync = sync;
    assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
    ut_value(cell, "await tools.run() + 1", "43");
    assert_true(refused);
    cloche_cell_close(cell);
  }
}

static void calls_across_slices(void) {
  cloche_cell *cell = usual();
  cloche_error err = CLOCHE_ERROR_INIT;
  const char *source =
      "let sum = 0; for (let i = 0; i < 30; i++) { for (let j = 0; j < 20000; j++) sum += j % 3; sum += i % 2 ? tools.now(i) : await tools.fetch_user(i) } sum";
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
  cloche_state state = CLOCHE_RUNNING;
  int answered = 0;
  while (state != CLOCHE_DONE) {
    assert_int_equal(cloche_cell_step(cell, 50000, &state, &err), CLOCHE_OK);
    for (cloche_call call; state != CLOCHE_DONE && cloche_cell_next_call(cell, &call); answered++)
      ut_resolve(cell, call.id, call.argument);
  }
  assert_int_equal(answered, 30);
  ut_finish_value(cell, "600405"); /* 30 * (6666*3 + 1) ... + 435 */
  cloche_cell_close(cell);
}

static void tools_are_told_in_order(void) {
  cloche_limits limits = ut_limits();
  cloche_cell *cell = with_tools(&limits, true);
  ut_value(cell, "Object.keys(tools).join()", "\"fetch_user,now,loose\"");
  ut_tool(cell, "late", false);
  ut_value(cell, "Object.keys(tools).join()", "\"fetch_user,now,loose,late\"");
  ut_start(cell, "await tools.late(5)");
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "late");
  ut_resolve(cell, call.id, "6");
  ut_finish_value(cell, "6");
  cloche_cell_close(cell);
}

/* A killed run takes back what the guest was told in it; the next one must be told again. */
static void tools_survive_a_killed_run(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 50 * UT_MS;
  cloche_cell *cell = with_tools(&limits, true);
  ut_ends(cell, "for (;;);", CLOCHE_WALL_TIME_LIMIT);
  ut_value(cell, "typeof tools.fetch_user + Object.keys(tools).length", "\"function3\"");
  ut_tool(cell, "late", false);
  ut_ends(cell, "for (;;);", CLOCHE_WALL_TIME_LIMIT);
  ut_value(cell, "typeof tools.late + Object.keys(tools).join()", "\"functionfetch_user,now,loose,late\"");
  ut_tool(cell, "later", false);
  ut_ends(cell, "for (;;);", CLOCHE_WALL_TIME_LIMIT);
  ut_ends(cell, "for (;;);", CLOCHE_WALL_TIME_LIMIT);
  ut_start(cell, "await tools.later(1)");
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "later");
  ut_resolve(cell, call.id, "2");
  ut_finish_value(cell, "2");
  cloche_cell_close(cell);
}

static void tool_names(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  char longest[130];
  memset(longest, 'n', sizeof longest);
  longest[128] = 0;
  const char *const good[] = {
      "a",      "with space", "a.b",      "mcp/server:tool", "caf\xC3\xA9",      "\xF0\x9F\x98\x80",
      "0",      "12",         "toString", "hasOwnProperty",  "__defineGetter__", "prototype",
      "length", "name",       longest};
  for (size_t i = 0; i < UT_COUNT(good); i++) {
    tool.name = good[i];
    assert_int_equal(cloche_cell_tool(cell, &tool, &err), CLOCHE_OK);
    assert_int_equal(cloche_cell_tool(cell, &tool, &err), CLOCHE_INVALID_ARGUMENT); /* taken */
  }
  memset(longest, 'm', 129);
  longest[129] = 0;
  const char *const bad[] = {NULL, "", "a\nb", "\x01", "a\x7F", "\xFF", "\xC3", "\xED\xA0\x80", longest};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    tool.name = bad[i];
    err.message[0] = 0;
    assert_int_equal(cloche_cell_tool(cell, &tool, &err), CLOCHE_INVALID_ARGUMENT);
    assert_true(err.message[0] != 0);
  }
  ut_value(
      cell,
      "[typeof tools['with space'], typeof tools['a.b'], typeof tools.toString, typeof tools['\\ud83d\\ude00'], typeof tools[12], Object.keys(tools).length]",
      "[\"function\",\"function\",\"function\",\"function\",\"function\",15]");
  ut_start(cell, "await tools['caf\\u00e9'](1)");
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "caf\xC3\xA9");
  cloche_cell_interrupt(cell);
  ut_go(cell);
  cloche_cell_close(cell);
}

/* What the guest does to the way it calls out cannot reach calls of others or make the host trip. */
static void hostile_use(void) {
  static const char *const sources[] = {
      "Promise = null; tools.fetch_user(1); 1",
      "const f = tools.fetch_user; f.call = null; Reflect.apply(f, 1, [2]); 1",
      "for (let i = 0; i < 900; i++) tools.fetch_user(i); 1",
      "Object.defineProperty(Promise.prototype, 'then', {get() { throw 1 }}); tools.fetch_user(1); 1",
      "try { new tools.fetch_user(1) } catch (e) {} 1",
      "tools.fetch_user(new Proxy([], {get(t, k) { return k === 'length' ? 3 : Reflect.get(t, k) }})); 1",
      "try { await Promise.race([tools.fetch_user({toJSON() { return tools.fetch_user(1) }}), 0]) } catch (e) {} 1",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_cell *cell = usual();
    cloche_state state = ut_start(cell, sources[i]);
    for (cloche_call call; state != CLOCHE_DONE && cloche_cell_next_call(cell, &call);) ut_resolve(cell, call.id, "1");
    if (state != CLOCHE_DONE) state = ut_go(cell);
    assert_int_equal(state, CLOCHE_DONE);
    ut_finish_value(cell, "1");
    json_decref(ut_report(cell));
    cloche_cell_close(cell);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(async_call),
      UT(sync_call),
      UT(arguments),
      UT(bad_arguments),
      UT(twenty_in_any_order),
      UT(ids_are_unique_in_the_cells_life),
      UT(queueing),
      UT(rejecting_instead_of_queueing),
      UT(limits_of_calls),
      UT(limit_codes_cannot_be_forged),
      UT(bad_results),
      UT(empty_result_is_undefined),
      UT(rejections),
      UT(invalid_text_in_rejections),
      UT(unknown_tools),
      UT(results_equal_json_parse),
      UT(frozen_results_cannot_be_changed),
      UT(first_of_equal_keys_counts),
      UT(large_and_deep_results),
      UT(results_are_copied),
      UT(cancelled_calls),
      UT(settling_wrongly),
      UT(race_with_a_timer),
      UT(calls_in_catch_and_finally),
      UT(sync_calls_anywhere),
      UT(sync_tool_while_async_ones_are_answered),
      UT(a_tool_without_a_function),
      UT(settling_from_another_tool),
      UT(reentrance),
      UT(calls_across_slices),
      UT(tools_are_told_in_order),
      UT(tools_survive_a_killed_run),
      UT(tool_names),
      UT(hostile_use),
  };
  return UT_RUN("tools", tests);
}
