/* The line at the bottom of a terminal that says how far a script is. It stands on stderr, only on a terminal that
 * knows how to erase a line, and is gone when the run is over. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

#include "cloche.h"
#include "out.h"

typedef struct cli_progress {
  char line[256]; /* what it says; "": nothing */
  bool drawn;
} cli_progress;

/** Takes in an event of type "progress"; nothing is drawn yet. */
void cli_progress_set(cli_progress *progress, const cloche_event *event);

/** Draws the line behind all other output. */
void cli_progress_draw(cli_progress *progress, cli_out *out);

/** Takes the line away before other output; it can be drawn again. */
void cli_progress_erase(cli_progress *progress, cli_out *out);

#endif
