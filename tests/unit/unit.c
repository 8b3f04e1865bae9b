/* The helpers of unit.h. */
#include "unit.h"

#include <signal.h>
#include <time.h>

#include "cloche_pool.h"

cloche_engine *ut_engine;
cloche_thread *ut_thread;
static struct sigaction own_segv, own_bus;
static bool installed;
static bool pooled; /* the tests' cells live in workers */

void ut_enter(void **state) {
  ut_fn fn = (ut_fn)*state;
  sigaction(SIGSEGV, &own_segv, NULL);
  sigaction(SIGBUS, &own_bus, NULL);
  fn();
}

static cloche_status open_thread(cloche_error *err) {
  const char *worker = getenv("CLOCHE_TEST_WORKER");
  if (!worker) return cloche_thread_open(&ut_thread, NULL, err);
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  options.worker_path = worker;
  pooled = true;
  return cloche_pool_open(&ut_thread, &options, err);
}

int ut_run(const char *group, const struct CMUnitTest *tests, size_t count, const cloche_engine_options *options) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_engine_open(&ut_engine, options, &err) != CLOCHE_OK || open_thread(&err) != CLOCHE_OK) {
    fprintf(stderr, "%s: %s\n", group, err.message);
    return 1;
  }
  if (!installed) { /* the library installs them once; cmocka's way of putting them back loses their flags */
    sigaction(SIGSEGV, NULL, &own_segv);
    sigaction(SIGBUS, NULL, &own_bus);
    installed = true;
  }
  int failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
  if (failed) return failed; /* a failed test may have left cells open */
  cloche_thread_close(ut_thread);
  cloche_engine_close(ut_engine);
  return 0;
}

void ut_not_in_workers(void) {
  if (pooled) skip();
}

/* ---- cells */

static void must(cloche_status status, const cloche_error *err, const char *what) {
  if (status == CLOCHE_OK) return;
  fail_msg("%s: %s: %s", what, cloche_status_describe(status).name, err->message);
}

cloche_limits ut_limits(void) {
  cloche_limits limits;
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_limits_profile(&limits, "default", &err), &err, "limits");
  return limits;
}

cloche_cell *ut_open(const cloche_cell_options *options) {
  cloche_cell *cell = NULL;
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_cell_open(&cell, ut_thread, ut_engine, options, &err), &err, "open");
  return cell;
}

cloche_cell *ut_one_shot(void) { return ut_open(NULL); }

cloche_cell *ut_session(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = true;
  return ut_open(&options);
}

cloche_cell *ut_limited(const cloche_limits *limits, bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = session;
  options.limits = limits;
  return ut_open(&options);
}

cloche_cell *ut_fork(cloche_cell *cell) {
  cloche_cell *copy = NULL;
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_cell_fork(&copy, cell, &err), &err, "fork");
  return copy;
}

void ut_tool(cloche_cell *cell, const char *name, bool sync) {
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  tool.name = name;
  tool.sync = sync;
  must(cloche_cell_tool(cell, &tool, &err), &err, name);
}

/* ---- runs */

cloche_result ut_eval(cloche_cell *cell, const char *source) {
  cloche_result result = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_cell_eval(cell, source, strlen(source), NULL, &result, &err), &err, "eval");
  return result;
}

static void check_value(const cloche_result *r, const char *source, const char *want, const char *file, int line) {
  const char *got = r->value ? r->value : "undefined";
  if (r->status == CLOCHE_OK && strcmp(got, want ? want : "undefined") == 0 &&
      (!r->value || strlen(got) == r->value_len))
    return;
  print_error("source: %.400s\nwanted: %.1000s\n   got: %s %.1000s %s: %s (%u:%u)\n", source, want ? want : "undefined",
              cloche_status_describe(r->status).name, got, r->error_name ? r->error_name : "",
              r->error_message ? r->error_message : "", r->line, r->column);
  _fail(file, line);
}

bool ut_all_differ(const char *a, const char *b) {
  json_t *x = json_loads(a, 0, NULL), *y = json_loads(b, 0, NULL);
  bool differ = json_array_size(x) > 0 && json_array_size(x) == json_array_size(y);
  for (size_t i = 0; i < json_array_size(x) && differ; i++)
    differ = !json_equal(json_array_get(x, i), json_array_get(y, i));
  json_decref(x);
  json_decref(y);
  return differ;
}

