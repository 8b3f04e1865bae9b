/* Subcommands and their options, as tables: from them come the parser and the help texts. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "cloche.h"

enum { CLI_EXIT_OK = 0, CLI_EXIT_USAGE = 2, CLI_EXIT_FAILURE = 5, CLI_EXIT_CANCELLED = 130, CLI_EXIT_PIPE = 141 };

typedef struct cli_option {
  const char *name;  /**< without the dashes */
  const char *value; /**< what the value is called, as in "NAME=VALUE"; NULL: it takes none */
  const char *text;  /**< one line */
  /** Takes the value in; on failure `err` says what is wrong with it. */
  cloche_status (*set)(void *settings, const char *value, cloche_error *err);
} cli_option;

typedef struct cli_command {
  const char *name;
  const char *arguments;      /**< as in a usage line: "FILE|- [OPTION...]" */
  const char *text;           /**< one line */
  const cli_option *options;  /**< ends with a nameless one; NULL: none */
  void (*details)(FILE *out); /**< the rest of its help; NULL: none */
  int (*run)(const struct cli_command *self, int count, char **arguments); /**< gives the exit code */
} cli_command;

/** The subcommands, up to a NULL. */
extern const cli_command *const cli_commands[];

extern const cli_command cli_run_command;

/** Sets what the options among `arguments` say; `operand` gets the others. Prints what is wrong and gives false; a
 *  request for help is printed, too, and gives false with `*exit_code` 0. */
bool cli_options_parse(const cli_command *command, int count, char **arguments, void *settings,
                       cloche_status (*operand)(void *settings, const char *value, cloche_error *err), int *exit_code);

/** Prints a subcommand's help to stdout; the exit code. */
int cli_command_help(const cli_command *command);

/** Says on stderr what is wrong with the command line and where help is; the exit code. */
int cli_usage_error(const char *command, const char *message);

/** The name in the list (up to a NULL) that was probably meant, or NULL. */
const char *cli_closest(const char *word, const char *const *names);

/** Sees to it that what was printed to stdout has arrived; the exit code. */
int cli_finish_stdout(void);

#endif
