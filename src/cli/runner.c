/* jsrunner and pyrunner: the program under names that others have scripts for; runner.h. Flags are written with one dash or
 * two, their values behind them or behind an equals sign, and end at the first argument that is none.
 *
 *     -e CODE (js)  -c CODE (py)   runs it: on an error nothing on stdout, "Error: ..." on stderr, exit code 1
 *     --jsonl                      `cloche jsonl`
 *     -runtime DIR                 taken and not needed: the engine is a part of the program
 *     -no-jail, -require-jail      as of `cloche run`
 *     FILE ARGUMENT..., -          runs a file, or stdin
 *     nothing                      runs stdin; if that is a terminal, `cloche repl` */
#include "runner.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "jsonl.h"
#include "repl.h"
#include "run.h"

typedef struct {
  const char *program, *language, *code_flag;
} runner;

static const runner runners[] = {{"jsrunner", "js", "e"}, {"pyrunner", "py", "c"}};

typedef struct {
  bool jsonl, nothing; /* given to run */
  cli_jsonl_settings settings;
} command_line;

static int usage(const runner *self, FILE *out, int exit_code) {
  fprintf(out, "Usage of %s:\n", self->program);
  fprintf(out, "  -%s CODE\n    \truns this text\n", self->code_flag);
  fprintf(out, "  -jsonl\n    \truns requests that come as JSON lines on stdin\n");
  fprintf(out, "  -runtime DIR\n    \ttaken and not needed: the engine is a part of the program\n");
  fprintf(out, "  -no-jail\n    \truns guests in this process, and not in a jailed process of their own\n");
  fprintf(out, "  -require-jail\n    \truns nothing where the kernel cannot give the whole jail\n");
  fprintf(out, "  FILE ARGUMENT...\n    \truns a file; -: stdin\n");
  return exit_code;
}

/* The flag's name behind one dash or two; NULL for what is no flag. */
static const char *flag_name(const char *argument) {
  if (argument[0] != '-' || !argument[1]) return NULL;
  return argument + (argument[1] == '-' ? 2 : 1);
}

static bool is_flag(const char *name, const char *wanted) {
  size_t len = strlen(wanted);
  return strncmp(name, wanted, len) == 0 && (name[len] == 0 || name[len] == '=');
}

/* The value of the flag at arguments[*at], or NULL. */
static const char *take_value(int count, char **arguments, int *at) {
  const char *equals = strchr(arguments[*at], '=');
  if (equals) return equals + 1;
  return *at + 1 < count ? arguments[++*at] : NULL;
}

static int missing_value(const runner *self, const char *name) {
  fprintf(stderr, "flag needs an argument: -%s\n", name);
  return usage(self, stderr, CLI_EXIT_USAGE);
}

static bool read_flags(const runner *self, int count, char **arguments, command_line *out, int *exit_code) {
  cli_run_settings *run = &out->settings.run;
  int at = 0;
  for (; at < count; at++) {
    const char *name = flag_name(arguments[at]);
    if (!name || !name[0]) {
      at += name != NULL; /* "--" */
      break;
    }
    if (is_flag(name, "h") || is_flag(name, "help")) {
      *exit_code = usage(self, stdout, CLI_EXIT_OK);
      return false;
    }
    if (strcmp(name, "jsonl") == 0) {
      out->jsonl = true;
    } else if (strcmp(name, "no-jail") == 0) {
      run->wall.no_jail = true;
    } else if (strcmp(name, "require-jail") == 0) {
      run->wall.require_jail = true;
    } else if (is_flag(name, self->code_flag) || is_flag(name, "runtime")) {
      const char *value = take_value(count, arguments, &at);
      if (!value) {
        *exit_code = missing_value(self, name);
        return false;
      }
      if (name[0] == self->code_flag[0]) run->code = value;
    } else {
      fprintf(stderr, "flag provided but not defined: -%s\n", name);
      *exit_code = usage(self, stderr, CLI_EXIT_USAGE);
      return false;
    }
  }
  out->nothing = !run->code && at == count;
  if (!run->code) run->path = at < count ? arguments[at] : "-";
  at += !run->code && at < count;
  run->arguments = arguments + at;
  run->argument_count = (size_t)(count - at);
  return true;
}

static int failed(const cloche_error *err) {
  fprintf(stderr, "Error: %s\n", err->message);
  return CLI_EXIT_UNCAUGHT;
}

/* A script of Python finds its own folder as /work, where it may read. */
static cloche_status mount_folder(cli_run_settings *settings, cloche_error *err) {
  char value[PATH_MAX + 16];
  const char *slash = strrchr(settings->path, '/');
  int len = slash ? (int)(slash - settings->path) + (slash == settings->path) : 1;
  snprintf(value, sizeof value, "%.*s:/work:ro", len, slash ? settings->path : ".");
  return cli_files_add(&settings->files, "mount", value, err);
}

static int run(const runner *self, int count, char **arguments) {
  command_line line = {.settings = {.language = self->language}};
  cli_run_settings *settings = &line.settings.run;
  cloche_error err = CLOCHE_ERROR_INIT;
  int exit_code;
  if (!read_flags(self, count, arguments, &line, &exit_code)) return exit_code;
  cloche_status status = cli_run_settings_limits(settings, &err);
  if (status != CLOCHE_OK) return failed(&err);
  if (line.jsonl) return cli_jsonl_serve(&line.settings);
  if (line.nothing && isatty(STDIN_FILENO)) {
    settings->path = NULL;
    settings->language = self->language;
    return cli_repl_run(settings, NULL);
  }
  settings->output = settings->code ? CLI_OUTPUT_IF_FINE : CLI_OUTPUT_ALONE;
  if (settings->code || strcmp(self->language, "js") != 0) settings->language = self->language;
  bool is_file = settings->path && strcmp(settings->path, "-") != 0 && access(settings->path, R_OK) == 0;
  if (is_file && strcmp(self->language, "py") == 0) status = mount_folder(settings, &err);
  if (status == CLOCHE_OK) exit_code = cli_run_script(settings);
  else exit_code = failed(&err);
  cli_run_settings_free(settings);
  return exit_code;
}

bool cli_runner(const char *program, int count, char **arguments, int *exit_code) {
  const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;
  for (size_t i = 0; i < sizeof runners / sizeof runners[0]; i++) {
    if (strcmp(name, runners[i].program) != 0) continue;
    *exit_code = run(&runners[i], count, arguments);
    return true;
  }
  return false;
}
