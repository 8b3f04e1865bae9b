/* cloche-worker: a process that holds cells of one trust domain, and nothing else. It reads requests from its channel, keeps
 * a *place* for each cell that the supervisor has numbered, runs all of them on one thread, slice by slice, and answers.
 *
 *     frame ──► service.c ──► place ──► schedule.c: slices ──► tell.c ──► frame
 *                               │  ▲
 *                               ▼  │ result, timer, interrupt, any request
 *                             park.c: runs that wait, as bytes
 *
 * The states of a place, and who moves it:
 *
 *      REST ──take──► QUEUED ──admit──► READY ◄──────────────┐
 *        ▲    begin───────────────────────► │ slice           │ result, timer, interrupt
 *        │                                  ├──► STUCK ──────┤ (no room in the channel; then as if it had just been sliced)
 *        │                                  ├──► WAITING ────┤
 *        └─────────────── ended ◄───────────┘       └─► PARKED
 *      GATED: the copy that a fork will make; it rests, or waits with its run, as soon as the fork is done
 *
 * Invariants
 * 1. A place is in at most one queue, which `queue` names, and in the heap of timers exactly while it waits or is parked; a
 *    READY one is in the queue or the heap of its level.
 * 2. Every request that was taken is a task of its place or the run at work there, until it is answered, exactly once.
 * 3. Only READY cells are stepped, and none of them while it has output that was not sent.
 * 4. What guests can make grow is bounded by their limits; what the supervisor can, by runs_queued and by reading no
 *    more while the channel out is full.
 *
 * The supervisor is trusted: it could do whatever it wants to a cell anyway. What it says is checked for form, so that a
 * mistake of its own is an error and no crash. Not here: the jail (jail.h), the form of messages (messages.h). */
#ifndef CL_WORKER_H
#define CL_WORKER_H

#include "cloche.h"
#include "frame.h"
#include "messages.h"

typedef struct cl_place cl_place;
typedef struct cl_worker cl_worker;

/* A request that waits for its turn, as it came: its text and then its blob lie behind it. */
typedef struct cl_task {
  struct cl_task *next;
  uint64_t id;
  bool is_run, interrupted;
  size_t text_len, blob_len;
  char text[];
} cl_task;

typedef enum cl_place_state {
  CL_PLACE_REST,
  CL_PLACE_GATED,
  CL_PLACE_QUEUED,
  CL_PLACE_READY,
  CL_PLACE_STUCK,
  CL_PLACE_WAITING,
  CL_PLACE_PARKED,
} cl_place_state;

typedef struct cl_queue {
  cl_place *first, *last;
  size_t count;
} cl_queue;

/* The place with the least key is the first. */
typedef struct cl_heap {
  cl_place **places; /* from 1 */
  size_t count, cap;
} cl_heap;

struct cl_place {
  uint64_t number;                  /* by which the supervisor names the cell */
  cl_place *same_number, *same_run; /* chains of the tables */
  cl_queue *queue;
  cl_place *next, *prev; /* in it */
  cl_place_state state;
  cloche_cell *cell; /* NULL: not open yet, parked, or closed between two runs that have nothing in common */

  /* what it was opened with, for the day it is woken */
  size_t engine;
  cloche_limits limits;
  cloche_cell_options options;
  bool is_open;         /* the above is set */
  bool given;           /* it was given tools, modules, a context or files */
  uint64_t runs_closed; /* of cells that it had before this one */
  bool lost;            /* its cell has failed and was closed */
  bool batch;           /* others go before it */
  bool has_inputs;      /* mounts, files: what a snapshot does not hold, and a copy has, too */
  bool stays_mapped;    /* those, or runs that can be undone, which a copy has not */
  uint32_t tool_count;
  uint64_t mutable_tools; /* bits, in the order in which the tools were declared */

