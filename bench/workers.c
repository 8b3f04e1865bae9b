/* Cells in jailed workers, and what the jail itself costs.
 *
 *     worker/socketpair      two processes throw frames of the sizes of the next bench to and fro over a socketpair, nothing else
 *     worker/fresh           open, start `1+2`, wait for the report, close: one cell at a time, jailed
 *     worker/fresh-beyond    by how much a fresh cell takes longer than the socketpair, the two in turns; these on one core
 *     worker/...-any         the same wherever the kernel puts the processes
 *     worker/fresh-spin      the same with workers and supervisor that look for work for 50 us before they sleep
 *     worker/fresh-64        64 at a time over two workers: time a cell
 *     worker/tool-beyond     a call of a tool from a jailed cell, over the socketpair's round trip with a call's sizes
 *     worker/ready           from the start of the process to its readiness, jailed; without and with namespaces
 *     worker/fair            1,000 busy cells with equal work on two workers: the slowest's time by the fastest's
 *     worker/beside          100 short runs on one worker, one after the other, beside a cell in a built-in that never polls
 *     worker/waiting         10,000 cells that wait, on two workers: memory of all processes
 *     worker/wake            one of them at random is answered: until its report
 *     worker/cpu             the CPU programs in a jailed cell by the same in this process */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "cloche_pool.h"

enum { REQUEST = 32 + 76, CALL = 32 + 60, RESULT = 32 + 46, TOGETHER = 64, BUSY = 1000, WAITING = 10000 };

static const char one_and_two[] = "1+2";

static cloche_thread *pool_of(const bench_host *host, uint32_t workers, uint64_t spin_ns, bool namespaces) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_thread *pool;
  options.workers = workers;
  options.worker_path = host->worker;
  options.spin_ns = spin_ns;
  options.no_namespaces = !namespaces;
  bench_must(cloche_pool_open(&pool, &options, &err), &err, "opening a pool");
  return pool;
}

static cloche_cell *cell_of(const bench_host *host, cloche_thread *pool, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell;
  cloche_limits limits;
  bench_must(cloche_limits_profile(&limits, NULL, &err), &err, "limits");
  limits.wall_ns = limits.cpu_ns = UINT64_C(600000000000);
  limits.tool_calls = limits.tool_calls_each = 1000000;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = session;
  bench_must(cloche_cell_open(&cell, pool, host->engine, &options, &err), &err, "opening a cell");
  return cell;
}

static void start(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_must(cloche_cell_start(cell, source, strlen(source), NULL, &err), &err, "start");
}

static cloche_state step(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  bench_must(cloche_cell_step(cell, 0, &state, &err), &err, "step");
  return state;
}

static void must_be(cloche_cell *cell, const char *value) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  bench_must(cloche_cell_result(cell, &result, &err), &err, "result");
  if (result.status != CLOCHE_OK || !result.value || strcmp(result.value, value) != 0)
    bench_fail("a run in a worker gave %s, not %s: %s", result.value ? result.value : "nothing", value,
               result.error_message ? result.error_message : "");
}

/* ---- the bare round trip */

typedef struct {
  pid_t pid;
  int fd;
  size_t there, back;
} echo_peer;

static bool move_all(int fd, char *bytes, size_t len, bool out) {
  for (size_t done = 0; done < len;) {
    ssize_t n = out ? write(fd, bytes + done, len - done) : read(fd, bytes + done, len - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += (size_t)n;
  }
  return true;
}

static echo_peer open_echo(size_t there, size_t back) {
  int ends[2];
  static char bytes[1 << 16];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) bench_fail("no socketpair");
  pid_t pid = fork();
  if (pid < 0) bench_fail("no process");
  if (pid == 0) {
    close(ends[0]);
    while (move_all(ends[1], bytes, there, false) && move_all(ends[1], bytes, back, true)) continue;
    _exit(0);
  }
  close(ends[1]);
  return (echo_peer){pid, ends[0], there, back};
}

