/* Workers that die or stop. */
#include "faults.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

static void sleep_us(long us) {
  struct timespec t = {us / 1000000, us % 1000000 * 1000};
  nanosleep(&t, NULL);
}

static void open_sessions(ft_session *sessions, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char domain[16];
    snprintf(domain, sizeof domain, "d%zu", i % 3);
    sessions[i] = ft_session_open(domain);
  }
}

static void close_sessions(ft_session *sessions, size_t count) {
  for (size_t i = 0; i < count; i++) cloche_cell_close(sessions[i].cell);
}

static void kill_one(int signal_number) {
  int pids[64];
  size_t count = ft_workers(pids, 64, NULL);
  if (count > 0) kill(pids[ft_random((uint32_t)count)], signal_number);
}

/* Sessions count under load, and workers are killed at any moment: what was told to have ended well is there. */
static void kills_cost_what_runs_and_no_more(void **state) {
  static const char *const sources[] = {"n += 1", "await tools.wait(); n += 1",
                                        "n += 1; await new Promise(r => setTimeout(r, 5))",
                                        "for (let i = 0; i < 1e5; i++); n += 1"};
  ft_session sessions[FT_SESSIONS];
  uint64_t kills = 0;
  (void)state;
  ft_begin(NULL);
  open_sessions(sessions, FT_SESSIONS);
  uint64_t next_kill = ft_now() + 20 * FT_MS;
  while (kills < 40) {
    for (size_t i = 0; i < FT_SESSIONS; i++)
      if (!sessions[i].at_work) (void)ft_start(&sessions[i], sources[ft_random(4)]);
    if (ft_now() >= next_kill) {
      kill_one(SIGKILL);
      kills++;
      next_kill = ft_now() + (10 + ft_random(60)) * FT_MS;
    }
    ft_pump(sessions, FT_SESSIONS, ft_now() + 5 * FT_MS, CLOCHE_OK);
  }
  ft_settle(sessions, FT_SESSIONS, CLOCHE_OK);
  for (size_t i = 0; i < FT_SESSIONS; i++) ft_check(&sessions[i]);
  close_sessions(sessions, FT_SESSIONS);
  ft_end();
}

/* All at once, at rest: nothing was running, and nothing is lost, again and again. */
static void sessions_at_rest_outlive_their_workers(void **state) {
  ft_session sessions[FT_SESSIONS];
  (void)state;
  ft_begin(NULL);
  open_sessions(sessions, FT_SESSIONS);
  for (int round = 0; round < 4; round++) {
    for (size_t i = 0; i < FT_SESSIONS; i++) {
      ft_value(sessions[i].cell, "typeof ++n", "\"number\"");
      sessions[i].n++;
    }
    ft_lose_all();
    for (size_t i = 0; i < FT_SESSIONS; i++) ft_check(&sessions[i]);
  }
  assert_true(ft_logged("worker_crashed") > 0);
  close_sessions(sessions, FT_SESSIONS);
  ft_end();
}

/* What was given to a session is there again after a crash: modules, context, tools, many megabytes of state. */
static void what_a_session_was_given_comes_back(void **state) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module module = CLOCHE_MODULE_INIT;
  (void)state;
  ft_begin(NULL);
  ft_session session = ft_session_open("given");
  module.name = "m";
  module.source = "export const a = 5";
  module.source_len = strlen(module.source);
  assert_int_equal(cloche_cell_module(session.cell, &module, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_context(session.cell, "{\"k\":2}", 7, &err), CLOCHE_OK);
  ft_value(session.cell, "globalThis.big = new Uint8Array(12 << 20).fill(3); big.length", "12582912");
  for (int i = 0; i < 3; i++) {
    ft_lose_all();
    ft_value(session.cell, "var {a} = await import('m'); [a, context.k, big[9999999], typeof tools.wait]",
             "[5,2,3,\"function\"]");
    ft_value(session.cell, "big[5]++; 1", "1");
  }
  ft_lose_all();
  ft_value(session.cell, "big[5]", "6");
  cloche_cell_close(session.cell);
  ft_end();
}

