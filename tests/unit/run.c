/* Runs: what the value is, how errors are reported, what stays and what does not. */
#include "unit.h"

static void completion_values(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"1 + 2", "3"},
      {"1 + 2;", "3"},
      {"'a' + 'b'", "\"ab\""},
      {"({a: 1})", "{\"a\":1}"},
      {"[1, [2]]", "[1,[2]]"},
      {"null", "null"},
      {"true", "true"},
      {"false", "false"},
      {"undefined", NULL},
      {"void 0", NULL},
      {"", NULL},
      {"// only a comment", NULL},
      {"/* a */ /* b */", NULL},
      {"   \n\t ", NULL},
      {"var x = 1", NULL},
      {"let y = 2", NULL},
      {"const z = 3", NULL},
      {"function f() {}", NULL},
      {"class A {}", NULL},
      {"{}", NULL},
      {"{a: 1}", "1"},
      {"if (true) { 5 } else { 6 }", "5"},
      {"for (let i = 0; i < 3; i++) i * 10", "20"},
      {"let a = 1; a + 1", "2"},
      {"a = 7; a", "7"},
      {"try { 1 } finally { 2 }", "1"},
      {"switch (1) { case 1: 'one' }", "\"one\""},
      {"do { 3 } while (false)", "3"},
      {"1; var q = 2", "1"},
      {"eval('4 + 4')", "8"},
      {"'use strict'", "\"use strict\""},
      {"0.1 + 0.2", "0.30000000000000004"},
      {"1e21", "1e+21"},
      {"123456789012345680000", "123456789012345680000"},
      {"2147483647", "2147483647"},
      {"2147483648", "2147483648"},
      {"-2147483648", "-2147483648"},
      {"-2147483649", "-2147483649"},
      {"1.5", "1.5"},
      {"-0.5", "-0.5"},
      {"5e-324", "5e-324"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"},
      {"4294967295", "4294967295"},
      {"9007199254740991", "9007199254740991"},
      {"0", "0"},
      {"+0", "0"},
      {"a: for (;;) { break a }", NULL},
      {"label: 9", "9"},
      {"\xEF\xBB\xBF"
       "1 + 1",
       "2"},
      {"#!/usr/bin/env node\n5", "5"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) ut_value_of(cases[i].source, cases[i].want);
}

static void sloppy_script(void) {
  ut_value_of("this === globalThis", "true");
  ut_value_of("with ({a: 6}) a", "6");
  ut_value_of("010", "8");
  ut_value_of("(function () { return this === globalThis })()", "true");
  ut_value_of("undeclared = 3; delete globalThis.undeclared", "true");
  ut_value_of("'use strict'; (function () { return this === undefined })()", "true");
  ut_value_of("'use strict'; try { undeclared = 3 } catch (e) { e.name }", "\"ReferenceError\"");
  ut_value_of("var arguments = 1; arguments", "1");
  ut_value_of("typeof require + typeof process + typeof module + typeof exports",
              "\"undefinedundefinedundefinedundefined\"");
}

static void top_level_await(void) {
  ut_value_of("await 5", "5");
  ut_value_of("await Promise.resolve([1])", "[1]");
  ut_value_of("let x = await new Promise(r => setTimeout(r, 1, 'late')); x + '!'", "\"late!\"");
  ut_value_of("for (const p of [1, 2, 3].map(async x => x * 2)) await p", "6");
  ut_value_of("let s = 0; for await (const v of [1, Promise.resolve(2)]) s += v; s", "3");
  ut_value_of("const t = []; await null; t.push(1); await null; t.push(2); t", "[1,2]");
  ut_value_of("try { await Promise.reject(new Error('no')) } catch (e) { e.message }", "\"no\"");
  ut_value_of("await (async () => { throw 1 })().catch(e => e + 1)", "2");
  ut_value_of("var await_ = 1; await_", "1");
}

