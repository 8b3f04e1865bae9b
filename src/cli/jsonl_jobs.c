/* The jobs of the JSONL door: from a line to its answer; jsonl.h.
 *
 *     take ──► waits in its lane ──► begin ──► done at once                    ──► answered
 *       │                              └─────► at work: step, step, ... ended  ──► answered
 *       └── interrupts and results of calls act at once, whatever waits */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fail.h"
#include "jsonl.h"

uint64_t cli_jsonl_now(void) {
  struct timespec clock;
  clock_gettime(CLOCK_MONOTONIC, &clock);
  return (uint64_t)clock.tv_sec * 1000000000u + (uint64_t)clock.tv_nsec;
}

/* ---- lanes */

static cli_lane *lane_of(cli_jsonl *door, cli_session *session) {
  return door->settings->report ? &session->lane : &door->plain;
}

static void push(cli_lane *lane, cli_job *job) {
  if (lane->last) lane->last->next = job;
  else lane->first = job;
  lane->last = job;
}

/* Behind the run that is at work, or that will be next. */
static void push_second(cli_lane *lane, cli_job *job) {
  cli_job **at = lane->at_work || !lane->first ? &lane->first : &lane->first->next;
  job->next = *at;
  *at = job;
  if (!job->next) lane->last = job;
}

static cli_job *pop(cli_lane *lane) {
  cli_job *job = lane->first;
  lane->first = job->next;
  if (!lane->first) lane->last = NULL;
  job->next = NULL;
  return job;
}

void cli_jsonl_lanes(cli_jsonl *door, void (*each)(cli_jsonl *door, cli_lane *lane)) {
  each(door, &door->plain);
  if (!door->settings->report) return;
  for (cli_session *session = door->sessions; session; session = session->next) each(door, &session->lane);
}

static void free_job(cli_jsonl *door, cli_job *job) {
  cli_session *session = job->session;
  door->jobs--;
  door->job_bytes -= job->bytes;
  if (session) session->jobs--;
  cl_request_free(&job->request);
  free(job->wrong);
  free(job);
}

/* ---- calls of the guest */

/* What a call is named by towards the host: the session and the call's number in its cell. */
typedef struct {
  char text[CL_SESSION_NAME_MAX + 24];
} call_name;

static cl_text name_call(call_name *out, const cli_session *session, uint64_t id) {
  int len = snprintf(out->text, sizeof out->text, "%.*s:%" PRIu64, (int)session->name_len, session->name, id);
  return (cl_text){out->text, (size_t)len};
}

static const cli_tool *find_command(const cli_jsonl *door, const char *name) {
  const cli_run_settings *settings = &door->settings->run;
  for (size_t i = 0; i < settings->tool_count; i++)
    if (strcmp(settings->tools[i].name, name) == 0) return &settings->tools[i];
  return NULL;
}

static void start_calls(cli_jsonl *door, cli_job *job) {
  cli_session *session = job->session;
  for (cloche_call call; cloche_cell_next_call(session->cell, &call);) {
    const cli_tool *command = find_command(door, call.tool);
    if (command) {
      cli_processes_start(&door->processes, session->cell, command, &call);
      continue;
    }
    call_name name;
    session->open_calls++;
    cl_message_call(&door->sink, job->request.id, name_call(&name, session, call.id), &call);
  }
}

static void end_calls(cli_jsonl *door, cli_session *session) {
  for (cloche_call call; cloche_cell_next_cancelled(session->cell, &call);) {
    call_name name;
    if (!find_command(door, call.tool)) cl_message_cancel(&door->sink, name_call(&name, session, call.id));
  }
  session->open_calls = 0;
  cli_processes_stop(&door->processes, session->cell);
}

