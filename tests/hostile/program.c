#include "program.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 1 << 20, MAX_EXPANDED = 32 << 20 };

static void trim_copy(char *to, size_t size, const char *from, size_t len) {
  while (len > 0 && (*from == ' ' || *from == '\t')) from++, len--;
  while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\r')) len--;
  if (len >= size) len = size - 1;
  memcpy(to, from, len);
  to[len] = 0;
}

static void out_of_memory(void) {
  fprintf(stderr, "no memory\n");
  exit(2);
}

/* Writes the character at `from` of `len`, or what an escape means, and gives how many were read. */
static size_t unescape(char *to, const char *from, size_t len) {
  bool escape = len > 1 && from[0] == '\\' && (from[1] == 'n' || from[1] == '\\');
  *to = escape && from[1] == 'n' ? '\n' : from[0];
  return escape ? 2 : 1;
}

static char *unescaped(const char *from, size_t len, size_t *out_len) {
  char *to = malloc(len + 1);
  if (!to) out_of_memory();
  size_t n = 0;
  for (size_t i = 0; i < len; n++) i += unescape(to + n, from + i, len - i);
  to[n] = 0;
  if (out_len) *out_len = n;
  return to;
}

static void read_module(expectation *e, const char *from, size_t len) {
  const char *equals = memchr(from, '=', len);
  if (!equals || e->module_count == MAX_MODULES) {
    fprintf(stderr, "a module header is NAME=TEXT, %d at most\n", MAX_MODULES);
    exit(2);
  }
  given_module *module = &e->modules[e->module_count++];
  trim_copy(module->name, sizeof module->name, from, (size_t)(equals - from));
  module->text = unescaped(equals + 1, len - (size_t)(equals + 1 - from), &module->len);
}

void drop_header(expectation *e) {
  free(e->context);
  for (size_t i = 0; i < e->module_count; i++) free(e->modules[i].text);
}

static const char *comment_of(const char *text) { return text[0] == '#' ? "# " : "// "; }

static bool is_key(const char *line, const char *colon, const char *key) {
  size_t len = strlen(key), head = strlen(comment_of(line));
  return (size_t)(colon - line) == head + len && strncmp(line + head, key, len) == 0;
}

void read_header(expectation *e, const char *text) {
  struct {
    const char *key;
    char *to;
    size_t size;
  } fields[] = {{"status", e->status, sizeof e->status}, {"code", e->code, sizeof e->code},
                {"value", e->value, sizeof e->value},    {"error", e->error, sizeof e->error},
                {"tools", e->tools, sizeof e->tools},    {"timeout", e->timeout, sizeof e->timeout},
                {"memory", e->memory, sizeof e->memory}, {"stack", e->stack, sizeof e->stack},
                {"again", e->again, sizeof e->again},    {"copies", e->copies, sizeof e->copies},
                {"polls", e->polls, sizeof e->polls},    {"limits", e->limits, sizeof e->limits},
                {"why", e->why, sizeof e->why},          {"complete", e->complete, sizeof e->complete},
                {"names", e->names, sizeof e->names}};
  memset(e, 0, sizeof *e);
  for (const char *line = text; strncmp(line, comment_of(text), strlen(comment_of(text))) == 0;) {
    const char *end = strchr(line, '\n');
    if (!end) end = line + strlen(line);
    const char *colon = memchr(line, ':', (size_t)(end - line));
    bool known = false;
    for (size_t i = 0; colon && i < sizeof fields / sizeof fields[0]; i++) {
      if (!is_key(line, colon, fields[i].key)) continue;
      trim_copy(fields[i].to, fields[i].size, colon + 1, (size_t)(end - colon - 1));
      known = true;
    }
    if (colon && !known && is_key(line, colon, "module")) {
      read_module(e, colon + 1, (size_t)(end - colon - 1));
      known = true;
    } else if (colon && !known && is_key(line, colon, "context")) {
      free(e->context);
      e->context = unescaped(colon + 1, (size_t)(end - colon - 1), NULL);
      known = true;
    }
    if (!known || !*end) return;
    line = end + 1;
  }
}

/* Writes `len` bytes of TEXT as their repetition number `index`. */
static void add_repetition(char *to, size_t *at, const char *from, size_t len, size_t index) {
  for (size_t i = 0; i < len;) {
    if (*at + 32 > MAX_EXPANDED) {
      fprintf(stderr, "a program is %d bytes long at most\n", MAX_EXPANDED);
      exit(2);
    }
    if (from[i] == '#') {
      *at += (size_t)snprintf(to + *at, 32, "%zu", index);
      i++;
    } else {
      i += unescape(to + (*at)++, from + i, len - i);
    }
  }
}

/* Writes each @@N*TEXT@@ out; `text` is consumed. */
static char *expand(char *text, size_t *len) {
  if (!strstr(text, "@@")) return text;
  char *out = malloc(MAX_EXPANDED + 1);
  if (!out) out_of_memory();
  size_t at = 0;
  for (const char *from = text; from < text + *len;) {
    unsigned long count = 0;
    int head = 0;
    const char *end = NULL;
    if (from[0] == '@' && from[1] == '@' && sscanf(from, "@@%lu*%n", &count, &head) == 1 && head > 0)
      end = strstr(from + head, "@@");
    if (!end) {
      out[at++] = *from++;
      continue;
    }
    for (size_t i = 0; i < count; i++) add_repetition(out, &at, from + head, (size_t)(end - from - head), i);
    from = end + 2;
  }
  free(text);
  out[at] = 0;
  *len = at;
  return out;
}

char *read_program(const char *folder, const char *name, size_t *len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  char *text = malloc(MAX_TEXT + 1);
  if (!file || !text) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(2);
  }
  *len = fread(text, 1, MAX_TEXT, file);
  text[*len] = 0;
  fclose(file);
  return expand(text, len);
}

const char *language_of(const char *name) {
  static const char *const languages[] = {"js", "jsx", "ts", "tsx", "py"};
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < sizeof languages / sizeof languages[0]; i++)
    if (strcmp(dot + 1, languages[i]) == 0) return languages[i];
  return NULL;
}
