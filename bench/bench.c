/* bench: the numbers of Cloche, one line each. bench/run.sh runs it beside the peers. Its parts are in the files
 * beside this one; what a part measures, and how, stands at its head. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static const struct part {
  const char *name;
  void (*run)(const bench_host *host);
} parts[] = {
    {"fresh", bench_fresh},       {"typescript", bench_typescript},
    {"state", bench_state},       {"calls", bench_calls},
    {"json", bench_json},         {"memory", bench_memory},
    {"scripts", bench_scripts},   {"cpu", bench_cpu},
    {"limits", bench_limits},     {"kill", bench_kill},
    {"snapshot", bench_snapshot}, {"python", bench_python},
    {"workers", bench_workers},
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static _Noreturn void usage(void) {
  fputs("usage: bench [--json] [--quick] [--folder BENCH] [--hostile FOLDER] [--worker PROGRAM] [PART...]\nparts:",
        stderr);
  for (size_t i = 0; i < PARTS; i++) fprintf(stderr, " %s", parts[i].name);
  fputc('\n', stderr);
  exit(2);
}

static const struct part *find_part(const char *name) {
  for (size_t i = 0; i < PARTS; i++)
    if (strcmp(parts[i].name, name) == 0) return &parts[i];
  usage();
}

/* Each part gets a thread of its own, so that no slot that another part made hot speeds it up. */
static void run_part(bench_host *host, const struct part *part) {
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_must(cloche_thread_open(&host->thread, NULL, &err), &err, "opening a thread");
  part->run(host);
  cloche_thread_close(host->thread);
  host->thread = NULL;
}

int main(int argc, char **argv) {
  bench_host host = {.folder = "bench", .hostile = "tests/hostile/js"};
  const char *quick = getenv("BENCH_QUICK");
  host.quick = quick && strcmp(quick, "1") == 0;
  int at = 1;
  for (; at < argc && argv[at][0] == '-'; at++) {
    if (strcmp(argv[at], "--json") == 0) host.json = true;
    else if (strcmp(argv[at], "--quick") == 0) host.quick = true;
    else if (strcmp(argv[at], "--folder") == 0 && at + 1 < argc) host.folder = argv[++at];
    else if (strcmp(argv[at], "--hostile") == 0 && at + 1 < argc) host.hostile = argv[++at];
    else if (strcmp(argv[at], "--worker") == 0 && at + 1 < argc) host.worker = argv[++at];
    else usage();
  }
  for (int i = at; i < argc; i++) (void)find_part(argv[i]);
  cloche_error err = CLOCHE_ERROR_INIT;
  bench_must(cloche_engine_open(&host.engine, NULL, &err), &err, "opening the engine");
  if (at == argc)
    for (size_t i = 0; i < PARTS; i++) run_part(&host, &parts[i]);
  for (int i = at; i < argc; i++) run_part(&host, find_part(argv[i]));
  cloche_engine_close(host.engine);
  return 0;
}
