/* What the unit tests share: one engine and one thread of the process, short ways to run a source and to look at how it
 * ended, and the bridge to cmocka.
 *
 * cmocka puts its own handlers for SIGSEGV and SIGBUS in place around every test; the library needs its own, so a test
 * is entered through ut_enter, which puts those of the library back. */
#ifndef UNIT_H
#define UNIT_H

/* clang-format off: cmocka.h wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche.h"

#define UT_MS 1000000ull
#define UT_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- groups */

typedef void (*ut_fn)(void);
#define UT(fn) \
  { #fn, ut_enter, NULL, NULL, (void *)(fn) }
void ut_enter(void **state);

/** Runs the tests with an engine that is opened with `options` (may be NULL); gives the number of failed ones. May be
 *  called more than once. */
int ut_run(const char *group, const struct CMUnitTest *tests, size_t count, const cloche_engine_options *options);
#define UT_RUN(group, tests) ut_run(group, tests, UT_COUNT(tests), NULL)

extern cloche_engine *ut_engine;
extern cloche_thread *ut_thread;

/** With CLOCHE_TEST_WORKER in the environment, the path of a cloche-worker, cells live in workers: what tests see is the same but
 *  for when it is seen. A test that looks at just that, or into a cell's memory, says so here, and is skipped then. */
void ut_not_in_workers(void);

/* ---- cells. All of these fail the test when the library refuses. */

cloche_limits ut_limits(void); /* profile "default" */
cloche_cell *ut_open(const cloche_cell_options *options);
cloche_cell *ut_one_shot(void);
cloche_cell *ut_session(void);
cloche_cell *ut_limited(const cloche_limits *limits, bool session);
cloche_cell *ut_fork(cloche_cell *cell);

/** Declares a tool without a function. */
void ut_tool(cloche_cell *cell, const char *name, bool sync);

/* ---- runs by cloche_cell_eval */

cloche_result ut_eval(cloche_cell *cell, const char *source);

/** The run must end well with this value as JSON text; NULL: undefined. */
#define ut_value(cell, source, want) ut_value_at(cell, source, want, __FILE__, __LINE__)
void ut_value_at(cloche_cell *cell, const char *source, const char *want, const char *file, int line);

/** The run must end with this status; the result is given. */
#define ut_ends(cell, source, status) ut_ends_at(cell, source, status, __FILE__, __LINE__)
cloche_result ut_ends_at(cloche_cell *cell, const char *source, cloche_status status, const char *file, int line);

/** The same in a fresh one-shot cell. */
#define ut_value_of(source, want) ut_value_of_at(source, want, __FILE__, __LINE__)
void ut_value_of_at(const char *source, const char *want, const char *file, int line);

/** Whether two JSON lists of one length have no item in common at any place: draws from streams that tell nothing of each other. */
bool ut_all_differ(const char *a, const char *b);

/* ---- runs by steps */

/** Starts a run, and steps until the cell waits or is done. */
cloche_state ut_start(cloche_cell *cell, const char *source);
cloche_state ut_go(cloche_cell *cell);
/** Steps to the end, sleeping as the deadline says. Fails the test if the run waits for a call. */
cloche_result ut_finish(cloche_cell *cell);
/** As ut_finish, and the value must be `want`. */
#define ut_finish_value(cell, want) ut_finish_value_at(cell, want, __FILE__, __LINE__)
void ut_finish_value_at(cloche_cell *cell, const char *want, const char *file, int line);

cloche_call ut_take(cloche_cell *cell);
void ut_resolve(cloche_cell *cell, uint64_t id, const char *json);

/* ---- what comes out */

json_t *ut_report(cloche_cell *cell);
/** Text of the report at a path such as "error.message" or "calls.0.status"; a number is printed. "" when there is none.
 *  Lives until the next call. */
const char *ut_report_text(cloche_cell *cell, const char *path);
/** All console lines of the run, each with its type: "log:text\n". Lives until the next call. */
const char *ut_console(cloche_cell *cell);

#endif
