/* UTF-8 as the program needs it: where text stops being it, and where it may be cut. */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include <stddef.h>

/** The length of the character at `text` (1 to 4 bytes), 0 when it is not valid UTF-8 (RFC 3629). `len` > 0. */
size_t cli_utf8_length(const char *text, size_t len);

/** How many of the first `len` bytes are valid UTF-8. */
size_t cli_utf8_valid(const char *text, size_t len);

/** The length of the first `count` characters; a byte that is not UTF-8 counts as one. */
size_t cli_utf8_prefix(const char *text, size_t len, size_t count);

#endif
