/* The options of `cloche run`, and those of every subcommand that opens cells: each row of a table has a function that
 * takes its value in. */
#include "run_settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "clock.h"
#include "fail.h"
#include "language.h"
#include "utf8.h"
#include "words.h"

/* ---- one function an option */

/* Makes room for one more item behind `count` of them; NULL when there is no memory. */
static void *grow(void *items, size_t count, size_t size) { return realloc(items, (count + 1) * size); }

/* Cuts NAME=VALUE in two; the name is owned. */
static cloche_status split_pair(const char *pair, const char *form, char **name, const char **value,
                                cloche_error *err) {
  const char *equals = strchr(pair, '=');
  if (!equals || equals == pair) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' is not %s", pair, form);
  *value = equals + 1;
  *name = strndup(pair, (size_t)(equals - pair));
  return *name ? CLOCHE_OK : cli_fail_memory(err);
}

/* Takes name and words over, also on failure. */
static cloche_status add_tool(cli_run_settings *settings, char *name, char **words, cloche_error *err) {
  cli_tool *tools = name ? grow(settings->tools, settings->tool_count, sizeof *tools) : NULL;
  if (!tools) {
    free(name);
    free(words);
    return cli_fail_memory(err);
  }
  settings->tools = tools;
  tools[settings->tool_count++] = (cli_tool){.name = name, .words = words};
  return CLOCHE_OK;
}

cloche_status cli_run_add_tool(cli_run_settings *settings, const char *name, cloche_error *err) {
  return add_tool(settings, strdup(name), NULL, err);
}

cloche_status cli_run_set_tool(void *user, const cli_option *self, const char *value, cloche_error *err) {
  char *name = NULL;
  const char *command = NULL, *why;
  cloche_status status = split_pair(value, self->value, &name, &command, err);
  if (status != CLOCHE_OK) return status;
  char **words = cli_words_split(command, &why);
  if (words) return add_tool(user, name, words, err);
  free(name);
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s': %s", value, why);
}

/* "approve,ask": tools that nobody here answers. */
static cloche_status set_suspend(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  (void)self;
  settings->suspends = true;
  for (const char *at = value; at;) {
    const char *comma = strchr(at, ',');
    size_t len = comma ? (size_t)(comma - at) : strlen(at);
    if (len == 0) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' is not TOOL or TOOL,TOOL", value);
    cloche_status status = add_tool(settings, strndup(at, len), NULL, err);
    if (status != CLOCHE_OK) return status;
    at = comma ? comma + 1 : NULL;
  }
  return CLOCHE_OK;
}

static cloche_status set_module(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  cli_module *modules = grow(settings->modules, settings->module_count, sizeof *modules);
  if (!modules) return cli_fail_memory(err);
  settings->modules = modules;
  cli_module *module = &modules[settings->module_count];
  cloche_status status = split_pair(value, self->value, &module->name, &module->path, err);
  if (status != CLOCHE_OK) return status;
  settings->module_count++;
  return module->path[0] ? CLOCHE_OK
                         : cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' names no file behind the =", value);
}

static cloche_status set_files(void *user, const cli_option *self, const char *value, cloche_error *err) {
  return cli_files_add(&((cli_run_settings *)user)->files, self->name, value, err);
}

static cloche_status add_change(cli_run_settings *settings, char *name, const char *value, cloche_error *err) {
  cli_limit_change *changes = name ? grow(settings->changes, settings->change_count, sizeof *changes) : NULL;
  if (!changes) {
    free(name);
    return cli_fail_memory(err);
  }
  settings->changes = changes;
  changes[settings->change_count++] = (cli_limit_change){name, value};
  return CLOCHE_OK;
}

cloche_status cli_run_set_limit(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  return add_change(settings, strdup(self->name), value, err);
}

cloche_status cli_run_set_timeout(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  (void)self;
  return add_change(settings, strdup("wall"), value, err);
}

