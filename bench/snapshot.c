/* Cells as values, on a session after 20 inputs as people type them.
 *
 *     snapshot/take           cloche_cell_snapshot, the session at rest
 *     snapshot/take-waiting   the same while its 21st input waits for a tool
 *     snapshot/restore        cloche_cell_restore into an open cell at rest
 *     snapshot/restore-eval   cell, restore and a run that looks at the session's state
 *     snapshot/write, read    bytes with zstd, level 1, and back
 *     snapshot/size           of these bytes
 *     snapshot/undo           cloche_cell_undo of one input
 *     journal/without, with   x += 1 in a session; with the journal, cloche_cell_changes of each run is in it
 *     fork/page-beyond        what each page more than FEW costs a fork until its first statement, with MANY pages
 *     sessions/stored         bytes of 10,000 sessions, each of a small script, as files would hold them
 *     sessions/resume         one of them at random: read, restored into an open cell, and a run of it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "cell.h"

static const char *const inputs[] = {
    "const prices = [12.5, 8, 30, 7.25]; prices.length",
    "let total = prices.reduce((a, b) => a + b, 0); total",
    "function tax(x, rate = 0.19) { return Math.round(x * rate * 100) / 100 } tax(total)",
    "const people = [{name: 'Ada', age: 36}, {name: 'Grace', age: 85}, {name: 'Alan', age: 41}]; people.map(p => p.name)",
    "people.sort((a, b) => a.age - b.age).map(p => `${p.name} (${p.age})`).join(', ')",
    "console.log('total', total, people[0])",
    "class Stack { #items = []; push(x) { this.#items.push(x); return this } pop() { return this.#items.pop() } get size() { return this.#items.length } } 1",
    "const stack = new Stack().push(1).push(2).push(3); stack.size",
    "const text = 'the quick brown fox jumps over the lazy dog '.repeat(40); text.length",
    "const counts = {}; for (const w of text.split(' ')) counts[w] = (counts[w] ?? 0) + 1; counts",
    "Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, 3)",
    "const squares = Array.from({length: 500}, (_, i) => i * i); squares.at(-1)",
    "const primes = squares.map((_, i) => i).filter(n => n > 1 && !squares.slice(2, n).some((_, k) => n % (k + 2) === 0)); primes.length",
    "const memo = new Map(); const fib = n => n < 2 ? n : memo.get(n) ?? (memo.set(n, fib(n - 1) + fib(n - 2)), memo.get(n)); fib(80)",
    "const rows = squares.slice(0, 100).map((sq, i) => ({i, sq, even: i % 2 === 0, label: 'row ' + i})); rows.length",
    "JSON.parse(JSON.stringify(rows)).filter(r => r.even).length",
    "text.replace(/\\b(\\w)/g, c => c.toUpperCase()).slice(0, 40)",
    "const later = await Promise.all([1, 2, 3].map(async x => x * 2)); later",
    "new Date(0).toISOString() + ' ' + typeof structuredClone({a: [1, new Date(0)]})",
    "total = total + tax(total); [total, stack.pop(), memo.size]",
};
enum { INPUTS = sizeof inputs / sizeof inputs[0], FEW = 32, MANY = 232, STORED = 10000 };

static void no_answer(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)cell, (void)id, (void)argument, (void)len;
}

static cloche_cell *typed_session(const bench_host *host) {
  cloche_cell *cell = bench_open(host, host->thread, true);
  bench_tool(cell, "ask", false, false, no_answer, NULL);
  for (int i = 0; i < INPUTS; i++) bench_eval(cell, inputs[i], NULL);
  return cell;
}

static cloche_snapshot *take(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *s;
  bench_must(cloche_cell_snapshot(&s, cell, &err), &err, "snapshot");
  return s;
}

static void wait_for_tool(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  static const char source[] = "console.log('asking'); const said = await tools.ask({what: 'next'}); said";
  bench_must(cloche_cell_start(cell, source, sizeof source - 1, NULL, &err), &err, "start");
  bench_must(cloche_cell_step(cell, 0, &state, &err), &err, "step");
  if (state != CLOCHE_WAITING) bench_fail("a run that waits for a tool is in state %d", state);
}

static void time_takes(const bench_host *host, cloche_cell *cell, const char *bench, double target_us, int runs) {
  bench_series series = {0};
  char target[80] = "";
  for (int i = -20; i < runs; i++) {
    double at = bench_now();
    cloche_snapshot *s = take(cell);
    if (i >= 0) bench_add(&series, bench_now() - at);
    if (i == 0 && target_us > 0)
      snprintf(target, sizeof target, "≤ %g µs; %d pages", target_us, (int)cloche_snapshot_describe(s).pages);
    cloche_snapshot_free(s);
  }
  bench_emit(host,
             &(bench_line){.bench = bench,
                           .kind = target_us > 0 ? NULL : "detail",
                           .target = target[0] ? target : NULL,
                           .target_us = target_us},
             &series);
}

static void time_bytes(const bench_host *host, const cloche_snapshot *s, int runs) {
  bench_series writes = {0}, reads = {0}, sizes = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = -20; i < runs; i++) {
    uint8_t *bytes;
    size_t len;
    cloche_snapshot *back;
    double at = bench_now();
    bench_must(cloche_snapshot_write(s, NULL, &bytes, &len, &err), &err, "write");
    if (i >= 0) bench_add(&writes, bench_now() - at);
    at = bench_now();
    bench_must(cloche_snapshot_read(&back, bytes, len, NULL, &err), &err, "read");
    if (i >= 0) bench_add(&reads, bench_now() - at);
    if (i == 0) bench_add(&sizes, (double)len / 1024);
    cloche_snapshot_free(back);
    free(bytes);
  }
  bench_emit(host, &(bench_line){.bench = "snapshot/write", .target_us = 2000}, &writes);
  bench_emit(host, &(bench_line){.bench = "snapshot/read", .kind = "detail"}, &reads);
  bench_emit(host, &(bench_line){.bench = "snapshot/size", .unit = "KiB", .target = "≤ 100 KB", .target_value = 97.6},
             &sizes);
}

static void time_restores(const bench_host *host, const cloche_snapshot *s, int runs) {
  bench_series restores = {0}, whole = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = -20; i < runs; i++) {
    cloche_cell *cell = bench_open(host, host->thread, true);
    bench_tool(cell, "ask", false, false, no_answer, NULL);
    double at = bench_now();
    bench_must(cloche_cell_restore(cell, s, &err), &err, "restore");
    if (i >= 0) bench_add(&restores, bench_now() - at);
    cloche_cell_close(cell);
    at = bench_now();
    cell = bench_open(host, host->thread, true);
    bench_tool(cell, "ask", false, false, no_answer, NULL);
    bench_must(cloche_cell_restore(cell, s, &err), &err, "restore");
    bench_eval(cell, "rows.length + primes.length", NULL);
    if (i >= 0) bench_add(&whole, bench_now() - at);
    cloche_cell_close(cell);
  }
  bench_emit(host, &(bench_line){.bench = "snapshot/restore", .target_us = 100}, &restores);
  bench_emit(host, &(bench_line){.bench = "snapshot/restore-eval", .kind = "detail"}, &whole);
}

/* In turns, so that both see the machine in the same moods. */
static void time_journal(const bench_host *host, int runs) {
  bench_series series[2] = {{0}};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cells[2];
  for (int i = 0; i < 2; i++) {
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    options.session = true;
    options.journal = i == 1;
    bench_must(cloche_cell_open(&cells[i], host->thread, host->engine, &options, &err), &err, "open");
    bench_eval(cells[i], "var x = 0", NULL);
  }
  for (int n = -200; n < runs; n++)
    for (int i = 0; i < 2; i++) {
      double at = bench_now();
      bench_eval(cells[i], "x += 1", NULL);
      uint8_t *bytes = NULL;
      size_t len;
      if (i == 1) bench_must(cloche_cell_changes(cells[i], &bytes, &len, &err), &err, "changes");
      free(bytes);
      if (n >= 0) bench_add(&series[i], bench_now() - at);
    }
  bench_emit(host, &(bench_line){.bench = "journal/without", .kind = "detail"}, &series[0]);
  bench_emit(host, &(bench_line){.bench = "journal/with", .kind = "detail"}, &series[1]);
  for (int i = 0; i < 2; i++) cloche_cell_close(cells[i]);
}

