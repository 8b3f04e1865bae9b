/* Reads and checks texts that are run. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "utf8.h"

enum { BOM_LEN = 3, READ_BYTES = 64 << 10 };

static cloche_status fail_with_errno(cloche_error *err, const char *name, int code) {
  if (code == ENOENT || code == ENOTDIR) return cli_fail(err, CLOCHE_NOT_FOUND, "there is no file '%.180s'", name);
  if (code == EISDIR) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.180s' is a directory; name a file in it", name);
  return cli_fail(err, CLOCHE_IO_ERROR, "'%.180s' cannot be read: %s", name, strerror(code));
}

static cloche_status read_all(cli_bytes *out, int fd, const char *name, cloche_error *err) {
  while (out->len < out->max) {
    size_t room = out->max - out->len < READ_BYTES ? out->max - out->len : READ_BYTES;
    if (!cli_bytes_reserve(out, room)) return cli_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for the source");
    ssize_t got = read(fd, out->data + out->len, room);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_with_errno(err, name, errno);
    if (got == 0) break;
    out->len += (size_t)got;
    out->data[out->len] = 0;
  }
  return CLOCHE_OK;
}

static cloche_status check_text(const cli_bytes *source, const char *name, cloche_error *err) {
  const char *text = source->data;
  if (source->len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.180s' is UTF-16 text; save it as UTF-8", name);
  unsigned line, column;
  size_t zero = strlen(text), valid = cli_utf8_valid(text, source->len);
  size_t bad = zero < valid ? zero : valid;
  if (bad == source->len) return CLOCHE_OK;
  cli_utf8_position(text, bad, &line, &column);
  const char *what = bad == zero ? "a binary file and no text" : "not UTF-8";
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.140s' is %s: byte 0x%02x at offset %zu (line %u, column %u)", name,
                  what, (unsigned)(unsigned char)text[bad], bad, line, column);
}

static void drop_bom(cli_bytes *source) {
  if (source->len < BOM_LEN || memcmp(source->data, "\xEF\xBB\xBF", BOM_LEN) != 0) return;
  source->len -= BOM_LEN;
  memmove(source->data, source->data + BOM_LEN, source->len + 1);
}

static cloche_status begin(cli_bytes *out, size_t limit, cloche_error *err) {
  *out = (cli_bytes){.max = limit + BOM_LEN + 1};
  return cli_bytes_add(out, "", 0) ? CLOCHE_OK : cli_fail_memory(err);
}

/* A text that fills the room is too large, and the limit may have cut a character in two: the library refuses it. */
static cloche_status finish(cli_bytes *out, const char *name, cloche_error *err) {
  cloche_status status = out->len < out->max ? check_text(out, name, err) : CLOCHE_OK;
  drop_bom(out);
  return status;
}

cloche_status cli_source_read_bytes(cli_bytes *out, const char *path, size_t limit, cloche_error *err) {
  bool from_stdin = strcmp(path, "-") == 0;
  const char *name = from_stdin ? "stdin" : path;
  cloche_status status = begin(out, limit, err);
  if (status != CLOCHE_OK) return status;
  int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return fail_with_errno(err, name, errno);
  status = read_all(out, fd, name, err);
  if (!from_stdin) close(fd);
  return status;
}

cloche_status cli_source_read(cli_bytes *out, const char *path, size_t limit, cloche_error *err) {
  cloche_status status = cli_source_read_bytes(out, path, limit, err);
  return status == CLOCHE_OK ? finish(out, strcmp(path, "-") == 0 ? "stdin" : path, err) : status;
}

cloche_status cli_source_copy(cli_bytes *out, const char *name, const char *text, size_t limit, cloche_error *err) {
  cloche_status status = begin(out, limit, err);
  if (status != CLOCHE_OK) return status;
  size_t len = strlen(text);
  if (!cli_bytes_add(out, text, len < out->max ? len : out->max)) return cli_fail_memory(err);
  return finish(out, name, err);
}
