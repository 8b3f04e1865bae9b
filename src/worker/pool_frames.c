/* What workers say, and whether it can be. A worker may have been taken over by a guest: each message must be of the form
 * (cl_answer_read, cl_report_read), belong to a request that this worker was sent and has not answered, fit the state of
 * its cell, and keep within the cell's limits. One that does not is the worker's last.
 *
 * Not here: what the messages do to a run (remote_run.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

/* All of these give NULL, or what is wrong. */

static const char *take_event(cl_far *far, const cloche_event *event) {
  const cloche_limits *limits = &far->limits;
  if (far->event_count > limits->console_lines) return "more output than the cell may write"; /* one more says so */
  size_t bytes = event->text_len + (event->mime ? strlen(event->mime) : 0);
  far->event_bytes += bytes;
  if (far->event_bytes > limits->display_bytes + 3 * limits->console_bytes + 128 * far->event_count + 8192)
    return "more output than the cell may write";
  if (!cl_far_add_event(far, event)) return "no memory for an event";
  cl_pool_news(far);
  return NULL;
}

static const char *take_call(cl_far *far, const cl_answer *answer) {
  const cloche_limits *limits = &far->limits;
  if (answer->cell != far->number) return "a call of another cell's";
  if (far->call_count > 0 && answer->call <= far->calls[far->call_count - 1].id) return "a call's number is not new";
  if (far->open_calls >= limits->tool_running || far->call_count >= limits->tool_calls) return "too many calls";
  if (answer->argument.len > limits->argument_bytes) return "a call's argument is too large";
  size_t tool = 0;
  while (tool < far->tool_count && !cl_text_is(answer->tool, cl_text_of(far->tools[tool].name))) tool++;
  if (tool == far->tool_count) return "a call of a tool that the cell does not have";
  if (far->tool_uses[tool]++ >= limits->tool_calls_each) return "too many calls of one tool";
  far->argument_total += answer->argument.len;
  if (far->argument_total > limits->memory_bytes) return "the arguments of calls are too large";
  if (!cl_far_add_call(far, answer->call, (uint32_t)tool, answer->argument)) return "no memory for a call";
  cl_pool_news(far);
  return NULL;
}

static const char *check_blob(const cl_far *far, const cl_answer *answer, const cl_frame *frame) {
  if ((answer->kept != CL_KEPT_NONE) != (frame->blob != NULL)) return "a state and no bytes, or bytes and no state";
  if (answer->kept != CL_KEPT_NONE && !far->options.session) return "a state of a cell that is no session";
  if (frame->blob_len > far->limits.snapshot_bytes + 65536) return "a state larger than the cell's snapshots may be";
  if (answer->kept == CL_KEPT_CHANGES && far->kept.change_count >= CL_CHANGES_MOST) return "changes without end";
  if (answer->kept == CL_KEPT_CHANGES &&
      far->kept.change_bytes + frame->blob_len > 2 * (far->limits.snapshot_bytes + 65536))
    return "changes without end"; /* twice: the host may have put as much there */
  if (answer->kept == CL_KEPT_CHANGES && !far->kept.base && !far->kept.lost) return "changes of nothing";
  return NULL;
}

/* Without memory for it, or where the worker had none, the session is what its worker has, and cannot go elsewhere. */
static void keep_state(cl_far *far, const cl_answer *answer, const cl_frame *frame, bool unchanged) {
  if (!far->options.session) return;
  if (answer->kept == CL_KEPT_NONE) {
    far->kept.lost |= !unchanged;
    return;
  }
  if (!cl_state_take(far, answer->kept == CL_KEPT_SNAPSHOT, frame->blob, frame->blob_len)) far->kept.lost = true;
}

static const char *check_report(const cl_far *far, const cl_answer *answer, const cl_report *read) {
  const cloche_limits *limits = &far->limits;
  if (read->result.status == CLOCHE_SUSPENDED || !answer->has_result) return "a run that has ended is suspended";
  if (read->result.value_len > limits->value_bytes) return "a value larger than the cell's may be";
  if (read->outputs > limits->console_lines + 1) return "more output than the cell may write";
  if (read->calls > limits->tool_calls || read->calls < far->call_count) return "calls that were not made";
  if (read->result.rolled_back && !far->options.session) return "a run of no session that was rolled back";
  return NULL;
}