static double echo_once(const echo_peer *peer) {
  static char bytes[1 << 16];
  double at = bench_now();
  if (!move_all(peer->fd, bytes, peer->there, true) || !move_all(peer->fd, bytes, peer->back, false))
    bench_fail("the echo ended");
  return bench_now() - at;
}

static void close_echo(const echo_peer *peer) {
  close(peer->fd);
  waitpid(peer->pid, NULL, 0);
}

/* ---- fresh cells */

static double fresh_once(const bench_host *host, cloche_thread *pool) {
  double at = bench_now();
  cloche_cell *cell = cell_of(host, pool, false);
  start(cell, one_and_two);
  while (step(cell) != CLOCHE_DONE) cloche_pool_wait(pool, UINT64_MAX);
  double time = bench_now() - at;
  must_be(cell, "3");
  cloche_cell_close(cell);
  return time;
}

static size_t report_bytes(const bench_host *host, cloche_thread *pool) {
  const char *json;
  size_t len;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell = cell_of(host, pool, false);
  start(cell, one_and_two);
  while (step(cell) != CLOCHE_DONE) cloche_pool_wait(pool, UINT64_MAX);
  bench_must(cloche_cell_report(cell, &json, &len, &err), &err, "report");
  cloche_cell_close(cell);
  return len;
}

/* Processes that take turns are quick on one core, and pay for waking a core that sleeps when the kernel has put them on two;
 * where it puts whom is chance. So what the frames cost is measured on one core, and the rest told beside it. */
static void stay_on_one_core(bool one) {
  static cpu_set_t all;
  cpu_set_t set;
  if (one && sched_getaffinity(0, sizeof all, &all) != 0) bench_fail("no affinity");
  if (one) {
    int first = 0;
    while (!CPU_ISSET(first, &all)) first++;
    CPU_ZERO(&set);
    CPU_SET(first, &set);
  } else {
    set = all;
  }
  if (sched_setaffinity(0, sizeof set, &set) != 0) bench_fail("no affinity");
}

static void fresh_cells(const bench_host *host, const bench_line *bare_line, const bench_line *line,
                        const bench_line *beyond_line) {
  bench_series bare = {0}, fresh = {0}, beyond = {0};
  cloche_thread *pool = pool_of(host, 1, 0, true);
  echo_peer peer = open_echo(REQUEST, 32 + 120 + report_bytes(host, pool));
  for (int i = -200; i < (host->quick ? 2000 : 20000); i++) {
    double without = echo_once(&peer), with = fresh_once(host, pool);
    if (i < 0) continue;
    bench_add(&bare, without);
    bench_add(&fresh, with);
  }
  bench_add(&beyond, bench_rank(&fresh, 50) - bench_rank(&bare, 50));
  bench_emit(host, bare_line, &bare);
  bench_emit(host, line, &fresh);
  bench_emit(host, beyond_line, &beyond);
  close_echo(&peer);
  cloche_thread_close(pool);
}

static void spinning_cells(const bench_host *host) {
  bench_series series = {0};
  cloche_thread *pool = pool_of(host, 1, 50000, true);
  for (int i = -200; i < (host->quick ? 2000 : 20000); i++) {
    double time = fresh_once(host, pool);
    if (i >= 0) bench_add(&series, time);
  }
  cloche_thread_close(pool);
  bench_emit(host, &(bench_line){.bench = "worker/fresh-spin", .kind = "detail"}, &series);
}

/* Begins a run in a fresh cell; true: it has ended already. */
static bool begin(const bench_host *host, cloche_thread *pool, cloche_cell **out) {
  start(*out = cell_of(host, pool, false), one_and_two);
  return step(*out) == CLOCHE_DONE;
}

static void end(cloche_cell *cell) {
  must_be(cell, "3");
  cloche_cell_close(cell);
}

