/* Randomness and clocks: no two cells share a value unless they were given a seed; a virtual clock moves only when the
 * guest sleeps. */
#include "unit.h"

static cloche_cell *open_seeded(uint64_t seed, bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.seed = seed;
  options.session = session;
  return ut_open(&options);
}

static cloche_cell *open_virtual(uint64_t start_ms, bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  options.clock_start_ms = start_ms;
  options.session = session;
  return ut_open(&options);
}

static const char numbers[] = "[Math.random(), Math.random(), Math.random(), Math.random()]";

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void cells_differ(void) {
  enum { CELLS = 300 };
  char *seen[CELLS];
  for (int i = 0; i < CELLS; i++) {
    cloche_cell *cell = i % 2 ? ut_session() : ut_one_shot();
    seen[i] = strdup(ut_eval(cell, "Math.random()").value);
    cloche_cell_close(cell);
  }
  qsort(seen, CELLS, sizeof *seen, by_text);
  for (int i = 1; i < CELLS; i++) assert_string_not_equal(seen[i - 1], seen[i]);
  for (int i = 0; i < CELLS; i++) free(seen[i]);
}

static void runs_of_one_cell_differ(void) {
  cloche_cell *cell = ut_one_shot();
  char first[200];
  snprintf(first, sizeof first, "%s", ut_eval(cell, numbers).value);
  assert_string_not_equal(first, ut_eval(cell, numbers).value);
  cloche_cell_close(cell);
  cell = ut_session();
  snprintf(first, sizeof first, "%s", ut_eval(cell, numbers).value);
  assert_string_not_equal(first, ut_eval(cell, numbers).value);
  assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
  assert_string_not_equal(first, ut_eval(cell, numbers).value);
  cloche_cell_close(cell);
}

static void seeds(void) {
  static const uint64_t all[] = {0, 1, 2, 42, UINT64_MAX, UINT64_MAX - 1, 1ull << 63};
  char values[UT_COUNT(all)][200];
  for (size_t i = 0; i < UT_COUNT(all); i++)
    for (int again = 0; again < 3; again++) {
      cloche_cell *cell = open_seeded(all[i], again == 2);
      cloche_result r = ut_eval(cell, numbers);
      assert_int_equal(r.status, CLOCHE_OK);
      if (again) assert_string_equal(r.value, values[i]);
      else snprintf(values[i], sizeof values[i], "%s", r.value);
      cloche_cell_close(cell);
    }
  for (size_t i = 0; i < UT_COUNT(all); i++)
    for (size_t j = 0; j < i; j++) assert_string_not_equal(values[i], values[j]);
}

