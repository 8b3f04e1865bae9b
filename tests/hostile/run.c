/* Runs the hostile corpus: every program of a folder in a cell of its own, and holds the outcome against the header of the
 * file. After each one the process must live, `1+2` must be 3 at once in the next cell of the same thread (in the language
 * of the program), and that cell must hold little of its own. No report may name a folder of this machine, no
 * stack a frame of the bootstrap, and no run may last much longer than its limit. No program may cost a worker.
 *
 * usage: run_hostile DIR [--mode=MODE] [--threads=N] [--only=SUBSTRING] [--every=N] [--scale=N] [--polled] [--worker=PATH]
 *
 *   poll     as in production: the hook is asked first
 *   hard     the hook is disabled: only signals can stop a guest
 *   pagemap  dirty pages are found the old way
 *   session  each program is a transaction of one session a thread, which must be as before whenever it was killed
 *   snapshot half of the programs run in a session, and whenever one waits, or is about to begin, its cell is stored as
 *            bytes, closed, and made anew from them
 *   worker   half of the programs run in a session, all of them in jailed workers
 *   worker-snapshot  as snapshot, in jailed workers
 *   worker-old  as worker, as on an older kernel: dirty pages are found the old way, Landlock has no more than version 2
 *
 * How programs are written is said in program.h. --only, --every: some of them. --scale multiplies timeouts, for valgrind and
 * the like; --polled leaves out what only signals can stop. Ends with one line "N passed, N failed, N skipped". */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cloche_pool.h"
#include "program.h"

enum { MAX_PROGRAMS = 4096, MAX_COPIES = 1000 };
#define SOON_NS UINT64_C(10000000000) /* what the runner itself evaluates may take */
#define GRACE_NS 5000000000u          /* by which a run may outlast its limit on a busy machine */

/** What the runner itself says in an engine's language. */
typedef struct {
  const char *engine, *language;
  const char *before, *as_before; /* makes a session's state; is 3 while it is whole */
  const char *bootstrap_frame;    /* stands in stacks that show frames of the bootstrap */
  uint64_t clean_bytes;           /* more than a cell that has added two numbers holds */
} dialect;

static const dialect dialects[] = {
    {"js", "js", "var before = [1, {a: 2}]; 1",
     "globalThis.before[1].a + Object.keys(globalThis).filter(k => k === 'before').length", "(native", 2u << 20},
    {"python", "py", "before = [1, {'a': 2}]\n1", "before[1]['a'] + list(globals()).count('before')", "/cloche/",
     3u << 20},
};
static const dialect *spoken = &dialects[0];

/** What a mode does differently. */
typedef struct {
  const char *name;
  bool no_poll, pagemap, session, half /* of the programs in a session */, stored, worker;
  uint32_t landlock;
} manner;

static const manner manners[] = {
    {.name = "poll"},
    {.name = "hard", .no_poll = true},
    {.name = "pagemap", .pagemap = true},
    {.name = "session", .session = true},
    {.name = "snapshot", .half = true, .stored = true},
    {.name = "worker", .half = true, .worker = true},
    {.name = "worker-snapshot", .half = true, .worker = true, .stored = true},
    {.name = "worker-old", .half = true, .worker = true, .pagemap = true, .landlock = 2},
};
static const manner *mode = &manners[0];

static char *programs[MAX_PROGRAMS];
static size_t program_count;
static const char *folder, *worker_path = CLOCHE_WORKER;
static char folder_path[4096], working_path[4096];
static int scale = 1;
static bool polled;
static atomic_size_t next_program, passed, failed, skipped, fresh_sources;
static _Atomic uint64_t worst_stack;
static cloche_engine *engine;

/* ---- tools of the runner */

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void fail(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  cloche_rejection r = CLOCHE_REJECTION_INIT;
  r.name = "ToolFailure";
  r.message = "no";
  cloche_cell_reject(cell, id, &r, NULL);
}

static void never(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)cell, (void)id, (void)argument, (void)len;
}

static const struct {
  const char *name;
  cloche_tool_fn fn;
  bool sync;
} all_tools[] = {{"echo", echo, false}, {"fail", fail, false}, {"never", never, false}, {"sync_echo", echo, true}};
enum { TOOLS = sizeof all_tools / sizeof all_tools[0] };

