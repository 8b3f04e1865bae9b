/* One input: it is run in the current session, what it prints appears as it happens, then its value or what went wrong. */
#include "repl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "show.h"

#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

void cli_repl_say(cli_repl *repl, int fd, const char *text) { cli_out_add(&repl->stage.out, fd, text, strlen(text)); }

void cli_repl_complain(cli_repl *repl, const char *what) {
  repl->failed = true;
  cli_repl_say(repl, STDERR_FILENO, "error: ");
  cli_out_add_guest(&repl->stage.out, STDERR_FILENO, what, strlen(what)); /* it may quote what was typed */
  cli_repl_say(repl, STDERR_FILENO, "\n");
  cli_stage_drain(&repl->stage, false);
}

static void show_time(cli_repl *repl, const cloche_result *result) {
  char text[120];
  snprintf(text, sizeof text, "%.3f ms, of which %.3f ms of CPU time; %.1f MiB\n", (double)result->wall_ns / 1e6,
           (double)result->cpu_ns / 1e6, (double)result->memory_bytes / (1 << 20));
  bool colours = repl->stage.out.colours[STDERR_FILENO];
  if (colours) cli_repl_say(repl, STDERR_FILENO, DIM);
  cli_repl_say(repl, STDERR_FILENO, text);
  if (colours) cli_repl_say(repl, STDERR_FILENO, PLAIN);
}

static void show_failure(cli_repl *repl, const cloche_result *result) {
  repl->failed = true;
  if (result->status == CLOCHE_CANCELLED && repl->interrupted) {
    cli_repl_say(repl, STDERR_FILENO, "interrupted; the session is as before\n");
    return;
  }
  cli_show_result(&repl->stage.out, cli_repl_cell(repl), result, result->error_source ? result->error_source : "input");
  if (result->rolled_back) cli_repl_say(repl, STDERR_FILENO, "the session is as it was before this input\n");
}

static void show_outcome(cli_repl *repl, const cloche_result *result) {
  cli_progress_erase(&repl->progress, &repl->stage.out);
  repl->progress = (cli_progress){0};
  if (repl->edit && repl->stage.out.open_line) cli_repl_say(repl, STDOUT_FILENO, "\n"); /* the prompt needs a line */
  if (result->status != CLOCHE_OK) show_failure(repl, result);
  else if (result->value && result->repr && strcmp(repl->language, "sql") != 0) /* tables are shown already */
    cli_repl_show_value(repl, result->repr, result->repr_len);
  if (repl->shows_time) show_time(repl, result);
  if (result->status == CLOCHE_OK && result->exited) {
    repl->exit_code = result->exit_code;
    repl->over = true;
  }
}

/* Escapes from a terminal or a reader that takes nothing any more. */
static void finish_output(cli_repl *repl) {
  if (repl->stage.out.error) repl->over = true;
  cli_stage_drain(&repl->stage, false);
}

cli_repl_outcome cli_repl_eval(cli_repl *repl, bool whole, cloche_error *err) {
  cloche_cell *cell = cli_repl_cell(repl);
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  char name[40];
  snprintf(name, sizeof name, "input-%zu.%s", repl->input_count + 1, repl->language);
  options.name = name;
  options.interactive = true;
  options.drain_timers = true;
  options.language = repl->language;
  options.jsx_factory = repl->settings->jsx_factory;
  options.jsx_fragment = repl->settings->jsx_fragment;
  repl->interrupted = repl->stage.out.open_line = false;
  repl->running = true;
  cloche_status status = cloche_cell_start(cell, repl->input.data, repl->input.len, &options, err);
  if (status == CLOCHE_OK) status = cli_stage_run(&repl->stage, cell, err);
  if (status == CLOCHE_OK) status = cloche_cell_result(cell, &result, err);
  cli_stage_stop_calls(&repl->stage, cell);
  if (status == CLOCHE_OK && cli_dome_refused(&result, err)) status = result.status;
  bool goes_on = status == CLOCHE_OK && !whole && cli_repl_ends_early(&result, repl->input.data, repl->input.len);
  bool unread = status == CLOCHE_OK && result.status == CLOCHE_SYNTAX_ERROR;
  if (status == CLOCHE_OK && !goes_on) show_outcome(repl, &result);
  if (unread) (void)cloche_cell_undo(cell, 1, NULL); /* nothing was evaluated: it is no step to go back by */
  finish_output(repl);
  repl->running = false;
  repl->input_count += !goes_on;
  if (status != CLOCHE_OK) return CLI_REPL_BROKEN;
  return goes_on ? CLI_REPL_GOES_ON : CLI_REPL_RAN;
}