/* The session and number that a call's name is made of. */
static cli_session *find_call(cli_jsonl *door, cl_text name, uint64_t *id) {
  size_t colon = name.len;
  while (colon > 0 && name.data[colon - 1] != ':') colon--;
  size_t digits = name.len - colon;
  if (colon < 2 || digits == 0 || digits > 18) return NULL;
  *id = 0;
  for (size_t i = colon; i < name.len; i++) {
    if (name.data[i] < '0' || name.data[i] > '9') return NULL;
    *id = *id * 10 + (uint64_t)(name.data[i] - '0');
  }
  for (cli_session *session = door->sessions; session; session = session->next)
    if (cl_text_is((cl_text){session->name, session->name_len}, (cl_text){name.data, colon - 1}))
      return session->cell ? session : NULL;
  return NULL;
}

/* A result that comes too late is no error: the cancel may be under way to the host. */
static void take_result(cli_jsonl *door, const cl_request *request) {
  uint64_t id;
  cloche_error err = CLOCHE_ERROR_INIT;
  cli_session *session = find_call(door, request->call, &id);
  if (!session) return;
  cloche_status status = request->rejected
                             ? cloche_cell_reject(session->cell, id, &request->rejection, &err)
                             : cloche_cell_resolve(session->cell, id, request->value.data, request->value.len, &err);
  if (status == CLOCHE_NOT_FOUND) return;
  session->has_news = true;
  if (session->open_calls) session->open_calls--;
  if (status != CLOCHE_OK) cli_answer_error(door, request->id, status, err.message);
}

/* ---- interrupts */

static uint64_t interrupt_job(cli_job *job, cl_text id) {
  if (!job || job->gate_of || job->request.kind == CL_REQUEST_INTERRUPT || !cl_text_is(job->request.id, id)) return 0;
  job->interrupted = true;
  return 1;
}

static uint64_t interrupt_lane(cli_lane *lane, cl_text id) {
  uint64_t count = interrupt_job(lane->at_work, id);
  if (count) cloche_cell_interrupt(lane->at_work->session->cell);
  for (cli_job *job = lane->first; job; job = job->next) count += interrupt_job(job, id);
  return count;
}

static uint64_t interrupt_all(cli_jsonl *door, cl_text id) {
  uint64_t count = interrupt_lane(&door->plain, id);
  for (cli_session *session = door->sessions; session; session = session->next)
    count += interrupt_lane(&session->lane, id);
  return count;
}

void cli_lane_cancel_run(cli_lane *lane) {
  if (!lane->at_work || lane->at_work->interrupted) return;
  lane->at_work->interrupted = true;
  cloche_cell_interrupt(lane->at_work->session->cell);
}

void cli_lane_cancel(cli_jsonl *door, cli_lane *lane) {
  (void)door;
  cli_lane_cancel_run(lane);
  for (cli_job *job = lane->first; job; job = job->next) job->interrupted = true;
}

/* ---- taking requests */

static cl_text session_name(const cli_jsonl *door, const cl_request *request) {
  const char *language, *engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (request->session.data) return request->session;
  (void)cli_session_language(door, request, &language, &engine, &err);
  return cl_text_of(engine);
}

static cloche_status no_session(cloche_error *err) {
  return cli_fail(err, CLOCHE_NO_SLOT, "too many sessions are open");
}

/* A cell for one run is made when the run begins. */
static cloche_status find_session(cli_jsonl *door, cli_job *job, cloche_error *err) {
  if (job->session) return CLOCHE_OK;
  job->session = job->request.once ? cli_session_once(door) : cli_session_get(door, session_name(door, &job->request));
  if (!job->session) return no_session(err);
  job->session->jobs++;
  return CLOCHE_OK;
}

/* A fork also takes its place among the jobs of the session that it makes. */
static bool add_gate(cli_jsonl *door, cli_job *fork) {
  cli_session *made = cli_session_get(door, fork->request.target);
  if (made == fork->session) return true; /* which is refused in its turn */
  cli_job *gate = made ? calloc(1, sizeof *gate) : NULL;
  if (!gate) return false;
  gate->session = made;
  gate->gate_of = fork;
  fork->gate = gate;
  made->jobs++;
  door->jobs++;
  push(&made->lane, gate);
  return true;
}

