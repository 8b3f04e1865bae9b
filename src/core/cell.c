/* The cell's life and the run's state machine; cell.h draws it. */

#include "cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "clock.h"
#include "error.h"
#include "files.h"
#include "json.h"
#include "limits.h"

#define REPLAY_TIMES 10u
#define REPLAY_EXTRA_NS (10 * CL_SEC)
enum { KEEP_BYTES = 4096 };
#define MAX_SPARE_COMPILERS 2u

/* ---- guest memory */

uint8_t *cl_guest_space(cloche_cell *cell, cl_guest_ptr at, size_t len) {
  return len <= cell->slot.bytes && at.at <= cell->slot.bytes - len ? cell->slot.base + at.at : NULL;
}

const uint8_t *cl_guest_bytes(const cloche_cell *cell, cl_guest_ptr at, size_t len) {
  return len <= cell->slot.bytes && at.at <= cell->slot.bytes - len ? cell->slot.base + at.at : NULL;
}

/* ---- the guest's clock */

uint64_t cl_cell_time_ns(const cloche_cell *cell, bool monotonic) {
  if (cell->virtual_clock) return monotonic ? cell->virtual_ns : cell->clock_start_ms * CL_MS + cell->virtual_ns;
  return monotonic ? cl_clock_now() - cell->clock_base_ns : cl_clock_read(CLOCK_REALTIME);
}

uint64_t cl_cell_call_clock(const cloche_cell *cell) { return cell->virtual_clock ? cell->virtual_ns : cl_clock_now(); }

bool cl_cell_is_replayable(const cloche_cell *cell) {
  return cell->seeded && cell->virtual_clock && !cell->guard.unrepeatable && !cell->no_memory;
}

uint64_t cl_cell_time_ms(const cloche_cell *cell) { return cl_cell_time_ns(cell, false) / 1000000u; }

/* ---- opening and closing */

void cl_cell_destroy(cloche_cell *cell) {
  cl_slot_close(&cell->slot);
  cl_buf_free(&cell->events_text);
  cl_buf_free(&cell->value);
  cl_buf_free(&cell->repr);
  cl_buf_free(&cell->report);
  cl_buf_free(&cell->frame);
  free(cell->rejections);
  free(cell->events);
  free(cell->calls);
  free(cell->instance);
  free(cell->base_instance);
  if (!cell->engine_is_compiler) cell->thread->open_slots--;
  free(cell);
}

void cl_cell_attach(cloche_cell *cell) {
  cell->language->attach(cell);
  cell->fresh = cell->clean = true;
  cell->tools_told = cell->files_told = 0;
  cl_files_close_handles(cell);
  cell->context_told = !cell->context;
  cell->timer_due_ns = CL_NEVER;
  cell->timers_live = 0;
  cell->random_calls = 0;
  cl_journal_restart(cell);
  uint64_t own = cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ cell->id;
  cell->language->reseed(cell, own);
}

/* Compiler cells are kept beside the others: they must not take the place of the cells that they work for. */
static uint32_t *spare_count(cloche_cell *cell) {
  return cell->engine_is_compiler ? &cell->thread->spare_compilers : &cell->thread->spare_slots;
}

static cloche_cell *take_spare(cloche_thread *thread, const cloche_engine *engine) {
  for (cloche_cell **at = &thread->cells; *at; at = &(*at)->next) {
    cloche_cell *cell = *at;
    if (cell->engine != engine || memcmp(cell->image_id, engine->header.image_id, sizeof cell->image_id) != 0) continue;
    *at = cell->next;
    --*spare_count(cell);
    return cell;
  }
  return NULL;
}

static void drop_oldest_spare(cloche_thread *thread) {
  cloche_cell **at = &thread->cells;
  if (!*at) return;
  while ((*at)->next) at = &(*at)->next;
  cloche_cell *cell = *at;
  *at = NULL;
  --*spare_count(cell);
  cl_cell_destroy(cell);
}

