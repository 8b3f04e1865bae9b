/* Dirty pages, found in either of two ways. The structures of PAGEMAP_SCAN are written out here, because Debian 12's
 * headers are older than the call (linux/fs.h of 6.7, Documentation/admin-guide/mm/pagemap.rst). */
#include "pages.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "error.h"

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_DEFINED(at, len) 0
#endif

struct scan_region {
  uint64_t start, end, categories;
};
struct scan_arg {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
  uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};
#define SCAN_IOCTL _IOWR('f', 16, struct scan_arg)
enum { IS_FILE = 1 << 2, IS_PRESENT = 1 << 3, IS_SWAPPED = 1 << 4, IS_ZERO = 1 << 5 };

static long scan(int fd, const uint8_t *start, const uint8_t *end, struct scan_region *regions, size_t count,
                 uint64_t *walk_end) {
  struct scan_arg arg = {
      .size = sizeof arg,
      .start = (uint64_t)(uintptr_t)start,
      .end = (uint64_t)(uintptr_t)end,
      .vec = (uint64_t)(uintptr_t)regions,
      .vec_len = count,
      .category_inverted = IS_FILE | IS_ZERO,
      .category_mask = IS_FILE | IS_ZERO,
      .category_anyof_mask = IS_PRESENT | IS_SWAPPED,
  };
  long found = ioctl(fd, SCAN_IOCTL, &arg);
  *walk_end = arg.walk_end;
  (void)VALGRIND_MAKE_MEM_DEFINED(walk_end, sizeof *walk_end);
  return found;
}

cloche_status cl_pagemap_open(cl_pagemap *map, bool old_way, cloche_error *err) {
  map->fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (map->fd < 0) CL_FAIL(err, IO_ERROR, "/proc/self/pagemap cannot be opened: errno %d", errno);
  struct scan_region region;
  uint64_t walk_end;
  long page = sysconf(_SC_PAGESIZE);
  if (page != CL_PAGE) {
    cl_pagemap_close(map);
    CL_FAIL(err, UNSUPPORTED, "pages of %ld bytes; only 4096 are supported", page);
  }
  void *probe = mmap(NULL, CL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) {
    cl_pagemap_close(map);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory to probe the page map");
  }
  *(volatile char *)probe = 1;
  map->has_scan = !old_way && scan(map->fd, probe, (uint8_t *)probe + CL_PAGE, &region, 1, &walk_end) == 1;
  munmap(probe, CL_PAGE);
  return CLOCHE_OK;
}

void cl_pagemap_close(cl_pagemap *map) {
  if (map->fd >= 0) close(map->fd);
  map->fd = -1;
}

static bool scan_new(const cl_pagemap *map, const uint8_t *start, size_t bytes, cl_pages_fn each, void *user) {
  struct scan_region regions[64];
  const uint8_t *at = start, *end = start + bytes;
  while (at < end) {
    uint64_t walk_end;
    long found = scan(map->fd, at, end, regions, sizeof regions / sizeof regions[0], &walk_end);
    if (found < 0) return false;
    (void)VALGRIND_MAKE_MEM_DEFINED(regions, sizeof regions); /* it does not know the call */
    for (long i = 0; i < found; i++) {
      uint64_t first = regions[i].start - (uint64_t)(uintptr_t)start;
      each(user, (uint32_t)(first >> CL_PAGE_SHIFT), (uint32_t)((regions[i].end - regions[i].start) >> CL_PAGE_SHIFT));
    }
    const uint8_t *reached = (const uint8_t *)(uintptr_t)walk_end;
    if (reached <= at) return false;
    at = reached;
  }
  return true;
}

/* An entry of the page map: bit 63 present, bit 62 swapped, bit 61 a file's or shared. */
static bool entry_is_dirty(uint64_t entry) { return (entry >> 62) != 0 && !(entry >> 61 & 1); }

static bool scan_old(const cl_pagemap *map, const uint8_t *start, size_t bytes, cl_pages_fn each, void *user) {
  uint64_t entries[512];
  uint32_t pages = (uint32_t)(bytes >> CL_PAGE_SHIFT), first = 0, run = 0;
  uint64_t offset = ((uint64_t)(uintptr_t)start >> CL_PAGE_SHIFT) * 8;
  for (uint32_t at = 0; at < pages;) {
    size_t want = CL_MIN((size_t)(pages - at), sizeof entries / 8) * 8;
    ssize_t got = pread(map->fd, entries, want, (off_t)(offset + at * 8ull));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || got % 8 != 0) return false;
    for (size_t i = 0; i < (size_t)got / 8; i++, at++) {
      if (entry_is_dirty(entries[i])) {
        if (run++ == 0) first = at;
      } else if (run > 0) {
        each(user, first, run);
        run = 0;
      }
    }
  }
  if (run > 0) each(user, first, run);
  return true;
}

bool cl_pages_scan(const cl_pagemap *map, const uint8_t *start, size_t bytes, cl_pages_fn each, void *user) {
  if (bytes == 0) return true;
  return map->has_scan ? scan_new(map, start, bytes, each, user) : scan_old(map, start, bytes, each, user);
}
