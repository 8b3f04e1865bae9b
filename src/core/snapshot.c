/* A cell to a snapshot and back. The head of snapshot.h draws what a snapshot is; the form of its state is in
 * snapshot_state.c, the bytes on disk in snapshot_file.c.
 *
 * A restore checks first and changes the cell afterwards: what can be refused is refused before anything is lost. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "clock.h"
#include "error.h"
#include "limits.h"
#include "snapshot.h"

/* ---- taking */

static cl_view view(const char *text, size_t len) { return (cl_view){text, text ? len : 0}; }
static cl_view view_string(const char *text) { return view(text, text ? strlen(text) : 0); }

cl_saved_source cl_source_save(const cl_source *s) {
  return (cl_saved_source){
      .name = view_string(s->name),
      .text = view(s->text, s->len),
      .code = view(s->code, s->code_len),
      .maps = {view_string(s->maps[0]), view_string(s->maps[1])},
      .refused = view_string(s->refused),
      .syntax = s->syntax,
      .rewritten = s->rewritten,
      .refused_line = s->refused_line,
      .refused_column = s->refused_column,
  };
}

static bool save_inputs(cl_saved *s, const cloche_cell *cell) {
  s->tool_count = cell->tool_count;
  s->module_count = cell->module_count;
  s->tools = calloc(s->tool_count + 1, sizeof *s->tools);
  s->modules = calloc(s->module_count + 1, sizeof *s->modules);
  if (!s->tools || !s->modules) return false;
  for (size_t i = 0; i < s->tool_count; i++)
    s->tools[i] = (cl_saved_tool){view_string(cell->tools[i].name), cell->tools[i].sync};
  for (size_t i = 0; i < s->module_count; i++) s->modules[i] = cl_source_save(&cell->modules[i]);
  s->context = view(cell->context, cell->context_len);
  s->tools_told = cell->tools_told;
  s->context_told = cell->context_told;
  s->reseed_due = cell->reseed_due;
  memcpy(s->state_id, cell->state_id, sizeof s->state_id);
  s->new_context = cell->new_context;
  s->new_modules = cell->new_modules;
  return true;
}

static bool save_calls(cl_saved_run *r, const cloche_cell *cell) {
  r->call_count = cell->call_count;
  r->calls = calloc(r->call_count + 1, sizeof *r->calls);
  if (!r->calls) return false;
  for (size_t i = 0; i < r->call_count; i++) {
    const cl_call *call = &cell->calls[i];
    r->calls[i] = (cl_saved_call){
        .tool = call->tool,
        .state = call->state == CL_CALL_TAKEN ? CL_CALL_QUEUED : call->state,
        .rejected = call->rejected,
        .promise = call->promise.at,
        .argument_len = call->argument_len,
        .answer_len = call->answer_len,
        .started_ns = call->started_ns - cell->calls_base_ns,
        .ended_ns = call->ended_ns - cell->calls_base_ns,
        .argument = view(call->argument, call->argument_len),
        .answer = view(call->answer, call->answer_len),
        .name = view_string(call->name),
        .message = view_string(call->message),
        .code = view_string(call->code),
    };
  }
  return true;
}

static bool save_events(cl_saved_run *r, const cloche_cell *cell) {
  r->event_count = cell->event_count;
  r->events = calloc(r->event_count + 1, sizeof *r->events);
  if (!r->events) return false;
  for (size_t i = 0; i < r->event_count; i++) {
    const cl_event *e = &cell->events[i];
    r->events[i] = (cl_saved_event){e->type, e->marker, e->base64, e->mime_len, e->at, e->len, e->time_ms};
  }
  r->events_text = view(cell->events_text.data, cell->events_text.len);
  r->events_read = cell->events_read;
  r->console_total = cell->console_total;
  r->display_total = cell->display_total;
  r->console_dropped = cell->console_dropped;
  r->rate_window_ms = cell->rate_window_ms;
  r->rate_count = cell->rate_count;
  return true;
}

