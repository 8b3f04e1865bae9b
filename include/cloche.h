/* cloche.h - run code that nobody vouches for, under a glass dome.
 *
 * The shortest use:
 *
 *     cloche_engine *engine;  cloche_thread *thread;  cloche_cell *cell;  cloche_result result;
 *     cloche_engine_open(&engine, NULL, NULL);
 *     cloche_thread_open(&thread, NULL, NULL);
 *     cloche_cell_open(&cell, thread, engine, NULL, NULL);
 *     cloche_cell_eval(cell, "[1, 2].map(x => x * 2)", 22, NULL, &result, NULL);
 *     // result.status == CLOCHE_OK, result.value is "[2,4]"
 *
 * Words. An *engine* is a guest language compiled to native code together with its image, the memory it starts from.
 * A *cell* is one sealed instance of it. A *run* is one source evaluated in a cell; it ends in one *report*. A *tool*
 * is a host function that the guest may call by name, a *call* one pending invocation of it. A *thread* is what one
 * of your threads keeps between cells: address space, stacks, a timer.
 *
 * Ownership, in one sentence: what an `_open` or `_fork` gave is yours until you pass it to the matching `_close`
 * (which takes NULL, too), and every pointer that a getter gives belongs to the object it was asked of and lives
 * until the next call on that object unless its comment says longer.
 *
 * Threads: an engine may be used by any number of threads at once. A cloche_thread and all cells opened on it belong
 * to the one OS thread that opened it. Only cloche_cell_interrupt may be called from anywhere.
 *
 * Errors: functions that can fail return a cloche_status and fill the caller's cloche_error if one was passed. How a
 * *run* ended is never such an error: a guest that throws or loops is a result, not a failure of the call.
 *
 * Text is UTF-8, sizes are bytes, times are nanoseconds unless a name says otherwise. Nothing here reads the
 * environment, opens a file (other than what you name) or touches the network.
 */
#ifndef CLOCHE_H
#define CLOCHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CLOCHE_VERSION "0.1.0"

#if defined(CLOCHE_BUILD) && defined(__GNUC__)
#define CLOCHE_API __attribute__((visibility("default")))
#else
#define CLOCHE_API
#endif

/* ---------------------------------------------------------------- codes */

/** Every code there is. The names, texts, exit codes and HTTP statuses that go with them are in docs/ERRORS.md. */
typedef enum cloche_status {
  CLOCHE_OK,
  CLOCHE_INVALID_ARGUMENT,
  CLOCHE_INVALID_STATE,
  CLOCHE_NOT_FOUND,
  CLOCHE_OUT_OF_MEMORY,
  CLOCHE_NO_SLOT,
  CLOCHE_UNSUPPORTED,
  CLOCHE_BAD_IMAGE,
  CLOCHE_IO_ERROR,
  CLOCHE_INTERNAL,
  CLOCHE_UNCAUGHT_ERROR,
  CLOCHE_SYNTAX_ERROR,
  CLOCHE_DEADLOCK,
  CLOCHE_TRAP,
  CLOCHE_CANCELLED,
  CLOCHE_WALL_TIME_LIMIT,
  CLOCHE_CPU_TIME_LIMIT,
  CLOCHE_MEMORY_LIMIT,
  CLOCHE_STACK_LIMIT,
  CLOCHE_SOURCE_LIMIT,
  CLOCHE_VALUE_LIMIT,
  CLOCHE_CONSOLE_LIMIT,
  CLOCHE_DISPLAY_LIMIT,
  CLOCHE_TOOL_CALLS_LIMIT,
  CLOCHE_TOOL_PENDING_LIMIT,
  CLOCHE_TOOL_RUNNING_LIMIT,
  CLOCHE_ARGUMENT_LIMIT,
  CLOCHE_RESULT_LIMIT,
  CLOCHE_TIMERS_LIMIT,
  CLOCHE_SNAPSHOT_LIMIT,
  CLOCHE_UNKNOWN_TOOL,
  CLOCHE_TOOL_ERROR,
  CLOCHE_BAD_RESULT,
  CLOCHE_UNKNOWN_MODULE,
  CLOCHE_BAD_SNAPSHOT,
  CLOCHE_WRONG_IMAGE,
  CLOCHE_MISSING_TOOL,
  CLOCHE_NOT_SUSPENDABLE,
  CLOCHE_SUSPENDED,
  CLOCHE_FILES_LIMIT,
  CLOCHE_BUSY,
  CLOCHE_WORKER_CRASHED,
  CLOCHE_NO_JAIL,
} cloche_status;

/** What goes with a code. All strings are static. */
typedef struct cloche_status_info {
  const char *name; /**< as it stands in reports: "wall_time_limit" */
  const char *text; /**< one English sentence */
  int exit_code;    /**< of the command-line program */
  int http_status;
} cloche_status_info;

/** Describes a code; a number that is no code gives the description of CLOCHE_INTERNAL. */
CLOCHE_API cloche_status_info cloche_status_describe(cloche_status status);

