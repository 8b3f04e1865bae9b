/* What the command line of `cloche run` says. */
#ifndef CLI_RUN_SETTINGS_H
#define CLI_RUN_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "cloche.h"
#include "command.h"
#include "processes.h"

typedef struct cli_limit_change {
  char *name; /* owned */
  const char *value;
} cli_limit_change;

typedef struct cli_run_settings {
  const char *path; /**< "-": stdin */
  cli_tool *tools;  /**< owned, as are the names and words in them */
  size_t tool_count;
  const char *profile;
  cli_limit_change *changes; /**< owned; a profile, wherever it stands, comes before them */
  size_t change_count;
  cloche_limits limits; /**< what comes of the two */
  bool json, seeded;
  uint64_t seed;
} cli_run_settings;

/** The options, for the table of subcommands. */
extern const cli_option cli_run_options[];

/** Fills `settings`; false when there is nothing to run, with the exit code. Free it in any case. */
bool cli_run_settings_read(cli_run_settings *settings, const cli_command *self, int count, char **arguments,
                           int *exit_code);
void cli_run_settings_free(cli_run_settings *settings);

/** Prints the limits and their values, for the help. */
void cli_run_settings_details(FILE *out);

#endif
