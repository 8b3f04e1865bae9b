/* Waiting for stdin within a libuv loop, so that signals and what else goes on have their turn meanwhile. The descriptor
 * stays blocking, as it is shared with other processes. */
#ifndef CLI_REPL_STDIN_H
#define CLI_REPL_STDIN_H

#include <stdbool.h>
#include <uv.h>

#include "bytes.h"

typedef struct cli_stdin {
  uv_loop_t *loop;
  uv_poll_t ready; /* of `epoll`: the flags of fd 0 are not ours to change, those of an epoll are */
  int epoll;       /* -1: fd 0 cannot be waited for, as a file cannot: it is always ready */
  bool readable;
  bool stopped;   /* whoever waits shall give up; the next wait begins anew */
  cli_bytes read; /* what cli_stdin_line has read, from `at` on not given yet */
  size_t at;
} cli_stdin;

/** Sets up waiting within `loop`; 0, or a uv error. Close it in any case, before the loop runs for the last time. */
int cli_stdin_open(cli_stdin *in, uv_loop_t *loop);
void cli_stdin_close(cli_stdin *in);

/** Waits until a read gives something; false when it was stopped. */
bool cli_stdin_wait(cli_stdin *in);

/** Makes a wait end that is on. */
void cli_stdin_stop(cli_stdin *in);

typedef enum { CLI_LINE, CLI_LINE_STOPPED, CLI_LINE_END, CLI_LINE_FAILED } cli_line;

/** Reads a line, without its end, when stdin is no terminal; it lives until the next one. CLI_LINE_FAILED: an error, or a
 *  line longer than 64 MiB. */
cli_line cli_stdin_line(cli_stdin *in, const char **line, size_t *len);

#endif
