/* Limits in words for people. */
#ifndef CLI_LIMIT_TEXT_H
#define CLI_LIMIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "cloche.h"
#include "out.h"

/** What the value of a limit is called in help: "TIME", "SIZE" or "NUMBER". */
const char *cli_limit_value(const cloche_limit_info *limit);

/** Writes what a limit is in the profile "default", as a person would: "1.5s", "64MiB", "20"; false when there is no
 *  limit of that name. */
bool cli_limit_default(const char *name, char *text, size_t len);

/** Writes what a limit is, likewise. */
void cli_limit_text(const cloche_limit_info *limit, char *text, size_t len);

/** Puts a line on stderr that names the options which would have let a run go on that ended with `status`; nothing,
 *  when it was no limit. */
void cli_limit_hint(cli_out *out, cloche_status status);

#endif
