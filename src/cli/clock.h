/* The guest's clock, as --clock sets it. */
#ifndef CLI_CLOCK_H
#define CLI_CLOCK_H

#include <stdint.h>

#include "cloche.h"

/** Reads "real", "virtual" (from 1970 on) or a time in ISO 8601 at which a virtual clock starts: "2026-03-01",
 *  "2026-03-01T12:30:00.5Z", "2026-03-01T12:30+02:00"; one without an offset is UTC. */
cloche_status cli_clock_read(cloche_clock *clock, uint64_t *start_ms, const char *text, cloche_error *err);

#endif
