/* The Python engine: runs, errors, limits, the warning and the kill, calls in every style, clocks, randomness, sessions,
 * forks and snapshots. What the bootstrap makes of Python code is tested in tests/python. */
#include "unit.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static cloche_cell *open_limited(const char *name, const char *value, bool session) {
  cloche_limits limits = ut_limits();
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_limits_set(&limits, name, value, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  return ut_limited(&limits, session);
}

static void expect_text(const char *got, const char *want) {
  if (!got || strcmp(got, want) != 0) fail_msg("wanted: %s\ngot: %s", want, got ? got : "NULL");
}

/* ---- runs */

static void values(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"1 + 1", "2"},
      {"x = 1", NULL},
      {"None", NULL},
      {"[True, 1.5, 'h\\u00e9', {'a': None}]", "[true,1.5,\"h\xC3\xA9\",{\"a\":null}]"},
      {"def f(n):\n    return n * 2\nf(21)", "42"},
      {"import json\njson.loads('[1]')", "[1]"},
      {"await __import__('asyncio').sleep(0, 7)", "7"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) { ut_value_of(cases[i].source, cases[i].want); }
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_eval(cell, "'a\\ud800b'");
  assert_int_equal(r.status, CLOCHE_OK);
  cloche_cell_close(cell);
}

static void output_comes_in_order(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "import sys\nprint('a')\nprint('b', file=sys.stderr)\nsys.stdout.write('c')\nprint(end='d\\n')", NULL);
  expect_text(ut_report_text(cell, "output.0.type"), "stdout");
  expect_text(ut_report_text(cell, "output.0.content"), "a\n");
  expect_text(ut_report_text(cell, "output.1.type"), "stderr");
  expect_text(ut_report_text(cell, "output.2.content"), "cd\n");
  cloche_cell_close(cell);
}

static void output_is_limited(void) {
  cloche_cell *cell = open_limited("console_bytes", "1KiB", false);
  cloche_result r = ut_ends(cell, "for i in range(10000): print('x' * 100)\n'done'", CLOCHE_OK);
  expect_text(r.value, "\"done\"");
  assert_true(strtoul(ut_report_text(cell, "metrics.console_dropped"), NULL, 10) > 1000);
  cloche_cell_close(cell);
}

static void exits(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "import sys\nprint(1)\nsys.exit(3)", CLOCHE_OK);
  assert_int_equal(r.exit_code, 3);
  assert_null(r.value);
  expect_text(ut_report_text(cell, "exit_code"), "3");
  r = ut_ends(cell, "2", CLOCHE_OK); /* and no later one */
  assert_int_equal(r.exit_code, 0);
  expect_text(ut_report_text(cell, "exit_code"), "");
  r = ut_ends(cell, "import sys\nsys.exit(0)", CLOCHE_OK);
  assert_int_equal(r.exit_code, 0);
  cloche_cell_close(cell);
}

static void processes_cannot_end(void) {
  static const char *const sources[] = {"import os\nos.abort()", "import ctypes", "import os\nos.fork()",
                                        "import subprocess\nsubprocess.run(['ls'])"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_eval(cell, sources[i]);
    if (r.status != CLOCHE_TRAP && r.status != CLOCHE_UNCAUGHT_ERROR)
      fail_msg("%s: %s", sources[i], cloche_status_describe(r.status).name);
    ut_value(cell, "1 + 1", "2");
  }
  cloche_cell_close(cell);
}

/* ---- errors */

static void errors_have_places(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "def half(x):\n    return x / 0\n\nhalf(2)\n", CLOCHE_UNCAUGHT_ERROR);
  expect_text(r.error_name, "ZeroDivisionError");
  expect_text(r.error_source, "main.py");
  assert_int_equal(r.line, 2);
  assert_int_equal(r.column, 12);
  assert_non_null(strstr(r.error_frame, ">    2 |     return x / 0"));
  assert_non_null(strstr(r.error_stack, "in half"));
  assert_null(strstr(r.error_stack, "_cloche"));
  r = ut_ends(cell, "x = '\xC3\xA9\xC3\xA9\xC3\xA9'; y = nothing", CLOCHE_UNCAUGHT_ERROR); /* columns are characters */
  assert_int_equal(r.line, 1);
  assert_int_equal(r.column, 16);
  r = ut_ends(cell, "x = (1,\ny = 2", CLOCHE_SYNTAX_ERROR);
  assert_int_equal(r.line, 1);
  cloche_cell_close(cell);
}

