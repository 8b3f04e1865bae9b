/* How a run is shown to a person: console events as they come, the value, the error with its place. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cloche.h"
#include "out.h"

/** Shows the console events that were not shown yet: log, info and debug on stdout, warn and error on stderr. */
void cli_show_events(cli_out *out, cloche_cell *cell);

/** Shows how the run of `cell` has ended; `path` is what the user calls the source. */
void cli_show_result(cli_out *out, cloche_cell *cell, const cloche_result *result, const char *path);

/** Writes a limit's value as a person would: "1.5s", "64MiB", "20". */
void cli_show_limit(const cloche_limit_info *limit, char *text, size_t len);

#endif
