/* Pages of a slot as data: what differs from the image and from the base, put into another slot or back into this one.
 *
 * What the base holds of a page while a transaction is open: the undo log's copy if it was saved, what stands in place if the
 * page is of the base (then nothing has written it), else what the image holds; above the image that is zeros.
 *
 * Not here: what snapshots and histories do with the pages (snapshot.c, undo.c). */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "error.h"
#include "patch.h"
#include "slot_inner.h"

static const uint8_t zeros[CL_PAGE];

static const uint8_t *image_or_zeros(const cl_slot *slot, uint32_t page) {
  return page < pages_of(slot->image->bytes) ? image_at(slot, page) : zeros;
}

static bool equal(const uint8_t *a, const uint8_t *b) { return a == b || memcmp(a, b, CL_PAGE) == 0; }

/* ---- differences */

static bool add_ref(cl_page_list *list, uint32_t page, const uint8_t *at) {
  if (list->count == list->cap) {
    uint32_t cap = list->cap ? list->cap * 2 : 128;
    cl_page_ref *refs = realloc(list->refs, cap * sizeof *refs);
    if (!refs) return false;
    list->refs = refs;
    list->cap = cap;
  }
  list->refs[list->count++] = (cl_page_ref){page, at};
  return true;
}

void cl_page_list_free(cl_page_list *list) {
  free(list->refs);
  *list = (cl_page_list){0};
}

typedef struct {
  const cl_slot *slot;
  uint32_t *saved_at; /* by page: place in the undo log and one; NULL: no transaction is open */
  cl_page_list *base, *run;
  uint32_t next; /* the first page not looked at */
  bool ok;
} search;

static const uint8_t *base_content(const search *s, uint32_t page) {
  const cl_slot *slot = s->slot;
  if (!s->saved_at) return page_at(slot, page);
  if (s->saved_at[page]) return slot->undo->data + span(s->saved_at[page] - 1);
  return cl_bit_get(slot->in_base, page) ? page_at(slot, page) : image_or_zeros(slot, page);
}

static void look_at(search *s, uint32_t page) {
  const uint8_t *base = base_content(s, page);
  if (!equal(base, image_or_zeros(s->slot, page))) s->ok = s->ok && add_ref(s->base, page, base);
  if (s->saved_at && !equal(page_at(s->slot, page), base))
    s->ok = s->ok && add_ref(s->run, page, page_at(s->slot, page));
}

/* Pages of a fork's file may differ without being private: they are of the base. */
static void look_at_layer(search *s, uint32_t end) {
  if (s->slot->layered)
    for (; s->next < end; s->next++)
      if (cl_bit_get(s->slot->in_base, s->next)) look_at(s, s->next);
  s->next = end;
}

static void look_at_range(void *user, uint32_t first, uint32_t count) {
  search *s = user;
  look_at_layer(s, first);
  for (uint32_t page = first; page < first + count; page++) look_at(s, page);
  s->next = first + count;
}

cloche_status cl_slot_differences(const cl_slot *slot, cl_page_list *base, cl_page_list *run, cloche_error *err) {
  uint32_t pages = pages_of(slot->bytes);
  search s = {.slot = slot, .base = base, .run = run, .ok = true};
  *base = *run = (cl_page_list){0};
  if (slot->undo) {
    s.saved_at = calloc(pages, sizeof *s.saved_at);
    s.ok = s.saved_at != NULL;
    for (uint32_t i = 0; s.ok && i < slot->undo->count; i++) s.saved_at[slot->undo->pages[i]] = i + 1;
  }
  if (s.ok && !cl_pages_scan(slot->map, slot->base, slot->bytes, look_at_range, &s)) {
    base->count = run->count = s.next = 0;
    look_at_range(&s, 0, pages);
  }
  if (s.ok) look_at_layer(&s, pages);
  free(s.saved_at);
  if (s.ok) return CLOCHE_OK;
  cl_page_list_free(base);
  cl_page_list_free(run);
  CL_FAIL(err, OUT_OF_MEMORY, "no memory for the pages of a snapshot");
}

/* ---- putting pages into a slot */

