/* The switch saves what the platform's ABI says a callee saves, which includes the register that holds the memory base
 * of generated code. Sanitizers and valgrind are told of every switch. */

#include "fiber.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "error.h"
#include "sanitizers.h"

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_UNDEFINED(at, len) 0
#define RUNNING_ON_VALGRIND 0
#define VALGRIND_STACK_REGISTER(low, high) 0
#define VALGRIND_STACK_DEREGISTER(id) (void)(id)
#endif

/* void cl_switch(void **save, void *load): saves the callee-saved registers on this stack, and goes on with another. */
void cl_switch(void **save, void *load) __attribute__((visibility("hidden")));
void cl_fiber_first(void) __attribute__((visibility("hidden")));

#if defined(__x86_64__)
__asm__(
    ".text\n.globl cl_switch\n.hidden cl_switch\n.type cl_switch,@function\ncl_switch:\n"
    "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
    "  subq $8, %rsp\n  stmxcsr (%rsp)\n  fnstcw 4(%rsp)\n"
    "  movq %rsp, (%rdi)\n  movq %rsi, %rsp\n"
    "  ldmxcsr (%rsp)\n  fldcw 4(%rsp)\n  addq $8, %rsp\n"
    "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n  ret\n"
    ".size cl_switch, .-cl_switch\n"
    ".globl cl_fiber_first\n.hidden cl_fiber_first\n.type cl_fiber_first,@function\ncl_fiber_first:\n"
    "  movq %rbx, %rdi\n  xorl %ebp, %ebp\n  call *%r12\n  ud2\n"
    ".size cl_fiber_first, .-cl_fiber_first\n");

static void *first_frame(uint8_t *high, void (*body)(cl_fiber *), cl_fiber *fiber) {
  uint64_t *sp = (uint64_t *)(void *)high - 10;
  memset(sp, 0, 10 * sizeof *sp);
  uint32_t mxcsr = 0x1F80;
  uint16_t control = 0x037F;
  memcpy(sp, &mxcsr, sizeof mxcsr);
  memcpy((uint8_t *)sp + 4, &control, sizeof control);
  sp[4] = (uint64_t)(uintptr_t)body;  /* r12 */
  sp[5] = (uint64_t)(uintptr_t)fiber; /* rbx */
  sp[7] = (uint64_t)(uintptr_t)cl_fiber_first;
  return sp;
}
#elif defined(__aarch64__)
__asm__(
    ".text\n.globl cl_switch\n.hidden cl_switch\n.type cl_switch,%function\ncl_switch:\n"
    "  sub sp, sp, #176\n"
    "  stp x19, x20, [sp]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n  stp x25, x26, [sp, #48]\n"
    "  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
    "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
    "  mrs x9, fpcr\n  str x9, [sp, #160]\n"
    "  mov x9, sp\n  str x9, [x0]\n  mov sp, x1\n"
    "  ldr x9, [sp, #160]\n  msr fpcr, x9\n"
    "  ldp x19, x20, [sp]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n  ldp x25, x26, [sp, #48]\n"
    "  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
    "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
    "  add sp, sp, #176\n  ret\n"
    ".size cl_switch, .-cl_switch\n"
    ".globl cl_fiber_first\n.hidden cl_fiber_first\n.type cl_fiber_first,%function\ncl_fiber_first:\n"
    "  mov x0, x20\n  mov x29, xzr\n  blr x19\n  brk #1\n"
    ".size cl_fiber_first, .-cl_fiber_first\n");

static void *first_frame(uint8_t *high, void (*body)(cl_fiber *), cl_fiber *fiber) {
  uint64_t *sp = (uint64_t *)(void *)high - 22;
  memset(sp, 0, 22 * sizeof *sp);
  sp[0] = (uint64_t)(uintptr_t)body;  /* x19 */
  sp[1] = (uint64_t)(uintptr_t)fiber; /* x20 */
  sp[11] = (uint64_t)(uintptr_t)cl_fiber_first;
  return sp;
}
#else
#error "fibers are written for x86-64 and arm64"
#endif

/* The deep part ends where the shallow part begins. */
static uint8_t *shallow_low(const cl_fiber *fiber) { return fiber->high - CL_FIBER_SHALLOW; }
static uint8_t *stack_low(const cl_fiber *fiber) { return fiber->low + CL_FIBER_GUARD; }

cloche_status cl_fiber_open(cl_fiber *fiber, cloche_error *err) {
  *fiber = (cl_fiber){0};
  size_t bytes = CL_FIBER_GUARD + CL_FIBER_STACK;
  void *low = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (low == MAP_FAILED) CL_FAIL(err, OUT_OF_MEMORY, "no address space for a stack");
  fiber->low = low;
  fiber->high = fiber->low + bytes;
  (void)madvise(low, bytes, MADV_NOHUGEPAGE);
  if (mprotect(stack_low(fiber), CL_FIBER_STACK, PROT_READ | PROT_WRITE) != 0) {
    munmap(low, bytes);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for a stack");
  }
  (void)madvise(low, bytes, MADV_DONTDUMP);
  fiber->valgrind_id = VALGRIND_STACK_REGISTER(fiber->low, fiber->high);
#ifdef CL_TSAN
  fiber->tsan_fiber = __tsan_create_fiber(0);
#endif
  return CLOCHE_OK;
}

