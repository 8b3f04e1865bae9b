/* Allocation failure: two scenarios through the whole of the library, in which the n-th allocation fails, for every n until
 * none does. Each failure must surface as CLOCHE_OUT_OF_MEMORY or leave no trace; nothing may leak, and nothing crash.
 * The same then for the system calls that give memory. Linked with --wrap: calls of the library come here. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cell.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *at);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
int __real_memfd_create(const char *name, unsigned flags);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *at);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
int __wrap_memfd_create(const char *name, unsigned flags);

static bool counting;
static bool system_calls;     /* these fail, and not the allocations */
static unsigned long fail_at; /* 0: never */
static unsigned long made;
static bool sticky; /* every one from fail_at on */
static long live;

static bool must_fail(bool system_call) {
  if (!counting || system_call != system_calls) return false;
  made++;
  return fail_at != 0 && (made == fail_at || (sticky && made > fail_at));
}

static void *gave(void *at) {
  if (at) live++;
  else errno = ENOMEM;
  return at;
}

void *__wrap_malloc(size_t size) { return gave(must_fail(false) ? NULL : __real_malloc(size)); }
void *__wrap_calloc(size_t count, size_t size) { return gave(must_fail(false) ? NULL : __real_calloc(count, size)); }
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  return gave(must_fail(false) ? NULL : __real_aligned_alloc(alignment, size));
}

void *__wrap_realloc(void *at, size_t size) {
  if (must_fail(false)) {
    errno = ENOMEM;
    return NULL;
  }
  void *to = __real_realloc(at, size);
  if (!at && to) live++;
  return to;
}