static void codes_of_limits_cannot_be_forged(void) {
  static const char *const sources[] = {
      "import _cloche\nraise _cloche.HostError('tool_calls_limit', 'no more')",
      "import _cloche\n_cloche.error('E', 'm', '', 'memory_limit', None, 0, 0, None)\nraise MemoryError()",
      "raise MemoryError('out of memory')", "raise KeyboardInterrupt", "raise RecursionError"};
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_cell *cell = ut_one_shot();
    ut_ends(cell, sources[i], CLOCHE_UNCAUGHT_ERROR);
    cloche_cell_close(cell);
  }
}

static void the_module_takes_no_nonsense(void) {
  static const char *const sources[] = {"_cloche.write(1, 5)",
                                        "_cloche.log('x', 'y')",
                                        "_cloche.value(1, '2')",
                                        "_cloche.error()",
                                        "_cloche.call(99, '{}')",
                                        "_cloche.call(-1, '{}')",
                                        "_cloche.wait(5)",
                                        "_cloche.wait(0)",
                                        "_cloche.wait(-1)",
                                        "_cloche.display('no', 'x', False)",
                                        "_cloche.progress('{')",
                                        "_cloche.limit('none')",
                                        "_cloche.random(-1)",
                                        "_cloche.tool(10 ** 12)",
                                        "_cloche.timer('x', 1)",
                                        "_cloche.timer(1.0, 10 ** 6)",
                                        "_cloche.display('application/json', '{', False)"};
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    char text[200];
    cloche_cell *cell = ut_one_shot();
    snprintf(text, sizeof text, "import _cloche\n%s", sources[i]);
    cloche_result r = ut_eval(cell, text);
    if (r.status == CLOCHE_OK || r.status == CLOCHE_TRAP)
      fail_msg("%s: %s", sources[i], cloche_status_describe(r.status).name);
    cloche_cell_close(cell);
  }
}

/* ---- limits */

static void memory_is_limited(void) {
  cloche_cell *cell = open_limited("memory", "64MiB", false);
  cloche_result r = ut_ends(cell, "x = []\nwhile True: x.append(bytearray(1 << 20))", CLOCHE_MEMORY_LIMIT);
  expect_text(r.error_name, "MemoryError");
  ut_value(cell, "try:\n    x = bytearray(1 << 30)\nexcept MemoryError:\n    x = 'caught'\nx", "\"caught\"");
  ut_value(cell, "len(bytearray(1 << 20))", "1048576");
  cloche_cell_close(cell);
}

static void recursion_ends(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "def f(): f()\nf()", CLOCHE_UNCAUGHT_ERROR);
  expect_text(r.error_name, "RecursionError");
  ut_value(cell, "def f(): f()\ntry:\n    f()\nexcept RecursionError:\n    x = 'caught'\nx", "\"caught\"");
  static const char *const deep[] = {
      "import sys\nsys.setrecursionlimit(10 ** 8)\nclass A:\n    def __repr__(self): return repr(self)\nrepr(A())",
      "import sys\nsys.setrecursionlimit(10 ** 8)\nx = []\nfor i in range(10 ** 6): x = [x]\nrepr(x)",
      "import sys, json\nsys.setrecursionlimit(10 ** 8)\njson.loads('[' * 10 ** 6)",
      "import sys\nsys.setrecursionlimit(10 ** 8)\nf = iter([])\nfor i in range(10 ** 6): f = map(int, f)\nnext(f)",
      "import re\nre.compile('(' * 20000 + ')' * 20000)",
      "x = ()\nfor i in range(10 ** 6): x = (x,)\nhash(x)",
  };
  for (size_t i = 0; i < UT_COUNT(deep); i++) {
    r = ut_eval(cell, deep[i]);
    if (r.status == CLOCHE_OK || r.status == CLOCHE_INTERNAL)
      fail_msg("%s: %s", deep[i], cloche_status_describe(r.status).name);
    ut_value(cell, "1 + 1", "2");
  }
  cloche_cell_close(cell);
}

