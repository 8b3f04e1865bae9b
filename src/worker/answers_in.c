/* Reads what a worker says; wire.h. Each kind of answer has a list of fields: those that must be there, those that may, and no
 * others. All of the text has been checked to be JSON (scan.c) before any of it is looked at. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "scan.h"
#include "wire.h"

#define COUNT_MAX ((uint64_t)INT64_MAX)
#define COUNTOF(array) (sizeof(array) / sizeof *(array))

enum { MIME_MAX = 127, TOOL_MAX = 128 };

typedef enum {
  TYPE,
  ID,
  RUN,
  CALL,
  EVENT,
  TOOL,
  ARGUMENT,
  REPORT,
  RESULT,
  STATE,
  STATS,
  UNDONE,
  INTERRUPTED,
  ERROR,
  VERSION,
  LAYERS,
  LANDLOCK,
  MISSING,
  ENGINES,
  CODE,
  MESSAGE,
  FIELDS
} field;

static const char *const names[FIELDS] = {"type",        "id",     "run",     "call",   "event",    "tool",
                                          "argument",    "report", "result",  "state",  "stats",    "undone",
                                          "interrupted", "error",  "version", "layers", "landlock", "missing",
                                          "engines",     "code",   "message"};

#define F(name) (1u << (name))

static const struct {
  const char *type;
  uint32_t needs, may;
} kinds[] = {
    [CL_ANSWER_EVENT] = {"event", F(RUN) | F(EVENT), 0},
    [CL_ANSWER_CALL] = {"call", F(ID) | F(RUN) | F(TOOL), F(ARGUMENT)},
    [CL_ANSWER_CANCEL] = {"cancel", F(CALL), 0},
    [CL_ANSWER_WAITING] = {"waiting", F(RUN), 0},
    [CL_ANSWER_REPORT] = {"report", F(ID) | F(REPORT), F(RESULT) | F(STATE)},
    [CL_ANSWER_DONE] = {"done", F(ID), F(STATE) | F(STATS) | F(UNDONE) | F(INTERRUPTED)},
    [CL_ANSWER_ERROR] = {"error", F(ID) | F(ERROR), 0},
    [CL_ANSWER_READY] = {"ready", F(VERSION) | F(LAYERS) | F(LANDLOCK) | F(MISSING) | F(ENGINES), 0},
    [CL_ANSWER_FAILED] = {"failed", F(CODE) | F(MESSAGE), 0},
};

typedef struct {
  cl_scan_field fields[FIELDS];
  cl_scan_pool pool;
} reader;

static const cl_scanned *get(const reader *r, field which) { return &r->fields[which].value; }

static bool is_word(const cl_scanned *value, const char *word) {
  return value->type == CL_SCAN_STRING && !value->escaped && cl_text_is(value->raw, cl_text_of(word));
}

/* A flag is there and true, or it is not there. */
static bool take_flag(const cl_scanned *value, bool *out) {
  *out = value->type == CL_SCAN_TRUE;
  return *out || value->type == CL_SCAN_NONE;
}

static bool take_id(const cl_scanned *value, uint64_t *out) {
  return value->type == CL_SCAN_STRING && !value->escaped && cl_text_number(value->raw, out);
}

static bool take_call_id(const cl_scanned *value, cl_answer *out) {
  return value->type == CL_SCAN_STRING && !value->escaped && cl_text_call(value->raw, &out->cell, &out->call) &&
         out->call > 0 && out->call <= COUNT_MAX;
}

static bool take_text(const cl_scanned *value, char *to, size_t room, bool may_cut, cl_scan_pool *pool) {
  const char *word;
  if (!cl_scan_word(value, pool, &word)) return false;
  size_t len = strlen(word);
  if (len >= room && !may_cut) return false;
  if (len >= room) len = room - 1;
  while (word[len] && (word[len] & 0xC0) == 0x80) len--; /* not within a character */
  memcpy(to, word, len);
  to[len] = 0;
  return true;
}

/* ---- events */

static const char *event_type(const cl_scanned *value) {
  static const char *const types[] = {"log",     "info",     "warn",   "error", "debug",
                                      "display", "progress", "stdout", "stderr"};
  for (size_t i = 0; i < COUNTOF(types); i++)
    if (is_word(value, types[i])) return types[i];
  return NULL;
}

