/* Deterministic runs: with a seed, a virtual clock and the same answers at the same waits, a run gives the same report
 * (less its metrics) and the same memory, however it is cut into slices and whatever the machine does; and one that was
 * stopped at a look is stopped by its replay at the same one. Memory is compared in full: nothing of it may depend on
 * anything but what went in. */
#include "unit.h"

#include <pthread.h>
#include <sodium.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"

/* ---- one run, and what is kept of it */

typedef struct {
  cloche_status status;
  bool replayable;
  uint64_t polls;
  char *report; /* less metrics */
  uint8_t memory[32];
} outcome;

typedef struct {
  bool session, no_poll, resolve_backwards;
  uint64_t wall_ms, rate, slice_ns, interrupt_at_wait; /* the wait, from 1, at which the run is cancelled; 0: none */
  const char *language;
  const outcome *replay; /* of this one; NULL: the run is the first */
} way;

static const way plain = {.session = true};

static cloche_cell *open_for(const way *how) {
  cloche_limits limits = ut_limits();
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  if (how->wall_ms) limits.wall_ns = how->wall_ms * UT_MS;
  limits.console_per_second = how->rate;
  options.limits = &limits;
  options.session = how->session;
  options.no_poll = how->no_poll;
  options.seeded = true;
  options.seed = 42;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  options.clock_start_ms = 1700000000000;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "a", false);
  ut_tool(cell, "b", false);
  ut_tool(cell, "s", true);
  return cell;
}

/* Answers all pending calls with a text that tells which they are; every third is rejected. */
static void answer_all(cloche_cell *cell, bool backwards) {
  uint64_t ids[64];
  size_t count = 0;
  for (cloche_call call; count < UT_COUNT(ids) && cloche_cell_next_call(cell, &call);) ids[count++] = call.id;
  for (size_t i = 0; i < count; i++) {
    uint64_t id = ids[backwards ? count - 1 - i : i];
    char text[40];
    snprintf(text, sizeof text, "{\"n\":[%llu,\"x\"]}", (unsigned long long)id);
    cloche_rejection no = CLOCHE_REJECTION_INIT;
    no.message = "no";
    if (id % 3 == 0) assert_int_equal(cloche_cell_reject(cell, id, &no, NULL), CLOCHE_OK);
    else ut_resolve(cell, id, text);
  }
}

static void drive(cloche_cell *cell, const char *source, const way *how) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.drain_timers = true;
  options.language = how->language;
  if (how->replay) {
    options.replay = true;
    options.replay_status = how->replay->status;
    options.replay_polls = how->replay->polls;
  }
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), &options, NULL), CLOCHE_OK);
  cloche_state state;
  uint64_t waits = 0;
  for (;;) {
    assert_int_equal(cloche_cell_step(cell, how->slice_ns, &state, NULL), CLOCHE_OK);
    if (state == CLOCHE_DONE) return;
    if (state != CLOCHE_WAITING) continue;
    waits++;
    if (how->interrupt_at_wait == waits) cloche_cell_interrupt(cell);
    else answer_all(cell, how->resolve_backwards);
  }
}

static char *report_less_metrics(cloche_cell *cell) {
  const char *report, *metrics = NULL;
  size_t len;
  assert_int_equal(cloche_cell_report(cell, &report, &len, NULL), CLOCHE_OK);
  for (const char *at = report; (at = strstr(at, ",\"metrics\":{")); at++) metrics = at;
  assert_non_null(metrics);
  return strndup(report, (size_t)(metrics - report));
}

static outcome outcome_of(cloche_cell *cell) {
  cloche_result r;
  outcome out;
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  out =
      (outcome){.status = r.status, .replayable = r.replayable, .polls = r.polls, .report = report_less_metrics(cell)};
  crypto_generichash(out.memory, sizeof out.memory, cell->slot.base, cell->slot.bytes, NULL, 0);
  return out;
}

static outcome run_it(const char *source, const way *how) {
  cloche_cell *cell = open_for(how);
  drive(cell, source, how);
  outcome out = outcome_of(cell);
  cloche_cell_close(cell);
  return out;
}

