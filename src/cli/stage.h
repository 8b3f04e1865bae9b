/* Where runs take place: a libuv loop with all that surrounds a run, its output, the processes behind its tools, signals.
 *
 * A run is stepped in slices. Between two of them, and all the while the cell waits or a worker has it, the loop has its
 * turn. One stage serves any number of runs, one after the other. */
#ifndef CLI_STAGE_H
#define CLI_STAGE_H

#include "cloche.h"
#include "dome.h"
#include "out.h"
#include "processes.h"
#include "run_settings.h"

enum { CLI_STAGE_SIGNALS = 3 };

typedef struct cli_stage {
  const cli_run_settings *settings;
  cloche_thread *thread; /* of the cells */
  cli_dome_watch dome;
  bool stopping; /* the run, since nobody reads what it says */
  uv_loop_t loop;
  bool has_loop;
  uv_timer_t alarm;
  uv_signal_t signals[CLI_STAGE_SIGNALS];
  cli_out out;
  cli_processes processes;
  /** Called for SIGINT, SIGTERM and SIGHUP, from within the loop. */
  void (*on_signal)(void *user, int number);
  /** What a run has to show for itself, after each step of it. */
  void (*on_step)(void *user, cloche_cell *cell);
  /** A call of a tool is about to be handed to its process; false: it is not. May be NULL. */
  bool (*on_call)(void *user, const cloche_call *call);
  /** The cell waits; true when something has been answered, or the run interrupted. Where there is this function, calls are taken while the cell
   *  waits and at no other time. May be NULL. */
  bool (*on_wait)(void *user, cloche_cell *cell);
  /** The cell waits, and its calls have been handed over; true when the run is put aside. May be NULL. */
  bool (*is_aside)(void *user, cloche_cell *cell);
  void *user; /* of these */
} cli_stage;

/** Sets up loop, output and signals for what `settings` (which outlive it), the functions and `user` say already. Close it
 *  in any case. */
cloche_status cli_stage_open(cli_stage *stage, cloche_error *err);
void cli_stage_close(cli_stage *stage);

/** Steps a cell until its run has ended, or is put aside. */
cloche_status cli_stage_run(cli_stage *stage, cloche_cell *cell, cloche_error *err);

/** Tells the processes of the cell's run to end. */
void cli_stage_stop_calls(cli_stage *stage, const cloche_cell *cell);

/** Stays until everything is written and, with `processes`, every process has ended. */
void cli_stage_drain(cli_stage *stage, bool processes);

#endif