/** The details of a failed call. Yours; zero it with CLOCHE_ERROR_INIT, pass it to any number of calls. */
typedef struct cloche_error {
  cloche_status status;
  char message[240]; /**< always terminated; says what was wrong and with what, never an address or a host path
                          that the caller did not pass in */
} cloche_error;
#define CLOCHE_ERROR_INIT \
  { CLOCHE_OK, "" }

/** The version of the library that is running, "MAJOR.MINOR.PATCH"; compare it with CLOCHE_VERSION. */
CLOCHE_API const char *cloche_version(void);

/* ---------------------------------------------------------------- limits */

/** All limits. Every field is always in force; the meaning, unit and profiles of each are in docs/LIMITS.md.
 *  Fill it with cloche_limits_profile, change what you want changed. */
typedef struct cloche_limits {
  uint64_t wall_ns;            /**< a run in all, waiting for tools and timers included */
  uint64_t cpu_ns;             /**< CPU time of a run */
  uint64_t memory_bytes;       /**< linear memory, rounded down to 64 KiB pages, 4 GiB at most */
  uint64_t stack_bytes;        /**< guest stack, 512 KiB at most */
  uint64_t source_bytes;       /**< one source text */
  uint64_t value_bytes;        /**< JSON text of the value of a run */
  uint64_t console_bytes;      /**< console text of a run; more is cut with a marker, the run goes on */
  uint64_t console_lines;      /**< console items of a run, likewise */
  uint64_t console_per_second; /**< console items in any one second, likewise; 0 is no rate limit */
  uint64_t tool_calls;         /**< calls in all */
  uint64_t tool_pending;       /**< calls that are not settled yet */
  uint64_t tool_running;       /**< calls handed to the host and not settled yet; more of them queue, or are
                                    rejected where tool_queue is 0 */
  uint64_t tool_queue;         /**< 1: calls above tool_running wait; 0: they are rejected */
  uint64_t tool_calls_each;    /**< calls of any one tool */
  uint64_t argument_bytes;     /**< JSON text of one call's argument; all open ones together are held
                                    to memory_bytes */
  uint64_t result_bytes;       /**< JSON text of one call's result or error data */
  uint64_t timers;             /**< pending timers */
  uint64_t display_bytes;      /**< what a run displays in all; more is refused with an error */
  uint64_t snapshot_bytes;     /**< a snapshot before it is compressed */
  uint64_t files_bytes;        /**< of engines whose guests have files: all of them together; and what a run writes
                                    into mounts */
  uint64_t files_count;        /**< likewise: how many files and directories */
} cloche_limits;

/** Fills `out` with a named profile (NULL: "default"): "default", "llmz", "runner", "script" or "plugin".
 *  CLOCHE_NOT_FOUND names those there are. */
CLOCHE_API cloche_status cloche_limits_profile(cloche_limits *out, const char *profile, cloche_error *err);

/** Sets one limit from text as a person writes it: "wall", "1s" - "memory", "64MiB" - "tool_calls", "20".
 *  Units: ns us ms s m h; B KB MB GB KiB MiB GiB; plain numbers are counts, bytes or milliseconds.
 *  CLOCHE_NOT_FOUND for an unknown name, CLOCHE_INVALID_ARGUMENT for a value that is malformed or out of range. */
CLOCHE_API cloche_status cloche_limits_set(cloche_limits *limits, const char *name, const char *value,
                                           cloche_error *err);

/** What a limit is; for help texts. All strings are static. */
typedef struct cloche_limit_info {
  const char *name;     /**< as cloche_limits_set takes it */
  const char *unit;     /**< "time", "bytes" or "count" */
  const char *text;     /**< one line */
  cloche_status status; /**< the code of a run that ran into it */
  uint64_t value;       /**< what `limits` holds */
} cloche_limit_info;

/** Describes the limit number `index` (from 0) as it stands in `limits`; false when there is none of that number. */
CLOCHE_API bool cloche_limits_describe(const cloche_limits *limits, size_t index, cloche_limit_info *out);

/* ---------------------------------------------------------------- engines */

typedef struct cloche_engine cloche_engine;

/** The name of the engine that runs a language: "js" for "js", "jsx", "ts" and "tsx", "python" for "py" and "sql"; NULL for
 *  what is none. It says nothing of whether this build has the engine: cloche_engine_open does. */
CLOCHE_API const char *cloche_language_engine(const char *language);

typedef struct cloche_engine_options {
  uint32_t version;    /**< CLOCHE_ENGINE_OPTIONS_INIT sets it */
  const char *name;    /**< "js" (also NULL) or "python" */
  int image_fd;        /**< a readable fd of an image file to use instead of the built-in one, or -1. It is copied
                               and checked; you keep it, and may close or change the file afterwards. */
  bool use_pagemap;    /**< find dirty pages the old way (/proc/self/pagemap) even where the kernel has
                               PAGEMAP_SCAN; for tests */
  bool compiler_ready; /**< open the image of the TypeScript compiler now, and not for the first source that needs it:
                               for hosts that enter a jail in between */
} cloche_engine_options;
#define CLOCHE_ENGINE_OPTIONS_INIT \
  { 1, NULL, -1, false, false }

