/* Writes messages; messages.h. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "messages.h"

static void put(const cl_sink *sink, const char *text) { sink->put(sink->user, text, strlen(text)); }

static void put_text(const cl_sink *sink, cl_text text) {
  if (text.len) sink->put(sink->user, text.data, text.len);
}

void cl_put_number(const cl_sink *sink, uint64_t number) {
  char text[20];
  size_t at = sizeof text;
  do text[--at] = (char)('0' + number % 10);
  while (number /= 10);
  sink->put(sink->user, text + at, sizeof text - at);
}

/* ---- strings */

/* The length of the UTF-8 sequence at `p` (RFC 3629), 0 when there is none. */
static size_t utf8_length(const unsigned char *p, size_t len) {
  if (p[0] < 0x80) return 1;
  size_t need = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
  if (need == 0 || len < need) return 0;
  for (size_t i = 1; i < need; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
  bool beyond = (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F);
  return overlong || beyond ? 0 : need;
}

/* What stands for the character in a JSON string; NULL: itself. Separators that end lines of JavaScript are escaped, for
 * readers that cut their input at them. */
static const char *escape_of(const unsigned char *p, size_t len, char small[8]) {
  if (len == 0) return "\xEF\xBF\xBD";
  if (len == 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] & 0xFE) == 0xA8) return p[2] == 0xA8 ? "\\u2028" : "\\u2029";
  if (len > 1 || (p[0] >= 0x20 && p[0] != '"' && p[0] != '\\' && p[0] != 0x7F)) return NULL;
  switch (p[0]) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: snprintf(small, 8, "\\u%04x", (unsigned)p[0]); return small;
  }
}

void cl_put_string_part(const cl_sink *sink, cl_text text) {
  const unsigned char *p = (const unsigned char *)text.data;
  size_t plain = 0; /* text[plain..at] may go out as it is */
  char small[8];
  if (text.len == 0) return; /* it may have no data at all */
  for (size_t at = 0; at < text.len;) {
    size_t len = utf8_length(p + at, text.len - at);
    const char *escape = escape_of(p + at, len, small);
    if (escape) {
      put_text(sink, (cl_text){text.data + plain, at - plain});
      put(sink, escape);
      plain = at + (len ? len : 1);
    }
    at += len ? len : 1;
  }
  put_text(sink, (cl_text){text.data + plain, text.len - plain});
}

void cl_put_string(const cl_sink *sink, cl_text text) {
  put(sink, "\"");
  cl_put_string_part(sink, text);
  put(sink, "\"");
}

/* ---- messages */

/* JSON as a stranger has written it: between its tokens may be ends of lines, and behind one of those would stand a message of
 * his own making. In strings there are none. */
static void put_json(const cl_sink *sink, cl_text json) {
  size_t plain = 0;
  for (size_t at = 0; at < json.len; at++) {
    if (json.data[at] != '\n' && json.data[at] != '\r') continue;
    put_text(sink, (cl_text){json.data + plain, at - plain});
    put(sink, " ");
    plain = at + 1;
  }
  if (json.len) put_text(sink, (cl_text){json.data + plain, json.len - plain});
}

static void put_member(const cl_sink *sink, const char *before, cl_text text) {
  put(sink, before);
  cl_put_string(sink, text);
}

void cl_message_event(const cl_sink *sink, cl_text run, const cloche_event *event) {
  put_member(sink, "{\"type\":\"event\",\"run\":", run);
  put(sink, ",\"event\":{\"type\":\"");
  put(sink, event->type);
  put(sink, "\"");
  if (event->mime) put_member(sink, ",\"mime\":", cl_text_of(event->mime));
  if (event->base64) put(sink, ",\"base64\":true");
  put_member(sink, ",\"content\":", (cl_text){event->text, event->text_len});
  put(sink, ",\"timestamp\":");
  cl_put_number(sink, event->time_ms);
  put(sink, "}}\n");
}

void cl_message_call(const cl_sink *sink, cl_text run, cl_text call_id, const cloche_call *call) {
  put_member(sink, "{\"type\":\"call\",\"id\":", call_id);
  put_member(sink, ",\"run\":", run);
  put_member(sink, ",\"tool\":", cl_text_of(call->tool));
  if (call->argument_len) put(sink, ",\"argument\":");
  put_json(sink, (cl_text){call->argument, call->argument_len});
  put(sink, "}\n");
}

