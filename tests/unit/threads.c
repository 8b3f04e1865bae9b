/* Many threads, one engine: each has a cloche_thread of its own and runs mixed programs at once. */
#include "unit.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <unistd.h>

#include "engine.h"

enum { THREADS = 6, ROUNDS = 25 };

typedef struct {
  int number;
  char trouble[400];
} worker;

static const struct {
  const char *source, *want;
} programs[] = {
    {"function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(15)", "610"},
    {"[5, 3, 9].sort((a, b) => a - b).join()", "\"3,5,9\""},
    {"await Promise.all([1, 2, 3].map(async x => x * 2))", "[2,4,6]"},
    {"let s = ''; for (let i = 0; i < 3000; i++) s += i; s.length", "10890"},
    {"JSON.parse(JSON.stringify({a: [1, {b: null}]}))", "{\"a\":[1,{\"b\":null}]}"},
    {"const u = new Uint8Array(2 << 20).fill(3); u[1 << 20] + u.length", "2097155"},
    {"try { (function f() { f() })() } catch (e) { e.name }", "\"RangeError\""},
    {"await new Promise(r => setTimeout(r, 1)); 'slept'", "\"slept\""},
    {"'a-b-c'.replace(/-/g, '+')", "\"a+b+c\""},
    {"await tools.echo({x: [1]})", "{\"x\":[1]}"},
};

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  (void)cloche_cell_resolve(cell, id, argument, len, NULL);
}

#define EXPECT(w, condition, ...)                                                                  \
  do {                                                                                             \
    if (!(condition) && !(w)->trouble[0]) snprintf((w)->trouble, sizeof(w)->trouble, __VA_ARGS__); \
  } while (0)

static void run_programs(worker *w, cloche_thread *thread, bool session, bool no_poll) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  options.session = session;
  options.no_poll = no_poll;
  EXPECT(w, cloche_cell_open(&cell, thread, ut_engine, &options, &err) == CLOCHE_OK, "%s", err.message);
  if (w->trouble[0]) return;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "echo";
  tool.fn = echo;
  (void)cloche_cell_tool(cell, &tool, &err);
  for (size_t i = 0; i < UT_COUNT(programs); i++) {
    cloche_result r = {0};
    char source[300];
    snprintf(source, sizeof source, "%s", programs[i].source);
    if (session && (strncmp(source, "let", 3) == 0 || strncmp(source, "const", 5) == 0)) continue;
    EXPECT(w, cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err) == CLOCHE_OK, "%s", err.message);
    EXPECT(w, r.status == CLOCHE_OK && r.value && strcmp(r.value, programs[i].want) == 0, "%s: %s %s", source,
           r.value ? r.value : "", r.error_message ? r.error_message : "");
  }
  if (session) {
    cloche_cell *copy = NULL;
    cloche_result r = {0};
    EXPECT(w, cloche_cell_fork(&copy, cell, &err) == CLOCHE_OK, "fork: %s", err.message);
    if (copy) {
      EXPECT(w,
             cloche_cell_eval(copy, "fib(10)", 7, NULL, &r, &err) == CLOCHE_OK && r.value && strcmp(r.value, "55") == 0,
             "in the fork: %s", r.value ? r.value : r.error_message);
      cloche_cell_close(copy);
    }
  }
  cloche_cell_close(cell);
}

static void run_a_kill(worker *w, cloche_thread *thread, int round) {
  static const char *const endless[] = {"for (;;);", "new Array(2 ** 32 - 1).join('x')", "for (;;) await null"};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_result r = {0};
  cloche_cell *cell;
  (void)cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = 10 * UT_MS;
  options.limits = &limits;
  options.session = round % 2;
  options.no_poll = round % 4 < 2;
  EXPECT(w, cloche_cell_open(&cell, thread, ut_engine, &options, &err) == CLOCHE_OK, "%s", err.message);
  if (w->trouble[0]) return;
  const char *source = endless[round % 3];
  EXPECT(
      w,
      cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err) == CLOCHE_OK && r.status == CLOCHE_WALL_TIME_LIMIT,
      "%s: %d", source, r.status);
  EXPECT(w, cloche_cell_eval(cell, "1 + 1", 5, NULL, &r, &err) == CLOCHE_OK && r.value && strcmp(r.value, "2") == 0,
         "after a kill: %s", r.value ? r.value : "");
  cloche_cell_close(cell);
}

static void *work(void *user) {
  worker *w = user;
  cloche_thread *thread;
  cloche_error err = CLOCHE_ERROR_INIT;
  EXPECT(w, cloche_thread_open(&thread, NULL, &err) == CLOCHE_OK, "%s", err.message);
  if (w->trouble[0]) return NULL;
  for (int round = 0; round < ROUNDS && !w->trouble[0]; round++) {
    run_programs(w, thread, (round + w->number) % 2, round % 3 == 0);
    run_a_kill(w, thread, round + w->number);
  }
  cloche_thread_close(thread);
  return NULL;
}

static void hash_of_image(uint8_t hash[32]) {
  crypto_generichash(hash, 32, ut_engine->memory.data, ut_engine->memory.bytes, NULL, 0);
}

