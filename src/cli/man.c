/* The man page, in the macros of man(7). */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "limit_text.h"
#include "pages.h"

/* Text as it is: nothing in it is roff, and dashes and quotes can be pasted into a shell. */
static void put(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    switch (text[i]) {
      case '\\': fputs("\\e", stdout); break;
      case '-': fputs("\\-", stdout); break;
      case '\'': fputs("\\(aq", stdout); break;
      case '`': fputs("\\(ga", stdout); break;
      case '^': fputs("\\(ha", stdout); break;
      case '~': fputs("\\(ti", stdout); break;
      default: putchar(text[i]);
    }
  }
}

static void put_text(const char *text) { put(text, strlen(text)); }

/* A line that must not be taken for a request. */
static void put_line(const char *text, size_t len) {
  if (len && text[0] == '.') fputs("\\&", stdout);
  put(text, len);
  putchar('\n');
}

/* Lines that begin with two spaces are an example, an empty line ends a paragraph. */
static void put_section(const cli_section *section) {
  bool example = false, begins = true;
  printf(".PP\n.B ");
  put_text(section->heading);
  printf("\n");
  for (const char *at = section->text; *at;) {
    size_t len = strcspn(at, "\n");
    bool is_example = len > 2 && at[0] == ' ' && at[1] == ' ';
    if (example && !is_example) printf(".fi\n.RE\n");
    if (!example && is_example) printf(".PP\n.RS 4\n.nf\n");
    if (!is_example && len && begins) printf(".PP\n");
    begins = len == 0 || is_example;
    example = is_example;
    if (len) put_line(is_example ? at + 2 : at, is_example ? len - 2 : len);
    at += len + (at[len] == '\n');
  }
  if (example) printf(".fi\n.RE\n");
}

static void put_option(const cli_option *option) {
  char name[48], value[40];
  cli_option_name(option, name, sizeof name);
  printf(".TP\n");
  if (option->letter) printf("\\fB\\-%c\\fR, ", option->letter);
  printf("\\fB");
  put_text(name);
  printf("\\fR");
  if (option->value) printf(" \\fI");
  if (option->value) put_text(option->value);
  if (option->value) printf("\\fR");
  printf("\n");
  put_line(option->text, strlen(option->text));
  if (cli_limit_default(option->name, value, sizeof value)) printf("(default: %s)\n", value);
}

static void put_command(const cli_command *command) {
  const char *group = NULL;
  cli_option option;
  printf(".SS \"cloche %s\"\n", command->name);
  put_line(command->text, strlen(command->text));
  for (size_t i = 0; cli_option_at(command, i, &option); i++) {
    if (!group || strcmp(group, option.group) != 0) {
      printf(".PP\n.B ");
      put_text(option.group);
      printf("\n");
    }
    group = option.group;
    put_option(&option);
  }
  for (const cli_section *s = command->sections; s && s->heading; s++) put_section(s);
}

void cli_man_write(void) {
  printf(".\\\" Made by \"cloche pages man\" from the table of subcommands.\n");
  printf(".TH CLOCHE 1 \"\" \"cloche %s\" \"User Commands\"\n.SH NAME\n", cloche_version());
  printf("cloche \\- run code that nobody vouches for in a sealed cell\n.SH SYNOPSIS\n");
  for (size_t i = 0; cli_commands[i]; i++) {
    if (cli_commands[i]->hidden) continue;
    printf("%s.B cloche %s\n", i ? ".br\n" : "", cli_commands[i]->name);
    put_line(cli_commands[i]->arguments, strlen(cli_commands[i]->arguments));
  }
  printf(".SH DESCRIPTION\n");
  printf(
      "Each script gets a sealed cell: a private copy of a ready\\-made engine. It reaches the outside by the tools\n"
      "that it is given and by nothing else. Time, memory, stack and output are limited from the start.\n");
  printf(".SH SUBCOMMANDS\n");
  for (size_t i = 0; cli_commands[i]; i++)
    if (!cli_commands[i]->hidden) put_command(cli_commands[i]);
  printf(
      ".SH OTHER NAMES\nUnder the names\n.B jsrunner\nand\n.B pyrunner\nthe program takes the flags\n.B \\-e\nor\n.B \\-c\n"
      "(code to run),\n.B \\-\\-jsonl\nand\n.B \\-runtime\n(which it does not need), or a file and its arguments.\n");
  printf(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nWhen it is set to anything, no colours are shown.\n");
  printf(".TP\n.B TERM\n\"dumb\" stands for a terminal without colours and without a line for progress.\n");
}
