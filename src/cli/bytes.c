/* Bytes that grow up to a stated maximum; bytes.h says how they are used. */
#include "bytes.h"

#include <stdlib.h>
#include <string.h>

bool cli_bytes_reserve(cli_bytes *bytes, size_t len) {
  if (bytes->len > bytes->max || len > bytes->max - bytes->len) return false;
  size_t need = bytes->len + len + 1;
  if (need <= bytes->cap) return true;
  size_t cap = bytes->cap < 256 ? 256 : bytes->cap;
  while (cap < need) cap *= 2;
  char *data = realloc(bytes->data, cap);
  if (!data) return false;
  data[bytes->len] = 0;
  bytes->data = data;
  bytes->cap = cap;
  return true;
}

bool cli_bytes_add(cli_bytes *bytes, const char *data, size_t len) {
  if (!cli_bytes_reserve(bytes, len)) return false;
  if (len) memcpy(bytes->data + bytes->len, data, len);
  bytes->len += len;
  bytes->data[bytes->len] = 0;
  return true;
}

void cli_bytes_free(cli_bytes *bytes) {
  free(bytes->data);
  bytes->data = NULL;
  bytes->len = bytes->cap = 0;
}
