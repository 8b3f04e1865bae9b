/* A patch: what has changed in some pages of a memory, as bytes.
 *
 *     record   page number, spans, 0
 *     span     length, gap since the end of the span before, that many new bytes
 *
 * Numbers are LEB128, so that one changed counter takes three bytes and its page four. Spans hold what is there now and not the
 * difference to what was: words that a copy must have for itself alone, such as the state of its random numbers, may differ
 * between the memory a patch was made of and the one it is written to.
 *
 * Reading never leaves the patch or the page, whatever the bytes are; cl_patch_is_sound says beforehand whether all of them
 * mean something. Not here: which pages (slot_delta.c), and what else a run changes (journal.c). */
#ifndef CL_PATCH_H
#define CL_PATCH_H

#include "buf.h"

/** Adds a record of what differs in a page, if anything does. */
void cl_patch_add(cl_buf *out, uint32_t page, const uint8_t *before, const uint8_t *after);

/** Whether bytes are a patch for a memory of so many pages. */
bool cl_patch_is_sound(const uint8_t *patch, size_t len, uint32_t pages);

typedef struct cl_patch_reader {
  const uint8_t *at, *end;
} cl_patch_reader;

/** Begins the next record; false: there is none, or what follows is not one. */
bool cl_patch_next(cl_patch_reader *reader, uint32_t *page);
/** Reads its spans, and writes them to the page unless that is NULL; false: they are none. */
bool cl_patch_write(cl_patch_reader *reader, uint8_t *page);

#endif