static void declare_tools(cloche_cell *cell, const char *names) {
  char list[256];
  snprintf(list, sizeof list, "%s", names);
  char *rest = NULL;
  for (char *name = strtok_r(list, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
    for (size_t i = 0; i < TOOLS; i++) {
      if (strcmp(all_tools[i].name, name) != 0) continue;
      cloche_tool tool = CLOCHE_TOOL_INIT;
      tool.name = name;
      tool.fn = all_tools[i].fn;
      tool.sync = all_tools[i].sync;
      cloche_cell_tool(cell, &tool, NULL);
    }
}

/* ---- one program */

typedef struct {
  char text[8192];
} complaint;

static void complain(complaint *c, const char *what, const char *got, const char *wanted) {
  size_t at = strlen(c->text);
  snprintf(c->text + at, sizeof c->text - at, "    %s: got %.1500s, wanted %.1500s\n", what, got ? got : "nothing",
           wanted);
}

static const char *word_of(cloche_status status) {
  if (status == CLOCHE_OK) return "ok";
  if (status == CLOCHE_WALL_TIME_LIMIT) return "timeout";
  if (status == CLOCHE_CANCELLED) return "cancelled";
  bool limit = (status >= CLOCHE_CPU_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT) || status == CLOCHE_FILES_LIMIT;
  return limit ? "limit" : "error";
}

/* Whether word is one of the words of list, which stand between bars. */
static bool one_of(const char *word, const char *list) {
  size_t len = strlen(word);
  for (const char *at = list; at; at = strchr(at, '|')) {
    at += *at == '|';
    if (strncmp(at, word, len) == 0 && (at[len] == 0 || at[len] == '|')) return true;
  }
  return false;
}

static void compare(const expectation *e, const cloche_result *r, complaint *c) {
  char error[8192];
  snprintf(error, sizeof error, "%s: %s", r->error_name ? r->error_name : "", r->error_message ? r->error_message : "");
  const char *status = word_of(r->status), *code = cloche_status_describe(r->status).name;
  if (!one_of(status, e->status)) complain(c, "status", status, e->status);
  if (r->status != CLOCHE_OK && e->code[0] && !one_of(code, e->code)) complain(c, "code", code, e->code);
  if (e->value[0] && (!r->value || strcmp(r->value, e->value) != 0)) complain(c, "value", r->value, e->value);
  if (e->error[0] && strcmp(error, e->error) != 0) complain(c, "error", error, e->error);
  if (c->text[0] && r->status != CLOCHE_OK) complain(c, "  (error)", error, "");
  if (c->text[0] && r->value) complain(c, "  (value)", r->value, "");
}

static void check_report(cloche_cell *cell, const cloche_result *r, complaint *c) {
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || len < 2 || json[0] != '{' || json[len - 1] != '}')
    complain(c, "report", "none", "one");
  else if (memmem(json, len, folder_path, strlen(folder_path)) || memmem(json, len, working_path, strlen(working_path)))
    complain(c, "report", "a folder of this machine in it", "none");
  if (r->error_stack && (strstr(r->error_stack, spoken->bootstrap_frame) || strstr(r->error_stack, "at native:")))
    complain(c, "stack", r->error_stack, "no frame of the bootstrap");
}

static void set_limits(cloche_limits *limits, const expectation *e) {
  cloche_limits_profile(limits, "default", NULL);
  limits->value_bytes = limits->argument_bytes = 1 << 20;
  cloche_limits_set(limits, "wall", e->timeout[0] ? e->timeout : "250ms", NULL);
  cloche_limits_set(limits, "memory", e->memory[0] ? e->memory : "64MiB", NULL);
  if (e->stack[0]) cloche_limits_set(limits, "stack", e->stack, NULL);
  limits->wall_ns *= (uint64_t)scale;
  limits->cpu_ns = limits->wall_ns * 10;
  char list[256];
  snprintf(list, sizeof list, "%s", e->limits);
  char *rest = NULL;
  for (char *item = strtok_r(list, ", ", &rest); item; item = strtok_r(NULL, ", ", &rest)) {
    char *equals = strchr(item, '=');
    if (equals) *equals = 0;
    if (equals && cloche_limits_set(limits, item, equals + 1, NULL) == CLOCHE_OK) continue;
    fprintf(stderr, "no such limit: %s\n", item);
    exit(2);
  }
}

static void give_inputs(cloche_cell *cell, const expectation *e, complaint *c) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (e->context && cloche_cell_context(cell, e->context, strlen(e->context), &err) != CLOCHE_OK)
    complain(c, "context", err.message, "taken");
  for (size_t i = 0; i < e->module_count; i++) {
    cloche_module module = CLOCHE_MODULE_INIT;
    module.name = e->modules[i].name;
    module.source = e->modules[i].text;
    module.source_len = e->modules[i].len;
    module.language = language_of(module.name);
    if (cloche_cell_module(cell, &module, &err) != CLOCHE_OK) complain(c, "module", err.message, "taken");
  }
}

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool evaluates(cloche_cell *cell, const char *source, const char *language, const char *wanted, complaint *c) {
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  options.wall_ns = SOON_NS; /* the cell's own limit may be as short as the program likes */
  if (cloche_cell_eval(cell, source, strlen(source), &options, &r, &err) != CLOCHE_OK) {
    complain(c, source, err.message, wanted);
    return false;
  }
  if (r.status == CLOCHE_OK && r.value && strcmp(r.value, wanted) == 0) return true;
  complain(c, source, r.value ? r.value : r.error_message, wanted);
  return false;
}

