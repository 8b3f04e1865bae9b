/* Bytes that grow up to a stated maximum. The owner frees them with cli_bytes_free; all zero but `max` is empty. */
#ifndef CLI_BYTES_H
#define CLI_BYTES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_bytes {
  char *data; /* NULL, or at least len + 1 bytes, always terminated */
  size_t len, cap, max;
} cli_bytes;

/** Makes room for `len` more bytes behind data + len; false when that is past the maximum or there is no memory. */
bool cli_bytes_reserve(cli_bytes *bytes, size_t len);

/** Appends; false, and nothing appended, when cli_bytes_reserve says so. */
bool cli_bytes_add(cli_bytes *bytes, const char *data, size_t len);

void cli_bytes_free(cli_bytes *bytes);

#endif
