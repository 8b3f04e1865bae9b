/* What a jailed worker costs the programs of bench/cpu: the CPU time of each run in a worker against that of the same run in
 * a cell of this process. Runs take turns (worker, here, here, worker, ...); of each side the quietest counts, since
 * whatever else the machine does only ever adds.
 *
 *     jail_cost FOLDER_OF_PROGRAMS WORKER [ROUNDS]
 *
 * One line for each program, and the geometric mean of the ratios. */

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche_pool.h"

enum { SOURCE_MAX = 1 << 20 };

static void fail(const char *what, const char *why) {
  fprintf(stderr, "jail_cost: %s: %s\n", what, why);
  exit(1);
}

static size_t read_file(const char *path, char *source) {
  FILE *file = fopen(path, "re");
  if (!file) fail(path, "cannot be read");
  size_t len = fread(source, 1, SOURCE_MAX, file);
  fclose(file);
  return len;
}

static double run(cloche_thread *thread, cloche_engine *engine, const char *source, size_t len) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  cloche_cell *cell;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err) != CLOCHE_OK) fail("a cell", err.message);
  if (cloche_cell_eval(cell, source, len, NULL, &result, &err) != CLOCHE_OK) fail("a run", err.message);
  if (result.status != CLOCHE_OK) fail("a run", result.error_message);
  double cpu = (double)result.cpu_ns;
  cloche_cell_close(cell);
  return cpu;
}

static double least(double a, double b) { return a < b ? a : b; }

static double compare(cloche_thread *pool, cloche_thread *here, cloche_engine *engine, const char *path,
                      const char *name, int rounds) {
  static char source[SOURCE_MAX];
  size_t len = read_file(path, source);
  double there = 1e18, local = 1e18;
  run(pool, engine, source, len);
  run(here, engine, source, len);
  for (int i = 0; i < rounds; i++) {
    if (i % 2) local = least(local, run(here, engine, source, len));
    there = least(there, run(pool, engine, source, len));
    if (i % 2 == 0) local = least(local, run(here, engine, source, len));
  }
  printf("%-20s %10.2f %10.2f %8.3f\n", name, there / 1e6, local / 1e6, there / local);
  return log(there / local);
}

int main(int argc, char **argv) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_thread *pool, *here;
  cloche_engine *engine;
  if (argc < 3) fail("usage", "jail_cost FOLDER_OF_PROGRAMS WORKER [ROUNDS]");
  int rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 9;
  options.worker_path = argv[2];
  options.workers = 1;
  if (cloche_pool_open(&pool, &options, &err) != CLOCHE_OK || cloche_thread_open(&here, NULL, &err) != CLOCHE_OK ||
      cloche_engine_open(&engine, NULL, &err) != CLOCHE_OK)
    fail("opening", err.message);
  struct dirent **files;
  int count = scandir(argv[1], &files, NULL, alphasort), programs = 0;
  double sum = 0;
  printf("%-20s %10s %10s %8s\n", "CPU time", "worker ms", "here ms", "ratio");
  for (int i = 0; i < count; i++) {
    const char *end = strrchr(files[i]->d_name, '.');
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", argv[1], files[i]->d_name);
    if (end && strcmp(end, ".js") == 0) sum += compare(pool, here, engine, path, files[i]->d_name, rounds), programs++;
    free(files[i]);
  }
  free(files);
  if (programs > 0) printf("%-20s %10s %10s %8.3f\n", "geometric mean", "", "", exp(sum / programs));
  cloche_thread_close(pool);
  cloche_thread_close(here);
  cloche_engine_close(engine);
  return 0;
}
