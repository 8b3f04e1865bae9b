/* `cloche jsonl`: the loop of the JSONL door; jsonl.h says what it is.
 *
 * A turn takes the lines that have come, works on each lane for a slice, writes the answers with one flush, and lets the
 * loop look for signals, input and processes; it waits there only when no lane has anything to do. */
#include "jsonl.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "language.h"
#include "loop.h"

enum { SIGNALS = 3, SPARE_CELLS = 8 };

typedef struct {
  cli_jsonl door; /* first: what the loop's handles point to */
  uv_signal_t signals[SIGNALS];
  bool interrupted; /* by a signal */
  bool input_over;  /* every line has been taken */
  uint64_t due;     /* of the lanes, the earliest */
} program;

/* ---- the loop's handles */

static void on_signal(uv_signal_t *handle, int number) {
  program *p = handle->data;
  (void)number;
  if (p->interrupted) {
    cli_processes_kill(&p->door.processes);
    _exit(CLI_EXIT_CANCELLED);
  }
  p->interrupted = p->door.stopped = true;
}

static void on_alarm(uv_timer_t *timer) { uv_stop(timer->loop); }

static void put_out(void *user, const char *text, size_t len) { cli_out_add(user, STDOUT_FILENO, text, len); }

static void on_news(void *user, cloche_cell *cell) {
  for (cli_session *session = ((cli_jsonl *)user)->sessions; session; session = session->next)
    if (session->cell == cell) session->has_news = true;
}

/* The cell is due now, which the next turn sees. */
static void on_settled(void *user, cloche_cell *cell, uint64_t call_id, bool resolved) {
  (void)call_id, (void)resolved;
  on_news(user, cell);
}

static int watch_signals(program *p) {
  static const int numbers[SIGNALS] = {SIGINT, SIGTERM, SIGHUP};
  for (int i = 0; i < SIGNALS; i++) {
    uv_signal_init(&p->door.loop, &p->signals[i]);
    p->signals[i].data = p;
    struct sigaction action;
    if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_IGN) continue; /* as nohup has it */
    int failed = uv_signal_start(&p->signals[i], on_signal, numbers[i]);
    if (failed) return failed;
  }
  return 0;
}

static cloche_status open_loop(program *p, cloche_error *err) {
  cli_jsonl *door = &p->door;
  int failed = cli_loop_open(&door->loop);
  if (failed) return cli_fail(err, CLOCHE_IO_ERROR, "the event loop cannot be set up: %s", uv_strerror(failed));
  door->has_loop = true;
  uv_timer_init(&door->loop, &door->alarm);
  failed = cli_out_open(&door->out, &door->loop);
  door->dome = (cli_dome_watch){.on_news = on_news, .user = door};
  if (!failed) failed = cli_dome_watch_open(&door->dome, door->thread, &door->loop);
  if (!failed) failed = cli_lines_open(&door->lines, &door->loop, CLI_JSONL_LINE_BYTES);
  if (!failed) failed = watch_signals(p);
  door->sink = (cl_sink){put_out, &door->out};
  door->processes = (cli_processes){.loop = &door->loop,
                                    .result_bytes = door->settings->run.limits.result_bytes,
                                    .on_settled = on_settled,
                                    .user = door};
  if (!failed) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "the event loop cannot be set up: %s", uv_strerror(failed));
}

/* ---- a turn */

/* While a call waits for the host its result must be read, whatever waits in front of it. */
static bool wants_lines(const cli_jsonl *door) {
  if (door->stopped) return false;
  for (const cli_session *session = door->sessions; session; session = session->next)
    if (session->open_calls) return true;
  return door->jobs < CLI_JSONL_JOBS && door->job_bytes < CLI_JSONL_JOBS_BYTES &&
         door->out.waiting <= CLI_JSONL_OUTPUT_BYTES;
}

static void take_lines(program *p) {
  cli_jsonl *door = &p->door;
  const char *line;
  size_t len;
  while (wants_lines(door)) {
    cli_line got = cli_lines_next(&door->lines, &line, &len);
    if (got == CLI_LINE_NONE) {
      p->input_over = door->lines.ended;
      return;
    }
    cli_jsonl_take(door, got == CLI_LINE ? line : NULL, len);
  }
}

