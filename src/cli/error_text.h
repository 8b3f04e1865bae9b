/* How a run failed, in one text: as the engines' own programs print it. */
#ifndef CLI_ERROR_TEXT_H
#define CLI_ERROR_TEXT_H

#include "bytes.h"
#include "cloche.h"

/** Appends name, message and stack, without white space around them. What there is no memory for is left out. */
void cli_error_text(cli_bytes *out, const cloche_result *result);

#endif
