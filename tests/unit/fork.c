/* Forks of sessions: small ones are copied, large ones share a file; both sides are equal at first and independent then. */
#include "unit.h"

/* State of a few dozen pages, and of thousands. Each has sum() over all of it and change(n). */
static const char small_state[] =
    "var d = {list: [1, 2, 3], name: 'parent'}; function sum() { return d.list.reduce((a, b) => a + b, 0) } function change(n) { d.list.push(n); return sum() }; sum()";
static const char large_state[] =
    "var u = new Uint32Array(1 << 20); for (let i = 0; i < u.length; i++) u[i] = i * 7; var objects = Array.from({length: 20000}, (_, i) => ({i, s: 'o' + i}));"
    "function sum() { let h = 0; for (let i = 0; i < u.length; i += 13) h = (h * 31 + u[i]) >>> 0; for (const o of objects) h = (h * 33 + o.i + o.s.length) >>> 0; return h }"
    "function change(n) { for (let i = n; i < u.length; i += 5000) u[i] += n; objects[n].i += n; objects.push({i: n, s: 'new'}); return sum() } sum()";

static char *value_of(cloche_cell *cell, const char *source) {
  cloche_result r = ut_eval(cell, source);
  if (r.status != CLOCHE_OK || !r.value)
    fail_msg("%.100s: %s %s", source, cloche_status_describe(r.status).name, r.error_message ? r.error_message : "");
  return strdup(r.value);
}

static void expect(cloche_cell *cell, const char *source, const char *want) { ut_value(cell, source, want); }

static void same(cloche_cell *a, cloche_cell *b, const char *source) {
  char *va = value_of(a, source);
  expect(b, source, va);
  free(va);
}

static void check_diverging(const char *state) {
  cloche_cell *parent = ut_session();
  char *sum = value_of(parent, state);
  cloche_cell *child = ut_fork(parent);
  expect(parent, "sum()", sum);
  expect(child, "sum()", sum);
  char *p = value_of(parent, "change(3)"), *c = value_of(child, "change(5)");
  assert_string_not_equal(p, c);
  assert_string_not_equal(p, sum);
  for (int i = 0; i < 3; i++) {
    expect(parent, "sum()", p);
    expect(child, "sum()", c);
  }
  expect(child, "var own = 1; typeof own", "\"number\"");
  expect(parent, "typeof own", "\"undefined\"");
  cloche_cell_close(child);
  expect(parent, "sum()", p);
  free(p);
  free(c);
  free(sum);
  cloche_cell_close(parent);
}

static void small_sides_diverge(void) { check_diverging(small_state); }
static void large_sides_diverge(void) { check_diverging(large_state); }

static void check_parent_first(const char *state) {
  cloche_cell *parent = ut_session();
  char *sum = value_of(parent, state);
  cloche_cell *child = ut_fork(parent);
  cloche_cell_close(parent);
  cloche_cell *other = ut_session(); /* uses the parent's slot */
  expect(other,
         "var junk = []; for (let i = 0; i < 8; i++) junk.push(new Uint8Array(1 << 20).fill(255)); typeof u + typeof d",
         "\"undefinedundefined\"");
  expect(child, "sum()", sum);
  char *changed = value_of(child, "change(9)");
  cloche_cell *grandchild = ut_fork(child);
  cloche_cell_close(child);
  expect(grandchild, "sum()", changed);
  cloche_cell_close(grandchild);
  cloche_cell_close(other);
  free(sum);
  free(changed);
}

static void small_parent_closed_first(void) { check_parent_first(small_state); }
static void large_parent_closed_first(void) { check_parent_first(large_state); }

static void check_generations(const char *state) {
  enum { GENERATIONS = 6 };
  cloche_cell *cells[GENERATIONS];
  char *sums[GENERATIONS];
  cells[0] = ut_session();
  sums[0] = value_of(cells[0], state);
  for (int i = 1; i < GENERATIONS; i++) {
    char source[40];
    cells[i] = ut_fork(cells[i - 1]);
    snprintf(source, sizeof source, "change(%d)", i * 11);
    sums[i] = value_of(cells[i], source);
    if (i % 2) { /* siblings, too */
      cloche_cell *sibling = ut_fork(cells[i - 1]);
      expect(sibling, "sum()", sums[i - 1]);
      cloche_cell_close(sibling);
    }
  }
  for (int i = 0; i < GENERATIONS; i++) expect(cells[i], "sum()", sums[i]);
  for (int i = 0; i < GENERATIONS; i++) { /* every other one goes first */
    int at = (i * 2) % GENERATIONS + (i * 2 >= GENERATIONS);
    expect(cells[at], "sum()", sums[at]);
    cloche_cell_close(cells[at]);
    free(sums[at]);
  }
}