static void seeded_sessions_and_resets(void) {
  cloche_cell *a = open_seeded(5, true), *b = open_seeded(5, true);
  for (int i = 0; i < 5; i++) {
    char value[200];
    snprintf(value, sizeof value, "%s", ut_eval(a, numbers).value);
    ut_value(b, numbers, value);
  }
  char first[200];
  assert_int_equal(cloche_cell_reset(a, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_reset(b, NULL), CLOCHE_OK);
  snprintf(first, sizeof first, "%s", ut_eval(a, numbers).value);
  ut_value(b, numbers, first);
  cloche_cell_close(a);
  cloche_cell_close(b);
}

static void seeded_cells_are_deterministic(void) {
  static const char source[] =
      "const o = []; for (let i = 0; i < 1000; i++) o.push(Math.random()); const m = new Map(o.map((x, i) => [x, i])); o.sort(); [o[0], o[999], m.get(o[500]), [3, 1, 2].sort(() => Math.random() - 0.5)]";
  char want[300];
  for (int i = 0; i < 5; i++) {
    cloche_cell *cell = open_seeded(77, i % 2);
    cloche_result r = ut_eval(cell, source);
    if (i) assert_string_equal(r.value, want);
    else snprintf(want, sizeof want, "%s", r.value);
    cloche_cell_close(cell);
  }
}

static void numbers_are_in_range(void) {
  ut_value_of(
      "let lo = 1, hi = 0, sum = 0; for (let i = 0; i < 20000; i++) { const r = Math.random(); if (r < lo) lo = r; if (r > hi) hi = r; sum += r } lo >= 0 && hi < 1 && lo < 0.01 && hi > 0.99 && Math.abs(sum / 20000 - 0.5) < 0.02",
      "true");
}

/* ---- clocks */

static void virtual_clock_starts_and_stands(void) {
  cloche_cell *cell = open_virtual(1000000000000u, false);
  ut_value(cell, "Date.now()", "1000000000000");
  ut_value(cell, "new Date().toISOString()", "\"2001-09-09T01:46:40.000Z\"");
  ut_value(cell, "const a = Date.now(); let x = 0; for (let i = 0; i < 1e6; i++) x += i; Date.now() - a", "0");
  ut_value(cell, "await null; Date.now()", "1000000000000");
  cloche_cell_close(cell);
  cell = open_virtual(0, false);
  ut_value(cell, "Date.now()", "0");
  cloche_cell_close(cell);
}

static void virtual_sleep_jumps(void) {
  cloche_cell *cell = open_virtual(5000, false);
  ut_value(cell, "const t = Date.now(); await new Promise(r => setTimeout(r, 3600000)); Date.now() - t",
           "3600000"); /* an hour, in no time */
  assert_true(strtod(ut_report_text(cell, "metrics.wall_ms"), NULL) < 20000);
  ut_value(
      cell,
      "const log = []; for (const ms of [300, 100, 200, 0]) setTimeout(() => log.push([ms, Date.now()]), ms); await new Promise(r => setTimeout(r, 1000)); log",
      "[[0,5001],[100,5100],[200,5200],[300,5300]]");
  ut_value(
      cell,
      "let n = 0; const id = setInterval(() => { if (++n === 5) clearInterval(id) }, 50); await new Promise(r => setTimeout(r, 10000)); [n, Date.now()]",
      "[5,15000]");
  ut_value(
      cell,
      "const order = []; setTimeout(() => order.push('b'), 10); setTimeout(() => order.push('a'), 5); setTimeout(() => order.push('c'), 10); await new Promise(r => setTimeout(r, 10)); order.join('')",
      "\"abc\"");
  ut_value(
      cell,
      "const log = []; setTimeout(() => { log.push(Date.now()); setTimeout(() => log.push(Date.now()), 10) }, 10); await new Promise(r => setTimeout(r, 100)); log",
      "[5010,5020]");
  ut_value(cell, "console.log('x'); await new Promise(r => setTimeout(r, 250)); console.log('y'); 1", "1");
  assert_string_equal(ut_report_text(cell, "output.0.timestamp"), "5000");
  assert_string_equal(ut_report_text(cell, "output.1.timestamp"), "5250");
  cloche_cell_close(cell);
}

/* The virtual clock does not run past a call that is open: what its answer brings may come first. */
static void virtual_clock_and_calls(void) {
  cloche_cell *cell = open_virtual(0, false);
  ut_tool(cell, "t", false);
  assert_int_equal(
      ut_start(
          cell,
          "const log = []; setTimeout(() => log.push('timer ' + Date.now()), 1000); log.push(await tools.t()); await new Promise(r => setTimeout(r, 2000)); log.push(Date.now()); log"),
      CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "\"answer\"");
  ut_finish_value(cell, "[\"answer\",\"timer 1000\",2000]");
  cloche_cell_close(cell);
}

static void virtual_sessions(void) {
  cloche_cell *cell = open_virtual(100, true);
  ut_value(cell, "await new Promise(r => setTimeout(r, 50)); Date.now()", "150");
  ut_value(cell, "Date.now()", "150"); /* time goes on from run to run */
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "await new Promise(r => setTimeout(r, 5)); Date.now()", "155");
  ut_value(cell, "Date.now()", "150");
  assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
  ut_value(cell, "Date.now()", "100");
  cloche_cell_close(cell);
  cloche_cell_close(copy);
  cell = open_virtual(100, false);
  ut_value(cell, "await new Promise(r => setTimeout(r, 50)); Date.now()", "150");
  ut_value(cell, "Date.now()", "100"); /* every run of a one-shot cell is the first */
  cloche_cell_close(cell);
}

static void virtual_time_has_limits_nevertheless(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 50 * UT_MS;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  options.limits = &limits;
  cloche_cell *cell = ut_open(&options);
  ut_ends(cell, "for (;;) await new Promise(r => setTimeout(r, 1000))", CLOCHE_WALL_TIME_LIMIT);
  ut_ends(cell, "setInterval(() => {}, 1); await new Promise(() => {})", CLOCHE_WALL_TIME_LIMIT);
  cloche_cell_close(cell);
}

