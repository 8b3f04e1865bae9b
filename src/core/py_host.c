/* What the Python guest may ask of the host: the imports of its module but for files (py_files.c). guest/python/host.h says
 * what each means.
 *
 * Everything here runs on the cell's fiber; arguments are hostile until checked, and `host` is the cell. A pointer that leads
 * out of the guest's memory is no text, and no more happens by it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "error.h"
#include "json.h"
#include "limits.h"
#include "py_engine.h"
#include "status.h"

enum { NAME_MAX_BYTES = 256, TEXT_MAX_BYTES = 64 << 10 };
/* Instead of the address of a promise: the guest knows calls by their ids, and asks for answers. */
enum { ASKED_FOR_BY_ID = 1 };

/* As guest/python/host.h numbers them. */
enum text_kind {
  TEXT_REFUSAL_CODE,
  TEXT_REFUSAL_MESSAGE,
  TEXT_SOURCE,
  TEXT_SOURCE_NAME,
  TEXT_LANGUAGE,
  TEXT_CONTEXT,
  TEXT_TOOL_NAME,
  TEXT_MODULE,
  TEXT_MODULE_NAME,
  TEXT_ANSWER,
  TEXT_ANSWER_NAME,
  TEXT_ANSWER_MESSAGE,
  TEXT_ANSWER_CODE,
};
enum number_kind { NUMBER_TOOL_COUNT, NUMBER_TOOL_IS_SYNC, NUMBER_INTERACTIVE, NUMBER_COMPLETE };

static cloche_cell *cell_of(struct PY_HOST_T *host) { return (cloche_cell *)(void *)host; }

static const char *text_at(const cloche_cell *cell, u32 at, u32 len) {
  return at ? (const char *)cl_guest_bytes(cell, (cl_guest_ptr){at}, len) : NULL;
}

/* ---- refusals */

static u32 refuse(cloche_cell *cell, cloche_status status, const char *message) {
  cl_cell_count_limit(cell, status);
  cell->refusal.status = status;
  snprintf(cell->refusal.message, sizeof cell->refusal.message, "%s", message);
  return (u32)status;
}

/* ---- clock and randomness */

u64 PY_HOST(clock)(struct PY_HOST_T *host, u32 id) { return cl_cell_time_ns(cell_of(host), id != 0); }

void PY_HOST(random)(struct PY_HOST_T *host, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, len);
  if (!to) return;
  uint64_t nonce = cell->random_calls++;
  crypto_stream_chacha20(to, len, (const uint8_t *)&nonce, cell->random_key);
}

/* ---- what the host has for the guest */

typedef struct {
  const char *data; /* NULL: there is none */
  size_t len;
} view;

static view view_of(const char *text) { return (view){text, text ? strlen(text) : 0}; }

static view answer_text(cloche_cell *cell, enum text_kind kind) {
  const cl_call *answer = cl_calls_find(cell, cell->answer_taken);
  if (!answer || answer->state != CL_CALL_ANSWERED) return (view){0};
  switch (kind) {
    case TEXT_ANSWER: return (view){answer->answer, answer->answer && answer->answer_len ? answer->answer_len : 0};
    case TEXT_ANSWER_NAME: return view_of(answer->name);
    case TEXT_ANSWER_MESSAGE: return view_of(answer->message);
    default: return view_of(answer->code);
  }
}

static view find_text(cloche_cell *cell, u32 kind, u32 index) {
  const cl_source *module = index < cell->module_count ? &cell->modules[index] : NULL;
  switch (kind) {
    case TEXT_REFUSAL_CODE: return view_of(cloche_status_describe(cell->refusal.status).name);
    case TEXT_REFUSAL_MESSAGE: return view_of(cell->refusal.message);
    case TEXT_SOURCE: return (view){cell->source.text, cell->source.len};
    case TEXT_SOURCE_NAME: return view_of(cell->source.name);
    case TEXT_LANGUAGE: return view_of(cl_syntax_name(cell->source.syntax));
    case TEXT_CONTEXT: return cell->context ? (view){cell->context, cell->context_len} : view_of("{}");
    case TEXT_TOOL_NAME: return view_of(index < cell->tool_count ? cell->tools[index].name : NULL);
    case TEXT_MODULE: return module ? (view){module->text, module->len} : (view){0};
    case TEXT_MODULE_NAME: return view_of(module ? module->name : NULL);
    case TEXT_ANSWER:
    case TEXT_ANSWER_NAME:
    case TEXT_ANSWER_MESSAGE:
    case TEXT_ANSWER_CODE: return answer_text(cell, (enum text_kind)kind);
    default: return (view){0};
  }
}