/** Opens an engine; `options` may be NULL. The first one of a process installs the signal handlers (SIGSEGV, SIGBUS
 *  and the real-time signal SIGRTMAX-3); handlers you had are called for faults that are not a guest's. Opens the
 *  image and /proc/self/pagemap, after which nothing is opened any more: enter your jail now. Close it after its
 *  last cell. CLOCHE_NOT_FOUND, CLOCHE_BAD_IMAGE, CLOCHE_OUT_OF_MEMORY, CLOCHE_IO_ERROR. */
CLOCHE_API cloche_status cloche_engine_open(cloche_engine **out, const cloche_engine_options *options,
                                            cloche_error *err);
CLOCHE_API void cloche_engine_close(cloche_engine *engine);

/** What an engine is. All strings live as long as the engine. */
typedef struct cloche_engine_info {
  const char *name;          /**< "js" or "python" */
  const char *version;       /**< of the language runtime */
  const char *engine_id;     /**< 64 hex digits: hash of the wasm and of the step that patches it */
  const char *image_id;      /**< 64 hex digits: hash of the image's content */
  const char *memory_access; /**< how generated code finds its memory: "r15", "x28" or "portable" */
  const char *dirty_pages;   /**< how dirty pages are found: "pagemap_scan" or "pagemap" */
  size_t image_bytes;
  bool built_in; /**< the image is the one that the library has in it */
} cloche_engine_info;
CLOCHE_API cloche_engine_info cloche_engine_describe(const cloche_engine *engine);

/** Writes the engine's image as the bytes of an image file, which `image_fd` takes: whoever keeps snapshots keeps the image that
 *  they need. Release them with free(). CLOCHE_OUT_OF_MEMORY. */
CLOCHE_API cloche_status cloche_engine_image(const cloche_engine *engine, uint8_t **bytes, size_t *len,
                                             cloche_error *err);

/* ---------------------------------------------------------------- threads */

typedef struct cloche_thread cloche_thread;

typedef struct cloche_thread_options {
  uint32_t version;
  uint32_t slots; /**< cells that may be open at once; each reserves a little over 4 GiB of address space (not of
                       memory). 0: 4096. valgrind allows about 20. */
  uint32_t spare; /**< closed cells whose slots are kept warm. 0: 64 */
} cloche_thread_options;
#define CLOCHE_THREAD_OPTIONS_INIT \
  { 1, 0, 0 }

/** Sets up the calling thread to run cells; `options` may be NULL. It gets an alternate signal stack if it has none,
 *  and one POSIX timer. Close it on the same thread, after its last cell. */
CLOCHE_API cloche_status cloche_thread_open(cloche_thread **out, const cloche_thread_options *options,
                                            cloche_error *err);
CLOCHE_API void cloche_thread_close(cloche_thread *thread);

/* ---------------------------------------------------------------- cells */

typedef struct cloche_cell cloche_cell;

typedef enum cloche_clock {
  CLOCHE_CLOCK_REAL,    /**< the guest sees the time of day; timers wait */
  CLOCHE_CLOCK_VIRTUAL, /**< the guest's clock starts at `clock_start_ms` and moves only when the guest sleeps, which
                             takes no time. Limits use the real clock all the same. */
} cloche_clock;

typedef struct cloche_cell_options {
  uint32_t version;
  const cloche_limits *limits; /**< copied; NULL: profile "default" */
  bool session;                /**< false: every run starts from the image. true: state stays from run to run, and each
                                    run is a transaction: one that is killed leaves no trace. */
  bool seeded;                 /**< true: randomness comes from `seed` alone */
  uint64_t seed;
  cloche_clock clock;
  uint64_t clock_start_ms; /**< of a virtual clock, since the epoch */
  bool no_poll;            /**< the engine's interrupt hook does nothing, so that only signals can stop the guest;
                                for tests */
  uint32_t undo_runs;      /**< how many of a session's last runs cloche_cell_undo can take back; what they changed is
                                kept, 64 MiB of it at most */
  void *user;              /**< yours; cloche_cell_user gives it back */
  const char *domain; /**< of pools (cloche_pool.h): the trust domain, 1 to 128 bytes; copied. NULL: the one without a
                                name */
  bool batch;         /**< of pools: others go before it */
  bool journal;       /**< of a session: what its last run changed can be had, by cloche_cell_changes */
} cloche_cell_options;
#define CLOCHE_CELL_OPTIONS_INIT \
  { 1, NULL, false, false, 0, CLOCHE_CLOCK_REAL, 0, false, 0, NULL, NULL, false, false }