static cloche_status make_cell(cloche_cell **out, cloche_thread *thread, cloche_engine *engine, cloche_error *err) {
  bool counts = !engine->is_compiler; /* of those there is one for each other cell at most */
  while (counts && thread->open_slots >= thread->max_slots && thread->cells) drop_oldest_spare(thread);
  if (counts && thread->open_slots >= thread->max_slots)
    CL_FAIL(err, NO_SLOT, "%u cells are open, which is as many as the thread was given slots for", thread->open_slots);
  cloche_cell *cell = calloc(1, sizeof *cell);
  if (!cell) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a cell");
  cell->thread = thread;
  cell->engine = engine;
  cell->engine_is_compiler = engine->is_compiler;
  memcpy(cell->image_id, engine->header.image_id, sizeof cell->image_id);
  cell->language = engine->language;
  size_t instance_bytes = (cell->language->instance_bytes + 63) & ~(size_t)63;
  cell->instance = aligned_alloc(64, instance_bytes);
  cell->base_instance = malloc(instance_bytes);
  cloche_status status = CLOCHE_OK;
  if (!cell->instance || !cell->base_instance) status = cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a cell");
  else status = cl_slot_open(&cell->slot, &engine->memory, &engine->pagemap, err);
  if (counts) thread->open_slots++;
  if (status != CLOCHE_OK) {
    cl_cell_destroy(cell);
    return status;
  }
  cell->guard.slot = &cell->slot;
  cell->guard.ticker = &thread->ticker;
  *out = cell;
  return CLOCHE_OK;
}

cloche_status cl_cell_check_limits(cloche_limits *out, const cloche_limits *given, const cloche_engine *engine,
                                   cloche_error *err) {
  if (given) *out = *given;
  else CL_TRY(cloche_limits_profile(out, "default", err));
  CL_TRY(cl_limits_check(out, err));
  if (out->memory_bytes < engine->memory.bytes)
    CL_FAIL(err, INVALID_ARGUMENT, "limit memory: the engine itself needs %zu bytes", engine->memory.bytes);
  return CLOCHE_OK;
}

static cloche_status check_options(const cloche_cell_options *options, cloche_thread *thread, cloche_engine *engine,
                                   cloche_limits *limits, cloche_error *err) {
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "cell options of version %u", options->version);
  if (!cl_random_is_ours(&thread->random))
    CL_FAIL(err, INVALID_STATE, "the thread was opened before fork(); open one in this process");
  if (engine->pid != thread->ticker.pid)
    CL_FAIL(err, INVALID_STATE, "the engine was opened by another process; open it again after fork()");
  return cl_cell_check_limits(limits, options->limits, engine, err);
}

cloche_status cloche_cell_open(cloche_cell **out, cloche_thread *thread, cloche_engine *engine,
                               const cloche_cell_options *options, cloche_error *err) {
  static const cloche_cell_options defaults = CLOCHE_CELL_OPTIONS_INIT;
  CL_REMOTE(thread, open(out, thread, engine, options, err));
  if (!options) options = &defaults;
  *out = NULL;
  cloche_limits limits;
  CL_TRY(check_options(options, thread, engine, &limits, err));
  cloche_cell *cell = take_spare(thread, engine);
  if (!cell) CL_TRY(make_cell(&cell, thread, engine, err));
  cell->id = ++thread->next_cell_id;
  cell->limits = limits;
  cell->session = options->session;
  cell->seeded = options->seeded;
  cell->seed = options->seed;
  cell->virtual_clock = options->clock == CLOCHE_CLOCK_VIRTUAL;
  cell->clock_start_ms = options->clock_start_ms;
  cell->virtual_ns = cell->clock_base_ns = 0;
  cell->guard.no_poll = options->no_poll;
  cell->undo_runs = options->session ? options->undo_runs : 0;
  cell->journal = options->session && options->journal;
  cell->head.user = options->user;
  cell->slot.limit = (size_t)(limits.memory_bytes & ~(uint64_t)(CL_WASM_PAGE - 1));
  cell->events_text.max = (size_t)limits.console_bytes + 4096;
  cell->value.max = (size_t)limits.value_bytes;
  cell->repr.max = 1 << 20;
  cell->report.max = (size_t)4 << 30;
  cell->frame.max = 16 << 10;
  cell->state = CLOCHE_IDLE;
  cell->next_call_id = 0;
  cl_cell_attach(cell);
  *out = cell;
  return CLOCHE_OK;
}

static void give_back_fiber(cloche_cell *cell, bool parked) {
  if (!parked && cell->has_parked) cl_thread_empty_fibers(cell->thread, cell->id);
  cell->has_parked = parked;
  if (!cell->fiber) return;
  uint64_t faults = cl_slot_faults();
  bool touched = faults == UINT64_MAX || (faults != cell->slot.faults && faults != cell->fiber->faults);
  cl_thread_give_fiber(cell->thread, cell->fiber, cell->id, parked, touched);
  cell->fiber->faults = faults;
  if (cell->fiber->deepest > cell->deepest_stack) cell->deepest_stack = cell->fiber->deepest;
  cell->fiber->deepest = 0;
  cell->fiber = NULL;
  cell->guard.fiber = NULL;
  cell->blocked = false;
}

