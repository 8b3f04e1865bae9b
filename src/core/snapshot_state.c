/* The form of a snapshot's state. Each part of it has one function, which writes it or reads it: so the two cannot differ, and what
 * is read is checked where it stands.
 *
 * Numbers are 8 bytes, little-endian; texts their length and bytes (length NONE: there is none); lists their count and
 * items. A change of the form is a new CL_SNAPSHOT_VERSION (snapshot_file.c).
 *
 * What is checked here: bounds, ranges, that texts are what the host takes them for, that indices and counts fit together.
 * What stands in guest memory (promises, values, globals) is the guest's own business, as it is in a living cell. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "json.h"
#include "limits.h"
#include "snapshot.h"

#define NONE UINT64_MAX
#define COUNT_MAX ((uint64_t)1 << 53) /* readers of a report's JSON may have doubles alone */
enum { MAX_REJECTIONS = 1000 };

typedef struct {
  cl_buf *out; /* NULL: reading */
  const uint8_t *at, *end;
  bool bad, no_memory;
} codec;

static void number(codec *c, uint64_t *value, uint64_t max) {
  if (c->out) {
    cl_buf_add(c->out, value, sizeof *value);
    return;
  }
  *value = 0;
  if (c->end - c->at < 8) {
    c->bad = true;
    return;
  }
  memcpy(value, c->at, 8);
  c->at += 8;
  if (*value > max) {
    c->bad = true;
    *value = 0;
  }
}

static void any(codec *c, uint64_t *value) { number(c, value, UINT64_MAX); }
static void count(codec *c, uint64_t *value) { number(c, value, COUNT_MAX); }
static void flag(codec *c, uint64_t *value) { number(c, value, 1); }

static void numbers(codec *c, uint64_t *values, size_t n) {
  for (size_t i = 0; i < n; i++) any(c, &values[i]);
}

typedef enum { BYTES, TEXT, JSON, C_STRING } text_kind;

static bool is_utf8(const char *text, size_t len) {
  for (size_t at = 0; at < len;) {
    size_t n = cl_utf8_length((const unsigned char *)text + at, len - at);
    if (n == 0) return false;
    at += n;
  }
  return true;
}

static bool text_is(const cl_view *view, text_kind kind) {
  switch (kind) {
    case TEXT: return is_utf8(view->at, view->len);
    case JSON: return view->len == 0 || cl_json_check(view->at, view->len);
    case C_STRING: return view->len == 0 || !memchr(view->at, 0, view->len);
    default: return true;
  }
}

static void text(codec *c, cl_view *view, text_kind kind) {
  uint64_t len = view->at ? view->len : NONE;
  any(c, &len);
  if (c->out) {
    if (view->at) cl_buf_add(c->out, view->at, view->len);
    return;
  }
  *view = (cl_view){0};
  if (c->bad || len == NONE) return;
  if (len > (uint64_t)(c->end - c->at)) {
    c->bad = true;
    return;
  }
  *view = (cl_view){(const char *)c->at, (size_t)len};
  c->at += len;
  if (!text_is(view, kind)) c->bad = true;
}

/* A text that must be there. */
static void needed(codec *c, cl_view *view, text_kind kind) {
  text(c, view, kind);
  if (!view->at) c->bad = true;
}

/* A list of items that take `least` bytes each; gives its room when reading. */
static void list(codec *c, void **items, size_t *length, size_t item_bytes, size_t least) {
  uint64_t n = *length;
  any(c, &n);
  if (c->out) return;
  *length = 0;
  if (c->bad || n > (uint64_t)(c->end - c->at) / least) {
    c->bad = true;
    return;
  }
  if (n == 0) return;
  *items = calloc((size_t)n, item_bytes);
  if (*items) *length = (size_t)n;
  else c->bad = c->no_memory = true;
}

/* ---- the parts */

