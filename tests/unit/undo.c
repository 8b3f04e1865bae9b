/* Going back over runs: over one and over many, with memory that grew, beside kills, forks and resets; what is not kept. */
#include "unit.h"

static cloche_error err;

static cloche_cell *session_with(uint32_t undo_runs) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = true;
  options.undo_runs = undo_runs;
  return ut_open(&options);
}

static void undo(cloche_cell *cell, uint32_t runs) {
  cloche_status status = cloche_cell_undo(cell, runs, &err);
  if (status != CLOCHE_OK) fail_msg("undo %u: %s: %s", runs, cloche_status_describe(status).name, err.message);
}

static void refused(cloche_cell *cell, uint32_t runs, cloche_status want, const char *says) {
  err = (cloche_error)CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_undo(cell, runs, &err), want);
  if (!strstr(err.message, says)) fail_msg("'%s' does not say '%s'", err.message, says);
}

static void back_over_each_run(void) {
  cloche_cell *cell = session_with(10);
  ut_value(cell, "var n = 0; let list = []; 0", "0");
  for (int i = 1; i <= 8; i++) ut_value(cell, "n++; list.push('x'.repeat(n)); 0", "0");
  for (int i = 7; i >= 1; i--) {
    char want[40];
    undo(cell, 1);
    snprintf(want, sizeof want, "[%d,%d,%d]", i, i, i);
    ut_value(cell, "[n, list.length, list[list.length - 1].length]", want);
    undo(cell, 1); /* the look is a run, too */
  }
  undo(cell, 2);
  ut_value(cell, "[typeof n, typeof list]", "[\"undefined\",\"undefined\"]");
  cloche_cell_close(cell);
}

static void back_over_many_at_once(void) {
  cloche_cell *cell = session_with(100);
  ut_value(cell, "var n = 0; var o = {}; 0", "0");
  for (int i = 1; i <= 40; i++) ut_value(cell, "n++; o['k' + n] = new Array(200).fill(n); 0", "0");
  undo(cell, 25);
  ut_value(cell, "[n, Object.keys(o).length, o.k15[199], typeof o.k16]", "[15,15,15,\"undefined\"]");
  undo(cell, 1);
  undo(cell, 15);
  ut_value(cell, "[n, Object.keys(o).length]", "[0,0]");
  undo(cell, 0);
  cloche_cell_close(cell);
}

static void only_so_many_are_kept(void) {
  cloche_cell *cell = session_with(3);
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  for (int i = 0; i < 5; i++) ut_value(cell, "var n = (globalThis.n ?? 0) + 1; n; 0", "0");
  refused(cell, 4, CLOCHE_NOT_FOUND, "3 can");
  undo(cell, 3);
  ut_value(cell, "n", "2");
  cloche_cell_close(cell);
  cell = ut_session();
  ut_value(cell, "1", "1");
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  cloche_cell_close(cell);
  cell = ut_one_shot();
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  cloche_cell_close(cell);
}

/* More than is kept of changes: then the history begins after it. */
static void much_is_not_kept(void) {
  cloche_cell *cell = session_with(5);
  ut_value(cell, "var big = new Uint8Array(70 << 20).fill(1); 0", "0");
  ut_value(cell, "var n = 1; 0", "0");
  ut_value(cell, "big.fill(2); n = 2; 0", "0");
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  ut_value(cell, "n = 3; big[100] = 9; 0", "0");
  refused(cell, 2, CLOCHE_NOT_FOUND, "1 can");
  undo(cell, 1);
  ut_value(cell, "[n, big[100], big[(70 << 20) - 1]]", "[2,2,2]");
  cloche_cell_close(cell);
}

