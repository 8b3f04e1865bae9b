/* The first difference of two JSON texts; difference.h. */
#include "difference.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { PATH_BYTES = 120, VALUE_CHARACTERS = 24 };

typedef struct {
  char path[PATH_BYTES];
  json_t *was, *is; /* NULL: it is not there */
} place;

static void enter_member(place *at, const char *key) {
  json_t *was = json_object_get(at->was, key), *is = json_object_get(at->is, key);
  size_t used = strlen(at->path);
  snprintf(at->path + used, sizeof at->path - used, "%s%.40s", used ? "." : "", key);
  at->was = was;
  at->is = is;
}

/* Into the first member of `from`, one of the two, that is another in the other one. */
static bool enter_object(place *at, json_t *from) {
  const char *key;
  json_t *value;
  json_object_foreach(from, key, value) {
    if (json_equal(json_object_get(at->was, key), json_object_get(at->is, key))) continue;
    enter_member(at, key);
    return true;
  }
  return false;
}

static bool enter_array(place *at) {
  size_t used = strlen(at->path);
  for (size_t i = 0; i < json_array_size(at->was) || i < json_array_size(at->is); i++) {
    json_t *was = json_array_get(at->was, i), *is = json_array_get(at->is, i);
    if (json_equal(was, is)) continue;
    snprintf(at->path + used, sizeof at->path - used, "[%zu]", i);
    at->was = was;
    at->is = is;
    return true;
  }
  return false;
}

static bool enter(place *at) {
  if (json_is_array(at->was) && json_is_array(at->is)) return enter_array(at);
  if (!json_is_object(at->was) || !json_is_object(at->is)) return false;
  return enter_object(at, at->was) || enter_object(at, at->is);
}

typedef char shown[VALUE_CHARACTERS * 4 + 8];

static void show(shown out, const json_t *value) {
  char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
  const char *all = text ? text : "not there";
  size_t len = cli_utf8_prefix(all, strlen(all), VALUE_CHARACTERS);
  snprintf(out, sizeof(shown), "%.*s%s", (int)len, all, all[len] ? "..." : "");
  free(text);
}

/* Whole numbers stay such where they fit. */
static json_t *parse(const char *text) {
  json_t *root = json_loads(text, JSON_ALLOW_NUL, NULL);
  return root ? root : json_loads(text, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
}

void cli_difference(char *out, size_t len, const char *was, const char *is) {
  json_t *a = parse(was), *b = parse(is);
  place at = {.was = a, .is = b};
  shown was_text, is_text;
  while (enter(&at)) continue;
  show(was_text, at.was);
  show(is_text, at.is);
  if (at.path[0]) snprintf(out, len, "%s of the report was %s, and is %s", at.path, was_text, is_text);
  else snprintf(out, len, "the report is another text");
  json_decref(a);
  json_decref(b);
}
