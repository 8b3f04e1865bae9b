/* Slices: a run set aside anywhere, also inside built-ins that never poll, while other cells of the thread go on. */
#include "unit.h"

#include <pthread.h>

#define SLICE (UT_MS / 20)

typedef struct {
  const char *source, *want;
} program;

/* Programs with known values that use the stack, the heap, jobs and built-ins. */
static const program programs[] = {
    {"function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(18)", "2584"},
    {"let s = 0; for (let i = 0; i < 200000; i++) s = (s * 31 + i) % 1000003; s", NULL},
    {"const o = {}; for (let i = 0; i < 20000; i++) o['k' + i % 977] = i; Object.values(o).reduce((a, b) => a + b, 0)",
     NULL},
    {"const a = Array.from({length: 30000}, (_, i) => (i * 7919) % 30011); a.sort((x, y) => x - y); a.every((x, i) => i === 0 || a[i - 1] <= x) && a[17]",
     NULL},
    {"let t = ''; for (let i = 0; i < 20000; i++) t += i; t.replace(/1(\\d)/g, '$1').length", NULL},
    {"let n = 1n; for (let i = 1n; i < 500n; i++) n *= i; String(n).length", NULL},
    {"let v = 0; for (let i = 0; i < 5000; i++) v += await i; v", "12497500"},
    {"function* g() { for (let i = 0; i < 30000; i++) yield i } let q = 0; for (const x of g()) q += x; q",
     "449985000"},
    {"JSON.parse(JSON.stringify(Array.from({length: 5000}, (_, i) => ({i, s: 'x' + i})))).reduce((a, x) => a + x.i + x.s.length, 0)",
     NULL},
    {"[...Array(100000).keys()].map(x => x * 1.5).filter(x => x % 3 === 0).length", "50000"},
};
enum { PROGRAMS = sizeof programs / sizeof programs[0] };

static const char *const unpolled[] = {
    "new Array(2 ** 32 - 1).join('x')",
    "Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1)",
    "'a'.repeat(2e7).split('').length; new Array(2 ** 32 - 1).join()",
    "new Array(2 ** 32 - 1).fill ? new Array(2 ** 32 - 1).lastIndexOf(1) : 0; for (;;);",
};

static char *expected(size_t i) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_eval(cell, programs[i].source);
  assert_int_equal(r.status, CLOCHE_OK);
  if (programs[i].want) assert_string_equal(r.value, programs[i].want);
  char *value = strdup(r.value);
  cloche_cell_close(cell);
  return value;
}

static cloche_state step(cloche_cell *cell, uint64_t slice) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state = CLOCHE_IDLE;
  if (cloche_cell_step(cell, slice, &state, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  return state;
}

static void begin(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
}

static cloche_cell *open_cell(bool no_poll, bool session, uint64_t wall_ms) {
  cloche_limits limits = ut_limits();
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  if (wall_ms) limits.wall_ns = wall_ms * UT_MS;
  options.limits = &limits;
  options.no_poll = no_poll;
  options.session = session;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "t", false);
  ut_tool(cell, "s", true);
  return cell;
}

static void check_interleaved(bool no_poll, bool session) {
  cloche_cell *cells[PROGRAMS];
  char *want[PROGRAMS];
  bool done[PROGRAMS] = {false};
  unsigned slices = 0, left = PROGRAMS;
  for (size_t i = 0; i < PROGRAMS; i++) {
    want[i] = expected(i);
    cells[i] = open_cell(no_poll, session, 0);
    begin(cells[i], programs[i].source);
  }
  while (left > 0)
    for (size_t i = 0; i < PROGRAMS; i++) {
      if (done[i]) continue;
      slices++;
      cloche_state state = step(cells[i], SLICE);
      assert_int_not_equal(state, CLOCHE_WAITING);
      if (state != CLOCHE_DONE) continue;
      done[i] = true;
      left--;
    }
  assert_true(slices > PROGRAMS * 2);
  for (size_t i = 0; i < PROGRAMS; i++) {
    cloche_result r = ut_finish(cells[i]);
    if (r.status != CLOCHE_OK || strcmp(r.value, want[i]) != 0)
      fail_msg("%s: %s, not %s", programs[i].source, r.value ? r.value : r.error_message, want[i]);
    free(want[i]);
    cloche_cell_close(cells[i]);
  }
}

static void interleaved(void) { check_interleaved(false, false); }
static void interleaved_by_force(void) { check_interleaved(true, false); }
static void interleaved_sessions(void) { check_interleaved(false, true); }
static void interleaved_sessions_by_force(void) { check_interleaved(true, true); }