static const char *no_report(bool no_memory, const char *why) { return no_memory ? "no memory for a report" : why; }

static const char *take_report(cl_asked *asked, const cl_answer *answer, const cl_frame *frame) {
  cl_far *far = asked->cell;
  if (asked->kind != CL_ASKED_RUN) return "a report of no run";
  cl_reply *reply = asked->reply;
  if (!far) {
    cl_asked_done(asked->crew->pool, asked);
    return NULL;
  }
  const char *why = check_blob(far, answer, frame);
  if (why) return why;
  char *report = malloc(answer->report.len + 1);
  if (!report) return "no memory for a report";
  memcpy(report, answer->report.data, answer->report.len);
  report[answer->report.len] = 0;
  cl_report read;
  bool no_memory = false;
  if (!cl_report_read(&read, report, answer->report.len, &why, &no_memory)) why = no_report(no_memory, why);
  else why = check_report(far, answer, &read);
  if (why) {
    cl_report_free(&read);
    free(report);
    return why;
  }
  cl_asked_done(asked->crew->pool, asked);
  keep_state(far, answer, frame, read.result.rolled_back || far->transient);
  cl_far_ended(far, answer, report, &read);
  if (reply) reply->there = true;
  return NULL;
}

/* The report so far of a run that waits, or what else somebody waits for. */
static const char *take_reply(cl_asked *asked, const cl_answer *answer, const cl_frame *frame) {
  cl_far *far = asked->cell;
  cl_reply *reply = asked->reply;
  cl_asked_done(asked->crew->pool, asked);
  if (!far || !reply) return NULL;
  reply->there = true;
  reply->status = answer->kind == CL_ANSWER_ERROR ? answer->status : CLOCHE_OK;
  if (reply->status != CLOCHE_OK) {
    (void)cl_pool_fail(&reply->error, reply->status, "%s", answer->message);
    return NULL;
  }
  reply->stats = answer->stats;
  reply->kept = answer->kept;
  const void *from = answer->kind == CL_ANSWER_REPORT ? (const void *)answer->report.data : frame->blob;
  size_t len = answer->kind == CL_ANSWER_REPORT ? answer->report.len : frame->blob_len;
  if (!from) return NULL;
  reply->bytes = malloc(len + 1);
  if (!reply->bytes) {
    reply->status = cl_pool_fail(&reply->error, CLOCHE_OUT_OF_MEMORY, "no memory for a worker's answer");
    /* What was to be done may be done there: a session goes on from what is kept of it, as if it were not. */
    if (far->options.session && !cl_far_runs(far) && !far->kept.lost) cl_far_leave(far);
    return NULL;
  }
  memcpy(reply->bytes, from, len);
  reply->bytes[len] = 0;
  reply->len = len;
  return NULL;
}

static const char *take_so_far(cl_asked *asked, const cl_answer *answer, const cl_frame *frame) {
  cl_report read;
  const char *why;
  bool no_memory = false;
  if (!asked->reply || !asked->reply->wants_report) return "a report that nobody asked for";
  if (frame->blob || answer->kept != CL_KEPT_NONE) return "a report so far with bytes";
  if (!cl_report_read(&read, answer->report.data, answer->report.len, &why, &no_memory))
    why = no_report(no_memory, why);
  else why = read.result.status == CLOCHE_SUSPENDED ? NULL : "a run that waits has ended";
  cl_report_free(&read);
  return why ? why : take_reply(asked, answer, frame);
}

