/* Signals. What is process-wide stands at the top: the registration, and one pointer a thread. */

#include "trap.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "clock.h"
#include "error.h"
#include "sanitizers.h"

#define TICK_SIGNAL (SIGRTMAX - 3)
#define REPLAY_GRACE_NS 1000000000ull
enum { ALT_STACK_BYTES = 64 << 10, SIGNAL_ROOM = 64 << 10 /* more than a signal's frame takes */ };

static _Thread_local cl_guard *running __attribute__((tls_model("initial-exec")));
static struct sigaction old_segv, old_bus;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int install_errno;

cl_guard *cl_trap_running(void) { return running; }

/* ---- the timer */

/* A time that has passed is no promise: the handler that should have taken note of it may have been left for good by
 * another signal before it did. */
static void arm(cl_ticker *ticker, uint64_t now, uint64_t at) {
  if (at == CL_NEVER || (ticker->armed_for <= at && ticker->armed_for > now)) return;
  struct itimerspec when = {.it_value = {(time_t)(at / 1000000000u), (long)(at % 1000000000u)}};
  if (when.it_value.tv_sec == 0 && when.it_value.tv_nsec == 0) when.it_value.tv_nsec = 1;
  /* In this order: a signal between the two may leave the fiber for good, and then the timer is armed for an earlier time
   * than is written down, which costs a signal; the other way round it would never fire again. */
  timer_settime(ticker->timer, TIMER_ABSTIME, &when, NULL);
  ticker->armed_for = at;
}

static uint64_t next_look(const cl_guard *guard) {
  if (guard->stop) return guard->stop_at + CL_HARD_STEP_NS;
  uint64_t at = CL_MIN(CL_MIN(guard->wall_at, guard->cpu_check_at), guard->warn_at);
  return CL_MIN(at, guard->yield ? guard->slice_at + CL_HARD_STEP_NS : guard->slice_at);
}

static void stop(cl_guard *guard, cloche_status reason, uint64_t now) {
  guard->stop_at = now;
  guard->stop = (sig_atomic_t)reason;
}

/* CPU time since the step began. The first reading dates the beginning back by the wall time that has passed, so that
 * what the limit sees is never too little. */
static uint64_t cpu_in_step(cl_guard *guard, uint64_t now) {
  uint64_t cpu = cl_clock_read(CLOCK_THREAD_CPUTIME_ID);
  if (!guard->cpu_known) {
    uint64_t passed = now > guard->entered_at ? now - guard->entered_at : 0;
    guard->cpu_entered = cpu > passed ? cpu - passed : 0;
    guard->cpu_known = true;
  }
  return cpu > guard->cpu_entered ? cpu - guard->cpu_entered : 0;
}

uint64_t cl_trap_step_cpu(cl_guard *guard) {
  uint64_t now = cl_clock_now();
  return guard->cpu_known ? cpu_in_step(guard, now) : now - guard->entered_at;
}

static bool is_interrupted(cl_guard *guard) {
  return atomic_load(&guard->interrupt) || (guard->outer && atomic_load(&guard->outer->interrupt));
}

static void tell_tid(cl_guard *guard, int tid) {
  atomic_store(&guard->tid, tid);
  if (guard->outer) atomic_store(&guard->outer->tid, tid);
}

/* ---- the warning */

#define WARN_AHEAD_NS 50000000ull /* at most; a tenth of the limit is enough for short ones */
#define WARN_AGAIN_NS 5000000ull

static uint64_t warning_before(uint64_t limit) { return CL_MIN(WARN_AHEAD_NS, limit / 10); }

