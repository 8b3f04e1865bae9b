/* Requests: what is put into a worker's channel for a cell, and the wait for an answer. A cell is opened by its first
 * request; what it was given since the last one goes with the next. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

static void put_to_channel(void *user, const char *text, size_t len) { cl_channel_put(user, text, len); }

cl_sink cl_crew_sink(cl_crew *crew) { return (cl_sink){put_to_channel, crew->channel}; }

/* ---- what goes with a request */

static void put_open(const cl_sink *sink, const cl_far *far) {
  const cloche_cell_options *o = &far->options;
  cl_request_open open = {.engine = (uint64_t)cl_crew_engine(far->crew, far),
                          .once = !o->session,
                          .seeded = o->seeded,
                          .seed = o->seed,
                          .virtual_clock = o->clock == CLOCHE_CLOCK_VIRTUAL,
                          .clock_ms = o->clock_start_ms,
                          .undo = o->undo_runs,
                          .no_poll = o->no_poll,
                          .batch = o->batch};
  cl_ask_open(sink, &open, &far->limits);
}

static void put_untold(cl_order *order) {
  const cl_far *far = order->far;
  const cl_sink *sink = &order->sink;
  if (!far->opened) put_open(sink, far);
  if (far->mounts && far->mounts_told < far->mounts->count)
    cl_ask_mounts(sink, far->mounts->list + far->mounts_told, far->mounts->count - far->mounts_told);
  if (far->tools_told < far->tool_count)
    cl_ask_tools(sink, far->tools + far->tools_told, far->tool_count - far->tools_told);
  if (far->modules_told < far->module_count)
    cl_ask_modules(sink, far->modules + far->modules_told, far->module_count - far->modules_told);
}

static void was_told(cl_far *far) {
  far->opened = true;
  far->mounts_told = far->mounts ? far->mounts->count : 0;
  far->tools_told = far->tool_count;
  far->modules_told = far->module_count;
}

/* ---- a request */

/* A run may take its wall time and, where the worker has more of them than it begins at once, that of those before it. */
static uint64_t run_due(const cl_far *far, uint64_t now) {
  uint64_t rounds = 1 + far->crew->run_count / far->pool->options.cells_running, all;
  if (__builtin_mul_overflow(far->wall_ns, rounds, &all) || all > CL_POOL_NEVER / 2) all = CL_POOL_NEVER / 2;
  return now + all + CL_GRACE_NS;
}

cloche_status cl_order_begin(cl_order *out, cl_far *far, cl_asked_kind kind, cloche_error *err) {
  CL_POOL_TRY(cl_far_place(far, err));
  cl_crew *crew = far->crew;
  if (kind != CL_ASKED_QUIET) {
    if (cl_channel_is_full(crew->channel)) CL_POOL_FAIL(err, BUSY, "the worker does not read what it was sent");
    CL_POOL_TRY(cl_state_send(far, err));
  }
  uint64_t now = cl_pool_now();
  uint64_t due = kind == CL_ASKED_RUN ? run_due(far, now) : now + CL_ANSWER_NS;
  cl_asked *asked = cl_asked_make(far->pool, kind, far, crew, due);
  if (!asked) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a request");
  *out = (cl_order){.far = far, .sink = cl_crew_sink(crew), .id = asked->id, .opens = !far->opened};
  cl_ask_begin(&out->sink, out->id, far->number);
  put_untold(out);
  return CLOCHE_OK;
}

cloche_status cl_order_end(cl_order *order, const void *blob, size_t blob_len, cloche_error *err) {
  cl_far *far = order->far;
  cl_ask_end(&order->sink);
  if (!cl_channel_end(far->crew->channel, blob, blob_len)) {
    cl_asked_done(far->pool, cl_asked_find(far->pool, order->id));
    CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a request");
  }
  was_told(far);
  return CLOCHE_OK;
}

/* ---- waiting for an answer */

static void wait_for_crew(cl_crew *crew, const bool *there) {
  struct pollfd fd = {.fd = cl_channel_fd(crew->channel), .events = POLLIN};
  cl_crew_flush(crew);
  if (crew->ready && cl_channel_wants_write(crew->channel)) fd.events |= POLLOUT;
  if (!crew->more) {
    uint64_t now = cl_pool_now(), due = crew->look_at;
    uint64_t ms = due <= now ? 0 : (due - now) / CL_POOL_MS + 1;
    (void)poll(&fd, 1, ms > 1000 ? 1000 : (int)ms);
  }
  cl_crew_serve(crew, there);
  uint64_t now = cl_pool_now();
  if (!*there && crew->look_at <= now) cl_crew_watch(crew, now);
}

cloche_status cl_order_wait(cl_order *order, cl_reply *reply, const void *blob, size_t blob_len, cloche_error *err) {
  cl_far *far = order->far;
  cl_pool *pool = far->pool;
  cl_crew *crew = far->crew;
  *reply = (cl_reply){.wants_report = order->wants_report};
  CL_POOL_TRY(cl_order_end(order, blob, blob_len, err));
  cl_asked_find(pool, order->id)->reply = reply;
  while (!reply->there)
    wait_for_crew(crew, &reply->there); /* ends with the worker, if not before: what is overdue ends it */
  if (reply->status == CLOCHE_OK) return CLOCHE_OK;
  free(reply->bytes);
  return cl_pool_fail(err, reply->status, "%s", reply->error.message);
}

cloche_status cl_far_ask(cl_far *far, cl_ask_verb verb, cl_reply *reply, cloche_error *err) {
  cl_order order;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_SYNC, err));
  cl_ask(&order.sink, verb);
  order.wants_report = verb == CL_ASK_SO_FAR;
  return cl_order_wait(&order, reply, NULL, 0, err);
}

/* ---- what has no answer that anybody needs */

/* A run that was told to stop is due as any answer is, however long it might have taken. */
static void hurry(cl_far *far, uint64_t due) {
  cl_asked *run = cl_asked_find(far->pool, far->run);
  if (run && run->due > due) run->due = due;
  if (far->deadline > due + CL_SECOND_LOOK_NS) far->deadline = due + CL_SECOND_LOOK_NS;
}

bool cl_far_interrupt(cl_far *far) {
  cl_crew *crew = far->crew;
  uint64_t due = cl_pool_now() + CL_ANSWER_NS;
  cl_asked *asked = cl_asked_make(far->pool, CL_ASKED_QUIET, NULL, crew, due);
  if (!asked) return false;
  cl_sink sink = cl_crew_sink(crew);
  cl_ask_interrupt(&sink, asked->id, far->run);
  if (cl_channel_end(crew->channel, NULL, 0)) {
    if (!far->stopping) hurry(far, due);
    far->stopping = true;
    far->state = CLOCHE_RUNNING;
    return true;
  }
  cl_asked_done(far->pool, asked);
  return false;
}

bool cl_far_close_there(cl_far *far) {
  cl_crew *crew = far->crew;
  if (far->run && !cl_far_interrupt(far)) return false;
  cl_asked *asked = cl_asked_make(far->pool, CL_ASKED_CLOSE, NULL, crew, cl_pool_now() + CL_ANSWER_NS);
  if (!asked) return false;
  cl_sink sink = cl_crew_sink(crew);
  cl_ask_begin(&sink, asked->id, far->number);
  cl_ask(&sink, CL_ASK_CLOSE);
  cl_ask_end(&sink);
  if (cl_channel_end(crew->channel, NULL, 0)) return true;
  cl_asked_done(far->pool, asked);
  return false;
}
