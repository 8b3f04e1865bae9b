/* The processes behind tools; processes.h draws their life. The command is the user's own and trusted, what it prints
 * is not: both outputs are read up to a limit. */
#include "processes.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "tool_error.h"

enum { STDERR_BYTES = 64 << 10, GRACE_MS = 1000, STREAMS = 3 };

typedef enum { RUNNING, ASKED, KILLED } stage;

struct cli_process {
  cli_process *next;
  cli_processes *all;
  cloche_cell *cell;
  const char *tool;
  uint64_t call_id;
  bool settled;
  stage stage;
  uv_process_t child;
  bool has_child;             /* libuv knows the handle, be it of a process that could not be started */
  uv_timer_t timer;           /* of the stages after RUNNING */
  uv_pipe_t streams[STREAMS]; /* our ends of its stdin, stdout, stderr */
  cli_bytes said[STREAMS];    /* by stream; 0 is the argument that goes in */
  uv_write_t write;
  bool exited;
  int64_t exit_status;
  int term_signal;
  int reading; /* outputs that have not ended */
  int handles; /* handles that libuv still knows */
};

/* ---- the end */

static void free_process(cli_process *p) {
  cli_process **at = &p->all->first;
  while (*at && *at != p) at = &(*at)->next;
  if (*at) *at = p->next;
  for (int i = 0; i < STREAMS; i++) cli_bytes_free(&p->said[i]);
  free(p);
}

static void on_close(uv_handle_t *handle) {
  cli_process *p = handle->data;
  if (--p->handles == 0) free_process(p);
}

static void close_handle(uv_handle_t *handle) {
  if (!uv_is_closing(handle)) uv_close(handle, on_close);
}

static void close_all(cli_process *p) {
  for (int i = 0; i < STREAMS; i++) close_handle((uv_handle_t *)&p->streams[i]);
  close_handle((uv_handle_t *)&p->timer);
  if (p->has_child) close_handle((uv_handle_t *)&p->child);
}

static void signal_group(cli_process *p, int number) {
  if (p->child.pid > 0) kill(-p->child.pid, number);
}

static void on_timer(uv_timer_t *timer) {
  cli_process *p = timer->data;
  signal_group(p, SIGKILL);
  if (p->stage == KILLED) close_all(p); /* the kernel does not let go of it; nor can we */
  p->stage = KILLED;
}

static void stop(cli_process *p) {
  p->settled = true;
  if (p->stage != RUNNING) return;
  p->stage = ASKED;
  signal_group(p, p->exited ? SIGKILL : SIGTERM);
  if (p->exited) {
    close_all(p);
    return;
  }
  close_handle((uv_handle_t *)&p->streams[STDIN_FILENO]); /* its outputs stay, lest a last word kill it (SIGPIPE) */
  uv_timer_start(&p->timer, on_timer, GRACE_MS, GRACE_MS);
}

/* ---- settling */

static void describe_ending(const cli_process *p, char *out, size_t len) {
  if (p->term_signal) snprintf(out, len, "was killed by signal %d (%s)", p->term_signal, strsignal(p->term_signal));
  else snprintf(out, len, "exited with status %lld", (long long)p->exit_status);
}

static bool is_blank(const cli_bytes *text) { return text->len == 0 || strspn(text->data, " \t\r\n") == text->len; }

static void give(cli_processes *all, cloche_cell *cell, uint64_t call_id, cli_reply answer) {
  if (all->keep) {
    all->keep(all->user, cell, call_id, &answer);
    return;
  }
  cloche_status status = cli_reply_give(&answer, cell, call_id);
  bool resolved = status == CLOCHE_OK && answer.kind == CLI_REPLY_RESULT;
  cli_reply_free(&answer);
  all->on_settled(all->user, cell, call_id, resolved);
}

static void settle(cli_process *p) {
  cli_reply answer = {.kind = CLI_REPLY_RESULT, .result = p->said[STDOUT_FILENO]};
  p->settled = true;
  p->said[STDOUT_FILENO] = (cli_bytes){0};
  if (p->exit_status != 0 || p->term_signal != 0) {
    char ending[80];
    describe_ending(p, ending, sizeof ending);
    cli_reply_free(&answer);
    answer = cli_tool_error(p->tool, ending, &p->said[STDERR_FILENO]);
  } else if (is_blank(&answer.result)) {
    cli_bytes_free(&answer.result);
  }
  give(p->all, p->cell, p->call_id, answer);
}

static void settle_when_over(cli_process *p) {
  if (!p->exited || p->reading > 0 || p->stage != RUNNING) return;
  if (!p->settled) settle(p);
  close_all(p);
}

static void on_child_exit(uv_process_t *child, int64_t exit_status, int term_signal) {
  cli_process *p = child->data;
  p->exited = true;
  p->exit_status = exit_status;
  p->term_signal = term_signal;
  if (p->stage == RUNNING) {
    settle_when_over(p);
    return;
  }
  signal_group(p, SIGKILL); /* those that it left behind */
  close_all(p);
}

/* ---- reading and writing */

static int stream_index(const cli_process *p, const void *stream) {
  return (int)((const uv_pipe_t *)stream - p->streams);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf) {
  cli_processes *all = ((cli_process *)handle->data)->all;
  (void)suggested;
  *buf = uv_buf_init(all->scratch, sizeof all->scratch);
}