void cl_trap_set_deadlines(cl_guard *guard, uint64_t now, uint64_t wall_ns, uint64_t cpu_ns) {
  guard->stop = guard->yield = guard->forced = guard->preempted = guard->deferred = guard->warned = guard->held = 0;
  guard->wall_at = now + wall_ns;
  guard->cpu_limit = guard->cpu_next = cpu_ns;
  guard->warn_at = CL_NEVER;
  if (guard->warn_word_count > 0) {
    guard->warn_at = guard->wall_at - warning_before(wall_ns);
    guard->cpu_next = cpu_ns - warning_before(cpu_ns);
  }
  guard->cpu_used = 0;
  guard->polls = 0;
  guard->noticed = false;
  guard->unrepeatable = 0;
  atomic_store(&guard->interrupt, false);
}

/* A word of the guest's memory, which the image's file names; NULL: it lies outside. A page of a session may have to be
 * opened first, as if the guest wrote. */
static uint32_t *open_word(cl_guard *guard, uint64_t at) {
  if (at % 4 != 0 || at >= guard->slot->bytes) return NULL;
  uint8_t *word = guard->slot->base + at;
  return cl_slot_fault(guard->slot, word) == CL_WRITE_STUCK ? NULL : (uint32_t *)(void *)word;
}

/* The guest may be just about to clear one of the words, having looked at another: as long as not all of them are clear, it
 * has not taken the warning, and is given it again. */
static void warn(cl_guard *guard, cloche_status limit, uint64_t now) {
  if (guard
          ->in_host) { /* which may be growing the slot, or have checked a text of the guest's that has the words in it */
    if (!guard->held) guard->held = (sig_atomic_t)limit;
    guard->warn_at = now + WARN_AGAIN_NS;
    guard->cpu_next = guard->cpu_limit;
    return;
  }
  bool taken = guard->warned != 0;
  for (uint32_t i = 0; i < guard->warn_word_count; i++) {
    const uint64_t at = guard->warn_words[i];
    if (at % 4 == 0 && at < guard->slot->bytes && *(uint32_t *)(void *)(guard->slot->base + at)) taken = false;
  }
  guard->warn_at = taken ? CL_NEVER : now + WARN_AGAIN_NS;
  guard->cpu_next = guard->cpu_limit;
  if (taken) return;
  if (!guard->warned) guard->warned = guard->held ? guard->held : (sig_atomic_t)limit;
  guard->unrepeatable = 1;
  for (uint32_t i = 0; i < guard->warn_word_count; i++) {
    uint32_t *word = open_word(guard, guard->warn_words[i]);
    if (word) *word = 1;
  }
}

/* Finds what is due. CPU time is asked for only when the wall says that the limit could be reached. */
static void judge(cl_guard *guard, uint64_t now) {
  if (now >= guard->slice_at) guard->yield = 1;
  if (guard->stop) return;
  if (is_interrupted(guard)) {
    stop(guard, CLOCHE_CANCELLED, now);
  } else if (now >= guard->wall_at) {
    stop(guard, CLOCHE_WALL_TIME_LIMIT, now);
  } else if (now >= guard->cpu_check_at) {
    uint64_t used = guard->cpu_used + cpu_in_step(guard, now);
    if (used >= guard->cpu_limit) stop(guard, CLOCHE_CPU_TIME_LIMIT, now);
    else if (used >= guard->cpu_next) warn(guard, CLOCHE_CPU_TIME_LIMIT, now);
    guard->cpu_check_at = now + (guard->cpu_next - CL_MIN(used, guard->cpu_next));
  }
  if (!guard->stop && now >= guard->warn_at) warn(guard, CLOCHE_WALL_TIME_LIMIT, now);
}

/* Faults, while the fiber may still be left for that, if the stack has no room for the switch. */
static __attribute__((noinline)) void touch_stack(void) {
  volatile uint8_t room[1024];
  room[0] = 0;
  (void)room[0];
}

/* While stacks are switched, `in_host` is not 0: a tick in that moment must not switch again. It never returns, which no
 * compiler is told: see CL_LEAVES. */
static void leave_for_good(cl_guard *guard) {
  touch_stack();
  guard->in_host++;
  guard->forced = 1;
  cl_fiber_leave(guard->fiber);
}

