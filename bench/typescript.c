/* From source to its first statement, which ends the run, for the 50 lines of TypeScript in bench/typescript:
 *
 *     typescript/new       each time another source, as its last line says: it is compiled
 *     typescript/again     the same source again in another run: its hash is found
 *     typescript/first     the first source of a new engine: the compiler's image is opened, and its pages are cold
 *     console/object       console.log of a small object, inside one run
 *
 * The first statement throws, so that what follows it is parsed and not run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { RUNS = 200, QUICK_RUNS = 20, AGAIN = 2000, FIRST = 20, LOGS = 1000 };

static void must_throw(cloche_cell *cell, const char *source, size_t len) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  options.language = "ts";
  bench_must(cloche_cell_eval(cell, source, len, &options, &result, &err), &err, "a run");
  if (result.status != CLOCHE_UNCAUGHT_ERROR || !result.error_message || strcmp(result.error_message, "'first'") != 0)
    bench_fail("TypeScript ended with %s", result.error_message ? result.error_message : "a value");
}

/* The program behind a first statement that throws, with room for a line that makes it another one. */
enum { ROOM = 64 };
static char *prepare(const bench_host *host, size_t *len) {
  static const char first[] = "if (true as boolean) throw 'first';";
  size_t program_len, first_len = sizeof first - 1;
  char *program = bench_read(host->folder, "typescript/ledger.ts", &program_len);
  char *source = malloc(first_len + program_len + ROOM);
  if (!source) bench_fail("no memory");
  memcpy(source, first, first_len);
  memcpy(source + first_len, program, program_len);
  *len = first_len + program_len;
  free(program);
  return source;
}

static void compiled_and_known(const bench_host *host) {
  bench_series fresh = {0}, known = {0};
  size_t len;
  char *source = prepare(host, &len);
  cloche_cell *cell = bench_open(host, host->thread, false);
  int runs = host->quick ? QUICK_RUNS : RUNS;
  for (int i = 0; i < runs; i++) {
    size_t all = len + (size_t)snprintf(source + len, ROOM, "\n// %d", i);
    double start = bench_now();
    must_throw(cell, source, all);
    if (i > 0) bench_add(&fresh, bench_now() - start);
  }
  must_throw(cell, source, len);
  for (int i = 0; i < AGAIN; i++) {
    double start = bench_now();
    must_throw(cell, source, len);
    bench_add(&known, bench_now() - start);
  }
  cloche_cell_close(cell);
  free(source);
  bench_emit(host, &(bench_line){.bench = "typescript/new", .target = "≤ 12 ms, 1 ms is the aim", .target_us = 12000},
             &fresh);
  bench_emit(host, &(bench_line){.bench = "typescript/again", .target = "≤ 0.2 ms", .target_us = 200}, &known);
}

static void first_of_an_engine(const bench_host *host) {
  bench_series series = {0};
  size_t len;
  char *source = prepare(host, &len);
  for (int i = 0; i < FIRST; i++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    bench_host other = *host;
    bench_must(cloche_engine_open(&other.engine, NULL, &err), &err, "opening an engine");
    bench_must(cloche_thread_open(&other.thread, NULL, &err), &err, "opening a thread");
    cloche_cell *cell = bench_open(&other, other.thread, false);
    double start = bench_now();
    must_throw(cell, source, len);
    bench_add(&series, bench_now() - start);
    cloche_cell_close(cell);
    cloche_thread_close(other.thread);
    cloche_engine_close(other.engine);
  }
  free(source);
  bench_emit(host, &(bench_line){.bench = "typescript/first", .target = "≤ 12 ms", .target_us = 12000}, &series);
}

static void log_an_object(const bench_host *host) {
  static const char source[] =
      "const order = {id: 7, name: 'Ann', paid: true}; const start = performance.now();"
      "for (let i = 0; i < 1000; i++) console.log(order); (performance.now() - start) * 1e6";
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, false);
  for (int i = 0; i < (host->quick ? QUICK_RUNS : RUNS); i++) {
    cloche_result result;
    bench_eval(cell, source, &result);
    if (i > 0) bench_add(&series, strtod(result.value, NULL) / LOGS);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "console/object", .target = "≤ 8 µs", .target_us = 8}, &series);
}

void bench_typescript(const bench_host *host) {
  compiled_and_known(host);
  first_of_an_engine(host);
  log_an_object(host);
}