  /* the run at work */
  uint64_t run; /* id of the request; 0: none */
  cloche_state run_state;
  uint32_t slices;  /* whole ones that it has used since it began or was woken */
  uint64_t used_ns; /* of the processor, in whole slices, since it began */
  bool transient;   /* it leaves no trace in the session (completion) */
  bool run_stays;   /* a replay, or longer than the cell's limit says: a snapshot would forget that */
  bool hurries;     /* it was told to stop: its next slice is its last */

  cl_task *first, *last; /* what waits behind it */

  cl_heap *heap;  /* NULL: in none */
  size_t heap_at; /* in it, from 1 */
  uint64_t key;   /* in it: of a run that waits its deadline, of a READY one its share of time */

  uint8_t *parked;
  size_t parked_len;
  uint64_t parked_ns; /* when */

  /* of a session: what the supervisor keeps of it */
  bool has_base;                /* a snapshot of it at rest, and then */
  uint32_t changes;             /* so many changes */
  size_t base_len, changes_len; /* their bytes */
};

/* What the start frame says. */
typedef struct cl_worker_options {
  uint32_t waiting_mapped, cells_running, runs_queued;
  uint64_t spin_ns;
} cl_worker_options;

typedef enum cl_level {
  CL_LEVEL_NEW,   /* runs that have begun, or were woken, and may well end within a slice or two */
  CL_LEVEL_LONG,  /* others */
  CL_LEVEL_BATCH, /* those of cells that let others go first */
  CL_LEVELS,
} cl_level;

/* The READY places of a level. */
typedef struct cl_ready_level {
  cl_queue queue;    /* of NEW: first come, first served */
  cl_heap heap;      /* of the others: who has had least goes first */
  uint64_t least_ns; /* what that one had: who comes later begins with as much */
  uint64_t owed_ns;  /* what levels above have used while one of this level was ready */
} cl_ready_level;

typedef struct cl_table {
  cl_place **buckets;
  size_t size; /* a power of two */
} cl_table;

struct cl_worker {
  cl_worker_options options;
  cl_channel *channel;
  cl_sink sink; /* to the channel */
  cloche_thread *thread;
  cloche_engine **engines;
  size_t engine_count;
  int *mounts;
  bool *mount_writable;
  size_t mount_count;

  cl_table places; /* by number */
  size_t place_count;
  cl_table runs; /* at work, by id */
  cl_ready_level ready[CL_LEVELS];
  cl_queue queued[2]; /* places whose first task is a run that waits to begin; [1]: of batch */
  uint32_t admitted;  /* runs since one of batch was */
  cl_queue stuck;     /* places with output that the channel has no room for */
  cl_queue mapped;    /* that wait and could be parked, the longest first */
  cl_queue pinned;    /* that wait and cannot */
  cl_heap timers;
  size_t running;    /* runs at work that do not wait */
  size_t tasks;      /* that wait in all places */
  size_t task_bytes; /* theirs */
  size_t blob_max;
  uint64_t now;       /* CLOCK_MONOTONIC, read at least once a slice */
  uint64_t cpu_begin; /* this thread's CPU time as the slice at hand began; of LONG and BATCH ones */
  bool unread;        /* frames may lie in the channel that have not been taken */
  uint64_t flush_at;  /* what is to be written waits for more until then */
  bool dead;          /* there was no memory to answer with: the process ends, and the supervisor sees that */
};

uint64_t cl_worker_clock(void);

/* ---- places.c */

void cl_queue_push(cl_queue *queue, cl_place *place);
void cl_queue_push_first(cl_queue *queue, cl_place *place);
/** Takes a place out of the queue that it is in, if it is in one. */
void cl_queue_leave(cl_place *place);

cl_place *cl_place_find(const cl_worker *worker, uint64_t number);
/** NULL: no memory. */
cl_place *cl_place_make(cl_worker *worker, uint64_t number);
/** Forgets it and all it holds, without a word to anybody. */
void cl_place_free(cl_worker *worker, cl_place *place);

/** The place where the run of that id is at work. */
cl_place *cl_run_find(const cl_worker *worker, uint64_t id);
void cl_run_begin(cl_worker *worker, cl_place *place, uint64_t id);
void cl_run_end(cl_worker *worker, cl_place *place);

