/* Errors for people; fail.h. */
#include "fail.h"

#include <stdarg.h>
#include <stdio.h>

cloche_status cli_fail(cloche_error *err, cloche_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->status = status;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}

cloche_status cli_fail_memory(cloche_error *err) {
  return cli_fail(err, CLOCHE_OUT_OF_MEMORY, "there is no memory for it");
}