static void promise_values(void) {
  ut_value_of("Promise.resolve(4)", "4");
  ut_value_of("(async () => { return {a: [1]} })()", "{\"a\":[1]}");
  ut_value_of("Promise.resolve(Promise.resolve(Promise.resolve(1)))", "1");
  ut_value_of("new Promise(r => setTimeout(() => r('t'), 2))", "\"t\"");
  ut_value_of("Promise.all([1, Promise.resolve(2)])", "[1,2]");
  ut_value_of("Promise.resolve()", NULL);
  ut_value_of("let f = async () => await 7; f()", "7");
  ut_value_of("Promise.allSettled([Promise.reject(1), 2])",
              "[{\"status\":\"rejected\",\"reason\":1},{\"status\":\"fulfilled\",\"value\":2}]");
  ut_value_of("Promise.any([Promise.reject(1), Promise.resolve(2)])", "2");
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "Promise.reject(new TypeError('later'))", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "TypeError");
  assert_string_equal(r.error_message, "later");
  cloche_cell_close(cell);
}

static void top_level_return(void) {
  ut_value_of("return 5", "5");
  ut_value_of("return", NULL);
  ut_value_of("if (true) return {a: 1}; 9", "{\"a\":1}");
  ut_value_of("const x = await Promise.resolve(2); return x * 2", "4");
  ut_value_of("for (const x of [1, 2, 3]) { if (x === 2) return x }", "2");
  ut_value_of("try { return 1 } finally { globalThis.z = 1 }", "1");
  ut_value_of("return Promise.resolve('p')", "\"p\"");
  ut_value_of("return new Promise(r => setTimeout(r, 1, 3))", "3");
  ut_value_of("function f() { return 2 }\nf() + 1", "3");
  ut_value_of("return this === globalThis", "true");
  ut_value_of("// a comment at the end\nreturn 8 // here", "8");
  ut_value_of("return `\n}` + '});'", "\"\\n}});\"");
  ut_value_of("var return_ = 1; return_", "1");
  ut_value_of("'a return in a string'", "\"a return in a string\"");
  ut_value_of("/return/.source // return", "\"return\"");
  ut_value_of("({return: 1}).return", "1");
}

static void body_cannot_be_closed_early(void) {
  static const char *const sources[] = {
      "return 1 }); globalThis.x = 5; (async () => {",
      "return 1 })(); (function () {",
      "}",
      "} {",
      "return 1; } }",
      "return 1 */ /*",
      "return `",
      "return 1 }, async function () {",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_cell *cell = ut_one_shot();
    ut_ends(cell, sources[i], CLOCHE_SYNTAX_ERROR);
    cloche_cell_close(cell);
  }
}

static void source_by_length(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_eval(cell, "1 + 2 + 999", 5, NULL, &r, &err), CLOCHE_OK);
  assert_string_equal(r.value, "3");
  assert_int_equal(cloche_cell_eval(cell, "'a\0b'.length", 12, NULL, &r, &err), CLOCHE_OK);
  assert_int_equal(r.status, CLOCHE_OK);
  assert_string_equal(r.value, "3");
  assert_int_equal(cloche_cell_eval(cell, "", 0, NULL, &r, &err), CLOCHE_OK);
  assert_null(r.value);
  /* the source is copied: it may change after the start */
  char source[] = "40 + 2";
  cloche_state state;
  assert_int_equal(cloche_cell_start(cell, source, 6, NULL, &err), CLOCHE_OK);
  memset(source, '9', 6);
  assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
  ut_finish_value(cell, "42");
  cloche_cell_close(cell);
}

static void source_limit(void) {
  cloche_limits limits = ut_limits();
  limits.source_bytes = 10;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_value(cell, "1234567890", "1234567890");
  cloche_result r = ut_ends(cell, "12345678901", CLOCHE_SOURCE_LIMIT);
  assert_non_null(r.error_message);
  assert_string_equal(ut_report_text(cell, "status"), "limit");
  assert_string_equal(ut_report_text(cell, "error.code"), "source_limit");
  assert_string_equal(ut_report_text(cell, "error.phase"), "parsing");
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
}

