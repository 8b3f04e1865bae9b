/* Reads and checks the program's text. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

enum { BOM_LEN = 3, READ_BYTES = 64 << 10 };

__attribute__((format(printf, 3, 4))) static cloche_status fail(cloche_error *err, cloche_status status,
                                                                const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->status = status;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}

static cloche_status fail_with_errno(cloche_error *err, const char *name, int code) {
  if (code == ENOENT || code == ENOTDIR) return fail(err, CLOCHE_NOT_FOUND, "there is no file '%.180s'", name);
  if (code == EISDIR) return fail(err, CLOCHE_INVALID_ARGUMENT, "'%.180s' is a directory; name a file in it", name);
  return fail(err, CLOCHE_IO_ERROR, "'%.180s' cannot be read: %s", name, strerror(code));
}

static cloche_status read_all(cli_bytes *out, int fd, const char *name, cloche_error *err) {
  while (out->len < out->max) {
    size_t room = out->max - out->len < READ_BYTES ? out->max - out->len : READ_BYTES;
    if (!cli_bytes_reserve(out, room)) return fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for the source");
    ssize_t got = read(fd, out->data + out->len, room);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_with_errno(err, name, errno);
    if (got == 0) break;
    out->len += (size_t)got;
    out->data[out->len] = 0;
  }
  return CLOCHE_OK;
}

static void find_line(const char *text, size_t at, unsigned *line, unsigned *column) {
  *line = *column = 1;
  for (size_t i = 0; i < at;) {
    size_t n = cli_utf8_length(text + i, at - i);
    *column = text[i] == '\n' ? 1 : *column + 1;
    *line += text[i] == '\n';
    i += n ? n : 1;
  }
}

static cloche_status check_text(const cli_bytes *source, const char *name, cloche_error *err) {
  const char *text = source->data;
  if (source->len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
    return fail(err, CLOCHE_INVALID_ARGUMENT, "'%.180s' is UTF-16 text; save it as UTF-8", name);
  unsigned line, column;
  size_t zero = strlen(text), valid = cli_utf8_valid(text, source->len);
  size_t bad = zero < valid ? zero : valid;
  if (bad == source->len) return CLOCHE_OK;
  find_line(text, bad, &line, &column);
  const char *what = bad == zero ? "a binary file and no text" : "not UTF-8";
  return fail(err, CLOCHE_INVALID_ARGUMENT, "'%.140s' is %s: byte 0x%02x at offset %zu (line %u, column %u)", name,
              what, (unsigned)(unsigned char)text[bad], bad, line, column);
}

static void drop_bom(cli_bytes *source) {
  if (source->len < BOM_LEN || memcmp(source->data, "\xEF\xBB\xBF", BOM_LEN) != 0) return;
  source->len -= BOM_LEN;
  memmove(source->data, source->data + BOM_LEN, source->len + 1);
}

cloche_status cli_source_read(cli_bytes *out, const char *path, size_t limit, cloche_error *err) {
  bool from_stdin = strcmp(path, "-") == 0;
  const char *name = from_stdin ? "stdin" : path;
  *out = (cli_bytes){.max = limit + BOM_LEN + 1};
  if (!cli_bytes_add(out, "", 0)) return fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for the source");
  int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return fail_with_errno(err, name, errno);
  cloche_status status = read_all(out, fd, name, err);
  if (!from_stdin) close(fd);
  if (status != CLOCHE_OK) return status;
  bool whole = out->len < out->max; /* else the limit may have cut a character in two */
  if (whole) status = check_text(out, name, err);
  drop_bom(out);
  return status;
}
