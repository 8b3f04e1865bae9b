/* Which pages of a private mapping have been written: the one question that reset, commit, rollback, fork and snapshot
 * ask. The kernel answers it in one call since 6.7 (PAGEMAP_SCAN); before that its page map is read entry by entry.
 *
 * A page is dirty when it is private (not the file's, not the shared zero page) and present or swapped out. Pages are
 * 4 KiB, numbered from the start of the range. Not here: what is done about them (slot.c). */
#ifndef CL_PAGES_H
#define CL_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cloche.h"

enum { CL_PAGE = 4096, CL_PAGE_SHIFT = 12 };

typedef struct cl_pagemap {
  int fd;        /* /proc/self/pagemap of this process; -1 when closed */
  bool has_scan; /* the kernel has PAGEMAP_SCAN, and it is to be used */
} cl_pagemap;

/** Opens the page map; `old_way` keeps from PAGEMAP_SCAN. Must happen before a jail closes /proc. */
cloche_status cl_pagemap_open(cl_pagemap *map, bool old_way, cloche_error *err);
void cl_pagemap_close(cl_pagemap *map);

/** Called for each run of dirty pages, in rising order. */
typedef void (*cl_pages_fn)(void *user, uint32_t first, uint32_t count);

/** Finds the dirty pages of [start, start + bytes), both page-aligned. false: the kernel refused, and the caller must
 *  treat every page as dirty. Opens and allocates nothing. */
bool cl_pages_scan(const cl_pagemap *map, const uint8_t *start, size_t bytes, cl_pages_fn each, void *user);

/* A set of pages as bits. The owner allocates the words. */
static inline bool cl_bit_get(const uint64_t *bits, uint32_t i) { return bits[i / 64] >> (i % 64) & 1; }
static inline void cl_bit_set(uint64_t *bits, uint32_t i) { bits[i / 64] |= 1ull << (i % 64); }
static inline void cl_bit_clear(uint64_t *bits, uint32_t i) { bits[i / 64] &= ~(1ull << (i % 64)); }

#endif