void cl_fiber_close(cl_fiber *fiber) {
  if (!fiber->low) return;
#ifdef CL_TSAN
  __tsan_destroy_fiber(fiber->tsan_fiber);
#endif
#ifdef CL_ASAN
  __asan_unpoison_memory_region(shallow_low(fiber), CL_FIBER_SHALLOW);
#endif
  VALGRIND_STACK_DEREGISTER(fiber->valgrind_id);
  munmap(fiber->low, (size_t)(fiber->high - fiber->low));
  *fiber = (cl_fiber){0};
}

/* ---- switching; `into` and `out of` are seen from the fiber */

static void before_enter(cl_fiber *fiber) {
  (void)fiber;
#ifdef CL_ASAN
  __sanitizer_start_switch_fiber(&fiber->host_fake_stack, stack_low(fiber), (size_t)(fiber->high - stack_low(fiber)));
#endif
#ifdef CL_TSAN
  fiber->tsan_host = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(fiber->tsan_fiber, 0);
#endif
}

static void after_enter(cl_fiber *fiber) { /* on the fiber's side */
  (void)fiber;
#ifdef CL_ASAN
  __sanitizer_finish_switch_fiber(fiber->fake_stack, &fiber->host_low, &fiber->host_bytes);
#endif
}

static void before_leave(cl_fiber *fiber, bool for_good) {
  (void)fiber, (void)for_good;
#ifdef CL_ASAN
  __sanitizer_start_switch_fiber(for_good ? NULL : &fiber->fake_stack, fiber->host_low, fiber->host_bytes);
#endif
#ifdef CL_TSAN
  __tsan_switch_to_fiber(fiber->tsan_host, 0);
#endif
}

static void after_leave(cl_fiber *fiber) { /* on the host's side */
  (void)fiber;
#ifdef CL_ASAN
  __sanitizer_finish_switch_fiber(fiber->host_fake_stack, NULL, NULL);
#endif
}

static void body(cl_fiber *fiber) {
  after_enter(fiber);
  fiber->fn(fiber->user);
  fiber->live = false;
  before_leave(fiber, true);
  void *unused;
  cl_switch(&unused, fiber->host_sp);
  __builtin_unreachable();
}

void cl_fiber_start(cl_fiber *fiber, cl_fiber_fn fn, void *user) {
  fiber->fn = fn;
  fiber->user = user;
  fiber->live = true;
  fiber->fake_stack = NULL;
  fiber->sp = first_frame(fiber->high, body, fiber);
}

bool cl_fiber_enter(cl_fiber *fiber) {
  before_enter(fiber);
  cl_switch(&fiber->host_sp, fiber->sp);
  after_leave(fiber);
  return !fiber->live;
}

void cl_fiber_leave(cl_fiber *fiber) {
  before_leave(fiber, false);
  cl_switch(&fiber->sp, fiber->host_sp);
  after_enter(fiber);
}

/* Frames that never return leave their red zones poisoned. */
static void unpoison(cl_fiber *fiber, size_t bytes) {
  (void)fiber, (void)bytes;
#ifdef CL_ASAN
  __asan_unpoison_memory_region(fiber->high - bytes, bytes);
#endif
}

static size_t deepest_touched(const cl_fiber *fiber);

void cl_fiber_abandon(cl_fiber *fiber) {
  fiber->live = false;
#ifdef CL_ASAN
  size_t deepest = deepest_touched(fiber);
  unpoison(fiber, deepest ? deepest : CL_FIBER_SHALLOW);
#endif
#ifdef CL_TSAN
  __tsan_destroy_fiber(fiber->tsan_fiber); /* its shadow call stack ends where the guest was left */
  fiber->tsan_fiber = __tsan_create_fiber(0);
#endif
}

/* How much of the stack has pages, if more than the shallow part has; 0: no more. */
static size_t deepest_touched(const cl_fiber *fiber) {
  enum { DEEP_PAGES = (int)((CL_FIBER_STACK - CL_FIBER_SHALLOW) / 4096) };
  unsigned char present[DEEP_PAGES];
  if (mincore(stack_low(fiber), CL_FIBER_STACK - CL_FIBER_SHALLOW, present) != 0) return CL_FIBER_STACK;
  for (size_t i = 0; i < DEEP_PAGES; i++)
    if (present[i] & 1) return CL_FIBER_STACK - i * 4096;
  return 0;
}

void cl_fiber_park(cl_fiber *fiber, bool touched) {
  if (fiber->live) cl_fiber_abandon(fiber);
  size_t deepest =
      touched ? deepest_touched(fiber) : 0; /* does not see what was swapped out: for the statistic alone */
  unpoison(fiber, deepest ? deepest : CL_FIBER_SHALLOW);
  fiber->deepest = CL_MAX(fiber->deepest, deepest);
  if (touched) (void)madvise(stack_low(fiber), CL_FIBER_STACK - CL_FIBER_SHALLOW, MADV_DONTNEED);
}

void cl_fiber_recycle(cl_fiber *fiber, bool touched) {
  cl_fiber_park(fiber, touched);
  fiber->owner = 0;
  (void)VALGRIND_MAKE_MEM_UNDEFINED(shallow_low(fiber),
                                    CL_FIBER_SHALLOW); /* it takes what lies below a stack pointer for gone */
  memset(shallow_low(fiber), 0, CL_FIBER_SHALLOW);
  __asm__ volatile("" ::"r"(fiber->high) : "memory");
}

bool cl_fiber_is_exhausted(const cl_fiber *fiber, const uint8_t *address) {
  return address >= fiber->low && address < stack_low(fiber);
}