static const char *take_error(cl_asked *asked, const cl_answer *answer) {
  cl_far *far = asked->cell;
  cl_reply *reply = asked->reply;
  cl_asked_kind kind = asked->kind;
  cl_pool *pool = asked->crew->pool;
  if (kind == CL_ASKED_SYNC) return take_reply(asked, answer, &(cl_frame){0});
  if (kind == CL_ASKED_RUN && answer->status == CLOCHE_SUSPENDED) return "a run that has ended is suspended";
  cl_asked_done(pool, asked);
  if (!far || kind == CL_ASKED_CLOSE) return NULL;
  if (kind == CL_ASKED_RUN) {
    if (far->run == 0) return "the end of a run that is over";
    if (reply) {
      reply->there = true;
      reply->status = cl_pool_fail(&reply->error, answer->status, "%s", answer->message);
      cl_far_forget_run(far);
    } else {
      const cloche_error *broken = far->broken.status ? &far->broken : NULL; /* what came of that matters less */
      cl_far_end(far, broken ? broken->status : answer->status, broken ? broken->message : answer->message);
    }
    return NULL;
  }
  if (far->kept.base) cl_pool_log(pool, "bad_state", "a cell could not be made anew: %.200s", answer->message);
  if (!far->failed) (void)cl_pool_fail(&far->broken, answer->status, "%s", answer->message);
  far->failed = true;
  return NULL;
}

static const char *take_done(cl_asked *asked, const cl_answer *answer, const cl_frame *frame) {
  cl_far *far = asked->cell;
  cl_pool *pool = asked->crew->pool;
  switch (asked->kind) {
    case CL_ASKED_RUN: /* of a snapshot in which a run waits: that goes on as the run of this request */
      if (!asked->reply || asked->reply->acknowledged) return "a run that is done without a report";
      asked->reply->acknowledged = true;
      return NULL;
    case CL_ASKED_SYNC:
      if (asked->reply && asked->reply->wants_report) return "no report, and that was asked for";
      if (far && frame->blob_len > far->limits.snapshot_bytes + far->limits.memory_bytes + 65536)
        return "an answer larger than the cell may be";
      return take_reply(asked, answer, frame);
    default:
      if (frame->blob && answer->kept == CL_KEPT_NONE) return "bytes that nobody asked for";
      cl_asked_done(pool, asked);
      return NULL;
  }
}

static const char *take_waiting(cl_asked *asked) {
  cl_far *far = asked->cell;
  if (!far) return NULL;
  far->has_waited = true;
  if (far->state != CLOCHE_WAITING && !far->stopping) {
    far->state = CLOCHE_WAITING;
    cl_pool_news(far);
  }
  if (asked->reply) {
    asked->reply->there = true;
    asked->reply = NULL;
  }
  return NULL;
}

/* ---- the start */

static const char *check_engines(const cl_crew *crew, const cl_ready *ready) {
  size_t at = 0;
  if (ready->engine_count != (size_t)crew->js + crew->python + (crew->image != NULL))
    return "other engines than it was to have";
  if (crew->js && strcmp(ready->engines[at++].name, "js") != 0) return "other engines than it was to have";
  if (crew->python && strcmp(ready->engines[at++].name, "python") != 0) return "other engines than it was to have";
  if (crew->image && strcmp(ready->engines[at].name, crew->image_engine) != 0)
    return "other engines than it was to have";
  return NULL;
}

static const char *take_ready(cl_crew *crew, const cl_ready *ready) {
  cl_pool *pool = crew->pool;
  const char *why = check_engines(crew, ready);
  if (why) return why;
  for (size_t i = 0; i < ready->engine_count; i++) {
    memcpy(crew->engines[i].engine_id, ready->engines[i].engine_id, sizeof crew->engines[i].engine_id);
    memcpy(crew->engines[i].image_id, ready->engines[i].image_id, sizeof crew->engines[i].image_id);
  }
  crew->engine_count = ready->engine_count;
  crew->ready = true;
  crew->layers = ready->layers;
  crew->landlock = ready->landlock;
  crew->started_ns = cl_pool_now() - crew->since;
  if (crew->state == CL_CREW_STARTING) crew->state = crew->domain ? CL_CREW_SERVING : CL_CREW_SPARE;
  pool->start_failures = 0;
  if (crew->process.lacks && !pool->told_missing) cl_pool_log(pool, "jail_incomplete", "%s", crew->process.lacks);
  for (size_t i = 0; i < ready->missing_count && !pool->told_missing; i++)
    cl_pool_log(pool, "jail_incomplete", "%s", ready->missing[i]);
  pool->told_missing = true;
  for (cl_far *far = crew->cells; far; far = far->next)
    if (!cl_crew_has_engine_of(crew, far)) return "it is of another build than this program";
  return NULL;
}