/* Whatever was done to a session last, a crash then takes nothing of it: a walk over all that can be done. */
static void what_was_done_last_is_kept(void **state) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *old = NULL;
  uint64_t old_n = 0;
  uint32_t can_undo = 0;
  (void)state;
  ft_begin(NULL);
  ft_session session = ft_session_open("walk");
  for (int step = 0; step < 70; step++) {
    cloche_cell *copy;
    switch (ft_random(8)) {
      case 0:
        assert_int_equal(cloche_cell_fork(&copy, session.cell, &err), CLOCHE_OK);
        cloche_cell_close(session.cell);
        session.cell = copy;
        can_undo = 0;
        break;
      case 1:
        if (can_undo == 0) break;
        assert_int_equal(cloche_cell_undo(session.cell, 1, &err), CLOCHE_OK);
        session.n--;
        can_undo = 0;
        break;
      case 2:
        cloche_snapshot_free(old);
        assert_int_equal(cloche_cell_snapshot(&old, session.cell, &err), CLOCHE_OK);
        old_n = session.n;
        break;
      case 3:
        if (!old) break;
        assert_int_equal(cloche_cell_restore(session.cell, old, &err), CLOCHE_OK);
        session.n = old_n;
        can_undo = 0;
        break;
      case 4:
        assert_int_equal(cloche_cell_reset(session.cell, &err), CLOCHE_OK);
        if (ft_random(2)) ft_lose_all();
        ft_value(session.cell, "typeof n", "\"undefined\"");
        ft_value(session.cell, "globalThis.n = 0", "0");
        session.n = can_undo = 0;
        break;
      default:
        ft_value(session.cell, "typeof (n += 1)", "\"number\"");
        session.n++;
        can_undo = 1;
        break;
    }
    if (ft_random(3) == 0) {
      ft_lose_all();
      can_undo = 0;
    }
    if (ft_random(2)) {
      ft_check(&session);
      can_undo = 0;
    }
  }
  ft_check(&session);
  cloche_snapshot_free(old);
  cloche_cell_close(session.cell);
  ft_end();
}

/* ---- kills in the middle of calls that wait for an answer */

static atomic_int victims[16];
static atomic_bool hunting;

static void *hunt(void *user) {
  unsigned seed = 3;
  (void)user;
  while (atomic_load(&hunting)) {
    sleep_us(500 + (long)(seed >> 16 & 8191));
    seed = seed * 1664525 + 1013904223;
    int pid = atomic_exchange(&victims[seed >> 24 & 15], 0);
    if (pid > 0) kill(pid, SIGKILL);
  }
  return NULL;
}

static void publish(void) {
  int pids[16] = {0};
  (void)ft_workers(pids, 16, NULL);
  for (size_t i = 0; i < 16; i++) atomic_store(&victims[i], pids[i]);
}

static bool is_fine(cloche_status status, const cloche_error *err) {
  if (status == CLOCHE_OK) return true;
  if (status != CLOCHE_WORKER_CRASHED && status != CLOCHE_BUSY && status != CLOCHE_NOT_FOUND)
    fail_msg("%s: %s", cloche_status_describe(status).name, err->message);
  assert_true(err->message[0] != '\0');
  return false;
}

/* What a cell says of `n`, if it lives to say it. */
static void may_say(cloche_cell *cell, uint64_t n) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  char want[24];
  snprintf(want, sizeof want, "%llu", (unsigned long long)n);
  if (!is_fine(cloche_cell_eval(cell, "n", 1, NULL, &r, &err), &err)) return;
  if (r.status == CLOCHE_OK) assert_string_equal(r.value, want);
  else assert_int_equal(r.status, CLOCHE_WORKER_CRASHED);
}

static void copy_it(const ft_session *session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *copy;
  if (!is_fine(cloche_cell_fork(&copy, session->cell, &err), &err)) return;
  may_say(copy, session->n);
  cloche_cell_close(copy);
}

static void carry_it(const ft_session *session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot;
  if (!is_fine(cloche_cell_snapshot(&snapshot, session->cell, &err), &err)) return;
  cloche_cell *other = ft_open("carried", true);
  if (is_fine(cloche_cell_restore(other, snapshot, &err), &err)) may_say(other, session->n);
  cloche_cell_close(other);
  cloche_snapshot_free(snapshot);
}