/* In the plain dialect also a refusal is answered in its turn. */
static void refuse(cli_jsonl *door, cli_job *job, cloche_status status, const char *message) {
  bool waits = !door->settings->report && (door->plain.first || door->plain.at_work);
  if (waits) job->wrong = malloc(sizeof *job->wrong);
  if (job->wrong) {
    (void)cli_fail(job->wrong, status, "%s", message);
    push(&door->plain, job);
    return;
  }
  cli_answer_error(door, job->request.id, status, message);
  free_job(door, job);
}

static void enqueue(cli_jsonl *door, cli_job *job) {
  if (door->settings->report && door->jobs > CLI_JSONL_JOBS) {
    refuse(door, job, CLOCHE_INVALID_STATE, "too many requests wait");
    return;
  }
  if (job->request.once) {
    push(&door->plain, job);
    return;
  }
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = find_session(door, job, &err);
  bool gated = job->request.kind == CL_REQUEST_FORK && door->settings->report;
  if (status == CLOCHE_OK && gated && !add_gate(door, job)) status = no_session(&err);
  if (status != CLOCHE_OK) {
    refuse(door, job, status, err.message);
    return;
  }
  bool overtakes = job->request.kind == CL_REQUEST_SNAPSHOT && job->request.while_waiting && door->settings->report;
  if (overtakes) push_second(&job->session->lane, job);
  else push(lane_of(door, job->session), job);
}

/* It has acted when it is answered, which in the plain dialect is when its turn comes. */
static void take_interrupt(cli_jsonl *door, cli_job *job) {
  job->request.count = interrupt_all(door, job->request.target);
  if (!door->settings->report) {
    push(&door->plain, job);
    return;
  }
  cli_answer_count(door, job, "interrupted", job->request.count);
  free_job(door, job);
}

static bool is_blank(const char *line, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') return false;
  return true;
}

static cli_job *make_job(cli_jsonl *door, const char *line, size_t len) {
  cli_job *job = malloc(sizeof *job + len + 1);
  if (!job) return NULL;
  *job = (cli_job){.bytes = len};
  if (len) memcpy(job->line, line, len);
  job->line[len] = 0;
  door->jobs++;
  door->job_bytes += len;
  return job;
}

void cli_jsonl_take(cli_jsonl *door, const char *line, size_t len) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (line && is_blank(line, len)) return;
  cli_job *job = make_job(door, line, line ? len : 0);
  if (!job) {
    cli_answer_error(door, (cl_text){0}, CLOCHE_OUT_OF_MEMORY, "there is no memory for the request");
    return;
  }
  cloche_status status = line ? cl_request_read(&job->request, job->line, len, &err)
                              : cli_fail(&err, CLOCHE_INVALID_ARGUMENT,
                                         "Invalid JSON: the line is longer than %d bytes", CLI_JSONL_LINE_BYTES);
  if (status != CLOCHE_OK) {
    refuse(door, job, status, err.message);
  } else if (job->request.kind == CL_REQUEST_RESULT) {
    take_result(door, &job->request);
    free_job(door, job);
  } else if (job->request.kind == CL_REQUEST_INTERRUPT) {
    take_interrupt(door, job);
  } else {
    enqueue(door, job);
  }
}

/* ---- beginning */

static cloche_status need_cell(const cli_session *session, cloche_error *err) {
  if (session->cell) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_NOT_FOUND, "there is no session '%.*s'", (int)session->name_len, session->name);
}

static cloche_status begin_run(cli_jsonl *door, cli_lane *lane, cli_job *job, cloche_error *err) {
  const cl_request *request = &job->request;
  const char *language, *engine;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_status status = find_session(door, job, err);
  if (status == CLOCHE_OK) status = cli_session_prepare(door, job->session, request, err);
  if (status == CLOCHE_OK) status = cli_session_language(door, request, &language, &engine, err);
  if (status != CLOCHE_OK) return status;
  bool fits = request->language || strcmp(engine, job->session->engine) == 0;
  options.language = fits ? language : NULL;
  options.drain_timers = true;
  options.interactive = !job->session->once;
  options.wall_ns = request->timeout_ms * 1000000u;
  status = cloche_cell_start(job->session->cell, request->code.data, request->code.len, &options, err);
  if (status != CLOCHE_OK) return status;
  lane->at_work = job;
  job->session->has_news = true;
  return CLOCHE_OK;
}

