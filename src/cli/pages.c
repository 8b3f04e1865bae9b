/* `cloche pages`, for the build: prints one of the texts that are made from the table of subcommands. */
#include "pages.h"

#include <string.h>

#include "command.h"

static const struct {
  const char *name;
  void (*write)(void);
} pages[] = {{"man", cli_man_write}, {"bash", cli_bash_write}, {"zsh", cli_zsh_write}, {"fish", cli_fish_write}};

static int run_pages(const cli_command *self, int count, char **arguments) {
  cli_operands operands;
  int exit_code;
  if (!cli_options_parse(self, count, arguments, NULL, &operands, &exit_code)) return exit_code;
  for (size_t i = 0; operands.before_count == 1 && i < sizeof pages / sizeof pages[0]; i++) {
    if (strcmp(operands.before[0], pages[i].name) != 0) continue;
    pages[i].write();
    return cli_finish_stdout();
  }
  return cli_usage_error(self->name, "which page? There are man, bash, zsh and fish");
}

const cli_command cli_pages_command = {
    .name = "pages",
    .arguments = "man|bash|zsh|fish",
    .text = "Prints the man page, or the completions for a shell.",
    .hidden = true,
    .run = run_pages,
};
