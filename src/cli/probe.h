/* What `cloche doctor` asks of a machine. Each probe gives one finding; none changes anything that stays. */
#ifndef CLI_PROBE_H
#define CLI_PROBE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum cli_grade {
  CLI_FINE,
  CLI_NOTE,    /**< runs work, but something is slower, smaller or less guarded than it could be */
  CLI_PROBLEM, /**< runs do not work */
} cli_grade;

typedef struct cli_finding {
  const char *name; /**< of what was looked at */
  cli_grade grade;
  char text[200]; /**< what was found */
  char hint[200]; /**< how to get what is lacking; "": nothing is */
} cli_finding;

/** Fills in the finding of probe number `index` (from 0); false when there is none of that number. These look at the
 *  machine alone. */
bool cli_probe_machine(size_t index, cli_finding *out);

/** The same for probes that use the engine: they open it, run code in it and stop code in it. */
bool cli_probe_engine(size_t index, cli_finding *out);

/** The same for probes of workers: the first says whether they work, the others what their jail has. */
bool cli_probe_jail(size_t index, cli_finding *out);

/** What is known of the worker's jail then, for programs: {"start_ms", "landlock", "layers"}; owned by the caller. NULL: there
 *  was none. */
json_t *cli_probe_jail_json(void);

/** Fills a finding in. */
__attribute__((format(printf, 3, 4))) void cli_finding_set(cli_finding *out, cli_grade grade, const char *format, ...);

#endif