void cl_message_waiting(const cl_sink *sink, cl_text run) {
  put_member(sink, "{\"type\":\"waiting\",\"run\":", run);
  put(sink, "}\n");
}

void cl_message_cancel(const cl_sink *sink, cl_text call_id) {
  put_member(sink, "{\"type\":\"cancel\",\"call\":", call_id);
  put(sink, "}\n");
}

void cl_message_report(const cl_sink *sink, cl_text id, cl_text report) {
  put_member(sink, "{\"type\":\"report\",\"id\":", id);
  put(sink, ",\"report\":");
  put_json(sink, report);
  put(sink, "}\n");
}

static void put_kept(const cl_sink *sink, cl_kept kept) {
  if (kept == CL_KEPT_CHANGES) put(sink, ",\"state\":\"changes\"");
  if (kept == CL_KEPT_SNAPSHOT) put(sink, ",\"state\":\"snapshot\"");
}

static void put_number_member(const cl_sink *sink, const char *before, uint64_t number) {
  put(sink, before);
  cl_put_number(sink, number);
}

void cl_message_report_of(const cl_sink *sink, cl_text id, cl_text report, const cloche_result *result, cl_kept kept) {
  put_member(sink, "{\"type\":\"report\",\"id\":", id);
  put_kept(sink, kept);
  if (result) {
    put_number_member(sink, ",\"result\":{\"polls\":", result->polls);
    put_number_member(sink, ",\"wall_ns\":", result->wall_ns);
    put_number_member(sink, ",\"cpu_ns\":", result->cpu_ns);
    if (result->replayable) put(sink, ",\"replayable\":true");
    if (result->exited) put(sink, ",\"exited\":true");
    put(sink, "}");
  }
  put(sink, ",\"report\":");
  put_text(sink, report);
  put(sink, "}\n");
}

void cl_message_done_kept(const cl_sink *sink, cl_text id, cl_kept kept) {
  put_member(sink, "{\"type\":\"done\",\"id\":", id);
  put_kept(sink, kept);
  put(sink, "}\n");
}

void cl_message_done_stats(const cl_sink *sink, cl_text id, const cloche_cell_stats *stats) {
  put_member(sink, "{\"type\":\"done\",\"id\":", id);
  put_number_member(sink, ",\"stats\":{\"memory_bytes\":", stats->memory_bytes);
  put_number_member(sink, ",\"private_bytes\":", stats->private_bytes);
  put_number_member(sink, ",\"dirty_pages\":", stats->dirty_pages);
  put_number_member(sink, ",\"hot_pages\":", stats->hot_pages);
  put_number_member(sink, ",\"runs\":", stats->runs);
  put_number_member(sink, ",\"native_stack_bytes\":", stats->native_stack_bytes);
  put(sink, "}}\n");
}

void cl_message_done(const cl_sink *sink, cl_text id) {
  put_member(sink, "{\"type\":\"done\",\"id\":", id);
  put(sink, "}\n");
}

void cl_message_done_count(const cl_sink *sink, cl_text id, const char *name, uint64_t count) {
  put_member(sink, "{\"type\":\"done\",\"id\":", id);
  put(sink, ",\"");
  put(sink, name);
  put(sink, "\":");
  cl_put_number(sink, count);
  put(sink, "}\n");
}

void cl_message_done_snapshot(const cl_sink *sink, cl_text id, const uint8_t *bytes, size_t len) {
  put_member(sink, "{\"type\":\"done\",\"id\":", id);
  put(sink, ",\"snapshot\":\"");
  cl_put_base64(sink, bytes, len);
  put(sink, "\"}\n");
}

void cl_message_error(const cl_sink *sink, cl_text id, cloche_status status, const char *message) {
  put_member(sink, "{\"type\":\"error\",\"id\":", id);
  put(sink, ",\"error\":{\"code\":\"");
  put(sink, cloche_status_describe(status).name);
  put_member(sink, "\",\"message\":", cl_text_of(message));
  put(sink, "}}\n");
}

void cl_put_base64(const cl_sink *sink, const uint8_t *bytes, size_t len) {
  enum { PIECE = 3 * 1024 };
  char text[PIECE / 3 * 4 + 1];
  for (size_t at = 0; at < len; at += PIECE) {
    size_t piece = len - at < PIECE ? len - at : PIECE;
    sodium_bin2base64(text, sizeof text, bytes + at, piece, sodium_base64_VARIANT_ORIGINAL);
    put(sink, text);
  }
}
