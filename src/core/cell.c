/* The cell's life and the run's state machine; cell.h draws it. */

#include "cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "clock.h"
#include "error.h"
#include "json.h"
#include "limits.h"

enum { KEEP_BYTES = 4096, MAX_TOOLS = 10000, TOOL_NAME_MAX = 128, SOURCE_NAME_MAX = 255 };

/* ---- guest memory */

uint8_t *cl_guest_space(cloche_cell *cell, cl_guest_ptr at, size_t len) {
  return len <= cell->slot.bytes && at.at <= cell->slot.bytes - len ? cell->slot.base + at.at : NULL;
}

const uint8_t *cl_guest_bytes(const cloche_cell *cell, cl_guest_ptr at, size_t len) {
  return len <= cell->slot.bytes && at.at <= cell->slot.bytes - len ? cell->slot.base + at.at : NULL;
}

/* ---- the guest's clock */

uint64_t cl_cell_time_ns(const cloche_cell *cell, bool monotonic) {
  if (cell->virtual_clock) return cell->virtual_ms * 1000000u;
  return cl_clock_read(monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME);
}

uint64_t cl_cell_time_ms(const cloche_cell *cell) { return cl_cell_time_ns(cell, false) / 1000000u; }

/* ---- opening and closing */

void cl_cell_destroy(cloche_cell *cell) {
  cl_slot_close(&cell->slot);
  cl_buf_free(&cell->events_text);
  cl_buf_free(&cell->value);
  cl_buf_free(&cell->repr);
  cl_buf_free(&cell->report);
  free(cell->events);
  free(cell->calls);
  free(cell->instance);
  free(cell->base_instance);
  cell->thread->open_slots--;
  free(cell);
}

static void attach(cloche_cell *cell) {
  cell->language->attach(cell);
  cell->fresh = cell->clean = true;
  cell->tools_told = 0;
  cell->timer_due_ms = CL_NEVER;
  cell->timers_live = 0;
  uint64_t own = cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ cell->id;
  cell->language->reseed(cell, own);
}

static cloche_cell *take_spare(cloche_thread *thread, const cloche_engine *engine) {
  for (cloche_cell **at = &thread->cells; *at; at = &(*at)->next) {
    cloche_cell *cell = *at;
    if (cell->engine != engine || memcmp(cell->image_id, engine->header.image_id, sizeof cell->image_id) != 0) continue;
    *at = cell->next;
    thread->spare_slots--;
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
  thread->spare_slots--;
  cl_cell_destroy(cell);
}

static cloche_status make_cell(cloche_cell **out, cloche_thread *thread, cloche_engine *engine, cloche_error *err) {
  if (thread->open_slots >= thread->max_slots) drop_oldest_spare(thread);
  if (thread->open_slots >= thread->max_slots)
    CL_FAIL(err, NO_SLOT, "%u cells are open, which is as many as the thread was given slots for", thread->open_slots);
  cloche_cell *cell = calloc(1, sizeof *cell);
  if (!cell) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a cell");
  cell->thread = thread;
  cell->engine = engine;
  memcpy(cell->image_id, engine->header.image_id, sizeof cell->image_id);
  cell->language = engine->language;
  size_t instance_bytes = (cell->language->instance_bytes + 63) & ~(size_t)63;
  cell->instance = aligned_alloc(64, instance_bytes);
  cell->base_instance = malloc(instance_bytes);
  cloche_status status = CLOCHE_OK;
  if (!cell->instance || !cell->base_instance) status = cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a cell");
  else status = cl_slot_open(&cell->slot, &engine->memory, &engine->pagemap, err);
  thread->open_slots++;
  if (status != CLOCHE_OK) {
    cl_cell_destroy(cell);
    return status;
  }
  cell->guard.slot = &cell->slot;
  cell->guard.ticker = &thread->ticker;
  *out = cell;
  return CLOCHE_OK;
}

static cloche_status check_options(const cloche_cell_options *options, cloche_thread *thread, cloche_engine *engine,
                                   cloche_limits *limits, cloche_error *err) {
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "cell options of version %u", options->version);
  if (!cl_random_is_ours(&thread->random))
    CL_FAIL(err, INVALID_STATE, "the thread was opened before fork(); open one in this process");
  if (engine->pid != thread->ticker.pid)
    CL_FAIL(err, INVALID_STATE, "the engine was opened by another process; open it again after fork()");
  if (options->limits) *limits = *options->limits;
  else CL_TRY(cloche_limits_profile(limits, "default", err));
  CL_TRY(cl_limits_check(limits, err));
  if (limits->memory_bytes < engine->memory.bytes)
    CL_FAIL(err, INVALID_ARGUMENT, "limit memory: the engine itself needs %zu bytes", engine->memory.bytes);
  return CLOCHE_OK;
}

