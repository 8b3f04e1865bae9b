/* What goes in and comes out beside value and console: the context, displays, progress; and rejections that nobody
 * handles. */
#include "unit.h"

#include <sodium.h>

static void set_context(cloche_cell *cell, const char *json) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_context(cell, json, strlen(json), &err) != CLOCHE_OK) fail_msg("%s: %s", json, err.message);
}

/* ---- context */

static void context_values(void) {
  static const char *const texts[] = {
      "{\"a\":1}",
      "[1,[2,{\"b\":null}]]",
      "\"text\"",
      "5",
      "-0.5",
      "true",
      "null",
      "{}",
      "[]",
      "\"\"",
      "{\"\":{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}}",
      "\"\\u0000\\n\\\"\"",
      "{\"then\":1,\"toJSON\":2,\"constructor\":3}",
  };
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    ut_value(cell, "JSON.stringify(context)", "\"{}\"");
    for (size_t i = 0; i < UT_COUNT(texts); i++) {
      set_context(cell, texts[i]);
      for (int again = 0; again < 2; again++) {
        cloche_result r = ut_ends(cell, "JSON.stringify(context)", CLOCHE_OK);
        json_t *got = json_loads(r.value, JSON_DECODE_ANY, NULL),
               *want = json_loads(texts[i], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        json_t *inner = json_loads(json_string_value(got), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(inner);
        if (!json_equal(inner, want)) fail_msg("%s, not %s", json_string_value(got), texts[i]);
        json_decref(inner);
        json_decref(want);
        json_decref(got);
      }
    }
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(cloche_cell_context(cell, NULL, 0, &err), CLOCHE_OK);
    ut_value(cell, "context", "{}");
    cloche_cell_close(cell);
  }
}

static void context_is_frozen_deeply(void) {
  cloche_cell *cell = ut_one_shot();
  static const char *const attempts[] = {
      "context.x = 1",
      "context.a = 1",
      "delete context.a",
      "context.a.b.push(3)",
      "context.a.b.length = 0",
      "context.a.b[1].c = 5",
      "context.a.b[1].d = 5",
      "Object.defineProperty(context.a, 'z', {value: 1})",
      "Object.setPrototypeOf(context, null)",
      "Object.setPrototypeOf(context.a.b, null)",
      "context.a.b.reverse()",
  };
  set_context(cell, "{\"a\":{\"b\":[2,{\"c\":[]}]}}");
  for (size_t i = 0; i < UT_COUNT(attempts); i++) {
    char source[300];
    snprintf(source, sizeof source,
             "'use strict'; let e; try { %s } catch (x) { e = x.name } [e, JSON.stringify(context)]", attempts[i]);
    ut_value(cell, source, "[\"TypeError\",\"{\\\"a\\\":{\\\"b\\\":[2,{\\\"c\\\":[]}]}}\"]");
  }
  ut_value(
      cell,
      "const all = (o) => typeof o !== 'object' || Object.isFrozen(o) && Object.values(o).every(all); all(context)",
      "true");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_context(cell, "", 0, &err), CLOCHE_OK);
  ut_value(cell, "Object.isFrozen(context)", "true");
  cloche_cell_close(cell);
}

/* A key "__proto__" of JSON is a property as any other. */
static void context_keys_are_data(void) {
  cloche_cell *cell = ut_one_shot();
  set_context(cell, "{\"__proto__\":{\"polluted\":1},\"a\":{\"__proto__\":null}}");
  ut_value(
      cell,
      "[context.polluted === undefined, ({}).polluted === undefined, Object.keys(context), Object.getPrototypeOf(context) === Object.prototype]",
      "[true,true,[\"__proto__\",\"a\"],true]");
  cloche_cell_close(cell);
}

static void context_is_replaced_between_runs(void) {
  cloche_cell *cell = ut_session();
  set_context(cell, "{\"n\":1}");
  ut_value(cell, "var first = context; context.n", "1");
  ut_value(cell, "context === first", "true"); /* told once */
  set_context(cell, "{\"n\":2}");
  ut_value(cell, "[context.n, first.n, context === first]", "[2,1,false]");
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "context.n", "2");
  set_context(copy, "{\"n\":3}");
  ut_value(copy, "context.n", "3");
  ut_value(cell, "context.n", "2");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  ut_value(cell, "[context.n, typeof first]", "[2,\"undefined\"]"); /* it survives a reset */
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

