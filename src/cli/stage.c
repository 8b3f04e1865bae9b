/* The loop around runs; stage.h. */
#include "stage.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "fail.h"
#include "loop.h"

#define SLICE_NS UINT64_C(10000000)

/* ---- opening and closing */

static void on_signal(uv_signal_t *handle, int number) {
  cli_stage *stage = handle->data;
  stage->on_signal(stage->user, number);
}

static bool is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* A hang-up that the user's nohup ignores stays ignored. */
static int watch_signals(cli_stage *stage) {
  static const int numbers[CLI_STAGE_SIGNALS] = {SIGINT, SIGTERM, SIGHUP};
  for (int i = 0; i < CLI_STAGE_SIGNALS; i++) {
    uv_signal_init(&stage->loop, &stage->signals[i]);
    stage->signals[i].data = stage;
    if (numbers[i] == SIGHUP && is_ignored(SIGHUP)) continue;
    int failed = uv_signal_start(&stage->signals[i], on_signal, numbers[i]);
    if (failed) return failed;
  }
  return 0;
}

/* A timer that is due when uv_run begins fires before it polls, and would leave it to wait for nothing. */
static void on_alarm(uv_timer_t *timer) { uv_stop(timer->loop); }

/* What the user's shell left open, or the library opened, is none of a tool's business. */
static void keep_fds_from_children(void) {
  const unsigned close_on_exec = 1u << 2; /* CLOSE_RANGE_CLOEXEC, since Linux 5.11 */
  if (syscall(SYS_close_range, 3u, ~0u, close_on_exec) != 0) uv_disable_stdio_inheritance();
}

cloche_status cli_stage_open(cli_stage *stage, cloche_error *err) {
  keep_fds_from_children();
  stage->out.epoll = -1;
  int failed = cli_loop_open(&stage->loop);
  if (failed) goto out;
  stage->has_loop = true;
  uv_timer_init(&stage->loop, &stage->alarm);
  stage->processes.loop = &stage->loop;
  stage->processes.result_bytes = (size_t)stage->settings->limits.result_bytes;
  failed = cli_out_open(&stage->out, &stage->loop);
  if (!failed) failed = cli_dome_watch_open(&stage->dome, stage->thread, &stage->loop);
  if (!failed) failed = watch_signals(stage);

out:
  if (!failed) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "the event loop cannot be set up: %s", uv_strerror(failed));
}

static void close_handle(uv_handle_t *handle, void *user) {
  (void)user;
  if (!uv_is_closing(handle)) uv_close(handle, NULL);
}

void cli_stage_close(cli_stage *stage) {
  if (!stage->has_loop) return;
  cli_out_close(&stage->out);
  uv_walk(&stage->loop, close_handle, NULL);
  uv_run(&stage->loop, UV_RUN_DEFAULT);
  uv_loop_close(&stage->loop);
  stage->has_loop = false;
}

/* ---- a run */

static const cli_tool *find_tool(const cli_stage *stage, const char *name) {
  for (size_t i = 0; i < stage->settings->tool_count; i++)
    if (strcmp(stage->settings->tools[i].name, name) == 0) return &stage->settings->tools[i];
  return NULL;
}

static void start_calls(cli_stage *stage, cloche_cell *cell) {
  for (cloche_call call; cloche_cell_next_call(cell, &call);) {
    bool wanted = !stage->on_call || stage->on_call(stage->user, &call);
    cli_out_flush(&stage->out); /* what the script has said before stands before what the command says */
    if (wanted) cli_processes_start(&stage->processes, cell, find_tool(stage, call.tool), &call);
  }
}

static void set_alarm(cli_stage *stage, const cloche_cell *cell) {
  struct timespec clock;
  clock_gettime(CLOCK_MONOTONIC, &clock);
  uint64_t now = (uint64_t)clock.tv_sec * 1000000000u + (uint64_t)clock.tv_nsec;
  uint64_t at = cloche_cell_deadline(cell), of_workers = cli_dome_deadline(&stage->dome);
  if (of_workers < at) at = of_workers;
  uv_update_time(&stage->loop);
  uv_timer_start(&stage->alarm, on_alarm, at > now ? (at - now + 999999) / 1000000 : 0, 0);
}

cloche_status cli_stage_run(cli_stage *stage, cloche_cell *cell, cloche_error *err) {
  stage->stopping = false;
  for (;;) {
    cloche_state state;
    cloche_status status = cloche_cell_step(cell, SLICE_NS, &state, err);
    if (status != CLOCHE_OK) return status;
    stage->on_step(stage->user, cell);
    cli_out_flush(&stage->out);
    if (stage->out.error && !stage->stopping) cloche_cell_interrupt(cell);
    stage->stopping = stage->out.error != 0;
    if (state == CLOCHE_DONE) return CLOCHE_OK;
    bool waits = state == CLOCHE_WAITING;
    if (waits || !stage->on_wait) start_calls(stage, cell);
    if (waits && stage->on_wait && stage->on_wait(stage->user, cell)) continue;
    if (waits && stage->is_aside && stage->is_aside(stage->user, cell)) return CLOCHE_OK;
    /* what a worker's guest computes is none of this process's work */
    bool idle = !cli_dome_serve(&stage->dome) && (waits || stage->dome.thread);
    if (idle) set_alarm(stage, cell);
    uv_run(&stage->loop, idle ? UV_RUN_ONCE : UV_RUN_NOWAIT);
    (void)cli_dome_serve(&stage->dome);
  }
}

void cli_stage_stop_calls(cli_stage *stage, const cloche_cell *cell) {
  uv_timer_stop(&stage->alarm);
  cli_processes_stop(&stage->processes, cell);
}

void cli_stage_drain(cli_stage *stage, bool processes) {
  cli_out_flush(&stage->out);
  while (cli_out_is_pending(&stage->out) || (processes && stage->processes.first)) uv_run(&stage->loop, UV_RUN_ONCE);
}
