/* Cells of the Python engine; without it, nothing is printed.
 *
 *     python-cell/fresh    open, print(1+1), close; the closed cell's slot is reset and kept
 *     python-cell/unpooled the same, with a slot that is mapped for it and unmapped after it
 *     python-cell/session  x = 1 in a session that lives
 *     python-cell/idle     private memory of a session that has run a small script, and waits for the next run
 *     python-cell/pages    pages that a fresh cell writes for print(1+1)
 *     python-cell/gc       pages that the first full collection writes beyond these: the image's objects are frozen */
#include <stdio.h>
#include <string.h>

#include "bench.h"

enum { WARM_UP = 200, RUNS = 3000, QUICK_RUNS = 300, PAGE = 4096 };

static void eval(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  bench_must(cloche_cell_eval(cell, source, strlen(source), NULL, &result, &err), &err, "evaluating Python");
  if (result.status != CLOCHE_OK) bench_fail("Python ended as %s", cloche_status_describe(result.status).name);
}

static void check_output(cloche_cell *cell) {
  cloche_event event;
  bool fine = cloche_cell_next_event(cell, &event) && event.text_len >= 1 && event.text[0] == '2';
  if (!fine) bench_fail("print(1+1) printed something else");
}

static double open_print_close(const bench_host *host, cloche_thread *thread) {
  double start = bench_now();
  cloche_cell *cell = bench_open(host, thread, false);
  eval(cell, "print(1+1)");
  check_output(cell);
  cloche_cell_close(cell);
  return bench_now() - start;
}

static void measure_fresh(const bench_host *host, int runs) {
  bench_series series = {0};
  for (int i = 0; i < WARM_UP; i++) open_print_close(host, host->thread);
  for (int i = 0; i < runs; i++) bench_add(&series, open_print_close(host, host->thread));
  bench_emit(host, &(bench_line){.bench = "python-cell/fresh", .target = "≤ 0.5 ms", .target_us = 500}, &series);
}

static void measure_unpooled(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = 0; i < runs / 10; i++) {
    cloche_thread *thread;
    bench_must(cloche_thread_open(&thread, NULL, &err), &err, "opening a thread");
    bench_add(&series, open_print_close(host, thread));
    cloche_thread_close(thread);
  }
  bench_emit(host, &(bench_line){.bench = "python-cell/unpooled", .kind = "detail"}, &series);
}

static void measure_session(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, true);
  for (int i = 0; i < WARM_UP + runs; i++) {
    double start = bench_now();
    eval(cell, "x = 1");
    if (i >= WARM_UP) bench_add(&series, bench_now() - start);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "python-cell/session", .kind = "detail"}, &series);
}

static cloche_cell_stats stats_after(const bench_host *host, bool session, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_stats stats;
  cloche_cell *cell = bench_open(host, host->thread, session);
  eval(cell, source);
  bench_must(cloche_cell_measure(cell, &stats, &err), &err, "measuring");
  cloche_cell_close(cell);
  return stats;
}

static void emit_one(const bench_host *host, bench_line line, double value) {
  bench_series series = {0};
  bench_add(&series, value);
  bench_emit(host, &line, &series);
}

static void measure_pages(const bench_host *host) {
  static const char small[] =
      "import json\nwords = 'a b a c'.split()\ncounts = {w: words.count(w) for w in words}\njson.dumps(counts)";
  double idle = (double)stats_after(host, true, small).private_bytes / 1024;
  emit_one(host, (bench_line){.bench = "python-cell/idle", .unit = "KiB", .target = "≤ 3 MB", .target_value = 2930},
           idle);
  double before = (double)stats_after(host, true, "x = 1").dirty_pages;
  double after = (double)stats_after(host, true, "import gc\nx = gc.collect()").dirty_pages;
  emit_one(host, (bench_line){.bench = "python-cell/pages", .unit = "pages", .kind = "detail"}, before);
  emit_one(host, (bench_line){.bench = "python-cell/gc", .unit = "pages", .kind = "detail"}, after - before);
}

void bench_python(const bench_host *host) {
  bench_host own = *host;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = cloche_engine_open(&own.engine, &options, &err);
  if (status == CLOCHE_NOT_FOUND) return; /* this build does without */
  bench_must(status, &err, "opening the Python engine");
  int runs = host->quick ? QUICK_RUNS : RUNS;
  measure_fresh(&own, runs);
  measure_unpooled(&own, runs);
  measure_session(&own, runs);
  measure_pages(&own);
  cloche_engine_close(own.engine);
}
