/* Reads hostile JSON where it stands: one pass over bytes, no tree, no memory, and no native stack for depth. Any bytes may be
 * passed; what is given of them has been checked, to the last byte, to be JSON by RFC 8259 in UTF-8, at most CL_SCAN_DEPTH
 * deep. A whole value is a slice of the text, so that no number loses a digit.
 *
 * Objects are read by a list of the fields that are wanted: each may be there once, its name without escapes, so that no two
 * readers can take different ones for it. Not here: what the fields mean. */
#ifndef CL_SCAN_H
#define CL_SCAN_H

#include "messages.h"

enum { CL_SCAN_DEPTH = 1024 /* guests' values have at most 1000 */ };

typedef enum cl_scan_type {
  CL_SCAN_NONE, /* it was not there */
  CL_SCAN_NULL,
  CL_SCAN_FALSE,
  CL_SCAN_TRUE,
  CL_SCAN_NUMBER,
  CL_SCAN_STRING,
  CL_SCAN_ARRAY,
  CL_SCAN_OBJECT,
} cl_scan_type;

typedef struct cl_scanned {
  cl_scan_type type;
  bool escaped; /* a string that is not what it looks like */
  cl_text raw;  /* as it stands; of a string what is between the quotes */
} cl_scanned;

typedef struct cl_scan_field {
  const char *name;
  cl_scanned value;
} cl_scan_field;

typedef struct cl_scan {
  const char *at, *end;
  bool begun; /* of the array that is read: it had an item */
} cl_scan;

cl_scan cl_scan_of(cl_text text);

/** The value that is next. These give false for what is no JSON, and for what is not as asked. */
bool cl_scan_value(cl_scan *scan, cl_scanned *out);

/** The object that is next; `others`: fields that are not listed are passed over, else refused. */
bool cl_scan_object(cl_scan *scan, cl_scan_field *fields, size_t count, bool others);

/** Enters the array that is next. Then, before each item: *more says whether there is one; with the last, it is left. */
bool cl_scan_array(cl_scan *scan);
bool cl_scan_item(cl_scan *scan, bool *more);

/** Whether nothing but white space is left. */
bool cl_scan_is_done(cl_scan *scan);

/** A whole text that is one object. */
bool cl_scan_text(cl_text text, cl_scan_field *fields, size_t count, bool others);

/** A number that is whole, not negative and at most `max`, as such numbers are written shortest. */
bool cl_scan_count(const cl_scanned *value, uint64_t max, uint64_t *out);

/** What a string is: written to `to`, which has room for raw.len bytes. False: half of a surrogate pair. */
bool cl_scan_unescape(const cl_scanned *value, char *to, size_t *len);

/** Memory for the strings of one text; `room` is the text's length, which is enough for all of them, each terminated. */
typedef struct cl_scan_pool {
  char *data; /* owned; NULL until it is needed */
  size_t used, room;
  bool no_memory;
} cl_scan_pool;

/** A string as it is; in the pool only if it has escapes. */
bool cl_scan_string(const cl_scanned *value, cl_scan_pool *pool, cl_text *out);

/** A string, terminated, in the pool; false, too, when it has a zero in it. */
bool cl_scan_word(const cl_scanned *value, cl_scan_pool *pool, const char **out);

/** A string, terminated, in the pool, which may have zeros in it; or any other value as it stands. */
bool cl_scan_keep(const cl_scanned *value, cl_scan_pool *pool, cl_text *out);

#endif
