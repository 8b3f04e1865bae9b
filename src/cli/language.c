/* Names, extensions and interpreters of the languages; language.h says which of them counts. */
#include "language.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "fail.h"

typedef struct {
  const char *name;         /* as the library knows it */
  const char *names;        /* as a user may write it; all lists: words with a space around each */
  const char *extensions;   /* of files */
  const char *interpreters; /* programs of a "#!" line. What runs TypeScript runs JavaScript, too */
} language;

static const language languages[] = {
    {"js", " js javascript mjs cjs ", " js mjs cjs ", " node nodejs qjs "},
    {"jsx", " jsx ", " jsx ", " "},
    {"ts", " ts typescript mts cts ", " ts mts cts ", " deno bun ts-node "},
    {"tsx", " tsx ", " tsx ", " tsx "},
    {"py", " py python python3 ", " py pyw ", " python python2 python3 pypy pypy3 "},
    {"sql", " sql sqlite ", " sql ", " sqlite3 "},
};
enum { LANGUAGES = sizeof languages / sizeof languages[0], WORD_MAX = 40 };

static bool has_word(const char *list, const char *word, size_t len) {
  char padded[WORD_MAX + 3];
  if (len == 0 || len > WORD_MAX || memchr(word, ' ', len)) return false;
  snprintf(padded, sizeof padded, " %.*s ", (int)len, word);
  return strcasestr(list, padded) != NULL;
}

cloche_status cli_language_named(const char **out, const char *name, cloche_error *err) {
  for (size_t i = 0; i < LANGUAGES; i++)
    if (has_word(languages[i].names, name, strlen(name))) {
      *out = languages[i].name;
      return CLOCHE_OK;
    }
  return cli_fail(err, CLOCHE_NOT_FOUND, "no language '%.40s'; there are js, jsx, ts, tsx, py and sql", name);
}

static const language *by_path(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
  const char *dot = name ? strrchr(name, '.') : NULL;
  for (size_t i = 0; dot && dot != name && i < LANGUAGES; i++)
    if (has_word(languages[i].extensions, dot + 1, strlen(dot + 1))) return &languages[i];
  return NULL;
}

/* The next word of a line, without the folders in front of it; its length, 0 at the end. */
static size_t next_word(const char **at, const char *end, const char **word) {
  while (*at < end && (**at == ' ' || **at == '\t')) (*at)++;
  *word = *at;
  for (; *at < end && **at != ' ' && **at != '\t'; (*at)++)
    if (**at == '/') *word = *at + 1;
  return (size_t)(*at - *word);
}

static bool is_word(const char *word, size_t len, const char *name) {
  return strlen(name) == len && memcmp(word, name, len) == 0;
}

/* What follows --lang in the rest of the line; a word of its own or behind an equals sign. */
static const language *by_flag(const char *at, const char *end) {
  const char *word;
  for (size_t len; (len = next_word(&at, end, &word)) > 0;) {
    if (is_word(word, len, "--lang")) len = next_word(&at, end, &word);
    else if (len > 7 && memcmp(word, "--lang=", 7) == 0) word += 7, len -= 7;
    else continue;
    for (size_t i = 0; i < LANGUAGES; i++)
      if (has_word(languages[i].names, word, len)) return &languages[i];
  }
  return NULL;
}

static const language *by_first_line(const char *source, size_t len) {
  if (len < 2 || memcmp(source, "#!", 2) != 0) return NULL;
  const char *at = source + 2, *end = source + 2, *word;
  while (end < source + len && *end != '\n' && *end != '\r') end++;
  for (size_t n; (n = next_word(&at, end, &word)) > 0;) {
    if (is_word(word, n, "cloche")) return by_flag(at, end);
    for (size_t i = 0; i < LANGUAGES; i++)
      if (has_word(languages[i].interpreters, word, n)) return &languages[i];
    if (!is_word(word, n, "env") && word[0] != '-' && !memchr(word, '=', n)) return NULL;
  }
  return NULL;
}

const char *cli_language_by_path(const char *path) {
  const language *found = by_path(path);
  return found ? found->name : NULL;
}

const char *cli_language_guess(const char *path, const char *source, size_t len) {
  const language *found = by_path(path);
  if (!found) found = by_first_line(source, len);
  return found ? found->name : languages[0].name;
}