void __wrap_free(void *at) {
  if (at) live--;
  __real_free(at);
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset) {
  if (must_fail(true)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return __real_mmap(at, len, prot, flags, fd, offset);
}

int __wrap_memfd_create(const char *name, unsigned flags) {
  if (must_fail(true)) {
    errno = EMFILE;
    return -1;
  }
  return __real_memfd_create(name, flags);
}

/* ---- the scenario. Gives NULL, or what was wrong. */

typedef struct {
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cells[4];
  bool failed; /* the library said so, as it must */
  char wrong[600];
} scene;

static void wrong(scene *s, const char *what, const char *how, const char *detail) {
  if (!s->wrong[0]) snprintf(s->wrong, sizeof s->wrong, "%s: %s%s", what, how, detail);
}

/* True: go on. Failures are noted; only those of memory are right. */
static bool fine(scene *s, cloche_status status, const cloche_error *err, const char *what) {
  if (status == CLOCHE_OK) return true;
  s->failed = true;
  bool right =
      status == CLOCHE_OUT_OF_MEMORY || (system_calls && (status == CLOCHE_NO_SLOT || status == CLOCHE_IO_ERROR));
  if (system_calls && status == CLOCHE_INVALID_STATE)
    right = true; /* memory that could not be put back: to be closed */
  if (!right) wrong(s, what, "", cloche_status_describe(status).name);
  if (err && !err->message[0]) wrong(s, what, "no message", "");
  return false;
}

static void answer(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  scene *s = user;
  for (int attempt = 0; attempt < 2; attempt++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_rejection r = CLOCHE_REJECTION_INIT;
    r.name = "ToolError";
    r.message = "no";
    r.code = "code";
    r.data = "{\"a\":1}";
    cloche_status status =
        id % 3 == 2 ? cloche_cell_reject(cell, id, &r, &err) : cloche_cell_resolve(cell, id, argument, len, &err);
    if (fine(s, status, &err, "settle")) return;
  }
  cloche_cell_interrupt(cell); /* it will not be answered */
}

/* A cell with both of its tools, or none. */
static void open_cell(scene *s, int at, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  (void)cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = 3000 * UT_MS;
  limits.memory_bytes = 16 << 20;
  options.limits = &limits;
  options.session = session;
  options.journal = session;
  options.undo_runs = session ? 3 : 0;
  if (!fine(s, cloche_cell_open(&s->cells[at], s->thread, s->engine, &options, &err), &err, "open")) {
    if (s->cells[at]) wrong(s, "open", "failed, and gave a cell", "");
    return;
  }
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.fn = answer;
  tool.user = s;
  for (int i = 0; i < 2; i++) {
    tool.name = i ? "s" : "a";
    tool.sync = i;
    if (fine(s, cloche_cell_tool(s->cells[at], &tool, &err), &err, "tool") ||
        fine(s, cloche_cell_tool(s->cells[at], &tool, &err), &err, "tool again"))
      continue;
    cloche_cell_close(s->cells[at]);
    s->cells[at] = NULL;
    return;
  }
}

/* A run ends as it should, or with an error that tells of memory; never with a wrong value. */
static void run_as(scene *s, int at, const char *language, const char *source, cloche_status status, const char *value,
                   int lines) {
  cloche_cell *cell = s->cells[at];
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r = {0};
  if (!cell || s->wrong[0]) return;
  bool failed_before = s->failed;
  if (!fine(s, cloche_cell_eval(cell, source, strlen(source), &options, &r, &err), &err, source)) {
    /* what is begun must end, before the cell can be used again */
    cloche_state state = CLOCHE_DONE;
    cloche_cell_interrupt(cell);
    for (int i = 0; i < 3; i++) (void)cloche_cell_step(cell, 0, &state, NULL);
    return;
  }
  if (r.status != status) {
    if (r.status == CLOCHE_OK) wrong(s, source, "ends well with ", r.value ? r.value : "undefined");
    else if (made < fail_at || fail_at == 0) wrong(s, source, "", cloche_status_describe(r.status).name);
    s->failed = true;
  } else if (status == CLOCHE_OK && value && (!r.value || strcmp(r.value, value) != 0) &&
             !(s->failed && !failed_before)) {
    wrong(s, source, "nobody says why the value is ", r.value ? r.value : "undefined");
  }
  if (r.status != CLOCHE_OK && (!r.error_name || !r.error_message) && fail_at == 0)
    wrong(s, source, "no error text", "");
  const char *json = NULL;
  size_t len = 0;
  if (!fine(s, cloche_cell_report(cell, &json, &len, &err), &err, "report"))
    (void)fine(s, cloche_cell_report(cell, &json, &len, &err), &err, "report again");
  if (json) {
    json_t *report = json_loadb(json, len, 0, NULL);
    if (!report) wrong(s, source, "the report is not JSON: ", json);
    else if (r.status == status && lines >= 0 && (int)json_array_size(json_object_get(report, "output")) != lines &&
             !(s->failed && !failed_before))
      wrong(s, source, "console lines are lost, and nobody says so", "");
    json_decref(report);
  }
}

static void run(scene *s, int at, const char *source, cloche_status status, const char *value, int lines) {
  run_as(s, at, NULL, source, status, value, lines);
}

static void play_runs(scene *s) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!fine(s, cloche_engine_open(&s->engine, NULL, &err), &err, "engine")) return;
  if (!fine(s, cloche_thread_open(&s->thread, NULL, &err), &err, "thread")) return;
  open_cell(s, 0, false);
  run(s, 0, "console.log('one'); console.warn('two'); [1, 'x']", CLOCHE_OK, "[1,\"x\"]", 2);
  run(s, 0, "for (let i = 0; i < 100; i++) console.log('line ' + i); 'y'.repeat(10000).length", CLOCHE_OK, "10000",
      100);
  run(s, 0, "return 'body'", CLOCHE_OK, "\"body\"", 0);
  run(s, 0,
      "const r = []; for (let i = 0; i < 20; i++) { try { r.push(await tools.a(i)) } catch (e) { r.push(-1) } } r.length + tools.s(5)",
      CLOCHE_OK, "25", 0);
  run(s, 0, "Promise.all([...Array(40).keys()].map(i => tools.a(i).catch(() => 0))).then(x => x.length)", CLOCHE_OK,
      "40", 0);
  run(s, 0, "throw Object.assign(new TypeError('thrown'), {code: 'c', data: [1]})", CLOCHE_UNCAUGHT_ERROR, NULL, 0);
  run(s, 0, "let = =", CLOCHE_SYNTAX_ERROR, NULL, 0);
  run(s, 0, "let a = []; for (;;) a.push(new Array(10000).fill(1.5))", CLOCHE_MEMORY_LIMIT, NULL, 0);
  run(s, 0, "(function f() { f() })()", CLOCHE_STACK_LIMIT, NULL, 0);
  open_cell(s, 1, true);
  run(s, 1, "var state = new Uint8Array(2 << 20).fill(7); var o = {n: 1}; o.n", CLOCHE_OK, "1", 0);
  run(s, 1, "o.n++; state[100] = o.n; state.fill(3, 5000, 9000); state[6000] + o.n", CLOCHE_OK, NULL, 0);
  run(s, 1, "await new Promise(() => {})", CLOCHE_DEADLOCK, NULL, 0);
  if (s->cells[1]) {
    if (fine(s, cloche_cell_fork(&s->cells[2], s->cells[1], &err), &err, "fork"))
      run(s, 2, "state[2000000] + state.length", CLOCHE_OK, "2097159", 0);
    else if (s->cells[2]) wrong(s, "fork", "failed, and gave a cell", "");
    run(s, 1, "state[2000000] + 1", CLOCHE_OK, "8", 0);
    cloche_cell_stats stats;
    (void)cloche_cell_measure(s->cells[1], &stats, NULL);
    (void)fine(s, cloche_cell_reset(s->cells[1], &err), &err, "reset");
    run(s, 1, "typeof state", CLOCHE_OK, "\"undefined\"", 0);
  }
  open_cell(s, 3, false);
  if (s->cells[3] &&
      fine(s, cloche_cell_start(s->cells[3], "tools.a(1); await tools.a(2)", 28, NULL, &err), &err, "start")) {
    cloche_state state;
    (void)fine(s, cloche_cell_step(s->cells[3], 0, &state, &err), &err, "step");
  }
}

