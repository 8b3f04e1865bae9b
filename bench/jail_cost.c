/* What a jailed worker costs the programs of bench/cpu: the CPU time of each run in a worker against that of the same run in
 * a cell of this process, or in another worker (one without a filter: drills build it). Runs take turns (worker, here, here,
 * worker, ...), each pair gives a ratio, and the median of those counts: whatever else the machine does meets both sides.
 *
 *     jail_cost FOLDER_OF_PROGRAMS WORKER [ROUNDS [OTHER_WORKER]]
 *
 * One line for each program, and the geometric mean of the ratios. */

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche_pool.h"

enum { SOURCE_MAX = 1 << 20, ROUNDS_MAX = 501 };

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

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *samples, int count) {
  qsort(samples, (size_t)count, sizeof *samples, by_size);
  return samples[count / 2];
}

static double compare(cloche_thread *pool, cloche_thread *other, cloche_engine *engine, const char *path,
                      const char *name, int rounds) {
  static char source[SOURCE_MAX];
  static double there[ROUNDS_MAX], here[ROUNDS_MAX], ratio[ROUNDS_MAX];
  size_t len = read_file(path, source);
  run(pool, engine, source, len);
  run(other, engine, source, len);
  for (int i = 0; i < rounds; i++) {
    if (i % 2) here[i] = run(other, engine, source, len);
    there[i] = run(pool, engine, source, len);
    if (i % 2 == 0) here[i] = run(other, engine, source, len);
    ratio[i] = there[i] / here[i];
  }
  double middle = median(ratio, rounds);
  printf("%-20s %10.2f %10.2f %8.3f\n", name, median(there, rounds) / 1e6, median(here, rounds) / 1e6, middle);
  return log(middle);
}

static cloche_thread *open_pool(const char *worker) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_thread *pool;
  options.worker_path = worker;
  options.workers = 1;
  if (cloche_pool_open(&pool, &options, &err) != CLOCHE_OK) fail("a pool", err.message);
  return pool;
}

int main(int argc, char **argv) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *other;
  cloche_engine *engine;
  if (argc < 3) fail("usage", "jail_cost FOLDER_OF_PROGRAMS WORKER [ROUNDS [OTHER_WORKER]]");
  long rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 9;
  if (rounds < 1 || rounds > ROUNDS_MAX) fail("rounds", "1 to 501");
  cloche_thread *pool = open_pool(argv[2]);
  if (argc > 4) other = open_pool(argv[4]);
  else if (cloche_thread_open(&other, NULL, &err) != CLOCHE_OK) fail("a thread", err.message);
  if (cloche_engine_open(&engine, NULL, &err) != CLOCHE_OK) fail("an engine", err.message);
  struct dirent **files;
  int count = scandir(argv[1], &files, NULL, alphasort), programs = 0;
  double sum = 0;
  printf("%-20s %10s %10s %8s\n", "CPU time", "worker ms", argc > 4 ? "other ms" : "here ms", "ratio");
  for (int i = 0; i < count; i++) {
    const char *end = strrchr(files[i]->d_name, '.');
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", argv[1], files[i]->d_name);
    if (end && strcmp(end, ".js") == 0)
      sum += compare(pool, other, engine, path, files[i]->d_name, (int)rounds), programs++;
    free(files[i]);
  }
  free(files);
  if (programs > 0) printf("%-20s %10s %10s %8.3f\n", "geometric mean", "", "", exp(sum / programs));
  cloche_thread_close(pool);
  cloche_thread_close(other);
  cloche_engine_close(engine);
  return 0;
}
