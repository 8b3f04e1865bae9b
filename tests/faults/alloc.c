/* Allocation failure in a supervisor: a scenario through the functions of pools and their cells, in which the n-th allocation
 * of this process fails, for every n until none does; then the same with the system calls that give memory and descriptors.
 *
 * Each failure must surface as an error that says so; nothing leaks, nothing hangs, no value is wrong; and afterwards the same
 * pool serves a new cell, and the session is what the runs that ended well have made it. Linked with --wrap. */
/* clang-format off: cmocka.h wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cloche_pool.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
char *__real_strdup(const char *text);
void __real_free(void *at);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
int __real_memfd_create(const char *name, unsigned flags);
int __real_socketpair(int domain, int type, int protocol, int fds[2]);
int __real_epoll_create1(int flags);
int __real_epoll_ctl(int epoll, int op, int fd, struct epoll_event *event);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);
char *__wrap_strdup(const char *text);
void __wrap_free(void *at);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
int __wrap_memfd_create(const char *name, unsigned flags);
int __wrap_socketpair(int domain, int type, int protocol, int fds[2]);
int __wrap_epoll_create1(int flags);
int __wrap_epoll_ctl(int epoll, int op, int fd, struct epoll_event *event);

static bool counting;
static bool system_calls;           /* these fail, and not the allocations */
static unsigned long fail_at, made; /* fail_at 0: never */
static long live;

static bool must_fail(bool system_call) {
  if (!counting || system_call != system_calls) return false;
  return ++made == fail_at;
}

static void *gave(void *at) {
  if (at) live++;
  else errno = ENOMEM;
  return at;
}

static int refuse(int code) {
  errno = code;
  return -1;
}

void *__wrap_malloc(size_t size) { return gave(must_fail(false) ? NULL : __real_malloc(size)); }
void *__wrap_calloc(size_t count, size_t size) { return gave(must_fail(false) ? NULL : __real_calloc(count, size)); }
char *__wrap_strdup(const char *text) { return gave(must_fail(false) ? NULL : __real_strdup(text)); }

void *__wrap_realloc(void *at, size_t size) {
  if (must_fail(false)) {
    errno = ENOMEM;
    return NULL;
  }
  void *to = __real_realloc(at, size);
  if (!at && to) live++;
  return to;
}

void __wrap_free(void *at) {
  if (at) live--;
  __real_free(at);
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset) {
  if (must_fail(true)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return __real_mmap(at, len, prot, flags, fd, offset);
}

int __wrap_memfd_create(const char *name, unsigned flags) {
  return must_fail(true) ? refuse(EMFILE) : __real_memfd_create(name, flags);
}

int __wrap_socketpair(int domain, int type, int protocol, int fds[2]) {
  return must_fail(true) ? refuse(EMFILE) : __real_socketpair(domain, type, protocol, fds);
}

int __wrap_epoll_create1(int flags) { return must_fail(true) ? refuse(EMFILE) : __real_epoll_create1(flags); }

int __wrap_epoll_ctl(int epoll, int op, int fd, struct epoll_event *event) {
  return op == EPOLL_CTL_ADD && must_fail(true) ? refuse(ENOMEM) : __real_epoll_ctl(epoll, op, fd, event);
}

/* ---- the scenario */

static cloche_engine *engine;
static cloche_thread *pool;
static cloche_cell *cells[4];
static unsigned long n_told; /* what the session's runs that ended well have made of `n` */
static unsigned troubles;

static void trouble(const char *what, const char *how) {
  if (troubles++ < 20) print_error("%s number %lu: %s: %s\n", system_calls ? "call" : "allocation", fail_at, what, how);
}

/* True: go on. */
static bool fine(cloche_status status, const cloche_error *err, const char *what) {
  switch (status) {
    case CLOCHE_OK: return true;
    case CLOCHE_OUT_OF_MEMORY:
    case CLOCHE_IO_ERROR:
    case CLOCHE_WORKER_CRASHED: /* whose answer found no memory */
    case CLOCHE_BUSY:
    case CLOCHE_INVALID_STATE: /* after one of these */
      if (fail_at == 0) trouble(what, err->message);
      else if (!err->message[0]) trouble(what, "no message");
      return false;
    default: trouble(what, cloche_status_describe(status).name); return false;
  }
}

static void answer(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)user;
  for (int attempt = 0; attempt < 2; attempt++)
    if (fine(cloche_cell_resolve(cell, id, argument, len, &err), &err, "resolve")) return;
  cloche_cell_interrupt(cell);
}

static bool open_cell(int at, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_limits limits;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  (void)cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = 1000000000;
  options.limits = &limits;
  options.session = session;
  options.undo_runs = session ? 2 : 0;
  options.domain = at % 2 ? "other" : NULL;
  if (!fine(cloche_cell_open(&cells[at], pool, engine, &options, &err), &err, "open")) {
    if (cells[at]) trouble("open", "failed, and gave a cell");
    return false;
  }
  tool.name = "t";
  tool.fn = answer;
  return fine(cloche_cell_tool(cells[at], &tool, &err), &err, "tool") ||
         fine(cloche_cell_tool(cells[at], &tool, &err), &err, "tool again");
}