/* Gives the cell a context and modules; one that fails is given again. */
static bool give_inputs(scene *s, int at) {
  static const char *const modules[][3] = {
      {"plain", "let n = 0; export const inc = () => ++n; export default 'd'", NULL},
      {"./lib/typed.ts", "import {inc} from '../plain'; export const v: number = inc() + 1", "ts"}};
  static const char context[] = "{\"a\":[1,{\"b\":null}]}";
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell = s->cells[at];
  if (!cell) return false;
  if (!fine(s, cloche_cell_context(cell, context, strlen(context), &err), &err, "context") &&
      !fine(s, cloche_cell_context(cell, context, strlen(context), &err), &err, "context again"))
    return false;
  for (size_t i = 0; i < UT_COUNT(modules); i++) {
    cloche_module m = {1, modules[i][0], modules[i][1], strlen(modules[i][1]), modules[i][2]};
    if (!fine(s, cloche_cell_module(cell, &m, &err), &err, "module") &&
        !fine(s, cloche_cell_module(cell, &m, &err), &err, "module again"))
      return false;
  }
  return true;
}

static void play_sources(scene *s) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!fine(s, cloche_engine_open(&s->engine, NULL, &err), &err, "engine")) return;
  if (!fine(s, cloche_thread_open(&s->thread, NULL, &err), &err, "thread")) return;
  open_cell(s, 0, false);
  if (!give_inputs(s, 0)) return;
  run(s, 0, "context.a[1].b === null && context.a[0]", CLOCHE_OK, "1", 0);
  for (int i = 0; i < 2; i++) /* compiled, and remembered */
    run_as(s, 0, "tsx", "enum E { A = 2 }\nconst e: any = <b>{E.A as number}</b>; return e.children", CLOCHE_OK, "[2]",
           0);
  run(s, 0, "import d, {inc} from 'plain'; import {v} from './lib/typed'; [d, inc(), v]", CLOCHE_OK, "[\"d\",2,2]", 0);
  run_as(s, 0, "ts", "let x: = 1", CLOCHE_SYNTAX_ERROR, NULL, 0);
  run(s, 0, "const a = 1;\nreturn a +;", CLOCHE_SYNTAX_ERROR, NULL, 0);
  run_as(s, 0, "ts", "const t: number = 1;\nfunction f(a: string): void { nope }\nf('x' as string)",
         CLOCHE_UNCAUGHT_ERROR, NULL, 0);
  run(s, 0, "import 'nowhere'", CLOCHE_UNCAUGHT_ERROR, NULL, 0);
  run(s, 0,
      "display([{a: 1}]); display(new Uint8Array(9000)); progress(0.5, 'm'); for (let i = 0; i < 30; i++) display('x')",
      CLOCHE_OK, NULL, 33);
  run(s, 0, "for (let i = 0; i < 40; i++) Promise.reject(new Error('u')); 1", CLOCHE_UNCAUGHT_ERROR, NULL, 0);
  run(s, 0,
      "const l = []; for (let i = 0; i < 40; i++) l.push(Promise.reject(i)); for (const p of l) p.catch(() => 0); 1",
      CLOCHE_OK, "1", 0);
  open_cell(s, 1, true);
  if (give_inputs(s, 1)) {
    run(s, 1, "import {inc} from 'plain'; let kept = inc(); return kept", CLOCHE_OK, "1", 0);
    if (fine(s, cloche_cell_fork(&s->cells[2], s->cells[1], &err), &err, "fork"))
      run_as(s, 2, "ts", "const m = await import('./lib/typed'); return (m.v > 1) as boolean && context.a[0]",
             CLOCHE_OK, "1", 0);
    else if (s->cells[2]) wrong(s, "fork", "failed, and gave a cell", "");
  }
  open_cell(s, 3, true);
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = "ts";
  if (s->cells[3] && fine(s, cloche_cell_start(s->cells[3], "1 as number", 11, &options, &err), &err, "start")) {
    cloche_state state; /* to be closed while it compiles */
    (void)fine(s, cloche_cell_step(s->cells[3], UT_MS / 50, &state, &err), &err, "step");
  }
}