u32 PY_HOST(text)(struct PY_HOST_T *host, u32 kind, u32 index, u32 at, u32 room) {
  cloche_cell *cell = cell_of(host);
  view text = find_text(cell, kind, index);
  if (!text.data || text.len > INT32_MAX) return UINT32_MAX;
  size_t len = CL_MIN(text.len, (size_t)room);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, len);
  if (to && len) memcpy(to, text.data, len);
  return (u32)text.len;
}

u32 PY_HOST(number)(struct PY_HOST_T *host, u32 kind, u32 index) {
  const cloche_cell *cell = cell_of(host);
  switch (kind) {
    case NUMBER_TOOL_COUNT: return cell->tool_count;
    case NUMBER_TOOL_IS_SYNC: return index < cell->tool_count && cell->tools[index].sync;
    case NUMBER_INTERACTIVE: return cell->interactive;
    case NUMBER_COMPLETE: return cell->complete;
    default: return 0;
  }
}

u64 PY_HOST(limit)(struct PY_HOST_T *host, u32 at, u32 len) {
  const cloche_cell *cell = cell_of(host);
  const char *name = text_at(cell, at, len);
  cloche_limit_info info;
  for (size_t i = 0; name && cloche_limits_describe(&cell->limits, i, &info); i++)
    if (strlen(info.name) == len && memcmp(info.name, name, len) == 0) return info.value;
  return UINT64_MAX;
}

/* "pkg.util" is the module "pkg.util" or "pkg/util.py", with or without "./" in front. */
static bool is_module(const char *have, const char *name, size_t len) {
  if (have[0] == '.' && have[1] == '/') have += 2;
  if (strnlen(have, len) < len) return false; /* the guest's name may have zeros in it */
  for (size_t i = 0; i < len; i++)
    if (have[i] != name[i] && !(have[i] == '/' && name[i] == '.')) return false;
  return !have[len] || strcmp(have + len, ".py") == 0;
}

u32 PY_HOST(module)(struct PY_HOST_T *host, u32 at, u32 len) {
  const cloche_cell *cell = cell_of(host);
  const char *name = text_at(cell, at, len);
  for (u32 i = 0; name && i < cell->module_count; i++)
    if (is_module(cell->modules[i].name, name, len)) return i;
  return UINT32_MAX;
}

/* ---- what the guest tells */

void PY_HOST(write)(struct PY_HOST_T *host, u32 stream, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  const char *text = text_at(cell, at, len);
  if (!text || len == 0) return;
  cl_host_begin(&cell->guard);
  cl_cell_write(cell, stream == 2, text, len);
  cl_host_end(&cell->guard);
}

void PY_HOST(log)(struct PY_HOST_T *host, u32 level, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  const char *text = text_at(cell, at, len);
  if (!text) return;
  cl_host_begin(&cell->guard);
  cl_cell_log(cell, level, text, len);
  cl_host_end(&cell->guard);
}

u32 PY_HOST(value)(struct PY_HOST_T *host, u32 json_at, u32 json_len, u32 repr_at, u32 repr_len) {
  cloche_cell *cell = cell_of(host);
  const char *json = text_at(cell, json_at, json_len), *repr = text_at(cell, repr_at, repr_len);
  if (json && json_len > cell->limits.value_bytes)
    return refuse(cell, CLOCHE_VALUE_LIMIT, "the value of the run is larger than allowed");
  if (cell->has_value) return 0;
  cl_host_begin(&cell->guard);
  bool sound = !json || cl_json_check(json, json_len);
  if (sound && json) cl_buf_add(&cell->value, json, json_len);
  if (sound && repr && cell->repr.len == 0)
    cl_utf8_text(&cell->repr, repr, CL_MIN((size_t)repr_len, (size_t)TEXT_MAX_BYTES * 4));
  cell->has_value = sound && json;
  cl_host_end(&cell->guard);
  return sound ? 0 : refuse(cell, CLOCHE_VALUE_LIMIT, "the value of the run cannot be written as JSON");
}

/* The two words of a slice: address and length. */
static view read_slice(const cloche_cell *cell, u32 at) {
  uint32_t words[2];
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, sizeof words);
  if (!from) return (view){0};
  memcpy(words, from, sizeof words);
  const char *text = text_at(cell, words[0], words[1]);
  return (view){text, text ? words[1] : 0};
}

