/* Codes and error details. The enum in cloche.h is written by hand for its readers and held equal to the table here. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

#include "status.h"

enum {
#define CL_COUNT(id, name, exit_code, http, text) CL_STATUS_##id,
  CL_STATUSES(CL_COUNT)
#undef CL_COUNT
      CL_STATUS_COUNT
};
#define CL_SAME(id, name, exit_code, http, text) \
  _Static_assert((int)CL_STATUS_##id == (int)CLOCHE_##id, "cloche.h and status.h disagree on " name);
CL_STATUSES(CL_SAME)
#undef CL_SAME

static const cloche_status_info infos[CL_STATUS_COUNT] = {
#define CL_ROW(id, name, exit_code, http, text) {name, text, exit_code, http},
    CL_STATUSES(CL_ROW)
#undef CL_ROW
};

cloche_status_info cloche_status_describe(cloche_status status) {
  unsigned index = (unsigned)status;
  return infos[index < CL_STATUS_COUNT ? index : (unsigned)CLOCHE_INTERNAL];
}

const char *cloche_version(void) { return CLOCHE_VERSION; }

cloche_status cl_fail(cloche_error *err, cloche_status status, const char *format, ...) {
  if (!err) return status;
  err->status = status;
  va_list args;
  va_start(args, format);
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}