/** Opens a cell; `options` may be NULL. Microseconds, when the thread has a spare slot.
 *  CLOCHE_NO_SLOT, CLOCHE_OUT_OF_MEMORY, CLOCHE_INVALID_ARGUMENT (limits out of range). */
CLOCHE_API cloche_status cloche_cell_open(cloche_cell **out, cloche_thread *thread, cloche_engine *engine,
                                          const cloche_cell_options *options, cloche_error *err);

/** What the cell's options gave as `user`, also of a copy. */
CLOCHE_API void *cloche_cell_user(const cloche_cell *cell);

/** Closes a cell in any state. What it held is overwritten or given back before its slot serves another one. */
CLOCHE_API void cloche_cell_close(cloche_cell *cell);

/** Puts a cell back to the image; tools, limits and options stay. Not during a run (CLOCHE_INVALID_STATE). */
CLOCHE_API cloche_status cloche_cell_reset(cloche_cell *cell, cloche_error *err);

/** Copies a session between two runs, or any cell whose run waits, with everything its guest made; the copy shares
 *  unchanged pages, has the same tools and limits, and randomness of its own unless it is seeded. A run that waits goes on
 *  in both: calls that are open are open in both, under the same ids, and the copy offers them again. What could be
 *  undone cannot be in the copy. CLOCHE_INVALID_STATE for cells that are no sessions and wait for nothing,
 *  CLOCHE_NOT_SUSPENDABLE as cloche_cell_snapshot, CLOCHE_SNAPSHOT_LIMIT for runs. */
CLOCHE_API cloche_status cloche_cell_fork(cloche_cell **out, cloche_cell *cell, cloche_error *err);

/** Makes an image of a session that is between two runs: cells of an engine that is opened with it start with everything
 *  that its runs have made. The bytes are yours: release them with free(). Randomness is each cell's own again. A cell that
 *  has tools or a context has no image: CLOCHE_INVALID_STATE. */
CLOCHE_API cloche_status cloche_cell_image(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);

typedef enum cloche_state {
  CLOCHE_IDLE,    /**< no run since it was opened or reset */
  CLOCHE_RUNNING, /**< the guest has work to do: call cloche_cell_step */
  CLOCHE_WAITING, /**< the guest waits for calls or timers: settle a call, or step again at the deadline */
  CLOCHE_DONE,    /**< the run has ended: read its result */
} cloche_state;

typedef struct cloche_run_options {
  uint32_t version;
  const char *name;  /**< in positions and stacks; NULL: "main.js" by the language, "main-2.js" in a session */
  bool drain_timers; /**< true: as Node does, the run also waits for timers that are pending when its value is there.
                           false: it ends at once. */
  const char
      *language; /**< of engine "js": "js" (also NULL), "jsx", "ts" or "tsx"; of "python": "py" (also NULL) or "sql" */
  const char *jsx_factory;  /**< what JSX calls with (type, props, ...children): a name, or names with dots between
                                 them; NULL: the built-in one, which gives {type, props, children} */
  const char *jsx_fragment; /**< what stands for the type of <>...</>, likewise; NULL: the built-in "fragment" */
  uint64_t wall_ns;         /**< takes the place of the cell's limit wall_ns for this run, in its range; 0: does not */
  bool replay;              /**< the run repeats one that ended with `replay_status` and cloche_result.polls of
                                 `replay_polls`. If that one was stopped (a limit of time, cancelled), this one is stopped
                                 at the very same look; else it is cancelled at the first one behind its end. Limits of
                                 time are ten times as far, that of the console's rate is off. */
  cloche_status replay_status;
  uint64_t replay_polls;
  bool interactive; /**< an input of a person's: names that are declared already may be declared again, and the value
                         stays in the guest's `_`, unless it is undefined or the guest has declared a `_` of its own */
  bool complete;    /**< the source is the text before a cursor. The value is {"from":n,"names":[...]}: which names may
                         stand there, sorted, 500 at most, and where they begin, in characters. No getter, no proxy and
                         no other code of the guest's runs, and the cell stays as it is. */
} cloche_run_options;
#define CLOCHE_RUN_OPTIONS_INIT \
  { 1, NULL, false, NULL, NULL, NULL, 0, false, CLOCHE_OK, 0, false, false }

/** Starts a run; nothing of it is executed before the first step. `source` need not be terminated, and is copied.
 *  A cell that is no session starts from the image, to which it was put back when its last run ended. The source is a
 *  sloppy script with top-level await whose completion value (awaited, if it is a promise) is the value. TypeScript and
 *  JSX, and scripts with a top-level `return`, `import` or `export`, are rewritten first, in a cell of their own under
 *  the limits of this run: `return` gives the value then, else the last statement that has one; bindings stay
 *  in a session all the same. CLOCHE_INVALID_STATE while a run is on, CLOCHE_INVALID_ARGUMENT for a language that is
 *  unknown or not the engine's, a factory that is no name or a wall time out of range. A source over its limit is a
 *  result, not an error. */
