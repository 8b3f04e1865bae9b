/* Pools: with workers as they are, which die, stop and are replaced; and with one that a guest has taken over
 * (pool_fake_worker.c), of which nothing but its own end must come. FAKE_WORKER and CLOCHE_WORKER name the two programs. */
#include "unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cloche_pool.h"

static char last_code[40];
static int logs;

static void keep_log(void *user, const char *code, const char *text) {
  (void)user;
  assert_true(text[0] != 0);
  for (const char *at = text; *at; at++) assert_false((unsigned char)*at < 0x20);
  if (strcmp(code, "jail_incomplete") == 0) return; /* of this machine's kernel */
  snprintf(last_code, sizeof last_code, "%s", code);
  logs++;
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 * UT_MS + (uint64_t)t.tv_nsec;
}

static cloche_pool_options usual(const char *worker) {
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  options.worker_path = worker;
  options.workers = 2;
  options.spares = UINT32_MAX;
  options.log = keep_log;
  last_code[0] = 0;
  logs = 0;
  return options;
}

static cloche_thread *open_pool(const cloche_pool_options *options) {
  cloche_thread *pool = NULL;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_pool_open(&pool, options, &err) != CLOCHE_OK) fail_msg("pool: %s", err.message);
  return pool;
}

static cloche_thread *real_pool(void) {
  cloche_pool_options options = usual(CLOCHE_WORKER);
  return open_pool(&options);
}

static cloche_cell *open_in(cloche_thread *pool, const char *domain, bool session) {
  cloche_cell *cell = NULL;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.domain = domain;
  options.session = session;
  if (cloche_cell_open(&cell, pool, ut_engine, &options, &err) != CLOCHE_OK) fail_msg("open: %s", err.message);
  return cell;
}

static void start(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_start(cell, source, strlen(source), NULL, &err) != CLOCHE_OK) fail_msg("start: %s", err.message);
}

/* Steps until the cell does not run. */
static cloche_state go(cloche_thread *pool, cloche_cell *cell) {
  cloche_state state = CLOCHE_RUNNING;
  for (;;) {
    assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
    if (state != CLOCHE_RUNNING) return state;
    if (!cloche_pool_next(pool)) cloche_pool_wait(pool, cloche_pool_deadline(pool));
  }
}

static cloche_result ended(cloche_thread *pool, cloche_cell *cell) {
  cloche_result result;
  assert_int_equal(go(pool, cell), CLOCHE_DONE);
  assert_int_equal(cloche_cell_result(cell, &result, NULL), CLOCHE_OK);
  return result;
}

static int pid_of(const cloche_thread *pool, const char *domain) {
  cloche_worker_info info;
  for (size_t i = 0; cloche_pool_worker(pool, i, &info); i++) {
    bool same = domain ? info.domain && strcmp(info.domain, domain) == 0 : !info.domain && info.cells > 0;
    if (same && strcmp(info.state, "serving") == 0) return info.pid;
  }
  return 0;
}

/* Until the pool has seen what became of a worker. */
static void let_pass(cloche_thread *pool, int want_logs) {
  for (uint64_t end = now() + 10000 * UT_MS; logs < want_logs && now() < end;) {
    cloche_pool_wait(pool, now() + 20 * UT_MS);
    while (cloche_pool_next(pool)) {}
  }
}

/* ---- a worker that lies */

static cloche_cell *small_cell(cloche_thread *pool) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 20000 * UT_MS;
  limits.tool_running = 3;
  limits.argument_bytes = 1000;
  limits.console_lines = 50;
  limits.console_bytes = 1000;
  limits.display_bytes = 1000;
  limits.value_bytes = 50;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  cloche_cell *cell = NULL;
  assert_int_equal(cloche_cell_open(&cell, pool, ut_engine, &options, NULL), CLOCHE_OK);
  ut_tool(cell, "t", false);
  return cell;
}

