/* For the files that hold drills. */
#ifndef DRILL_ATTEMPT_H
#define DRILL_ATTEMPT_H

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "drill.h"

enum {
  K = DRILL_KILLED,
  R = DRILL_REFUSED,
  N = DRILL_REFUSED | DRILL_IN_NAMESPACES,
};

#define UNUSED (void)target

/* What came of a system call. */
static inline int came(long result) { return result < 0 ? errno : 0; }

/* A drill that is one system call. */
#define CALL(name, ...)                         \
  static int name(const drill_target *target) { \
    UNUSED;                                     \
    return came(syscall(__VA_ARGS__));          \
  }

#endif
