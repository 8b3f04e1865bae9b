/* The three clocks: monotonic for limits, the thread's CPU time, and the time of day. */
#ifndef CL_CLOCK_H
#define CL_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t cl_clock_read(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static inline uint64_t cl_clock_now(void) { return cl_clock_read(CLOCK_MONOTONIC); }

#endif