static void source(codec *c, cl_saved_source *s) {
  needed(c, &s->name, C_STRING);
  needed(c, &s->text, BYTES);
  number(c, &s->syntax, CL_SYNTAXES - 1);
  text(c, &s->code, TEXT);
  for (int i = 0; i < 2; i++) text(c, &s->maps[i], C_STRING);
  text(c, &s->refused, C_STRING);
  flag(c, &s->rewritten);
  number(c, &s->refused_line, UINT32_MAX);
  number(c, &s->refused_column, UINT32_MAX);
}

static void limits(codec *c, cloche_limits *l) {
  uint64_t *fields = (uint64_t *)(void *)l;
  numbers(c, fields, sizeof *l / sizeof *fields);
  if (!c->out && cl_limits_check(l, NULL) != CLOCHE_OK) c->bad = true;
}

static bool view_is_name(const cl_view *view, bool (*good)(const char *)) {
  char name[CL_SOURCE_NAME_MAX + 1];
  if (!view->at || view->len >= sizeof name || memchr(view->at, 0, view->len)) return false;
  memcpy(name, view->at, view->len);
  name[view->len] = 0;
  return good(name);
}

static bool module_name_is_good(const char *name) { return cl_name_is_good(name, CL_SOURCE_NAME_MAX); }

static void tools(codec *c, cl_saved_tool **list_of, size_t *n) {
  list(c, (void **)list_of, n, sizeof **list_of, 16);
  for (size_t i = 0; i < *n && !c->bad; i++) {
    cl_saved_tool *tool = &(*list_of)[i];
    needed(c, &tool->name, C_STRING);
    flag(c, &tool->sync);
    if (!c->out && !view_is_name(&tool->name, cl_tool_name_is_good)) c->bad = true;
  }
}

static void modules(codec *c, cl_saved_source **list_of, size_t *n) {
  list(c, (void **)list_of, n, sizeof **list_of, 80);
  for (size_t i = 0; i < *n && !c->bad; i++) {
    source(c, &(*list_of)[i]);
    if (!c->out && !view_is_name(&(*list_of)[i].name, module_name_is_good)) c->bad = true;
  }
}

static void inputs(codec *c, cl_saved *s) {
  tools(c, &s->tools, &s->tool_count);
  number(c, &s->tools_told, s->tool_count);
  text(c, &s->context, JSON);
  flag(c, &s->context_told);
  flag(c, &s->reseed_due);
  modules(c, &s->modules, &s->module_count);
  flag(c, &s->new_context);
  number(c, &s->new_modules, s->module_count);
}

/* A call that a host had taken is saved as queued, since it is offered again. One that is open has its argument; an answer
 * on its way is whole, and has somebody who waits for it. */
static void call(codec *c, cl_saved_call *call, size_t tools) {
  number(c, &call->tool, tools ? tools - 1 : 0);
  number(c, &call->state, CL_CALL_SETTLED);
  flag(c, &call->rejected);
  number(c, &call->promise, UINT32_MAX);
  count(c, &call->argument_len);
  count(c, &call->answer_len);
  any(c, &call->started_ns);
  any(c, &call->ended_ns);
  text(c, &call->argument, JSON);
  text(c, &call->answer, JSON);
  text(c, &call->name, C_STRING);
  text(c, &call->message, C_STRING);
  text(c, &call->code, C_STRING);
  if (c->out) return;
  bool open = call->state != CL_CALL_SETTLED, answered = call->state == CL_CALL_ANSWERED;
  bool explained = call->name.at && call->message.at && call->code.at;
  if (tools == 0 || call->state == CL_CALL_TAKEN ||
      (open && (!call->argument.at || call->argument.len != call->argument_len)) ||
      (open && call->answer.len != call->answer_len) || (answered && !call->promise) ||
      (answered && !(call->rejected ? explained : call->answer.at != NULL)))
    c->bad = true;
}

static void event(codec *c, cl_saved_event *e) {
  number(c, &e->type, CL_EVENT_TYPES - 1);
  flag(c, &e->marker);
  flag(c, &e->base64);
  number(c, &e->mime_len, SIZE_MAX);
  number(c, &e->at, SIZE_MAX);
  number(c, &e->len, SIZE_MAX);
  count(c, &e->time_ms);
}

