/* What bash, zsh and fish offer behind `cloche`. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "pages.h"

typedef void option_writer(const cli_command *command, const cli_option *option);

static void each_option(const cli_command *command, option_writer *write) {
  cli_option option;
  for (size_t i = 0; cli_option_at(command, i, &option); i++) write(command, &option);
}

typedef void command_writer(const cli_command *command);

static void each_command(command_writer *write) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (!cli_commands[i]->hidden) write(cli_commands[i]);
}

static bool is_files(const char *words) { return words && strcmp(words, CLI_FILES) == 0; }

static const char *long_name(const cli_option *option) {
  static char name[48];
  cli_option_name(option, name, sizeof name);
  return name;
}

/* A text between single quotes; every character of `escaped` gets a backslash. */
static void put_quoted(const char *text, const char *escaped) {
  for (; *text; text++) {
    if (*text == '\'') fputs("'\\''", stdout);
    else printf("%s%c", strchr(escaped, *text) ? "\\" : "", *text);
  }
}

/* ---- bash */

static void put_bash_name(const cli_command *command) { printf(" %s", command->name); }

static void put_bash_option(const cli_command *command, const cli_option *option) {
  (void)command;
  if (option->letter) printf("-%c ", option->letter);
  printf("%s ", long_name(option));
}

static void put_bash_value(const cli_command *command, const cli_option *option) {
  (void)command;
  if (!option->value) return;
  printf("        ");
  if (option->letter) printf("-%c | ", option->letter);
  printf("%s) ", long_name(option));
  if (is_files(option->words)) printf("_cloche_files ;;\n");
  else printf("_cloche_words '%s' ;;\n", option->words ? option->words : "");
}

static void put_bash_command(const cli_command *command) {
  printf("    %s)\n      case $option in\n", command->name);
  each_option(command, put_bash_value);
  printf("        *) _cloche_rest '");
  each_option(command, put_bash_option);
  printf("--help' '%s' ;;\n      esac ;;\n", command->words ? command->words : "");
}

void cli_bash_write(void) {
  printf(
      "# bash completion for cloche; made by \"cloche pages bash\"\n"
      "_cloche_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\"); }\n"
      "_cloche_files() {\n"
      "  mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
      "  compopt -o filenames 2>/dev/null\n"
      "}\n"
      "_cloche_rest() { # OPTIONS OPERANDS\n"
      "  if [[ $cur == -* ]]; then _cloche_words \"$1\"\n"
      "  elif [[ $2 == " CLI_FILES
      " ]]; then _cloche_files\n"
      "  else _cloche_words \"$2\"; fi\n"
      "}\n"
      "_cloche() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) i option assigned=1\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD < 2)); then\n"
      "    _cloche_words '");
  each_command(put_bash_name);
  printf(
      "'\n"
      "    return\n"
      "  fi\n"
      "  for ((i = 2; i < COMP_CWORD; i++)); do\n"
      "    if [[ ${COMP_WORDS[i]} == -- ]]; then _cloche_files; return; fi\n"
      "  done\n"
      "  # readline cuts words at \"=\": --lang=ts is three of them, --module=NAME=PATH five\n"
      "  if [[ $cur == = ]]; then cur=; elif [[ ${COMP_WORDS[at]} == = ]]; then ((at--)); else assigned=; fi\n"
      "  if [[ $assigned && ${COMP_WORDS[at]} != -* ]]; then\n"
      "    ((at--))\n"
      "    if [[ ${COMP_WORDS[at]} == = ]]; then ((at--)); fi\n"
      "  fi\n"
      "  option=${COMP_WORDS[at]}\n"
      "  case ${COMP_WORDS[1]} in\n");
  each_command(put_bash_command);
  printf("  esac\n}\ncomplete -F _cloche cloche\n");
}

/* ---- zsh */

static void put_zsh_name(const cli_command *command) {
  printf("    '%s:", command->name);
  put_quoted(command->text, "");
  printf("'\n");
}

static void put_zsh_option(const cli_command *command, const cli_option *option) {
  (void)command;
  const char *forms[2] = {long_name(option), NULL};
  char short_form[3] = {'-', option->letter, 0};
  if (option->letter) forms[1] = short_form;
  for (int i = 0; i < 2 && forms[i]; i++) {
    printf("        '*%s%s[", forms[i], option->value ? (i ? "+" : "=") : "");
    put_quoted(option->text, "[]\\:");
    printf("]");
    if (option->value) printf(":%s:", option->value);
    if (is_files(option->words)) printf("_files");
    else if (option->words) printf("(%s)", option->words);
    else if (option->value) printf(" ");
    printf("' \\\n");
  }
}

static void put_zsh_command(const cli_command *command) {
  printf("    %s)\n      _arguments -s : \\\n", command->name);
  each_option(command, put_zsh_option);
  printf("        '(-h --help)'{-h,--help}'[prints its help]'");
  if (is_files(command->words)) printf(" \\\n        '*:file:_files'");
  else if (command->words) printf(" \\\n        '*:word:(%s)'", command->words);
  printf(" ;;\n");
}

void cli_zsh_write(void) {
  printf(
      "#compdef cloche\n# zsh completion for cloche; made by \"cloche pages zsh\"\n"
      "_cloche() {\n  local -a subcommands\n  subcommands=(\n");
  each_command(put_zsh_name);
  printf(
      "  )\n  if ((CURRENT == 2)); then\n    _describe subcommand subcommands\n    return\n  fi\n"
      "  local subcommand=$words[2]\n  shift words\n  ((CURRENT--))\n  case $subcommand in\n");
  each_command(put_zsh_command);
  printf("  esac\n}\n_cloche \"$@\"\n");
}

/* ---- fish */

static void put_fish_option(const cli_command *command, const cli_option *option) {
  printf("complete -c cloche -n '__fish_seen_subcommand_from %s' -l %s", command->name, long_name(option) + 2);
  if (option->letter) printf(" -s %c", option->letter);
  if (is_files(option->words)) printf(" -r -F");
  else if (option->value) printf(" -x");
  if (option->words && !is_files(option->words)) printf(" -a '%s'", option->words);
  printf(" -d '");
  put_quoted(option->text, "");
  printf("'\n");
}

static void put_fish_command(const cli_command *command) {
  printf("complete -c cloche -n __fish_use_subcommand -a %s -d '", command->name);
  put_quoted(command->text, "");
  printf("'\n");
  if (is_files(command->words)) printf("complete -c cloche -n '__fish_seen_subcommand_from %s' -F\n", command->name);
  else if (command->words)
    printf("complete -c cloche -n '__fish_seen_subcommand_from %s' -a '%s'\n", command->name, command->words);
  each_option(command, put_fish_option);
}

void cli_fish_write(void) {
  printf("# fish completion for cloche; made by \"cloche pages fish\"\ncomplete -c cloche -f\n");
  each_command(put_fish_command);
}
