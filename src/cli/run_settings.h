/* What the command line of `cloche run` says, and of every other subcommand that opens cells: their settings begin with
 * these, so that the same options take their values in. */
#ifndef CLI_RUN_SETTINGS_H
#define CLI_RUN_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "cloche.h"
#include "command.h"
#include "dome.h"
#include "files.h"
#include "processes.h"

typedef struct cli_limit_change {
  char *name; /* owned */
  const char *value;
} cli_limit_change;

typedef struct cli_module {
  char *name; /* owned */
  const char *path;
} cli_module;

typedef enum cli_output {
  CLI_OUTPUT_HUMAN,
  CLI_OUTPUT_JSON,
  CLI_OUTPUT_EVENTS,
  CLI_OUTPUT_ALONE,   /* what the script prints and no value; errors as jsrunner and pyrunner say them */
  CLI_OUTPUT_IF_FINE, /* the same at the end, and on stdout only if there was no error */
} cli_output;

typedef struct cli_run_settings {
  cli_wall wall;    /**< first: cli_wall_set */
  const char *path; /**< "-": stdin; NULL: `code` is what runs */
  const char *code;
  char **arguments; /**< what stands behind "--"; NULL: there was none */
  size_t argument_count;
  const char *language; /**< NULL: to be guessed */
  const char *jsx_factory, *jsx_fragment;
  cli_tool *tools; /**< owned, as are the names and words in them */
  size_t tool_count;
  cli_module *modules; /**< owned */
  size_t module_count;
  cli_files files;
  const char *context; /**< a path; NULL: none */
  const char *image;   /**< a path; NULL: the one built in */
  const char *profile;
  cli_limit_change *changes; /**< owned; a profile, wherever it stands, comes before them */
  size_t change_count;
  cloche_limits limits; /**< what comes of the two */
  bool seeded;
  uint64_t seed;
  cloche_clock clock;
  uint64_t clock_start_ms;
  cli_output output;
  bool clock_chosen;
  const char *record, *replay; /**< paths; NULL: no */
  bool suspends;               /**< tools without words are there for that */
  const char *save, *key_file; /**< paths; NULL: no */
  const char *resume;          /**< a snapshot that goes on, in place of a script */
  struct cli_given_answer *answers;
  size_t answer_count;
} cli_run_settings;

/** Options and help, for the table of subcommands; the options of cells are shared. */
extern const cli_option cli_run_options[], cli_cell_options[];
extern const cli_section cli_run_sections[];

/** The `set_limit` of the subcommand. */
cloche_status cli_run_set_limit(void *settings, const cli_option *self, const char *value, cloche_error *err);

/** Setters for other tables: a tool, the kind of output, a wall time, where a run is saved and under which key. */
cloche_status cli_run_set_tool(void *settings, const cli_option *self, const char *value, cloche_error *err);
cloche_status cli_run_set_json(void *settings, const cli_option *self, const char *value, cloche_error *err);
cloche_status cli_run_set_events(void *settings, const cli_option *self, const char *value, cloche_error *err);
cloche_status cli_run_set_timeout(void *settings, const cli_option *self, const char *value, cloche_error *err);
cloche_status cli_run_set_save(void *settings, const cli_option *self, const char *value, cloche_error *err);
cloche_status cli_run_set_key_file(void *settings, const cli_option *self, const char *value, cloche_error *err);

/** Adds a tool that no command answers. */
cloche_status cli_run_add_tool(cli_run_settings *settings, const char *name, cloche_error *err);

/** Makes `limits` of the profile and the changes to it; or makes the changes alone. */
cloche_status cli_run_settings_limits(cli_run_settings *settings, cloche_error *err);
cloche_status cli_run_settings_change(cli_run_settings *settings, cloche_error *err);

/** Checks that not more than one reads stdin, beside the `readers` that are no files of the options. */
cloche_status cli_run_settings_check_stdin(const cli_run_settings *settings, size_t readers, cloche_error *err);

/** Fills `settings`; false when there is nothing to run, with the exit code. Free it in any case. */
bool cli_run_settings_read(cli_run_settings *settings, const cli_command *self, int count, char **arguments,
                           int *exit_code);
void cli_run_settings_free(cli_run_settings *settings);

/** What a user calls the source: its path, "stdin" or "-e". */
const char *cli_run_settings_name(const cli_run_settings *settings);

#endif