static void calls_end_when_their_worker_dies(void **state) {
  pthread_t hunter;
  (void)state;
  ft_begin(NULL);
  ft_session session = ft_session_open("calls");
  atomic_store(&hunting, true);
  assert_int_equal(pthread_create(&hunter, NULL, hunt, NULL), 0);
  for (int round = 0; round < 150; round++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    publish();
    cloche_status status = ft_run(session.cell, "n += 1");
    session.n += status == CLOCHE_OK;
    assert_true(status == CLOCHE_OK || status == CLOCHE_WORKER_CRASHED || status == CLOCHE_BUSY);
    switch (ft_random(8)) {
      case 0: copy_it(&session); break;
      case 1: carry_it(&session); break;
      case 2:
        if (status == CLOCHE_OK) session.n -= is_fine(cloche_cell_undo(session.cell, 1, &err), &err);
        break;
      case 3: {
        cloche_cell_stats stats;
        (void)is_fine(cloche_cell_measure(session.cell, &stats, &err), &err);
        break;
      }
      default: break;
    }
  }
  atomic_store(&hunting, false);
  pthread_join(hunter, NULL);
  ft_lose_all(); /* those that it has hit are known then */
  ft_check(&session);
  cloche_cell_close(session.cell);
  ft_end();
}

/* ---- workers that stop */

/* The watchdog ends what a stopped worker holds; other domains do not notice. */
static void a_stopped_worker_is_found_out(void **state) {
  int pids[8];
  ft_session sessions[2];
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)state;
  ft_begin(NULL);
  sessions[0] = ft_session_open("stopped");
  size_t count = ft_workers(pids, 8, "spare");
  assert_true(count > 0);
  for (size_t i = 0; i < count; i++) kill(pids[i], SIGSTOP);
  sessions[1] = ft_session_open("other");
  options.wall_ns = 300 * FT_MS;
  assert_int_equal(cloche_cell_start(sessions[0].cell, "n += 1", 6, &options, &err), CLOCHE_OK);
  sessions[0].at_work = true;
  for (int i = 0; i < 5; i++) {
    ft_value(sessions[1].cell, "typeof ++n", "\"number\"");
    sessions[1].n++;
  }
  ft_settle(sessions, 1, CLOCHE_WALL_TIME_LIMIT);
  assert_int_equal(sessions[0].n, 0);
  assert_true(ft_logged("worker_stuck") > 0);
  ft_check(&sessions[0]);
  ft_check(&sessions[1]);
  close_sessions(sessions, 2);
  ft_end();
}

/* Stopped for a moment only: nothing has happened. */
static void a_worker_that_goes_on_is_left_alone(void **state) {
  ft_session session;
  (void)state;
  ft_begin(NULL);
  session = ft_session_open("moment");
  for (int i = 0; i < 5; i++) {
    ft_kill_all(SIGSTOP);
    assert_true(ft_start(&session, "n += 1"));
    ft_pump(&session, 1, ft_now() + 20 * FT_MS, CLOCHE_OK);
    ft_kill_all(SIGCONT);
    ft_settle(&session, 1, CLOCHE_OK);
  }
  assert_int_equal(session.n, 5);
  assert_int_equal(ft_logged("worker_crashed"), 0);
  ft_check(&session);
  cloche_cell_close(session.cell);
  ft_end();
}

