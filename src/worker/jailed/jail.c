/* Entering the jail: jail.h has the order and its reason. Each step either is in force when it returns true, or says what
 * lacks. The kernel's newer numbers stand here, since a build machine's headers may be older than the kernel that it runs on. */

#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "calls.h"
#include "jail_filter.h"

/* The runtime of a sanitizer makes calls of its own whenever it likes, and looks at its process: no filter. Tests set this,
 * too, to see what the other layers are worth alone. */
#ifndef CL_JAIL_NO_FILTER
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CL_JAIL_NO_FILTER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CL_JAIL_NO_FILTER 1
#endif
#endif
#endif
#ifndef CL_JAIL_NO_FILTER
#define CL_JAIL_NO_FILTER 0
#endif

#if defined(__SANITIZE_ADDRESS__) || (defined(__clang__) && CL_JAIL_NO_FILTER)
/* Looking for leaks at the end wants a thread that traces this process, which the jail refuses, and the end would be a failure. */
__attribute__((visibility("default"), used)) const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }
#endif

typedef struct jail {
  const cl_jail_options *options;
  cl_jail_facts *facts;
} jail;

__attribute__((format(printf, 2, 3))) static bool lacks(const jail *j, const char *format, ...) {
  cl_jail_facts *facts = j->facts;
  if (facts->missing_count == CL_JAIL_MISSING_MAX) return false;
  va_list args;
  va_start(args, format);
  vsnprintf(facts->missing[facts->missing_count++], CL_JAIL_MISSING_TEXT, format, args);
  va_end(args);
  return false;
}

/* ---- environment and descriptors */

static bool is_kept(const cl_jail_options *options, int fd) {
  if (fd <= STDERR_FILENO) return true;
  for (size_t i = 0; i < options->keep_count; i++)
    if (options->keep[i] == fd) return true;
  return false;
}

/* What this program opened is close-on-exec; what it inherited cannot be, or it would not have come through exec. */
static bool clean(const jail *j) {
  enum { LOOKED_AT = 96, CLOSE_RANGE = 436 };
  for (int fd = STDERR_FILENO + 1; fd < LOOKED_AT; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0 && !(flags & FD_CLOEXEC) && !is_kept(j->options, fd)) close(fd);
  }
  if (syscall(CLOSE_RANGE, LOOKED_AT, ~0u, 0) != 0) return lacks(j, "descriptors: errno %d", errno);
  return clearenv() == 0 || lacks(j, "descriptors: the environment cannot be cleared");
}

/* ---- limits */

/* Started by a descriptor, it is called by that one's number. */
static void take_name(void) { (void)prctl(PR_SET_NAME, "cloche-worker"); }

/* When memory runs out, a worker is what the kernel should end. Not a layer: a container may forbid it. */
static void go_first(void) {
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)!write(fd, "1000", 4);
  close(fd);
}

static bool limits(const jail *j) {
  static const struct {
    rlim_t most;
    int resource;
    bool mounts; /* also in a worker with mounts */
  } table[] = {
      {0, RLIMIT_CORE, true},
      {0, RLIMIT_NPROC, true},
      {0, RLIMIT_MEMLOCK, true},
      {0, RLIMIT_MSGQUEUE, true},
      {0, RLIMIT_RTPRIO, true},
      {0, RLIMIT_NICE, true},
      {96, RLIMIT_NOFILE, false},
      {4096, RLIMIT_NOFILE, true},
      {(rlim_t)4 << 30, RLIMIT_FSIZE, false}, /* of the base of a fork, a memory file */
  };
  take_name();
  go_first();
  bool ok = true;
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    if (j->options->mount_count > 0 && !table[i].mounts) continue;
    struct rlimit now;
    if (getrlimit(table[i].resource, &now) != 0) ok = false;
    if (now.rlim_max > table[i].most) now.rlim_max = table[i].most;
    now.rlim_cur = now.rlim_max;
    if (setrlimit(table[i].resource, &now) != 0) ok = false;
  }
  if (!CL_JAIL_NO_FILTER && prctl(PR_SET_DUMPABLE, 0) != 0) ok = false;
  return ok || lacks(j, "limits: errno %d", errno);
}

/* ---- death with the supervisor */

