/* How late a guest is stopped that does not stop by itself: the programs of tests/hostile/js that end in a timeout.
 *
 * Each runs with a deadline of 50 ms; the delay is what the run took longer by its own account (result.wall_ns), until
 * no guest code could run any more. The return of cloche_cell_eval, when the cell's memory is also back at the image,
 * is the detail `kill/...-return`, measured by this program's clock.
 *
 *     kill/soft       as ever: at the deadline the engine's hook answers "stop", and 1 ms later the fiber is left
 *     kill/hard       the hook does nothing, so that only the hard step ends the run. That comes CL_HARD_STEP_NS (1 ms)
 *                     after the deadline on purpose; this millisecond is subtracted.
 *     kill/...-busy   the same while two processes burn the processors */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "cell.h"
#include "clock.h"

enum { BURNERS = 2, WALL_MS = 50, QUICK_WALL_MS = 20 };

typedef struct {
  char *name, *source;
  size_t len;
  char memory[32], stack[32];
  double delay; /* of the last kill, in ns */
} program;

/* ---- the corpus */

/* The value of "// field: value" in the comment lines at the head of a program. */
static bool header(const char *source, const char *field, char *out, size_t size) {
  size_t len = strlen(field);
  for (const char *line = source; strncmp(line, "// ", 3) == 0;) {
    const char *end = strchr(line, '\n');
    if (!end) return false;
    if (strncmp(line + 3, field, len) == 0 && line[3 + len] == ':') {
      const char *value = line + 3 + len + 1;
      while (*value == ' ') value++;
      snprintf(out, size, "%.*s", (int)(end - value), value);
      return true;
    }
    line = end + 1;
  }
  return false;
}

static program *load_corpus(const bench_host *host, size_t *count) {
  size_t all;
  char **names = bench_programs(host->hostile, &all);
  program *programs = calloc(all, sizeof *programs);
  if (!programs) bench_fail("no memory for programs");
  *count = 0;
  for (size_t i = 0; i < all; i++) {
    char file[300], status[32];
    snprintf(file, sizeof file, "%s.js", names[i]);
    program *p = &programs[*count];
    p->source = bench_read(host->hostile, file, &p->len);
    if (header(p->source, "status", status, sizeof status) && strcmp(status, "timeout") == 0) {
      (void)header(p->source, "memory", p->memory, sizeof p->memory);
      (void)header(p->source, "stack", p->stack, sizeof p->stack);
      p->name = strdup(names[i]);
      ++*count;
    } else {
      free(p->source);
    }
  }
  bench_free_programs(names, all);
  if (*count == 0) bench_fail("no hostile program ends in a timeout");
  return programs;
}

static void free_corpus(program *programs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    free(programs[i].name);
    free(programs[i].source);
  }
  free(programs);
}

/* ---- load */

static void burn(pid_t *burners) {
  for (int i = 0; i < BURNERS; i++) {
    burners[i] = fork();
    if (burners[i] != 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (volatile unsigned long n = 0;; n++) {}
  }
}

static void stop_burning(const pid_t *burners) {
  for (int i = 0; i < BURNERS; i++) {
    if (burners[i] <= 0) bench_fail("no process to burn time");
    kill(burners[i], SIGKILL);
    waitpid(burners[i], NULL, 0);
  }
}

/* ---- one kill */

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  (void)cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void fail(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  (void)cloche_cell_reject(cell, id, NULL, NULL);
}

static void never(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)cell, (void)id, (void)argument, (void)len;
}

static cloche_cell *open_for(const bench_host *host, const program *p, bool hard) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  bench_must(cloche_limits_profile(&limits, "default", &err), &err, "limits");
  limits.wall_ns = (host->quick ? QUICK_WALL_MS : WALL_MS) * 1000000ull;
  if (*p->memory) bench_must(cloche_limits_set(&limits, "memory", p->memory, &err), &err, p->name);
  if (*p->stack) bench_must(cloche_limits_set(&limits, "stack", p->stack, &err), &err, p->name);
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.no_poll = hard;
  cloche_cell *cell;
  bench_must(cloche_cell_open(&cell, host->thread, host->engine, &options, &err), &err, p->name);
  bench_tool(cell, "echo", false, false, echo, NULL);
  bench_tool(cell, "sync_echo", true, false, echo, NULL);
  bench_tool(cell, "fail", false, false, fail, NULL);
  bench_tool(cell, "never", false, false, never, NULL);
  return cell;
}

/* False: the run ended otherwise (at a limit of memory, say). */
static bool kill_delays(const bench_host *host, const program *p, bool hard, double *stopped, double *returned) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  cloche_cell *cell = open_for(host, p, hard);
  bench_must(cloche_cell_eval(cell, p->source, p->len, NULL, &result, &err), &err, p->name);
  double late = hard && cell->forced ? (double)CL_HARD_STEP_NS : 0;
  *returned = (double)cl_clock_now() - (double)cell->guard.wall_at - late;
  *stopped = (double)result.wall_ns - (double)cell->limits.wall_ns - late;
  cloche_cell_close(cell);
  return result.status == CLOCHE_WALL_TIME_LIMIT;
}

static void print_latest(const program *programs, size_t count, const char *bench, size_t others) {
  const program *latest = &programs[0];
  for (size_t i = 1; i < count; i++)
    if (programs[i].delay > latest->delay) latest = &programs[i];
  printf("%s: %zu programs, of which %zu ended otherwise; the latest: %s\n", bench, count, others, latest->name);
}

static void measure(const bench_host *host, program *programs, size_t count, bool hard, bench_line line) {
  bench_series series = {0}, returns = {0};
  char detail[64];
  size_t others = 0;
  for (size_t i = 0; i < count; i++) {
    double returned;
    if (kill_delays(host, &programs[i], hard, &programs[i].delay, &returned)) {
      bench_add(&series, programs[i].delay);
      bench_add(&returns, returned);
    } else {
      programs[i].delay = 0;
      others++;
    }
  }
  if (!host->json) print_latest(programs, count, line.bench, others);
  bench_emit(host, &line, &series);
  snprintf(detail, sizeof detail, "%s-return", line.bench);
  bench_emit(host, &(bench_line){.bench = detail, .kind = "detail"}, &returns);
}

void bench_kill(const bench_host *host) {
  size_t count;
  program *programs = load_corpus(host, &count);
  measure(host, programs, count, false,
          (bench_line){.bench = "kill/soft", .target = "p99 ≤ 1.5 ms", .target_p99_us = 1500});
  measure(host, programs, count, true,
          (bench_line){.bench = "kill/hard", .target = "p99 ≤ 0.2 ms", .target_p99_us = 200});
  pid_t burners[BURNERS];
  burn(burners);
  usleep(200000);
  measure(host, programs, count, false,
          (bench_line){.bench = "kill/soft-busy", .target = "p99 ≤ 5 ms", .target_p99_us = 5000});
  measure(host, programs, count, true,
          (bench_line){.bench = "kill/hard-busy", .target = "p99 ≤ 5 ms", .target_p99_us = 5000});
  stop_burning(burners);
  free_corpus(programs, count);
}
