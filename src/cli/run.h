/* One script in one cell: the part of `cloche run` behind its command line. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "run_settings.h"

/** Runs what the settings say; the exit code. A replay fills them in from its recording. */
int cli_run_script(cli_run_settings *settings);

#endif
