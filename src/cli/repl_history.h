/* The lines that were typed before, in $XDG_STATE_HOME/cloche/history-LANGUAGE: for their owner's eyes alone, 1,000 at most.
 * Where nothing can be kept, nothing is, and nobody is told. */
#ifndef CLI_REPL_HISTORY_H
#define CLI_REPL_HISTORY_H

#include <stddef.h>

enum { CLI_HISTORY_LINES = 1000, CLI_HISTORY_LINE_BYTES = 16 << 10 };

typedef struct cli_history {
  int fd; /* -1: none is kept */
} cli_history;

/** Opens the file of a language, making it and its folders, and gives what it holds to `each`, oldest line first. */
void cli_history_open(cli_history *history, const char *language, void (*each)(void *user, const char *line),
                      void *user);

/** Adds a line; several programs may do so at the same time. */
void cli_history_add(cli_history *history, const char *line, size_t len);

void cli_history_close(cli_history *history);

#endif