static bool save_run(cl_saved *s, const cloche_cell *cell) {
  cl_saved_run *r = &s->run;
  r->source = cl_source_save(&cell->source);
  r->jsx_factory = view_string(cell->jsx_factory);
  r->jsx_fragment = view_string(cell->jsx_fragment);
  r->modules_jsx = view_string(cell->modules_jsx);
  r->drain_timers = cell->drain_timers;
  r->interactive = cell->interactive;
  r->complete = cell->complete;
  r->has_main = cell->has_main;
  r->main = cell->main;
  r->main_is_wrapped = cell->main_is_wrapped;
  r->value_ready = cell->value_ready;
  r->has_value = cell->has_value;
  r->value = view(cell->has_value ? cell->value.data : NULL, cell->value.len);
  r->repr = view(cell->has_value ? cell->repr.data : NULL, cell->repr.len);
  r->rejection_count = cell->rejection_count;
  r->rejections = calloc(r->rejection_count + 1, 2 * sizeof *r->rejections);
  if (!r->rejections) return false;
  if (r->rejection_count) memcpy(r->rejections, cell->rejections, r->rejection_count * 2 * sizeof *r->rejections);
  r->rejections_missed = cell->rejections_missed;
  r->timer_due_ns = cell->timer_due_ns;
  r->timers_live = cell->timers_live;
  r->wall_ns = cl_clock_now() - cell->started_ns;
  r->cpu_ns = cell->guard.cpu_used;
  r->compile_ns = cell->compile_ns;
  r->polls = cell->guard.polls;
  r->unrepeatable = cell->guard.unrepeatable != 0;
  r->run_wall_ns = cell->run_wall_ns;
  r->calls_ns = cl_cell_call_clock(cell) - cell->calls_base_ns;
  r->exit_code = (uint64_t)CL_MAX(cell->exit_code, 0);
  r->peak_bytes = cell->peak_bytes;
  r->grow_denied = cell->grow_denied;
  r->no_memory = cell->no_memory;
  _Static_assert(sizeof r->limit_hits == sizeof cell->limit_hits, "one count a code");
  memcpy(r->limit_hits, cell->limit_hits, sizeof r->limit_hits);
  r->base_memory_bytes = cell->slot.bytes;
  if (cell->undo) {
    r->base_memory_bytes = cell->slot.base_bytes;
    r->base_tools_told = cell->base_tools_told;
    r->base_context_told = cell->base_context_told;
    r->base_random_calls = cell->seeded ? cell->base_random_calls : 0;
    r->base_virtual_ns = cell->base_virtual_ns;
    r->base_reseed_due = cell->base_reseed_due;
    (void)cell->language->get_globals(cell->base_instance, r->base_globals);
  }
  return save_calls(r, cell) && save_events(r, cell);
}

static bool save_cell(cl_saved *s, const cloche_cell *cell) {
  const cl_image_header *header = &cell->engine->header;
  memcpy(s->engine_id, header->engine_id, sizeof s->engine_id);
  memcpy(s->image_id, header->image_id, sizeof s->image_id);
  memcpy(s->language, header->language, sizeof s->language);
  s->memory_bytes = cell->slot.bytes;
  s->fresh = cell->fresh;
  s->session = cell->session;
  s->seeded = cell->seeded;
  s->seed = cell->seeded ? cell->seed : 0;
  s->random_calls = cell->seeded ? cell->random_calls : 0;
  s->virtual_clock = cell->virtual_clock;
  s->clock_start_ms = cell->clock_start_ms;
  s->virtual_ns = cell->virtual_ns;
  s->monotonic_ns = cell->virtual_clock || cell->fresh ? 0 : cl_cell_time_ns(cell, true);
  s->runs = cell->runs;
  s->next_call_id = cell->next_call_id;
  s->global_count = cell->language->get_globals(cell->instance, s->globals);
  s->limits = cell->own_limits ? *cell->own_limits : cell->limits;
  s->waiting = cl_cell_is_running(cell);
  return save_inputs(s, cell) && (!s->waiting || save_run(s, cell));
}

static size_t padded(size_t len) { return (len + 7) & ~(size_t)7; }

static uint8_t *put_numbers(uint8_t *at, const cl_page_list *list) {
  for (uint32_t i = 0; i < list->count; i++, at += 4) memcpy(at, &list->refs[i].page, 4);
  return at;
}

/* Writes head, state, numbers and pages into one piece. */
static cloche_status assemble(cloche_snapshot **out, const cl_slot *slot, const cl_buf *state, const cl_page_list *base,
                              const cl_page_list *run, uint64_t most, cloche_error *err) {
  size_t numbers = padded(((size_t)base->count + run->count) * 4), head = CL_SNAPSHOT_HEAD + padded(state->len);
  size_t len = head + numbers + ((size_t)base->count + run->count) * CL_PAGE;
  if (len > most)
    CL_FAIL(err, SNAPSHOT_LIMIT, "the snapshot would be %zu bytes; limit snapshot is %llu", len,
            (unsigned long long)most);
  uint8_t *raw = malloc(len);
  if (!raw) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a snapshot of %zu bytes", len);
  uint64_t state_len = state->len;
  memcpy(raw, &state_len, 8);
  memcpy(raw + 8, &base->count, 4);
  memcpy(raw + 12, &run->count, 4);
  memset(raw + CL_SNAPSHOT_HEAD, 0, head - CL_SNAPSHOT_HEAD + numbers);
  memcpy(raw + CL_SNAPSHOT_HEAD, state->data, state->len);
  put_numbers(put_numbers(raw + head, base), run);
  cl_slot_pack(slot, run, cl_slot_pack(slot, base, raw + head + numbers));
  return cl_snapshot_check(out, raw, len, err);
}

