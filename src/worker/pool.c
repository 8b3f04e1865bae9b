/* Pools: opening, the poll set, the table of requests, and what is due. pool.h has the picture. */
#include "pool.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { ASKED_BITS = 24, EVENTS_MAX = 64 };

uint64_t cl_pool_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * CL_POOL_SEC + (uint64_t)now.tv_nsec;
}

cloche_status cl_pool_fail(cloche_error *err, cloche_status status, const char *format, ...) {
  if (!err) return status;
  va_list args;
  va_start(args, format);
  err->status = status;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return status;
}

/* Some of it is a worker's word, and may be shown on a terminal. */
static void make_printable(char *text) {
  unsigned char *at = (unsigned char *)text;
  for (; *at; at++) {
    if (*at < 0x20 || *at == 0x7F) *at = '?';
    if (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) at[0] = at[1] = '?'; /* the other control characters */
  }
}

void cl_pool_log(cl_pool *pool, const char *code, const char *format, ...) {
  if (!pool->options.log) return;
  char text[320];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  bool tending = pool->tending; /* whoever calls the pool from there all the same frees nothing that is in use here */
  pool->tending = true;
  make_printable(text);
  pool->options.log(pool->options.log_user, code, text);
  pool->tending = tending;
}

/* ---- requests */

static bool more_asked(cl_pool *pool) {
  uint32_t count = pool->asked_count ? pool->asked_count * 2 : 256;
  if (count > 1u << ASKED_BITS) return false;
  cl_asked *asked = realloc(pool->asked, count * sizeof *asked);
  if (!asked) return false;
  memset(asked + pool->asked_count, 0, (count - pool->asked_count) * sizeof *asked);
  for (uint32_t i = count - 1; i >= pool->asked_count && i > 0; i--) {
    asked[i].id = i;
    asked[i].next_free = pool->asked_free;
    pool->asked_free = i;
  }
  pool->asked = asked;
  pool->asked_count = count;
  return true;
}

/* May move the table: whoever holds a cl_asked finds it again by its id. */
cl_asked *cl_asked_make(cl_pool *pool, cl_asked_kind kind, cl_far *far, cl_crew *crew, uint64_t due) {
  if (!pool->asked_free && !more_asked(pool)) return NULL;
  cl_asked *asked = &pool->asked[pool->asked_free];
  pool->asked_free = asked->next_free;
  asked->id += 1ull << ASKED_BITS;
  asked->kind = kind;
  asked->cell = far;
  asked->crew = crew;
  asked->reply = NULL;
  asked->due = due;
  if (far) far->asked++;
  if (due < crew->look_at) crew->look_at = due;
  return asked;
}

cl_asked *cl_asked_find(cl_pool *pool, uint64_t id) {
  uint64_t at = id & ((1u << ASKED_BITS) - 1);
  if (at >= pool->asked_count) return NULL;
  cl_asked *asked = &pool->asked[at];
  return asked->kind != CL_ASKED_NOTHING && asked->id == id ? asked : NULL;
}

void cl_asked_orphan(cl_asked *asked) {
  if (asked->cell) asked->cell->asked--;
  asked->cell = NULL;
}

void cl_asked_done(cl_pool *pool, cl_asked *asked) {
  cl_asked_orphan(asked);
  asked->kind = CL_ASKED_NOTHING;
  asked->crew = NULL;
  asked->reply = NULL;
  asked->next_free = pool->asked_free;
  pool->asked_free = (uint32_t)(asked - pool->asked);
}

/* ---- news */

void cl_pool_news(cl_far *far) {
  cl_pool *pool = far->pool;
  if (far->has_news) return;
  far->has_news = true;
  far->next_news = NULL;
  far->prev_news = pool->last_news;
  if (pool->last_news) pool->last_news->next_news = far;
  else pool->news = far;
  pool->last_news = far;
}

void cl_pool_no_news(cl_far *far) {
  cl_pool *pool = far->pool;
  if (!far->has_news) return;
  far->has_news = false;
  if (far->prev_news) far->prev_news->next_news = far->next_news;
  else pool->news = far->next_news;
  if (far->next_news) far->next_news->prev_news = far->prev_news;
  else pool->last_news = far->prev_news;
}

void cl_pool_interrupts(cl_pool *pool) {
  if (!atomic_load_explicit(&pool->interrupts, memory_order_relaxed)) return;
  cl_far *far = atomic_exchange(&pool->interrupts, NULL), *next;
  for (; far; far = next) {
    next = atomic_load(&far->next_wanted);
    atomic_store(&far->wanted, false);
    if (far->run && far->crew) (void)cl_far_interrupt(far);
  }
}

/* ---- what is due */

static void read_wake(cl_pool *pool) {
  uint64_t count;
  (void)!read(pool->wake_fd, &count, sizeof count);
}