static void syntax_errors(void) {
  static const struct {
    const char *source;
    uint32_t line;
  } cases[] = {
      {"let a = ;", 1},
      {"1 +", 1},
      {"(", 1},
      {"function (", 1},
      {"x y", 1},
      {"\n\nlet = = 3", 3},
      {"'abc", 1},
      {"let a; let a;", 1},
      {"if (", 1},
      {"break", 1},
      {"continue", 1},
      {"class { }", 1},
      {"var 1a", 1},
      {"a => {", 1},
      {"/(/", 0},
      {"return 1 +;", 1},
      {"ok();\nok();\n  @#$ nope", 3},
      {"return 1;\nlet x = = 2;", 2},
      {"let [a, a] = [];", 1},
      {"await 1;\nfoo bar", 2},
      {"`${`", 1},
      {"import {x} from 'y'\nlet let = 1;", 2},
      {"export const x = ;", 1},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_one_shot();
    cloche_result r = ut_ends(cell, cases[i].source, CLOCHE_SYNTAX_ERROR);
    assert_string_equal(r.error_name, "SyntaxError");
    assert_true(r.error_message[0] != 0);
    if (r.line != cases[i].line) fail_msg("line %u, not %u: %s", r.line, cases[i].line, cases[i].source);
    assert_true((r.column > 0) == (r.line > 0)); /* the engine does not say where inside of a regular expression */
    assert_null(r.value);
    assert_string_equal(ut_report_text(cell, "status"), "error");
    assert_string_equal(ut_report_text(cell, "error.code"), "syntax_error");
    assert_string_equal(ut_report_text(cell, "error.phase"), "parsing");
    cloche_cell_close(cell);
  }
}

static void nothing_runs_before_a_syntax_error(void) {
  cloche_cell *cell = ut_session();
  ut_ends(cell, "globalThis.ran = 1;\nlet = = 3", CLOCHE_SYNTAX_ERROR);
  ut_value(cell, "typeof ran", "\"undefined\"");
  cloche_cell_close(cell);
}

/* A SyntaxError at run time is an uncaught error: the source itself did parse. */
static void syntax_error_at_run_time(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "1;\neval('let = = 3')", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "SyntaxError");
  ut_ends(cell, "JSON.parse('{')", CLOCHE_UNCAUGHT_ERROR);
  ut_ends(cell, "new Function('return = 1')", CLOCHE_UNCAUGHT_ERROR);
  ut_ends(cell, "throw new SyntaxError('mine')", CLOCHE_UNCAUGHT_ERROR);
  /* and the source is not evaluated a second time */
  ut_value(cell, "globalThis.n = (globalThis.n || 0) + 1; try { eval('return 1') } catch (e) {} n", "1");
  cloche_cell_close(cell);
  cell = ut_session();
  ut_ends(cell, "globalThis.m = (globalThis.m || 0) + 1; eval('return 1')", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "m", "1");
  ut_ends(cell, "globalThis.k = (globalThis.k || 0) + 1; throw new SyntaxError('return not in a function')",
          CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "k", "1");
  cloche_cell_close(cell);
}

static void error_positions(void) {
  static const struct {
    const char *source;
    uint32_t line, column;
  } cases[] = {
      {"throw new Error('x')", 1, 0},
      {"let a = 1;\nlet b = 2;\n  null.x;", 3, 0},
      {"function f() {\n  undefined.y\n}\n\nf()", 2, 0},
      {"\n\n\nnope()", 4, 0},
      {"await null;\n\nthrow new RangeError('r')", 3, 0},
      {"if (false) return 1;\n\n\n  throw new Error('in a body')", 4, 0},
      {"return (() => {\n throw new Error('inner')\n})()", 2, 0},
      {"[1].map(x => {\n\n  throw new Error('cb')\n})", 3, 0},
      {"new Promise((_, no) => setTimeout(() =>\nno(new Error('t')), 1))", 2, 0},
      {"setTimeout(() => {\n\n\n throw new Error('timer') }, 1); await new Promise(() => {})", 4, 0},
      {"JSON.parse(\n'{bad')", 0, 0},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_one_shot();
    cloche_result r = ut_ends(cell, cases[i].source, CLOCHE_UNCAUGHT_ERROR);
    if (cases[i].line && r.line != cases[i].line)
      fail_msg("line %u, not %u: %s", r.line, cases[i].line, cases[i].source);
    assert_true(r.line >= 1 && r.line <= 5);
    assert_true(r.column >= 1);
    cloche_cell_close(cell);
  }
}

