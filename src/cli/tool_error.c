/* Reads the stderr of a failed command; tool_error.h says what may stand there. The text is a stranger's: whatever it
 * holds, the call gets rejected. */
#include "tool_error.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { SHOWN_CHARACTERS = 300 };

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void trim(const char **text, size_t *len) {
  for (; *len > 0 && is_space((*text)[0]); (*text)++) (*len)--;
  while (*len > 0 && is_space((*text)[*len - 1])) (*len)--;
}

static json_t *parse_error(const char *text, size_t len) {
  if (len == 0) return NULL;
  json_t *root = json_loadb(text, len, 0, NULL);
  if (json_is_object(json_object_get(root, "error"))) return root;
  json_decref(root);
  return NULL;
}

static json_t *find_error(const char *text, size_t len) {
  json_t *root = parse_error(text, len);
  if (root) return root;
  const char *line_end = len ? memrchr(text, '\n', len) : NULL;
  return line_end ? parse_error(line_end + 1, (size_t)(text + len - line_end - 1)) : NULL;
}

static char *copy_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? strdup(text) : NULL;
}

cli_reply cli_tool_error(const char *tool, const char *ending, const cli_bytes *text) {
  const char *said = text->len ? text->data : "";
  size_t len = text->len;
  trim(&said, &len);
  json_t *root = find_error(said, len);
  if (root) {
    const json_t *error = json_object_get(root, "error"), *data = json_object_get(error, "data");
    cli_reply told = {.kind = CLI_REPLY_ERROR,
                      .name = copy_of(error, "name"),
                      .message = copy_of(error, "message"),
                      .code = copy_of(error, "code"),
                      .data = data ? json_dumps(data, JSON_COMPACT | JSON_ENCODE_ANY) : NULL};
    json_decref(root);
    return told;
  }
  char message[256 + SHOWN_CHARACTERS * 4];
  size_t shown = cli_utf8_prefix(said, len, SHOWN_CHARACTERS);
  snprintf(message, sizeof message, "tool %.128s %s%s%.*s", tool, ending, shown ? ": " : "", (int)shown, said);
  return cli_reply_error(message);
}