static void time_undo(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  options.session = true;
  options.undo_runs = 10;
  bench_must(cloche_cell_open(&cell, host->thread, host->engine, &options, &err), &err, "open");
  for (int i = 0; i < INPUTS; i++) bench_eval(cell, inputs[i], NULL);
  for (int i = -20; i < runs; i++) {
    bench_eval(cell, "rows.push({i: rows.length}); total++", NULL);
    double at = bench_now();
    bench_must(cloche_cell_undo(cell, 1, &err), &err, "undo");
    if (i >= 0) bench_add(&series, bench_now() - at);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "snapshot/undo", .kind = "detail"}, &series);
}

/* ---- forks with many pages */

static uint64_t base_pages(cloche_cell *cell) {
  uint64_t pages, hot;
  cl_slot_count(&cell->slot, &pages, &hot);
  return pages;
}

static double fork_median(cloche_cell *parent, int runs) {
  bench_series series = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  for (int i = -20; i < runs; i++) {
    cloche_cell *copy;
    cloche_state state;
    double at = bench_now();
    bench_must(cloche_cell_fork(&copy, parent, &err), &err, "fork");
    bench_must(cloche_cell_start(copy, "tools.wait()", 12, NULL, &err), &err, "start");
    bench_must(cloche_cell_step(copy, 0, &state, &err), &err, "step");
    if (i >= 0) bench_add(&series, bench_now() - at);
    if (state != CLOCHE_WAITING) bench_fail("a fork is in state %d", state);
    cloche_cell_close(copy);
  }
  double median = bench_rank(&series, 50);
  free(series.samples);
  return median;
}

