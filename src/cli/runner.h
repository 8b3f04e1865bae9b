/* The program under the names jsrunner and pyrunner, with their flags. */
#ifndef CLI_RUNNER_H
#define CLI_RUNNER_H

#include <stdbool.h>

/** Runs it if `program`, the name it was started by, is one of the two; the exit code is then set. */
bool cli_runner(const char *program, int count, char **arguments, int *exit_code);

#endif
