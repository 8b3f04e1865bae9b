/* Reading and writing of whole files; file.h. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static bool drop(cli_draft *draft, int why) {
  free(draft->place);
  free(draft->temporary);
  *draft = (cli_draft){.fd = -1};
  errno = why;
  return why == 0;
}

bool cli_draft_open(cli_draft *draft, const char *path) {
  struct stat st;
  *draft = (cli_draft){.fd = -1};
  if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
    draft->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return draft->fd >= 0;
  }
  draft->place = realpath(path, NULL);
  if (!draft->place) draft->place = strdup(path);
  size_t size = draft->place ? strlen(draft->place) + sizeof ".XXXXXX" : 0;
  draft->temporary = size ? malloc(size) : NULL;
  if (!draft->temporary) return drop(draft, ENOMEM);
  snprintf(draft->temporary, size, "%s.XXXXXX", draft->place);
  draft->fd = mkostemp(draft->temporary, O_CLOEXEC);
  return draft->fd >= 0 || drop(draft, errno);
}

bool cli_draft_close(cli_draft *draft, bool good) {
  int why = good ? 0 : errno;
  if (draft->fd < 0) return drop(draft, why ? why : EBADF);
  if (close(draft->fd) != 0 && !why) why = errno;
  if (good && !why && draft->temporary && rename(draft->temporary, draft->place) != 0) why = errno;
  if ((!good || why) && draft->temporary) unlink(draft->temporary);
  return drop(draft, why) && good;
}

cloche_status cli_file_write(const char *path, const void *data, size_t len, const char *what, cloche_error *err) {
  cli_draft draft;
  bool fine = cli_draft_open(&draft, path);
  if (fine) {
    bool whole = write_all(draft.fd, data, len) && (!draft.temporary || fsync(draft.fd) == 0);
    fine = cli_draft_close(&draft, whole);
  }
  if (fine) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "%s cannot be written to '%.140s': %s", what, path, strerror(errno));
}
