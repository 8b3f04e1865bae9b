/* A snapshot to a cell. What can be refused is refused before the cell is touched; when memory gives out after that, the cell
 * goes back to its image.
 *
 * Order in memory: the image, the pages of the base, new randomness; then, for the waiting run of a session, its transaction is
 * begun on that base, and the pages of the run are written: a kill rolls back to what it would have before.
 *
 * The run goes under the tighter of both cells' limits until it ends: neither may a snapshot give its guest more than
 * it had, nor more than this cell may have. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "clock.h"
#include "error.h"
#include "files.h"
#include "snapshot.h"

/* ---- limits */

static uint64_t tighter_rate(uint64_t a, uint64_t b) { return a == 0 ? b : b == 0 ? a : CL_MIN(a, b); }

static cloche_limits tighter(const cloche_limits *a, const cloche_limits *b) {
  cloche_limits out = *a;
  uint64_t *fields = (uint64_t *)(void *)&out;
  const uint64_t *others = (const uint64_t *)(const void *)b;
  for (size_t i = 0; i < sizeof out / sizeof *fields; i++) fields[i] = CL_MIN(fields[i], others[i]);
  out.console_per_second = tighter_rate(a->console_per_second, b->console_per_second);
  return out;
}

static size_t memory_limit(const cloche_limits *limits) {
  return (size_t)(limits->memory_bytes & ~(uint64_t)(CL_WASM_PAGE - 1));
}

void cl_restore_end(cloche_cell *cell) {
  cell->limits = *cell->own_limits;
  free(cell->own_limits);
  cell->own_limits = NULL;
  cell->slot.limit = memory_limit(&cell->limits);
  cell->language->resized(cell);
}

static cloche_status tighten_limits(cloche_cell *cell, const cloche_limits *limits, cloche_error *err) {
  cell->own_limits = malloc(sizeof *cell->own_limits);
  if (!cell->own_limits) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a restore");
  *cell->own_limits = cell->limits;
  cell->limits = tighter(&cell->limits, limits);
  cell->slot.limit = memory_limit(&cell->limits);
  return CLOCHE_OK;
}

/* ---- what is refused */

static cloche_status check_fits(const cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err) {
  const cl_saved *s = &snapshot->saved;
  const cl_image_header *header = &cell->engine->header;
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on; a snapshot is restored into a cell at rest");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (!cl_random_is_ours(&cell->thread->random))
    CL_FAIL(err, INVALID_STATE, "the cell was opened before fork(); open one in this process");
  bool engine = memcmp(s->engine_id, header->engine_id, sizeof s->engine_id) == 0;
  if (!engine || memcmp(s->image_id, header->image_id, sizeof s->image_id) != 0) {
    char its[65], ours[65];
    cl_hex(its, engine ? s->image_id : s->engine_id);
    cl_hex(ours, engine ? header->image_id : header->engine_id);
    CL_FAIL(err, WRONG_IMAGE, "the snapshot is of %s %s, the cell of %s", engine ? "image" : "engine", its, ours);
  }
  if (s->memory_bytes > cell->limits.memory_bytes)
    CL_FAIL(err, MEMORY_LIMIT, "the snapshot has %llu bytes of memory; limit memory of the cell is %llu",
            (unsigned long long)s->memory_bytes, (unsigned long long)cell->limits.memory_bytes);
  if (s->memory_bytes < cell->engine->memory.bytes)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot has less memory than its image");
  if (s->waiting && s->session && s->run.base_memory_bytes < cell->engine->memory.bytes)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's base has less memory than its image");
  if (snapshot->len > cell->limits.snapshot_bytes)
    CL_FAIL(err, SNAPSHOT_LIMIT, "the snapshot is %zu bytes; limit snapshot of the cell is %llu", snapshot->len,
            (unsigned long long)cell->limits.snapshot_bytes);
  uint64_t globals[CL_GLOBALS_MAX];
  if (s->global_count != cell->language->get_globals(cell->instance, globals))
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's globals do not fit its engine");
  return CLOCHE_OK;
}

