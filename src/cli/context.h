/* What the script sees as `context`: the object of a file, and the arguments of the command line. */
#ifndef CLI_CONTEXT_H
#define CLI_CONTEXT_H

#include "bytes.h"
#include "cloche.h"

/** Makes the JSON text. `path` (NULL: none) names a file with one JSON object. `arguments` (NULL: there was no "--")
 *  are UTF-8 and become `args`, an array of strings, also in place of the file's own; without them `args` is the file's, or empty.
 *  CLOCHE_INVALID_ARGUMENT says where the file is wrong. `out` is to be freed in any case. */
cloche_status cli_context_make(cli_bytes *out, const char *path, char *const *arguments, size_t argument_count,
                               size_t limit, cloche_error *err);

#endif
