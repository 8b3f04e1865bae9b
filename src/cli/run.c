/* `cloche run`: one script in one cell. After the run the program stays until its output is written and the processes
 * it has told to end have ended. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "error_text.h"
#include "events.h"
#include "recorder.h"
#include "recording.h"
#include "resume.h"
#include "run.h"
#include "run_cell.h"
#include "run_settings.h"
#include "show.h"
#include "stage.h"
#include "suspend.h"

typedef struct {
  cli_run_settings *settings;
  cli_run_cell opened;
  cloche_cell *cell; /* the one in `opened` */
  cli_stage stage;
  cli_progress progress;
  cli_recorder recorder;   /* of --record */
  cli_recording recording; /* of --replay */
  cli_suspension suspension;
  bool interrupted; /* by a signal */
  bool stopped;     /* the replay, at a wait that goes on for ever */
  bool over;        /* the run has ended; what is left is output and processes */
} runner;

static void on_signal(void *user, int number) {
  runner *r = user;
  (void)number;
  if (r->interrupted || r->over) {
    cli_processes_kill(&r->stage.processes);
    _exit(CLI_EXIT_CANCELLED);
  }
  r->interrupted = true;
  cloche_cell_interrupt(r->cell);
}

/* ---- opening and closing */

static cloche_status open_cell(runner *r, cloche_error *err) {
  cli_run_settings *settings = r->settings;
  cloche_status status;
  if (settings->replay) {
    status = cli_recording_read(&r->recording, settings->replay, err);
    if (status == CLOCHE_OK) status = cli_recording_settings(&r->recording, settings, err);
    return status == CLOCHE_OK ? cli_recording_open(&r->recording, settings, &r->opened, err) : status;
  }
  if (settings->resume) return cli_resume_open(&r->opened, settings, err);
  status = cli_run_cell_open(&r->opened, settings, err);
  if (status != CLOCHE_OK || !settings->record) return status;
  status = cli_recorder_open(&r->recorder, settings->record, err);
  return status == CLOCHE_OK ? cli_recorder_begin(&r->recorder, settings, &r->opened, err) : status;
}

static void close_runner(runner *r) {
  cli_stage_close(&r->stage);
  cli_suspension_free(&r->suspension);
  cli_run_cell_close(&r->opened);
  cli_recorder_close(&r->recorder);
  cli_recording_close(&r->recording);
}

/* ---- the run */

static void on_settled(void *user, cloche_cell *cell, uint64_t call_id, bool resolved) {
  runner *r = user;
  (void)cell;
  if (!r->settings->replay) r->suspension.running--;
  if (r->settings->output != CLI_OUTPUT_EVENTS) return;
  cli_events_call_end(&r->stage.out, call_id, resolved ? "resolved" : "rejected");
  cli_out_flush(&r->stage.out);
}

static void keep_answer(void *user, cloche_cell *cell, uint64_t call_id, const cli_reply *answer) {
  (void)cell;
  cli_recorder_keep(&((runner *)user)->recorder, call_id, answer);
}

/* A tool that nobody here answers. */
static bool is_waited_for(const cli_run_settings *settings, const char *tool) {
  for (size_t i = 0; i < settings->tool_count; i++)
    if (strcmp(settings->tools[i].name, tool) == 0) return !settings->tools[i].words;
  return false;
}

static bool is_aside(void *user, cloche_cell *cell) {
  runner *r = user;
  bool waits = cloche_cell_deadline(cell) > 0; /* else a command that cannot be started has answered at once */
  r->suspension.done = waits && !r->interrupted && cli_suspension_is_due(&r->suspension);
  return r->suspension.done;
}

static bool on_call(void *user, const cloche_call *call) {
  runner *r = user;
  if (r->settings->output == CLI_OUTPUT_EVENTS) cli_events_call(&r->stage.out, call);
  if (r->settings->replay) return false;
  if (is_waited_for(r->settings, call->tool)) {
    if (!cli_suspension_hold(&r->suspension, call)) cloche_cell_interrupt(r->cell); /* no memory for a note */
    return false;
  }
  r->suspension.running++;
  return true;
}

static void on_step(void *user, cloche_cell *cell) {
  runner *r = user;
  cli_output output = r->settings->output;
  if (output == CLI_OUTPUT_HUMAN || output == CLI_OUTPUT_ALONE) cli_show_events(&r->stage.out, &r->progress, cell);
  if (output == CLI_OUTPUT_EVENTS) cli_events_write(&r->stage.out, cell);
}

/* A host that has a part in a deterministic run acts while the cell waits and at no other time. False: there is nothing to
 * answer with yet. */