static void set_aside(cl_guard *guard) {
  touch_stack();
  guard->in_host++;
  guard->preempted = 1;
  cl_fiber_leave(guard->fiber);
  guard->preempted = 0;
  cl_host_end(guard);
}

static bool hard_step_due(const cl_guard *guard, uint64_t now) {
  if (guard->stop) return now >= guard->stop_at + CL_HARD_STEP_NS;
  return guard->yield && now >= guard->slice_at + CL_HARD_STEP_NS;
}

static void act(cl_guard *guard) {
  if (guard->stop) {
    guard->unrepeatable = 1;
    leave_for_good(guard);
  }
  if (guard->yield) set_aside(guard);
}

void cl_trap_deferred(cl_guard *guard) {
  guard->deferred = 0;
  act(guard);
}

static void tick(cl_guard *guard) {
  uint64_t now = cl_clock_now();
  judge(guard, now);
  bool due = hard_step_due(guard, now);
  if (due && guard->in_host) {
    guard->deferred = 1;
    arm(guard->ticker, now, now + CL_HARD_STEP_NS); /* host code on a fiber is short; look again */
    return;
  }
  if (!due) {
    arm(guard->ticker, now, next_look(guard));
    return;
  }
  act(guard);
}

static void on_tick(int signal_number, siginfo_t *info, void *context) {
  (void)signal_number, (void)context;
  int saved_errno = errno;
  if (info->si_code == SI_TIMER && info->si_value.sival_ptr) {
    cl_ticker *ticker = info->si_value.sival_ptr;
    ticker->armed_for = CL_NEVER;
  }
  if (running) tick(running);
  errno = saved_errno;
}

/* ---- faults */

static void chain(int signal_number, siginfo_t *info, void *context) {
  struct sigaction *old = signal_number == SIGSEGV ? &old_segv : &old_bus;
  if (old->sa_flags & SA_SIGINFO) {
    old->sa_sigaction(signal_number, info, context);
  } else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
    old->sa_handler(signal_number);
  } else {
    sigaction(signal_number, old, NULL); /* the instruction faults again, with the default action */
  }
}

static const uint8_t *stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
  return (const uint8_t *)(uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#else
  return (const uint8_t *)(uintptr_t)context->uc_mcontext.sp;
#endif
}

static CL_LEAVES void leave_from_fault(cl_guard *guard, cloche_status reason) {
  stop(guard, reason, cl_clock_now());
  if (reason != CLOCHE_TRAP)
    guard->unrepeatable = 1; /* native stacks and the host's memory are of another size elsewhere */
#ifdef CL_ASAN
  stack_t alt; /* this handler's frames end here without a return, which would have cleared their marks */
  if (sigaltstack(NULL, &alt) == 0) __asan_unpoison_memory_region(alt.ss_sp, alt.ss_size);
#endif
  sigset_t ticks;
  sigemptyset(&ticks);
  sigaddset(&ticks, TICK_SIGNAL);
  pthread_sigmask(SIG_UNBLOCK, &ticks, NULL); /* blocked by this handler, which never returns */
  leave_for_good(guard);
  CL_LEFT();
}

/* The kernel found no room for a signal's frame on the fiber's stack, which is all but used up: si_code is SI_KERNEL and the
 * address means nothing. The signal is lost; if it was a tick, the next one comes soon. */
static bool signal_found_no_stack(cl_guard *guard, const siginfo_t *info, void *context) {
  const uint8_t *sp = stack_pointer(context);
  if (info->si_code != SI_KERNEL || sp < guard->fiber->low || sp >= guard->fiber->low + CL_FIBER_GUARD + SIGNAL_ROOM)
    return false;
  guard->ticker->armed_for = CL_NEVER;
  arm(guard->ticker, 0, cl_clock_now() + CL_HARD_STEP_NS);
  if (!guard->in_host) leave_from_fault(guard, CLOCHE_STACK_LIMIT);
  return true;
}

