/* The options of `cloche run`: each row of the table has a function that takes its value in. */
#include "run_settings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "show.h"
#include "words.h"

__attribute__((format(printf, 2, 3))) static cloche_status refuse(cloche_error *err, const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->status = CLOCHE_INVALID_ARGUMENT;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return err->status;
}

static cloche_status no_memory(cloche_error *err) {
  (void)refuse(err, "there is no memory for it");
  return err->status = CLOCHE_OUT_OF_MEMORY;
}

/* ---- one function an option */

static cloche_status set_tool(void *user, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  const char *equals = strchr(value, '='), *why;
  if (!equals || equals == value) return refuse(err, "'%.80s' is not NAME=COMMAND", value);
  cli_tool *tools = realloc(settings->tools, (settings->tool_count + 1) * sizeof *tools);
  if (!tools) return no_memory(err);
  settings->tools = tools;
  char **words = cli_words_split(equals + 1, &why);
  if (!words) return refuse(err, "'%.80s': %s", value, why);
  char *name = strndup(value, (size_t)(equals - value));
  if (!name) {
    free(words);
    return no_memory(err);
  }
  tools[settings->tool_count++] = (cli_tool){.name = name, .words = words};
  return CLOCHE_OK;
}

static cloche_status add_change(cli_run_settings *settings, const char *name, size_t name_len, const char *value,
                                cloche_error *err) {
  cli_limit_change *changes = realloc(settings->changes, (settings->change_count + 1) * sizeof *changes);
  if (!changes) return no_memory(err);
  settings->changes = changes;
  char *copy = strndup(name, name_len);
  if (!copy) return no_memory(err);
  changes[settings->change_count++] = (cli_limit_change){copy, value};
  return CLOCHE_OK;
}

static cloche_status set_timeout(void *settings, const char *value, cloche_error *err) {
  return add_change(settings, "wall", 4, value, err);
}

static cloche_status set_memory(void *settings, const char *value, cloche_error *err) {
  return add_change(settings, "memory", 6, value, err);
}

static cloche_status set_limit(void *settings, const char *value, cloche_error *err) {
  const char *equals = strchr(value, '=');
  if (!equals || equals == value) return refuse(err, "'%.80s' is not NAME=VALUE, such as tool_calls=20", value);
  return add_change(settings, value, (size_t)(equals - value), equals + 1, err);
}

static cloche_status set_profile(void *settings, const char *value, cloche_error *err) {
  (void)err; /* a name that is none is found out when the limits are made */
  ((cli_run_settings *)settings)->profile = value;
  return CLOCHE_OK;
}

static cloche_status set_json(void *settings, const char *value, cloche_error *err) {
  (void)value;
  (void)err;
  ((cli_run_settings *)settings)->json = true;
  return CLOCHE_OK;
}

static cloche_status set_seed(void *user, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  char *end;
  errno = 0;
  unsigned long long seed = strtoull(value, &end, 10);
  if (value[0] < '0' || value[0] > '9' || *end || errno)
    return refuse(err, "'%.40s' is not a whole number from 0 to 18446744073709551615", value);
  settings->seeded = true;
  settings->seed = seed;
  return CLOCHE_OK;
}

const cli_option cli_run_options[] = {
    {"tool", "NAME=COMMAND", "a tool that the script may call as tools.NAME(argument); repeatable", set_tool},
    {"timeout", "TIME", "ends the run after 500ms, 1.5s, 2m; the same as --limit wall=TIME", set_timeout},
    {"memory", "SIZE", "memory for the script, as 64MiB; the same as --limit memory=SIZE", set_memory},
    {"limit", "NAME=VALUE", "sets one of the limits below; repeatable", set_limit},
    {"profile", "NAME", "starts from other limits: default, llmz, runner, script or plugin", set_profile},
    {"seed", "NUMBER", "makes randomness repeatable", set_seed},
    {"json", NULL, "prints the report as JSON, and nothing else on stdout", set_json},
    {0},
};

static cloche_status take_path(void *user, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  if (settings->path)
    return refuse(err, "one script at a time, and there are '%.60s' and '%.60s'", settings->path, value);
  settings->path = value;
  return CLOCHE_OK;
}

/* ---- the limits that come of them */

static void name_limits(const cloche_limits *limits, const char *wrong, cloche_error *err) {
  const char *names[64] = {0};
  cloche_limit_info info;
  for (size_t i = 0; i + 1 < sizeof names / sizeof names[0] && cloche_limits_describe(limits, i, &info); i++)
    names[i] = info.name;
  const char *close = cli_closest(wrong, names);
  if (close) (void)refuse(err, "there is no limit '%.40s'; did you mean '%s'?", wrong, close);
}

static cloche_status make_limits(cli_run_settings *settings, cloche_error *err) {
  cloche_status status = cloche_limits_profile(&settings->limits, settings->profile, err);
  for (size_t i = 0; status == CLOCHE_OK && i < settings->change_count; i++) {
    const cli_limit_change *change = &settings->changes[i];
    status = cloche_limits_set(&settings->limits, change->name, change->value, err);
    if (status == CLOCHE_NOT_FOUND) name_limits(&settings->limits, change->name, err);
  }
  return status;
}

bool cli_run_settings_read(cli_run_settings *settings, const cli_command *self, int count, char **arguments,
                           int *exit_code) {
  cloche_error err = CLOCHE_ERROR_INIT;
  *settings = (cli_run_settings){0};
  *exit_code = CLI_EXIT_USAGE;
  if (!cli_options_parse(self, count, arguments, settings, take_path, exit_code)) return false;
  if (make_limits(settings, &err) != CLOCHE_OK) {
    cli_usage_error(self->name, err.message);
    return false;
  }
  if (settings->path) return true;
  cli_usage_error(self->name, "which script? Name a file, or - for stdin");
  return false;
}

void cli_run_settings_free(cli_run_settings *settings) {
  for (size_t i = 0; i < settings->tool_count; i++) {
    free(settings->tools[i].name);
    free(settings->tools[i].words);
  }
  for (size_t i = 0; i < settings->change_count; i++) free(settings->changes[i].name);
  free(settings->tools);
  free(settings->changes);
}

/* ---- help */

void cli_run_settings_details(FILE *out) {
  cloche_limits limits;
  cloche_limit_info info;
  if (cloche_limits_profile(&limits, NULL, NULL) != CLOCHE_OK) return;
  fputs(
      "\nA tool's command is split into words as a shell splits them (quotes, backslashes, no expansion).\n"
      "It gets the argument as JSON on stdin and answers with JSON on stdout; nothing means undefined. When it\n"
      "exits with another status than 0 the call is rejected, with what stands on stderr: text, or\n"
      "{\"error\": {\"name\": ..., \"message\": ..., \"code\": ..., \"data\": ...}}.\n",
      out);
  fputs("\nLimits, with their values in the profile 'default':\n", out);
  for (size_t i = 0; cloche_limits_describe(&limits, i, &info); i++) {
    char value[40];
    cli_show_limit(&info, value, sizeof value);
    fprintf(out, "  %-16s %-7s %s\n", info.name, value, info.text);
  }
  fputs(
      "\nExit codes: 0 fine, 1 the script threw, 2 wrong usage, 3 a syntax error, 4 a limit, 5 the host failed,\n"
      "124 out of time, 130 interrupted, 141 nobody reads the output.\n",
      out);
}
