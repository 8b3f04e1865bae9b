/* The console: what is shown for values (in the manner of Node's util.inspect), formats, events, limits. */
#include "unit.h"

typedef struct {
  const char *source, *want;
} shown;

static void check(cloche_cell *cell, const char *source, const char *want) {
  cloche_result r = ut_eval(cell, source);
  if (r.status != CLOCHE_OK) fail_msg("%s: %s", source, r.error_message);
  const char *got = ut_console(cell);
  if (strcmp(got, want) != 0) fail_msg("%s\nshows:  %s\nwanted: %s", source, got, want);
}

/* The wanted texts are what Node 20 prints. */
static void values(void) {
  static const shown cases[] = {
      {"1", "1"},
      {"-0", "-0"},
      {"1.5", "1.5"},
      {"NaN", "NaN"},
      {"'plain'", "plain"},
      {"true", "true"},
      {"null", "null"},
      {"undefined", "undefined"},
      {"5n", "5n"},
      {"Symbol('s')", "Symbol(s)"},
      {"[]", "[]"},
      {"[1, 'a', null]", "[ 1, 'a', null ]"},
      {"({})", "{}"},
      {"({a: 1, b: 'x'})", "{ a: 1, b: 'x' }"},
      {"({a: {b: {c: {d: 1}}}})", "{ a: { b: { c: [Object] } } }"},
      {"[[[[1]]]]", "[ [ [ [Array] ] ] ]"},
      {"({'a-b': 1, 2: 3, _x9: 4})", "{ '2': 3, 'a-b': 1, _x9: 4 }"},
      {"[undefined, null]", "[ undefined, null ]"},
      {"[, 1, , 2, , ,]", "[ <1 empty item>, 1, <1 empty item>, 2, <2 empty items> ]"},
      {"new Array(3)", "[ <3 empty items> ]"},
      {"Object.create(null)", "[Object: null prototype] {}"},
      {"({__proto__: null, x: 1})", "[Object: null prototype] { x: 1 }"},
      {"new Map([['k', [1]]])", "Map(1) { 'k' => [ 1 ] }"},
      {"new Set()", "Set(0) {}"},
      {"new Set([1, {a: 2}])", "Set(2) { 1, { a: 2 } }"},
      {"new Date(0)", "1970-01-01T00:00:00.000Z"},
      {"new Date(NaN)", "Invalid Date"},
      {"/a\\/b/gi", "/a\\/b/gi"},
      {"new Uint8Array([1, 2])", "Uint8Array(2) [ 1, 2 ]"},
      {"function f() {} f", NULL},
      {"(() => 1)", "[Function (anonymous)]"},
      {"Math.max", "[Function: max]"},
      {"class A {}", NULL},
      {"(class B {})", "[class B]"},
      {"[class C {}]", "[ [class C] ]"},
      {"new (class Foo { x = 1 })()", "Foo { x: 1 }"},
      {"new (class Bar extends Array {})(1, 2, 3)", "Bar(3) [ 1, 2, 3 ]"},
      {"({get a() { return 1 }, set a(v) {}, get b() { return 2 }, set c(v) {}})",
       "{ a: [Getter/Setter], b: [Getter], c: [Setter] }"},
      {"({[Symbol('k')]: 1})", "{ [Symbol(k)]: 1 }"},
      {"({f() {}, g: () => 1})", "{ f: [Function: f], g: [Function: g] }"},
      {"[\"it's\", 'a\"b', 'a\\'\"b', 'x\\ny\\t\\\\']", "[ \"it's\", 'a\"b', `a'\"b`, 'x\\ny\\t\\\\' ]"},
      {"['\\x00\\x1b\\x7f']", "[ '\\x00\\x1B\\x7F' ]"},
      {"['z\\u00fc \\ud83d\\ude00']", "[ 'z\xC3\xBC \xF0\x9F\x98\x80' ]"},
      {"['x'.repeat(50), 'y'.repeat(50)]",
       "[\n  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n  'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'\n]"},
      {"({name: 'some long name here', description: 'and a longer description text', n: 12345})",
       "{\n  name: 'some long name here',\n  description: 'and a longer description text',\n  n: 12345\n}"},
      {"[{a: 1, b: 2}, {a: 3, b: 4}]", "[ { a: 1, b: 2 }, { a: 3, b: 4 } ]"},
      {"new WeakMap()", "WeakMap { <items unknown> }"},
      {"Object.create({a: 1})", "{}"},
      {"new Proxy({a: 1}, {})", "{ a: 1 }"},
      {"new Proxy([1, 2], {get() { throw 1 }})", "[ 1, 2 ]"},
      {"[1e21, 1e-7]", "[ 1e+21, 1e-7 ]"},
      {"[[]]", "[ [] ]"},
      {"({a: undefined})", "{ a: undefined }"},
      {"({'': 1})", "{ '': 1 }"},
      {"Object.freeze({a: 1})", "{ a: 1 }"},
      {"new (class { #p = 1; q = 2 })().q", "2"},
      {"[5n, Symbol.iterator]", "[ 5n, Symbol(Symbol.iterator) ]"},
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    if (!cases[i].want) continue;
    char source[600], want[600];
    snprintf(source, sizeof source, "console.log(%s)", cases[i].source);
    snprintf(want, sizeof want, "log:%s\n", cases[i].want);
    check(cell, source, want);
  }
  cloche_cell_close(cell);
}

