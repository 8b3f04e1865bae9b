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
#include "remote.h"
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
  bool orphan;          /* its guest had no memory for a promise: nobody waits from the start */
  cl_guest_ptr promise; /* where the guest's memory holds id and resolvers; 0: a sync call */
  char *argument;
  size_t argument_len;
  char *answer; /* JSON of the result, or of the rejection's data; owned */
  size_t answer_len;
  char *name, *message, *code;   /* of a rejection */
  uint64_t started_ns, ended_ns; /* of cl_cell_call_clock */
} cl_call;

/* below them: levels of the console */
enum { CL_EVENT_DISPLAY = 5, CL_EVENT_PROGRESS, CL_EVENT_STDOUT, CL_EVENT_STDERR, CL_EVENT_TYPES };
extern const char *const cl_event_names[CL_EVENT_TYPES];

typedef struct cl_event {
  uint8_t type;
  bool marker;     /* says that output was cut */
  bool base64;     /* of a display */
  size_t mime_len; /* of a display: its type stands, terminated, before the text */
  size_t at, len;  /* in events_text */
  uint64_t time_ms;
} cl_event;

/** What the guest said about an uncaught error: checked as text, believed in nothing. */
typedef struct cl_guest_error {
  char *name, *message, *stack, *code, *data;
} cl_guest_error;

typedef enum {
  CL_SYNTAX_JS,
  CL_SYNTAX_JSX,
  CL_SYNTAX_TS,
  CL_SYNTAX_TSX,
  CL_SYNTAX_PY,
  CL_SYNTAX_SQL,
  CL_SYNTAXES
} cl_syntax;

/** Whether the engine takes the source only after the compiler. */
static inline bool cl_syntax_is_compiled(cl_syntax syntax) { return syntax > CL_SYNTAX_JS && syntax < CL_SYNTAX_PY; }

/** A text from the host, and what the compiler cell made of it. */
typedef struct cl_source {
  char *name, *text;
  size_t len;
  cl_syntax syntax;
  char *code; /* what the engine is given instead of the text; NULL: the text as it is */
  size_t code_len;
  char *maps[2]; /* from positions in the code back to the text, in the order in which they apply */
  char *refused; /* of a module that the compiler refused: why; its import throws that */
  uint32_t refused_line, refused_column;
  bool rewritten; /* the code is a function that is called at once and gives a promise */
} cl_source;

enum { CL_GLOBALS_MAX = 16, CL_STATE_ID = 16 };

/* What a blocked fiber waits for when it is not one call: any answer or the timer; a time. */
#define CL_BLOCKED_ANY UINT64_MAX
#define CL_BLOCKED_SLEEP (UINT64_MAX - 1)

struct cloche_thread {
  cl_remote_head head; /* first */
  cl_ticker ticker;
  cl_random random;
  uint32_t max_slots, max_spare, open_slots, spare_slots, spare_compilers, spare_undos;
  struct cloche_cell *cells; /* closed cells that keep their slots, newest first */
  struct cl_fiber *fibers;   /* idle */
  struct cl_undo_node *undos;
  struct cl_compile_cache *compiled;
  cl_buf journal; /* in which changes are put together; empty between runs */
  uint64_t next_cell_id;
};

struct cloche_cell {
  cl_remote_head head; /* first */
  cl_guard guard;
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
  bool engine_is_compiler; /* known also when the engine is gone */
  bool fresh;              /* nothing has run since the image */
  bool clean;              /* the memory is the image's, also after a run */
  bool reseed_due;         /* the guest's own generators must be given randomness before guest code goes on */
  bool living;             /* a one-shot cell that is never put back: what a run costs alone, for the benchmark */
  bool failed;             /* the slot cannot be trusted any more */
  cl_image_globals base_globals;
  uint8_t *base_instance; /* copy of the instance at the transaction's start */
  struct cl_undo_node *undo;
  cl_fiber *fiber;