/* A killed run that was the first to see a context does not take it away with it. */
static void context_outlives_a_killed_run(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "hold", false);
  set_context(cell, "{\"n\":1}");
  for (int i = 0; i < 2; i++) {
    assert_int_equal(ut_start(cell, "context = 'mine'; await tools.hold()"), CLOCHE_WAITING);
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(cloche_cell_context(cell, "2", 1, &err), CLOCHE_INVALID_STATE);
    cloche_cell_interrupt(cell);
    assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
    ut_value(cell, "context", "{\"n\":1}");
  }
  cloche_cell_close(cell);
}

static void bad_contexts_are_refused(void) {
  static const char *const bad[] = {"{",        "{a:1}",    "undefined", "NaN",    "1 2", "{\"a\":1,}", "'x'", "[1",
                                    "\"\x01\"", "\"\xFF\"", " ",         "//c\n1", "01",  "+1",         ".5",  "nul"};
  cloche_cell *cell = ut_one_shot();
  cloche_error err = CLOCHE_ERROR_INIT;
  set_context(cell, "{\"good\":1}");
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    if (cloche_cell_context(cell, bad[i], strlen(bad[i]), &err) != CLOCHE_INVALID_ARGUMENT)
      fail_msg("taken: %s", bad[i]);
    assert_non_null(strstr(err.message, "JSON"));
  }
  ut_value(cell, "context", "{\"good\":1}"); /* the old one stays */
  cloche_cell_close(cell);
}

static void contexts_are_limited(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 8 << 20;
  cloche_cell *cell = ut_limited(&limits, false);
  cloche_error err = CLOCHE_ERROR_INIT;
  size_t most = 2 << 20; /* a quarter of it */
  char *json = malloc(most + 1);
  assert_non_null(json);
  memset(json, 'x', most + 1);
  json[0] = json[most] = '"';
  assert_int_equal(cloche_cell_context(cell, json, most + 1, &err), CLOCHE_INVALID_ARGUMENT);
  assert_non_null(strstr(err.message, "memory"));
  ut_value(cell, "context", "{}");
  json[most - 1] = '"';
  assert_int_equal(cloche_cell_context(cell, json, most, &err), CLOCHE_OK);
  ut_value(cell, "context.length", "2097150");
  free(json);
  cloche_cell_close(cell);
}

/* The text is copied, and told by its length. */
static void context_is_copied(void) {
  cloche_cell *cell = ut_one_shot();
  char json[] = "[1,2]garbage";
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_context(cell, json, 5, &err), CLOCHE_OK);
  memset(json, '9', sizeof json);
  ut_value(cell, "context", "[1,2]");
  cloche_cell_close(cell);
}

/* A context that the guest has no room for ends the run: none may start without what it was given. */
static void large_contexts_are_held_to_memory(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 8 << 20;
  cloche_cell *cell = ut_limited(&limits, false);
  size_t size = 2 << 20; /* as an array it is larger than the memory */
  char *json = malloc(size);
  assert_non_null(json);
  for (size_t i = 0; i + 1 < size; i += 2) memcpy(json + i, "1,", 2);
  json[0] = '[';
  json[1] = ' ';
  json[size - 1] = ']';
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_context(cell, json, size, &err), CLOCHE_OK);
  ut_ends(cell, "context.length", CLOCHE_MEMORY_LIMIT);
  assert_int_equal(cloche_cell_context(cell, "5", 1, &err), CLOCHE_OK);
  ut_value(cell, "context", "5");
  free(json);
  cloche_cell_close(cell);
}

/* ---- display and progress */

/* All events of the run, a line each: "type|mime|b64|text\n". */
static const char *events(cloche_cell *cell) {
  static char text[65536];
  size_t len = 0;
  text[0] = 0;
  for (cloche_event e; cloche_cell_next_event(cell, &e) && len < sizeof text;)
    len += (size_t)snprintf(text + len, sizeof text - len, "%s|%s|%s|%.*s\n", e.type, e.mime ? e.mime : "",
                            e.base64 ? "b64" : "", (int)e.text_len, e.text);
  return text;
}

/* The same, as the report has it. */
static const char *output(cloche_cell *cell) {
  static char text[65536];
  size_t len = 0, i;
  json_t *report = ut_report(cell), *item;
  text[0] = 0;
  json_array_foreach(json_object_get(report, "output"), i, item) {
    const json_t *mime = json_object_get(item, "mime"), *content = json_object_get(item, "content");
    assert_true(json_is_integer(json_object_get(item, "timestamp")));
    len += (size_t)snprintf(text + len, sizeof text - len, "%s|%s|%s|%.*s\n",
                            json_string_value(json_object_get(item, "type")), mime ? json_string_value(mime) : "",
                            json_is_true(json_object_get(item, "base64")) ? "b64" : "",
                            (int)json_string_length(content), json_string_value(content));
    assert_true(len < sizeof text);
  }
  json_decref(report);
  return text;
}

