/* The load. An actor is a host with one cell at a time: a session that counts in its `n`, or one-shots one after the other.
 * What is wrong at once: a value that is not what the runs before say, a status that no kill explains, a run that never ends.
 * A run that a worker's crash ends has left no trace in `n`; one that was told to have ended well is in it for ever. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soak.h"

#define MS 1000000ull
#define STUCK_NS (60000 * MS)

enum { ACTORS = 22, ANY = -1 };
typedef enum { PLAIN, COUNTS, LOOKS, ENDLESS, CANCELLED } task_kind;

typedef struct {
  task_kind kind;
  const char *language, *source;
  cloche_status status;
  const char *value; /* JSON; NULL: of COUNTS and LOOKS the count, else it is not looked at */
} task;

static const task js_tasks[] = {
    {COUNTS, "js", "n += 1", CLOCHE_OK, NULL},
    {COUNTS, "js", "await tools.add({a: 1, b: 1}); n += 1", CLOCHE_OK, NULL},
    {COUNTS, "js", "await new Promise(r => setTimeout(r, 3)); n += 1", CLOCHE_OK, NULL},
    {LOOKS, "js", "n", CLOCHE_OK, NULL},
    {PLAIN, "js", "1 + 2", CLOCHE_OK, "3"},
    {PLAIN, "js", "(await Promise.all([1, 2, 3].map(i => tools.add({a: i, b: i})))).join()", CLOCHE_OK, "\"2,4,6\""},
    {PLAIN, "js", "console.log('x'.repeat(2000)); display({a: [1]}); progress(0.5); new Array(50000).fill(1).length",
     CLOCHE_OK, "50000"},
    {PLAIN, "ts", "return (3 as number)", CLOCHE_OK, "3"},
    {PLAIN, "js", "throw new TypeError('no')", CLOCHE_UNCAUGHT_ERROR, NULL},
    {PLAIN, "js", "let = =", CLOCHE_SYNTAX_ERROR, NULL},
    {PLAIN, "js", "await new Promise(() => {})", CLOCHE_DEADLOCK, NULL},
    {PLAIN, "js", "n += 100; for (const a = [];;) a.push(new Array(9999).fill(1.5))", CLOCHE_MEMORY_LIMIT, NULL},
    {ENDLESS, "js", "n += 100; for (;;) {}", CLOCHE_WALL_TIME_LIMIT, NULL},
    {CANCELLED, "js", "n += 100; for (;;) {}", CLOCHE_CANCELLED, NULL},
};

static const task python_tasks[] = {
    {COUNTS, "py", "n += 1\nn", CLOCHE_OK, NULL},
    {COUNTS, "py", "await tools.add({'a': 1, 'b': 1})\nn += 1\nn", CLOCHE_OK, NULL},
    {COUNTS, "py", "import asyncio\nawait asyncio.sleep(0.003)\nn += 1\nn", CLOCHE_OK, NULL},
    {LOOKS, "py", "n", CLOCHE_OK, NULL},
    {PLAIN, "py", "1 + 2", CLOCHE_OK, "3"},
    {PLAIN, "py", "print('x' * 2000)\ndisplay({'a': 1})\nlen([1] * 50000)", CLOCHE_OK, "50000"},
    {PLAIN, "py", "raise ValueError('no')", CLOCHE_UNCAUGHT_ERROR, NULL},
    {PLAIN, "py", "let = =", CLOCHE_SYNTAX_ERROR, NULL},
    {PLAIN, "sql", "select 1 + 2 as a", CLOCHE_OK, NULL},
    {ENDLESS, "py", "n += 100\nwhile True: pass", CLOCHE_WALL_TIME_LIMIT, NULL},
};

struct soak_actor {
  soak_world *world;
  cloche_engine *engine;
  const task *tasks;
  uint32_t task_count;
  bool session;
  cloche_cell *cell; /* NULL: none just now */
  const task *now;   /* at work; NULL: nothing */
  uint64_t n, begun, interrupt_at;
  bool can_undo; /* the last run has added one */
};

/* ---- cells */

/* Whether a call of the library did what it should. What a kill explains is fine, too, and gives false. */
static bool did(soak_actor *a, cloche_status status, const cloche_error *err, const char *what) {
  if (status == CLOCHE_OK) return true;
  if (!a->world->pool || (status != CLOCHE_WORKER_CRASHED && status != CLOCHE_BUSY))
    soak_fail("%s: %s: %s (%s)", a->world->name, what, cloche_status_describe(status).name, err->message);
  a->world->crashed++;
  return false;
}