static cloche_status fork_cell(cli_jsonl *door, cli_job *job, cloche_error *err) {
  cl_text name = job->request.target;
  cloche_status status = need_cell(job->session, err);
  if (status != CLOCHE_OK) return status;
  cli_session *made = cli_session_get(door, name);
  if (!made) return no_session(err);
  if (made->cell)
    return cli_fail(err, CLOCHE_INVALID_STATE, "there is a session '%.*s' already", (int)name.len, name.data);
  made->engine = job->session->engine;
  return cloche_cell_fork(&made->cell, job->session->cell, err);
}

static void open_gate(cli_jsonl *door, cli_job *fork) {
  cli_job *gate = fork->gate;
  if (!gate) return;
  fork->gate = NULL;
  (void)pop(&gate->session->lane);
  free_job(door, gate);
}

/* The run that waited in the snapshot goes on under the id of this request. */
static cloche_status restore_cell(cli_jsonl *door, cli_lane *lane, cli_job *job, cloche_error *err) {
  cloche_status status = cli_session_restore(door, job->session, &job->request, err);
  if (status != CLOCHE_OK || cloche_cell_deadline(job->session->cell) == UINT64_MAX) return status;
  lane->at_work = job;
  job->waiting = true;
  start_calls(door, job);
  return CLOCHE_OK;
}

static cloche_status answer_snapshot(cli_jsonl *door, cli_job *job, cloche_error *err) {
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = need_cell(job->session, err);
  if (status == CLOCHE_OK) status = cli_session_snapshot(job->session, &bytes, &len, err);
  if (status != CLOCHE_OK) return status;
  cli_answer_snapshot(door, job, bytes, len);
  free(bytes);
  return CLOCHE_OK;
}

static cloche_status undo_runs(cli_jsonl *door, cli_job *job, cloche_error *err) {
  cloche_status status = need_cell(job->session, err);
  if (status == CLOCHE_OK) status = cloche_cell_undo(job->session->cell, (uint32_t)job->request.count, err);
  if (status == CLOCHE_OK) cli_answer_count(door, job, "undone", job->request.count);
  return status;
}

static cloche_status close_cell(cli_jsonl *door, cli_job *job, cloche_error *err) {
  cloche_status status = need_cell(job->session, err);
  cli_session_close(door, job->session);
  return status;
}

/* Does what the job asks for. `*answered` on return: what is to say was said. */
static cloche_status act(cli_jsonl *door, cli_lane *lane, cli_job *job, bool *answered, cloche_error *err) {
  *answered = job->request.kind == CL_REQUEST_SNAPSHOT || job->request.kind == CL_REQUEST_UNDO;
  if (job->wrong) return cli_fail(err, job->wrong->status, "%s", job->wrong->message);
  if (job->interrupted) return cli_fail(err, CLOCHE_CANCELLED, "the request was cancelled");
  switch (job->request.kind) {
    case CL_REQUEST_RUN: return begin_run(door, lane, job, err);
    case CL_REQUEST_PREPARE: return cli_session_prepare(door, job->session, &job->request, err);
    case CL_REQUEST_FORK: return fork_cell(door, job, err);
    case CL_REQUEST_UNDO: return undo_runs(door, job, err);
    case CL_REQUEST_SNAPSHOT: return answer_snapshot(door, job, err);
    case CL_REQUEST_RESTORE: return restore_cell(door, lane, job, err);
    case CL_REQUEST_CLOSE: return close_cell(door, job, err);
    default: return CLOCHE_OK; /* interrupts and results acted when they were taken */
  }
}