  /* tools */
  cl_tool *tools;
  uint32_t tool_count, tools_told; /* told to the guest since the image */
  uint32_t base_tools_told;        /* at the transaction's start */
  uint64_t base_random_calls, base_virtual_ns;

  /* going back over runs (undo.c) */
  uint32_t undo_runs; /* most runs that are kept */
  uint32_t history_count;
  size_t history_bytes;
  struct cl_past *history; /* the last run first */

  /* telling what a run changed (journal.c) */
  bool journal;
  uint8_t state_id[CL_STATE_ID]; /* of what the session is between two runs; zeros: it has no name */
  bool new_context;              /* the context was given since then */
  uint32_t new_modules;          /* so many modules, likewise */
  uint8_t *changes;
  size_t changes_len;
  cloche_status changes_lost; /* why there are none */

  cloche_limits
      *own_limits; /* while a restored run goes on, which is under the tighter ones of both cells; else NULL */

  /* what the host gives */
  char *context; /* JSON; NULL: none */
  size_t context_len;
  bool context_told, base_context_told, base_reseed_due;
  cl_source *modules;
  uint32_t module_count;
  struct cl_files *files;               /* mounts and files; NULL: none */
  uint32_t files_told, base_files_told; /* as tools_told */

  /* the run */
  cloche_state state;
  bool blocked;    /* a sync call or a slice left frames on the fiber */
  bool has_parked; /* a fiber in the thread's pool may hold bytes of this run */
  bool drain_timers;
  bool replayed;    /* the run repeats another one: limits of time and rate are not what ends or cuts it */
  bool interactive; /* names may be declared again; the value stays in `_` */
  bool complete;    /* the source is text before a cursor; the run leaves no trace */
  bool has_main;    /* the main promise stands in `main` */
  bool value_ready; /* the run's value is there; timers may still be drained */
  bool ended;       /* the language has said how the run ended */
  cl_source source;
  char *jsx_factory, *jsx_fragment;
  char *modules_jsx;          /* the two names for which modules were compiled; NULL: none were */
  cloche_cell *compiler;      /* the cell that one of the sources is compiled in just now */
  struct cl_compile_job *job; /* of a compiler cell: what it is to do */
  bool keeps_bindings;        /* of a compiler cell: the source belongs to a session */
  bool wants_rewrite;         /* the engine refused the source; the compiler may find a way */
  bool begun;                 /* the language's start has been entered */
  uint64_t main;              /* a value of the guest: the promise of the run, or its value */
  bool main_is_wrapped;
  uint64_t *rejections; /* pairs of values: promises that were rejected while nobody waited for them, and why */
  size_t rejection_count, rejection_cap, rejections_missed;
  uint8_t random_key[32]; /* of crypto's stream; outside of transactions: what was given is not given again */
  uint64_t random_calls;
  uint64_t started_ns, wall_ns, cpu_ns, compile_ns;
  uint64_t run_wall_ns;   /* what the run may take */
  uint64_t calls_base_ns; /* when the run began, on the clock by which calls are timed */
  uint64_t timer_due_ns;  /* on the guest's monotonic clock; CL_NEVER: none */
  uint32_t timers_live;
  uint64_t virtual_ns;    /* what a virtual clock shows, since it began */
  uint64_t clock_base_ns; /* when the cell's first run began: there its monotonic clock is 0 */
  uint64_t next_call_id;
  cl_call *calls;
  size_t call_count, call_cap, pending, taken, answered, next_taken, next_answer;
  size_t argument_total;   /* bytes of open arguments: the host holds no more of them than the guest may have memory */
  size_t cancelled_seen;   /* calls before this one were offered by next_cancelled */
  uint64_t blocking;       /* id of the call that frames on the fiber wait for, or CL_BLOCKED_*; 0: none */
  uint64_t sleep_until_ns; /* of CL_BLOCKED_SLEEP, on the guest's monotonic clock */
  uint64_t answer_taken;   /* id of the answer that the guest is reading; 0: none */
  cl_buf events_text;
  cl_event *events;
  size_t event_count, event_cap, events_read, console_total, display_total;
  uint64_t console_dropped, rate_window_ms, rate_count;
  uint64_t limit_hits[64]; /* by status: limits that the host raised in this run */
  bool grow_denied;
  bool no_memory; /* the host could not keep what the guest said: the run must not pass for complete */
  size_t peak_bytes;

