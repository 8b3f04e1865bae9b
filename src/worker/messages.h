/* The messages between a host and a program that runs cells for it: one JSON object each. As lines they are the full
 * dialect of `cloche jsonl`; docs/JSONL.md describes every field, docs/messages.schema.json is the exact form.
 *
 *   in:   a request, which has an `id` and ends in exactly one answer, or the result of a call
 *   out:  the answer (report, done or error), and before it events, calls and cancelled calls of the run
 *
 * Ownership, in one sentence: a request owns what cl_request_free frees, and its texts live as long as both it and the
 * line it was read from.
 *
 * What comes in is hostile until cl_request_read has taken it: any bytes may be passed. What it gives is checked for form
 * alone; whether there is such a session, language or limit is the reader's business. Not here: transport, and what
 * requests do. */
#ifndef CL_MESSAGES_H
#define CL_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cloche.h"

/** UTF-8, not terminated, and it may hold zeros. No data: it was not there. */
typedef struct cl_text {
  const char *data;
  size_t len;
} cl_text;

/** A C string as a text. */
cl_text cl_text_of(const char *string);
bool cl_text_is(cl_text text, cl_text other);

/** A whole number as it is written shortest; a call's id, "CELL:CALL", both such numbers; a code by its name. False: it is none. */
bool cl_text_number(cl_text text, uint64_t *out);
bool cl_text_call(cl_text text, uint64_t *cell, uint64_t *call);
bool cl_text_status(cl_text text, cloche_status *out);

/* ---------------------------------------------------------------- in */

enum { CL_SESSION_NAME_MAX = 128, CL_REQUEST_VALUES_MAX = 2 << 20 };

typedef enum cl_request_kind {
  CL_REQUEST_RUN,       /**< code */
  CL_REQUEST_PREPARE,   /**< none of the others: tools, context, files or limits alone, or just a session */
  CL_REQUEST_FORK,      /**< session -> target */
  CL_REQUEST_UNDO,      /**< count */
  CL_REQUEST_SNAPSHOT,  /**< session */
  CL_REQUEST_RESTORE,   /**< data -> session */
  CL_REQUEST_CLOSE,     /**< session */
  CL_REQUEST_INTERRUPT, /**< target: the id of another request */
  CL_REQUEST_RESULT,    /**< call, and value or error */
  /* of supervisors alone */
  CL_REQUEST_RESET,   /**< session */
  CL_REQUEST_IMAGE,   /**< session */
  CL_REQUEST_MEASURE, /**< session */
  CL_REQUEST_SO_FAR,  /**< session: the report so far of the run that waits */
  CL_REQUEST_APPLY,   /**< data, what a run has changed (cloche_cell_changes) -> session */
} cl_request_kind;

typedef struct cl_request_limit {
  const char *name, *value; /**< terminated; as cloche_limits_set takes them */
  char number[24];
} cl_request_limit;

typedef struct cl_request_tool {
  const char *name; /**< terminated */
  bool sync;
  bool mutable_result; /**< of supervisors alone */
} cl_request_tool;

typedef struct cl_request_file {
  const char *path; /**< terminated */
  cl_text data;     /**< its bytes */
  char *decoded;    /**< what owns them, if they came in base64 */
  bool path_entry;  /**< of supervisors alone */
} cl_request_file;

/* What only supervisors may say (cl_request_read_frame); to others these fields are unknown ones. */

typedef struct cl_request_module {
  const char *name; /**< terminated */
  cl_text source;
  const char *language; /**< terminated, or NULL */
} cl_request_module;

typedef struct cl_request_mount {
  uint64_t mount;   /**< which of the start message's directories */
  const char *path; /**< terminated */
  bool writable;
} cl_request_mount;

/** How a cell is opened. */
typedef struct cl_request_open {
  uint64_t engine; /**< which of the start message's engines */
  bool once;       /**< every run starts from the image */
  bool seeded;
  uint64_t seed;
  bool virtual_clock;
  uint64_t clock_ms; /**< where a virtual clock starts */
  uint32_t undo;     /**< runs that can be taken back */
  bool no_poll, batch;
} cl_request_open;

