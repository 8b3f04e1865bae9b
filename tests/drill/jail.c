/* Makes every drill of a lone process in one of its own: in the whole jail, and without the filter of system calls, where
 * the other layers have to hold.
 *
 *     drill_jail FOLDER_OF_PROBES [NAME...]
 *     drill_jail --page              the list, for docs/JAIL.md
 *
 * Ends with "N passed, N failed, N skipped". */

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

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

static unsigned attempt(const char *path, const drill *d, char *words, size_t size, unsigned *layers) {
  const cl_spawn_options options = {.path = path};
  cl_spawned probe;
  cloche_error err = CLOCHE_ERROR_INIT;
  char text[512];
  unsigned outcome = 0;
  if (cl_spawn(&probe, &options, &err) != CLOCHE_OK) {
    snprintf(words, size, "%s", err.message);
    return 0;
  }
  if (listen_to(&probe, words, size) && sscanf(words, "jail %u", layers) == 1) {
    int len = snprintf(text, sizeof text, "%s %d %d %s %s %s %s", d->name, target.supervisor, target.port, target.run,
                       target.secret, target.socket, target.path);
    if (send(probe.channel, text, (size_t)len, MSG_NOSIGNAL) == len && listen_to(&probe, words, size))
      outcome = strncmp(words, "refused", 7) == 0 ? DRILL_REFUSED : strcmp(words, "reached") == 0 ? DRILL_REACHED : 0;
    else outcome = ended_by(&probe);
  }
  cl_spawn_free(&probe);
  return outcome;
}

static void check(const char *path, const drill *d, unsigned expected, const char *jail) {
  char words[256] = "";
  unsigned layers = 0, outcome = attempt(path, d, words, sizeof words, &layers);
  bool fine = (outcome & expected) != 0 && target_is_whole(&target);
  if (!fine && outcome == DRILL_REACHED && !(layers & CLOCHE_JAIL_NAMESPACES)) {
    skipped++; /* what namespaces alone stop, where there are none */
    return;
  }
  passed += fine;
  failed += !fine;
  if (!fine)
    printf("%s (%s), %s: wanted %s, got %s\n", d->name, d->what, jail, word_of(expected),
           outcome ? word_of(outcome) : words);
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
    check(whole, d, d->expect, "in the whole jail");
    if (d->without) check(open_one, d, d->without, "without the filter");
  }
  target_remove(&target);
  printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed != 0;
}