static void ask_for_room(cl_crew *crew) {
  bool wants = crew->channel && cl_channel_wants_write(crew->channel) && crew->ready;
  if (wants == crew->writes || !crew->channel) return;
  struct epoll_event event = {.events = EPOLLIN | (wants ? EPOLLOUT : 0u), .data.u64 = (uintptr_t)crew};
  if (epoll_ctl(crew->pool->poll_fd, EPOLL_CTL_MOD, cl_channel_fd(crew->channel), &event) == 0) crew->writes = wants;
}

static void flush_all(cl_pool *pool) {
  cl_pool_interrupts(pool);
  for (size_t i = 0; i < pool->crew_count; i++) {
    cl_crew_flush(pool->crews[i]);
    ask_for_room(pool->crews[i]);
  }
}

static void serve_ready(cl_pool *pool, int timeout_ms) {
  struct epoll_event events[EVENTS_MAX];
  int count = epoll_wait(pool->poll_fd, events, EVENTS_MAX, timeout_ms);
  for (int i = 0; i < count; i++) {
    bool died = events[i].data.u64 & 1; /* as cl_crew_start has marked it */
    cl_crew *crew = (cl_crew *)(uintptr_t)(events[i].data.u64 & ~(uint64_t)1);
    if (!crew) read_wake(pool);
    else if (crew->state != CL_CREW_ENDED) cl_crew_serve(crew, NULL);
    if (crew && died) cl_crew_end(crew, CLOCHE_WORKER_CRASHED);
  }
  for (size_t i = 0; i < pool->crew_count; i++)
    if (pool->crews[i]->more) cl_crew_serve(pool->crews[i], NULL);
}

static void reap(cl_pool *pool) {
  for (size_t i = 0; i < pool->crew_count;) {
    cl_crew *crew = pool->crews[i];
    if (crew->state != CL_CREW_ENDED || !cl_crew_reap(crew)) {
      i++;
      continue;
    }
    pool->crews[i] = pool->crews[--pool->crew_count];
    cl_crew_free(crew);
  }
}

static void tend(cl_pool *pool, int timeout_ms) {
  if (pool->tending) return; /* called from the log */
  pool->tending = true;
  flush_all(pool);
  serve_ready(pool, timeout_ms);
  uint64_t now = cl_pool_now();
  for (size_t i = 0; i < pool->crew_count; i++)
    if (pool->crews[i]->look_at <= now) cl_crew_watch(pool->crews[i], now);
  reap(pool);
  cl_pool_staff(pool, now);
  flush_all(pool);
  pool->tending = false;
}

void cl_pool_tend(cl_pool *pool) { tend(pool, 0); }

static uint64_t deadline_of(const cl_pool *pool) {
  uint64_t at = pool->spares_at;
  for (size_t i = 0; i < pool->crew_count; i++) {
    const cl_crew *crew = pool->crews[i];
    if (crew->more) return 0;
    if (crew->look_at < at) at = crew->look_at;
  }
  for (const cl_domain *domain = pool->domains; domain; domain = domain->next)
    if (domain->crews && domain->empty_since != CL_POOL_NEVER && domain->empty_since + CL_LINGER_NS < at)
      at = domain->empty_since + CL_LINGER_NS;
  return at;
}

static int milliseconds_to(uint64_t at) {
  if (at == CL_POOL_NEVER) return -1;
  uint64_t now = cl_pool_now();
  if (at <= now) return 0;
  uint64_t ms = (at - now + CL_POOL_MS - 1) / CL_POOL_MS;
  return ms > 3600000 ? 3600000 : (int)ms;
}

static bool has_news(const cl_pool *pool, const cl_far *far) { return far ? far->has_news : pool->news != NULL; }

static void spin(cl_pool *pool, const cl_far *far, uint64_t until) {
  uint64_t end = cl_pool_now() + pool->options.spin_ns;
  if (end > until) end = until;
  while (!has_news(pool, far) && cl_pool_now() < end) {
    for (size_t i = 0; i < pool->crew_count; i++)
      if (pool->crews[i]->run_count > 0) cl_crew_serve(pool->crews[i], NULL);
  }
}

void cl_pool_sleep(cl_pool *pool, const cl_far *far, uint64_t until) {
  flush_all(pool);
  if (has_news(pool, far)) return;
  if (pool->options.spin_ns) spin(pool, far, until);
  if (has_news(pool, far)) return;
  uint64_t due = deadline_of(pool);
  tend(pool, milliseconds_to(due < until ? due : until));
}

/* ---- the public functions */

static uint32_t cores(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
  return count > 0 ? (uint32_t)count : 1;
}

static void fill_options(cl_pool *pool, const cloche_pool_options *options) {
  static const cloche_pool_options defaults = CLOCHE_POOL_OPTIONS_INIT;
  cloche_pool_options *own = &pool->options;
  *own = options ? *options : defaults;
  own->worker_path = NULL; /* pool->path has it */
  if (own->workers == 0) own->workers = cores();
  if (own->workers_max == 0) own->workers_max = 64;
  if (own->spares == 0) own->spares = 1;
  else if (own->spares == UINT32_MAX) own->spares = 0;
  if (own->cells_running == 0) own->cells_running = 4096;
  if (own->runs_queued == 0) own->runs_queued = 65536;
  if (own->waiting_mapped == 0) own->waiting_mapped = 1024;
}

