/* Writes events as JSON lines; events.h. */
#include "events.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes the object as a line and lets go of it. NULL, when there was no memory for it: nothing is written. */
static void write_line(cli_out *out, json_t *object) {
  char *text = json_dumps(object, JSON_COMPACT);
  if (text) {
    cli_out_add(out, STDOUT_FILENO, text, strlen(text));
    cli_out_add(out, STDOUT_FILENO, "\n", 1);
  }
  free(text);
  json_decref(object);
}

static void write_event(cli_out *out, const cloche_event *event) {
  json_t *object = json_pack("{s:s}", "type", event->type);
  if (strcmp(event->type, "progress") == 0) {
    json_t *progress = json_loadb(event->text, event->text_len, JSON_ALLOW_NUL, NULL);
    json_object_update(object, progress);
    json_decref(progress);
  } else {
    if (event->mime) json_object_set_new(object, "mime", json_string(event->mime));
    json_object_set_new(object, "content", json_stringn(event->text, event->text_len));
    if (event->base64) json_object_set_new(object, "base64", json_true());
  }
  json_object_set_new(object, "timestamp", json_integer((json_int_t)event->time_ms));
  write_line(out, object);
}

void cli_events_write(cli_out *out, cloche_cell *cell) {
  for (cloche_event event; cloche_cell_next_event(cell, &event);) write_event(out, &event);
}

void cli_events_call(cli_out *out, const cloche_call *call) {
  write_line(out, json_pack("{s:s, s:I, s:s}", "type", "call", "id", (json_int_t)call->id, "tool", call->tool));
}

void cli_events_call_end(cli_out *out, uint64_t id, const char *status) {
  write_line(out, json_pack("{s:s, s:I, s:s}", "type", "call_end", "id", (json_int_t)id, "status", status));
}

void cli_events_report(cli_out *out, const char *report, size_t len) {
  static const char before[] = "{\"type\":\"report\",\"report\":";
  cli_out_add(out, STDOUT_FILENO, before, sizeof before - 1);
  cli_out_add(out, STDOUT_FILENO, report, len);
  cli_out_add(out, STDOUT_FILENO, "}\n", 2);
}