static cloche_status set_limit(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  char *name = NULL;
  const char *what = NULL;
  cloche_status status = split_pair(value, "NAME=VALUE, such as tool_calls=20", &name, &what, err);
  (void)self;
  return status == CLOCHE_OK ? add_change(settings, name, what, err) : status;
}

static cloche_status set_language(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  (void)self;
  return cli_language_named(&((cli_run_settings *)settings)->language, value, err);
}

static cloche_status set_clock(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  (void)self;
  settings->clock_chosen = true;
  return cli_clock_read(&settings->clock, &settings->clock_start_ms, value, err);
}

static cloche_status set_seed(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  char *end;
  (void)self;
  errno = 0;
  unsigned long long seed = strtoull(value, &end, 10);
  if (value[0] < '0' || value[0] > '9' || *end || errno)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.40s' is not a whole number from 0 to 18446744073709551615",
                    value);
  settings->seeded = true;
  settings->seed = seed;
  return CLOCHE_OK;
}

static cloche_status set_code(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_run_settings *settings = user;
  (void)self;
  if (settings->code) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "one script at a time; there is code already");
  settings->code = value;
  return CLOCHE_OK;
}

/* Texts that are checked when they are used. */
#define SETTER_OF_TEXT(field)                                                                                  \
  static cloche_status set_##field(void *user, const cli_option *self, const char *value, cloche_error *err) { \
    (void)self;                                                                                                \
    (void)err;                                                                                                 \
    ((cli_run_settings *)user)->field = value;                                                                 \
    return CLOCHE_OK;                                                                                          \
  }
SETTER_OF_TEXT(jsx_factory)
SETTER_OF_TEXT(jsx_fragment)
SETTER_OF_TEXT(context)
SETTER_OF_TEXT(image)
SETTER_OF_TEXT(profile)
SETTER_OF_TEXT(record)
SETTER_OF_TEXT(replay)

cloche_status cli_run_set_save(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)err;
  ((cli_run_settings *)user)->save = value;
  return CLOCHE_OK;
}

cloche_status cli_run_set_key_file(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)err;
  ((cli_run_settings *)user)->key_file = value;
  return CLOCHE_OK;
}

cloche_status cli_run_set_json(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)value, (void)err;
  ((cli_run_settings *)user)->output = CLI_OUTPUT_JSON;
  return CLOCHE_OK;
}

cloche_status cli_run_set_events(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)value, (void)err;
  ((cli_run_settings *)user)->output = CLI_OUTPUT_EVENTS;
  return CLOCHE_OK;
}

#define SCRIPT "The script"
#define WORLD "What the script gets"
#define SHOWN "What is shown"
#define ENDS "When it ends"
#define AGAIN "The same again"
#define LATER "Later"

const cli_option cli_run_options[] = {
    {SCRIPT, 'e', "eval", "CODE", NULL, "runs this text, and no file", set_code},
    {SCRIPT, 0, "lang", "NAME", CLI_LANGUAGES,
     "js, jsx, ts, tsx, py or sql; else the file's name or first line says it", set_language},
    {SCRIPT, 0, "jsx-factory", "NAME", NULL, "what JSX calls with (type, props, ...children)", set_jsx_factory},
    {SCRIPT, 0, "jsx-fragment", "NAME", NULL, "what the type of <>...</> is", set_jsx_fragment},
    {SHOWN, 0, "json", NULL, NULL, "the report as JSON on stdout, at the end, and nothing else", cli_run_set_json},
    {SHOWN, 0, "events", NULL, NULL, "one JSON object a line as things happen; the last one has the report",
     cli_run_set_events},
    {LATER, 0, "suspend", "TOOL", NULL,
     "a tool that nobody answers yet: when only its calls are open, the run is saved; repeatable", set_suspend},
    {LATER, 0, "save", "FILE", CLI_FILES, "where it is saved, for `cloche resume`", cli_run_set_save},
    {LATER, 0, "key-file", "FILE", CLI_FILES, "16 to 64 bytes that authenticate what is saved", cli_run_set_key_file},
    {AGAIN, 0, "record", "FILE", CLI_FILES, "writes down everything that a replay needs, by a virtual clock",
     set_record},
    {AGAIN, 0, "replay", "FILE", CLI_FILES, "runs a recording again, without tools; takes no script", set_replay},
    {0},
};