static void check_same(const char *source, const outcome *a, const outcome *b) {
  if (strcmp(a->report, b->report) != 0) fail_msg("%s:\n%s\n%s", source, a->report, b->report);
  assert_int_equal(a->status, b->status);
  if (a->polls != b->polls)
    fail_msg("%s: %llu and %llu looks", source, (unsigned long long)a->polls, (unsigned long long)b->polls);
  if (memcmp(a->memory, b->memory, sizeof a->memory) != 0) fail_msg("%s: the memory is another", source);
}

static void drop(outcome *out) { free(out->report); }

/* ---- the same in, the same out */

static const char *const programs[] = {
    "1 + 1",
    "[Date.now(), performance.now(), new Date().toString(), Math.random(), crypto.randomUUID()]",
    "const x = crypto.getRandomValues(new Uint8Array(4)); [...x, Math.random(), Math.random()]",
    "console.log('a', Date.now()); await new Promise(f => setTimeout(f, 1234)); console.log('b', Date.now()); 7",
    "console.time('t'); await new Promise(f => setTimeout(f, 5)); console.timeEnd('t')",
    "const all = []; for (let i = 0; i < 9; i++) all.push(tools.a(i).catch(e => e.message)); await Promise.all(all)",
    "const r = []; for (let i = 0; i < 5; i++) { try { r.push(await tools.a({i})) } catch (e) { r.push(e.stack) } } r",
    "await Promise.race([tools.a(1), tools.b(2), new Promise(f => setTimeout(f, 10, 'late'))])",
    "const t = []; const p = tools.a(1).then(() => t.push('call'));"
    "setTimeout(() => t.push('timer'), 1); await p; await new Promise(f => setTimeout(f, 2)); t",
    "[tools.s(1), tools.s(2), Date.now()]",
    "tools.a(1); tools.b(2); 'does not wait'",
    "throw new Error('no ' + Date.now())",
    "Promise.reject(new Error('nobody')); 5",
    "const seen = []; { const f = new FinalizationRegistry(x => seen.push(x));"
    "for (let i = 0; i < 50; i++) { const o = {i}; o.self = o; f.register(o, i) } }"
    "for (let i = 0; i < 200000; i++) ({i}); await null; seen",
    "const w = []; for (let i = 0; i < 20; i++) { let o = {i}; o.me = o; w.push(new WeakRef(o)) }"
    "for (let i = 0; i < 100000; i++) ({a: [i]}); w.map(r => r.deref() ? 1 : 0).join('')",
    "const m = new Map(), s = new Set(); for (let i = 0; i < 500; i++) { m.set({i}, i); s.add('k' + i * 7 % 501) }"
    "[[...s].join(), [...m.values()].length]",
    "const o = {}; for (let i = 0; i < 2000; i++) o['p' + (i * 7919) % 2003] = i; Object.keys(o).join()",
    "let n = 0; for (let i = 0; i < 2000000; i++) n += i % 7; n",
    "const a = Array.from({length: 20000}, (_, i) => Math.sin(i)); a.sort(); a[77]",
    "'x'.repeat(1e6).replace(/x/g, (m, i) => i % 10).length",
    "JSON.stringify(Array.from({length: 5000}, (_, i) => ({i, t: String(i)}))).length",
    "(function f() { return f() })()",
    "const keep = []; for (;;) keep.push(new Array(1000).fill(keep.length))",
    "await new Promise(() => {})",
    "for (let i = 0; i < 20; i++) setTimeout(() => console.log(i, performance.now()), (i * 37) % 11); 'drained'",
    "const id = setInterval(() => { if (performance.now() > 50) clearInterval(id); console.log(1) }, 7); 0",
    "return 5 + await tools.a(1).then(x => x.n[0])",
    "display({a: Date.now()}); progress(0.5, 'half'); 1",
    "for (let i = 0; i < 40; i++) tools.a(i).catch(() => 0); await 0; tools.b('last').then(x => console.log(x)); 1",
};

static void same_again(void) {
  for (size_t i = 0; i < UT_COUNT(programs); i++) {
    outcome first = run_it(programs[i], &plain), second = run_it(programs[i], &plain);
    assert_true(first.replayable);
    check_same(programs[i], &first, &second);
    drop(&first);
    drop(&second);
  }
}