void cl_cell_clear_error(cloche_cell *cell) {
  cl_guest_error *e = &cell->error;
  free(e->name);
  free(e->message);
  free(e->stack);
  free(e->code);
  free(e->data);
  *e = (cl_guest_error){0};
}

void cl_cell_clear_run(cloche_cell *cell) {
  if (cell->own_limits) cl_restore_end(cell);
  cl_calls_clear(cell);
  cl_cell_clear_error(cell);
  cl_compile_drop(cell);
  cl_source_clear(&cell->source);
  free(cell->jsx_factory);
  free(cell->jsx_fragment);
  cell->jsx_factory = cell->jsx_fragment = NULL;
  cell->rejection_count = cell->rejections_missed = 0;
  cl_buf_wipe(&cell->events_text, KEEP_BYTES);
  cl_buf_wipe(&cell->value, KEEP_BYTES);
  cl_buf_wipe(&cell->repr, KEEP_BYTES);
  cl_buf_wipe(&cell->report, KEEP_BYTES);
  cl_buf_wipe(&cell->frame, 0);
  if (cell->event_cap > 64) {
    free(cell->events);
    cell->events = NULL;
    cell->event_cap = 0;
  }
  cell->event_count = cell->events_read = cell->console_total = cell->display_total = 0;
  cell->console_dropped = cell->rate_count = 0;
  memset(cell->limit_hits, 0, sizeof cell->limit_hits);
  cell->no_memory = cell->grow_denied = cell->has_value = cell->value_ready = cell->has_main = cell->ended = false;
  cell->main_is_wrapped = cell->rolled_back = cell->forced = cell->blocked = false;
  cell->wants_rewrite = cell->unhandled = false;
  cell->error_source = NULL;
  cell->main = 0;
  cell->begun = false;
  cell->blocking = cell->answer_taken = 0;
  cell->exited = false;
  cell->exit_code = 0;
  cell->refusal.status = CLOCHE_OK;
  cell->line = cell->column = 0;
  cell->status = CLOCHE_OK;
}

static void return_undo(cloche_cell *cell) {
  if (!cell->undo) return;
  cell->slot.undo = NULL;
  cl_undo_empty(&cell->undo->undo);
  cl_thread_give_undo(cell->thread, cell->undo);
  cell->undo = NULL;
}

bool cl_cell_back_to_image(cloche_cell *cell) {
  return_undo(cell);
  return cl_slot_reset(&cell->slot);
}

void cloche_cell_close(cloche_cell *cell) {
  if (!cell) return;
  CL_REMOTE(cell, close(cell));
  cloche_thread *thread = cell->thread;
  give_back_fiber(cell, false);
  cl_cell_clear_run(cell);
  cl_inputs_drop(cell);
  cl_files_free(cell);
  return_undo(cell);
  if (cell->session) cl_thread_wipe_undos(thread, cell->id);
  cl_history_forget(cell);
  cl_journal_forget(cell);
  atomic_store(&cell->guard.interrupt, false);
  uint32_t most = cell->engine_is_compiler ? CL_MIN(thread->max_spare, MAX_SPARE_COMPILERS) : thread->max_spare;
  if (cell->failed || *spare_count(cell) >= most || (!cell->clean && !cl_cell_back_to_image(cell))) {
    cl_cell_destroy(cell);
    return;
  }
  cell->state = CLOCHE_IDLE;
  memset(cell->instance, 0, cell->language->instance_bytes);
  memset(cell->base_instance, 0, cell->language->instance_bytes);
  cell->runs = cell->deepest_stack = 0;
  cell->living = false;
  cell->next = thread->cells;
  thread->cells = cell;
  ++*spare_count(cell);
}

cloche_status cloche_cell_reset(cloche_cell *cell, cloche_error *err) {
  CL_REMOTE(cell, reset(cell, err));
  if (cl_cell_is_running(cell))
    CL_FAIL(err, INVALID_STATE, "a run is on; interrupt it and step the cell to its end first");
  cl_cell_clear_run(cell);
  cell->state = CLOCHE_IDLE;
  cell->virtual_ns = 0;
  cl_history_forget(cell);
  if (cell->session && !cl_cell_back_to_image(cell)) cell->failed = true;
  if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
  cl_cell_attach(cell);
  return CLOCHE_OK;
}

