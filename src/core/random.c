/* Seeds. The page holds a count of unused words, the words, and a mark; a zero count, which is also what MADV_WIPEONFORK
 * leaves in a child, means that it must be filled. */
#include "random.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "error.h"

enum { PAGE = 4096, WORDS = PAGE / 8 - 2, MARK_AT = PAGE - 8 };
#define MARK 0x636c6f636865u

cloche_status cl_random_open(cl_random *random, cloche_error *err) {
  void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) CL_FAIL(err, OUT_OF_MEMORY, "no memory for random numbers");
  if (madvise(page, PAGE, MADV_WIPEONFORK) != 0 || madvise(page, PAGE, MADV_DONTDUMP) != 0) {
    munmap(page, PAGE);
    CL_FAIL(err, UNSUPPORTED, "the kernel is older than 4.14: no MADV_WIPEONFORK");
  }
  random->page = page;
  uint64_t mark = MARK;
  memcpy(random->page + MARK_AT, &mark, sizeof mark);
  return CLOCHE_OK;
}

void cl_random_close(cl_random *random) {
  if (random->page) munmap(random->page, PAGE);
  random->page = NULL;
}

bool cl_random_is_ours(const cl_random *random) {
  uint64_t mark;
  memcpy(&mark, random->page + MARK_AT, sizeof mark);
  return mark == MARK;
}

static void fill(uint8_t *to, size_t len) {
  while (len > 0) {
    ssize_t got = getrandom(to, CL_MIN(len, (size_t)256), 0); /* up to 256 bytes never fail once the pool is up */
    if (got < 0 && errno != EINTR) continue;
    if (got > 0) {
      to += got;
      len -= (size_t)got;
    }
  }
}

uint64_t cl_random_next(cl_random *random) {
  uint64_t count, word, zero = 0;
  memcpy(&count, random->page, 8);
  if (count == 0 || count > WORDS) {
    fill(random->page + 8, WORDS * 8);
    count = WORDS;
  }
  memcpy(&word, random->page + count * 8, 8);
  memcpy(random->page + count * 8, &zero, 8);
  count--;
  memcpy(random->page, &count, 8);
  return word;
}

void cl_random_bytes(cl_random *random, const uint64_t *seed, uint8_t *out, size_t len) {
  if (seed) {
    crypto_generichash(out, len, (const uint8_t *)seed, sizeof *seed, NULL, 0);
    return;
  }
  for (size_t i = 0; i < len; i += 8) {
    uint64_t word = cl_random_next(random);
    memcpy(out + i, &word, 8);
  }
}

uint64_t cl_random_mix(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
