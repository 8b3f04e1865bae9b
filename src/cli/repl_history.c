/* Keeps what was typed; repl_history.h. A line is added by one write to the end of the file. A file that has grown to twice
 * what is kept is written anew when it is opened. */
#include "repl_history.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 4 << 20 };

/* False when there is no place for it. */
static bool write_path(char *path, size_t size, const char *language) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int len = -1;
  if (state && state[0] == '/') len = snprintf(path, size, "%s/cloche/history-%s", state, language);
  else if (home && home[0] == '/') len = snprintf(path, size, "%s/.local/state/cloche/history-%s", home, language);
  return len > 0 && (size_t)len < size;
}

static void make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    (void)mkdir(path, 0700); /* what is there already, or cannot be made, shows when the file is opened */
    *slash = '/';
  }
}

/* Reads the end of the file, from the beginning of a line on; the caller frees it. NULL: nothing. */
static char *read_end(int fd, size_t *len) {
  struct stat info;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) return NULL;
  size_t size = info.st_size > FILE_BYTES ? FILE_BYTES : (size_t)info.st_size;
  char *text = malloc(size + 1);
  ssize_t got = text ? pread(fd, text, size, info.st_size - (off_t)size) : -1;
  if (got <= 0) {
    free(text);
    return NULL;
  }
  *len = (size_t)got;
  text[got] = 0;
  for (size_t i = 0; i < *len; i++)
    if (!text[i]) text[i] = ' ';
  if (info.st_size > FILE_BYTES) {
    const char *first = memchr(text, '\n', *len);
    size_t skipped = first ? (size_t)(first - text) + 1 : *len;
    *len -= skipped;
    memmove(text, text + skipped, *len + 1);
  }
  return text;
}

static size_t count_lines(const char *text, size_t len) {
  size_t lines = 0;
  for (size_t i = 0; i < len; i++) lines += text[i] == '\n';
  return lines;
}

/* Where the last CLI_HISTORY_LINES lines begin. */
static char *last_lines(char *text, size_t len) {
  size_t lines = count_lines(text, len);
  for (; lines > CLI_HISTORY_LINES; lines--) text = strchr(text, '\n') + 1;
  return text;
}

/* Puts `text` in the place of the file; the old one stays when that fails. */
static void rewrite(const char *path, const char *text, cli_history *history) {
  char fresh[PATH_MAX + 16];
  if (snprintf(fresh, sizeof fresh, "%s.XXXXXX", path) >= (int)sizeof fresh) return;
  int fd = mkostemp(fresh, O_CLOEXEC | O_APPEND); /* with rights for the owner alone */
  size_t len = strlen(text);
  if (fd < 0) return;
  if (write(fd, text, len) == (ssize_t)len && rename(fresh, path) == 0) {
    close(history->fd);
    history->fd = fd;
    return;
  }
  (void)unlink(fresh);
  close(fd);
}

void cli_history_open(cli_history *history, const char *language, void (*each)(void *user, const char *line),
                      void *user) {
  char path[PATH_MAX];
  size_t len = 0;
  history->fd = -1;
  if (!write_path(path, sizeof path, language)) return;
  make_folders(path);
  history->fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (history->fd < 0) return;
  struct stat info;
  if (fstat(history->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    cli_history_close(history);
    return;
  }
  if (info.st_mode & 077) (void)fchmod(history->fd, 0600);
  char *text = read_end(history->fd, &len), *from = text ? last_lines(text, len) : NULL;
  if (text && (count_lines(text, len) > 2 * CLI_HISTORY_LINES || info.st_size > FILE_BYTES))
    rewrite(path, from, history);
  for (char *end; from && (end = strchr(from, '\n')) != NULL; from = end + 1) {
    *end = 0;
    if (*from && end - from <= CLI_HISTORY_LINE_BYTES) each(user, from);
  }
  free(text);
}

void cli_history_add(cli_history *history, const char *line, size_t len) {
  char text[CLI_HISTORY_LINE_BYTES + 1];
  if (history->fd < 0 || len == 0 || len > CLI_HISTORY_LINE_BYTES || memchr(line, '\n', len)) return;
  memcpy(text, line, len);
  text[len] = '\n';
  ssize_t written = write(history->fd, text, len + 1);
  (void)written; /* a full disk keeps nobody from working */
}

void cli_history_close(cli_history *history) {
  if (history->fd >= 0) close(history->fd);
  history->fd = -1;
}
