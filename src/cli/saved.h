/* Snapshots as files: saved with the image that they need, read with their key. */
#ifndef CLI_SAVED_H
#define CLI_SAVED_H

#include "cloche.h"

/** Writes a snapshot of the cell to a file, and keeps its image. `key_file` (NULL: none) has the key that authenticates it. If
 *  only the image could not be kept, that is CLOCHE_OK with a message in `err`. */
cloche_status cli_saved_write(const char *path, cloche_cell *cell, const cloche_engine *engine, const char *key_file,
                              cloche_error *err);

cloche_status cli_saved_read(cloche_snapshot **out, const char *path, const char *key_file, cloche_error *err);

#endif
