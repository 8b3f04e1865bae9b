/* host.h - what python.wasm asks of its host: all its imports, in the module "cloche".
 *
 * One function an operation. Texts are UTF-8 as (pointer, length); the host checks every one of them and may refuse.
 * An operation that can be refused returns 0, or the number of a cloche_status; what to tell the guest then stands in
 * HOST_REFUSAL_CODE and HOST_REFUSAL_MESSAGE until the next operation. Times are nanoseconds.
 *
 * The host's half is src/core/py_host.c (fs_*: src/core/py_files.c). What Python code sees of it is the module _cloche,
 * which entry.c describes. */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>

#ifdef __wasm__
#define HOST(name) __attribute__((import_module("cloche"), import_name(#name))) host_##name
#else /* native tests of what uses them define these functions */
#define HOST(name) host_##name
#endif

/* ---- clock and randomness */

/** id 0: since the epoch; others: monotonic, 0 when the cell's first run began. */
int64_t HOST(clock)(int32_t id);
void HOST(random)(void *to, uint32_t len);

/* ---- what the host has for the guest */

enum host_text {
  HOST_REFUSAL_CODE,
  HOST_REFUSAL_MESSAGE,
  HOST_SOURCE,
  HOST_SOURCE_NAME,
  HOST_LANGUAGE,  /* "py" or "sql" */
  HOST_CONTEXT,   /* JSON */
  HOST_TOOL_NAME, /* index: of the tool */
  HOST_MODULE,    /* index: what `module` gave */
  HOST_MODULE_NAME,
  HOST_ANSWER, /* of the answer that next_answer gave last: JSON, of a rejection its data */
  HOST_ANSWER_NAME,
  HOST_ANSWER_MESSAGE,
  HOST_ANSWER_CODE,
};
/** Copies at most `room` bytes of a text and returns its whole length; -1: there is no such text. */
int32_t HOST(text)(int32_t which, int32_t index, char *to, uint32_t room);

enum host_number {
  HOST_TOOL_COUNT,
  HOST_TOOL_IS_SYNC, /* index: of the tool */
  HOST_INTERACTIVE,
  HOST_COMPLETE,
};
int32_t HOST(number)(int32_t which, int32_t index);

/** The number of the cell's module of this name ("util", "pkg.util"), for HOST_MODULE; -1: there is none. */
int32_t HOST(module)(const char *name, uint32_t len);

/** The figure of a limit by its name, as docs/LIMITS.md has it; -1: there is none of that name. */
int64_t HOST(limit)(const char *name, uint32_t len);

/* ---- what the guest tells */

void HOST(write)(int32_t stream, const char *text, uint32_t len); /* stream: 1 or 2 */
void HOST(log)(int32_t level, const char *text, uint32_t len);    /* log, info, warn, error, debug */
/** The value of the run; json NULL: none. */
int32_t HOST(value)(const char *json, uint32_t json_len, const char *repr, uint32_t repr_len);

struct host_slice {
  const char *text; /* NULL: none */
  uint32_t len;
};
/** How the run has failed. Column: characters, from 1; line 0: unknown. `source`: the name of the text that line and
 *  column are in; none: the run's own. */
struct host_error {
  struct host_slice name, message, stack, code, data, source;
  uint32_t line, column;
};
void HOST(error)(const struct host_error *error);
/** The run ends well, as a program that exits with this status. */
void HOST(exit)(int32_t code);
int32_t HOST(display)(const char *mime, uint32_t mime_len, const char *text, uint32_t len, int32_t is_base64);
int32_t HOST(progress)(const char *json, uint32_t len);

/* ---- calls and time */

/** Starts a call of a tool; its id goes to `id`. */
int32_t HOST(call)(int32_t tool, const char *argument, uint32_t len, int64_t *id);

struct host_answer {
  int64_t id;
  int32_t rejected;
};
/** The next call that has an answer; false: none. Its texts are to be had until `settle`. */
int32_t HOST(next_answer)(struct host_answer *out);
/** The answer has been taken. */
void HOST(settle)(int64_t id);
/** Blocks until the call is answered; id 0: until any is, or the timer is due. */
int32_t HOST(wait)(int64_t id);
/** When the guest wants to be called again while it waits, on the monotonic clock (-1: it does not), and how many
 *  timers it has. */
int32_t HOST(timer)(int64_t due, int32_t live);
void HOST(sleep)(int64_t duration);

#endif
