/* make soak MINUTES=n: mixed load through a pool and in this process. Now and then all rest and close their cells: then memory,
 * descriptors and mappings are sampled, which what is at work would hide.
 *
 * usage: soak [--seconds=N] [--world=pool|calm|process] [--worker=PATH] [--seed=N]
 *
 * Both languages, sessions and one-shots, tools, timers, errors, limits, interrupts, forks, undo, snapshots in bytes, resets; in
 * the pool workers are killed at random and now and then all replaced, in the calm one, which is a pool as well, they live as long
 * as it does. actors.c holds every value against what must be.
 *
 * After the first third, a line is laid through the samples by least squares; its slope a minute is printed, and what it rose
 * by over the measured time must be at most
 *
 *     memory of this process   24 MiB, and 0.5 MiB a minute       descriptors   10 (of two workers)
 *     of a calm worker         24 MiB, and 1 MiB a minute         mappings      40
 *
 * (A worker that takes the place of another one begins small, and grows until its spare cells are warm.)
 *
 * The last line is "N passed, N failed, N skipped": these, and the load itself. */
#include <dirent.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "soak.h"

#define SECOND 1000000000ull

enum { SAMPLES_MAX = 100, WORLDS = 3 };
enum { MEMORY, WORKERS, DESCRIPTORS, MAPPINGS, SERIES };

static const struct {
  const char *name, *unit;
  double most, most_per_minute;
} series[SERIES] = {
    {"memory of the process", "MiB", 24, 0.5},
    {"memory of a worker", "MiB", 24, 1},
    {"descriptors", "", 10, 0},
    {"mappings", "", 40, 0},
};

static struct { double minutes, values[SERIES]; } samples[SAMPLES_MAX];
static size_t sample_count;

static uint64_t seed = 1, random_state;

uint64_t soak_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

uint32_t soak_random(uint32_t below) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % below);
}

void soak_fail(const char *format, ...) {
  va_list args;
  va_start(args, format);
  printf("FAILED with --seed=%" PRIu64 ": ", seed);
  vprintf(format, args);
  va_end(args);
  printf("\n0 passed, 1 failed, 0 skipped\n");
  exit(1);
}

/* ---- samples */

