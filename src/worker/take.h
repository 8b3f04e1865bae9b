/* What the readers of requests share: values of JSON fields taken as C values, and refusals in words that name the field.
 * Each cl_take_* refuses what is of another type or out of range. Texts are the parsed tree's, and live as long as it. */
#ifndef CL_TAKE_H
#define CL_TAKE_H

#include <jansson.h>

#include "messages.h"

#define CL_TRY(call)                                        \
  do {                                                      \
    cloche_status status_of_call = (call);                  \
    if (status_of_call != CLOCHE_OK) return status_of_call; \
  } while (0)

cloche_status cl_refuse(cloche_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
cloche_status cl_refuse_memory(cloche_error *err);

cl_text cl_take_string(const json_t *string); /* of what is known to be one */
cloche_status cl_take_text(cl_text *out, const char *name, const json_t *value, cloche_error *err);
cloche_status cl_take_word(const char **out, const char *name, const json_t *value, cloche_error *err); /* a C string */
cloche_status cl_take_count(uint64_t *out, const char *name, const json_t *value, uint64_t max, cloche_error *err);
cloche_status cl_take_true(const char *name, const json_t *value, cloche_error *err);
cloche_status cl_take_bool(bool *out, const char *name, const json_t *value, cloche_error *err);

/** A whole number, 0 included, also as a text, which may be any of 64 bits; behind that `unit` ("" for none). */
cloche_status cl_take_number(uint64_t *out, const char *name, const json_t *value, uint64_t max, const char *unit,
                             cloche_error *err);

/* The fields of supervisors alone (messages_supervisor.c). */
cloche_status cl_take_open(cl_request *out, const json_t *value, cloche_error *err);
cloche_status cl_take_run(cl_request *out, const json_t *value, cloche_error *err);
cloche_status cl_take_modules(cl_request *out, const json_t *value, cloche_error *err);
cloche_status cl_take_mounts(cl_request *out, const json_t *value, cloche_error *err);

#endif