static cloche_cell *open_cell(soak_actor *a) {
  static const char *const tool_names[] = {"add", "other"};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  (void)cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 20000 * MS;
  limits.memory_bytes = 48 << 20;
  options.limits = &limits;
  options.session = a->session;
  options.undo_runs = a->session ? 3 : 0;
  options.user = a;
  if (!did(a, cloche_cell_open(&cell, a->world->thread, a->engine, &options, &err), &err, "open")) return NULL;
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = tool_names[i];
    if (did(a, cloche_cell_tool(cell, &tool, &err), &err, "tool")) continue;
    cloche_cell_close(cell);
    return NULL;
  }
  return cell;
}

static void close_cell(soak_actor *a) {
  cloche_cell_close(a->cell);
  a->cell = NULL;
  a->can_undo = false;
}

/* A session's value of `n` as a run of its own sees it. */
static void must_have(soak_actor *a, cloche_cell *cell, uint64_t n, const char *what) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  char want[24];
  snprintf(want, sizeof want, "%" PRIu64, n);
  if (!did(a, cloche_cell_eval(cell, "n", 1, NULL, &r, &err), &err, what) || r.status == CLOCHE_WORKER_CRASHED) return;
  if (r.status != CLOCHE_OK || !r.value || strcmp(r.value, want) != 0)
    soak_fail("%s: %s: n is %s and not %s (%s: %s)", a->world->name, what, r.value ? r.value : "nothing", want,
              cloche_status_describe(r.status).name, r.error_message ? r.error_message : "");
}

static void begin_session(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  const char *source = a->tasks == js_tasks ? "globalThis.n = 0" : "n = 0";
  a->n = 0;
  a->can_undo = false;
  if (!a->cell) a->cell = open_cell(a);
  if (!a->cell) return;
  bool ran = did(a, cloche_cell_eval(a->cell, source, strlen(source), NULL, &r, &err), &err, "first run");
  if (ran && r.status == CLOCHE_OK) return;
  if (ran && !(a->world->pool && r.status == CLOCHE_WORKER_CRASHED))
    soak_fail("%s: first run: %s: %s", a->world->name, cloche_status_describe(r.status).name, r.error_message);
  close_cell(a);
}

/* ---- what is done between runs */

static void fork_it(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *copy;
  if (!did(a, cloche_cell_fork(&copy, a->cell, &err), &err, "fork")) return;
  a->world->forks++;
  must_have(a, copy, a->n, "in a fork");
  cloche_cell_close(copy);
}

/* Through bytes into another cell. */
static void carry(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot, *read;
  uint8_t *bytes;
  size_t len;
  if (!did(a, cloche_cell_snapshot(&snapshot, a->cell, &err), &err, "snapshot")) return;
  if (cloche_snapshot_write(snapshot, NULL, &bytes, &len, &err) != CLOCHE_OK) soak_fail("write: %s", err.message);
  cloche_snapshot_free(snapshot);
  if (cloche_snapshot_read(&read, bytes, len, NULL, &err) != CLOCHE_OK) soak_fail("read: %s", err.message);
  free(bytes);
  cloche_cell *other = open_cell(a);
  if (other && did(a, cloche_cell_restore(other, read, &err), &err, "restore")) {
    a->world->snapshots++;
    close_cell(a);
    a->cell = other;
    must_have(a, a->cell, a->n, "after a restore");
  } else {
    cloche_cell_close(other);
  }
  cloche_snapshot_free(read);
}

static void undo(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = cloche_cell_undo(a->cell, 1, &err);
  a->can_undo = false;
  if (a->world->pool && status == CLOCHE_NOT_FOUND) return; /* its worker has crashed since, and the past with it */
  if (!did(a, status, &err, "undo")) return;
  a->world->undos++;
  a->n--;
  must_have(a, a->cell, a->n, "after undo");
}

static void reset(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!did(a, cloche_cell_reset(a->cell, &err), &err, "reset")) {
    close_cell(a);
    return;
  }
  a->world->resets++;
  begin_session(a);
}

