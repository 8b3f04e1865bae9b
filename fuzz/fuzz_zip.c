/* The checker of zip archives and wheels: any bytes. What it takes must be within the limits, as a second, simple reader of
 * the directory counts; and Python's own reader must see the same files, which is why nothing may stand around them. */
#include <stdlib.h>
#include <string.h>

#include "zip_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t u16(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static uint32_t u32(const uint8_t *p) { return u16(p) | u16(p + 2) << 16; }

/* Walks an archive that was taken; every access is within, or a sanitizer says so. */
static void walk(const uint8_t *data, size_t size, const cl_zip_limits *limits) {
  size_t end = size - 22;
  while (u32(data + end) != 0x06054B50) end--;
  uint32_t count = u16(data + end + 10);
  size_t at = u32(data + end + 16);
  uint64_t unpacked = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint8_t *c = data + at;
    size_t local = u32(c + 42), name_len = u16(c + 28);
    if (at + 46 + name_len > end || local + 30 + name_len > at) abort();
    if (memcmp(c + 46, data + local + 30, name_len) != 0) abort();
    if (name_len == 0 || c[46] == '/' || memchr(c + 46, '\\', name_len) || memchr(c + 46, 0, name_len)) abort();
    if (local + 30 + name_len + u16(data + local + 28) + u32(c + 20) > u32(data + end + 16)) abort();
    unpacked += u32(c + 24);
    at += 46 + name_len + u16(c + 30) + u16(c + 32);
  }
  if (at != end || unpacked > limits->bytes || count > limits->files) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const cl_zip_limits limits = {.bytes = 1 << 20, .files = 50};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status plain = cl_zip_check("a.zip", data, size, &limits, &err);
  if (plain == CLOCHE_OK) walk(data, size, &limits);
  else if (plain != CLOCHE_INVALID_ARGUMENT || !err.message[0]) abort();
  cloche_status wheel = cl_wheel_check("/w/a-1-py3-none-any.whl", data, size, &limits, NULL);
  if (wheel == CLOCHE_OK && plain != CLOCHE_OK) abort(); /* a wheel is an archive, and a little more */
  return 0;
}
