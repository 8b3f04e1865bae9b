/* Words for people. What comes from the guest goes out by cli_out_add_guest; show.h says what is shown. */
#include "show.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

static void add(cli_out *out, int fd, const char *text) { cli_out_add(out, fd, text, strlen(text)); }

static void add_guest(cli_out *out, int fd, const char *text) { cli_out_add_guest(out, fd, text, strlen(text)); }

void cli_show_events(cli_out *out, cloche_cell *cell) {
  for (cloche_event event; cloche_cell_next_event(cell, &event);) {
    bool problem = strcmp(event.type, "warn") == 0 || strcmp(event.type, "error") == 0;
    int fd = problem ? STDERR_FILENO : STDOUT_FILENO;
    cli_out_add_guest(out, fd, event.text, event.text_len);
    add(out, fd, "\n");
  }
}

/* ---- limits */

typedef struct {
  const char *unit, *suffix;
  uint64_t factor;
} scale;

static const scale scales[] = {
    {"time", "m", 60000000000},
    {"time", "s", 1000000000},
    {"time", "ms", 1000000},
    {"time", "us", 1000},
    {"time", "ns", 1},
    {"bytes", "GiB", UINT64_C(1) << 30},
    {"bytes", "MiB", UINT64_C(1) << 20},
    {"bytes", "KiB", UINT64_C(1) << 10},
};

void cli_show_limit(const cloche_limit_info *limit, char *text, size_t len) {
  for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
    const scale *s = &scales[i];
    if (strcmp(s->unit, limit->unit) != 0 || limit->value == 0 || limit->value % s->factor != 0) continue;
    snprintf(text, len, "%" PRIu64 "%s", limit->value / s->factor, s->suffix);
    return;
  }
  snprintf(text, len, "%" PRIu64, limit->value);
}

/* A run that hit a limit: which flag would have let it go on. Several limits may share one code. */
static void show_limit_hint(cli_out *out, cloche_status status) {
  cloche_limits limits;
  cloche_limit_info info;
  const char *between = "hint: more is allowed by --limit ";
  if (cloche_limits_profile(&limits, NULL, NULL) != CLOCHE_OK) return;
  for (size_t i = 0; cloche_limits_describe(&limits, i, &info); i++) {
    if (info.status != status) continue;
    add(out, STDERR_FILENO, between);
    add(out, STDERR_FILENO, info.name);
    add(out, STDERR_FILENO, "=...");
    between = " or ";
  }
  if (between[0] == ' ') add(out, STDERR_FILENO, "\n");
}

/* ---- the end of a run */

static void show_frame(cli_out *out, cloche_cell *cell) {
  const char *report;
  size_t len;
  if (cloche_cell_report(cell, &report, &len, NULL) != CLOCHE_OK) return;
  json_t *root = json_loadb(report, len, JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  const json_t *frame = json_object_get(json_object_get(root, "error"), "frame");
  if (frame) cli_out_add_guest(out, STDERR_FILENO, json_string_value(frame), json_string_length(frame));
  json_decref(root);
}

static void show_error(cli_out *out, cloche_cell *cell, const cloche_result *result, const char *path) {
  const int fd = STDERR_FILENO;
  add(out, fd, "error: ");
  add_guest(out, fd, result->error_name && result->error_name[0] ? result->error_name : "Error");
  if (result->error_message && result->error_message[0]) {
    add(out, fd, ": ");
    add_guest(out, fd, result->error_message);
  }
  if (result->line) {
    char position[64];
    snprintf(position, sizeof position, ":%" PRIu32 ":%" PRIu32, result->line, result->column);
    add(out, fd, " at ");
    add(out, fd, path);
    add(out, fd, position);
  }
  add(out, fd, "\n");
  if (result->line) show_frame(out, cell);
  show_limit_hint(out, result->status);
}

void cli_show_result(cli_out *out, cloche_cell *cell, const cloche_result *result, const char *path) {
  if (result->status != CLOCHE_OK) {
    show_error(out, cell, result, path);
    return;
  }
  if (!result->value) return;
  cli_out_add_guest(out, STDOUT_FILENO, result->value, result->value_len);
  add(out, STDOUT_FILENO, "\n");
}
