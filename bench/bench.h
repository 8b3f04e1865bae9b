/* What the parts of the benchmark share: samples and their summary, lines of output, cells that must not fail.
 *
 * A *series* holds the samples of one bench; a *line* says what they are and what they should be. A part is a function
 * of the table in bench.c; it prints one line for each bench, as bench/report.py reads it. Whatever goes wrong here is
 * the end of the program: a benchmark that went wrong has no number. */
#ifndef BENCH_H
#define BENCH_H

#include "cloche.h"

typedef struct bench_series {
  double *samples;
  size_t count, cap;
} bench_series;

/** Of a bench; fields that are 0 or NULL are absent. */
typedef struct bench_line {
  const char *bench;
  const char *unit;   /**< of the samples; NULL: ns */
  const char *kind;   /**< NULL: "absolute"; "ratio": the target is relative to a peer; "detail": no target */
  const char *target; /**< as text */
  double target_us, target_p99_us; /**< at most, for median and p99 of times */
  double target_value;             /**< at most, for the median of anything else */
  const char *ratio_targets;       /**< JSON: by peer, at most */
  const char *value;               /**< what the measured program gave: all peers must give the same */
} bench_line;

/** The parts' surroundings. */
typedef struct bench_host {
  bool json, quick;
  const char *folder;  /**< bench/: programs and scripts */
  const char *hostile; /**< folder of the hostile programs */
  const char *worker;  /**< the program cloche-worker; NULL: where pools look for it */
  cloche_engine *engine;
  cloche_thread *thread;
} bench_host;

double bench_now(void); /**< ns */
void bench_add(bench_series *series, double sample);
double bench_rank(bench_series *series, double percent); /**< nearest rank; sorts the series */
/** Prints the line of a series, and empties the series. */
void bench_emit(const bench_host *host, const bench_line *line, bench_series *series);

_Noreturn void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void bench_must(cloche_status status, const cloche_error *err, const char *what);

/** A file as text, terminated; free it. */
char *bench_read(const char *folder, const char *file, size_t *len);
/** Names of the files of a folder that end in .js, sorted, without the ending; free each and the list. */
char **bench_programs(const char *folder, size_t *count);
void bench_free_programs(char **names, size_t count);

/** Opens a cell with the limits "default", widened to many calls. */
cloche_cell *bench_open(const bench_host *host, cloche_thread *thread, bool session);
/** Evaluates a source that must end well. */
void bench_eval(cloche_cell *cell, const char *source, cloche_result *result);
void bench_tool(cloche_cell *cell, const char *name, bool sync, bool mutable_result, cloche_tool_fn fn, void *user);

/* The parts. */
void bench_fresh(const bench_host *host);
void bench_typescript(const bench_host *host);
void bench_state(const bench_host *host);
void bench_snapshot(const bench_host *host);
void bench_calls(const bench_host *host);
void bench_json(const bench_host *host);
void bench_memory(const bench_host *host);
void bench_scripts(const bench_host *host);
void bench_cpu(const bench_host *host);
void bench_limits(const bench_host *host);
void bench_kill(const bench_host *host);
void bench_python(const bench_host *host);
void bench_workers(const bench_host *host);

/** A small script, as one meets them: what fills an idle cell, and the base of a session. */
extern const char bench_small_script[];

#endif