static void real_clock(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "Date.now() > 1600000000000 && Date.now() < 10000000000000", "true");
  ut_value(cell, "const a = Date.now(); await new Promise(r => setTimeout(r, 20)); Date.now() - a >= 19", "true");
  ut_value(cell, "new Date().getTimezoneOffset()", "0");
  ut_value(
      cell,
      "const log = []; for (const ms of [15, 5, 10, 0, 5]) setTimeout(x => log.push(x), ms, ms); await new Promise(r => setTimeout(r, 40)); log",
      "[0,5,5,10,15]");
  ut_value(
      cell,
      "let n = 0; await new Promise(r => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); r() } }, 2) }); n",
      "3");
  cloche_cell_close(cell);
}

static void timers_of_all_sorts(void) {
  cloche_cell *cell = open_virtual(0, false);
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"let f = 0; const id = setTimeout(() => f++, 5); clearTimeout(id); clearTimeout(id); clearTimeout(99999); clearTimeout(); clearTimeout(null); await new Promise(r => setTimeout(r, 20)); f",
       "0"},
      {"let a; setTimeout((...x) => { a = x }, 1, 1, 'b', {c: 3}); await new Promise(r => setTimeout(r, 5)); a",
       "[1,\"b\",{\"c\":3}]"},
      {"let n = 0; setTimeout(() => n++); setTimeout(() => n++, -5); setTimeout(() => n++, NaN); setTimeout(() => n++, '3'); setTimeout(() => n++, 1.9); await new Promise(r => setTimeout(r, 10)); n",
       "5"},
      {"const log = []; setTimeout(() => log.push('t'), 0); Promise.resolve().then(() => log.push('m')); log.push('s'); await new Promise(r => setTimeout(r, 1)); log.join('')",
       "\"smt\""},
      {"try { setTimeout('code', 1) } catch (e) { e.name }", "\"TypeError\""},
      {"try { setTimeout(() => { throw new Error('x') }, 1); await new Promise(r => setTimeout(r, 5)); 'on' } catch (e) { 'caught' }",
       NULL},
      {"typeof setTimeout(() => {}, 1)", "\"number\""},
      {"const a = setTimeout(() => {}, 1), b = setTimeout(() => {}, 1); a !== b", "true"},
      {"let log = []; const id = setInterval(() => { log.push(Date.now()); if (log.length === 3) clearInterval(id) }, 10); await new Promise(r => setTimeout(r, 100)); log",
       "[10,20,30]"},
      {"let c = 0; const x = setTimeout(() => c++, 10); setTimeout(() => clearTimeout(x), 5); await new Promise(r => setTimeout(r, 50)); c",
       "0"},
      {"let z = 0; await new Promise(r => setTimeout(() => { z = 1; setTimeout(() => { z = 2; r() }, 0) }, 0)); z",
       "2"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    if (cases[i].want) ut_value(cell, cases[i].source, cases[i].want);
  cloche_result r = ut_ends(
      cell, "setTimeout(() => { throw new Error('from a timer') }, 1); await new Promise(r => setTimeout(r, 5))",
      CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "from a timer");
  cloche_cell_close(cell);
}

static void timers_limit(void) {
  cloche_limits limits = ut_limits();
  limits.timers = 5;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_ends(cell, "for (let i = 0; i < 6; i++) setTimeout(() => {}, 1)", CLOCHE_TIMERS_LIMIT);
  ut_value(
      cell,
      "for (let i = 0; i < 5; i++) setTimeout(() => {}, 1); let c; try { setTimeout(() => {}, 1) } catch (e) { c = e.code } c",
      "\"timers_limit\"");
  assert_string_equal(ut_report_text(cell, "metrics.limits.timers_limit"), "1");
  ut_value(cell, "for (let i = 0; i < 100; i++) clearTimeout(setTimeout(() => {}, 1)); 1", "1");
  ut_value(cell, "for (let i = 0; i < 20; i++) await new Promise(r => setTimeout(r, 0)); 1", "1");
  cloche_cell_close(cell);
}

