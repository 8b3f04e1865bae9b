/* How a run is shown to a person: events as they come, the value, the error with its place. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cloche.h"
#include "out.h"
#include "progress.h"

/** Shows the events that were not shown yet: log, info, debug and display on stdout, warn and error on stderr, progress
 *  at the bottom of the terminal. */
void cli_show_events(cli_out *out, cli_progress *progress, cloche_cell *cell);

/** Shows how the run of `cell` has ended; `path` is what the user calls the source that the error is in. */
/** One line on stderr that says what to do next. */
void cli_show_hint(cli_out *out, const char *text);
void cli_show_result(cli_out *out, cloche_cell *cell, const cloche_result *result, const char *path);

#endif