static void mixed_programs(void) {
  uint8_t before[32], after[32];
  cl_image_header header = ut_engine->header;
  hash_of_image(before);
  worker workers[THREADS] = {0};
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    workers[i].number = i;
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < THREADS; i++)
    if (workers[i].trouble[0]) fail_msg("thread %d: %s", i, workers[i].trouble);
  hash_of_image(after);
  assert_memory_equal(before, after, sizeof before);
  assert_memory_equal(&header, &ut_engine->header, sizeof header);
}

/* ---- interrupts from others */

typedef struct {
  atomic_uintptr_t cell[4];
  atomic_bool stop;
  char trouble[4][400];
} arena;

typedef struct {
  arena *arena;
  int number;
} fighter;

static void *be_interrupted(void *user) {
  fighter *f = user;
  char *trouble = f->arena->trouble[f->number];
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = f->number % 2;
  options.no_poll = f->number / 2 % 2;
  if (cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, ut_engine, &options, &err) != CLOCHE_OK) {
    snprintf(trouble, 400, "%s", err.message);
    return NULL;
  }
  atomic_store(&f->arena->cell[f->number], (uintptr_t)cell);
  static const char *const sources[] = {"for (;;);", "new Array(2 ** 32 - 1).join('x')", "for (;;) await null",
                                        "for (;;) console.log('x')", "for (;;) [3, 2, 1].sort()"};
  for (int i = 0; i < 60 && !trouble[0]; i++) {
    cloche_result r;
    const char *source = sources[i % 5];
    cloche_status status = cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err);
    if (status != CLOCHE_OK || r.status != CLOCHE_CANCELLED)
      snprintf(trouble, 400, "%s: %s %s", source, err.message, cloche_status_describe(r.status).name);
  }
  atomic_store(&f->arena->cell[f->number], 0);
  while (!atomic_load(&f->arena->stop)) usleep(1000); /* an interrupter may hold the pointer still */
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  return NULL;
}

static void interrupts_from_other_threads(void) {
  static arena a;
  fighter fighters[4];
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    fighters[i] = (fighter){&a, i};
    assert_int_equal(pthread_create(&threads[i], NULL, be_interrupted, &fighters[i]), 0);
  }
  unsigned waited = 0;
  for (bool busy = true; busy || waited < 50; waited++) {
    busy = false;
    for (int i = 0; i < 4; i++) {
      cloche_cell *cell = (cloche_cell *)atomic_load(&a.cell[i]);
      if (cell) cloche_cell_interrupt(cell);
      busy |= cell != NULL;
    }
    usleep(waited % 7 * 300);
  }
  atomic_store(&a.stop, true);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < 4; i++)
    if (a.trouble[i][0]) fail_msg("thread %d: %s", i, a.trouble[i]);
  ut_value_of("new Array(2 ** 20).join('x').length", "1048575");
}

static void *open_and_close(void *user) {
  char *trouble = user;
  for (int i = 0; i < 40; i++) {
    cloche_thread *thread;
    cloche_cell *cell;
    cloche_result r;
    cloche_error err = CLOCHE_ERROR_INIT;
    if (cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK ||
        cloche_cell_open(&cell, thread, ut_engine, NULL, &err) != CLOCHE_OK ||
        cloche_cell_eval(cell, "(function f(n) { return n ? f(n - 1) : 7 })(400)", 48, NULL, &r, &err) != CLOCHE_OK ||
        !r.value || strcmp(r.value, "7") != 0) {
      snprintf(trouble, 400, "%s", err.message[0] ? err.message : "wrong value");
      return NULL;
    }
    cloche_cell_close(cell);
    cloche_thread_close(thread);
  }
  return NULL;
}

static void threads_come_and_go(void) {
  char trouble[THREADS][400] = {{0}};
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, open_and_close, trouble[i]), 0);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < THREADS; i++)
    if (trouble[i][0]) fail_msg("thread %d: %s", i, trouble[i]);
}

/* Two engines in one process, used side by side on one thread. */
static void two_engines(void) {
  cloche_engine *other;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.use_pagemap = true;
  assert_int_equal(cloche_engine_open(&other, &options, NULL), CLOCHE_OK);
  assert_string_equal(cloche_engine_describe(other).dirty_pages, "pagemap");
  assert_string_equal(cloche_engine_describe(other).image_id, cloche_engine_describe(ut_engine).image_id);
  for (int i = 0; i < 20; i++) {
    cloche_cell *a = ut_session(), *b;
    assert_int_equal(cloche_cell_open(&b, ut_thread, other, NULL, NULL), CLOCHE_OK);
    ut_value(a, "var x = 1; x", "1");
    ut_value(b, "typeof x", "\"undefined\"");
    cloche_cell_close(i % 2 ? a : b);
    cloche_cell_close(i % 2 ? b : a);
  }
  /* spare slots of an engine must not outlive it */
  cloche_engine_close(other);
  ut_value_of("1 + 1", "2");
}

int main(void) {
  const struct CMUnitTest tests[] = {UT(mixed_programs), UT(interrupts_from_other_threads), UT(threads_come_and_go),
                                     UT(two_engines)};
  return UT_RUN("threads", tests);
}