static void columns_count_from_one(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "nope()", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(r.line, 1);
  uint32_t first = r.column;
  r = ut_ends(cell, "     nope()", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(r.column, first + 5);
  /* the first line of a body is not shifted by what it is wrapped in */
  r = ut_ends(cell, "     nope(); return 1", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(r.line, 1);
  assert_int_equal(r.column, first + 5);
  r = ut_ends(cell, "     let = = 2; return 1", CLOCHE_SYNTAX_ERROR);
  assert_int_equal(r.line, 1);
  assert_true(r.column <= 16);
  cloche_cell_close(cell);
}

static void code_frame(void) {
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "let one = 1;\nlet two = 2;\nlet three = nope;\nlet four = 4;\nlet five = 5;\nlet six = 6;",
          CLOCHE_UNCAUGHT_ERROR);
  const char *frame = ut_report_text(cell, "error.frame");
  assert_non_null(strstr(frame, "let one"));
  assert_non_null(strstr(frame, "let five"));
  assert_null(strstr(frame, "let six"));
  const char *marked = strstr(frame, "> ");
  assert_non_null(marked);
  assert_non_null(strstr(marked, "let three = nope;"));
  const char *row = strstr(frame, "let three = nope;"), *caret = strchr(frame, '^');
  assert_non_null(caret);
  /* the caret stands under the name */
  const char *row_start = row, *caret_start = caret;
  while (row_start > frame && row_start[-1] != '\n') row_start--;
  while (caret_start > frame && caret_start[-1] != '\n') caret_start--;
  size_t at = (size_t)(caret - caret_start) - (size_t)(row - row_start);
  assert_true(at >= 12 && at <= 16);
  cloche_cell_close(cell);
}

static void hostile_positions(void) {
  cloche_cell *cell = ut_one_shot();
  /* a stack that the guest made up points nowhere, and does no harm */
  static const char *const sources[] = {
      "let e = new Error('x'); e.stack = 'at f (main.js:99999:99999)'; throw e",
      "let e = new Error('x'); e.stack = 'at f (main.js:0:0)'; throw e",
      "let e = new Error('x'); e.stack = 'at f (main.js:4294967295:4294967295)'; throw e",
      "let e = new Error('x'); e.stack = 'at f (main.js:-1:-1)'; throw e",
      "let e = new Error('x'); e.stack = 'main.js:'.repeat(10000); throw e",
      "let e = new Error('x'); Object.defineProperty(e, 'stack', {get() { throw 1 }}); throw e",
      "throw {name: 'A', message: 'b', stack: 'c', code: 'd', data: {e: 1}}",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    ut_ends(cell, sources[i], CLOCHE_UNCAUGHT_ERROR);
    json_decref(ut_report(cell));
  }
  cloche_cell_close(cell);
}

static void error_kinds(void) {
  static const struct {
    const char *source, *name, *message;
  } cases[] = {
      {"throw new Error('a')", "Error", "a"},
      {"throw new TypeError('b')", "TypeError", "b"},
      {"throw new Error()", "Error", ""},
      {"null.x", "TypeError", NULL},
      {"nope", "ReferenceError", NULL},
      {"[].length = -1", "RangeError", NULL},
      {"decodeURIComponent('%')", "URIError", NULL},
      {"class Mine extends Error { name = 'Mine' } throw new Mine('m')", "Mine", "m"},
      {"throw 'text'", NULL, "text"},
      {"throw 42", NULL, "42"},
      {"throw undefined", NULL, "undefined"},
      {"throw null", NULL, "null"},
      {"throw {a: 1}", NULL, "a: 1"},
      {"throw Symbol('s')", NULL, "Symbol(s)"},
      {"throw 5n", NULL, "5n"},
      {"throw () => 1", NULL, NULL},
      {"throw new AggregateError([new Error('i')], 'agg')", "AggregateError", "agg"},
      {"throw Object.create(null)", NULL, NULL},
      {"throw new Proxy({}, {get() { throw 1 }})", NULL, NULL},
      {"throw {get name() { throw 1 }, get message() { throw 2 }}", NULL, NULL},
      {"throw {name: 5, message: {}}", NULL, NULL},
      {"let e = new Error('x'); e.name = 7; throw e", NULL, "x"},
      {"throw new Error('\\ud800 lone')", "Error", NULL},
      {"throw new Error('nul \\0 inside')", "Error", NULL},
      {"throw new Error('z\\u00fcrich \\ud83d\\ude00')", "Error", "z\xC3\xBCrich \xF0\x9F\x98\x80"},
      {"const x = 1; x = 2", "TypeError", NULL},
      {"tdz; let tdz", "ReferenceError", NULL},
      {"throw new DOMException('d')", NULL, NULL},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_one_shot();
    cloche_result r = ut_ends(cell, cases[i].source, CLOCHE_UNCAUGHT_ERROR);
    assert_null(r.value);
    assert_non_null(r.error_name);
    assert_non_null(r.error_message);
    if (cases[i].name) assert_string_equal(r.error_name, cases[i].name);
    if (cases[i].message && !strstr(r.error_message, cases[i].message))
      fail_msg("%s: message '%s', not '%s'", cases[i].source, r.error_message, cases[i].message);
    assert_string_equal(ut_report_text(cell, "error.code"), "uncaught_error");
    assert_string_equal(ut_report_text(cell, "error.phase"), "executing");
    json_decref(ut_report(cell));
    cloche_cell_close(cell);
  }
}

/* The status is the host's: what a guest throws cannot pass for a limit or a kill. */
static void forged_statuses(void) {
  static const char *const codes[] = {"wall_time_limit", "cpu_time_limit", "memory_limit", "stack_limit",
                                      "cancelled",       "trap",           "value_limit",  "tool_calls_limit",
                                      "internal",        "deadlock",       "ok",           "syntax_error"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(codes); i++) {
    char source[200];
    snprintf(source, sizeof source, "throw Object.assign(new Error('forged'), {code: '%s'})", codes[i]);
    ut_ends(cell, source, CLOCHE_UNCAUGHT_ERROR);
    assert_string_equal(ut_report_text(cell, "error.code"), "uncaught_error");
  }
  ut_ends(cell, "throw new RangeError('Maximum call stack size exceeded')", CLOCHE_UNCAUGHT_ERROR);
  ut_ends(cell, "throw new Error('out of memory')", CLOCHE_UNCAUGHT_ERROR);
  ut_ends(cell, "throw new Error('interrupted')", CLOCHE_UNCAUGHT_ERROR);
  cloche_cell_close(cell);
}

static void stack_overflow(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "function f() { return f() + 1 } f()", CLOCHE_STACK_LIMIT);
  assert_string_equal(r.error_name, "RangeError");
  assert_string_equal(ut_report_text(cell, "status"), "limit");
  assert_string_equal(ut_report_text(cell, "error.code"), "stack_limit");
  ut_value(cell, "function g() { g() } try { g() } catch (e) { e instanceof RangeError }", "true");
  ut_value(cell, "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; try { JSON.stringify(a) } catch (e) { e.name }",
           "\"RangeError\"");
  ut_ends(cell, "let o = {}; o.toString = () => '' + o; '' + o", CLOCHE_STACK_LIMIT);
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
  cloche_limits limits = ut_limits();
  limits.stack_bytes = 32 << 10;
  cell = ut_limited(&limits, false);
  const char *depth =
      "let n = 0; (function f() { n++; f() }).call.bind(0); try { (function f() { n++; f() })() } catch (e) {} n";
  cloche_result shallow = ut_eval(cell, depth);
  long small = strtol(shallow.value, NULL, 10);
  cloche_cell_close(cell);
  cell = ut_one_shot();
  long large = strtol(ut_eval(cell, depth).value, NULL, 10);
  assert_true(small > 10 && large > small * 4);
  cloche_cell_close(cell);
}