static cloche_status check_takable(const cloche_cell *cell, cloche_error *err) {
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (!cl_cell_is_running(cell)) {
    if (!cell->session) CL_FAIL(err, INVALID_STATE, "a cell that is no session has nothing to keep between runs");
    return CLOCHE_OK;
  }
  if (cell->blocking == CL_BLOCKED_ANY || cell->blocking == CL_BLOCKED_SLEEP)
    CL_FAIL(err, NOT_SUSPENDABLE, "the guest's stack waits for %s",
            cell->blocking == CL_BLOCKED_SLEEP ? "a time" : "an answer or a timer");
  if (cell->blocking)
    CL_FAIL(err, NOT_SUSPENDABLE, "the guest's stack waits for call %llu of a sync tool",
            (unsigned long long)cell->blocking);
  if (cell->fiber) CL_FAIL(err, NOT_SUSPENDABLE, "a slice has left the guest in the middle of its code");
  if (!cell->begun || cell->ended) CL_FAIL(err, NOT_SUSPENDABLE, "the run has not come to wait yet; step the cell");
  return CLOCHE_OK;
}

cloche_status cloche_cell_snapshot(cloche_snapshot **out, cloche_cell *cell, cloche_error *err) {
  CL_REMOTE(cell, snapshot(out, cell, err));
  *out = NULL;
  CL_TRY(check_takable(cell, err));
  cl_saved saved = {0};
  cl_buf state = {.max = (size_t)cell->limits.snapshot_bytes};
  cl_page_list base = {0}, run = {0};
  cloche_status status = save_cell(&saved, cell) ? CLOCHE_OK : cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory");
  if (status == CLOCHE_OK) {
    cl_saved_write(&saved, &state);
    if (state.failed) /* which of the two it was shows in what there is */
      status = state.len > state.max / 2 ? cl_fail(err, CLOCHE_SNAPSHOT_LIMIT, "the snapshot is larger than allowed")
                                         : cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a snapshot");
  }
  cl_saved_free(&saved);
  if (status == CLOCHE_OK) status = cl_slot_differences(&cell->slot, &base, &run, err);
  if (status == CLOCHE_OK) status = assemble(out, &cell->slot, &state, &base, &run, cell->limits.snapshot_bytes, err);
  cl_page_list_free(&base);
  cl_page_list_free(&run);
  cl_buf_wipe(&state, 0);
  cl_buf_free(&state);
  return status;
}

/* ---- checking */

static bool numbers_are_sound(const cl_page_data *pages, uint64_t memory_bytes) {
  for (uint32_t i = 0; i < pages->count; i++)
    if (pages->pages[i] >= memory_bytes / CL_PAGE || (i > 0 && pages->pages[i] <= pages->pages[i - 1])) return false;
  return true;
}

static cloche_status name_tools(cloche_snapshot *s, cloche_error *err) {
  s->tool_names = calloc(s->saved.tool_count + 1, sizeof *s->tool_names);
  bool fine = s->tool_names;
  for (size_t i = 0; fine && i < s->saved.tool_count; i++) {
    const cl_view *name = &s->saved.tools[i].name;
    s->tool_names[i] = cl_copy_text(name->at, name->len);
    fine = s->tool_names[i];
  }
  if (!fine) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a snapshot");
  return CLOCHE_OK;
}