typedef struct {
  const char *source, *want;
} shown;

static void check_shown(const shown *cases, size_t count) {
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < count; i++) {
    cloche_result r = ut_eval(cell, cases[i].source);
    if (r.status != CLOCHE_OK) fail_msg("%s: %s: %s", cases[i].source, r.error_name, r.error_message);
    const char *got = events(cell);
    if (strcmp(got, cases[i].want) != 0) fail_msg("%s\nwanted %s   got %s", cases[i].source, cases[i].want, got);
    assert_string_equal(output(cell), got);
  }
  cloche_cell_close(cell);
}

#define TABLE "display|application/vnd.cloche.table+json||"

static void types_of_displays(void) {
  static const shown cases[] = {
      {"display('t')", "display|text/plain||t\n"},
      {"display('')", "display|text/plain||\n"},
      {"display('\\u{1F600} \xC3\xA9')", "display|text/plain||\xF0\x9F\x98\x80 \xC3\xA9\n"},
      {"display('# x', 'text/markdown')", "display|text/markdown||# x\n"},
      {"display('# x', 'markdown'); display('# y', 'md')", "display|text/markdown||# x\ndisplay|text/markdown||# y\n"},
      {"display('<b>', 'html')", "display|text/html||<b>\n"},
      {"display('<svg/>', 'svg')", "display|image/svg+xml||<svg/>\n"},
      {"display('a,b', 'csv')", "display|text/csv||a,b\n"},
      {"display('x', 'text/html; charset=utf-8')", "display|text/html; charset=utf-8||x\n"},
      {"display({a: [1, null]})", "display|application/json||{\"a\":[1,null]}\n"},
      {"display([1, 'a'])", "display|application/json||[1,\"a\"]\n"},
      {"display([])", "display|application/json||[]\n"},
      {"display({})", "display|application/json||{}\n"},
      {"display({a: undefined, f() {}})", "display|application/json||{}\n"},
      {"display(Object.create(null))", "display|application/json||{}\n"},
      {"display('{\"a\": 1}', 'application/json')", "display|application/json||{\"a\": 1}\n"},
      {"display('[1]', 'json')", "display|application/json||[1]\n"},
      {"display({a: 1}, 'application/vnd.x+json')", "display|application/vnd.x+json||{\"a\":1}\n"},
      {"display(5); display(null); display(undefined); display(true)",
       "display|text/plain||5\ndisplay|text/plain||null\ndisplay|text/plain||undefined\ndisplay|text/plain||true\n"},
      {"display(new Map([[1, 2]]))", "display|text/plain||Map(1) { 1 => 2 }\n"},
      {"display({a: 1}, 'text/plain')", "display|text/plain||{ a: 1 }\n"},
      {"display({$schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar'})",
       "display|application/vnd.vegalite.v5+json||{\"$schema\":\"https://vega.github.io/schema/vega-lite/v5.json\",\"mark\":\"bar\"}\n"},
      {"display({$schema: 'https://vega.github.io/schema/vega/v5.json'})",
       "display|application/vnd.vega.v5+json||{\"$schema\":\"https://vega.github.io/schema/vega/v5.json\"}\n"},
      {"display({mark: 'bar'}, 'vega-lite')", "display|application/vnd.vegalite.v5+json||{\"mark\":\"bar\"}\n"},
      {"display({$schema: 'https://other/vega'}); display({$schema: 5})",
       "display|application/json||{\"$schema\":\"https://other/vega\"}\ndisplay|application/json||{\"$schema\":5}\n"},
      {"display([{a: 1, b: 'x'}, {b: 2, c: null}])",
       TABLE "{\"columns\":[\"a\",\"b\",\"c\"],\"rows\":[[1,\"x\",null],[null,2,null]]}\n"},
      {"display([{a: undefined, b: {c: 1}}])", TABLE "{\"columns\":[\"a\",\"b\"],\"rows\":[[null,{\"c\":1}]]}\n"},
      {"display([{'a\"b': '\"'}], 'table')", TABLE "{\"columns\":[\"a\\\"b\"],\"rows\":[[\"\\\"\"]]}\n"},
      {"display([{a: 1}], 'json')", "display|application/json||[{\"a\":1}]\n"},
      {"display([{a: 1}, [1]])", "display|application/json||[{\"a\":1},[1]]\n"},
      {"display({toJSON() { return 7 }})", "display|application/json||7\n"},
      {"Object.prototype.toJSON = () => 'evil'; display({a: [{b: 1}]})",
       "display|application/json||{\"a\":[{\"b\":1}]}\n"},
      {"Array.prototype.push = JSON.stringify = Array.prototype.join = null; Map.prototype.set = () => { throw 1 }; display([{a: 1}])",
       TABLE "{\"columns\":[\"a\"],\"rows\":[[1]]}\n"},
      {"console.log('a'); display('b'); progress(1); console.warn('c')",
       "log|||a\ndisplay|text/plain||b\nprogress|||{\"value\":1}\nwarn|||c\n"},
      {"await null; display('later'); setTimeout(() => display('timer'), 1); await new Promise(r => setTimeout(r, 5))",
       "display|text/plain||later\ndisplay|text/plain||timer\n"},
      {"typeof display('x')", "display|text/plain||x\n"},
  };
  check_shown(cases, UT_COUNT(cases));
  ut_value_of("[typeof display('x'), typeof progress(1)]", "[\"undefined\",\"undefined\"]");
}