static void memory_limit(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 8 << 20;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_ends(cell, "let a = []; for (;;) a.push(new Array(1000).fill(1.5))", CLOCHE_MEMORY_LIMIT);
  assert_string_equal(ut_report_text(cell, "status"), "limit");
  ut_ends(cell, "let s = 'x'; for (;;) s = (s + s).toUpperCase()", CLOCHE_MEMORY_LIMIT);
  cloche_result r = ut_ends(cell, "new ArrayBuffer(64 << 20)", CLOCHE_MEMORY_LIMIT);
  assert_true(r.memory_bytes <= 8 << 20);
  ut_value(cell, "try { new ArrayBuffer(64 << 20) } catch (e) { 'caught' }", "\"caught\"");
  assert_string_equal(ut_report_text(cell, "status"), "ok");
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
}

static void value_limit(void) {
  cloche_limits limits = ut_limits();
  limits.value_bytes = 100;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_value(cell, "'x'.repeat(98).length", "98");
  cloche_result r = ut_eval(cell, "'x'.repeat(98)");
  assert_int_equal(r.status, CLOCHE_OK);
  assert_int_equal(r.value_len, 100);
  static const char *const large[] = {
      "'x'.repeat(99)",
      "'x'.repeat(1e6)",
      "Array.from({length: 60}, (_, i) => 1)",
      "Array(1e6)",
      "new Uint8Array(1000)",
      "({['k'.repeat(200)]: 1})",
      "Array.from({length: 20}, () => 'abcdef')",
      "new Map([['k'.repeat(60), 'v'.repeat(60)]])",
      "new Error('m'.repeat(200))",
      "10n ** 200n",
      "Array.from({length: 30}, () => ({a: 1}))",
      "Array.from({length: 40}, () => null)",
      "'\\u0001'.repeat(30)",
      "'\\u00e9'.repeat(60)",
      "Array.from({length: 3}, () => 'x'.repeat(40))",
      "Array.from({length: 12}, () => 1.1111111111)",
  };
  for (size_t i = 0; i < UT_COUNT(large); i++) {
    r = ut_ends(cell, large[i], CLOCHE_VALUE_LIMIT);
    assert_null(r.value);
    assert_string_equal(ut_report_text(cell, "status"), "limit");
    assert_string_equal(ut_report_text(cell, "error.code"), "value_limit");
    assert_string_equal(ut_report_text(cell, "error.phase"), "finalizing");
  }
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
  cell = ut_one_shot();
  ut_ends(cell, "let a = 1; for (let i = 0; i < 100000; i++) a = [a]; a", CLOCHE_VALUE_LIMIT);
  ut_ends(cell, "let o = 1; for (let i = 0; i < 5000; i++) o = {o}; o", CLOCHE_VALUE_LIMIT);
  cloche_cell_close(cell);
}