static void the_kill_works_everywhere(void) {
  static const char *const sources[] = {
      "while True: pass",
      "sum(range(10 ** 12))",
      "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
      "10 ** 10 ** 8",
      "while True:\n    try:\n        while True:\n            x = 1\n    except BaseException: pass",
      "try:\n    while True: pass\nfinally:\n    while True: pass",
      "list(iter(int, 1))[0:0] or [0 for i in iter(int, 1)]",
      "import time\ntime.sleep(1000)",
      "import asyncio\nawait asyncio.sleep(1000)",
      "import signal\nsignal.signal(signal.SIGINT, lambda *a: None)\nwhile True: pass",
      "import gc, sys\nsys.settrace(lambda *a: None)\nwhile True: gc.collect()",
      "sorted([1, 2], key=lambda x: [0 for i in iter(int, 1)])",
      "'a' * (1 << 24) in 'a' * (1 << 25) + 'b'\nwhile True: ('a' * (1 << 22)).find('ab')",
  };
  cloche_cell *cell = open_limited("wall", "100ms", false);
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_eval(cell, sources[i]);
    if (r.status != CLOCHE_WALL_TIME_LIMIT && r.status != CLOCHE_MEMORY_LIMIT)
      fail_msg("%s: %s", sources[i], cloche_status_describe(r.status).name);
    ut_value(cell, "1 + 1", "2");
  }
  cloche_cell_close(cell);
}

static void cpu_time_is_limited(void) {
  cloche_cell *cell = open_limited("cpu", "50ms", false);
  ut_ends(cell, "while True: pass", CLOCHE_CPU_TIME_LIMIT);
  ut_ends(cell, "sum(range(10 ** 12))", CLOCHE_CPU_TIME_LIMIT);
  cloche_cell_close(cell);
}

/* ---- the warning */

static void a_warning_comes_before_the_deadline(void) {
  cloche_cell *cell = open_limited("wall", "2s", false);
  cloche_result r = ut_ends(
      cell, "try:\n    while True:\n        x = 1\nexcept KeyboardInterrupt:\n    print('saved')\n'end'", CLOCHE_OK);
  expect_text(r.value, "\"end\"");
  assert_true(r.wall_ns > 1500 * UT_MS && r.wall_ns < 2100 * UT_MS);
  r = ut_ends(cell, "def spin():\n    while True:\n        x = 1\nspin()", CLOCHE_WALL_TIME_LIMIT);
  expect_text(r.error_name, "TimeoutError");
  assert_in_range(r.line, 2, 3); /* where it was is known */
  assert_non_null(strstr(r.error_stack, "in spin"));
  cloche_cell_close(cell);
}

static void a_session_is_warned_on_guarded_pages(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 500 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, true);
  for (int i = 0; i < 20; i++) ut_eval(cell, "x = 1"); /* what no run writes is read-only by now */
  ut_value(cell, "try:\n    while True:\n        x = 1\nexcept KeyboardInterrupt:\n    x = 'warned'\nx", "\"warned\"");
  cloche_result r = ut_ends(cell, "x = 'lost'\nwhile True: x = 'lost'", CLOCHE_WALL_TIME_LIMIT);
  assert_true(r.rolled_back);
  ut_value(cell, "x", "\"warned\"");
  cloche_cell_close(cell);
}

static void an_interrupt_of_the_guests_own_is_an_error(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r =
      ut_ends(cell, "import _thread\n_thread.interrupt_main()\nfor i in range(1000): pass", CLOCHE_UNCAUGHT_ERROR);
  expect_text(r.error_name, "KeyboardInterrupt");
  cloche_cell_close(cell);
}

/* ---- calls */

static cloche_cell *open_tools(bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = session;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "add", false);
  ut_tool(cell, "ask", true);
  return cell;
}

