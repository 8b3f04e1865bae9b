/* Dirty pages: both ways of finding them against what was written, on mappings like those of cells; and a slot's reset,
 * commit, rollback and fork with both ways, without any engine. */
#include "pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include "slot.h"
#include "unit.h"

enum { PAGES = 2048, WORDS = PAGES / 64 };

static cl_pagemap new_way, old_way;

static uint32_t next_random(void) {
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 16);
}

typedef struct {
  uint64_t bits[WORDS];
  uint32_t calls, last;
  bool ordered;
} found;

static void note(void *user, uint32_t first, uint32_t count) {
  found *f = user;
  if (f->calls++ > 0 && first < f->last) f->ordered = false;
  assert_true(count > 0 && first + count <= PAGES);
  for (uint32_t i = first; i < first + count; i++) {
    assert_false(cl_bit_get(f->bits, i));
    cl_bit_set(f->bits, i);
  }
  f->last = first + count;
}

static found look(const cl_pagemap *map, const uint8_t *start, size_t bytes) {
  found f = {.ordered = true};
  assert_true(cl_pages_scan(map, start, bytes, note, &f));
  assert_true(f.ordered);
  return f;
}

static int file_of_pattern(void) {
  int fd = memfd_create("test", MFD_CLOEXEC);
  assert_true(fd >= 0);
  static uint8_t page[CL_PAGE];
  for (int i = 0; i < PAGES; i++) {
    memset(page, i & 255, sizeof page);
    memcpy(page, &i, sizeof i);
    assert_int_equal(write(fd, page, sizeof page), sizeof page);
  }
  return fd;
}

static void both_ways_find_what_was_written(void) {
  int fd = file_of_pattern();
  for (int round = 0; round < 20; round++) {
    uint8_t *at = mmap(NULL, (size_t)PAGES * CL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, fd, 0);
    assert_ptr_not_equal(at, MAP_FAILED);
    assert_int_equal(madvise(at, (size_t)PAGES * CL_PAGE, MADV_NOHUGEPAGE), 0);
    uint64_t written[WORDS] = {0};
    volatile uint8_t sink = 0;
    uint32_t n = round == 0 ? 0 : round == 1 ? PAGES * 20 : next_random() % 3000;
    for (uint32_t i = 0; i < n; i++) {
      uint32_t page = next_random() % PAGES;
      if (next_random() % 3 == 0) {
        sink = (uint8_t)(sink + at[(size_t)page * CL_PAGE]); /* reading makes nothing dirty */
        continue;
      }
      at[(size_t)page * CL_PAGE + next_random() % CL_PAGE] ^= 1;
      cl_bit_set(written, page);
    }
    found a = look(&new_way, at, (size_t)PAGES * CL_PAGE), b = look(&old_way, at, (size_t)PAGES * CL_PAGE);
    assert_memory_equal(a.bits, written, sizeof written);
    assert_memory_equal(b.bits, written, sizeof written);
    /* a part of it */
    uint32_t from = next_random() % PAGES, count = 1 + next_random() % (PAGES - from);
    a = look(&new_way, at + (size_t)from * CL_PAGE, (size_t)count * CL_PAGE);
    b = look(&old_way, at + (size_t)from * CL_PAGE, (size_t)count * CL_PAGE);
    for (uint32_t i = 0; i < count; i++) {
      assert_int_equal(cl_bit_get(a.bits, i), cl_bit_get(written, from + i));
      assert_int_equal(cl_bit_get(b.bits, i), cl_bit_get(written, from + i));
    }
    /* given back, they are clean again */
    assert_int_equal(madvise(at, (size_t)PAGES * CL_PAGE, MADV_DONTNEED), 0);
    assert_int_equal(look(&new_way, at, (size_t)PAGES * CL_PAGE).calls, 0);
    assert_int_equal(look(&old_way, at, (size_t)PAGES * CL_PAGE).calls, 0);
    munmap(at, (size_t)PAGES * CL_PAGE);
  }
  close(fd);
}

