/* Where fresh cells get their seeds: the kernel's generator, read ahead a page at a time. */
#ifndef CL_RANDOM_H
#define CL_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cloche.h"

typedef struct cl_random {
  uint8_t *page; /* its own mapping, which a forked process finds zeroed: two processes never share a seed */
} cl_random;

cloche_status cl_random_open(cl_random *random, cloche_error *err);
void cl_random_close(cl_random *random);

/** False in a process that was forked after the opening. */
bool cl_random_is_ours(const cl_random *random);

/** Gives 64 bits that nobody else gets. Bytes are overwritten as they are handed out. */
uint64_t cl_random_next(cl_random *random);

/** `len` bytes, a multiple of 8: from the seed alone, by a hash, or without one such that nobody else gets. */
void cl_random_bytes(cl_random *random, const uint64_t *seed, uint8_t *out, size_t len);

/** A step of splitmix64 (Steele, Lea, Flood 2014): spreads a seed over any number of words. */
uint64_t cl_random_mix(uint64_t *state);

#endif
