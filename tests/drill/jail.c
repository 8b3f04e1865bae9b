/* Makes every drill of a lone process in one of its own: in the whole jail, and without the filter of system calls, where
 * the other layers have to hold; each also without namespaces, and where Landlock is that of Linux 6.1.
 *
 *     drill_jail FOLDER_OF_PROBES [NAME...]
 *     drill_jail --page              the list, for docs/JAIL.md
 *
 * Ends with "N passed, N failed, N skipped". */

#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "drill.h"
#include "spawn.h"
#include "target.h"

static int passed, failed, skipped;
static drill_target target;

static const char *word_of(unsigned outcomes) {
  return outcomes & DRILL_REACHED   ? "reached"
         : outcomes & DRILL_REFUSED ? "refused"
         : outcomes & DRILL_KILLED  ? "killed by the filter"
         : outcomes & DRILL_CRASHED ? "its end"
                                    : "nothing";
}

/* ---- one attempt */

/* A message of the probe; false: none came, it is gone. */
static bool listen_to(cl_spawned *probe, char *words, size_t size) {
  struct pollfd news = {.fd = probe->channel, .events = POLLIN};
  if (poll(&news, 1, 20000) <= 0) return false;
  ssize_t got = recv(probe->channel, words, size - 1, 0);
  words[got > 0 ? got : 0] = '\0';
  return got > 0;
}

static unsigned ended_by(cl_spawned *probe) {
  struct pollfd end = {.fd = probe->pidfd, .events = POLLIN};
  cl_ending ending;
  int detail;
  if (poll(&end, 1, 20000) <= 0 || !cl_spawn_ended(probe, &ending, &detail)) return 0;
  return ending == CL_ENDING_VIOLATION ? DRILL_KILLED : DRILL_CRASHED;
}

/* A kind of machine. */
typedef struct machine {
  const char *name;
  bool no_namespaces;
  uint32_t landlock;
} machine;

static const machine machines[] = {
    {"all layers", false, 0},
    {"no namespaces", true, 0},
    {"no namespaces, Landlock of Linux 6.1", true, 2},
};

static unsigned attempt(const char *path, const drill *d, const machine *m, char *words, size_t size,
                        unsigned *layers) {
  const cl_spawn_options options = {.path = path, .no_namespaces = m->no_namespaces};
  cl_spawned probe;
  cloche_error err = CLOCHE_ERROR_INIT;
  char text[512];
  unsigned outcome = 0;
  if (cl_spawn(&probe, &options, &err) != CLOCHE_OK) {
    snprintf(words, size, "%s", err.message);
    return 0;
  }
  bool told = send(probe.channel, &m->landlock, sizeof m->landlock, MSG_NOSIGNAL) == sizeof m->landlock;
  if (told && listen_to(&probe, words, size) && sscanf(words, "jail %u", layers) == 1) {
    int len = snprintf(text, sizeof text, "%s %d %d %s %s %s %s", d->name, target.supervisor, target.port, target.run,
                       target.secret, target.socket, target.path);
    if (send(probe.channel, text, (size_t)len, MSG_NOSIGNAL) == len && listen_to(&probe, words, size))
      outcome = strncmp(words, "refused", 7) == 0 ? DRILL_REFUSED : strcmp(words, "reached") == 0 ? DRILL_REACHED : 0;
    else outcome = ended_by(&probe);
  }
  cl_spawn_free(&probe);
  return outcome;
}

static void check(const char *path, const drill *d, const machine *m, unsigned expected, const char *jail) {
  char words[256] = "";
  unsigned layers = 0, outcome = attempt(path, d, m, words, sizeof words, &layers);
  bool fine = (outcome & expected) != 0 && target_is_whole(&target);
  passed += fine;
  failed += !fine;
  if (fine) return;
  printf("%s (%s), %s, %s: wanted %s, got %s\n", d->name, d->what, jail, m->name, word_of(expected),
         outcome ? word_of(outcome) : words);
}

/* Without the filter an attempt that nothing else stops is not made: it would succeed. */
static void check_open(const char *path, const drill *d, const machine *m) {
  static uint32_t layers;
  char words[256];
  if (layers == 0) (void)attempt(path, drill_find("environment", 11), &machines[0], words, sizeof words, &layers);
  bool wants_namespaces = d->without & DRILL_IN_NAMESPACES;
  if (wants_namespaces && m->no_namespaces) return;
  if (!(layers & CLOCHE_JAIL_LANDLOCK) || (wants_namespaces && !(layers & CLOCHE_JAIL_NAMESPACES))) skipped++;
  else check(path, d, m, d->without, "without the filter");
}

