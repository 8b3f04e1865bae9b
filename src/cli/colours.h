/* Whether a file descriptor is shown colours. */
#ifndef CLI_COLOURS_H
#define CLI_COLOURS_H

#include <stdbool.h>

/** True for a terminal that knows escape sequences: TERM is set and not "dumb". */
bool cli_is_smart_terminal(int fd);

/** The same, where the user has not asked for none: NO_COLOR is unset or empty (no-color.org). */
bool cli_has_colours(int fd);

#endif
