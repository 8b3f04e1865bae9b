/* Says where two reports differ, for people. */
#ifndef CLI_DIFFERENCE_H
#define CLI_DIFFERENCE_H

#include <stddef.h>

/** Writes one sentence that names the first member in which two JSON texts differ, with both values. */
void cli_difference(char *out, size_t len, const char *was, const char *is);

#endif