/* A media type as displays have it: printable, with its slash. */
static bool is_media_type(const char *mime) {
  const char *slash = strchr(mime, '/');
  if (!slash || slash == mime || strlen(mime) > MIME_MAX) return false;
  for (const char *p = mime; *p; p++)
    if (*p < 0x20 || *p > 0x7E) return false;
  return true;
}

static bool is_json_type(const char *mime) {
  size_t len = strcspn(mime, ";");
  return len >= 5 && strncasecmp(mime + len - 4, "json", 4) == 0 && (mime[len - 5] == '/' || mime[len - 5] == '+');
}

static bool is_json(cl_text text) {
  cl_scanned value;
  cl_scan s = cl_scan_of(text);
  return cl_scan_value(&s, &value) && cl_scan_is_done(&s);
}

static bool read_event(reader *r, cl_answer *out) {
  cl_scan_field f[] = {{"type", {0}}, {"mime", {0}}, {"base64", {0}}, {"content", {0}}, {"timestamp", {0}}};
  const cl_scanned *event = get(r, EVENT);
  cloche_event *to = &out->event;
  cl_text text;
  if (event->type != CL_SCAN_OBJECT || !cl_scan_text(event->raw, f, COUNTOF(f), false)) return false;
  to->type = event_type(&f[0].value);
  if (!to->type || !take_flag(&f[2].value, &to->base64) || !cl_scan_string(&f[3].value, &r->pool, &text)) return false;
  if (!cl_scan_count(&f[4].value, COUNT_MAX, &to->time_ms)) return false;
  to->text = text.data;
  to->text_len = text.len;
  if (strcmp(to->type, "display") != 0) {
    if (f[1].value.type != CL_SCAN_NONE || to->base64) return false;
    return strcmp(to->type, "progress") != 0 || is_json(text);
  }
  if (!cl_scan_word(&f[1].value, &r->pool, &to->mime) || !is_media_type(to->mime)) return false;
  return !is_json_type(to->mime) || is_json(text);
}

/* ---- calls */

static bool read_call(reader *r, cl_answer *out) {
  if (!take_call_id(get(r, ID), out) || !cl_scan_string(get(r, TOOL), &r->pool, &out->tool)) return false;
  if (out->tool.len == 0 || out->tool.len > TOOL_MAX) return false;
  const cl_scanned *argument = get(r, ARGUMENT);
  out->argument = argument->raw;
  if (argument->type == CL_SCAN_STRING) out->argument = (cl_text){argument->raw.data - 1, argument->raw.len + 2};
  return true;
}

/* ---- what ends requests */

static bool read_kept(const reader *r, cl_answer *out) {
  const cl_scanned *state = get(r, STATE);
  if (is_word(state, "changes")) out->kept = CL_KEPT_CHANGES;
  if (is_word(state, "snapshot")) out->kept = CL_KEPT_SNAPSHOT;
  return out->kept != CL_KEPT_NONE || state->type == CL_SCAN_NONE;
}

static bool read_report(const reader *r, cl_answer *out) {
  cl_scan_field f[] = {{"polls", {0}}, {"wall_ns", {0}}, {"cpu_ns", {0}}, {"replayable", {0}}, {"exited", {0}}};
  const cl_scanned *report = get(r, REPORT), *result = get(r, RESULT);
  if (report->type != CL_SCAN_OBJECT || !read_kept(r, out)) return false;
  out->report = report->raw;
  if (result->type == CL_SCAN_NONE) return true;
  if (result->type != CL_SCAN_OBJECT || !cl_scan_text(result->raw, f, COUNTOF(f), false)) return false;
  out->has_result = true;
  return cl_scan_count(&f[0].value, COUNT_MAX, &out->polls) && cl_scan_count(&f[1].value, COUNT_MAX, &out->wall_ns) &&
         cl_scan_count(&f[2].value, COUNT_MAX, &out->cpu_ns) && take_flag(&f[3].value, &out->replayable) &&
         take_flag(&f[4].value, &out->exited);
}

