/* The report's checker and writers: any bytes. What the checker accepts must be UTF-8 throughout, and whatever the writers
 * are given, what they write must be accepted by the checker. */
#include <stdlib.h>

#include "json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_utf8(const uint8_t *data, size_t size) {
  for (size_t i = 0; i < size;) {
    size_t n = cl_utf8_length(data + i, size - i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (cl_json_check((const char *)data, size) && !is_utf8(data, size)) abort();
  cl_buf literal = {.max = 1 << 24}, text = {.max = 1 << 24};
  cl_json_string(&literal, (const char *)data, size);
  cl_utf8_text(&text, (const char *)data, size);
  if (literal.failed || !cl_json_check(literal.data, literal.len)) abort();
  if (text.failed || (text.len > 0 && !is_utf8((const uint8_t *)text.data, text.len))) abort();
  if (text.len < size) abort(); /* nothing is lost: what is no UTF-8 becomes longer */
  cl_buf_free(&literal);
  cl_buf_free(&text);
  return 0;
}
