/* Errors as text; error_text.h. */
#include "error_text.h"

#include <string.h>

static void add(cli_bytes *out, const char *text) { (void)cli_bytes_add(out, text, strlen(text)); }

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/* What Python and SQL say ends with the error itself, as a stack of JavaScript does not. */
static bool says_error(const char *stack, const char *name) {
  size_t end = strlen(stack), start;
  while (end > 0 && is_space(stack[end - 1])) end--;
  for (start = end; start > 0 && stack[start - 1] != '\n'; start--) {}
  size_t len = strlen(name);
  return len > 0 && end - start >= len && memcmp(stack + start, name, len) == 0;
}

void cli_error_text(cli_bytes *out, const cloche_result *result) {
  const char *message = result->error_message, *stack = result->error_stack;
  const char *name = result->error_name && result->error_name[0] ? result->error_name : "Error";
  if (!stack || !says_error(stack, name)) {
    add(out, name);
    if (message && message[0]) add(out, ": ");
    if (message) add(out, message);
    if (stack) add(out, "\n");
  }
  if (stack) add(out, out->len ? stack : stack + strspn(stack, " "));
  while (out->len && is_space(out->data[out->len - 1])) out->len--;
}