CLOCHE_API cloche_status cloche_cell_start(cloche_cell *cell, const char *source, size_t source_len,
                                           const cloche_run_options *options, cloche_error *err);

/** Runs the guest until it ends, waits, or `slice_ns` have passed (0: no slice). Never blocks. After a slice the state
 *  is CLOCHE_RUNNING, wherever the guest was: other cells of the thread may be stepped before this one goes on. */
CLOCHE_API cloche_status cloche_cell_step(cloche_cell *cell, uint64_t slice_ns, cloche_state *out, cloche_error *err);

/** When to step a CLOCHE_WAITING cell at the latest: nanoseconds of CLOCK_MONOTONIC, UINT64_MAX for never. */
CLOCHE_API uint64_t cloche_cell_deadline(const cloche_cell *cell);

/** Stops the run, from any thread; it ends as CLOCHE_CANCELLED, within about a millisecond when it is inside a step.
 *  Without a run it does nothing. The cell must not be closed meanwhile. */
CLOCHE_API void cloche_cell_interrupt(cloche_cell *cell);

/* ---------------------------------------------------------------- tools */

/** Answers a call from cloche_cell_eval. `argument` is the JSON text of the guest's argument ("" when it gave none).
 *  Settle it with cloche_cell_resolve or cloche_cell_reject before you return, or later from another tool. */
typedef void (*cloche_tool_fn)(void *user, cloche_cell *cell, uint64_t call_id, const char *argument,
                               size_t argument_len);

typedef struct cloche_tool {
  uint32_t version;
  const char *name;    /**< 1 to 128 bytes, no control characters; copied */
  bool sync;           /**< the guest's call gives the value and blocks; else it gives a Promise */
  bool mutable_result; /**< results arrive as ordinary data; else deeply frozen */
  cloche_tool_fn fn;   /**< only cloche_cell_eval calls it; NULL for hosts with a loop of their own */
  void *user;
} cloche_tool;
#define CLOCHE_TOOL_INIT \
  { 1, NULL, false, false, NULL, NULL }

/** Declares a tool for all later runs of the cell. Not during a run. CLOCHE_INVALID_ARGUMENT for a bad or taken name. */
CLOCHE_API cloche_status cloche_cell_tool(cloche_cell *cell, const cloche_tool *tool, cloche_error *err);

typedef struct cloche_call {
  uint64_t id;          /**< unique in the cell's life; the guest's memory knows it, too */
  const char *tool;     /**< lives as long as the cell */
  const char *argument; /**< JSON text, checked; "" when the guest gave none. Lives until the call is settled. */
  size_t argument_len;
} cloche_call;

/** Gives the next call that the host has not seen yet, at most `tool_running` of them unsettled; false: none now. */
CLOCHE_API bool cloche_cell_next_call(cloche_cell *cell, cloche_call *out);

/** Settles a call with a JSON text (length 0: undefined), which is copied; delivered at the next step.
 *  CLOCHE_NOT_FOUND: no such call is open. CLOCHE_BAD_RESULT, CLOCHE_RESULT_LIMIT: the guest gets that as an error. */
CLOCHE_API cloche_status cloche_cell_resolve(cloche_cell *cell, uint64_t call_id, const char *json, size_t json_len,
                                             cloche_error *err);

/** What a rejected call throws in the guest: an Error with these properties. */
typedef struct cloche_rejection {
  uint32_t version;
  const char *name;    /**< NULL: "Error" */
  const char *message; /**< NULL: "" */
  const char *code;    /**< NULL: "tool_error" */
  const char *data;    /**< JSON text, terminated; NULL: none */
} cloche_rejection;
#define CLOCHE_REJECTION_INIT \
  { 1, NULL, NULL, NULL, NULL }

/** Rejects a call; everything is copied. CLOCHE_NOT_FOUND as above. Data that is no JSON or too large is left out, and
 *  CLOCHE_BAD_RESULT or CLOCHE_RESULT_LIMIT says so. */
CLOCHE_API cloche_status cloche_cell_reject(cloche_cell *cell, uint64_t call_id, const cloche_rejection *rejection,
                                            cloche_error *err);

/** Gives the next call that the host has taken and nobody waits for any more, because its run has ended: stop working
 *  on it. False: none. Settling such a call is CLOCHE_NOT_FOUND, and harmless. */
CLOCHE_API bool cloche_cell_next_cancelled(cloche_cell *cell, cloche_call *out);

/* ---------------------------------------------------------------- what goes in */

/** Sets the guest's `context` for all later runs of the cell: the value of a JSON text, deeply frozen. It is copied;
 *  length 0: an empty object again. Not during a run. CLOCHE_INVALID_ARGUMENT for what is no JSON or larger than a
 *  quarter of the limit `memory`. */
CLOCHE_API cloche_status cloche_cell_context(cloche_cell *cell, const char *json, size_t json_len, cloche_error *err);

