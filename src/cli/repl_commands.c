/* Commands of the REPL's own: a table, and a function for each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "fail.h"
#include "limit_text.h"
#include "repl.h"

typedef struct {
  const char *name, *argument, *text;
  /** Does it; `argument` is "" when there is none. */
  cloche_status (*run)(cli_repl *repl, const char *argument, cloche_error *err);
} command;

static void say_line(cli_repl *repl, const char *text) {
  cli_repl_say(repl, STDOUT_FILENO, text);
  cli_repl_say(repl, STDOUT_FILENO, "\n");
}

/* ---- sessions */

static cli_repl_session *find_session(cli_repl *repl, const char *name) {
  for (size_t i = 0; i < repl->session_count; i++)
    if (strcmp(repl->sessions[i].name, name) == 0) return &repl->sessions[i];
  return NULL;
}

static bool is_session_name(const char *name) {
  size_t len = strlen(name);
  if (len == 0 || len > CLI_REPL_NAME_MAX) return false;
  for (const char *c = name; *c; c++)
    if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-' || *c == '_'))
      return false;
  return true;
}

static cloche_status do_fork(cli_repl *repl, const char *name, cloche_error *err) {
  if (!is_session_name(name))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT,
                    "'%.40s' is no name for a session: letters, digits, - and _, at most 40", name);
  if (find_session(repl, name)) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there is a session '%s' already", name);
  if (repl->session_count == CLI_REPL_SESSIONS)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there are as many sessions as there can be");
  cli_repl_session *made = &repl->sessions[repl->session_count];
  cloche_status status = cloche_cell_fork(&made->cell, cli_repl_cell(repl), err);
  if (status != CLOCHE_OK) return status;
  snprintf(made->name, sizeof made->name, "%s", name);
  repl->session_count++;
  return CLOCHE_OK;
}

static cloche_status list_sessions(cli_repl *repl) {
  for (size_t i = 0; i < repl->session_count; i++) {
    cli_repl_say(repl, STDOUT_FILENO, i == repl->current ? "* " : "  ");
    say_line(repl, repl->sessions[i].name);
  }
  return CLOCHE_OK;
}

static cloche_status do_switch(cli_repl *repl, const char *name, cloche_error *err) {
  if (!name[0]) return list_sessions(repl);
  const cli_repl_session *found = find_session(repl, name);
  if (!found) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there is no session '%.40s'; .switch lists them", name);
  repl->current = (size_t)(found - repl->sessions);
  return CLOCHE_OK;
}

static cloche_status do_reset(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument;
  return cloche_cell_reset(cli_repl_cell(repl), err);
}

/* ---- what there is */

static cloche_status do_limits(cli_repl *repl, const char *argument, cloche_error *err) {
  cloche_limit_info info;
  (void)argument, (void)err;
  for (size_t i = 0; cloche_limits_describe(&repl->settings->limits, i, &info); i++) {
    char value[40], line[200];
    cli_limit_text(&info, value, sizeof value);
    snprintf(line, sizeof line, "%-20s %-10s %s", info.name, value, info.text);
    say_line(repl, line);
  }
  return CLOCHE_OK;
}

static cloche_status do_tools(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument, (void)err;
  for (size_t i = 0; i < repl->settings->tool_count; i++) {
    const cli_tool *tool = &repl->settings->tools[i];
    cli_repl_say(repl, STDOUT_FILENO, "tools.");
    cli_repl_say(repl, STDOUT_FILENO, tool->name);
    for (char **word = tool->words; *word; word++) {
      cli_repl_say(repl, STDOUT_FILENO, word == tool->words ? ": " : " ");
      cli_repl_say(repl, STDOUT_FILENO, *word);
    }
    cli_repl_say(repl, STDOUT_FILENO, "\n");
  }
  if (repl->settings->tool_count == 0) say_line(repl, "no tools; start with --tool NAME=COMMAND to give it some");
  return CLOCHE_OK;
}

static cloche_status do_time(cli_repl *repl, const char *argument, cloche_error *err) {
  if (argument[0] && strcmp(argument, "on") != 0 && strcmp(argument, "off") != 0)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.40s' is neither on nor off", argument);
  repl->shows_time = argument[0] ? strcmp(argument, "on") == 0 : !repl->shows_time;
  say_line(repl, repl->shows_time ? "the time of each input is shown" : "times are not shown");
  return CLOCHE_OK;
}

