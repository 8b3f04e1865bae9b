/* Drills: the kernel's less trodden ways, time, and system calls of another processor's numbering. */

#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

#include "attempt.h"

CALL(uring, 425 /* io_uring_setup */, 8, (char[120]){0})
CALL(uring_enter, 426 /* io_uring_enter */, 3, 0, 0, 0, NULL, 0)
CALL(bpf_load, SYS_bpf, 5, (char[128]){0}, 128)
CALL(perf, SYS_perf_event_open, (char[128]){0}, 0, -1, -1, 0)
CALL(key_control, SYS_keyctl, 0, -3, 1)
CALL(key_add, SYS_add_key, "user", "x", "y", 1, -3)
CALL(key_request, SYS_request_key, "user", "x", NULL, -3)
CALL(load_kernel, SYS_kexec_load, 0, 0, NULL, 0)
CALL(restart, SYS_reboot, 0xfee1dead, 672274793, 0, NULL) /* CAD off: no more than that */
CALL(module, SYS_init_module, "", 0, "")
CALL(module_file, SYS_finit_module, 4, "", 0)
CALL(swap, SYS_swapon, "/dev/zero", 0)
CALL(kernel_log, SYS_syslog, 3, (char[64]){0}, 64)
CALL(account, SYS_acct, "/tmp/x")
CALL(host_name, SYS_sethostname, "x", 1)
CALL(set_time, SYS_settimeofday, NULL, NULL)
CALL(set_clock, SYS_clock_settime, CLOCK_REALTIME, (struct timespec[]){{0}})
CALL(tune_clock, SYS_adjtimex, &(struct timex){.modes = 0x8000})
CALL(other_clock, SYS_clock_gettime, (int)(~1u << 3 | 2), (struct timespec[]){{0}}) /* of process 1 */
CALL(sleep_long, SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, (struct timespec[]){{0}}, NULL)
CALL(interval, SYS_setitimer, ITIMER_REAL, &(struct itimerval){.it_value = {1000, 0}}, NULL)
CALL(wait_lock, SYS_futex, (int[]){0}, 1, 1, NULL, NULL, 0)
CALL(robust_list, SYS_set_robust_list, NULL, 24)
CALL(barrier, SYS_membarrier, 0, 0, 0)
CALL(restartable, SYS_rseq, NULL, 0, 0, 0)
CALL(queue, SYS_mq_open, "/x", O_CREAT, 0600, NULL)
CALL(semaphores, SYS_semget, 0, 1, 0600)
CALL(messages, SYS_msgget, 0, 0600)
CALL(pipe_pair, SYS_pipe2, (int[2]){0}, 0)
CALL(event, SYS_eventfd2, 0, 0)
CALL(signal_file, SYS_signalfd4, -1, (unsigned long[]){0}, 8, 0)
CALL(timer_file, SYS_timerfd_create, CLOCK_MONOTONIC, 0)
CALL(epoll, SYS_epoll_create1, 0)
CALL(terminal, SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x")
CALL(ioctl_high, SYS_ioctl, 0, 0x541300005412ul, "x")
CALL(other_signals, SYS_rt_sigaction, SIGTERM, NULL, NULL, 8)
CALL(alternate, SYS_sigaltstack, NULL, NULL)
CALL(usage, SYS_getrusage, 0 /* RUSAGE_SELF */, (char[256]){0})
CALL(machine, SYS_uname, (char[400]){0})
CALL(memory_state, SYS_sysinfo, (char[128]){0})
CALL(who_am_i, SYS_getuid)
CALL(parent, SYS_getppid)
CALL(landlock_more, 444 /* landlock_create_ruleset */, NULL, 0, 1)
CALL(cachestat, 451, 3, NULL, NULL, 0)
CALL(unknown_call, 9999)

/* Any at all, with arguments that no kernel takes; drill_jail asks for all that are not on the list, one by one. */
CALL(by_number, target->port, -1, -1, -1, -1, -1, -1)

static int timers(const drill_target *target) {
  UNUSED;
  struct sigevent event = {.sigev_notify = SIGEV_NONE};
  for (int i = 0; i < 100000; i++) {
    int id;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id) != 0) return errno;
  }
  return 0;
}

/* Signals to oneself are allowed, and hurt nobody else: a kind that ends the process, unless it is the first of its
 * process namespace. */
enum { ENDS = DRILL_CRASHED | DRILL_REFUSED };

