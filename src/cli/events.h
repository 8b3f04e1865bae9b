/* What `--events` writes: one JSON object a line. */
#ifndef CLI_EVENTS_H
#define CLI_EVENTS_H

#include "cloche.h"
#include "out.h"

/** Writes the events of the run that were not written yet. */
void cli_events_write(cli_out *out, cloche_cell *cell);

/** Says that the host begins with a call, or that it is settled: "resolved", "rejected" or "cancelled". */
void cli_events_call(cli_out *out, const cloche_call *call);
void cli_events_call_end(cli_out *out, uint64_t id, const char *status);

/** Writes the last line: the report. */
void cli_events_report(cli_out *out, const char *report, size_t len);

#endif