static double resident(int pid) {
  char path[64];
  long pages = 0;
  snprintf(path, sizeof path, "/proc/%d/statm", pid);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  if (fscanf(file, "%*d %ld", &pages) != 1) pages = -1;
  fclose(file);
  return pages < 0 ? -1 : (double)pages * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static double count_lines(const char *path) {
  FILE *file = fopen(path, "re");
  double lines = 0;
  if (!file) return 0;
  for (int c; (c = getc(file)) != EOF;) lines += c == '\n';
  fclose(file);
  return lines;
}

static double count_descriptors(void) {
  DIR *dir = opendir("/proc/self/fd");
  double count = -3; /* ".", ".." and its own */
  if (!dir) return 0;
  while (readdir(dir)) count++;
  closedir(dir);
  return count;
}

/* On average, of workers that nobody kills. */
static double worker_memory(const soak_world *worlds, size_t world_count) {
  double sum = 0, count = 0;
  for (size_t w = 0; w < world_count; w++) {
    cloche_worker_info info;
    for (size_t i = 0; !worlds[w].kills_workers && cloche_pool_worker(worlds[w].thread, i, &info); i++) {
      double mib = strcmp(info.state, "serving") == 0 ? resident(info.pid) : -1; /* spares would hide these */
      if (mib < 0) continue;
      sum += mib;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}

static void take_sample(const soak_world *worlds, size_t count, uint64_t elapsed) {
  if (sample_count == SAMPLES_MAX) return;
  double *v = samples[sample_count].values;
  samples[sample_count++].minutes = (double)elapsed / (60.0 * SECOND);
  v[MEMORY] = resident(getpid());
  v[WORKERS] = worker_memory(worlds, count);
  v[DESCRIPTORS] = count_descriptors();
  v[MAPPINGS] = count_lines("/proc/self/maps");
}

/* The slope of the line with the least squares of distances, a minute. */
static double slope(int which, size_t from) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (size_t i = from; i < sample_count; i++) {
    double at = samples[i].minutes, value = samples[i].values[which];
    n++, x += at, y += value, xx += at * at, xy += at * value;
  }
  double divisor = n * xx - x * x;
  return divisor > 0 ? (n * xy - x * y) / divisor : 0;
}

static int judge(void) {
  size_t from = sample_count / 3;
  int failed = 0;
  double minutes = sample_count > from + 1 ? samples[sample_count - 1].minutes - samples[from].minutes : 0;
  printf("%-24s %10s %10s %14s %10s %10s\n", "", "at first", "at last", "slope a minute", "rise", "at most");
  for (int s = 0; s < SERIES && sample_count > 0; s++) {
    double rise = slope(s, from) * minutes, most = series[s].most + series[s].most_per_minute * minutes;
    bool bad = rise > most;
    printf("%-24s %10.1f %10.1f %14.3f %10.2f %10.2f %s%s\n", series[s].name, samples[from].values[s],
           samples[sample_count - 1].values[s], slope(s, from), rise, most, series[s].unit, bad ? "  TOO MUCH" : "");
    failed += bad;
  }
  return failed;
}

/* ---- the load */

static void tell(const soak_world *w) {
  printf("%s: %" PRIu64 " runs (%" PRIu64 " rolled back, %" PRIu64 " calls), %" PRIu64 " forks, %" PRIu64
         " snapshots, %" PRIu64 " undone, %" PRIu64 " resets; %" PRIu64 " kills, %" PRIu64 " restarts, %" PRIu64
         " ended by a crash\n",
         w->name, w->runs, w->killed_runs, w->calls, w->forks, w->snapshots, w->undos, w->resets, w->kills, w->restarts,
         w->crashed);
  if (w->told) printf("%s: %" PRIu64 " lines in its log; the last one: %s\n", w->name, w->told, w->last_told);
}

/* Everybody's turns until `until`, with kills in between. */
static void play(soak_world *worlds, size_t count, uint64_t until) {
  static uint64_t next_kill, next_restart;
  for (uint64_t now = soak_now(); now < until; now = soak_now()) {
    for (size_t i = 0; i < count; i++) soak_turn(&worlds[i]);
    if (!worlds[0].kills_workers) continue;
    if (next_kill == 0) next_kill = now + SECOND, next_restart = now + 7 * SECOND;
    if (now >= next_kill) {
      soak_kill_one(&worlds[0]);
      next_kill = now + SECOND / 2 + soak_random(2000) * (SECOND / 1000);
    }
    if (now >= next_restart) {
      soak_restart(&worlds[0]);
      next_restart = now + (5 + soak_random(20)) * SECOND;
    }
  }
}

static void play_and_look(soak_world *worlds, size_t count, uint64_t duration) {
  uint64_t start = soak_now(), every = duration / SAMPLES_MAX > SECOND / 2 ? duration / SAMPLES_MAX : SECOND / 2;
  while (soak_now() - start < duration) {
    play(worlds, count, soak_now() + every);
    for (size_t i = 0; i < count; i++) soak_rest(&worlds[i]);
    take_sample(worlds, count, soak_now() - start);
  }
}

static const char *value_of(const char *argument, const char *name) {
  size_t len = strlen(name);
  return strncmp(argument, name, len) == 0 ? argument + len : NULL;
}

int main(int argc, char **argv) {
  uint64_t seconds = 20;
  const char *worker = WORKER_PATH, *only = NULL, *text;
  soak_world worlds[WORLDS] = {
      {.name = "pool", .pool = true, .kills_workers = true}, {.name = "calm", .pool = true}, {.name = "process"}};
  for (int i = 1; i < argc; i++) {
    if ((text = value_of(argv[i], "--seconds="))) seconds = strtoull(text, NULL, 10);
    else if ((text = value_of(argv[i], "--seed="))) seed = strtoull(text, NULL, 10);
    else if ((text = value_of(argv[i], "--world="))) only = text;
    else if ((text = value_of(argv[i], "--worker="))) worker = text;
    else soak_fail("what is %s?", argv[i]);
  }
  random_state = seed;
  setvbuf(stdout, NULL, _IOLBF, 0);
  soak_world *first = worlds;
  while (only && strcmp(first->name, only) != 0)
    if (++first == worlds + WORLDS) soak_fail("there is no world %s", only);
  size_t count = only ? 1 : WORLDS;
  for (size_t i = 0; i < count; i++) soak_open(&first[i], worker);
  play_and_look(first, count, seconds * SECOND);
  for (size_t i = 0; i < count; i++) tell(&first[i]);
  int failed = judge();
  for (size_t i = 0; i < count; i++) soak_close(&first[i]);
  printf("%d passed, %d failed, 0 skipped\n", SERIES + 1 - failed, failed);
  return failed > 0;
}
