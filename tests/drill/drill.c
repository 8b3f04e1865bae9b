/* The list of all drills, and how one is asked for. */

#include "drill.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const drill *const groups[] = {drill_files,  drill_network, drill_processes,
                                      drill_memory, drill_kernel,  drill_wire};

const drill *drill_number(size_t index) {
  for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++)
    for (const drill *d = groups[g]; d->name; d++)
      if (index-- == 0) return d;
  return NULL;
}

bool drill_is_of_wire(const drill *d) {
  for (const drill *of = drill_wire; of->name; of++)
    if (of == d) return true;
  return false;
}

const drill *drill_find(const char *name, size_t len) {
  const drill *d;
  for (size_t i = 0; (d = drill_number(i)); i++)
    if (strlen(d->name) == len && memcmp(d->name, name, len) == 0) return d;
  return NULL;
}

static const char *stopped_by(const drill *d) {
  if (d->expect & (DRILL_SENT | DRILL_STUCK)) return "the supervisor";
  if (d->expect & DRILL_KILLED && d->without & DRILL_IN_NAMESPACES) return "the filter; namespaces";
  if (d->expect & DRILL_KILLED) return d->without ? "the filter; Landlock, limits or privileges" : "the filter";
  return d->expect == DRILL_CRASHED ? "nothing: its own end" : "its limits";
}

void drill_print_page(void) {
  const drill *d;
  printf("| drill | attempt | stopped by |\n|---|---|---|\n");
  for (size_t i = 0; (d = drill_number(i)); i++) printf("| `%s` | %s | %s |\n", d->name, d->what, stopped_by(d));
}

void drill_run(const char *text, size_t len, char *words, size_t size) {
  char copy[1024], name[64] = "";
  drill_target target = {0};
  size_t n = len < sizeof copy - 1 ? len : sizeof copy - 1;
  memcpy(copy, text, n);
  copy[n] = '\0';
  int got = sscanf(copy, "%63s %d %d %31s %63s %99s %159s", name, &target.supervisor, &target.port, target.run,
                   target.secret, target.socket, target.path);
  const drill *d = drill_find(name, strlen(name));
  if (!d || got != 7) {
    snprintf(words, size, "unknown");
    return;
  }
  int failed = d->attempt(&target);
  if (failed < 0) snprintf(words, size, "sent");
  else if (failed == 0) snprintf(words, size, "reached");
  else snprintf(words, size, "refused %s", strerrorname_np(failed));
}
