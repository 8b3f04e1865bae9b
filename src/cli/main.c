/* The program `cloche`: finds the subcommand and hands over. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "runner.h"

const cli_command *const cli_commands[] = {&cli_run_command,
                                           &cli_repl_command,
                                           &cli_jsonl_command,
                                           &cli_resume_command,
                                           &cli_snapshot_command,
                                           &cli_image_command,
                                           &cli_doctor_command,
                                           &cli_version_command,
                                           &cli_help_command,
                                           &cli_pages_command,
                                           NULL};

const cli_command *cli_command_find(const char *name) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
  return NULL;
}

int cli_unknown_command(const char *word) {
  const char *names[16] = {0};
  size_t count = 0;
  for (size_t i = 0; cli_commands[i] && count + 1 < sizeof names / sizeof names[0]; i++)
    if (!cli_commands[i]->hidden) names[count++] = cli_commands[i]->name;
  const char *close = cli_closest(word, names);
  char message[256];
  if (close)
    snprintf(message, sizeof message, "there is no subcommand '%.80s'; did you mean 'cloche %s'?", word, close);
  else if (access(word, R_OK) == 0) snprintf(message, sizeof message, "to run a file: cloche run %.120s", word);
  else snprintf(message, sizeof message, "there is no subcommand '%.80s'", word);
  return cli_usage_error(NULL, message);
}

/* A file that is opened next must not become the stdout of a program that was started without one. The wrong mode
 * makes the first use of it an error, as it would have been. */
static void fill_standard_fds(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) _exit(CLI_EXIT_FAILURE);
  }
}

static const char *subcommand_of(const char *word) {
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) return "version";
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return "help";
  return word;
}

int main(int argc, char **argv) {
  fill_standard_fds();
  signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of write() */
  signal(SIGXFSZ, SIG_IGN); /* as is a limit on the size of files */
  int exit_code;
  if (argc > 0 && cli_runner(argv[0], argc - 1, argv + 1, &exit_code)) return exit_code;
  if (argc < 2) return cli_usage_error(NULL, "what shall it do? For a script: cloche run FILE");
  const cli_command *command = cli_command_find(subcommand_of(argv[1]));
  if (!command) return cli_unknown_command(argv[1]);
  return command->run(command, argc - 2, argv + 2);
}
