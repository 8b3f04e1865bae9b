/* The supervisor's side of workers: what a cloche_thread and a cloche_cell are that cloche_pool_open and cloche_cell_open gave.
 *
 *     cl_pool ──► cl_domain ──► cl_crew (a worker: process, channel) ──► cl_far (a cell) ──► its run: calls, events, report
 *        └──► cl_asked: requests that were sent and not answered yet, by id
 *
 * A worker's life, and who moves it:
 *
 *     STARTING ──ready──► SPARE ──a cell of a domain──► SERVING ──restart, its domain's last cell──► DRAINING
 *         └───────────────────┴───────── death, bad frame, stuck, no cells left ────────┴──► ENDED ──reaped──► freed
 *
 * Invariants
 * 1. A worker that has served a domain serves no other one (unless the pool was told to share).
 * 2. Nothing that a worker says is believed: cl_crew_serve checks every frame against what was asked of that very worker
 *    (pool_frames.c), and one that does not fit ends the worker.
 * 3. A request is answered once: by its worker, or by cl_crew_end when that is no more.
 * 4. Only cl_pool_tend frees workers; within a call into the pool they stay valid, if ENDED.
 * 5. What a session was after its last run is kept (cl_far.base and .changes), so that its worker may go at any time.
 *
 * One thread owns it all; only cl_far.wanted and cl_pool.interrupts are touched by others. Not here: processes (spawn.h),
 * frames (frame.h), messages (messages.h). */
#ifndef CL_POOL_H
#define CL_POOL_H

#include <stdatomic.h>

#include "cloche_pool.h"
#include "frame.h"
#include "messages.h"
#include "remote.h"
#include "spawn.h"
#include "wire.h"

#define CL_POOL_MS UINT64_C(1000000)
#define CL_POOL_SEC UINT64_C(1000000000)
#define CL_POOL_NEVER UINT64_MAX
#define CL_ANSWER_NS (10 * CL_POOL_SEC) /* a request other than a run, and the start of a worker */
#define CL_GRACE_NS (1500 * CL_POOL_MS) /* a run, beyond its wall time; and, since this process may have slept, too: */
#define CL_SECOND_LOOK_NS (500 * CL_POOL_MS)
#define CL_SLOW_NS (30 * CL_POOL_SEC)    /* how long an overdue worker may be slow before it is stuck */
#define CL_SLOW_CPU_NS (1 * CL_POOL_SEC) /* or it has used so much of a processor meanwhile */
#define CL_LINGER_NS (10 * CL_POOL_SEC)  /* a worker whose domain has no cells waits for another cell of it */

enum { CL_CHANGES_MOST = 256 }; /* that are kept of a session; workers send a snapshot long before */

typedef struct cl_pool cl_pool;
typedef struct cl_crew cl_crew;
typedef struct cl_far cl_far;

/** An image that is not built in; shared by its cells and workers. */
typedef struct cl_far_image {
  struct cl_far_image *next;
  char id[65];
  int fd; /* a sealed memfd */
  size_t holders;
} cl_far_image;

enum { CL_FAR_MOUNTS_MAX = 16 };

/** The directories of a cell and its copies; a worker that may get to them serves these cells alone. */
typedef struct cl_far_mounts {
  size_t holders, count;
  int fds[CL_FAR_MOUNTS_MAX];
  cl_request_mount list[CL_FAR_MOUNTS_MAX]; /* their paths are owned */
} cl_far_mounts;

typedef struct cl_domain {
  struct cl_domain *next;
  char *name; /* NULL: the one without a name */
  size_t cells, crews;
  uint64_t empty_since; /* no cells; CL_POOL_NEVER: has some */
} cl_domain;

typedef enum { CL_CREW_STARTING, CL_CREW_SPARE, CL_CREW_SERVING, CL_CREW_DRAINING, CL_CREW_ENDED } cl_crew_state;