static bool is_named(const char *name, const cl_view *view) {
  return strlen(name) == view->len && memcmp(name, view->at, view->len) == 0;
}

static cl_tool *find_tool(cl_tool *tools, size_t first, size_t count, const cl_view *name) {
  for (size_t i = first; i < count; i++)
    if (tools[i].name && is_named(tools[i].name, name)) return &tools[i];
  return NULL;
}

static cloche_status refuse_missing(const cloche_cell *cell, size_t first, const cl_saved_tool *saved, size_t count,
                                    cloche_error *err) {
  char names[160] = "";
  size_t len = 0;
  for (size_t i = 0; i < count; i++) {
    const cl_view *name = &saved[i].name;
    if (find_tool(cell->tools, first, cell->tool_count, name)) continue;
    if (len + name->len + 8 > sizeof names) {
      snprintf(names + len, sizeof names - len, ", ...");
      break;
    }
    len += (size_t)snprintf(names + len, sizeof names - len, "%s%.*s", len ? ", " : "", (int)name->len, name->at);
  }
  CL_FAIL(err, MISSING_TOOL, "the cell lacks tools of the snapshot: %s", len ? names : "one is in it twice");
}

cloche_status cl_tools_bind(cl_tool **out, const cloche_cell *cell, size_t first, const cl_saved_tool *saved,
                            size_t count, cloche_error *err) {
  *out = NULL;
  if (count > cell->tool_count - first) return refuse_missing(cell, first, saved, count, err);
  if (cell->tool_count == 0) return CLOCHE_OK;
  size_t bytes = cell->tool_count * sizeof **out;
  cl_tool *left = malloc(bytes), *bound = malloc(bytes);
  cloche_status status = left && bound ? CLOCHE_OK : cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for tools");
  if (status == CLOCHE_OK) {
    memcpy(left, cell->tools, bytes);
    memcpy(bound, cell->tools, bytes);
  }
  uint32_t at = (uint32_t)first;
  for (size_t i = 0; i < count && status == CLOCHE_OK; i++) {
    cl_tool *tool = find_tool(left, first, cell->tool_count, &saved[i].name);
    if (!tool) {
      status = refuse_missing(cell, first, saved, count, err);
      break;
    }
    bound[at] = *tool;
    bound[at].sync = saved[i].sync;
    bound[at++].calls = 0;
    tool->name = NULL; /* taken */
  }
  for (size_t i = first; i < cell->tool_count && status == CLOCHE_OK; i++)
    if (left[i].name) bound[at++] = left[i];
  free(left);
  if (status == CLOCHE_OK) *out = bound;
  else free(bound);
  return status;
}

/* ---- texts */

static bool copy(char **out, const cl_view *view) {
  *out = view->at ? cl_copy_text(view->at, view->len) : NULL;
  return !view->at || *out;
}

bool cl_source_load(cl_source *to, const cl_saved_source *from) {
  *to = (cl_source){
      .len = from->text.len,
      .syntax = (cl_syntax)from->syntax,
      .code_len = from->code.len,
      .refused_line = (uint32_t)from->refused_line,
      .refused_column = (uint32_t)from->refused_column,
      .rewritten = from->rewritten,
  };
  bool ok = copy(&to->name, &from->name);
  ok = copy(&to->text, &from->text) && ok;
  ok = copy(&to->code, &from->code) && ok;
  for (int i = 0; i < 2; i++) ok = copy(&to->maps[i], &from->maps[i]) && ok;
  return copy(&to->refused, &from->refused) && ok;
}

