/* Reads a recording (recorder.h) and runs it again: the same input, the same answers at the same waits, the same end. The
 * file may come from a stranger: what is read is checked, and what runs, runs in a cell under the file's own limits. */
#ifndef CLI_RECORDING_H
#define CLI_RECORDING_H

#include <jansson.h>

#include "run_cell.h"

typedef struct cli_recording {
  const char *path;
  json_t *root, *answers, *end; /* the latter two in `root` */
  size_t next_batch;
  bool unanswered; /* the run has waited once more than there are answers */
  char why[200];   /* the run took another way than the recorded one, and how; empty: not so far */
} cli_recording;

/** Reads and checks the file. Close it in any case. */
cloche_status cli_recording_read(cli_recording *out, const char *path, cloche_error *err);
void cli_recording_close(cli_recording *recording);

/** Makes settings and a cell of it, as the command line made those of the recorded run. What the settings point to lives
 *  as long as the recording. Refuses a recording of another engine or image, and one that cannot be replayed. */
cloche_status cli_recording_settings(const cli_recording *recording, cli_run_settings *settings, cloche_error *err);
cloche_status cli_recording_open(const cli_recording *recording, const cli_run_settings *settings, cli_run_cell *opened,
                                 cloche_error *err);

/** Says where the run must end. */
void cli_recording_options(const cli_recording *recording, cloche_run_options *options);

/** The cell waits: gives it the answers of that wait. False when the run has taken another way, or must end here. */
bool cli_recording_give(cli_recording *recording, cloche_cell *cell,
                        void (*on_settled)(void *user, cloche_cell *cell, uint64_t call_id, bool resolved), void *user);

/** The run has ended: true if it is the recorded one; else `why` says what differs. */
bool cli_recording_compare(cli_recording *recording, cloche_cell *cell);

#endif
