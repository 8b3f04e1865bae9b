/* The one table of codes: enum, name, text, exit code and HTTP status all come from CL_STATUSES.
 *
 * Invariants: a code never changes its meaning; new ones go to the end of their group. The table also makes
 * docs/ERRORS.md (tools/docgen.c) and is held equal to the enum in cloche.h by static assertions in error.c.
 * Not here: the text of one particular failure, which is a cloche_error. */
#ifndef CL_STATUS_H
#define CL_STATUS_H

#include "cloche.h"

/* X(ENUM, name, exit code, HTTP status, text) */
#define CL_STATUSES(X)                                                                                             \
  X(OK, "ok", 0, 200, "The run ended normally.")                                                                   \
  /* what the caller did, or what the machine lacks */                                                             \
  X(INVALID_ARGUMENT, "invalid_argument", 2, 400, "An argument is malformed or out of range.")                     \
  X(INVALID_STATE, "invalid_state", 5, 409, "The call does not fit the state the object is in.")                   \
  X(NOT_FOUND, "not_found", 2, 404, "No such engine, profile, limit, call or file.")                               \
  X(OUT_OF_MEMORY, "out_of_memory", 5, 503, "The host could not get memory.")                                      \
  X(NO_SLOT, "no_slot", 5, 503, "No address space is left for another cell, or the set number is reached.")        \
  X(UNSUPPORTED, "unsupported", 5, 501, "This build or this kernel cannot do it.")                                 \
  X(BAD_IMAGE, "bad_image", 5, 500, "The image is damaged or belongs to another engine.")                          \
  X(IO_ERROR, "io_error", 5, 500, "A file or a system call failed.")                                               \
  X(INTERNAL, "internal", 5, 500, "Cloche broke a promise of its own; please report it.")                          \
  /* how a run ended */                                                                                            \
  X(UNCAUGHT_ERROR, "uncaught_error", 1, 422, "The guest threw and nobody caught it.")                             \
  X(SYNTAX_ERROR, "syntax_error", 3, 422, "The source does not parse.")                                            \
  X(DEADLOCK, "deadlock", 1, 422, "The run waits for something that nobody can ever resolve.")                     \
  X(TRAP, "trap", 1, 422, "The engine hit an illegal instruction, address or call inside its dome.")               \
  X(CANCELLED, "cancelled", 130, 499, "The host cancelled the run.")                                               \
  X(WALL_TIME_LIMIT, "wall_time_limit", 124, 408, "The run took longer than its wall time, waiting included.")     \
  X(CPU_TIME_LIMIT, "cpu_time_limit", 4, 422, "The run used more CPU time than it may.")                           \
  X(MEMORY_LIMIT, "memory_limit", 4, 422, "The guest's memory cannot grow past its limit.")                        \
  X(STACK_LIMIT, "stack_limit", 4, 422, "The guest's stack is exhausted.")                                         \
  X(SOURCE_LIMIT, "source_limit", 4, 413, "The source is larger than allowed.")                                    \
  X(VALUE_LIMIT, "value_limit", 4, 422, "The value of the run is larger than allowed.")                            \
  X(CONSOLE_LIMIT, "console_limit", 4, 422, "Console output was cut; the run went on.")                            \
  X(DISPLAY_LIMIT, "display_limit", 4, 422, "Displayed data is larger than allowed.")                              \
  X(TOOL_CALLS_LIMIT, "tool_calls_limit", 4, 422, "The run made more tool calls than it may.")                     \
  X(TOOL_PENDING_LIMIT, "tool_pending_limit", 4, 422, "More tool calls are pending at once than allowed.")         \
  X(TOOL_RUNNING_LIMIT, "tool_running_limit", 4, 422,                                                              \
    "More tool calls run at once than allowed, and they do not queue.")                                            \
  X(ARGUMENT_LIMIT, "argument_limit", 4, 422, "The argument of a tool call is larger than allowed.")               \
  X(RESULT_LIMIT, "result_limit", 4, 422, "The result of a tool call is larger than allowed.")                     \
  X(TIMERS_LIMIT, "timers_limit", 4, 422, "More timers are pending than allowed.")                                 \
  X(SNAPSHOT_LIMIT, "snapshot_limit", 4, 422, "The snapshot is larger than allowed.")                              \
  /* errors that a guest sees at a tool call */                                                                    \
  X(UNKNOWN_TOOL, "unknown_tool", 1, 404, "The cell has no tool of that name.")                                    \
  X(TOOL_ERROR, "tool_error", 1, 502, "The tool failed; its own name, message, code and data are given.")          \
  X(BAD_RESULT, "bad_result", 1, 502, "The tool's result is not JSON.")                                            \
  /* errors that a guest sees at an import */                                                                      \
  X(UNKNOWN_MODULE, "unknown_module", 1, 404, "The cell has no module of that name.")                              \
  /* snapshots */                                                                                                  \
  X(BAD_SNAPSHOT, "bad_snapshot", 5, 400, "The snapshot is damaged, or its key is another.")                       \
  X(WRONG_IMAGE, "wrong_image", 5, 409, "The snapshot belongs to another engine or image.")                        \
  X(MISSING_TOOL, "missing_tool", 5, 409, "The snapshot needs a tool that the cell does not have.")                \
  X(NOT_SUSPENDABLE, "not_suspendable", 5, 409, "Guest code is in the middle of something that cannot be stored.") \
  X(SUSPENDED, "suspended", 75, 202, "The run waits in a snapshot for answers to its calls.")                      \
  /* files */                                                                                                      \
  X(FILES_LIMIT, "files_limit", 4, 422, "The guest's files take more room than they may, or are too many.")        \
  /* workers */                                                                                                    \
  X(BUSY, "busy", 5, 503, "So much work waits already that no more is taken; try again later.")                    \
  X(WORKER_CRASHED, "worker_crashed", 1, 502, "The process that ran the guest ended or had to be ended.")          \
  X(NO_JAIL, "no_jail", 5, 501, "The kernel cannot give the jail that was asked for.")

/** Whether a run with this code has run into a limit. */
static inline bool cl_status_is_limit(cloche_status status) {
  return (status >= CLOCHE_WALL_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT) || status == CLOCHE_FILES_LIMIT;
}

#endif
