/* Finds what a mistyped word was meant to be. */
#include <string.h>

#include "command.h"

enum { WORD_MAX = 40 };

static size_t min3(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

static char plain(char c) { return c == '_' ? '-' : c; }

/* Levenshtein distance; SIZE_MAX for words that are too long to be a slip of the finger. */
static size_t distance(const char *a, const char *b) {
  size_t la = strlen(a), lb = strlen(b), row[WORD_MAX + 1];
  if (la > WORD_MAX || lb > WORD_MAX) return (size_t)-1;
  for (size_t j = 0; j <= lb; j++) row[j] = j;
  for (size_t i = 1; i <= la; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= lb; j++) {
      size_t above = row[j];
      row[j] = min3(above + 1, row[j - 1] + 1, diagonal + (plain(a[i - 1]) != plain(b[j - 1])));
      diagonal = above;
    }
  }
  return row[lb];
}

const char *cli_closest(const char *word, const char *const *names) {
  const char *best = NULL;
  size_t least = strlen(word) < 3 ? 2 : 3; /* what is further off is another word */
  for (; *names; names++) {
    size_t d = distance(word, *names);
    if (d >= least) continue;
    least = d;
    best = *names;
  }
  return best;
}
