/* Cells that live somewhere else. A thread that cloche_pool_open gives, and every cell of it, is no cloche_thread and
 * cloche_cell of core's own: they begin with the same word, a table of functions, and each public function that is given one
 * calls the function of its name there and does nothing else. So a program that holds a pool uses the same functions.
 *
 *     cloche_cell_step(cell, ...) ──► cell->remote ? cell->remote->step(cell, ...) : core's own
 *
 * This is the one header of core's that src/worker may include, and cloche_core the one thing that it may use beside the public
 * functions. Not here: what such a table does (src/worker/pool.h). */
#ifndef CL_REMOTE_H
#define CL_REMOTE_H

#include "cloche.h"

/** One function for each public one of that name, with the same contract; none may be NULL. */
typedef struct cl_remote {
  void (*thread_close)(cloche_thread *thread);
  cloche_status (*open)(cloche_cell **out, cloche_thread *thread, cloche_engine *engine,
                        const cloche_cell_options *options, cloche_error *err);
  /** Of cloche_cell_eval: stays until something has come for the cell, or `until` (CLOCK_MONOTONIC, UINT64_MAX: never). */
  void (*wait)(cloche_cell *cell, uint64_t until);
  /** Of cloche_cell_eval: what answers calls of the tool; NULL: nothing does, and the call is rejected. */
  cloche_tool_fn (*tool_fn)(cloche_cell *cell, uint64_t call_id, void **user);

  void (*close)(cloche_cell *cell);
  cloche_status (*reset)(cloche_cell *cell, cloche_error *err);
  cloche_status (*fork)(cloche_cell **out, cloche_cell *cell, cloche_error *err);
  cloche_status (*image)(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);
  cloche_status (*start)(cloche_cell *cell, const char *source, size_t source_len, const cloche_run_options *options,
                         cloche_error *err);
  cloche_status (*step)(cloche_cell *cell, uint64_t slice_ns, cloche_state *out, cloche_error *err);
  uint64_t (*deadline)(const cloche_cell *cell);
  void (*interrupt)(cloche_cell *cell);
  cloche_status (*tool)(cloche_cell *cell, const cloche_tool *tool, cloche_error *err);
  bool (*next_call)(cloche_cell *cell, cloche_call *out);
  cloche_status (*resolve)(cloche_cell *cell, uint64_t call_id, const char *json, size_t json_len, cloche_error *err);
  cloche_status (*reject)(cloche_cell *cell, uint64_t call_id, const cloche_rejection *rejection, cloche_error *err);
  bool (*next_cancelled)(cloche_cell *cell, cloche_call *out);
  cloche_status (*context)(cloche_cell *cell, const char *json, size_t json_len, cloche_error *err);
  cloche_status (*module)(cloche_cell *cell, const cloche_module *module, cloche_error *err);
  cloche_status (*mount)(cloche_cell *cell, const cloche_mount *mount, cloche_error *err);
  cloche_status (*file)(cloche_cell *cell, const cloche_file *file, cloche_error *err);
  bool (*next_event)(cloche_cell *cell, cloche_event *out);
  cloche_status (*result)(cloche_cell *cell, cloche_result *out, cloche_error *err);
  cloche_status (*report)(cloche_cell *cell, const char **json, size_t *json_len, cloche_error *err);
  cloche_status (*measure)(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err);
  cloche_status (*snapshot)(cloche_snapshot **out, cloche_cell *cell, cloche_error *err);
  cloche_status (*restore)(cloche_cell *cell, const cloche_snapshot *snapshot, cloche_error *err);
  cloche_status (*undo)(cloche_cell *cell, uint32_t runs, cloche_error *err);
  cloche_status (*changes)(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err);
  cloche_status (*apply)(cloche_cell *cell, const uint8_t *bytes, size_t len, cloche_error *err);
} cl_remote;

/** What core lends to those who hold cells elsewhere, most of it what it knows of what callers pass: they check with the same
 *  rules, and refuse in the same words. Exported for them alone, and no part of the interface. */
typedef struct cl_core {
  cloche_status (*limits)(cloche_limits *out, const cloche_limits *given, const cloche_engine *engine,
                          cloche_error *err);
  bool (*json)(const char *text, size_t len);
  /** A name of 1 to `max` bytes of UTF-8 without control characters; one that a tool may have. */
  bool (*name)(const char *name, size_t max);
  bool (*tool_name)(const char *name);
  cloche_status (*language)(const cloche_engine *engine, const char *language, cloche_error *err);
  /** What JSX calls, or its fragment; NULL is fine. `what` names it. */
  cloche_status (*jsx)(const char *name, const char *what, cloche_error *err);
  cloche_status (*has_files)(const cloche_engine *engine, cloche_error *err);
  /** A path in a guest, and whether it may stand beside a mount that is there. */
  cloche_status (*path)(const char *path, cloche_error *err);
  cloche_status (*path_beside)(const char *path, bool is_mount, const char *mount, cloche_error *err);
  /** Opens the directory of a mount again. */
  cloche_status (*directory)(int *out, int dir_fd, cloche_error *err);
  /** Its size, and what is wrong with an archive. */
  cloche_status (*file)(const cloche_file *file, const cloche_limits *limits, cloche_error *err);
  /** Of one of core's own cells that was restored and waits: so much time has passed since its snapshot, for its limits, its
   *  timers and its clock. */
  void (*passed)(cloche_cell *cell, uint64_t ns);
} cl_core;
CLOCHE_API extern const cl_core cloche_core;

/** What every cloche_thread and cloche_cell begins with. NULL: core's own. */
typedef struct cl_remote_head {
  const cl_remote *remote;
  void *user; /* of a cell: its option */
} cl_remote_head;

#endif