/* ---- a run: start */

cloche_status cl_transaction_begin(cloche_cell *cell, cloche_error *err) {
  cell->undo = cl_thread_undo(cell->thread, cell->id, cell->slot.limit, err);
  if (!cell->undo) return CLOCHE_OUT_OF_MEMORY;
  cloche_status status = cl_slot_begin(&cell->slot, &cell->undo->undo, err);
  if (status != CLOCHE_OK) {
    cl_thread_give_undo(cell->thread, cell->undo);
    cell->undo = NULL;
    return status;
  }
  memcpy(cell->base_instance, cell->instance, cell->language->instance_bytes);
  cell->base_tools_told = cell->tools_told;
  cell->base_files_told = cell->files_told;
  cell->base_context_told = cell->context_told;
  cell->base_reseed_due = cell->reseed_due;
  cell->base_random_calls = cell->random_calls;
  cell->base_virtual_ns = cell->virtual_ns;
  return CLOCHE_OK;
}

/* Statuses that come of a look at clocks or at the host's wish. */
static bool is_stop(cloche_status status) {
  return status == CLOCHE_WALL_TIME_LIMIT || status == CLOCHE_CPU_TIME_LIMIT || status == CLOCHE_CANCELLED;
}

/* A replay ends where the recorded run did, on a machine that may be slower: times are the last resort alone. */
static void set_deadlines(cloche_cell *cell, const cloche_run_options *options) {
  cl_guard *guard = &cell->guard;
  uint64_t now = cl_clock_now();
  cell->started_ns = now;
  cell->calls_base_ns = cl_cell_call_clock(cell);
  if (cell->fresh) cell->clock_base_ns = now;
  uint64_t most = options->replay ? REPLAY_TIMES : 1, more = options->replay ? REPLAY_EXTRA_NS : 0;
  cl_trap_set_deadlines(guard, now, most * cell->run_wall_ns + more, most * cell->limits.cpu_ns + more);
  guard->replay_at = CL_NEVER;
  if (options->replay) {
    bool stopped = is_stop(options->replay_status);
    guard->replay_at = options->replay_polls + !stopped;
    guard->replay_reason = stopped ? options->replay_status : CLOCHE_CANCELLED;
  }
}

/* "h" or "React.createElement" */
static bool is_dotted_name(const char *text) {
  size_t part = 0, len = strlen(text);
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80;
    if (c == '.' ? part == 0 : !letter && (part == 0 || c < '0' || c > '9')) return false;
    part = c == '.' ? 0 : part + 1;
  }
  return part > 0 && len <= CL_SOURCE_NAME_MAX;
}

cloche_status cl_jsx_check(const char *name, const char *what, cloche_error *err) {
  if (name && !is_dotted_name(name)) CL_FAIL(err, INVALID_ARGUMENT, "the JSX %s '%.60s' is no name", what, name);
  return CLOCHE_OK;
}

static cloche_status keep_name(char **out, const char *name, const char *what, cloche_error *err) {
  if (!name) return CLOCHE_OK;
  CL_TRY(cl_jsx_check(name, what, err));
  *out = cl_copy_text(name, strlen(name));
  if (!*out) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the source");
  return CLOCHE_OK;
}

/* Modules that were compiled for other names of factory and fragment must be compiled again. */
static cloche_status keep_modules_jsx(cloche_cell *cell, cloche_error *err) {
  char names[2 * CL_SOURCE_NAME_MAX + 4];
  snprintf(names, sizeof names, "%s %s", cell->jsx_factory ? cell->jsx_factory : "",
           cell->jsx_fragment ? cell->jsx_fragment : "");
  if (cell->module_count == 0 || (cell->modules_jsx && strcmp(cell->modules_jsx, names) == 0)) return CLOCHE_OK;
  char *copy = cl_copy_text(names, strlen(names));
  if (!copy) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the source");
  if (cell->modules_jsx) cl_compile_forget_jsx(cell);
  free(cell->modules_jsx);
  cell->modules_jsx = copy;
  return CLOCHE_OK;
}

