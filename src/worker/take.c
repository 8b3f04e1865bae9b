/* Values of fields; take.h. */
#include "take.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

cloche_status cl_refuse(cloche_error *err, const char *format, ...) {
  va_list args;
  va_start(args, format);
  err->status = CLOCHE_INVALID_ARGUMENT;
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return CLOCHE_INVALID_ARGUMENT;
}

cloche_status cl_refuse_memory(cloche_error *err) {
  (void)cl_refuse(err, "there is no memory for the request");
  return err->status = CLOCHE_OUT_OF_MEMORY;
}

cl_text cl_text_of(const char *string) { return (cl_text){string, strlen(string)}; }

bool cl_text_is(cl_text text, cl_text other) {
  return text.len == other.len && (text.len == 0 || memcmp(text.data, other.data, text.len) == 0);
}

/* As printf writes it: no sign, no zero before it. */
bool cl_text_number(cl_text text, uint64_t *out) {
  uint64_t number = 0;
  if (text.len == 0 || (text.len > 1 && text.data[0] == '0')) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    if (__builtin_mul_overflow(number, 10, &number)) return false;
    if (__builtin_add_overflow(number, (uint64_t)(text.data[i] - '0'), &number)) return false;
  }
  *out = number;
  return true;
}

bool cl_text_call(cl_text text, uint64_t *cell, uint64_t *call) {
  const char *colon = text.len ? memchr(text.data, ':', text.len) : NULL;
  if (!colon) return false;
  size_t before = (size_t)(colon - text.data);
  return cl_text_number((cl_text){text.data, before}, cell) &&
         cl_text_number((cl_text){colon + 1, text.len - before - 1}, call);
}

bool cl_text_status(cl_text text, cloche_status *out) {
  const char *unknown = cloche_status_describe(CLOCHE_INTERNAL).name; /* what numbers that are no code are called */
  for (int i = 0; i < 1000; i++) {
    const char *name = cloche_status_describe((cloche_status)i).name;
    if (name == unknown && i != CLOCHE_INTERNAL) return false;
    if (!cl_text_is(text, cl_text_of(name))) continue;
    *out = (cloche_status)i;
    return true;
  }
  return false;
}

cl_text cl_take_string(const json_t *string) {
  return (cl_text){json_string_value(string), json_string_length(string)};
}

cloche_status cl_take_text(cl_text *out, const char *name, const json_t *value, cloche_error *err) {
  if (!json_is_string(value)) return cl_refuse(err, "Invalid request: \"%s\" is not a string", name);
  *out = cl_take_string(value);
  return CLOCHE_OK;
}

cloche_status cl_take_word(const char **out, const char *name, const json_t *value, cloche_error *err) {
  cl_text text;
  if (!json_is_string(value)) return cl_refuse(err, "Invalid request: \"%s\" is not a string", name);
  text = cl_take_string(value);
  if (strlen(text.data) != text.len) return cl_refuse(err, "Invalid request: \"%s\" has a zero in it", name);
  *out = text.data;
  return CLOCHE_OK;
}

cloche_status cl_take_count(uint64_t *out, const char *name, const json_t *value, uint64_t max, cloche_error *err) {
  double number = json_number_value(value);
  if (!json_is_number(value) || !(number >= 1 && number <= (double)max) || number != (double)(uint64_t)number)
    return cl_refuse(err, "Invalid request: \"%s\" is not a whole number from 1 to %" PRIu64, name, max);
  *out = (uint64_t)number;
  return CLOCHE_OK;
}

cloche_status cl_take_number(uint64_t *out, const char *name, const json_t *value, uint64_t max, const char *unit,
                             cloche_error *err) {
  const double whole = 9007199254740992.0; /* 2^53: beyond it a double is no exact number */
  double number = json_number_value(value);
  cl_text text = json_is_string(value) ? cl_take_string(value) : (cl_text){0};
  size_t unit_len = strlen(unit);
  bool good = false;
  if (text.len > unit_len && memcmp(text.data + text.len - unit_len, unit, unit_len) == 0)
    good = cl_text_number((cl_text){text.data, text.len - unit_len}, out);
  if (json_is_number(value) && unit_len == 0 && number >= 0 && number < whole && number == (double)(uint64_t)number) {
    good = true;
    *out = (uint64_t)number;
  }
  if (good && *out <= max) return CLOCHE_OK;
  return cl_refuse(err, "Invalid request: \"%s\" is not a whole number to %" PRIu64 "%s", name, max, unit);
}

cloche_status cl_take_true(const char *name, const json_t *value, cloche_error *err) {
  return json_is_true(value) ? CLOCHE_OK : cl_refuse(err, "Invalid request: \"%s\" is not true", name);
}

cloche_status cl_take_bool(bool *out, const char *name, const json_t *value, cloche_error *err) {
  if (!json_is_boolean(value)) return cl_refuse(err, "Invalid request: \"%s\" is neither true nor false", name);
  *out = json_is_true(value);
  return CLOCHE_OK;
}