static void formats(void) {
  static const shown cases[] = {
      {"console.log()", "log:\n"},
      {"console.log('')", "log:\n"},
      {"console.log('a', 1, {b: 2}, [3], 'c')", "log:a 1 { b: 2 } [ 3 ] c\n"},
      {"console.log('%s is %d years', 'Ann', 42)", "log:Ann is 42 years\n"},
      {"console.log('%i %f', 3.9, '1.5x')", "log:3 1.5\n"},
      {"console.log('%j', {a: [1]})", "log:{\"a\":[1]}\n"},
      {"console.log('100%', 1)", "log:100% 1\n"},
      {"console.log('%%', 1)", "log:% 1\n"},
      {"console.log('%s')", "log:%s\n"},
      {"console.log('%s %s', 'a')", "log:a %s\n"},
      {"console.log('%s', 'a', 'b')", "log:a b\n"},
      {"console.log('%x', 1)", "log:%x 1\n"},
      {"console.log('%c styled', 'color: red')", "log: styled\n"},
      {"console.log('%o', {a: 1})", NULL},
      {"console.log('%O', {a: 1})", "log:{ a: 1 }\n"},
      {"console.log('%d', 5n)", "log:5n\n"},
      {"console.log('%d', '0x10')", "log:16\n"},
      {"console.log('%d', {})", "log:NaN\n"},
      {"console.log('%j', (() => { const o = {}; o.o = o; return o })())", "log:[Circular]\n"},
      {"console.log('a\\nb')", "log:a\nb\n"},
      {"console.log('%')", "log:%\n"},
      {"console.log('%', 1)", "log:% 1\n"},
      {"console.log(1, '%s', 2)", "log:1 %s 2\n"},
      {"console.log(-0, [-0])", "log:-0 [ -0 ]\n"},
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    if (cases[i].want) check(cell, cases[i].source, cases[i].want);
  cloche_cell_close(cell);
}

static void methods(void) {
  static const shown cases[] = {
      {"console.log(1); console.info(2); console.warn(3); console.error(4); console.debug(5)",
       "log:1\ninfo:2\nwarn:3\nerror:4\ndebug:5\n"},
      {"console.group('g'); console.log('in'); console.group(); console.log('deep'); console.groupEnd(); console.groupEnd(); console.log('out')",
       "log:g\nlog:  in\nlog:    deep\nlog:out\n"},
      {"console.assert(1 === 1, 'no'); console.assert(false, 'yes %d', 5); console.assert(false)",
       "error:Assertion failed: yes 5\nerror:Assertion failed\n"},
      {"console.count(); console.count(); console.count('x'); console.countReset(); console.count()",
       "log:default: 1\nlog:default: 2\nlog:x: 1\nlog:default: 1\n"},
      {"console.dir({a: {b: 1}})", "log:{ a: { b: 1 } }\n"},
      {"const {log} = console; log('unbound')", "log:unbound\n"},
      {"console.log.call(null, 1)", "log:1\n"},
      {"[1, 2].forEach(x => console.log(x))", "log:1\nlog:2\n"},
      {"console.groupEnd(); console.groupEnd(); console.log('x')", "log:x\n"},
      {"console.groupCollapsed('c'); console.warn('w')", "log:c\nwarn:  w\n"},
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(cases); i++) check(cell, cases[i].source, cases[i].want);
  ut_eval(cell, "console.time(); console.timeLog(undefined, 'x'); console.timeEnd(); console.timeEnd('none')");
  const char *text = ut_console(cell);
  assert_non_null(strstr(text, "log:default: "));
  assert_non_null(strstr(text, "ms x\n"));
  ut_eval(cell, "function here() { console.trace('t', 1) }\nhere()");
  text = ut_console(cell);
  assert_non_null(strstr(text, "error:Trace: t 1\n"));
  assert_non_null(strstr(text, "here"));
  assert_null(strstr(text, "bootstrap"));
  cloche_cell_close(cell);
}

static void errors_are_shown_with_their_stack(void) {
  cloche_cell *cell = ut_one_shot();
  ut_eval(cell, "function thrower() { return new TypeError('bad') }\nconsole.log(thrower())");
  const char *text = ut_console(cell);
  assert_non_null(strstr(text, "log:TypeError: bad\n"));
  assert_non_null(strstr(text, "thrower"));
  assert_non_null(strstr(text, "main.js:1"));
  assert_null(strstr(text, "bootstrap"));
  ut_eval(cell, "const e = new Error('x'); e.stack = ''; console.log(e, [e])");
  assert_non_null(strstr(ut_console(cell), "log:[Error: x] [ [Error: x] ]"));
  cloche_cell_close(cell);
}

static void circles_and_evil_values(void) {
  cloche_cell *cell = ut_one_shot();
  ut_eval(cell, "const o = {a: 1}; o.self = o; console.log(o)");
  assert_non_null(strstr(ut_console(cell), "[Circular"));
  static const char *const sources[] = {
      "console.log({get x() { throw 1 }})",
      "console.log(new Proxy({}, {ownKeys() { throw 1 }, getPrototypeOf() { throw 2 }}))",
      "const r = Proxy.revocable({}, {}); r.revoke(); console.log(r.proxy, [r.proxy])",
      "console.log({constructor: {name: 5}}, {constructor: null}, Object.create({constructor: 1}))",
      "console.log(new (class { get [Symbol.toStringTag]() { throw 1 } })())",
      "const e = new Error('x'); Object.defineProperty(e, 'name', {get() { throw 1 }}); Object.defineProperty(e, 'message', {get() { throw 1 }}); Object.defineProperty(e, 'stack', {get() { throw 1 }}); console.log(e)",
      "console.log(Object.create(Map.prototype), Object.create(Date.prototype), Object.create(Error.prototype), Object.create(Promise.prototype))",
      "console.log('\\ud800', ['\\ud800'], {'\\ud800': 1})",
      "console.log(Array.from({length: 1000}, (_, i) => i))",
      "console.log('x'.repeat(100000))",
      "let d = []; for (let i = 0; i < 10000; i++) d = [d]; console.log(d)",
      "console.log(new Map(Array.from({length: 500}, (_, i) => [i, i])))",
      "console.log(Object.fromEntries(Array.from({length: 500}, (_, i) => ['k' + i, i])))",
      "console.log(globalThis)",
      "console.log(console, tools)",
      "console.log(new Array(2 ** 32 - 1))",
      "console.log(new Uint8Array(1e6))",
      "function F() {} F.prototype = null; console.log(new F())",
      "console.log((function () { return arguments })(1), new Proxy(class {}, {}), new Proxy(() => 1, {}))",
      "console.log('a\\0b')",
      "console.log({a: 'x'.repeat(20000)})",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_eval(cell, sources[i]);
    if (r.status != CLOCHE_OK) fail_msg("%s: %s", sources[i], r.error_message);
    cloche_event event;
    assert_true(cloche_cell_next_event(cell, &event));
    assert_false(cloche_cell_next_event(cell, &event));
    json_decref(ut_report(cell));
  }
  cloche_cell_close(cell);
}

static void more_items(void) {
  cloche_cell *cell = ut_one_shot();
  ut_eval(cell, "console.log(Array.from({length: 150}, () => 1))");
  assert_non_null(strstr(ut_console(cell), "... 50 more items"));
  ut_eval(cell, "console.log(new Set(Array.from({length: 101}, (_, i) => i)))");
  assert_non_null(strstr(ut_console(cell), "... 1 more item"));
  cloche_cell_close(cell);
}

static void events_come_while_it_runs(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "t", false);
  ut_start(cell, "console.log('one'); await tools.t(); console.warn('two')");
  cloche_event event;
  assert_true(cloche_cell_next_event(cell, &event));
  assert_string_equal(event.type, "log");
  assert_int_equal(event.text_len, 3);
  assert_memory_equal(event.text, "one", 3);
  assert_true(event.time_ms > 1600000000000u);
  assert_false(cloche_cell_next_event(cell, &event));
  ut_resolve(cell, ut_take(cell).id, "1");
  ut_finish(cell);
  assert_true(cloche_cell_next_event(cell, &event));
  assert_string_equal(event.type, "warn");
  assert_false(cloche_cell_next_event(cell, &event));
  assert_string_equal(ut_report_text(cell, "output.0.content"), "one"); /* reading takes nothing from the report */
  ut_value(cell, "1", "1");
  assert_false(cloche_cell_next_event(cell, &event));
  cloche_cell_close(cell);
}