const cli_option cli_cell_options[] = {
    {WORLD, 0, "tool", "NAME=COMMAND", NULL, "a tool that it may call as tools.NAME(argument); repeatable",
     cli_run_set_tool},
    {WORLD, 0, "module", "NAME=PATH", CLI_FILES, "a module that it may import as NAME; repeatable", set_module},
    {WORLD, 0, "mount", "DIR:/PATH[:rw]", CLI_FILES,
     "a folder that it has at /PATH, to read or (:rw) to write; repeatable", set_files},
    {WORLD, 0, "file", "FILE:/PATH", CLI_FILES, "a file that it has a copy of at /PATH; repeatable", set_files},
    {WORLD, 0, "wheel", "FILE", CLI_FILES, "a wheel of pure Python that it may import from; repeatable", set_files},
    {WORLD, 0, "db", "FILE", CLI_FILES, "an SQLite database that SQL begins with a copy of", set_files},
    {WORLD, 0, "context", "FILE", CLI_FILES, "a JSON object (-: on stdin) that it sees as `context`", set_context},
    {WORLD, 0, "image", "FILE", CLI_FILES, "what cells start from: an image of `cloche image build`", set_image},
    {WORLD, 0, "seed", "NUMBER", NULL, "makes randomness repeatable", set_seed},
    {WORLD, 0, "clock", "CLOCK", "real virtual", "real, virtual, or the time at which a virtual clock starts",
     set_clock},
    {ENDS, 0, "timeout", "TIME", NULL, "ends the run after 500ms, 1.5s, 2m; the same as --wall TIME",
     cli_run_set_timeout},
    {ENDS, 0, "profile", "NAME", "default llmz runner script plugin",
     "starts from other limits: default, llmz, runner, script or plugin", set_profile},
    {ENDS, 0, "limit", "NAME=VALUE", NULL, "sets a limit by name, as tool_calls=20; repeatable", set_limit},
    CLI_WALL_OPTIONS,
    {0},
};

/* ---- the limits that come of them */

static void name_limits(const cloche_limits *limits, const char *wrong, cloche_error *err) {
  const char *names[64] = {0};
  cloche_limit_info info;
  for (size_t i = 0; i + 1 < sizeof names / sizeof names[0] && cloche_limits_describe(limits, i, &info); i++)
    names[i] = info.name;
  const char *close = cli_closest(wrong, names);
  if (close) (void)cli_fail(err, CLOCHE_NOT_FOUND, "there is no limit '%.40s'; did you mean '%s'?", wrong, close);
}

cloche_status cli_run_settings_limits(cli_run_settings *settings, cloche_error *err) {
  cloche_status status = cloche_limits_profile(&settings->limits, settings->profile, err);
  return status == CLOCHE_OK ? cli_run_settings_change(settings, err) : status;
}

cloche_status cli_run_settings_change(cli_run_settings *settings, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < settings->change_count; i++) {
    const cli_limit_change *change = &settings->changes[i];
    status = cloche_limits_set(&settings->limits, change->name, change->value, err);
    if (status == CLOCHE_NOT_FOUND) name_limits(&settings->limits, change->name, err);
  }
  return status;
}

/* ---- what runs */

