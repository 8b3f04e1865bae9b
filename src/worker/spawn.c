/* The start of a worker. Everything is made ready here, so that the child has nothing to do but to put descriptors in their
 * places and to execute; it does that in this process's memory while this thread stands still (CLONE_VM, CLONE_VFORK), on a
 * stack of its own, with raw system calls: libc may be in any state in other threads. */

#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frame.h"

#if defined(__clang__)
#define PLAIN __attribute__((no_sanitize("address", "thread", "undefined")))
#else
#define PLAIN __attribute__((no_sanitize_address, no_sanitize_thread, no_sanitize_undefined))
#endif

enum { CLOSE_RANGE = 436, PIDFD_SEND_SIGNAL = 424, WAIT_PIDFD = 3, STACK_BYTES = 32 << 10 };

__attribute__((format(printf, 3, 4))) static cloche_status fail(cloche_error *err, cloche_status status,
                                                                const char *format, ...) {
  if (!err) return status;
  err->status = status;
  va_list args;
  va_start(args, format);
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}

/* ---- where it is */

static bool is_program(const char *path) { return access(path, X_OK) == 0; }

/* From the root: a worker starts there, and this program may go elsewhere later. */
static bool make_absolute(const char *wanted, char path[CL_SPAWN_PATH_MAX]) {
  path[0] = '\0';
  if (wanted[0] != '/' && !getcwd(path, CL_SPAWN_PATH_MAX)) return false;
  size_t len = strlen(path);
  int more = snprintf(path + len, CL_SPAWN_PATH_MAX - len, "%s%s", len > 0 ? "/" : "", wanted);
  return more >= 0 && (size_t)more < CL_SPAWN_PATH_MAX - len;
}

cloche_status cl_spawn_find(const char *wanted, char path[CL_SPAWN_PATH_MAX], cloche_error *err) {
  static const char name[] = "cloche-worker";
  if (wanted) {
    if (make_absolute(wanted, path) && is_program(path)) return CLOCHE_OK;
    return fail(err, CLOCHE_NOT_FOUND, "%.200s is no program", wanted);
  }
  char here[CL_SPAWN_PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", here, sizeof here - 64);
  here[len > 0 ? len : 0] = '\0';
  char *slash = strrchr(here, '/');
  if (slash) {
    *slash = '\0';
    if (snprintf(path, CL_SPAWN_PATH_MAX, "%s/%s", here, name) < CL_SPAWN_PATH_MAX && is_program(path))
      return CLOCHE_OK;
    if (snprintf(path, CL_SPAWN_PATH_MAX, "%s/../libexec/cloche/%s", here, name) < CL_SPAWN_PATH_MAX &&
        is_program(path))
      return CLOCHE_OK;
  }
  snprintf(path, CL_SPAWN_PATH_MAX, "%s/%s", CL_WORKER_FOLDER, name);
  if (is_program(path)) return CLOCHE_OK;
  return fail(err, CLOCHE_NOT_FOUND, "there is no %s beside this program, in ../libexec/cloche beside it, or in %.120s",
              name, CL_WORKER_FOLDER);
}

/* ---- the child */

typedef struct birth {
  bool namespaces;
  int count;                                            /* of descriptors: source[i] becomes i */
  int source[CL_SPAWN_FIRST_FD + CL_SPAWN_FDS_MAX + 1]; /* the last, behind them, is the program */
  int failed;                                           /* errno of what went wrong */
} birth;

/* Handlers are this program's: one that ran here would run twice. exec itself resets caught signals only. */
PLAIN static void reset_signals(void) {
  unsigned char default_action[64] = {0}; /* the kernel's struct sigaction: SIG_DFL, no flags, empty mask */
  for (int number = 1; number <= 64; number++)
    if (number != SIGKILL && number != SIGSTOP) syscall(SYS_rt_sigaction, number, default_action, NULL, 8);
  uint64_t none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
}

PLAIN static bool have_rights(uint32_t rights, uint32_t inheritable) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  data[0].effective = data[0].permitted = rights;
  data[0].inheritable = inheritable;
  data[1].effective = data[1].permitted = data[1].inheritable = 0;
  return syscall(SYS_capset, &header, data) == 0;
}