static void events(codec *c, cl_saved_run *r) {
  text(c, &r->events_text, BYTES);
  list(c, (void **)&r->events, &r->event_count, sizeof *r->events, 56);
  for (size_t i = 0; i < r->event_count && !c->bad; i++) {
    cl_saved_event *e = &r->events[i];
    event(c, e);
    cl_event plain = {
        .type = (uint8_t)e->type, .mime_len = (size_t)e->mime_len, .at = (size_t)e->at, .len = (size_t)e->len};
    if (!c->out && !cl_event_is_sound(&plain, r->events_text.at, r->events_text.len)) c->bad = true;
  }
  number(c, &r->events_read, r->event_count);
  count(c, &r->console_total);
  count(c, &r->display_total);
  count(c, &r->console_dropped);
  any(c, &r->rate_window_ms);
  any(c, &r->rate_count);
}

static void run(codec *c, cl_saved_run *r, const cl_saved *s) {
  source(c, &r->source);
  text(c, &r->jsx_factory, C_STRING);
  text(c, &r->jsx_fragment, C_STRING);
  text(c, &r->modules_jsx, C_STRING);
  flag(c, &r->drain_timers);
  flag(c, &r->interactive);
  flag(c, &r->complete);
  flag(c, &r->has_main);
  any(c, &r->main);
  flag(c, &r->main_is_wrapped);
  flag(c, &r->value_ready);
  flag(c, &r->has_value);
  text(c, &r->value, JSON);
  text(c, &r->repr, TEXT);
  if (!c->out && r->has_value && r->value.len == 0) c->bad = true;
  list(c, (void **)&r->rejections, &r->rejection_count, 2 * sizeof *r->rejections, 16);
  if (r->rejection_count > MAX_REJECTIONS) c->bad = true;
  for (size_t i = 0; i < r->rejection_count && !c->bad; i++) numbers(c, &r->rejections[2 * i], 2);
  any(c, &r->rejections_missed);
  any(c, &r->timer_due_ns);
  number(c, &r->timers_live, UINT32_MAX);
  any(c, &r->wall_ns);
  number(c, &r->run_wall_ns, CL_TIME_MAX);
  any(c, &r->calls_ns);
  any(c, &r->cpu_ns);
  any(c, &r->compile_ns);
  any(c, &r->polls);
  flag(c, &r->unrepeatable);
  count(c, &r->peak_bytes);
  flag(c, &r->grow_denied);
  flag(c, &r->no_memory);
  number(c, &r->exit_code, INT32_MAX);
  list(c, (void **)&r->calls, &r->call_count, sizeof *r->calls, 64);
  for (size_t i = 0; i < r->call_count && !c->bad; i++) call(c, &r->calls[i], s->tool_count);
  if (r->call_count > s->next_call_id) c->bad = true;
  events(c, r);
  for (size_t i = 0; i < sizeof r->limit_hits / sizeof *r->limit_hits; i++) count(c, &r->limit_hits[i]);
  number(c, &r->base_memory_bytes, s->memory_bytes);
  number(c, &r->base_tools_told, s->tool_count);
  flag(c, &r->base_context_told);
  any(c, &r->base_random_calls);
  any(c, &r->base_virtual_ns);
  flag(c, &r->base_reseed_due);
  numbers(c, r->base_globals, s->global_count);
}

/* Bytes of a fixed length. */
static void fixed(codec *c, void *bytes, size_t len) {
  if (c->out) {
    cl_buf_add(c->out, bytes, len);
    return;
  }
  memset(bytes, 0, len);
  if ((size_t)(c->end - c->at) < len) {
    c->bad = true;
    return;
  }
  memcpy(bytes, c->at, len);
  c->at += len;
}

/* A word that may be shown as it is. */
static bool is_language(const char *name, size_t size) {
  size_t len = strnlen(name, size);
  for (size_t i = 0; i < len; i++)
    if ((name[i] < 'a' || name[i] > 'z') && (name[i] < '0' || name[i] > '9')) return false;
  return len > 0 && len < size;
}

static void globals(codec *c, uint64_t values[CL_GLOBALS_MAX], size_t *n) {
  uint64_t many = *n;
  number(c, &many, CL_GLOBALS_MAX);
  *n = (size_t)many;
  numbers(c, values, *n);
}

