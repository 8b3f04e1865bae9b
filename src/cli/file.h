/* Files of bytes: read up to a maximum; written as a whole or not at all, and readable by their owner alone.
 *
 * A draft is a file on its way: written beside its place, and put there at the end. A link is followed; what is there
 * already and is no regular file (a terminal, a pipe, a device) is written to as it is. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "cloche.h"

/** Reads a file of any bytes; one that is larger than `max` is CLOCHE_INVALID_ARGUMENT. */
cloche_status cli_file_read(cli_bytes *out, const char *path, uint64_t max, cloche_error *err);

typedef struct cli_draft {
  int fd;                  /* -1: none */
  char *place, *temporary; /* NULL: written in place */
} cli_draft;

/** False: errno says why, and nothing is left. */
bool cli_draft_open(cli_draft *draft, const char *path);
/** Puts the file in its place, or, if it is no `good` one, away; false: errno says why it is not there. */
bool cli_draft_close(cli_draft *draft, bool good);

/** Writes a file beside the place and puts it there. `what` says in errors what it is, as in "the snapshot". */
cloche_status cli_file_write(const char *path, const void *data, size_t len, const char *what, cloche_error *err);

#endif
