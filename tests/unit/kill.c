/* The kill: whatever the guest does, the run ends with the right status, nothing of the guest runs after it, and the
 * next run of the same cell works. Every case is done with the engine's own hook, and without it (signals alone). */
#include "unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static cloche_cell *short_lived(bool no_poll, bool session, uint64_t wall_ms, uint64_t cpu_ms) {
  cloche_limits limits = ut_limits();
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  limits.wall_ns = wall_ms * UT_MS;
  limits.cpu_ns = cpu_ms * UT_MS;
  options.limits = &limits;
  options.no_poll = no_poll;
  options.session = session;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "t", false);
  ut_tool(cell, "s", true);
  return cell;
}

static const char *const endless[] = {
    "for (;;);",
    "while (true) { try { for (;;); } finally { continue } }",
    "for (;;) { try { throw 1 } catch (e) {} }",
    "try { for (;;); } finally { for (;;); }",
    "(function f() { for (;;) try { f() } catch (e) {} })()",
    "new Array(2 ** 32 - 1).join('x')",
    "/(a+)+$/.test('a'.repeat(40) + 'b')",
    "[3, 2, 1].sort(() => { for (;;); })",
    "const a = Array.from({length: 100}, (_, i) => i); for (;;) a.sort(() => 1)",
    "await (async () => { for (;;) await null })()",
    "function next() { return Promise.resolve().then(next) } await next()",
    "for (;;) await 0",
    "new Proxy({}, {get() { for (;;); }}).x",
    "JSON.stringify({toJSON() { for (;;); }})",
    "({valueOf() { for (;;); }}) + 1",
    "`${{toString() { for (;;); }}}`",
    "({get x() { for (;;); }})",
    "console.log({get x() { return 1 }, toString() { for (;;); }}); for (;;);",
    "'x'.replace(/x/, () => { for (;;); })",
    "function* g() { for (;;) yield 1 } for (const x of g());",
    "function* g() { for (;;) yield 1 } [...g()]",
    "eval('for (;;);')",
    "class A { static { for (;;); } }",
    "let n = 0n; for (;;) n++",
    "const m = new Map(); for (;;) { m.set(1, 1); m.delete(1) }",
    "queueMicrotask ? 0 : 0; Promise.resolve().then(() => { for (;;); }); await new Promise(() => {})",
    "setTimeout(() => { for (;;); }, 1); await new Promise(() => {})",
    "throw {get message() { for (;;); }, get name() { for (;;); }}",
    "new Array(1e8).fill(0).map((x, i) => i).join()",
    "const b = 3n ** 20000n; for (;;) b * b",
    "'a'.repeat(1 << 28).split('').reverse().join('')",
    "for (;;) Array.prototype.includes.call({length: 2 ** 53 - 1}, 1)",
    "return (() => { for (;;); })()",
    "String.raw({raw: {length: 2 ** 53 - 1}})",
    "parseInt('1'.repeat(1e7)); for (;;);",
};

static void check_endless(bool no_poll, bool session) {
  for (size_t i = 0; i < UT_COUNT(endless); i++) {
    cloche_cell *cell = short_lived(no_poll, session, 60, 10000);
    cloche_result r = ut_eval(cell, endless[i]);
    /* some of these eat memory before time is up */
    if (r.status != CLOCHE_WALL_TIME_LIMIT && r.status != CLOCHE_MEMORY_LIMIT)
      fail_msg("%s: %s %s", endless[i], cloche_status_describe(r.status).name,
               r.error_message ? r.error_message : r.value);
    assert_null(r.value);
    assert_non_null(r.error_message);
    assert_int_equal(r.rolled_back, session);
    assert_string_equal(ut_report_text(cell, "status"), r.status == CLOCHE_WALL_TIME_LIMIT ? "timeout" : "limit");
    ut_value(cell, "[1, 2].map(x => x * 2)", "[2,4]");
    ut_value(cell, "await null; 'x'.repeat(3) + [3, 1].sort()", "\"xxx1,3\"");
    cloche_cell_close(cell);
  }
}

static void endless_polled(void) { check_endless(false, false); }
static void endless_by_force(void) { check_endless(true, false); }
static void endless_in_a_session(void) { check_endless(false, true); }
static void endless_in_a_session_by_force(void) { check_endless(true, true); }

