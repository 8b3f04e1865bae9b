/* `cloche help`, and the help of every subcommand. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "limit_text.h"

enum { TEXT_COLUMN = 28 };

int cli_finish_stdout(void) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return CLI_EXIT_OK;
  if (errno == EPIPE) return CLI_EXIT_PIPE;
  fprintf(stderr, "cloche: stdout cannot be written to: %s\n", strerror(errno));
  return CLI_EXIT_FAILURE;
}

static void print_option(const cli_option *option) {
  char name[48], left[96], value[40];
  cli_option_name(option, name, sizeof name);
  int len = option->letter ? snprintf(left, sizeof left, "-%c, ", option->letter) : 0;
  snprintf(left + len, sizeof left - (size_t)len, "%s%s%s", name, option->value ? " " : "",
           option->value ? option->value : "");
  printf("  %-*s %s", TEXT_COLUMN, left, option->text);
  if (cli_limit_default(option->name, value, sizeof value)) printf(" [%s]", value);
  printf("\n");
}

int cli_command_help(const cli_command *command) {
  printf("usage: cloche %s%s%s\n\n%s\n", command->name, command->arguments[0] ? " " : "", command->arguments,
         command->text);
  const char *group = NULL;
  cli_option option;
  for (size_t i = 0; cli_option_at(command, i, &option); i++) {
    if (!group || strcmp(group, option.group) != 0) printf("\n%s:\n", option.group);
    group = option.group;
    print_option(&option);
  }
  for (const cli_section *s = command->sections; s && s->heading; s++) printf("\n%s:\n%s", s->heading, s->text);
  return cli_finish_stdout();
}

static int print_overview(void) {
  printf("usage: cloche SUBCOMMAND [ARGUMENT...]\n\nRuns code that nobody vouches for in a sealed cell.\n\n");
  for (size_t i = 0; cli_commands[i]; i++) {
    const cli_command *command = cli_commands[i];
    if (!command->hidden) printf("  %-10s %s\n", command->name, command->text);
  }
  printf("\n'cloche help SUBCOMMAND' says more about one of them.\n");
  return cli_finish_stdout();
}

static int run_help(const cli_command *self, int count, char **arguments) {
  cli_operands operands;
  int exit_code;
  if (!cli_options_parse(self, count, arguments, NULL, &operands, &exit_code)) return exit_code;
  if (operands.before_count + operands.after_count > 1)
    return cli_usage_error(self->name, "help is given on one subcommand at a time");
  if (operands.before_count == 0 && operands.after_count == 0) return print_overview();
  const char *name = operands.before_count ? operands.before[0] : operands.after[0];
  const cli_command *command = cli_command_find(name);
  return command ? cli_command_help(command) : cli_unknown_command(name);
}

const cli_command cli_help_command = {
    .name = "help",
    .arguments = "[SUBCOMMAND]",
    .words = "run jsonl doctor version help",
    .text = "Explains the program, or one subcommand.",
    .run = run_help,
};