static void bytes_are_displayed_in_base64(void) {
  static const shown cases[] = {
      {"display(new Uint8Array([1, 2, 3]))", "display|application/octet-stream|b64|AQID\n"},
      {"display(new Uint8Array([1, 2, 3]), 'png')", "display|image/png|b64|AQID\n"},
      {"display(new Uint8Array([1, 2, 3]), 'audio/wav')", "display|audio/wav|b64|AQID\n"},
      {"display(new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10, 0]))", "display|image/png|b64|iVBORw0KGgoA\n"},
      {"display(new Uint8Array([0xFF, 0xD8, 0xFF, 0xE0]))", "display|image/jpeg|b64|/9j/4A==\n"},
      {"display(new Uint8Array([71, 73, 70, 56, 57, 97]))", "display|image/gif|b64|R0lGODlh\n"},
      {"display(new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3))", "display|application/octet-stream|b64|AgM=\n"},
      {"display(new Uint16Array([258]))", "display|application/octet-stream|b64|AgE=\n"},
      {"display(new Uint8Array([9, 8]).buffer)", "display|application/octet-stream|b64|CQg=\n"},
      {"display(new DataView(new Uint8Array([1, 2, 3]).buffer, 1))", "display|application/octet-stream|b64|AgM=\n"},
      {"display(new Uint8Array())", "display|application/octet-stream|b64|\n"},
  };
  check_shown(cases, UT_COUNT(cases));
}

static void webp_is_known(void) {
  static const shown cases[] = {
      {"display(new Uint8Array([82, 73, 70, 70, 49, 50, 51, 52, 87, 69, 66, 80, 86, 80, 56, 32]))",
       "display|image/webp|b64|UklGRjEyMzRXRUJQVlA4IA==\n"},
      {"display(new Uint8Array([82, 73, 70, 70, 49, 50, 51, 52, 87, 65, 86, 69, 102, 109, 116, 32]))",
       "display|application/octet-stream|b64|UklGRjEyMzRXQVZFZm10IA==\n"},
  };
  check_shown(cases, UT_COUNT(cases));
}

/* JSON is checked by whatever name it goes, and what is no media type is refused. */
static void media_types_are_what_they_say(void) {
  static const char *const refused[] = {"display('not json', 'application/JSON')",
                                        "display('not json', 'application/json; charset=utf-8')",
                                        "display('not json', 'application/geo+json')",
                                        "display('x', 'text/html \\' onload=1')",
                                        "display('x', 'nonsense')",
                                        "display('x', '/html')",
                                        "display('x', 'text/')",
                                        "display('x', 'text/h\u00e4')"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(refused); i++) {
    char source[200];
    snprintf(source, sizeof source, "try { %s; 'shown' } catch (e) { e.code }", refused[i]);
    ut_value(cell, source, "\"invalid_argument\"");
  }
  ut_value(cell, "display('{}', 'application/JSON'); display('x', 'text/plain; charset=utf-8'); 1", "1");
  cloche_cell_close(cell);
}

