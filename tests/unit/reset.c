/* Reset: nothing of a cell can be found in the next one that gets its place: not in linear memory, not in the stacks, not
 * in what the host keeps. A guest plants a random secret wherever it can; then the next cell is searched, all of it. */
#include "secret.h"

/* Memory that the next cell grows into. */
static void search_grown(cloche_cell *cell, const ut_secret *s, const char *planted) {
  size_t had = cell->slot.bytes;
  assert_true(cl_slot_grow(&cell->slot, cell->slot.limit));
  const uint8_t *grown = cell->slot.base + had;
  size_t len = cell->slot.bytes - had;
  ut_search(grown, len, s, "grown memory", planted);
  for (size_t i = 0; i < len; i += 8) {
    uint64_t word;
    memcpy(&word, grown + i, sizeof word);
    if (word) fail_msg("grown memory is not zero at %zu; planted by: %.300s", i, planted);
  }
  assert_true(cl_slot_reset(&cell->slot)); /* no run has grown it, so that nobody else would take it back */
}

static const char *const plants[] = {
    "'@'",
    "globalThis.s = '@'.split('').join(''); 0",
    "let rope = '@'; for (let i = 0; i < 20; i++) rope = rope + 'x' + rope; rope.length",
    "'@'.repeat(10000).length",
    "globalThis.t = new Uint8Array(#); 0",
    "globalThis.t = new BigUint64Array(new Uint8Array(#).buffer); 0",
    "globalThis.f = [...#].map(String); 0",
    "globalThis.m = new Map([['@', '@']]); m.get('@').length",
    "globalThis.c = (() => { const secret = '@'; return () => secret })(); 0",
    "globalThis.y = Symbol('@'); 0",
    "globalThis.y = Symbol.for('@'); 0",
    "globalThis.o = {'@': 1, ['k@']: 2}; Object.keys(o).length",
    "globalThis.r = /@/g; '@'.replace(r, '$&@').length",
    "try { throw new Error('@') } catch (e) { e.message.length }",
    "throw new Error('@')",
    "throw '@'",
    "throw {name: '@', message: '@', code: '@', data: '@'}",
    "console.log('@'); console.error({a: '@'}, ['@']); 0",
    "for (let i = 0; i < 300; i++) console.log('@' + i); 0",
    "await tools.a({s: '@'})",
    "tools.s('@')",
    "(await Promise.all([...Array(30).keys()].map(i => tools.a('@' + i)))).length",
    "function deep(n, s) { const local = s + n; return n ? deep(n - 1, s) + local.length : 0 } deep(300, '@')",
    "function deep(n, a) { const [x, y] = a; return n ? deep(n - 1, a) : x } deep(200, #)",
    "/* @ */ 1",
    "function named() { return '@' } named.toString().length",
    "class A { #p = '@'; static q = '@'; get() { return this.#p } } new A().get().length",
    "BigInt('0x@') ** 3n > 1n",
    "0x@n.toString(16).length",
    "Promise.resolve('@').then(s => s.length)",
    "new Promise((_, r) => r('@')).catch(s => s.length)",
    "setTimeout(s => { globalThis.z = s }, 0, '@'); await new Promise(r => setTimeout(r, 2)); 0",
    "setTimeout(s => s, 1e6, '@'); setInterval(() => '@', 1e6); 0",
    "{ const b = new ArrayBuffer(1 << 16); new Uint8Array(b).set(#); } 0",
    "globalThis.big = []; for (let i = 0; i < 40; i++) { const u = new Uint8Array(1 << 20); for (let j = 0; j < u.length; j += 4096) u.set(#, j); big.push(u) } big.length",
    "let l = []; for (let i = 0; i < 20000; i++) l.push('@' + i); l.length",
    "JSON.stringify({'@': ['@', {v: '@'}]}).length",
    "JSON.parse('{\"@\":\"@\"}')['@'].length",
    "eval(\"'@'.length\")",
    "new Function('return \"@\".length')()",
    "'@'.toUpperCase().toLowerCase().split('').reverse().reverse().join('')",
    "encodeURIComponent('@\\u00e9@').length",
    "globalThis.w = new WeakRef({s: '@'}); globalThis.ws = new WeakMap([[globalThis, '@']]); 0",
    "function* g() { const s = '@'; yield s.length; yield s } globalThis.it = g(); it.next().value",
    "globalThis.p = new Proxy({s: '@'}, {}); p.s.length",
    "let a = '@'; async function f() { const s = a + '@'; await tools.a(1); return s } await f()",
    "Number('0.' + '@'.replace(/[a-f]/g, '')) > 0",
    "new Date().toString() + '@'",
    "'@'.localeCompare('@x')",
    "[...'@'].sort().join('') + '@'",
    "let j = '@'; for (;;) { j = [j] }",
    "const s = '@'; for (;;) { s.repeat(3) }",
    "new Array(2 ** 32 - 1).join('@')",
    "(function f(s) { f(s + 'x') })('@')",
    "let q = '@'; for (;;) q = (q + q).toUpperCase()",
    "let = '@'",
    "return '@'",
    "tools.nope_@()",
    "await new Promise(() => '@')",
};

