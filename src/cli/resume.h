/* A run that was saved while it waited goes on: `cloche resume`. */
#ifndef CLI_RESUME_H
#define CLI_RESUME_H

#include "run_cell.h"

/** What `--answer` and `--reject` say. */
typedef struct cli_given_answer {
  const char *to; /* "3=" or "approve=", in the words of the command line */
  size_t to_len;
  const char *text; /* JSON, or the message of a rejection */
  bool rejected;
} cli_given_answer;

/** Opens the cell of `settings->resume` and gives it the answers: its limits are the saved ones with what the command line
 *  changes in them, its tools those of the command line, and for the others nobody answers yet. */
cloche_status cli_resume_open(cli_run_cell *out, cli_run_settings *settings, cloche_error *err);

#endif
