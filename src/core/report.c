/* The report of a run as JSON text (docs/report.schema.json). Every text from the guest goes through cl_json_string, or
 * has passed cl_json_check; codes, names of limits, ids and numbers are the host's own. */
#include <stdio.h>
#include <string.h>

#include "cell.h"
#include "error.h"
#include "json.h"
#include "limits.h"
#include "status.h"

static void add_string(cl_buf *out, const char *text) { cl_json_string(out, text, strlen(text)); }

static void add_ms(cl_buf *out, uint64_t ns) {
  cl_buf_format(out, "%llu.%03llu", (unsigned long long)(ns / CL_MS), (unsigned long long)(ns % CL_MS / 1000));
}

static const char *status_word(cloche_status status) {
  switch (status) {
    case CLOCHE_OK: return "ok";
    case CLOCHE_WALL_TIME_LIMIT: return "timeout";
    case CLOCHE_CANCELLED: return "cancelled";
    case CLOCHE_SUSPENDED: return "suspended";
    default: return cl_status_is_limit(status) ? "limit" : "error";
  }
}

static const char *phase_word(const cloche_cell *cell) {
  if (cell->status == CLOCHE_SYNTAX_ERROR || cell->status == CLOCHE_SOURCE_LIMIT) return "parsing";
  return cell->status == CLOCHE_VALUE_LIMIT ? "finalizing" : "executing";
}

static void add_error(cl_buf *out, const cloche_cell *cell) {
  const cl_guest_error *e = &cell->error;
  cl_buf_text(out, ",\"error\":{\"code\":");
  add_string(out, cloche_status_describe(cell->status).name);
  cl_buf_text(out, ",\"name\":");
  add_string(out, e->name ? e->name : "Error");
  cl_buf_text(out, ",\"message\":");
  add_string(out, e->message ? e->message : "");
  cl_buf_format(out, ",\"phase\":\"%s\"", phase_word(cell));
  if (cell->unhandled) cl_buf_text(out, ",\"unhandled_rejection\":true");
  if (cell->error_source) {
    cl_buf_text(out, ",\"source\":");
    add_string(out, cell->error_source->name);
    cl_buf_format(out, ",\"line\":%u,\"column\":%u", cell->line, cell->column);
  }
  if (cell->frame.len > 0) {
    cl_buf_text(out, ",\"frame\":");
    cl_json_string(out, cell->frame.data, cell->frame.len);
  }
  if (e->stack && e->stack[0]) {
    cl_buf_text(out, ",\"stack\":");
    add_string(out, e->stack);
  }
  if (e->code) {
    cl_buf_text(out, ",\"guest_code\":");
    add_string(out, e->code);
  }
  if (e->data && e->data[0]) {
    cl_buf_text(out, ",\"data\":");
    cl_buf_text(out, e->data);
  }
  cl_buf_text(out, "}");
}

static void add_output(cl_buf *out, const cloche_cell *cell) {
  cl_buf_text(out, ",\"output\":[");
  for (size_t i = 0; i < cell->event_count; i++) {
    const cl_event *event = &cell->events[i];
    const char *text = cell->events_text.data ? cell->events_text.data + event->at : "";
    cl_buf_format(out, "%s{\"type\":\"%s\"", i ? "," : "", cl_event_names[event->type]);
    if (event->mime_len) {
      cl_buf_text(out, ",\"mime\":");
      cl_json_string(out, text - event->mime_len - 1, event->mime_len);
    }
    if (event->base64) cl_buf_text(out, ",\"base64\":true");
    cl_buf_text(out, ",\"content\":");
    cl_json_string(out, text, event->len);
    cl_buf_format(out, ",\"timestamp\":%llu%s}", (unsigned long long)event->time_ms,
                  event->marker ? ",\"truncated\":true" : "");
  }
  cl_buf_text(out, "]");
}

static const char *call_word(const cloche_cell *cell, const cl_call *call) {
  if (call->state < CL_CALL_ANSWERED) return cell->state == CLOCHE_WAITING ? "pending" : "cancelled";
  return call->rejected ? "rejected" : "resolved";
}