static void deadlocks(void) {
  static const char *const sources[] = {
      "await new Promise(() => {})",
      "new Promise(() => {})",
      "return new Promise(() => {})",
      "const a = new Promise(r => b_ = r); const b = (async () => { await a; })(); await b",
      "setTimeout(() => {}, 1); await new Promise(() => {})",
      "for await (const x of {[Symbol.asyncIterator]() { return {next: () => new Promise(() => {})} }}) ;",
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_ends(cell, sources[i], CLOCHE_DEADLOCK);
    assert_non_null(r.error_message);
    assert_string_equal(ut_report_text(cell, "status"), "error");
    assert_string_equal(ut_report_text(cell, "error.code"), "deadlock");
  }
  cloche_cell_close(cell);
}

static void names(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  const char *source = "\nfunction thrower() { throw new Error('x') }\nthrower()";
  static const char *const good[] = {"script.ts",        "a b.js",     "x",           "caf\xC3\xA9.js",
                                     "dir/sub/file.mjs", "100%s%n.js", "main.js:3:4", "(x)"};
  for (size_t i = 0; i < UT_COUNT(good); i++) {
    options.name = good[i];
    assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &options, &r, &err), CLOCHE_OK);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    assert_int_equal(r.line, 2);
    if (!strstr(ut_report_text(cell, "error.stack"), good[i])) fail_msg("'%s' is not in the stack", good[i]);
  }
  options.name = "";
  assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &options, &r, &err), CLOCHE_OK);
  options.name = "\xFF\xFE";
  if (cloche_cell_eval(cell, source, strlen(source), &options, &r, &err) == CLOCHE_OK) json_decref(ut_report(cell));
  char longer[5000];
  memset(longer, 'n', sizeof longer - 1);
  longer[sizeof longer - 1] = 0;
  options.name = longer;
  if (cloche_cell_eval(cell, source, strlen(source), &options, &r, &err) == CLOCHE_OK) json_decref(ut_report(cell));
  ut_ends(cell, source, CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(ut_report_text(cell, "error.stack"), "main.js:2:"));
  assert_non_null(strstr(ut_report_text(cell, "error.stack"), "thrower"));
  assert_null(strstr(ut_report_text(cell, "error.stack"), "bootstrap"));
  cloche_cell_close(cell);
}