/* All bytes arrive as they were. */
static void displayed_bytes_are_whole(void) {
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "display(Uint8Array.from({length: 70001}, (_, i) => i * 7 % 256))", CLOCHE_OK);
  cloche_event e;
  assert_true(cloche_cell_next_event(cell, &e));
  assert_true(e.base64);
  unsigned char *bytes = malloc(80000);
  size_t len = 0;
  assert_non_null(bytes);
  assert_int_equal(
      sodium_base642bin(bytes, 80000, e.text, e.text_len, NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
  assert_int_equal(len, 70001);
  for (size_t i = 0; i < len; i++)
    if (bytes[i] != i * 7 % 256) fail_msg("byte %zu", i);
  assert_false(cloche_cell_next_event(cell, &e));
  free(bytes);
  cloche_cell_close(cell);
}

static void bad_displays_are_refused(void) {
  static const char *const calls[] = {
      "display('x', 'notatype')",
      "display('x', '')",
      "display('x', 'a/')",
      "display('x', '/b')",
      "display('x', 'a/b\\n')",
      "display('x', 'a/b\\0')",
      "display('x', '\\u00e9/b')",
      "display('x', 'text/html; charset=\"x\"')",
      "display('x', 'a/<b>')",
      "display('x', 'a/' + 'b'.repeat(200))",
      "display('x', {})",
      "display('x', null)",
      "display('{bad', 'application/json')",
      "display('', 'application/json')",
      "display('{} {}', 'json')",
      "display('{bad', 'application/vnd.foo+json')",
      "display('x', 'table')",
      "display([1], 'table')",
      "display([], 'table')",
      "display('{bad', 'vega-lite')",
      "display({a: 1n})",
      "display({get a() { throw new Error('getter') }})",
      "display('x', Symbol())",
      "display(undefined, 'json')",
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(calls); i++) {
    char source[300];
    snprintf(source, sizeof source, "let e; try { %s } catch (x) { e = x } [e instanceof Error, e?.message !== '']",
             calls[i]);
    cloche_result r = ut_eval(cell, source);
    if (r.status != CLOCHE_OK || strcmp(r.value, "[true,true]") != 0) fail_msg("taken: %s", calls[i]);
    assert_string_equal(events(cell), "");
    assert_string_equal(output(cell), "");
  }
  cloche_result r = ut_ends(cell, "\n  display('x', 'nope')", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(r.line, 2);
  cloche_cell_close(cell);
}

static void progress_events(void) {
  static const shown cases[] = {
      {"progress(0.5)", "progress|||{\"value\":0.5}\n"},
      {"progress(1, 'done')", "progress|||{\"value\":1,\"message\":\"done\"}\n"},
      {"progress()", "progress|||{\"value\":null}\n"},
      {"progress(NaN); progress(Infinity); progress(null)",
       "progress|||{\"value\":null}\nprogress|||{\"value\":null}\nprogress|||{\"value\":null}\n"},
      {"progress('3'); progress(2, 5)", "progress|||{\"value\":3}\nprogress|||{\"value\":2,\"message\":\"5\"}\n"},
      {"progress(0, '\"\\n\xC3\xA9')", "progress|||{\"value\":0,\"message\":\"\\\"\\n\xC3\xA9\"}\n"},
      {"progress(1e21, '')", "progress|||{\"value\":1e+21,\"message\":\"\"}\n"},
      {"for (let i = 0; i < 3; i++) { progress(i / 2); await null }",
       "progress|||{\"value\":0}\nprogress|||{\"value\":0.5}\nprogress|||{\"value\":1}\n"},
  };
  check_shown(cases, UT_COUNT(cases));
  /* what is not well formed, and a guest that has taken JSON over, cannot break the JSON */
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "progress(1, '\\ud800'); JSON.stringify = () => '}{'; progress(2, 'x')", CLOCHE_OK);
  assert_string_equal(events(cell),
                      "progress|||{\"value\":1,\"message\":\"\\ud800\"}\n"
                      "progress|||{\"value\":2,\"message\":\"x\"}\n");
  json_decref(ut_report(cell));
  cloche_cell_close(cell);
}

static void displays_are_limited(void) {
  cloche_limits limits = ut_limits();
  limits.display_bytes = 100;
  cloche_cell *cell = ut_limited(&limits, false);
  cloche_result r = ut_ends(cell, "display('x'.repeat(60)); display('y'.repeat(60)); 1", CLOCHE_DISPLAY_LIMIT);
  assert_non_null(strstr(r.error_message, "display"));
  assert_string_equal(ut_report_text(cell, "status"), "limit");
  assert_string_equal(ut_report_text(cell, "error.code"), "display_limit");
  assert_int_equal(strlen(events(cell)), strlen("display|text/plain||\n") + 60); /* what fitted is there */
  /* it can be caught, is counted, and the run goes on; what fits still goes through */
  ut_value(
      cell,
      "const r = []; for (const n of [60, 60, 41, 40, 1]) { try { display('x'.repeat(n)); r.push(n) } catch (e) { r.push(e.code) } } r",
      "[60,\"display_limit\",\"display_limit\",40,\"display_limit\"]");
  assert_string_equal(ut_report_text(cell, "metrics.limits.display_limit"), "3");
  assert_string_equal(ut_report_text(cell, "status"), "ok");
  ut_value(cell, "display('x'.repeat(100)); 1", "1"); /* for each run anew */
  ut_value(cell, "try { display(new Uint8Array(80)) } catch (e) { e.code }", "\"display_limit\"");    /* as base64 */
  ut_value(cell, "try { display('\xC3\xA9'.repeat(51)) } catch (e) { e.code }", "\"display_limit\""); /* bytes */
  cloche_cell_close(cell);
  limits.display_bytes = 0;
  cell = ut_limited(&limits, false);
  ut_value(cell, "try { display('x') } catch (e) { e.code }", "\"display_limit\"");
  ut_value(cell, "display(''); console.log('x'.repeat(1000)); progress(1)", NULL);
  cloche_cell_close(cell);
}

/* A guest cannot pass for the limit. */
static void display_limits_cannot_be_forged(void) {
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "throw Object.assign(new Error('x'), {code: 'display_limit'})", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(ut_report_text(cell, "error.code"), "uncaught_error");
  cloche_cell_close(cell);
}

/* A nest that has no end is refused, not run into the ground. */
static void endless_displays(void) {
  cloche_cell *cell = ut_one_shot();
  static const char *const sources[] = {"const o = {}; o.o = o; display(o)", "let a = []; a[0] = a; display(a)",
                                        "const r = {}; r.r = [r]; display([r])",
                                        "let d = {}; for (let i = 0; i < 1e5; i++) d = {d}; display(d)"};
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_eval(cell, sources[i]);
    if (r.status == CLOCHE_OK || r.status == CLOCHE_WALL_TIME_LIMIT || r.status == CLOCHE_TRAP)
      fail_msg("%s: %s", sources[i], cloche_status_describe(r.status).name);
    assert_string_equal(events(cell), "");
  }
  cloche_cell_close(cell);
}

