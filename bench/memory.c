/* What an idle cell holds that no other cell does.
 *
 * Some hundred sessions are opened and run a small script each. The kernel says how much private memory the process
 * has gained (Private_Clean and Private_Dirty of /proc/self/smaps_rollup: pages of linear memory, what malloc holds
 * for the cells) and how much for page tables (VmPTE of /proc/self/status); both by cells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { CELLS = 400, QUICK_CELLS = 100 };

/* The sum of the fields of a /proc file whose lines start with either name, in KiB. */
static double kib_of(const char *path, const char *name, const char *other) {
  FILE *in = fopen(path, "r");
  if (!in) bench_fail("%s cannot be read", path);
  char line[256];
  double sum = 0;
  while (fgets(line, sizeof line, in)) {
    const char *colon = strchr(line, ':');
    if (!colon) continue;
    size_t len = (size_t)(colon - line);
    bool wanted = (strlen(name) == len && memcmp(line, name, len) == 0) ||
                  (strlen(other) == len && memcmp(line, other, len) == 0);
    if (wanted) sum += strtod(colon + 1, NULL);
  }
  fclose(in);
  return sum;
}

static double private_kib(void) { return kib_of("/proc/self/smaps_rollup", "Private_Clean", "Private_Dirty"); }
static double tables_kib(void) { return kib_of("/proc/self/status", "VmPTE", "-"); }

static void emit_one(const bench_host *host, bench_line line, double value) {
  bench_series series = {0};
  bench_add(&series, value);
  bench_emit(host, &line, &series);
}

static void measure_cells(const bench_host *host, bool session, const char *total, const char *tables) {
  int count = host->quick ? QUICK_CELLS : CELLS;
  cloche_thread *thread;
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_must(cloche_thread_open(&thread, NULL, &err), &err, "opening a thread");
  cloche_cell **cells = calloc((size_t)count, sizeof *cells);
  if (!cells) bench_fail("no memory for cells");
  for (int i = 0; i < 3; i++) { /* stacks and undo logs belong to the thread */
    cells[0] = bench_open(host, thread, session);
    bench_eval(cells[0], bench_small_script, NULL);
    cloche_cell_close(cells[0]);
  }
  cells[0] = bench_open(host, thread, session); /* takes the one spare slot there is */
  double before = private_kib(), tables_before = tables_kib();
  for (int i = 1; i < count; i++) {
    cells[i] = bench_open(host, thread, session);
    bench_eval(cells[i], bench_small_script, NULL);
  }
  double each = (private_kib() - before) / (count - 1), tables_each = (tables_kib() - tables_before) / (count - 1);
  emit_one(host, (bench_line){.bench = total, .unit = "KiB", .target = "≤ 195 KiB (200 KB)", .target_value = 195.3},
           each);
  emit_one(host, (bench_line){.bench = tables, .unit = "KiB", .kind = "detail"}, tables_each);
  for (int i = 0; i < count; i++) cloche_cell_close(cells[i]);
  free(cells);
  cloche_thread_close(thread);
}

void bench_memory(const bench_host *host) {
  measure_cells(host, true, "memory/session", "memory/session-tables");
  measure_cells(host, false, "memory/one-shot", "memory/one-shot-tables");
}
