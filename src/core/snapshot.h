/* A snapshot inside: one piece of memory, `raw`, which is also what goes to disk (compressed), and views into it.
 *
 *     0       u64 length of the state, u32 pages of the base, u32 pages of the run
 *     16      state: what the host knows of the cell (snapshot_state.c), padded to 8 bytes
 *             u32 numbers of the pages, those of the base, then those of the run; padded to 8 bytes
 *             the pages, 4 KiB each, in the same order: what they hold, exclusive-ored with the image
 *
 * Invariants
 *  1. A cloche_snapshot exists only if cl_snapshot_check has passed its bytes: also one that was taken here.
 *  2. It is never changed, and holds no pointer to anything but itself.
 *
 *     snapshot.c        a cell to a snapshot and back
 *     snapshot_state.c  the form of the state: written and checked by the same functions
 *     snapshot_file.c   bytes: header, checksum, compression
 *     journal.c         what one run has changed of it */
#ifndef CL_SNAPSHOT_H
#define CL_SNAPSHOT_H

#include "cell.h"

enum { CL_SNAPSHOT_HEAD = 16 };

/** A text in the snapshot; `at` NULL: there is none. Not terminated. */
typedef struct cl_view {
  const char *at;
  size_t len;
} cl_view;

typedef struct cl_saved_source {
  cl_view name, text, code, maps[2], refused;
  uint64_t syntax, rewritten, refused_line, refused_column;
} cl_saved_source;

typedef struct cl_saved_tool {
  cl_view name;
  uint64_t sync;
} cl_saved_tool;

typedef struct cl_saved_call {
  uint64_t tool, state, rejected, promise;
  uint64_t argument_len;                     /* also of one that is settled, whose argument is gone */
  uint64_t answer_len, started_ns, ended_ns; /* since the run began */
  cl_view argument, answer, name, message, code;
} cl_saved_call;

typedef struct cl_saved_event {
  uint64_t type, marker, base64, mime_len, at, len, time_ms;
} cl_saved_event;

/** A run that waits. Times are since it began. */
typedef struct cl_saved_run {
  cl_saved_source source;
  cl_view jsx_factory, jsx_fragment, modules_jsx;
  uint64_t drain_timers, interactive, complete, has_main, main, main_is_wrapped, value_ready, has_value;
  cl_view value, repr;
  uint64_t *rejections; /* pairs */
  size_t rejection_count;
  uint64_t rejections_missed;
  uint64_t timer_due_ns, timers_live;
  uint64_t wall_ns, run_wall_ns, calls_ns, cpu_ns, compile_ns, polls, unrepeatable, peak_bytes, grow_denied, no_memory,
      exit_code;
  cl_saved_call *calls;
  size_t call_count;
  cl_view events_text;
  cl_saved_event *events;
  size_t event_count;
  uint64_t events_read, console_total, display_total, console_dropped, rate_window_ms, rate_count;
  uint64_t limit_hits[64];
  uint64_t base_memory_bytes, base_tools_told, base_context_told, base_random_calls, base_virtual_ns, base_reseed_due;
  uint64_t base_globals[CL_GLOBALS_MAX]; /* as many as there are of the cell */
} cl_saved_run;

/** What the host knows of a cell. */
typedef struct cl_saved {
  uint8_t engine_id[32], image_id[32];
  char language[16];
  uint64_t memory_bytes, fresh, session, seeded, seed, random_calls;
  uint64_t virtual_clock, clock_start_ms, virtual_ns, monotonic_ns;
  uint8_t state_id[CL_STATE_ID];
  uint64_t runs, next_call_id, tools_told, context_told, reseed_due;
  uint64_t new_context, new_modules; /* since the state of that id */
  uint64_t globals[CL_GLOBALS_MAX];
  size_t global_count;
  cloche_limits limits;
  cl_saved_tool *tools;
  size_t tool_count;
  cl_view context;
  cl_saved_source *modules;
  size_t module_count;
  uint64_t waiting;
  cl_saved_run run; /* if it waits */
} cl_saved;

/** What a run has changed of it, and what the host gave for that. */
typedef struct cl_saved_changes {
  uint64_t kept; /* else it was rolled back */
  uint64_t memory_bytes, seeded, seed, random_calls, virtual_ns, monotonic_ns, runs, next_call_id;
  uint64_t globals[CL_GLOBALS_MAX];
  size_t global_count;
  uint64_t tools_before; /* told before it */
  cl_saved_tool *tools;  /* told by it */
  size_t tool_count;
  cl_view context; /* if it is new */
  uint64_t context_told, reseed_due;
  cl_saved_source *modules; /* new ones */
  size_t module_count;
} cl_saved_changes;

struct cloche_snapshot {
  uint8_t *raw;
  size_t len;
  cl_saved saved; /* its views are into `raw`, its lists are its own */
  cl_page_data base, run;
  char **tool_names; /* terminated; as many as there are tools */
};

/** Writes the state; `out->failed` says that it is too long or memory gave out. */
void cl_saved_write(cl_saved *saved, cl_buf *out);
/** Reads it from bytes that may come from anywhere. CLOCHE_BAD_SNAPSHOT, CLOCHE_OUT_OF_MEMORY. */
cloche_status cl_saved_read(cl_saved *saved, const uint8_t *bytes, size_t len, cloche_error *err);
void cl_saved_free(cl_saved *saved);

/** The same for changes. */
void cl_saved_changes_write(cl_saved_changes *changes, cl_buf *out);
cloche_status cl_saved_changes_read(cl_saved_changes *changes, const uint8_t *bytes, size_t len, cloche_error *err);
void cl_saved_changes_free(cl_saved_changes *changes);

/** A source as it is saved, with views into it; and back. False: no memory, and the source must be cleared. */
cl_saved_source cl_source_save(const cl_source *source);
bool cl_source_load(cl_source *to, const cl_saved_source *from);

/** The cell's tools with those of `saved` bound by name from place `first` on, in their order, and the others behind them.
 *  How a tool is called (sync or not) stays as its guest knows it. To be freed by the caller. CLOCHE_MISSING_TOOL. */
cloche_status cl_tools_bind(cl_tool **out, const cloche_cell *cell, size_t first, const cl_saved_tool *saved,
                            size_t count, cloche_error *err);

/** Makes a snapshot of raw bytes, which become its own (also on failure), and checks them. */
cloche_status cl_snapshot_check(cloche_snapshot **out, uint8_t *raw, size_t len, cloche_error *err);

#endif