static bool on_wait(void *user, cloche_cell *cell) {
  runner *r = user;
  if (!r->settings->replay) {
    bool some = r->recorder.kept_count > 0;
    cli_recorder_give(&r->recorder, cell, on_settled, r);
    return some;
  }
  if (r->stopped) return false;
  r->stopped = !cli_recording_give(&r->recording, cell, on_settled, r);
  if (r->stopped) cloche_cell_interrupt(cell);
  return true;
}

/* What the user calls the source that an error is in. */
static const char *error_path(const runner *r, const cloche_result *result) {
  const char *source = result->error_source;
  if (!source || strcmp(source, cli_run_cell_guest_name(r->settings)) == 0) return cli_run_settings_name(r->settings);
  for (size_t i = 0; i < r->settings->module_count; i++)
    if (strcmp(r->settings->modules[i].name, source) == 0) return r->settings->modules[i].path;
  return source;
}

static cloche_status write_report(runner *r, cloche_error *err) {
  const char *report;
  size_t len;
  cloche_status status = cloche_cell_report(r->cell, &report, &len, err);
  if (status != CLOCHE_OK) return status;
  if (r->settings->output == CLI_OUTPUT_EVENTS) {
    for (cloche_call call; cloche_cell_next_cancelled(r->cell, &call);)
      cli_events_call_end(&r->stage.out, call.id, "cancelled");
    cli_events_report(&r->stage.out, report, len);
    return CLOCHE_OK;
  }
  cli_out_add(&r->stage.out, STDOUT_FILENO, report, len);
  cli_out_add(&r->stage.out, STDOUT_FILENO, "\n", 1);
  return CLOCHE_OK;
}

static bool is_runner(const runner *r) { return r->settings->output >= CLI_OUTPUT_ALONE; }

/* Of a run that failed what it said on stdout is not shown. */
static void show_as_runner(runner *r, const cloche_result *result) {
  cli_bytes text = {.max = SIZE_MAX / 2};
  if (r->settings->output == CLI_OUTPUT_IF_FINE) r->stage.out.broken[STDOUT_FILENO] = result->status != CLOCHE_OK;
  cli_show_events(&r->stage.out, &r->progress, r->cell);
  cli_progress_erase(&r->progress, &r->stage.out);
  if (result->status == CLOCHE_OK) return;
  cli_error_text(&text, result);
  cli_out_add(&r->stage.out, STDERR_FILENO, "Error: ", 7);
  if (text.len) cli_out_add_guest(&r->stage.out, STDERR_FILENO, text.data, text.len);
  cli_out_add(&r->stage.out, STDERR_FILENO, "\n", 1);
  cli_bytes_free(&text);
}

static cloche_status show_outcome(runner *r, cloche_error *err) {
  if (r->stage.out.error) return CLOCHE_OK; /* nobody reads it, and the run was stopped for that alone */
  if (r->settings->output == CLI_OUTPUT_JSON || r->settings->output == CLI_OUTPUT_EVENTS) return write_report(r, err);
  cloche_result result;
  if (r->suspension.done) {
    cli_progress_erase(&r->progress, &r->stage.out);
    cli_suspension_show(&r->suspension, r->settings, &r->stage.out);
    return CLOCHE_OK;
  }
  cloche_status status = cloche_cell_result(r->cell, &result, err);
  cli_progress_erase(&r->progress, &r->stage.out);
  if (status != CLOCHE_OK) return status;
  if (is_runner(r)) {
    show_as_runner(r, &result);
    return CLOCHE_OK;
  }
  cli_show_result(&r->stage.out, r->cell, &result, error_path(r, &result));
  bool guessed = !r->settings->language && (!r->opened.language || strcmp(r->opened.language, "js") == 0);
  if (result.status == CLOCHE_SYNTAX_ERROR && guessed && (r->settings->code || strcmp(r->settings->path, "-") == 0))
    cli_show_hint(&r->stage.out, "if this is TypeScript, say --lang ts");
  return status;
}

static cloche_status write_recording(runner *r, cloche_error *err) {
  cloche_result result;
  cloche_status status = cli_recorder_end(&r->recorder, r->cell, err);
  if (status != CLOCHE_OK || cloche_cell_result(r->cell, &result, NULL) != CLOCHE_OK || result.replayable)
    return status;
  cli_show_hint(&r->stage.out, "the recording cannot be replayed: the machine had a part in how this run went");
  return status;
}

/* A second signal leaves at once. */
static void wind_up(runner *r) {
  r->over = true;
  cli_stage_stop_calls(&r->stage, r->cell);
  cli_stage_drain(&r->stage, true);
}