static cloche_status do_more(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument;
  if (cli_repl_show_rest(repl)) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there is nothing more of the last value");
}

/* ---- inputs */

static cloche_status do_editor(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument;
  if (repl->edit) say_line(repl, "a text of any number of lines: Ctrl-D runs it, Ctrl-C drops it");
  cli_stage_drain(&repl->stage, false);
  if (!cli_repl_read_text(repl)) return CLOCHE_OK;
  return cli_repl_eval(repl, true, err) == CLI_REPL_BROKEN ? err->status : CLOCHE_OK;
}

static cloche_status do_exit(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument, (void)err;
  repl->over = true;
  return CLOCHE_OK;
}

static cloche_status do_help(cli_repl *repl, const char *argument, cloche_error *err);

static const command commands[] = {
    {".editor", "", "takes a text of many lines", do_editor},
    {".exit", "", "ends; so does Ctrl-D", do_exit},
    {".fork", "NAME", "copies the session under a name", do_fork},
    {".help", "", "shows this", do_help},
    {".limits", "", "lists the limits of each input", do_limits},
    {".load", "FILE", "puts what was saved into the session's place", cli_repl_load},
    {".more", "", "shows what follows of a long value", do_more},
    {".reset", "", "empties the session", do_reset},
    {".save", "FILE", "writes the session to a file", cli_repl_save},
    {".switch", "[NAME]", "goes to another session; lists them", do_switch},
    {".time", "[on|off]", "shows how long each input took", do_time},
    {".tools", "", "lists the tools", do_tools},
    {".undo", "[N]", "takes the last N inputs back, or one", cli_repl_undo},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static cloche_status do_help(cli_repl *repl, const char *argument, cloche_error *err) {
  (void)argument, (void)err;
  for (size_t i = 0; i < COMMANDS; i++) {
    char name[40], line[120];
    snprintf(name, sizeof name, "%s %s", commands[i].name, commands[i].argument);
    snprintf(line, sizeof line, "%-18s %s", name, commands[i].text);
    say_line(repl, line);
  }
  say_line(repl, "");
  say_line(repl, "TAB completes names, Ctrl-R looks for earlier lines, Ctrl-C stops what runs or drops the line.");
  if (strcmp(repl->language, "sql") != 0) say_line(repl, "The last value is in _; await works at the top level.");
  return CLOCHE_OK;
}

const char *cli_repl_command_name(size_t index) { return index < COMMANDS ? commands[index].name : NULL; }

bool cli_repl_is_command(const char *line, size_t len) {
  return len > 1 && line[0] == '.' && ((line[1] >= 'a' && line[1] <= 'z') || (line[1] >= 'A' && line[1] <= 'Z'));
}

static cloche_status blame_unknown(const char *name, cloche_error *err) {
  const char *names[COMMANDS + 1] = {0};
  for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
  const char *close = cli_closest(name, names);
  if (close)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there is no command '%.40s'; did you mean %s?", name, close);
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there is no command '%.40s'; .help lists them", name);
}

/* `text` is the line, which is cut up. */
static cloche_status obey(cli_repl *repl, char *text, cloche_error *err) {
  size_t end = strcspn(text, " \t"), from = end + strspn(text + end, " \t"), to = strlen(text);
  while (to > from && strchr(" \t", text[to - 1])) to--;
  text[to] = 0;
  const char *argument = text + from;
  text[end] = 0;
  const command *found = NULL;
  for (size_t i = 0; i < COMMANDS; i++)
    if (strcmp(commands[i].name, text) == 0) found = &commands[i];
  if (!found) return blame_unknown(text, err);
  if (argument[0] && !found->argument[0])
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "%s takes no argument", found->name);
  if (!argument[0] && found->argument[0] && found->argument[0] != '[')
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "%s needs its %s", found->name, found->argument);
  return found->run(repl, argument, err);
}

void cli_repl_obey(cli_repl *repl, const char *line, size_t len) {
  cloche_error err = CLOCHE_ERROR_INIT;
  char *text = strndup(line, len);
  cloche_status status = text ? obey(repl, text, &err) : cli_fail_memory(&err);
  free(text);
  if (status != CLOCHE_OK) cli_repl_complain(repl, err.message);
  cli_stage_drain(&repl->stage, false);
}
