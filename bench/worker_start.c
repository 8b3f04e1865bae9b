/* What the start of a worker costs: from cl_spawn to the frame that says it is ready, with JavaScript, with both languages,
 * with and without namespaces; and what each layer of the jail does, measured inside by a program that has nothing else.
 *
 *     worker_start FOLDER [STARTS]       FOLDER: where cloche-worker and worker_start_probe are
 *
 * One line for each: median, fastest, slowest, in microseconds. */

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"
#include "spawn.h"
#include "wire.h"

enum { STARTS_MAX = 1001, LAYERS = 7 };

static double now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print(const char *what, double *samples, size_t count) {
  qsort(samples, count, sizeof *samples, compare);
  printf("%-44s %9.0f %9.0f %9.0f\n", what, samples[count / 2], samples[0], samples[count - 1]);
}

static void fail(const char *what) {
  fprintf(stderr, "worker_start: %s\n", what);
  exit(1);
}

static void put(void *user, const char *text, size_t len) { cl_channel_put(user, text, len); }

static void wait_for(int fd) {
  struct pollfd news = {.fd = fd, .events = POLLIN};
  if (poll(&news, 1, 20000) <= 0) fail("no answer");
}

static void start_worker(const char *path, bool python, bool namespaces, double *spawned, double *ready) {
  const cl_spawn_options options = {.path = path, .no_namespaces = !namespaces};
  cl_spawned worker;
  cloche_error err = CLOCHE_ERROR_INIT;
  double began = now_us();
  if (cl_spawn(&worker, &options, &err) != CLOCHE_OK) fail(err.message);
  *spawned = now_us() - began;
  cl_channel_options ends = {.fd = worker.channel,
                             .out_box = worker.to_worker,
                             .in_box = worker.from_worker,
                             .text_max = 1 << 20,
                             .blob_max = 1 << 20,
                             .out_max = 1 << 20};
  cl_channel *channel = cl_channel_open(&ends);
  worker.channel = -1;
  cl_start start = {.engines = {{"js", -1}, {"python", -1}},
                    .engine_count = python ? 2 : 1,
                    .namespaces = namespaces,
                    .waiting_mapped = 1024,
                    .cells_running = 4096,
                    .runs_queued = 65536};
  cl_put_start(&(cl_sink){put, channel}, &start);
  if (!cl_channel_end(channel, NULL, 0)) fail("no memory");
  cl_channel_flush(channel);
  cl_frame frame;
  while (!cl_channel_receive(channel, &frame)) {
    if (cl_channel_look(channel) != CL_CHANNEL_OPEN) fail("the worker has gone");
    wait_for(cl_channel_fd(channel));
  }
  *ready = now_us() - began;
  if (!strstr(frame.text, "\"ready\"")) fail(frame.text);
  cl_channel_close(channel);
  cl_spawn_free(&worker);
}

static void measure_workers(const char *path, size_t starts) {
  static double spawned[STARTS_MAX], ready[STARTS_MAX];
  for (int kind = 0; kind < 4; kind++) {
    bool python = kind & 1, namespaces = kind & 2;
    for (size_t i = 0; i < starts; i++) start_worker(path, python, namespaces, &spawned[i], &ready[i]);
    char what[80];
    const char *where = namespaces ? ", namespaces" : "";
    snprintf(what, sizeof what, "%s%s: process", python ? "js, python" : "js", where);
    print(what, spawned, starts);
    snprintf(what, sizeof what, "%s%s: ready", python ? "js, python" : "js", where);
    print(what, ready, starts);
  }
}

static void measure_layers(const char *path, bool namespaces, size_t starts) {
  static double took[LAYERS][STARTS_MAX];
  static const char *const names[LAYERS] = {"privileges", "seccomp", "landlock",   "limits",
                                            "namespaces", "death",   "descriptors"};
  for (size_t i = 0; i < starts; i++) {
    const cl_spawn_options options = {.path = path, .no_namespaces = !namespaces};
    cl_spawned probe;
    cloche_error err = CLOCHE_ERROR_INIT;
    uint64_t ns[LAYERS];
    if (cl_spawn(&probe, &options, &err) != CLOCHE_OK) fail(err.message);
    wait_for(probe.channel);
    if (recv(probe.channel, ns, sizeof ns, 0) != sizeof ns) fail("the probe has gone");
    for (size_t layer = 0; layer < LAYERS; layer++) took[layer][i] = (double)ns[layer] / 1e3;
    cl_spawn_free(&probe);
  }
  for (size_t layer = 0; layer < LAYERS; layer++) {
    char what[80];
    snprintf(what, sizeof what, "layer %s%s", names[layer], namespaces ? ", in namespaces" : "");
    print(what, took[layer], starts);
  }
}

int main(int argc, char **argv) {
  char wanted[2048], worker[CL_SPAWN_PATH_MAX], probe[CL_SPAWN_PATH_MAX];
  cloche_error err = CLOCHE_ERROR_INIT;
  if (argc < 2) fail("usage: worker_start FOLDER [STARTS]");
  long starts = argc > 2 ? strtol(argv[2], NULL, 10) : 51;
  if (starts < 1 || starts > STARTS_MAX) fail("1 to 1001 starts");
  snprintf(wanted, sizeof wanted, "%s/cloche-worker", argv[1]);
  if (cl_spawn_find(wanted, worker, &err) != CLOCHE_OK) fail(err.message);
  snprintf(wanted, sizeof wanted, "%s/worker_start_probe", argv[1]);
  if (cl_spawn_find(wanted, probe, &err) != CLOCHE_OK) fail(err.message);
  printf("%-44s %9s %9s %9s\n", "us", "median", "fastest", "slowest");
  measure_workers(worker, (size_t)starts);
  measure_layers(probe, false, (size_t)starts);
  measure_layers(probe, true, (size_t)starts);
  return 0;
}
