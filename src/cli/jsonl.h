/* The JSONL door: requests come in as lines, answers go out as lines, cells stay between them.
 *
 *     line ──► job ──► lane ──► its session's cell ──► answer
 *
 * A *session* is a cell with a name; it is opened by the first request that names it. A *lane* is a queue of which one job
 * at a time is at work. In the plain dialect there is one lane, so that answers come in the order of the requests; in
 * the full one (--report) every session has its own, and those take turns, a slice each.
 *
 * Cells in workers run meanwhile: they are stepped when they have news (cloche_pool.h), and not in turns.
 *
 * Invariants
 * 1. A job is in one lane, or at work in it, until it is answered; every request is answered exactly once.
 * 2. A cell has a run on only while its session's job is at work.
 * 3. A session without a cell and without jobs is freed.
 * 4. Memory is bounded: by the line, by the jobs that may wait, by the output that may wait, by the number of cells and
 *    their limits. What does not fit is not read, or refused. */
#ifndef CLI_JSONL_H
#define CLI_JSONL_H

#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "cloche.h"
#include "command.h"
#include "inputs.h"
#include "lines.h"
#include "messages.h"
#include "out.h"
#include "processes.h"
#include "run_settings.h"

enum {
  CLI_JSONL_LINE_BYTES = 64 << 20,     /* one line */
  CLI_JSONL_JOBS = 1024,               /* that wait */
  CLI_JSONL_JOBS_BYTES = 64 << 20,     /* of their lines */
  CLI_JSONL_SESSIONS = 256,            /* at once, cells for one run included */
  CLI_JSONL_ONCE = 64,                 /* cells for one run among them */
  CLI_JSONL_OUTPUT_BYTES = 1 << 20,    /* that wait for a reader; no new job is begun above it */
  CLI_JSONL_SNAPSHOT_BYTES = 47 << 20, /* that a line can bring back in base64 */
  CLI_JSONL_UNDO_RUNS = 16             /* that a session can take back */
};
#define CLI_JSONL_SLICE_NS UINT64_C(5000000)

typedef struct cli_jsonl_settings {
  cli_run_settings run; /* first: the options of cells set it */
  const char *language; /* of requests that name none */
  bool report;          /* the full dialect */
} cli_jsonl_settings;

typedef struct cli_session cli_session;
typedef struct cli_job cli_job;

struct cli_job {
  cli_job *next;
  cli_session *session;
  cl_request request;
  cli_job *gate;    /* of a fork in the full dialect: what keeps the place in the lane of the session that it makes */
  cli_job *gate_of; /* of such a gate: the fork */
  cloche_error *wrong; /* why it is not done; owned */
  bool interrupted;
  bool waiting; /* a run at work that waits for calls or timers */
  size_t bytes;
  char line[];
};

typedef struct cli_lane {
  cli_job *first, *last; /* what waits */
  cli_job *at_work;      /* a run that has begun, or NULL */
} cli_lane;

struct cli_session {
  cli_session *next;
  char *name; /* not terminated; of a cell for one run: ":" and a number, which no other name begins with */
  size_t name_len;
  bool once;
  cloche_cell *cell;  /* NULL: not open */
  const char *engine; /* of the cell */
  size_t open_calls;  /* that the host is asked and has not answered */
  size_t jobs;        /* that refer to it */
  bool has_news;      /* of a cell in a worker: it is to be stepped */
  cli_lane lane;
};

typedef struct cli_jsonl {
  const cli_jsonl_settings *settings;
  cli_inputs inputs;
  cloche_engine *js, *python; /* opened when they are needed */
  cloche_thread *thread;
  cli_dome_watch dome;
  uv_loop_t loop;
  bool has_loop;
  uv_timer_t alarm;
  cli_lines lines;
  cli_out out;
  cl_sink sink; /* to `out` */
  cli_processes processes;
  cli_lane plain; /* the one lane of the plain dialect; of the full one, runs that will get a cell of their own */
  cli_session *sessions; /* a list */
  size_t session_count, jobs, job_bytes;
  size_t once_open; /* of the sessions */
  uint64_t once_count;
  cli_bytes text; /* scratch */
  bool stopped;   /* by a signal, or because nobody reads: what runs is cancelled, nothing more is read */
} cli_jsonl;

uint64_t cli_jsonl_now(void);

/** Serves stdin to its end; the exit code. */
int cli_jsonl_serve(const cli_jsonl_settings *settings);

/* ---- sessions: jsonl_cells.c */

/** Finds a session, or makes one without a cell; NULL: there are too many, or no memory. */
cli_session *cli_session_get(cli_jsonl *door, cl_text name);

/** Makes one for a single run. */
cli_session *cli_session_once(cli_jsonl *door);

/** Frees those that nothing refers to any more. */
void cli_sessions_sweep(cli_jsonl *door);

/** The language of a request, in the library's words, and its engine. */
cloche_status cli_session_language(const cli_jsonl *door, const cl_request *request, const char **language,
                                   const char **engine, cloche_error *err);

/** Sees to it that the session has a cell and gives it what the request says: limits, tools, context, files. */
cloche_status cli_session_prepare(cli_jsonl *door, cli_session *session, const cl_request *request, cloche_error *err);
void cli_session_close(cli_jsonl *door, cli_session *session);

/** The bytes of a snapshot of the session's cell, to be released with free(). */
cloche_status cli_session_snapshot(cli_session *session, uint8_t **bytes, size_t *len, cloche_error *err);

/** Makes the session, which is opened for that where it is not, what a snapshot is. */
cloche_status cli_session_restore(cli_jsonl *door, cli_session *session, const cl_request *request, cloche_error *err);

/* ---- jobs: jsonl_jobs.c */

/** Takes a line that was read. */
void cli_jsonl_take(cli_jsonl *door, const char *line, size_t len);

/** Works on a lane until it waits, is empty or the time is over. */
void cli_lane_work(cli_jsonl *door, cli_lane *lane, uint64_t until);

/** When the lane has to be worked on again; UINT64_MAX: not by itself. */
uint64_t cli_lane_due(const cli_jsonl *door, const cli_lane *lane);

/** Calls `each` with every lane that there is. */
void cli_jsonl_lanes(cli_jsonl *door, void (*each)(cli_jsonl *door, cli_lane *lane));

/** Cancels what is at work, or also what waits. */
void cli_lane_cancel_run(cli_lane *lane);
void cli_lane_cancel(cli_jsonl *door, cli_lane *lane);

/* ---- answers: jsonl_answer.c */

void cli_answer_events(cli_jsonl *door, const cli_job *job);
void cli_answer_run(cli_jsonl *door, const cli_job *job);
void cli_answer_done(cli_jsonl *door, const cli_job *job);
void cli_answer_count(cli_jsonl *door, const cli_job *job, const char *name, uint64_t count);
void cli_answer_snapshot(cli_jsonl *door, const cli_job *job, const uint8_t *bytes, size_t len);
void cli_answer_error(cli_jsonl *door, cl_text id, cloche_status status, const char *message);

#endif
