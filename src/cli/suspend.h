/* Runs that are put aside while they wait for tools that nobody here answers. */
#ifndef CLI_SUSPEND_H
#define CLI_SUSPEND_H

#include "out.h"
#include "run_settings.h"

typedef struct cli_suspension {
  cloche_call *held; /* calls of tools without a command; what they point to is the cell's */
  size_t held_count;
  size_t running;     /* calls that a command is at work on */
  bool done;          /* the run is put aside */
  cloche_error notes; /* its message: what went wrong with the image alone */
} cli_suspension;

/** Takes note of a call that nobody here answers; false: no memory. */
bool cli_suspension_hold(cli_suspension *suspension, const cloche_call *call);

/** The cell waits: true if it waits for calls that nobody here answers, and for no others. */
bool cli_suspension_is_due(const cli_suspension *suspension);

/** Saves the run, if the settings say where. */
cloche_status cli_suspension_save(cli_suspension *suspension, const cli_run_settings *settings, cloche_cell *cell,
                                  const cloche_engine *engine, cloche_error *err);

/** Says on stderr which calls wait and how to go on. */
void cli_suspension_show(const cli_suspension *suspension, const cli_run_settings *settings, cli_out *out);

void cli_suspension_free(cli_suspension *suspension);

#endif