static void answer(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  const ut_secret *s = user;
  char json[200];
  (void)argument, (void)len;
  if (id % 3 == 2) {
    cloche_rejection r = CLOCHE_REJECTION_INIT;
    snprintf(json, sizeof json, "{\"d\":\"%s\"}", s->hex);
    r.name = r.message = r.code = s->hex;
    r.data = json;
    assert_int_equal(cloche_cell_reject(cell, id, &r, NULL), CLOCHE_OK);
    return;
  }
  snprintf(json, sizeof json, "{\"%s\":[\"%s\"]}", s->hex, s->hex);
  assert_int_equal(cloche_cell_resolve(cell, id, json, strlen(json), NULL), CLOCHE_OK);
}

static cloche_cell *open_for(const ut_secret *s, bool session, bool no_poll) {
  cloche_limits limits = ut_limits();
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  limits.wall_ns = 100 * UT_MS;
  limits.memory_bytes = 64 << 20;
  options.limits = &limits;
  options.session = session;
  options.no_poll = no_poll;
  cloche_cell *cell = ut_open(&options);
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.fn = answer;
  tool.user = (void *)(uintptr_t)s;
  tool.name = "a";
  assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
  tool.name = "s";
  tool.sync = true;
  assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
  tool.name = s->hex;
  assert_int_equal(cloche_cell_tool(cell, &tool, NULL), CLOCHE_OK);
  return cell;
}

/* Runs a plant in a cell, closes it, and searches the next. */
static void plant_and_search(const char *pattern, bool session, bool no_poll) {
  ut_secret s = ut_new_secret();
  char *source = ut_with_secret(pattern, &s);
  cloche_cell *cell = open_for(&s, session, no_poll);
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.name = s.hex;
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = 0; i < 2; i++)
    assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &run, &r, &err), CLOCHE_OK);
  json_decref(ut_report(cell));
  const uint8_t *base = cell->slot.base;
  cloche_cell_close(cell);
  cell = open_for(&(ut_secret){.hex = "0000"}, false, false);
  assert_ptr_equal(cell->slot.base, base); /* it is the same place */
  ut_search_cell(cell, &s, pattern);
  search_grown(cell, &s, pattern);
  cloche_cell_close(cell);
  free(source);
}

/* Were the secret not there to be found while the cell lives, the search would prove nothing. */
static void the_search_finds_what_is_there(void) {
  static const char *const sure[] = {
      "globalThis.s = '@' + 1; 0", "globalThis.t = new Uint8Array(#); 0", "globalThis.o = {'@': 1}; 0",
      "globalThis.big = new Uint8Array(8 << 20); big.set(#, big.length - 20); 0", "console.log('@'); 0"};
  for (size_t i = 0; i < UT_COUNT(sure); i++) {
    ut_secret s = ut_new_secret();
    char *source = ut_with_secret(sure[i], &s);
    cloche_cell *cell = open_for(&s, true, false);
    ut_value(cell, source, "0");
    assert_true(ut_holds_secret(cell->slot.base, cell->slot.bytes, &s));
    cloche_cell_close(cell);
    free(source);
  }
}

