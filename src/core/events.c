/* What a run emits: console items, displays, progress. Texts come from the guest; here they are checked, counted and kept until
 * the report. What is over a limit of the console is dropped and marked, what is over that of displays is refused. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"
#include "clock.h"
#include "error.h"
#include "json.h"
#include "limits.h"

enum { MIME_MAX = 127 };

static bool rate_is_exceeded(cloche_cell *cell, uint64_t now_ms) {
  if (cell->limits.console_per_second == 0 || cell->replayed) return false;
  if (now_ms - cell->rate_window_ms >= 1000) {
    cell->rate_window_ms = now_ms;
    cell->rate_count = 0;
  }
  return cell->rate_count++ >= cell->limits.console_per_second;
}

const char *const cl_event_names[CL_EVENT_TYPES] = {"log",     "info",     "warn",   "error", "debug",
                                                    "display", "progress", "stdout", "stderr"};

/* `event` lacks its length and time: the text ends where the buffer does. */
static void add_event(cloche_cell *cell, cl_event event) {
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
  event.len = cell->events_text.len - event.at;
  event.time_ms = cl_cell_time_ms(cell);
  cell->events[cell->event_count++] = event;
}

/* Where output is cut, the reader is told so once, in place. */
static void drop_output(cloche_cell *cell, const char *why) {
  cl_cell_count_limit(cell, CLOCHE_CONSOLE_LIMIT);
  if (cell->console_dropped++ > 0) return;
  size_t at = cell->events_text.len;
  cl_buf_text(&cell->events_text, why);
  add_event(cell, (cl_event){.type = 2, .marker = true, .at = at});
}

/* Makes room for `len` bytes of text more, which may grow when what is not UTF-8 is replaced. */
static void allow(cloche_cell *cell, size_t len) {
  size_t max = cell->events_text.len + len * 3 + 4096;
  cell->events_text.max = CL_MAX(cell->events_text.max, max);
}

/* Whether one more item may be added; else the reader is told why there are no more. */
static bool has_room_for_item(cloche_cell *cell) {
  if (cell->event_count >= cell->limits.console_lines) {
    drop_output(cell, "[output truncated: too many lines]");
    return false;
  }
  if (rate_is_exceeded(cell, cl_clock_now() / CL_MS)) {
    cell->guard.unrepeatable = 1;
    drop_output(cell, "[output truncated: too many lines a second]");
    return false;
  }
  return true;
}

static void add_output(cloche_cell *cell, uint8_t type, const char *text, size_t len) {
  if (!has_room_for_item(cell)) return;
  size_t at = cell->events_text.len, limit = (size_t)cell->limits.console_bytes;
  size_t room = cell->console_total < limit ? limit - cell->console_total : 0;
  size_t fits = CL_MIN(len, room);
  while (fits > 0 && fits < len && ((unsigned char)text[fits] & 0xC0) == 0x80) fits--;
  if (room > 0 || len == 0) {
    allow(cell, fits);
    cl_utf8_text(&cell->events_text, text, fits);
    cell->console_total += cell->events_text.len - at;
    add_event(cell, (cl_event){.type = type, .at = at});
  }
  if (fits < len) drop_output(cell, "[output truncated: too many bytes]");
}

void cl_cell_log(cloche_cell *cell, unsigned level, const char *text, size_t len) {
  add_output(cell, (uint8_t)(level >= CL_EVENT_DISPLAY ? 0 : level), text, len);
}

void cl_cell_write(cloche_cell *cell, bool to_stderr, const char *text, size_t len) {
  add_output(cell, to_stderr ? CL_EVENT_STDERR : CL_EVENT_STDOUT, text, len);
}

/* The length of the "type/subtype" that a media type begins with, of the characters that RFC 6838 allows; 0: it is none.
 * Parameters behind it are plain ASCII. */