void ut_value_at(cloche_cell *cell, const char *source, const char *want, const char *file, int line) {
  cloche_result r = ut_eval(cell, source);
  check_value(&r, source, want, file, line);
}

cloche_result ut_ends_at(cloche_cell *cell, const char *source, cloche_status status, const char *file, int line) {
  cloche_result r = ut_eval(cell, source);
  if (r.status == status) return r;
  print_error("source: %.400s\nwanted: %s\n   got: %s %.1000s %s: %s\n", source, cloche_status_describe(status).name,
              cloche_status_describe(r.status).name, r.value ? r.value : "", r.error_name ? r.error_name : "",
              r.error_message ? r.error_message : "");
  _fail(file, line);
  return r;
}

void ut_value_of_at(const char *source, const char *want, const char *file, int line) {
  cloche_cell *cell = ut_one_shot();
  ut_value_at(cell, source, want, file, line);
  cloche_cell_close(cell);
}

cloche_state ut_go(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state = CLOCHE_RUNNING;
  for (int i = 0; i < 100000 && state == CLOCHE_RUNNING; i++) {
    must(cloche_cell_step(cell, 0, &state, &err), &err, "step");
    if (pooled && state == CLOCHE_RUNNING && !cloche_pool_next(ut_thread))
      cloche_pool_wait(ut_thread, cloche_cell_deadline(cell));
  }
  assert_int_not_equal(state, CLOCHE_RUNNING);
  return state;
}

cloche_state ut_start(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_cell_start(cell, source, strlen(source), NULL, &err), &err, "start");
  return ut_go(cell);
}

cloche_result ut_finish(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result = {0};
  while (ut_go(cell) != CLOCHE_DONE) {
    cloche_call call;
    if (cloche_cell_next_call(cell, &call)) fail_msg("the run waits for a call of %s", call.tool);
    uint64_t at = cloche_cell_deadline(cell);
    if (pooled) {
      cloche_pool_wait(ut_thread, at);
      continue;
    }
    struct timespec when = {(time_t)(at / 1000000000u), (long)(at % 1000000000u)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
  }
  must(cloche_cell_result(cell, &result, &err), &err, "result");
  return result;
}

void ut_finish_value_at(cloche_cell *cell, const char *want, const char *file, int line) {
  cloche_result r = ut_finish(cell);
  check_value(&r, "(steps)", want, file, line);
}

cloche_call ut_take(cloche_cell *cell) {
  cloche_call call = {0};
  if (!cloche_cell_next_call(cell, &call)) fail_msg("no call is there to take");
  return call;
}

void ut_resolve(cloche_cell *cell, uint64_t id, const char *json) {
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cloche_cell_resolve(cell, id, json, strlen(json), &err), &err, "resolve");
}

/* ---- what comes out */

json_t *ut_report(cloche_cell *cell) {
  cloche_error err = CLOCHE_ERROR_INIT;
  const char *text = NULL;
  size_t len = 0;
  must(cloche_cell_report(cell, &text, &len, &err), &err, "report");
  assert_int_equal(strlen(text), len);
  json_error_t where;
  json_t *report = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &where);
  if (!report) fail_msg("the report is not JSON: %s at %d of %.2000s", where.text, where.position, text);
  return report;
}

static const json_t *walk(const json_t *at, const char *path) {
  char name[64];
  while (at && *path) {
    size_t len = strcspn(path, ".");
    snprintf(name, sizeof name, "%.*s", (int)len, path);
    at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10)) : json_object_get(at, name);
    path += len + (path[len] == '.');
  }
  return at;
}

const char *ut_report_text(cloche_cell *cell, const char *path) {
  static char text[8192];
  json_t *report = ut_report(cell);
  const json_t *at = walk(report, path);
  text[0] = 0;
  if (json_is_string(at)) {
    snprintf(text, sizeof text, "%s", json_string_value(at));
  } else if (at) {
    char *dump = json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT);
    snprintf(text, sizeof text, "%s", dump ? dump : "");
    free(dump);
  }
  json_decref(report);
  return text;
}

const char *ut_console(cloche_cell *cell) {
  static char text[65536];
  size_t len = 0;
  text[0] = 0;
  for (cloche_event event; cloche_cell_next_event(cell, &event) && len < sizeof text;)
    len += (size_t)snprintf(text + len, sizeof text - len, "%s:%.*s\n", event.type, (int)event.text_len, event.text);
  return text;
}