/* Mounts and files, which JavaScript has none of: the cells pretend. */
static void play_files(scene *s) {
  static cl_language with_files;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!fine(s, cloche_engine_open(&s->engine, NULL, &err), &err, "engine")) return;
  if (!fine(s, cloche_thread_open(&s->thread, NULL, &err), &err, "thread")) return;
  open_cell(s, 0, true);
  cloche_cell *cell = s->cells[0];
  if (!cell) return;
  with_files = cl_language_js;
  with_files.has_files = true;
  cell->language = &with_files;
  cloche_mount mount = {1, open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC), "/mnt/a", false};
  (void)fine(s, cloche_cell_mount(cell, &mount, &err), &err, "mount");
  close(mount.dir_fd);
  for (int i = 0; i < 3; i++) {
    cloche_file file = {1, i ? "/b" : "/a", "content", 7, false}; /* /b is given twice */
    (void)fine(s, cloche_cell_file(cell, &file, &err), &err, "file");
  }
  run(s, 0, "1", CLOCHE_OK, "1", 0);
  if (!fine(s, cloche_cell_fork(&s->cells[1], cell, &err), &err, "fork") && s->cells[1])
    wrong(s, "fork", "failed, and gave a cell", "");
}

/* Through bytes and into cell number `to`; false: it failed on the way, and the cell is at its image. */
static bool carry(scene *s, cloche_snapshot *snapshot, int to) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *read = NULL;
  uint8_t *bytes = NULL;
  size_t len = 0;
  bool ok = fine(s, cloche_snapshot_write(snapshot, NULL, &bytes, &len, &err), &err, "write");
  if (!ok && bytes) wrong(s, "write", "failed, and gave bytes", "");
  if (ok) ok = fine(s, cloche_snapshot_read(&read, bytes, len, NULL, &err), &err, "read");
  if (!ok && read) wrong(s, "read", "failed, and gave a snapshot", "");
  free(bytes);
  if (ok && s->cells[to]) ok = fine(s, cloche_cell_restore(s->cells[to], read, &err), &err, "restore");
  else ok = false;
  cloche_snapshot_free(read);
  return ok;
}