/* A text that was read lives until the next step; the report has all of them at the end. */
static void events_live_until_the_next_step(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "t", false);
  ut_start(
      cell,
      "console.log('the first line'); await tools.t(); for (let i = 0; i < 5000; i++) console.log('more and more and more ' + i)");
  cloche_event first, last = {0};
  assert_true(cloche_cell_next_event(cell, &first));
  ut_resolve(cell, ut_take(cell).id, "1");
  assert_int_equal(first.text_len, 14);
  assert_memory_equal(first.text, "the first line", 14);
  ut_finish(cell);
  for (cloche_event event; cloche_cell_next_event(cell, &event);) last = event;
  assert_memory_equal(last.text, "more and more and more 4999", 27);
  cloche_cell_close(cell);
}

static size_t count_events(cloche_cell *cell, size_t *bytes) {
  size_t n = 0;
  *bytes = 0;
  for (cloche_event event; cloche_cell_next_event(cell, &event); n++) *bytes += event.text_len;
  return n;
}

static void limits(void) {
  cloche_limits l = ut_limits();
  size_t bytes;
  l.console_lines = 5;
  cloche_cell *cell = ut_limited(&l, false);
  ut_value(cell, "for (let i = 0; i < 100; i++) console.log(i); 'went on'", "\"went on\"");
  assert_true(count_events(cell, &bytes) == 6); /* and the marker */
  assert_string_equal(ut_report_text(cell, "output.5.truncated"), "true");
  assert_string_equal(ut_report_text(cell, "metrics.console_dropped"), "95");
  assert_string_equal(ut_report_text(cell, "metrics.limits.console_limit"), "95");
  assert_string_equal(ut_report_text(cell, "status"), "ok");
  ut_value(cell, "for (let i = 0; i < 5; i++) console.log(i); 1", "1"); /* exactly as many */
  assert_int_equal(count_events(cell, &bytes), 5);
  assert_string_equal(ut_report_text(cell, "metrics.limits"), "{}");
  cloche_cell_close(cell);
  l = ut_limits();
  l.console_bytes = 100;
  cell = ut_limited(&l, false);
  ut_value(cell, "console.log('x'.repeat(60)); console.log('y'.repeat(60)); console.log('z'); 1", "1");
  cloche_event event;
  assert_true(cloche_cell_next_event(cell, &event) && event.text_len == 60);
  assert_true(cloche_cell_next_event(cell, &event) && event.text_len == 40);
  assert_true(cloche_cell_next_event(cell, &event) && memmem(event.text, event.text_len, "truncated", 9));
  assert_false(cloche_cell_next_event(cell, &event));
  ut_value(cell, "console.log('\\u20ac'.repeat(50)); 1", "1"); /* is cut between characters */
  assert_true(cloche_cell_next_event(cell, &event) && event.text_len == 99);
  json_decref(ut_report(cell));
  cloche_cell_close(cell);
  l = ut_limits();
  l.console_bytes = 0;
  cell = ut_limited(&l, false);
  ut_value(cell, "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); 1", "1");
  (void)count_events(cell, &bytes);
  assert_true(bytes < 200);
  cloche_cell_close(cell);
  l = ut_limits();
  l.console_lines = 0;
  cell = ut_limited(&l, false);
  ut_value(cell, "console.log(1); 1", "1");
  assert_true(count_events(cell, &bytes) <= 1);
  cloche_cell_close(cell);
  l = ut_limits();
  l.console_per_second = 3;
  cell = ut_limited(&l, false);
  ut_value(cell, "for (let i = 0; i < 50; i++) console.log(i); 1", "1");
  size_t n = count_events(cell, &bytes);
  assert_true(n >= 4 && n < 20);
  cloche_cell_close(cell);
}

/* Text that is not UTF-8 in the guest's memory leaves it as UTF-8. */
static void text_is_utf8(void) {
  cloche_cell *cell = ut_one_shot();
  ut_eval(cell, "console.log('a\\ud800b\\udfffc')");
  cloche_event event;
  assert_true(cloche_cell_next_event(cell, &event));
  char text[100];
  snprintf(text, sizeof text, "%.*s", (int)event.text_len, event.text);
  json_t *string = json_stringn(event.text, event.text_len); /* NULL for what is not UTF-8 */
  assert_non_null(string);
  json_decref(string);
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(values),
      UT(formats),
      UT(methods),
      UT(errors_are_shown_with_their_stack),
      UT(circles_and_evil_values),
      UT(more_items),
      UT(events_come_while_it_runs),
      UT(events_live_until_the_next_step),
      UT(limits),
      UT(text_is_utf8),
  };
  return UT_RUN("console", tests);
}