/* Something rare in place of a run; false: nothing this time. */
static bool between(soak_actor *a) {
  switch (a->session ? soak_random(40) : 100) {
    case 0: fork_it(a); return true;
    case 1: carry(a); return true;
    case 2: reset(a); return true;
    case 3: close_cell(a); return true;
    case 4:
      if (a->can_undo) undo(a);
      return true;
    default: return false;
  }
}

/* ---- runs */

static void begin(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  if (!a->cell && a->session) begin_session(a);
  else if (!a->cell) a->cell = open_cell(a);
  if (!a->cell || between(a) || !a->cell) return;
  const task *t = &a->tasks[soak_random(a->task_count)];
  while (!a->session && (t->kind == COUNTS || t->kind == LOOKS)) t = &a->tasks[soak_random(a->task_count)];
  options.language = t->language;
  if (t->kind == ENDLESS) options.wall_ns = 15 * MS;
  if (!did(a, cloche_cell_start(a->cell, t->source, strlen(t->source), &options, &err), &err, t->source)) return;
  a->now = t;
  a->begun = soak_now();
  a->interrupt_at = t->kind == CANCELLED ? a->begun + 5 * MS : UINT64_MAX;
}

static void answer(soak_actor *a) {
  cloche_call call;
  while (cloche_cell_next_call(a->cell, &call)) {
    char text[64], sum[24];
    int x, y;
    cloche_error err = CLOCHE_ERROR_INIT;
    snprintf(text, sizeof text, "%.*s", (int)call.argument_len, call.argument);
    if (sscanf(text, "{\"a\":%d,\"b\":%d}", &x, &y) != 2 && sscanf(text, "{\"a\": %d, \"b\": %d}", &x, &y) != 2)
      soak_fail("%s: a call with the argument %s", a->world->name, text);
    int len = snprintf(sum, sizeof sum, "%d", x + y);
    (void)did(a, cloche_cell_resolve(a->cell, call.id, sum, (size_t)len, &err), &err, "resolve");
    a->world->calls++;
  }
}

/* One-shots do not know `n`, and fail otherwise where a session would be stopped. */
static bool ends_as_it_may(const soak_actor *a, const cloche_result *r) {
  if (r->status == a->now->status) return true;
  if (a->world->pool && r->status == CLOCHE_WORKER_CRASHED) return true;
  return !a->session && strstr(a->now->source, "n += 100") && r->status == CLOCHE_UNCAUGHT_ERROR;
}

static void check_end(soak_actor *a) {
  cloche_result r;
  const char *json;
  size_t len;
  char want[24] = "";
  const task *t = a->now;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_result(a->cell, &r, &err) != CLOCHE_OK || cloche_cell_report(a->cell, &json, &len, &err) != CLOCHE_OK)
    soak_fail("%s: no result of %s: %s", a->world->name, t->source, err.message);
  if (r.status != CLOCHE_OK && (!r.error_name || !r.error_message))
    soak_fail("%s: no error text of %s", a->world->name, t->source);
  for (cloche_event event; cloche_cell_next_event(a->cell, &event);) continue;
  if (!ends_as_it_may(a, &r))
    soak_fail("%s: %s ended as %s: %s", a->world->name, t->source, cloche_status_describe(r.status).name,
              r.error_message ? r.error_message : "");
  a->world->runs++;
  a->world->crashed += r.status == CLOCHE_WORKER_CRASHED;
  a->world->killed_runs += r.rolled_back;
  a->now = NULL;
  if (r.status != CLOCHE_OK) {
    a->can_undo = false;
    return;
  }
  a->n += t->kind == COUNTS;
  a->can_undo = t->kind == COUNTS;
  if (t->kind == COUNTS || t->kind == LOOKS) snprintf(want, sizeof want, "%" PRIu64, a->n);
  const char *value = want[0] ? want : t->value;
  if (value && (!r.value || strcmp(r.value, value) != 0))
    soak_fail("%s: %s gave %s and not %s", a->world->name, t->source, r.value ? r.value : "nothing", value);
  if (!a->session) close_cell(a);
}