struct cl_crew {
  cl_pool *pool;
  cl_crew_state state;
  bool ready;                     /* it has said so; before that nothing but its start is sent */
  cloche_error no_start;          /* why it could not start, as it has said it */
  bool refused;                   /* why it ended was logged */
  bool more;                      /* frames were left in the channel */
  bool held_back;                 /* calls of its cells are not offered, since it does not read */
  bool writes;                    /* the poll set asks for room to write */
  uint64_t overdue_since;         /* something is, by the looks since then; 0: nothing */
  uint64_t overdue_cpu, seen_cpu; /* what it had used of a processor then, and at the last look */
  cl_spawned process;
  cl_channel *channel;
  cl_domain *domain; /* NULL: none yet */
  bool js, python;
  cl_far_image *image; /* what else it has: of an engine of this name */
  char image_engine[16];
  cl_far_mounts *mounts;
  struct {
    char engine_id[65], image_id[65];
  } engines[3]; /* as it has named them */
  size_t engine_count;
  cl_far *cells; /* that live there */
  size_t cell_count, run_count;
  uint64_t since;            /* of its state */
  size_t text_max, blob_max; /* of frames that come from it */
  uint64_t cancels;          /* calls that it may say are cancelled */
  uint64_t look_at;          /* no request of it is overdue before */
  uint64_t started_ns;
  uint32_t layers, landlock;
};

typedef enum {
  CL_ASKED_NOTHING, /* a free place */
  CL_ASKED_RUN,
  CL_ASKED_QUIET, /* its answer matters only if it is a failure: what rebuilds a cell */
  CL_ASKED_CLOSE,
  CL_ASKED_SYNC, /* somebody waits in cl_ask */
} cl_asked_kind;

/** The answer that somebody waits for. */
typedef struct cl_reply {
  bool there;
  bool wants_report; /* and nothing else; without it no report */
  bool acknowledged; /* a restore was done, and its run has still to say where it is */
  cloche_status status;
  cloche_error error;
  char *bytes; /* owned by who waits: a snapshot, an image, a report so far; terminated */
  size_t len;
  cl_kept kept;
  cloche_cell_stats stats;
} cl_reply;

typedef struct cl_asked {
  uint64_t id; /* its place in the table, and how often that was used */
  cl_asked_kind kind;
  cl_crew *crew;
  cl_far *cell; /* NULL: closed meanwhile */
  cl_reply *reply;
  uint64_t due; /* CLOCK_MONOTONIC */
  uint32_t next_free;
} cl_asked;

/* ---- cells */

typedef enum { CL_FAR_QUEUED, CL_FAR_TAKEN, CL_FAR_ANSWERED } cl_far_call_state;

typedef struct cl_far_call {
  uint64_t id;
  uint32_t tool;
  cl_far_call_state state;
  char *argument;
  size_t argument_len, result_len;
} cl_far_call;

typedef struct cl_far_event {
  cloche_event event; /* `mime` and `text` lie in: */
  char *texts;
} cl_far_event;

typedef struct cl_far_blob { /* shared by copies; never changed */
  size_t holders, len;
  uint8_t bytes[];
} cl_far_blob;

/** What a session is, as its worker has said it: opaque here. */
typedef struct cl_far_state {
  cl_far_blob *base; /* NULL: as it was opened */
  cl_far_blob **changes;
  size_t change_count, change_bytes;
  size_t files, modules; /* so many of those that the cell was given are in it */
  bool context;          /* likewise */
  bool lost;             /* its worker could not say what it is: it cannot go elsewhere */
} cl_far_state;

struct cl_far {
  cl_remote_head head; /* first */
  cl_pool *pool;
  cl_domain *domain;
  cl_crew *crew;       /* NULL: nowhere */
  cl_far *next, *prev; /* of the crew */
  cl_far *next_news, *prev_news;
  bool has_news;
  bool opened; /* its worker knows it */
  bool failed;
  cloche_error broken; /* why, as its worker has said it; status OK: it has not */
  size_t asked;        /* requests that name it */
  uint64_t number;

  char engine[16];
  char engine_id[65], image_id[65];
  cl_far_image *image;        /* NULL: the built-in one */
  const cloche_engine *local; /* the engine here, for what is checked here */
  cloche_limits limits;
  cloche_cell_options options; /* its pointers are not to be used */