static void floods_of_events(void) {
  cloche_limits limits = ut_limits();
  limits.console_lines = 10;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_value(cell, "for (let i = 0; i < 1000; i++) { progress(i); display('d'); } 1", "1");
  json_t *report = ut_report(cell);
  json_t *list = json_object_get(report, "output");
  assert_int_equal(json_array_size(list), 11);
  assert_true(json_is_true(json_object_get(json_array_get(list, 10), "truncated")));
  json_decref(report);
  int count = 0;
  for (cloche_event e; cloche_cell_next_event(cell, &e);) count++;
  assert_int_equal(count, 11);
  cloche_cell_close(cell);
  limits = ut_limits();
  limits.console_bytes = 200;
  cell = ut_limited(&limits, false);
  ut_value(cell, "for (let i = 0; i < 100; i++) progress(i, 'message'); 1", "1");
  assert_true(strtoul(ut_report_text(cell, "metrics.console_bytes"), NULL, 10) <= 200);
  cloche_cell_close(cell);
}

static void events_arrive_while_the_run_goes_on(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "hold", false);
  assert_int_equal(ut_start(cell, "display('one', 'html'); progress(0.1); await tools.hold(); display([1]); 'end'"),
                   CLOCHE_WAITING);
  assert_string_equal(events(cell), "display|text/html||one\nprogress|||{\"value\":0.1}\n");
  assert_string_equal(events(cell), "");
  ut_resolve(cell, ut_take(cell).id, "1");
  ut_finish_value(cell, "\"end\"");
  assert_string_equal(events(cell), "display|application/json||[1]\n");
  assert_string_equal(output(cell),
                      "display|text/html||one\nprogress|||{\"value\":0.1}\ndisplay|application/json||[1]\n");
  ut_value(cell, "1", "1"); /* the next run has none of them */
  assert_string_equal(output(cell), "");
  cloche_cell_close(cell);
}

static void a_killed_run_keeps_its_events(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 40 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, true);
  ut_ends(cell, "display('seen'); progress(0.3, 'm'); for (;;);", CLOCHE_WALL_TIME_LIMIT);
  assert_string_equal(output(cell), "display|text/plain||seen\nprogress|||{\"value\":0.3,\"message\":\"m\"}\n");
  cloche_cell_close(cell);
}

/* ---- rejections that nobody handles */