/* What the program has left is asked for completion: nothing of it may run, and no trace may stay. */
static void check_completion(cloche_cell *cell, const expectation *e, const char *language, complaint *c) {
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  options.complete = true;
  if (cloche_cell_eval(cell, e->complete, strlen(e->complete), &options, &r, &err) != CLOCHE_OK) {
    complain(c, e->complete, err.message, "names");
    return;
  }
  const char *names = r.value ? strstr(r.value, "\"names\":") : NULL;
  size_t len = strlen(e->names);
  if (len > 0 && (!names || strncmp(names + 8, e->names, len) != 0)) complain(c, e->complete, names, e->names);
  if (!r.rolled_back) complain(c, e->complete, "a trace", "none");
  cloche_event event; /* what runs in it says so: it leaves nothing else behind */
  if (cloche_cell_next_event(cell, &event)) complain(c, e->complete, "code that ran", "none");
}

/* ---- storing cells */

typedef struct {
  cloche_thread *thread;
  const expectation *e;
  const cloche_cell_options *options;
} maker;

/* Makes the cell anew from what is stored of it; one that cannot be stored now stays as it is. In a worker a run may have
 * `begun` and ended meanwhile: there is nothing to store of it then. */
static bool store(cloche_cell **cell, const maker *m, bool begun, complaint *c) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *taken, *read = NULL;
  cloche_cell *fresh = NULL;
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = cloche_cell_snapshot(&taken, *cell, &err);
  if (status == CLOCHE_NOT_SUSPENDABLE || status == CLOCHE_SNAPSHOT_LIMIT) return true;
  if (mode->worker && begun && status == CLOCHE_INVALID_STATE) return true;
  if (mode->worker && begun && status == CLOCHE_OK && !cloche_snapshot_describe(taken).waiting) {
    cloche_snapshot_free(taken);
    return true;
  }
  if (status == CLOCHE_OK) {
    status = cloche_snapshot_write(taken, NULL, &bytes, &len, &err);
    cloche_snapshot_free(taken);
  }
  if (status == CLOCHE_OK) status = cloche_snapshot_read(&read, bytes, len, NULL, &err);
  free(bytes);
  if (status == CLOCHE_OK) {
    cloche_cell_close(*cell);
    *cell = NULL;
    status = cloche_cell_open(&fresh, m->thread, engine, m->options, &err);
  }
  if (status == CLOCHE_OK) {
    *cell = fresh;
    declare_tools(fresh, m->e->tools);
    status = cloche_cell_restore(fresh, read, &err);
  }
  cloche_snapshot_free(read);
  if (status != CLOCHE_OK) complain(c, "snapshot", err.message, "a cell as it was");
  return status == CLOCHE_OK;
}

static void answer_calls(cloche_cell *cell) {
  for (cloche_call call; cloche_cell_next_call(cell, &call);)
    for (size_t i = 0; i < TOOLS; i++)
      if (strcmp(all_tools[i].name, call.tool) == 0)
        all_tools[i].fn(NULL, cell, call.id, call.argument, call.argument_len);
}

/* Until there is something to do for a cell whose deadline is `until`, which answers of tools may change. */
static void rest(cloche_thread *thread, uint64_t until) {
  uint64_t now = now_ns(), latest = now + 20000000;
  if (until <= now) return;
  if (mode->worker) cloche_pool_wait(thread, until < latest ? until : latest);
  else nanosleep(&(struct timespec){0, (long)((until < latest ? until : latest) - now)}, NULL);
}