static bool load_inputs(cloche_cell *cell, const cl_saved *s) {
  if (s->context.at) {
    cell->context = cl_copy_text(s->context.at, s->context.len);
    cell->context_len = s->context.len;
    if (!cell->context) return false;
  }
  cell->context_told = s->context_told || !cell->context;
  cell->tools_told = (uint32_t)s->tools_told;
  cell->files_told = cell->base_files_told = cl_files_given(cell); /* the guest's files are in its memory */
  if (!sodium_is_zero(s->state_id, sizeof s->state_id)) memcpy(cell->state_id, s->state_id, sizeof cell->state_id);
  cell->new_context = s->new_context;
  cell->new_modules = (uint32_t)s->new_modules;
  if (s->module_count == 0) return true;
  cell->modules = calloc(s->module_count, sizeof *cell->modules);
  if (!cell->modules) return false;
  bool ok = true;
  for (size_t i = 0; i < s->module_count && ok; i++)
    ok = cl_source_load(&cell->modules[cell->module_count++], &s->modules[i]);
  return ok;
}

/* ---- the run */

static bool load_calls(cloche_cell *cell, const cl_saved *s) {
  const cl_saved_run *r = &s->run;
  if (r->call_count == 0) return true;
  cl_call *calls = realloc(cell->calls, CL_MAX(r->call_count, cell->call_cap) * sizeof *calls);
  if (!calls) return false;
  cell->calls = calls;
  cell->call_cap = CL_MAX(r->call_count, cell->call_cap);
  bool ok = true;
  for (size_t i = 0; i < r->call_count && ok; i++) {
    const cl_saved_call *from = &r->calls[i];
    cl_call *call = &cell->calls[cell->call_count++];
    *call = (cl_call){
        .id = s->next_call_id - r->call_count + 1 + i,
        .tool = (uint32_t)from->tool,
        .state = (cl_call_state)from->state,
        .rejected = from->rejected,
        .promise = {(uint32_t)from->promise},
        .orphan = from->promise == 0,
        .argument_len = (size_t)from->argument_len,
        .answer_len = (size_t)from->answer_len,
        .started_ns = cell->calls_base_ns + from->started_ns,
        .ended_ns = cell->calls_base_ns + from->ended_ns,
    };
    ok = copy(&call->argument, &from->argument);
    ok = copy(&call->answer, &from->answer) && ok;
    ok = copy(&call->name, &from->name) && ok;
    ok = copy(&call->message, &from->message) && ok;
    ok = copy(&call->code, &from->code) && ok;
    cell->tools[call->tool].calls++;
    if (call->state == CL_CALL_SETTLED) continue;
    cell->pending++;
    cell->answered += call->state == CL_CALL_ANSWERED;
    cell->argument_total += call->argument_len;
  }
  return ok;
}

static bool load_events(cloche_cell *cell, const cl_saved_run *r) {
  cell->events_text.max = CL_MAX(cell->events_text.max, r->events_text.len);
  if (r->events_text.at) cl_buf_add(&cell->events_text, r->events_text.at, r->events_text.len);
  if (cell->events_text.failed) return false;
  if (r->event_count > cell->event_cap) {
    cl_event *events = realloc(cell->events, r->event_count * sizeof *events);
    if (!events) return false;
    cell->events = events;
    cell->event_cap = r->event_count;
  }
  for (size_t i = 0; i < r->event_count; i++) {
    const cl_saved_event *e = &r->events[i];
    cell->events[i] = (cl_event){.type = (uint8_t)e->type,
                                 .marker = e->marker,
                                 .base64 = e->base64,
                                 .mime_len = (size_t)e->mime_len,
                                 .at = (size_t)e->at,
                                 .len = (size_t)e->len,
                                 .time_ms = e->time_ms};
  }
  cell->event_count = r->event_count;
  cell->events_read = (size_t)r->events_read;
  cell->console_total = (size_t)r->console_total;
  cell->display_total = (size_t)r->display_total;
  cell->console_dropped = r->console_dropped;
  cell->rate_window_ms = r->rate_window_ms;
  cell->rate_count = r->rate_count;
  return true;
}

static bool load_value(cloche_cell *cell, const cl_saved_run *r) {
  if (!r->has_value) return true;
  cl_buf_add(&cell->value, r->value.at, r->value.len);
  if (r->repr.at) cl_buf_add(&cell->repr, r->repr.at, r->repr.len);
  cell->has_value = true;
  return !cell->value.failed && !cell->repr.failed;
}