static bool take(scene *s, int from, cloche_snapshot **out) {
  cloche_error err = CLOCHE_ERROR_INIT;
  *out = NULL;
  if (!s->cells[from]) return false;
  bool ok = fine(s, cloche_cell_snapshot(out, s->cells[from], &err), &err, "snapshot");
  if (!ok && *out) wrong(s, "snapshot", "failed, and gave one", "");
  return ok;
}

static void play_snapshots(scene *s) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *rest, *waiting = NULL;
  if (!fine(s, cloche_engine_open(&s->engine, NULL, &err), &err, "engine")) return;
  if (!fine(s, cloche_thread_open(&s->thread, NULL, &err), &err, "thread")) return;
  open_cell(s, 0, true);
  open_cell(s, 1, true);
  if (!give_inputs(s, 0)) return;
  run(s, 0, "var state = new Array(3000).fill(7); var n = 1; n", CLOCHE_OK, "1", 0);
  run(s, 0, "n++; state.fill(8); n", CLOCHE_OK, NULL, 0);
  if (take(s, 0, &rest)) {
    bool carried = carry(s, rest, 1);
    if (carried) run(s, 1, "context.a[0] + (typeof n)", CLOCHE_OK, NULL, 0);
    else run(s, 1, "typeof n", CLOCHE_OK, "\"undefined\"", 0);
  }
  cloche_snapshot_free(rest);
  if (s->cells[0]) {
    cloche_status status = cloche_cell_undo(s->cells[0], 1, &err);
    bool lost =
        status == CLOCHE_NOT_FOUND && fail_at != 0 && made >= fail_at; /* the history went, for want of memory */
    if (!lost) (void)fine(s, status, &err, "undo");
  }
  static const char source[] = "console.log('x'); import('plain'); const r = [await tools.a(1), n]; r.length";
  cloche_state state = CLOCHE_DONE;
  if (s->cells[0] && fine(s, cloche_cell_start(s->cells[0], source, strlen(source), NULL, &err), &err, "start"))
    for (int i = 0; i < 5; i++) (void)fine(s, cloche_cell_step(s->cells[0], 0, &state, &err), &err, "step");
  if (state == CLOCHE_WAITING && take(s, 0, &waiting)) {
    cloche_cell *copy;
    if (fine(s, cloche_cell_fork(&copy, s->cells[0], &err), &err, "fork")) s->cells[2] = copy;
    else if (copy) wrong(s, "fork", "failed, and gave a cell", "");
    if (carry(s, waiting, 1)) {
      cloche_call call;
      cloche_result r;
      bool answered = cloche_cell_next_call(s->cells[1], &call) &&
                      fine(s, cloche_cell_resolve(s->cells[1], call.id, "1", 1, &err), &err, "resolve");
      if (!answered) cloche_cell_interrupt(s->cells[1]);
      for (int i = 0; i < 5; i++) (void)fine(s, cloche_cell_step(s->cells[1], 0, &state, &err), &err, "step on");
      if (state == CLOCHE_DONE && cloche_cell_result(s->cells[1], &r, NULL) == CLOCHE_OK && r.status == CLOCHE_OK &&
          (!r.value || strcmp(r.value, "2") != 0))
        wrong(s, "restored run", "gave ", r.value ? r.value : "undefined");
    }
  }
  cloche_snapshot_free(waiting);
}

/* Tells what the last run changed, and puts it into the copy; whatever fails, the copy is as it was. False: it was not put. */
static bool follow(scene *s) {
  cloche_error err = CLOCHE_ERROR_INIT;
  uint8_t *bytes = NULL;
  size_t len = 0;
  if (!s->cells[0] || !s->cells[1]) return false;
  bool ok = fine(s, cloche_cell_changes(s->cells[0], &bytes, &len, &err), &err, "changes");
  if (!ok && bytes) wrong(s, "changes", "failed, and gave bytes", "");
  if (ok) ok = fine(s, cloche_cell_apply(s->cells[1], bytes, len, &err), &err, "apply");
  free(bytes);
  return ok;
}