static void one_shot_runs_are_strangers(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(
      cell,
      "globalThis.a = 1; var b = 2; let c = 3; Array.prototype.evil = 1; Object.prototype.x = 1; delete globalThis.JSON; console.log = null; 0",
      "0");
  ut_value(
      cell,
      "[typeof a, typeof b, typeof c, [].evil === undefined, ({}).x === undefined, typeof JSON, typeof console.log]",
      "[\"undefined\",\"undefined\",\"undefined\",true,true,\"object\",\"function\"]");
  ut_value(cell, "Math.max = () => 7; setTimeout(() => {}, 1e6); Promise.prototype.then = null; 1", "1");
  ut_value(cell, "[Math.max(1, 2), typeof Promise.prototype.then]", "[2,\"function\"]");
  ut_ends(cell, "globalThis.z = 1; throw 1", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "typeof z", "\"undefined\"");
  for (int i = 0; i < 300; i++)
    ut_value(cell, "globalThis.n = (globalThis.n || 0) + 1; new Array(5000).fill(n).length + n", "5001");
  cloche_cell_close(cell);
}

static void session_bindings(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell,
           "var v = 1; let l = 2; const c = 3; function f() { return v + l + c } class K { m() { return f() } } g = 4;",
           "4");
  ut_value(cell, "[v, l, c, f(), new K().m(), g]", "[1,2,3,6,6,4]");
  ut_value(cell, "v = 10; l = 20; f()", "33");
  ut_ends(cell, "c = 5", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "c", "3");
  ut_value(cell, "const {p, q: [r]} = {p: 1, q: [2]}; p + r", "3");
  ut_value(cell, "p + r", "3");
  ut_value(cell, "let w = await Promise.resolve(7)", NULL);
  ut_value(cell, "w", "7");
  ut_ends(cell, "let early = 1; throw new Error('after')", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "early", "1");
  ut_value(cell, "{ let inner = 1; var outer = 2 } typeof inner + outer", "\"undefined2\"");
  cloche_cell_close(cell);
}

static void session_reset(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  cloche_error err = CLOCHE_ERROR_INIT;
  ut_value(cell, "globalThis.x = 1; let y = new Array(200000).fill(7); y.length", "200000");
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  cloche_result r;
  assert_int_equal(cloche_cell_result(cell, &r, &err), CLOCHE_INVALID_STATE);
  ut_value(cell, "[typeof x, typeof y, typeof tools.t]", "[\"undefined\",\"undefined\",\"function\"]");
  for (int i = 0; i < 20; i++) {
    ut_value(cell, "globalThis.x = (globalThis.x || 0) + 1; globalThis.keep = new Array(50000).fill(x); x", "1");
    ut_value(cell, "x += keep[49999]; x", "2");
    assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  }
  cloche_cell_close(cell);
}

