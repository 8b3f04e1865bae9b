/* memcpy and its like as single instructions of wasm, which become the host's own; wasi-libc's are loops. The only file
 * that is compiled with bulk memory. */
#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t len) {
  __builtin_memcpy(to, from, len);
  return to;
}

void *memmove(void *to, const void *from, size_t len) {
  __builtin_memmove(to, from, len);
  return to;
}

void *memset(void *to, int value, size_t len) {
  __builtin_memset(to, value, len);
  return to;
}