/* In a user namespace of its own a worker wants two rights there, through exec, to give up the system's files (jail.c).
 * Elsewhere it starts without any: what it opens, its page map above all, would keep a privileged view for ever. */
PLAIN static void choose_rights(bool namespaces) {
  const uint32_t rights = 1u << CAP_SYS_ADMIN | 1u << CAP_SETPCAP;
  if (namespaces && have_rights(rights, rights)) {
    syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0);
    syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETPCAP, 0, 0);
  }
  if (!namespaces) {
    for (long cap = 0; cap < 64 && syscall(SYS_prctl, PR_CAPBSET_DROP, cap, 0, 0, 0) == 0; cap++) {}
    (void)have_rights(0, 0);
  }
  syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* First all out of the way, then each to its place. Exec closes the program. */
PLAIN static bool place_descriptors(birth *b) {
  for (int i = 0; i <= b->count; i++) {
    long moved = syscall(SYS_fcntl, b->source[i], F_DUPFD_CLOEXEC, b->count + 1);
    if (moved < 0) return false;
    b->source[i] = (int)moved;
  }
  for (int i = 0; i <= b->count; i++)
    if (syscall(SYS_dup3, b->source[i], i, i == b->count ? O_CLOEXEC : 0) < 0) return false;
  return syscall(CLOSE_RANGE, b->count + 1, ~0u, 0) == 0;
}

PLAIN static int be_born(void *user) {
  birth *b = user;
  static char name[] = "cloche-worker";
  static char *const argv[] = {name, NULL}, *const environment[] = {NULL};
  int *error = __errno_location(); /* the thread's own: it stands still */
  int before = *error;
  syscall(SYS_setsid); /* no terminal: its signals are for the supervisor to act on */
  syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  choose_rights(b->namespaces);
  if (place_descriptors(b) && syscall(SYS_chdir, "/") == 0) {
    reset_signals();
    syscall(SYS_execveat, b->count, "", argv, environment, AT_EMPTY_PATH);
  }
  b->failed = *error;
  *error = before;
  syscall(SYS_exit_group, 127);
  return 127;
}

/* ---- the supervisor's side */

/* libc's clone, under the name that ThreadSanitizer does not replace: what that does after a fork is not for this one. */
int __clone(int (*child)(void *), void *stack, int flags, void *argument, ...);

static long start(birth *b, int *pidfd) {
  enum { ALONE = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWPID };
  _Alignas(16) char stack[STACK_BYTES];
  int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD | (b->namespaces ? ALONE : 0);
  b->failed = 0;
  return __clone(be_born, stack + sizeof stack, flags, b, pidfd);
}

/* No signal may come while the child shares this memory, and none of the child's may be this thread's. */
static long start_blocked(birth *b, int *pidfd, const char **lacks) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  long pid = start(b, pidfd);
  if (pid < 0 && b->namespaces) {
    *lacks = errno == ENOSPC || errno == EUSERS ? "namespaces: there may be no more of them"
             : errno == EPERM                   ? "namespaces: they are not allowed here"
                                                : "namespaces: the kernel has not all of them";
    b->namespaces = false;
    pid = start(b, pidfd);
  }
  int failed = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = failed;
  return pid;
}

static void close_all(const int *fds, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (fds[i] >= 0) close(fds[i]);
}

static void reap(int pidfd) {
  siginfo_t info;
  while (waitid((idtype_t)WAIT_PIDFD, (id_t)pidfd, &info, WEXITED) != 0 && errno == EINTR) {}
}

static cloche_status no_program(cloche_error *err, int why) {
  bool is_path = why == ENOENT || why == ENOTDIR || why == EACCES || why == ENOEXEC;
  return fail(err, is_path ? CLOCHE_NOT_FOUND : CLOCHE_IO_ERROR, "a worker cannot be started: errno %d", why);
}