static void work(cli_jsonl *door, cli_lane *lane) { cli_lane_work(door, lane, cli_jsonl_now() + CLI_JSONL_SLICE_NS); }

static void look_when(cli_jsonl *door, cli_lane *lane) {
  program *p = (program *)door;
  uint64_t due = cli_lane_due(door, lane);
  if (due < p->due) p->due = due;
}

/* Nobody is there any more who could answer. */
static void give_up_calls(cli_jsonl *door, cli_lane *lane) {
  const cli_job *job = lane->at_work;
  if (job && job->waiting && job->session->open_calls && cli_lane_due(door, lane) > cli_jsonl_now())
    cli_lane_cancel_run(lane);
}

/* Waits for what comes first: input, a process, a signal, a deadline, a reader. */
static void wait(program *p, bool read_again) {
  cli_jsonl *door = &p->door;
  uint64_t now = cli_jsonl_now();
  uv_timer_stop(&door->alarm);
  if (read_again) cli_lines_read(&door->lines);
  if (read_again || p->due <= now) {
    uv_run(&door->loop, UV_RUN_NOWAIT);
    return;
  }
  uv_update_time(&door->loop);
  if (p->due != UINT64_MAX) uv_timer_start(&door->alarm, on_alarm, (p->due - now + 999999) / 1000000, 0);
  uv_run(&door->loop, UV_RUN_ONCE);
}

static bool is_over(const program *p) {
  const cli_jsonl *door = &p->door;
  bool idle = door->jobs == 0 && !cli_out_is_pending(&door->out);
  return idle && (p->input_over || door->stopped);
}

static void serve(program *p) {
  cli_jsonl *door = &p->door;
  for (;;) {
    take_lines(p);
    if (door->out.error) door->stopped = true;
    if (door->stopped) cli_jsonl_lanes(door, cli_lane_cancel);
    cli_jsonl_lanes(door, work);
    if (p->input_over) cli_jsonl_lanes(door, give_up_calls);
    cli_sessions_sweep(door);
    cli_out_flush(&door->out);
    if (is_over(p)) return;
    bool read_again = cli_lines_watch(&door->lines, wants_lines(door));
    (void)cli_dome_serve(&door->dome);
    p->due = cli_dome_deadline(&door->dome);
    cli_jsonl_lanes(door, look_when);
    wait(p, read_again);
    (void)cli_dome_serve(&door->dome);
  }
}

/* ---- the command */

static void close_door(program *p) {
  cli_jsonl *door = &p->door;
  for (cli_session *session = door->sessions; session; session = session->next) cli_session_close(door, session);
  cli_sessions_sweep(door);
  if (door->has_loop) {
    while (door->processes.first) uv_run(&door->loop, UV_RUN_ONCE);
    cli_out_close(&door->out);
    cli_lines_close(&door->lines);
    uv_close((uv_handle_t *)&door->alarm, NULL);
    for (int i = 0; i < SIGNALS; i++) uv_close((uv_handle_t *)&p->signals[i], NULL);
    if (door->dome.thread) uv_close((uv_handle_t *)&door->dome.poll, NULL);
    uv_run(&door->loop, UV_RUN_DEFAULT);
    uv_loop_close(&door->loop);
  }
  cloche_thread_close(door->thread);
  cloche_engine_close(door->js);
  cloche_engine_close(door->python);
  cli_inputs_free(&door->inputs);
  cli_bytes_free(&door->text);
}

static cloche_status open_door(program *p, cloche_error *err) {
  cli_jsonl *door = &p->door;
  cli_dome_plan plan = {.wall = door->settings->run.wall, .spare = SPARE_CELLS, .many = true};
  plan.cells = CLI_JSONL_SESSIONS;
  door->text.max = SIZE_MAX / 2;
  cloche_status status = cli_inputs_read(&door->inputs, &door->settings->run, err);
  if (status == CLOCHE_OK) status = cli_dome_open(&door->thread, &plan, err);
  return status == CLOCHE_OK ? open_loop(p, err) : status;
}

