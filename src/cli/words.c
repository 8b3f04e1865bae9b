/* Splits a command into words; words.h says by which rules. */
#include "words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *from; /* what is still to be read */
  char *to;         /* where the next byte of a word goes */
  bool quoted;      /* the word has a quote or backslash in it, so that '' is a word and '|' no operator */
} splitter;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

static bool take_single_quotes(splitter *s) {
  const char *end = strchr(++s->from, '\'');
  if (!end) return false;
  size_t len = (size_t)(end - s->from);
  memcpy(s->to, s->from, len);
  s->to += len;
  s->from = end + 1;
  return true;
}

/* Between double quotes a backslash escapes only what would mean something there. */
static bool take_double_quotes(splitter *s) {
  for (s->from++; *s->from != '"'; s->from++) {
    if (!*s->from) return false;
    if (*s->from == '\\' && s->from[1] == '\n') {
      s->from++;
      continue;
    }
    if (*s->from == '\\' && s->from[1] && strchr("$`\"\\", s->from[1])) s->from++;
    *s->to++ = *s->from;
  }
  s->from++;
  return true;
}

static bool take_backslash(splitter *s) {
  if (!s->from[1]) return false;
  if (s->from[1] != '\n') *s->to++ = s->from[1];
  s->from += 2;
  return true;
}

static bool take_word(splitter *s, const char **why) {
  s->quoted = false;
  while (*s->from && !is_blank(*s->from)) {
    bool ok = true;
    if (*s->from == '\'' || *s->from == '"' || (*s->from == '\\' && s->from[1] != '\n')) s->quoted = true;
    if (*s->from == '\'') ok = take_single_quotes(s);
    else if (*s->from == '"') ok = take_double_quotes(s);
    else if (*s->from == '\\') ok = take_backslash(s);
    else *s->to++ = *s->from++;
    if (!ok) *why = "a quote or backslash at its end is left open";
    if (!ok) return false;
  }
  *s->to++ = 0;
  return true;
}

/* Whoever writes a pipe here expects a shell; handing '|' to the program as an argument would hide the mistake. */
static bool is_operator(const char *word) { return word[0] && strspn(word, "|&;<>") == strlen(word); }

char **cli_words_split(const char *text, const char **why) {
  size_t most = strlen(text) / 2 + 2; /* every word but the last has a blank behind it */
  char **words = malloc(most * sizeof *words + strlen(text) + 2);
  *why = "there is no memory for it";
  if (!words) return NULL;
  splitter s = {.from = text, .to = (char *)(words + most)};
  size_t count = 0;
  for (;;) {
    while (is_blank(*s.from)) s.from++;
    if (!*s.from) break;
    char *word = s.to;
    if (!take_word(&s, why)) goto fail;
    *why = "there is no shell in between; for pipes and the like write sh -c '...'";
    if (!s.quoted && is_operator(word)) goto fail;
    if (s.to == word + 1 && !s.quoted) s.to = word; /* a backslash and a line end alone: no word */
    else words[count++] = word;
  }
  *why = "there is no command in it";
  if (count == 0 || !words[0][0]) goto fail;
  words[count] = NULL;
  return words;

fail:
  free(words);
  return NULL;
}