static void grown_memory_goes(void) {
  cloche_cell *cell = session_with(5);
  cloche_cell_stats before, grown, after;
  ut_value(cell, "var n = 1; 0", "0");
  assert_int_equal(cloche_cell_measure(cell, &before, &err), CLOCHE_OK);
  ut_value(cell, "var big = new Uint8Array(20 << 20).fill(7); n = 2; 0", "0");
  assert_int_equal(cloche_cell_measure(cell, &grown, &err), CLOCHE_OK);
  assert_true(grown.memory_bytes > before.memory_bytes);
  undo(cell, 1);
  assert_int_equal(cloche_cell_measure(cell, &after, &err), CLOCHE_OK);
  assert_int_equal(after.memory_bytes, before.memory_bytes);
  assert_true(after.private_bytes < before.private_bytes + (1 << 20));
  ut_value(cell, "[n, typeof big]", "[1,\"undefined\"]");
  ut_value(cell, "var again = new Uint8Array(20 << 20); again.findIndex(x => x !== 0)", "-1");
  cloche_cell_close(cell);
}

/* A run that was rolled back has left nothing: it is not one to take back. */
static void beside_kills(void) {
  cloche_cell *cell = session_with(5);
  ut_value(cell, "var n = 1; 0", "0");
  ut_value(cell, "n = 2; 0", "0");
  for (int i = 0; i < 3; i++) {
    ut_start(cell, "n = 50; var junk = new Array(1e5).fill(n); await new Promise(r => setTimeout(r, 1e6))");
    refused(cell, 1, CLOCHE_INVALID_STATE, "run is on");
    cloche_cell_interrupt(cell);
    ut_go(cell);
  }
  undo(cell, 1);
  ut_value(cell, "[n, typeof junk]", "[1,\"undefined\"]");
  ut_start(cell, "n = 60; await new Promise(r => setTimeout(r, 1e6))");
  cloche_cell_interrupt(cell);
  ut_go(cell);
  ut_value(cell, "n", "1");
  undo(cell, 3);
  ut_value(cell, "typeof n", "\"undefined\"");
  cloche_cell_close(cell);
}

/* An error that was thrown is an end like any other: what the run did stays, and can be taken back. */
static void after_errors(void) {
  cloche_cell *cell = session_with(5);
  ut_value(cell, "var n = 1; 0", "0");
  ut_ends(cell, "n = 2; throw new Error('x')", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "n", "2");
  undo(cell, 2);
  ut_value(cell, "n", "1");
  cloche_cell_close(cell);
}