/* The supervisor may have died before the kernel was told. Then its end of the channel was closed before that, too: a
 * process closes its files before its children hear of its death. */
static bool death(const jail *j) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return lacks(j, "death with the parent: errno %d", errno);
  struct pollfd channel = {.fd = j->options->channel, .events = POLLIN};
  if (poll(&channel, 1, 0) < 0 || (channel.revents & (POLLHUP | POLLERR | POLLNVAL)))
    return lacks(j, "death with the parent: there is no supervisor any more");
  return true;
}

/* ---- namespaces */

/* An empty directory in the place of all files. Only in a mount namespace of its own, which spawn.c gives together with a
 * process namespace and the one capability for this. */
static bool empty_root(void) {
  static const char *const place = "/proc"; /* any directory that is there: it was needed to start */
  return mount("none", place, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=2,mode=0555") == 0 &&
         chdir(place) == 0 && syscall(SYS_pivot_root, ".", ".") == 0 && umount2(".", MNT_DETACH) == 0 &&
         mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0 &&
         chdir("/") == 0;
}

static bool namespaces(const jail *j) {
  if (getpid() != 1) return false; /* the supervisor knows why */
  if (!empty_root()) lacks(j, "namespaces: the files of the system stay visible: errno %d", errno);
  return true;
}

/* ---- privileges */

static bool no_privileges(const jail *j) {
  enum { SET_MDWE = 65, REFUSE_EXEC_GAIN = 1, CAPS_MAX = 64 };
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return lacks(j, "privileges: errno %d", errno);
  (void)prctl(SET_MDWE, REFUSE_EXEC_GAIN, 0, 0, 0); /* Linux 6.3; the filter says the same */
  for (int cap = 0; cap < CAPS_MAX; cap++) /* refused to whoever has no capabilities, who can get none either */
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) != 0) break;
  (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}}, now[2];
  if (syscall(SYS_capset, &header, none) != 0 || syscall(SYS_capget, &header, now) != 0 ||
      memcmp(none, now, sizeof none) != 0)
    return lacks(j, "privileges: capabilities: errno %d", errno);
  return true;
}

/* ---- Landlock (Documentation/userspace-api/landlock.rst) */

enum {
  LANDLOCK_CREATE = 444,
  LANDLOCK_ADD_RULE = 445,
  LANDLOCK_RESTRICT = 446,
  LANDLOCK_VERSION = 1,
  LANDLOCK_PATH = 1
};

enum { /* rights to files, by bit */
       FS_WRITE_FILE = 1,
       FS_READ_FILE,
       FS_READ_DIR,
       FS_REMOVE_DIR,
       FS_REMOVE_FILE,
       FS_MAKE_DIR = 7,
       FS_MAKE_REG,
       FS_REFER = 13, /* the first that version 2 has */
       FS_TRUNCATE,   /* 3 */
       FS_IOCTL_DEV,  /* 5 */
};

struct landlock_rules { /* as long as the version has it */
  uint64_t files, net, scopes;
};

struct landlock_path {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

static uint64_t bits_below(int end) { return ((uint64_t)1 << end) - 1; }

static uint64_t file_rights(uint32_t version) {
  int end = version >= 5 ? FS_IOCTL_DEV + 1 : version >= 3 ? FS_TRUNCATE + 1 : version == 2 ? FS_REFER + 1 : FS_REFER;
  return bits_below(end);
}

static uint64_t mount_rights(bool writable) {
  uint64_t rights = 1u << FS_READ_FILE | 1u << FS_READ_DIR;
  if (writable)
    rights |= 1u << FS_WRITE_FILE | 1u << FS_REMOVE_DIR | 1u << FS_REMOVE_FILE | 1u << FS_MAKE_DIR | 1u << FS_MAKE_REG |
              1u << FS_REFER | 1u << FS_TRUNCATE;
  return rights;
}

static bool allow_mounts(const cl_jail_options *options, int rules, uint64_t known) {
  for (size_t i = 0; i < options->mount_count; i++) {
    struct landlock_path path = {mount_rights(options->writable[i]) & known, options->mounts[i]};
    if (syscall(LANDLOCK_ADD_RULE, rules, LANDLOCK_PATH, &path, 0) != 0) return false;
  }
  return true;
}

static bool landlock(const jail *j) {
  long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION);
  if (version < 1)
    return lacks(j, "landlock: %s", errno == EOPNOTSUPP ? "it is off in this kernel" : "the kernel has none");
  uint32_t most = j->options->landlock_abi;
  uint32_t abi = most != 0 && version > most ? most : (uint32_t)version;
  struct landlock_rules rules = {file_rights(abi), bits_below(2), bits_below(2)}; /* bind, connect; sockets, signals */
  size_t size = abi >= 6 ? sizeof rules : abi >= 4 ? sizeof rules - 8 : sizeof rules.files;
  int fd = (int)syscall(LANDLOCK_CREATE, &rules, size, 0);
  if (fd < 0) return lacks(j, "landlock: errno %d", errno);
  bool in_force = allow_mounts(j->options, fd, rules.files) && syscall(LANDLOCK_RESTRICT, fd, 0) == 0;
  int failed = errno;
  close(fd);
  if (!in_force) return lacks(j, "landlock: errno %d", failed);
  j->facts->landlock = abi;
  return true;
}