static void many_at_a_time(const bench_host *host) {
  bench_series series = {0};
  cloche_thread *pool = pool_of(host, 2, 0, true);
  int rounds = host->quick ? 20 : 200, all = TOGETHER * 20;
  for (int round = -5; round < rounds; round++) {
    double at = bench_now();
    for (int begun = 0, ended = 0; ended < all;) {
      cloche_cell *cell = NULL;
      if (begun - ended < TOGETHER && begun < all) {
        begun++;
        if (!begin(host, pool, &cell)) continue;
      } else if (!(cell = cloche_pool_next(pool))) {
        cloche_pool_wait(pool, UINT64_MAX);
        continue;
      } else if (step(cell) != CLOCHE_DONE) {
        continue;
      }
      end(cell);
      ended++;
    }
    if (round >= 0) bench_add(&series, (bench_now() - at) / all);
  }
  cloche_thread_close(pool);
  bench_emit(host, &(bench_line){.bench = "worker/fresh-64", .target = "≤ 25 µs (40,000/s)", .target_us = 25}, &series);
}

/* ---- calls */

static void tool_calls(const bench_host *host) {
  enum { CALLS_EACH = 1000 };
  bench_series bare = {0}, calls = {0}, beyond = {0};
  char source[120];
  cloche_error err = CLOCHE_ERROR_INIT;
  snprintf(source, sizeof source, "{ const f = tools.ask; for (let i = 0; i < %d; i++) await f(1); } 0", CALLS_EACH);
  cloche_thread *pool = pool_of(host, 1, 0, true);
  cloche_cell *cell = cell_of(host, pool, false);
  bench_tool(cell, "ask", false, false, NULL, NULL);
  echo_peer peer = open_echo(RESULT, CALL);
  for (int i = -2; i < (host->quick ? 10 : 100); i++) {
    for (int k = 0; k < CALLS_EACH; k++) {
      double time = echo_once(&peer);
      if (i >= 0) bench_add(&bare, time);
    }
    double at = bench_now();
    start(cell, source);
    while (step(cell) != CLOCHE_DONE) {
      bool answered = false;
      for (cloche_call call; cloche_cell_next_call(cell, &call); answered = true)
        bench_must(cloche_cell_resolve(cell, call.id, "1", 1, &err), &err, "resolve");
      if (!answered) cloche_pool_wait(pool, UINT64_MAX);
    }
    if (i >= 0) bench_add(&calls, (bench_now() - at) / CALLS_EACH);
    must_be(cell, "0");
  }
  cloche_cell_close(cell);
  cloche_thread_close(pool);
  close_echo(&peer);
  bench_add(&beyond, bench_rank(&calls, 50) - bench_rank(&bare, 50));
  bench_emit(host, &(bench_line){.bench = "worker/tool", .kind = "detail"}, &calls);
  bench_emit(host,
             &(bench_line){.bench = "worker/tool-beyond", .target = "≤ socketpair + 8 µs, on one core", .target_us = 8},
             &beyond);
}

/* ---- start */

static void readiness(const bench_host *host, bool namespaces, const bench_line *line) {
  bench_series series = {0};
  for (int i = -2; i < (host->quick ? 10 : 60); i++) {
    cloche_worker_info info = {0};
    cloche_thread *pool = pool_of(host, 1, 0, namespaces);
    while (!(cloche_pool_worker(pool, 0, &info) && info.started_ns)) {
      cloche_pool_wait(pool, UINT64_MAX);
      (void)cloche_pool_next(pool);
    }
    if (i >= 0) bench_add(&series, (double)info.started_ns);
    cloche_thread_close(pool);
  }
  bench_emit(host, line, &series);
}

/* ---- many busy ones, many waiting ones */

static void await_state(cloche_thread *pool, cloche_cell *cell, cloche_state wanted) {
  while (step(cell) != wanted) cloche_pool_wait(pool, UINT64_MAX);
}