static void add_calls(cl_buf *out, const cloche_cell *cell) {
  cl_buf_text(out, ",\"calls\":[");
  for (size_t i = 0; i < cell->call_count; i++) {
    const cl_call *call = &cell->calls[i];
    cl_buf_format(out, "%s{\"id\":%llu,\"tool\":", i ? "," : "", (unsigned long long)call->id);
    add_string(out, cell->tools[call->tool].name);
    cl_buf_format(out, ",\"status\":\"%s\",\"started_ms\":", call_word(cell, call));
    add_ms(out, call->started_ns - cell->calls_base_ns);
    if (call->state >= CL_CALL_ANSWERED) {
      cl_buf_text(out, ",\"ended_ms\":");
      add_ms(out, call->ended_ns - cell->calls_base_ns);
    }
    cl_buf_format(out, ",\"argument_bytes\":%zu,\"result_bytes\":%zu", call->argument_len, call->answer_len);
    if (call->rejected && call->state >= CL_CALL_ANSWERED) {
      cl_buf_text(out, ",\"error\":{\"name\":");
      add_string(out, call->name ? call->name : "Error");
      cl_buf_text(out, ",\"message\":");
      add_string(out, call->message ? call->message : "");
      cl_buf_text(out, ",\"code\":");
      add_string(out, call->code ? call->code : "tool_error");
      cl_buf_text(out, "}");
    }
    cl_buf_text(out, "}");
  }
  cl_buf_text(out, "]");
}

static void add_metrics(cl_buf *out, const cloche_cell *cell) {
  cl_buf_text(out, ",\"metrics\":{\"wall_ms\":");
  add_ms(out, cell->wall_ns);
  cl_buf_text(out, ",\"cpu_ms\":");
  add_ms(out, cell->cpu_ns);
  if (cell->compile_ns) {
    cl_buf_text(out, ",\"compile_ms\":");
    add_ms(out, cell->compile_ns);
  }
  cl_buf_format(out, ",\"memory_bytes\":%zu,\"tool_calls\":%zu", cell->peak_bytes, cell->call_count);
  cl_buf_format(out, ",\"console_bytes\":%zu,\"console_dropped\":%llu", cell->console_total,
                (unsigned long long)cell->console_dropped);
  cl_buf_text(out, ",\"limits\":{");
  bool first = true;
  for (int s = CLOCHE_WALL_TIME_LIMIT; s <= CLOCHE_FILES_LIMIT; s++) {
    if (!cell->limit_hits[s] || !cl_status_is_limit((cloche_status)s)) continue;
    cl_buf_format(out, "%s\"%s\":%llu", first ? "" : ",", cloche_status_describe((cloche_status)s).name,
                  (unsigned long long)cell->limit_hits[s]);
    first = false;
  }
  cl_buf_text(out, "}}");
}

bool cl_report_build(cloche_cell *cell) {
  cl_buf *out = &cell->report;
  cloche_status status = cell->state == CLOCHE_WAITING ? CLOCHE_SUSPENDED : cell->status;
  cl_buf_format(out, "{\"status\":\"%s\"", status_word(status));
  if (status == CLOCHE_OK) {
    if (cell->has_value) {
      cl_buf_text(out, ",\"value\":");
      cl_buf_add(out, cell->value.data, cell->value.len);
    }
    cl_buf_text(out, ",\"repr\":");
    cl_json_string(out, cell->repr.data ? cell->repr.data : "", cell->repr.len);
  } else if (status != CLOCHE_SUSPENDED) {
    add_error(out, cell);
  }
  if (cell->exit_code) cl_buf_format(out, ",\"exit_code\":%d", cell->exit_code);
  add_output(out, cell);
  add_calls(out, cell);
  if (cell->session) cl_buf_format(out, ",\"rolled_back\":%s", cell->rolled_back ? "true" : "false");
  if (cell->seeded && cell->virtual_clock)
    cl_buf_format(out, ",\"replayable\":%s", cl_cell_is_replayable(cell) ? "true" : "false");
  add_metrics(out, cell);
  cl_buf_text(out, "}");
  return !out->failed;
}
