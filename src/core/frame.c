/* The code frame of an error: two lines before, the line, a caret, two after. */
#include <string.h>

#include "cell.h"
#include "error.h"
#include "json.h"

enum { MAX_COLUMNS = 160, AROUND = 2 };

static const char *line_start(const cl_source *source, uint32_t line) {
  const char *at = source->text, *end = source->text + source->len;
  for (uint32_t n = 1; n < line; n++) {
    const char *next = memchr(at, '\n', (size_t)(end - at));
    if (!next) return NULL;
    at = next + 1;
  }
  return at;
}

/* Moves over `columns` characters, as the engine counts them: code points. */
static const char *skip(const char *at, const char *end, uint32_t columns) {
  for (; columns > 0 && at < end; columns--) {
    at++;
    while (at < end && ((unsigned char)*at & 0xC0) == 0x80) at++;
  }
  return at;
}

/* A long line is shown from a place to the left of the column, so that the caret has something to point at. */
static void add_line(cl_buf *out, const cl_source *source, uint32_t line, uint32_t column) {
  const char *at = line_start(source, line), *end = source->text + source->len;
  if (!at || (at == end && column == 0)) return; /* what follows the last line break is no line */
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  if (!stop) stop = end;
  if (stop > at && stop[-1] == '\r') stop--;
  uint32_t hidden = column > MAX_COLUMNS - 10 ? column - MAX_COLUMNS / 2 : 0;
  const char *from = skip(at, stop, hidden), *to = skip(from, stop, MAX_COLUMNS);
  cl_buf_format(out, "%c %4u | %s", column ? '>' : ' ', line, hidden ? "..." : "");
  cl_utf8_text(out, from, (size_t)(to - from));
  cl_buf_text(out, to < stop ? "...\n" : "\n");
  if (column == 0) return;
  cl_buf_text(out, hidden ? "       |    " : "       | ");
  const char *caret = skip(from, stop, column - 1 - hidden);
  for (const char *c = from; c < caret; c = skip(c, caret, 1)) cl_buf_text(out, *c == '\t' ? "\t" : " ");
  cl_buf_text(out, "^\n");
}

void cl_frame_build(cloche_cell *cell) {
  const cl_source *source = cell->error_source;
  cl_buf *out = &cell->frame;
  if (!source || cell->line == 0 || !line_start(source, cell->line)) return;
  uint32_t first = cell->line > AROUND ? cell->line - AROUND : 1;
  for (uint32_t line = first; line <= cell->line + AROUND; line++)
    add_line(out, source, line, line == cell->line ? cell->column : 0);
  if (out->failed) cl_buf_wipe(out, 0);
}
