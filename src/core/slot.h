/* A slot: the address space of one cell's linear memory, with an image mapped copy-on-write at its start.
 *
 *     base                image->bytes        bytes        limit             4 GiB       + CL_GUARD_BYTES
 *     |--- image, private ---|-- anonymous ---|--- no access -----------------------------|
 *
 * Three layers: the *image*; the *base*, the last committed state; and what the *run* has changed since.
 *
 * Invariants
 *  1. Nothing in [bytes, end of the reservation) can be read or written; every address that guest code can form lies in
 *     the reservation (translate.py checks the static offsets against CL_GUARD_BYTES).
 *  2. Between two users of a slot, [0, image->bytes) reads as the image does and `bytes` is the image's size.
 *  3. A page's base content is always to be had: from the image or the layer file (clean pages), from the undo log
 *     (saved pages), or in place (guarded pages, which are read-only until their first write saves them).
 *     Between two runs each page of the base is warm or guarded.
 *  4. A page that was written but equals the image again (a counter went up and down) is given back at commit, unless it
 *     is hot: an idle session holds little else than what differs.
 *  5. Hot pages stay resident and are copied; they count as written from the start. A slot that cells are restored or forked
 *     into may have more of them, but those belong to its spare time: a cell is left with none that it has no use for.
 *
 *  who                          one-shot cell             session
 *  cl_slot_reset                to the image              to the image, and forgets the base
 *  cl_slot_begin                -                         saves warm pages, guards the others
 *  cl_slot_commit               -                         what the run wrote joins the base
 *  cl_slot_rollback             -                         the base comes back
 *  cl_slot_fork                 -                         the base is copied, or shared through a file
 *
 * Threads: one at a time. cl_slot_fault runs in a signal handler: it calls mprotect and memcpy alone. */
#ifndef CL_SLOT_H
#define CL_SLOT_H

#include <sys/types.h>

#include "pages.h"

enum { CL_WASM_PAGE = 65536, CL_WARM_MAX = 512, CL_FORK_COPY_MAX = 1024 };
#define CL_GUARD_BYTES ((size_t)64 << 20) /* guest/translate.py: GUARD_BYTES */
#define CL_SLOT_BYTES (((size_t)4 << 30) + CL_GUARD_BYTES)

/** The memory part of an image. Shared and immutable; outlives its slots. */
typedef struct cl_memory_image {
  int fd;              /* a sealed memfd, or the running program */
  off_t offset;        /* of the memory in it */
  const uint8_t *data; /* the same, mapped to read */
  size_t bytes;        /* a multiple of CL_WASM_PAGE */
  bool is_program;     /* the file is the running program's, and `data` lies in its own memory */
  const uint64_t *hot; /* one bit a page: what runs usually touch */
  uint32_t hot_max;    /* pages that a slot may keep resident, and as many warm ones; CL_WARM_MAX at most */
} cl_memory_image;

/** Saved pages of one transaction: `count` page numbers and their contents. Pooled by the thread, and wiped when another
 *  cell gets it or its last user is closed. */
typedef struct cl_undo {
  uint32_t *pages;
  uint8_t *data;
  uint32_t count, cap;
  uint32_t used; /* pages written since it was wiped */
} cl_undo;

typedef struct cl_slot {
  uint8_t *base;
  const cl_memory_image *image;
  const cl_pagemap *map;
  size_t bytes, limit;
  size_t base_bytes; /* of the base */
  uint64_t *hot;     /* image pages that stay resident */
  uint8_t *heat;     /* how often an image page was found dirty lately */
  uint64_t faults;   /* of this thread when the run started: without a fault since, no page can have become private */
  uint32_t hot_count, resets;
  bool filled;    /* the host has put pages in, since the last reset */
  uint32_t plain; /* resets in a row before which it had not */
  bool keep_equal; /* a commit keeps pages that were written but hold what the image holds; for the image builder */
  bool layered;    /* pages of a fork's file are mapped over the image: of the base, warm or guarded */
  /* sessions only; one bit a page up to `limit` */
  uint64_t *in_base; /* private pages that belong to the base */
  uint64_t *warm;    /* of these: saved at each begin */
  uint64_t *guarded; /* of these: read-only until first written */
  uint64_t *saved;   /* in the undo log of the open transaction */
  uint64_t *wanted;  /* of the warm: a run has written it, and will again */
  uint32_t warm_count, commits;
  bool cooled; /* what is warm has been judged once: pages join by being written alone */
  size_t bit_words;
  cl_undo *undo;          /* while a transaction is open */
  struct cl_buf *journal; /* a commit tells it what it changes (patch.h); NULL: nobody wants to know */
} cl_slot;

cloche_status cl_slot_open(cl_slot *slot, const cl_memory_image *image, const cl_pagemap *map, cloche_error *err);
void cl_slot_close(cl_slot *slot);

/** Grows to `bytes` (a multiple of CL_WASM_PAGE); false past the limit, or when the kernel refuses. */
bool cl_slot_grow(cl_slot *slot, size_t bytes);

/** The host is about to put the pages into a slot that is at its image: of its hot pages beyond the image's own, those not
 *  in `pages` (a set of as many as the image has) are given back. */
