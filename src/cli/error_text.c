/* Errors as text; error_text.h. */
#include "error_text.h"

#include <string.h>

static void add(cli_bytes *out, const char *text) { (void)cli_bytes_add(out, text, strlen(text)); }

void cli_error_text(cli_bytes *out, const cloche_result *result) {
  const char *message = result->error_message, *stack = result->error_stack;
  add(out, result->error_name && result->error_name[0] ? result->error_name : "Error");
  if (message && message[0]) add(out, ": ");
  if (message) add(out, message);
  if (stack) add(out, "\n");
  if (stack) add(out, stack);
  while (out->len && strchr(" \t\r\n", out->data[out->len - 1])) out->len--;
}