void cl_heap_add(cl_heap *heap, cl_place *place, uint64_t key);
/** Takes a place out of the heap that it is in, if it is in one. */
void cl_heap_leave(cl_place *place);
cl_place *cl_heap_first(const cl_heap *heap);

/* ---- service.c: requests */

/** Takes a frame. */
void cl_service_take(cl_worker *worker, const cl_frame *frame);

/** Begins the first task of a place that is QUEUED. */
void cl_service_admit(cl_worker *worker, cl_place *place);

/** Goes on with what waits behind a run that has ended. */
void cl_service_next(cl_worker *worker, cl_place *place);

/** The cell has failed: its run ends with an error, and it is closed. */
void cl_service_lose(cl_worker *worker, cl_place *place, const cloche_error *err);

/* ---- service_cell.c: what requests do to cells */

/** Opens the cell if it is not open, and gives it what the request says: tools, modules, files, mounts, context. */
cloche_status cl_cell_prepare(cl_worker *worker, cl_place *place, const cl_request *request, cloche_error *err);
/** Opens a cell with what the place was opened with. */
cloche_status cl_cell_reopen(cl_worker *worker, cl_place *place, cloche_error *err);
/** A run has ended. A cell that starts anew each time and has been given nothing is closed: the next one to run takes what is
 *  warm of it. */
void cl_cell_rest(cl_place *place);
/** Starts a run. */
cloche_status cl_cell_begin(cl_place *place, const cl_request *request, cloche_error *err);
/** The bytes of a snapshot, to be released with free(). */
cloche_status cl_cell_bytes(const cl_place *place, uint8_t **bytes, size_t *len, cloche_error *err);
/** Makes the cell what a snapshot is. */
cloche_status cl_cell_read(cl_place *place, const uint8_t *bytes, size_t len, cloche_error *err);

/* ---- tell.c: what the supervisor is told */

void cl_tell_error(cl_worker *worker, cl_text id, cloche_status status, const char *message);
void cl_tell_done(cl_worker *worker, uint64_t id);
void cl_tell_interrupted(cl_worker *worker, cl_text id, uint64_t count);
void cl_tell_bytes(cl_worker *worker, uint64_t id, const uint8_t *bytes, size_t len);
/** With the state of `place`, if that is a session. */
void cl_tell_state(cl_worker *worker, uint64_t id, cl_place *place);
void cl_tell_stats(cl_worker *worker, uint64_t id, const cloche_cell_stats *stats);
/** The report so far of a run that waits. */
void cl_tell_so_far(cl_worker *worker, uint64_t id, cl_text report);

/** Sends events and calls of the run at work. False: the channel is full before all was sent. */
bool cl_tell_news(cl_worker *worker, const cl_place *place);
void cl_tell_waiting(cl_worker *worker, const cl_place *place);
/** The end of a run that is CLOCHE_DONE. */
void cl_tell_run(cl_worker *worker, cl_place *place);

/* ---- schedule.c */

/** A run has begun or has something to go on with. */
void cl_schedule_ready(cl_worker *worker, cl_place *place);
/** Takes it out of whatever it is in: its run ends outside of a slice. */
void cl_schedule_leave(cl_worker *worker, cl_place *place);
/** What follows from the state that the run's last step gave: its news are sent, it waits, is ready again or ends. */
void cl_schedule_settle(cl_worker *worker, cl_place *place);
/** Serves the channel until it closes; the exit code. */
int cl_schedule_serve(cl_worker *worker);

/* ---- park.c */

/** Parks the longest waiting runs, as long as more than waiting_mapped are mapped. */
void cl_park_surplus(cl_worker *worker);
/** Overwrites and frees the bytes of a place that is parked. */
void cl_park_drop(cl_place *place);
/** Brings a cell back if it is parked; the place is WAITING then. False: that failed, and the run has ended by it. */
bool cl_park_wake(cl_worker *worker, cl_place *place);

#endif