static void check_plants(bool session, bool no_poll) {
  for (size_t i = 0; i < UT_COUNT(plants); i++) plant_and_search(plants[i], session, no_poll);
}

static void one_shot_cells(void) { check_plants(false, false); }
static void one_shot_cells_by_force(void) { check_plants(false, true); }
static void sessions(void) { check_plants(true, false); }

/* Inside one cell: from run to run of a one-shot cell, and after cloche_cell_reset. */
static void between_runs_of_one_cell(void) {
  for (size_t i = 0; i < UT_COUNT(plants); i++) {
    ut_secret s = ut_new_secret();
    char *source = ut_with_secret(plants[i], &s);
    cloche_limits limits = ut_limits();
    limits.wall_ns = 60 * UT_MS;
    limits.memory_bytes = 64 << 20;
    cloche_cell *cell = ut_limited(&limits, false);
    ut_eval(cell, source);
    ut_eval(cell, "1");
    ut_search_cell(cell, &s, plants[i]);
    ut_eval(cell, source);
    assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
    ut_search_cell(cell, &s, plants[i]);
    cloche_cell_close(cell);
    free(source);
  }
}

static void closed_in_the_middle(void) {
  static const char *const sources[] = {
      "const s = '@'; console.log(s); await tools.a({s})", "const s = '@'; [2, 1].sort(() => tools.s({s}))",
      "const s = '@'; let t = ''; for (;;) t = s + t.slice(0, 100)",
      "const s = #; function f(n, a) { if (n) return f(n - 1, a); for (;;); } f(200, s)"};
  for (size_t i = 0; i < UT_COUNT(sources); i++)
    for (int session = 0; session < 2; session++) {
      ut_secret s = ut_new_secret();
      char *source = ut_with_secret(sources[i], &s);
      cloche_cell *cell = open_for(&s, session, i % 2);
      cloche_error err = CLOCHE_ERROR_INIT;
      cloche_state state;
      assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
      assert_int_equal(cloche_cell_step(cell, 5 * UT_MS, &state, &err), CLOCHE_OK);
      assert_int_not_equal(state, CLOCHE_DONE);
      cloche_cell_close(cell);
      cell = open_for(&(ut_secret){.hex = "0000"}, false, false);
      ut_search_cell(cell, &s, sources[i]);
      search_grown(cell, &s, sources[i]);
      cloche_cell_close(cell);
      free(source);
    }
}

/* A killed run of a session and the run after it. */
static void rolled_back_runs(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 64 << 20;
  cloche_cell *cell = ut_limited(&limits, true);
  ut_tool(cell, "hold", true);
  ut_value(cell, "var x = 1", NULL);
  static const char *const sources[] = {
      "x = '@'; tools.hold()", "var s = '@'.repeat(100000); tools.hold()",
      "globalThis.big = []; for (let i = 0; i < 20; i++) { const u = new Uint8Array(1 << 20); for (let j = 0; j < u.length; j += 4096) u.set(#, j); big.push(u) } tools.hold()",
      "(function f(n, s) { return n ? f(n - 1, s + n) : tools.hold() })(150, '@')"};
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    ut_secret s = ut_new_secret();
    char *source = ut_with_secret(sources[i], &s);
    if (ut_start(cell, source) != CLOCHE_WAITING) fail_msg("%s: %s", source, ut_finish(cell).error_message);
    cloche_cell_interrupt(cell);
    ut_finish(cell);
    ut_eval(cell, "1"); /* takes the source and the error of the killed run away */
    ut_search_cell(cell, &s, sources[i]);
    free(source);
  }
  cloche_cell_close(cell);
}

