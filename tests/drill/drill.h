/* Breakout drills: what a guest that has broken out of its cell might try, as native code inside a jailed worker. Each is
 * one attempt, with what must come of it. They run in `drill_probe` (a jail and nothing else) and in cloche-worker-drill
 * (the worker itself, where a guest calls a tool named "drill"); neither is ever installed.
 *
 * An attempt is harmless where it succeeds: signals are of a kind that nobody heeds, files are the test's own. */
#ifndef DRILL_H
#define DRILL_H

#include <stdbool.h>
#include <stddef.h>

typedef enum drill_outcome {
  DRILL_REACHED = 1 << 0,       /* it worked */
  DRILL_REFUSED = 1 << 1,       /* the kernel said no */
  DRILL_KILLED = 1 << 2,        /* the filter of system calls ended the process; never returned by an attempt */
  DRILL_CRASHED = 1 << 3,       /* the process ended otherwise, and alone; never returned */
  DRILL_SENT = 1 << 4,          /* something bad went to the supervisor, which must end the worker */
  DRILL_STUCK = 1 << 5,         /* it does not answer any more; never returned */
  DRILL_IN_NAMESPACES = 1 << 6, /* of what is expected without the filter: in namespaces alone */
} drill_outcome;

/* What is to be attacked; the test's. */
typedef struct drill_target {
  int supervisor;   /* its process id */
  char path[160];   /* a file that only the supervisor should read */
  char socket[100]; /* a listening Unix socket */
  char secret[64];  /* what another trust domain keeps, reversed, so that the drill itself does not hold it */
  char run[32];     /* of another cell: the id of its run */
  int port;         /* a listening TCP port of this machine */
} drill_target;

typedef struct drill {
  const char *name;
  const char *what;
  int (*attempt)(const drill_target *target); /* an errno: refused; 0: reached; -1: sent */
  unsigned expect;                            /* drill_outcome bits, any of which is fine, in the whole jail */
  unsigned without;                           /* the same without the filter: 0: only the filter stops it, do not try */
} drill;

/* The last list is for whole workers alone. */
extern const drill drill_files[], drill_network[], drill_processes[], drill_memory[], drill_kernel[], drill_wire[];

/** By name, NULL: none; and by number, for a list of all. */
const drill *drill_find(const char *name, size_t len);
const drill *drill_number(size_t index);
bool drill_is_of_wire(const drill *d);

/** Prints the list for docs/JAIL.md. */
void drill_print_page(void);

/** Makes the attempt that `text` says: "NAME SUPERVISOR PORT RUN SECRET SOCKET PATH". Gives words for what came of it. */
void drill_run(const char *text, size_t len, char *words, size_t size);

#endif