static cloche_status keep_source(cloche_cell *cell, const char *source, size_t len, const cloche_run_options *options,
                                 cloche_error *err) {
  cl_syntax syntax;
  CL_TRY(cl_syntax_read(&syntax, cell->language, options->language, err));
  CL_TRY(keep_name(&cell->jsx_factory, options->jsx_factory, "factory", err));
  CL_TRY(keep_name(&cell->jsx_fragment, options->jsx_fragment, "fragment", err));
  CL_TRY(keep_modules_jsx(cell, err));
  char numbered[40];
  snprintf(numbered, sizeof numbered, "main-%llu.%s", (unsigned long long)cell->runs + 1, cl_syntax_name(syntax));
  const char *name = !options->name && cell->session && cell->runs > 0 ? numbered : options->name;
  return cl_source_set(&cell->source, name, source, len, syntax, err);
}

cloche_status cloche_cell_start(cloche_cell *cell, const char *source, size_t source_len,
                                const cloche_run_options *options, cloche_error *err) {
  CL_REMOTE(cell, start(cell, source, source_len, options, err));
  static const cloche_run_options defaults = CLOCHE_RUN_OPTIONS_INIT;
  if (!options) options = &defaults;
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "run options of version %u", options->version);
  if (options->wall_ns && (options->wall_ns < CL_MS || options->wall_ns > CL_TIME_MAX))
    CL_FAIL(err, INVALID_ARGUMENT, "a wall time is 1 ms to 7 days");
  if (!cl_random_is_ours(&cell->thread->random))
    CL_FAIL(err, INVALID_STATE, "the cell was opened before fork(); open one in this process");
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on already");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  cl_cell_clear_run(cell);
  cell->state = CLOCHE_IDLE;
  if (!cell->session && !cell->fresh && !cell->living) {
    if (!cell->clean && !cl_cell_back_to_image(cell)) cell->failed = true;
    if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
    cl_cell_attach(cell);
  }
  if (!cell->session) cell->virtual_ns = 0;
  bool too_long = source_len > cell->limits.source_bytes;
  CL_TRY(keep_source(cell, source, too_long ? 0 : source_len, options, err));
  if (cell->session) CL_TRY(cl_transaction_begin(cell, err));
  cell->drain_timers = options->drain_timers;
  cell->run_wall_ns = options->wall_ns ? options->wall_ns : cell->limits.wall_ns;
  cell->replayed = options->replay;
  cell->interactive = options->interactive;
  cell->complete = options->complete;
  cell->wall_ns = cell->cpu_ns = cell->compile_ns = 0;
  cell->peak_bytes = cell->slot.bytes;
  cell->runs += !cell->complete;
  cell->clean = false;
  cl_slot_mark(&cell->slot);
  cl_files_begin_run(cell);
  set_deadlines(cell, options);
  cell->state = CLOCHE_RUNNING;
  if (too_long) {
    cl_cell_count_limit(cell, CLOCHE_SOURCE_LIMIT);
    cl_cell_set_error(cell, "Error", "the source is larger than allowed");
    cl_cell_end(cell, CLOCHE_SOURCE_LIMIT);
  }
  return CLOCHE_OK;
}

/* ---- a run: end */

void cl_cell_end(cloche_cell *cell, cloche_status status) {
  if (cell->ended) return;
  cell->ended = true;
  cell->status = status;
}

void cl_cell_set_error(cloche_cell *cell, const char *name, const char *message) {
  cl_cell_clear_error(cell);
  cell->error.name = cl_copy_text(name, strlen(name));
  cell->error.message = cl_copy_text(message, strlen(message));
}

void cl_cell_count_limit(cloche_cell *cell, cloche_status limit) { cell->limit_hits[limit]++; }

static bool was_killed(cloche_status status) { return is_stop(status) || status == CLOCHE_TRAP; }

static void explain_kill(cloche_cell *cell) {
  char *stack = cell->error.stack;
  cell->error.stack = NULL;
  const cloche_limits *limits = &cell->limits;
  char text[160];
  const char *name = "Error";
  switch (cell->status) {
    case CLOCHE_WALL_TIME_LIMIT:
      name = "TimeoutError";
      snprintf(text, sizeof text, "the run took longer than %llu ms", (unsigned long long)(cell->run_wall_ns / CL_MS));
      break;
    case CLOCHE_CPU_TIME_LIMIT:
      name = "TimeoutError";
      snprintf(text, sizeof text, "the run used more than %llu ms of CPU time",
               (unsigned long long)(limits->cpu_ns / CL_MS));
      break;
    case CLOCHE_CANCELLED:
      name = "AbortError";
      snprintf(text, sizeof text, "the run was cancelled");
      break;
    case CLOCHE_STACK_LIMIT:
      name = cell->language->stack_error;
      snprintf(text, sizeof text, "%s", cell->language->stack_message);
      break;
    default: snprintf(text, sizeof text, "%s", cloche_status_describe(cell->status).text);
  }
  cl_cell_set_error(cell, name, text);
  cell->error.stack = stack;
}