/* A run that has begun is at work now; everything else is answered. */
static void begin(cli_jsonl *door, cli_lane *lane, cli_job *job) {
  cloche_error err = CLOCHE_ERROR_INIT;
  bool answered;
  cloche_status status = act(door, lane, job, &answered, &err);
  if (lane->at_work == job) return;
  open_gate(door, job);
  if (status != CLOCHE_OK) cli_answer_error(door, job->request.id, status, err.message);
  else if (!answered) cli_answer_done(door, job);
  free_job(door, job);
}

/* ---- working */

static bool may_begin(const cli_lane *lane) {
  const cli_job *job = lane->first, *gate = job ? job->gate : NULL;
  if (!job || job->gate_of) return false;
  return !gate || (gate->session->lane.first == gate && !gate->session->lane.at_work);
}

static void finish(cli_jsonl *door, cli_lane *lane) {
  cli_job *job = lane->at_work;
  lane->at_work = NULL;
  end_calls(door, job->session);
  cli_answer_run(door, job);
  free_job(door, job);
}

static void fail(cli_jsonl *door, cli_lane *lane, const cloche_error *err) {
  cli_job *job = lane->at_work;
  lane->at_work = NULL;
  cli_answer_error(door, job->request.id, err->status, err->message);
  cli_session_close(door, job->session); /* whatever it is in, it is no state to go on from */
  free_job(door, job);
}

/* Steps the run; true when it can be stepped again at once. */
static bool step(cli_jsonl *door, cli_lane *lane) {
  cli_job *job = lane->at_work;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  job->session->has_news = false;
  if (cloche_cell_step(job->session->cell, CLI_JSONL_SLICE_NS, &state, &err) != CLOCHE_OK) {
    fail(door, lane, &err);
    return true;
  }
  cli_answer_events(door, job);
  job->waiting = state == CLOCHE_WAITING;
  if (state == CLOCHE_DONE) {
    finish(door, lane);
    return true;
  }
  start_calls(door, job);
  return job->waiting || door->dome.thread;
}

/* A snapshot of the run at work, which waits. */
static bool is_snapshot_due(const cli_lane *lane) {
  const cli_job *job = lane->first;
  return job && lane->at_work && lane->at_work->waiting && job->request.kind == CL_REQUEST_SNAPSHOT &&
         job->request.while_waiting;
}

static bool is_waiting_room(const cli_jsonl *door, const cli_lane *lane) {
  return lane == &door->plain && door->settings->report;
}

/* What was interrupted in a worker has news when it has ended. */
static uint64_t run_due(const cli_jsonl *door, const cli_job *job) {
  if (door->dome.thread ? job->session->has_news : job->interrupted) return 0;
  return cloche_cell_deadline(job->session->cell);
}

uint64_t cli_lane_due(const cli_jsonl *door, const cli_lane *lane) {
  if (is_snapshot_due(lane)) return 0;
  if (lane->at_work) return run_due(door, lane->at_work);
  if (is_waiting_room(door, lane) && door->once_open >= CLI_JSONL_ONCE) return UINT64_MAX;
  return may_begin(lane) && door->out.waiting <= CLI_JSONL_OUTPUT_BYTES ? 0 : UINT64_MAX;
}

/* Gives runs lanes of their own. */
static void spread(cli_jsonl *door) {
  cloche_error err = CLOCHE_ERROR_INIT;
  while (cli_lane_due(door, &door->plain) == 0) {
    cli_job *job = pop(&door->plain);
    cloche_status status = find_session(door, job, &err);
    if (status == CLOCHE_OK) push(&job->session->lane, job);
    else refuse(door, job, status, err.message);
  }
}

void cli_lane_work(cli_jsonl *door, cli_lane *lane, uint64_t until) {
  if (is_waiting_room(door, lane)) {
    spread(door);
    return;
  }
  for (;;) {
    uint64_t now = cli_jsonl_now();
    if (now >= until || cli_lane_due(door, lane) > now) return;
    if (!lane->at_work || is_snapshot_due(lane)) begin(door, lane, pop(lane));
    else if (!step(door, lane)) return;
  }
}