/* Starts a run that asks a tool; the id of the call. */
static uint64_t asking(cloche_thread *pool, cloche_cell *cell, const char *source) {
  cloche_call call;
  bench_tool(cell, "ask", false, false, NULL, NULL);
  start(cell, source);
  await_state(pool, cell, CLOCHE_WAITING);
  if (!cloche_cell_next_call(cell, &call)) bench_fail("a cell waits for nothing");
  return call.id;
}

/* All wait for one word, so that none begins before the others are there. */
static void fairness(const bench_host *host) {
  static cloche_cell *cells[BUSY];
  static uint64_t calls[BUSY];
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_series series = {0};
  cloche_thread *pool = pool_of(host, 2, 0, true);
  double first = 0, last = 0;
  int all = host->quick ? BUSY / 4 : BUSY;
  for (int i = 0; i < all; i++)
    calls[i] =
        asking(pool, cells[i] = cell_of(host, pool, false), "await tools.ask(); let n = 0; while (n < 4000000) n++; n");
  double at = bench_now();
  for (int i = 0; i < all; i++) bench_must(cloche_cell_resolve(cells[i], calls[i], "1", 1, &err), &err, "resolve");
  for (int begun = 0, ended = 0; ended < all;) {
    cloche_cell *cell = begun < all ? cells[begun++] : cloche_pool_next(pool);
    if (!cell) cloche_pool_wait(pool, UINT64_MAX);
    if (!cell || step(cell) != CLOCHE_DONE) continue;
    last = bench_now() - at;
    if (ended++ == 0) first = last;
    must_be(cell, "4000000");
  }
  for (int i = 0; i < all; i++) cloche_cell_close(cells[i]);
  cloche_thread_close(pool);
  bench_add(&series, last / first);
  bench_emit(host, &(bench_line){.bench = "worker/fair", .unit = "x", .target = "≤ 1.1", .target_value = 1.1}, &series);
}

/* Neighbours of a cell that nothing but a signal can set aside. */
static void beside_a_builtin(const bench_host *host) {
  enum { SHORT = 100 };
  bench_series series = {0};
  cloche_thread *pool = pool_of(host, 1, 0, true);
  cloche_cell *hog = cell_of(host, pool, false);
  start(hog, "Array(2**32-1).join()");
  (void)step(hog);
  for (int i = 0; i < SHORT * (host->quick ? 1 : 5); i++) bench_add(&series, fresh_once(host, pool));
  if (step(hog) == CLOCHE_DONE) bench_fail("the built-in has ended");
  cloche_cell_close(hog);
  cloche_thread_close(pool);
  bench_emit(host, &(bench_line){.bench = "worker/beside", .target = "p99 ≤ 20 ms", .target_p99_us = 20000}, &series);
}

/* Pages that a process alone has, and its part of shared ones. */
static double memory_of(int pid) {
  char path[64], line[256];
  unsigned long kib = 0;
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "Pss: %lu kB", &kib) == 1) break;
  if (file) fclose(file);
  return (double)kib * 1024;
}

static double memory_of_all(const cloche_thread *pool) {
  double sum = memory_of((int)getpid());
  cloche_worker_info info;
  for (size_t i = 0; cloche_pool_worker(pool, i, &info); i++) sum += memory_of(info.pid);
  return sum;
}

