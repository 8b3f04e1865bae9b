/* Texts from the host: the source of a run and the modules it may import, and positions in them.
 *
 * A stack that the guest hands over names lines and columns of the code that the engine was given. Where the compiler cell
 * made that code, its maps lead back to what the author wrote: lines of "LINE COLUMN COLUMN\n", from a line and column of
 * the code to the column of the text in the same line (the compiler never moves a line), sorted. Stacks and maps come from
 * guests, so what is read here may be nonsense, and then the positions are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "error.h"
#include "json.h"

enum { NAME_MAX_BYTES = 255, MAX_DIGITS = 9 };
enum {
  MAX_MAPPED = 16,
  MAX_LOOKED_AT = 200
}; /* frames: each may cost a walk over the source, and a guest may forge
                                                   thousands */

static const char *const syntax_names[CL_SYNTAXES] = {"js", "jsx", "ts", "tsx", "py", "sql"};

const char *cl_syntax_name(cl_syntax syntax) { return syntax_names[syntax]; }

const char *cloche_language_engine(const char *language) {
  for (int i = 0; language && i < CL_SYNTAXES; i++)
    if (strcmp(language, syntax_names[i]) == 0) return i < CL_SYNTAX_PY ? "js" : "python";
  return NULL;
}

cloche_status cl_syntax_read(cl_syntax *out, const cl_language *engine, const char *language, cloche_error *err) {
  *out = engine->usual;
  if (!language) return CLOCHE_OK;
  for (int i = 0; i < CL_SYNTAXES; i++) {
    if (strcmp(language, syntax_names[i]) != 0) continue;
    if (!(engine->syntaxes >> i & 1))
      CL_FAIL(err, INVALID_ARGUMENT, "language '%s' needs engine '%s', and this cell is of engine '%s'", language,
              cloche_language_engine(language), engine->name);
    *out = (cl_syntax)i;
    return CLOCHE_OK;
  }
  CL_FAIL(err, INVALID_ARGUMENT, "no language '%.40s'; there are js, jsx, ts, tsx, py and sql", language);
}

cloche_status cl_source_set(cl_source *source, const char *name, const char *text, size_t len, cl_syntax syntax,
                            cloche_error *err) {
  char own[16];
  if (!name) {
    snprintf(own, sizeof own, "main.%s", syntax_names[syntax]);
    name = own;
  }
  *source = (cl_source){.len = len, .syntax = syntax};
  source->name = cl_copy_text(name, CL_MIN(strlen(name), (size_t)NAME_MAX_BYTES));
  source->text = cl_copy_text(text, len);
  if (source->name && source->text) return CLOCHE_OK;
  cl_source_clear(source);
  CL_FAIL(err, OUT_OF_MEMORY, "no memory for the source");
}

static void wipe(char **text, size_t len) {
  if (*text) memset(*text, 0, len);
  free(*text);
  *text = NULL;
}

void cl_source_forget(cl_source *source) {
  wipe(&source->code, source->code_len);
  for (int i = 0; i < 2; i++) {
    free(source->maps[i]);
    source->maps[i] = NULL;
  }
  free(source->refused);
  source->refused = NULL;
  source->code_len = 0;
}

void cl_source_clear(cl_source *source) {
  cl_source_forget(source);
  wipe(&source->text, source->len);
  free(source->name);
  *source = (cl_source){0};
}

/* ---- modules */

static const char *without_dot(const char *name) { return name[0] == '.' && name[1] == '/' ? name + 2 : name; }

static bool is_relative(const char *name) {
  return name[0] == '.' && (name[1] == '/' || (name[1] == '.' && name[2] == '/'));
}

/* Writes a relative `name` as seen from the folder of `base`, without "." parts, and with ".." only at its head; false: it
 * does not fit. */
static bool join(char *out, size_t size, const char *base, const char *name) {
  size_t len = 0;
  const char *slash = strrchr(base, '/');
  if (slash) {
    len = (size_t)(slash - base) + 1;
    if (len >= size) return false;
    memcpy(out, base, len);
  }
  for (const char *part = name; *part;) {
    size_t n = strcspn(part, "/"), whole = n + (part[n] == '/');
    bool up = n == 2 && part[0] == '.' && part[1] == '.';
    if (up && len > 0 && !(len >= 3 && memcmp(out + len - 3, "../", 3) == 0)) {
      len--;
      while (len > 0 && out[len - 1] != '/') len--;
    } else if (!(n == 1 && part[0] == '.')) {
      if (len + whole >= size) return false;
      memcpy(out + len, part, whole);
      len += whole;
    }
    part += whole;
  }
  out[len] = 0;
  return true;
}

