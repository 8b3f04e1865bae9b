/* Drills: processes, signals, rights of one's own. */

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>

#include "attempt.h"

enum { HARMLESS = SIGURG };

static char *const no_words[] = {NULL};

/* A child that came to be ends at once, so that a success is one process too many and no more. */
static int child(long pid) {
  if (pid == 0) syscall(SYS_exit_group, 0);
  return came(pid);
}

static int fork_plain(const drill_target *target) {
  UNUSED;
  return child(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int clone_new(const drill_target *target) {
  UNUSED;
  struct clone_args args = {.exit_signal = SIGCHLD};
  return child(syscall(SYS_clone3, &args, sizeof args));
}

static int clone_user(const drill_target *target) {
  UNUSED;
  return child(syscall(SYS_clone, SIGCHLD | CLONE_NEWUSER | CLONE_NEWNET, 0, 0, 0, 0));
}

static int memory_of(const drill_target *target, long number) {
  char byte;
  struct iovec here = {&byte, 1}, there = {&byte, 1};
  return came(syscall(number, target->supervisor, &here, 1, &there, 1, 0));
}

static int read_supervisor(const drill_target *target) { return memory_of(target, SYS_process_vm_readv); }
static int write_supervisor(const drill_target *target) { return memory_of(target, SYS_process_vm_writev); }

static int raise_files(const drill_target *target) {
  UNUSED;
  struct rlimit most = {1 << 20, 1 << 20};
  return came(syscall(SYS_setrlimit, RLIMIT_NOFILE, &most));
}

static int limit_supervisor(const drill_target *target) {
  struct rlimit none = {1 << 20, 1 << 20};
  return came(syscall(SYS_prlimit64, target->supervisor, RLIMIT_NOFILE, &none, NULL));
}

/* A second filter: it could only take more away, and be used to have the first one's kills turned into errors. */
static int another_filter(const drill_target *target) {
  UNUSED;
  struct sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog load = {1, all};
  return came(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &load));
}

static int all_capabilities(const drill_target *target) {
  UNUSED;
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct all[2];
  memset(all, 0xff, sizeof all);
  return came(syscall(SYS_capset, &header, all));
}

static int own_signal(const drill_target *target) {
  int failed = came(syscall(SYS_fcntl, 3, F_SETOWN, target->supervisor));
  if (!failed) failed = came(syscall(SYS_fcntl, 3, F_SETSIG, HARMLESS));
  return failed ? failed : came(syscall(SYS_fcntl, 3, F_SETFL, O_ASYNC | O_NONBLOCK));
}

static int forged_signal(const drill_target *target) {
  siginfo_t info = {.si_code = SI_QUEUE};
  return came(syscall(SYS_rt_sigqueueinfo, target->supervisor, HARMLESS, &info));
}

CALL(exec_shell, SYS_execve, "/bin/sh", no_words, no_words)
CALL(exec_self, SYS_execve, "/proc/self/exe", no_words, no_words)
CALL(exec_at, SYS_execveat, 4, "", no_words, no_words, 0x1000 /* AT_EMPTY_PATH */)
CALL(trace, SYS_ptrace, PTRACE_ATTACH, target->supervisor, 0, 0)
CALL(trace_seize, SYS_ptrace, PTRACE_SEIZE, target->supervisor, 0, 0)
CALL(trace_me, SYS_ptrace, PTRACE_TRACEME, 0, 0, 0)
CALL(kill_supervisor, SYS_kill, target->supervisor, HARMLESS)
CALL(kill_parent, SYS_kill, syscall(SYS_getppid), HARMLESS)
CALL(kill_all, SYS_kill, -1, HARMLESS)
CALL(kill_group, SYS_kill, 0, HARMLESS)
CALL(tgkill_supervisor, SYS_tgkill, target->supervisor, target->supervisor, HARMLESS)
CALL(tkill_supervisor, SYS_tkill, target->supervisor, HARMLESS)
CALL(pidfd, 434 /* pidfd_open */, target->supervisor, 0)
CALL(pidfd_files, 438 /* pidfd_getfd */, 3, 0, 0)
CALL(pidfd_kill, 424 /* pidfd_send_signal */, 3, HARMLESS, NULL, 0)
CALL(compare, SYS_kcmp, target->supervisor, target->supervisor, 0, 0, 0)
CALL(dumpable, SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0)
CALL(immortal, SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0)
CALL(tracer, SYS_prctl, PR_SET_PTRACER, -1, 0, 0, 0)
CALL(rename_self, SYS_prctl, PR_SET_NAME, "init", 0, 0, 0)
CALL(set_uid, SYS_setresuid, 0, 0, 0)
CALL(set_gid, SYS_setresgid, 0, 0, 0)
CALL(set_groups, SYS_setgroups, 1, (unsigned[]){0})
CALL(unshare_user, SYS_unshare, CLONE_NEWUSER)
CALL(unshare_mounts, SYS_unshare, CLONE_NEWNS)
CALL(join_namespace, SYS_setns, 3, 0)
CALL(realtime, SYS_sched_setscheduler, 0, SCHED_FIFO, (struct sched_param[]){{1}})
CALL(affinity, SYS_sched_setaffinity, target->supervisor, 8, (unsigned long[]){1})
CALL(priority, SYS_setpriority, PRIO_PROCESS, 0, -20)
CALL(session, SYS_setsid)
CALL(reap, SYS_wait4, -1, NULL, 1 /* WNOHANG */, NULL)
CALL(read_implies_exec, SYS_personality, 0x0400000)

const drill drill_processes[] = {
    {"fork", "make a process", fork_plain, K, 0},
    {"clone3", "the same by clone3", clone_new, K, 0},
    {"clone_user", "one in a new user namespace", clone_user, K, N},
    {"exec", "execute a shell", exec_shell, K, R},
    {"exec_self", "execute oneself anew", exec_self, K, R},
    {"execveat", "execute a memory file", exec_at, K, R},
    {"ptrace", "attach to the supervisor", trace, K, R},
    {"ptrace_seize", "seize the supervisor", trace_seize, K, R},
    {"ptrace_me", "ask to be traced", trace_me, K, 0},
    {"vm_readv", "read the supervisor's memory", read_supervisor, K, R},
    {"vm_writev", "write the supervisor's memory", write_supervisor, K, R},
    {"kill", "signal the supervisor", kill_supervisor, K, N},
    {"kill_parent", "signal the parent", kill_parent, K, 0},
    {"kill_all", "signal every process", kill_all, K, 0},
    {"kill_group", "signal the process group", kill_group, K, 0},
    {"tgkill", "signal a thread of the supervisor", tgkill_supervisor, K, N},
    {"tkill", "the same by tkill", tkill_supervisor, K, N},
    {"sigqueue", "send the supervisor a forged signal", forged_signal, K, N},
    {"sigio", "have the kernel signal the supervisor (F_SETOWN)", own_signal, K, 0},
    {"pidfd_open", "get a handle of the supervisor", pidfd, K, N},
    {"pidfd_getfd", "take a descriptor of another process", pidfd_files, K, R},
    {"pidfd_kill", "signal by a handle", pidfd_kill, K, R},
    {"kcmp", "compare processes", compare, K, R},
    {"dumpable", "be dumpable again", dumpable, K, 0},
    {"pdeathsig", "outlive the supervisor", immortal, K, 0},
    {"ptracer", "let anybody trace", tracer, K, 0},
    {"prctl_name", "take another name", rename_self, K, 0},
    {"setuid", "become root", set_uid, K, 0},
    {"setgid", "become root's group", set_gid, K, 0},
    {"setgroups", "join groups", set_groups, K, R},
    {"capset", "take all capabilities", all_capabilities, K, R},
    {"unshare_user", "a new user namespace", unshare_user, K, N},
    {"unshare_mounts", "a new mount namespace", unshare_mounts, K, R},
    {"setns", "join a namespace", join_namespace, K, R},
    {"setrlimit", "raise a limit", raise_files, K, R},
    {"prlimit", "change the supervisor's limits", limit_supervisor, K, R},
    {"sched_fifo", "run before everybody", realtime, K, R},
    {"affinity", "move the supervisor to one core", affinity, K, N},
    {"nice", "a higher priority", priority, K, R},
    {"setsid", "a session of one's own", session, K, 0},
    {"wait", "wait for processes", reap, K, 0},
    {"personality", "make readable memory executable", read_implies_exec, K, 0},
    {"second_filter", "load another filter", another_filter, K, 0},
    {0},
};