/* As cloche_cell_eval, but the run waits in bytes. One that waits often is left in peace after some times. */
static bool eval_stored(cloche_cell **cell, const maker *m, const char *text, size_t len, const cloche_run_options *run,
                        cloche_result *result, complaint *c) {
  enum { TIMES = 12 };
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state = CLOCHE_RUNNING;
  cloche_status status = cloche_cell_start(*cell, text, len, run, &err);
  for (int times = 0; status == CLOCHE_OK && state != CLOCHE_DONE;) {
    status = cloche_cell_step(*cell, 0, &state, &err);
    if (status != CLOCHE_OK || state == CLOCHE_DONE) break;
    bool waits = state == CLOCHE_WAITING;
    if (waits && times++ < TIMES && !store(cell, m, true, c)) return false;
    answer_calls(*cell);
    if (waits && times++ < TIMES && !store(cell, m, true, c)) return false; /* with answers on their way */
    rest(m->thread, cloche_cell_deadline(*cell));
  }
  if (status == CLOCHE_OK) status = cloche_cell_result(*cell, result, &err);
  if (status != CLOCHE_OK) complain(c, "eval", err.message, "a result");
  return status == CLOCHE_OK;
}

/** Where cells are opened, and what its operator was told of. */
typedef struct {
  cloche_thread *thread;
  complaint told;
} place;

/* Of a pool: workers that were lost. What the kernel lacks for the jail is no matter of these programs. */
static void note(void *user, const char *code, const char *text) {
  if (strcmp(code, "jail_incomplete") != 0) complain(user, code, text, "no word from the pool");
}

static bool open_place(place *p) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status;
  if (mode->worker) {
    cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
    options.workers = 1;
    options.engine_python = spoken == &dialects[1];
    options.worker_path = worker_path;
    options.use_pagemap = mode->pagemap;
    options.landlock_abi = mode->landlock;
    options.log = note;
    options.log_user = &p->told;
    status = cloche_pool_open(&p->thread, &options, &err);
  } else {
    status = cloche_thread_open(&p->thread, NULL, &err);
  }
  if (status != CLOCHE_OK) fprintf(stderr, "thread: %s\n", err.message);
  return status == CLOCHE_OK;
}

static void check_next_cell(cloche_thread *thread, const char *language, complaint *c) {
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err) != CLOCHE_OK) {
    complain(c, "next cell", err.message, "a cell");
    return;
  }
  evaluates(cell, "1+2", spoken->language, "3", c);
  if (strcmp(language, spoken->language) != 0) { /* one that no cache knows: the next compiler must be well, too */
    char source[64];
    snprintf(source, sizeof source, "1+2; %zu; 3", atomic_fetch_add(&fresh_sources, 1));
    evaluates(cell, source, language, "3", c);
  }
  cloche_cell_stats stats;
  cloche_cell_measure(cell, &stats, NULL);
  if (stats.private_bytes > spoken->clean_bytes) complain(c, "next cell", "megabytes of its own", "a clean one");
  cloche_cell_close(cell);
}

/** A program, and how it is to be run. */
typedef struct {
  const char *name, *text;
  size_t len;
  expectation e;
  cloche_limits limits;
  cloche_cell_options options;
  cloche_run_options run;
} task;

static void check_ended(cloche_cell *cell, const task *t, const cloche_result *result, bool as_before, complaint *c) {
  compare(&t->e, result, c);
  check_report(cell, result, c);
  if (as_before && t->options.session && result->rolled_back)
    evaluates(cell, spoken->as_before, spoken->language, "3", c);
  if (t->e.complete[0]) check_completion(cell, &t->e, spoken->language, c);
}

static void note_stack(cloche_cell *cell) {
  cloche_cell_stats stats = {0};
  if (cell) cloche_cell_measure(cell, &stats, NULL);
  uint64_t worst = atomic_load(&worst_stack);
  while (stats.native_stack_bytes > worst &&
         !atomic_compare_exchange_weak(&worst_stack, &worst, stats.native_stack_bytes)) {}
}

/* Opens a cell, and makes a session's state in it. */
static cloche_cell *prepared(cloche_thread *thread, const task *t, bool *as_before, complaint *c) {
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_open(&cell, thread, engine, &t->options, &err) != CLOCHE_OK) {
    complain(c, "open", err.message, "a cell");
    return NULL;
  }
  declare_tools(cell, t->e.tools);
  *as_before = !t->options.session || evaluates(cell, spoken->before, spoken->language, "1", c);
  give_inputs(cell, &t->e, c);
  return cell;
}

