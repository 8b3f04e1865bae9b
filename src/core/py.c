/* CPython under the dome: how a run starts, goes on and ends. What the guest asks of the host is in py_host.c.
 *
 * A run is one call of the bootstrap's start, and one of go_on whenever there are answers or a timer is due, until one of
 * them says that the run has ended. What it told before (a value, an error, an exit status) is then the result; the host
 * decides what of it can be believed. Everything here runs on the cell's fiber unless it says otherwise, and may be left at
 * any moment by force: host memory is allocated between cl_host_begin and cl_host_end only.
 *
 * The engine has no hook that the host could answer: the kill is the signal alone (trap.h). Shortly before a deadline the
 * words that Ctrl-C sets are set, so that the guest gets a KeyboardInterrupt. */
#include <string.h>

#include "py_engine.h"
#include "status.h"
#include "wasm_memory.h"

/* ---- how a run ends */

static void end_run(cloche_cell *cell, cloche_status status) {
  cl_host_begin(&cell->guard);
  cl_cell_end(cell, status);
  cl_host_end(&cell->guard);
}

static bool is_named(const cl_guest_error *e, const char *name) { return e->name && strcmp(e->name, name) == 0; }

/* What a write says that found no room, to a file or by way of SQLite. */
static bool says_full(const cl_guest_error *e) {
  static const char *const texts[] = {"[Errno 51]", "[Errno 22]", "database or disk is full"}; /* ENOSPC, EFBIG */
  for (size_t i = 0; e->message && i < sizeof texts / sizeof texts[0]; i++)
    if (strstr(e->message, texts[i])) return true;
  return false;
}

static bool has_code(const cl_guest_error *e, cloche_status status) {
  return e->code && strcmp(e->code, cloche_status_describe(status).name) == 0;
}

/* A limit counts as the reason only if the host itself has seen it in this run. Of a RecursionError it has seen nothing:
 * CPython counts its frames itself, and the guest may set how many it takes. */
static cloche_status status_of_error(cloche_cell *cell) {
  const cl_guest_error *e = &cell->error;
  if (cell->guard.warned && is_named(e, "KeyboardInterrupt")) return (cloche_status)cell->guard.warned;
  if (cell->grow_denied && is_named(e, "MemoryError")) return CLOCHE_MEMORY_LIMIT;
  if (cell->limit_hits[CLOCHE_FILES_LIMIT] && says_full(e)) return CLOCHE_FILES_LIMIT;
  if (is_named(e, "TooMuch") && has_code(e, CLOCHE_VALUE_LIMIT)) { /* a value that was too large to be handed over */
    cl_cell_count_limit(cell, CLOCHE_VALUE_LIMIT);
    return CLOCHE_VALUE_LIMIT;
  }
  if (has_code(e, CLOCHE_SYNTAX_ERROR)) return CLOCHE_SYNTAX_ERROR;
  if (has_code(e, CLOCHE_DEADLOCK) && cell->pending == 0 && cell->timer_due_ns == CL_NEVER) return CLOCHE_DEADLOCK;
  for (int s = CLOCHE_SOURCE_LIMIT; s <= CLOCHE_SNAPSHOT_LIMIT; s++) /* cut output never ends a run */
    if (s != CLOCHE_CONSOLE_LIMIT && cell->limit_hits[s] && has_code(e, (cloche_status)s)) return (cloche_status)s;
  return CLOCHE_UNCAUGHT_ERROR;
}

static void end_with_deadlock(cloche_cell *cell) {
  cl_host_begin(&cell->guard);
  cl_cell_set_error(cell, "Deadlock",
                    "the run waits for something that nothing can settle: no tool call and no timer is pending");
  cl_cell_end(cell, CLOCHE_DEADLOCK);
  cl_host_end(&cell->guard);
}

/* ---- a run */

static bool timer_is_due(cloche_cell *cell) {
  if (cell->timer_due_ns == CL_NEVER) return false;
  if (cell->timer_due_ns <= cl_cell_time_ns(cell, true)) return true;
  if (!cell->virtual_clock || cell->pending > 0) return false;
  cell->virtual_ns = cell->timer_due_ns; /* nothing else can happen first: sleeping takes no time */
  return true;
}

