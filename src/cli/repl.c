/* The REPL itself: opening and closing, inputs line by line, signals, the subcommand. */
#include "repl.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "fail.h"
#include "images.h"
#include "language.h"
#include "show.h"
#include "utf8.h"

enum { PROMPT_BYTES = 100, LINE_BYTES = 64 << 20 };

/* ---- signals */

static void on_signal(void *user, int number) {
  cli_repl *repl = user;
  bool ends = number != SIGINT || !repl->edit;
  if (ends && repl->over) {
    cli_processes_kill(&repl->stage.processes);
    _exit(CLI_EXIT_CANCELLED);
  }
  if (ends) {
    repl->over = true;
    repl->exit_code = CLI_EXIT_CANCELLED;
  }
  if (repl->running) {
    if (repl->interrupted) cli_processes_kill(&repl->stage.processes);
    repl->interrupted = true;
    cloche_cell_interrupt(cli_repl_cell(repl));
    if (repl->asking) cli_edit_stop(repl->edit);
  } else {
    repl->stopped = true;
    if (repl->edit) cli_edit_stop(repl->edit);
  }
}

static void on_step(void *user, cloche_cell *cell) {
  cli_repl *repl = user;
  cli_show_events(&repl->stage.out, &repl->progress, cell);
}

static bool on_call(void *user, const cloche_call *call) { return !cli_repl_ask(user, call); }

static void on_settled(void *user, cloche_cell *cell, uint64_t call_id, bool resolved) {
  (void)user, (void)cell, (void)call_id, (void)resolved;
}

/* ---- inputs */

static void write_prompt(const cli_repl *repl, const char *mark, char prompt[PROMPT_BYTES]) {
  const char *name = repl->session_count > 1 ? repl->sessions[repl->current].name : "";
  if (repl->input.len > 0 || !mark) snprintf(prompt, PROMPT_BYTES, "...");
  else snprintf(prompt, PROMPT_BYTES, "%s%s%s%s", repl->language, name[0] ? ":" : "", name, mark);
}

/* The next line of a pipe or a file. */
static cli_typed read_piped(cli_repl *repl, const char **line, size_t *len) {
  for (repl->stopped = false;;) {
    switch (cli_lines_next(&repl->lines, line, len)) {
      case CLI_LINE:
        if (*len > 0 && (*line)[*len - 1] == '\r') --*len;
        return CLI_TYPED;
      case CLI_LINE_TOO_LONG: return CLI_TYPED_FAILED;
      case CLI_LINE_NONE: break;
    }
    if (repl->lines.ended) return CLI_TYPED_END;
    if (repl->stopped) return CLI_TYPED_STOPPED;
    bool unwatchable = cli_lines_watch(&repl->lines, true);
    if (unwatchable) cli_lines_read(&repl->lines);
    uv_run(&repl->stage.loop, unwatchable ? UV_RUN_NOWAIT : UV_RUN_ONCE);
    (void)cli_lines_watch(&repl->lines, false);
  }
}

static cli_typed read_line(cli_repl *repl, const char *mark, const char **line, size_t *len) {
  char prompt[PROMPT_BYTES];
  if (!repl->edit) return read_piped(repl, line, len);
  write_prompt(repl, mark, prompt);
  return cli_edit_line(repl->edit, prompt, repl->stage.out.colours[STDOUT_FILENO], line, len);
}

static bool add_line(cli_repl *repl, const char *line, size_t len) {
  bool first = repl->input.len == 0;
  if ((first || cli_bytes_add(&repl->input, "\n", 1)) && cli_bytes_add(&repl->input, line, len)) return true;
  repl->input.len = 0;
  cli_repl_complain(repl, "the input is larger than limit source allows");
  return false;
}

static bool is_blank(const char *line, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (line[i] != ' ' && line[i] != '\t') return false;
  return true;
}

/* Runs what has been typed, if it is whole. */
static cloche_status try_input(cli_repl *repl, cloche_error *err) {
  const cli_bytes *input = &repl->input;
  if (!repl->at_end && cli_repl_must_go_on(repl->language, input->data, input->len)) return CLOCHE_OK;
  cli_repl_outcome outcome = cli_repl_eval(repl, repl->at_end, err);
  if (outcome == CLI_REPL_GOES_ON) return CLOCHE_OK;
  repl->input.len = 0;
  return outcome == CLI_REPL_BROKEN ? err->status : CLOCHE_OK;
}