static void keep_text(char **field, view text, size_t max) {
  free(*field);
  *field = NULL;
  if (!text.data) return;
  cl_buf sound = {.max = max * 3 + 16};
  cl_utf8_text(&sound, text.data, CL_MIN(text.len, max));
  if (!sound.failed) *field = cl_copy_text(sound.data ? sound.data : "", sound.len);
  cl_buf_free(&sound);
}

/* Where an error is: in the run's own source, or in a module of the cell; else nowhere that the host knows. */
static void keep_place(cloche_cell *cell, view name, uint32_t line, uint32_t column) {
  const cl_source *source = &cell->source;
  if (name.data && (strlen(source->name) != name.len || memcmp(source->name, name.data, name.len) != 0)) {
    source = NULL;
    for (uint32_t i = 0; i < cell->module_count && !source; i++)
      if (strlen(cell->modules[i].name) == name.len && memcmp(cell->modules[i].name, name.data, name.len) == 0)
        source = &cell->modules[i];
  }
  cell->error_source = NULL;
  cell->line = cell->column = 0;
  if (source && line > 0) cl_source_place(cell, source, line, column);
}

void PY_HOST(error)(struct PY_HOST_T *host, u32 at) {
  cloche_cell *cell = cell_of(host);
  enum { SLICES = 6 };
  uint32_t place[2];
  const uint8_t *numbers = cl_guest_bytes(cell, (cl_guest_ptr){at}, SLICES * 8 + sizeof place);
  if (!numbers) return;
  memcpy(place, numbers + SLICES * 8, sizeof place);
  view texts[SLICES];
  for (u32 i = 0; i < SLICES; i++) texts[i] = read_slice(cell, at + i * 8);
  cl_guest_error *e = &cell->error;
  cl_host_begin(&cell->guard);
  keep_text(&e->name, texts[0].data ? texts[0] : view_of("Error"), NAME_MAX_BYTES);
  keep_text(&e->message, texts[1], TEXT_MAX_BYTES);
  keep_text(&e->stack, texts[2], TEXT_MAX_BYTES);
  keep_text(&e->code, texts[3], NAME_MAX_BYTES);
  keep_text(&e->data, texts[4], CL_MIN(cell->limits.result_bytes, (uint64_t)TEXT_MAX_BYTES * 16));
  if (e->data && !cl_json_check(e->data, strlen(e->data))) e->data[0] = 0;
  keep_place(cell, texts[5], place[0], place[1]);
  cl_host_end(&cell->guard);
}

void PY_HOST(exit)(struct PY_HOST_T *host, u32 code) {
  cloche_cell *cell = cell_of(host);
  cell->exited = true;
  cell->exit_code = (int)code & 0xFF;
}

u32 PY_HOST(display)(struct PY_HOST_T *host, u32 mime_at, u32 mime_len, u32 at, u32 len, u32 is_base64) {
  cloche_cell *cell = cell_of(host);
  const char *mime = text_at(cell, mime_at, mime_len), *text = text_at(cell, at, len);
  cloche_status status = CLOCHE_INVALID_ARGUMENT;
  cl_host_begin(&cell->guard);
  if (mime && text) status = cl_cell_display(cell, mime, mime_len, text, len, is_base64 != 0);
  cl_host_end(&cell->guard);
  if (status == CLOCHE_OK) return 0;
  return refuse(cell, status,
                status == CLOCHE_DISPLAY_LIMIT ? "display: more than may be displayed in a run"
                                               : "display: the media type is none, or its JSON is none");
}

u32 PY_HOST(progress)(struct PY_HOST_T *host, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  const char *json = text_at(cell, at, len);
  cl_host_begin(&cell->guard);
  bool sound = json && cl_json_check(json, len);
  if (sound) cl_cell_progress(cell, json, len);
  cl_host_end(&cell->guard);
  return sound ? 0 : refuse(cell, CLOCHE_INVALID_ARGUMENT, "progress: that is no JSON");
}

/* ---- calls */

static u32 refuse_call(cloche_cell *cell, cloche_status status, const cl_tool *tool) {
  char message[320];
  cl_calls_explain(cell, status, tool, message, sizeof message);
  return refuse(cell, status, message);
}