static void unhandled_rejections_end_the_run(void) {
  static const struct {
    const char *source, *name, *message;
    uint32_t line;
  } cases[] = {
      {"Promise.reject(new Error('u')); 5", "Error", "u", 1},
      {"\nPromise.reject(new TypeError('t'))\n5", "TypeError", "t", 2},
      {"async function f() {\n  throw new RangeError('r') }\nf(); await 1; 3", "RangeError", "r", 2},
      {"new Promise((_, no) => no(new Error('n'))); 2", "Error", "n", 1},
      {"Promise.resolve().then(() => {\n\n throw new Error('job') }); await 1; await 1; await 1; 1", "Error", "job", 3},
      {"setTimeout(() => { Promise.reject(new Error('late')) }, 1); await new Promise(r => setTimeout(r, 10))", "Error",
       "late", 1},
      {"Promise.reject(new Error('f')).finally(() => 0); await 1; await 1; 1", "Error", "f", 1},
      {"Promise.reject(new Error('c')).then(() => 0); await 1; await 1; 1", "Error", "c", 1},
      {"Promise.all([Promise.reject(new Error('all'))]); await 1; await 1; await 1; 1", "Error", "all", 1},
      {"Promise.reject(new Error('first')); Promise.reject(new Error('second')); 1", "Error", "first", 1},
      {"const p = Promise.reject(new Error('wait')); await new Promise(() => {})", "Error", "wait", 1},
      {"Promise.reject(new Error('ret')); return 3", "Error", "ret", 1},
      {"Promise.reject('text'); 1", NULL, "text", 0},
      {"Promise.reject(); 1", NULL, "undefined", 0},
      {"Promise.reject({a: 1}); 1", NULL, "a: 1", 0},
      {"Promise.reject(null); 1", NULL, "null", 0},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_one_shot();
    cloche_result r = ut_ends(cell, cases[i].source, CLOCHE_UNCAUGHT_ERROR);
    if (cases[i].name) assert_string_equal(r.error_name, cases[i].name);
    if (!strstr(r.error_message, cases[i].message)) fail_msg("%s: %s", cases[i].source, r.error_message);
    if (r.line != cases[i].line) fail_msg("%s: line %u", cases[i].source, r.line);
    assert_null(r.value);
    assert_string_equal(ut_report_text(cell, "error.code"), "uncaught_error");
    assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "true");
    cloche_cell_close(cell);
  }
}

static void handled_rejections_are_nobodys_business(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"const p = Promise.reject(1); p.catch(() => 0); 6", "6"},
      {"const p = Promise.reject(1); try { await p } catch (e) { e + 1 }", "2"},
      {"const p = Promise.reject(1); await null; await null; p.catch(() => 0); 6", "6"},
      {"const p = Promise.reject(1); setTimeout(() => p.catch(() => 0), 3); await new Promise(r => setTimeout(r, 8)); 6",
       "6"},
      {"Promise.allSettled([Promise.reject(1)]).then(l => l.length)", "1"},
      {"Promise.any([Promise.reject(1), 2])", "2"},
      {"Promise.race([2, Promise.reject(1)])", "2"},
      {"const l = [1, 2].map(async x => { if (x > 1) throw x; return x }); const r = []; for (const p of l) { try { r.push(await p) } catch (e) { r.push(-e) } } r",
       "[1,-2]"},
      {"Promise.reject(1).finally(() => 0).catch(e => e)", "1"},
      {"const p = new Promise((_, no) => setTimeout(no, 2, 5)); p.then(() => 0, () => 0); await new Promise(r => setTimeout(r, 6)); 7",
       "7"},
      {"new Promise((_, no) => globalThis.no = no); no; 3", "3"},
      {"const never = new Promise((_, no) => setTimeout(no, 1e6)); 3", "3"}, /* has not happened when the run ends */
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_one_shot();
    ut_value(cell, cases[i].source, cases[i].want);
    assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "");
    cloche_cell_close(cell);
  }
}

/* An error that is thrown is the one that counts, and is none of the rejections. */
static void thrown_errors_come_first(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "Promise.reject(new Error('a')); throw new Error('b')", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "b");
  assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "");
  r = ut_ends(cell, "Promise.reject(new Error('a'))", CLOCHE_UNCAUGHT_ERROR); /* the value of the run itself */
  assert_string_equal(r.error_message, "a");
  assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "");
  cloche_cell_close(cell);
}