static void awaited_calls_leave_nothing_on_the_stack(void) {
  cloche_cell *cell = open_tools(true);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot;
  assert_int_equal(ut_start(cell, "x = await tools.add(a=1)\nx + 1"), CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  expect_text(call.argument, "{\"a\":1}");
  assert_int_equal(cloche_cell_snapshot(&snapshot, cell, &err), CLOCHE_OK);
  cloche_snapshot_free(snapshot);
  ut_resolve(cell, call.id, "41");
  ut_finish_value(cell, "42");
  cloche_cell_close(cell);
}

static void plain_calls_block_under_functions(void) {
  cloche_cell *cell = open_tools(true);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot;
  assert_int_equal(ut_start(cell, "sorted([2, 1], key=lambda n: tools.ask({'n': n}))"), CLOCHE_WAITING);
  for (int i = 0; i < 2; i++) {
    cloche_call call = ut_take(cell);
    assert_int_equal(cloche_cell_snapshot(&snapshot, cell, &err), CLOCHE_NOT_SUSPENDABLE);
    ut_resolve(cell, call.id, strstr(call.argument, "2") ? "0" : "1");
    ut_go(cell);
  }
  ut_finish_value(cell, "[2,1]");
  cloche_cell_close(cell);
}

static void gathered_calls_are_there_at_once(void) {
  cloche_cell *cell = open_tools(false);
  assert_int_equal(ut_start(cell, "import asyncio\nawait asyncio.gather(*[tools.add({'n': n}) for n in range(3)])"),
                   CLOCHE_WAITING);
  cloche_call calls[3];
  for (int i = 0; i < 3; i++) calls[i] = ut_take(cell);
  for (int i = 2; i >= 0; i--) ut_resolve(cell, calls[i].id, i == 0 ? "\"a\"" : i == 1 ? "\"b\"" : "\"c\"");
  ut_finish_value(cell, "[\"a\",\"b\",\"c\"]");
  cloche_cell_close(cell);
}

static void rejections_are_errors(void) {
  cloche_cell *cell = open_tools(false);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_rejection rejection = CLOCHE_REJECTION_INIT;
  rejection.name = "NotFound";
  rejection.message = "no such row";
  rejection.code = "not_found";
  rejection.data = "{\"row\":5}";
  assert_int_equal(
      ut_start(cell, "try:\n    tools.add()\nexcept Exception as e:\n    x = [type(e).__name__, str(e), e.code]\nx"),
      CLOCHE_WAITING);
  assert_int_equal(cloche_cell_reject(cell, ut_take(cell).id, &rejection, &err), CLOCHE_OK);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_OK);
  assert_non_null(strstr(r.value, "no such row"));
  assert_non_null(strstr(r.value, "not_found"));
  cloche_cell_close(cell);
}

static void calls_are_limited(void) {
  cloche_limits limits = ut_limits();
  limits.tool_calls = 2;
  cloche_cell *cell = ut_limited(&limits, false);
  ut_tool(cell, "add", false);
  assert_int_equal(ut_start(cell, "tools.add()\ntools.add()\ntools.add()"), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "1");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "1");
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_TOOL_CALLS_LIMIT);
  cloche_cell_close(cell);
}

static void a_wait_for_nothing_is_a_deadlock(void) {
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "import asyncio\nawait asyncio.get_running_loop().create_future()", CLOCHE_DEADLOCK);
  cloche_cell_close(cell);
}

static void blocking_cells_end_at_their_deadline(void) {
  cloche_cell *cell = open_limited("wall", "100ms", true);
  ut_tool(cell, "ask", true);
  ut_value(cell, "x = 1\nx", "1");
  assert_int_equal(ut_start(cell, "x = 2\ntools.ask()"), CLOCHE_WAITING);
  (void)ut_take(cell);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_WALL_TIME_LIMIT);
  ut_value(cell, "x", "1");
  cloche_cell_close(cell);
}

/* Where nested lists have used up almost all of the native stack, the host's own code is asked for what takes much of it:
 * the run ends there, and not the process. How deep that is, is found out first. */