static void on_fault(int signal_number, siginfo_t *info, void *context) {
  cl_guard *guard = running;
  int saved_errno = errno;
  const uint8_t *address = info->si_addr;
  if (!guard) {
    chain(signal_number, info, context);
    return;
  }
  if (signal_number == SIGSEGV) {
    cl_slot_write write = cl_slot_fault(guard->slot, address);
    if (write == CL_WRITE_STUCK && !guard->in_host) leave_from_fault(guard, CLOCHE_MEMORY_LIMIT);
    if (write == CL_WRITE_OPENED || signal_found_no_stack(guard, info, context)) {
      errno = saved_errno;
      return;
    }
    if (cl_fiber_is_exhausted(guard->fiber, address) && !guard->in_host) leave_from_fault(guard, CLOCHE_STACK_LIMIT);
  }
  bool in_slot = address >= guard->slot->base && address < guard->slot->base + CL_SLOT_BYTES;
  if (in_slot && !guard->in_host) leave_from_fault(guard, CLOCHE_TRAP);
  chain(signal_number, info, context);
}

/* ---- registration */

static void install(void) {
  struct sigaction fault = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
  sigemptyset(&fault.sa_mask);
  sigaddset(&fault.sa_mask, TICK_SIGNAL);
  struct sigaction ticks = {.sa_sigaction = on_tick, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
  sigemptyset(&ticks.sa_mask);
  if (sigaction(SIGSEGV, &fault, &old_segv) != 0 || sigaction(SIGBUS, &fault, &old_bus) != 0 ||
      sigaction(TICK_SIGNAL, &ticks, NULL) != 0)
    install_errno = errno;
}

cloche_status cl_trap_install(cloche_error *err) {
  pthread_once(&once, install);
  if (install_errno) CL_FAIL(err, IO_ERROR, "signal handlers cannot be installed: errno %d", install_errno);
  return CLOCHE_OK;
}

static cloche_status give_alt_stack(cl_ticker *ticker, cloche_error *err) {
  stack_t now;
  if (sigaltstack(NULL, &now) == 0 && !(now.ss_flags & SS_DISABLE) && now.ss_size >= ALT_STACK_BYTES / 4)
    return CLOCHE_OK;
  void *at = mmap(NULL, ALT_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) CL_FAIL(err, OUT_OF_MEMORY, "no memory for an alternate signal stack");
  stack_t alt = {.ss_sp = at, .ss_size = ALT_STACK_BYTES};
  if (sigaltstack(&alt, NULL) != 0) {
    munmap(at, ALT_STACK_BYTES);
    CL_FAIL(err, IO_ERROR, "the alternate signal stack cannot be set: errno %d", errno);
  }
  ticker->alt_stack = at;
  return CLOCHE_OK;
}

cloche_status cl_ticker_open(cl_ticker *ticker, cloche_error *err) {
  *ticker = (cl_ticker){.armed_for = CL_NEVER, .tid = (int)syscall(SYS_gettid), .pid = (int)getpid()};
  CL_TRY(give_alt_stack(ticker, err));
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = TICK_SIGNAL};
  event.sigev_value.sival_ptr = ticker;
#ifdef sigev_notify_thread_id
  event.sigev_notify_thread_id = ticker->tid;
#else
  event._sigev_un._tid = ticker->tid;
#endif
  if (timer_create(CLOCK_MONOTONIC, &event, &ticker->timer) == 0) return CLOCHE_OK;
  int failed = errno;
  if (ticker->alt_stack) munmap(ticker->alt_stack, ALT_STACK_BYTES);
  CL_FAIL(err, IO_ERROR, "no timer: errno %d", failed);
}

void cl_ticker_close(cl_ticker *ticker) {
  timer_delete(ticker->timer);
  if (!ticker->alt_stack) return;
  stack_t off = {.ss_flags = SS_DISABLE};
  sigaltstack(&off, NULL);
  munmap(ticker->alt_stack, ALT_STACK_BYTES);
}

