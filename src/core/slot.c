/* Slots: reservation, reset, transactions, forks. The head of slot.h draws the layers and states the invariants. */

#include "slot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "error.h"
#include "slot_inner.h"

/* ---- opening */

static bool map_image(cl_slot *slot) {
  const cl_memory_image *image = slot->image;
  void *at = mmap(slot->base, image->bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, image->fd,
                  image->offset);
  return at != MAP_FAILED && madvise(slot->base, image->bytes, MADV_NOHUGEPAGE) == 0;
}

cloche_status cl_slot_open(cl_slot *slot, const cl_memory_image *image, const cl_pagemap *map, cloche_error *err) {
  *slot = (cl_slot){.image = image, .map = map, .bytes = image->bytes, .limit = image->bytes, .faults = UINT64_MAX};
  uint32_t pages = pages_of(image->bytes);
  void *base = mmap(NULL, CL_SLOT_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) CL_FAIL(err, NO_SLOT, "no address space for another cell: errno %d", errno);
  slot->base = base;
  slot->hot = calloc((pages + 63) / 64, sizeof *slot->hot);
  slot->heat = calloc(pages, 1);
  if (!slot->hot || !slot->heat || !map_image(slot) || madvise(base, CL_SLOT_BYTES, MADV_DONTDUMP) != 0) {
    cl_slot_close(slot);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for another cell");
  }
  for (uint32_t page = 0; page < pages; page++)
    if (cl_bit_get(image->hot, page) && slot->hot_count < image->hot_max) {
      cl_bit_set(slot->hot, page);
      slot->hot_count++;
    }
  return CLOCHE_OK;
}

static void free_bits(cl_slot *slot) {
  free(slot->in_base);
  slot->in_base = slot->warm = slot->guarded = slot->saved = slot->wanted = NULL;
  slot->bit_words = 0;
  slot->warm_count = slot->commits = 0;
  slot->cooled = false;
}

void cl_slot_close(cl_slot *slot) {
  if (slot->base) munmap(slot->base, CL_SLOT_BYTES);
  free(slot->hot);
  free(slot->heat);
  free_bits(slot);
  *slot = (cl_slot){0};
}

bool cl_slot_grow(cl_slot *slot, size_t bytes) {
  if (bytes > slot->limit || bytes < slot->bytes) return false;
  if (mprotect(slot->base + slot->bytes, bytes - slot->bytes, PROT_READ | PROT_WRITE) != 0) return false;
  (void)madvise(slot->base + slot->bytes, bytes - slot->bytes, MADV_NOHUGEPAGE);
  slot->bytes = bytes;
  return true;
}

bool cl_slot_shrink(cl_slot *slot, size_t bytes) {
  if (slot->bytes <= bytes) return true;
  uint8_t *from = slot->base + bytes;
  size_t len = slot->bytes - bytes;
  if (madvise(from, len, MADV_DONTNEED) != 0 || mprotect(from, len, PROT_NONE) != 0) return false;
  slot->bytes = bytes;
  return true;
}

/* ---- faults

 * A page becomes private by a fault of the thread that writes it; the kernel counts those, and asking for the count costs
 * a fraction of a scan. In the steady state of a cell, when its hot and warm pages are what it writes, there are none. */

uint64_t cl_slot_faults(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) != 0) return UINT64_MAX;
  return (uint64_t)usage.ru_minflt + (uint64_t)usage.ru_majflt;
}

void cl_slot_mark(cl_slot *slot) { slot->faults = cl_slot_faults(); }

bool cl_slot_was_quiet(const cl_slot *slot) { return slot->faults != UINT64_MAX && slot->faults == cl_slot_faults(); }

/* ---- reset */

typedef struct {
  cl_slot *slot;
  uint32_t first, count; /* pages to drop that were not dropped yet: one madvise for neighbours */
  bool ok;
} dropping;

static void drop_pending(dropping *d) {
  if (d->count && madvise(page_at(d->slot, d->first), span(d->count), MADV_DONTNEED) != 0) d->ok = false;
  d->count = 0;
}

static void drop_page(dropping *d, uint32_t page) {
  if (d->count && d->first + d->count == page) {
    d->count++;
    return;
  }
  drop_pending(d);
  d->first = page;
  d->count = 1;
}

/* A cell that was restored or forked holds its pages whatever they are called: kept resident, they spare the next such cell
 * of the slot a fault each, which costs ten times the copy. */