static int signal_storm(const drill_target *target) {
  UNUSED;
  for (int i = 0; i < 1000; i++) syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGRTMIN + i % 10);
  return EINTR;
}

#ifdef __x86_64__
/* Calls by the numbers of 32-bit programs: 5 is open there, and fstat here. */
static int old_gate(const drill_target *target) {
  UNUSED;
  long result = 5;
  __asm__ volatile("int $0x80" : "+a"(result) : "b"(0), "c"(0), "d"(0) : "memory");
  return result < 0 ? (int)-result : 0;
}

CALL(x32, 0x40000000 + SYS_mprotect, 0, 0, 0)
CALL(ldt, SYS_modify_ldt, 0, NULL, 0)
CALL(ports, SYS_ioperm, 0x80, 1, 1)
CALL(thread_base, SYS_arch_prctl, 0x1003, (unsigned long[]){0})
#endif

const drill drill_kernel[] = {
    {"io_uring", "system calls by a ring", uring, K, 0},
    {"io_uring_enter", "the same, of another's ring", uring_enter, K, 0},
    {"bpf", "load a program into the kernel", bpf_load, K, 0},
    {"perf", "performance counters", perf, K, 0},
    {"keyctl", "keyrings", key_control, K, 0},
    {"add_key", "add a key", key_add, K, 0},
    {"request_key", "have the kernel call a program", key_request, K, 0},
    {"kexec", "load another kernel", load_kernel, K, R},
    {"reboot", "reboot", restart, K, 0},
    {"init_module", "load a module", module, K, R},
    {"finit_module", "load a module from a file", module_file, K, R},
    {"swapon", "swap to a file", swap, K, R},
    {"syslog", "read the kernel's log", kernel_log, K, 0},
    {"acct", "have processes accounted", account, K, R},
    {"sethostname", "rename the host", host_name, K, R},
    {"settimeofday", "set the time", set_time, K, 0},
    {"clock_settime", "set the clock", set_clock, K, R},
    {"adjtimex", "tune the clock", tune_clock, K, R},
    {"clock_of_other", "read another process's clock", other_clock, K, 0},
    {"nanosleep", "sleep by a call that is not on the list", sleep_long, K, 0},
    {"setitimer", "a timer", interval, K, 0},
    {"timers", "as many timers as there may be", timers, K, 0},
    {"futex", "a lock", wait_lock, K, 0},
    {"robust_list", "a list of locks", robust_list, K, 0},
    {"membarrier", "a barrier", barrier, K, 0},
    {"rseq", "restartable sequences", restartable, K, 0},
    {"mq_open", "a message queue", queue, K, 0},
    {"semget", "semaphores", semaphores, K, 0},
    {"msgget", "messages", messages, K, 0},
    {"pipe", "a pipe", pipe_pair, K, 0},
    {"eventfd", "an event descriptor", event, K, 0},
    {"signalfd", "a signal descriptor", signal_file, K, 0},
    {"timerfd", "a timer descriptor", timer_file, K, 0},
    {"epoll", "an epoll descriptor", epoll, K, 0},
    {"tiocsti", "type into a terminal", terminal, K, R},
    {"ioctl_high", "the same with bits that the filter might overlook", ioctl_high, K, 0},
    {"sigaction", "handle other signals", other_signals, K, 0},
    {"sigaltstack", "another stack for signals", alternate, K, 0},
    {"getrusage", "what the process has used", usage, K, 0},
    {"uname", "the kernel's version", machine, K, 0},
    {"sysinfo", "the machine's memory", memory_state, K, 0},
    {"getuid", "who the worker is", who_am_i, K, 0},
    {"getppid", "who the supervisor is", parent, K, 0},
    {"landlock", "ask for Landlock", landlock_more, K, 0},
    {"cachestat", "what of a file is cached", cachestat, K, 0},
    {"unknown_call", "a system call that does not exist", unknown_call, K, 0},
    {"number", "any other system call, by its number", by_number, K, 0},
    {"signal_storm", "a storm of signals to itself", signal_storm, ENDS, ENDS},
#ifdef __x86_64__
    {"old_gate", "a system call by the 32-bit gate", old_gate, K, 0},
    {"x32", "one by the numbers of x32", x32, K, 0},
    {"modify_ldt", "segments", ldt, K, 0},
    {"ioperm", "ports of the machine", ports, K, R},
    {"arch_prctl", "the thread's base register", thread_base, K, 0},
#endif
    {0},
};