static void go_on(soak_actor *a) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  uint64_t now = soak_now();
  if (!a->now) return;
  if (now - a->begun > STUCK_NS) soak_fail("%s: %s does not end", a->world->name, a->now->source);
  if (now >= a->interrupt_at) {
    cloche_cell_interrupt(a->cell);
    a->interrupt_at = UINT64_MAX;
  }
  if (cloche_cell_step(a->cell, 2 * MS, &state, &err) != CLOCHE_OK) soak_fail("step: %s", err.message);
  if (state == CLOCHE_WAITING) answer(a);
  if (state == CLOCHE_DONE) check_end(a);
}

/* ---- the world */

void soak_turn(soak_world *world) {
  for (size_t i = 0; i < world->actor_count; i++)
    if (!world->actors[i].now && !world->resting) begin(&world->actors[i]);
  if (!world->pool) {
    for (size_t i = 0; i < world->actor_count; i++) go_on(&world->actors[i]);
    return;
  }
  cloche_pool_wait(world->thread, soak_now() + 2 * MS);
  for (cloche_cell *cell; (cell = cloche_pool_next(world->thread));) {
    soak_actor *a = cloche_cell_user(cell);
    if (cell == a->cell) go_on(a); /* else a fork that is closed already */
  }
  for (size_t i = 0; i < world->actor_count; i++)
    if (world->actors[i].now && soak_now() >= world->actors[i].interrupt_at) go_on(&world->actors[i]);
    else if (world->actors[i].now && soak_now() - world->actors[i].begun > STUCK_NS) go_on(&world->actors[i]);
}

void soak_rest(soak_world *world) {
  world->resting = true;
  for (bool again = true; again;) {
    soak_turn(world);
    again = false;
    for (size_t i = 0; i < world->actor_count; i++) again |= world->actors[i].now != NULL;
  }
  for (size_t i = 0; i < world->actor_count; i++) close_cell(&world->actors[i]);
  world->resting = false;
}

void soak_kill_one(soak_world *world) {
  cloche_worker_info info;
  size_t count = 0;
  while (cloche_pool_worker(world->thread, count, &info)) count++;
  if (count == 0 || !cloche_pool_worker(world->thread, soak_random((uint32_t)count), &info) || info.pid <= 0) return;
  kill(info.pid, SIGKILL);
  world->kills++;
}

void soak_restart(soak_world *world) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_pool_restart(world->thread, &err) != CLOCHE_OK) soak_fail("restart: %s", err.message);
  world->restarts++;
}

/* Kills are wanted; anything else that an operator is told is counted, and the last of it shown at the end. */
static void note(void *user, const char *code, const char *text) {
  soak_world *world = user;
  world->told++;
  snprintf(world->last_told, sizeof world->last_told, "%s: %s", code, text);
}

static void open_engines(soak_world *world) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine_options python = CLOCHE_ENGINE_OPTIONS_INIT;
  python.name = "python";
  if (cloche_engine_open(&world->js, NULL, &err) != CLOCHE_OK) soak_fail("engine: %s", err.message);
  if (cloche_engine_open(&world->python, &python, &err) != CLOCHE_OK) world->python = NULL;
}

void soak_open(soak_world *world, const char *worker_path) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  open_engines(world);
  options.workers = 2;
  options.worker_path = worker_path;
  options.engine_python = world->python != NULL;
  options.log = note;
  options.log_user = world;
  cloche_status status =
      world->pool ? cloche_pool_open(&world->thread, &options, &err) : cloche_thread_open(&world->thread, NULL, &err);
  if (status != CLOCHE_OK) soak_fail("%s: %s", world->name, err.message);
  world->actors = calloc(ACTORS, sizeof *world->actors);
  if (!world->actors) soak_fail("no memory");
  world->actor_count = ACTORS;
  for (uint32_t i = 0; i < ACTORS; i++) {
    bool python = world->python && i % 3 == 2;
    world->actors[i] =
        (soak_actor){.world = world, .engine = python ? world->python : world->js, .session = i % 4 != 3};
    world->actors[i].tasks = python ? python_tasks : js_tasks;
    world->actors[i].task_count =
        python ? sizeof python_tasks / sizeof *python_tasks : sizeof js_tasks / sizeof *js_tasks;
  }
}

void soak_close(soak_world *world) {
  for (size_t i = 0; i < world->actor_count; i++) cloche_cell_close(world->actors[i].cell);
  free(world->actors);
  cloche_thread_close(world->thread);
  cloche_engine_close(world->python);
  cloche_engine_close(world->js);
}