static int exit_code_of(const program *p) {
  if (p->interrupted) return CLI_EXIT_CANCELLED;
  if (p->door.out.error == EPIPE) return CLI_EXIT_PIPE;
  if (!p->door.out.error) return CLI_EXIT_OK;
  fprintf(stderr, "cloche: stdout cannot be written to: %s\n", strerror(p->door.out.error));
  return CLI_EXIT_FAILURE;
}

int cli_jsonl_serve(const cli_jsonl_settings *settings) {
  static program p; /* large, for what the processes behind tools say */
  cloche_error err = CLOCHE_ERROR_INIT;
  p = (program){.door.settings = settings};
  cloche_status status = open_door(&p, &err);
  if (status == CLOCHE_OK) serve(&p);
  else fprintf(stderr, "cloche: %s\n", err.message);
  int exit_code = status == CLOCHE_OK ? exit_code_of(&p) : cloche_status_describe(status).exit_code;
  close_door(&p);
  return exit_code;
}

static cloche_status set_report(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)value, (void)err;
  ((cli_jsonl_settings *)settings)->report = true;
  return CLOCHE_OK;
}

static const cli_option options[] = {
    {"The dialect", 0, "report", NULL, NULL, "the full one: reports, events, tools of the host, sessions in parallel",
     set_report},
    {0},
};

static cloche_status take_language(cli_jsonl_settings *settings, const cli_operands *operands, cloche_error *err) {
  const char *name = operands->before_count ? operands->before[0] : "js";
  if (operands->before_count > 1)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "one language at a time, and there are '%.40s' and '%.40s'", name,
                    operands->before[1]);
  settings->run.arguments = operands->after;
  settings->run.argument_count = operands->after_count;
  return cli_language_named(&settings->language, name, err);
}

static int jsonl_command(const cli_command *self, int count, char **arguments) {
  cli_jsonl_settings settings = {0};
  cli_operands operands;
  cloche_error err = CLOCHE_ERROR_INIT;
  int exit_code;
  if (cli_options_parse(self, count, arguments, &settings, &operands, &exit_code)) {
    cloche_status status = cli_run_settings_limits(&settings.run, &err);
    if (status == CLOCHE_OK) status = take_language(&settings, &operands, &err);
    if (status == CLOCHE_OK) status = cli_run_settings_check_stdin(&settings.run, 1, &err);
    exit_code = status == CLOCHE_OK ? cli_jsonl_serve(&settings) : cli_usage_error(self->name, err.message);
  }
  cli_run_settings_free(&settings.run);
  return exit_code;
}

static const cli_section sections[] = {
    {"Requests and answers",
     "Each line of stdin is a request, {\"id\": TEXT, \"code\": TEXT}, and each gets one line on stdout, in the same\n"
     "order: {\"id\", \"output\"?, \"error\"?}. State stays from one request to the next. A request that is killed, by\n"
     "time or memory, leaves no trace in it:\n"
     "\n"
     "  printf '%s\\n' '{\"id\": \"a\", \"code\": \"let x = 1\"}' '{\"id\": \"b\", \"code\": \"x + 1\"}' | cloche jsonl\n"
     "\n"
     "docs/JSONL.md describes what else requests may hold, and the full dialect.\n"},
    {"Exit codes",
     "  0    stdin has ended, and every request is answered, also if some failed\n"
     "  2    wrong usage             130  interrupted\n"
     "  5    the host failed         141  nobody reads the output\n"},
    {0},
};

const cli_command cli_jsonl_command = {
    .name = "jsonl",
    .arguments = "[js|ts|py|sql] [OPTION...]",
    .words = "js ts py sql",
    .text = "Runs requests that come as JSON lines, in cells that stay.",
    .options = options,
    .shared = cli_cell_options,
    .sections = sections,
    .set_limit = cli_run_set_limit,
    .run = jsonl_command,
};
