/* Files of bytes: read up to a maximum; written as a whole or not at all, and readable by their owner alone. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include <stdint.h>

#include "bytes.h"
#include "cloche.h"

/** Reads a file of any bytes; one that is larger than `max` is CLOCHE_INVALID_ARGUMENT. */
cloche_status cli_file_read(cli_bytes *out, const char *path, uint64_t max, cloche_error *err);

/** Writes a file beside the place and puts it there. `what` says in errors what it is, as in "the snapshot". */
cloche_status cli_file_write(const char *path, const void *data, size_t len, const char *what, cloche_error *err);

#endif