static cloche_status take_line(cli_repl *repl, const char *line, size_t len, cloche_error *err) {
  if (repl->input.len == 0 && is_blank(line, len)) return CLOCHE_OK;
  if (repl->input.len == 0 && cli_repl_is_command(line, len)) {
    cli_repl_obey(repl, line, len);
    repl->input.len = 0;
    return CLOCHE_OK;
  }
  if (cli_utf8_valid(line, len) < len) {
    repl->input.len = 0;
    cli_repl_complain(repl, "the line is not UTF-8 text");
    return CLOCHE_OK;
  }
  return add_line(repl, line, len) ? try_input(repl, err) : CLOCHE_OK;
}

bool cli_repl_read_text(cli_repl *repl) {
  const char *line;
  size_t len;
  repl->input.len = 0;
  for (;;) {
    cli_typed got = read_line(repl, NULL, &line, &len);
    if (got == CLI_TYPED_END) return repl->input.len > 0;
    if (got != CLI_TYPED || !add_line(repl, line, len)) {
      repl->input.len = 0;
      return false;
    }
  }
}

static cloche_status read_inputs(cli_repl *repl, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  while (status == CLOCHE_OK && !repl->over) {
    const char *line;
    size_t len;
    switch (read_line(repl, ">", &line, &len)) {
      case CLI_TYPED: status = take_line(repl, line, len, err); break;
      case CLI_TYPED_STOPPED: repl->input.len = 0; break;
      case CLI_TYPED_FAILED: return cli_fail(err, CLOCHE_IO_ERROR, "a line is too long");
      case CLI_TYPED_END:
        repl->at_end = repl->over = true;
        if (repl->input.len > 0 && !repl->edit) status = try_input(repl, err);
    }
  }
  return status;
}

/* ---- opening and closing */

cloche_status cli_repl_open_cell(cli_repl *repl, cloche_engine *engine, cloche_error *err) {
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  const cli_run_settings *settings = repl->settings;
  cell.session = true;
  cell.undo_runs = CLI_REPL_UNDO;
  cell.limits = &settings->limits;
  cell.seeded = settings->seeded;
  cell.seed = settings->seed;
  cell.clock = settings->clock;
  cell.clock_start_ms = settings->clock_start_ms;
  cloche_cell **own = &repl->sessions[repl->current].cell;
  cloche_status status = cloche_cell_open(own, repl->thread, engine, &cell, err);
  if (status == CLOCHE_OK) status = cli_inputs_give(&repl->inputs, *own, err);
  return status == CLOCHE_OK ? cli_repl_give_input(repl, err) : status;
}

static cloche_status open_session(cli_repl *repl, cloche_error *err) {
  cli_dome_plan plan = {.wall = repl->settings->wall, .spare = 1};
  plan.cells = CLI_REPL_SESSIONS + 1; /* one more while a file is loaded */
  cloche_status status =
      cli_images_engine(&repl->engine, cloche_language_engine(repl->language), repl->settings->image, err);
  if (status == CLOCHE_OK) status = cli_dome_open(&repl->thread, &plan, err);
  if (status != CLOCHE_OK) return status;
  memcpy(repl->sessions[0].name, "main", sizeof "main");
  repl->session_count = 1;
  return cli_repl_open_cell(repl, repl->engine, err);
}

static void choose_colours(cli_repl *repl, const char *colour) {
  if (!colour || strcmp(colour, "auto") == 0) return;
  for (int fd = 1; fd <= 2; fd++) repl->stage.out.colours[fd] = strcmp(colour, "always") == 0;
}

static cloche_status open_repl(cli_repl *repl, const char *colour, cloche_error *err) {
  cloche_status status = cli_inputs_read(&repl->inputs, repl->settings, err);
  if (status == CLOCHE_OK) status = open_session(repl, err);
  repl->stage.thread = repl->thread;
  if (status == CLOCHE_OK) status = cli_stage_open(&repl->stage, err);
  if (status != CLOCHE_OK) return status;
  choose_colours(repl, colour);
  if (!isatty(STDIN_FILENO)) {
    int failed = cli_lines_open(&repl->lines, &repl->stage.loop, LINE_BYTES);
    return failed ? cli_fail(err, CLOCHE_IO_ERROR, "stdin cannot be waited for: %s", uv_strerror(failed)) : CLOCHE_OK;
  }
  repl->edit = cli_edit_open(&repl->stage.loop, repl->language, cli_repl_complete, repl);
  return repl->edit ? CLOCHE_OK : cli_fail(err, CLOCHE_IO_ERROR, "the terminal cannot be set up");
}

