/* Reads a worker's report; wire.h. The shape is that of docs/report.schema.json, and what goes together is checked as it says
 * there. Fields that are not known are let through, as JSON: whoever passes a report on keeps them. The guest's own values
 * (`value`, the error's `data`) are JSON and no more is known of them. */
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "wire.h"

#define COUNT_MAX ((uint64_t)INT64_MAX)
#define COUNTOF(array) (sizeof(array) / sizeof *(array))
#define FIELD(name) \
  {                 \
    name, { 0 }     \
  }
#define TRY(expr, what) \
  do {                  \
    if (!(expr)) {      \
      r->why = what;    \
      return false;     \
    }                   \
  } while (0)

typedef struct {
  cl_scan_pool pool;
  const char *why;
  cl_report *out;
} reader;

static bool is_there(const cl_scanned *value) { return value->type != CL_SCAN_NONE; }

static bool is_word(const cl_scanned *value, const char *word) {
  return value->type == CL_SCAN_STRING && !value->escaped && cl_text_is(value->raw, cl_text_of(word));
}

static bool is_one_of(const cl_scanned *value, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (is_word(value, words[i])) return true;
  return false;
}

/* A flag that is only written when it is true. */
static bool is_flag(const cl_scanned *value) { return !is_there(value) || value->type == CL_SCAN_TRUE; }

static bool is_count(const cl_scanned *value) {
  uint64_t number;
  return cl_scan_count(value, COUNT_MAX, &number);
}

/* As the library writes them: digits, and perhaps a point and digits. No exponent, so none beyond what a double holds. */
static bool is_milliseconds(const cl_scanned *value) {
  const cl_text t = value->raw;
  if (value->type != CL_SCAN_NUMBER || t.len > 24) return false;
  for (size_t i = 0; i < t.len; i++)
    if (t.data[i] != '.' && (t.data[i] < '0' || t.data[i] > '9')) return false;
  return true;
}

static bool is_limit(cloche_status status) {
  return (status >= CLOCHE_WALL_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT) || status == CLOCHE_FILES_LIMIT;
}

static bool is_small(const cl_scanned *value, uint32_t *out) {
  uint64_t number;
  if (!cl_scan_count(value, UINT32_MAX, &number) || number == 0) return false;
  *out = (uint32_t)number;
  return true;
}

/* A string as a C string, which a zero in it ends, as it does in the library: a source may have one, and errors show sources. */
static bool take_word(reader *r, const cl_scanned *value, const char **out) {
  cl_text text;
  if (value->type != CL_SCAN_STRING || !cl_scan_keep(value, &r->pool, &text)) return false;
  *out = text.data;
  return true;
}

static bool take_if_there(reader *r, const cl_scanned *value, const char **out) {
  return !is_there(value) || take_word(r, value, out);
}

/* ---- the parts */

/* The word that a report has for a code; NULL: no run ends with it. Runs that could not begin end with what kept them from it,
 * in a supervisor's own reports, which are read here, too. */
static const char *word_of(cloche_status status) {
  switch (status) {
    case CLOCHE_WALL_TIME_LIMIT: return "timeout";
    case CLOCHE_CANCELLED: return "cancelled";
    case CLOCHE_OK:
    case CLOCHE_SUSPENDED:
    case CLOCHE_UNKNOWN_TOOL:
    case CLOCHE_TOOL_ERROR:
    case CLOCHE_BAD_RESULT:
    case CLOCHE_UNKNOWN_MODULE: return NULL;
    default: return is_limit(status) ? "limit" : "error";
  }
}

static bool read_code(const cl_scanned *value, cloche_status *out) {
  return value->type == CL_SCAN_STRING && !value->escaped && cl_text_status(value->raw, out) && word_of(*out);
}

static bool read_place(reader *r, const cl_scanned *source, const cl_scanned *line, const cl_scanned *column,
                       const cl_scanned *frame) {
  cloche_result *to = &r->out->result;
  if (!is_there(line)) return !is_there(source) && !is_there(column) && !is_there(frame);
  return take_word(r, source, &to->error_source) && is_small(line, &to->line) && is_small(column, &to->column) &&
         take_if_there(r, frame, &to->error_frame);
}

static bool read_error(reader *r, const cl_scanned *value) {
  static const char *const phases[] = {"parsing", "executing", "finalizing"};
  cl_scan_field f[] = {
      FIELD("code"),   FIELD("name"),      FIELD("message"), FIELD("phase"), FIELD("unhandled_rejection"),
      FIELD("source"), FIELD("line"),      FIELD("column"),  FIELD("frame"), FIELD("stack"),
      FIELD("data"),   FIELD("guest_code")};
  cloche_result *to = &r->out->result;
  const char *guest_code = NULL;
  TRY(value->type == CL_SCAN_OBJECT && cl_scan_text(value->raw, f, COUNTOF(f), true), "error");
  TRY(read_code(&f[0].value, &to->status), "error.code");
  TRY(take_word(r, &f[1].value, &to->error_name), "error.name");
  TRY(take_word(r, &f[2].value, &to->error_message), "error.message");
  TRY(is_one_of(&f[3].value, phases, COUNTOF(phases)), "error.phase");
  TRY(is_flag(&f[4].value), "error.unhandled_rejection");
  TRY(read_place(r, &f[5].value, &f[6].value, &f[7].value, &f[8].value), "error.line");
  TRY(take_if_there(r, &f[9].value, &to->error_stack), "error.stack");
  TRY(take_if_there(r, &f[11].value, &guest_code), "error.guest_code");
  return true;
}