static int exit_code_of(const runner *r) {
  cloche_result result;
  if (r->stage.out.error == EPIPE) return CLI_EXIT_PIPE;
  if (r->stage.out.error) {
    fprintf(stderr, "cloche: stdout cannot be written to: %s\n", strerror(r->stage.out.error));
    return CLI_EXIT_FAILURE;
  }
  if (r->interrupted) return CLI_EXIT_CANCELLED;
  if (r->suspension.done) return cloche_status_describe(CLOCHE_SUSPENDED).exit_code;
  if (cloche_cell_result(r->cell, &result, NULL) != CLOCHE_OK) return CLI_EXIT_FAILURE;
  if (result.status == CLOCHE_OK) return result.exit_code;
  return is_runner(r) ? CLI_EXIT_UNCAUGHT : cloche_status_describe(result.status).exit_code;
}

static cloche_status check_begun(runner *r, cloche_error *err) {
  cloche_result result;
  cloche_status status = cloche_cell_result(r->cell, &result, err);
  if (status != CLOCHE_OK || !cli_dome_refused(&result, err)) return status;
  return cli_run_cell_send_to_doctor(result.status, err);
}

static cloche_status run(runner *r, cloche_error *err) {
  const cli_run_settings *settings = r->settings;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.name = cli_run_cell_guest_name(settings);
  options.drain_timers = true;
  options.language = r->opened.language;
  options.jsx_factory = settings->jsx_factory;
  options.jsx_fragment = settings->jsx_fragment;
  if (settings->replay) cli_recording_options(&r->recording, &options);
  cloche_status status = CLOCHE_OK;
  if (!settings->resume)
    status = cloche_cell_start(r->cell, r->opened.source.data, r->opened.source.len, &options, err);
  if (status == CLOCHE_OK) status = cli_stage_run(&r->stage, r->cell, err);
  if (status == CLOCHE_OK && !r->suspension.done) status = check_begun(r, err);
  if (status == CLOCHE_OK && r->suspension.done)
    status = cli_suspension_save(&r->suspension, settings, r->cell, r->opened.engine, err);
  if (status == CLOCHE_OK) status = show_outcome(r, err);
  if (status == CLOCHE_OK && settings->record) status = write_recording(r, err);
  wind_up(r);
  return status;
}

static int compare(runner *r, int exit_code) {
  if (cli_recording_compare(&r->recording, r->cell)) return exit_code;
  fprintf(stderr, "cloche: the replay differs from '%s': %s\n", r->settings->replay, r->recording.why);
  return CLI_EXIT_DIFFERS;
}

int cli_run_script(cli_run_settings *settings) {
  cloche_error err = CLOCHE_ERROR_INIT;
  runner r = {.settings = settings, .recorder.draft.fd = -1};
  cloche_status status = open_cell(&r, &err);
  r.cell = r.opened.cell;
  r.stage =
      (cli_stage){.settings = settings, .on_signal = on_signal, .on_step = on_step, .on_call = on_call, .user = &r};
  if (settings->record || settings->replay) r.stage.on_wait = on_wait;
  else r.stage.is_aside = is_aside;
  r.stage.processes.on_settled = on_settled;
  r.stage.processes.keep = settings->record ? keep_answer : NULL;
  r.stage.processes.user = &r;
  r.stage.thread = r.opened.thread;
  if (status == CLOCHE_OK) status = cli_stage_open(&r.stage, &err);
  if (status == CLOCHE_OK) status = run(&r, &err);
  int exit_code = status == CLOCHE_OK ? exit_code_of(&r) : cloche_status_describe(status).exit_code;
  if (status == CLOCHE_OK && settings->replay && !r.interrupted) exit_code = compare(&r, exit_code);
  if (status != CLOCHE_OK && is_runner(&r)) exit_code = CLI_EXIT_UNCAUGHT;
  if (status != CLOCHE_OK) fprintf(stderr, "%s: %s\n", is_runner(&r) ? "Error" : "cloche", err.message);
  close_runner(&r);
  return exit_code;
}

static int run_command(const cli_command *self, int count, char **arguments) {
  cli_run_settings settings;
  int exit_code;
  if (cli_run_settings_read(&settings, self, count, arguments, &exit_code)) exit_code = cli_run_script(&settings);
  cli_run_settings_free(&settings);
  return exit_code;
}

const cli_command cli_run_command = {
    .name = "run",
    .arguments = "FILE|-|-e CODE [OPTION...] [-- ARGUMENT...]",
    .words = CLI_FILES,
    .text = "Runs a script in a sealed cell and prints its output and value.",
    .options = cli_run_options,
    .shared = cli_cell_options,
    .sections = cli_run_sections,
    .set_limit = cli_run_set_limit,
    .run = run_command,
};
