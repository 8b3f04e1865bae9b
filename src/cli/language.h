/* Which language a source is written in: by a flag, the end of its name, or its first line. */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <stddef.h>

#include "cloche.h"

/** What a shell offers for a language. */
#define CLI_LANGUAGES "js jsx ts tsx py sql"

/** Finds the language that a user names, "ts" or "typescript", in the library's words. */
cloche_status cli_language_named(const char **out, const char *name, cloche_error *err);

/** The language that the end of a path stands for; NULL: it says nothing. */
const char *cli_language_by_path(const char *path);

/** Guesses: by the end of `path` (NULL: it has none), else by a first line such as "#!/usr/bin/env -S cloche run --lang
 *  ts", else it is "js". */
const char *cli_language_guess(const char *path, const char *source, size_t len);

#endif
