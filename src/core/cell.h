/* The cell: one sealed instance of an engine, and the run in it.
 *
 *         cloche_cell_start           step                          resolve, tick
 *     IDLE ──────────────► RUNNING ─────────► WAITING ─────────────────────────► RUNNING …
 *                            │  ▲ slice over     │ deadline, interrupt
 *                            │  └──┘             │
 *                            ├──────────────► DONE ok, error     (session: commit)
 *                            └──► DONE killed ◄──┘               (session: rollback)
 *
 *     transition                 done by
 *     IDLE, DONE -> RUNNING      cloche_cell_start (a one-shot cell goes back to the image first)
 *     RUNNING -> RUNNING         the hook or the tick handler leaves the fiber (trap.c)
 *     RUNNING -> WAITING         the language's function returns with nothing to do, or a sync tool blocks
 *     WAITING -> RUNNING         cloche_cell_resolve and _reject queue an answer; a timer is due
 *     any -> DONE                finish (cell.c), the one place where a run ends
 *
 * Invariants
 *  1. A fiber belongs to a cell only while guest frames are, or are about to be, on it.
 *  2. Nothing the guest says decides `status`: limit codes count only if the host raised that limit in this run.
 *  3. A text in the report has been checked (json.h) by the host.
 *  4. Host code that allocates runs off the fiber, or between cl_host_begin and cl_host_end. */
#ifndef CL_CELL_H
#define CL_CELL_H

#include "buf.h"
#include "engine.h"
#include "random.h"
#include "trap.h"

typedef struct cl_guest_ptr {
  uint32_t at; /* an address in linear memory: never to be followed but through cl_guest_bytes */
} cl_guest_ptr;

typedef struct cl_tool {
  char *name;
  bool sync, frozen;
  cloche_tool_fn fn;
  void *user;
  uint64_t calls; /* in this run */
} cl_tool;

typedef enum { CL_CALL_QUEUED, CL_CALL_TAKEN, CL_CALL_ANSWERED, CL_CALL_SETTLED } cl_call_state;

/** A call lives from the guest's request to the end of the run: the report lists it. */
typedef struct cl_call {
  uint64_t id;
  uint32_t tool;
  cl_call_state state;
  bool rejected, told;  /* told: the host knows that nobody waits any more */
  cl_guest_ptr promise; /* where the guest's memory holds id and resolvers; 0: a sync call */
  char *argument;
  size_t argument_len;
  char *answer; /* JSON of the result, or of the rejection's data; owned */
  size_t answer_len;
  char *name, *message, *code; /* of a rejection */
  uint64_t started_ns, ended_ns;
} cl_call;

typedef struct cl_event {
  uint8_t level;
  bool marker;    /* says that output was cut */
  size_t at, len; /* in events_text */
  uint64_t time_ms;
} cl_event;

/** What the guest said about an uncaught error: checked as text, believed in nothing. */
typedef struct cl_guest_error {
  char *name, *message, *stack, *code, *data;
} cl_guest_error;

struct cloche_thread {
  cl_ticker ticker;
  cl_random random;
  uint32_t max_slots, max_spare, open_slots, spare_slots, spare_undos;
  struct cloche_cell *cells; /* closed cells that keep their slots, newest first */
  struct cl_fiber *fibers;   /* idle */
  struct cl_undo_node *undos;
  uint64_t next_cell_id;
};

struct cloche_cell {
  cl_guard guard; /* first: imports get its address back */
  cloche_thread *thread;
  cloche_engine *engine;
  const struct cl_language *language;
  void *instance; /* the generated code's, language->instance_bytes long */
  cl_slot slot;
  struct cloche_cell *next; /* in the thread's list of spare ones */
  uint64_t id;
  uint8_t image_id[32]; /* of the slot: another engine may come to lie at the address of a closed one */

  cloche_limits limits;
  bool session, seeded, virtual_clock, no_poll;
  uint64_t seed, clock_start_ms;
  bool fresh;  /* nothing has run since the image */
  bool clean;  /* the memory is the image's, also after a run */
  bool living; /* a one-shot cell that is never put back: what a run costs alone, for the benchmark */
  bool failed; /* the slot cannot be trusted any more */
  cl_image_globals base_globals;
  uint8_t *base_instance; /* copy of the instance at the transaction's start */
  struct cl_undo_node *undo;
  cl_fiber *fiber;

  /* tools */
  cl_tool *tools;
  uint32_t tool_count, tools_told; /* told to the guest since the image */
  uint32_t base_tools_told;        /* at the transaction's start */