void cl_transaction_end(cloche_cell *cell, cl_settlement settlement) {
  bool ok = settlement == CL_ROLL_BACK                   ? cl_slot_rollback(&cell->slot)
            : settlement == CL_COMMIT && cell->undo_runs ? cl_history_commit(cell)
                                                         : cl_slot_commit(&cell->slot);
  if (!ok) cell->failed = true;
  if (settlement == CL_ROLL_BACK) {
    memcpy(cell->instance, cell->base_instance, cell->language->instance_bytes);
    cell->language->resized(cell);
    cell->tools_told = cell->base_tools_told;
    cell->files_told = cell->base_files_told;
    cl_files_close_handles(cell);
    cell->context_told = cell->base_context_told;
    cell->reseed_due = cell->base_reseed_due;
    cell->virtual_ns = cell->base_virtual_ns;
  }
  cl_thread_give_undo(cell->thread, cell->undo);
  cell->undo = NULL;
}

/* The one place where a run ends: the transaction, the fiber, the calls, the numbers. */
static void finish(cloche_cell *cell) {
  cell->ended = true;
  cl_buf_wipe(&cell->report, KEEP_BYTES); /* it may hold the one of a run that waited */
  cl_compile_drop(cell);
  if (cell->guard.forced && cell->status == CLOCHE_OK) cell->status = (cloche_status)cell->guard.stop;
  if (cell->status == CLOCHE_TRAP && cell->language->stack_is_spent && cell->language->stack_is_spent(cell))
    cell->status = CLOCHE_STACK_LIMIT;
  bool by_force = cell->guard.forced || was_killed(cell->status);
  if (cell->status == CLOCHE_OK && (cell->no_memory || cell->value.failed || cell->repr.failed)) {
    cell->guard.unrepeatable = 1;
    cell->status = CLOCHE_OUT_OF_MEMORY;
    cl_cell_set_error(cell, "Error", "the host had no memory for what the run gave");
  }
  if (by_force) {
    cell->has_value = false;
    explain_kill(cell);
  }
  if (cell->status != CLOCHE_OK) cell->has_value = false;
  if (cell->status == CLOCHE_WALL_TIME_LIMIT || cell->status == CLOCHE_CPU_TIME_LIMIT ||
      cell->status == CLOCHE_STACK_LIMIT)
    cl_cell_count_limit(cell, cell->status);
  if (by_force) cell->unhandled = false;
  if (cell->status != CLOCHE_OK && !cell->error_source && !cell->language->tells_error_places)
    cl_source_locate(cell, !by_force); /* else the compiler has said where */
  if (cell->status != CLOCHE_OK) cl_frame_build(cell);
  cell->forced = cell->guard.forced;
  give_back_fiber(cell, false);
  cell->wall_ns = cl_clock_now() - cell->started_ns;
  cell->cpu_ns = cell->guard.cpu_used;
  if (cell->undo) {
    bool roll_back =
        by_force || cell->complete || (cell->status >= CLOCHE_WALL_TIME_LIMIT && cell->status <= CLOCHE_STACK_LIMIT);
    cl_journal_begin(cell);
    cl_transaction_end(cell, roll_back ? CL_ROLL_BACK : CL_COMMIT);
    cell->rolled_back = roll_back;
  }
  if (!cell->session && !cell->living && cell->thread->max_spare > 0) { /* nothing of a one-shot run is kept */
    cell->clean = cl_cell_back_to_image(cell);
    cell->failed = !cell->clean;
  }
  if (!cell->session) cl_files_close_handles(cell);
  cell->fresh = false;
  cell->timer_due_ns = CL_NEVER;
  cell->timers_live = 0;
  cl_calls_cancel_all(cell);
  if (cell->own_limits) cl_restore_end(cell);
  if (cell->session) cl_journal_end(cell, !cell->rolled_back);
  cell->state = CLOCHE_DONE;
}

/* ---- a run: step */

static void run_start(void *user) { ((cloche_cell *)user)->language->start(user); }
static void run_on(void *user) { ((cloche_cell *)user)->language->go_on(user); }