static void anonymous_memory(void) {
  uint8_t *at =
      mmap(NULL, (size_t)PAGES * CL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  assert_ptr_not_equal(at, MAP_FAILED);
  assert_int_equal(madvise(at, (size_t)PAGES * CL_PAGE, MADV_NOHUGEPAGE), 0);
  volatile uint8_t sink = 0;
  for (uint32_t i = 0; i < PAGES; i += 2)
    sink = (uint8_t)(sink + at[(size_t)i * CL_PAGE]); /* the shared page of zeros */
  uint64_t written[WORDS] = {0};
  for (uint32_t i = 0; i < PAGES; i += 5) {
    at[(size_t)i * CL_PAGE] = 1;
    cl_bit_set(written, i);
  }
  found a = look(&new_way, at, (size_t)PAGES * CL_PAGE), b = look(&old_way, at, (size_t)PAGES * CL_PAGE);
  for (uint32_t i = 0; i < PAGES; i++) { /* none is missed; pages of zeros that were only read may be counted */
    if (cl_bit_get(written, i)) assert_true(cl_bit_get(a.bits, i) && cl_bit_get(b.bits, i));
    else if (i % 2 == 1) assert_true(!cl_bit_get(a.bits, i) && !cl_bit_get(b.bits, i));
  }
  munmap(at, (size_t)PAGES * CL_PAGE);
}

static void protected_pages(void) {
  uint8_t *at = mmap(NULL, (size_t)64 * CL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_ptr_not_equal(at, MAP_FAILED);
  at[3 * CL_PAGE] = 1;
  at[9 * CL_PAGE] = 1;
  assert_int_equal(mprotect(at + 2 * CL_PAGE, 2 * CL_PAGE, PROT_READ), 0);
  assert_int_equal(mprotect(at + 9 * CL_PAGE, CL_PAGE, PROT_NONE), 0);
  for (int way = 0; way < 2; way++) {
    found f = look(way ? &old_way : &new_way, at, (size_t)64 * CL_PAGE);
    assert_true(cl_bit_get(f.bits, 3) && cl_bit_get(f.bits, 9));
    assert_false(cl_bit_get(f.bits, 4));
  }
  munmap(at, (size_t)64 * CL_PAGE);
}

/* Alternating pages give more runs than one call of the kernel's returns. */
static void many_runs(void) {
  uint8_t *at = mmap(NULL, (size_t)PAGES * CL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_ptr_not_equal(at, MAP_FAILED);
  assert_int_equal(madvise(at, (size_t)PAGES * CL_PAGE, MADV_NOHUGEPAGE), 0);
  for (uint32_t i = 1; i < PAGES; i += 2) at[(size_t)i * CL_PAGE] = 1;
  for (int way = 0; way < 2; way++) {
    found f = look(way ? &old_way : &new_way, at, (size_t)PAGES * CL_PAGE);
    assert_int_equal(f.calls, PAGES / 2);
    for (uint32_t i = 0; i < PAGES; i++) assert_int_equal(cl_bit_get(f.bits, i), i % 2);
  }
  munmap(at, (size_t)PAGES * CL_PAGE);
  found none = look(&new_way, NULL, 0);
  assert_int_equal(none.calls, 0);
}

/* ---- slots */

enum { IMAGE_BYTES = 8 << 20, LIMIT = 24 << 20 };
static uint64_t hot_bits[IMAGE_BYTES / CL_PAGE / 64];

static cl_memory_image open_image(void) {
  int fd = file_of_pattern();
  const uint8_t *data = mmap(NULL, IMAGE_BYTES, PROT_READ, MAP_PRIVATE, fd, 0);
  assert_ptr_not_equal(data, MAP_FAILED);
  for (uint32_t i = 0; i < 40; i++) cl_bit_set(hot_bits, i * 37 % PAGES);
  return (cl_memory_image){.fd = fd, .data = data, .bytes = IMAGE_BYTES, .hot = hot_bits};
}

static void close_image(cl_memory_image *image) {
  munmap((void *)(uintptr_t)image->data, image->bytes);
  close(image->fd);
}

static void must(cloche_status status, const cloche_error *err) {
  if (status != CLOCHE_OK) fail_msg("%s", err->message);
}

/* Writes as a guest would: a write to a guarded page goes through the fault handler's function first. */
static void poke(cl_slot *slot, size_t at, uint8_t value) {
  if (slot->guarded && cl_bit_get(slot->guarded, (uint32_t)(at / CL_PAGE)))
    assert_true(cl_slot_fault(slot, slot->base + at));
  slot->base[at] = value;
}

static void scribble(cl_slot *slot, unsigned count) {
  for (unsigned i = 0; i < count; i++) poke(slot, next_random() % slot->bytes, (uint8_t)next_random());
}

static void slots_reset(void) {
  cl_memory_image image = open_image();
  for (int way = 0; way < 2; way++) {
    cl_slot slot;
    cloche_error err = CLOCHE_ERROR_INIT;
    must(cl_slot_open(&slot, &image, way ? &old_way : &new_way, &err), &err);
    slot.limit = LIMIT;
    for (int round = 0; round < 60; round++) {
      assert_int_equal(slot.bytes, IMAGE_BYTES);
      assert_memory_equal(slot.base, image.data, IMAGE_BYTES);
      scribble(&slot, round % 7 * 100);
      if (round % 3 == 0) {
        assert_true(cl_slot_grow(&slot, IMAGE_BYTES + (4 << 20)));
        for (size_t i = IMAGE_BYTES; i < slot.bytes; i += 1000) assert_int_equal(slot.base[i], 0);
        scribble(&slot, 500);
      }
      if (round % 5 == 0)
        for (int i = 0; i < 20; i++)
          poke(&slot, (size_t)(i * 91 % PAGES) * CL_PAGE, 77); /* the same again and again: they get hot */
      assert_true(cl_slot_reset(&slot));
    }
    assert_false(cl_slot_grow(&slot, LIMIT + CL_WASM_PAGE));
    assert_true(cl_slot_grow(&slot, LIMIT));
    cl_slot_close(&slot);
    cl_slot_close(&slot);
  }
  close_image(&image);
}

static uint8_t *copy_of(const cl_slot *slot) {
  uint8_t *copy = malloc(slot->bytes);
  assert_non_null(copy);
  memcpy(copy, slot->base, slot->bytes);
  return copy;
}

static void slots_commit_and_roll_back(void) {
  cl_memory_image image = open_image();
  for (int way = 0; way < 2; way++) {
    cl_slot slot;
    cl_undo undo;
    cloche_error err = CLOCHE_ERROR_INIT;
    must(cl_slot_open(&slot, &image, way ? &old_way : &new_way, &err), &err);
    slot.limit = LIMIT;
    must(cl_undo_open(&undo, LIMIT, &err), &err);
    uint8_t *base = copy_of(&slot);
    size_t bytes = slot.bytes;
    for (int round = 0; round < 80; round++) {
      must(cl_slot_begin(&slot, &undo, &err), &err);
      scribble(&slot, (unsigned)(round % 11) * 150);
      if (round % 6 == 1 && slot.bytes < LIMIT) {
        assert_true(cl_slot_grow(&slot, slot.bytes + 16 * CL_WASM_PAGE));
        for (size_t i = slot.bytes - 16 * CL_WASM_PAGE; i < slot.bytes; i += 100) assert_int_equal(slot.base[i], 0);
        scribble(&slot, 300);
      }
      if (round % 3 == 0) {
        assert_true(cl_slot_rollback(&slot));
        assert_int_equal(slot.bytes, bytes);
        assert_memory_equal(slot.base, base, bytes);
      } else {
        uint8_t *now = copy_of(&slot);
        assert_true(cl_slot_commit(&slot));
        assert_memory_equal(slot.base, now, slot.bytes);
        free(base);
        base = now;
        bytes = slot.bytes;
      }
      assert_int_equal(undo.count, 0);
    }
    assert_true(cl_slot_reset(&slot));
    assert_memory_equal(slot.base, image.data, IMAGE_BYTES);
    free(base);
    cl_undo_close(&undo);
    cl_slot_close(&slot);
  }
  close_image(&image);
}

static void slots_fork(void) {
  cl_memory_image image = open_image();
  for (int way = 0; way < 2; way++)
    for (unsigned amount = 10; amount <= 3000; amount *= 7) {
      cl_slot slots[4];
      cl_undo undo;
      cloche_error err = CLOCHE_ERROR_INIT;
      must(cl_undo_open(&undo, LIMIT, &err), &err);
      uint8_t *copies[4];
      for (int i = 0; i < 4; i++) {
        must(cl_slot_open(&slots[i], &image, way ? &old_way : &new_way, &err), &err);
        slots[i].limit = LIMIT;
        if (i > 0) must(cl_slot_fork(&slots[i], &slots[next_random() % (unsigned)i], &err), &err);
        must(cl_slot_begin(&slots[i], &undo, &err), &err);
        if (i == 1 || (i == 0 && amount > 100))
          assert_true(cl_slot_grow(&slots[i], slots[i].bytes + 20 * CL_WASM_PAGE));
        scribble(&slots[i], amount);
        assert_true(cl_slot_commit(&slots[i]));
        copies[i] = copy_of(&slots[i]);
        for (int j = 0; j <= i; j++) assert_memory_equal(slots[j].base, copies[j], slots[j].bytes);
      }
      for (int round = 0; round < 8; round++) {
        int i = round % 4;
        size_t bytes = slots[i].bytes;
        must(cl_slot_begin(&slots[i], &undo, &err), &err);
        scribble(&slots[i], amount);
        assert_true(cl_slot_rollback(&slots[i]));
        assert_int_equal(slots[i].bytes, bytes);
        for (int j = 0; j < 4; j++) assert_memory_equal(slots[j].base, copies[j], slots[j].bytes);
      }
      for (int i = 0; i < 4; i++) {
        assert_true(cl_slot_reset(&slots[i]));
        assert_memory_equal(slots[i].base, image.data, IMAGE_BYTES);
        assert_true(cl_slot_grow(&slots[i], LIMIT));
        for (size_t at = IMAGE_BYTES; at < LIMIT; at += 64) assert_int_equal(slots[i].base[at], 0);
        for (int j = i + 1; j < 4; j++) assert_memory_equal(slots[j].base, copies[j], slots[j].bytes);
        cl_slot_close(&slots[i]);
        free(copies[i]);
      }
      cl_undo_close(&undo);
    }
  close_image(&image);
}

/* What lies behind the slot's end belongs to nobody. */
static void faults_outside(void) {
  cl_memory_image image = open_image();
  cl_slot slot;
  cloche_error err = CLOCHE_ERROR_INIT;
  must(cl_slot_open(&slot, &image, &new_way, &err), &err);
  assert_false(cl_slot_fault(&slot, slot.base));
  assert_false(cl_slot_fault(&slot, slot.base + slot.bytes));
  assert_false(cl_slot_fault(&slot, slot.base - 1));
  assert_false(cl_slot_fault(&slot, NULL));
  cl_slot_close(&slot);
  close_image(&image);
}

int main(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cl_pagemap_open(&new_way, false, &err) != CLOCHE_OK || cl_pagemap_open(&old_way, true, &err) != CLOCHE_OK) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  if (old_way.has_scan) return 1;
  if (!new_way.has_scan) printf("this kernel has no PAGEMAP_SCAN: both ways are the old one\n");
  const struct CMUnitTest tests[] = {
      UT(both_ways_find_what_was_written), UT(anonymous_memory), UT(protected_pages), UT(many_runs), UT(slots_reset),
      UT(slots_commit_and_roll_back),      UT(slots_fork),       UT(faults_outside),
  };
  return UT_RUN("pages", tests);
}