static void memory_bytes(codec *c, uint64_t *bytes) {
  number(c, bytes, CL_MEMORY_MAX);
  if (*bytes % CL_WASM_PAGE != 0) c->bad = true;
}

static void state(codec *c, cl_saved *s) {
  fixed(c, s->engine_id, sizeof s->engine_id);
  fixed(c, s->image_id, sizeof s->image_id);
  fixed(c, s->language, sizeof s->language);
  if (!is_language(s->language, sizeof s->language)) c->bad = true;
  memory_bytes(c, &s->memory_bytes);
  flag(c, &s->fresh);
  flag(c, &s->session);
  flag(c, &s->seeded);
  any(c, &s->seed);
  any(c, &s->random_calls);
  flag(c, &s->virtual_clock);
  any(c, &s->clock_start_ms);
  any(c, &s->virtual_ns);
  any(c, &s->monotonic_ns);
  count(c, &s->runs);
  count(c, &s->next_call_id);
  fixed(c, s->state_id, sizeof s->state_id);
  globals(c, s->globals, &s->global_count);
  limits(c, &s->limits);
  if (s->memory_bytes > s->limits.memory_bytes) c->bad = true;
  if (!c->bad) inputs(c, s);
  flag(c, &s->waiting);
  if (!s->session && !s->waiting) c->bad = true;
  if (s->waiting && !c->bad) run(c, &s->run, s);
}

static void changes(codec *c, cl_saved_changes *s) {
  flag(c, &s->kept);
  memory_bytes(c, &s->memory_bytes);
  flag(c, &s->seeded);
  any(c, &s->seed);
  any(c, &s->random_calls);
  any(c, &s->virtual_ns);
  any(c, &s->monotonic_ns);
  count(c, &s->runs);
  count(c, &s->next_call_id);
  globals(c, s->globals, &s->global_count);
  number(c, &s->tools_before, UINT32_MAX);
  tools(c, &s->tools, &s->tool_count);
  text(c, &s->context, JSON);
  flag(c, &s->context_told);
  flag(c, &s->reseed_due);
  if (!c->bad) modules(c, &s->modules, &s->module_count);
}

/* ---- outside */

void cl_saved_write(cl_saved *saved, cl_buf *out) {
  codec c = {.out = out};
  state(&c, saved);
}

cloche_status cl_saved_read(cl_saved *saved, const uint8_t *bytes, size_t len, cloche_error *err) {
  codec c = {.at = bytes, .end = bytes + len};
  state(&c, saved);
  if (c.at != c.end) c.bad = true;
  if (!c.bad) return CLOCHE_OK;
  cl_saved_free(saved);
  if (c.no_memory) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a snapshot");
  CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's state is not one");
}

void cl_saved_free(cl_saved *saved) {
  free(saved->tools);
  free(saved->modules);
  free(saved->run.rejections);
  free(saved->run.calls);
  free(saved->run.events);
  saved->tools = NULL;
  saved->modules = NULL;
  saved->run.rejections = NULL;
  saved->run.calls = NULL;
  saved->run.events = NULL;
}

void cl_saved_changes_write(cl_saved_changes *saved, cl_buf *out) {
  codec c = {.out = out};
  changes(&c, saved);
}

cloche_status cl_saved_changes_read(cl_saved_changes *saved, const uint8_t *bytes, size_t len, cloche_error *err) {
  codec c = {.at = bytes, .end = bytes + len};
  changes(&c, saved);
  if (c.at != c.end) c.bad = true;
  if (!c.bad) return CLOCHE_OK;
  cl_saved_changes_free(saved);
  if (c.no_memory) CL_FAIL(err, OUT_OF_MEMORY, "no memory for changes");
  CL_FAIL(err, BAD_SNAPSHOT, "the state of the changes is not one");
}

void cl_saved_changes_free(cl_saved_changes *saved) {
  free(saved->tools);
  free(saved->modules);
  saved->tools = NULL;
  saved->modules = NULL;
}
