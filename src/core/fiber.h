/* A fiber: a native stack of its own for guest code, and the switch to and from it.
 *
 *       low                                                            high
 *       | guard (no access) | deep part, no pages until touched | shallow part, resident |
 *
 * Invariants
 *  1. Exactly one of host and fiber runs; cl_fiber_enter returns when the fiber calls cl_fiber_leave or its function
 *     returns. Leaving is allowed from a signal handler that interrupted the fiber: the frames stay where they are,
 *     and entering again returns into the handler.
 *  2. The deep part gets its pages from the kernel, never from a handler of ours: a signal's frame must find room at any
 *     moment, be it the embedder's signal with all others blocked. Its pages are given back when the fiber is parked or
 *     recycled after a run with page faults; so a shallow run costs no system call and a deep one leaves nothing behind.
 *  3. A recycled fiber's stack holds no bytes of the last run. A parked one may, for the cell that it is parked for.
 *
 * Not here: when to switch (trap.c, cell.c). */
#ifndef CL_FIBER_H
#define CL_FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cloche.h"

/* The worst native stack a guest used is printed by the hostile tests; RATIONALE.md has the measurement. The guard is wider
 * than any function's frame (CL_TRANSFER_MAX and some more): none reaches beyond it with its first access. */
enum { CL_FIBER_GUARD = 256 << 10, CL_FIBER_SHALLOW = 32 << 10 };
#define CL_FIBER_STACK ((size_t)16 << 20)

typedef void (*cl_fiber_fn)(void *user);

typedef struct cl_fiber {
  uint8_t *low;  /* of the reservation; the guard starts here */
  uint8_t *high; /* the first byte above the stack */
  void *sp;      /* saved stack pointer of whoever does not run */
  void *host_sp;
  cl_fiber_fn fn;
  void *user;
  bool live;             /* a function is on the stack */
  uint64_t owner;        /* id of the cell whose bytes may lie on the stack; 0: none */
  struct cl_fiber *next; /* in the thread's pool */
  size_t deepest;        /* bytes of stack that the last deep run touched */
  uint64_t faults;       /* of the thread, when the deep part had no pages for sure; 0: unknown */
  /* for sanitizers */
  void *fake_stack, *host_fake_stack;
  const void *host_low;
  size_t host_bytes;
  void *tsan_fiber, *tsan_host;
  unsigned valgrind_id;
} cl_fiber;

cloche_status cl_fiber_open(cl_fiber *fiber, cloche_error *err);
void cl_fiber_close(cl_fiber *fiber);

/** Puts `fn` on an empty stack; it starts at the next cl_fiber_enter. */
void cl_fiber_start(cl_fiber *fiber, cl_fiber_fn fn, void *user);

/** Runs the fiber until it leaves. True: its function has returned. */
bool cl_fiber_enter(cl_fiber *fiber);

/** Back to the host, from inside; returns when the host enters again. */
void cl_fiber_leave(cl_fiber *fiber);

/** Forgets the frames that are on the stack. */
void cl_fiber_abandon(cl_fiber *fiber);

/** Gives back the deep part; the shallow one stays as it is, for a cell that will go on soon. `touched`: the thread has had
 *  page faults since it was last known to be empty, so that there may be something to give back. */
void cl_fiber_park(cl_fiber *fiber, bool touched);

/** Empties the stack for the next user. */
void cl_fiber_recycle(cl_fiber *fiber, bool touched);

/** Whether a fault at `address` means that the stack is used up (signal-safe). */
bool cl_fiber_is_exhausted(const cl_fiber *fiber, const uint8_t *address);

#endif
