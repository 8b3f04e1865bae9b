/* Fills a cloche_error in, for the functions that fail. */
#ifndef CLI_FAIL_H
#define CLI_FAIL_H

#include "cloche.h"

/** Gives `status`, with the message made from `format` in `err`. */
__attribute__((format(printf, 3, 4))) cloche_status cli_fail(cloche_error *err, cloche_status status,
                                                             const char *format, ...);

/** Gives CLOCHE_OUT_OF_MEMORY. */
cloche_status cli_fail_memory(cloche_error *err);

#endif