  /* how it ended */
  cloche_status status;
  bool exited; /* the guest asked for the end of its program, with `exit_code` */
  int exit_code;
  bool rolled_back, forced;
  struct {
    cloche_status status;
    char message[320];
  } refusal; /* of the guest's last request to the host */
  cl_buf value, repr, report;
  bool has_value;
  cl_guest_error error;
  bool unhandled; /* the error is the reason of a rejection that nobody handled */
  uint32_t line, column;
  const cl_source *error_source; /* where line and column are; NULL: unknown */
  cl_buf frame;
  uint64_t runs, deepest_stack;
};

/** A language: what core calls to run guest code. All but `attach` run on the cell's fiber. */
typedef struct cl_language {
  const char *name, *version, *memory_access;
  size_t instance_bytes;
  uint32_t syntaxes; /* what it runs: bits by cl_syntax, of which `usual` is meant where none is said */
  cl_syntax usual;
  uint32_t hot_pages;      /* that a cell may keep resident between runs */
  bool has_files;          /* its guests have a file system */
  bool tells_error_places; /* else they are read from the stack */
  /** Binds an instance to the cell's slot, with the globals of the image. */
  void (*attach)(cloche_cell *cell);
  /** Tells an attached instance that its memory has another size now. */
  void (*resized)(cloche_cell *cell);
  /** Makes `to`, whose memory is equal to that of `from` already, its equal in globals, too. Off the fiber. */
  void (*copied)(cloche_cell *to, const cloche_cell *from);
  /** Globals of an instance that are not constant, as numbers for a snapshot; gives how many, CL_GLOBALS_MAX at most. */
  uint32_t (*get_globals)(const void *instance, uint64_t out[CL_GLOBALS_MAX]);
  /** Sets them, in an instance that is attached already, to numbers that may come from anywhere; false: they cannot be. */
  bool (*set_globals)(void *instance, const uint64_t *in, uint32_t count);
  /** First function of a run, and the function that goes on after answers and timers. */
  void (*start)(cloche_cell *cell);
  void (*go_on)(cloche_cell *cell);
  /** Gives a cell randomness of its own, or, where it is seeded, that of the seed from its beginning. Off the fiber: memory
   *  that it writes is made writable by cl_slot_open_pages. */
  void (*reseed)(cloche_cell *cell, uint64_t seed);
  /** Whether a trap came of the guest's stack running out of its memory; NULL: the engine looks itself. Off the fiber. */
  bool (*stack_is_spent)(const cloche_cell *cell);
  /** How an exhausted stack is called that the language itself did not notice. */
  const char *stack_error, *stack_message;
} cl_language;

/** In a public function: what a cell or thread that is not core's own does instead. */
#define CL_REMOTE(object, call) \
  if ((object)->head.remote) return (object)->head.remote->call

extern const cl_language cl_language_js;
extern const cl_language cl_language_python;

static inline bool cl_cell_is_running(const cloche_cell *cell) {
  return cell->state == CLOCHE_RUNNING || cell->state == CLOCHE_WAITING;
}

/* ---- for languages */

/** A checked view of guest memory; NULL when any of it lies outside. */
const uint8_t *cl_guest_bytes(const cloche_cell *cell, cl_guest_ptr at, size_t len);
uint8_t *cl_guest_space(cloche_cell *cell, cl_guest_ptr at, size_t len);

/** The guest's clock: milliseconds since the epoch; nanoseconds since the epoch or, monotonic, since the cell's first
 *  run began (how long the machine is up is not the guest's business). */