static void refuse_result(cli_process *p) {
  give(p->all, p->cell, p->call_id, (cli_reply){.kind = CLI_REPLY_TOO_LARGE});
  stop(p);
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *buf) {
  cli_process *p = stream->data;
  int index = stream_index(p, stream);
  cli_bytes *said = &p->said[index];
  if (got == 0 || (got > 0 && p->stage != RUNNING)) return;
  if (got < 0) {
    uv_read_stop(stream);
    p->reading--;
    settle_when_over(p);
    return;
  }
  size_t room = said->max - said->len, len = (size_t)got < room ? (size_t)got : room;
  bool kept = cli_bytes_add(said, buf->base, len);
  if (index == STDERR_FILENO) return; /* what is too much is read and dropped, so that the command goes on */
  if (!kept || said->len > p->all->result_bytes) refuse_result(p);
}

static void on_written(uv_write_t *write, int status) {
  cli_process *p = write->data;
  (void)status; /* a command need not read its argument */
  close_handle((uv_handle_t *)&p->streams[STDIN_FILENO]);
}

static void begin(cli_process *p) {
  for (int i = STDOUT_FILENO; i < STREAMS; i++) {
    if (uv_read_start((uv_stream_t *)&p->streams[i], on_alloc, on_read) == 0) p->reading++;
  }
  uv_buf_t buf = uv_buf_init(p->said[0].data, (unsigned)p->said[0].len);
  p->write.data = p;
  uv_stream_t *in = (uv_stream_t *)&p->streams[STDIN_FILENO];
  if (p->said[0].len == 0 || uv_write(&p->write, in, &buf, 1, on_written) != 0) close_handle((uv_handle_t *)in);
}

/* ---- starting */

/* Pipes and not libuv's socket pairs, so that a command may open /dev/stdin or /dev/stderr. */
static int open_streams(cli_process *p, int theirs[STREAMS]) {
  for (int i = 0; i < STREAMS; i++) {
    uv_file ends[2];
    bool in = i == STDIN_FILENO;
    int failed = uv_pipe(ends, in ? 0 : UV_NONBLOCK_PIPE, in ? UV_NONBLOCK_PIPE : 0);
    if (failed) return failed;
    theirs[i] = ends[in ? 0 : 1];
    int mine = ends[in ? 1 : 0];
    failed = uv_pipe_open(&p->streams[i], mine);
    if (failed) {
      close(mine);
      return failed;
    }
  }
  return 0;
}

static int spawn(cli_process *p, const cli_tool *tool) {
  int theirs[STREAMS] = {-1, -1, -1};
  int failed = open_streams(p, theirs);
  if (failed) goto out;
  uv_stdio_container_t stdio[STREAMS];
  for (int i = 0; i < STREAMS; i++) {
    stdio[i].flags = UV_INHERIT_FD;
    stdio[i].data.fd = theirs[i];
  }
  uv_process_options_t options = {
      .file = tool->words[0],
      .args = tool->words,
      .exit_cb = on_child_exit,
      .stdio = stdio,
      .stdio_count = STREAMS,
      .flags = UV_PROCESS_DETACHED, /* a group of its own, which can be killed as one */
  };
  failed = uv_spawn(p->all->loop, &p->child, &options);
  p->child.data = p;
  p->has_child = true;
  p->handles++;

out:
  for (int i = 0; i < STREAMS; i++)
    if (theirs[i] >= 0) close(theirs[i]);
  return failed;
}

static void init_handles(cli_process *p) {
  uv_loop_t *loop = p->all->loop;
  for (int i = 0; i < STREAMS; i++) {
    uv_pipe_init(loop, &p->streams[i], 0);
    p->streams[i].data = p;
  }
  uv_timer_init(loop, &p->timer);
  p->timer.data = p;
  p->handles = STREAMS + 1;
}

static void reject_unstarted(cli_processes *all, cloche_cell *cell, const cloche_call *call, const cli_tool *tool,
                             const char *why) {
  char message[512];
  snprintf(message, sizeof message, "tool %.128s: the command '%.200s' cannot be started: %s", tool->name,
           tool->words[0], why);
  give(all, cell, call->id, cli_reply_error(message));
}

static cli_process *new_process(cli_processes *all, cloche_cell *cell, const cli_tool *tool, const cloche_call *call) {
  cli_process *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  *p = (cli_process){.all = all, .cell = cell, .tool = tool->name, .call_id = call->id};
  p->said[STDIN_FILENO].max = call->argument_len;
  p->said[STDOUT_FILENO].max = all->result_bytes + 1;
  p->said[STDERR_FILENO].max = STDERR_BYTES;
  if (cli_bytes_add(&p->said[STDIN_FILENO], call->argument, call->argument_len)) return p;
  free(p);
  return NULL;
}

void cli_processes_start(cli_processes *all, cloche_cell *cell, const cli_tool *tool, const cloche_call *call) {
  cli_process *p = new_process(all, cell, tool, call);
  if (!p) {
    reject_unstarted(all, cell, call, tool, "out of memory");
    return;
  }
  p->next = all->first;
  all->first = p;
  init_handles(p);
  int failed = spawn(p, tool);
  if (!failed) {
    begin(p);
    return;
  }
  p->settled = true;
  reject_unstarted(all, cell, call, tool, uv_strerror(failed));
  close_all(p);
}

/* ---- from outside */

void cli_processes_stop(cli_processes *all, const cloche_cell *cell) {
  for (cli_process *p = all->first; p; p = p->next)
    if (p->cell == cell) stop(p);
}

void cli_processes_kill(cli_processes *all) {
  for (cli_process *p = all->first; p; p = p->next) signal_group(p, SIGKILL);
}