static void small_generations(void) { check_generations(small_state); }
static void large_generations(void) { check_generations(large_state); }

static void give_up(cloche_cell *cell, const char *source) {
  cloche_state at = ut_start(cell, source);
  if (at == CLOCHE_DONE) {
    cloche_result r0 = ut_finish(cell);
    fail_msg("ended: %s %s", cloche_status_describe(r0.status).name, r0.error_message ? r0.error_message : "");
  }
  assert_int_equal(at, CLOCHE_WAITING);
  cloche_cell_interrupt(cell);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_CANCELLED);
  assert_true(r.rolled_back);
}

static void check_rollback(const char *state, const char *harm) {
  cloche_cell *parent = ut_session();
  ut_tool(parent, "hold", true);
  char *sum = value_of(parent, state);
  cloche_cell *child = ut_fork(parent);
  for (int i = 0; i < 4; i++) {
    give_up(i % 2 ? parent : child, harm);
    expect(parent, "sum()", sum);
    expect(child, "sum()", sum);
  }
  char *changed = value_of(child, "change(21)");
  for (int i = 0; i < 3; i++) {
    give_up(child, harm);
    expect(child, "sum()", changed);
  }
  cloche_cell *grandchild = ut_fork(child);
  give_up(grandchild, harm);
  give_up(child, harm);
  expect(grandchild, "sum()", changed);
  expect(child, "sum()", changed);
  expect(parent, "sum()", sum);
  cloche_cell_close(parent);
  expect(child, "sum()", changed);
  cloche_cell_close(child);
  expect(grandchild, "sum()", changed);
  cloche_cell_close(grandchild);
  free(sum);
  free(changed);
}

static void small_rollback(void) {
  check_rollback(small_state,
                 "d.list.length = 0; d = null; var more = new Array(1e5).fill(1); sum = null; tools.hold()");
}
static void large_rollback(void) {
  check_rollback(
      large_state,
      "u.fill(1); objects.forEach(o => { o.i = 0 }); objects = null; var more = new Uint8Array(8 << 20).fill(9); tools.hold()");
}

static const char random_values[] =
    "[Math.random(), Math.random(), crypto.randomUUID(), crypto.getRandomValues(new Uint32Array(4)).join(), Math.random()]";

static void check_randomness(const char *state) {
  cloche_cell *cells[4];
  char *values[4];
  cells[0] = ut_session();
  ut_tool(cells[0], "hold", true);
  free(value_of(cells[0], state));
  for (int i = 1; i < 4; i++) cells[i] = ut_fork(cells[i == 3 ? 1 : 0]);
  for (int i = 0; i < 4; i++) values[i] = value_of(cells[i], random_values);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < i; j++) assert_true(ut_all_differ(values[i], values[j]));
  for (int i = 0; i < 4; i++) {
    free(values[i]);
    cloche_cell_close(cells[i]);
  }
  /* a first run that is killed must not take the seed back to the parent's */
  cells[0] = ut_session();
  ut_tool(cells[0], "hold", true);
  free(value_of(cells[0], state));
  cells[1] = ut_fork(cells[0]);
  cells[2] = ut_fork(cells[0]);
  for (int i = 1; i < 3; i++) give_up(cells[i], "Math.random(); tools.hold()");
  for (int i = 0; i < 3; i++) values[i] = value_of(cells[i], random_values);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < i; j++) assert_true(ut_all_differ(values[i], values[j]));
  for (int i = 0; i < 3; i++) {
    free(values[i]);
    cloche_cell_close(cells[i]);
  }
}

static void small_randomness_differs(void) { check_randomness(small_state); }
static void large_randomness_differs(void) { check_randomness(large_state); }

static void seeded_forks_are_equal(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = options.seeded = true;
  options.seed = 42;
  cloche_cell *parent = ut_open(&options);
  ut_value(parent, "Math.random() < 1", "true");
  cloche_cell *a = ut_fork(parent), *b = ut_fork(parent);
  same(a, b, random_values);
  cloche_cell_close(a);
  cloche_cell_close(b);
  cloche_cell_close(parent);
}

static void refused(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *copy = (cloche_cell *)1;
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "1", "1");
  assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_INVALID_STATE);
  assert_null(copy);
  assert_true(err.message[0] != 0);
  cloche_cell_close(cell);
  cell = ut_session();
  ut_tool(cell, "t", true);
  ut_start(cell, "tools.t()");
  assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_NOT_SUSPENDABLE);
  assert_null(copy);
  (void)ut_take(cell);
  cloche_cell_interrupt(cell);
  ut_go(cell);
  copy = ut_fork(cell);
  ut_value(copy, "1", "1");
  cloche_cell_close(copy);
  assert_int_equal(cloche_cell_start(cell, "1", 1, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_NOT_SUSPENDABLE); /* it has not come to wait */
  cloche_cell_close(cell);
}

