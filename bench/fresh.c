/* Short runs: a fresh cell for each, with and without a pool of slots, and one cell that lives.
 *
 *     fresh/eval           open, evaluate, read the value, close; the closed cell's slot is reset and kept
 *     fresh/eval-unpooled  the same, with a slot that is mapped for it and unmapped after it
 *     fresh/eval-again     a one-shot cell that stays open: every start puts it back to the image
 *     eval/living          start, step, result in a cell that is neither put back nor in a transaction
 *     eval/session         the same in a session, where each run is a transaction
 *     eval/inside          indirect eval inside one run: what the engine itself takes for it
 *
 * The library has no cell that is neither one-shot nor a session: eval/living sets the internal mark `living`, with
 * which a one-shot cell is never put back. All else is the public way. That state stays is checked. */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "cell.h"

enum { WARM_UP = 2000, RUNS = 20000, QUICK_RUNS = 2000, INSIDE = 2000 };

static const char source[] = "1+2";

static void check_three(const cloche_result *result) {
  if (!result->value || strcmp(result->value, "3") != 0)
    bench_fail("1+2 gave %s", result->value ? result->value : "nothing");
}

static void eval_three(cloche_cell *cell) {
  cloche_result result;
  bench_eval(cell, source, &result);
  check_three(&result);
}

static void open_eval_close(const bench_host *host, cloche_thread *thread) {
  cloche_cell *cell = bench_open(host, thread, false);
  eval_three(cell);
  cloche_cell_close(cell);
}

static void fresh_pooled(const bench_host *host, int runs) {
  bench_series series = {0};
  for (int i = 0; i < WARM_UP; i++) open_eval_close(host, host->thread);
  for (int i = 0; i < runs; i++) {
    double start = bench_now();
    open_eval_close(host, host->thread);
    bench_add(&series, bench_now() - start);
  }
  bench_emit(
      host,
      &(bench_line){.bench = "fresh/eval", .target = "p50 ≤ 10 µs, p99 ≤ 40 µs", .target_us = 10, .target_p99_us = 40},
      &series);
}

static uint64_t pages_of_a_run(const bench_host *host, cloche_thread *thread) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_stats stats;
  cloche_cell *cell = bench_open(host, thread, false);
  eval_three(cell);
  bench_must(cloche_cell_measure(cell, &stats, &err), &err, "measuring");
  cloche_cell_close(cell);
  return stats.dirty_pages;
}

/* The public options cannot turn the pool off (`spare` 0 is the default of 64), so this sets the thread's own field. */
static void fresh_unpooled(const bench_host *host, int runs) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  bench_must(cloche_thread_open(&thread, NULL, &err), &err, "opening a thread");
  thread->max_spare = 0;
  bench_series series = {0};
  for (int i = 0; i < WARM_UP / 4; i++) open_eval_close(host, thread);
  for (int i = 0; i < runs; i++) {
    double start = bench_now();
    open_eval_close(host, thread);
    bench_add(&series, bench_now() - start);
  }
  uint64_t pages = pages_of_a_run(host, thread);
  char text[80];
  snprintf(text, sizeof text, "≤ 15 µs + 2 µs for each of %d pages", (int)pages);
  bench_emit(host, &(bench_line){.bench = "fresh/eval-unpooled", .target = text, .target_us = 15 + 2 * (double)pages},
             &series);
  cloche_thread_close(thread);
}

static void again(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, false);
  for (int i = 0; i < runs + WARM_UP; i++) {
    double start = bench_now();
    eval_three(cell);
    if (i >= WARM_UP) bench_add(&series, bench_now() - start);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "fresh/eval-again", .kind = "detail"}, &series);
}

static void living(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_result result;
  cloche_cell *cell = bench_open(host, host->thread, false);
  cell->living = true;
  bench_eval(cell, "var n = 40; 0", NULL);
  bench_eval(cell, "n += 2", &result);
  if (!result.value || strcmp(result.value, "42") != 0) bench_fail("the cell forgot its state");
  for (int i = 0; i < runs + WARM_UP; i++) {
    double start = bench_now();
    eval_three(cell);
    if (i >= WARM_UP) bench_add(&series, bench_now() - start);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "eval/living", .target = "≤ 3 µs", .target_us = 3}, &series);
}

static void in_session(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, true);
  bench_eval(cell, bench_small_script, NULL);
  for (int i = 0; i < runs + WARM_UP; i++) {
    double start = bench_now();
    eval_three(cell);
    if (i >= WARM_UP) bench_add(&series, bench_now() - start);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "eval/session", .target = "≤ 15 µs", .target_us = 15}, &series);
}

static void inside(const bench_host *host, int runs) {
  bench_series series = {0};
  char text[120];
  snprintf(text, sizeof text, "{ const e = eval; for (let i = 0; i < %d; i++) e('1+2'); } 0", INSIDE);
  cloche_cell *cell = bench_open(host, host->thread, false);
  for (int i = 0; i < runs / 500; i++) {
    double start = bench_now();
    bench_eval(cell, text, NULL);
    bench_add(&series, (bench_now() - start) / INSIDE);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "eval/inside", .kind = "detail"}, &series);
}

void bench_fresh(const bench_host *host) {
  int runs = host->quick ? QUICK_RUNS : RUNS;
  fresh_pooled(host, runs);
  fresh_unpooled(host, runs / 4);
  again(host, runs);
  living(host, runs);
  in_session(host, runs);
  inside(host, runs);
}
