/* Whether an input goes on in the next line.
 *
 * The engine decides: an input that it refuses at its very end lacks something. Only what would be run too early is held back
 * by rules of ours: a block of Python ends with an empty line, a statement of SQL with a semicolon. */
#include "repl.h"

#include <string.h>

#include "utf8.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static size_t trimmed(const char *text, size_t len) {
  while (len > 0 && is_blank(text[len - 1])) len--;
  return len;
}

/* ---- before it is run */

static const char *last_line(const char *input, size_t len) {
  const char *newline = memrchr(input, '\n', len);
  return newline ? newline + 1 : input;
}

/* A block is open as long as no empty line has ended it: one that begins with a colon, or with a decorator. */
static bool python_goes_on(const char *input, size_t len) {
  const char *line = last_line(input, len);
  size_t line_len = (size_t)(input + len - line), code = trimmed(line, line_len);
  if (line != input && code == 0) return false;
  if (code > 0 && line[code - 1] == ':') return true;
  if (line == input) return input[0] == '@';
  return is_blank(line[0]) || input[0] == '@';
}

/* Outside of strings, names in quotes and comments. */
static bool sql_ends_with_semicolon(const char *input, size_t len) {
  bool ends = false;
  for (size_t i = 0; i < len; i++) {
    char c = input[i];
    const char *close = NULL;
    if (c == '\'' || c == '"' || c == '`') close = memchr(input + i + 1, c, len - i - 1);
    else if (c == '[') close = memchr(input + i + 1, ']', len - i - 1);
    else if (c == '-' && i + 1 < len && input[i + 1] == '-') close = memchr(input + i, '\n', len - i);
    else if (c == '/' && i + 1 < len && input[i + 1] == '*') close = memmem(input + i + 2, len - i - 2, "*/", 2);
    else {
      if (!is_blank(c)) ends = c == ';';
      continue;
    }
    bool comment = c == '-' || c == '/';
    if (!close) return comment && c == '-' && ends;
    if (!comment) ends = false;
    i = (size_t)(close - input) + (c == '/');
  }
  return ends;
}

bool cli_repl_must_go_on(const char *language, const char *input, size_t len) {
  if (strcmp(language, "py") == 0) return python_goes_on(input, len);
  if (strcmp(language, "sql") == 0) return !sql_ends_with_semicolon(input, len);
  return false;
}

/* ---- after the engine has refused it */

/* The offset of a position that counts characters; `len` when it is behind the end. */
static size_t offset_of(const char *text, size_t len, uint32_t line, uint32_t column) {
  size_t at = 0;
  for (uint32_t l = 1; l < line; l++) {
    const char *newline = memchr(text + at, '\n', len - at);
    if (!newline) return len;
    at = (size_t)(newline - text) + 1;
  }
  return at + cli_utf8_prefix(text + at, len - at, column > 0 ? column - 1 : 0);
}

static bool begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

/* Texts of the engines for what is open, and may go on behind a line end. */
static bool is_open(const char *message, const char *input, size_t at, size_t len) {
  static const char *const texts[] = {"unexpected end of comment",  "Unterminated comment", "Unterminated template",
                                      "unterminated triple-quoted", "unexpected EOF",       "incomplete input",
                                      "expected an indented block"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    if (begins(message, texts[i])) return true;
  if (strstr(message, "was never closed")) return true;
  bool string = begins(message, "unexpected end of string") || begins(message, "Unterminated string");
  return string && at < len && (input[at] == '`' || input[len - 1] == '\\');
}

bool cli_repl_ends_early(const cloche_result *result, const char *input, size_t len) {
  if (result->status != CLOCHE_SYNTAX_ERROR || !result->error_message) return false;
  size_t at = result->line ? offset_of(input, len, result->line, result->column) : 0;
  if (is_open(result->error_message, input, at, len)) return true;
  return result->line && at >= trimmed(input, len);
}