/* Whether a module's name is the wanted one, or has only its extension more or in its place. */
static bool means(const char *name, const char *wanted) {
  size_t len = strlen(wanted);
  name = without_dot(name);
  if (strncmp(name, wanted, len) == 0) {
    const char *rest = name + len;
    if (!rest[0] || strcmp(rest, ".js") == 0 || strcmp(rest, ".mjs") == 0 || strcmp(rest, ".ts") == 0 ||
        strcmp(rest, ".tsx") == 0 || strcmp(rest, ".jsx") == 0)
      return true;
  }
  if (len < 4 || strcmp(wanted + len - 3, ".js") != 0 || strncmp(name, wanted, len - 2) != 0) return false;
  return strcmp(name + len - 2, "ts") == 0 || strcmp(name + len - 2, "tsx") == 0 || strcmp(name + len - 2, "jsx") == 0;
}

const cl_source *cl_source_named(const cloche_cell *cell, const char *name) {
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (strcmp(cell->modules[i].name, name) == 0) return &cell->modules[i];
  return NULL;
}

const cl_source *cl_source_find(const cloche_cell *cell, const char *base, const char *name) {
  char path[2 * NAME_MAX_BYTES + 2];
  const char *wanted = name;
  if (is_relative(name)) {
    if (!join(path, sizeof path, without_dot(base), name)) return NULL;
    wanted = path;
  }
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (strcmp(without_dot(cell->modules[i].name), wanted) == 0) return &cell->modules[i];
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (means(cell->modules[i].name, wanted)) return &cell->modules[i];
  return NULL;
}

/* ---- positions */

static const cl_source *source_named(const cloche_cell *cell, const char *name, size_t len) {
  const cl_source *main = &cell->source;
  if (main->name && strlen(main->name) == len && memcmp(main->name, name, len) == 0) return main;
  for (uint32_t i = 0; i < cell->module_count; i++) {
    const cl_source *module = &cell->modules[i];
    if (strlen(module->name) == len && memcmp(module->name, name, len) == 0) return module;
  }
  return NULL;
}

/* Reads a decimal number and the space or line end behind it. */
static bool read_number(const char **at, uint32_t *out) {
  const char *start = *at;
  uint32_t value = 0;
  while (**at >= '0' && **at <= '9' && *at - start < MAX_DIGITS) value = value * 10 + (uint32_t)(*(*at)++ - '0');
  if (*at == start || (**at != ' ' && **at != '\n')) return false;
  (*at)++;
  *out = value;
  return true;
}

static uint32_t map_column(const char *map, uint32_t line, uint32_t column) {
  uint32_t moved = column, entry_line, from, to;
  for (const char *at = map; *at;) {
    if (!read_number(&at, &entry_line) || !read_number(&at, &from) || !read_number(&at, &to)) break;
    if (entry_line == line && from > column) return moved < to ? moved : to;
    if (entry_line > line) break;
    if (entry_line == line) moved = to + (column - from);
  }
  return moved;
}

static const char *line_in(const char *text, size_t len, uint32_t line) {
  const char *end = text + len;
  for (; line > 1 && text; line--) {
    text = memchr(text, '\n', (size_t)(end - text));
    if (text) text++;
  }
  return text;
}

static const char *code_line(const cl_source *source, uint32_t line, const char **end) {
  const char *code = source->code ? source->code : source->text;
  size_t len = source->code ? source->code_len : source->len;
  *end = code + len;
  return line_in(code, len, line);
}

uint32_t cl_source_characters(const cl_source *source, uint32_t line, uint32_t column) {
  const char *end, *at = code_line(source, line, &end);
  uint32_t characters = 1;
  for (uint32_t i = 1; at && i < column && at < end; i++, at++) characters += ((unsigned char)*at & 0xC0) != 0x80;
  return at ? characters : column;
}

