/* Reads stdin line by line within the loop, as much as is there with each read. The descriptor stays blocking, as it is
 * shared with other processes: it is read only when it is ready. Reading goes on only while lines are asked for, so that
 * a writer who is too fast has to wait. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

typedef struct cli_lines {
  uv_poll_t ready; /* of `epoll`: the flags of fd 0 are not ours to change */
  int epoll;
  bool watched, unwatchable; /* a file is always ready */
  bool ended;                /* there is nothing more to read */
  bool too_long;             /* what stands at the front is part of a line that was refused */
  char *data;
  size_t at, searched, len, cap; /* data[at..len] is not taken; there is no line end before `searched` */
  size_t max;                    /* the longest line */
} cli_lines;

typedef enum { CLI_LINE_NONE, CLI_LINE, CLI_LINE_TOO_LONG } cli_line;

/** Sets up reading within `loop`; 0, or a uv error. Close it with cli_lines_close, in any case. */
int cli_lines_open(cli_lines *lines, uv_loop_t *loop, size_t max);

/** Gives the next line without its end, which lives until the next call of this or the next turn of the loop. CLI_LINE_NONE:
 *  none is there yet, or (`ended`) any more. */
cli_line cli_lines_next(cli_lines *lines, const char **line, size_t *len);

/** Has the loop read when there is something, or not (any more). True when nobody will: it has to be asked for by
 *  cli_lines_read, since what stdin is cannot be waited for. */
bool cli_lines_watch(cli_lines *lines, bool wanted);

/** Reads once. */
void cli_lines_read(cli_lines *lines);

/** Closes the handle; the loop must run once more. */
void cli_lines_close(cli_lines *lines);

#endif
