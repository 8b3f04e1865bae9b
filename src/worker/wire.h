/* What only supervisors and workers say to each other, as frames (frame.h): the start of a worker, the requests that a
 * supervisor writes, and the answers that it reads. The messages themselves are those of messages.h, with fields and types
 * that only these two know; docs/WIRE.md lists them.
 *
 *     supervisor:  cl_put_start, cl_ask_*  ──►  worker:  cl_start_read, cl_request_read_frame (messages.h)
 *     worker:      cl_message_*, cl_put_ready  ──►  supervisor:  cl_answer_read, cl_report_read
 *
 * A worker may have been taken over by its guest: whatever it says is hostile. cl_answer_read and cl_report_read take any
 * bytes; what they accept is of the form that docs/WIRE.md and docs/report.schema.json say, with every number in its range
 * and every text UTF-8, and what is not known is refused: both ends are of one version. They use no native stack for depth,
 * and memory at most as much as the text. Whether there is such a request, cell, call or tool, and whether it may come now,
 * is the caller's business.
 *
 * What a supervisor says is not hostile to it, but what it is made of is: texts are escaped here, and JSON must have been
 * checked (cloche_core.json) before it is handed over.
 *
 * Ownership, in one sentence: what was read owns what its _free frees, and its texts live as long as both it and the text
 * that it was read from. */
#ifndef CL_WIRE_H
#define CL_WIRE_H

#include "messages.h"

enum {
  CL_WIRE_VERSION = 1,
  CL_WIRE_ENGINES_MAX = 32,
  CL_WIRE_MOUNTS_MAX = 32,
  CL_WIRE_MISSING_MAX = 16,
};

/* ---------------------------------------------------------------- start */

typedef struct cl_start_engine {
  char name[16];
  int image_fd; /**< in the worker; -1: the one that it has in it */
} cl_start_engine;

typedef struct cl_start_mount {
  int fd; /**< in the worker */
  bool writable;
} cl_start_mount;

/** The first message to a worker, before it is jailed. */
typedef struct cl_start {
  cl_start_engine engines[CL_WIRE_ENGINES_MAX];
  size_t engine_count;
  cl_start_mount mounts[CL_WIRE_MOUNTS_MAX];
  size_t mount_count;
  bool require_jail, namespaces; /**< namespaces: it was started in its own */
  uint32_t landlock_abi;         /**< 0: what the kernel has */
  bool use_pagemap;
  uint32_t waiting_mapped, cells_running, runs_queued;
  uint64_t spin_ns;
} cl_start;

void cl_put_start(const cl_sink *sink, const cl_start *start);
cloche_status cl_start_read(cl_start *out, const char *text, size_t len, cloche_error *err);

typedef struct cl_ready_engine {
  char name[16], engine_id[65], image_id[65];
} cl_ready_engine;

/** What a worker answers when it is jailed. */
typedef struct cl_ready {
  uint32_t layers; /**< bits of cloche_jail_layer */
  uint32_t landlock;
  char missing[CL_WIRE_MISSING_MAX][96]; /**< what lacks, in words */
  size_t missing_count;
  cl_ready_engine engines[CL_WIRE_ENGINES_MAX];
  size_t engine_count;
} cl_ready;

void cl_put_ready(const cl_sink *sink, const cl_ready *ready);

/** {"type":"failed","code":...,"message":...}: it could not start. */
void cl_put_failed(const cl_sink *sink, cloche_status status, const char *message);

/* ---------------------------------------------------------------- requests: cl_ask_begin, any of the others, cl_ask_end */

/** {"id":"ID","session":"CELL" */
void cl_ask_begin(const cl_sink *sink, uint64_t id, uint64_t cell);
void cl_ask_end(const cl_sink *sink);

/** How the cell is opened, with the limits in which it differs from profile "default". */
void cl_ask_open(const cl_sink *sink, const cl_request_open *open, const cloche_limits *limits);
void cl_ask_tools(const cl_sink *sink, const cloche_tool *tools, size_t count);
void cl_ask_modules(const cl_sink *sink, const cloche_module *modules, size_t count);
void cl_ask_mounts(const cl_sink *sink, const cl_request_mount *mounts, size_t count);