static bool read_item(reader *r, cl_scan *list) {
  static const char *const types[] = {"log",     "info",     "warn",   "error", "debug",
                                      "display", "progress", "stdout", "stderr"};
  cl_scan_field f[] = {FIELD("type"),    FIELD("mime"),      FIELD("base64"),
                       FIELD("content"), FIELD("timestamp"), FIELD("truncated")};
  cl_text content;
  TRY(cl_scan_object(list, f, COUNTOF(f), true), "output");
  TRY(is_one_of(&f[0].value, types, COUNTOF(types)), "output.type");
  bool display = is_word(&f[0].value, "display");
  TRY(display ? f[1].value.type == CL_SCAN_STRING : !is_there(&f[1].value), "output.mime");
  TRY(is_flag(&f[2].value) && (display || !is_there(&f[2].value)), "output.base64");
  size_t used = r->pool.used;
  TRY(cl_scan_string(&f[3].value, &r->pool, &content), "output.content");
  r->pool.used = used; /* only its length counts */
  TRY(is_count(&f[4].value), "output.timestamp");
  TRY(is_flag(&f[5].value), "output.truncated");
  r->out->outputs++;
  r->out->output_bytes += content.len;
  return true;
}

static bool read_call_error(const cl_scanned *value) {
  cl_scan_field f[] = {FIELD("name"), FIELD("message"), FIELD("code")};
  return value->type == CL_SCAN_OBJECT && cl_scan_text(value->raw, f, COUNTOF(f), true) &&
         f[0].value.type == CL_SCAN_STRING && f[1].value.type == CL_SCAN_STRING && f[2].value.type == CL_SCAN_STRING;
}

static bool read_call(reader *r, cl_scan *list) {
  static const char *const states[] = {"resolved", "rejected", "cancelled", "pending"};
  cl_scan_field f[] = {FIELD("id"),       FIELD("tool"),           FIELD("status"),       FIELD("started_ms"),
                       FIELD("ended_ms"), FIELD("argument_bytes"), FIELD("result_bytes"), FIELD("error")};
  uint64_t id = 0;
  TRY(cl_scan_object(list, f, COUNTOF(f), true), "calls");
  TRY(cl_scan_count(&f[0].value, COUNT_MAX, &id) && id > 0, "calls.id");
  TRY(f[1].value.type == CL_SCAN_STRING, "calls.tool");
  TRY(is_one_of(&f[2].value, states, COUNTOF(states)), "calls.status");
  TRY(is_milliseconds(&f[3].value), "calls.started_ms");
  TRY(!is_there(&f[4].value) || is_milliseconds(&f[4].value), "calls.ended_ms");
  TRY(is_count(&f[5].value) && is_count(&f[6].value), "calls.bytes");
  bool rejected = is_word(&f[2].value, "rejected");
  TRY(rejected ? is_there(&f[4].value) && read_call_error(&f[7].value) : !is_there(&f[7].value), "calls.error");
  r->out->calls++;
  return true;
}

static bool read_list(reader *r, const cl_scanned *value, const char *what, bool (*read)(reader *, cl_scan *)) {
  cl_scan list = cl_scan_of(value->raw);
  bool more;
  TRY(value->type == CL_SCAN_ARRAY && cl_scan_array(&list), what);
  while (cl_scan_item(&list, &more)) {
    if (!more) return true;
    if (!read(r, &list)) return false;
  }
  r->why = what;
  return false;
}

/* How often which limit was met: an object whose names are codes, each once. */
static bool read_hits(const cl_scanned *value) {
  enum { CODES = CLOCHE_FILES_LIMIT + 1 - CLOCHE_WALL_TIME_LIMIT };
  cl_scan_field f[CODES];
  for (size_t i = 0; i < CODES; i++)
    f[i].name = cloche_status_describe((cloche_status)(CLOCHE_WALL_TIME_LIMIT + i)).name;
  if (value->type != CL_SCAN_OBJECT || !cl_scan_text(value->raw, f, CODES, false)) return false;
  for (size_t i = 0; i < CODES; i++) {
    cloche_status code = (cloche_status)(CLOCHE_WALL_TIME_LIMIT + i);
    if (is_there(&f[i].value) && (!is_limit(code) || !is_count(&f[i].value))) return false;
  }
  return true;
}