/* ---- seccomp */

static bool seccomp(const jail *j) {
#if CL_JAIL_NO_FILTER
  return lacks(j, "seccomp: left out, this build is for finding errors");
#elif !defined(__x86_64__) && !defined(__aarch64__)
  return lacks(j, "seccomp: no filter for this processor");
#else
  struct sock_filter program[sizeof filter_mounts / sizeof filter_mounts[0]];
  bool mounts = j->options->mount_count > 0;
  size_t bytes = mounts ? sizeof filter_mounts : sizeof filter_plain;
  _Static_assert(sizeof filter_plain <= sizeof filter_mounts, "the list with mounts is the longer one");
  memcpy(program, mounts ? filter_mounts : filter_plain, bytes);
  struct sock_fprog load = {.len = (unsigned short)(bytes / sizeof program[0]), .filter = program};
  for (size_t i = 0; i < load.len; i++)
    if (BPF_CLASS(program[i].code) == BPF_JMP && program[i].k == CL_FILTER_PID) program[i].k = (uint32_t)getpid();
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &load) != 0)
    return lacks(j, errno == ENOSYS || errno == EINVAL ? "seccomp: the kernel has none" : "seccomp: errno %d", errno);
  return true;
#endif
}

/* ---- all of it */

static const struct {
  uint32_t layer;
  bool (*enter)(const jail *j);
} steps[] = {
    {CLOCHE_JAIL_CLEAN, clean},
    {CLOCHE_JAIL_RLIMITS, limits},
    {CLOCHE_JAIL_DEATH, death},
    {CLOCHE_JAIL_NAMESPACES, namespaces},
    {CLOCHE_JAIL_NO_PRIVILEGES, no_privileges},
    {CLOCHE_JAIL_LANDLOCK, landlock},
    {CLOCHE_JAIL_SECCOMP, seccomp},
};

/* What every kernel that Cloche runs on gives. */
enum { ALWAYS = CLOCHE_JAIL_CLEAN | CLOCHE_JAIL_RLIMITS | CLOCHE_JAIL_DEATH | CLOCHE_JAIL_NO_PRIVILEGES };

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

cloche_status cl_jail_enter(const cl_jail_options *options, cl_jail_facts *facts, cloche_error *err) {
  const jail j = {options, facts};
  *facts = (cl_jail_facts){0};
  uint32_t needed = ALWAYS | (options->require ? (uint32_t)(CLOCHE_JAIL_LANDLOCK | CLOCHE_JAIL_SECCOMP) : 0);
  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
    uint32_t layer = steps[i].layer;
    uint64_t began = now_ns();
    bool in_force = steps[i].enter(&j);
    facts->took_ns[__builtin_ctz(layer)] = now_ns() - began;
    if (in_force) facts->layers |= layer;
    if (in_force || !(needed & layer)) continue;
    if (err) {
      err->status = CLOCHE_NO_JAIL;
      snprintf(err->message, sizeof err->message, "%s", facts->missing[facts->missing_count - 1]);
    }
    return CLOCHE_NO_JAIL;
  }
  return CLOCHE_OK;
}