static bool read_stats(const cl_scanned *value, cl_answer *out) {
  cloche_cell_stats *to = &out->stats;
  uint64_t *const numbers[] = {&to->memory_bytes, &to->private_bytes, &to->dirty_pages,
                               &to->hot_pages,    &to->runs,          &to->native_stack_bytes};
  cl_scan_field f[] = {{"memory_bytes", {0}}, {"private_bytes", {0}}, {"dirty_pages", {0}},
                       {"hot_pages", {0}},    {"runs", {0}},          {"native_stack_bytes", {0}}};
  if (value->type != CL_SCAN_OBJECT || !cl_scan_text(value->raw, f, COUNTOF(f), false)) return false;
  for (size_t i = 0; i < COUNTOF(f); i++)
    if (!cl_scan_count(&f[i].value, COUNT_MAX, numbers[i])) return false;
  return out->has_stats = true;
}

static bool read_optional_count(const cl_scanned *value, uint64_t *out) {
  return value->type == CL_SCAN_NONE || cl_scan_count(value, COUNT_MAX, out);
}

static bool read_done(const reader *r, cl_answer *out) {
  if (get(r, STATS)->type != CL_SCAN_NONE && !read_stats(get(r, STATS), out)) return false;
  return read_kept(r, out) && read_optional_count(get(r, UNDONE), &out->undone) &&
         read_optional_count(get(r, INTERRUPTED), &out->interrupted);
}

/* Codes that say how a run ended, or what a guest sees of a call: with none of them a request is refused. */
static bool is_refusal(cloche_status status) {
  switch (status) {
    case CLOCHE_OK:
    case CLOCHE_SUSPENDED:
    case CLOCHE_UNCAUGHT_ERROR:
    case CLOCHE_SYNTAX_ERROR:
    case CLOCHE_DEADLOCK:
    case CLOCHE_TRAP:
    case CLOCHE_UNKNOWN_TOOL:
    case CLOCHE_TOOL_ERROR:
    case CLOCHE_BAD_RESULT:
    case CLOCHE_UNKNOWN_MODULE: return false;
    default: return true;
  }
}

static bool read_failure(const cl_scanned *code, const cl_scanned *message, cl_scan_pool *pool, cl_answer *out) {
  if (code->type != CL_SCAN_STRING || code->escaped || !cl_text_status(code->raw, &out->status)) return false;
  return is_refusal(out->status) && take_text(message, out->message, sizeof out->message, true, pool);
}

static bool read_error(reader *r, cl_answer *out) {
  cl_scan_field f[] = {{"code", {0}}, {"message", {0}}};
  const cl_scanned *error = get(r, ERROR);
  if (error->type != CL_SCAN_OBJECT || !cl_scan_text(error->raw, f, COUNTOF(f), false)) return false;
  return read_failure(&f[0].value, &f[1].value, &r->pool, out);
}

/* ---- a worker that begins */

static bool is_hash(const char *text) { return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64; }

static bool read_engine(cl_scan *list, cl_ready_engine *to, cl_scan_pool *pool) {
  cl_scan_field f[] = {{"name", {0}}, {"engine_id", {0}}, {"image_id", {0}}};
  return cl_scan_object(list, f, COUNTOF(f), false) && take_text(&f[0].value, to->name, sizeof to->name, false, pool) &&
         take_text(&f[1].value, to->engine_id, sizeof to->engine_id, false, pool) &&
         take_text(&f[2].value, to->image_id, sizeof to->image_id, false, pool) && is_hash(to->engine_id) &&
         is_hash(to->image_id);
}

static bool read_engines(const cl_scanned *value, cl_ready *to, cl_scan_pool *pool) {
  cl_scan list = cl_scan_of(value->raw);
  bool more;
  if (value->type != CL_SCAN_ARRAY || !cl_scan_array(&list)) return false;
  while (cl_scan_item(&list, &more)) {
    if (!more) return true;
    if (to->engine_count == CL_WIRE_ENGINES_MAX || !read_engine(&list, &to->engines[to->engine_count++], pool))
      return false;
  }
  return false;
}