static bool read_metrics(reader *r, const cl_scanned *value) {
  cl_scan_field f[] = {FIELD("wall_ms"),       FIELD("cpu_ms"),          FIELD("memory_bytes"), FIELD("tool_calls"),
                       FIELD("console_bytes"), FIELD("console_dropped"), FIELD("limits"),       FIELD("compile_ms")};
  TRY(value->type == CL_SCAN_OBJECT && cl_scan_text(value->raw, f, COUNTOF(f), true), "metrics");
  TRY(is_milliseconds(&f[0].value) && is_milliseconds(&f[1].value), "metrics.wall_ms");
  TRY(cl_scan_count(&f[2].value, COUNT_MAX, &r->out->result.memory_bytes), "metrics.memory_bytes");
  TRY(is_count(&f[3].value) && is_count(&f[4].value) && is_count(&f[5].value), "metrics.tool_calls");
  TRY(read_hits(&f[6].value), "metrics.limits");
  TRY(!is_there(&f[7].value) || is_milliseconds(&f[7].value), "metrics.compile_ms");
  return true;
}

/* ---- the whole */

enum { STATUS, VALUE, REPR, EXIT_CODE, ERROR, OUTPUT, CALLS, ROLLED_BACK, REPLAYABLE, METRICS, FIELDS };

/* A value as it stands, a string with its quotes, terminated. */
static bool keep_raw(reader *r, const cl_scanned *value, cl_text *out) {
  cl_scanned whole = *value;
  if (value->type == CL_SCAN_STRING) whole.raw = (cl_text){value->raw.data - 1, value->raw.len + 2};
  whole.escaped = false;
  return cl_scan_keep(&whole, &r->pool, out);
}

static bool read_good(reader *r, const cl_scan_field *f) {
  cloche_result *to = &r->out->result;
  cl_text text;
  TRY(!is_there(&f[ERROR].value), "error");
  if (is_there(&f[VALUE].value)) {
    TRY(keep_raw(r, &f[VALUE].value, &text), "value");
    to->value = text.data;
    to->value_len = text.len;
  }
  TRY(f[REPR].value.type == CL_SCAN_STRING && cl_scan_keep(&f[REPR].value, &r->pool, &text), "repr");
  to->repr = text.data;
  to->repr_len = text.len;
  return true;
}

/* What the status is, and what goes with it. */
static bool read_status(reader *r, const cl_scan_field *f) {
  cloche_result *to = &r->out->result;
  const cl_scanned *status = &f[STATUS].value;
  if (is_word(status, "ok")) {
    to->status = CLOCHE_OK;
    return read_good(r, f);
  }
  TRY(!is_there(&f[VALUE].value) && !is_there(&f[REPR].value), "value");
  if (is_word(status, "suspended")) {
    TRY(!is_there(&f[ERROR].value), "error");
    to->status = CLOCHE_SUSPENDED;
    return true;
  }
  if (!read_error(r, &f[ERROR].value)) return false;
  TRY(is_word(status, word_of(to->status)), "status");
  return true;
}

static bool read_flag(const cl_scanned *value, bool *out) {
  *out = value->type == CL_SCAN_TRUE;
  return *out || value->type == CL_SCAN_FALSE || !is_there(value);
}

static bool read_report(reader *r, cl_text text) {
  cl_scan_field f[FIELDS] = {[STATUS] = FIELD("status"),
                             [VALUE] = FIELD("value"),
                             [REPR] = FIELD("repr"),
                             [EXIT_CODE] = FIELD("exit_code"),
                             [ERROR] = FIELD("error"),
                             [OUTPUT] = FIELD("output"),
                             [CALLS] = FIELD("calls"),
                             [ROLLED_BACK] = FIELD("rolled_back"),
                             [REPLAYABLE] = FIELD("replayable"),
                             [METRICS] = FIELD("metrics")};
  cloche_result *to = &r->out->result;
  TRY(cl_scan_text(text, f, FIELDS, true), "no object with names without escapes, each once");
  if (!read_status(r, f)) return false;
  if (is_there(&f[EXIT_CODE].value)) {
    uint32_t code = 0;
    TRY(is_small(&f[EXIT_CODE].value, &code) && code <= 255, "exit_code");
    to->exit_code = (int)code;
  }
  TRY(read_flag(&f[ROLLED_BACK].value, &to->rolled_back), "rolled_back");
  TRY(read_flag(&f[REPLAYABLE].value, &to->replayable), "replayable");
  return read_list(r, &f[OUTPUT].value, "output", read_item) && read_list(r, &f[CALLS].value, "calls", read_call) &&
         read_metrics(r, &f[METRICS].value);
}

bool cl_report_read(cl_report *out, const char *json, size_t len, const char **why, bool *no_memory) {
  reader r = {.pool = {.room = len}, .why = "no memory", .out = out};
  *out = (cl_report){0};
  bool good = read_report(&r, (cl_text){json, len});
  out->texts = r.pool.data;
  *no_memory = r.pool.no_memory;
  *why = *no_memory ? "no memory" : r.why;
  return good;
}

void cl_report_free(cl_report *report) {
  free(report->texts);
  report->texts = NULL;
}