/* ---- a step */

bool cl_trap_enter(cl_guard *guard) {
  guard->forced = guard->deferred = 0;
  guard->in_host = 1; /* until the fiber's side says otherwise */
  running = guard;
  tell_tid(guard, guard->ticker->tid); /* from here on an interrupt sends a signal */
  if (is_interrupted(guard)) judge(guard, cl_clock_now());
  arm(guard->ticker, guard->entered_at, next_look(guard));
  bool returned = cl_fiber_enter(guard->fiber);
  running = NULL;
  tell_tid(guard, 0);
  if (guard->forced) cl_fiber_abandon(guard->fiber);
  return returned || guard->forced;
}

/* A replay that is stopped has time to leave by itself, as the recorded run had done, on a machine that may be slower. */
static void count_look(cl_guard *guard) {
  if (guard->noticed) return;
  if (++guard->polls == guard->replay_at && !guard->stop)
    stop(guard, guard->replay_reason, cl_clock_now() + REPLAY_GRACE_NS);
}

static bool notice(cl_guard *guard) {
  if (!guard->stop) return false;
  guard->noticed = true;
  return true;
}

bool cl_trap_look(cl_guard *guard) {
  count_look(guard);
  return notice(guard);
}

cloche_status cl_trap_look_outside(cl_guard *guard, uint64_t now, bool counted) {
  cloche_status reason = CLOCHE_OK;
  if (guard->polls + 1 == guard->replay_at) reason = guard->replay_reason;
  else if (is_interrupted(guard)) reason = CLOCHE_CANCELLED;
  else if (now >= guard->wall_at) reason = CLOCHE_WALL_TIME_LIMIT;
  if (counted || reason != CLOCHE_OK) guard->polls++;
  if (reason != CLOCHE_OK) guard->noticed = true;
  return reason;
}

bool cl_trap_poll(cl_guard *guard) {
  count_look(guard);
  if (guard->no_poll) return false;
  cl_host_begin(guard); /* a tick that set the fiber aside in between would make the times those of another step */
  uint64_t now = cl_clock_now();
  if (!guard->cpu_known) (void)cpu_in_step(guard, now);
  judge(guard, now); /* so that a limit holds even where no timer signal gets through */
  if (!guard->stop && guard->yield) cl_fiber_leave(guard->fiber);
  cl_host_end(guard);
  return notice(guard);
}

void cl_trap_leave(cl_guard *guard, cloche_status reason) {
  stop(guard, reason, cl_clock_now());
  leave_for_good(guard);
  CL_LEFT();
}

void cl_trap_wait(cl_guard *guard) {
  sig_atomic_t depth = guard->in_host;
  cl_fiber_leave(guard->fiber);
  guard->in_host = depth;
}

void cl_trap_interrupt(cl_guard *guard) {
  if (atomic_exchange(&guard->interrupt, true)) return; /* one signal a run: they queue, and each takes a frame */
  int tid = atomic_load(&guard->tid);
  if (tid != 0) syscall(SYS_tgkill, guard->ticker->pid, tid, TICK_SIGNAL);
}

/* The signal is blocked from before the flag is looked at until the kernel sleeps: an interrupt cannot fall in between. */
void cl_trap_sleep(cl_guard *guard, uint64_t until) {
  sigset_t ticks, before;
  sigemptyset(&ticks);
  sigaddset(&ticks, TICK_SIGNAL);
  atomic_store(&guard->tid, guard->ticker->tid);
  pthread_sigmask(SIG_BLOCK, &ticks, &before);
  uint64_t now = cl_clock_now();
  if (!atomic_load(&guard->interrupt) && until > now) {
    uint64_t wait = CL_MIN(until - now, (uint64_t)3600 * 1000000000u);
    struct timespec timeout = {(time_t)(wait / 1000000000u), (long)(wait % 1000000000u)};
    ppoll(NULL, 0, &timeout, &before);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  atomic_store(&guard->tid, 0);
}