static void forks(void) {
  for (int round = 0; round < 3; round++) {
    ut_secret s = ut_new_secret();
    const char *pattern =
        "globalThis.big = []; for (let i = 0; i < 10; i++) { const u = new Uint8Array(1 << 20); for (let j = 0; j < u.length; j += 4096) u.set(#, j); big.push(u) } 0";
    char *source = ut_with_secret(pattern, &s);
    cloche_cell *parent = open_for(&s, true, false);
    ut_value(parent, source, "0");
    cloche_cell *copy = ut_fork(parent), *again = ut_fork(copy);
    ut_value(again, "big[9][4096] >= 0", "true");
    cloche_cell_close(round == 1 ? copy : parent);
    cloche_cell_close(round == 1 ? parent : copy);
    cloche_cell_close(again);
    cloche_cell *cells[4];
    for (int i = 0; i < 4; i++) {
      cells[i] = open_for(&(ut_secret){.hex = "0000"}, false, false);
      ut_search_cell(cells[i], &s, "forks");
      search_grown(cells[i], &s, "forks");
    }
    for (int i = 0; i < 4; i++) cloche_cell_close(cells[i]);
    free(source);
  }
}

/* A slot that cells were restored into keeps more pages resident; those who come after get neither what was in them nor the
 * memory that they take. */
static void slots_of_restored_cells(void) {
  enum { TIMES = 20 };
  uint32_t usual = ut_engine->memory.hot_max;
  ut_secret s = ut_new_secret(), none = {.hex = "0000"};
  char *source = ut_with_secret("var list = []; for (let i = 0; i < 4000; i++) list.push('@' + i); list.length", &s);
  cloche_cell *from = open_for(&none, true, false), *cell;
  ut_value(from, "var small = 1", NULL);
  cloche_snapshot *big, *small;
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_snapshot(&small, from, &err), CLOCHE_OK);
  ut_value(from, source, "4000");
  assert_int_equal(cloche_cell_snapshot(&big, from, &err), CLOCHE_OK);
  assert_true(cloche_snapshot_describe(big).pages > 2 * usual);
  for (int i = 0; i < TIMES; i++) {
    cell = open_for(&none, true, false);
    assert_int_equal(cloche_cell_restore(cell, big, &err), CLOCHE_OK);
    ut_value(cell, "list.length", "4000");
    cloche_cell_close(cell);
  }
  cell = open_for(&none, false, false);
  assert_true(cell->slot.hot_count > usual); /* else there is nothing to see here */
  ut_search_cell(cell, &s, "a restore");
  for (int i = 0; i < 6; i++) ut_value(cell, "typeof list", "\"undefined\"");
  ut_search_cell(cell, &s, "a restore, and runs since");
  assert_true(cell->slot.hot_count <= usual);
  cloche_cell_close(cell);
  for (int way = 0; way < 3; way++) {
    for (int i = 0; i < TIMES; i++) {
      cell = open_for(&none, true, false);
      assert_int_equal(cloche_cell_restore(cell, big, &err), CLOCHE_OK);
      cloche_cell_close(cell);
    }
    cell = open_for(&none, true, false);
    assert_true(cell->slot.hot_count > usual);
    if (way == 1) assert_int_equal(cloche_cell_restore(cell, small, &err), CLOCHE_OK);
    if (way == 2) {
      cloche_cell *parent = ut_session();
      ut_value(parent, "var small = 1", NULL);
      cloche_cell_close(cell); /* the fork gets its slot */
      cell = ut_fork(parent);
      cloche_cell_close(parent);
    }
    ut_value(cell, "typeof list", "\"undefined\"");
    cloche_cell_stats stats;
    assert_int_equal(cloche_cell_measure(cell, &stats, &err), CLOCHE_OK);
    assert_true(stats.hot_pages <= usual + (way ? cloche_snapshot_describe(small).pages : 0));
    assert_false(ut_holds_secret(cell->slot.base, cell->slot.bytes, &s));
    ut_start(cell, "var lost = 'x'.repeat(1e5); await tools.a; await new Promise(r => setTimeout(r, 1e6))");
    cloche_cell_interrupt(cell);
    ut_go(cell);
    ut_value(cell, "typeof lost", "\"undefined\"");
    cloche_cell_close(cell);
  }
  cloche_snapshot_free(big);
  cloche_snapshot_free(small);
  cloche_cell_close(from);
  free(source);
}

