/* The one table of limits: names, units, codes and the figures of every profile. It makes cloche_limits_set, the
 * command line's flags and docs/LIMITS.md. */
#ifndef CL_LIMITS_H
#define CL_LIMITS_H

#include "cloche.h"

#define CL_MS 1000000ull
#define CL_SEC 1000000000ull
#define CL_KIB 1024ull
#define CL_MIB (1024ull * 1024)

#define CL_GUEST_STACK_MAX (512 * CL_KIB)    /* the engine's shadow stack is 1 MiB; half is headroom */
#define CL_MEMORY_MAX (65535ull * 64 * 1024) /* one page short of 4 GiB, so that sizes fit 32 bits */
#define CL_TIME_MAX (7 * 24 * 3600 * CL_SEC)
#define CL_BYTES_MAX (1024 * CL_MIB)
#define CL_COUNT_MAX 1000000ull

/* X(field, name, unit, status, min, max, default, llmz, runner, script, plugin, text) */
#define CL_LIMITS(X)                                                                                                   \
  X(wall_ns, "wall", "time", WALL_TIME_LIMIT, CL_MS, CL_TIME_MAX, 30 * CL_SEC, 60 * CL_SEC, 10 * CL_SEC, 30 * CL_SEC,  \
    CL_SEC, "time of a run in all, waiting for tools included")                                                        \
  X(cpu_ns, "cpu", "time", CPU_TIME_LIMIT, CL_MS, CL_TIME_MAX, 30 * CL_SEC, 60 * CL_SEC, 10 * CL_SEC, 30 * CL_SEC,     \
    CL_SEC, "CPU time of a run")                                                                                       \
  X(memory_bytes, "memory", "bytes", MEMORY_LIMIT, 4 * CL_MIB, CL_MEMORY_MAX, 128 * CL_MIB, 128 * CL_MIB, 64 * CL_MIB, \
    96 * CL_MIB, 32 * CL_MIB, "the guest's linear memory")                                                             \
  X(stack_bytes, "stack", "bytes", STACK_LIMIT, 16 * CL_KIB, CL_GUEST_STACK_MAX, 512 * CL_KIB, 512 * CL_KIB,           \
    512 * CL_KIB, 512 * CL_KIB, 512 * CL_KIB, "the guest's stack")                                                     \
  X(source_bytes, "source", "bytes", SOURCE_LIMIT, 1, 64 * CL_MIB, CL_MIB, CL_MIB, CL_MIB, 20000, CL_MIB,              \
    "one source text")                                                                                                 \
  X(value_bytes, "value", "bytes", VALUE_LIMIT, 1, CL_BYTES_MAX, 4 * CL_MIB, 4 * CL_MIB, CL_MIB, 131072, CL_MIB,       \
    "the value of a run as JSON")                                                                                      \
  X(console_bytes, "console_bytes", "bytes", CONSOLE_LIMIT, 0, CL_BYTES_MAX, CL_MIB, CL_MIB, CL_MIB, 256 * CL_KIB,     \
    64 * CL_KIB, "console text of a run; more is cut")                                                                 \
  X(console_lines, "console_lines", "count", CONSOLE_LIMIT, 0, CL_COUNT_MAX, 10000, 10000, 10000, 200, 1000,           \
    "console items of a run; more are dropped")                                                                        \
  X(console_per_second, "console_rate", "count", CONSOLE_LIMIT, 0, CL_COUNT_MAX, 0, 0, 0, 20, 100,                     \
    "console items a second; more are dropped; 0 is no limit")                                                         \
  X(tool_calls, "tool_calls", "count", TOOL_CALLS_LIMIT, 0, CL_COUNT_MAX, 10000, 10000, 1000, 32, 100,                 \
    "tool calls of a run in all")                                                                                      \
  X(tool_pending, "tool_pending", "count", TOOL_PENDING_LIMIT, 0, 100000, 1000, 1000, 1000, 32, 100,                   \
    "tool calls that are not settled yet")                                                                             \
  X(tool_running, "tool_running", "count", TOOL_RUNNING_LIMIT, 0, 100000, 64, 64, 16, 4, 16,                           \
    "tool calls that the host works on at once")                                                                       \
  X(tool_queue, "tool_queue", "count", TOOL_RUNNING_LIMIT, 0, 1, 1, 1, 1, 0, 1,                                        \
    "1: calls above tool_running wait; 0: they are rejected")                                                          \
  X(tool_calls_each, "tool_calls_each", "count", TOOL_CALLS_LIMIT, 0, CL_COUNT_MAX, 10000, 10000, 1000, 32, 100,       \
    "calls of any one tool")                                                                                           \
  X(argument_bytes, "argument", "bytes", ARGUMENT_LIMIT, 1, CL_BYTES_MAX, 4 * CL_MIB, 4 * CL_MIB, CL_MIB, CL_MIB,      \
    CL_MIB, "the argument of one tool call as JSON")                                                                   \
  X(result_bytes, "result", "bytes", RESULT_LIMIT, 1, CL_BYTES_MAX, 16 * CL_MIB, 16 * CL_MIB, 4 * CL_MIB, 4 * CL_MIB,  \
    CL_MIB, "the result of one tool call as JSON")                                                                     \
  X(timers, "timers", "count", TIMERS_LIMIT, 0, 100000, 1000, 1000, 1000, 100, 100, "pending timers")                  \
  X(display_bytes, "display", "bytes", DISPLAY_LIMIT, 0, CL_BYTES_MAX, 8 * CL_MIB, 8 * CL_MIB, 8 * CL_MIB, CL_MIB,     \
    CL_MIB, "what a run displays in all; more is refused")                                                             \
  X(snapshot_bytes, "snapshot", "bytes", SNAPSHOT_LIMIT, CL_MIB, 2 * CL_BYTES_MAX, 256 * CL_MIB, 256 * CL_MIB,         \
    128 * CL_MIB, 192 * CL_MIB, 64 * CL_MIB, "a snapshot of a cell before it is compressed")                           \
  X(files_bytes, "files_bytes", "bytes", FILES_LIMIT, 64 * CL_KIB, CL_BYTES_MAX, 64 * CL_MIB, 64 * CL_MIB,             \
    16 * CL_MIB, 16 * CL_MIB, 8 * CL_MIB, "the guest's files, and what a run writes into mounts")                      \
  X(files_count, "files_count", "count", FILES_LIMIT, 100, 100000, 10000, 10000, 5000, 2000, 1000,                     \
    "the guest's files and directories, and how many a run makes in mounts")

#define CL_LIMIT_PROFILES(X) X(default) X(llmz) X(runner) X(script) X(plugin)

/** Checks that every field is within its range: limits come from callers, who may have filled them by hand. */
cloche_status cl_limits_check(const cloche_limits *limits, cloche_error *err);

/** The figures of profile number `index` and its name; false when there is none. */
bool cl_limits_profile_at(size_t index, const char **name, cloche_limits *out);

#endif