static void play_changes(scene *s) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *rest;
  if (!fine(s, cloche_engine_open(&s->engine, NULL, &err), &err, "engine")) return;
  if (!fine(s, cloche_thread_open(&s->thread, NULL, &err), &err, "thread")) return;
  open_cell(s, 0, true);
  open_cell(s, 1, true);
  run(s, 0, "var state = new Array(3000).fill(7); var n = 1; n", CLOCHE_OK, "1", 0);
  if (!take(s, 0, &rest)) return;
  bool there = carry(s, rest, 1);
  cloche_snapshot_free(rest);
  if (!there || !give_inputs(s, 0)) return;
  run(s, 0, "n++; state.fill(8); var grown = new Uint8Array(2 << 20).fill(1); n", CLOCHE_OK, "2", 0);
  if (s->failed) return; /* what there is to tell is another run */
  bool followed = follow(s);
  run(s, 1, "n * 10 + state[2999]", CLOCHE_OK, followed ? "28" : "17", 0);
  if (followed && s->cells[1] && cloche_cell_undo(s->cells[1], 2, NULL) == CLOCHE_OK)
    run(s, 1, "n * 10 + state[2999]", CLOCHE_OK, "17", 0);
}

static void (*play)(scene *s) = play_runs;

static void clean_up(scene *s) {
  for (int i = 0; i < 4; i++) cloche_cell_close(s->cells[i]);
  cloche_thread_close(s->thread);
  cloche_engine_close(s->engine);
}

static unsigned troubles;

static void note(unsigned long n, const char *what) {
  static char last[600];
  if (strcmp(last, what) == 0) return;
  snprintf(last, sizeof last, "%s", what);
  if (troubles++ < 20) print_error("number %lu%s: %s\n", n, sticky ? " and all that follow" : "", what);
}

/* Plays with the n-th failing; false when so many were not made, that is, all have had their turn. */
static bool play_with(unsigned long n) {
  static scene s;
  memset(&s, 0, sizeof s);
  long before = live;
  made = 0;
  fail_at = n;
  counting = true;
  play(&s);
  counting = false;
  bool reached = made >= n;
  clean_up(&s);
  if (s.wrong[0]) note(n, s.wrong);
  if (live != before) note(n, "memory leaks");
  return n == 0 || reached;
}

static void nothing_fails(void) {
  troubles = 0;
  for (int i = 0; i < 8; i++) {
    static void (*const plays[])(scene *) = {play_runs, play_sources, play_snapshots, play_changes};
    play = plays[i % 4];
    assert_true(play_with(0));
  }
  assert_int_equal(troubles, 0);
}

static void go_through(bool of_system, bool all_that_follow, unsigned long stride) {
  system_calls = of_system;
  sticky = all_that_follow;
  troubles = 0;
  unsigned long n = 1;
  for (; play_with(n); n += n < 60 ? 1 : stride) continue;
  assert_true(n > (of_system ? 5 : 60));
  sticky = system_calls = false;
  assert_int_equal(troubles, 0);
}

static void go_through_runs(bool of_system, bool all_that_follow, unsigned long stride) {
  play = play_runs;
  go_through(of_system, all_that_follow, stride);
}

static void go_through_sources(bool of_system, bool all_that_follow, unsigned long stride) {
  play = play_sources;
  go_through(of_system, all_that_follow, stride);
}

static void go_through_snapshots(bool of_system, bool all_that_follow, unsigned long stride) {
  play = play_snapshots;
  go_through(of_system, all_that_follow, stride);
}

static void go_through_changes(bool of_system, bool all_that_follow, unsigned long stride) {
  play = play_changes;
  go_through(of_system, all_that_follow, stride);
}

static void each_allocation_fails_once(void) { go_through_runs(false, false, 1); }
static void allocations_fail_for_good(void) { go_through_runs(false, true, 3); }
static void each_mapping_fails_once(void) { go_through_runs(true, false, 1); }
static void mappings_fail_for_good(void) { go_through_runs(true, true, 1); }
static void sources_each_allocation_fails_once(void) { go_through_sources(false, false, 1); }
static void sources_allocations_fail_for_good(void) { go_through_sources(false, true, 3); }
static void sources_each_mapping_fails_once(void) { go_through_sources(true, false, 1); }
static void sources_mappings_fail_for_good(void) { go_through_sources(true, true, 1); }
static void snapshots_each_allocation_fails_once(void) { go_through_snapshots(false, false, 1); }
static void snapshots_allocations_fail_for_good(void) { go_through_snapshots(false, true, 3); }
static void snapshots_each_mapping_fails_once(void) { go_through_snapshots(true, false, 1); }
static void snapshots_mappings_fail_for_good(void) { go_through_snapshots(true, true, 1); }