static cloche_status take_operands(cli_run_settings *settings, const cli_operands *operands, cloche_error *err) {
  const char *first = operands->before_count ? operands->before[0] : NULL;
  const char *other = operands->before_count > 1 ? operands->before[1] : NULL;
  settings->arguments = operands->after;
  settings->argument_count = operands->after_count;
  settings->path = first;
  if (settings->code && first)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "one script at a time, and there are -e and '%.60s'", first);
  if (other)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT,
                    "one script at a time, and there are '%.50s' and '%.50s'; arguments for it stand behind --", first,
                    other);
  if (first || settings->code) return CLOCHE_OK;
  if (operands->after_count == 0)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "which script? Name a file, or - for stdin, or -e CODE");
  settings->path = settings->arguments[0]; /* a file whose name begins with a dash */
  settings->arguments++;
  settings->argument_count--;
  return CLOCHE_OK;
}

/* A run that is to be replayed has a seed and a virtual clock, which starts now. */
static cloche_status prepare_recording(cli_run_settings *settings, cloche_error *err) {
  if (!settings->record) return CLOCHE_OK;
  if (settings->files.count)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--record: a recording has no files; leave out %s",
                    settings->files.list[0].option);
  if (settings->clock_chosen && settings->clock == CLOCHE_CLOCK_REAL)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--record needs a virtual clock: leave out --clock real");
  if (!settings->clock_chosen) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    settings->clock_start_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
  }
  settings->clock = CLOCHE_CLOCK_VIRTUAL;
  if (settings->seeded) return CLOCHE_OK;
  if (getrandom(&settings->seed, sizeof settings->seed, 0) != (ssize_t)sizeof settings->seed)
    return cli_fail(err, CLOCHE_IO_ERROR, "--record: there is no random seed; name one with --seed");
  settings->seeded = true;
  return CLOCHE_OK;
}

static cloche_status check_suspending(const cli_run_settings *settings, cloche_error *err) {
  if (settings->suspends && (settings->record || settings->replay))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "a recorded run is one run: --suspend does not go with it");
  if (settings->suspends != (settings->save != NULL))
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--suspend and --save FILE go together");
  if (settings->key_file && !settings->save)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--key-file is for --save FILE");
  return CLOCHE_OK;
}

/* All that a recording has, it has already. */
static cloche_status check_replay(const cli_run_settings *settings, const cli_operands *operands, cloche_error *err) {
  bool more = settings->code || operands->before_count || operands->after || settings->tool_count ||
              settings->module_count || settings->files.count || settings->context || settings->profile ||
              settings->change_count || settings->seeded || settings->clock_chosen || settings->language ||
              settings->record || settings->jsx_factory || settings->jsx_fragment || settings->suspends ||
              settings->save;
  if (!more) return CLOCHE_OK;
  return cli_fail(
      err, CLOCHE_INVALID_ARGUMENT,
      "--replay takes script, tools and limits from the recording; only --json, --events and --no-jail go with it");
}

static cloche_status check_arguments(const cli_run_settings *settings, cloche_error *err) {
  for (size_t i = 0; i < settings->argument_count; i++) {
    size_t len = strlen(settings->arguments[i]);
    if (cli_utf8_valid(settings->arguments[i], len) < len)
      return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "argument %zu behind -- is not UTF-8 text", i + 1);
  }
  return CLOCHE_OK;
}

cloche_status cli_run_settings_check_stdin(const cli_run_settings *settings, size_t readers, cloche_error *err) {
  readers += settings->context && strcmp(settings->context, "-") == 0;
  for (size_t i = 0; i < settings->module_count; i++) readers += strcmp(settings->modules[i].path, "-") == 0;
  readers += cli_files_count_stdin(&settings->files);
  if (readers < 2) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "stdin can be read once, and - stands for it %zu times", readers);
}