static cloche_status prepare_fiber(cloche_cell *cell, cloche_error *err) {
  if (cell->fiber) return CLOCHE_OK;
  cell->fiber = cl_thread_fiber(cell->thread, cell->id, err);
  if (!cell->fiber) return CLOCHE_OUT_OF_MEMORY;
  cell->guard.fiber = cell->fiber;
  cl_fiber_start(cell->fiber, cell->begun ? run_on : run_start, cell);
  cell->begun = true;
  return CLOCHE_OK;
}

/* A run that must end while no guest code is on the processor: its deadline passed while it waited, or it was cancelled.
 * Frames that a slice has left on the fiber are the hook's to stop. */
static bool ends_outside(cloche_cell *cell, uint64_t now) {
  if (cell->blocked && !cell->blocking) return false;
  bool compiles = !cell->begun && cl_compile_is_due(cell);
  bool enters = !compiles && (cell->state == CLOCHE_RUNNING || cl_cell_can_go_on(cell));
  cell->status = cl_trap_look_outside(&cell->guard, now, enters);
  return cell->status != CLOCHE_OK;
}

bool cl_cell_can_go_on(cloche_cell *cell) {
  if (cell->blocking == CL_BLOCKED_SLEEP) return cell->sleep_until_ns <= cl_cell_time_ns(cell, true);
  if (cell->blocking && cell->blocking != CL_BLOCKED_ANY) { /* a sync call: nothing else can happen before its answer */
    const cl_call *call = cl_calls_find(cell, cell->blocking);
    return call && call->state == CL_CALL_ANSWERED;
  }
  return cell->answered > 0 || cell->timer_due_ns <= cl_cell_time_ns(cell, true);
}

static void enter(cloche_cell *cell, uint64_t slice_ns, uint64_t now) {
  cl_guard *guard = &cell->guard;
  guard->yield = 0;
  guard->slice_at = slice_ns ? now + slice_ns : CL_NEVER;
  guard->cpu_check_at = now + (guard->cpu_next - CL_MIN(guard->cpu_used, guard->cpu_next));
  guard->entered_at = now;
  guard->cpu_known = false;
  bool over = cl_trap_enter(guard);
  guard->cpu_used += cl_trap_step_cpu(guard);
  cell->blocked = !over;
  if (over && !guard->forced && !cell->ended) give_back_fiber(cell, true);
}

cloche_status cloche_cell_step(cloche_cell *cell, uint64_t slice_ns, cloche_state *out, cloche_error *err) {
  CL_REMOTE(cell, step(cell, slice_ns, out, err));
  if (cell->state == CLOCHE_IDLE) CL_FAIL(err, INVALID_STATE, "no run has been started");
  if (!cl_random_is_ours(&cell->thread->random)) CL_FAIL(err, INVALID_STATE, "the run was started before fork()");
  if (cell->state != CLOCHE_DONE) {
    uint64_t now = cl_clock_now();
    if (cell->ended || ends_outside(cell, now)) {
      finish(cell);
    } else if (!cell->begun && !cell->complete && cl_compile_is_due(cell)) {
      CL_TRY(cl_compile_step(cell, slice_ns, err));
      if (cell->ended) finish(cell);
    } else if (cell->state == CLOCHE_RUNNING || cl_cell_can_go_on(cell)) {
      CL_TRY(prepare_fiber(cell, err));
      enter(cell, slice_ns, now);
      if (cell->guard.forced || cell->ended) finish(cell);
      else if (cell->wants_rewrite && !cell->blocked) cell->begun = false; /* compiled at the next step */
      else if (cell->blocked && !cell->blocking) cell->state = CLOCHE_RUNNING;
      else cell->state = cl_cell_can_go_on(cell) ? CLOCHE_RUNNING : CLOCHE_WAITING;
    }
  }
  if (out) *out = cell->state;
  return CLOCHE_OK;
}

uint64_t cloche_cell_deadline(const cloche_cell *cell) {
  CL_REMOTE(cell, deadline(cell));
  if (!cl_cell_is_running(cell)) return UINT64_MAX;
  if (cell->state == CLOCHE_RUNNING) return 0;
  uint64_t at = cell->guard.wall_at;
  bool timer_counts = !cell->blocking || cell->blocking == CL_BLOCKED_ANY;
  uint64_t due = cell->blocking == CL_BLOCKED_SLEEP ? cell->sleep_until_ns
                 : timer_counts                     ? cell->timer_due_ns
                                                    : CL_NEVER;
  if (due != CL_NEVER && !cell->virtual_clock) at = CL_MIN(at, cell->clock_base_ns + due);
  return at;
}