static void draining(void) {
  static const struct {
    const char *source, *value, *drained, *not_drained;
  } cases[] = {
      {"setTimeout(() => console.log('timer'), 5); 'value'", "\"value\"", "log:timer\n", ""},
      {"setTimeout(() => { console.log(1); setTimeout(() => console.log(2), 1) }, 1); 0", "0", "log:1\nlog:2\n", ""},
      {"let n = 0; const id = setInterval(() => { console.log(++n); if (n === 3) clearInterval(id) }, 1); 0", "0",
       "log:1\nlog:2\nlog:3\n", ""},
      {"const id = setTimeout(() => console.log('never'), 5); clearTimeout(id); 1", "1", "", ""},
      {"await new Promise(r => setTimeout(r, 2)); setTimeout(() => console.log('late'), 2); 2", "2", "log:late\n", ""},
  };
  for (int virtual = 0; virtual < 2; virtual ++)
    for (int drain = 0; drain < 2; drain++) {
      cloche_cell *cell = virtual ? open_virtual(0, false) : ut_one_shot();
      cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
      options.drain_timers = drain;
      for (size_t i = 0; i < UT_COUNT(cases); i++) {
        cloche_result r;
        assert_int_equal(cloche_cell_eval(cell, cases[i].source, strlen(cases[i].source), &options, &r, NULL),
                         CLOCHE_OK);
        assert_int_equal(r.status, CLOCHE_OK);
        assert_string_equal(r.value, cases[i].value);
        assert_string_equal(ut_console(cell), drain ? cases[i].drained : cases[i].not_drained);
      }
      cloche_cell_close(cell);
    }
  /* an error in a timer that was drained is the run's */
  cloche_cell *cell = ut_one_shot();
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.drain_timers = true;
  cloche_result r;
  const char *source = "setTimeout(() => { throw new Error('late') }, 1); 1";
  assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &options, &r, NULL), CLOCHE_OK);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  cloche_cell_close(cell);
}

static void deadline_of_a_timer(void) {
  cloche_cell *cell = ut_one_shot();
  assert_int_equal(cloche_cell_deadline(cell), UINT64_MAX);
  ut_start(cell, "await new Promise(r => setTimeout(r, 250)); 'woken'"); /* not due before it is asked */
  uint64_t at = cloche_cell_deadline(cell);
  assert_true(at > 0 && at != UINT64_MAX);
  ut_finish_value(cell, "\"woken\"");
  assert_int_equal(cloche_cell_deadline(cell), UINT64_MAX);
  cloche_cell_close(cell);
}

/* What a guest sees of one stream tells it nothing of the other, nor of what comes next: 64 bits of splitmix64 would. */
static void crypto_is_no_simple_generator(void) {
  static const char source[] =
      "const seen = new BigUint64Array(crypto.getRandomValues(new Uint8Array(16)).buffer);"
      "const mask = (1n << 64n) - 1n;"
      "const unshift = (x, n) => { let y = x; for (let i = 0; i < 64 / Number(n) + 1; i++) y = x ^ (y >> n); return y & mask };"
      "const inverse = (a) => { let x = a; for (let i = 0; i < 6; i++) x = x * (2n - a * x) & mask; return x };"
      "let z = unshift(seen[0], 31n); z = z * inverse(0x94d049bb133111ebn) & mask; z = unshift(z, 27n);"
      "z = z * inverse(0xbf58476d1ce4e5b9n) & mask; z = unshift(z, 30n);"
      "let next = (z + 0x9e3779b97f4a7c15n) & mask; next = (next ^ next >> 30n) * 0xbf58476d1ce4e5b9n & mask;"
      "next = (next ^ next >> 27n) * 0x94d049bb133111ebn & mask; next = next ^ next >> 31n; next === seen[1]";
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, source, "false");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(cells_differ),
      UT(runs_of_one_cell_differ),
      UT(seeds),
      UT(seeded_sessions_and_resets),
      UT(seeded_cells_are_deterministic),
      UT(numbers_are_in_range),
      UT(virtual_clock_starts_and_stands),
      UT(virtual_sleep_jumps),
      UT(virtual_clock_and_calls),
      UT(virtual_sessions),
      UT(virtual_time_has_limits_nevertheless),
      UT(real_clock),
      UT(timers_of_all_sorts),
      UT(timers_limit),
      UT(draining),
      UT(deadline_of_a_timer),
      UT(crypto_is_no_simple_generator),
  };
  return UT_RUN("random", tests);
}
