/* The growing buffer. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cl_buf_reserve(cl_buf *buf, size_t len) {
  if (buf->failed) return false;
  if (len > buf->max || buf->len > buf->max - len) {
    buf->failed = true;
    return false;
  }
  size_t need = buf->len + len + 1;
  if (need <= buf->cap) return true;
  size_t cap = buf->cap ? buf->cap * 2 : 256;
  while (cap < need) cap *= 2;
  char *data = realloc(buf->data, cap);
  if (!data) {
    buf->failed = true;
    return false;
  }
  buf->data = data;
  buf->cap = cap;
  return true;
}

void cl_buf_add(cl_buf *buf, const void *data, size_t len) {
  if (!cl_buf_reserve(buf, len)) return;
  if (len) memcpy(buf->data + buf->len, data, len);
  buf->len += len;
  buf->data[buf->len] = 0;
}

void cl_buf_text(cl_buf *buf, const char *text) { cl_buf_add(buf, text, strlen(text)); }

void cl_buf_format(cl_buf *buf, const char *format, ...) {
  char small[128];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (len < 0 || (size_t)len >= sizeof small) {
    buf->failed = true; /* callers format numbers and short names only */
    return;
  }
  cl_buf_add(buf, small, (size_t)len);
}

void cl_buf_wipe(cl_buf *buf, size_t keep) {
  if (buf->cap > keep) {
    cl_buf_free(buf);
  } else if (buf->len) {
    memset(buf->data, 0, buf->len);
    __asm__ volatile("" ::"r"(buf->data) : "memory"); /* the store is wanted, although nobody reads it */
  }
  buf->len = 0;
  buf->failed = false;
}

void cl_buf_free(cl_buf *buf) {
  if (buf->data) {
    memset(buf->data, 0, buf->len);
    __asm__ volatile("" ::"r"(buf->data) : "memory");
  }
  free(buf->data);
  buf->data = NULL;
  buf->len = buf->cap = 0;
}