static void fork_pages(const bench_host *host, int runs) {
  bench_series series = {0};
  cloche_cell *parent = bench_open(host, host->thread, true);
  bench_tool(parent, "wait", true, false, no_answer, NULL);
  bench_eval(parent, "var held = []; 0", NULL);
  double few = fork_median(parent, runs);
  uint64_t before = base_pages(parent);
  while (base_pages(parent) < before + MANY - FEW)
    bench_eval(parent, "held.push(new Uint8Array(3000).fill(1)); 0", NULL);
  double many = fork_median(parent, runs);
  bench_add(&series, (many - few) / (double)(base_pages(parent) - before));
  cloche_cell_close(parent);
  bench_emit(host, &(bench_line){.bench = "fork/page-beyond", .target_us = 1.5}, &series);
}

/* ---- sessions on the shelf */

static void shelf(const bench_host *host) {
  bench_series resumes = {0}, total = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  int count = host->quick ? 500 : STORED;
  struct stored {
    uint8_t *bytes;
    size_t len;
  } *all = calloc((size_t)count, sizeof *all);
  if (!all) bench_fail("no memory for sessions");
  double sum = 0;
  cloche_cell *cell = bench_open(host, host->thread, true);
  for (int i = 0; i < count; i++) {
    char own[64];
    snprintf(own, sizeof own, "var own = %d; 0", i);
    bench_must(cloche_cell_reset(cell, &err), &err, "reset");
    bench_eval(cell, bench_small_script, NULL);
    bench_eval(cell, own, NULL);
    cloche_snapshot *s = take(cell);
    bench_must(cloche_snapshot_write(s, NULL, &all[i].bytes, &all[i].len, &err), &err, "write");
    cloche_snapshot_free(s);
    sum += (double)all[i].len;
  }
  bench_add(&total, sum / count * STORED / (1 << 20));
  uint64_t dice = 42;
  for (int i = -20; i < 500; i++) {
    int which = (int)(cl_random_mix(&dice) % (uint64_t)count);
    char want[24];
    cloche_result result;
    cloche_snapshot *s;
    snprintf(want, sizeof want, "%d", which);
    double at = bench_now();
    bench_must(cloche_snapshot_read(&s, all[which].bytes, all[which].len, NULL, &err), &err, "read");
    bench_must(cloche_cell_restore(cell, s, &err), &err, "restore");
    bench_eval(cell, "own", &result);
    if (i >= 0) bench_add(&resumes, bench_now() - at);
    cloche_snapshot_free(s);
    if (!result.value || strcmp(result.value, want) != 0) bench_fail("session %d says it is another", which);
  }
  cloche_cell_close(cell);
  for (int i = 0; i < count; i++) free(all[i].bytes);
  free(all);
  bench_emit(host,
             &(bench_line){.bench = "sessions/stored", .unit = "MiB", .target = "10,000: ≤ 1 GB", .target_value = 953},
             &total);
  bench_emit(host, &(bench_line){.bench = "sessions/resume", .target_us = 1000}, &resumes);
}

void bench_snapshot(const bench_host *host) {
  int runs = host->quick ? 200 : 2000;
  cloche_cell *cell = typed_session(host);
  time_takes(host, cell, "snapshot/take", 200, runs);
  cloche_snapshot *s = take(cell);
  time_bytes(host, s, runs);
  time_restores(host, s, runs);
  cloche_snapshot_free(s);
  wait_for_tool(cell);
  time_takes(host, cell, "snapshot/take-waiting", 0, runs);
  cloche_cell_close(cell);
  time_undo(host, runs);
  time_journal(host, 10 * runs);
  fork_pages(host, runs);
  shelf(host);
}