  cloche_tool *tools;  /* all that these point to is owned, but `user` */
  uint64_t *tool_uses; /* by the run */
  size_t tool_count, tools_told;
  cloche_module *modules;
  size_t module_count, modules_told;
  cloche_file *files;
  size_t file_count, files_told;
  uint64_t file_bytes;
  cl_far_mounts *mounts;
  size_t mounts_told;
  char *context;
  size_t context_len;
  bool context_told;
  cl_far_state kept;

  /* the run */
  cloche_state state;
  uint64_t run; /* id of its request; 0: none is on */
  uint64_t started, wall_ns, deadline;
  bool transient;  /* it leaves nothing in the session */
  bool has_waited; /* it has come to wait, at least once */
  bool stopping;   /* its interrupt was sent: whatever it says now, it does not wait */
  cl_far_call *calls;
  size_t call_count, call_cap, next_taken, cancelled_seen, open_calls, argument_total;
  cl_far_event *events;
  size_t event_count, event_cap, events_read, event_bytes;
  char *report; /* of the run, or, while it waits, so far */
  size_t report_len;
  cl_report read; /* of the run that has ended: its texts lie there, and in `report` */
  cloche_result result;
  _Atomic(cl_far *) next_wanted;
  atomic_bool wanted; /* an interrupt, that the pool has not seen */
};

struct cl_pool {
  cl_remote_head head; /* first */
  cloche_pool_options options;
  char path[CL_SPAWN_PATH_MAX];
  int poll_fd, wake_fd;
  cl_crew **crews;
  size_t crew_count, crew_cap;
  cl_domain *domains;
  cl_far_image *images;
  cl_asked *asked;
  uint32_t asked_count, asked_free; /* 0: none; place 0 is not used */
  uint64_t next_number;
  size_t cell_count;
  cl_far *news, *last_news;
  _Atomic(cl_far *) interrupts;
  uint32_t start_failures; /* in a row */
  uint64_t start_at;       /* none is started before */
  uint64_t spares_at;      /* spares are seen to then; CL_POOL_NEVER: there are enough */
  cloche_error no_start;   /* why none can be; status OK: it can */
  bool tending, told_missing;
};