bool cl_crew_has_engine_of(const cl_crew *crew, const cl_far *far) {
  int at = cl_crew_engine(crew, far);
  return at >= 0 && (!crew->ready || (strcmp(crew->engines[at].engine_id, far->engine_id) == 0 &&
                                      strcmp(crew->engines[at].image_id, far->image_id) == 0));
}

static void take_failure(cl_crew *crew, const cl_answer *answer) {
  cl_pool *pool = crew->pool;
  bool no_jail = answer->status == CLOCHE_NO_JAIL;
  const char *before = no_jail ? "the jail that is required cannot be had: " : "";
  (void)cl_pool_fail(&crew->no_start, answer->status, "%s%s", before, answer->message);
  if (no_jail) {
    pool->no_start = crew->no_start;
    cl_pool_log(pool, "jail_incomplete", "%s", answer->message);
  }
  crew->refused = no_jail;
  cl_crew_end(crew, answer->status);
}

/* ---- the whole */

static const char *take_from_asked(cl_crew *crew, const cl_answer *answer, const cl_frame *frame) {
  cl_asked *asked = cl_asked_find(crew->pool, answer->id);
  if (!asked || asked->crew != crew) return "it speaks of a request that it does not have";
  cl_far *far = asked->cell;
  bool of_run = answer->kind == CL_ANSWER_EVENT || answer->kind == CL_ANSWER_CALL || answer->kind == CL_ANSWER_WAITING;
  if (of_run && asked->kind != CL_ASKED_RUN) return "it speaks of a run that is none";
  if (of_run && frame->blob) return "bytes that nobody asked for";
  switch (answer->kind) {
    case CL_ANSWER_EVENT: return far ? take_event(far, &answer->event) : NULL;
    case CL_ANSWER_CALL:
      crew->cancels++; /* also of a cell that was closed before it heard of it */
      return far ? take_call(far, answer) : NULL;
    case CL_ANSWER_WAITING: return take_waiting(asked);
    case CL_ANSWER_REPORT:
      return asked->kind == CL_ASKED_SYNC ? take_so_far(asked, answer, frame) : take_report(asked, answer, frame);
    case CL_ANSWER_ERROR: return take_error(asked, answer);
    default: return take_done(asked, answer, frame);
  }
}

static const char *take(cl_crew *crew, const cl_answer *answer, const cl_frame *frame) {
  bool starts = answer->kind == CL_ANSWER_READY || answer->kind == CL_ANSWER_FAILED;
  if (starts == crew->ready) return crew->ready ? "it starts twice" : "it speaks before it is ready";
  switch (answer->kind) {
    case CL_ANSWER_READY: return take_ready(crew, answer->ready);
    case CL_ANSWER_FAILED: take_failure(crew, answer); return NULL;
    case CL_ANSWER_CANCEL: /* the end of the run says the same */
      if (frame->blob) return "bytes that nobody asked for";
      if (crew->cancels == 0) return "more calls are cancelled than were made";
      crew->cancels--;
      return NULL;
    default: return take_from_asked(crew, answer, frame);
  }
}

bool cl_frame_take(cl_crew *crew, const cl_frame *frame) {
  cl_answer answer;
  const char *why = NULL;
  bool no_memory = false;
  if (!cl_answer_read(&answer, frame->text, frame->text_len, &why, &no_memory)) {
    if (no_memory) why = "no memory for a message";
  } else {
    why = take(crew, &answer, frame);
  }
  cl_answer_free(&answer);
  if (why) cl_crew_kill(crew, "bad_frame", "%s", why);
  return !why && crew->state != CL_CREW_ENDED;
}
