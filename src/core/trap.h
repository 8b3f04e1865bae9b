/* Leaving a guest that does not leave by itself: faults, deadlines, slices, cancellation.
 *
 * Each step of a cell runs between cl_trap_enter and its return, with the thread's pointer to the running cell set. One
 * POSIX timer a thread is left running: when it fires, the handler judges the running cell and arms it for whatever
 * comes next, so that a run shorter than the last armed time costs no system call.
 *
 *                         due                      1 ms later, still inside
 *     deadline, cancel    hook answers "stop"      the handler leaves the fiber for good
 *     slice               hook leaves the fiber    the handler leaves it, and is returned into later
 *
 * An engine without a hook (Python) is warned shortly before a deadline instead, by words in its own memory.
 *
 * Invariants
 *  1. The fiber is left by force only while `in_host` is 0, that is, while generated code or libc functions without
 *     locks run on it. Host code on the fiber brackets itself with cl_host_begin and cl_host_end; what comes due
 *     meanwhile happens at cl_host_end.
 *  2. A handler never runs on a fiber's stack for a fault: those use the alternate stack, with the timer's signal blocked.
 *  3. Faults that are not the running guest's go to the handlers that were there before.
 *  4. `stop` is set at any moment, and heeded at looks alone: at the hook, and where host code asks cl_trap_look or a step
 *     is about to enter the guest. Looks are counted, and which of them there are depends on nothing but the guest: so the
 *     count says exactly where a run was stopped, and a replay is stopped there. */
#ifndef CL_TRAP_H
#define CL_TRAP_H

#include <stdatomic.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "fiber.h"
#include "sanitizers.h"
#include "slot.h"

#define CL_HARD_STEP_NS 1000000ull /* between asking the hook and leaving by force */
/* Stack that host code on a fiber finds at least: its own frames, and a signal's. It must not fault for want of it, since it
 * cannot be left. */
#define CL_HOST_STACK ((size_t)128 << 10)
#define CL_NEVER UINT64_MAX

struct cl_ticker;

/** The part of a cell that handlers look at. */
typedef struct cl_guard {
  cl_fiber *fiber;
  cl_slot *slot;
  struct cl_ticker *ticker;
  volatile sig_atomic_t in_host;   /* depth of host code on the fiber */
  volatile sig_atomic_t stop;      /* a cloche_status: why the run must end; 0: it need not */
  volatile sig_atomic_t yield;     /* the slice is over */
  volatile sig_atomic_t forced;    /* left by force: the fiber's frames are dead */
  volatile sig_atomic_t preempted; /* set aside inside code that did not poll */
  volatile sig_atomic_t deferred;  /* a forced leave waits for cl_host_end */
  volatile uint64_t stop_at;       /* when `stop` was set */
  volatile uint64_t wall_at, cpu_check_at, slice_at;
  uint64_t cpu_limit, cpu_used; /* CPU time of the run, up to this step */
  uint64_t cpu_next;            /* the next figure of CPU time to act upon: that of the warning, then the limit */
  /* The warning: shortly before a deadline words of the guest's memory are set to 1, as Ctrl-C would. */
  const uint64_t *warn_words; /* guest addresses; the engine's own */
  uint32_t warn_word_count;   /* 0: the engine has no such words */
  volatile uint64_t warn_at;
  volatile sig_atomic_t warned; /* a cloche_status: of which limit; 0: not yet */
  volatile sig_atomic_t held;   /* the same of a warning that came due during host code, and is given after it */
  uint64_t entered_at;          /* when this step began */
  uint64_t cpu_entered;   /* the thread's CPU clock then, once `cpu_known`: reading it is a system call, which a */
  bool cpu_known;         /* short step does without: it is charged its wall time, which is no less */
  atomic_bool interrupt;  /* from any thread */
  atomic_int tid;         /* of the thread that is inside a step; 0: none */
  struct cl_guard *outer; /* of the cell that this one works for: who interrupts that one means this one, too */
  uint64_t polls;         /* looks in this run, up to the one that found `stop` set */
  uint64_t replay_at;     /* the look at which `replay_reason` ends the run; CL_NEVER: none */
  cloche_status replay_reason;
  bool noticed;                       /* a look has found `stop` set */
  volatile sig_atomic_t unrepeatable; /* the run took a way that depends on the machine: it cannot be replayed */
  bool no_poll;
} cl_guard;

/** A thread's timer. */
typedef struct cl_ticker {
  timer_t timer;
  volatile uint64_t armed_for; /* CL_NEVER: not armed */
  int tid, pid;
  void *alt_stack; /* ours; NULL when the thread had one */
} cl_ticker;

/** Installs the signal handlers of the process, once. */
cloche_status cl_trap_install(cloche_error *err);

cloche_status cl_ticker_open(cl_ticker *ticker, cloche_error *err);
void cl_ticker_close(cl_ticker *ticker);

/** Enters the guard's fiber with deadlines in force; true when its function has returned or was left for good. */
bool cl_trap_enter(cl_guard *guard);

/** The engine's interrupt hook: true when the guest must stop. May leave and come back (a slice). */
bool cl_trap_poll(cl_guard *guard);

/** A look that host code on the fiber takes between two hooks: true when the guest must stop. */
bool cl_trap_look(cl_guard *guard);

/** A look while no guest code is on the processor, which says why the run ends there; CLOCHE_OK: it does not. One that is
 *  not `counted` counts only if it ends the run. */
cloche_status cl_trap_look_outside(cl_guard *guard, uint64_t now, bool counted);

/* Before a call of what does not return, AddressSanitizer asks libc for the stack, under a lock, which a guest that is left
 * by force in that moment would keep, and by a file, which a jailed worker cannot open. So it is not told what does not. */
#ifdef CL_ASAN
#define CL_LEAVES
#define CL_LEFT() (void)0
#else
#define CL_LEAVES _Noreturn
#define CL_LEFT() __builtin_unreachable()
#endif

/** Leaves the running guest for good, with a reason; does not return. For traps of generated code. */
CL_LEAVES void cl_trap_leave(cl_guard *guard, cloche_status reason);

/** Blocks the fiber on purpose (a sync tool); returns when the host enters again, or never. */
void cl_trap_wait(cl_guard *guard);

void cl_trap_interrupt(cl_guard *guard);

/** Sleeps until a time of the monotonic clock, or an interrupt of this guard, or any other signal. */
void cl_trap_sleep(cl_guard *guard, uint64_t until);

/** Sets the deadlines of a run that begins now. */
void cl_trap_set_deadlines(cl_guard *guard, uint64_t now, uint64_t wall_ns, uint64_t cpu_ns);

/** CPU time of the step that has just ended. */
uint64_t cl_trap_step_cpu(cl_guard *guard);

/** The guard of the cell that runs on this thread; NULL: none. */
cl_guard *cl_trap_running(void);

/** Acts on what came due during host code. */
void cl_trap_deferred(cl_guard *guard);

static inline void cl_host_begin(cl_guard *guard) {
  if (guard->in_host == 0 && guard->fiber &&
      (uintptr_t)__builtin_frame_address(0) - (uintptr_t)guard->fiber->low < CL_FIBER_GUARD + CL_HOST_STACK)
    cl_trap_leave(guard, CLOCHE_STACK_LIMIT); /* the guest has used its stack up */
  guard->in_host++;
  atomic_signal_fence(memory_order_seq_cst);
}

static inline void cl_host_end(cl_guard *guard) {
  atomic_signal_fence(memory_order_seq_cst);
  if (--guard->in_host == 0 && guard->deferred) cl_trap_deferred(guard);
}

#endif
