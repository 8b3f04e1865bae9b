/* The programs of bench/cpu, and what the limits cost them.
 *
 * cpu: a new cell for each run; the time is that of the run, evaluation and jobs, as with the peers.
 *
 * limits: each program in turn with limits in force, as ever, and without: the engine's hook answers at once and the
 * thread's timer is not armed. Runs take turns (on, off, off, on, ...), each pair gives a ratio. What stays in both is
 * the engine's own counter, which decides when it calls the hook. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "cell.h"

typedef struct {
  char **names;
  char **sources;
  size_t count;
} suite;

static suite load_suite(const bench_host *host) {
  char folder[4096], file[300];
  snprintf(folder, sizeof folder, "%s/cpu", host->folder);
  suite s;
  s.names = bench_programs(folder, &s.count);
  s.sources = calloc(s.count, sizeof *s.sources);
  for (size_t i = 0; s.sources && i < s.count; i++) {
    snprintf(file, sizeof file, "%s.js", s.names[i]);
    s.sources[i] = bench_read(folder, file, NULL);
  }
  if (!s.sources) bench_fail("no memory for programs");
  return s;
}

static void free_suite(suite *s) {
  for (size_t i = 0; i < s->count; i++) free(s->sources[i]);
  free(s->sources);
  bench_free_programs(s->names, s->count);
}

/* As the peers print it: a string without its quotes. */
static char *plain(const char *json) {
  json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
  char *text = strdup(json_is_string(value) ? json_string_value(value) : json);
  json_decref(value);
  return text;
}

static double run_program(const bench_host *host, const char *source, bool limits, char **value) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  cloche_state state;
  cloche_cell *cell = bench_open(host, host->thread, false);
  cell->guard.no_poll = !limits;
  double at = bench_now();
  bench_must(cloche_cell_start(cell, source, strlen(source), NULL, &err), &err, "start");
  if (!limits) {
    cell->guard.wall_at = CL_NEVER;
    cell->guard.cpu_limit = CL_NEVER / 4;
  }
  do bench_must(cloche_cell_step(cell, 0, &state, &err), &err, "step");
  while (state == CLOCHE_RUNNING);
  bench_must(cloche_cell_result(cell, &result, &err), &err, "result");
  double time = bench_now() - at;
  if (result.status != CLOCHE_OK)
    bench_fail("a program ended as %s: %s", cloche_status_describe(result.status).name, result.error_message);
  if (value) *value = plain(result.value ? result.value : "undefined");
  cloche_cell_close(cell);
  return time;
}

void bench_cpu(const bench_host *host) {
  suite s = load_suite(host);
  int runs = host->quick ? 3 : 7;
  for (size_t i = 0; i < s.count; i++) {
    bench_series series = {0};
    char *value, bench[300];
    run_program(host, s.sources[i], true, &value);
    for (int run = 0; run < runs; run++) bench_add(&series, run_program(host, s.sources[i], true, NULL));
    snprintf(bench, sizeof bench, "cpu/%s", s.names[i]);
    bench_emit(
        host,
        &(bench_line){.bench = bench,
                      .kind = "ratio",
                      .value = value,
                      .target = "geomean ≤ 0.58× quickjs-wasi and ≤ 0.75× quickjs-emscripten, no program above 0.9×",
                      .ratio_targets = "{\"quickjs-wasi\":0.58,\"quickjs-emscripten\":0.75}"},
        &series);
    free(value);
  }
  free_suite(&s);
}

/* ---- limits on and off */

void bench_limits(const bench_host *host) {
  suite s = load_suite(host);
  bench_series geomeans = {0};
  double *on = calloc(s.count, sizeof *on), *off = calloc(s.count, sizeof *off);
  if (!on || !off) bench_fail("no memory for times");
  int rounds = host->quick ? 3 : 6;
  for (int round = 0; round < rounds; round++) {
    double sum = 0;
    for (size_t i = 0; i < s.count; i++) {
      bool on_first = (round + (int)i) % 2 == 0;
      double first = run_program(host, s.sources[i], on_first, NULL);
      double second = run_program(host, s.sources[i], !on_first, NULL);
      double with = on_first ? first : second, without = on_first ? second : first;
      if (round == 0 || with < on[i]) on[i] = with;
      if (round == 0 || without < off[i]) off[i] = without;
      sum += log(with / without);
    }
    bench_add(&geomeans, exp(sum / (double)s.count));
  }
  double best = 0;
  for (size_t i = 0; i < s.count; i++) best += log(on[i] / off[i]);
  bench_series fastest = {0};
  bench_add(&fastest, exp(best / (double)s.count));
  bench_emit(host, &(bench_line){.bench = "limits/on-off", .unit = "x", .target = "≤ 1.02×", .target_value = 1.02},
             &geomeans);
  bench_emit(host, &(bench_line){.bench = "limits/on-off-fastest", .unit = "x", .kind = "detail"}, &fastest);
  free(on);
  free(off);
  free_suite(&s);
}