static void same_in_slices(void) {
  way sliced = plain;
  sliced.slice_ns = 20000;
  for (size_t i = 0; i < UT_COUNT(programs); i++) {
    outcome first = run_it(programs[i], &plain), second = run_it(programs[i], &sliced);
    check_same(programs[i], &first, &second);
    drop(&first);
    drop(&second);
  }
}

/* A replay is given the same answers, and its own end is where the recorded one was. */
static void same_as_replay(void) {
  way again = plain;
  again.slice_ns = 100000;
  for (size_t i = 0; i < UT_COUNT(programs); i++) {
    outcome first = run_it(programs[i], &plain);
    again.replay = &first;
    outcome second = run_it(programs[i], &again);
    check_same(programs[i], &first, &second);
    drop(&first);
    drop(&second);
  }
}

static void order_within_a_wait_counts_for_nothing(void) {
  way backwards = plain;
  backwards.resolve_backwards = true;
  const char *source =
      "const r = []; for (let i = 0; i < 5; i++) tools.a(i).then(x => r.push(x), () => r.push(0));"
      "await tools.b(9); r";
  outcome first = run_it(source, &plain), second = run_it(source, &backwards);
  check_same(source, &first, &second);
  drop(&first);
  drop(&second);
}

static void runs_of_a_session(void) {
  outcome last[2];
  for (int round = 0; round < 2; round++) {
    way how = {.session = true, .slice_ns = round ? 20000 : 0};
    cloche_cell *cell = open_for(&how);
    for (size_t i = 0; i < UT_COUNT(programs); i++) {
      char wrapped[1024];
      snprintf(wrapped, sizeof wrapped, "{ %s }", programs[i]);
      drive(cell, wrapped, &how);
    }
    last[round] = outcome_of(cell);
    cloche_cell_close(cell);
  }
  check_same("a session", &last[0], &last[1]);
  drop(&last[0]);
  drop(&last[1]);
}

static void typescript(void) {
  const char *source =
      "interface P { x: number }\nconst p: P = {x: await tools.a(1).then((r: any) => r.n[0])};\n"
      "console.log(p as P, Math.random());\nreturn p.x satisfies number;";
  way how = {.session = false, .language = "ts"}, sliced = how;
  sliced.slice_ns = 50000;
  outcome first = run_it(source, &how), second = run_it(source, &sliced);
  assert_int_equal(first.status, CLOCHE_OK);
  assert_true(first.replayable);
  check_same(source, &first, &second);
  sliced.replay = &first;
  outcome third = run_it(source, &sliced);
  check_same(source, &first, &third);
  drop(&first);
  drop(&second);
  drop(&third);
}

/* ---- stopped at a look */

static const char *const endless[] = {
    "let n = 0; for (;;) { n++; if (n % 100000 === 0) console.log(n) }",
    "for (;;) try { for (;;); } finally { continue }",
    "(function f() { for (;;) try { f() } catch (e) {} })()",
    "const a = Array.from({length: 100}, (_, i) => i); for (;;) a.sort(() => 1)",
    "/(a+)+$/.test('a'.repeat(40) + 'b')",
    "let i = 0; for (;;) { await 0; if (++i % 10000 === 0) console.log(i) }",
    "function next() { return Promise.resolve().then(next) } await next()",
    "setInterval(() => 0, 1); await new Promise(() => {})",
    "for (;;) { try { tools.s(1) } catch (e) {} }",
    "for (;;) { try { await tools.a(1) } catch (e) {} }",
    "setTimeout(() => { for (;;); }, 5); await new Promise(() => {})",
    "throw {get message() { for (;;); }}",
    "JSON.stringify({toJSON() { for (;;); }})",
    "function f(n) { if (n) f(n - 1); else for (;;); } f(50)",
    "new Proxy({}, {get() { for (;;); }}).x",
    "const o = {get x() { for (;;) Math.random(); }}; console.log(o.x)",
    "let s = ''; for (;;) { s += crypto.randomUUID(); if (s.length > 1e5) s = '' }",
};

static void *interrupt_soon(void *cell) {
  struct timespec time = {0, 15 * 1000000};
  nanosleep(&time, NULL);
  cloche_cell_interrupt(cell);
  return NULL;
}