static void waiting_cells(const bench_host *host) {
  bench_series memory = {0}, wake = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  int all = WAITING;
  cloche_cell **cells = calloc((size_t)all, sizeof(cloche_cell *));
  uint64_t *calls = calloc((size_t)all, sizeof(uint64_t));
  if (!cells || !calls) bench_fail("no memory");
  cloche_thread *pool = pool_of(host, 2, 0, true);
  for (int i = 0; i < all; i++)
    calls[i] = asking(
        pool, cells[i] = cell_of(host, pool, false),
        "const rows = Array.from({length: 50}, (_, i) => ({i, name: 'row ' + i})); await tools.ask(rows.length)");
  bench_add(&memory, memory_of_all(pool) / all);
  for (int i = 0; i < (host->quick ? 200 : 1000); i++) {
    int k = (int)((unsigned)i * 7919u % (unsigned)all);
    if (!calls[k]) continue;
    double at = bench_now();
    bench_must(cloche_cell_resolve(cells[k], calls[k], "7", 1, &err), &err, "resolve");
    await_state(pool, cells[k], CLOCHE_DONE);
    bench_add(&wake, bench_now() - at);
    must_be(cells[k], "7");
    calls[k] = 0;
  }
  for (int i = 0; i < all; i++) cloche_cell_close(cells[i]);
  cloche_thread_close(pool);
  free(cells);
  free(calls);
  bench_emit(host,
             &(bench_line){.bench = "worker/waiting",
                           .unit = "bytes",
                           .target = "≤ 107,374 bytes a cell (1 GB for 10,000)",
                           .target_value = 107374},
             &memory);
  bench_emit(host, &(bench_line){.bench = "worker/wake", .target = "≤ 200 µs", .target_us = 200}, &wake);
}

/* ---- the jail's own cost */

static double run_program(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  double at = bench_now();
  bench_must(cloche_cell_eval(cell, source, strlen(source), NULL, &result, &err), &err, "eval");
  if (result.status != CLOCHE_OK) bench_fail("a program failed: %s", result.error_message);
  return bench_now() - at;
}

static void cpu_programs(const bench_host *host) {
  size_t count;
  char folder[4096];
  snprintf(folder, sizeof folder, "%s/cpu", host->folder);
  char **names = bench_programs(folder, &count);
  cloche_thread *pool = pool_of(host, 1, 0, true);
  cloche_cell *there = cell_of(host, pool, false), *here = cell_of(host, host->thread, false);
  bench_series ratios = {0};
  for (size_t i = 0; i < count; i++) {
    char file[300];
    bench_series jailed = {0}, free_ones = {0};
    snprintf(file, sizeof file, "%s.js", names[i]);
    char *source = bench_read(folder, file, NULL);
    for (int k = -1; k < (host->quick ? 5 : 15); k++) {
      double a = run_program(there, source), b = run_program(here, source);
      if (k < 0) continue;
      bench_add(&jailed, a);
      bench_add(&free_ones, b);
    }
    bench_add(&ratios, bench_rank(&jailed, 50) / bench_rank(&free_ones, 50));
    free(jailed.samples);
    free(free_ones.samples);
    free(source);
  }
  bench_free_programs(names, count);
  cloche_cell_close(there);
  cloche_cell_close(here);
  cloche_thread_close(pool);
  bench_emit(host, &(bench_line){.bench = "worker/cpu", .unit = "x", .target = "≤ 1.01", .target_value = 1.01},
             &ratios);
}

void bench_workers(const bench_host *host) {
  stay_on_one_core(true);
  fresh_cells(host, &(bench_line){.bench = "worker/socketpair", .kind = "detail"},
              &(bench_line){.bench = "worker/fresh", .kind = "detail"},
              &(bench_line){
                  .bench = "worker/fresh-beyond", .target = "p50 ≤ socketpair + 20 µs, on one core", .target_us = 20});
  tool_calls(host);
  stay_on_one_core(false);
  fresh_cells(host, &(bench_line){.bench = "worker/socketpair-any", .kind = "detail"},
              &(bench_line){.bench = "worker/fresh-any", .kind = "detail"},
              &(bench_line){.bench = "worker/fresh-beyond-any", .kind = "detail"});
  spinning_cells(host);
  many_at_a_time(host);
  readiness(host, false, &(bench_line){.bench = "worker/ready", .target = "≤ 5 ms", .target_us = 5000});
  readiness(host, true, &(bench_line){.bench = "worker/ready-namespaces", .kind = "detail"});
  fairness(host);
  beside_a_builtin(host);
  waiting_cells(host);
  cpu_programs(host);
}