static void a_lie_is_its_last(void) {
  static const char *const lies[] = {"forged_id",
                                     "call_of_another_cell",
                                     "unknown_tool",
                                     "calls_backwards",
                                     "same_call_twice",
                                     "flood",
                                     "too_many_calls",
                                     "large_argument",
                                     "bad_argument",
                                     "large_output",
                                     "large_value",
                                     "no_value_but_error",
                                     "invented_code",
                                     "ended_but_suspended",
                                     "ready_twice",
                                     "deep",
                                     "fails_to_start",
                                     "done_and_no_report",
                                     "state_of_no_session",
                                     "bytes_of_nothing",
                                     "no_json",
                                     "state_without_bytes",
                                     "event_with_bytes",
                                     "cancel_with_bytes",
                                     "refuses_as_suspended",
                                     "cancels_nothing",
                                     "no_message",
                                     "wrong_magic",
                                     "oversized",
                                     "outside_of_the_box"};
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  for (size_t i = 0; i < UT_COUNT(lies); i++) {
    cloche_cell *cell = small_cell(pool);
    logs = 0;
    start(cell, lies[i]);
    cloche_result result = ended(pool, cell);
    if (result.status != CLOCHE_WORKER_CRASHED || logs != 1 || strcmp(last_code, "bad_frame") != 0)
      fail_msg("%s: status %d, %d logs, the last is %s", lies[i], result.status, logs, last_code);
    assert_string_equal(ut_report_text(cell, "error.code"), "worker_crashed");
    assert_string_equal(ut_report_text(cell, "status"), "error");
    start(cell, "well"); /* the cell lives on, in another one */
    assert_int_equal(ended(pool, cell).status, CLOCHE_OK);
    cloche_cell_close(cell);
  }
  cloche_thread_close(pool);
}

static void a_lie_after_the_end(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  for (int i = 0; i < 2; i++) {
    cloche_cell *cell = small_cell(pool);
    logs = 0;
    start(cell, i ? "event_after_the_end" : "report_twice");
    cloche_result result = ended(pool, cell);
    assert_int_equal(result.status, CLOCHE_OK);
    assert_string_equal(result.value, "3");
    let_pass(pool, 1);
    assert_string_equal(last_code, "bad_frame");
    cloche_cell_close(cell);
  }
  cloche_thread_close(pool);
}

static void it_just_ends(void) {
  static const char *const ends[] = {"half_a_frame", "exits", "dies"};
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  for (size_t i = 0; i < UT_COUNT(ends); i++) {
    cloche_cell *cell = small_cell(pool);
    logs = 0;
    start(cell, ends[i]);
    assert_int_equal(ended(pool, cell).status, CLOCHE_WORKER_CRASHED);
    let_pass(pool, 1);
    assert_true(logs >= 1);
    cloche_cell_close(cell);
  }
  cloche_thread_close(pool);
}

/* Neither one that is silent nor one that is stopped holds anybody longer than the run may take, and a bit. */
static void it_is_stuck(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.wall_ns = 10 * UT_MS;
  for (int i = 0; i < 2; i++) {
    const char *source = "is_silent";
    cloche_cell *cell = small_cell(pool), *other = small_cell(pool);
    logs = 0;
    if (i) { /* stopped, with the request unread */
      start(other, "well");
      assert_int_equal(ended(pool, other).status, CLOCHE_OK);
      assert_int_equal(kill(pid_of(pool, NULL), SIGSTOP), 0);
    }
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), &run, NULL), CLOCHE_OK);
    assert_int_equal(ended(pool, cell).status, CLOCHE_WALL_TIME_LIMIT);
    assert_string_equal(ut_report_text(cell, "status"), "timeout");
    assert_string_equal(ut_report_text(cell, "error.message"), "the run took longer than 10 ms");
    assert_string_equal(last_code, "worker_stuck");
    start(other, "well");
    assert_int_equal(ended(pool, other).status, CLOCHE_OK);
    cloche_cell_close(cell);
    cloche_cell_close(other);
  }
  cloche_thread_close(pool);
}