/* A stopped worker does not read: what is sent to it must not make the supervisor wait. */
static void a_full_channel_stops_nobody(void **state) {
  enum { BYTES = 4 << 20 };
  cloche_error err = CLOCHE_ERROR_INIT;
  int pids[8];
  (void)state;
  ft_begin(NULL);
  ft_session stopped = ft_session_open("full"), other = ft_session_open("free");
  char *source = malloc(BYTES);
  assert_non_null(source);
  memset(source, ' ', BYTES);
  size_t count = ft_workers(pids, 8, "spare");
  for (size_t i = 0; i < count; i++) kill(pids[i], SIGSTOP);
  cloche_limits limits;
  cloche_cell *cells[4];
  assert_int_equal(cloche_limits_profile(&limits, "default", &err), CLOCHE_OK);
  limits.source_bytes = 8 << 20;
  limits.wall_ns = 500 * FT_MS;
  for (int i = 0; i < 4; i++) {
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    options.limits = &limits;
    options.domain = "full";
    assert_int_equal(cloche_cell_open(&cells[i], ft_pool, ft_js, &options, &err), CLOCHE_OK);
    assert_int_equal(cloche_cell_start(cells[i], source, BYTES, NULL, &err), CLOCHE_OK);
  }
  for (size_t i = 0; i < count; i++) kill(pids[i], SIGCONT); /* of the other domain's, too */
  ft_value(other.cell, "typeof ++n", "\"number\"");
  other.n++;
  for (int i = 0; i < 4; i++) cloche_cell_close(cells[i]);
  ft_check(&stopped);
  ft_check(&other);
  free(source);
  cloche_cell_close(stopped.cell);
  cloche_cell_close(other.cell);
  ft_end();
}

/* A host that does not look for a while: what guests print meanwhile waits, within their limits, and is all there. */
static void a_slow_host_loses_nothing(void **state) {
  cloche_error err = CLOCHE_ERROR_INIT;
  static const char source[] = "for (let i = 0; i < 400; i++) console.log(String(i).padEnd(2000, '.')); 'end'";
  (void)state;
  ft_begin(NULL);
  cloche_cell *cell = ft_open("slow", false);
  assert_int_equal(cloche_cell_start(cell, source, sizeof source - 1, NULL, &err), CLOCHE_OK);
  sleep_us(300000);
  cloche_state run = CLOCHE_RUNNING;
  size_t events = 0;
  while (run != CLOCHE_DONE) {
    assert_int_equal(cloche_cell_step(cell, 0, &run, &err), CLOCHE_OK);
    for (cloche_event event; cloche_cell_next_event(cell, &event); events++) assert_int_equal(atoi(event.text), events);
    if (run == CLOCHE_DONE) break;
    cloche_pool_wait(ft_pool, ft_now() + 100 * FT_MS);
    while (cloche_pool_next(ft_pool)) continue;
    sleep_us(2000);
  }
  assert_int_equal(events, 400);
  cloche_cell_close(cell);
  ft_end();
}

/* Replaced again and again under load. */
static void restarts_lose_nothing(void **state) {
  ft_session sessions[FT_SESSIONS];
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)state;
  ft_begin(NULL);
  open_sessions(sessions, FT_SESSIONS);
  uint64_t begun = 0;
  for (int round = 0; round < 40; round++) {
    for (size_t i = 0; i < FT_SESSIONS; i++)
      if (!sessions[i].at_work) begun += ft_start(&sessions[i], "await tools.wait(); n += 1");
    if (round % 8 == 7) assert_int_equal(cloche_pool_restart(ft_pool, &err), CLOCHE_OK);
    ft_pump(sessions, FT_SESSIONS, ft_now() + 5 * FT_MS, CLOCHE_OK);
  }
  ft_settle(sessions, FT_SESSIONS, CLOCHE_OK);
  uint64_t ended = 0;
  for (size_t i = 0; i < FT_SESSIONS; i++) {
    ft_check(&sessions[i]);
    ended += sessions[i].n;
  }
  assert_int_equal(ended, begun); /* nobody was killed: each run has ended well */
  close_sessions(sessions, FT_SESSIONS);
  ft_end();
}

int ft_run_workers(void) {
  const struct CMUnitTest workers[] = {
      cmocka_unit_test(kills_cost_what_runs_and_no_more),    cmocka_unit_test(sessions_at_rest_outlive_their_workers),
      cmocka_unit_test(what_a_session_was_given_comes_back), cmocka_unit_test(what_was_done_last_is_kept),
      cmocka_unit_test(calls_end_when_their_worker_dies),    cmocka_unit_test(a_stopped_worker_is_found_out),
      cmocka_unit_test(a_worker_that_goes_on_is_left_alone), cmocka_unit_test(a_full_channel_stops_nobody),
      cmocka_unit_test(a_slow_host_loses_nothing),           cmocka_unit_test(restarts_lose_nothing),
  };
  return cmocka_run_group_tests(workers, NULL, NULL);
}