uint32_t cl_source_bytes(const cl_source *source, uint32_t line, uint32_t column) {
  const char *end, *at = code_line(source, line, &end);
  uint32_t bytes = 1;
  for (uint32_t i = 1; at && i < column && at < end; i++) {
    do at++, bytes++;
    while (at < end && ((unsigned char)*at & 0xC0) == 0x80);
  }
  return at ? bytes : column;
}

/* From characters of the code to characters of the text. */
static uint32_t to_text(const cl_source *source, uint32_t line, uint32_t column) {
  for (int i = 0; i < 2; i++)
    if (source->maps[i]) column = map_column(source->maps[i], line, column);
  return column > 0 ? column : 1;
}

void cl_source_place(cloche_cell *cell, const cl_source *source, uint32_t line, uint32_t column) {
  cell->error_source = source;
  cell->line = line;
  cell->column = to_text(source, line, column);
}

/* Reads a decimal number that ends before `end` and has ':' before it. */
static const char *number_before(const char *start, const char *end, uint32_t *out) {
  const char *at = end;
  while (at > start && end - at < MAX_DIGITS && at[-1] >= '0' && at[-1] <= '9') at--;
  if (at == end || at == start || at[-1] != ':') return NULL;
  *out = (uint32_t)strtoul(at, NULL, 10);
  return at - 1;
}

/* A frame of a stack, "    at f (NAME:LINE:COLUMN)" or "    at NAME:LINE:COLUMN", in one of our sources. */
typedef struct {
  const cl_source *source;
  const char *digits, *tail; /* where the numbers begin, and what is behind them */
  uint32_t line, column;
} frame;

static bool read_frame(frame *out, const cloche_cell *cell, const char *line, const char *end) {
  out->tail = end > line && end[-1] == ')' ? end - 1 : end;
  const char *at = number_before(line, out->tail, &out->column);
  if (at) at = number_before(line, at, &out->line);
  if (!at || out->line == 0) return false;
  out->digits = at + 1;
  const char *name = at;
  while (name > line && name[-1] != '(' && name[-1] != ' ') name--;
  out->source = source_named(cell, name, (size_t)(at - name));
  if (!out->source) { /* a name with a space or a bracket in it */
    const char *open = memchr(line, '(', (size_t)(at - line));
    name = open ? open + 1 : at - line > 7 ? line + 7 : at;
    out->source = source_named(cell, name, (size_t)(at - name));
  }
  return out->source != NULL;
}

static bool is_line(const cl_source *source, uint32_t line) {
  const char *at = line_in(source->text, source->len, line);
  return at && (line == 1 || at < source->text + source->len);
}

void cl_source_locate(cloche_cell *cell, bool place) {
  const char *stack = cell->error.stack;
  if (!stack) return;
  cl_buf out = {.max = 1 << 20};
  int mapped_frames = 0, looked_at = 0;
  for (const char *line = stack; *line;) {
    const char *end = line + strcspn(line, "\n");
    frame f;
    bool known = mapped_frames < MAX_MAPPED && looked_at++ < MAX_LOOKED_AT && read_frame(&f, cell, line, end);
    mapped_frames += known;
    if (known && f.source->rewritten && !is_line(f.source, f.line)) { /* the call that the compiler has added */
      line = *end ? end + 1 : end;
      continue;
    }
    if (known) {
      f.column = to_text(f.source, f.line, cl_source_characters(f.source, f.line, f.column));
      if (place && !cell->error_source) {
        cell->error_source = f.source;
        cell->line = f.line;
        cell->column = f.column;
      }
      cl_buf_add(&out, line, (size_t)(f.digits - line));
      cl_buf_format(&out, "%u:%u", f.line, f.column);
      cl_buf_add(&out, f.tail, (size_t)(end - f.tail));
    } else {
      cl_buf_add(&out, line, (size_t)(end - line));
    }
    if (*end) cl_buf_text(&out, "\n");
    line = *end ? end + 1 : end;
  }
  char *mapped = out.failed ? NULL : cl_copy_text(out.data ? out.data : "", out.len);
  cl_buf_free(&out);
  if (!mapped) return;
  free(cell->error.stack);
  cell->error.stack = mapped;
}