static cloche_status check_raw(cloche_snapshot *s, cloche_error *err) {
  uint64_t state_len;
  uint32_t base, run;
  if (s->len < CL_SNAPSHOT_HEAD) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot is too short");
  memcpy(&state_len, s->raw, 8);
  memcpy(&base, s->raw + 8, 4);
  memcpy(&run, s->raw + 12, 4);
  if (state_len > s->len - CL_SNAPSHOT_HEAD) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot is too short for its state");
  uint64_t pages = (uint64_t)base + run, head = CL_SNAPSHOT_HEAD + padded((size_t)state_len);
  if (head + padded((size_t)pages * 4) + pages * CL_PAGE != s->len)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's length does not fit its pages");
  CL_TRY(cl_saved_read(&s->saved, s->raw + CL_SNAPSHOT_HEAD, (size_t)state_len, err));
  CL_TRY(name_tools(s, err));
  const uint32_t *numbers = (const void *)(s->raw + head);
  const uint8_t *data = s->raw + head + padded((size_t)pages * 4);
  s->base = (cl_page_data){numbers, data, base};
  s->run = (cl_page_data){numbers + base, data + (size_t)base * CL_PAGE, run};
  bool in_session = s->saved.waiting && s->saved.session;
  uint64_t base_bytes = in_session ? s->saved.run.base_memory_bytes : s->saved.memory_bytes;
  if ((run > 0 && !in_session) || base_bytes % CL_WASM_PAGE != 0 || !numbers_are_sound(&s->base, base_bytes) ||
      !numbers_are_sound(&s->run, s->saved.memory_bytes))
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's pages do not fit its memory");
  return CLOCHE_OK;
}

cloche_status cl_snapshot_check(cloche_snapshot **out, uint8_t *raw, size_t len, cloche_error *err) {
  cloche_snapshot *s = calloc(1, sizeof *s);
  if (!s) {
    free(raw);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for a snapshot");
  }
  s->raw = raw;
  s->len = len;
  cloche_status status = check_raw(s, err);
  if (status == CLOCHE_OK) *out = s;
  else cloche_snapshot_free(s);
  return status;
}

void cloche_snapshot_free(cloche_snapshot *snapshot) {
  if (!snapshot) return;
  for (size_t i = 0; snapshot->tool_names && i < snapshot->saved.tool_count; i++) free(snapshot->tool_names[i]);
  free(snapshot->tool_names);
  cl_saved_free(&snapshot->saved);
  free(snapshot->raw);
  free(snapshot);
}

/* ---- describing */

static void hash_pages(crypto_generichash_state *state, const cl_page_data *pages) {
  crypto_generichash_update(state, (const uint8_t *)&pages->count, sizeof pages->count);
  crypto_generichash_update(state, (const uint8_t *)pages->pages, (size_t)pages->count * sizeof *pages->pages);
  crypto_generichash_update(state, pages->data, (size_t)pages->count * CL_PAGE);
}

cloche_snapshot_info cloche_snapshot_describe(const cloche_snapshot *snapshot) {
  const cl_saved *s = &snapshot->saved;
  cloche_snapshot_info info = {
      .language = s->language,
      .session = s->session,
      .waiting = s->waiting,
      .seeded = s->seeded,
      .memory_bytes = s->memory_bytes,
      .pages = (uint64_t)snapshot->base.count + snapshot->run.count,
      .bytes = snapshot->len,
      .runs = s->runs,
      .timers = s->waiting ? s->run.timers_live : 0,
      .tools = s->tool_count,
      .modules = s->module_count,
      .limits = s->limits,
  };
  for (size_t i = 0; s->waiting && i < s->run.call_count; i++)
    info.open_calls += s->run.calls[i].state < CL_CALL_ANSWERED;
  uint8_t hash[32];
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, sizeof hash);
  crypto_generichash_update(&state, s->image_id, sizeof s->image_id);
  crypto_generichash_update(&state, (const uint8_t *)&s->memory_bytes, sizeof s->memory_bytes);
  crypto_generichash_update(&state, (const uint8_t *)s->globals, s->global_count * sizeof *s->globals);
  hash_pages(&state, &snapshot->base);
  hash_pages(&state, &snapshot->run);
  crypto_generichash_final(&state, hash, sizeof hash);
  cl_hex(info.hash, hash);
  cl_hex(info.engine_id, s->engine_id);
  cl_hex(info.image_id, s->image_id);
  return info;
}

const char *cloche_snapshot_tool(const cloche_snapshot *snapshot, size_t index) {
  return index < snapshot->saved.tool_count ? snapshot->tool_names[index] : NULL;
}

bool cloche_snapshot_call(const cloche_snapshot *snapshot, size_t index, cloche_call *out) {
  const cl_saved *s = &snapshot->saved;
  for (size_t i = 0; s->waiting && i < s->run.call_count; i++) {
    const cl_saved_call *call = &s->run.calls[i];
    if (call->state >= CL_CALL_ANSWERED || index-- > 0) continue;
    *out = (cloche_call){.id = s->next_call_id - s->run.call_count + 1 + i,
                         .tool = snapshot->tool_names[call->tool],
                         .argument = call->argument.len ? call->argument.at : "",
                         .argument_len = call->argument.len};
    return true;
  }
  return false;
}
