/* What goes to stdout and stderr while a run is on: one queue, so that the two stay in order where they are the same
 * terminal or file, written as readers take it. A reader that does not read delays nothing but the output; how much
 * can wait is bounded by the limits on console and value.
 *
 * The descriptors stay blocking, as they are shared with other processes: a pipe or terminal is written to only when
 * it is ready, and then not more than it can take at once. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

typedef struct cli_chunk cli_chunk;

typedef struct cli_out {
  uv_poll_t ready; /* of `epoll`: the flags of fds 1 and 2 are not ours to change, those of an epoll are */
  int epoll;
  int watched;             /* the fd that `epoll` waits for, or -1 */
  cli_chunk *first, *last; /* what waits */
  size_t waiting;          /* bytes of it */
  int error;               /* errno of the first write to stdout that failed; 0: none */
  bool broken[3];          /* by fd: it takes no more; what is written to it is dropped */
  bool open_line;          /* what was added last does not end with a line end */
  bool terminal[3];        /* by fd */
  bool smart[3];           /* by fd: it is one that can erase a line */
  bool colours[3];         /* by fd: it is one, and the user has nothing against colours */
} cli_out;

/** Sets up writing within `loop`; 0, or a uv error. Close it with cli_out_close, in any case. */
int cli_out_open(cli_out *out, uv_loop_t *loop);

/** Puts `text` in the queue for fd 1 or 2. */
void cli_out_add(cli_out *out, int fd, const char *text, size_t len);

/** The same for text that a guest made: a terminal gets no control sequences but colours, and those
 *  only where they are wanted. */
void cli_out_add_guest(cli_out *out, int fd, const char *text, size_t len);

/** Writes what can be written now; the loop writes on when there is a rest. */
void cli_out_flush(cli_out *out);

/** True while something waits to be written. */
bool cli_out_is_pending(const cli_out *out);

/** Drops what waits and closes the handle; the loop must run once more. */
void cli_out_close(cli_out *out);

#endif
