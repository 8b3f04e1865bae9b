/* Draws the line of progress.h. What it says is the guest's. */
#include "progress.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "utf8.h"

/* A number from 0 to 1 is a share of the whole. */
static void write_value(const json_t *value, char *text, size_t len) {
  text[0] = 0;
  double number = json_number_value(value);
  if (json_is_string(value)) snprintf(text, len, "%s", json_string_value(value));
  else if (json_is_number(value) && number >= 0 && number <= 1) snprintf(text, len, "%.0f%%", number * 100);
  else if (json_is_number(value)) snprintf(text, len, "%.15g", number);
}

void cli_progress_set(cli_progress *progress, const cloche_event *event) {
  json_t *root = json_loadb(event->text, event->text_len, JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  const char *message = json_string_value(json_object_get(root, "message"));
  char value[160];
  write_value(json_object_get(root, "value"), value, sizeof value);
  int len = snprintf(progress->line, sizeof progress->line, "%s%s%s", value, value[0] && message ? " " : "",
                     message ? message : "");
  if (len >= (int)sizeof progress->line) len = (int)sizeof progress->line - 1;
  progress->line[len > 0 ? cli_utf8_valid(progress->line, (size_t)len) : 0] = 0; /* the buffer may have cut a letter */
  for (char *c = progress->line; *c; c++)
    if (*c == '\n' || *c == '\t' || *c == '\x1b') *c = ' ';
  json_decref(root);
}

/* How many bytes fit in one line, if every letter beyond Latin takes two columns. */
static size_t fitting(const char *text, size_t columns) {
  size_t at = 0, len = strlen(text);
  while (at < len) {
    size_t n = cli_utf8_length(text + at, len - at), width = n > 2 ? 2 : 1;
    if (width > columns) break;
    columns -= width;
    at += n ? n : 1;
  }
  return at;
}

void cli_progress_draw(cli_progress *progress, cli_out *out) {
  struct winsize size = {0};
  if (progress->drawn || !progress->line[0] || !out->smart[STDERR_FILENO]) return;
  size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
  cli_out_add_guest(out, STDERR_FILENO, progress->line, fitting(progress->line, columns));
  progress->drawn = true;
}

void cli_progress_erase(cli_progress *progress, cli_out *out) {
  static const char erase[] = "\r\x1b[K";
  if (!progress->drawn) return;
  cli_out_add(out, STDERR_FILENO, erase, sizeof erase - 1);
  progress->drawn = false;
}