/* Reset and restore forget what could be undone; a fork has none of it and goes its own way. */
static void beside_forks_and_resets(void) {
  cloche_cell *cell = session_with(50);
  ut_value(cell, "var list = Array.from({length: 40000}, (_, i) => ({i})); var n = 0; list.length", "40000");
  ut_value(cell, "list[5].i = 'five'; n++; 0", "0");
  cloche_cell *copy = ut_fork(cell);
  refused(copy, 1, CLOCHE_NOT_FOUND, "0 can");
  ut_value(copy, "list[5].i = 'copy'; list[39999].i = 1; n = 100; 0", "0");
  for (int i = 0; i < 12; i++) ut_value(cell, "n++; list[n * 3000].i = 'changed'; 0", "0");
  undo(cell, 12);
  ut_value(cell, "[n, list[5].i, list[6000].i, list[39000].i]", "[1,\"five\",6000,39000]");
  undo(cell, 2);
  ut_value(cell, "[n, list[5].i]", "[0,5]");
  undo(copy, 1);
  ut_value(copy, "[n, list[5].i, list[39999].i]", "[1,\"five\",39999]");
  cloche_snapshot *snapshot;
  assert_int_equal(cloche_cell_snapshot(&snapshot, copy, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_restore(cell, snapshot, &err), CLOCHE_OK);
  cloche_snapshot_free(snapshot);
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  ut_value(cell, "list[7].i = 'seven'; n", "1");
  undo(cell, 1);
  ut_value(cell, "[list[7].i, list[5].i]", "[7,\"five\"]");
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  refused(cell, 1, CLOCHE_NOT_FOUND, "0 can");
  ut_value(cell, "typeof list", "\"undefined\"");
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

/* A run that was restored while it waited is one to take back, once it has ended. */
static void a_restored_run(void) {
  cloche_cell *cell = session_with(3);
  ut_tool(cell, "t", false);
  ut_value(cell, "var list = new Array(9000).fill(1), n = 1; n", "1");
  ut_start(cell, "list.fill(2); n = 2; var made = new Array(50000).fill(3); await tools.t()");
  cloche_snapshot *snapshot;
  assert_int_equal(cloche_cell_snapshot(&snapshot, cell, &err), CLOCHE_OK);
  cloche_cell_close(cell);
  cell = session_with(3);
  ut_tool(cell, "t", false);
  assert_int_equal(cloche_cell_restore(cell, snapshot, &err), CLOCHE_OK);
  cloche_snapshot_free(snapshot);
  cloche_call call = ut_take(cell);
  ut_resolve(cell, call.id, "9");
  ut_finish_value(cell, "9");
  ut_value(cell, "[n, list[8999], made.length]", "[2,2,50000]");
  undo(cell, 2);
  ut_value(cell, "[n, list[0], list[8999], typeof made, typeof tools.t]", "[1,1,1,\"undefined\",\"function\"]");
  refused(cell, 2, CLOCHE_NOT_FOUND, "1 can");
  cloche_cell_close(cell);
}

/* Tools and context are the host's: what the guest has not been told after going back, it is told again. */
static void tools_and_context(void) {
  cloche_cell *cell = session_with(5);
  ut_value(cell, "1", "1");
  ut_tool(cell, "t", false);
  assert_int_equal(cloche_cell_context(cell, "{\"a\":1}", 7, &err), CLOCHE_OK);
  ut_value(cell, "[typeof tools.t, context.a]", "[\"function\",1]");
  undo(cell, 1);
  ut_value(cell, "[typeof tools.t, context.a]", "[\"function\",1]");
  assert_int_equal(cloche_cell_context(cell, "{\"a\":2}", 7, &err), CLOCHE_OK);
  ut_value(cell, "context.a", "2");
  undo(cell, 1); /* to a memory in which the context was 1 */
  ut_value(cell, "context.a", "2");
  undo(cell, 2);
  ut_value(cell, "[typeof tools.t, context.a]", "[\"function\",2]");
  cloche_cell_close(cell);
}

/* What randomness gave is not given again; unless there is a seed: then going back is going back. */
static void randomness(void) {
  for (int seeded = 0; seeded < 2; seeded++) {
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    options.session = true;
    options.undo_runs = 3;
    options.seeded = seeded;
    options.seed = 7;
    cloche_cell *cell = ut_open(&options);
    static const char roll[] = "[Math.random(), crypto.randomUUID()].join()";
    ut_value(cell, "1", "1");
    char *first = strdup(ut_eval(cell, roll).value);
    undo(cell, 1);
    const char *second = ut_eval(cell, roll).value;
    if (seeded) assert_string_equal(first, second);
    else assert_true(memcmp(first, second, 8) != 0 && strcmp(strchr(first, ','), strchr(second, ',')) != 0);
    free(first);
    cloche_cell_close(cell);
  }
}

static void virtual_time_goes_back(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = true;
  options.undo_runs = 3;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  options.clock_start_ms = 1000;
  cloche_cell *cell = ut_open(&options);
  ut_value(cell, "Date.now()", "1000");
  ut_value(cell, "await new Promise(r => setTimeout(r, 500)); Date.now()", "1500");
  undo(cell, 1);
  ut_value(cell, "Date.now()", "1000");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(back_over_each_run),
      UT(back_over_many_at_once),
      UT(only_so_many_are_kept),
      UT(much_is_not_kept),
      UT(grown_memory_goes),
      UT(beside_kills),
      UT(after_errors),
      UT(beside_forks_and_resets),
      UT(a_restored_run),
      UT(tools_and_context),
      UT(randomness),
      UT(virtual_time_goes_back),
  };
  cloche_engine_options old_way = CLOCHE_ENGINE_OPTIONS_INIT;
  old_way.use_pagemap = true;
  int failed = UT_RUN("undo", tests);
  return failed + ut_run("undo, by pagemap", tests, UT_COUNT(tests), &old_way);
}
