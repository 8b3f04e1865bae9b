/* Source texts: a file, stdin or a text from the command line, checked to be text. */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include "bytes.h"
#include "cloche.h"

/** Reads a file ("-": stdin). Of one that is larger than `limit` it reads a little more than that, so that the library
 *  says so. Gives text in UTF-8 without a BOM; binary files and other encodings are refused with the offset of the
 *  first byte that is wrong. `out` is to be freed in any case. */
cloche_status cli_source_read(cli_bytes *out, const char *path, size_t limit, cloche_error *err);

/** The same for any bytes, which are left as they are. */
cloche_status cli_source_read_bytes(cli_bytes *out, const char *path, size_t limit, cloche_error *err);

/** The first for a text; `name` is what the user calls it. */
cloche_status cli_source_copy(cli_bytes *out, const char *name, const char *text, size_t limit, cloche_error *err);

#endif
