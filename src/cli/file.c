/* Reading and writing of whole files; file.h. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

enum { READ_BYTES = 1 << 20 };

cloche_status cli_file_read(cli_bytes *out, const char *path, uint64_t max, cloche_error *err) {
  *out = (cli_bytes){.max = (size_t)max + 1};
  if (!cli_bytes_add(out, "", 0)) return cli_fail_memory(err);
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), failed = fd < 0 ? errno : 0;
  while (fd >= 0 && out->len < out->max) {
    size_t room = out->max - out->len < READ_BYTES ? out->max - out->len : READ_BYTES;
    if (!cli_bytes_reserve(out, room)) {
      close(fd);
      return cli_fail_memory(err);
    }
    ssize_t got = read(fd, out->data + out->len, room);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) failed = errno;
    if (got <= 0) break;
    out->len += (size_t)got;
    out->data[out->len] = 0;
  }
  if (fd >= 0) close(fd);
  if (failed == ENOENT || failed == ENOTDIR) return cli_fail(err, CLOCHE_NOT_FOUND, "there is no file '%.180s'", path);
  if (failed) return cli_fail(err, CLOCHE_IO_ERROR, "'%.160s' cannot be read: %s", path, strerror(failed));
  if (out->len < out->max) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.160s' is larger than %llu bytes", path, (unsigned long long)max);
}

static bool write_all(int fd, const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, data, len);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    len -= (size_t)n;
  }
  return true;
}

cloche_status cli_file_write(const char *path, const void *data, size_t len, const char *what, cloche_error *err) {
  size_t size = strlen(path) + sizeof ".XXXXXX";
  char *temporary = malloc(size);
  if (!temporary) return cli_fail_memory(err);
  snprintf(temporary, size, "%s.XXXXXX", path);
  int fd = mkostemp(temporary, O_CLOEXEC), failed = fd < 0 ? errno : 0;
  if (fd >= 0) {
    if (!write_all(fd, data, len) || fsync(fd) != 0) failed = errno;
    if (close(fd) != 0 && !failed) failed = errno;
    if (!failed && rename(temporary, path) != 0) failed = errno;
    if (failed) unlink(temporary);
  }
  free(temporary);
  if (!failed) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "%s cannot be written to '%.140s': %s", what, path, strerror(failed));
}