static uint32_t most_hot(const cl_slot *slot) {
  enum { TIMES = 3 };
  return slot->filled ? CL_MIN(TIMES * slot->image->hot_max, (uint32_t)CL_WARM_MAX) : slot->image->hot_max;
}

/* Heat: a page found dirty in half of the last resets joins the hot ones and is copied from then on. */
static void feel(cl_slot *slot, uint32_t page) {
  if (slot->heat[page] < 255) slot->heat[page]++;
  if (slot->heat[page] < 8 || slot->hot_count >= most_hot(slot)) return;
  cl_bit_set(slot->hot, page);
  slot->hot_count++;
}

static void reset_range(void *user, uint32_t first, uint32_t count) {
  dropping *d = user;
  cl_slot *slot = d->slot;
  for (uint32_t page = first; page < first + count; page++) {
    if (!cl_bit_get(slot->hot, page)) feel(slot, page);
    if (cl_bit_get(slot->hot, page)) memcpy(page_at(slot, page), image_at(slot, page), CL_PAGE);
    else drop_page(d, page);
  }
}

bool cl_slot_has_guards(const cl_slot *slot) {
  for (size_t w = 0; w < slot->bit_words; w++)
    if (slot->guarded[w]) return true;
  return false;
}

static void cool(cl_slot *slot) {
  if (++slot->resets % 16 != 0) return;
  uint32_t pages = pages_of(slot->image->bytes);
  for (uint32_t page = 0; page < pages; page++) slot->heat[page] /= 2;
}

