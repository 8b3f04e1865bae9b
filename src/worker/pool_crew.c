/* Workers as the supervisor has them: their start, their channel, and how they end. pool.h draws their life. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <time.h>

#include "pool.h"

enum { SERVE_FRAMES = 512, OUT_MAX = 64 << 20 };
#define TEXT_MAX ((size_t)96 << 20)
#define BLOB_MAX ((size_t)257 << 20)
#define BACK_OFF_NS (20 * CL_POOL_MS)
#define BACK_OFF_MAX_NS (5 * CL_POOL_SEC)
enum {
  AT_ONCE = 4
}; /* failures in a row after which another worker is tried without a pause: somebody may have killed them */

/* ---- starting */

/* The most that one message about a run of the cell can be: texts may be escaped. */
static size_t text_bound(const cloche_limits *l) {
  return l->value_bytes + 6 * (l->console_bytes + l->display_bytes) + l->argument_bytes + 512 * l->tool_calls +
         (16 << 20);
}

static size_t blob_bound(const cloche_limits *l) { return l->snapshot_bytes + (1 << 20); }

static void equip(cl_crew *crew, const cl_far *far) {
  bool python = far ? strcmp(far->engine, "python") == 0 : crew->pool->options.engine_python;
  crew->text_max = TEXT_MAX;
  crew->blob_max = BLOB_MAX;
  crew->js = !far;
  crew->python = python && !(far && far->image);
  if (!far) return;
  crew->js = !python && !far->image;
  if (text_bound(&far->limits) > TEXT_MAX) crew->text_max = text_bound(&far->limits);
  if (blob_bound(&far->limits) > BLOB_MAX) crew->blob_max = blob_bound(&far->limits);
  if (far->image) {
    crew->image = far->image;
    crew->image->holders++;
    memcpy(crew->image_engine, far->engine, sizeof crew->image_engine);
  }
  if (far->mounts) {
    crew->mounts = far->mounts;
    crew->mounts->holders++;
  }
}

int cl_crew_engine(const cl_crew *crew, const cl_far *far) {
  if (crew->mounts != far->mounts || text_bound(&far->limits) > crew->text_max ||
      blob_bound(&far->limits) > crew->blob_max)
    return -1;
  if (far->image) return crew->image == far->image ? crew->js + crew->python : -1;
  bool python = strcmp(far->engine, "python") == 0;
  if (python ? !crew->python : !crew->js) return -1;
  return python ? crew->js : 0;
}

static void add_engine(cl_start *start, const char *name, int fd) {
  cl_start_engine *engine = &start->engines[start->engine_count++];
  snprintf(engine->name, sizeof engine->name, "%s", name);
  engine->image_fd = fd;
}

static void say_start(cl_crew *crew) {
  const cloche_pool_options *options = &crew->pool->options;
  cl_start start = {.require_jail = options->require_jail,
                    .namespaces = crew->process.namespaces,
                    .landlock_abi = options->landlock_abi,
                    .use_pagemap = options->use_pagemap,
                    .waiting_mapped = options->waiting_mapped,
                    .cells_running = options->cells_running,
                    .runs_queued = options->runs_queued,
                    .spin_ns = options->spin_ns};
  int fd = CL_SPAWN_FIRST_FD;
  if (crew->js) add_engine(&start, "js", -1);
  if (crew->python) add_engine(&start, "python", -1);
  if (crew->image) add_engine(&start, crew->image_engine, fd++);
  for (size_t i = 0; crew->mounts && i < crew->mounts->count; i++)
    start.mounts[start.mount_count++] = (cl_start_mount){fd++, crew->mounts->list[i].writable};
  cl_sink sink = cl_crew_sink(crew);
  cl_put_start(&sink, &start);
}

