/* Words for people. What comes from the guest goes out by cli_out_add_guest; show.h says what is shown. */
#include "show.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "limit_text.h"
#include "table.h"

enum { STACK_LINES = 12, TRACEBACK_LINES = 40 };

#define RED "\x1b[31m"
#define BOLD_RED "\x1b[1;31m"
#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

static void add(cli_out *out, int fd, const char *text) { cli_out_add(out, fd, text, strlen(text)); }

static void add_guest(cli_out *out, int fd, const char *text) { cli_out_add_guest(out, fd, text, strlen(text)); }

static void add_style(cli_out *out, int fd, const char *style) {
  if (out->colours[fd]) add(out, fd, style);
}

/* ---- events */

static bool is_readable(const char *mime) {
  return strcmp(mime, "text/plain") == 0 || strcmp(mime, "text/markdown") == 0 || strcmp(mime, "text/csv") == 0 ||
         strcmp(mime, "application/json") == 0;
}

static size_t base64_bytes(const char *text, size_t len) {
  size_t padding = 0;
  while (padding < 2 && padding < len && text[len - 1 - padding] == '=') padding++;
  return (len - padding) * 3 / 4;
}

static void show_display(cli_out *out, const cloche_event *event) {
  const int fd = STDOUT_FILENO;
  if (!event->base64 && (!event->mime || is_readable(event->mime))) {
    cli_out_add_guest(out, fd, event->text, event->text_len);
    add(out, fd, event->text_len && event->text[event->text_len - 1] == '\n' ? "" : "\n");
    return;
  }
  if (event->mime && strcmp(event->mime, CLI_TABLE_TYPE) == 0 && cli_table_show(out, fd, event->text, event->text_len))
    return;
  char size[40];
  snprintf(size, sizeof size, ", %zu bytes]\n",
           event->base64 ? base64_bytes(event->text, event->text_len) : event->text_len);
  add(out, fd, "[");
  add_guest(out, fd, event->mime ? event->mime : "application/octet-stream");
  add(out, fd, size);
}

static void show_line(cli_out *out, const cloche_event *event) {
  bool problem = strcmp(event->type, "warn") == 0 || strcmp(event->type, "error") == 0;
  int fd = problem ? STDERR_FILENO : STDOUT_FILENO;
  cli_out_add_guest(out, fd, event->text, event->text_len);
  add(out, fd, "\n");
}

/* Text as the guest wrote it, with the line ends that it wrote. */
static void show_text(cli_out *out, const cloche_event *event) {
  int fd = strcmp(event->type, "stderr") == 0 ? STDERR_FILENO : STDOUT_FILENO;
  cli_out_add_guest(out, fd, event->text, event->text_len);
}

void cli_show_events(cli_out *out, cli_progress *progress, cloche_cell *cell) {
  for (cloche_event event; cloche_cell_next_event(cell, &event);) {
    cli_progress_erase(progress, out);
    if (strcmp(event.type, "progress") == 0) cli_progress_set(progress, &event);
    else if (strcmp(event.type, "display") == 0) show_display(out, &event);
    else if (strncmp(event.type, "std", 3) == 0) show_text(out, &event);
    else show_line(out, &event);
  }
  cli_progress_draw(progress, out);
}

/* ---- the error */

/* The frame's lines: that of the error begins with ">", the one with the caret has no number. */
static void show_frame(cli_out *out, const char *frame) {
  const int fd = STDERR_FILENO;
  while (*frame) {
    size_t len = strcspn(frame, "\n"), lead = strspn(frame, " ");
    len += frame[len] == '\n';
    add_style(out, fd, frame[0] == '>' ? BOLD : frame[lead] == '|' ? RED : DIM);
    cli_out_add_guest(out, fd, frame, frame[len - 1] == '\n' ? len - 1 : len);
    add_style(out, fd, PLAIN);
    add(out, fd, "\n");
    frame += len;
  }
}

/* One frame says no more than the position does. */
static const char *last_lines(const char *stack) {
  const char *from = stack + strlen(stack);
  for (int lines = 0; from > stack; from--)
    if (from[-1] == '\n' && lines++ == TRACEBACK_LINES) break;
  return from;
}

/* What matters stands at the top of JavaScript's stacks, and at the end of Python's. */
static void show_stack(cli_out *out, const char *stack) {
  const int fd = STDERR_FILENO;
  bool python = strstr(stack, "Traceback (most recent call last)") != NULL;
  const char *second = strchr(stack, '\n'), *start = python ? last_lines(stack) : stack, *end = second;
  if (!second || !second[1]) return;
  add_style(out, fd, DIM);
  if (start > stack) add(out, fd, "    ...\n");
  if (python) end = start + strlen(start) - (start[strlen(start) - 1] == '\n');
  else
    for (int i = 1; i < STACK_LINES && end[0] && end[1]; i++) end += 1 + strcspn(end + 1, "\n");
  cli_out_add_guest(out, fd, start, (size_t)(end - start));
  add(out, fd, end[0] && end[1] ? "\n    ...\n" : "\n");
  add_style(out, fd, PLAIN);
}

static void show_error(cli_out *out, const cloche_result *result, const char *path) {
  const int fd = STDERR_FILENO;
  add_style(out, fd, BOLD_RED);
  add(out, fd, "error: ");
  add_style(out, fd, PLAIN);
  add_guest(out, fd, result->error_name && result->error_name[0] ? result->error_name : "Error");
  if (result->error_message && result->error_message[0]) {
    add(out, fd, ": ");
    add_guest(out, fd, result->error_message);
  }
  add_style(out, fd, PLAIN); /* whatever the message has switched on */
  if (result->line) {
    char position[64];
    snprintf(position, sizeof position, ":%" PRIu32 ":%" PRIu32, result->line, result->column);
    add(out, fd, " at ");
    add_guest(out, fd, path);
    add(out, fd, position);
  }
  add(out, fd, "\n");
  if (result->error_frame) show_frame(out, result->error_frame);
  if (result->error_stack) show_stack(out, result->error_stack);
  bool fixed = result->status == CLOCHE_STACK_LIMIT && strcmp(result->error_name, "RecursionError") == 0;
  if (!fixed) cli_limit_hint(out, result->status); /* Python's stack has one size */
}

/* ---- the value */

/* As console.log shows it; false when the report cannot be read. */
static bool show_repr(cli_out *out, cloche_cell *cell) {
  const char *report;
  size_t len;
  if (cloche_cell_report(cell, &report, &len, NULL) != CLOCHE_OK) return false;
  json_t *root = json_loadb(report, len, JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  const json_t *repr = json_object_get(root, "repr");
  if (repr) cli_out_add_guest(out, STDOUT_FILENO, json_string_value(repr), json_string_length(repr));
  json_decref(root);
  return repr != NULL;
}

void cli_show_hint(cli_out *out, const char *text) {
  add(out, STDERR_FILENO, "hint: ");
  add(out, STDERR_FILENO, text);
  add(out, STDERR_FILENO, "\n");
}

void cli_show_result(cli_out *out, cloche_cell *cell, const cloche_result *result, const char *path) {
  if (result->status != CLOCHE_OK) {
    show_error(out, result, path);
    return;
  }
  if (!result->value) return;
  if (!out->terminal[STDOUT_FILENO] || !show_repr(out, cell))
    cli_out_add_guest(out, STDOUT_FILENO, result->value, result->value_len);
  add(out, STDOUT_FILENO, "\n");
}