static bool load_rejections(cloche_cell *cell, const cl_saved_run *r) {
  cell->rejections_missed = r->rejections_missed;
  if (r->rejection_count > cell->rejection_cap) {
    uint64_t *list = realloc(cell->rejections, r->rejection_count * 2 * sizeof *list);
    if (!list) return false;
    cell->rejections = list;
    cell->rejection_cap = r->rejection_count;
  }
  if (r->rejection_count) memcpy(cell->rejections, r->rejections, r->rejection_count * 2 * sizeof *r->rejections);
  cell->rejection_count = r->rejection_count;
  return true;
}

static bool load_run(cloche_cell *cell, const cl_saved *s) {
  const cl_saved_run *r = &s->run;
  cl_guard *guard = &cell->guard;
  uint64_t now = cl_clock_now();
  cell->started_ns = now - r->wall_ns;
  cell->run_wall_ns = CL_MIN(cell->own_limits->wall_ns, r->run_wall_ns); /* a run may have had a wall time of its own */
  cl_trap_set_deadlines(guard, now, cell->run_wall_ns - CL_MIN(cell->run_wall_ns, r->wall_ns), cell->limits.cpu_ns);
  guard->cpu_used = r->cpu_ns;
  guard->polls = r->polls;
  guard->unrepeatable = (sig_atomic_t)r->unrepeatable;
  guard->replay_at = CL_NEVER;
  cell->replayed = false;
  cell->calls_base_ns = cl_cell_call_clock(cell) - r->calls_ns;
  cell->exit_code = (int)r->exit_code;
  cell->drain_timers = r->drain_timers;
  cell->interactive = r->interactive;
  cell->complete = r->complete;
  cell->has_main = r->has_main;
  cell->main = r->main;
  cell->main_is_wrapped = r->main_is_wrapped;
  cell->value_ready = r->value_ready;
  cell->timer_due_ns = r->timer_due_ns;
  cell->timers_live = (uint32_t)r->timers_live;
  cell->wall_ns = cell->cpu_ns = 0;
  cell->compile_ns = r->compile_ns;
  cell->peak_bytes = (size_t)r->peak_bytes;
  cell->grow_denied = r->grow_denied;
  cell->no_memory = r->no_memory;
  memcpy(cell->limit_hits, r->limit_hits, sizeof cell->limit_hits);
  cell->begun = true;
  return cl_source_load(&cell->source, &r->source) && copy(&cell->jsx_factory, &r->jsx_factory) &&
         copy(&cell->jsx_fragment, &r->jsx_fragment) && copy(&cell->modules_jsx, &r->modules_jsx) &&
         load_value(cell, r) && load_rejections(cell, r) && load_events(cell, r) && load_calls(cell, s);
}

/* ---- memory */

static void reseed(cloche_cell *cell) {
  uint64_t own = cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ cell->id;
  cell->language->reseed(cell, own);
}

/* The transaction of the waiting run, on the base that the slot holds. */
static cloche_status resume(cloche_cell *cell, const cloche_snapshot *snapshot, bool same_stream, cloche_error *err) {
  const cl_saved *s = &snapshot->saved;
  const cl_saved_run *r = &s->run;
  cell->undo = cl_thread_undo(cell->thread, cell->id, cell->slot.limit, err);
  if (!cell->undo) return CLOCHE_OUT_OF_MEMORY;
  CL_TRY(cl_slot_resume(&cell->slot, &cell->undo->undo, (size_t)s->memory_bytes, snapshot->run, err));
  memcpy(cell->base_instance, cell->instance, cell->language->instance_bytes);
  if (!cell->language->set_globals(cell->base_instance, r->base_globals, (uint32_t)s->global_count))
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's globals cannot be");
  cell->base_tools_told = (uint32_t)r->base_tools_told;
  cell->base_context_told = r->base_context_told;
  cell->base_random_calls = r->base_random_calls;
  cell->base_virtual_ns = r->base_virtual_ns;
  cell->base_reseed_due = same_stream ? r->base_reseed_due : cell->reseed_due;
  if (!same_stream) reseed(cell); /* again: what the run has written may hold the old state */
  return CLOCHE_OK;
}