/* A run that waits goes on in both, whatever the cell is; the same call is answered in each. */
static void fork_of_a_waiting_run(void) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    ut_tool(cell, "t", false);
    if (session) ut_value(cell, "var before = 1", NULL);
    ut_start(cell, "console.log('a'); var n = 10; const got = await tools.t('x'); console.log(got); n + got");
    cloche_call call = ut_take(cell), again;
    cloche_cell *copy = ut_fork(cell), *third = ut_fork(copy);
    again = ut_take(copy);
    assert_int_equal(again.id, call.id);
    assert_string_equal(again.tool, "t");
    assert_string_equal(again.argument, "\"x\"");
    ut_resolve(cell, call.id, "1");
    ut_finish_value(cell, "11");
    ut_resolve(copy, call.id, "2");
    ut_finish_value(copy, "12");
    assert_string_equal(ut_report_text(copy, "output.0.content"), "a");
    assert_string_equal(ut_report_text(copy, "output.1.content"), "2");
    cloche_cell_interrupt(third);
    assert_int_equal(ut_go(third), CLOCHE_DONE);
    if (session) {
      ut_value(copy, "n + before", "11");
      ut_value(third, "typeof n + before", "\"undefined1\"");
    }
    cloche_cell_close(third);
    cloche_cell_close(copy);
    cloche_cell_close(cell);
  }
}

/* What was drawn before is the same in all; nothing drawn since is. */
static void waiting_runs_share_no_randomness(void) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cells[3];
    char *values[3];
    cells[0] = session ? ut_session() : ut_one_shot();
    ut_tool(cells[0], "t", false);
    if (session) ut_value(cells[0], "var before = Math.random(); typeof crypto.randomUUID()", "\"string\"");
    char source[300];
    snprintf(source, sizeof source, "Math.random(); crypto.randomUUID(); await tools.t(); %s", random_values);
    ut_start(cells[0], source);
    uint64_t id = ut_take(cells[0]).id;
    for (int i = 1; i < 3; i++) cells[i] = ut_fork(cells[i - 1]);
    for (int i = 0; i < 3; i++) {
      ut_resolve(cells[i], i ? ut_take(cells[i]).id : id, "1");
      values[i] = strdup(ut_finish(cells[i]).value);
      for (int j = 0; j < i; j++) assert_true(ut_all_differ(values[i], values[j]));
    }
    for (int i = 0; i < 3; i++) {
      free(values[i]);
      cloche_cell_close(cells[i]);
    }
  }
}

static void fork_of_an_unused_session(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "[typeof tools.t, 1]", "[\"function\",1]");
  ut_value(cell, "typeof tools.t", "\"function\"");
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