static outcome run_until(const char *source, const way *how, bool cancel) {
  cloche_cell *cell = open_for(how);
  pthread_t other;
  if (cancel) assert_int_equal(pthread_create(&other, NULL, interrupt_soon, cell), 0);
  drive(cell, source, how);
  if (cancel) pthread_join(other, NULL);
  outcome out = outcome_of(cell);
  cloche_cell_close(cell);
  return out;
}

static void check_stops(bool session, bool cancel, uint64_t slice_ns) {
  for (size_t i = 0; i < UT_COUNT(endless); i++) {
    way how = {.session = session, .wall_ms = cancel ? 0 : 15, .slice_ns = slice_ns};
    outcome first = run_until(endless[i], &how, cancel);
    if (first.status != (cancel ? CLOCHE_CANCELLED : CLOCHE_WALL_TIME_LIMIT))
      fail_msg("%s: %s", endless[i], first.report);
    if (first.replayable) { /* a loaded machine may have left it by force */
      way again = how;
      again.slice_ns = slice_ns ? 0 : 30000;
      again.replay = &first;
      outcome second = run_until(endless[i], &again, false);
      check_same(endless[i], &first, &second);
      assert_true(second.replayable);
      drop(&second);
    }
    drop(&first);
  }
}

static void stopped_at_any_look(void) {
  static const uint64_t looks[] = {1, 2, 7, 30};
  for (size_t i = 0; i < UT_COUNT(endless); i++) {
    for (size_t k = 0; k < UT_COUNT(looks); k++) {
      outcome end = {.status = k % 2 ? CLOCHE_CPU_TIME_LIMIT : CLOCHE_CANCELLED, .polls = looks[k]};
      way how = {.session = true, .replay = &end}, sliced = {.session = true, .replay = &end, .slice_ns = 30000};
      outcome first = run_it(endless[i], &how), second = run_it(endless[i], &sliced);
      if (first.polls != looks[k]) fail_msg("%s: stopped at %llu", endless[i], (unsigned long long)first.polls);
      assert_int_equal(first.status, end.status);
      assert_true(first.replayable);
      check_same(endless[i], &first, &second);
      drop(&first);
      drop(&second);
    }
  }
}

static void stopped_by_time(void) {
  check_stops(true, false, 0);
  check_stops(false, false, 0);
}

static void stopped_by_time_between_slices(void) { check_stops(true, false, 40000); }

static void cancelled_from_outside(void) {
  check_stops(true, true, 0);
  check_stops(false, true, 40000);
}

static void cancelled_while_it_waits(void) {
  const char *source = "let n = 0; for (;;) { try { await tools.a(n++) } catch (e) { console.log(n) } }";
  for (int sync = 0; sync < 2; sync++) {
    way how = {.session = true, .interrupt_at_wait = 7};
    outcome first = run_it(sync ? "for (;;) try { tools.s(1) } catch (e) { console.log(e.message) }" : source, &how);
    assert_int_equal(first.status, CLOCHE_CANCELLED);
    assert_true(first.replayable);
    /* the replay has no answer at the seventh wait: it is stepped, and ends there without an interrupt */
    cloche_cell *cell = open_for(&plain);
    cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
    options.drain_timers = options.replay = true;
    options.replay_status = first.status;
    options.replay_polls = first.polls;
    const char *text = sync ? "for (;;) try { tools.s(1) } catch (e) { console.log(e.message) }" : source;
    assert_int_equal(cloche_cell_start(cell, text, strlen(text), &options, NULL), CLOCHE_OK);
    for (int wait = 1; wait < 7; wait++) {
      assert_int_equal(ut_go(cell), CLOCHE_WAITING);
      answer_all(cell, false);
    }
    assert_int_equal(ut_go(cell), CLOCHE_WAITING);
    assert_int_equal(ut_go(cell), CLOCHE_DONE);
    outcome second = outcome_of(cell);
    check_same(text, &first, &second);
    cloche_cell_close(cell);
    drop(&first);
    drop(&second);
  }
}

static void stopped_in_the_compiler(void) {
  enum { LINES = 30000 };
  static const char line[] = "{ const a: number = 1 as number }\n";
  char *source = malloc(LINES * sizeof line), *at = source;
  assert_non_null(source);
  for (int i = 0; i < LINES; i++) at = stpcpy(at, line);
  way how = {.wall_ms = 30, .language = "ts"};
  outcome first = run_it(source, &how);
  assert_int_equal(first.status, CLOCHE_WALL_TIME_LIMIT);
  assert_true(first.replayable);
  how.replay = &first;
  outcome second = run_it(source, &how);
  check_same("a long source", &first, &second);
  drop(&first);
  drop(&second);
  free(source);
}