/* A run's own wall time takes the place of the limit, for that run alone. */
static void wall_of_a_run(void) {
  cloche_cell *cell = short_lived(false, true, 60000, 60000);
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  options.wall_ns = 30 * UT_MS;
  assert_int_equal(cloche_cell_eval(cell, "for (;;);", 9, &options, &r, &err), CLOCHE_OK);
  assert_int_equal(r.status, CLOCHE_WALL_TIME_LIMIT);
  assert_string_equal(r.error_message, "the run took longer than 30 ms");
  assert_null(r.repr);
  ut_value(cell, "'fine'", "\"fine\"");
  options.wall_ns = UT_MS - 1;
  assert_int_equal(cloche_cell_start(cell, "1", 1, &options, &err), CLOCHE_INVALID_ARGUMENT);
  options.wall_ns = 8 * 24 * 3600 * 1000 * UT_MS;
  assert_int_equal(cloche_cell_start(cell, "1", 1, &options, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(cloche_cell_eval(cell, "({ a: 'b' })", 12, NULL, &r, &err), CLOCHE_OK);
  assert_string_equal(r.repr, "{ a: 'b' }");
  assert_int_equal(r.repr_len, strlen(r.repr));
  cloche_cell_close(cell);
}

static void wall_and_cpu(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cell = short_lived(no_poll, false, 60000, 40);
    cloche_result r = ut_ends(cell, "for (;;);", CLOCHE_CPU_TIME_LIMIT);
    assert_true(r.cpu_ns >= 40 * UT_MS);
    assert_string_equal(ut_report_text(cell, "status"), "limit");
    assert_string_equal(ut_report_text(cell, "error.code"), "cpu_time_limit");
    /* waiting costs no CPU time */
    ut_value(cell, "await new Promise(r => setTimeout(r, 80, 'slept'))", "\"slept\"");
    /* CPU time adds up over the steps of a run */
    cloche_error err = CLOCHE_ERROR_INIT;
    const char *source = "for (;;);";
    cloche_state state = CLOCHE_RUNNING;
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
    for (int i = 0; i < 100000 && state != CLOCHE_DONE; i++)
      assert_int_equal(cloche_cell_step(cell, UT_MS, &state, &err), CLOCHE_OK);
    assert_int_equal(ut_finish(cell).status, CLOCHE_CPU_TIME_LIMIT);
    cloche_cell_close(cell);
    cell = short_lived(no_poll, false, 40, 60000);
    r = ut_ends(cell, "for (;;);", CLOCHE_WALL_TIME_LIMIT);
    assert_true(r.wall_ns >= 40 * UT_MS);
    assert_string_equal(ut_report_text(cell, "error.name"), "TimeoutError");
    ut_ends(cell, "await new Promise(r => setTimeout(r, 5000))", CLOCHE_WALL_TIME_LIMIT);
    cloche_cell_close(cell);
  }
}

/* Neither catch nor finally nor anything queued runs once the guest has been stopped. */
static void nothing_runs_after_a_kill(void) {
  static const char *const sources[] = {
      "try { for (;;); } catch (e) { console.log('caught') } finally { console.log('finally') }",
      "try { await (async () => { try { for (;;); } finally { console.log('inner') } })() } finally { console.log('outer') }",
      "Promise.resolve().then(() => console.log('job')); setTimeout(() => console.log('timer'), 0); for (;;);",
      "const g = (function* () { try { for (;;); } finally { console.log('generator') } })(); g.next()",
      "[1].forEach(() => { try { for (;;); } catch { console.log('cb') } })",
      "try { new Array(2 ** 32 - 1).join('x') } catch { console.log('join') } console.log('on')",
      "try { [3, 1, 2].sort(() => { for (;;); }) } finally { console.log('sort') }",
      "const o = {[Symbol.iterator]: () => ({next: () => ({done: false}), return() { console.log('return'); return {} }})}; for (const x of o);",
  };
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (int session = 0; session < 2; session++)
      for (size_t i = 0; i < UT_COUNT(sources); i++) {
        cloche_cell *cell = short_lived(no_poll, session, 40, 10000);
        ut_ends(cell, sources[i], CLOCHE_WALL_TIME_LIMIT);
        assert_string_equal(ut_console(cell), "");
        ut_value(cell, "await null; await new Promise(r => setTimeout(r, 3)); 1", "1");
        assert_string_equal(ut_console(cell), "");
        cloche_cell_close(cell);
      }
}

static void output_before_the_kill_is_kept(void) {
  cloche_cell *cell = short_lived(false, false, 40, 10000);
  ut_ends(cell, "console.log('before'); for (;;);", CLOCHE_WALL_TIME_LIMIT);
  assert_string_equal(ut_console(cell), "log:before\n");
  assert_string_equal(ut_report_text(cell, "output.0.content"), "before");
  cloche_cell_close(cell);
}

static void position_of_a_kill(void) {
  cloche_cell *cell = short_lived(false, false, 40, 10000);
  cloche_result r = ut_ends(cell, "let a = 1;\n\nfor (;;) a++;\n", CLOCHE_WALL_TIME_LIMIT);
  if (r.line != 0 && r.line != 3) fail_msg("line %u of %s", r.line, ut_report_text(cell, "error"));
  cloche_cell_close(cell);
}

static void cancel_between_steps(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cell = short_lived(no_poll, false, 60000, 60000);
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_state state;
    const char *source = "console.log('ran'); for (;;);";
    /* before the first step */
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
    cloche_cell_interrupt(cell);
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, CLOCHE_CANCELLED);
    assert_string_equal(r.error_name, "AbortError");
    assert_string_equal(ut_report_text(cell, "status"), "cancelled");
    assert_string_equal(ut_console(cell), "");
    /* after a slice */
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
    assert_int_equal(cloche_cell_step(cell, 3 * UT_MS, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_RUNNING);
    cloche_cell_interrupt(cell);
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
    /* while it waits */
    assert_int_equal(ut_start(cell, "try { await tools.t() } finally { console.log('finally') }"), CLOCHE_WAITING);
    cloche_call call = ut_take(cell), cancelled;
    cloche_cell_interrupt(cell);
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
    assert_true(cloche_cell_next_cancelled(cell, &cancelled));
    assert_int_equal(cancelled.id, call.id);
    assert_string_equal(ut_console(cell), "");
    /* while a sync call blocks */
    assert_int_equal(ut_start(cell, "try { tools.s() } finally { console.log('finally') }"), CLOCHE_WAITING);
    (void)ut_take(cell);
    cloche_cell_interrupt(cell);
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
    assert_string_equal(ut_console(cell), "");
    ut_value(cell, "'next'", "\"next\"");
    cloche_cell_close(cell);
  }
}

