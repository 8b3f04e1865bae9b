/* What a tool has said to a call, on its way to the cell: it may be given at once, or kept until the run waits, or come
 * out of a recording. All texts are the answer's own and UTF-8, but for a result, which may be anything. */
#ifndef CLI_REPLY_H
#define CLI_REPLY_H

#include "bytes.h"
#include "cloche.h"

typedef enum cli_reply_kind { CLI_REPLY_RESULT, CLI_REPLY_TOO_LARGE, CLI_REPLY_ERROR } cli_reply_kind;

typedef struct cli_reply {
  cli_reply_kind kind;
  cli_bytes result;                   /* JSON, if the tool is right; empty: undefined */
  char *name, *message, *code, *data; /* of an error; NULL: none */
} cli_reply;

/** Settles the call. What is not JSON, or more than a result may be, becomes an error in the guest: CLOCHE_BAD_RESULT,
 *  CLOCHE_RESULT_LIMIT. An error whose data the cell does not take is given without. */
cloche_status cli_reply_give(cli_reply *answer, cloche_cell *cell, uint64_t call_id);

/** An error with this message; what is not UTF-8 in it is replaced. */
cli_reply cli_reply_error(const char *message);

void cli_reply_free(cli_reply *answer);

#endif
