/* Waits for stdin, and cuts what comes into lines; repl_stdin.h. */
#include "repl_stdin.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { READ_BYTES = 64 << 10, LINE_BYTES = 64 << 20 };

static void on_ready(uv_poll_t *handle, int status, int events) {
  (void)status;
  (void)events;
  ((cli_stdin *)handle->data)->readable = true;
}

int cli_stdin_open(cli_stdin *in, uv_loop_t *loop) {
  *in = (cli_stdin){.loop = loop, .epoll = epoll_create1(EPOLL_CLOEXEC)};
  in->read.max = LINE_BYTES;
  if (in->epoll < 0) return -errno;
  struct epoll_event event = {.events = EPOLLIN};
  int failed = 0;
  if (epoll_ctl(in->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0) failed = 1;
  else failed = uv_poll_init(loop, &in->ready, in->epoll);
  in->ready.data = in;
  if (!failed) return 0;
  close(in->epoll);
  in->epoll = -1;
  return failed < 0 ? failed : 0;
}

static void on_close(uv_handle_t *handle) { close(((cli_stdin *)handle->data)->epoll); }

void cli_stdin_close(cli_stdin *in) {
  cli_bytes_free(&in->read);
  if (in->loop && in->epoll >= 0) uv_close((uv_handle_t *)&in->ready, on_close);
}

bool cli_stdin_wait(cli_stdin *in) {
  in->readable = in->epoll < 0;
  if (in->epoll >= 0) {
    uv_poll_start(&in->ready, UV_READABLE, on_ready);
    while (!in->readable && !in->stopped) uv_run(in->loop, UV_RUN_ONCE);
    uv_poll_stop(&in->ready);
  } else {
    uv_run(in->loop, UV_RUN_NOWAIT);
  }
  bool stopped = in->stopped;
  in->stopped = false;
  return !stopped;
}

void cli_stdin_stop(cli_stdin *in) { in->stopped = true; }

/* The line that stands at `at`, if its end has been read. */
static bool take_line(cli_stdin *in, bool at_end, const char **line, size_t *len) {
  size_t rest = in->read.len - in->at;
  const char *from = in->read.data + in->at, *end = rest ? memchr(from, '\n', rest) : NULL;
  if (!end && (!at_end || rest == 0)) return false;
  *line = from;
  *len = end ? (size_t)(end - from) : rest;
  in->at += *len + (end != NULL);
  if (*len > 0 && from[*len - 1] == '\r') --*len;
  return true;
}

cli_line cli_stdin_line(cli_stdin *in, const char **line, size_t *len) {
  for (;;) {
    if (take_line(in, false, line, len)) return CLI_LINE;
    if (in->at > 0) {
      in->read.len -= in->at;
      memmove(in->read.data, in->read.data + in->at, in->read.len);
      in->at = 0;
    }
    if (!cli_stdin_wait(in)) return CLI_LINE_STOPPED;
    if (!cli_bytes_reserve(&in->read, READ_BYTES)) return CLI_LINE_FAILED;
    ssize_t got = read(STDIN_FILENO, in->read.data + in->read.len, READ_BYTES);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return CLI_LINE_FAILED;
    in->read.len += (size_t)got;
    if (got == 0) return take_line(in, true, line, len) ? CLI_LINE : CLI_LINE_END;
  }
}