/* Without a run an interrupt does nothing: not to the finished one, and not to the next. */
static void interrupt_without_a_run(void) {
  cloche_cell *cell = short_lived(false, true, 10000, 10000);
  cloche_cell_interrupt(cell);
  ut_value(cell, "1", "1");
  cloche_cell_interrupt(cell);
  cloche_result r;
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  assert_int_equal(r.status, CLOCHE_OK);
  ut_value(cell, "2", "2");
  cloche_cell_interrupt(cell);
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "3", "3");
  cloche_cell_close(copy);
  cloche_cell_interrupt(cell);
  assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
  ut_value(cell, "4", "4");
  cloche_cell_close(cell);
}

typedef struct {
  cloche_cell *cell;
  atomic_bool stop;
  unsigned pause_us;
} canceller;

static void *cancel_repeatedly(void *user) {
  canceller *c = user;
  while (!atomic_load(&c->stop)) {
    usleep(c->pause_us);
    cloche_cell_interrupt(c->cell);
  }
  return NULL;
}

static void cancel_from_another_thread(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (int session = 0; session < 2; session++) {
      cloche_cell *cell = short_lived(no_poll, session, 60000, 60000);
      canceller c = {.cell = cell, .pause_us = 2000};
      pthread_t thread;
      assert_int_equal(pthread_create(&thread, NULL, cancel_repeatedly, &c), 0);
      static const char *const sources[] = {"for (;;);", "new Array(2 ** 32 - 1).join('x')", "for (;;) await null",
                                            "for (;;) { console.log('x'); }"};
      cloche_status last = CLOCHE_OK;
      for (int i = 0; i < 25; i++) {
        cloche_result r = ut_eval(cell, sources[i % (int)UT_COUNT(sources)]);
        if (r.status != CLOCHE_CANCELLED) last = r.status;
      }
      atomic_store(&c.stop, true);
      pthread_join(thread, NULL);
      assert_int_equal(last, CLOCHE_OK);
      ut_value(cell, "'alive'", "\"alive\"");
      cloche_cell_close(cell);
    }
}