static void tools_and_limits_come_along(void) {
  cloche_limits limits = ut_limits();
  limits.value_bytes = 50;
  cloche_cell *cell = ut_limited(&limits, true);
  ut_tool(cell, "a", false);
  ut_tool(cell, "s", true);
  cloche_tool loose = CLOCHE_TOOL_INIT;
  loose.name = "m";
  loose.mutable_result = true;
  assert_int_equal(cloche_cell_tool(cell, &loose, NULL), CLOCHE_OK);
  ut_value(cell, "1", "1");
  ut_tool(cell, "late", false); /* the guest does not know it yet */
  cloche_cell *copy = ut_fork(cell);
  ut_ends(copy, "'x'.repeat(100)", CLOCHE_VALUE_LIMIT);
  ut_value(copy, "Object.keys(tools).join()", "\"a,s,m,late\"");
  ut_start(copy, "const m = await tools.m(); m.push(1); [m, tools.s(), Object.isFrozen(await tools.a())]");
  ut_resolve(copy, ut_take(copy).id, "[]");
  ut_go(copy);
  ut_resolve(copy, ut_take(copy).id, "5");
  ut_go(copy);
  ut_resolve(copy, ut_take(copy).id, "{}");
  ut_finish_value(copy, "[[1],5,true]");
  ut_tool(copy, "own", false);
  ut_value(copy, "typeof tools.own", "\"function\"");
  ut_ends(cell, "await tools.own()", CLOCHE_UNCAUGHT_ERROR);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

static void reset_of_a_fork(void) {
  for (int large = 0; large < 2; large++) {
    cloche_cell *parent = ut_session();
    char *sum = value_of(parent, large ? large_state : small_state);
    cloche_cell *copy = ut_fork(parent);
    assert_int_equal(cloche_cell_reset(copy, NULL), CLOCHE_OK);
    ut_value(copy, "[typeof sum, typeof u, typeof d]", "[\"undefined\",\"undefined\",\"undefined\"]");
    expect(parent, "sum()", sum);
    assert_int_equal(cloche_cell_reset(parent, NULL), CLOCHE_OK);
    ut_value(parent, "typeof sum", "\"undefined\"");
    cloche_cell_close(copy);
    cloche_cell_close(parent);
    free(sum);
  }
}

/* Memory that a fork's file was mapped over reads as zero when the slot grows again for somebody else. */
static void grown_memory_is_zero_after_a_fork(void) {
  cloche_cell *parent = ut_session();
  ut_value(parent, "var secret = new Uint8Array(12 << 20).fill(0xA5); secret.length", "12582912");
  cloche_cell *copy = ut_fork(parent);
  ut_value(copy, "secret[5]", "165");
  cloche_cell_close(parent);
  cloche_cell_close(copy);
  for (int i = 0; i < 2; i++) {
    cloche_cell *cell = i ? ut_session() : ut_one_shot();
    ut_value(
        cell,
        "const z = []; for (let i = 0; i < 12; i++) z.push(new Uint8Array(1 << 20)); z.every(a => !a.includes(0xA5))",
        "true");
    /* without the engine's own zeroing: memory that the guest's allocator takes as it is */
    cloche_cell_close(cell);
  }
}

static void many_forks(void) {
  cloche_cell *parent = ut_session();
  char *sum = value_of(parent, large_state);
  cloche_cell *cells[40];
  for (int i = 0; i < 40; i++) cells[i] = ut_fork(parent);
  for (int i = 0; i < 40; i++) {
    char source[60];
    snprintf(source, sizeof source, "u[%d] = 1; u[%d]", i * 20000, i * 20000);
    ut_value(cells[i], source, "1");
  }
  expect(parent, "sum()", sum);
  cloche_cell_stats stats;
  assert_int_equal(cloche_cell_measure(cells[39], &stats, NULL), CLOCHE_OK);
  assert_true(stats.private_bytes < 2 << 20); /* what is not changed is shared */
  for (int i = 0; i < 40; i++) cloche_cell_close(cells[i]);
  cloche_cell_close(parent);
  free(sum);
}

static void results_do_not_come_along(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "console.log('parent'); 'value'", "\"value\"");
  cloche_cell *copy = ut_fork(cell);
  cloche_result r;
  cloche_event event;
  assert_int_equal(cloche_cell_result(copy, &r, NULL), CLOCHE_INVALID_STATE);
  assert_false(cloche_cell_next_event(copy, &event));
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  assert_string_equal(r.value, "\"value\"");
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

/* The guest's monotonic clock begins with its cell: it does not tell how long the machine is up. */
static void clock_of_a_fork(void) {
  cloche_cell *unused = ut_session(), *copy = ut_fork(unused);
  ut_value(copy, "performance.now() < 10000", "true");
  ut_value(unused, "performance.now() < 10000", "true");
  cloche_cell *later = ut_fork(unused);
  ut_value(unused, "globalThis.seen = performance.now(); seen > 0", "true");
  ut_value(later, "performance.now() > 0 && performance.now() < 10000", "true");
  cloche_cell_close(later);
  cloche_cell_close(copy);
  cloche_cell_close(unused);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(small_sides_diverge),
      UT(large_sides_diverge),
      UT(small_parent_closed_first),
      UT(large_parent_closed_first),
      UT(small_generations),
      UT(large_generations),
      UT(small_rollback),
      UT(large_rollback),
      UT(small_randomness_differs),
      UT(large_randomness_differs),
      UT(seeded_forks_are_equal),
      UT(refused),
      UT(fork_of_a_waiting_run),
      UT(waiting_runs_share_no_randomness),
      UT(fork_of_an_unused_session),
      UT(tools_and_limits_come_along),
      UT(reset_of_a_fork),
      UT(grown_memory_is_zero_after_a_fork),
      UT(many_forks),
      UT(results_do_not_come_along),
      UT(clock_of_a_fork),
  };
  cloche_engine_options old_way = CLOCHE_ENGINE_OPTIONS_INIT;
  old_way.use_pagemap = true;
  int failed = UT_RUN("fork", tests);
  return failed + ut_run("fork, by pagemap", tests, UT_COUNT(tests), &old_way);
}
