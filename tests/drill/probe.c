/* drill_probe: a process that enters the jail as a worker does, and then makes the attempt that a message names. Before the
 * jail it is told which version of Landlock it may use (0: any). What it says: "jail LAYERS LANDLOCK", and then what drill_run
 * says, or nothing more. drill_probe_open is the same without the filter of system calls (CL_JAIL_NO_FILTER), for what the
 * other layers are worth alone. */

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "drill.h"
#include "jail.h"

enum { CHANNEL = 3 };

int main(void) {
  static const int keep[] = {CHANNEL, 4, 5};
  cl_jail_facts facts;
  cloche_error err;
  char text[1024], words[128];
  uint32_t landlock;
  if (recv(CHANNEL, &landlock, sizeof landlock, 0) != sizeof landlock) return 1;
  const cl_jail_options options = {.channel = CHANNEL, .keep = keep, .keep_count = 3, .landlock_abi = landlock};
  if (cl_jail_enter(&options, &facts, &err) != CLOCHE_OK) return 1;
  int len = snprintf(words, sizeof words, "jail %u %u", facts.layers, facts.landlock);
  if (send(CHANNEL, words, (size_t)len + 1, 0) < 0) return 1;
  ssize_t got = recv(CHANNEL, text, sizeof text, 0);
  if (got <= 0) return 1;
  drill_run(text, (size_t)got, words, sizeof words);
  return send(CHANNEL, words, strlen(words) + 1, 0) < 0;
}