cloche_status cloche_cell_open(cloche_cell **out, cloche_thread *thread, cloche_engine *engine,
                               const cloche_cell_options *options, cloche_error *err) {
  static const cloche_cell_options defaults = CLOCHE_CELL_OPTIONS_INIT;
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
  cell->clock_start_ms = cell->virtual_ms = options->clock_start_ms;
  cell->guard.no_poll = options->no_poll;
  cell->slot.limit = (size_t)(limits.memory_bytes & ~(uint64_t)(CL_WASM_PAGE - 1));
  cell->events_text.max = (size_t)limits.console_bytes + 4096;
  cell->value.max = (size_t)limits.value_bytes;
  cell->repr.max = 1 << 20;
  cell->report.max = (size_t)4 << 30;
  cell->state = CLOCHE_IDLE;
  cell->next_call_id = 0;
  attach(cell);
  *out = cell;
  return CLOCHE_OK;
}

static void give_back_fiber(cloche_cell *cell, bool parked) {
  if (!parked && cell->has_parked) cl_thread_empty_fibers(cell->thread, cell->id);
  cell->has_parked = parked;
  if (!cell->fiber) return;
  cl_thread_give_fiber(cell->thread, cell->fiber, cell->id, parked);
  if (cell->fiber->deepest > cell->deepest_stack) cell->deepest_stack = cell->fiber->deepest;
  cell->fiber->deepest = 0;
  cell->fiber = NULL;
  cell->guard.fiber = NULL;
  cell->blocked = false;
}

static void free_error(cloche_cell *cell) {
  cl_guest_error *e = &cell->error;
  free(e->name);
  free(e->message);
  free(e->stack);
  free(e->code);
  free(e->data);
  *e = (cl_guest_error){0};
}

/* Forgets the last run, overwriting what the guest said. */
static void clear_run(cloche_cell *cell) {
  cl_calls_clear(cell);
  free_error(cell);
  if (cell->source) memset(cell->source, 0, cell->source_len);
  free(cell->source);
  free(cell->name);
  free(cell->body);
  cell->source = cell->name = cell->body = NULL;
  cell->source_len = 0;
  cl_buf_wipe(&cell->events_text, KEEP_BYTES);
  cl_buf_wipe(&cell->value, KEEP_BYTES);
  cl_buf_wipe(&cell->repr, KEEP_BYTES);
  cl_buf_wipe(&cell->report, KEEP_BYTES);
  if (cell->event_cap > 64) {
    free(cell->events);
    cell->events = NULL;
    cell->event_cap = 0;
  }
  cell->event_count = cell->events_read = 0;
  cell->console_dropped = cell->rate_count = 0;
  memset(cell->limit_hits, 0, sizeof cell->limit_hits);
  memset(cell->error_text, 0, sizeof cell->error_text);
  cell->no_memory = cell->grow_denied = cell->has_value = cell->value_ready = cell->has_main = cell->ended = false;
  cell->main_is_wrapped = cell->rolled_back = cell->forced = cell->blocked = false;
  cell->main = 0;
  cell->begun = false;
  cell->blocking = 0;
  cell->line = cell->column = cell->body_column = 0;
  cell->status = CLOCHE_OK;
}

static void return_undo(cloche_cell *cell) {
  if (!cell->undo) return;
  cell->slot.undo = NULL;
  cl_undo_empty(&cell->undo->undo);
  cl_thread_give_undo(cell->thread, cell->undo);
  cell->undo = NULL;
}

static bool back_to_image(cloche_cell *cell) {
  return_undo(cell);
  return cl_slot_reset(&cell->slot);
}

static void drop_tools(cloche_cell *cell) {
  for (uint32_t i = 0; i < cell->tool_count; i++) free(cell->tools[i].name);
  free(cell->tools);
  cell->tools = NULL;
  cell->tool_count = 0;
}

