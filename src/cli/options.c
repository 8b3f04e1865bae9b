/* The parser and the help text of any subcommand, from its table. Long options only: --name value, --name=value, and
 * "--" before operands that begin with a dash. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

enum { NAMES_MAX = 32, WORD_MAX = 40 };

/* ---- finding what was meant */

static size_t min3(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

/* Levenshtein distance; SIZE_MAX for words that are too long to be a slip of the finger. */
static size_t distance(const char *a, const char *b) {
  size_t la = strlen(a), lb = strlen(b), row[WORD_MAX + 1];
  if (la > WORD_MAX || lb > WORD_MAX) return (size_t)-1;
  for (size_t j = 0; j <= lb; j++) row[j] = j;
  for (size_t i = 1; i <= la; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= lb; j++) {
      size_t above = row[j];
      row[j] = min3(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[lb];
}

const char *cli_closest(const char *word, const char *const *names) {
  const char *best = NULL;
  size_t least = strlen(word) < 3 ? 2 : 3; /* what is further off is another word */
  for (; *names; names++) {
    size_t d = distance(word, *names);
    if (d >= least) continue;
    least = d;
    best = *names;
  }
  return best;
}

/* ---- parsing */

static bool is_name(const cli_option *option, const char *text, size_t len) {
  return strlen(option->name) == len && memcmp(option->name, text, len) == 0;
}

static const cli_option *find_option(const cli_command *command, const char *text, size_t len) {
  for (const cli_option *o = command->options; o && o->name; o++)
    if (is_name(o, text, len)) return o;
  return NULL;
}

static int unknown_option(const cli_command *command, const char *argument) {
  const char *names[NAMES_MAX] = {0};
  size_t count = 0;
  for (const cli_option *o = command->options; o && o->name && count + 1 < NAMES_MAX; o++) names[count++] = o->name;
  char word[WORD_MAX + 2], message[256];
  const char *start = argument + strspn(argument, "-");
  snprintf(word, sizeof word, "%.*s", (int)strcspn(start, "="), start);
  const char *close = cli_closest(word, names);
  snprintf(message, sizeof message, "unknown option '%.100s'%s%s%s", argument, close ? "; did you mean --" : "",
           close ? close : "", close ? "?" : "");
  return cli_usage_error(command->name, message);
}

static int bad_value(const cli_command *command, const char *what, const cloche_error *err) {
  char message[sizeof err->message + 64];
  snprintf(message, sizeof message, "%s%s%s", what, what[0] ? ": " : "", err->message);
  return cli_usage_error(command->name, message);
}

/* Takes the option at arguments[*at] in, and its value, if that is the next one. */
static bool take_option(const cli_command *command, int count, char **arguments, int *at, void *settings,
                        int *exit_code) {
  const char *name = arguments[*at] + 2, *equals = strchr(name, '=');
  const cli_option *option = find_option(command, name, equals ? (size_t)(equals - name) : strlen(name));
  char shown[WORD_MAX + 8], message[128];
  cloche_error err = CLOCHE_ERROR_INIT;
  *exit_code = CLI_EXIT_USAGE;
  if (!option) {
    *exit_code = unknown_option(command, arguments[*at]);
    return false;
  }
  snprintf(shown, sizeof shown, "--%s", option->name);
  const char *value = equals ? equals + 1 : NULL;
  if (option->value && !value && *at + 1 < count) value = arguments[++*at];
  if (!option->value != !value) {
    if (value) snprintf(message, sizeof message, "%s takes no value", shown);
    else snprintf(message, sizeof message, "%s needs a value: %s %s", shown, shown, option->value);
    cli_usage_error(command->name, message);
    return false;
  }
  if (option->set(settings, value, &err) == CLOCHE_OK) return true;
  *exit_code = bad_value(command, shown, &err);
  return false;
}

static bool asks_for_help(const char *argument) {
  return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

bool cli_options_parse(const cli_command *command, int count, char **arguments, void *settings,
                       cloche_status (*operand)(void *settings, const char *value, cloche_error *err), int *exit_code) {
  bool options_end = false;
  for (int i = 0; i < count; i++) {
    const char *argument = arguments[i];
    cloche_error err = CLOCHE_ERROR_INIT;
    if (!options_end && asks_for_help(argument)) {
      *exit_code = cli_command_help(command);
      return false;
    }
    if (!options_end && strcmp(argument, "--") == 0) {
      options_end = true;
    } else if (!options_end && strncmp(argument, "--", 2) == 0) {
      if (!take_option(command, count, arguments, &i, settings, exit_code)) return false;
    } else if (!options_end && argument[0] == '-' && argument[1]) {
      *exit_code = unknown_option(command, argument);
      return false;
    } else if (operand(settings, argument, &err) != CLOCHE_OK) {
      *exit_code = bad_value(command, "", &err);
      return false;
    }
  }
  return true;
}

/* ---- printing */

int cli_usage_error(const char *command, const char *message) {
  fprintf(stderr, "cloche: %s\n", message);
  fprintf(stderr, "See 'cloche help%s%s'.\n", command ? " " : "", command ? command : "");
  return CLI_EXIT_USAGE;
}

int cli_finish_stdout(void) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return CLI_EXIT_OK;
  if (errno == EPIPE) return CLI_EXIT_PIPE;
  fprintf(stderr, "cloche: stdout cannot be written to: %s\n", strerror(errno));
  return CLI_EXIT_FAILURE;
}

int cli_command_help(const cli_command *command) {
  printf("usage: cloche %s%s%s\n\n%s\n", command->name, command->arguments[0] ? " " : "", command->arguments,
         command->text);
  if (command->options) printf("\nOptions:\n");
  for (const cli_option *o = command->options; o && o->name; o++) {
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    printf("  %-22s %s\n", left, o->text);
  }
  if (command->details) command->details(stdout);
  return cli_finish_stdout();
}