static void run_once(cloche_thread *thread, const task *t, complaint *c) {
  bool as_before;
  cloche_cell *cell = prepared(thread, t, &as_before, c);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  maker m = {thread, &t->e, &t->options};
  if (cell && mode->stored && t->options.session) store(&cell, &m, false, c);
  for (int left = t->e.again[0] ? atoi(t->e.again) : 1; cell && left > 0 && !c->text[0]; left--) {
    uint64_t started = now_ns();
    bool ended;
    if (mode->stored) {
      ended = eval_stored(&cell, &m, t->text, t->len, &t->run, &result, c);
    } else {
      ended = cloche_cell_eval(cell, t->text, t->len, &t->run, &result, &err) == CLOCHE_OK;
      if (!ended) complain(c, "eval", err.message, "a result");
    }
    if (!ended) break;
    if (now_ns() - started > t->limits.wall_ns + GRACE_NS * (uint64_t)scale)
      complain(c, "time", "seconds more than its limit", "at most that");
    check_ended(cell, t, &result, as_before, c);
  }
  note_stack(cell);
  cloche_cell_close(cell);
}

/* Steps each of `count` cells until all have ended. */
static void step_all(cloche_thread *thread, cloche_cell **cells, bool *ended, size_t count, complaint *c) {
  cloche_error err = CLOCHE_ERROR_INIT;
  for (size_t left = count; left > 0 && !c->text[0];) {
    uint64_t until = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
      cloche_state state;
      if (ended[i]) continue;
      if (cloche_cell_step(cells[i], 2000000, &state, &err) != CLOCHE_OK) {
        complain(c, "step", err.message, "a state");
        return;
      }
      answer_calls(cells[i]);
      ended[i] = state == CLOCHE_DONE;
      left -= ended[i];
      uint64_t at = cloche_cell_deadline(cells[i]);
      if (!ended[i] && (state == CLOCHE_WAITING || mode->worker)) until = at < until ? at : until;
      else if (!ended[i]) until = 0;
    }
    if (left > 0) rest(thread, until);
  }
}

static void run_copies(cloche_thread *thread, const task *t, complaint *c) {
  static _Thread_local cloche_cell *cells[MAX_COPIES];
  static _Thread_local bool ended[MAX_COPIES], as_before[MAX_COPIES];
  size_t count = (size_t)atoi(t->e.copies), opened = 0;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (count > MAX_COPIES) count = MAX_COPIES;
  while (opened < count && !c->text[0]) {
    cells[opened] = prepared(thread, t, &as_before[opened], c);
    if (!cells[opened]) break;
    ended[opened] = false;
    if (cloche_cell_start(cells[opened], t->text, t->len, &t->run, &err) != CLOCHE_OK)
      complain(c, "start", err.message, "a run");
    opened++;
  }
  if (!c->text[0]) step_all(thread, cells, ended, count, c);
  for (size_t i = 0; i < opened; i++) {
    cloche_result result;
    if (!c->text[0] && cloche_cell_result(cells[i], &result, &err) != CLOCHE_OK)
      complain(c, "result", err.message, "one");
    if (!c->text[0]) check_ended(cells[i], t, &result, as_before[i], c);
    cloche_cell_close(cells[i]);
  }
}

/* The parity of a program's name says whether it runs in a session. */
static bool is_odd(const char *name) {
  unsigned sum = 0;
  for (; *name; name++) sum += (unsigned char)*name;
  return sum & 1;
}

static void run_program(place *p, const char *name) {
  task t = {.name = name, .options = CLOCHE_CELL_OPTIONS_INIT, .run = CLOCHE_RUN_OPTIONS_INIT};
  char *text = read_program(folder, name, &t.len), called[16];
  t.text = text;
  read_header(&t.e, text);
  complaint c = {""};
  if (polled && strcmp(t.e.polls, "no") == 0) {
    atomic_fetch_add(&skipped, 1);
    goto out;
  }
  set_limits(&t.limits, &t.e);
  t.options.limits = &t.limits;
  t.options.no_poll = mode->no_poll;
  t.options.session = mode->session || t.e.complete[0] || t.e.again[0] || (mode->half && is_odd(name));
  t.run.language = language_of(name);
  snprintf(called, sizeof called, "main.%s", t.run.language ? t.run.language : "js");
  t.run.name = called; /* also where runs of a session would be numbered */
  if (t.e.copies[0]) run_copies(p->thread, &t, &c);
  else run_once(p->thread, &t, &c);
  check_next_cell(p->thread, language_of(name), &c);
  if (p->told.text[0]) complain(&c, "pool", p->told.text, "nothing to tell");
  p->told.text[0] = 0;
  if (c.text[0]) {
    atomic_fetch_add(&failed, 1);
    printf("FAIL %s [%s] (%s)\n%s", name, mode->name, t.e.why, c.text);
    fflush(stdout);
  } else {
    atomic_fetch_add(&passed, 1);
  }
out:
  drop_header(&t.e);
  free(text);
}