static cloche_status open_poll(cl_pool *pool, cloche_error *err) {
  pool->poll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (pool->poll_fd >= 0) pool->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0};
  if (pool->wake_fd < 0 || epoll_ctl(pool->poll_fd, EPOLL_CTL_ADD, pool->wake_fd, &event) != 0)
    CL_POOL_FAIL(err, IO_ERROR, "the pool cannot have its descriptors: %s", strerrordesc_np(errno));
  return CLOCHE_OK;
}

static void free_pool(cl_pool *pool) {
  for (size_t i = 0; i < pool->crew_count; i++) {
    cl_crew_end(pool->crews[i], CLOCHE_WORKER_CRASHED);
    cl_crew_free(pool->crews[i]);
  }
  while (pool->domains) {
    cl_domain *domain = pool->domains;
    pool->domains = domain->next;
    free(domain->name);
    free(domain);
  }
  if (pool->wake_fd >= 0) close(pool->wake_fd);
  if (pool->poll_fd >= 0) close(pool->poll_fd);
  free(pool->crews);
  free(pool->asked);
  free(pool);
}

cloche_status cloche_pool_open(cloche_thread **out, const cloche_pool_options *options, cloche_error *err) {
  *out = NULL;
  if (options && options->version != 1)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "pool options of version %u", options->version);
  if (options && options->spares != UINT32_MAX && options->spares > 1024)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "%u spare workers are too many", options->spares);
  cl_pool *pool = calloc(1, sizeof *pool);
  if (!pool) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a pool");
  pool->poll_fd = pool->wake_fd = -1;
  pool->head.remote = &cl_remote_table;
  pool->spares_at = CL_POOL_NEVER;
  fill_options(pool, options);
  cloche_error own;
  if (!err) err = &own;
  cloche_status status = cl_spawn_find(options ? options->worker_path : NULL, pool->path, err);
  if (status == CLOCHE_OK) status = open_poll(pool, err);
  for (uint32_t i = 0; i < pool->options.spares && i < pool->options.workers_max && status == CLOCHE_OK; i++)
    if (!cl_crew_start(pool, NULL, err)) status = err->status;
  if (status != CLOCHE_OK) {
    free_pool(pool);
    return status;
  }
  *out = (cloche_thread *)(void *)pool;
  return CLOCHE_OK;
}

void cl_pool_close(cloche_thread *thread) { free_pool(cl_pool_of(thread)); }

static bool is_pool(const cloche_thread *thread) {
  return ((const cl_remote_head *)(const void *)thread)->remote == &cl_remote_table;
}

int cloche_pool_fd(const cloche_thread *thread) {
  return is_pool(thread) ? ((const cl_pool *)(const void *)thread)->poll_fd : -1;
}

cloche_cell *cloche_pool_next(cloche_thread *thread) {
  if (!is_pool(thread)) return NULL;
  cl_pool *pool = cl_pool_of(thread);
  if (!pool->news) cl_pool_tend(pool);
  cl_far *far = pool->news;
  if (!far) return NULL;
  cl_pool_no_news(far);
  return cl_far_cell(far);
}

uint64_t cloche_pool_deadline(const cloche_thread *thread) {
  return is_pool(thread) ? deadline_of((const cl_pool *)(const void *)thread) : CL_POOL_NEVER;
}

void cloche_pool_wait(cloche_thread *thread, uint64_t until) {
  if (is_pool(thread)) cl_pool_sleep(cl_pool_of(thread), NULL, until);
}

cloche_status cloche_pool_restart(cloche_thread *thread, cloche_error *err) {
  if (!is_pool(thread)) CL_POOL_FAIL(err, INVALID_ARGUMENT, "the thread is no pool");
  cl_pool *pool = cl_pool_of(thread);
  for (size_t i = 0; i < pool->crew_count; i++) cl_crew_drain(pool->crews[i]);
  pool->spares_at = 0;
  pool->no_start.status = CLOCHE_OK;
  pool->start_failures = 0;
  pool->start_at = 0;
  return CLOCHE_OK;
}

bool cloche_pool_worker(const cloche_thread *thread, size_t index, cloche_worker_info *out) {
  static const char *const states[] = {"starting", "spare", "serving", "draining", "draining"};
  if (!is_pool(thread)) return false;
  const cl_pool *pool = (const cl_pool *)(const void *)thread;
  if (index >= pool->crew_count) return false;
  const cl_crew *crew = pool->crews[index];
  *out = (cloche_worker_info){.pid = crew->process.pid,
                              .state = states[crew->state],
                              .domain = crew->domain ? crew->domain->name : NULL,
                              .layers = crew->layers,
                              .landlock = crew->landlock,
                              .cells = (uint32_t)crew->cell_count,
                              .runs = (uint32_t)crew->run_count,
                              .started_ns = crew->started_ns};
  return true;
}
