/* The limits parser: "name=value" text. What it accepts must be in range, and say so again when it is described. */
#include <stdlib.h>
#include <string.h>

#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  memcpy(text, data, size);
  text[size] = 0;
  char *equals = strchr(text, '=');
  if (equals) {
    *equals = 0;
    cloche_limits limits;
    cloche_error err = CLOCHE_ERROR_INIT;
    if (cloche_limits_profile(&limits, "default", &err) != CLOCHE_OK) abort();
    cloche_status status = cloche_limits_set(&limits, text, equals + 1, &err);
    if (cl_limits_check(&limits, &err) != CLOCHE_OK) abort();
    if (status != CLOCHE_OK && err.message[0] == 0) abort();
  }
  free(text);
  return 0;
}
