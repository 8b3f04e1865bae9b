/* How a failure travels: functions return a cloche_status, details go into the caller's cloche_error. */
#ifndef CL_ERROR_H
#define CL_ERROR_H

#include "cloche.h"

/** Fills `err` if there is one and gives the status back, so that `return cl_fail(...)` reads as one step. */
cloche_status cl_fail(cloche_error *err, cloche_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define CL_TRY(expr)                                        \
  do {                                                      \
    cloche_status cl_try_status_ = (expr);                  \
    if (cl_try_status_ != CLOCHE_OK) return cl_try_status_; \
  } while (0)

#define CL_FAIL(err, code, ...)                       \
  do {                                                \
    (void)cl_fail((err), CLOCHE_##code, __VA_ARGS__); \
    return CLOCHE_##code;                             \
  } while (0)

#define CL_MIN(a, b) ((a) < (b) ? (a) : (b))
#define CL_MAX(a, b) ((a) > (b) ? (a) : (b))

#endif