static void the_host_finds_stack(void) {
  static const char source[] =
      "import os, sys\nsys.setrecursionlimit(10**9)\n"
      "class Last:\n    def __eq__(self, other):\n        os.listdir('/m')\n        return True\n"
      "def nest(inner, n):\n    for i in range(n): inner = [inner]\n    return inner\n"
      "x, y = nest(Last(), start), nest(Last(), start)\n"
      "while True:\n    x == y\n    print()\n    x, y = nest(x, step), nest(y, step)\n";
  cloche_error err = CLOCHE_ERROR_INIT;
  unsigned long start = 0;
  for (unsigned long step = 2000; step > 0; step = step == 2000 ? 16 : 0) {
    char text[sizeof source + 64];
    cloche_cell *cell = ut_one_shot();
    cloche_mount mount = CLOCHE_MOUNT_INIT;
    mount.dir_fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mount.path = "/m";
    assert_int_equal(cloche_cell_mount(cell, &mount, &err), CLOCHE_OK);
    close(mount.dir_fd);
    snprintf(text, sizeof text, "start, step = %lu, %lu\n%s", start, step, source);
    (void)ut_ends(cell, text, CLOCHE_STACK_LIMIT);
    start = (strtoul(ut_report_text(cell, "metrics.console_bytes"), NULL, 10) - 1) * step;
    cloche_cell_close(cell);
  }
}

static void contexts_and_modules(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module module = CLOCHE_MODULE_INIT;
  static const char text[] = "{\"user\":{\"name\":\"Ada\"}}";
  assert_int_equal(cloche_cell_context(cell, text, strlen(text), &err), CLOCHE_OK);
  module.name = "helpers.py";
  module.source = "def twice(x):\n    return x * 2\n\ndef fail():\n    raise ValueError('no')\n";
  module.source_len = strlen(module.source);
  assert_int_equal(cloche_cell_module(cell, &module, &err), CLOCHE_OK);
  ut_value(cell, "context['user']['name']", "\"Ada\"");
  ut_value(cell, "import helpers\nhelpers.twice(4)", "8");
  ut_value(cell, "import _cloche\n[_cloche.module('helpers.py\\0' + chr(i)) for i in range(128)] == [None] * 128",
           "true");
  cloche_result r = ut_ends(cell, "from helpers import fail\nfail()", CLOCHE_UNCAUGHT_ERROR);
  expect_text(r.error_source, "helpers.py");
  assert_int_equal(r.line, 5);
  module.name = "x.js";
  module.language = "js";
  assert_int_equal(cloche_cell_module(cell, &module, &err), CLOCHE_INVALID_ARGUMENT);
  cloche_cell_close(cell);
}

static void languages(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  options.language = "sql";
  static const char sql[] = "create table t(a); insert into t values (1), (2); select sum(a) as total from t";
  assert_int_equal(cloche_cell_eval(cell, sql, strlen(sql), &options, &result, &err), CLOCHE_OK);
  assert_int_equal(result.status, CLOCHE_OK);
  assert_non_null(strstr(result.value, "3"));
  options.language = "ts";
  assert_int_equal(cloche_cell_start(cell, "1", 1, &options, &err), CLOCHE_INVALID_ARGUMENT);
  cloche_cell_close(cell);
}

/* ---- clocks and randomness */

static void a_virtual_clock_jumps(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  options.clock_start_ms = 86400000;
  cloche_cell *cell = ut_open(&options);
  ut_value(cell, "import time\nstart = time.time()\ntime.sleep(3600)\n[start, time.time() - start]",
           "[86400.0,3600.0]");
  ut_value(cell, "import asyncio, time\nt = time.monotonic()\nawait asyncio.sleep(7200)\nround(time.monotonic() - t)",
           "7200");
  ut_value(cell, "import datetime\nstr(datetime.datetime.now())", "\"1970-01-02 00:00:00\"");
  cloche_cell_close(cell);
}

static void randomness(void) {
  static const char source[] =
      "import random, os, uuid, secrets\n[random.random(), os.urandom(8).hex(), str(uuid.uuid4()), secrets.token_hex(4)]";
  char first[400], second[400];
  cloche_cell *cell = ut_one_shot();
  snprintf(first, sizeof first, "%s", ut_eval(cell, source).value);
  snprintf(second, sizeof second, "%s", ut_eval(cell, source).value);
  cloche_cell_close(cell);
  assert_string_not_equal(first, second);
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.seed = 7;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  for (int i = 0; i < 2; i++) {
    cell = ut_open(&options);
    snprintf(i ? second : first, sizeof first, "%s", ut_eval(cell, source).value);
    cloche_cell_close(cell);
  }
  assert_string_equal(first, second);
}

