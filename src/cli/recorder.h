/* Writes a recording while a script runs: what went into the cell, which answers came at which wait, and how it ended.
 * docs/REPLAY.md has the form of the file; recording.h reads it.
 *
 * A recorded run is deterministic because its host is: calls are begun, and answers given, while the cell waits, and at
 * no other time. */
#ifndef CLI_RECORDER_H
#define CLI_RECORDER_H

#include <jansson.h>

#include "file.h"
#include "inputs.h"
#include "reply.h"
#include "run_cell.h"

typedef struct cli_kept_reply {
  uint64_t call_id;
  cli_reply answer;
} cli_kept_reply;

typedef struct cli_recorder {
  const char *path;
  cli_draft draft; /* so there is never half a recording */
  json_t *root;
  cli_kept_reply *kept; /* what came since the last wait */
  size_t kept_count;
  bool no_memory;
} cli_recorder;

/** Creates the file, so that a path that cannot be written is known before the run. Close it in any case. */
cloche_status cli_recorder_open(cli_recorder *recorder, const char *path, cloche_error *err);

/** Notes what goes into the cell. */
cloche_status cli_recorder_begin(cli_recorder *recorder, const cli_run_settings *settings, const cli_run_cell *opened,
                                 cloche_error *err);

/** Takes an answer over, until the cell waits. */
void cli_recorder_keep(cli_recorder *recorder, uint64_t call_id, const cli_reply *answer);

/** The cell waits: gives it what was kept, and notes that. `on_settled` is called for each. */
void cli_recorder_give(cli_recorder *recorder, cloche_cell *cell,
                       void (*on_settled)(void *user, cloche_cell *cell, uint64_t call_id, bool resolved), void *user);

/** The run has ended: writes the file. */
cloche_status cli_recorder_end(cli_recorder *recorder, cloche_cell *cell, cloche_error *err);

void cli_recorder_close(cli_recorder *recorder);

/** The report of the last run without its metrics, which differ from run to run; owned by the caller. NULL: no memory. */
char *cli_report_to_compare(cloche_cell *cell);

/** The SHA-256 of a text in hex. */
void cli_recording_hash(char out[65], const char *text);

enum { CLI_RECORDING_VERSION = 1 };

#endif
