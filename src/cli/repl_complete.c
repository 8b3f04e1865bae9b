/* The TAB key: commands, and names that the guest knows. The guest is asked by a run that leaves no trace; what it says is
 * checked, since it is drawn into the line. */
#include "repl.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

#define COMPLETION_NS UINT64_C(500000000) /* a person waits for it */
enum { NAME_BYTES = 256, NAMES_MAX = 1000 };

void cli_repl_forget_names(cli_repl *repl) {
  for (size_t i = 0; i < repl->name_count; i++) free(repl->names[i]);
  free(repl->names);
  repl->names = NULL;
  repl->name_count = 0;
}

static void add_name(cli_repl *repl, const char *name) {
  if (!repl->names) repl->names = calloc(NAMES_MAX, sizeof *repl->names);
  if (!repl->names || repl->name_count == NAMES_MAX) return;
  char *copy = strdup(name);
  if (copy) repl->names[repl->name_count++] = copy;
}

/* A name is one if it begins with what is typed and nothing in it moves the cursor. */
static bool is_sound(const char *name, size_t len, const char *typed, size_t typed_len) {
  if (len == 0 || len > NAME_BYTES || len < typed_len || memcmp(name, typed, typed_len) != 0) return false;
  if (cli_utf8_valid(name, len) < len) return false;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)name[i];
    if (c < 0x20 || c == 0x7F || (c == 0xC2 && i + 1 < len && (unsigned char)name[i + 1] < 0xA0)) return false;
  }
  return true;
}

static bool give(cli_repl *repl, size_t typed, cli_names *out) {
  out->list = repl->names;
  out->count = repl->name_count;
  out->typed = typed;
  return out->count > 0;
}

static bool complete_command(cli_repl *repl, const char *line, size_t len, cli_names *out) {
  const char *name;
  if (memchr(line, ' ', len)) return false;
  for (size_t i = 0; (name = cli_repl_command_name(i)) != NULL; i++)
    if (is_sound(name, strlen(name), line, len)) add_name(repl, name);
  return give(repl, len, out);
}

/* `text` is what stands before the cursor, of which the last `len` bytes are in the line. */
static bool take_names(cli_repl *repl, const cloche_result *result, const cli_bytes *text, size_t len, cli_names *out) {
  json_t *value = result->value ? json_loadb(result->value, result->value_len, 0, NULL) : NULL;
  const json_t *from = json_object_get(value, "from"), *names = json_object_get(value, "names"), *name;
  size_t index, at = 0;
  bool sound = json_is_integer(from) && json_integer_value(from) >= 0;
  if (sound) at = cli_utf8_prefix(text->data, text->len, (size_t)json_integer_value(from));
  if (sound && text->len - at <= len) {
    json_array_foreach(names, index, name) {
      if (is_sound(json_string_value(name) ? json_string_value(name) : "", json_string_length(name), text->data + at,
                   text->len - at))
        add_name(repl, json_string_value(name));
    }
  }
  json_decref(value);
  return give(repl, text->len - at, out);
}

static bool complete_code(cli_repl *repl, const char *line, size_t len, cli_names *out) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  cli_bytes text = {.max = repl->input.max};
  options.complete = true;
  options.language = repl->language;
  options.wall_ns = COMPLETION_NS;
  bool known = (repl->input.len == 0 ||
                (cli_bytes_add(&text, repl->input.data, repl->input.len) && cli_bytes_add(&text, "\n", 1))) &&
               cli_bytes_add(&text, line, len) &&
               cloche_cell_eval(cli_repl_cell(repl), text.data, text.len, &options, &result, NULL) == CLOCHE_OK;
  known = known && result.status == CLOCHE_OK && take_names(repl, &result, &text, len, out);
  cli_bytes_free(&text);
  return known;
}

bool cli_repl_complete(void *user, const char *line, size_t len, cli_names *out) {
  cli_repl *repl = user;
  cli_repl_forget_names(repl);
  if (repl->asking) return false;
  if (strspn(line, " \t") >= len) {
    out->blanks = strcmp(repl->language, "py") == 0 ? 4 : 2;
    return false;
  }
  if (repl->input.len == 0 && line[0] == '.' && (len == 1 || cli_repl_is_command(line, len)))
    return complete_command(repl, line, len, out);
  return strcmp(repl->language, "sql") != 0 && complete_code(repl, line, len, out);
}