/* A cell in a used slot is the same, byte by byte, as one in a slot that is new, but for its random numbers. */
static void as_if_new(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.seed = 7;
  cloche_thread *fresh_thread;
  cloche_cell *fresh;
  assert_int_equal(cloche_thread_open(&fresh_thread, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_open(&fresh, fresh_thread, ut_engine, &options, NULL), CLOCHE_OK);
  ut_secret s = ut_new_secret();
  for (size_t i = 0; i < UT_COUNT(plants); i += 3) {
    char *source = ut_with_secret(plants[i], &s);
    cloche_cell *used = open_for(&s, i % 2, false);
    ut_eval(used, source);
    cloche_cell_close(used);
    used = ut_open(&options);
    assert_int_equal(used->slot.bytes, fresh->slot.bytes);
    if (memcmp(used->slot.base, fresh->slot.base, fresh->slot.bytes) != 0) {
      size_t at = 0;
      while (used->slot.base[at] == fresh->slot.base[at]) at++;
      fail_msg("memory differs at %zu of %zu after: %s", at, fresh->slot.bytes, plants[i]);
    }
    cloche_cell_close(used);
    /* unseeded: eight bytes of random state */
    used = ut_one_shot();
    size_t differ = 0;
    for (size_t at = 0; at < fresh->slot.bytes; at++) differ += used->slot.base[at] != fresh->slot.base[at];
    assert_true(differ > 0 && differ <= 8);
    cloche_cell_close(used);
    free(source);
  }
  cloche_cell_close(fresh);
  cloche_thread_close(fresh_thread);
}

/* What a caller can ask of a new cell says nothing about the last one. */
static void nothing_to_ask(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  ut_eval(cell, "console.log('x'); tools.t(1); 'value'");
  cloche_cell_close(cell);
  cell = ut_session();
  cloche_result r;
  cloche_event event;
  cloche_call call;
  const char *json;
  size_t len;
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_INVALID_STATE);
  assert_int_equal(cloche_cell_report(cell, &json, &len, NULL), CLOCHE_INVALID_STATE);
  assert_false(cloche_cell_next_event(cell, &event));
  assert_false(cloche_cell_next_call(cell, &call));
  assert_false(cloche_cell_next_cancelled(cell, &call));
  assert_int_equal(cloche_cell_deadline(cell), UINT64_MAX);
  cloche_cell_stats stats;
  assert_int_equal(cloche_cell_measure(cell, &stats, NULL), CLOCHE_OK);
  assert_int_equal(stats.runs, 0);
  ut_tool(cell, "t", false);
  ut_start(cell, "await tools.t()");
  assert_int_equal(ut_take(cell).id, 1); /* ids do not count what others did */
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(the_search_finds_what_is_there),
      UT(one_shot_cells),
      UT(one_shot_cells_by_force),
      UT(sessions),
      UT(between_runs_of_one_cell),
      UT(closed_in_the_middle),
      UT(rolled_back_runs),
      UT(forks),
      UT(slots_of_restored_cells),
      UT(as_if_new),
      UT(nothing_to_ask),
  };
  cloche_engine_options old_way = CLOCHE_ENGINE_OPTIONS_INIT;
  old_way.use_pagemap = true;
  int failed = UT_RUN("reset", tests);
  return failed + ut_run("reset, by pagemap", tests, UT_COUNT(tests), &old_way);
}