static void changes_each_allocation_fails_once(void) { go_through_changes(false, false, 1); }
static void changes_allocations_fail_for_good(void) { go_through_changes(false, true, 3); }
static void changes_each_mapping_fails_once(void) { go_through_changes(true, false, 1); }

static void files_each_allocation_fails_once(void) {
  play = play_files;
  troubles = 0;
  unsigned long n = 0;
  while (play_with(n)) n++;
  assert_true(n > 10);
  assert_int_equal(troubles, 0);
}

/* A fork that fails half way has pages of its parent already: the next cell of the thread must find none of them, and the
 * parent goes on or says that it cannot. */
static void failed_forks_leave_nothing(void) {
  static const char secret[] =
      "globalThis.secret = 'of the parent'; globalThis.bulk = 'x'.repeat(3e6).split('x').map(String); 1";
  static const char look[] = "typeof secret";
  unsigned long failures = 0;
  for (int calls = 0; calls < 2; calls++) {
    for (unsigned long n = 1; n < 40; n++) {
      cloche_error err = CLOCHE_ERROR_INIT;
      cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
      cloche_thread *thread;
      cloche_cell *parent, *copy = NULL, *next;
      cloche_tool tool = CLOCHE_TOOL_INIT;
      cloche_result r;
      options.session = true;
      tool.name = "t";
      assert_int_equal(cloche_thread_open(&thread, NULL, &err), CLOCHE_OK);
      assert_int_equal(cloche_cell_open(&parent, thread, ut_engine, &options, &err), CLOCHE_OK);
      assert_int_equal(cloche_cell_tool(parent, &tool, &err), CLOCHE_OK);
      assert_int_equal(cloche_cell_eval(parent, secret, strlen(secret), NULL, &r, &err), CLOCHE_OK);
      system_calls = calls == 1;
      made = 0;
      fail_at = n;
      counting = true;
      cloche_status status = cloche_cell_fork(&copy, parent, &err);
      counting = false;
      fail_at = 0;
      if (status != CLOCHE_OK) {
        failures++;
        assert_null(copy);
        assert_int_equal(cloche_cell_open(&next, thread, ut_engine, NULL, &err), CLOCHE_OK);
        assert_int_equal(cloche_cell_eval(next, look, strlen(look), NULL, &r, &err), CLOCHE_OK);
        assert_string_equal(r.value, "\"undefined\"");
        cloche_cell_close(next);
        if (cloche_cell_eval(parent, look, strlen(look), NULL, &r, &err) == CLOCHE_OK)
          assert_string_equal(r.value, "\"string\"");
      }
      cloche_cell_close(copy);
      cloche_cell_close(parent);
      cloche_thread_close(thread);
      if (status == CLOCHE_OK && made < n) break;
    }
  }
  assert_true(failures > 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(nothing_fails),
      UT(each_allocation_fails_once),
      UT(allocations_fail_for_good),
      UT(each_mapping_fails_once),
      UT(mappings_fail_for_good),
      UT(sources_each_allocation_fails_once),
      UT(sources_allocations_fail_for_good),
      UT(sources_each_mapping_fails_once),
      UT(sources_mappings_fail_for_good),
      UT(snapshots_each_allocation_fails_once),
      UT(snapshots_allocations_fail_for_good),
      UT(snapshots_each_mapping_fails_once),
      UT(snapshots_mappings_fail_for_good),
      UT(changes_each_allocation_fails_once),
      UT(changes_allocations_fail_for_good),
      UT(changes_each_mapping_fails_once),
      UT(files_each_allocation_fails_once),
      UT(failed_forks_leave_nothing),
  };
  return UT_RUN("alloc", tests);
}