typedef struct cloche_module {
  uint32_t version;
  const char *name;   /**< what the guest imports: "util", "./lib/dates.js"; 1 to 255 bytes; copied */
  const char *source; /**< copied; held to the limit `source` */
  size_t source_len;
  const char *language; /**< as in cloche_run_options */
} cloche_module;
#define CLOCHE_MODULE_INIT \
  { 1, NULL, NULL, 0, NULL }

/** Gives the cell a module that its later runs may import; the guest sees no others. A relative name that a module
 *  imports is taken from the folder of that module's own name. Not during a run. CLOCHE_INVALID_ARGUMENT for a bad or
 *  taken name or an unknown language. What is wrong in the module is found by the run that imports it. */
CLOCHE_API cloche_status cloche_cell_module(cloche_cell *cell, const cloche_module *module, cloche_error *err);

/* ---------------------------------------------------------------- files */

typedef struct cloche_mount {
  uint32_t version;
  int dir_fd;       /**< an open directory of yours, which is opened again: you keep it, and may close it afterwards */
  const char *path; /**< where the guest has it: absolute, of plain parts, at most 1024 bytes; copied. What stood there
                         before is hidden meanwhile; directories that lack on the way are made. */
  bool writable;    /**< false: the guest can change nothing below it */
} cloche_mount;
#define CLOCHE_MOUNT_INIT \
  { 1, -1, NULL, false }

/** Mounts a directory of the host for all later runs of the cell, at most 16 of them, none within another; not during a
 *  run. The guest gets to regular files and directories below it and to nothing else: not by "..", not by symlinks that
 *  lead out of it, not across file systems. At most 64 are open at once; all are closed at the end of a one-shot cell's
 *  run, and at a reset, rollback, undo and restore of a session, whose guest gets EBADF of them from then on, as it does in
 *  a fork. What is written there is neither rolled back nor part of snapshots. A copy of the cell has the same mounts.
 *  CLOCHE_UNSUPPORTED: the engine's guests have no files ("js"), or the kernel has no openat2 (Linux 5.6).
 *  CLOCHE_INVALID_ARGUMENT: no directory, one of the kernel's own (/proc), or a path that cannot be. */
CLOCHE_API cloche_status cloche_cell_mount(cloche_cell *cell, const cloche_mount *mount, cloche_error *err);

typedef struct cloche_file {
  uint32_t version;
  const char *path; /**< as in cloche_mount, and outside of mounts */
  const void *data; /**< copied */
  size_t len;
  bool
      path_entry; /**< the file is a wheel of pure Python, or a zip archive of modules: it is checked, and the guest can
                        import from it */
} cloche_file;
#define CLOCHE_FILE_INIT \
  { 1, NULL, NULL, 0, false }

/** Gives the guest a file of its own, as the next run begins: the guest may change or remove it, and in a session it is
 *  not given again, unless by a reset; one that is given later at the same path takes its place. It counts for the limits
 *  files_bytes and files_count. Not during a run. CLOCHE_UNSUPPORTED as above; CLOCHE_INVALID_ARGUMENT: a path that cannot
 *  be, more than limit files_bytes in all, and what is wrong with an archive. */
CLOCHE_API cloche_status cloche_cell_file(cloche_cell *cell, const cloche_file *file, cloche_error *err);

/* ---------------------------------------------------------------- what comes out */

typedef struct cloche_event {
  const char *type; /**< "log", "info", "warn", "error", "debug", "display", "progress", of Python also "stdout" and
                         "stderr", whose texts have the line ends that the guest wrote; static */
  const char *mime; /**< of "display" alone, else NULL: the media type of `text`; JSON texts are checked */
  bool base64;      /**< the text of a display is bytes in base64 */
  const char *text; /**< checked UTF-8; not terminated; of "progress": JSON text {"value":…,"message":…}. It and `mime`
                         live until the next step or start of the cell. */
  size_t text_len;
  uint64_t time_ms; /**< since the epoch, of the guest's clock */
} cloche_event;

/** Gives the next event of the run that was not read yet; false: none now. */
CLOCHE_API bool cloche_cell_next_event(cloche_cell *cell, cloche_event *out);

typedef struct cloche_result {
  cloche_status status; /**< CLOCHE_OK, or how the run failed */
  const char *value;    /**< JSON text, terminated; NULL: undefined, or the run failed */
  size_t value_len;
  const char *repr; /**< the value as the console would show it, terminated; NULL: the run failed */
  size_t repr_len;
  const char *error_name;    /**< of the guest's error; NULL when there is none */
  const char *error_message; /**< terminated; NULL when the run is fine */
  uint32_t line, column;     /**< where in the source, from 1, as its author counts; 0: unknown */
  const char *error_source; /**< the name of the source that line and column are in: the run's or a module's; or NULL */
  const char *error_frame;  /**< the lines around that place with a caret below it, terminated; or NULL */
  const char *error_stack;  /**< where the guest was, a line a frame, terminated; or NULL */
  bool rolled_back;         /**< a session that is as it was before the run */
  bool exited;              /**< the run ended well by sys.exit(), with this code (else it is 0) */
  int exit_code;
  bool replayable; /**< a cell of the same engine, image, seed, clock, limits, tools and state, given the same
                                 source and the same answers at the same waits, comes to the same report (but `metrics`)
                                 and the same memory. False for cells that are not seeded or whose clock is real, and where
                                 the machine had a part in what happened: a run that was left by force, output cut by its
                                 rate, no memory on the host. */
  uint64_t polls;  /**< how often the run was looked at, up to its end or the look that stopped it; for a replay */
  uint64_t wall_ns, cpu_ns, memory_bytes;
} cloche_result;