static void built_in_that_never_polls_is_set_aside(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (size_t u = 0; u < UT_COUNT(unpolled); u++) {
      cloche_cell *stuck = open_cell(no_poll, u % 2, 400);
      begin(stuck, unpolled[u]);
      assert_int_equal(step(stuck, UT_MS), CLOCHE_RUNNING);
      for (size_t i = 0; i < 4; i++) {
        char *want = expected(i);
        cloche_cell *other = open_cell(no_poll, false, 0);
        begin(other, programs[i].source);
        while (step(other, SLICE) == CLOCHE_RUNNING)
          if (step(stuck, UT_MS) == CLOCHE_DONE) break;
        while (step(other, SLICE) == CLOCHE_RUNNING) continue;
        ut_finish_value(other, want);
        cloche_cell_close(other);
        free(want);
      }
      cloche_state state = CLOCHE_RUNNING;
      for (int i = 0; i < 100000 && state == CLOCHE_RUNNING; i++) state = step(stuck, UT_MS);
      cloche_result r = ut_finish(stuck);
      if (r.status != CLOCHE_WALL_TIME_LIMIT && r.status != CLOCHE_MEMORY_LIMIT)
        fail_msg("%s: %s", unpolled[u], cloche_status_describe(r.status).name);
      ut_value(stuck, "1 + 1", "2");
      cloche_cell_close(stuck);
    }
}

/* A built-in that was set aside many times comes to the right end. */
static void built_in_that_was_set_aside_finishes(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *a = open_cell(no_poll, false, 0), *b = open_cell(no_poll, true, 0);
    begin(a, "const big = new Array(3e6).fill(1).join('-'); [big.length, big.indexOf('x'), big.slice(-3)]");
    begin(
        b,
        "let h = 0; for (const c of 'abc'.repeat(60000)) h = (h * 33 + c.charCodeAt(0)) >>> 0; [h, new Array(1e6).fill(2).reduce((x, y) => x + y), 'z'.repeat(1e6).split('').reverse().length]");
    cloche_state sa = CLOCHE_RUNNING, sb = CLOCHE_RUNNING;
    while (sa == CLOCHE_RUNNING || sb == CLOCHE_RUNNING) {
      if (sa == CLOCHE_RUNNING) sa = step(a, SLICE);
      if (sb == CLOCHE_RUNNING) sb = step(b, SLICE);
    }
    ut_finish_value(a, "[5999999,-1,\"1-1\"]");
    cloche_result r = ut_finish(b);
    assert_int_equal(r.status, CLOCHE_OK);
    assert_non_null(strstr(r.value, ",2000000,1000000]"));
    cloche_cell_close(a);
    cloche_cell_close(b);
  }
}

static void a_cell_that_is_set_aside_can_be_closed(void) {
  for (int i = 0; i < 60; i++) {
    cloche_cell *cell = open_cell(i % 2, i % 3 == 0, 0);
    begin(cell, i % 4 < 2 ? unpolled[0] : "for (;;) new Array(100).join('x')");
    assert_int_equal(step(cell, UT_MS), CLOCHE_RUNNING);
    cloche_cell_close(cell);
    ut_value_of("[3, 1, 2].sort().join()", "\"1,2,3\"");
  }
}

static void cancelled_while_set_aside(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cell = open_cell(no_poll, true, 0);
    ut_value(cell, "var kept = 'k'", NULL);
    begin(cell, "kept = 'lost'; new Array(2 ** 32 - 1).join('x')");
    for (int i = 0; i < 5; i++) assert_int_equal(step(cell, UT_MS), CLOCHE_RUNNING);
    cloche_cell_interrupt(cell);
    assert_int_equal(step(cell, 0), CLOCHE_DONE);
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, CLOCHE_CANCELLED);
    assert_true(r.rolled_back);
    ut_value(cell, "kept", "\"k\"");
    cloche_cell_close(cell);
  }
}

static void slices_and_calls(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cells[4];
    bool done[4] = {false};
    int left = 4, answers = 0;
    for (int i = 0; i < 4; i++) {
      cells[i] = open_cell(no_poll, i % 2, 0);
      begin(cells[i],
            "let sum = 0; for (let i = 0; i < 25; i++) { for (let j = 0; j < 8000; j++) sum += j & 1;"
            "sum += i % 2 ? [1].map(() => tools.s(i))[0] : await tools.t(i); } sum");
    }
    while (left > 0)
      for (int i = 0; i < 4; i++) {
        if (done[i]) continue;
        if (step(cells[i], SLICE) == CLOCHE_DONE) {
          done[i] = true;
          left--;
          continue;
        }
        for (cloche_call call; cloche_cell_next_call(cells[i], &call); answers++)
          ut_resolve(cells[i], call.id, call.argument);
      }
    assert_int_equal(answers, 100);
    for (int i = 0; i < 4; i++) {
      ut_finish_value(cells[i], "100300");
      cloche_cell_close(cells[i]);
    }
  }
}

