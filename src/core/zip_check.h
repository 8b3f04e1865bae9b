/* Looks at a zip archive before a guest's import machinery reads it: nothing is unpacked here. Pure functions. */
#ifndef CL_ZIP_CHECK_H
#define CL_ZIP_CHECK_H

#include "cloche.h"

typedef struct cl_zip_limits {
  uint64_t bytes, files; /* of what is in it, unpacked */
} cl_zip_limits;

/** A sound archive of stored and deflated files: its directory agrees with its files, names are relative and stay below,
 *  nothing is encrypted, split, overlapping, of the large format (zip64) or larger than it may be.
 *  CLOCHE_INVALID_ARGUMENT says what is wrong, beginning with `name`. */
cloche_status cl_zip_check(const char *name, const uint8_t *data, size_t len, const cl_zip_limits *limits,
                           cloche_error *err);

/** The same of a wheel (by its name "….whl") or an archive of modules for Python's import path: one without machine code. */
cloche_status cl_wheel_check(const char *path, const uint8_t *data, size_t len, const cl_zip_limits *limits,
                             cloche_error *err);

#endif
