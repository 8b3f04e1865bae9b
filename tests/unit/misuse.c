/* Misuse: what may be NULL is taken, what may not be done now is refused with the documented status and a message. */
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static cloche_error err;

static void refused(cloche_status got, cloche_status want) {
  assert_int_equal(got, want);
  assert_int_equal(err.status, want);
  assert_true(err.message[0] != 0 && strlen(err.message) < sizeof err.message);
  assert_null(strstr(err.message, "0x"));
  err = (cloche_error)CLOCHE_ERROR_INIT;
}

static void null_where_it_is_allowed(void) {
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_state state;
  cloche_result r;
  const char *json;
  size_t len;
  cloche_engine_close(NULL);
  cloche_thread_close(NULL);
  cloche_cell_close(NULL);
  assert_int_equal(cloche_engine_open(&engine, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_thread_open(&thread, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_open(&cell, thread, engine, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_start(cell, "1", 1, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_step(cell, 0, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_step(cell, 0, &state, NULL), CLOCHE_OK);
  assert_int_equal(state, CLOCHE_DONE);
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_report(cell, &json, &len, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_eval(cell, "2", 1, NULL, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_start(cell, NULL, 0, NULL, NULL), CLOCHE_OK); /* no source is an empty one */
  assert_int_equal(cloche_cell_step(cell, 0, NULL, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
  cloche_cell_close(cell);
  cloche_cell_options session = CLOCHE_CELL_OPTIONS_INIT;
  session.session = true;
  assert_int_equal(cloche_cell_open(&cell, thread, engine, &session, NULL), CLOCHE_OK);
  cloche_cell *copy;
  assert_int_equal(cloche_cell_fork(&copy, cell, NULL), CLOCHE_OK);
  cloche_cell_close(copy);
  /* and failures without anybody to tell */
  assert_int_equal(cloche_cell_step(cell, 0, NULL, NULL), CLOCHE_INVALID_STATE);
  assert_int_equal(cloche_cell_resolve(cell, 1, "1", 1, NULL), CLOCHE_NOT_FOUND);
  assert_int_equal(cloche_cell_reject(cell, 1, NULL, NULL), CLOCHE_NOT_FOUND);
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
}

static void versions(void) {
  static const uint32_t wrong[] = {0, 2, UINT32_MAX};
  for (size_t i = 0; i < UT_COUNT(wrong); i++) {
    cloche_engine_options eo = CLOCHE_ENGINE_OPTIONS_INIT;
    cloche_engine *engine = (cloche_engine *)1;
    eo.version = wrong[i];
    refused(cloche_engine_open(&engine, &eo, &err), CLOCHE_INVALID_ARGUMENT);
    assert_null(engine);
    cloche_thread_options to = CLOCHE_THREAD_OPTIONS_INIT;
    cloche_thread *thread = (cloche_thread *)1;
    to.version = wrong[i];
    refused(cloche_thread_open(&thread, &to, &err), CLOCHE_INVALID_ARGUMENT);
    assert_null(thread);
    cloche_cell_options co = CLOCHE_CELL_OPTIONS_INIT;
    cloche_cell *cell = (cloche_cell *)1;
    co.version = wrong[i];
    refused(cloche_cell_open(&cell, ut_thread, ut_engine, &co, &err), CLOCHE_INVALID_ARGUMENT);
    assert_null(cell);
    cell = ut_one_shot();
    cloche_run_options ro = CLOCHE_RUN_OPTIONS_INIT;
    ro.version = wrong[i];
    refused(cloche_cell_start(cell, "1", 1, &ro, &err), CLOCHE_INVALID_ARGUMENT);
    refused(cloche_cell_eval(cell, "1", 1, &ro, NULL, &err), CLOCHE_INVALID_ARGUMENT);
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = "t";
    tool.version = wrong[i];
    refused(cloche_cell_tool(cell, &tool, &err), CLOCHE_INVALID_ARGUMENT);
    ut_tool(cell, "t", false);
    ut_start(cell, "await tools.t()");
    cloche_rejection rejection = CLOCHE_REJECTION_INIT;
    rejection.version = wrong[i];
    uint64_t id = ut_take(cell).id;
    refused(cloche_cell_reject(cell, id, &rejection, &err), CLOCHE_INVALID_ARGUMENT);
    ut_resolve(cell, id, "5"); /* it is open still */
    ut_finish_value(cell, "5");
    cloche_cell_close(cell);
  }
}

static void engine_names(void) {
  static const char *const bad[] = {
      "", "JS", "Python", "js ",
      "a name that is longer than anything an engine could ever be called, and that goes on and on"};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
    cloche_engine *engine = (cloche_engine *)1;
    options.name = bad[i];
    refused(cloche_engine_open(&engine, &options, &err), CLOCHE_NOT_FOUND);
    assert_null(engine);
  }
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  cloche_engine *engine;
  options.name = "js";
  assert_int_equal(cloche_engine_open(&engine, &options, &err), CLOCHE_OK);
  cloche_engine_info info = cloche_engine_describe(engine);
  assert_true(strcmp(info.memory_access, "r15") == 0 || strcmp(info.memory_access, "x28") == 0 ||
              strcmp(info.memory_access, "portable") == 0);
  assert_true(info.image_bytes > 0 && info.image_bytes % 65536 == 0 && info.version[0]);
  cloche_engine_close(engine);
}

static void wrong_states(void) {
  cloche_state state;
  cloche_result r;
  const char *json;
  size_t len;
  cloche_cell *copy;
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  /* idle */
  refused(cloche_cell_step(cell, 0, &state, &err), CLOCHE_INVALID_STATE);
  refused(cloche_cell_result(cell, &r, &err), CLOCHE_INVALID_STATE);
  refused(cloche_cell_report(cell, &json, &len, &err), CLOCHE_INVALID_STATE);
  assert_int_equal(cloche_cell_deadline(cell), UINT64_MAX);
  /* started, and waiting */
  for (int waiting = 0; waiting < 2; waiting++) {
    if (waiting) assert_int_equal(ut_go(cell), CLOCHE_WAITING);
    else assert_int_equal(cloche_cell_start(cell, "await tools.t()", 15, NULL, &err), CLOCHE_OK);
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = "u";
    refused(cloche_cell_start(cell, "1", 1, NULL, &err), CLOCHE_INVALID_STATE);
    refused(cloche_cell_eval(cell, "1", 1, NULL, &r, &err), CLOCHE_INVALID_STATE);
    refused(cloche_cell_reset(cell, &err), CLOCHE_INVALID_STATE);
    if (!waiting) refused(cloche_cell_fork(&copy, cell, &err), CLOCHE_NOT_SUSPENDABLE);
    refused(cloche_cell_tool(cell, &tool, &err), CLOCHE_INVALID_STATE);
    refused(cloche_cell_result(cell, &r, &err), CLOCHE_INVALID_STATE);
    if (!waiting) refused(cloche_cell_report(cell, &json, &len, &err), CLOCHE_INVALID_STATE);
  }
  ut_resolve(cell, ut_take(cell).id, "1");
  ut_finish_value(cell, "1"); /* none of that did any harm */
  /* done: another step changes nothing */
  for (int i = 0; i < 3; i++) {
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
  }
  assert_int_equal(cloche_cell_result(cell, &r, &err), CLOCHE_OK);
  assert_string_equal(r.value, "1");
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  refused(cloche_cell_result(cell, &r, &err), CLOCHE_INVALID_STATE);
  refused(cloche_cell_step(cell, 0, &state, &err), CLOCHE_INVALID_STATE);
  cloche_cell_close(cell);
}

/* A failed start leaves the last result alone or gives none, and the cell usable. */
static void failed_start(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "var x = 1; x", "1");
  cloche_run_options ro = CLOCHE_RUN_OPTIONS_INIT;
  ro.version = 9;
  refused(cloche_cell_start(cell, "x = 2", 5, &ro, &err), CLOCHE_INVALID_ARGUMENT);
  ut_value(cell, "x", "1");
  cloche_cell_close(cell);
}

static void slots_run_out(void) {
  cloche_thread_options options = CLOCHE_THREAD_OPTIONS_INIT;
  cloche_thread *thread;
  cloche_cell *cells[4], *more = (cloche_cell *)1;
  options.slots = 3;
  options.spare = 2;
  assert_int_equal(cloche_thread_open(&thread, &options, &err), CLOCHE_OK);
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 3; i++) assert_int_equal(cloche_cell_open(&cells[i], thread, ut_engine, NULL, &err), CLOCHE_OK);
    refused(cloche_cell_open(&more, thread, ut_engine, NULL, &err), CLOCHE_NO_SLOT);
    assert_null(more);
    cloche_cell_close(cells[0]);
    assert_int_equal(cloche_cell_open(&cells[0], thread, ut_engine, NULL, &err), CLOCHE_OK);
    ut_value(cells[0], "1", "1");
    for (int i = 0; i < 3; i++) cloche_cell_close(cells[i]);
  }
  cloche_cell_options session = CLOCHE_CELL_OPTIONS_INIT;
  session.session = true;
  for (int i = 0; i < 3; i++)
    assert_int_equal(cloche_cell_open(&cells[i], thread, ut_engine, &session, &err), CLOCHE_OK);
  ut_value(cells[0], "var x = 5", NULL);
  refused(cloche_cell_fork(&more, cells[0], &err), CLOCHE_NO_SLOT);
  ut_value(cells[0], "x", "5");
  for (int i = 0; i < 3; i++) cloche_cell_close(cells[i]);
  cloche_thread_close(thread);
}

static void many_cells_at_once(void) {
  enum { CELLS = 300 };
  cloche_cell *cells[CELLS];
  for (int i = 0; i < CELLS; i++) {
    cells[i] = i % 2 ? ut_session() : ut_one_shot();
    ut_tool(cells[i], "t", false);
    ut_start(cells[i], "const n = await tools.t(); n * 2");
  }
  for (int i = CELLS - 1; i >= 0; i--) {
    char json[20], want[20];
    snprintf(json, sizeof json, "%d", i);
    snprintf(want, sizeof want, "%d", i * 2);
    ut_resolve(cells[i], ut_take(cells[i]).id, json);
    ut_finish_value(cells[i], want);
  }
  for (int i = 0; i < CELLS; i++) cloche_cell_close(cells[i]);
}

/* ---- fork() of the process. The child reports by its exit code: cmocka belongs to the parent. */

typedef int (*child_fn)(cloche_cell *inherited);

static void in_a_child(child_fn fn, cloche_cell *inherited) {
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) {
    alarm(30);
    _exit(fn(inherited));
  }
  int status;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  if (WIFSIGNALED(status)) fail_msg("the child was killed by signal %d", WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) fail_msg("the child failed at line %d", WEXITSTATUS(status) + 100);
}

#define CHILD(condition)                                                              \
  do {                                                                                \
    if (!(condition)) return (__LINE__ - 100) & 0xFF ? (__LINE__ - 100) & 0xFF : 255; \
  } while (0)

static int new_thread_in_child(cloche_cell *inherited) {
  (void)inherited;
  cloche_thread *thread;
  cloche_cell *cell = (cloche_cell *)1;
  cloche_error e = CLOCHE_ERROR_INIT;
  CHILD(cloche_thread_open(&thread, NULL, &e) == CLOCHE_OK);
  CHILD(cloche_cell_open(&cell, thread, ut_engine, NULL, &e) == CLOCHE_INVALID_STATE);
  CHILD(cell == NULL && e.message[0]);
  /* an engine of its own works */
  cloche_engine *engine;
  cloche_result r;
  CHILD(cloche_engine_open(&engine, NULL, &e) == CLOCHE_OK);
  CHILD(cloche_cell_open(&cell, thread, engine, NULL, &e) == CLOCHE_OK);
  CHILD(cloche_cell_eval(cell, "1 + 1", 5, NULL, &r, &e) == CLOCHE_OK && strcmp(r.value, "2") == 0);
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return 0;
}

static int inherited_thread_in_child(cloche_cell *inherited) {
  (void)inherited;
  cloche_cell *cell = (cloche_cell *)1;
  cloche_error e = CLOCHE_ERROR_INIT;
  CHILD(cloche_cell_open(&cell, ut_thread, ut_engine, NULL, &e) == CLOCHE_INVALID_STATE);
  CHILD(cell == NULL && e.message[0]);
  return 0;
}

static int inherited_cell_in_child(cloche_cell *inherited) {
  cloche_error e = CLOCHE_ERROR_INIT;
  cloche_cell *copy;
  CHILD(cloche_cell_start(inherited, "1", 1, NULL, &e) == CLOCHE_INVALID_STATE);
  CHILD(e.message[0]);
  CHILD(cloche_cell_eval(inherited, "1", 1, NULL, NULL, &e) == CLOCHE_INVALID_STATE);
  CHILD(cloche_cell_fork(&copy, inherited, &e) == CLOCHE_INVALID_STATE);
  return 0;
}

static int inherited_run_in_child(cloche_cell *inherited) {
  cloche_error e = CLOCHE_ERROR_INIT;
  cloche_state state;
  CHILD(cloche_cell_step(inherited, 0, &state, &e) == CLOCHE_INVALID_STATE);
  return 0;
}

static void after_a_fork_of_the_process(void) {
  in_a_child(new_thread_in_child, NULL);
  ut_value_of("'the parent goes on'", "\"the parent goes on\"");
}

static void inherited_threads(void) { in_a_child(inherited_thread_in_child, NULL); }

static void inherited_cells(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "var x = 1; x", "1");
  in_a_child(inherited_cell_in_child, cell);
  ut_value(cell, "x", "1");
  cloche_cell_close(cell);
}

static void inherited_runs(void) {
  cloche_cell *cell = ut_session();
  assert_int_equal(cloche_cell_start(cell, "7", 1, NULL, NULL), CLOCHE_OK);
  in_a_child(inherited_run_in_child, cell);
  ut_finish_value(cell, "7");
  cloche_cell_close(cell);
}

/* ---- other signal handlers */

static volatile int *volatile nowhere = (volatile int *)8;
static volatile sig_atomic_t segv_seen;
static sigjmp_buf back;

static void on_segv(int number) {
  (void)number;
  segv_seen++;
  siglongjmp(back, 1);
}

static int chained_in_child(cloche_cell *inherited) {
  (void)inherited;
  /* a handler that was there before is called for faults that are not a guest's: in a fresh process image */
  char *argv[] = {(char *)(uintptr_t) "/proc/self/exe", (char *)(uintptr_t) "chain", NULL};
  execv(argv[0], argv);
  return 1;
}

/* Run as a process of its own: the handler stands before the engine is opened. */
static int chain(void) {
  struct sigaction action = {.sa_handler = on_segv, .sa_flags = SA_NODEFER};
  if (sigaction(SIGSEGV, &action, NULL) != 0) return 1;
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_result r;
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK)
    return 2;
  const char *deep = "(function f(n) { return n ? f(n - 1) : 7 })(1000)"; /* faults that are the guest's */
  if (cloche_cell_eval(cell, deep, strlen(deep), NULL, &r, NULL) != CLOCHE_OK || r.status != CLOCHE_OK || segv_seen)
    return 3;
  if (sigsetjmp(back, 1) == 0) *nowhere = 1;
  if (segv_seen != 1) return 4;
  if (cloche_cell_eval(cell, deep, strlen(deep), NULL, &r, NULL) != CLOCHE_OK || strcmp(r.value, "7") != 0 ||
      segv_seen != 1)
    return 5;
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return 0;
}

static void other_handlers_are_chained(void) { in_a_child(chained_in_child, NULL); }

static int fault_in_child(cloche_cell *inherited) {
  (void)inherited;
  pid_t pid = fork();
  if (pid == 0) {
    *nowhere = 1; /* nobody's: must end the process as it would without the library */
    _exit(0);
  }
  int status;
  CHILD(waitpid(pid, &status, 0) == pid);
  CHILD(!WIFEXITED(status) || WEXITSTATUS(status) != 0); /* a sanitizer turns it into an exit code */
  return 0;
}

static void a_fault_of_the_host_is_a_crash(void) { in_a_child(fault_in_child, NULL); }

static void messages_are_cut_to_fit(void) {
  char name[3000];
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = 0;
  cloche_cell *cell = ut_one_shot();
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = name;
  refused(cloche_cell_tool(cell, &tool, &err), CLOCHE_INVALID_ARGUMENT);
  cloche_limits limits;
  refused(cloche_limits_profile(&limits, name, &err), CLOCHE_NOT_FOUND);
  cloche_cell_close(cell);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "chain") == 0) return chain();
  const struct CMUnitTest tests[] = {
      UT(null_where_it_is_allowed),
      UT(versions),
      UT(engine_names),
      UT(wrong_states),
      UT(failed_start),
      UT(slots_run_out),
      UT(many_cells_at_once),
      UT(after_a_fork_of_the_process),
      UT(inherited_threads),
      UT(inherited_cells),
      UT(inherited_runs),
      UT(other_handlers_are_chained),
      UT(a_fault_of_the_host_is_a_crash),
      UT(messages_are_cut_to_fit),
  };
  return UT_RUN("misuse", tests);
}
