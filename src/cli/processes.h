/* Tools that are commands: one process for each call, the argument on its stdin, the result on its stdout.
 *
 *     RUNNING --exit, end of its output--> (settled, freed)
 *        | cancelled, or too much output
 *        v
 *     ASKED (SIGTERM) --1 s--> KILLED (SIGKILL) --1 s--> (given up, freed)        an exit frees it at once
 *
 * Signals go to the process group, which each child leads. Calls are settled here; a process outlives its call where
 * it has to be killed. */
#ifndef CLI_PROCESSES_H
#define CLI_PROCESSES_H

#include <stdbool.h>
#include <uv.h>

#include "reply.h"
#include "cloche.h"

typedef struct cli_tool {
  char *name;   /* owned */
  char **words; /* the command; owned */
} cli_tool;

typedef struct cli_process cli_process;

typedef struct cli_processes {
  uv_loop_t *loop;
  size_t result_bytes; /* the limit on one result */
  cli_process *first;
  void (*on_settled)(void *user, cloche_cell *cell, uint64_t call_id, bool resolved);
  /* Where it is not NULL, answers go here and not to the cell, and become the callee's; it calls on_settled. */
  void (*keep)(void *user, cloche_cell *cell, uint64_t call_id, const cli_reply *answer);
  void *user;
  char scratch[64 << 10]; /* one loop, one thread: what is read into it is taken out before the next read */
} cli_processes;

/** Starts the process that answers a `call` of the cell; a command that cannot be started rejects it. */
void cli_processes_start(cli_processes *all, cloche_cell *cell, const cli_tool *tool, const cloche_call *call);

/** Stops those of a cell, because its run is over: a process that still works does so for a call that has been
 *  cancelled. The cell is not touched any more. */
void cli_processes_stop(cli_processes *all, const cloche_cell *cell);

/** Kills all at once and waits for nothing. */
void cli_processes_kill(cli_processes *all);

#endif