static void the_next_run_of_a_session_is_clean(void) {
  cloche_cell *cell = ut_session();
  cloche_result r = ut_ends(cell, "var a = 1; Promise.reject(new Error('u')); a", CLOCHE_UNCAUGHT_ERROR);
  assert_false(r.rolled_back);
  ut_value(cell, "a", "1");
  assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "");
  ut_ends(cell, "globalThis.kept = Promise.reject(1); 1", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "kept.catch(e => e + 1)", "2"); /* somebody handles it after all */
  ut_value(cell, "3", "3");
  /* a promise of an earlier run that is rejected now is this run's */
  ut_value(cell, "globalThis.late = new Promise((_, no) => globalThis.no = no); 1", "1");
  ut_ends(cell, "no(new Error('z')); 2", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "globalThis.fine = new Promise((_, no) => globalThis.no = no); fine.catch(() => 0); 1", "1");
  ut_value(cell, "no(1); 5", "5");
  /* one of a killed run is gone with it */
  ut_tool(cell, "hold", false);
  assert_int_equal(ut_start(cell, "Promise.reject(new Error('killed')); await tools.hold()"), CLOCHE_WAITING);
  cloche_cell_interrupt(cell);
  assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
  ut_value(cell, "6", "6");
  cloche_cell_close(cell);
}

static void thousands_of_rejections(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r =
      ut_ends(cell, "for (let i = 0; i < 5000; i++) Promise.reject(new Error('n' + i)); 1", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "n0");
  ut_value(
      cell,
      "const l = []; for (let i = 0; i < 5000; i++) l.push(Promise.reject(i)); for (const p of l) p.catch(() => 0); 1",
      "1");
  ut_value(
      cell,
      "const l = []; for (let i = 0; i < 5000; i++) l.push(Promise.reject(i)); while (l.length) l.pop().catch(() => 0); 1",
      "1");
  /* those that are too many to remember are not forgotten */
  ut_ends(
      cell,
      "const l = []; for (let i = 0; i < 5000; i++) l.push(Promise.reject(i)); for (let i = 0; i < 3000; i++) l[i].catch(() => 0); 1",
      CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "true");
  ut_ends(
      cell,
      "const l = []; for (let i = 0; i < 5000; i++) l.push(Promise.reject(i)); for (let i = 1; i < 5000; i++) l[i].catch(() => 0); 1",
      CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
  cell = ut_session();
  for (int i = 0; i < 20; i++) {
    ut_ends(cell, "for (let i = 0; i < 3000; i++) Promise.reject(i); 1", CLOCHE_UNCAUGHT_ERROR);
    ut_value(cell, "1", "1");
  }
  cloche_cell_close(cell);
}

/* Reasons that are strange do no harm. */
static void evil_rejections(void) {
  static const char *const sources[] = {
      "Promise.reject(new Proxy({}, {get() { throw 1 }})); 1",
      "Promise.reject({get message() { throw 1 }, get stack() { for (;;) throw 2 }}); 1",
      "Promise.reject(Symbol('s')); 1",
      "Promise.reject(Promise.reject(1)); 1",
      "Promise.reject({then(r) { r(1) }}); 1",
      "Promise.prototype.then = null; Promise.reject(new Error('x')); 1",
      "Promise.reject(Object.assign(new Error('x'), {code: 'wall_time_limit'})); 1",
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    ut_ends(cell, sources[i], CLOCHE_UNCAUGHT_ERROR);
    assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "true");
  }
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(context_values),
      UT(context_is_frozen_deeply),
      UT(context_keys_are_data),
      UT(context_is_replaced_between_runs),
      UT(context_outlives_a_killed_run),
      UT(bad_contexts_are_refused),
      UT(contexts_are_limited),
      UT(context_is_copied),
      UT(large_contexts_are_held_to_memory),
      UT(types_of_displays),
      UT(bytes_are_displayed_in_base64),
      UT(webp_is_known),
      UT(media_types_are_what_they_say),
      UT(displayed_bytes_are_whole),
      UT(bad_displays_are_refused),
      UT(progress_events),
      UT(displays_are_limited),
      UT(display_limits_cannot_be_forged),
      UT(endless_displays),
      UT(floods_of_events),
      UT(events_arrive_while_the_run_goes_on),
      UT(a_killed_run_keeps_its_events),
      UT(unhandled_rejections_end_the_run),
      UT(handled_rejections_are_nobodys_business),
      UT(thrown_errors_come_first),
      UT(the_next_run_of_a_session_is_clean),
      UT(thousands_of_rejections),
      UT(evil_rejections),
  };
  return UT_RUN("display", tests);
}