/* A replay of something else is stopped behind the recorded end: it cannot run for ever. */
static void replay_of_another_source_is_stopped(void) {
  outcome first = run_it("let n = 0; for (let i = 0; i < 100000; i++) n += i; n", &plain);
  way again = plain;
  again.replay = &first;
  outcome second = run_it("for (;;);", &again);
  assert_int_equal(second.status, CLOCHE_CANCELLED);
  assert_int_equal(second.polls, first.polls + 1);
  drop(&first);
  drop(&second);
}

/* ---- what cannot be replayed */

static void left_by_force(void) {
  way how = {.session = true, .no_poll = true, .wall_ms = 15};
  outcome out = run_it("for (;;);", &how);
  assert_int_equal(out.status, CLOCHE_WALL_TIME_LIMIT);
  assert_false(out.replayable);
  assert_non_null(strstr(out.report, "\"replayable\":false"));
  drop(&out);
}

static void inside_a_built_in(void) {
  way how = {.session = true, .wall_ms = 15};
  outcome out = run_it("new Array(2 ** 32 - 1).join('x')", &how);
  assert_int_equal(out.status, CLOCHE_WALL_TIME_LIMIT);
  assert_false(out.replayable);
  drop(&out);
}

static void cut_by_the_rate(void) {
  way how = {.session = true, .rate = 5};
  const char *source = "for (let i = 0; i < 100; i++) console.log(i)";
  outcome out = run_it(source, &how), quiet = run_it("console.log(1)", &how);
  assert_false(out.replayable);
  assert_true(quiet.replayable);
  way again = {.session = true, .rate = 1, .replay = &quiet};
  outcome second = run_it("console.log(1)", &again);
  check_same("console.log(1)", &quiet, &second);
  drop(&out);
  drop(&quiet);
  drop(&second);
}

static void a_trap_replays(void) {
  /* memory that is refused inside a side module ends in `unreachable`: by force, but always there */
  way how = {.session = true};
  const char *source = "const keep = []; for (;;) keep.push(new URL('http://a/' + 'x'.repeat(1e6) + keep.length))";
  outcome first = run_it(source, &how), second = run_it(source, &how);
  check_same(source, &first, &second);
  drop(&first);
  drop(&second);
}

static void other_cells_say_nothing(void) {
  cloche_cell *cell = ut_session();
  cloche_result r = ut_eval(cell, "1");
  assert_false(r.replayable);
  assert_null(strstr(ut_report_text(cell, "replayable"), "true"));
  cloche_cell_close(cell);
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  cell = ut_open(&options);
  assert_false(ut_eval(cell, "1").replayable);
  cloche_cell_close(cell);
}

static void calls_are_timed_by_a_virtual_clock(void) {
  cloche_cell *cell = open_for(&plain);
  drive(cell, "await new Promise(f => setTimeout(f, 1500)); await tools.a(1)", &plain);
  assert_string_equal(ut_report_text(cell, "calls.0.started_ms"), "1500.0");
  assert_string_equal(ut_report_text(cell, "calls.0.ended_ms"), "1500.0");
  drive(cell, "await tools.a(1)", &plain);
  assert_string_equal(ut_report_text(cell, "calls.0.started_ms"), "0.0");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(same_again),
      UT(same_in_slices),
      UT(same_as_replay),
      UT(order_within_a_wait_counts_for_nothing),
      UT(runs_of_a_session),
      UT(typescript),
      UT(stopped_at_any_look),
      UT(stopped_by_time),
      UT(stopped_by_time_between_slices),
      UT(cancelled_from_outside),
      UT(cancelled_while_it_waits),
      UT(stopped_in_the_compiler),
      UT(replay_of_another_source_is_stopped),
      UT(left_by_force),
      UT(inside_a_built_in),
      UT(cut_by_the_rate),
      UT(a_trap_replays),
      UT(other_cells_say_nothing),
      UT(calls_are_timed_by_a_virtual_clock),
  };
  return UT_RUN("replay", tests);
}