/* How a run ended; anything but a wrong value may come of a failure. */
static bool run(int at, const char *source, const char *want) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  cloche_state state;
  if (!cells[at]) return false;
  if (!fine(cloche_cell_eval(cells[at], source, strlen(source), NULL, &r, &err), &err, source)) {
    cloche_cell_interrupt(cells[at]);
    for (int i = 0; i < 3; i++) {
      (void)cloche_cell_step(cells[at], 0, &state, NULL);
      cloche_pool_wait(pool, 0);
    }
    return false;
  }
  if (r.status != CLOCHE_OK) {
    if (fail_at == 0) trouble(source, r.error_message ? r.error_message : "no message");
    return false;
  }
  if (!r.value || strcmp(r.value, want) != 0) trouble(source, r.value ? r.value : "no value");
  const char *json;
  size_t len;
  (void)fine(cloche_cell_report(cells[at], &json, &len, &err), &err, "report");
  while (true) {
    cloche_event event;
    if (!cloche_cell_next_event(cells[at], &event)) break;
  }
  return true;
}

static bool count_one(void) {
  char want[24];
  snprintf(want, sizeof want, "%lu", n_told + 1);
  bool told = run(1, "n += 1", want);
  n_told += told;
  return told;
}

static void carry(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot = NULL;
  char want[24];
  if (!cells[1] || !fine(cloche_cell_snapshot(&snapshot, cells[1], &err), &err, "snapshot")) return;
  snprintf(want, sizeof want, "%lu", n_told);
  if (open_cell(3, true) && fine(cloche_cell_restore(cells[3], snapshot, &err), &err, "restore")) run(3, "n", want);
  cloche_snapshot_free(snapshot);
}

static void give(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module module = {1, "m", "export const a = 5", 18, NULL};
  if (!cells[1]) return;
  (void)fine(cloche_cell_context(cells[1], "{\"k\":2}", 7, &err), &err, "context");
  (void)fine(cloche_cell_module(cells[1], &module, &err), &err, "module");
}

static void play(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_cell_stats stats;
  options.workers = 1;
  options.spares = UINT32_MAX;
  options.worker_path = WORKER_PATH;
  n_told = 0;
  if (!fine(cloche_pool_open(&pool, &options, &err), &err, "pool")) {
    if (pool) trouble("pool", "failed, and gave a pool");
    return;
  }
  if (open_cell(0, false))
    run(0,
        "console.log('x'.repeat(3000)); display({a: 1}); [await tools.t(7), (await Promise.all([1, 2].map(tools.t))).length]",
        "[7,2]");
  if (!open_cell(1, true)) return;
  give();
  if (!run(1, "globalThis.n = 0", "0")) return;
  (void)count_one();
  (void)count_one();
  if (fine(cloche_cell_fork(&cells[2], cells[1], &err), &err, "fork")) run(2, "typeof n", "\"number\"");
  else if (cells[2]) trouble("fork", "failed, and gave a cell");
  carry();
  (void)fine(cloche_cell_measure(cells[1], &stats, &err), &err, "measure");
  if (count_one()) {
    cloche_status status = cloche_cell_undo(cells[1], 1, &err);
    bool lost = status == CLOCHE_NOT_FOUND &&
                fail_at != 0; /* its worker has ended for want of memory here, and the past with it */
    if (!lost && fine(status, &err, "undo")) n_told--;
  }
}

/* The supervisor is whole: a new cell runs, and the session goes on. */
static void look_after(void) {
  char want[24];
  cloche_cell_close(cells[0]);
  cells[0] = NULL;
  if (!open_cell(0, false) || !run(0, "1 + 2", "3")) trouble("afterwards", "a new cell does not run");
  snprintf(want, sizeof want, "%lu", n_told);
  if (n_told > 0) run(1, "n", want);
}

static bool play_with(unsigned long n) {
  memset(cells, 0, sizeof cells);
  pool = NULL;
  long before = live;
  made = 0;
  fail_at = n;
  counting = true;
  play();
  counting = false;
  bool reached = made >= n;
  if (pool) look_after();
  for (int i = 0; i < 4; i++) cloche_cell_close(cells[i]);
  cloche_thread_close(pool);
  if (live != before) trouble("memory", "leaks");
  return n == 0 || reached;
}

static unsigned long descriptors(void) {
  unsigned long count = 0;
  for (int fd = 0; fd < 256; fd++) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

static void go_through(bool of_system) {
  unsigned long n = 0, before;
  cloche_error err = CLOCHE_ERROR_INIT;
  alarm(240);
  if (!engine) assert_int_equal(cloche_engine_open(&engine, NULL, &err), CLOCHE_OK);
  system_calls = of_system;
  troubles = 0;
  (void)play_with(0);
  before = descriptors();
  for (n = 1; play_with(n); n++) continue;
  if (descriptors() != before) trouble("descriptors", "leak");
  print_message("%lu were made to fail, one after the other\n", n - 1);
  assert_int_equal(troubles, 0);
  assert_true(n > (of_system ? 5 : 50));
  alarm(0);
}

static void each_allocation_fails_once(void **state) {
  (void)state;
  go_through(false);
}

static void each_system_call_fails_once(void **state) {
  (void)state;
  go_through(true);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_fails_once),
                                     cmocka_unit_test(each_system_call_fails_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
