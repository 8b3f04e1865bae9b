/* How a value looks: the console's text of it, with colours, cut where it is long.
 *
 * The text is the guest's. Colours are put between pieces of it that go out as any text of a guest's does. */
#include "repl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

enum { SHOWN_BYTES = 8000, SHOWN_LINES = 100 };

#define GREEN "\x1b[32m"
#define YELLOW "\x1b[33m"
#define CYAN "\x1b[36m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- pieces. Each function gives the length of the piece that begins at `text`, and its colour. */

static size_t quoted(const char *text, size_t len) {
  size_t i = 1;
  while (i < len && text[i] != text[0]) i += text[i] == '\\' ? 2 : 1;
  return i < len ? i + 1 : len;
}

static size_t number(const char *text, size_t len) {
  size_t i = 1;
  for (; i < len; i++) {
    bool sign = (text[i] == '+' || text[i] == '-' || text[i] == ':') && i + 1 < len && is_digit(text[i + 1]);
    if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '.' && !sign) break;
  }
  return i;
}

static const char *colour_of_word(const char *word, size_t len) {
  static const struct {
    const char *word, *colour;
  } known[] = {{"true", YELLOW}, {"false", YELLOW},    {"True", YELLOW}, {"False", YELLOW},
               {"NaN", YELLOW},  {"Infinity", YELLOW}, {"nan", YELLOW},  {"inf", YELLOW},
               {"null", DIM},    {"undefined", DIM},   {"None", DIM}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strlen(known[i].word) == len && memcmp(known[i].word, word, len) == 0) return known[i].colour;
  return NULL;
}

static size_t piece(const char *text, size_t len, bool python, const char **colour) {
  char c = text[0];
  *colour = NULL;
  if (c == '\'' || c == '"' || (c == '`' && !python)) {
    *colour = GREEN;
    return quoted(text, len);
  }
  if (is_digit(c) || (c == '-' && len > 1 && is_digit(text[1]))) {
    *colour = YELLOW;
    return number(text, len);
  }
  if (is_letter(c)) {
    size_t i = 1;
    while (i < len && (is_letter(text[i]) || is_digit(text[i]))) i++;
    if (i == len || text[i] != ':') *colour = colour_of_word(text, i);
    return i;
  }
  const char *end = c == '[' && !python && len > 1 && is_letter(text[1]) ? memchr(text, ']', len) : NULL;
  if (!end) return 1; /* what is in such brackets is said about a value: [Function: f] */
  *colour = CYAN;
  return (size_t)(end - text) + 1;
}

static void show(cli_repl *repl, const char *text, size_t len) {
  cli_out *out = &repl->stage.out;
  bool python = strcmp(repl->language, "py") == 0;
  size_t plain = 0; /* text[plain..i] is without a colour and not shown yet */
  for (size_t i = 0; i < len && out->colours[STDOUT_FILENO];) {
    const char *colour;
    size_t n = piece(text + i, len - i, python, &colour);
    if (colour) {
      cli_out_add_guest(out, STDOUT_FILENO, text + plain, i - plain);
      cli_repl_say(repl, STDOUT_FILENO, colour);
      cli_out_add_guest(out, STDOUT_FILENO, text + i, n);
      cli_repl_say(repl, STDOUT_FILENO, PLAIN);
      plain = i + n;
    }
    i += n;
  }
  cli_out_add_guest(out, STDOUT_FILENO, text + plain, len - plain);
}

/* ---- what is cut */

/* How much of a text is shown at once. */
static size_t shown_length(const char *text, size_t len) {
  size_t most = len < SHOWN_BYTES ? len : SHOWN_BYTES, lines = 0;
  for (size_t i = 0; i < most; i++)
    if (text[i] == '\n' && ++lines == SHOWN_LINES) return i;
  return most < len ? cli_utf8_valid(text, most) : len;
}

static void show_cut(cli_repl *repl, const char *text, size_t len) {
  size_t shown = repl->edit ? shown_length(text, len) : len;
  show(repl, text, shown);
  cli_repl_say(repl, STDOUT_FILENO, "\n");
  if (shown == len) return;
  char note[80];
  snprintf(note, sizeof note, "... %zu more bytes; .more shows what follows\n", len - shown);
  cli_repl_say(repl, STDOUT_FILENO, note);
}

void cli_repl_show_value(cli_repl *repl, const char *repr, size_t len) {
  size_t shown = repl->edit ? shown_length(repr, len) : len;
  repl->rest.len = 0;
  if (shown < len) (void)cli_bytes_add(&repl->rest, repr + shown, len - shown); /* without memory for it, it is gone */
  show_cut(repl, repr, len);
}

bool cli_repl_show_rest(cli_repl *repl) {
  if (repl->rest.len == 0) return false;
  size_t shown = shown_length(repl->rest.data, repl->rest.len);
  show_cut(repl, repl->rest.data, repl->rest.len);
  repl->rest.len -= shown;
  memmove(repl->rest.data, repl->rest.data + shown, repl->rest.len);
  return true;
}