/* Each of the guest's sources of randomness, in a session and its forks, also when a first run was killed. */
static void forks_have_their_own_randomness(void) {
  static const char draw[] =
      "[random.random(), os.urandom(8).hex(), secrets.token_hex(8), str(uuid.uuid4()), own.random(), "
      "random.Random().random(), random.SystemRandom().random()]";
  cloche_cell *cells[4];
  char *values[4];
  cells[0] = ut_session();
  ut_tool(cells[0], "hold", true);
  ut_value(cells[0], "import random, os, secrets, uuid\nown = random.SystemRandom()\nx = random.random()", NULL);
  for (int i = 1; i < 4; i++) cells[i] = ut_fork(cells[i / 2]);
  assert_int_equal(ut_start(cells[3], "random.random()\ntools.hold()"), CLOCHE_WAITING);
  cloche_cell_interrupt(cells[3]);
  ut_go(cells[3]);
  for (int i = 0; i < 4; i++) {
    values[i] = strdup(ut_eval(cells[i], draw).value);
    for (int j = 0; j < i; j++) assert_true(ut_all_differ(values[i], values[j]));
  }
  for (int i = 0; i < 4; i++) {
    free(values[i]);
    cloche_cell_close(cells[i]);
  }
}

static void the_machine_is_not_seen(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(
      cell,
      "import platform, time, os\n[platform.node(), time.tzname[0], time.localtime(0).tm_hour, os.getcwd(), os.getpid() == os.getpid()]",
      "[\"(none)\",\"UTC\",0,\"/home/user\",true]");
  cloche_result r = ut_ends(cell, "import sys\n[sys.executable, sys.path, sys.prefix, repr(sys.flags)]", CLOCHE_OK);
  assert_null(strstr(r.value, "/root"));
  assert_null(strstr(r.value, "/tmp/"));
  cloche_cell_close(cell);
}

/* ---- sessions, forks, snapshots */

static void sessions_keep_and_roll_back(void) {
  cloche_cell *cell = open_limited("wall", "200ms", true);
  ut_value(cell, "x = {'a': 1}\ndef f(): return x", NULL);
  ut_value(cell, "x['b'] = 2\nf()", "{\"a\":1,\"b\":2}");
  cloche_result r = ut_ends(cell, "x['c'] = 3\nx['d'] = [0] * 100000\nsum(range(10 ** 12))", CLOCHE_WALL_TIME_LIMIT);
  assert_true(r.rolled_back);
  ut_value(cell, "f()", "{\"a\":1,\"b\":2}");
  ut_ends(cell, "x['c'] = 3\n1 / 0", CLOCHE_UNCAUGHT_ERROR); /* an error is no kill: what was done stays */
  ut_value(cell, "f()", "{\"a\":1,\"b\":2,\"c\":3}");
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "x['fork'] = True\nlen(x)", "4");
  ut_value(cell, "len(x)", "3");
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

static void one_shot_cells_keep_nothing(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "import builtins, json, sys\nbuiltins.secret = 1\njson.secret = 2\nsys.secret = 3\nsecret", "1");
  ut_value(cell, "import builtins, json, sys\n[hasattr(m, 'secret') for m in (builtins, json, sys)]",
           "[false,false,false]");
  cloche_cell_close(cell);
}