static void result_lives_until_the_next_run(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_eval(cell, "({big: 'v'.repeat(1000)})");
  cloche_result again;
  assert_int_equal(cloche_cell_result(cell, &again, NULL), CLOCHE_OK);
  assert_ptr_equal(again.value, r.value);
  assert_int_equal(again.value_len, r.value_len);
  assert_true(r.wall_ns > 0);
  assert_true(r.memory_bytes >= 1 << 20);
  assert_false(r.rolled_back);
  const char *json;
  size_t len;
  assert_int_equal(cloche_cell_report(cell, &json, &len, NULL), CLOCHE_OK);
  const char *json2;
  assert_int_equal(cloche_cell_report(cell, &json2, &len, NULL), CLOCHE_OK);
  assert_ptr_equal(json, json2);
  cloche_cell_close(cell);
}

static void report_of_a_good_run(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "console.log('one'); console.warn('two', 2); ({a: [1, 'x']})", "{\"a\":[1,\"x\"]}");
  assert_string_equal(ut_report_text(cell, "status"), "ok");
  assert_string_equal(ut_report_text(cell, "value"), "{\"a\":[1,\"x\"]}");
  assert_string_equal(ut_report_text(cell, "repr"), "{ a: [ 1, 'x' ] }");
  assert_string_equal(ut_report_text(cell, "error"), "");
  assert_string_equal(ut_report_text(cell, "output.0.type"), "log");
  assert_string_equal(ut_report_text(cell, "output.1.type"), "warn");
  assert_string_equal(ut_report_text(cell, "output.1.content"), "two 2");
  assert_true(strtoull(ut_report_text(cell, "output.1.timestamp"), NULL, 10) > 1600000000000ull);
  assert_string_equal(ut_report_text(cell, "calls"), "[]");
  assert_string_equal(ut_report_text(cell, "metrics.tool_calls"), "0");
  ut_value(cell, "undefined", NULL);
  assert_string_equal(ut_report_text(cell, "value"), "");
  assert_string_equal(ut_report_text(cell, "repr"), "undefined");
  cloche_cell_close(cell);
}

/* Whatever the guest does to its globals, the host's parts still work. */
static void tampered_world(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "t", false);
  static const char *const tampering =
      "JSON.stringify = JSON.parse = () => 'evil'; Array.prototype.push = Array.prototype.map = null;"
      "Object.defineProperty(Array.prototype, 0, {set() { throw 1 }, get() { throw 2 }, configurable: true});"
      "Promise.prototype.then = () => { throw 3 }; String.prototype.slice = null; Map.prototype.get = () => { throw 4 };"
      "Object.prototype.toJSON = undefined; Reflect.ownKeys = () => []; Object.getPrototypeOf = null; Symbol.iterator;"
      "Array.prototype[Symbol.iterator] = () => { throw 5 }; Function.prototype.call = Function.prototype.apply = null;"
      "globalThis.Error = globalThis.Promise = globalThis.Map = globalThis.Set = globalThis.String = null;";
  char source[2000];
  snprintf(source, sizeof source, "%s console.log({a: [1]}, 'x'); ({a: 'ok', n: [1, 2]})", tampering);
  ut_value(cell, source, "{\"a\":\"ok\",\"n\":[1,2]}");
  assert_string_equal(ut_console(cell), "log:{ a: [ 1 ] } x\n");
  snprintf(source, sizeof source, "%s null.x", tampering);
  cloche_result r = ut_ends(cell, source, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "TypeError");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(completion_values),
      UT(sloppy_script),
      UT(top_level_await),
      UT(promise_values),
      UT(top_level_return),
      UT(body_cannot_be_closed_early),
      UT(source_by_length),
      UT(source_limit),
      UT(syntax_errors),
      UT(nothing_runs_before_a_syntax_error),
      UT(syntax_error_at_run_time),
      UT(error_positions),
      UT(columns_count_from_one),
      UT(code_frame),
      UT(hostile_positions),
      UT(error_kinds),
      UT(forged_statuses),
      UT(stack_overflow),
      UT(memory_limit),
      UT(value_limit),
      UT(deadlocks),
      UT(names),
      UT(one_shot_runs_are_strangers),
      UT(session_bindings),
      UT(session_reset),
      UT(result_lives_until_the_next_run),
      UT(report_of_a_good_run),
      UT(tampered_world),
  };
  return UT_RUN("run", tests);
}