static cloche_status load_memory(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err) {
  const cl_saved *s = &snapshot->saved;
  bool same_stream = s->seeded && (!cell->seeded || cell->seed == s->seed);
  bool in_transaction = s->waiting && s->session;
  if (same_stream) {
    cell->seeded = true;
    cell->seed = s->seed;
  }
  cl_cell_attach(cell);
  size_t base_bytes = (size_t)(in_transaction ? s->run.base_memory_bytes : s->memory_bytes);
  CL_TRY(cl_slot_fill(&cell->slot, base_bytes, snapshot->base, err));
  cell->random_calls = same_stream ? s->random_calls : 0;
  if (same_stream) cell->reseed_due = s->reseed_due;
  else reseed(cell);
  if (in_transaction) CL_TRY(resume(cell, snapshot, same_stream, err));
  else if (s->session) CL_TRY(cl_slot_adopt(&cell->slot, err));
  cell->language->resized(cell);
  if (cell->failed || !cell->language->set_globals(cell->instance, s->globals, (uint32_t)s->global_count))
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's globals cannot be");
  return CLOCHE_OK;
}

/* ---- the whole */

static cloche_status become(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err) {
  const cl_saved *s = &snapshot->saved;
  cell->session = s->session;
  cell->virtual_clock = s->virtual_clock;
  cell->clock_start_ms = s->clock_start_ms;
  CL_TRY(load_memory(cell, snapshot, err));
  cell->fresh = s->fresh && !s->waiting;
  cell->clean = false;
  cell->virtual_ns = s->virtual_ns;
  cell->clock_base_ns = cl_clock_now() - s->monotonic_ns;
  cell->runs = s->runs;
  cell->next_call_id = s->next_call_id;
  if (!load_inputs(cell, s)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a restore");
  if (!s->waiting) return CLOCHE_OK;
  CL_TRY(tighten_limits(cell, &s->limits, err));
  cell->language->resized(cell);
  if (!load_run(cell, s)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a restore");
  cell->state = cl_cell_can_go_on(cell) ? CLOCHE_RUNNING : CLOCHE_WAITING;
  return CLOCHE_OK;
}

/* Nothing of a restore that failed half-way, or of what the cell was before it, is left. */
static void give_up(cloche_cell *cell) {
  cl_cell_clear_run(cell);
  cl_inputs_drop_texts(cell);
  cell->runs = 0;
  cell->virtual_ns = 0;
  if (!cl_cell_back_to_image(cell)) cell->failed = true;
  else cl_cell_attach(cell);
}

cloche_status cloche_cell_restore(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err) {
  CL_REMOTE(cell, restore(cell, snapshot, err));
  cl_tool *tools;
  CL_TRY(check_fits(cell, snapshot, err));
  CL_TRY(cl_tools_bind(&tools, cell, 0, snapshot->saved.tools, snapshot->saved.tool_count, err));
  free(cell->tools);
  cell->tools = tools;
  cl_cell_clear_run(cell);
  cl_history_forget(cell);
  cl_inputs_drop_texts(cell);
  cell->state = CLOCHE_IDLE;
  if (!cell->clean && !cl_cell_back_to_image(cell)) {
    cell->failed = true;
    CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
  }
  bool session = cell->session, seeded = cell->seeded, virtual_clock = cell->virtual_clock;
  uint64_t seed = cell->seed, clock_start_ms = cell->clock_start_ms;
  cloche_status status = become(cell, snapshot, err);
  if (status == CLOCHE_OK) return CLOCHE_OK;
  cell->session = session;
  cell->seeded = seeded;
  cell->virtual_clock = virtual_clock;
  cell->seed = seed;
  cell->clock_start_ms = clock_start_ms;
  give_up(cell);
  return status;
}