uint64_t cl_pool_now(void);
cloche_status cl_pool_fail(cloche_error *err, cloche_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define CL_POOL_FAIL(err, code, ...) return cl_pool_fail((err), CLOCHE_##code, __VA_ARGS__)
#define CL_POOL_TRY(expr)                           \
  do {                                              \
    cloche_status cl_status_ = (expr);              \
    if (cl_status_ != CLOCHE_OK) return cl_status_; \
  } while (0)

static inline cl_far *cl_far_of(cloche_cell *cell) { return (cl_far *)(void *)cell; }
static inline cloche_cell *cl_far_cell(cl_far *far) { return (cloche_cell *)(void *)far; }
static inline cl_pool *cl_pool_of(cloche_thread *thread) { return (cl_pool *)(void *)thread; }
static inline bool cl_far_runs(const cl_far *far) {
  return far->state == CLOCHE_RUNNING || far->state == CLOCHE_WAITING;
}

/* ---- pool.c */

extern const cl_remote cl_remote_table; /* remote.c */
void cl_pool_close(cloche_thread *thread);
void cl_pool_log(cl_pool *pool, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/** Writes and reads what goes without waiting, ends what is overdue, replaces workers. */
void cl_pool_tend(cl_pool *pool);
/** Passes interrupts of other threads on. */
void cl_pool_interrupts(cl_pool *pool);
/** Sleeps until there may be news (of `far` alone, if not NULL), at most until `until`. */
void cl_pool_sleep(cl_pool *pool, const cl_far *far, uint64_t until);
void cl_pool_news(cl_far *far);
void cl_pool_no_news(cl_far *far);

cl_asked *cl_asked_make(cl_pool *pool, cl_asked_kind kind, cl_far *far, cl_crew *crew, uint64_t due);
cl_asked *cl_asked_find(cl_pool *pool, uint64_t id);
void cl_asked_done(cl_pool *pool, cl_asked *asked);
/** Its cell is no more; the answer will come all the same. */
void cl_asked_orphan(cl_asked *asked);

/* ---- pool_crew.c: workers */

/** Starts one; NULL with an error. `far`: for this cell alone, or its likes; NULL: a spare. */
cl_crew *cl_crew_start(cl_pool *pool, const cl_far *far, cloche_error *err);
/** Sends what waits, if it may be sent yet. */
void cl_crew_flush(cl_crew *crew);
/** Reads and handles what has come; not beyond what sets `until`, if that is not NULL. */
void cl_crew_serve(cl_crew *crew, const bool *until);
/** It is no more, or is made so: its runs end with `status`, its sessions can go on elsewhere. */
void cl_crew_end(cl_crew *crew, cloche_status status);
/** The same, and the operator is told: `code` as in cloche_pool_options.log. */
void cl_crew_kill(cl_crew *crew, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/** Gets no new cells; those at rest leave it. */
void cl_crew_drain(cl_crew *crew);
/** Ends what is overdue. */
void cl_crew_watch(cl_crew *crew, uint64_t now);
/** Reaps it if it has died; true: it is to be freed. */
bool cl_crew_reap(cl_crew *crew);
void cl_crew_free(cl_crew *crew);
/** The index in its list of engines; -1: it cannot serve the cell. */
int cl_crew_engine(const cl_crew *crew, const cl_far *far);

/* ---- pool_place.c: who goes where */

cl_domain *cl_domain_hold(cl_pool *pool, const char *name);
void cl_domain_drop(cl_pool *pool, cl_domain *domain);
/** Finds the cell a worker, if it has none. CLOCHE_BUSY, CLOCHE_NO_JAIL, CLOCHE_WORKER_CRASHED. */
cloche_status cl_far_place(cl_far *far, cloche_error *err);
/** It lives there from now on. */
void cl_far_join(cl_far *far, cl_crew *crew);
/** The cell's worker forgets it. */
void cl_far_leave(cl_far *far);
/** It is not there any more; nothing is sent. */
void cl_far_unlink(cl_far *far);
cloche_status cl_far_image_hold(cl_far_image **out, cl_pool *pool, const cloche_engine *engine, cloche_error *err);
void cl_far_image_drop(cl_pool *pool, cl_far_image *image);
void cl_far_mounts_drop(cl_far_mounts *mounts);
/** Starts spares that are missing, ends workers that nobody needs. */
void cl_pool_staff(cl_pool *pool, uint64_t now);

/* ---- pool_frames.c: what workers say. False: it cannot be. */

bool cl_frame_take(cl_crew *crew, const cl_frame *frame);
/** Whether its engine for the cell, as far as it has said, is the one that this program has. */
bool cl_crew_has_engine_of(const cl_crew *crew, const cl_far *far);

/* ---- remote_send.c: requests */

/** A request that is being composed. */
typedef struct cl_order {
  cl_far *far;
  cl_sink sink;
  uint64_t id;
  bool opens, wants_report;
} cl_order;
/** Places the cell, makes it there what it is, and begins a request with what its worker was not told yet. */
cloche_status cl_order_begin(cl_order *out, cl_far *far, cl_asked_kind kind, cloche_error *err);
cloche_status cl_order_end(cl_order *order, const void *blob, size_t blob_len, cloche_error *err);
/** Ends a request, sends it, and waits for its answer. What is in `reply` is to be freed, if this succeeds. */
cloche_status cl_order_wait(cl_order *order, cl_reply *reply, const void *blob, size_t blob_len, cloche_error *err);
/** A request of one word, with its answer. */
cloche_status cl_far_ask(cl_far *far, cl_ask_verb verb, cl_reply *reply, cloche_error *err);
cl_sink cl_crew_sink(cl_crew *crew);
/** Has the run stopped. False: no memory. */
bool cl_far_interrupt(cl_far *far);
/** Has the worker forget the cell. False: no memory. */
bool cl_far_close_there(cl_far *far);

/* ---- remote_state.c: what a session is */

/** Takes the bytes that an answer had with it: a whole snapshot, or what a run has changed. False: no memory. */
bool cl_state_take(cl_far *far, bool whole, const uint8_t *blob, size_t len);
void cl_state_copy(cl_far *to, const cl_far *from);
void cl_state_drop(cl_far *far);
/** Sends what makes the cell, which its worker does not know, what it was, and files and context that it was not told. */
cloche_status cl_state_send(cl_far *far, cloche_error *err);

/* ---- remote_run.c: the run of a cell */

void cl_far_clear_run(cl_far *far);
/** The run is over by the supervisor's word, with a report of its own. */
void cl_far_end(cl_far *far, cloche_status status, const char *message);
/** The worker's word about a run that has ended: checked by cl_report_read. Takes both texts. */
void cl_far_ended(cl_far *far, const cl_answer *answer, char *report, cl_report *read);
bool cl_far_add_event(cl_far *far, const cloche_event *event);
/** There was no run after all. */
void cl_far_forget_run(cl_far *far);
bool cl_far_add_call(cl_far *far, uint64_t id, uint32_t tool, cl_text argument);
cl_far_call *cl_far_call_find(cl_far *far, uint64_t id);
cloche_status cl_far_get_result(cloche_cell *cell, cloche_result *out, cloche_error *err);
cloche_status cl_far_get_report(cloche_cell *cell, const char **json, size_t *len, cloche_error *err);
bool cl_far_next_event(cloche_cell *cell, cloche_event *out);
bool cl_far_next_call(cloche_cell *cell, cloche_call *out);
bool cl_far_next_cancelled(cloche_cell *cell, cloche_call *out);
cloche_status cl_far_resolve(cloche_cell *cell, uint64_t id, const char *json, size_t len, cloche_error *err);
cloche_status cl_far_reject(cloche_cell *cell, uint64_t id, const cloche_rejection *rejection, cloche_error *err);
cloche_tool_fn cl_far_tool_fn(cloche_cell *cell, uint64_t id, void **user);

/* ---- remote_inputs.c */

cloche_status cl_far_add_tool(cloche_cell *cell, const cloche_tool *tool, cloche_error *err);
cloche_status cl_far_context(cloche_cell *cell, const char *json, size_t len, cloche_error *err);
cloche_status cl_far_module(cloche_cell *cell, const cloche_module *module, cloche_error *err);
cloche_status cl_far_mount(cloche_cell *cell, const cloche_mount *mount, cloche_error *err);
cloche_status cl_far_file(cloche_cell *cell, const cloche_file *file, cloche_error *err);
/** Copies what a cell was given. */
cloche_status cl_far_copy_inputs(cl_far *to, const cl_far *from, cloche_error *err);
/** Context and modules alone; or all. */
void cl_far_drop_texts(cl_far *far);
void cl_far_drop_inputs(cl_far *far);

/* ---- remote_ask.c: what waits for a worker's answer */

cloche_status cl_far_reset(cloche_cell *cell, cloche_error *err);
cloche_status cl_far_fork(cloche_cell **out, cloche_cell *cell, cloche_error *err);
cloche_status cl_far_make_image(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);
cloche_status cl_far_measure(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err);
cloche_status cl_far_snapshot(cloche_snapshot **out, cloche_cell *cell, cloche_error *err);
cloche_status cl_far_restore(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err);
cloche_status cl_far_undo(cloche_cell *cell, uint32_t runs, cloche_error *err);
cloche_status cl_far_changes(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);
cloche_status cl_far_apply(cloche_cell *cell, const uint8_t *bytes, size_t len, cloche_error *err);

/* ---- remote.c */

cloche_status cl_far_open(cl_far **out, cl_pool *pool, const cloche_engine *engine, const cloche_cell_options *options,
                          cloche_error *err);
void cl_far_free(cl_far *far);
/** A run was sent, as request `id`. */
void cl_far_begin_run(cl_far *far, uint64_t id);

#endif
