/* Draws tables; table.h. Widths are counted in characters, so that columns of wide letters may stand a little off. */
#include "table.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { COLUMNS = 32, ROWS = 200, CELL_CHARACTERS = 40 };

typedef struct {
  const json_t *columns, *rows;
  size_t column_count, row_count;
  size_t width[COLUMNS];
} table;

/* A cell as one line; the caller frees it. NULL when there is no memory. */
static char *cell_text(const json_t *value) {
  char *text = NULL;
  if (json_is_string(value)) text = strdup(json_string_value(value));
  else if (!value || json_is_null(value)) text = strdup("");
  else text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  for (char *c = text; c && *c; c++)
    if (*c == '\n' || *c == '\t' || *c == '\r') *c = ' ';
  return text;
}

static size_t characters(const char *text) {
  size_t count = 0, len = strlen(text);
  for (size_t at = 0; at < len; count++) {
    size_t n = cli_utf8_length(text + at, len - at);
    at += n ? n : 1;
  }
  return count;
}

static void measure(table *t, size_t column, const json_t *value) {
  char *text = cell_text(value);
  size_t width = text ? characters(text) : 0;
  if (width > CELL_CHARACTERS) width = CELL_CHARACTERS;
  if (width > t->width[column]) t->width[column] = width;
  free(text);
}

static void put(cli_out *out, int fd, const char *text) { cli_out_add(out, fd, text, strlen(text)); }

static void put_cell(cli_out *out, int fd, const table *t, size_t column, const json_t *value) {
  char *text = cell_text(value);
  size_t count = text ? characters(text) : 0;
  bool cut = count > CELL_CHARACTERS, last = column + 1 == t->column_count;
  size_t shown = cut ? CELL_CHARACTERS - 1 : count, padding = t->width[column] - (cut ? CELL_CHARACTERS : count);
  if (last && !json_is_number(value)) padding = 0;
  for (size_t i = 0; json_is_number(value) && i < padding; i++) put(out, fd, " ");
  if (text) cli_out_add_guest(out, fd, text, cli_utf8_prefix(text, strlen(text), shown));
  if (cut) put(out, fd, "…");
  for (size_t i = 0; !json_is_number(value) && i < padding; i++) put(out, fd, " ");
  put(out, fd, last ? "\n" : "  ");
  free(text);
}

static void put_rule(cli_out *out, int fd, const table *t) {
  for (size_t c = 0; c < t->column_count; c++) {
    for (size_t i = 0; i < t->width[c]; i++) put(out, fd, "-");
    put(out, fd, c + 1 == t->column_count ? "\n" : "  ");
  }
}

static void put_rest(cli_out *out, int fd, size_t all, size_t shown, const char *what) {
  char text[64];
  if (all == shown) return;
  int len = snprintf(text, sizeof text, "... and %zu more %s\n", all - shown, what);
  cli_out_add(out, fd, text, (size_t)len);
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

bool cli_table_show(cli_out *out, int fd, const char *json, size_t len) {
  json_t *root = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  table t = {.columns = json_object_get(root, "columns"), .rows = json_object_get(root, "rows")};
  bool fine = json_is_array(t.columns) && json_is_array(t.rows);
  t.column_count = least(json_array_size(t.columns), COLUMNS);
  t.row_count = least(json_array_size(t.rows), ROWS);
  for (size_t c = 0; fine && c < t.column_count; c++) {
    measure(&t, c, json_array_get(t.columns, c));
    for (size_t r = 0; r < t.row_count; r++) measure(&t, c, json_array_get(json_array_get(t.rows, r), c));
  }
  for (size_t c = 0; fine && c < t.column_count; c++) put_cell(out, fd, &t, c, json_array_get(t.columns, c));
  if (fine) put_rule(out, fd, &t);
  for (size_t r = 0; fine && r < t.row_count; r++)
    for (size_t c = 0; c < t.column_count; c++) put_cell(out, fd, &t, c, json_array_get(json_array_get(t.rows, r), c));
  if (fine) put_rest(out, fd, json_array_size(t.rows), t.row_count, "rows");
  if (fine) put_rest(out, fd, json_array_size(t.columns), t.column_count, "columns");
  json_decref(root);
  return fine;
}
