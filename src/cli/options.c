/* The parser of any subcommand's command line, from its table: --name value, --name=value, -n value, and "--" before
 * what is no option even if it looks like one. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "limit_text.h"

enum { NAMES_MAX = 64, WORD_MAX = 48 };

/* ---- the table */

bool cli_option_at(const cli_command *command, size_t index, cli_option *out) {
  const cli_option *const tables[] = {command->options, command->shared};
  for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
    size_t count = 0;
    for (; tables[t] && tables[t][count].name; count++) {
      *out = tables[t][count];
      if (count == index) return true;
    }
    index -= count;
  }
  cloche_limits limits;
  cloche_limit_info info;
  if (!command->set_limit || cloche_limits_profile(&limits, NULL, NULL) != CLOCHE_OK) return false;
  if (!cloche_limits_describe(&limits, index, &info)) return false;
  *out = (cli_option){.group = "Limits, with their values in the profile 'default'",
                      .name = info.name,
                      .value = cli_limit_value(&info),
                      .text = info.text,
                      .set = command->set_limit};
  return true;
}

void cli_option_name(const cli_option *option, char *out, size_t len) {
  snprintf(out, len, "--%s", option->name);
  for (char *c = out; *c; c++)
    if (*c == '_') *c = '-';
}

static bool is_name(const cli_option *option, const char *text, size_t len) {
  if (strlen(option->name) != len) return false;
  for (size_t i = 0; i < len; i++)
    if (option->name[i] != text[i] && !(option->name[i] == '_' && text[i] == '-')) return false;
  return true;
}

/* Finds the option that an argument names; `*value` is what is attached to it, or NULL. */
static bool find_option(const cli_command *command, const char *argument, cli_option *out, const char **value) {
  bool is_long = argument[1] == '-';
  const char *name = argument + 2, *equals = strchr(name, '=');
  size_t len = equals ? (size_t)(equals - name) : strlen(name);
  *value = is_long ? (equals ? equals + 1 : NULL) : (argument[2] ? argument + 2 : NULL);
  for (size_t i = 0; cli_option_at(command, i, out); i++) {
    if (is_long ? is_name(out, name, len) : out->letter && out->letter == argument[1] && (out->value || !*value))
      return true;
  }
  return false;
}

/* ---- what is wrong */

static int unknown_option(const cli_command *command, const char *argument) {
  const char *names[NAMES_MAX] = {"help"};
  cli_option option;
  for (size_t i = 0; i + 2 < NAMES_MAX && cli_option_at(command, i, &option); i++) names[i + 1] = option.name;
  char word[WORD_MAX], name[WORD_MAX] = "", message[256];
  const char *start = argument + strspn(argument, "-");
  snprintf(word, sizeof word, "%.*s", (int)strcspn(start, "="), start);
  option.name = cli_closest(word, names);
  if (option.name) cli_option_name(&option, name, sizeof name);
  snprintf(message, sizeof message, "unknown option '%.100s'%s%s%s", argument, name[0] ? "; did you mean " : "", name,
           name[0] ? "?" : "");
  return cli_usage_error(command->name, message);
}

static int wrong_value(const cli_command *command, const char *shown, const cli_option *option) {
  char message[160];
  if (option->value) snprintf(message, sizeof message, "%s needs a value: %s %s", shown, shown, option->value);
  else snprintf(message, sizeof message, "%s takes no value", shown);
  return cli_usage_error(command->name, message);
}

static int bad_value(const cli_command *command, const char *shown, const cloche_error *err) {
  char message[sizeof err->message + WORD_MAX + 2];
  snprintf(message, sizeof message, "%s: %s", shown, err->message);
  return cli_usage_error(command->name, message);
}

/* ---- parsing */

/* Takes the option at arguments[*at] in, and its value, if that is the next one; the exit code. */
static int take_option(const cli_command *command, int count, char **arguments, int *at, void *settings) {
  cli_option option;
  const char *value;
  char shown[WORD_MAX];
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!find_option(command, arguments[*at], &option, &value)) return unknown_option(command, arguments[*at]);
  if (arguments[*at][1] == '-') cli_option_name(&option, shown, sizeof shown);
  else snprintf(shown, sizeof shown, "-%c", option.letter);
  if (option.value && !value && *at + 1 < count) value = arguments[++*at];
  if (!option.value != !value) return wrong_value(command, shown, &option);
  return option.set(settings, &option, value, &err) == CLOCHE_OK ? CLI_EXIT_OK : bad_value(command, shown, &err);
}

static bool asks_for_help(const char *argument) {
  return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

bool cli_options_parse(const cli_command *command, int count, char **arguments, void *settings, cli_operands *operands,
                       int *exit_code) {
  *operands = (cli_operands){.before = arguments};
  for (int i = 0; i < count; i++) {
    char *argument = arguments[i];
    if (asks_for_help(argument)) {
      *exit_code = cli_command_help(command);
      return false;
    }
    if (strcmp(argument, "--") == 0) {
      operands->after = arguments + i + 1;
      operands->after_count = (size_t)(count - i - 1);
      return true;
    }
    if (argument[0] != '-' || !argument[1]) {
      arguments[operands->before_count++] = argument; /* no further than where it is read */
      continue;
    }
    *exit_code = take_option(command, count, arguments, &i, settings);
    if (*exit_code != CLI_EXIT_OK) return false;
  }
  return true;
}

bool cli_options_parse_alone(const cli_command *command, int count, char **arguments, void *settings, int *exit_code) {
  cli_operands operands;
  if (!cli_options_parse(command, count, arguments, settings, &operands, exit_code)) return false;
  if (operands.before_count + operands.after_count == 0) return true;
  char message[160];
  snprintf(message, sizeof message, "'%s' takes no argument '%.80s'", command->name,
           operands.before_count ? operands.before[0] : operands.after[0]);
  *exit_code = cli_usage_error(command->name, message);
  return false;
}

cloche_status cli_set_true(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  (void)self;
  (void)value;
  (void)err;
  *(bool *)settings = true;
  return CLOCHE_OK;
}

int cli_usage_error(const char *command, const char *message) {
  fprintf(stderr, "cloche: %s\n", message);
  fprintf(stderr, "See 'cloche help%s%s'.\n", command ? " " : "", command ? command : "");
  return CLI_EXIT_USAGE;
}