/* cloche_cell_eval sleeps while the guest waits for a timer: that, too, ends at once. */
static void cancel_while_eval_sleeps(void) {
  cloche_cell *cell = short_lived(false, false, 20000, 60000);
  canceller c = {.cell = cell, .pause_us = 20000};
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, cancel_repeatedly, &c), 0);
  cloche_result r = ut_eval(cell, "await new Promise(r => setTimeout(r, 50000))");
  atomic_store(&c.stop, true);
  pthread_join(thread, NULL);
  assert_int_equal(r.status, CLOCHE_CANCELLED);
  assert_true(r.wall_ns < 10000 * UT_MS);
  cloche_cell_close(cell);
}

static void deadline_while_waiting_for_a_tool(void) {
  for (int sync = 0; sync < 2; sync++) {
    cloche_cell *cell = short_lived(false, true, 50, 10000);
    ut_value(cell, "var x = 1", NULL);
    assert_int_equal(ut_start(cell, sync ? "x = 2; try { tools.s() } finally { x = 3 }"
                                         : "x = 2; try { await tools.t() } finally { x = 3 }"),
                     CLOCHE_WAITING);
    cloche_call call = ut_take(cell), cancelled;
    uint64_t at = cloche_cell_deadline(cell);
    assert_true(at != UINT64_MAX && at != 0);
    cloche_state state;
    assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK); /* too early: nothing happens */
    struct timespec when = {(time_t)(at / 1000000000u), (long)(at % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL) != 0)
      continue; /* the timer's signal wakes it */
    assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, CLOCHE_WALL_TIME_LIMIT);
    assert_true(r.rolled_back);
    assert_true(cloche_cell_next_cancelled(cell, &cancelled));
    assert_int_equal(cancelled.id, call.id);
    assert_int_equal(cloche_cell_resolve(cell, call.id, "1", 1, NULL), CLOCHE_NOT_FOUND);
    ut_value(cell, "x", "1");
    cloche_cell_close(cell);
  }
}

static void two_hundred_kills_in_a_row(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (int session = 0; session < 2; session++) {
      cloche_cell *cell = short_lived(no_poll, session, 2, 10000);
      for (int i = 0; i < 200; i++) {
        ut_ends(cell,
                i % 3 == 0   ? "var junk = []; for (;;) { junk.push(1); if (junk.length > 1000) junk = [] }"
                : i % 3 == 1 ? "new Array(2 ** 32 - 1).join('x')"
                             : "for (;;) new Error('x').stack",
                CLOCHE_WALL_TIME_LIMIT);
      }
      cloche_cell_close(cell);
      cell = short_lived(no_poll, session, 5000, 10000);
      ut_value(cell, "typeof junk + [1, 2].join()", "\"undefined1,2\"");
      cloche_cell_close(cell);
    }
}

static void kill_after_a_sync_tool(void) {
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cell = short_lived(no_poll, false, 60, 10000);
    assert_int_equal(ut_start(cell, "[2, 1].sort(() => { tools.s(); for (;;); })"), CLOCHE_WAITING);
    ut_resolve(cell, ut_take(cell).id, "1");
    assert_int_equal(ut_finish(cell).status, CLOCHE_WALL_TIME_LIMIT);
    ut_value(cell, "1", "1");
    cloche_cell_close(cell);
  }
}