void cloche_cell_close(cloche_cell *cell) {
  if (!cell) return;
  cloche_thread *thread = cell->thread;
  give_back_fiber(cell, false);
  clear_run(cell);
  drop_tools(cell);
  return_undo(cell);
  if (cell->session) cl_thread_wipe_undos(thread, cell->id);
  atomic_store(&cell->guard.interrupt, false);
  if (cell->failed || thread->spare_slots >= thread->max_spare || (!cell->clean && !back_to_image(cell))) {
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
  thread->spare_slots++;
}

static bool is_running(const cloche_cell *cell) {
  return cell->state == CLOCHE_RUNNING || cell->state == CLOCHE_WAITING;
}

cloche_status cloche_cell_reset(cloche_cell *cell, cloche_error *err) {
  if (is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on; interrupt it and step the cell to its end first");
  clear_run(cell);
  cell->state = CLOCHE_IDLE;
  cell->virtual_ms = cell->clock_start_ms;
  if (cell->session && !back_to_image(cell)) cell->failed = true;
  if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
  attach(cell);
  return CLOCHE_OK;
}

/* ---- tools */

static bool tool_name_is_good(const char *name) {
  size_t len = name ? strlen(name) : 0;
  if (len == 0 || len > TOOL_NAME_MAX) return false;
  for (const unsigned char *p = (const unsigned char *)name; *p;) {
    size_t n = cl_utf8_length(p, strlen((const char *)p));
    if (n == 0 || *p < 0x20 || *p == 0x7F) return false;
    p += n;
  }
  static const char *const taken[] = {"then", "toJSON", "constructor", "__proto__"};
  for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
    if (strcmp(name, taken[i]) == 0) return false;
  return true;
}

cloche_status cloche_cell_tool(cloche_cell *cell, const cloche_tool *tool, cloche_error *err) {
  if (tool->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a tool of version %u", tool->version);
  if (is_running(cell)) CL_FAIL(err, INVALID_STATE, "tools cannot be declared during a run");
  if (!tool_name_is_good(tool->name))
    CL_FAIL(err, INVALID_ARGUMENT,
            "a tool's name is 1 to 128 bytes of UTF-8 without control characters, and not "
            "then, toJSON, constructor or __proto__");
  for (uint32_t i = 0; i < cell->tool_count; i++)
    if (strcmp(cell->tools[i].name, tool->name) == 0)
      CL_FAIL(err, INVALID_ARGUMENT, "there is a tool '%.60s' already", tool->name);
  if (cell->tool_count >= MAX_TOOLS) CL_FAIL(err, INVALID_ARGUMENT, "a cell has %d tools at most", MAX_TOOLS);
  cl_tool *tools = realloc(cell->tools, (cell->tool_count + 1) * sizeof *tools);
  if (!tools) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a tool");
  cell->tools = tools;
  char *name = cl_copy_text(tool->name, strlen(tool->name));
  if (!name) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a tool");
  tools[cell->tool_count++] =
      (cl_tool){.name = name, .sync = tool->sync, .frozen = !tool->mutable_result, .fn = tool->fn, .user = tool->user};
  return CLOCHE_OK;
}

/* ---- a run: start */

static cloche_status begin_transaction(cloche_cell *cell, cloche_error *err) {
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
  return CLOCHE_OK;
}

static void set_deadlines(cloche_cell *cell) {
  cl_guard *guard = &cell->guard;
  uint64_t now = cl_clock_now();
  cell->started_ns = now;
  guard->stop = guard->yield = guard->forced = guard->preempted = guard->deferred = 0;
  guard->wall_at = now + cell->limits.wall_ns;
  guard->cpu_limit = cell->limits.cpu_ns;
  guard->cpu_used = 0;
  guard->polls = 0;
  atomic_store(&guard->interrupt, false);
}

static cloche_status keep_source(cloche_cell *cell, const char *source, size_t len, const char *name,
                                 cloche_error *err) {
  cell->source = cl_copy_text(source, len);
  cell->name = cl_copy_text(name, CL_MIN(strlen(name), (size_t)SOURCE_NAME_MAX));
  cell->source_len = len;
  if (!cell->source || !cell->name) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the source");
  return CLOCHE_OK;
}

cloche_status cloche_cell_start(cloche_cell *cell, const char *source, size_t source_len,
                                const cloche_run_options *options, cloche_error *err) {
  static const cloche_run_options defaults = CLOCHE_RUN_OPTIONS_INIT;
  if (!options) options = &defaults;
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "run options of version %u", options->version);
  if (!cl_random_is_ours(&cell->thread->random))
    CL_FAIL(err, INVALID_STATE, "the cell was opened before fork(); open one in this process");
  if (is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on already");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  clear_run(cell);
  cell->state = CLOCHE_IDLE;
  if (!cell->session && !cell->fresh && !cell->living) {
    if (!cell->clean && !back_to_image(cell)) cell->failed = true;
    if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
    attach(cell);
  }
  if (!cell->session) cell->virtual_ms = cell->clock_start_ms;
  bool too_long = source_len > cell->limits.source_bytes;
  CL_TRY(keep_source(cell, source, too_long ? 0 : source_len, options->name ? options->name : "main.js", err));
  if (cell->session) CL_TRY(begin_transaction(cell, err));
  cell->drain_timers = options->drain_timers;
  cell->wall_ns = cell->cpu_ns = 0;
  cell->peak_bytes = cell->slot.bytes;
  cell->runs++;
  cell->clean = false;
  cl_slot_mark(&cell->slot);
  set_deadlines(cell);
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
  free_error(cell);
  cell->error.name = cl_copy_text(name, strlen(name));
  cell->error.message = cl_copy_text(message, strlen(message));
}

void cl_cell_count_limit(cloche_cell *cell, cloche_status limit) { cell->limit_hits[limit]++; }

static bool was_killed(cloche_status status) {
  return status == CLOCHE_WALL_TIME_LIMIT || status == CLOCHE_CPU_TIME_LIMIT || status == CLOCHE_CANCELLED ||
         status == CLOCHE_TRAP;
}

static void explain_kill(cloche_cell *cell) {
  char *stack = cell->error.stack;
  cell->error.stack = NULL;
  const cloche_limits *limits = &cell->limits;
  char text[160];
  const char *name = "Error";
  switch (cell->status) {
    case CLOCHE_WALL_TIME_LIMIT:
      name = "TimeoutError";
      snprintf(text, sizeof text, "the run took longer than %llu ms", (unsigned long long)(limits->wall_ns / CL_MS));
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
      name = "RangeError";
      snprintf(text, sizeof text, "Maximum call stack size exceeded");
      break;
    default: snprintf(text, sizeof text, "%s", cloche_status_describe(cell->status).text);
  }
  cl_cell_set_error(cell, name, text);
  cell->error.stack = stack;
}

/* Finds the first frame of the run's own source in a stack: "name:LINE:COLUMN". */
static void find_position(cloche_cell *cell) {
  const char *stack = cell->error.stack;
  if (!stack || !cell->name) return;
  size_t name_len = strlen(cell->name);
  if (name_len == 0) return;
  for (const char *at = strstr(stack, cell->name); at; at = strstr(at + 1, cell->name)) {
    unsigned line, column;
    if (sscanf(at + name_len, ":%9u:%9u", &line, &column) != 2) continue;
    cell->line = line;
    cell->column = line == 1 && column > cell->body_column ? column - cell->body_column : column;
    return;
  }
}

/* The one place where a run ends: the transaction, the fiber, the calls, the numbers. */
static void finish(cloche_cell *cell) {
  cell->ended = true;
  if (cell->guard.forced && cell->status == CLOCHE_OK) cell->status = (cloche_status)cell->guard.stop;
  bool by_force = cell->guard.forced || was_killed(cell->status);
  if (cell->status == CLOCHE_OK && (cell->no_memory || cell->value.failed || cell->repr.failed)) {
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
  if (!by_force) find_position(cell);
  cell->forced = cell->guard.forced;
  give_back_fiber(cell, false);
  cell->wall_ns = cl_clock_now() - cell->started_ns;
  cell->cpu_ns = cell->guard.cpu_used;
  if (cell->undo) {
    bool roll_back = by_force || (cell->status >= CLOCHE_WALL_TIME_LIMIT && cell->status <= CLOCHE_STACK_LIMIT);
    bool ok = roll_back ? cl_slot_rollback(&cell->slot) : cl_slot_commit(&cell->slot);
    if (!ok) cell->failed = true;
    if (roll_back) {
      memcpy(cell->instance, cell->base_instance, cell->language->instance_bytes);
      cell->language->resized(cell);
      cell->tools_told = cell->base_tools_told;
      cell->rolled_back = true;
    }
    cl_thread_give_undo(cell->thread, cell->undo);
    cell->undo = NULL;
  }
  if (!cell->session && !cell->living && cell->thread->max_spare > 0) { /* nothing of a one-shot run is kept */
    cell->clean = back_to_image(cell);
    cell->failed = !cell->clean;
  }
  cell->fresh = false;
  cell->timer_due_ms = CL_NEVER;
  cell->timers_live = 0;
  cl_calls_cancel_all(cell);
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

/* A run that must end while no guest code is on the processor: its deadline passed while it waited, or it was cancelled. */
static bool ends_while_waiting(cloche_cell *cell, uint64_t now) {
  if (atomic_load(&cell->guard.interrupt)) cell->status = CLOCHE_CANCELLED;
  else if (now >= cell->guard.wall_at) cell->status = CLOCHE_WALL_TIME_LIMIT;
  else return false;
  return true;
}

bool cl_cell_can_go_on(cloche_cell *cell) {
  if (cell->blocking) { /* a sync call: nothing else can happen before its answer */
    const cl_call *call = cl_calls_find(cell, cell->blocking);
    return call && call->state == CL_CALL_ANSWERED;
  }
  return cell->answered > 0 || (cell->timer_due_ms != CL_NEVER && cell->timer_due_ms <= cl_cell_time_ms(cell));
}

static void enter(cloche_cell *cell, uint64_t slice_ns, uint64_t now) {
  cl_guard *guard = &cell->guard;
  guard->yield = 0;
  guard->slice_at = slice_ns ? now + slice_ns : CL_NEVER;
  guard->cpu_check_at = now + (guard->cpu_limit - CL_MIN(guard->cpu_used, guard->cpu_limit));
  guard->entered_at = now;
  guard->cpu_known = false;
  bool over = cl_trap_enter(guard);
  guard->cpu_used += cl_trap_step_cpu(guard);
  cell->blocked = !over;
  if (over && !guard->forced && !cell->ended) give_back_fiber(cell, true);
}

cloche_status cloche_cell_step(cloche_cell *cell, uint64_t slice_ns, cloche_state *out, cloche_error *err) {
  if (cell->state == CLOCHE_IDLE) CL_FAIL(err, INVALID_STATE, "no run has been started");
  if (!cl_random_is_ours(&cell->thread->random)) CL_FAIL(err, INVALID_STATE, "the run was started before fork()");
  if (cell->state != CLOCHE_DONE) {
    uint64_t now = cl_clock_now();
    if (cell->ended || ends_while_waiting(cell, now)) {
      finish(cell);
    } else if (cell->state == CLOCHE_RUNNING || cl_cell_can_go_on(cell)) {
      CL_TRY(prepare_fiber(cell, err));
      enter(cell, slice_ns, now);
      if (cell->guard.forced || cell->ended) finish(cell);
      else if (cell->blocked && !cell->blocking) cell->state = CLOCHE_RUNNING;
      else cell->state = cl_cell_can_go_on(cell) ? CLOCHE_RUNNING : CLOCHE_WAITING;
    }
  }
  if (out) *out = cell->state;
  return CLOCHE_OK;
}

uint64_t cloche_cell_deadline(const cloche_cell *cell) {
  if (!is_running(cell)) return UINT64_MAX;
  if (cell->state == CLOCHE_RUNNING) return 0;
  uint64_t at = cell->guard.wall_at;
  if (cell->timer_due_ms != CL_NEVER && !cell->virtual_clock && !cell->blocking) {
    uint64_t now_ms = cl_cell_time_ms(cell);
    uint64_t wait = cell->timer_due_ms > now_ms ? cell->timer_due_ms - now_ms : 0;
    at = CL_MIN(at, cl_clock_now() + wait * CL_MS);
  }
  return at;
}

void cloche_cell_interrupt(cloche_cell *cell) { cl_trap_interrupt(&cell->guard); }

/* ---- events */

static bool rate_is_exceeded(cloche_cell *cell, uint64_t now_ms) {
  if (cell->limits.console_per_second == 0) return false;
  if (now_ms - cell->rate_window_ms >= 1000) {
    cell->rate_window_ms = now_ms;
    cell->rate_count = 0;
  }
  return cell->rate_count++ >= cell->limits.console_per_second;
}

static void add_event(cloche_cell *cell, unsigned level, size_t at, bool marker) {
  if (cell->events_text.failed) cell->no_memory = true;
  if (cell->event_count == cell->event_cap) {
    size_t cap = cell->event_cap ? cell->event_cap * 2 : 16;
    cl_event *events = realloc(cell->events, cap * sizeof *events);
    if (!events) {
      cell->no_memory = true;
      return;
    }
    cell->events = events;
    cell->event_cap = cap;
  }
  cell->events[cell->event_count++] = (cl_event){.level = (uint8_t)(level > 4 ? 0 : level),
                                                 .marker = marker,
                                                 .at = at,
                                                 .len = cell->events_text.len - at,
                                                 .time_ms = cl_cell_time_ms(cell)};
}

/* Where output is cut, the reader is told so once, in place. */
static void drop_output(cloche_cell *cell, const char *why) {
  cl_cell_count_limit(cell, CLOCHE_CONSOLE_LIMIT);
  if (cell->console_dropped++ > 0) return;
  size_t at = cell->events_text.len;
  cl_buf_text(&cell->events_text, why);
  add_event(cell, 2, at, true);
}

void cl_cell_log(cloche_cell *cell, unsigned level, const char *text, size_t len) {
  const cloche_limits *limits = &cell->limits;
  if (cell->event_count >= limits->console_lines) {
    drop_output(cell, "[output truncated: too many lines]");
    return;
  }
  if (rate_is_exceeded(cell, cl_clock_now() / CL_MS)) {
    drop_output(cell, "[output truncated: too many lines a second]");
    return;
  }
  size_t at = cell->events_text.len;
  size_t room = at < limits->console_bytes ? (size_t)limits->console_bytes - at : 0;
  size_t fits = CL_MIN(len, room);
  while (fits > 0 && fits < len && ((unsigned char)text[fits] & 0xC0) == 0x80) fits--;
  if (room > 0 || len == 0) {
    size_t before = cell->events_text.max;
    cell->events_text.max = at + fits * 3 + 4096; /* what is not UTF-8 grows when it is replaced */
    cl_utf8_text(&cell->events_text, text, fits);
    cell->events_text.max = CL_MAX(before, cell->events_text.len + 4096);
    add_event(cell, level, at, false);
  }
  if (fits < len) drop_output(cell, "[output truncated: too many bytes]");
}

static const char *const level_names[] = {"log", "info", "warn", "error", "debug"};

bool cloche_cell_next_event(cloche_cell *cell, cloche_event *out) {
  if (cell->events_read >= cell->event_count) return false;
  const cl_event *event = &cell->events[cell->events_read++];
  *out = (cloche_event){.type = level_names[event->level],
                        .text = cell->events_text.data + event->at,
                        .text_len = event->len,
                        .time_ms = event->time_ms};
  return true;
}

/* ---- results */

cloche_status cloche_cell_result(cloche_cell *cell, cloche_result *out, cloche_error *err) {
  if (cell->state != CLOCHE_DONE) CL_FAIL(err, INVALID_STATE, "no run of this cell has ended");
  *out = (cloche_result){
      .status = cell->status,
      .value = cell->has_value ? cell->value.data : NULL,
      .value_len = cell->has_value ? cell->value.len : 0,
      .error_name = cell->status == CLOCHE_OK ? NULL : cell->error.name,
      .error_message = cell->status == CLOCHE_OK ? NULL : cell->error.message,
      .line = cell->line,
      .column = cell->column,
      .rolled_back = cell->rolled_back,
      .wall_ns = cell->wall_ns,
      .cpu_ns = cell->cpu_ns,
      .memory_bytes = cell->peak_bytes,
  };
  return CLOCHE_OK;
}

cloche_status cloche_cell_report(cloche_cell *cell, const char **json, size_t *json_len, cloche_error *err) {
  if (cell->state != CLOCHE_DONE) CL_FAIL(err, INVALID_STATE, "no run of this cell has ended");
  if (cell->report.len == 0 && !cl_report_build(cell)) {
    cl_buf_wipe(&cell->report, 0);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for the report");
  }
  *json = cell->report.data;
  *json_len = cell->report.len;
  return CLOCHE_OK;
}

/* ---- the whole way in one call */

static void answer_calls(cloche_cell *cell) {
  for (cloche_call call; cloche_cell_next_call(cell, &call);) {
    const cl_tool *tool = &cell->tools[cl_calls_find(cell, call.id)->tool];
    if (tool->fn) {
      tool->fn(tool->user, cell, call.id, call.argument, call.argument_len);
      continue;
    }
    cloche_rejection none = CLOCHE_REJECTION_INIT;
    none.message = "the host has no function for this tool";
    (void)cloche_cell_reject(cell, call.id, &none, NULL);
  }
}

cloche_status cloche_cell_eval(cloche_cell *cell, const char *source, size_t source_len,
                               const cloche_run_options *options, cloche_result *result, cloche_error *err) {
  CL_TRY(cloche_cell_start(cell, source, source_len, options, err));
  for (;;) {
    cloche_state state;
    CL_TRY(cloche_cell_step(cell, 0, &state, err));
    if (state == CLOCHE_DONE) break;
    answer_calls(cell);
    if (cell->state == CLOCHE_WAITING) cl_trap_sleep(&cell->guard, cloche_cell_deadline(cell));
  }
  return result ? cloche_cell_result(cell, result, err) : CLOCHE_OK;
}

/* ---- forks, counts */

static cloche_status copy_tools(cloche_cell *to, const cloche_cell *from, cloche_error *err) {
  for (uint32_t i = 0; i < from->tool_count; i++) {
    const cl_tool *t = &from->tools[i];
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = t->name;
    tool.sync = t->sync;
    tool.mutable_result = !t->frozen;
    tool.fn = t->fn;
    tool.user = t->user;
    CL_TRY(cloche_cell_tool(to, &tool, err));
  }
  return CLOCHE_OK;
}

cloche_status cloche_cell_fork(cloche_cell **out, cloche_cell *cell, cloche_error *err) {
  *out = NULL;
  if (is_running(cell)) CL_FAIL(err, INVALID_STATE, "a cell is forked between two runs");
  if (!cell->session) CL_FAIL(err, INVALID_STATE, "only a session has something to fork");
  cloche_cell_options options = {.version = 1,
                                 .limits = &cell->limits,
                                 .session = true,
                                 .seeded = cell->seeded,
                                 .seed = cell->seed,
                                 .clock_start_ms = cell->clock_start_ms,
                                 .clock = cell->virtual_clock ? CLOCHE_CLOCK_VIRTUAL : CLOCHE_CLOCK_REAL,
                                 .no_poll = cell->guard.no_poll};
  cloche_cell *copy;
  CL_TRY(cloche_cell_open(&copy, cell->thread, cell->engine, &options, err));
  cloche_status status = cl_slot_fork(&copy->slot, &cell->slot, err);
  if (status == CLOCHE_OK) status = copy_tools(copy, cell, err);
  if (status != CLOCHE_OK) {
    cloche_cell_close(copy);
    return status;
  }
  /* the instance is the parent's but for what ties it to its own cell and slot */
  uint64_t seed = cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ copy->id;
  copy->language->copied(copy, cell);
  copy->virtual_ms = cell->virtual_ms;
  copy->next_call_id = cell->next_call_id;
  copy->tools_told = cell->tools_told;
  copy->fresh = copy->clean = false;
  if (!cell->seeded) copy->language->reseed(copy, seed);
  if (copy->slot.layered) cl_slot_adopt(&copy->slot);
  *out = copy;
  return CLOCHE_OK;
}

cloche_status cloche_cell_measure(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err) {
  (void)err;
  uint64_t private_pages = 0, hot = 0;
  cl_slot_count(&cell->slot, &private_pages, &hot);
  *out = (cloche_cell_stats){
      .memory_bytes = cell->slot.bytes,
      .private_bytes = private_pages * CL_PAGE,
      .dirty_pages = private_pages,
      .hot_pages = hot,
      .runs = cell->runs,
      .native_stack_bytes = cell->deepest_stack,
  };
  return CLOCHE_OK;
}
