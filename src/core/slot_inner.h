/* What slot.c shares with slot_delta.c: pages of a slot, and the steps of which its transactions are made. */
#ifndef CL_SLOT_INNER_H
#define CL_SLOT_INNER_H

#include "slot.h"

static inline uint32_t pages_of(size_t bytes) { return (uint32_t)(bytes >> CL_PAGE_SHIFT); }
static inline size_t span(uint32_t pages) { return (size_t)pages << CL_PAGE_SHIFT; }
static inline uint8_t *page_at(const cl_slot *slot, uint32_t page) { return slot->base + span(page); }
static inline const uint8_t *image_at(const cl_slot *slot, uint32_t page) { return slot->image->data + span(page); }

/** Gives back what lies above `bytes`. */
bool cl_slot_shrink(cl_slot *slot, size_t bytes);
bool cl_slot_ensure_bits(cl_slot *slot);
/** All private pages are of the base. */
void cl_slot_join(cl_slot *slot);
bool cl_slot_has_guards(const cl_slot *slot);
/** Copies a page to the undo log of the open transaction, once. */
void cl_slot_save_page(cl_slot *slot, uint32_t page);
void cl_slot_save_warm(cl_slot *slot);
void cl_slot_set_warm(cl_slot *slot, uint32_t page);
/** Tell the journal, as part of a commit: saved pages that the run has changed; a page that joins the base. */
void cl_slot_tell_saved(const cl_slot *slot);
void cl_slot_tell_new(const cl_slot *slot, uint32_t page);
/** Makes pages of the base read-only that are neither warm nor saved. */
void cl_slot_guard_cold(cl_slot *slot);
/** The same for a new base. A small one is warm as a whole at first: to copy its pages at a few begins is cheaper than to
 *  guard each piece of it and to open that again, and a cell that was forked or restored often has but one run. */
void cl_slot_warm_or_guard(cl_slot *slot);

#endif