/* While the host's own functions are on the guest's stack, the kill has to wait for them: many kills at many moments. */
static void kill_inside_host_functions(void) {
  static const char *const sources[] = {
      "for (;;) console.log('x'.repeat(1000))",
      "for (;;) console.log({get a() { return 1 }, b: [1, {c: 2}]}, new Map([[1, 2]]))",
      "for (;;) { try { tools.t({a: 'x'.repeat(100)}) } catch {} await null }",
      "for (;;) { clearTimeout(setTimeout(() => {}, 100)) }",
      "for (;;) { try { await tools.nope() } catch {} }",
      "for (;;) new Date()",
      "for (;;) Math.random()",
      "console.log(new Proxy({}, {ownKeys() { for (;;); }, get() { for (;;); }, getOwnPropertyDescriptor() { for (;;); }, getPrototypeOf() { for (;;); }})); for (;;);",
      "console.log({toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); }, inspect() { for (;;); }}); console.log('%s %d', {toString() { for (;;); }}, {valueOf() { for (;;); }}); for (;;);",
      "const e = new Error('x'); Object.defineProperty(e, 'stack', {get() { for (;;); }}); console.log(e); for (;;);",
      "class A { static get name() { for (;;); } } console.log(new A()); for (;;);",
      "const o = {}; o.self = o; for (let i = 0; i < 1e5; i++) o['k' + i] = o; for (;;) console.log(o)",
  };
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (size_t i = 0; i < UT_COUNT(sources); i++)
      for (uint64_t ms = 3; ms < 9; ms += 2) {
        cloche_cell *cell = short_lived(no_poll, i % 2 == 0, ms, 10000);
        ut_ends(cell, sources[i], CLOCHE_WALL_TIME_LIMIT);
        json_decref(ut_report(cell));
        cloche_cell_close(cell);
      }
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "console.log('fine'); 1", "1");
  cloche_cell_close(cell);
}

static void kill_while_the_value_is_written(void) {
  static const char *const sources[] = {
      "({get x() { for (;;); }})",
      "({toJSON() { for (;;); }})",
      "new Proxy({}, {ownKeys() { for (;;); }})",
      "const a = []; a.length = 5; Object.defineProperty(a, 2, {get() { for (;;); }}); a",
      "throw {get name() { for (;;); }}",
      "throw new Proxy({}, {get() { for (;;); }})",
      "const e = new Error('m'); Object.defineProperty(e, 'data', {get() { for (;;); }}); throw e",
  };
  for (int no_poll = 0; no_poll < 2; no_poll++)
    for (size_t i = 0; i < UT_COUNT(sources); i++) {
      cloche_cell *cell = short_lived(no_poll, true, 30, 10000);
      cloche_result r = ut_ends(cell, sources[i], CLOCHE_WALL_TIME_LIMIT);
      assert_null(r.value);
      ut_value(cell, "1", "1");
      cloche_cell_close(cell);
    }
}

static void traps_and_deep_native_stacks(void) {
  static const char *const sources[] = {
      "let a = []; for (let i = 0; i < 200000; i++) a = [a]; JSON.stringify(a)",
      "new RegExp('('.repeat(50000) + ')'.repeat(50000))",
      "eval('['.repeat(100000))",
      "let f = x => x; for (let i = 0; i < 100000; i++) f = f.bind(null); f()",
      "let p = {}; for (let i = 0; i < 100000; i++) p = new Proxy(p, {}); p.x",
      "let s = 'a'; for (let i = 0; i < 100000; i++) s = 'b' + s + 'c'; s.length + s.charCodeAt(5)",
      "let o = {}; for (let i = 0; i < 100000; i++) o = Object.create(o); o.nothing",
      "JSON.parse('['.repeat(100000))",
      "function f() { try { f() } finally { f() } } f()",
      "let n = null; for (let i = 0; i < 300000; i++) n = {n}; n = null; 1",
      "[[]].flat(Infinity); let d = []; for (let i = 0; i < 100000; i++) d = [d]; d.flat(Infinity)",
      "String(Array(1e5).fill().reduce(a => [a], 1))",
  };
  cloche_cell *cell = short_lived(false, false, 3000, 10000);
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    ut_eval(cell, sources[i]);
    ut_value(cell, "[1, 2].map(x => x + 1)", "[2,3]");
  }
  cloche_cell_stats stats;
  assert_int_equal(cloche_cell_measure(cell, &stats, NULL), CLOCHE_OK);
  assert_true(stats.runs == 2 * UT_COUNT(sources));
  cloche_cell_close(cell);
}