/** One at most of these in a request: their bytes go as the frame's blob. An empty one needs none. */
void cl_ask_code(const cl_sink *sink,
                 const cloche_run_options *options);            /**< options may be NULL; the blob: the source */
void cl_ask_context(const cl_sink *sink);                       /**< the blob: JSON, checked or not */
void cl_ask_file(const cl_sink *sink, const cloche_file *file); /**< the blob: its data */
void cl_ask_restore(const cl_sink *sink);                       /**< the blob: a snapshot */
void cl_ask_apply(const cl_sink *sink);                         /**< the blob: changes */

/** The other things to do; at most one thing to do in a request. */
void cl_ask_fork(const cl_sink *sink, uint64_t target);
void cl_ask_undo(const cl_sink *sink, uint32_t runs);
typedef enum cl_ask_verb {
  CL_ASK_SNAPSHOT,
  CL_ASK_RESET,
  CL_ASK_IMAGE,
  CL_ASK_MEASURE,
  CL_ASK_SO_FAR,
  CL_ASK_CLOSE
} cl_ask_verb;
void cl_ask(const cl_sink *sink, cl_ask_verb verb);

/** Whole messages: stop a run; settle a call. A result's JSON text is the frame's blob, checked or not; without one it is
 *  undefined. The data of a rejection must be JSON. A result is never answered, whatever is wrong with it. */
void cl_ask_interrupt(const cl_sink *sink, uint64_t id, uint64_t run);
void cl_ask_result(const cl_sink *sink, uint64_t cell, uint64_t call);
void cl_ask_rejection(const cl_sink *sink, uint64_t cell, uint64_t call, const cloche_rejection *rejection);

/* ---------------------------------------------------------------- answers */

typedef enum cl_answer_kind {
  CL_ANSWER_EVENT,
  CL_ANSWER_CALL,
  CL_ANSWER_CANCEL,
  CL_ANSWER_WAITING,
  CL_ANSWER_REPORT,
  CL_ANSWER_DONE,
  CL_ANSWER_ERROR,
  CL_ANSWER_READY,
  CL_ANSWER_FAILED,
} cl_answer_kind;

typedef struct cl_answer {
  cl_answer_kind kind;
  uint64_t id;         /**< of the request: EVENT, CALL and WAITING name the run's, REPORT, DONE and ERROR end it */
  uint64_t cell, call; /**< CALL, CANCEL */
  cl_text tool;        /**< CALL */
  cl_text argument;    /**< CALL: JSON as it stands; no data: none */
  cloche_event event;  /**< EVENT */
  cl_text report;      /**< REPORT: JSON as it stands, for cl_report_read */
  bool has_result;     /**< REPORT: of a run that has ended, with what the report lacks: */
  bool replayable, exited;
  uint64_t polls, wall_ns, cpu_ns;
  cl_kept kept;            /**< REPORT, DONE: what the frame's blob is; of an image it is NONE */
  cloche_cell_stats stats; /**< DONE of a measure; else zeros */
  bool has_stats;
  uint64_t interrupted, undone; /**< DONE of these */
  cloche_status status;         /**< ERROR, FAILED: never CLOCHE_OK */
  char message[240];            /**< of that; terminated, cut if need be */
  cl_ready *ready;              /**< READY; owned */
  char *texts;                  /**< owned */
} cl_answer;

/** False: it is no answer (or there is no memory: *no_memory); `why`, static, says in a word or two what is wrong. Free it in
 *  any case. */
bool cl_answer_read(cl_answer *out, const char *text, size_t len, const char **why, bool *no_memory);
void cl_answer_free(cl_answer *answer);

/* ---------------------------------------------------------------- reports */

/** A report that was checked. */
typedef struct cl_report {
  cloche_result result; /**< all that the report has of it: not polls, replayable, exited, wall_ns, cpu_ns */
  size_t outputs;       /**< items */
  size_t output_bytes;  /**< of their contents */
  size_t calls;
  char *texts; /**< owned; what the result points to */
} cl_report;

/** False: it is none, as for answers. A report of a run that waits has the status CLOCHE_SUSPENDED. */
bool cl_report_read(cl_report *out, const char *json, size_t len, const char **why, bool *no_memory);
void cl_report_free(cl_report *report);

#endif