uint64_t cl_cell_time_ms(const cloche_cell *cell);
uint64_t cl_cell_time_ns(const cloche_cell *cell, bool monotonic);

/** The clock by which calls are timed: the monotonic one, or the guest's own where that is virtual. */
uint64_t cl_cell_call_clock(const cloche_cell *cell);

/** Whether a replay of the run must give the same report. */
bool cl_cell_is_replayable(const cloche_cell *cell);

void cl_cell_log(cloche_cell *cell, unsigned level, const char *text, size_t len);
void cl_cell_write(cloche_cell *cell, bool to_stderr, const char *text, size_t len);
/** Adds a display or says which limit forbids it. CLOCHE_INVALID_ARGUMENT: no media type, or JSON that is none. */
cloche_status cl_cell_display(cloche_cell *cell, const char *mime, size_t mime_len, const char *text, size_t len,
                              bool base64);
void cl_cell_progress(cloche_cell *cell, const char *json, size_t len);
/** Whether an event is one that could have been added: in the bounds of `text`, and its text what its type promises. */
bool cl_event_is_sound(const cl_event *event, const char *text, size_t len);
void cl_cell_count_limit(cloche_cell *cell, cloche_status limit);

/** True when a waiting cell has something to go on with: the answer it blocks for, any answer, a timer. */
bool cl_cell_can_go_on(cloche_cell *cell);

/** Ends the run, as seen by the language: with a value, or with an error that is already in cell->error. */
void cl_cell_end(cloche_cell *cell, cloche_status status);
void cl_cell_set_error(cloche_cell *cell, const char *name, const char *message);
void cl_cell_clear_error(cloche_cell *cell);

/** A new call, or CLOCHE_*_LIMIT. `argument` is copied and becomes the call's. */
cloche_status cl_calls_add(cloche_cell *cell, uint32_t tool, const char *argument, size_t len, cl_call **out);
cl_call *cl_calls_find(cloche_cell *cell, uint64_t id);
/** The next answered call to be delivered to the guest; NULL: none. */
cl_call *cl_calls_next_answer(cloche_cell *cell);
void cl_calls_settled(cloche_cell *cell, cl_call *call);
void cl_calls_orphan(cloche_cell *cell, cl_call *call);
/** Says in words why cl_calls_add refuses. */
void cl_calls_explain(const cloche_cell *cell, cloche_status status, const cl_tool *tool, char *message, size_t size);
void cl_calls_cancel_all(cloche_cell *cell);
void cl_calls_clear(cloche_cell *cell);

char *cl_copy_text(const char *text, size_t len);

/* ---- cell.c: what callers pass */
/** Fills `out` with what a cell of the engine would have, of `given` or (NULL) by default. */
cloche_status cl_cell_check_limits(cloche_limits *out, const cloche_limits *given, const cloche_engine *engine,
                                   cloche_error *err);
/** A name that JSX is to call; NULL is fine. */
cloche_status cl_jsx_check(const char *name, const char *what, cloche_error *err);

/* ---- inputs.c: what the host gives */
enum { CL_TOOL_NAME_MAX = 128, CL_SOURCE_NAME_MAX = 255 };
/** Not empty, at most `max` bytes of UTF-8, no control characters. */
bool cl_name_is_good(const char *name, size_t max);
bool cl_tool_name_is_good(const char *name);
/** Forgets context and modules, overwriting them; or tools, too. */
void cl_inputs_drop_texts(cloche_cell *cell);
void cl_inputs_drop(cloche_cell *cell);

/* ---- undo.c */
/** Commits the transaction and keeps what is needed to take the run back. False: the slot has failed. */
bool cl_history_commit(cloche_cell *cell);
void cl_history_forget(cloche_cell *cell);
/** The context is another one: whatever run is taken back, the guest must be told. */
void cl_history_new_context(cloche_cell *cell);