static bool read_missing(const cl_scanned *value, cl_ready *to, cl_scan_pool *pool) {
  cl_scan list = cl_scan_of(value->raw);
  cl_scanned item;
  bool more;
  if (value->type != CL_SCAN_ARRAY || !cl_scan_array(&list)) return false;
  while (cl_scan_item(&list, &more)) {
    if (!more) return true;
    if (to->missing_count == CL_WIRE_MISSING_MAX || !cl_scan_value(&list, &item)) return false;
    char *text = to->missing[to->missing_count++];
    if (!take_text(&item, text, sizeof to->missing[0], true, pool)) return false;
  }
  return false;
}

static bool read_ready(reader *r, cl_answer *out) {
  uint64_t version, layers, landlock;
  if (!cl_scan_count(get(r, VERSION), UINT32_MAX, &version) || version != CL_WIRE_VERSION) return false;
  if (!cl_scan_count(get(r, LAYERS), UINT32_MAX, &layers)) return false;
  if (!cl_scan_count(get(r, LANDLOCK), UINT32_MAX, &landlock)) return false;
  out->ready = calloc(1, sizeof *out->ready);
  r->pool.no_memory = !out->ready;
  if (!out->ready) return false;
  out->ready->layers = (uint32_t)layers;
  out->ready->landlock = (uint32_t)landlock;
  return read_missing(get(r, MISSING), out->ready, &r->pool) && read_engines(get(r, ENGINES), out->ready, &r->pool);
}

/* ---- any */

static bool read_kind(reader *r, cl_answer *out) {
  const field id_of[] = {[CL_ANSWER_EVENT] = RUN,   [CL_ANSWER_CALL] = RUN,     [CL_ANSWER_CANCEL] = FIELDS,
                         [CL_ANSWER_WAITING] = RUN, [CL_ANSWER_REPORT] = ID,    [CL_ANSWER_DONE] = ID,
                         [CL_ANSWER_ERROR] = ID,    [CL_ANSWER_READY] = FIELDS, [CL_ANSWER_FAILED] = FIELDS};
  if (id_of[out->kind] != FIELDS && !take_id(get(r, id_of[out->kind]), &out->id)) return false;
  switch (out->kind) {
    case CL_ANSWER_EVENT: return read_event(r, out);
    case CL_ANSWER_CALL: return read_call(r, out);
    case CL_ANSWER_CANCEL: return take_call_id(get(r, CALL), out);
    case CL_ANSWER_WAITING: return true;
    case CL_ANSWER_REPORT: return read_report(r, out);
    case CL_ANSWER_DONE: return read_done(r, out);
    case CL_ANSWER_ERROR: return read_error(r, out);
    case CL_ANSWER_READY: return read_ready(r, out);
    case CL_ANSWER_FAILED: return read_failure(get(r, CODE), get(r, MESSAGE), &r->pool, out);
  }
  return false;
}

/* Which kind it is, when its fields are that kind's. */
static bool find_kind(const reader *r, cl_answer_kind *out) {
  uint32_t there = 0;
  for (field i = 0; i < FIELDS; i++)
    if (get(r, i)->type != CL_SCAN_NONE) there |= F(i);
  for (size_t i = 0; i < COUNTOF(kinds); i++) {
    if (!is_word(get(r, TYPE), kinds[i].type)) continue;
    *out = (cl_answer_kind)i;
    return (there & ~F(TYPE) & ~kinds[i].may) == kinds[i].needs;
  }
  return false;
}

bool cl_answer_read(cl_answer *out, const char *text, size_t len, const char **why, bool *no_memory) {
  reader r = {.pool = {.room = len}};
  *out = (cl_answer){0};
  *no_memory = false;
  for (field i = 0; i < FIELDS; i++) r.fields[i].name = names[i];
  *why = "no object of an answer's fields";
  if (!cl_scan_text((cl_text){text, len}, r.fields, FIELDS, false)) return false;
  *why = "no answer of a kind that is known";
  if (!find_kind(&r, &out->kind)) return false;
  bool good = read_kind(&r, out);
  out->texts = r.pool.data;
  *no_memory = r.pool.no_memory;
  *why = *no_memory ? "no memory" : kinds[out->kind].type;
  return good;
}

void cl_answer_free(cl_answer *answer) {
  free(answer->texts);
  free(answer->ready);
  answer->texts = NULL;
  answer->ready = NULL;
}
