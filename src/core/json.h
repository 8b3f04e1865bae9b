/* JSON as this project needs it: a checker for text that comes from guests and hosts, and a writer for strings.
 * RFC 8259, with a limit on depth; text must be UTF-8 (RFC 3629: no surrogates, no overlong forms). It builds no
 * tree: nothing in core looks inside a guest's value. */
#ifndef CL_JSON_H
#define CL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum { CL_JSON_DEPTH = 1000 };

/** True when the text is exactly one JSON value, white space around it allowed. Any bytes may be passed. */
bool cl_json_check(const char *text, size_t len);

/** The length of the UTF-8 sequence at `text` (1 to 4), 0 when it is not valid. `len` > 0. */
size_t cl_utf8_length(const unsigned char *text, size_t len);

/** Appends a string literal. What is not UTF-8 becomes U+FFFD; control characters are escaped, and so are U+2028 and
 *  U+2029, for readers that paste JSON into scripts. */
void cl_json_string(cl_buf *out, const char *text, size_t len);

/** Appends text as it is, with U+FFFD for what is not UTF-8. */
void cl_utf8_text(cl_buf *out, const char *text, size_t len);

#endif