/* A fork's file lies over the image and, where the session had grown, above it: both go with fresh mappings. */
static bool drop_layers(cl_slot *slot) {
  free_bits(slot);
  size_t above = slot->bytes - slot->image->bytes;
  uint8_t *end = slot->base + slot->image->bytes;
  if (above > 0 &&
      mmap(end, above, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
    return false;
  if (above > 0) (void)madvise(end, above, MADV_DONTDUMP);
  slot->bytes = slot->image->bytes;
  slot->layered = false;
  return map_image(slot);
}

static void copy_hot_pages(cl_slot *slot) {
  uint32_t words = (pages_of(slot->image->bytes) + 63) / 64;
  for (uint32_t w = 0; w < words; w++)
    for (uint64_t bits = slot->hot[w]; bits; bits &= bits - 1) {
      uint32_t page = w * 64 + (uint32_t)__builtin_ctzll(bits);
      memcpy(page_at(slot, page), image_at(slot, page), CL_PAGE);
    }
}

/* Gives back hot pages that are neither the image's own nor in `kept` (NULL: none is), if they are more than usual. */
static bool shed(cl_slot *slot, const uint64_t *kept) {
  if (slot->hot_count <= slot->image->hot_max) return true;
  dropping d = {.slot = slot, .ok = true};
  uint32_t words = (pages_of(slot->image->bytes) + 63) / 64;
  for (uint32_t w = 0; w < words; w++) {
    uint64_t bits = slot->hot[w] & ~slot->image->hot[w];
    if (kept) bits &= ~kept[w];
    slot->hot[w] &= ~bits;
    slot->hot_count -= (uint32_t)__builtin_popcountll(bits);
    for (; bits; bits &= bits - 1) drop_page(&d, w * 64 + (uint32_t)__builtin_ctzll(bits));
  }
  drop_pending(&d);
  return d.ok;
}

bool cl_slot_expect(cl_slot *slot, const uint64_t *pages) {
  slot->filled = true;
  return shed(slot, pages);
}

static bool back_to_image(cl_slot *slot) {
  if (!slot->in_base && slot->bytes == slot->image->bytes && cl_slot_was_quiet(slot)) {
    slot->faults = UINT64_MAX;
    copy_hot_pages(slot);
    return true;
  }
  slot->faults = UINT64_MAX;
  if (slot->layered) return drop_layers(slot);
  if (!cl_slot_shrink(slot, slot->image->bytes)) return false;
  if (cl_slot_has_guards(slot) && mprotect(slot->base, slot->image->bytes, PROT_READ | PROT_WRITE) != 0) return false;
  free_bits(slot);
  dropping d = {.slot = slot, .ok = true};
  if (!cl_pages_scan(slot->map, slot->base, slot->image->bytes, reset_range, &d)) {
    return madvise(slot->base, slot->image->bytes, MADV_DONTNEED) == 0;
  }
  drop_pending(&d);
  cool(slot);
  return d.ok;
}

bool cl_slot_reset(cl_slot *slot) {
  enum { PATIENCE = 4 };
  slot->plain = slot->filled ? 0 : slot->plain + 1;
  if (slot->plain >= PATIENCE && !shed(slot, NULL)) return false;
  bool ok = back_to_image(slot);
  slot->filled = false;
  return ok;
}

/* ---- transactions */

bool cl_slot_ensure_bits(cl_slot *slot) {
  if (slot->in_base) return true;
  if (!slot->filled && !shed(slot, NULL)) return false; /* they would stay with the session */
  size_t words = (pages_of(slot->limit) + 63) / 64;
  uint64_t *bits = calloc(words * 5, sizeof *bits);
  if (!bits) return false;
  slot->bit_words = words;
  slot->in_base = bits;
  slot->warm = bits + words;
  slot->guarded = bits + 2 * words;
  slot->saved = bits + 3 * words;
  slot->wanted = bits + 4 * words;
  uint32_t image_words = (pages_of(slot->image->bytes) + 63) / 64;
  for (uint32_t w = 0; w < image_words; w++) slot->in_base[w] = slot->warm[w] = slot->hot[w];
  slot->warm_count = slot->hot_count;
  return true;
}

void cl_slot_save_page(cl_slot *slot, uint32_t page) {
  cl_undo *undo = slot->undo;
  if (cl_bit_get(slot->saved, page) || undo->count == undo->cap) return;
  undo->pages[undo->count] = page;
  memcpy(undo->data + span(undo->count), page_at(slot, page), CL_PAGE);
  cl_bit_set(slot->saved, page);
  undo->count++;
}

void cl_slot_save_warm(cl_slot *slot) {
  for (size_t w = 0; w < slot->bit_words; w++)
    for (uint64_t bits = slot->warm[w]; bits; bits &= bits - 1)
      cl_slot_save_page(slot, (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits));
}

cloche_status cl_slot_begin(cl_slot *slot, cl_undo *undo, cloche_error *err) {
  if (!cl_slot_ensure_bits(slot)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the session's page sets");
  slot->undo = undo;
  slot->base_bytes = slot->bytes;
  cl_slot_save_warm(slot);
  return CLOCHE_OK;
}

/* Opens the guarded pages from `first` on, at most `most` of them, neighbours only; false: the kernel refused. */
static bool open_pages(cl_slot *slot, uint32_t first, uint32_t most) {
  uint32_t end = pages_of(slot->bytes), count = 0;
  while (count < most && first + count < end && cl_bit_get(slot->guarded, first + count)) {
    cl_slot_save_page(slot, first + count);
    count++;
  }
  if (mprotect(page_at(slot, first), span(count), PROT_READ | PROT_WRITE) != 0) return false;
  for (uint32_t page = first; page < first + count; page++) cl_bit_clear(slot->guarded, page);
  return true;
}

/* The kernel bounds the number of mappings, and each opened page may split one into three: then all are opened at once,
 * which makes one mapping of many. */
static bool open_all_pages(cl_slot *slot) {
  for (size_t w = 0; w < slot->bit_words; w++)
    for (uint64_t bits = slot->guarded[w]; bits; bits &= bits - 1)
      cl_slot_save_page(slot, (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits));
  if (mprotect(slot->base, slot->bytes, PROT_READ | PROT_WRITE) != 0) return false;
  memset(slot->guarded, 0, slot->bit_words * sizeof *slot->guarded);
  return true;
}

cl_slot_write cl_slot_fault(cl_slot *slot, const uint8_t *address) {
  enum { PATIENCE = 64, CHUNK = 16 }; /* a run that writes much opens more at a time */
  if (!slot->undo || address < slot->base || address >= slot->base + slot->bytes) return CL_WRITE_OTHER;
  uint32_t page = pages_of((size_t)(address - slot->base));
  if (!cl_bit_get(slot->guarded, page)) return CL_WRITE_OTHER;
  uint32_t most = slot->undo->count > PATIENCE + CL_WARM_MAX ? CHUNK : 1;
  return open_pages(slot, page, most) || open_all_pages(slot) ? CL_WRITE_OPENED : CL_WRITE_STUCK;
}

static bool equals_image(const cl_slot *slot, uint32_t page) {
  return page < pages_of(slot->image->bytes) && !slot->layered &&
         memcmp(page_at(slot, page), image_at(slot, page), CL_PAGE) == 0;
}

/* True for a page that run after run writes and leaves as it is in the image: two faults cost more than the page. */
static bool comes_back(cl_slot *slot, uint32_t page) {
  enum { TIMES = 4 };
  if (slot->heat[page] < TIMES) slot->heat[page]++;
  return slot->heat[page] >= TIMES;
}

/* What a run wrote joins the base; of pages that are new to it, those that equal the image are given back instead. */
static void join_base(void *user, uint32_t first, uint32_t count) {
  dropping *d = user;
  cl_slot *slot = d->slot;
  for (uint32_t page = first; page < first + count; page++) {
    if (cl_bit_get(slot->in_base, page)) continue;
    if (!slot->keep_equal && equals_image(slot, page) && !comes_back(slot, page)) {
      drop_page(d, page);
      continue;
    }
    if (slot->journal) cl_slot_tell_new(slot, page);
    cl_bit_set(slot->in_base, page);
  }
}

void cl_slot_set_warm(cl_slot *slot, uint32_t page) {
  if (cl_bit_get(slot->warm, page)) return;
  cl_bit_set(slot->warm, page);
  slot->warm_count++;
}

/* Makes a run of pages read-only. Where the kernel refuses (it counts mappings), they are copied at each begin instead. */
static void guard_range(cl_slot *slot, uint32_t first, uint32_t count) {
  if (count == 0) return;
  bool guarded = mprotect(page_at(slot, first), span(count), PROT_READ) == 0;
  for (uint32_t page = first; page < first + count; page++) {
    if (guarded) cl_bit_set(slot->guarded, page);
    else cl_slot_set_warm(slot, page);
  }
}

/* Neighbours with one call. */
void cl_slot_guard_cold(cl_slot *slot) {
  uint32_t first = 0, count = 0;
  for (size_t w = 0; w < slot->bit_words; w++) {
    uint64_t cold = slot->in_base[w] & ~slot->warm[w] & ~slot->guarded[w] & ~slot->saved[w];
    for (; cold; cold &= cold - 1) {
      uint32_t page = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(cold);
      if (slot->warm_count < slot->image->hot_max && !slot->cooled) {
        cl_slot_set_warm(slot, page);
        continue;
      }
      if (count && first + count != page) {
        guard_range(slot, first, count);
        count = 0;
      }
      if (count++ == 0) first = page;
    }
  }
  guard_range(slot, first, count);
}

/* Warm is what runs write: a page saved by a fault joins for good, and every eighth commit those that are warm without
 * having been asked for, and have not changed, leave. (A page may be written and not change: counts go up and down.) */
static void judge_warmth(cl_slot *slot) {
  bool look = ++slot->commits % 8 == 0;
  slot->cooled = slot->cooled || look;
  for (uint32_t i = 0; i < slot->undo->count; i++) {
    uint32_t page = slot->undo->pages[i];
    bool is_warm = cl_bit_get(slot->warm, page);
    if (!is_warm && slot->warm_count < slot->image->hot_max) {
      cl_slot_set_warm(slot, page);
      cl_bit_set(slot->wanted, page);
    }
    if (is_warm && look && !cl_bit_get(slot->wanted, page) &&
        memcmp(page_at(slot, page), slot->undo->data + span(i), CL_PAGE) == 0) {
      cl_bit_clear(slot->warm, page);
      slot->warm_count--;
    }
  }
}

static void forget_saved(cl_slot *slot) {
  for (uint32_t i = 0; i < slot->undo->count; i++) cl_bit_clear(slot->saved, slot->undo->pages[i]);
  cl_undo_empty(slot->undo);
  slot->undo = NULL;
}

bool cl_slot_commit(cl_slot *slot) {
  if (!slot->undo) return true;
  dropping d = {.slot = slot, .ok = true};
  bool quiet = cl_slot_was_quiet(slot); /* nothing new was written; asked before the journal has faults of its own */
  if (slot->journal) cl_slot_tell_saved(slot);
  if (!quiet && !cl_pages_scan(slot->map, slot->base, slot->bytes, join_base, &d))
    join_base(&d, 0, pages_of(slot->bytes));
  drop_pending(&d);
  judge_warmth(slot);
  forget_saved(slot);
  slot->base_bytes = slot->bytes;
  cl_slot_guard_cold(slot);
  return d.ok;
}

static void drop_new(void *user, uint32_t first, uint32_t count) {
  dropping *d = user;
  for (uint32_t page = first; page < first + count; page++)
    if (!cl_bit_get(d->slot->in_base, page)) drop_page(d, page);
}

bool cl_slot_rollback(cl_slot *slot) {
  if (!slot->undo) return true;
  if (!cl_slot_shrink(slot, slot->base_bytes)) return false;
  dropping d = {.slot = slot, .ok = true};
  if (!cl_pages_scan(slot->map, slot->base, slot->bytes, drop_new, &d)) drop_new(&d, 0, pages_of(slot->bytes));
  drop_pending(&d);
  for (uint32_t i = 0; i < slot->undo->count; i++)
    memcpy(page_at(slot, slot->undo->pages[i]), slot->undo->data + span(i), CL_PAGE);
  forget_saved(slot);
  cl_slot_guard_cold(slot);
  return d.ok;
}

/* ---- forks */

static uint32_t count_base(const cl_slot *slot) {
  uint32_t count = 0;
  for (size_t w = 0; w < slot->bit_words; w++) count += (uint32_t)__builtin_popcountll(slot->in_base[w]);
  return count;
}

void cl_slot_warm_or_guard(cl_slot *slot) {
  enum { SMALL_BASE = 256 };
  if (count_base(slot) <= SMALL_BASE) {
    slot->warm_count = 0;
    for (size_t w = 0; w < slot->bit_words; w++) {
      slot->warm[w] |= slot->in_base[w] & ~slot->guarded[w];
      slot->warm_count += (uint32_t)__builtin_popcountll(slot->warm[w]);
    }
    slot->cooled = false;
  }
  cl_slot_guard_cold(slot);
}

/* Maps pages of a fork's file, guarded: their first write saves them, since the file cannot be asked for them again. */
static bool map_layer(cl_slot *slot, int fd, uint32_t first, uint32_t count, uint32_t at) {
  void *got =
      mmap(page_at(slot, first), span(count), PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, fd, (off_t)span(at));
  if (got == MAP_FAILED || madvise(got, span(count), MADV_NOHUGEPAGE) != 0) return false;
  for (uint32_t page = first; page < first + count; page++) {
    cl_bit_set(slot->in_base, page);
    cl_bit_set(slot->guarded, page);
  }
  return true;
}

/* Writes runs of base pages to the file and maps them into both slots; they are clean in both from then on. */
static bool share_base(cl_slot *to, cl_slot *from, int fd) {
  uint32_t pages = pages_of(from->bytes), written = 0;
  for (uint32_t page = 0; page < pages;) {
    if (!cl_bit_get(from->in_base, page)) {
      page++;
      continue;
    }
    uint32_t first = page;
    while (page < pages && cl_bit_get(from->in_base, page)) page++;
    uint32_t count = page - first;
    for (size_t done = 0; done < span(count);) {
      ssize_t n = pwrite(fd, page_at(from, first) + done, span(count) - done, (off_t)(span(written) + done));
      if (n < 0 && errno != EINTR) return false;
      if (n > 0) done += (size_t)n;
    }
    if (!map_layer(from, fd, first, count, written) || !map_layer(to, fd, first, count, written)) return false;
    written += count;
  }
  return true;
}

/* What runs write is saved at each begin, and need not be guarded. */
static bool open_warm(cl_slot *slot) {
  uint32_t pages = pages_of(slot->bytes);
  for (uint32_t page = 0; page < pages; page++) {
    uint32_t first = page;
    while (page < pages && cl_bit_get(slot->warm, page)) cl_bit_clear(slot->guarded, page++);
    if (page > first && mprotect(page_at(slot, first), span(page - first), PROT_READ | PROT_WRITE) != 0) return false;
  }
  return true;
}

static cloche_status fork_by_file(cl_slot *to, cl_slot *from, cloche_error *err) {
  int fd = memfd_create("cloche-base", MFD_CLOEXEC);
  if (fd < 0) CL_FAIL(err, IO_ERROR, "no memory file for a fork: errno %d", errno);
  to->layered = from->layered = true; /* from here on a failure leaves both fit for a reset alone */
  memset(to->in_base, 0, to->bit_words * 5 * sizeof *to->in_base);
  memcpy(to->warm, from->warm, from->bit_words * sizeof *from->warm);
  to->warm_count = from->warm_count;
  to->cooled = from->cooled;
  bool shared = share_base(to, from, fd);
  close(fd);
  if (!shared || !open_warm(to) || !open_warm(from)) CL_FAIL(err, OUT_OF_MEMORY, "a fork could not be shared");
  return CLOCHE_OK;
}

cloche_status cl_slot_fork(cl_slot *to, cl_slot *from, cloche_error *err) {
  if (from->undo) CL_FAIL(err, INVALID_STATE, "a cell cannot be forked during a run");
  to->limit = from->limit;
  if (!cl_slot_ensure_bits(from) || !cl_slot_expect(to, from->in_base) || !cl_slot_ensure_bits(to))
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for the session's page sets");
  if (to->bytes < from->bytes && !cl_slot_grow(to, from->bytes)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a fork");
  to->base_bytes = from->base_bytes = from->bytes;
  if (count_base(from) > CL_FORK_COPY_MAX) return fork_by_file(to, from, err);
  for (size_t w = 0; w < from->bit_words; w++) {
    for (uint64_t bits = from->in_base[w]; bits; bits &= bits - 1) {
      uint32_t page = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);
      memcpy(page_at(to, page), page_at(from, page), CL_PAGE);
      cl_bit_set(to->in_base, page);
    }
  }
  cl_slot_warm_or_guard(to);
  return CLOCHE_OK;
}

static void join_all(void *user, uint32_t first, uint32_t count) {
  cl_slot *slot = user;
  for (uint32_t page = first; page < first + count; page++) cl_bit_set(slot->in_base, page);
}

void cl_slot_join(cl_slot *slot) {
  if (!cl_pages_scan(slot->map, slot->base, slot->bytes, join_all, slot)) join_all(slot, 0, pages_of(slot->bytes));
}

cloche_status cl_slot_adopt(cl_slot *slot, cloche_error *err) {
  if (!cl_slot_ensure_bits(slot)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the session's page sets");
  cl_slot_join(slot);
  slot->base_bytes = slot->bytes;
  cl_slot_warm_or_guard(slot); /* a page of the base is one of the two, or a rollback would miss it */
  return CLOCHE_OK;
}

/* ---- counting, undo logs */

typedef struct {
  const cl_slot *slot;
  uint64_t pages, hot;
} counting;

static void count_range(void *user, uint32_t first, uint32_t count) {
  counting *c = user;
  c->pages += count;
  for (uint32_t page = first; page < first + count; page++)
    if (page < pages_of(c->slot->image->bytes) && cl_bit_get(c->slot->hot, page)) c->hot++;
}

void cl_slot_count(const cl_slot *slot, uint64_t *private_pages, uint64_t *hot_pages) {
  counting c = {.slot = slot};
  (void)cl_pages_scan(slot->map, slot->base, slot->bytes, count_range, &c);
  *private_pages = c.pages;
  *hot_pages = c.hot;
}

cloche_status cl_undo_open(cl_undo *undo, size_t limit, cloche_error *err) {
  uint32_t cap = pages_of(limit);
  size_t bytes = span(cap) + (size_t)cap * sizeof *undo->pages;
  void *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) CL_FAIL(err, OUT_OF_MEMORY, "no address space for an undo log");
  (void)madvise(data, bytes, MADV_DONTDUMP);
  *undo = (cl_undo){.data = data, .pages = (uint32_t *)(void *)((uint8_t *)data + span(cap)), .cap = cap};
  return CLOCHE_OK;
}

void cl_undo_empty(cl_undo *undo) {
  undo->used = CL_MIN(CL_MAX(undo->used, undo->count), (uint32_t)CL_WARM_MAX);
  if (undo->count > CL_WARM_MAX)
    (void)madvise(undo->data + span(CL_WARM_MAX), span(undo->count - CL_WARM_MAX), MADV_DONTNEED);
  undo->count = 0;
}

void cl_undo_wipe(cl_undo *undo) {
  cl_undo_empty(undo);
  memset(undo->data, 0, span(undo->used));
  undo->used = 0;
}

void cl_undo_close(cl_undo *undo) {
  if (undo->data) munmap(undo->data, span(undo->cap) + (size_t)undo->cap * sizeof *undo->pages);
  *undo = (cl_undo){0};
}
