/* What kernel, processor and limits of this process offer. What the headers of Debian 12 do not have yet is written out. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

enum { SLOT_GIB = 4 }; /* of address space for each cell; cloche_thread_options */

void cli_finding_set(cli_finding *out, cli_grade grade, const char *format, ...) {
  va_list args;
  va_start(args, format);
  out->grade = grade;
  vsnprintf(out->text, sizeof out->text, format, args);
  va_end(args);
}

static void set_hint(cli_finding *out, const char *hint) { snprintf(out->hint, sizeof out->hint, "%s", hint); }

/* The first line of a file; false when it cannot be read. */
static bool read_line(const char *path, char *out, size_t len) {
  FILE *file = fopen(path, "re");
  bool fine = file && fgets(out, (int)len, file);
  if (file) fclose(file);
  if (fine) out[strcspn(out, "\n")] = 0;
  return fine;
}

static bool read_number(const char *path, long long *out) {
  char line[64], *end;
  if (!read_line(path, line, sizeof line)) return false;
  *out = strtoll(line, &end, 10);
  return end != line;
}

static void probe_kernel(cli_finding *out) {
  struct utsname name;
  unsigned major = 0, minor = 0;
  uname(&name);
  bool known = sscanf(name.release, "%u.%u", &major, &minor) == 2;
  bool recent = known && (major > 5 || (major == 5 && minor >= 10));
  cli_finding_set(out, recent ? CLI_FINE : CLI_NOTE, "%s %.60s, %.40s", name.sysname, name.release, name.machine);
  if (!recent) set_hint(out, "5.10 is the oldest kernel that Cloche is meant for; 6.7 and later reset cells faster");
}

static void probe_processor(cli_finding *out) {
  char features[120] = "";
#if defined(__x86_64__)
  size_t len = 0;
#define FEATURE(name) \
  if (__builtin_cpu_supports(name)) len += (size_t)snprintf(features + len, sizeof features - len, " %s", name)
  FEATURE("sse4.2");
  FEATURE("popcnt");
  FEATURE("aes");
  FEATURE("avx2");
  FEATURE("bmi2");
  FEATURE("avx512f");
#undef FEATURE
#endif
  cpu_set_t set;
  int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  cli_finding_set(out, CLI_FINE, "%d core%s%s%s", cores, cores == 1 ? "" : "s", features[0] ? ";" : "", features);
}

/* struct pm_scan_arg of linux/fs.h */
typedef struct {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
  uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
} scan_arguments;
#define PAGEMAP_SCAN_IOCTL _IOWR('f', 16, scan_arguments)

static void probe_pagemap(cli_finding *out) {
  int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    cli_finding_set(out, CLI_PROBLEM, "/proc/self/pagemap cannot be opened: %s", strerror(errno));
    set_hint(out, "mount /proc here (in a chroot: mount -t proc proc /proc), and let this user read it");
    return;
  }
  scan_arguments arguments = {.size = sizeof arguments};
  uint64_t entry;
  bool has_scan = ioctl(fd, PAGEMAP_SCAN_IOCTL, &arguments) >= 0;
  bool readable = pread(fd, &entry, sizeof entry, (off_t)((uintptr_t)&entry >> 12 << 3)) == sizeof entry;
  if (has_scan) cli_finding_set(out, CLI_FINE, "PAGEMAP_SCAN");
  else if (readable) cli_finding_set(out, CLI_NOTE, "/proc/self/pagemap is read, for want of PAGEMAP_SCAN");
  else cli_finding_set(out, CLI_PROBLEM, "/proc/self/pagemap cannot be read");
  if (!has_scan) set_hint(out, "Linux 6.7 and later have PAGEMAP_SCAN; resetting a cell is faster with it");
  close(fd);
}

static void probe_address_space(cli_finding *out) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    cli_finding_set(out, CLI_FINE, "no limit; a cell reserves a little over %d GiB of it, and no memory", SLOT_GIB);
    return;
  }
  unsigned long long gib = limit.rlim_cur >> 30, cells = gib / (SLOT_GIB + 1);
  cli_finding_set(out, cells ? CLI_NOTE : CLI_PROBLEM, "limited to %llu GiB, which is room for %llu cell%s at once",
                  gib, cells, cells == 1 ? "" : "s");
  set_hint(out, "lift the limit: ulimit -v unlimited; memory is limited by --memory, or by a cgroup");
}

static void probe_overcommit(cli_finding *out) {
  long long mode;
  if (!read_number("/proc/sys/vm/overcommit_memory", &mode)) {
    cli_finding_set(out, CLI_NOTE, "/proc/sys/vm/overcommit_memory cannot be read");
    return;
  }
  cli_finding_set(out, mode == 2 ? CLI_NOTE : CLI_FINE, "vm.overcommit_memory is %lld", mode);
  if (mode == 2) set_hint(out, "2 refuses memory early when many cells are open: sysctl vm.overcommit_memory=0");
}

static void probe_mappings(cli_finding *out) {
  const long long per_cell = 4; /* memory, what lies behind it, stack: 3, and one to spare */
  long long most;
  if (!read_number("/proc/sys/vm/max_map_count", &most)) {
    cli_finding_set(out, CLI_NOTE, "/proc/sys/vm/max_map_count cannot be read");
    return;
  }
  long long cells = most / per_cell;
  cli_finding_set(out, cells < 4096 ? CLI_NOTE : CLI_FINE, "vm.max_map_count is %lld: about %lld cells at once", most,
                  cells);
  if (cells < 4096) set_hint(out, "for more: sysctl vm.max_map_count=262144");
}

static void probe_timers(cli_finding *out) {
  struct rlimit limit;
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMAX - 3};
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) {
    cli_finding_set(out, CLI_PROBLEM, "no timer can be made: %s", strerror(errno));
    set_hint(out, "each thread needs one; raise the limit on pending signals: ulimit -i 4096");
    return;
  }
  timer_delete(timer);
  getrlimit(RLIMIT_SIGPENDING, &limit);
  if (limit.rlim_cur == RLIM_INFINITY) cli_finding_set(out, CLI_FINE, "no limit on pending signals");
  else
    cli_finding_set(out, CLI_FINE, "%llu of them (ulimit -i); each thread that runs cells needs one",
                    (unsigned long long)limit.rlim_cur);
}

bool cli_probe_machine(size_t index, cli_finding *out) {
  static const struct {
    const char *name;
    void (*probe)(cli_finding *out);
  } probes[] = {
      {"kernel", probe_kernel},         {"processor", probe_processor},
      {"dirty pages", probe_pagemap},   {"address space", probe_address_space},
      {"overcommit", probe_overcommit}, {"mappings", probe_mappings},
      {"timers", probe_timers},
  };
  if (index >= sizeof probes / sizeof probes[0]) return false;
  *out = (cli_finding){.name = probes[index].name};
  probes[index].probe(out);
  return true;
}