u32 PY_HOST(call)(struct PY_HOST_T *host, u32 index, u32 at, u32 len, u32 out) {
  cloche_cell *cell = cell_of(host);
  if (index >= cell->tool_count) return refuse(cell, CLOCHE_UNKNOWN_TOOL, "no such tool");
  const char *json = text_at(cell, at, len);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){out}, 8);
  if (!to) return refuse(cell, CLOCHE_INVALID_ARGUMENT, "no room for the id");
  cl_call *call = NULL;
  cl_host_begin(&cell->guard);
  cloche_status status = CLOCHE_INVALID_ARGUMENT;
  if (!json || len == 0 || cl_json_check(json, len)) status = cl_calls_add(cell, index, json, json ? len : 0, &call);
  if (status == CLOCHE_OK) call->promise.at = ASKED_FOR_BY_ID;
  uint64_t id = call ? call->id : 0;
  cl_host_end(&cell->guard);
  if (status != CLOCHE_OK) return refuse_call(cell, status, &cell->tools[index]);
  memcpy(to, &id, 8);
  return 0;
}

u32 PY_HOST(next_answer)(struct PY_HOST_T *host, u32 out) {
  cloche_cell *cell = cell_of(host);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){out}, 16);
  const cl_call *answer = to ? cl_calls_next_answer(cell) : NULL;
  if (!answer) return 0;
  cell->answer_taken = answer->id;
  uint32_t rejected = answer->rejected;
  memcpy(to, &answer->id, 8);
  memcpy(to + 8, &rejected, 4);
  return 1;
}

void PY_HOST(settle)(struct PY_HOST_T *host, u64 id) {
  cloche_cell *cell = cell_of(host);
  cl_host_begin(&cell->guard);
  cl_call *call = cl_calls_find(cell, id);
  if (call && call->state == CL_CALL_ANSWERED) cl_calls_settled(cell, call);
  cell->answer_taken = 0;
  cl_host_end(&cell->guard);
}

/* ---- waiting: the guest's frames stay on the fiber */

static void block(cloche_cell *cell, uint64_t what) {
  cl_host_begin(&cell->guard);
  cell->blocking = what;
  while (!cl_cell_can_go_on(cell)) cl_trap_wait(&cell->guard);
  cell->blocking = 0;
  cl_host_end(&cell->guard);
}

/* Whether the timer would be next on a virtual clock; it then is. */
static bool jumps_to_timer(cloche_cell *cell) {
  if (!cell->virtual_clock || cell->pending > 0 || cell->timer_due_ns == CL_NEVER) return false;
  cell->virtual_ns = CL_MAX(cell->virtual_ns, cell->timer_due_ns);
  return true;
}

u32 PY_HOST(wait)(struct PY_HOST_T *host, u64 id) {
  cloche_cell *cell = cell_of(host);
  if (id != 0) {
    const cl_call *call = cl_calls_find(cell, id);
    if (!call || call->state == CL_CALL_SETTLED)
      return refuse(cell, CLOCHE_INVALID_ARGUMENT, "no open call of this id");
  } else {
    if (cell->answered > 0 || jumps_to_timer(cell)) return 0;
    if (cell->pending == 0 && cell->timer_due_ns == CL_NEVER)
      return refuse(cell, CLOCHE_DEADLOCK, "nothing is pending that this could wait for");
  }
  block(cell, id ? id : CL_BLOCKED_ANY);
  return 0;
}

u32 PY_HOST(timer)(struct PY_HOST_T *host, u64 due, u32 live) {
  cloche_cell *cell = cell_of(host);
  if (live > cell->limits.timers) return refuse(cell, CLOCHE_TIMERS_LIMIT, "too many timers are pending");
  cell->timer_due_ns = (int64_t)due < 0 ? CL_NEVER : due;
  cell->timers_live = cell->timer_due_ns == CL_NEVER ? 0 : live;
  return 0;
}

void PY_HOST(sleep)(struct PY_HOST_T *host, u64 duration) {
  cloche_cell *cell = cell_of(host);
  uint64_t span = CL_MIN(duration, (uint64_t)INT64_MAX / 2);
  if (cell->virtual_clock) {
    cell->virtual_ns += CL_MIN(span, (uint64_t)INT64_MAX - CL_MIN(cell->virtual_ns, (uint64_t)INT64_MAX));
    return;
  }
  cell->sleep_until_ns = cl_cell_time_ns(cell, true) + span;
  block(cell, CL_BLOCKED_SLEEP);
}