static void it_refuses(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_cell *cell = small_cell(pool);
  start(cell, "refuses");
  assert_int_equal(ended(pool, cell).status, CLOCHE_BUSY);
  assert_string_equal(ut_report_text(cell, "error.message"), "not now");
  assert_int_equal(logs, 0);
  start(cell, "waits");
  assert_int_equal(go(pool, cell), CLOCHE_WAITING);
  cloche_snapshot *snapshot = NULL;
  assert_int_equal(cloche_cell_snapshot(&snapshot, cell, NULL), CLOCHE_WORKER_CRASHED); /* it gave no bytes */
  assert_null(snapshot);
  assert_string_equal(last_code, "bad_frame");
  assert_int_equal(ended(pool, cell).status, CLOCHE_WORKER_CRASHED);
  const char *report;
  size_t len;
  start(cell, "waits");
  assert_int_equal(go(pool, cell), CLOCHE_WAITING);
  assert_int_equal(cloche_cell_report(cell, &report, &len, NULL), CLOCHE_WORKER_CRASHED); /* it gave bytes */
  assert_int_equal(logs, 2);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

/* It ends with the frame behind its answer: whoever waited for that has it, and no worker. */
static void it_answers_and_ends(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_cell *cell = open_in(pool, NULL, true), *copy = NULL;
  start(cell, "first_state");
  assert_int_equal(ended(pool, cell).status, CLOCHE_OK);
  assert_int_equal(cloche_cell_fork(&copy, cell, NULL), CLOCHE_OK);
  let_pass(pool, 1);
  assert_string_equal(last_code, "bad_frame");
  cloche_cell_close(copy);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

static void its_sessions_do_not_grow_without_end(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_limits limits = ut_limits();
  limits.snapshot_bytes = 1 << 20;
  cloche_cell_options cell_options = CLOCHE_CELL_OPTIONS_INIT;
  cell_options.limits = &limits;
  cell_options.session = true;
  cloche_cell *cell = NULL;
  assert_int_equal(cloche_cell_open(&cell, pool, ut_engine, &cell_options, NULL), CLOCHE_OK);
  start(cell, "first_state");
  assert_int_equal(ended(pool, cell).status, CLOCHE_OK);
  for (int i = 0; i < 3; i++) {
    start(cell, "large_changes");
    assert_int_equal(ended(pool, cell).status, CLOCHE_OK);
  }
  start(cell, "large_changes");
  assert_int_equal(ended(pool, cell).status, CLOCHE_WORKER_CRASHED);
  assert_string_equal(last_code, "bad_frame");
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

/* A run that was told to stop is due then, and not when its wall time is over. */
static void it_does_not_stop(void) {
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_cell *cell = small_cell(pool), *other = small_cell(pool);
  start(cell, "is_silent");
  assert_int_equal(cloche_cell_step(cell, 0, NULL, NULL), CLOCHE_OK);
  uint64_t before = cloche_cell_deadline(cell);
  cloche_cell_interrupt(cell);
  assert_int_equal(cloche_cell_step(cell, 0, NULL, NULL), CLOCHE_OK);
  assert_true(cloche_cell_deadline(cell) < before);
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.wall_ns = 10 * UT_MS;
  assert_int_equal(cloche_cell_start(other, "is_silent", 9, &run, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_step(other, 0, NULL, NULL), CLOCHE_OK);
  cloche_cell_interrupt(other);
  assert_int_equal(ended(pool, other).status, CLOCHE_CANCELLED);
  assert_string_equal(last_code, "worker_stuck");
  cloche_cell_close(cell);
  cloche_cell_close(other);
  cloche_thread_close(pool);
}

/* The results of its calls are not kept here without end. */
static void it_does_not_read(void) {
  enum { RESULT = 4 << 20, KEPT = 40 };
  cloche_pool_options options = usual(FAKE_WORKER);
  cloche_thread *pool = open_pool(&options);
  cloche_cell *cell = small_cell(pool);
  char *result = malloc(RESULT);
  assert_non_null(result);
  memset(result, '1', RESULT);
  start(cell, "asks_and_never_reads");
  cloche_state state = CLOCHE_RUNNING;
  int answered = 0;
  while (state != CLOCHE_DONE) {
    assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
    for (cloche_call call; cloche_cell_next_call(cell, &call); answered++)
      assert_int_equal(cloche_cell_resolve(cell, call.id, result, RESULT, NULL), CLOCHE_OK);
    if (state != CLOCHE_DONE && !cloche_pool_next(pool)) cloche_pool_wait(pool, cloche_pool_deadline(pool));
  }
  assert_in_range(answered, 0, KEPT);
  assert_string_equal(last_code, "bad_frame");
  free(result);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

/* ---- workers as they are */

/* A process that the host has forked holds copies of the pool's descriptors; a worker that has died is forgotten all the same. */
static void the_host_has_forked(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *cell = open_in(pool, "a", false);
  cloche_worker_info info;
  ut_value(cell, "1", "1");
  pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  assert_true(child > 0);
  assert_int_equal(kill(pid_of(pool, "a"), SIGKILL), 0);
  let_pass(pool, 1);
  assert_false(cloche_pool_worker(pool, 0, &info));
  assert_int_equal(epoll_wait(cloche_pool_fd(pool), &(struct epoll_event){0}, 1, 0), 0);
  ut_value(cell, "2", "2");
  assert_int_equal(kill(child, SIGKILL), 0);
  assert_int_equal(waitpid(child, NULL, 0), child);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

static void a_worker_that_has_ended_is_of_no_domain(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *cell = open_in(pool, "a", false);
  cloche_worker_info info;
  ut_value(cell, "1", "1");
  assert_int_equal(cloche_pool_restart(pool, NULL), CLOCHE_OK);
  cloche_cell_close(cell); /* and the domain goes with it */
  assert_true(cloche_pool_worker(pool, 0, &info));
  assert_null(info.domain);
  cloche_thread_close(pool);
}

static void runs_calls_and_events(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *cell = open_in(pool, NULL, true);
  ut_tool(cell, "add", false);
  start(cell, "console.log('first'); let sum = await tools.add([1, 2]); sum + 1");
  assert_int_equal(go(pool, cell), CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "add");
  assert_string_equal(call.argument, "[1,2]");
  assert_string_equal(ut_console(cell), "log:first\n");
  assert_string_equal(ut_report_text(cell, "status"), "suspended");
  assert_string_equal(ut_report_text(cell, "calls.0.status"), "pending");
  ut_resolve(cell, call.id, "3");
  assert_string_equal(ended(pool, cell).value, "4");
  assert_int_equal(cloche_cell_resolve(cell, call.id, "3", 1, NULL), CLOCHE_NOT_FOUND);
  start(cell, "await tools.add(1)");
  assert_int_equal(go(pool, cell), CLOCHE_WAITING);
  call = ut_take(cell);
  cloche_cell_interrupt(cell);
  assert_int_equal(ended(pool, cell).status, CLOCHE_CANCELLED);
  cloche_call cancelled;
  assert_true(cloche_cell_next_cancelled(cell, &cancelled));
  assert_int_equal(cancelled.id, call.id);
  assert_false(cloche_cell_next_cancelled(cell, &cancelled));
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

static void many_at_once(void) {
  enum { CELLS = 200 };
  cloche_thread *pool = real_pool();
  cloche_cell *cells[CELLS];
  for (int i = 0; i < CELLS; i++) {
    char source[40];
    snprintf(source, sizeof source, "%d * 2", i);
    cells[i] = open_in(pool, NULL, false);
    start(cells[i], source);
  }
  int left = CELLS;
  struct epoll_event event = {.events = EPOLLIN};
  int loop = epoll_create1(EPOLL_CLOEXEC); /* as a host would have it in its own */
  assert_int_equal(epoll_ctl(loop, EPOLL_CTL_ADD, cloche_pool_fd(pool), &event), 0);
  while (left > 0) {
    for (cloche_cell *cell; (cell = cloche_pool_next(pool));) {
      cloche_state state;
      assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
      left -= state == CLOCHE_DONE;
    }
    if (left > 0) assert_int_equal(epoll_wait(loop, &event, 1, 10000), 1);
  }
  close(loop);
  for (int i = 0; i < CELLS; i++) {
    cloche_result result;
    assert_int_equal(cloche_cell_result(cells[i], &result, NULL), CLOCHE_OK);
    assert_int_equal(strtol(result.value, NULL, 10), i * 2);
    cloche_cell_close(cells[i]);
  }
  cloche_worker_info info;
  assert_true(cloche_pool_worker(pool, 1, &info)); /* two of them had work */
  assert_false(cloche_pool_worker(pool, 2, &info));
  cloche_thread_close(pool);
}

static void a_crash_costs_running_runs(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *session = open_in(pool, NULL, true), *once = open_in(pool, NULL, false),
              *rests = open_in(pool, NULL, true);
  ut_tool(session, "t", false);
  assert_int_equal(cloche_cell_context(session, "{\"a\":5}", 7, NULL), CLOCHE_OK);
  cloche_module module = CLOCHE_MODULE_INIT;
  module.name = "m";
  module.source = "export const seven = 7";
  module.source_len = strlen(module.source);
  assert_int_equal(cloche_cell_module(rests, &module, NULL), CLOCHE_OK);
  ut_value(rests, "let y = 1; (await import('m')).seven", "7");
  for (int i = 0; i < 5; i++)
    ut_value(rests, "y *= 2", i == 4 ? "32" : i == 3 ? "16" : i == 2 ? "8" : i == 1 ? "4" : "2");
  ut_value(session, "let x = 41; x", "41");
  start(session, "x = 0; console.log('gone'); await tools.t()");
  assert_int_equal(go(pool, session), CLOCHE_WAITING);
  cloche_call call = ut_take(session);
  int pid = pid_of(pool, NULL);
  assert_int_equal(kill(pid, SIGKILL), 0);
  let_pass(pool, 1);
  cloche_result result = ended(pool, session);
  assert_int_equal(result.status, CLOCHE_WORKER_CRASHED);
  assert_true(result.rolled_back);
  assert_string_equal(ut_report_text(session, "error.code"), "worker_crashed");
  assert_string_equal(ut_report_text(session, "output.0.content"), "gone");
  assert_string_equal(ut_report_text(session, "calls.0.status"), "cancelled");
  assert_int_equal(cloche_cell_resolve(session, call.id, "1", 1, NULL), CLOCHE_NOT_FOUND);
  ut_value(session, "x += 1; [x, context.a]", "[42,5]");
  ut_value(rests, "[y, (await import('m')).seven]", "[32,7]");
  ut_value(once, "6 * 7", "42");
  assert_string_equal(last_code, "worker_crashed");
  for (int i = 0; i < 3; i++) { /* again and again, also between runs and before anything was kept */
    pid = pid_of(pool, NULL);
    if (pid) assert_int_equal(kill(pid, SIGKILL), 0);
    let_pass(pool, i + 2);
    ut_value(session, "x += 1", i == 0 ? "43" : i == 1 ? "44" : "45");
  }
  cloche_cell_close(session);
  cloche_cell_close(rests);
  cloche_cell_close(once);
  cloche_thread_close(pool);
}

static void domains_share_nothing(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *a = open_in(pool, "a", false), *b = open_in(pool, "b", false), *none = open_in(pool, NULL, false);
  ut_value(a, "1", "1");
  ut_value(b, "1", "1");
  ut_value(none, "1", "1");
  int pid_a = pid_of(pool, "a"), pid_b = pid_of(pool, "b");
  assert_true(pid_a > 0 && pid_b > 0 && pid_a != pid_b);
  cloche_cell_close(a);
  cloche_cell *c = open_in(pool, "c", false);
  ut_value(c, "1", "1");
  assert_true(pid_of(pool, "c") != pid_a);
  cloche_cell_close(b);
  cloche_cell_close(c);
  cloche_cell_close(none);
  cloche_thread_close(pool);

  cloche_pool_options options = usual(CLOCHE_WORKER);
  options.share = true;
  pool = open_pool(&options);
  a = open_in(pool, "a", false), b = open_in(pool, "b", false);
  ut_value(a, "1", "1");
  ut_value(b, "1", "1");
  cloche_worker_info info;
  assert_true(cloche_pool_worker(pool, 0, &info));
  assert_int_equal(info.cells, 2);
  assert_false(cloche_pool_worker(pool, 1, &info));
  cloche_cell_close(a);
  cloche_cell_close(b);
  cloche_thread_close(pool);
}

static void no_more_than_allowed(void) {
  cloche_pool_options options = usual(CLOCHE_WORKER);
  options.workers_max = 2;
  cloche_thread *pool = open_pool(&options);
  cloche_cell *a = open_in(pool, "a", false), *b = open_in(pool, "b", false), *c = open_in(pool, "c", false);
  ut_value(a, "1", "1");
  ut_value(b, "1", "1");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_start(c, "1", 1, NULL, &err), CLOCHE_BUSY);
  assert_string_equal(err.message, "there are 2 workers, which is as many as there may be");
  cloche_cell_close(b);
  ut_value(c, "1", "1"); /* in the place of b's */
  cloche_cell_close(a);
  cloche_cell_close(c);
  cloche_thread_close(pool);
}

static void restart_keeps_sessions(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *rests = open_in(pool, NULL, true), *waits = open_in(pool, NULL, true);
  ut_tool(waits, "t", false);
  ut_value(rests, "let x = 1; x", "1");
  start(waits, "let y = await tools.t(); y");
  assert_int_equal(go(pool, waits), CLOCHE_WAITING);
  cloche_call call = ut_take(waits);
  int before = pid_of(pool, NULL);
  assert_int_equal(cloche_pool_restart(pool, NULL), CLOCHE_OK);
  ut_value(rests, "x += 1", "2");
  int after = pid_of(pool, NULL);
  assert_true(after > 0 && after != before);
  ut_resolve(waits, call.id, "5");
  assert_string_equal(ended(pool, waits).value, "5");
  ut_value(waits, "y + 1", "6");
  assert_int_equal(logs, 0);
  cloche_cell_close(rests);
  cloche_cell_close(waits);
  cloche_thread_close(pool);
}

static void *interrupt_later(void *cell) {
  struct timespec pause = {0, 30 * UT_MS};
  nanosleep(&pause, NULL);
  cloche_cell_interrupt(cell);
  return NULL;
}

static void interrupt_from_another_thread(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *cell = open_in(pool, NULL, false);
  pthread_t thread;
  cloche_result result;
  for (int i = 0; i < 3; i++) {
    const char *source = i == 1 ? "await new Promise(() => setTimeout(() => 0, 60000))" : "for (;;);";
    assert_int_equal(pthread_create(&thread, NULL, interrupt_later, cell), 0);
    assert_int_equal(cloche_cell_eval(cell, source, strlen(source), NULL, &result, NULL), CLOCHE_OK);
    assert_int_equal(result.status, CLOCHE_CANCELLED);
    pthread_join(thread, NULL);
  }
  cloche_cell_interrupt(cell); /* without a run it does nothing */
  ut_value(cell, "1", "1");
  cloche_cell_interrupt(cell);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

static void closed_in_the_middle(void) {
  cloche_thread *pool = real_pool();
  for (int i = 0; i < 30; i++) {
    cloche_cell *cell = open_in(pool, NULL, i % 2);
    ut_tool(cell, "t", false);
    start(cell, i % 3 ? "for (;;) console.log(1)" : "await tools.t()");
    if (i % 5) cloche_pool_wait(pool, now() + UT_MS);
    if (i % 5 == 2) cloche_cell_interrupt(cell);
    cloche_cell_close(cell);
  }
  cloche_cell *cell = open_in(pool, NULL, false);
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
  assert_int_equal(logs, 0);
  cloche_thread_close(pool);
}

static void images_of_ones_own(void) {
  cloche_thread *pool = real_pool();
  cloche_cell *cell = open_in(pool, NULL, true);
  ut_value(cell, "let made = 'here'; made", "\"here\"");
  uint8_t *bytes;
  size_t len;
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, NULL), CLOCHE_OK);
  int fd = memfd_create("image", MFD_CLOEXEC);
  assert_int_equal(write(fd, bytes, len), len);
  free(bytes);
  cloche_engine *engine, *before = ut_engine;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.image_fd = fd;
  assert_int_equal(cloche_engine_open(&engine, &options, NULL), CLOCHE_OK);
  close(fd);
  ut_engine = engine;
  cloche_cell *other = open_in(pool, NULL, false);
  ut_value(other, "made", "\"here\"");
  ut_value(cell, "made", "\"here\"");
  cloche_cell_close(other);
  cloche_cell_close(cell);
  ut_engine = before;
  cloche_thread_close(pool);
  cloche_engine_close(engine);
}

static void asked_between_runs(void) {
  cloche_thread *pool = real_pool();
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = true;
  options.undo_runs = 4;
  cloche_cell *cell = NULL, *copy = NULL;
  assert_int_equal(cloche_cell_open(&cell, pool, ut_engine, &options, &err), CLOCHE_OK);
  ut_value(cell, "let n = 1; n", "1");
  ut_value(cell, "n = 2", "2");
  assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_undo(cell, 1, &err), CLOCHE_OK);
  ut_value(cell, "n", "1");
  ut_value(copy, "n", "2");
  assert_int_equal(cloche_cell_undo(cell, 9, &err), CLOCHE_NOT_FOUND);
  cloche_cell_stats stats;
  assert_int_equal(cloche_cell_measure(cell, &stats, &err), CLOCHE_OK);
  assert_true(stats.memory_bytes > 0 && stats.runs > 0);
  cloche_snapshot *snapshot;
  assert_int_equal(cloche_cell_snapshot(&snapshot, copy, &err), CLOCHE_OK);
  assert_int_equal(kill(pid_of(pool, NULL), SIGKILL), 0);
  let_pass(pool, 1);
  ut_value(copy, "n", "2");
  assert_int_equal(cloche_cell_reset(copy, &err), CLOCHE_OK);
  ut_value(copy, "typeof n", "\"undefined\"");
  assert_int_equal(cloche_cell_restore(copy, snapshot, &err), CLOCHE_OK);
  ut_value(copy, "n", "2");
  ut_value(cell, "n", "1");
  cloche_snapshot_free(snapshot);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
  cloche_thread_close(pool);
}

/* A run that waits for a timer goes on by itself: what is stored of it is a run that waits, or nothing. */
static void stored_while_it_ends(void) {
  cloche_thread *pool = real_pool();
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = open_in(pool, NULL, session);
    for (int i = 0; i < 5; i++) {
      cloche_error err = CLOCHE_ERROR_INIT;
      cloche_snapshot *snapshot;
      start(cell, "await new Promise(done => setTimeout(done, 20)); 7");
      assert_int_equal(go(pool, cell), CLOCHE_WAITING);
      nanosleep(&(struct timespec){0, 30000000}, NULL);
      cloche_status status = cloche_cell_snapshot(&snapshot, cell, &err);
      if (status == CLOCHE_OK) assert_true(cloche_snapshot_describe(snapshot).waiting);
      else assert_int_equal(status, CLOCHE_NOT_SUSPENDABLE);
      cloche_snapshot_free(snapshot);
      cloche_result result = ended(pool, cell);
      assert_string_equal(result.value, "7");
    }
    cloche_cell_close(cell);
  }
  cloche_thread_close(pool);
}

/* More messages than a worker reads in a turn come in one piece, and then none. */
static void a_burst_is_taken_whole(void) {
  enum { CELLS = 200 };
  static cloche_cell *cells[CELLS];
  cloche_thread *pool = real_pool();
  for (int i = 0; i < CELLS; i++) {
    cells[i] = open_in(pool, NULL, false);
    start(cells[i], "await new Promise(done => setTimeout(done, 60000))");
  }
  for (int i = 0; i < CELLS; i++) assert_int_equal(go(pool, cells[i]), CLOCHE_WAITING);
  for (int i = 0; i < CELLS; i++) cloche_cell_close(cells[i]);
  cloche_cell *cell = open_in(pool, NULL, false);
  ut_value(cell, "1 + 2", "3");
  assert_int_equal(logs, 0);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

static void what_cannot_be(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *pool = NULL;
  cloche_pool_options options = usual("/nowhere/cloche-worker");
  assert_int_equal(cloche_pool_open(&pool, &options, &err), CLOCHE_NOT_FOUND);
  assert_null(pool);
  options.version = 2;
  assert_int_equal(cloche_pool_open(&pool, &options, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(cloche_pool_fd(ut_thread), -1);
  assert_null(cloche_pool_next(ut_thread));
  assert_int_equal(cloche_pool_restart(ut_thread, &err), CLOCHE_INVALID_ARGUMENT);
  assert_true(cloche_pool_deadline(ut_thread) == UINT64_MAX);

  options = usual("/bin/false"); /* a worker that ends as it starts */
  pool = open_pool(&options);
  cloche_cell *cell = open_in(pool, NULL, false);
  cloche_status status = CLOCHE_OK; /* with longer and longer pauses between the attempts */
  for (int i = 0; i < 12 && (status = cloche_cell_start(cell, "1", 1, NULL, &err)) == CLOCHE_OK; i++)
    assert_int_equal(ended(pool, cell).status, CLOCHE_WORKER_CRASHED);
  assert_int_equal(status, CLOCHE_WORKER_CRASHED);
  cloche_cell_options bad = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *none = NULL;
  bad.domain = "";
  assert_int_equal(cloche_cell_open(&none, pool, ut_engine, &bad, &err), CLOCHE_INVALID_ARGUMENT);
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 1;
  bad = (cloche_cell_options)CLOCHE_CELL_OPTIONS_INIT;
  bad.limits = &limits;
  assert_int_equal(cloche_cell_open(&none, pool, ut_engine, &bad, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(cloche_cell_step(cell, 0, NULL, &err), CLOCHE_OK);
  cloche_cell_close(cell);
  cloche_thread_close(pool);
}

/* Files and mounts, of the engine that has them: given before and after a crash, in a worker that may get to the mount. */
static void files_and_mounts(void) {
  cloche_engine *python, *before = ut_engine;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  if (cloche_engine_open(&python, &options, NULL) != CLOCHE_OK) skip();
  char folder[] = "/tmp/cloche-pool-XXXXXX", path[80];
  assert_non_null(mkdtemp(folder));
  cloche_thread *pool = real_pool();
  ut_engine = python;
  cloche_cell *plain = open_in(pool, NULL, true), *cell = open_in(pool, NULL, true), *copy;
  ut_engine = before;
  cloche_file file = {1, "/one.txt", "first", 5, false};
  assert_int_equal(cloche_cell_file(cell, &file, NULL), CLOCHE_OK);
  ut_value(cell, "open('/one.txt').read()", "\"first\"");
  ut_value(cell, "n = 1\nopen('/own.txt', 'w').write('mine')", "4");
  cloche_mount mount = {1, open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "/work", true};
  assert_int_equal(cloche_cell_mount(cell, &mount, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_mount(cell, &mount, NULL), CLOCHE_INVALID_ARGUMENT);
  close(mount.dir_fd);
  file = (cloche_file){1, "/two.txt", "second", 6, false};
  assert_int_equal(cloche_cell_file(cell, &file, NULL), CLOCHE_OK);
  ut_value(plain, "1", "1");
  ut_value(
      cell,
      "open('/work/out.txt', 'w').write(open('/one.txt').read() + open('/two.txt').read() + open('/own.txt').read())",
      "15");
  cloche_worker_info info;
  for (size_t i = 0; cloche_pool_worker(pool, i, &info); i++) { /* of the two cells each is alone */
    assert_true(info.cells <= 1);
    if (info.cells) assert_int_equal(kill(info.pid, SIGKILL), 0);
  }
  let_pass(pool, 2);
  file.path = "/three.txt";
  assert_int_equal(cloche_cell_file(cell, &file, NULL), CLOCHE_OK);
  ut_value(
      cell,
      "[n, open('/work/out.txt').read(), open('/two.txt').read(), open('/three.txt').read(), open('/own.txt').read()]",
      "[1,\"firstsecondmine\",\"second\",\"second\",\"mine\"]");
  assert_int_equal(cloche_cell_fork(&copy, cell, NULL), CLOCHE_OK);
  ut_value(copy, "import os; [sorted(os.listdir('/work')), n]", "[[\"out.txt\"],1]");
  snprintf(path, sizeof path, "%s/out.txt", folder);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(rmdir(folder), 0);
  cloche_cell_close(plain);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
  cloche_thread_close(pool);
  cloche_engine_close(python);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(a_lie_is_its_last),
      UT(a_lie_after_the_end),
      UT(it_just_ends),
      UT(it_is_stuck),
      UT(it_refuses),
      UT(it_answers_and_ends),
      UT(its_sessions_do_not_grow_without_end),
      UT(it_does_not_stop),
      UT(it_does_not_read),
      UT(the_host_has_forked),
      UT(a_worker_that_has_ended_is_of_no_domain),
      UT(runs_calls_and_events),
      UT(many_at_once),
      UT(a_crash_costs_running_runs),
      UT(domains_share_nothing),
      UT(no_more_than_allowed),
      UT(restart_keeps_sessions),
      UT(interrupt_from_another_thread),
      UT(closed_in_the_middle),
      UT(images_of_ones_own),
      UT(asked_between_runs),
      UT(files_and_mounts),
      UT(stored_while_it_ends),
      UT(a_burst_is_taken_whole),
      UT(what_cannot_be),
  };
  return UT_RUN("pool", tests);
}