bool cli_run_settings_read(cli_run_settings *settings, const cli_command *self, int count, char **arguments,
                           int *exit_code) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cli_operands operands;
  *settings = (cli_run_settings){0};
  if (!cli_options_parse(self, count, arguments, settings, &operands, exit_code)) return false;
  cloche_status status = CLOCHE_OK;
  if (settings->replay) {
    status = check_replay(settings, &operands, &err);
    if (status == CLOCHE_OK) return true;
  }
  if (status == CLOCHE_OK) status = cli_run_settings_limits(settings, &err);
  if (status == CLOCHE_OK) status = prepare_recording(settings, &err);
  if (status == CLOCHE_OK) status = check_suspending(settings, &err);
  if (status == CLOCHE_OK) status = take_operands(settings, &operands, &err);
  if (status == CLOCHE_OK) status = check_arguments(settings, &err);
  if (status == CLOCHE_OK)
    status = cli_run_settings_check_stdin(settings, settings->path && strcmp(settings->path, "-") == 0, &err);
  if (status == CLOCHE_OK) return true;
  *exit_code = cli_usage_error(self->name, err.message);
  return false;
}

void cli_run_settings_free(cli_run_settings *settings) {
  for (size_t i = 0; i < settings->tool_count; i++) {
    free(settings->tools[i].name);
    free(settings->tools[i].words);
  }
  for (size_t i = 0; i < settings->module_count; i++) free(settings->modules[i].name);
  for (size_t i = 0; i < settings->change_count; i++) free(settings->changes[i].name);
  cli_files_free(&settings->files);
  free(settings->tools);
  free(settings->modules);
  free(settings->changes);
  free(settings->answers);
}

const char *cli_run_settings_name(const cli_run_settings *settings) {
  if (!settings->path) return "-e";
  return strcmp(settings->path, "-") == 0 ? "stdin" : settings->path;
}

/* ---- help */

const cli_section cli_run_sections[] = {
    {"Language and arguments",
     "The language is JavaScript, TypeScript, Python or SQL, by the end of the file's name (.js .mjs .cjs\n"
     ".jsx .ts .mts .cts .tsx .py .sql), --lang, or a first line such as #!/usr/bin/env -S cloche run --lang\n"
     "ts. What stands behind -- is given to the script as context.args, an array of strings:\n"
     "\n"
     "  cloche run sum.ts -- 1 2 3\n"
     "  cloche run -e 'context.args.length' -- a b\n"},
    {"Tools",
     "A tool's command is split into words as a shell splits them (quotes, backslashes, no expansion).\n"
     "It gets the argument as JSON on stdin and answers with JSON on stdout; nothing means undefined. When it\n"
     "exits with another status than 0 the call is rejected, with what stands on stderr: text, or\n"
     "{\"error\": {\"name\": ..., \"message\": ..., \"code\": ..., \"data\": ...}}.\n"},
    {"Output",
     "Console output goes to stdout, that of console.warn and console.error to stderr. The value of the last\n"
     "statement follows on stdout: as console.log shows it on a terminal, as one line of JSON elsewhere. Of an\n"
     "option given twice the last one counts. NO_COLOR switches colours off, also those of the script.\n"},
    {"Record and replay",
     "A recorded run has a virtual clock, which starts now unless --clock TIME says otherwise: sleeping takes no\n"
     "time. It has a seed, by chance unless --seed names one. Tools are begun, and their answers given, while the\n"
     "script waits. The replay shows the same and exits the same, or says what differs, with exit code 6.\n"},
    {"The jail",
     "The script runs in a worker: a process of its own that has no files, no network and no rights, and that\n"
     "dies at the first system call that is not on a short list. `cloche doctor` says what it has on this machine.\n"
     "A worker that dies ends the run as worker_crashed, with the exit code 1.\n"},
    {"Exit codes",
     "  0    fine                    5    the host failed\n"
     "  1    the script threw        124  out of time\n"
     "  2    wrong usage             130  interrupted\n"
     "  3    a syntax error          141  nobody reads the output\n"
     "  4    a limit                 6    the replay differs\n"
     "                               75   suspended\n"
     "A Python script that ends by sys.exit(n) gives n.\n"},
    {0},
};
