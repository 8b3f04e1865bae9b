/* UTF-8 as the program needs it: where text stops being it, where it may be cut, which line it is. */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include <stddef.h>

/** The length of the character at `text` (1 to 4 bytes), 0 when it is not valid UTF-8 (RFC 3629). `len` > 0. */
size_t cli_utf8_length(const char *text, size_t len);

/** How many of the first `len` bytes are valid UTF-8. */
size_t cli_utf8_valid(const char *text, size_t len);

/** The length of the first `count` characters; a byte that is not UTF-8 counts as one. */
size_t cli_utf8_prefix(const char *text, size_t len, size_t count);

/** The line and column, from 1, of the byte at offset `at`; a byte that is not UTF-8 counts as a character. */
void cli_utf8_position(const char *text, size_t at, unsigned *line, unsigned *column);

#endif
