/* The cell of `cloche run`, with all that the command line gives it. */
#ifndef CLI_RUN_CELL_H
#define CLI_RUN_CELL_H

#include "bytes.h"
#include "cloche.h"
#include "inputs.h"
#include "run_settings.h"

typedef struct cli_run_cell {
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cli_inputs inputs;
  cli_bytes source;
  const char *language; /* of the source */
} cli_run_cell;

/** Reads every file that the command line names and opens the cell. What is wrong is said with the option it belongs
 *  to. Close it in any case. */
cloche_status cli_run_cell_open(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err);

/** The same when source, language and inputs are there already. */
cloche_status cli_run_cell_make(cli_run_cell *out, const cli_run_settings *settings, cloche_error *err);

/** Opens the thread alone, unless it is open; `early`: see cli_dome_plan. */
cloche_status cli_run_cell_open_thread(cli_run_cell *out, const cli_run_settings *settings, bool early,
                                       cloche_error *err);

/** Adds to an error of the host's where its cause is looked for. */
cloche_status cli_run_cell_send_to_doctor(cloche_status status, cloche_error *err);

void cli_run_cell_close(cli_run_cell *cell);

/** What the guest is told that the source is called. */
const char *cli_run_cell_guest_name(const cli_run_settings *settings);

#endif
