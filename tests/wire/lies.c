/* A supervisor whose workers lie (liar.c): whatever they say, in an order that no worker of ours would, about requests, cells,
 * calls and states that there are and that there are not. Each run ends, what it gives is a result and a report of their
 * form, and afterwards the same pool serves an honest worker's cell. */
/* clang-format off: cmocka.h wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche_pool.h"
#include "wire.h"

static unsigned first = 1, lies = 120; /* of which numbers: test_lies [FIRST COUNT] */

static unsigned ended, bad_frames;
static cloche_engine *engine;
static cloche_thread *pool;

static void count_log(void *user, const char *code, const char *words) {
  (void)user, (void)words;
  ended++;
  bad_frames += strcmp(code, "bad_frame") == 0;
}

static void answer(void *user, cloche_cell *cell, uint64_t call_id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  (void)cloche_cell_resolve(cell, call_id, "1", 1, NULL);
}

static void check_result(const cloche_result *result) {
  if (result->value) assert_int_equal(strlen(result->value), result->value_len);
  if (result->repr) assert_int_equal(result->repr[result->repr_len], 0);
  assert_true(result->exit_code >= 0 && result->exit_code <= 255);
  assert_true(result->status == CLOCHE_OK || result->repr == NULL);
}

static void check_report(cloche_cell *cell) {
  const char *json, *why;
  size_t len;
  cl_report report;
  bool no_memory;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK) return;
  if (!cl_report_read(&report, json, len, &why, &no_memory)) fail_msg("%s: %.*s", why, (int)len, json);
  cl_report_free(&report);
}

/* Other things to ask of the cell; any answer is fine. */
static void ask_more(cloche_cell *cell, unsigned which) {
  cloche_snapshot *snapshot = NULL;
  cloche_cell *copy = NULL;
  cloche_cell_stats stats;
  uint8_t *bytes = NULL;
  size_t len;
  switch (which % 6) {
    case 0: (void)cloche_cell_snapshot(&snapshot, cell, NULL); break;
    case 1: (void)cloche_cell_measure(cell, &stats, NULL); break;
    case 2: (void)cloche_cell_fork(&copy, cell, NULL); break;
    case 3: (void)cloche_cell_undo(cell, 1, NULL); break;
    case 4: (void)cloche_cell_reset(cell, NULL); break;
    default: (void)cloche_cell_image(cell, &bytes, &len, NULL); break;
  }
  cloche_snapshot_free(snapshot);
  cloche_cell_close(copy);
  free(bytes);
}

static cloche_status run(unsigned number) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_limits limits;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_cell *cell;
  cloche_result result;
  cloche_status status = CLOCHE_INTERNAL;
  char source[16];
  assert_int_equal(cloche_limits_profile(&limits, NULL, NULL), CLOCHE_OK);
  limits.console_lines = 100;
  options.limits = &limits;
  options.session = number % 2;
  options.undo_runs = 2;
  tool.name = "ask";
  tool.fn = answer;
  snprintf(source, sizeof source, "%u", number);
  if (cloche_cell_open(&cell, pool, engine, &options, NULL) != CLOCHE_OK) return status;
  if (cloche_cell_tool(cell, &tool, NULL) == CLOCHE_OK) {
    for (int i = 0; i < 2; i++) {
      if (cloche_cell_eval(cell, source, strlen(source), NULL, &result, NULL) != CLOCHE_OK) continue;
      check_result(&result);
      check_report(cell);
      status = result.status;
    }
    if (number) ask_more(cell, number / 2);
  }
  cloche_cell_close(cell);
  return status;
}

static void open_pool(void) {
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  options.worker_path = LIAR_PATH;
  options.spares = UINT32_MAX;
  options.workers = 1;
  options.log = count_log;
  assert_int_equal(cloche_engine_open(&engine, NULL, NULL), CLOCHE_OK);
  if (cloche_pool_open(&pool, &options, &err) != CLOCHE_OK) fail_msg("%s", err.message);
}

static void close_pool(void) {
  cloche_thread_close(pool);
  cloche_engine_close(engine);
}

/* It answers and is ended for what it says next, before the copy is anywhere. */
static void a_fork_whose_worker_lies_next_stands(void **state) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell, *copy;
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)state;
  open_pool();
  options.session = true;
  assert_int_equal(cloche_cell_open(&cell, pool, engine, &options, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_eval(cell, "then lie", 8, NULL, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_OK); /* what comes next is read later */
  assert_non_null(copy);
  cloche_cell_close(copy);
  cloche_cell_close(cell);
  close_pool();
}

static void whatever_workers_say_the_supervisor_is_whole(void **state) {
  (void)state;
  open_pool();
  for (unsigned number = first; number < first + lies; number++) {
    (void)run(number);
    if (number % 50 == 0) assert_int_equal(run(0), CLOCHE_OK);
  }
  assert_true(bad_frames > lies / 4);
  close_pool();
  print_message("%u workers ended, %u for a bad frame\n", ended, bad_frames);
}

int main(int argc, char **argv) {
  if (argc == 3) {
    first = (unsigned)strtoul(argv[1], NULL, 10);
    lies = (unsigned)strtoul(argv[2], NULL, 10);
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_fork_whose_worker_lies_next_stands),
                                     cmocka_unit_test(whatever_workers_say_the_supervisor_is_whole)};
  return cmocka_run_group_tests_name("lies", tests, NULL, NULL);
}
