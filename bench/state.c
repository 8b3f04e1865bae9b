/* Leaving and copying state, on sessions whose base is a small script.
 *
 *     rollback/50-pages   a guest writes to 50 pages and waits; it is cancelled; the time of the step that ends the run,
 *                         until the session is as it was. The number of pages that differ is counted from the undo log
 *                         and the page map.
 *     rollback/slot       cl_slot_rollback alone, 50 pages in 10 groups: half in the base, half new
 *     fork/32-pages       fork of a session with 32 private pages (or as few above as it has), until the first
 *                         statement of the fork's first run calls a sync tool
 *     fork/eval           the same fork, with all of a run of 1+2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "cell.h"

enum { DIRTY_PAGES = 50, FORK_PAGES = 32 };

static void no_answer(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)cell, (void)id, (void)argument, (void)len;
}

static uint64_t private_pages(cloche_cell *cell) {
  uint64_t pages, hot;
  cl_slot_count(&cell->slot, &pages, &hot);
  return pages;
}

static void step(cloche_cell *cell, cloche_state wanted) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  bench_must(cloche_cell_step(cell, 0, &state, &err), &err, "step");
  if (state != wanted) bench_fail("a run is in state %d, not %d", state, wanted);
}

static void start(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_must(cloche_cell_start(cell, source, strlen(source), NULL, &err), &err, "start");
}

static void cancel(cloche_cell *cell) {
  cloche_result result;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_interrupt(cell);
  step(cell, CLOCHE_DONE);
  bench_must(cloche_cell_result(cell, &result, &err), &err, "result");
  if (result.status != CLOCHE_CANCELLED || !result.rolled_back) bench_fail("a cancelled run was not rolled back");
}

/* ---- rollback after a kill */

static void dirty_and_wait(cloche_cell *cell, int blocks) {
  char source[160];
  snprintf(source, sizeof source,
           "var held = []; for (let i = 0; i < %d; i++) held.push(new Uint8Array(1000).fill(i + 1)); tools.wait();",
           blocks);
  start(cell, source);
  step(cell, CLOCHE_WAITING);
}

/* Pages that differ from the base while a run waits: new ones, and saved ones that have changed. */
static uint64_t count_dirt(cloche_cell *cell, uint64_t private_before) {
  const cl_undo *undo = &cell->undo->undo;
  uint64_t dirty = private_pages(cell) - private_before;
  for (uint32_t i = 0; i < undo->count; i++)
    dirty += memcmp(undo->data + (size_t)i * CL_PAGE, cell->slot.base + (size_t)undo->pages[i] * CL_PAGE, CL_PAGE) != 0;
  return dirty;
}

static int find_blocks(cloche_cell *cell, uint64_t *pages) {
  for (int blocks = 0; blocks < 400; blocks++) {
    uint64_t before = private_pages(cell);
    dirty_and_wait(cell, blocks);
    *pages = count_dirt(cell, before);
    cancel(cell);
    if (*pages >= DIRTY_PAGES) return blocks;
  }
  bench_fail("no program found that writes to %d pages", DIRTY_PAGES);
}

static void rollback_cell(const bench_host *host) {
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, true);
  bench_tool(cell, "wait", true, false, no_answer, NULL);
  bench_eval(cell, bench_small_script, NULL);
  uint64_t pages;
  int blocks = find_blocks(cell, &pages);
  int runs = host->quick ? 300 : 3000;
  for (int i = -50; i < runs; i++) {
    dirty_and_wait(cell, blocks);
    double before = bench_now();
    cancel(cell);
    if (i >= 0) bench_add(&series, bench_now() - before);
  }
  cloche_cell_close(cell);
  char target[80];
  snprintf(target, sizeof target, "≤ 50 µs; %d pages differ", (int)pages);
  bench_emit(host, &(bench_line){.bench = "rollback/50-pages", .target = target, .target_us = 50}, &series);
}

/* Half of the pages are warm ones of the base, half new: groups of five, with gaps. Guarded pages are left alone,
 * since their faults are handled only inside a step. */