static void waiting_runs_go_on_elsewhere(void) {
  cloche_cell *cell = open_tools(true);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot, *read;
  uint8_t *bytes;
  size_t len;
  ut_value(cell, "x = 40", NULL);
  assert_int_equal(ut_start(cell, "async def f():\n    return await tools.add() + x\nawait f()"), CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  uint64_t id = call.id;
  assert_int_equal(cloche_cell_snapshot(&snapshot, cell, &err), CLOCHE_OK);
  assert_int_equal(cloche_snapshot_write(snapshot, NULL, &bytes, &len, &err), CLOCHE_OK);
  cloche_snapshot_free(snapshot);
  cloche_cell_close(cell);
  cell = open_tools(true);
  assert_int_equal(cloche_snapshot_read(&read, bytes, len, NULL, &err), CLOCHE_OK);
  free(bytes);
  if (cloche_cell_restore(cell, read, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  cloche_snapshot_free(read);
  call = ut_take(cell);
  assert_int_equal(call.id, id);
  ut_resolve(cell, call.id, "2");
  ut_finish_value(cell, "42");
  ut_value(cell, "x", "40");
  cloche_cell_close(cell);
}

static void images_of_sessions(void) {
  cloche_cell *cell = ut_session();
  cloche_error err = CLOCHE_ERROR_INIT;
  uint8_t *bytes, *again;
  size_t len, len_again;
  ut_value(
      cell,
      "import tomllib, random\nclass Rule:\n    factor = 3\ndef triple(x): return x * Rule.factor\nx = random.random()",
      NULL);
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_image(cell, &again, &len_again, &err), CLOCHE_OK);
  assert_int_equal(len, len_again);
  assert_memory_equal(bytes, again, len);
  free(again);
  int fd = memfd_create("image", 0);
  assert_int_equal(write(fd, bytes, len), (ssize_t)len);
  free(bytes);
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  options.image_fd = fd;
  cloche_engine *engine;
  if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  close(fd);
  assert_string_not_equal(cloche_engine_describe(engine).image_id, cloche_engine_describe(ut_engine).image_id);
  cloche_cell *copies[2];
  char seen[2][100];
  for (int i = 0; i < 2; i++) {
    assert_int_equal(cloche_cell_open(&copies[i], ut_thread, engine, NULL, &err), CLOCHE_OK);
    ut_value(copies[i], "import sys\n[triple(14), 'tomllib' in sys.modules]", "[42,true]");
    snprintf(seen[i], sizeof seen[i], "%s", ut_eval(copies[i], "random.random()").value);
  }
  assert_string_not_equal(seen[0], seen[1]);
  for (int i = 0; i < 2; i++) cloche_cell_close(copies[i]);
  cloche_engine_close(engine);
  ut_tool(cell, "add", false);
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_INVALID_STATE);
  cloche_cell_close(cell);
}

static void slices(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_error err = CLOCHE_ERROR_INIT;
  static const char source[] = "x = 0\nfor i in range(2000000): x += i\nx";
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
  cloche_state state = CLOCHE_RUNNING;
  int steps = 0;
  for (; state == CLOCHE_RUNNING; steps++) assert_int_equal(cloche_cell_step(cell, UT_MS, &state, &err), CLOCHE_OK);
  assert_true(steps > 3);
  assert_int_equal(state, CLOCHE_DONE);
  ut_finish_value(cell, "1999999000000");
  cloche_cell_close(cell);
}

static void interrupts_cancel(void) {
  cloche_cell *cell = ut_session();
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  ut_value(cell, "x = 1", NULL);
  static const char source[] = "x = 2\nsum(range(10 ** 12))";
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_step(cell, 5 * UT_MS, &state, &err), CLOCHE_OK);
  cloche_cell_interrupt(cell);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_CANCELLED);
  ut_value(cell, "x", "1");
  cloche_cell_close(cell);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      UT(values),
      UT(output_comes_in_order),
      UT(output_is_limited),
      UT(exits),
      UT(processes_cannot_end),
      UT(errors_have_places),
      UT(codes_of_limits_cannot_be_forged),
      UT(the_module_takes_no_nonsense),
      UT(memory_is_limited),
      UT(the_host_finds_stack),
      UT(recursion_ends),
      UT(the_kill_works_everywhere),
      UT(cpu_time_is_limited),
      UT(a_warning_comes_before_the_deadline),
      UT(a_session_is_warned_on_guarded_pages),
      UT(an_interrupt_of_the_guests_own_is_an_error),
      UT(awaited_calls_leave_nothing_on_the_stack),
      UT(plain_calls_block_under_functions),
      UT(gathered_calls_are_there_at_once),
      UT(rejections_are_errors),
      UT(calls_are_limited),
      UT(a_wait_for_nothing_is_a_deadlock),
      UT(blocking_cells_end_at_their_deadline),
      UT(contexts_and_modules),
      UT(languages),
      UT(a_virtual_clock_jumps),
      UT(randomness),
      UT(forks_have_their_own_randomness),
      UT(the_machine_is_not_seen),
      UT(sessions_keep_and_roll_back),
      UT(one_shot_cells_keep_nothing),
      UT(waiting_runs_go_on_elsewhere),
      UT(images_of_sessions),
      UT(slices),
      UT(interrupts_cancel),
  };
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  return ut_run("python", tests, UT_COUNT(tests), &options);
}
