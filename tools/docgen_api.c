/* The page of a C API from the text of its header.
 *
 * What it expects of the header: a head comment; sections that begin with a ruler line, slash, star, dashes, a name; in
 * them items, a comment that begins with two stars and the declarations that follow it without an empty line. A
 * declaration ends with a semicolon outside of braces and comments. What stands between #if and #endif is left out. */
#include "docgen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16, NAME_MAX = 80, NAMES_MAX = 16, LINE_MAX = 400 };

typedef struct {
  char comment[TEXT_MAX], code[TEXT_MAX];
  char names[NAMES_MAX][NAME_MAX];
  size_t name_count;
} item;

typedef struct {
  FILE *out;
  const char *at;
  char line[LINE_MAX]; /* the current one, without its end */
  unsigned number;
  bool in_section;
  item item;
} reader;

static bool next_line(reader *r) {
  if (!*r->at) return false;
  size_t len = strcspn(r->at, "\n");
  size_t kept = len < LINE_MAX - 1 ? len : LINE_MAX - 1;
  memcpy(r->line, r->at, kept);
  r->line[kept] = 0;
  r->at += len + (r->at[len] == '\n');
  r->number++;
  return true;
}

static bool starts_with(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static void append(char *text, const char *more) {
  size_t len = strlen(text), add = strlen(more);
  if (len + add + 1 > TEXT_MAX) {
    fprintf(stderr, "docgen: an item is too long\n");
    exit(1);
  }
  memcpy(text + len, more, add + 1);
}

/* ---- writing */

static bool is_name_char(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* Names of the library become code; a line that is indented by four is code already. */
static void write_prose(FILE *out, const char *text) {
  bool code_line = starts_with(text, "    "), in_code = false;
  for (const char *p = text; *p; p++) {
    if (*p == '\n') code_line = starts_with(p + 1, "    ");
    if (*p == '`') in_code = !in_code;
    bool name = !code_line && !in_code && (p == text || !is_name_char(p[-1])) &&
                (starts_with(p, "cloche_") || starts_with(p, "CLOCHE_"));
    if (!name) {
      fputc(*p, out);
      continue;
    }
    size_t len = 0;
    while (is_name_char(p[len])) len++;
    if (starts_with(p + len, ".h")) len += 2;
    fprintf(out, "`%.*s`", (int)len, p);
    p += len - 1;
  }
}

static void flush_item(reader *r) {
  item *it = &r->item;
  if (it->code[0]) {
    fprintf(r->out, "\n### ");
    for (size_t i = 0; i < it->name_count; i++) fprintf(r->out, "%s`%s`", i ? ", " : "", it->names[i]);
    fprintf(r->out, "\n\n");
    if (it->comment[0]) {
      write_prose(r->out, it->comment);
      fprintf(r->out, "\n");
    }
    fprintf(r->out, "```c\n%s```\n", it->code);
  }
  it->comment[0] = it->code[0] = 0;
  it->name_count = 0;
}

/* ---- reading */

/* Takes in a comment whose first line is the current one; the text without stars. */
static void read_comment(reader *r, char *text) {
  bool first = true;
  do {
    const char *p = r->line;
    while (*p == ' ') p++;
    if (first) p += starts_with(p, "/**") ? 3 : 2;
    else if (*p == '*' && p[1] != '/') p++;
    if (*p == ' ') p++;
    if (!first && r->item.code != text && *p == ' ' && p[1] != ' ') p++; /* the second space of " *  text" */
    char kept[LINE_MAX];
    snprintf(kept, sizeof kept, "%s", p);
    char *end = strstr(kept, "*/");
    if (end) {
      while (end > kept && end[-1] == ' ') end--;
      *end = 0;
    }
    if (kept[0] || !end) {
      append(text, kept);
      append(text, "\n");
    }
    first = false;
  } while (!strstr(r->line, "*/") && next_line(r));
}

static void add_name(reader *r, const char *start, size_t len) {
  item *it = &r->item;
  if (it->name_count == NAMES_MAX || len == 0 || len >= NAME_MAX) return;
  memcpy(it->names[it->name_count], start, len);
  it->names[it->name_count++][len] = 0;
}

/* The name that a declaration declares: in front of the first "(" of a function, after "(*" of a pointer to one, the
 * word behind #define, else the last word. */
static void name_declaration(reader *r, const char *text) {
  const char *pointer = strstr(text, "(*"), *open = strchr(text, '('), *start, *end;
  if (starts_with(text, "#define ")) {
    start = text + 8;
    end = start + strcspn(start, " \n(");
  } else if (starts_with(text, "typedef") && pointer && !strchr(text, '{')) {
    start = pointer + 2;
    end = strchr(start, ')');
  } else if (!starts_with(text, "typedef") && open) {
    end = open;
    for (start = end; start > text && is_name_char(start[-1]); start--) continue;
  } else {
    end = text + strlen(text);
    while (end > text && !is_name_char(end[-1])) end--;
    for (start = end; start > text && is_name_char(start[-1]); start--) continue;
  }
  add_name(r, start, (size_t)(end - start));
}

/* Follows braces and comments through a line; true when a declaration ends on it. */
static bool declaration_ends(const char *line, int *depth, bool *in_comment) {
  bool ends = false;
  for (const char *p = line; *p; p++) {
    if (*in_comment) {
      if (starts_with(p, "*/")) *in_comment = false;
      continue;
    }
    if (starts_with(p, "/*")) *in_comment = true;
    *depth += (*p == '{') - (*p == '}');
    if (*p == ';' && *depth == 0) ends = true;
  }
  return ends;
}

static bool read_declaration(reader *r) {
  char text[TEXT_MAX] = "";
  int depth = 0;
  bool in_comment = false, is_macro = r->line[0] == '#', exported = starts_with(r->line, "CLOCHE_API ");
  for (;;) {
    const char *line = r->line;
    if (exported)
      line += starts_with(line, "CLOCHE_API ") ? 11 : strspn(line, " ") >= 11 ? 11 : 0; /* keeps alignment */
    append(text, line);
    append(text, "\n");
    if (is_macro ? line[strlen(line) - 1] != '\\' : declaration_ends(line, &depth, &in_comment)) break;
    if (!next_line(r)) {
      fprintf(stderr, "docgen: the header ends inside a declaration\n");
      return false;
    }
  }
  name_declaration(r, text);
  append(r->item.code, text);
  return true;
}

static void skip_conditional(reader *r) {
  int depth = 1;
  while (depth > 0 && next_line(r)) depth += starts_with(r->line, "#if") - starts_with(r->line, "#endif");
}

static void start_section(reader *r) {
  const char *name = r->line + 2;
  while (*name == ' ' || *name == '-') name++;
  size_t len = strcspn(name, "*");
  while (len > 0 && name[len - 1] == ' ') len--;
  fprintf(r->out, "\n## %c%.*s\n", toupper((unsigned char)name[0]), (int)len - 1, name + 1);
  r->in_section = true;
}

static unsigned count_functions(const char *header) {
  unsigned count = 0;
  for (const char *p = header; (p = strstr(p, "\nCLOCHE_API ")) != NULL; p++) count++;
  return count;
}

/* "#ifndef GUARD", "#define GUARD" */
static bool is_guard(const char *line, const char *guard) {
  static const char *const words[] = {"#ifndef ", "#define "};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (starts_with(line, words[i]) && strcmp(line + strlen(words[i]), guard) == 0) return true;
  return false;
}

bool docgen_api(FILE *out, const docgen_page *page, const char *header) {
  reader *r = calloc(1, sizeof *r);
  if (!r) return false;
  r->out = out;
  r->at = header;
  bool fine = next_line(r) && starts_with(r->line, "/* ");
  if (!fine) fprintf(stderr, "docgen: the header does not begin with a comment\n");
  static char head[TEXT_MAX];
  if (fine) {
    r->line[0] = '/';
    head[0] = 0;
    read_comment(r, head);
    fprintf(out, "# %s\n\n%s %u functions.\n\n", page->title, page->head, count_functions(header));
    write_prose(out, head);
  }
  while (fine && next_line(r)) {
    if (starts_with(r->line, "/* ---")) {
      flush_item(r);
      start_section(r);
    } else if (is_guard(r->line, page->guard) || starts_with(r->line, "#include") || starts_with(r->line, "#endif")) {
      continue;
    } else if (starts_with(r->line, "#if")) {
      skip_conditional(r);
    } else if (!r->line[0]) {
      flush_item(r);
    } else if (starts_with(r->line, "/**")) {
      flush_item(r);
      read_comment(r, r->item.comment);
    } else {
      fine = read_declaration(r);
    }
  }
  flush_item(r);
  if (fine && !r->in_section) fprintf(stderr, "docgen: the header has no sections\n");
  fine = fine && r->in_section;
  free(r);
  return fine;
}