/* ---- journal.c */
/** The run's commit tells the thread's journal what it changes. */
void cl_journal_begin(cloche_cell *cell);
/** The run has ended, `kept` or rolled back: what it changed is what cloche_cell_changes gives. */
void cl_journal_end(cloche_cell *cell, bool kept);
/** The cell is in a state that is no run's end, of which nothing can be told. */
void cl_journal_forget(cloche_cell *cell);
/** The same, and the state is a new one. */
void cl_journal_restart(cloche_cell *cell);

/* ---- cell.c */
/** Begins a session's transaction. */
cloche_status cl_transaction_begin(cloche_cell *cell, cloche_error *err);
typedef enum { CL_ROLL_BACK, CL_COMMIT, CL_COMMIT_UNNOTED /* not as something that can be undone */ } cl_settlement;
/** Ends it. A failure makes the cell a failed one. */
void cl_transaction_end(cloche_cell *cell, cl_settlement settlement);

/* ---- snapshot.c */
/** The run that was restored has ended: the cell has its own limits again. */
void cl_restore_end(cloche_cell *cell);

/* ---- report.c */
bool cl_report_build(cloche_cell *cell);

/* ---- source.c: texts from the host, and positions in them */
const char *cl_syntax_name(cl_syntax syntax);
/** The syntax of a language's name (NULL: the engine's usual one), if the engine runs it. */
cloche_status cl_syntax_read(cl_syntax *out, const cl_language *engine, const char *language, cloche_error *err);
cloche_status cl_source_set(cl_source *source, const char *name, const char *text, size_t len, cl_syntax syntax,
                            cloche_error *err);
void cl_source_clear(cl_source *source);
/** Forgets what was compiled from the text. */
void cl_source_forget(cl_source *source);
/** The module of exactly this name; NULL: none. */
const cl_source *cl_source_named(const cloche_cell *cell, const char *name);
/** The module that `name`, imported by the source called `base`, means; NULL: none. */
const cl_source *cl_source_find(const cloche_cell *cell, const char *base, const char *name);
/** Maps the positions in the error's stack back to what authors wrote; with `place`, the first of them is the error's. */
void cl_source_locate(cloche_cell *cell, bool place);
/** Says that the error is at a place of the source's code that its compiler has named: `column` counts characters. */
void cl_source_place(cloche_cell *cell, const cl_source *source, uint32_t line, uint32_t column);
/** A column of the source's code in characters for one in bytes, as the engine counts, and the other way round. */
uint32_t cl_source_characters(const cl_source *source, uint32_t line, uint32_t column);
uint32_t cl_source_bytes(const cl_source *source, uint32_t line, uint32_t column);
/** Draws the code frame for the position that was found. */
void cl_frame_build(cloche_cell *cell);

/* ---- compile.c */
typedef struct cl_compile_job {
  cl_source *source;
  bool rewrite; /* else types and JSX are taken out */
  uint8_t key[32];
} cl_compile_job;
/** Whether a source must go through the compiler before guest code can run. */
bool cl_compile_is_due(cloche_cell *cell);
/** Goes on with it for a slice; the run may end by it. */
cloche_status cl_compile_step(cloche_cell *cell, uint64_t slice_ns, cloche_error *err);
/** Forgets what JSX modules were compiled to: the names of factory and fragment are others now. */
void cl_compile_forget_jsx(cloche_cell *cell);
/** Gives up what is being compiled. */
void cl_compile_drop(cloche_cell *cell);
void cl_compile_cache_free(cloche_thread *thread);

/* ---- thread.c: pools */
cl_fiber *cl_thread_fiber(cloche_thread *thread, uint64_t cell_id, cloche_error *err);
/** Takes a fiber back from a cell whose run goes on later (`parked`) or is over. */
void cl_thread_give_fiber(cloche_thread *thread, cl_fiber *fiber, uint64_t cell_id, bool parked, bool touched);
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