static void combine(uint8_t *to, const uint8_t *a, const uint8_t *b) {
  for (size_t at = 0; at < CL_PAGE; at += 8) {
    uint64_t x, y;
    memcpy(&x, a + at, 8);
    memcpy(&y, b + at, 8);
    x ^= y;
    memcpy(to + at, &x, 8);
  }
}

uint8_t *cl_slot_pack(const cl_slot *slot, const cl_page_list *list, uint8_t *to) {
  for (uint32_t i = 0; i < list->count; i++, to += CL_PAGE)
    combine(to, list->refs[i].at, image_or_zeros(slot, list->refs[i].page));
  return to;
}

static void write_pages(cl_slot *slot, cl_page_data pages) {
  for (uint32_t i = 0; i < pages.count; i++)
    combine(page_at(slot, pages.pages[i]), pages.data + span(i), image_or_zeros(slot, pages.pages[i]));
}

static cloche_status make_room(cl_slot *slot, size_t bytes, cloche_error *err) {
  if (bytes > slot->bytes && !cl_slot_grow(slot, bytes)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for what is restored");
  return CLOCHE_OK;
}

static cloche_status expect(cl_slot *slot, const cl_page_data *pages, cloche_error *err) {
  uint32_t end = pages_of(slot->image->bytes);
  uint64_t *set = calloc((end + 63) / 64, sizeof *set);
  for (uint32_t i = 0; set && i < pages->count && pages->pages[i] < end; i++) cl_bit_set(set, pages->pages[i]);
  bool ok = set && cl_slot_expect(slot, set);
  free(set);
  if (!ok) CL_FAIL(err, OUT_OF_MEMORY, "no memory for what is restored");
  return CLOCHE_OK;
}

cloche_status cl_slot_fill(cl_slot *slot, size_t bytes, cl_page_data pages, cloche_error *err) {
  CL_TRY(make_room(slot, bytes, err));
  CL_TRY(expect(slot, &pages, err));
  write_pages(slot, pages);
  return CLOCHE_OK;
}

cloche_status cl_slot_resume(cl_slot *slot, cl_undo *undo, size_t bytes, cl_page_data pages, cloche_error *err) {
  if (!cl_slot_ensure_bits(slot)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the session's page sets");
  cl_slot_join(slot);
  slot->undo = undo;
  slot->base_bytes = slot->bytes;
  for (uint32_t i = 0; i < pages.count; i++)
    if (cl_bit_get(slot->in_base, pages.pages[i])) cl_slot_save_page(slot, pages.pages[i]);
  cl_slot_warm_or_guard(slot);
  cl_slot_save_warm(slot);
  CL_TRY(make_room(slot, bytes, err));
  write_pages(slot, pages);
  slot->faults = UINT64_MAX; /* pages are private that no run has touched: its end must look for them */
  return CLOCHE_OK;
}

bool cl_slot_open_pages(cl_slot *slot, size_t at, size_t len) {
  if (!slot->in_base || len == 0) return true;
  for (uint32_t page = pages_of(at); page <= pages_of(at + len - 1); page++) {
    if (!cl_bit_get(slot->guarded, page)) continue;
    if (mprotect(page_at(slot, page), CL_PAGE, PROT_READ | PROT_WRITE) != 0) return false;
    if (slot->undo) cl_slot_save_page(slot, page);
    else cl_slot_set_warm(slot, page);
    cl_bit_clear(slot->guarded, page);
  }
  return true;
}

/* ---- patches */

void cl_slot_tell_saved(const cl_slot *slot) {
  const cl_undo *undo = slot->undo;
  for (uint32_t i = 0; i < undo->count; i++)
    cl_patch_add(slot->journal, undo->pages[i], undo->data + span(i), page_at(slot, undo->pages[i]));
}

void cl_slot_tell_new(const cl_slot *slot, uint32_t page) {
  cl_patch_add(slot->journal, page, image_or_zeros(slot, page), page_at(slot, page));
}

/* Guarded pages are opened as the signal handler would open them for a guest. */
bool cl_slot_patch(cl_slot *slot, size_t bytes, const uint8_t *patch, size_t len) {
  if (bytes > slot->bytes && !cl_slot_grow(slot, bytes)) return false;
  slot->faults = UINT64_MAX; /* pages become private that no run has touched: the commit must look for them */
  cl_patch_reader reader = {patch, patch + len};
  for (uint32_t page; cl_patch_next(&reader, &page);) {
    if (cl_slot_fault(slot, page_at(slot, page)) == CL_WRITE_STUCK) return false;
    cl_patch_write(&reader, page_at(slot, page));
  }
  return true;
}

/* ---- going back over runs */

void cl_reverse_free(cl_reverse *reverse) {
  if (!reverse) return;
  if (reverse->data) memset(reverse->data, 0, span(reverse->saved));
  free(reverse->data);
  free(reverse->saved_pages);
  free(reverse->added_pages);
  free(reverse);
}

/* The saved pages that the run has changed. */
static bool note_saved(const cl_slot *slot, cl_reverse *reverse, uint32_t most) {
  const cl_undo *undo = slot->undo;
  uint32_t changed = 0;
  for (uint32_t i = 0; i < undo->count; i++) changed += !equal(page_at(slot, undo->pages[i]), undo->data + span(i));
  reverse->memory_bytes = slot->base_bytes;
  if (changed == 0) return true;
  if (changed > most) return false;
  reverse->saved_pages = malloc(changed * sizeof *reverse->saved_pages);
  reverse->data = malloc(span(changed));
  if (!reverse->saved_pages || !reverse->data) return false;
  for (uint32_t i = 0; i < undo->count && reverse->saved < changed; i++) {
    uint32_t page = undo->pages[i];
    if (equal(page_at(slot, page), undo->data + span(i))) continue;
    memcpy(reverse->data + span(reverse->saved), undo->data + span(i), CL_PAGE);
    reverse->saved_pages[reverse->saved++] = page;
  }
  return true;
}

/* The pages that the commit has added to the base. */
static bool note_added(const cl_slot *slot, cl_reverse *reverse, const uint64_t *before) {
  uint32_t added = 0;
  for (size_t w = 0; w < slot->bit_words; w++) added += (uint32_t)__builtin_popcountll(slot->in_base[w] & ~before[w]);
  if (added == 0) return true;
  reverse->added_pages = malloc(added * sizeof *reverse->added_pages);
  if (!reverse->added_pages) return false;
  for (size_t w = 0; w < slot->bit_words; w++)
    for (uint64_t bits = slot->in_base[w] & ~before[w]; bits; bits &= bits - 1)
      reverse->added_pages[reverse->added++] = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);
  return true;
}

bool cl_slot_commit_noting(cl_slot *slot, uint32_t most, cl_reverse **out) {
  cl_reverse *reverse = calloc(1, sizeof *reverse);
  size_t bytes = slot->bit_words * sizeof *slot->in_base;
  uint64_t *before = malloc(bytes);
  bool noted = reverse && before && note_saved(slot, reverse, most);
  if (noted) memcpy(before, slot->in_base, bytes);
  bool ok = cl_slot_commit(slot);
  noted = noted && ok && note_added(slot, reverse, before);
  free(before);
  if (!noted) cl_reverse_free(reverse);
  *out = noted ? reverse : NULL;
  return ok;
}

bool cl_slot_revert(cl_slot *slot, const cl_reverse *reverse) {
  if (cl_slot_has_guards(slot)) { /* one mapping of many, which is also one call */
    if (mprotect(slot->base, slot->bytes, PROT_READ | PROT_WRITE) != 0) return false;
    memset(slot->guarded, 0, slot->bit_words * sizeof *slot->guarded);
  }
  for (uint32_t i = 0; i < reverse->saved; i++)
    memcpy(page_at(slot, reverse->saved_pages[i]), reverse->data + span(i), CL_PAGE);
  for (uint32_t i = 0; i < reverse->added;) {
    uint32_t first = reverse->added_pages[i], count = 0;
    for (; i < reverse->added && reverse->added_pages[i] == first + count; i++, count++) {
      slot->warm_count -= cl_bit_get(slot->warm, first + count);
      cl_bit_clear(slot->in_base, first + count);
      cl_bit_clear(slot->warm, first + count);
      cl_bit_clear(slot->wanted, first + count);
    }
    if (madvise(page_at(slot, first), span(count), MADV_DONTNEED) != 0) return false;
  }
  if (!cl_slot_shrink(slot, reverse->memory_bytes)) return false;
  slot->base_bytes = slot->bytes;
  return true;
}