  /* the run */
  cloche_state state;
  bool blocked;    /* a sync call or a slice left frames on the fiber */
  bool has_parked; /* a fiber in the thread's pool may hold bytes of this run */
  bool drain_timers;
  bool has_main;    /* the main promise stands in `main` */
  bool value_ready; /* the run's value is there; timers may still be drained */
  bool ended;       /* the language has said how the run ended */
  char *source, *name;
  size_t source_len;
  bool begun;    /* the language's start has been entered */
  uint64_t main; /* a value of the guest: the promise of the run, or its value */
  bool main_is_wrapped;
  char *body; /* the source as the body of a function */
  uint64_t random_state;
  uint64_t started_ns, wall_ns, cpu_ns;
  uint64_t timer_due_ms; /* on the guest's clock; CL_NEVER: none */
  uint32_t timers_live;
  uint64_t virtual_ms;
  uint64_t next_call_id;
  cl_call *calls;
  size_t call_count, call_cap, pending, taken, answered, next_taken, next_answer;
  size_t argument_total; /* bytes of open arguments: the host holds no more of them than the guest may have memory */
  size_t cancelled_seen; /* calls before this one were offered by next_cancelled */
  uint64_t blocking;     /* id of the call that a sync tool waits for; 0: none */
  cl_buf events_text;
  cl_event *events;
  size_t event_count, event_cap, events_read;
  uint64_t console_dropped, rate_window_ms, rate_count;
  uint64_t limit_hits[40]; /* by status: limits that the host raised in this run */
  bool grow_denied;
  bool no_memory; /* the host could not keep what the guest said: the run must not pass for complete */
  size_t peak_bytes;

  /* how it ended */
  cloche_status status;
  bool rolled_back, forced;
  cl_buf value, repr, report;
  bool has_value;
  cl_guest_error error;
  char error_text[240];
  uint32_t line, column;
  uint32_t
      body_column; /* how far the first line was moved to the right, when the source ran as the body of a function */
  uint64_t runs, deepest_stack;
};

/** A language: what core calls to run guest code. All but `attach` run on the cell's fiber. */
typedef struct cl_language {
  const char *name, *version, *memory_access;
  size_t instance_bytes;
  /** Binds an instance to the cell's slot, with the globals of the image. */
  void (*attach)(cloche_cell *cell);
  /** Tells an attached instance that its memory has another size now. */
  void (*resized)(cloche_cell *cell);
  /** Makes `to`, whose memory is equal to that of `from` already, its equal in globals, too. Off the fiber. */
  void (*copied)(cloche_cell *to, const cloche_cell *from);
  /** First function of a run, and the function that goes on after answers and timers. */
  void (*start)(cloche_cell *cell);
  void (*go_on)(cloche_cell *cell);
  /** Gives a new cell randomness of its own. Off the fiber. */
  void (*reseed)(cloche_cell *cell, uint64_t seed);
} cl_language;

extern const cl_language cl_language_js;

/* ---- for languages */

/** A checked view of guest memory; NULL when any of it lies outside. */
const uint8_t *cl_guest_bytes(const cloche_cell *cell, cl_guest_ptr at, size_t len);
uint8_t *cl_guest_space(cloche_cell *cell, cl_guest_ptr at, size_t len);

/** The guest's clock in milliseconds since the epoch, and in nanoseconds of a monotonic count. */
uint64_t cl_cell_time_ms(const cloche_cell *cell);
uint64_t cl_cell_time_ns(const cloche_cell *cell, bool monotonic);

void cl_cell_log(cloche_cell *cell, unsigned level, const char *text, size_t len);
void cl_cell_count_limit(cloche_cell *cell, cloche_status limit);

/** True when a waiting cell has something to go on with: the answer it blocks for, any answer, a timer. */
bool cl_cell_can_go_on(cloche_cell *cell);

/** Ends the run, as seen by the language: with a value, or with an error that is already in cell->error. */
void cl_cell_end(cloche_cell *cell, cloche_status status);
void cl_cell_set_error(cloche_cell *cell, const char *name, const char *message);

/** A new call, or CLOCHE_*_LIMIT. `argument` is copied and becomes the call's. */
cloche_status cl_calls_add(cloche_cell *cell, uint32_t tool, const char *argument, size_t len, cl_call **out);
cl_call *cl_calls_find(cloche_cell *cell, uint64_t id);
/** The next answered call to be delivered to the guest; NULL: none. */
cl_call *cl_calls_next_answer(cloche_cell *cell);
void cl_calls_settled(cloche_cell *cell, cl_call *call);
void cl_calls_cancel_all(cloche_cell *cell);
void cl_calls_clear(cloche_cell *cell);

char *cl_copy_text(const char *text, size_t len);

/* ---- report.c */
bool cl_report_build(cloche_cell *cell);

/* ---- thread.c: pools */
cl_fiber *cl_thread_fiber(cloche_thread *thread, uint64_t cell_id, cloche_error *err);
/** Takes a fiber back from a cell whose run goes on later (`parked`) or is over. */
void cl_thread_give_fiber(cloche_thread *thread, cl_fiber *fiber, uint64_t cell_id, bool parked);
/** Empties the fiber that may have been parked for a cell. */
void cl_thread_empty_fibers(cloche_thread *thread, uint64_t cell_id);
typedef struct cl_undo_node {
  cl_undo undo;
  uint64_t owner; /* id of the cell that used it last; 0: wiped */
  struct cl_undo_node *next;
} cl_undo_node;
cl_undo_node *cl_thread_undo(cloche_thread *thread, uint64_t cell_id, size_t limit, cloche_error *err);
void cl_thread_give_undo(cloche_thread *thread, cl_undo_node *node);
/** Overwrites idle undo logs that the cell has used. */
void cl_thread_wipe_undos(cloche_thread *thread, uint64_t cell_id);

#endif
