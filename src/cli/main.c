/* The program `cloche`: finds the subcommand and hands over. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

static const cli_command *find_command(const char *name) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
  return NULL;
}

static int unknown_command(const char *word) {
  const char *names[16] = {0};
  for (size_t i = 0; cli_commands[i] && i + 1 < sizeof names / sizeof names[0]; i++) names[i] = cli_commands[i]->name;
  const char *close = cli_closest(word, names);
  char message[256];
  if (close)
    snprintf(message, sizeof message, "there is no subcommand '%.80s'; did you mean 'cloche %s'?", word, close);
  else if (access(word, R_OK) == 0) snprintf(message, sizeof message, "to run a file: cloche run %.120s", word);
  else snprintf(message, sizeof message, "there is no subcommand '%.80s'", word);
  return cli_usage_error(NULL, message);
}

/* ---- version */

static int no_arguments(const cli_command *self, int count, char **arguments) {
  char message[160];
  if (strcmp(arguments[0], "--help") == 0 || strcmp(arguments[0], "-h") == 0) return cli_command_help(self);
  (void)count;
  snprintf(message, sizeof message, "'%s' takes no argument '%.80s'", self->name, arguments[0]);
  return cli_usage_error(self->name, message);
}

static int run_version(const cli_command *self, int count, char **arguments) {
  if (count > 0) return no_arguments(self, count, arguments);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine;
  cloche_status status = cloche_engine_open(&engine, NULL, &err);
  if (status != CLOCHE_OK) {
    fprintf(stderr, "cloche: %s\n", err.message);
    return cloche_status_describe(status).exit_code;
  }
  cloche_engine_info info = cloche_engine_describe(engine);
  printf("cloche %s\nengine %s %s\n", cloche_version(), info.name, info.version);
  printf("engine id %s\nimage id %s\n", info.engine_id, info.image_id);
  printf("memory access %s, dirty pages by %s\n", info.memory_access, info.dirty_pages);
  cloche_engine_close(engine);
  return cli_finish_stdout();
}

/* ---- help */

static int print_overview(void) {
  printf("usage: cloche SUBCOMMAND [ARGUMENT...]\n\nRuns JavaScript that nobody vouches for in a sealed cell.\n\n");
  for (size_t i = 0; cli_commands[i]; i++) printf("  %-10s %s\n", cli_commands[i]->name, cli_commands[i]->text);
  printf("\n'cloche help SUBCOMMAND' says more about one of them.\n");
  return cli_finish_stdout();
}

static int run_help(const cli_command *self, int count, char **arguments) {
  if (count == 0) return print_overview();
  if (count > 1) return cli_usage_error(self->name, "help is given on one subcommand at a time");
  if (arguments[0][0] == '-') return no_arguments(self, count, arguments);
  const cli_command *command = find_command(arguments[0]);
  return command ? cli_command_help(command) : unknown_command(arguments[0]);
}

/* ---- the table */

static const cli_command version_command = {
    "version", "", "Prints the versions and identities of program and engine.", NULL, NULL, run_version};
static const cli_command help_command = {"help", "[SUBCOMMAND]", "Explains the program, or one subcommand.",
                                         NULL,   NULL,           run_help};

const cli_command *const cli_commands[] = {&cli_run_command, &version_command, &help_command, NULL};

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
  if (argc < 2) return cli_usage_error(NULL, "what shall it do? For a script: cloche run FILE");
  const cli_command *command = find_command(subcommand_of(argv[1]));
  if (!command) return unknown_command(argv[1]);
  return command->run(command, argc - 2, argv + 2);
}