void *cloche_cell_user(const cloche_cell *cell) { return cell->head.user; }

void cloche_cell_interrupt(cloche_cell *cell) {
  CL_REMOTE(cell, interrupt(cell));
  cl_trap_interrupt(&cell->guard);
}

/* ---- results */

cloche_status cloche_cell_result(cloche_cell *cell, cloche_result *out, cloche_error *err) {
  CL_REMOTE(cell, result(cell, out, err));
  if (cell->state != CLOCHE_DONE) CL_FAIL(err, INVALID_STATE, "no run of this cell has ended");
  *out = (cloche_result){
      .status = cell->status,
      .value = cell->has_value ? cell->value.data : NULL,
      .value_len = cell->has_value ? cell->value.len : 0,
      .repr = cell->status != CLOCHE_OK ? NULL
              : cell->repr.data         ? cell->repr.data
                                        : "",
      .repr_len = cell->status == CLOCHE_OK ? cell->repr.len : 0,
      .error_name = cell->status == CLOCHE_OK ? NULL : cell->error.name,
      .error_message = cell->status == CLOCHE_OK ? NULL : cell->error.message,
      .line = cell->line,
      .column = cell->column,
      .error_source = cell->error_source ? cell->error_source->name : NULL,
      .error_frame = cell->frame.len ? cell->frame.data : NULL,
      .error_stack = cell->status != CLOCHE_OK && cell->error.stack && cell->error.stack[0] ? cell->error.stack : NULL,
      .rolled_back = cell->rolled_back,
      .exited = cell->exited,
      .exit_code = cell->exit_code,
      .replayable = cl_cell_is_replayable(cell),
      .polls = cell->guard.polls,
      .wall_ns = cell->wall_ns,
      .cpu_ns = cell->cpu_ns,
      .memory_bytes = cell->peak_bytes,
  };
  return CLOCHE_OK;
}

cloche_status cloche_cell_report(cloche_cell *cell, const char **json, size_t *json_len, cloche_error *err) {
  CL_REMOTE(cell, report(cell, json, json_len, err));
  bool waiting = cell->state == CLOCHE_WAITING;
  if (cell->state != CLOCHE_DONE && !waiting)
    CL_FAIL(err, INVALID_STATE, "no run of this cell has ended, and none waits");
  if (waiting) {
    cl_buf_wipe(&cell->report, KEEP_BYTES);
    cell->wall_ns = cl_clock_now() - cell->started_ns;
    cell->cpu_ns = cell->guard.cpu_used;
  }
  if (cell->report.len == 0 && !cl_report_build(cell)) {
    cl_buf_wipe(&cell->report, 0);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for the report");
  }
  *json = cell->report.data;
  *json_len = cell->report.len;
  return CLOCHE_OK;
}

/* ---- the whole way in one call */

static cloche_tool_fn tool_fn(cloche_cell *cell, uint64_t call_id, void **user) {
  CL_REMOTE(cell, tool_fn(cell, call_id, user));
  const cl_tool *tool = &cell->tools[cl_calls_find(cell, call_id)->tool];
  *user = tool->user;
  return tool->fn;
}

static void answer_calls(cloche_cell *cell) {
  for (cloche_call call; cloche_cell_next_call(cell, &call);) {
    void *user;
    cloche_tool_fn fn = tool_fn(cell, call.id, &user);
    if (fn) {
      fn(user, cell, call.id, call.argument, call.argument_len);
      continue;
    }
    cloche_rejection none = CLOCHE_REJECTION_INIT;
    none.message = "the host has no function for this tool";
    (void)cloche_cell_reject(cell, call.id, &none, NULL);
  }
}

static void wait_for_news(cloche_cell *cell) {
  CL_REMOTE(cell, wait(cell, cloche_cell_deadline(cell)));
  if (cell->state == CLOCHE_WAITING) cl_trap_sleep(&cell->guard, cloche_cell_deadline(cell));
}

cloche_status cloche_cell_eval(cloche_cell *cell, const char *source, size_t source_len,
                               const cloche_run_options *options, cloche_result *result, cloche_error *err) {
  CL_TRY(cloche_cell_start(cell, source, source_len, options, err));
  for (;;) {
    cloche_state state;
    CL_TRY(cloche_cell_step(cell, 0, &state, err));
    if (state == CLOCHE_DONE) break;
    answer_calls(cell);
    wait_for_news(cell);
  }
  return result ? cloche_cell_result(cell, result, err) : CLOCHE_OK;
}
