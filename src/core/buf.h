/* A growing byte buffer with a stated maximum. It remembers a failure (no memory, or past the maximum), so that a
 * writer may append many pieces and look once. The owner frees it with cl_buf_free; all zero but `max` is empty. */
#ifndef CL_BUF_H
#define CL_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cl_buf {
  char *data; /* NULL, or at least len + 1 bytes, always terminated */
  size_t len, cap, max;
  bool failed;
} cl_buf;

/** Makes room for `len` more bytes; false, and `failed`, when it cannot. */
bool cl_buf_reserve(cl_buf *buf, size_t len);
void cl_buf_add(cl_buf *buf, const void *data, size_t len);
void cl_buf_text(cl_buf *buf, const char *text);
void cl_buf_format(cl_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Empties it and overwrites what it held; keeps at most `keep` bytes of memory. */
void cl_buf_wipe(cl_buf *buf, size_t keep);
void cl_buf_free(cl_buf *buf);

#endif