static void write_pages(cl_slot *slot, int round) {
  int warm = 0, fresh = 0;
  uint32_t pages = (uint32_t)(slot->bytes / CL_PAGE);
  for (uint32_t page = 0; page < pages && warm < DIRTY_PAGES / 2; page++)
    if (cl_bit_get(slot->warm, page)) {
      slot->base[(size_t)page * CL_PAGE + 4000] ^= (uint8_t)(round | 1);
      warm++;
    }
  for (uint32_t page = pages / 2; page < pages && warm + fresh < DIRTY_PAGES; page++)
    if (!cl_bit_get(slot->in_base, page) && page % 16 < 5) {
      slot->base[(size_t)page * CL_PAGE] ^= (uint8_t)(round | 1);
      fresh++;
    }
  if (warm + fresh < DIRTY_PAGES) bench_fail("only %d pages to write to", warm + fresh);
}

static void rollback_slot(const bench_host *host) {
  bench_series begins = {0}, series = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell = bench_open(host, host->thread, true);
  bench_eval(cell, bench_small_script, NULL);
  int runs = host->quick ? 300 : 3000;
  for (int i = -50; i < runs; i++) {
    cl_undo_node *node = cl_thread_undo(host->thread, 0, cell->slot.limit, &err);
    if (!node) bench_fail("%s", err.message);
    double at = bench_now();
    bench_must(cl_slot_begin(&cell->slot, &node->undo, &err), &err, "begin");
    if (i >= 0) bench_add(&begins, bench_now() - at);
    write_pages(&cell->slot, i);
    at = bench_now();
    if (!cl_slot_rollback(&cell->slot)) bench_fail("a rollback failed");
    if (i >= 0) bench_add(&series, bench_now() - at);
    cl_thread_give_undo(host->thread, node);
  }
  cloche_cell_close(cell);
  bench_emit(host, &(bench_line){.bench = "rollback/slot-begin", .kind = "detail"}, &begins);
  bench_emit(host, &(bench_line){.bench = "rollback/slot", .kind = "detail"}, &series);
}

/* ---- forks */

static uint64_t grow_to(cloche_cell *cell, uint64_t pages) {
  bench_eval(cell, "var held = []; 0", NULL);
  while (private_pages(cell) < pages) bench_eval(cell, "held.push(new Uint8Array(1000).fill(1)); 0", NULL);
  return private_pages(cell);
}

static cloche_cell *fork_of(cloche_cell *parent) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *copy;
  bench_must(cloche_cell_fork(&copy, parent, &err), &err, "fork");
  return copy;
}

static void forks(const bench_host *host) {
  bench_series first = {0}, whole = {0};
  cloche_cell *parent = bench_open(host, host->thread, true);
  bench_tool(parent, "wait", true, false, no_answer, NULL);
  bench_eval(parent, "0", NULL);
  uint64_t pages = grow_to(parent, FORK_PAGES);
  int runs = host->quick ? 300 : 3000;
  for (int i = -50; i < runs; i++) {
    double at = bench_now();
    cloche_cell *copy = fork_of(parent);
    start(copy, "tools.wait()");
    step(copy, CLOCHE_WAITING);
    if (i >= 0) bench_add(&first, bench_now() - at);
    cloche_cell_close(copy);
    at = bench_now();
    copy = fork_of(parent);
    bench_eval(copy, "1+2", NULL);
    if (i >= 0) bench_add(&whole, bench_now() - at);
    cloche_cell_close(copy);
  }
  cloche_cell_close(parent);
  char target[80];
  snprintf(target, sizeof target, "≤ 60 µs; %d private pages", (int)pages);
  bench_emit(host, &(bench_line){.bench = "fork/32-pages", .target = target, .target_us = 60}, &first);
  bench_emit(host, &(bench_line){.bench = "fork/eval", .kind = "detail"}, &whole);
}

void bench_state(const bench_host *host) {
  rollback_cell(host);
  rollback_slot(host);
  forks(host);
}
