/* The queue to stdout and stderr; out.h says why it is one. */
#include "out.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "colours.h"

enum { CHUNK_BYTES = 64 << 10 };

struct cli_chunk {
  cli_chunk *next;
  int fd;
  size_t at, len, cap; /* data[at..len] waits */
  char data[];
};

static void on_ready(uv_poll_t *handle, int status, int events) {
  (void)status;
  (void)events;
  cli_out_flush(handle->data);
}

int cli_out_open(cli_out *out, uv_loop_t *loop) {
  *out = (cli_out){.epoll = epoll_create1(EPOLL_CLOEXEC), .watched = -1};
  if (out->epoll < 0) return -errno;
  for (int fd = 1; fd <= 2; fd++) {
    out->terminal[fd] = isatty(fd);
    out->smart[fd] = cli_is_smart_terminal(fd);
    out->colours[fd] = cli_has_colours(fd);
  }
  out->ready.data = out;
  int failed = uv_poll_init(loop, &out->ready, out->epoll);
  if (failed) {
    close(out->epoll);
    out->epoll = -1;
  }
  return failed;
}

static void drop_first(cli_out *out) {
  cli_chunk *chunk = out->first;
  out->first = chunk->next;
  if (!out->first) out->last = NULL;
  out->waiting -= chunk->len - chunk->at;
  free(chunk);
}

static void give_up(cli_out *out, int fd, int error) {
  out->broken[fd] = true;
  if (fd == STDOUT_FILENO && out->error == 0) out->error = error;
}

static cli_chunk *new_chunk(cli_out *out, int fd, size_t len) {
  size_t cap = len > CHUNK_BYTES ? len : CHUNK_BYTES;
  cli_chunk *chunk = malloc(sizeof *chunk + cap);
  if (!chunk) return NULL;
  *chunk = (cli_chunk){.fd = fd, .cap = cap};
  if (out->last) out->last->next = chunk;
  else out->first = chunk;
  out->last = chunk;
  return chunk;
}

void cli_out_add(cli_out *out, int fd, const char *text, size_t len) {
  if (len == 0 || out->broken[fd]) return;
  out->open_line = text[len - 1] != '\n';
  cli_chunk *chunk = out->last;
  if (!chunk || chunk->fd != fd || chunk->cap - chunk->len < len) chunk = new_chunk(out, fd, len);
  if (!chunk) {
    give_up(out, fd, ENOMEM);
    return;
  }
  memcpy(chunk->data + chunk->len, text, len);
  chunk->len += len;
  out->waiting += len;
}

/* The length of a colour sequence, ESC [ digits and semicolons m; 0 when there is none. */
static size_t colour_length(const char *text, size_t len) {
  if (len < 3 || text[0] != '\x1b' || text[1] != '[') return 0;
  size_t n = 2;
  while (n < len && ((text[n] >= '0' && text[n] <= '9') || text[n] == ';')) n++;
  return n < len && text[n] == 'm' ? n + 1 : 0;
}

/* The length of a control character, C1 included; 0 for what may be shown. Text from the library is valid UTF-8. */
static size_t control_length(const char *text, size_t len) {
  unsigned char c = (unsigned char)text[0];
  if (c == '\n' || c == '\t') return 0;
  if (c < 0x20 || c == 0x7F) return 1;
  return c == 0xC2 && len > 1 && (unsigned char)text[1] < 0xA0 ? 2 : 0;
}

static void add_visible(cli_out *out, int fd, unsigned char c) {
  char visible[8];
  snprintf(visible, sizeof visible, "\\x%02x", (unsigned)c);
  cli_out_add(out, fd, visible, strlen(visible));
}

void cli_out_add_guest(cli_out *out, int fd, const char *text, size_t len) {
  if (!out->terminal[fd]) {
    cli_out_add(out, fd, text, len);
    return;
  }
  size_t shown = 0; /* text[shown..i] may go out as it is */
  for (size_t i = 0; i < len;) {
    size_t colour = colour_length(text + i, len - i), control = control_length(text + i, len - i);
    if (colour ? out->colours[fd] : !control) {
      i += colour ? colour : 1;
      continue;
    }
    cli_out_add(out, fd, text + shown, i - shown);
    if (!colour) add_visible(out, fd, (unsigned char)text[i + control - 1]);
    i += colour ? colour : control;
    shown = i;
  }
  cli_out_add(out, fd, text + shown, len - shown);
}

static void unwatch(cli_out *out) {
  if (out->watched < 0) return;
  epoll_ctl(out->epoll, EPOLL_CTL_DEL, out->watched, NULL);
  out->watched = -1;
  uv_poll_stop(&out->ready);
}

/* False when the fd cannot be watched, as a file cannot: it is always ready. */
static bool watch(cli_out *out, int fd) {
  if (out->watched == fd) return true;
  unwatch(out);
  struct epoll_event event = {.events = EPOLLOUT};
  if (epoll_ctl(out->epoll, EPOLL_CTL_ADD, fd, &event) != 0) return false;
  out->watched = fd;
  return uv_poll_start(&out->ready, UV_READABLE, on_ready) == 0;
}

static bool is_ready(int fd) {
  struct pollfd entry = {.fd = fd, .events = POLLOUT};
  return poll(&entry, 1, 0) != 0;
}

/* Writes one piece; false when the fd has to be waited for. A ready pipe takes PIPE_BUF bytes without blocking. */
static bool write_piece(cli_out *out, cli_chunk *chunk) {
  if (!is_ready(chunk->fd) && watch(out, chunk->fd)) return false;
  size_t len = chunk->len - chunk->at;
  ssize_t written = write(chunk->fd, chunk->data + chunk->at, len < PIPE_BUF ? len : PIPE_BUF);
  if (written > 0) {
    chunk->at += (size_t)written;
    out->waiting -= (size_t)written;
  }
  if (written >= 0 || errno == EINTR) return true;
  if (errno == EAGAIN && watch(out, chunk->fd)) return false;
  give_up(out, chunk->fd, errno);
  return true;
}

void cli_out_flush(cli_out *out) {
  while (out->first) {
    if (out->broken[out->first->fd] || out->first->at == out->first->len) drop_first(out);
    else if (!write_piece(out, out->first)) return;
  }
  unwatch(out);
}

bool cli_out_is_pending(const cli_out *out) { return out->first != NULL; }

static void on_close(uv_handle_t *handle) { close(((cli_out *)handle->data)->epoll); }

void cli_out_close(cli_out *out) {
  while (out->first) drop_first(out);
  if (out->epoll >= 0) uv_close((uv_handle_t *)&out->ready, on_close);
}