static void close_repl(cli_repl *repl) {
  cli_repl_forget_names(repl);
  cli_edit_close(repl->edit);
  if (repl->stage.has_loop) cli_lines_close(&repl->lines);
  cli_stage_close(&repl->stage);
  for (size_t i = 0; i < repl->session_count; i++) cloche_cell_close(repl->sessions[i].cell);
  cloche_thread_close(repl->thread);
  for (size_t i = 0; i < repl->other_count; i++) cloche_engine_close(repl->others[i]);
  cloche_engine_close(repl->engine);
  cli_inputs_free(&repl->inputs);
  cli_bytes_free(&repl->input);
  cli_bytes_free(&repl->rest);
}

static void greet(cli_repl *repl) {
  char text[120];
  cloche_engine_info engine = cloche_engine_describe(repl->engine);
  if (!repl->edit) return;
  snprintf(text, sizeof text, "Cloche %s, %.60s. .help lists commands.\n", cloche_version(), engine.version);
  cli_repl_say(repl, STDOUT_FILENO, text);
  cli_stage_drain(&repl->stage, false);
}

static int exit_code_of(const cli_repl *repl, cloche_status status, const cloche_error *err) {
  if (status != CLOCHE_OK) {
    fprintf(stderr, "cloche: %s\n", err->message);
    return cloche_status_describe(status).exit_code;
  }
  if (repl->stage.out.error) return CLI_EXIT_PIPE;
  if (repl->exit_code) return repl->exit_code;
  return repl->failed && !repl->edit;
}

int cli_repl_run(cli_run_settings *settings, const char *colour) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cli_repl repl = {.settings = settings, .language = settings->language ? settings->language : "js", .lines.epoll = -1};
  repl.input.max = (size_t)settings->limits.source_bytes + 1;
  repl.rest.max = (size_t)1 << 30;
  repl.stage =
      (cli_stage){.settings = settings, .on_signal = on_signal, .on_step = on_step, .on_call = on_call, .user = &repl};
  repl.stage.processes.on_settled = on_settled;
  cloche_status status = open_repl(&repl, colour, &err);
  if (status == CLOCHE_OK) {
    greet(&repl);
    status = read_inputs(&repl, &err);
    repl.over = true;
    cli_stage_drain(&repl.stage, true);
  }
  int exit_code = exit_code_of(&repl, status, &err);
  close_repl(&repl);
  return exit_code;
}

/* ---- the subcommand */

typedef struct {
  cli_run_settings run; /* first: the options of cells are taken in by it */
  const char *colour;
} repl_settings;

static cloche_status set_colour(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  (void)self;
  if (strcmp(value, "auto") != 0 && strcmp(value, "always") != 0 && strcmp(value, "never") != 0)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.40s' is none of auto, always and never", value);
  ((repl_settings *)settings)->colour = value;
  return CLOCHE_OK;
}

static const cli_option options[] = {
    {"What is shown", 0, "color", "WHEN", "auto always never", "colours: auto (on a terminal), always or never",
     set_colour},
    {0},
};

static const cli_section sections[] = {
    {"Inputs",
     "An input goes on in the next line while something in it is open. Names may be declared again, the last\n"
     "value is in _, and await works at the top level. A line that begins with a dot is a command; .help lists\n"
     "them. When stdin is no terminal there are no prompts, and the exit code is 1 if any input has failed.\n"},
    {0},
};

static cloche_status take_language(cli_run_settings *settings, const cli_operands *operands, cloche_error *err) {
  settings->arguments = operands->after;
  settings->argument_count = operands->after_count;
  if (operands->before_count > 1)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "one language at a time, and there are '%.40s' and '%.40s'",
                    operands->before[0], operands->before[1]);
  if (operands->before_count == 0) return CLOCHE_OK;
  return cli_language_named(&settings->language, operands->before[0], err);
}

static int repl_command(const cli_command *self, int count, char **arguments) {
  repl_settings settings = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  cli_operands operands;
  int exit_code;
  if (cli_options_parse(self, count, arguments, &settings, &operands, &exit_code)) {
    cloche_status status = cli_run_settings_limits(&settings.run, &err);
    if (status == CLOCHE_OK) status = take_language(&settings.run, &operands, &err);
    if (status == CLOCHE_OK) status = cli_run_settings_check_stdin(&settings.run, 1, &err);
    exit_code =
        status == CLOCHE_OK ? cli_repl_run(&settings.run, settings.colour) : cli_usage_error(self->name, err.message);
  }
  cli_run_settings_free(&settings.run);
  return exit_code;
}

const cli_command cli_repl_command = {
    .name = "repl",
    .arguments = "[js|ts|py|sql] [OPTION...] [-- ARGUMENT...]",
    .words = "js ts py sql",
    .text = "Takes inputs one by one, in a session.",
    .options = options,
    .shared = cli_cell_options,
    .sections = sections,
    .set_limit = cli_run_set_limit,
    .run = repl_command,
};