/* Many answers that come while the run is set aside are neither lost nor doubled. */
static void answers_while_set_aside(void) {
  cloche_cell *cell = open_cell(true, false, 0);
  begin(
      cell,
      "let got = []; for (let i = 0; i < 10; i++) tools.t(i).then(v => got.push(v)); for (let i = 0; i < 3e6; i++); await null; for (let i = 0; i < 3e6; i++); while (got.length < 10) await tools.t('more'); got.filter(x => x !== 'm').join()");
  cloche_state state = CLOCHE_RUNNING;
  int given = 0;
  while (state != CLOCHE_DONE) {
    state = step(cell, SLICE);
    for (cloche_call call; state != CLOCHE_DONE && cloche_cell_next_call(cell, &call); given++)
      ut_resolve(cell, call.id, given < 10 ? call.argument : "\"m\"");
  }
  ut_finish_value(cell, "\"0,1,2,3,4,5,6,7,8,9\"");
  cloche_cell_close(cell);
}

/* ---- two threads at once; failures are told by text, as cmocka knows one thread only */

typedef struct {
  unsigned seed;
  char trouble[300];
} worker;

static void *interleave_on_own_thread(void *user) {
  worker *w = user;
  cloche_thread *thread;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK) {
    snprintf(w->trouble, sizeof w->trouble, "%s", err.message);
    return NULL;
  }
  cloche_limits limits;
  (void)cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = 500 * UT_MS;
  enum { CELLS = 6 };
  for (int round = 0; round < 4 && !w->trouble[0]; round++) {
    cloche_cell *cells[CELLS] = {NULL};
    bool done[CELLS] = {false};
    int left = 0;
    for (int i = 0; i < CELLS; i++) {
      cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
      options.no_poll = (w->seed + (unsigned)i) % 2;
      options.session = i % 3 == 0;
      if (i == 0) options.limits = &limits;
      const char *source = i == 0 ? unpolled[0] : i % 2 ? programs[0].source : programs[7].source;
      if (cloche_cell_open(&cells[i], thread, ut_engine, &options, &err) != CLOCHE_OK ||
          cloche_cell_start(cells[i], source, strlen(source), NULL, &err) != CLOCHE_OK) {
        snprintf(w->trouble, sizeof w->trouble, "%s", err.message);
        return NULL;
      }
      left++;
    }
    while (left > 0)
      for (int i = 0; i < CELLS; i++) {
        cloche_state state;
        if (done[i] || cloche_cell_step(cells[i], SLICE, &state, &err) != CLOCHE_OK || state != CLOCHE_DONE) continue;
        done[i] = true;
        left--;
      }
    for (int i = 0; i < CELLS; i++) {
      cloche_result r;
      const char *want = i % 2 ? programs[0].want : programs[7].want;
      (void)cloche_cell_result(cells[i], &r, &err);
      bool fine = i == 0 ? r.status == CLOCHE_WALL_TIME_LIMIT : r.status == CLOCHE_OK && strcmp(r.value, want) == 0;
      if (!fine)
        snprintf(w->trouble, sizeof w->trouble, "cell %d: %s %s", i, cloche_status_describe(r.status).name,
                 r.value ? r.value : "");
      cloche_cell_close(cells[i]);
    }
  }
  cloche_thread_close(thread);
  return NULL;
}

static void on_two_threads_at_once(void) {
  worker workers[2] = {{.seed = 0}, {.seed = 1}};
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, interleave_on_own_thread, &workers[i]), 0);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < 2; i++)
    if (workers[i].trouble[0]) fail_msg("%s", workers[i].trouble);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(interleaved),
      UT(interleaved_by_force),
      UT(interleaved_sessions),
      UT(interleaved_sessions_by_force),
      UT(built_in_that_never_polls_is_set_aside),
      UT(built_in_that_was_set_aside_finishes),
      UT(a_cell_that_is_set_aside_can_be_closed),
      UT(cancelled_while_set_aside),
      UT(slices_and_calls),
      UT(answers_while_set_aside),
      UT(on_two_threads_at_once),
  };
  return UT_RUN("slices", tests);
}