/** How the last run ended; lives until the next run. CLOCHE_INVALID_STATE before CLOCHE_DONE. */
CLOCHE_API cloche_status cloche_cell_result(cloche_cell *cell, cloche_result *out, cloche_error *err);

/** The report of the last run as one JSON text, as docs/report.schema.json describes; lives until the next run. While a
 *  run waits (CLOCHE_WAITING) it is the report so far, with the status "suspended", and lives until the next step. */
CLOCHE_API cloche_status cloche_cell_report(cloche_cell *cell, const char **json, size_t *json_len, cloche_error *err);

/** Starts a run and stays until it has ended: calls each tool's `fn`, sleeps for timers. A call of a tool without an
 *  `fn` is rejected. `result` may be NULL. */
CLOCHE_API cloche_status cloche_cell_eval(cloche_cell *cell, const char *source, size_t source_len,
                                          const cloche_run_options *options, cloche_result *result, cloche_error *err);

typedef struct cloche_cell_stats {
  uint64_t memory_bytes;  /**< linear memory in use */
  uint64_t private_bytes; /**< pages that this cell alone holds */
  uint64_t dirty_pages;   /**< pages (4 KiB) that differ from the image's mapping */
  uint64_t hot_pages;     /**< pages that stay resident between runs */
  uint64_t runs;
  uint64_t native_stack_bytes; /**< the most native stack a run of this cell has used, in pages; 0: not deep */
} cloche_cell_stats;

/** Counts pages; costs a system call. */
CLOCHE_API cloche_status cloche_cell_measure(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err);

/* ---------------------------------------------------------------- snapshots */

/** What a cell is, as a value: the pages of its memory whose content differs from the image, its globals, and what the
 *  host knows of it (tools by name, context, modules, clock, the run that waits with its calls, output and accounts).
 *  Immutable, in memory of its own: it outlives its cell, thread and engine, and any thread may use it. Free it with
 *  cloche_snapshot_free. docs/SNAPSHOTS.md says what is in it. */
typedef struct cloche_snapshot cloche_snapshot;

/** Takes a snapshot of a session between two runs, or of any cell whose run waits for calls or timers (also when answers
 *  are there already that it has not seen); the cell goes on as if nothing had been. Randomness is not in it unless the cell
 *  is seeded. CLOCHE_NOT_SUSPENDABLE while guest frames are on the cell's stack: a slice is over, a sync tool is called,
 *  a source is compiled. CLOCHE_SNAPSHOT_LIMIT, CLOCHE_INVALID_STATE (no session, and no run), CLOCHE_OUT_OF_MEMORY. */
CLOCHE_API cloche_status cloche_cell_snapshot(cloche_snapshot **out, cloche_cell *cell, cloche_error *err);

/** Makes an open cell, which has no run on, what the snapshot is: its memory, whether it is a session, its clock, context and
 *  modules. Its limits stay its own; a run that waits has what is left of the tighter of both limits, and the time
 *  between snapshot and restore is not counted. Tools are bound by name to those that the cell has, of which
 *  all in the snapshot are needed and may be more; a run that waits goes on waiting, with its open calls offered again by
 *  cloche_cell_next_call under their old ids. Randomness is new, unless the snapshot is of a seeded cell (its stream
 *  goes on) or this cell is seeded otherwise (the cell's begins). On failure the cell is as it was, or back at its image
 *  when memory gave out. CLOCHE_WRONG_IMAGE names both images, CLOCHE_MISSING_TOOL the tools. CLOCHE_MEMORY_LIMIT,
 *  CLOCHE_SNAPSHOT_LIMIT, CLOCHE_INVALID_STATE, CLOCHE_OUT_OF_MEMORY. */
CLOCHE_API cloche_status cloche_cell_restore(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err);

CLOCHE_API void cloche_snapshot_free(cloche_snapshot *snapshot);

typedef struct cloche_snapshot_options {
  uint32_t version;
  int level;          /**< of writing: how hard zstd tries, 1 to 19; 0: not compressed */
  const uint8_t *key; /**< authenticates the bytes, which are not encrypted; NULL: a checksum alone */
  size_t key_len;     /**< 16 to 64 */
  uint64_t max_bytes; /**< of reading: what is larger before it was compressed is CLOCHE_SNAPSHOT_LIMIT; 0: 1 GiB */
} cloche_snapshot_options;
#define CLOCHE_SNAPSHOT_OPTIONS_INIT \
  { 1, 1, NULL, 0, 0 }