static size_t media_type_length(const char *mime, size_t len) {
  size_t slash = 0, type = 0;
  while (type < len && mime[type] != ';') {
    char c = mime[type];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '/' && slash == 0 && type > 0) slash = type;
    else if (!letter && (c == 0 || !strchr("!#$&-^_.+", c))) return 0;
    type++;
  }
  for (size_t i = type; i < len; i++)
    if (mime[i] < 0x20 || mime[i] > 0x7E || strchr("\"<>", mime[i])) return 0;
  return len <= MIME_MAX && slash > 0 && slash + 1 < type ? type : 0;
}

static bool is_json_type(const char *mime, size_t type) {
  return type >= 5 && strncasecmp(mime + type - 4, "json", 4) == 0 && (mime[type - 5] == '/' || mime[type - 5] == '+');
}

cloche_status cl_cell_display(cloche_cell *cell, const char *mime, size_t mime_len, const char *text, size_t len,
                              bool base64) {
  size_t type = media_type_length(mime, mime_len);
  if (type == 0) return CLOCHE_INVALID_ARGUMENT;
  if (len > cell->limits.display_bytes || cell->display_total > cell->limits.display_bytes - len)
    return CLOCHE_DISPLAY_LIMIT;
  if (is_json_type(mime, type) && !cl_json_check(text, len)) return CLOCHE_INVALID_ARGUMENT;
  if (!has_room_for_item(cell)) return CLOCHE_OK;
  allow(cell, len + mime_len);
  cl_buf_add(&cell->events_text, mime, mime_len);
  cl_buf_add(&cell->events_text, "", 1);
  size_t at = cell->events_text.len;
  cl_utf8_text(&cell->events_text, text, len);
  if (cell->events_text.failed) { /* the type may be missing before the text */
    cell->no_memory = true;
    return CLOCHE_OK;
  }
  cell->display_total += len;
  add_event(cell, (cl_event){.type = CL_EVENT_DISPLAY, .base64 = base64, .mime_len = mime_len, .at = at});
  return CLOCHE_OK;
}

void cl_cell_progress(cloche_cell *cell, const char *json, size_t len) {
  size_t room = (size_t)cell->limits.console_bytes - CL_MIN(cell->console_total, (size_t)cell->limits.console_bytes);
  if (!has_room_for_item(cell)) return;
  if (len > room) {
    drop_output(cell, "[output truncated: too many bytes]");
    return;
  }
  size_t at = cell->events_text.len;
  allow(cell, len);
  cl_buf_add(&cell->events_text, json, len);
  cell->console_total += len;
  add_event(cell, (cl_event){.type = CL_EVENT_PROGRESS, .at = at});
}

bool cl_event_is_sound(const cl_event *event, const char *text, size_t len) {
  if (event->at > len || event->len > len - event->at) return false;
  const char *at = text ? text + event->at : "";
  for (size_t i = 0; i < event->len;) {
    size_t n = cl_utf8_length((const unsigned char *)at + i, event->len - i);
    if (n == 0) return false;
    i += n;
  }
  if (event->type == CL_EVENT_PROGRESS) return event->mime_len == 0 && cl_json_check(at, event->len);
  if (event->type != CL_EVENT_DISPLAY) return event->mime_len == 0;
  if (event->mime_len > MIME_MAX || event->at < event->mime_len + 1 || at[-1] != 0) return false;
  const char *mime = at - event->mime_len - 1;
  size_t type = media_type_length(mime, event->mime_len);
  return type > 0 && (!is_json_type(mime, type) || cl_json_check(at, event->len));
}

bool cloche_cell_next_event(cloche_cell *cell, cloche_event *out) {
  CL_REMOTE(cell, next_event(cell, out));
  if (cell->events_read >= cell->event_count) return false;
  const cl_event *event = &cell->events[cell->events_read++];
  const char *text = cell->events_text.data + event->at;
  *out = (cloche_event){.type = cl_event_names[event->type],
                        .mime = event->mime_len ? text - event->mime_len - 1 : NULL,
                        .base64 = event->base64,
                        .text = text,
                        .text_len = event->len,
                        .time_ms = event->time_ms};
  return true;
}