typedef struct cl_request {
  cl_request_kind kind;
  cl_text id;           /**< empty when it was not there */
  bool once;            /**< session is null: a cell for this run alone */
  cl_text session;      /**< no data: the default one */
  const char *language; /**< terminated; NULL: the default */
  cl_text code, target; /**< by kind */
  uint64_t count;       /**< of runs to undo */
  bool while_waiting;   /**< a snapshot of the run that waits, before its turn */
  uint64_t timeout_ms;  /**< 0: none of its own */
  cl_text context;      /**< JSON text */
  cl_request_limit *limits;
  size_t limit_count;
  cl_request_tool *tools;
  size_t tool_count;
  cl_request_file *files;
  size_t file_count;
  char *data; /**< a snapshot's bytes, of a line */
  size_t data_len;
  cl_text call, value;        /**< of a result; the value is JSON text, without data: undefined */
  bool rejected;              /**< the result is an error: */
  cloche_rejection rejection; /**< its name, message, code and data */
  char *rejection_data;       /**< owned */
  /* of supervisors alone */
  bool opens;           /**< there is an */
  cl_request_open open; /**< which means a cell that is not there yet */
  cl_request_module *modules;
  size_t module_count;
  cl_request_mount *mounts;
  size_t mount_count;
  cloche_run_options
      run;      /**< of `code`: all of it, `language` and `timeout_ms` included; the texts are the request's */
  cl_text blob; /**< what came beside the text, and is no code, value, context or file: a snapshot, changes */

  void *root; /**< the parsed text; owned */
} cl_request;

/** Reads a line. On failure `err` says what is wrong in words that name the field, "Invalid JSON: ..." if the line is none,
 *  and out->id is the id if there was one. Free it in any case. */
cloche_status cl_request_read(cl_request *out, const char *line, size_t len, cloche_error *err);

/** Reads what a supervisor says, its own fields included: a text, terminated, and the blob beside it, NULL if there is none.
 *  The blob is what "code": true, "context_blob": true, "restore": true, "apply": true, one file's {"blob": true} or a result
 *  without value and error wants; one that nobody wants is refused. The request's texts live as long as it, the text and the blob: copy both to keep it. */
cloche_status cl_request_read_frame(cl_request *out, const char *text, size_t len, const uint8_t *blob, size_t blob_len,
                                    cloche_error *err);
void cl_request_free(cl_request *request);

/* ---------------------------------------------------------------- out */

/** Where messages are written to, a piece at a time; each ends with a line feed. */
typedef struct cl_sink {
  void (*put)(void *user, const char *text, size_t len);
  void *user;
} cl_sink;

void cl_put_number(const cl_sink *sink, uint64_t number);

/** A text as JSON string. What is not UTF-8 becomes U+FFFD. */
void cl_put_string(const cl_sink *sink, cl_text text);

/** The same without the quotes, for a string that is made of several texts. */
void cl_put_string_part(const cl_sink *sink, cl_text text);

/** {"type":"event","run":ID,"event":{...}}, the event as it stands in reports. */
void cl_message_event(const cl_sink *sink, cl_text run, const cloche_event *event);

/** {"type":"call","id":CALL,"run":ID,"tool":NAME,"argument":...}; without argument if the guest gave none. */
void cl_message_call(const cl_sink *sink, cl_text run, cl_text call_id, const cloche_call *call);

/** {"type":"cancel","call":CALL}: nobody waits for it any more. */
void cl_message_cancel(const cl_sink *sink, cl_text call_id);

/** {"type":"report","id":ID,"report":{...}}, the report as the library gives it. */
void cl_message_report(const cl_sink *sink, cl_text id, cl_text report);

/** {"type":"done","id":ID}, and a number or a text where `name` is not NULL. */
void cl_message_done(const cl_sink *sink, cl_text id);
void cl_message_done_count(const cl_sink *sink, cl_text id, const char *name, uint64_t count);
void cl_message_done_snapshot(const cl_sink *sink, cl_text id, const uint8_t *bytes, size_t len);

/* What only supervisors hear. */

/** What the blob beside a message is. */
typedef enum cl_kept {
  CL_KEPT_NONE,
  CL_KEPT_CHANGES,  /**< of cloche_cell_changes */
  CL_KEPT_SNAPSHOT, /**< of cloche_snapshot_write */
} cl_kept;

/** {"type":"waiting","run":ID}: it waits for calls or timers. */
void cl_message_waiting(const cl_sink *sink, cl_text run);

/** A report with what it lacks of the run's result, "result":{...}; NULL: of a run that waits. `kept` as "state". */
void cl_message_report_of(const cl_sink *sink, cl_text id, cl_text report, const cloche_result *result, cl_kept kept);

/** {"type":"done","id":ID,"state":...}; and with "stats":{...}. */
void cl_message_done_kept(const cl_sink *sink, cl_text id, cl_kept kept);
void cl_message_done_stats(const cl_sink *sink, cl_text id, const cloche_cell_stats *stats);

/** {"type":"error","id":ID,"error":{"code":...,"message":...}}: the request was not done. */
void cl_message_error(const cl_sink *sink, cl_text id, cloche_status status, const char *message);

/** A base64 text's bytes, terminated; NULL, when it is none or there is no memory. To be freed. */
char *cl_base64_decode(cl_text text, size_t *len);

/** Writes bytes in base64. */
void cl_put_base64(const cl_sink *sink, const uint8_t *bytes, size_t len);

#endif