static bool watch_fd(cl_crew *crew, int fd, bool is_process) {
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = (uintptr_t)crew | is_process};
  return epoll_ctl(crew->pool->poll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* A copy of the descriptor in a process that the host has forked would keep it in the poll set beyond its closing. */
static void unwatch_fd(cl_crew *crew, int fd) {
  if (fd >= 0) (void)epoll_ctl(crew->pool->poll_fd, EPOLL_CTL_DEL, fd, NULL);
}

static void close_channel(cl_crew *crew) {
  if (!crew->channel) return;
  unwatch_fd(crew, cl_channel_fd(crew->channel));
  cl_channel_close(crew->channel);
  crew->channel = NULL;
}

static cloche_status launch(cl_crew *crew, cloche_error *err) {
  int fds[1 + CL_FAR_MOUNTS_MAX];
  cl_spawn_options options = {.path = crew->pool->path, .fds = fds, .no_namespaces = crew->pool->options.no_namespaces};
  if (crew->image) fds[options.fd_count++] = crew->image->fd;
  for (size_t i = 0; crew->mounts && i < crew->mounts->count; i++) fds[options.fd_count++] = crew->mounts->fds[i];
  CL_POOL_TRY(cl_spawn(&crew->process, &options, err));
  cl_channel_options channel = {.fd = crew->process.channel,
                                .out_box = crew->process.to_worker,
                                .in_box = crew->process.from_worker,
                                .text_max = crew->text_max,
                                .blob_max = crew->blob_max,
                                .out_max = OUT_MAX};
  crew->channel = cl_channel_open(&channel);
  if (!crew->channel) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a worker's channel");
  crew->process.channel = -1;
  if (!watch_fd(crew, cl_channel_fd(crew->channel), false) || !watch_fd(crew, crew->process.pidfd, true))
    CL_POOL_FAIL(err, IO_ERROR, "a worker cannot be watched: %s", strerrordesc_np(errno));
  say_start(crew);
  if (!cl_channel_end(crew->channel, NULL, 0)) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a worker's start");
  cl_channel_flush(crew->channel);
  return CLOCHE_OK;
}

static cloche_status may_start(cl_pool *pool, uint64_t now, cloche_error *err) {
  if (pool->no_start.status != CLOCHE_OK) return cl_pool_fail(err, pool->no_start.status, "%s", pool->no_start.message);
  if (pool->start_at > now)
    CL_POOL_FAIL(err, WORKER_CRASHED, "workers end as they start; the next one is tried in %llu ms",
                 (unsigned long long)((pool->start_at - now + CL_POOL_MS - 1) / CL_POOL_MS));
  size_t alive = 0;
  for (size_t i = 0; i < pool->crew_count; i++) alive += pool->crews[i]->state != CL_CREW_ENDED;
  if (alive >= pool->options.workers_max)
    CL_POOL_FAIL(err, BUSY, "there are %zu workers, which is as many as there may be", alive);
  if (pool->crew_count < pool->crew_cap) return CLOCHE_OK;
  size_t cap = pool->crew_cap ? pool->crew_cap * 2 : 8;
  cl_crew **crews = realloc(pool->crews, cap * sizeof(cl_crew *));
  if (!crews) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a worker");
  pool->crews = crews;
  pool->crew_cap = cap;
  return CLOCHE_OK;
}

cl_crew *cl_crew_start(cl_pool *pool, const cl_far *far, cloche_error *err) {
  uint64_t now = cl_pool_now();
  if (may_start(pool, now, err) != CLOCHE_OK) return NULL;
  cl_crew *crew = calloc(1, sizeof *crew);
  if (!crew) {
    (void)cl_pool_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a worker");
    return NULL;
  }
  crew->pool = pool;
  crew->process.pidfd = crew->process.channel = crew->process.to_worker = crew->process.from_worker = -1;
  crew->since = now;
  crew->look_at = now + CL_ANSWER_NS;
  equip(crew, far);
  if (launch(crew, err) != CLOCHE_OK) {
    cl_crew_free(crew);
    return NULL;
  }
  pool->crews[pool->crew_count++] = crew;
  return crew;
}

/* ---- its channel */

void cl_crew_flush(cl_crew *crew) {
  if (crew->ready && crew->channel && cl_channel_wants_write(crew->channel)) cl_channel_flush(crew->channel);
  if (!crew->held_back || !crew->channel || cl_channel_is_full(crew->channel)) return;
  crew->held_back = false;
  for (cl_far *far = crew->cells; far; far = far->next)
    if (far->next_taken < far->call_count) cl_pool_news(far);
}

void cl_crew_serve(cl_crew *crew, const bool *until) {
  crew->more = false;
  for (int i = 0; i < SERVE_FRAMES; i++) {
    cl_frame frame;
    if (crew->state == CL_CREW_ENDED) return;
    if (until && *until) { /* what follows may undo what was answered, the worker's end above all */
      crew->more = true;
      return;
    }
    if (!cl_channel_receive(crew->channel, &frame)) break;
    if (frame.text_len == 0) continue;
    if (!cl_frame_take(crew, &frame)) return;
    crew->more = i == SERVE_FRAMES - 1;
  }
  if (crew->state == CL_CREW_ENDED) return;
  switch (cl_channel_look(crew->channel)) {
    case CL_CHANNEL_OPEN: break;
    case CL_CHANNEL_CLOSED:
      if (!crew->more) cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
      break;
    case CL_CHANNEL_BAD: cl_crew_kill(crew, "bad_frame", "a frame is out of bounds"); break;
    case CL_CHANNEL_NO_MEMORY: cl_crew_kill(crew, "bad_frame", "there is no memory for a frame"); break;
  }
}

/* ---- its end */

static void answer_for(cl_crew *crew, cl_asked *asked, cloche_status status) {
  cl_far *far = asked->cell;
  cl_reply *reply = asked->reply;
  if (reply) {
    reply->there = true;
    bool known = crew->no_start.status == status;
    reply->status = cl_pool_fail(&reply->error, status, "%s",
                                 known ? crew->no_start.message : "the worker that held the cell has ended");
  }
  if (asked->kind == CL_ASKED_RUN && far && far->run == asked->id)
    cl_far_end(far, status, crew->no_start.status == status ? crew->no_start.message : NULL);
  cl_asked_done(crew->pool, asked);
}

static void note_failure(cl_pool *pool) {
  uint32_t again = pool->start_failures++;
  uint64_t pause = again < AT_ONCE ? 0 : BACK_OFF_NS << (again - AT_ONCE < 8 ? again - AT_ONCE : 8);
  pool->start_at = cl_pool_now() + (pause < BACK_OFF_MAX_NS ? pause : BACK_OFF_MAX_NS);
  pool->spares_at = pool->start_at;
}

void cl_crew_end(cl_crew *crew, cloche_status status) {
  if (crew->state == CL_CREW_ENDED) return;
  cl_pool *pool = crew->pool;
  if (!crew->ready && !crew->refused) note_failure(pool);
  crew->state = CL_CREW_ENDED;
  crew->more = false;
  crew->look_at = CL_POOL_NEVER;
  cl_spawn_kill(&crew->process);
  close_channel(crew);
  for (uint32_t i = 0; i < pool->asked_count; i++)
    if (pool->asked[i].kind != CL_ASKED_NOTHING && pool->asked[i].crew == crew)
      answer_for(crew, &pool->asked[i], status);
  while (crew->cells) cl_far_unlink(crew->cells);
  if (crew->domain) crew->domain->crews--;
  crew->domain = NULL; /* it may go before this worker is reaped */
  crew->run_count = 0;
  if (pool->spares_at == CL_POOL_NEVER) pool->spares_at = 0;
}

void cl_crew_kill(cl_crew *crew, const char *code, const char *format, ...) {
  if (crew->state == CL_CREW_ENDED) return;
  char text[240];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  crew->refused = crew->ready;
  cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
  crew->refused = true;
  cl_pool_log(crew->pool, code, "worker %d was ended: %s", crew->process.pid, text);
}

void cl_crew_drain(cl_crew *crew) {
  if (crew->state == CL_CREW_ENDED || crew->state == CL_CREW_DRAINING) return;
  crew->state = CL_CREW_DRAINING;
  crew->since = cl_pool_now();
  for (cl_far *far = crew->cells, *next; far; far = next) {
    next = far->next;
    if (!cl_far_runs(far)) cl_far_leave(far);
  }
  if (crew->cells) return;
  crew->refused = true; /* nothing is wrong with it */
  cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
}

/* What it has used of a processor; 0: it has ended, or nobody says. */
static uint64_t cpu_of(const cl_crew *crew) {
  clockid_t clock;
  struct timespec used;
  if (clock_getcpuclockid(crew->process.pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return (uint64_t)used.tv_sec * CL_POOL_SEC + (uint64_t)used.tv_nsec;
}

/* A worker that is overdue may only be slow, on a machine with much to do: it gets some of a processor, but not yet enough,
 * or what it has said was not read yet. One that is stopped, or waits for what will not come, gets none. */
static bool is_slow(cl_crew *crew, uint64_t now) {
  int unread = 0;
  uint64_t cpu = cpu_of(crew), seen = crew->seen_cpu;
  crew->seen_cpu = cpu;
  if (now - crew->overdue_since > CL_SLOW_NS || cpu - crew->overdue_cpu > CL_SLOW_CPU_NS) return false;
  if (crew->channel && ioctl(cl_channel_fd(crew->channel), FIONREAD, &unread) == 0 && unread > 0) return true;
  return cpu > seen;
}

static void end_stuck(cl_crew *crew, uint64_t now) {
  cl_pool *pool = crew->pool;
  for (uint32_t i = 0; i < pool->asked_count; i++) {
    cl_asked *asked = &pool->asked[i];
    if (asked->kind != CL_ASKED_RUN || asked->crew != crew || asked->due > now) continue;
    cl_far *far = asked->cell;
    if (far && far->run == asked->id) cl_far_end(far, far->stopping ? CLOCHE_CANCELLED : CLOCHE_WALL_TIME_LIMIT, NULL);
  }
  cl_crew_kill(crew, "worker_stuck", "%s", crew->ready ? "what it was asked is overdue" : "it does not come to start");
}

void cl_crew_watch(cl_crew *crew, uint64_t now) {
  cl_pool *pool = crew->pool;
  if (crew->state == CL_CREW_ENDED) return;
  uint64_t first = crew->state == CL_CREW_STARTING ? crew->since + CL_ANSWER_NS : CL_POOL_NEVER;
  for (uint32_t i = 0; i < pool->asked_count; i++) {
    const cl_asked *asked = &pool->asked[i];
    if (asked->kind != CL_ASKED_NOTHING && asked->crew == crew && asked->due < first) first = asked->due;
  }
  if (first > now) {
    crew->overdue_since = 0;
    crew->look_at = first;
    return;
  }
  if (crew->overdue_since == 0) { /* this process may have been stopped as well: what came meanwhile was not read yet */
    crew->overdue_since = now;
    crew->overdue_cpu = crew->seen_cpu = cpu_of(crew);
  } else if (!is_slow(crew, now)) {
    end_stuck(crew, now);
    return;
  }
  crew->look_at = now + CL_SECOND_LOOK_NS;
}

static void say_ending(cl_pool *pool, int pid, cl_ending ending, int detail) {
  switch (ending) {
    case CL_ENDING_EXIT: cl_pool_log(pool, "worker_crashed", "worker %d ended with code %d", pid, detail); break;
    case CL_ENDING_KILLED:
      cl_pool_log(pool, "worker_crashed", "worker %d was killed by somebody else, or by the kernel for memory", pid);
      break;
    case CL_ENDING_VIOLATION:
      cl_pool_log(pool, "jail_violation", "worker %d made a system call that its jail does not have", pid);
      break;
    case CL_ENDING_CRASH: cl_pool_log(pool, "worker_crashed", "worker %d died of signal %d", pid, detail); break;
  }
}

bool cl_crew_reap(cl_crew *crew) {
  cl_ending ending;
  int detail;
  int pid = crew->process.pid;
  if (!cl_spawn_ended(&crew->process, &ending, &detail)) return false;
  if (!crew->refused) say_ending(crew->pool, pid, ending, detail);
  return true;
}

void cl_crew_free(cl_crew *crew) {
  close_channel(crew);
  unwatch_fd(crew, crew->process.pidfd);
  cl_spawn_free(&crew->process);
  if (crew->image) cl_far_image_drop(crew->pool, crew->image);
  cl_far_mounts_drop(crew->mounts);
  free(crew);
}
