/* Makes `context`; context.h says of what. The file's text is passed on as it is, so that no number loses a digit on
 * the way: `args` is put in front of its members or behind them, where the last one of a name counts. */
#include "context.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "source.h"
#include "utf8.h"

enum { ARGUMENTS_BYTES = 16 << 20 };

static const char *kind_of(const json_t *value) {
  switch (json_typeof(value)) {
    case JSON_ARRAY: return "an array";
    case JSON_STRING: return "a string";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_NULL: return "null";
    case JSON_TRUE:
    case JSON_FALSE: return "a boolean";
    default: return "an object";
  }
}

/* Checks that the text is one object. */
static cloche_status check_object(const cli_bytes *text, const char *path, size_t *members, cloche_error *err) {
  json_error_t where;
  json_t *root = json_loadb(text->data, text->len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &where);
  cloche_status status = CLOCHE_OK;
  if (!root) {
    status = cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.100s' is not JSON at line %d, column %d: %.90s", path,
                      where.line, where.column > 0 ? where.column : 1, where.text);
  } else if (!json_is_object(root)) {
    size_t at = strspn(text->data, " \t\r\n");
    unsigned line, column;
    cli_utf8_position(text->data, at, &line, &column);
    status = cli_fail(err, CLOCHE_INVALID_ARGUMENT,
                      "'%.120s' has %s at line %u, column %u; a context is one JSON object: {...}", path, kind_of(root),
                      line, column);
  }
  *members = json_object_size(root);
  json_decref(root);
  return status;
}

static bool add(cli_bytes *out, const char *text) { return cli_bytes_add(out, text, strlen(text)); }

static cloche_status add_arguments(cli_bytes *out, char *const *arguments, size_t count, cloche_error *err) {
  bool fine = add(out, "\"args\":[");
  for (size_t i = 0; arguments && i < count && fine; i++) {
    json_t *string = json_string(arguments[i]);
    char *text = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    json_decref(string);
    fine = text && (i == 0 || add(out, ",")) && add(out, text);
    free(text);
  }
  return fine && add(out, "]") ? CLOCHE_OK : cli_fail_memory(err);
}

/* What stands between the braces of an object's text. */
static void find_members(const cli_bytes *text, const char **start, size_t *len) {
  const char *open = strchr(text->data, '{'), *close = strrchr(text->data, '}');
  *start = open + 1;
  *len = (size_t)(close - open - 1);
}

static cloche_status join(cli_bytes *out, const cli_bytes *file, size_t members, char *const *arguments, size_t count,
                          cloche_error *err) {
  const char *inner = "";
  size_t len = 0;
  if (members) find_members(file, &inner, &len);
  const char *comma = members ? "," : "";
  bool replace = arguments != NULL;
  if (!add(out, "{") || (replace && (!cli_bytes_add(out, inner, len) || !add(out, comma)))) return cli_fail_memory(err);
  cloche_status status = add_arguments(out, arguments, count, err);
  if (status != CLOCHE_OK) return status;
  if (!replace && (!add(out, comma) || !cli_bytes_add(out, inner, len))) return cli_fail_memory(err);
  return add(out, "}") ? CLOCHE_OK : cli_fail_memory(err);
}

cloche_status cli_context_make(cli_bytes *out, const char *path, char *const *arguments, size_t argument_count,
                               size_t limit, cloche_error *err) {
  cli_bytes file = {0};
  size_t members = 0;
  cloche_status status = CLOCHE_OK;
  if (path) status = cli_source_read(&file, path, limit, err);
  if (path && status == CLOCHE_OK && file.len > limit)
    status = cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.120s' is larger than --result allows (%zu bytes)", path, limit);
  if (path && status == CLOCHE_OK) status = check_object(&file, path, &members, err);
  *out = (cli_bytes){.max = file.len + ARGUMENTS_BYTES};
  if (status == CLOCHE_OK) status = join(out, &file, members, arguments, argument_count, err);
  cli_bytes_free(&file);
  return status;
}
