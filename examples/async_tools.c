/* A host with an event loop of its own, here plain poll(): one script makes twenty calls at once, and each is answered
 * when its own timer fires. The cell never blocks: it is stepped, and while it waits the loop does. */
#include <cloche.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 20 };

typedef struct {
  struct pollfd fds[CALLS]; /* a timer for each call that is on its way; fd -1: free */
  uint64_t ids[CALLS];
} host;

/* Call number n takes some time between 10 and 200 ms, so that they finish in another order than they began. */
static int start_timer(uint64_t n) {
  struct itimerspec when = {.it_value.tv_nsec = (long)(1 + n * 7 % CALLS) * 10000000};
  int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  if (fd >= 0) timerfd_settime(fd, 0, &when, NULL);
  return fd;
}

static void take_calls(host *h, cloche_cell *cell) {
  for (int i = 0; i < CALLS; i++) {
    cloche_call call;
    if (h->fds[i].fd >= 0) continue;
    if (!cloche_cell_next_call(cell, &call)) return;
    h->fds[i] = (struct pollfd){.fd = start_timer(call.id), .events = POLLIN};
    h->ids[i] = call.id;
    if (h->fds[i].fd < 0) cloche_cell_reject(cell, call.id, NULL, NULL);
  }
}

static void answer(host *h, int i, cloche_cell *cell) {
  char json[64];
  int len = snprintf(json, sizeof json, "{\"call\": %llu, \"slot\": %d}", (unsigned long long)h->ids[i], i);
  cloche_cell_resolve(cell, h->ids[i], json, (size_t)len, NULL);
  close(h->fds[i].fd);
  h->fds[i].fd = -1;
}

static int milliseconds_until(uint64_t deadline) {
  struct timespec clock;
  clock_gettime(CLOCK_MONOTONIC, &clock);
  uint64_t now = (uint64_t)clock.tv_sec * 1000000000u + (uint64_t)clock.tv_nsec;
  if (deadline <= now) return 0;
  uint64_t wait = (deadline - now + 999999) / 1000000;
  return wait < 1000 ? (int)wait : 1000; /* "never" is fine, too: poll again in a second */
}

static cloche_status run(host *h, cloche_cell *cell, cloche_error *err) {
  cloche_state state;
  for (;;) {
    cloche_status status = cloche_cell_step(cell, 1000000, &state, err);
    if (status != CLOCHE_OK || state == CLOCHE_DONE) return status;
    take_calls(h, cell);
    /* a cell that still computes gets its next slice as soon as the loop has looked around */
    int timeout = state == CLOCHE_WAITING ? milliseconds_until(cloche_cell_deadline(cell)) : 0;
    if (poll(h->fds, CALLS, timeout) <= 0) continue;
    for (int i = 0; i < CALLS; i++)
      if (h->fds[i].fd >= 0 && h->fds[i].revents) answer(h, i, cell);
  }
}

static void print_result(cloche_cell *cell) {
  cloche_result result;
  if (cloche_cell_result(cell, &result, NULL) != CLOCHE_OK) return;
  for (cloche_event e; cloche_cell_next_event(cell, &e);) printf("%.*s\n", (int)e.text_len, e.text);
  printf("%s after %llu ms: %s\n", cloche_status_describe(result.status).name,
         (unsigned long long)(result.wall_ns / 1000000), result.value ? result.value : result.error_message);
}

int main(void) {
  static const char source[] =
      "const order = [];\n"
      "const calls = Array.from({length: 20}, async (_, i) => { await tools.slow({i}); order.push(i); });\n"
      "await Promise.all(calls);\n"
      "console.log('answered in the order', order.join(' '));\n"
      "({calls: calls.length, inOrder: order.every((n, i) => n === i)})";
  host h;
  for (int i = 0; i < CALLS; i++) h.fds[i] = (struct pollfd){.fd = -1};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine = NULL;
  cloche_thread *thread = NULL;
  cloche_cell *cell = NULL;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "slow";
  if (cloche_engine_open(&engine, NULL, &err)) goto out;
  if (cloche_thread_open(&thread, NULL, &err)) goto out;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err)) goto out;
  if (cloche_cell_tool(cell, &tool, &err)) goto out;
  if (cloche_cell_start(cell, source, sizeof source - 1, NULL, &err)) goto out;
  if (run(&h, cell, &err) == CLOCHE_OK) print_result(cell);

out:
  for (int i = 0; i < CALLS; i++)
    if (h.fds[i].fd >= 0) close(h.fds[i].fd);
  if (err.status) fprintf(stderr, "async_tools: %s\n", err.message);
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return err.status != CLOCHE_OK;
}