/* ---- all calls there are */

static bool is_listed(int number) {
  for (size_t i = 0; i < cl_call_count; i++)
    if (!cl_calls[i].mounts && seccomp_syscall_resolve_name(cl_calls[i].name) == number) return true;
  return false;
}

/* What is not in the table ends the process, whatever it is; but for two calls that newer kernels of x86-64 keep from
 * filters, since probes of their own make them. Made by anybody else they do nothing. */
static void check_all_calls(const char *path) {
  enum { CALLS = 480 /* more than Linux 6.18 has */, URETPROBE = 335, UPROBE = 336 };
  const drill *d = drill_find("number", 6);
  int port = target.port;
  for (target.port = 0; target.port < CALLS; target.port++) {
    int before = failed;
    bool probe = target.port == URETPROBE || target.port == UPROBE;
    unsigned expected = d->expect | (probe ? DRILL_REFUSED | DRILL_CRASHED : 0);
    if (!is_listed(target.port)) check(path, d, &machines[0], expected, "with the filter");
    if (failed != before) printf("  that was number %d\n", target.port);
  }
  target.port = port;
}

/* ---- death with the supervisor */

/* A supervisor whose worker computes without end; says its process id. */
static void supervise(const char *path, int say) {
  const cl_spawn_options options = {.path = path};
  static const uint32_t any_landlock = 0;
  cl_spawned probe;
  char words[256], text[512];
  if (cl_spawn(&probe, &options, NULL) != CLOCHE_OK) _exit(1);
  int len = snprintf(text, sizeof text, "silence 1 1 - - - -");
  if (send(probe.channel, &any_landlock, sizeof any_landlock, 0) < 0 || !listen_to(&probe, words, sizeof words) ||
      send(probe.channel, text, (size_t)len, 0) < 0 || write(say, &probe.pid, sizeof probe.pid) < 0)
    _exit(1);
  for (;;) pause();
}

/* Killed with SIGKILL it can do nothing for its worker. */
static void check_death(const char *path) {
  enum { PIDFD_OPEN = 434 };
  int ends[2], worker = 0, handle = -1;
  if (pipe(ends) != 0) return;
  pid_t supervisor = fork();
  if (supervisor == 0) supervise(path, ends[1]);
  close(ends[1]);
  bool began = read(ends[0], &worker, sizeof worker) == sizeof worker;
  if (began) handle = (int)syscall(PIDFD_OPEN, worker, 0);
  struct pollfd end = {.fd = handle, .events = POLLIN};
  bool lived = handle >= 0 && poll(&end, 1, 200) == 0;
  kill(supervisor, SIGKILL);
  waitpid(supervisor, NULL, 0);
  bool fine = lived && poll(&end, 1, 20000) == 1;
  passed += fine;
  failed += !fine;
  if (!fine) printf("a worker that computes does not die with its supervisor\n");
  close(ends[0]);
  if (handle >= 0) close(handle);
}

int main(int argc, char **argv) {
  char whole[CL_SPAWN_PATH_MAX], open_one[CL_SPAWN_PATH_MAX], wanted[1024];
  cloche_error err = CLOCHE_ERROR_INIT;
  if (argc == 2 && strcmp(argv[1], "--page") == 0) {
    drill_print_page();
    return 0;
  }
  if (argc < 2 || !target_make(&target)) {
    fprintf(stderr, "usage: drill_jail FOLDER [NAME...]\n");
    return 2;
  }
  snprintf(wanted, sizeof wanted, "%s/drill_probe", argv[1]);
  if (cl_spawn_find(wanted, whole, &err) != CLOCHE_OK) return 2;
  snprintf(wanted, sizeof wanted, "%s/drill_probe_open", argv[1]);
  if (cl_spawn_find(wanted, open_one, &err) != CLOCHE_OK) return 2;
  const drill *d;
  for (size_t i = 0; (d = drill_number(i)); i++) {
    bool asked = argc == 2;
    for (int a = 2; a < argc; a++) asked = asked || strcmp(argv[a], d->name) == 0;
    if (!asked || drill_is_of_wire(d)) continue;
    for (size_t m = 0; m < sizeof machines / sizeof machines[0]; m++) {
      check(whole, d, &machines[m], d->expect, "with the filter");
      if (d->without) check_open(open_one, d, &machines[m]);
    }
  }
  if (argc == 2) check_all_calls(whole);
  if (argc == 2) check_death(whole);
  target_remove(&target);
  printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed != 0;
}
