/* Lines of stdin; lines.h. */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define READ_BYTES ((size_t)64 << 10)

int cli_lines_open(cli_lines *lines, uv_loop_t *loop, size_t max) {
  *lines = (cli_lines){.epoll = epoll_create1(EPOLL_CLOEXEC), .max = max};
  if (lines->epoll < 0) return -errno;
  lines->ready.data = lines;
  int failed = uv_poll_init(loop, &lines->ready, lines->epoll);
  if (failed) {
    close(lines->epoll);
    lines->epoll = -1;
    return failed;
  }
  struct epoll_event event = {.events = EPOLLIN};
  lines->unwatchable = epoll_ctl(lines->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0;
  return 0;
}

/* ---- reading */

/* What was taken makes room. */
static void move_to_front(cli_lines *lines) {
  if (lines->at == 0) return;
  memmove(lines->data, lines->data + lines->at, lines->len - lines->at);
  lines->len -= lines->at;
  lines->searched -= lines->at;
  lines->at = 0;
}

static bool make_room(cli_lines *lines) {
  if (lines->cap - lines->len >= READ_BYTES) return true;
  move_to_front(lines);
  if (lines->cap - lines->len >= READ_BYTES) return true;
  size_t cap = lines->cap ? lines->cap * 2 : 2 * READ_BYTES;
  char *data = realloc(lines->data, cap);
  if (!data) return false;
  lines->data = data;
  lines->cap = cap;
  return true;
}

/* Without memory, or when the reading fails, this is where stdin ends. */
void cli_lines_read(cli_lines *lines) {
  if (lines->ended) return;
  ssize_t got = make_room(lines) ? read(STDIN_FILENO, lines->data + lines->len, lines->cap - lines->len) : 0;
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got > 0) lines->len += (size_t)got;
  else lines->ended = true;
}

static void on_ready(uv_poll_t *handle, int status, int events) {
  (void)status;
  (void)events;
  cli_lines_read(handle->data);
}

bool cli_lines_watch(cli_lines *lines, bool wanted) {
  wanted = wanted && !lines->ended;
  if (lines->unwatchable) return wanted;
  if (wanted == lines->watched) return false;
  if (wanted && uv_poll_start(&lines->ready, UV_READABLE, on_ready) != 0) return true;
  if (!wanted) uv_poll_stop(&lines->ready);
  lines->watched = wanted;
  return false;
}

/* ---- cutting */

/* Drops what is there of a line that was refused; false when its end is still to come. */
static bool skip_rest(cli_lines *lines, const char *end) {
  lines->at = lines->searched = end ? (size_t)(end - lines->data) + 1 : lines->len;
  lines->too_long = !end;
  return end != NULL;
}

cli_line cli_lines_next(cli_lines *lines, const char **line, size_t *len) {
  for (;;) {
    size_t unsearched = lines->len - lines->searched;
    const char *end = unsearched ? memchr(lines->data + lines->searched, '\n', unsearched) : NULL;
    if (lines->too_long) {
      if (skip_rest(lines, end)) continue;
      return CLI_LINE_NONE;
    }
    *len = end ? (size_t)(end - lines->data) - lines->at : lines->len - lines->at;
    if (*len > lines->max) {
      (void)skip_rest(lines, end);
      return CLI_LINE_TOO_LONG;
    }
    lines->searched = lines->len;
    if (!end && (!lines->ended || *len == 0)) return CLI_LINE_NONE;
    *line = lines->data + lines->at;
    lines->at += *len + (end != NULL);
    lines->searched = lines->at;
    return CLI_LINE;
  }
}

static void on_close(uv_handle_t *handle) {
  cli_lines *lines = handle->data;
  close(lines->epoll);
}

void cli_lines_close(cli_lines *lines) {
  free(lines->data);
  lines->data = NULL;
  if (lines->epoll >= 0) uv_close((uv_handle_t *)&lines->ready, on_close);
}