static void *work(void *unused) {
  (void)unused;
  place p = {0};
  if (!open_place(&p)) exit(2);
  for (size_t i; (i = atomic_fetch_add(&next_program, 1)) < program_count;) {
    if (getenv("HOSTILE_TRACE")) fprintf(stderr, "%s\n", programs[i]);
    run_program(&p, programs[i]);
  }
  cloche_thread_close(p.thread);
  return NULL;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list_programs(const char *only, int every) {
  DIR *dir = opendir(folder);
  if (!dir) {
    fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    exit(2);
  }
  for (struct dirent *entry; (entry = readdir(dir)) && program_count < MAX_PROGRAMS;) {
    if (entry->d_name[0] == '.' || !language_of(entry->d_name)) continue;
    if (only && !strstr(entry->d_name, only)) continue;
    programs[program_count++] = strdup(entry->d_name);
  }
  closedir(dir);
  qsort(programs, program_count, sizeof programs[0], by_name);
  size_t kept = 0;
  for (size_t i = 0; i < program_count; i++) {
    if (i % (size_t)every == 0) programs[kept++] = programs[i];
    else free(programs[i]);
  }
  program_count = kept;
}

static const manner *manner_of(const char *name) {
  for (size_t i = 0; i < sizeof manners / sizeof manners[0]; i++)
    if (strcmp(manners[i].name, name) == 0) return &manners[i];
  return NULL;
}

int main(int argc, char **argv) {
  const char *only = NULL;
  int threads = 2, every = 1;
  for (int i = 1; i < argc; i++) {
    if (strncmp(argv[i], "--mode=", 7) == 0) mode = manner_of(argv[i] + 7);
    else if (strncmp(argv[i], "--worker=", 9) == 0) worker_path = argv[i] + 9;
    else if (strncmp(argv[i], "--only=", 7) == 0) only = argv[i] + 7;
    else if (strncmp(argv[i], "--threads=", 10) == 0) threads = atoi(argv[i] + 10);
    else if (strncmp(argv[i], "--every=", 8) == 0) every = atoi(argv[i] + 8);
    else if (strcmp(argv[i], "--polled") == 0) polled = true;
    else if (strncmp(argv[i], "--scale=", 8) == 0) scale = atoi(argv[i] + 8);
    else folder = argv[i];
  }
  if (!folder || !mode || threads < 1 || threads > 64 || every < 1 || scale < 1) {
    fprintf(
        stderr,
        "usage: run_hostile DIR [--mode=poll|hard|pagemap|session|snapshot|worker|worker-snapshot|worker-old] [--threads=N] "
        "[--only=TEXT] [--every=N]\n");
    return 2;
  }
  list_programs(only, every);
  if (!realpath(folder, folder_path) || !getcwd(working_path, sizeof working_path) || strlen(working_path) < 2) {
    fprintf(stderr, "start it in a folder with a name\n");
    return 2;
  }
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.use_pagemap = mode->pagemap;
  if (program_count > 0 && strcmp(language_of(programs[0]), "py") == 0) spoken = &dialects[1];
  options.name = spoken->engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) {
    fprintf(stderr, "engine: %s\n", err.message);
    return 2;
  }
  pthread_t ids[64];
  for (int i = 0; i < threads; i++)
    if (pthread_create(&ids[i], NULL, work, NULL) != 0) return 2;
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  cloche_engine_close(engine);
  for (size_t i = 0; i < program_count; i++) free(programs[i]);
  printf("mode %s: deepest native stack %llu KiB\n", mode->name, (unsigned long long)(atomic_load(&worst_stack) >> 10));
  printf("%zu passed, %zu failed, %zu skipped\n", atomic_load(&passed), atomic_load(&failed), atomic_load(&skipped));
  return atomic_load(&failed) > 0;
}
