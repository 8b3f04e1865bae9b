/* The program's text: from a file or from stdin, checked to be text before anybody evaluates it. */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include "bytes.h"
#include "cloche.h"

/** Reads `path` ("-": stdin) without its byte order mark. It reads no further than one byte past `limit`, so that the
 *  run itself finds the source too large. CLOCHE_NOT_FOUND, CLOCHE_INVALID_ARGUMENT (a directory, or not UTF-8 text;
 *  the message says where), CLOCHE_IO_ERROR, CLOCHE_OUT_OF_MEMORY. The caller frees `out` in any case. */
cloche_status cli_source_read(cli_bytes *out, const char *path, size_t limit, cloche_error *err);

#endif