bool cl_slot_expect(cl_slot *slot, const uint64_t *pages);

/** Notes that a run starts. Its end looks for written pages only if the thread has had a page fault since. */
void cl_slot_mark(cl_slot *slot);
/** Whether the thread has had no page fault since then. */
bool cl_slot_was_quiet(const cl_slot *slot);

/** The thread's page faults so far; UINT64_MAX: not to be had. */
uint64_t cl_slot_faults(void);

/** Back to the image. False: the kernel refused, and the slot must be closed. */
bool cl_slot_reset(cl_slot *slot);

cloche_status cl_slot_begin(cl_slot *slot, cl_undo *undo, cloche_error *err);
bool cl_slot_commit(cl_slot *slot);
bool cl_slot_rollback(cl_slot *slot);

/** Makes `to`, fresh from the pool, equal to the base of `from`. */
cloche_status cl_slot_fork(cl_slot *to, cl_slot *from, cloche_error *err);

/** What the host has written outside of transactions joins the base: a rollback must not lose it. */
cloche_status cl_slot_adopt(cl_slot *slot, cloche_error *err);

/* ---- slot_delta.c: pages as data, for snapshots and for going back over runs */

/** A page and where its content stands: in the slot or its undo log. */
typedef struct cl_page_ref {
  uint32_t page;
  const uint8_t *at;
} cl_page_ref;

typedef struct cl_page_list {
  cl_page_ref *refs; /* by rising number */
  uint32_t count, cap;
} cl_page_list;
void cl_page_list_free(cl_page_list *list);

/** Finds the pages of the base whose content differs from the image, and those of the open transaction that differ from the
 *  base. Without a transaction all is base. What the lists point to lives until the slot's next change. */
cloche_status cl_slot_differences(const cl_slot *slot, cl_page_list *base, cl_page_list *run, cloche_error *err);

/** Pages as they lie in a snapshot: `count` sorted numbers, and one after the other their contents, exclusive-ored with
 *  what the image holds there: most of a page is the image's, and zeros take no room once they are compressed. */
typedef struct cl_page_data {
  const uint32_t *pages;
  const uint8_t *data;
  uint32_t count;
} cl_page_data;

/** Writes the pages of a list in that form; gives the end. */
uint8_t *cl_slot_pack(const cl_slot *slot, const cl_page_list *list, uint8_t *to);

/** Writes the pages into a slot that is at its image, and grows it to `bytes`; cl_slot_adopt makes them its base. */
cloche_status cl_slot_fill(cl_slot *slot, size_t bytes, cl_page_data pages, cloche_error *err);

/** Goes on with a transaction: what the slot was filled with is the base, on which it is begun, and memory becomes what
 *  the run had made of it. On failure the slot is fit for a reset alone. */
cloche_status cl_slot_resume(cl_slot *slot, cl_undo *undo, size_t bytes, cl_page_data pages, cloche_error *err);

/** Makes pages of the base writable for the host, off the fiber, where no handler opens them. False: the kernel refused. */
bool cl_slot_open_pages(cl_slot *slot, size_t at, size_t len);

/** Makes the open transaction do what a patch says, which cl_patch_is_sound has passed for a memory of `bytes`. False: the
 *  kernel refused, and the transaction must be rolled back. */
bool cl_slot_patch(cl_slot *slot, size_t bytes, const uint8_t *patch, size_t len);

/** What a committed run has changed, so that it can be taken back: page numbers and old contents, and pages that were not in
 *  the base before. The caller's. */
typedef struct cl_reverse {
  size_t memory_bytes; /* before the run */
  uint32_t saved, added;
  uint32_t *saved_pages, *added_pages;
  uint8_t *data; /* of the saved ones */
} cl_reverse;
void cl_reverse_free(cl_reverse *reverse);

/** Commits, and says what that changed; `*out` is NULL when that is more than `most` pages, or memory gave out for it. */
bool cl_slot_commit_noting(cl_slot *slot, uint32_t most, cl_reverse **out);

/** Takes a run back, the last one first. cl_slot_adopt must follow the last call. */
bool cl_slot_revert(cl_slot *slot, const cl_reverse *reverse);

typedef enum { CL_WRITE_OTHER, CL_WRITE_OPENED, CL_WRITE_STUCK } cl_slot_write;

/** Handles a write to a guarded page: OTHER when the address is none, STUCK when the kernel will not open it. Signal-safe. */
cl_slot_write cl_slot_fault(cl_slot *slot, const uint8_t *address);

/** Counts private pages, and those of them that are hot. */
void cl_slot_count(const cl_slot *slot, uint64_t *private_pages, uint64_t *hot_pages);

cloche_status cl_undo_open(cl_undo *undo, size_t limit, cloche_error *err);
/** Ends a transaction: forgets the pages, and gives back the memory of all but the first CL_WARM_MAX. */
void cl_undo_empty(cl_undo *undo);
/** Overwrites what it ever held. */
void cl_undo_wipe(cl_undo *undo);
void cl_undo_close(cl_undo *undo);

#endif