static void close_in_every_state(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = 0; i < 40; i++)
    for (int state = 0; state < 6; state++) {
      cloche_cell *cell = short_lived(i % 2, i % 4 < 2, 10000, 10000);
      cloche_state s;
      if (state == 1) assert_int_equal(cloche_cell_start(cell, "1", 1, NULL, &err), CLOCHE_OK);
      if (state == 2) {
        assert_int_equal(cloche_cell_start(cell, "for (;;);", 9, NULL, &err), CLOCHE_OK);
        assert_int_equal(cloche_cell_step(cell, UT_MS / 2, &s, &err), CLOCHE_OK);
        assert_int_equal(s, CLOCHE_RUNNING);
      }
      if (state == 3) ut_start(cell, "await tools.t()");
      if (state == 4) ut_start(cell, "[2, 1].sort(() => tools.s())");
      if (state == 5) ut_value(cell, "1", "1");
      cloche_cell_close(cell);
    }
  cloche_cell_close(NULL);
  cloche_cell *cell = ut_session();
  ut_value(cell, "typeof x + [1]", "\"undefined1\"");
  cloche_cell_close(cell);
}

/* ---- signals of the embedder, whose handlers run on whatever stack is in use, with all others blocked */

static atomic_int embedder_signals;
static atomic_bool storm_is_over;

static void on_embedder_signal(int number) {
  (void)number;
  atomic_fetch_add(&embedder_signals, 1);
}

/* SIGUSR1 like libuv's handlers; the library's own signal as if the timer fired at every moment. */
static void *storm(void *target) {
  const struct timespec pause = {.tv_nsec = 150000};
  for (int i = 0; !atomic_load(&storm_is_over); i++) {
    pthread_kill(*(pthread_t *)target, i % 2 ? SIGUSR1 : SIGRTMAX - 3);
    nanosleep(&pause, NULL);
  }
  return NULL;
}

/* The guest rests at each depth around the border between the part of its stack that is resident and the rest, in a
 * host function; the signal's frame, the handler and the host function must find room. */
static void signals_find_room_on_the_stack(void) {
  struct sigaction mine = {.sa_handler = on_embedder_signal}, before;
  sigfillset(&mine.sa_mask);
  assert_int_equal(sigaction(SIGUSR1, &mine, &before), 0);
  for (int no_poll = 0; no_poll < 2; no_poll++) {
    cloche_cell *cell = short_lived(no_poll, false, 20000, 20000);
    pthread_t self = pthread_self(), thread;
    atomic_store(&storm_is_over, false);
    atomic_store(&embedder_signals, 0);
    assert_int_equal(pthread_create(&thread, NULL, storm, &self), 0);
    for (int depth = 40; depth < 110; depth += 2) {
      char source[400];
      snprintf(
          source, sizeof source,
          "const text = 'x'.repeat(20000);"
          "const rest = () => { const end = Date.now() + 8; let n = 0; while (Date.now() < end) { console.debug(text); n++ } return n > 0 };"
          "const down = n => n === 0 ? rest() : down(n - 1) && true; down(%d)",
          depth);
      ut_value(cell, source, "true");
    }
    atomic_store(&storm_is_over, true);
    pthread_join(thread, NULL);
    assert_true(atomic_load(&embedder_signals) > 100);
    cloche_cell_close(cell);
  }
  sigaction(SIGUSR1, &before, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(endless_polled),
      UT(endless_by_force),
      UT(endless_in_a_session),
      UT(endless_in_a_session_by_force),
      UT(wall_and_cpu),
      UT(wall_of_a_run),
      UT(nothing_runs_after_a_kill),
      UT(output_before_the_kill_is_kept),
      UT(position_of_a_kill),
      UT(cancel_between_steps),
      UT(interrupt_without_a_run),
      UT(cancel_from_another_thread),
      UT(cancel_while_eval_sleeps),
      UT(deadline_while_waiting_for_a_tool),
      UT(two_hundred_kills_in_a_row),
      UT(kill_after_a_sync_tool),
      UT(kill_inside_host_functions),
      UT(kill_while_the_value_is_written),
      UT(traps_and_deep_native_stacks),
      UT(close_in_every_state),
      UT(signals_find_room_on_the_stack),
  };
  return UT_RUN("kill", tests);
}
