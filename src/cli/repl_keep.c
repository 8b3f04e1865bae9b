/* Going back, and keeping a session in a file: `.undo`, `.save` and `.load`. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "repl.h"

enum { READ_BYTES = 1 << 20 };
#define FILE_BYTES ((size_t)1 << 30)

cloche_status cli_repl_undo(cli_repl *repl, const char *argument, cloche_error *err) {
  char *end = NULL;
  errno = 0;
  unsigned long count = argument[0] ? strtoul(argument, &end, 10) : 1;
  if (argument[0] && (argument[0] < '1' || argument[0] > '9' || *end || errno || count > CLI_REPL_UNDO))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.40s' is not a number of inputs from 1 to %d", argument,
                    CLI_REPL_UNDO);
  return cloche_cell_undo(cli_repl_cell(repl), (uint32_t)count, err);
}

/* ---- files */

static cloche_status blame_file(const char *what, const char *path, cloche_error *err) {
  return cli_fail(err, CLOCHE_IO_ERROR, "'%.100s' cannot be %s: %s", path, what, strerror(errno));
}

static bool write_all(int fd, const uint8_t *bytes, size_t len) {
  for (size_t at = 0; at < len;) {
    ssize_t written = write(fd, bytes + at, len - at);
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) at += (size_t)written;
  }
  return true;
}

/* The file is there as a whole, or as it was before; nobody else may read it. */
static cloche_status write_file(const char *path, const uint8_t *bytes, size_t len, cloche_error *err) {
  char fresh[PATH_MAX];
  if (snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= (int)sizeof fresh)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "the name of the file is too long");
  int fd = mkostemp(fresh, O_CLOEXEC);
  if (fd < 0) return blame_file("written", path, err);
  bool fine = write_all(fd, bytes, len);
  fine = close(fd) == 0 && fine;
  if (fine && rename(fresh, path) == 0) return CLOCHE_OK;
  cloche_status status = blame_file("written", path, err);
  (void)unlink(fresh);
  return status;
}

static cloche_status read_file(cli_bytes *out, const char *path, cloche_error *err) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  cloche_status status = fd < 0 ? blame_file("read", path, err) : CLOCHE_OK;
  for (ssize_t got = 1; status == CLOCHE_OK && got > 0;) {
    if (!cli_bytes_reserve(out, READ_BYTES)) {
      status = cli_fail(err, CLOCHE_OUT_OF_MEMORY, "'%.100s' is too large", path);
      break;
    }
    got = read(fd, out->data + out->len, READ_BYTES);
    if (got < 0 && errno == EINTR) got = 1;
    else if (got < 0) status = blame_file("read", path, err);
    else out->len += (size_t)got;
  }
  if (fd >= 0) close(fd);
  return status;
}

/* ---- snapshots */

cloche_status cli_repl_save(cli_repl *repl, const char *path, cloche_error *err) {
  cloche_snapshot *snapshot = NULL;
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = cloche_cell_snapshot(&snapshot, cli_repl_cell(repl), err);
  if (status == CLOCHE_OK) status = cloche_snapshot_write(snapshot, NULL, &bytes, &len, err);
  if (status == CLOCHE_OK) status = write_file(path, bytes, len, err);
  free(bytes);
  cloche_snapshot_free(snapshot);
  return status;
}

cloche_status cli_repl_load(cli_repl *repl, const char *path, cloche_error *err) {
  cloche_snapshot *snapshot = NULL;
  cli_bytes bytes = {.max = FILE_BYTES};
  cloche_status status = read_file(&bytes, path, err);
  if (status == CLOCHE_OK) status = cloche_snapshot_read(&snapshot, (uint8_t *)bytes.data, bytes.len, NULL, err);
  if (status == CLOCHE_OK) {
    cloche_snapshot_info info = cloche_snapshot_describe(snapshot);
    if (!info.session || info.waiting)
      status =
          cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.100s' is of a run that waits, not of a session at rest", path);
  }
  if (status == CLOCHE_OK) status = cloche_cell_restore(cli_repl_cell(repl), snapshot, err);
  cloche_snapshot_free(snapshot);
  cli_bytes_free(&bytes);
  return status;
}