static void reseed_guest(cloche_cell *cell) {
  if (!cell->reseed_due) return;
  cell->reseed_due = false;
  PY(cl_reseed)(py_engine_of(cell));
}

/* Calls the bootstrap until the run ends or has to wait. */
static void run(cloche_cell *cell, bool first) {
  py_engine *q = py_engine_of(cell);
  cl_host_end(&cell->guard); /* guest mode: from here on the tick handler may leave the fiber */
  reseed_guest(cell);
  cloche_status given = cl_py_tell_files(cell);
  if (given != CLOCHE_OK) end_run(cell, given);
  for (; given == CLOCHE_OK; first = false) {
    if (first ? PY(cl_start)(q) : PY(cl_go_on)(q)) {
      end_run(cell, cell->error.name ? status_of_error(cell) : CLOCHE_OK);
      break;
    }
    if (cell->answered > 0 || timer_is_due(cell)) continue;
    if (cell->pending == 0 && cell->timer_due_ns == CL_NEVER) end_with_deadlock(cell);
    break;
  }
  cl_host_begin(&cell->guard);
}

static void py_start(cloche_cell *cell) { run(cell, true); }
static void py_go_on(cloche_cell *cell) { run(cell, false); }

/* ---- the language: off the fiber */

static void py_resized(cloche_cell *cell) { cl_memory_follows(&py_engine_of(cell)->w2c_memory, cell); }

static void py_attach(cloche_cell *cell) {
  py_engine *q = py_engine_of(cell);
  const cl_image_globals *globals = &cell->engine->header.globals;
  memset(q, 0, sizeof *q);
  q->Z_cloche_instance = (struct PY_HOST_T *)(void *)cell;
  py_resized(cell);
  q->w2c___stack_pointer = globals->stack_pointer;
  cell->guard.warn_words = globals->entries;
  cell->guard.warn_word_count = globals->entries[0] ? PY_INTERRUPT_WORDS : 0;
}

static void py_copied(cloche_cell *to, const cloche_cell *from) {
  py_resized(to);
  py_engine_of(to)->w2c___stack_pointer = py_engine_of(from)->w2c___stack_pointer;
  to->reseed_due = from->reseed_due;
}

static uint32_t py_get_globals(const void *instance, uint64_t out[CL_GLOBALS_MAX]) {
  out[0] = ((const py_engine *)instance)->w2c___stack_pointer;
  return 1;
}

/* Any address will do: what lies outside of memory traps. */
static bool py_set_globals(void *instance, const uint64_t *in, uint32_t count) {
  if (count != 1 || in[0] > UINT32_MAX) return false;
  ((py_engine *)instance)->w2c___stack_pointer = (uint32_t)in[0];
  return true;
}

/* The host's stream has a key at once; the guest's own generators draw from it when the next run begins. */
static void py_reseed(cloche_cell *cell, uint64_t seed) {
  cl_random_bytes(&cell->thread->random, cell->seeded ? &seed : NULL, cell->random_key, sizeof cell->random_key);
  cell->reseed_due = true;
}

/* The guest's stack grows down to address 0 and wraps; a leaf function may use a little of it without taking it. */
static bool py_stack_is_spent(const cloche_cell *cell) {
  enum { LEAF_ROOM = 128 };
  uint32_t top = cell->engine->header.globals.stack_pointer, at = py_engine_of(cell)->w2c___stack_pointer;
  return at > top || at < LEAF_ROOM;
}

const cl_language cl_language_python = {
    .name = "python",
    .version = "CPython " CL_PYTHON_VERSION,
    .memory_access = CL_ENGINE_BASE,
    .instance_bytes = sizeof(py_engine),
    .syntaxes = 1u << CL_SYNTAX_PY | 1u << CL_SYNTAX_SQL,
    .usual = CL_SYNTAX_PY,
    .hot_pages = CL_WARM_MAX,
    .has_files = true,
    .tells_error_places = true,
    .attach = py_attach,
    .resized = py_resized,
    .copied = py_copied,
    .get_globals = py_get_globals,
    .set_globals = py_set_globals,
    .start = py_start,
    .go_on = py_go_on,
    .reseed = py_reseed,
    .stack_is_spent = py_stack_is_spent,
    .stack_error = "RecursionError",
    .stack_message = "the engine's own stack is exhausted",
};
