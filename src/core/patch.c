/* Patches: finding what differs between two contents of a page, word by word, and writing it. */
#include "patch.h"

#include <string.h>

#include "pages.h"

enum { WORD = 8, WORDS = CL_PAGE / WORD, BLOCK = 16, RECORD_MAX = 2 * CL_PAGE };

/* ---- making */

static uint64_t difference(const uint8_t *a, const uint8_t *b, uint32_t word) {
  uint64_t x, y;
  memcpy(&x, a + word * WORD, WORD);
  memcpy(&y, b + word * WORD, WORD);
  return x ^ y;
}

/* Looks at a block as a whole, which the compiler makes wide: most of a page that has changed is as it was. */
static bool block_is_equal(const uint8_t *a, const uint8_t *b, uint32_t word) {
  uint64_t x[BLOCK], y[BLOCK], any = 0;
  memcpy(x, a + word * WORD, sizeof x);
  memcpy(y, b + word * WORD, sizeof y);
  for (int i = 0; i < BLOCK; i++) any |= x[i] ^ y[i];
  return any == 0;
}

static uint8_t *put_number(uint8_t *to, uint32_t value) {
  for (; value >= 0x80; value >>= 7) *to++ = (uint8_t)(value | 0x80);
  *to++ = (uint8_t)value;
  return to;
}

/* Neighbouring words that differ are one span, without the equal bytes at its ends: memory is little-endian. */
static uint8_t *put_spans(uint8_t *to, const uint8_t *before, const uint8_t *after) {
  uint32_t end = 0;
  for (uint32_t word = 0; word < WORDS; word++) {
    if (word % BLOCK == 0 && block_is_equal(before, after, word)) {
      word += BLOCK - 1;
      continue;
    }
    uint64_t first = difference(before, after, word), last = first;
    if (!first) continue;
    uint32_t from = word * WORD + (uint32_t)__builtin_ctzll(first) / 8;
    for (uint64_t next; word + 1 < WORDS && (next = difference(before, after, word + 1)) != 0; word++) last = next;
    uint32_t until = (word + 1) * WORD - (uint32_t)__builtin_clzll(last) / 8;
    to = put_number(put_number(to, until - from), from - end);
    memcpy(to, after + from, until - from);
    to += until - from;
    end = until;
  }
  return to;
}

void cl_patch_add(cl_buf *out, uint32_t page, const uint8_t *before, const uint8_t *after) {
  if (before == after || memcmp(before, after, CL_PAGE) == 0 || !cl_buf_reserve(out, RECORD_MAX)) return;
  uint8_t *start = (uint8_t *)out->data + out->len;
  uint8_t *to = put_spans(put_number(start, page), before, after);
  *to++ = 0;
  *to = 0; /* the buffer is terminated */
  out->len += (size_t)(to - start);
}

/* ---- reading */

static bool get_number(cl_patch_reader *reader, uint32_t *value) {
  *value = 0;
  for (uint32_t shift = 0; shift < 28 && reader->at < reader->end; shift += 7) {
    uint8_t byte = *reader->at++;
    *value |= (uint32_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool cl_patch_next(cl_patch_reader *reader, uint32_t *page) {
  return reader->at < reader->end && get_number(reader, page);
}

bool cl_patch_write(cl_patch_reader *reader, uint8_t *page) {
  uint32_t at = 0, len, gap;
  for (;;) {
    if (!get_number(reader, &len)) return false;
    if (len == 0) return true;
    if (!get_number(reader, &gap) || gap > CL_PAGE - at) return false;
    at += gap;
    if (len > CL_PAGE - at || len > (size_t)(reader->end - reader->at)) return false;
    if (page) memcpy(page + at, reader->at, len);
    reader->at += len;
    at += len;
  }
}

bool cl_patch_is_sound(const uint8_t *patch, size_t len, uint32_t pages) {
  cl_patch_reader reader = {patch, patch + len};
  for (uint32_t page; reader.at < reader.end;)
    if (!cl_patch_next(&reader, &page) || page >= pages || !cl_patch_write(&reader, NULL)) return false;
  return true;
}