/** Writes a snapshot to bytes, which are yours: release them with free(). `options` may be NULL. */
CLOCHE_API cloche_status cloche_snapshot_write(const cloche_snapshot *snapshot, const cloche_snapshot_options *options,
                                               uint8_t **bytes, size_t *len, cloche_error *err);

/** Reads a snapshot from bytes that may come from anywhere: all of it is checked, and whoever made them gets no more than
 *  guest code has. (Without a key he may also lie about the past of the run that waits: its output, its calls, its time.)
 *  `options` may be NULL. CLOCHE_BAD_SNAPSHOT: damaged, of another version, or the key is not that of the writer (who
 *  writes without one is refused where one is given, and the other way round). */
CLOCHE_API cloche_status cloche_snapshot_read(cloche_snapshot **out, const uint8_t *bytes, size_t len,
                                              const cloche_snapshot_options *options, cloche_error *err);

/** What a snapshot is of. `language` lives as long as the snapshot. */
typedef struct cloche_snapshot_info {
  char engine_id[65], image_id[65]; /**< as cloche_engine_info has them */
  char hash[65]; /**< of memory and globals: equal for equal guests of one image, whatever runs led there */
  const char *language;
  bool session; /**< else a run of a one-shot cell */
  bool waiting; /**< a run is on */
  bool seeded;
  uint64_t memory_bytes; /**< linear memory */
  uint64_t pages;        /**< of 4 KiB, whose content differs from the image (or, of a run, from its beginning) */
  uint64_t bytes;        /**< of the snapshot, not compressed */
  uint64_t runs;         /**< of the cell so far */
  uint64_t open_calls;   /**< of the run that waits */
  uint64_t timers;       /**< likewise */
  uint64_t tools, modules;
  cloche_limits limits; /**< those that the cell had */
} cloche_snapshot_info;

/** Describes a snapshot; hashes its pages for that. */
CLOCHE_API cloche_snapshot_info cloche_snapshot_describe(const cloche_snapshot *snapshot);

/** Gives open call number `index` (from 0) of the run that waits in the snapshot; false: there is none of that number. What it
 *  points to lives as long as the snapshot; the argument is not terminated. */
CLOCHE_API bool cloche_snapshot_call(const cloche_snapshot *snapshot, size_t index, cloche_call *out);

/** The name of tool number `index` that the snapshot needs; NULL: there is none of that number. Lives as long as it. */
CLOCHE_API const char *cloche_snapshot_tool(const cloche_snapshot *snapshot, size_t index);

/** Takes back the last `runs` runs of a session that is between two runs: its memory is what it was before them. Runs that
 *  were rolled back have left nothing and do not count. CLOCHE_NOT_FOUND: so many are not kept, and how many are (the cell
 *  option `undo_runs`; a reset or restore forgets them). CLOCHE_INVALID_STATE during a run. */
CLOCHE_API cloche_status cloche_cell_undo(cloche_cell *cell, uint32_t runs, cloche_error *err);

/** Tells what the last run of a session at rest changed (cell option `journal`), as bytes that take a copy of the session from the
 *  state before that run to the state after it: bytes of memory, globals, and what the host knows; also what context and
 *  modules it was given since the run before. `x += 1` comes to about 400 bytes. A run that was rolled back has changes,
 *  too: it counts. The bytes are yours: release them with free(). CLOCHE_NOT_FOUND: no run has ended since the cell was opened,
 *  reset, restored or forked, went back by an undo or took changes; take a snapshot. CLOCHE_SNAPSHOT_LIMIT: they would be
 *  more than that limit, or than 64 MiB; CLOCHE_INVALID_STATE (no journal, a run is on), CLOCHE_OUT_OF_MEMORY. */
CLOCHE_API cloche_status cloche_cell_changes(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);

/** Brings a copy of a session, restored from a snapshot or by earlier changes and without a run since, to where its original was
 *  after the run that these bytes tell of. They may come from anywhere: all of it is checked, and whoever made them gets no
 *  more than guest code has. Tools are bound and randomness is new as in a restore; the run can be undone like one of
 *  the cell's own. On failure the cell is as it was. CLOCHE_BAD_SNAPSHOT: damaged. CLOCHE_INVALID_STATE: a run is
 *  on, or the changes begin at another state than the cell's. CLOCHE_MISSING_TOOL, CLOCHE_MEMORY_LIMIT, CLOCHE_SNAPSHOT_LIMIT,
 *  CLOCHE_OUT_OF_MEMORY. */
CLOCHE_API cloche_status cloche_cell_apply(cloche_cell *cell, const uint8_t *bytes, size_t len, cloche_error *err);

#ifdef __cplusplus
}
#endif

#endif