static cloche_status bear(cl_spawned *out, birth *b, cloche_error *err) {
  int pidfd = -1;
  long pid = start_blocked(b, &pidfd, &out->lacks);
  if (pid < 0) return fail(err, CLOCHE_IO_ERROR, "no process for a worker: errno %d", errno);
  out->pid = (int)pid;
  out->pidfd = pidfd;
  out->namespaces = b->namespaces;
  if (b->failed == 0) return CLOCHE_OK;
  reap(pidfd);
  close(pidfd);
  out->pid = 0;
  return no_program(err, b->failed);
}

cloche_status cl_spawn(cl_spawned *out, const cl_spawn_options *options, cloche_error *err) {
  *out = (cl_spawned){.pidfd = -1, .channel = -1, .to_worker = -1, .from_worker = -1};
  if (options->fd_count > CL_SPAWN_FDS_MAX)
    return fail(err, CLOCHE_INVALID_ARGUMENT, "a worker takes %d files", CL_SPAWN_FDS_MAX);
  /* by its descriptor: the way there may need rights that a worker does not start with */
  int program = open(options->path, O_PATH | O_CLOEXEC);
  if (program < 0) return no_program(err, errno);
  int ends[2] = {-1, -1};
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  int to = cl_box_make(), from = cl_box_make();
  if (null < 0 || to < 0 || from < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    cloche_status status = fail(err, CLOCHE_IO_ERROR, "no descriptors for a worker: errno %d", errno);
    close_all((int[]){program, null, to, from}, 4);
    return status;
  }
  birth b = {.namespaces = !options->no_namespaces,
             .count = (int)(CL_SPAWN_FIRST_FD + options->fd_count),
             .source = {null, null, options->keep_stderr ? STDERR_FILENO : null, ends[1], from, to}};
  for (size_t i = 0; i < options->fd_count; i++) b.source[CL_SPAWN_FIRST_FD + i] = options->fds[i];
  b.source[b.count] = program;
  cloche_status status = bear(out, &b, err);
  close_all((int[]){program, null, ends[1]}, 3);
  if (status != CLOCHE_OK) {
    close_all((int[]){to, from, ends[0]}, 3);
    return status;
  }
  out->channel = ends[0];
  out->to_worker = to;
  out->from_worker = from;
  return CLOCHE_OK;
}

/* ---- the end */

static void tell_ending(const siginfo_t *info, cl_ending *out, int *detail) {
  *detail = info->si_status;
  if (info->si_code == CLD_EXITED) *out = CL_ENDING_EXIT;
  else if (info->si_status == SIGKILL) *out = CL_ENDING_KILLED;
  else *out = info->si_status == SIGSYS ? CL_ENDING_VIOLATION : CL_ENDING_CRASH;
}

bool cl_spawn_ended(cl_spawned *worker, cl_ending *out, int *detail) {
  siginfo_t info = {0};
  *out = CL_ENDING_KILLED; /* what is said of one that somebody else has reaped */
  *detail = 0;
  if (worker->pid == 0) return false;
  int failed = waitid((idtype_t)WAIT_PIDFD, (id_t)worker->pidfd, &info, WEXITED | WNOHANG);
  if (failed && errno != ECHILD) return false;
  if (!failed && info.si_pid == 0) return false;
  if (!failed) tell_ending(&info, out, detail);
  worker->pid = 0;
  return true;
}

void cl_spawn_kill(const cl_spawned *worker) {
  if (worker->pid != 0) (void)syscall(PIDFD_SEND_SIGNAL, worker->pidfd, SIGKILL, NULL, 0);
}

void cl_spawn_free(cl_spawned *worker) {
  if (worker->pid != 0) {
    cl_spawn_kill(worker);
    reap(worker->pidfd);
  }
  /* zero is no descriptor of a worker's, but all of one that was never started */
  const int fds[] = {worker->pidfd, worker->channel, worker->to_worker, worker->from_worker};
  for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
    if (fds[i] > 0) close(fds[i]);
  *worker = (cl_spawned){.pidfd = -1, .channel = -1, .to_worker = -1, .from_worker = -1};
}
