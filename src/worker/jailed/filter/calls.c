/* The table of calls.h. To add a call is to widen the second wall: say why nothing else does, and give its arguments. */

#include "calls.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

/* The kernel takes an int from the lower half of a register and does not look at the other. */
#define INT 0xffffffffu
#define LONG UINT64_MAX

#define IS(argument, value)  \
  {                          \
    { argument, INT, value } \
  }
/* No other bits than these. */
#define ONLY(argument, bits) \
  { argument, LONG & ~(uint64_t)(bits), 0 }
#define ONLY_OF_INT(argument, bits) \
  { argument, INT & ~(uint64_t)(bits), 0 }

/* linux/fs.h of 6.7 */
#define PAGEMAP_SCAN_REQUEST 0xc0606610u
#define CHANNEL 3

#define READ_WRITE (PROT_READ | PROT_WRITE)
#define MAPPINGS (MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE | MAP_STACK)

const cl_call cl_calls[] = {
    /* memory */
    {"mmap",
     false,
     "never executable; private; at most anonymous, fixed, without reserve",
     "cells are mapped from their image, forks from their base; the allocator",
     {{ONLY(2, READ_WRITE), ONLY(3, MAPPINGS)}}},
    {"munmap", false, NULL, "cells that are closed; the allocator", {{{0}}}},
    {"mprotect",
     false,
     "never executable",
     "memory that grows; pages of a session that are watched for writes",
     {{ONLY(2, READ_WRITE)}}},
    {"mremap",
     false,
     "may move, never to a place of choice",
     "the allocator's large blocks",
     {{{3, LONG, MREMAP_MAYMOVE}}}},
    {"brk", false, NULL, "the allocator", {{{0}}}},
    {"madvise",
     false,
     "drop pages; no huge pages; not into a core dump",
     "a reset drops what a run has written; new cells",
     {IS(2, MADV_DONTNEED), IS(2, MADV_NOHUGEPAGE), IS(2, MADV_DONTDUMP)}},
    {"mincore", false, NULL, "how deep a run's native stack went, so that it is given back", {{{0}}}},
    {"ioctl", false, "PAGEMAP_SCAN", "which pages a run has written (Linux 6.7)", {IS(1, PAGEMAP_SCAN_REQUEST)}},
    {"pread64", false, NULL, "the same on older kernels, from the page map that is open; files in mounts", {{{0}}}},
    {"memfd_create",
     false,
     "close-on-exec, never to be sealed",
     "a fork of a large session shares its base by one",
     {IS(1, MFD_CLOEXEC)}},
    {"pwrite64", false, NULL, "fills that; what else is open cannot grow or is not writable", {{{0}}}},
    {"close", false, NULL, "closes that", {{{0}}}},
    /* time */
    {"clock_gettime",
     false,
     "time of day, monotonic, CPU time of the thread",
     "deadlines and the guest's clock, where the processor does not tell without a call",
     {IS(0, CLOCK_REALTIME), IS(0, CLOCK_MONOTONIC), IS(0, CLOCK_THREAD_CPUTIME_ID)}},
    {"timer_settime", false, "absolute times", "arms the one timer, which was made before", {IS(1, TIMER_ABSTIME)}},
    {"getrusage",
     false,
     "of the thread",
     "whether a run has written to new pages, told by its page faults",
     {IS(0, RUSAGE_THREAD)}},
    /* signals of its own */
    {"rt_sigreturn", false, NULL, "the return from a signal: slices, deadlines, guarded pages", {{{0}}}},
    {"rt_sigprocmask", false, NULL, "leaving a run from within a signal; sleeping without missing one", {{{0}}}},
    {"rt_sigaction",
     false,
     "SIGSEGV, SIGBUS, SIGABRT",
     "a fault that is no guest's ends the process the usual way; abort",
     {IS(0, SIGSEGV), IS(0, SIGBUS), IS(0, SIGABRT)}},
    {"tgkill", false, "to this process", "abort; an interrupt of a run that is under way", {IS(0, CL_FILTER_PID)}},
    {"gettid", false, NULL, "abort", {{{0}}}},
    {"getpid", false, NULL, "abort", {{{0}}}},
    {"restart_syscall", false, NULL, "the kernel's own, when a sleep goes on after a stop", {{{0}}}},
    /* the channel */
    {"recvfrom",
     false,
     "from the channel, no address, nothing urgent",
     "requests",
     {{{0, INT, CHANNEL}, ONLY_OF_INT(3, MSG_DONTWAIT), {4, LONG, 0}}}},
    {"sendto",
     false,
     "to the channel, no address: no descriptor can go along, nothing urgent",
     "answers",
     {{{0, INT, CHANNEL}, ONLY_OF_INT(3, MSG_DONTWAIT | MSG_NOSIGNAL), {4, LONG, 0}}}},
    {"ppoll", false, NULL, "waiting for requests and deadlines", {{{0}}}},
    /* the rest */
    {"getrandom", false, "from the kernel's generator, waiting or not", "keys of cells", {IS(2, 0), IS(2, 1)}},
    {"write", false, "standard error, which is /dev/null", "last words of libc", {IS(0, 2)}},
    {"writev", false, "standard error, which is /dev/null", "last words of libc", {IS(0, 2)}},
    {"exit_group", false, NULL, "the end", {{{0}}}},
    /* mounts */
    {"openat2",
     true,
     NULL,
     "files below a mount (RESOLVE_BENEATH); Landlock keeps it there if the program does not",
     {{{0}}}},
    {"fstat", true, NULL, "what a file is", {{{0}}}},
    {"newfstatat", true, NULL, "the same, of a name", {{{0}}}},
    {"fstatfs", true, NULL, "whether a directory is the kernel's own (/proc), which no mount may be", {{{0}}}},
    {"ftruncate", true, NULL, "the length of a file", {{{0}}}},
    {"pwritev", true, NULL, "writing to a file", {{{0}}}},
    {"pwritev2", true, NULL, "appending to a file", {{{0}}}},
    {"lseek", true, NULL, "where a directory's reading goes on", {{{0}}}},
    {"getdents64", true, NULL, "names in a directory", {{{0}}}},
    {"mkdirat", true, NULL, "a new directory", {{{0}}}},
    {"unlinkat", true, NULL, "removing a file or directory", {{{0}}}},
    {"renameat", true, NULL, "a new name", {{{0}}}},
    {"readlinkat", true, NULL, "where a symbolic link leads, as text", {{{0}}}},
    {"utimensat", true, NULL, "times of a file", {{{0}}}},
};
const size_t cl_call_count = sizeof cl_calls / sizeof cl_calls[0];
