/* Subcommands and their options, as tables: from them come the parser, the help texts, the man page and what shells
 * offer for completion. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "cloche.h"

enum {
  CLI_EXIT_OK = 0,
  CLI_EXIT_UNCAUGHT = 1,
  CLI_EXIT_USAGE = 2,
  CLI_EXIT_FAILURE = 5,
  CLI_EXIT_DIFFERS = 6,
  CLI_EXIT_CANCELLED = 130,
  CLI_EXIT_PIPE = 141
};

/** In place of a list of words: what a shell offers is the names of files. */
#define CLI_FILES "FILE"

typedef struct cli_option {
  const char *group; /**< the heading it stands under in help */
  char letter;       /**< of its short form, as in -e; 0: it has none */
  const char *name;  /**< without the dashes; an underscore is shown as a dash, and both are taken */
  const char *value; /**< what the value is called, as in "NAME=VALUE"; NULL: it takes none */
  const char *words; /**< what a shell offers for the value: words, or CLI_FILES; NULL: nothing */
  const char *text;  /**< one line */
  /** Takes the value in; on failure `err` says what is wrong with it. Of an option given twice the last one counts,
   *  unless it collects. */
  cloche_status (*set)(void *settings, const struct cli_option *self, const char *value, cloche_error *err);
} cli_option;

/** A piece of a help text. Lines that begin with two spaces stay as they are, others are a paragraph. */
typedef struct cli_section {
  const char *heading, *text;
} cli_section;

typedef struct cli_command {
  const char *name;
  const char *arguments;       /**< as in a usage line: "FILE [OPTION...]" */
  const char *words;           /**< what a shell offers for an argument that is no option, as in cli_option */
  const char *text;            /**< one line */
  bool hidden;                 /**< from help, man page and shells */
  const cli_option *options;   /**< ends with a nameless one; NULL: none */
  const cli_option *shared;    /**< those that it has in common with others, likewise; they stand behind its own */
  const cli_section *sections; /**< ends with one without a heading; NULL: none */
  /** Every limit is an option, too, and this takes it in; NULL: none is. */
  cloche_status (*set_limit)(void *settings, const cli_option *self, const char *value, cloche_error *err);
  int (*run)(const struct cli_command *self, int count, char **arguments); /**< gives the exit code */
} cli_command;

/** What stands among the options and is none, and what follows "--". Both are parts of the array that was parsed. */
typedef struct cli_operands {
  char **before, **after; /**< `after` is NULL when there is no "--" */
  size_t before_count, after_count;
} cli_operands;

/** The subcommands, up to a NULL. */
extern const cli_command *const cli_commands[];

/** Finds a subcommand; NULL when there is none of that name. */
const cli_command *cli_command_find(const char *name);

/** Gives option number `index` of a subcommand, those of limits included; false when there is none of that number. */
bool cli_option_at(const cli_command *command, size_t index, cli_option *out);

/** Writes the name as a user types it, "--console-lines". */
void cli_option_name(const cli_option *option, char *out, size_t len);

/** Sets what the options among `arguments` say and sorts out the others. Prints what is wrong and gives false; a
 *  request for help is printed, too, and gives false with `*exit_code` 0. */
bool cli_options_parse(const cli_command *command, int count, char **arguments, void *settings, cli_operands *operands,
                       int *exit_code);

/** The same for a subcommand that takes no operands. */
bool cli_options_parse_alone(const cli_command *command, int count, char **arguments, void *settings, int *exit_code);

/** The `set` of an option without a value: makes true the bool that `settings` points to. */
cloche_status cli_set_true(void *settings, const cli_option *self, const char *value, cloche_error *err);

/** Says on stderr what is wrong with the command line and where help is; the exit code. */
int cli_usage_error(const char *command, const char *message);

/** The name in the list (up to a NULL) that was probably meant, or NULL. */
const char *cli_closest(const char *word, const char *const *names);

/** Says that there is no subcommand of that name, and what was meant; the exit code. */
int cli_unknown_command(const char *word);

/** Sees to it that what was printed to stdout has arrived; the exit code. */
int cli_finish_stdout(void);

/** Prints a subcommand's help to stdout; the exit code. */
int cli_command_help(const cli_command *command);

extern const cli_command cli_run_command, cli_repl_command, cli_jsonl_command, cli_doctor_command, cli_version_command,
    cli_help_command, cli_pages_command, cli_resume_command, cli_snapshot_command, cli_image_command;

#endif
