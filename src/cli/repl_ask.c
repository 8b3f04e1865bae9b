/* input() of Python: the tool of that name, which a line typed at the terminal answers. Without a terminal there is nothing to
 * read, as at the end of a file.
 *
 * The prompt is the guest's: what could move the cursor is taken out of it. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl.h"
#include "utf8.h"

enum { PROMPT_BYTES = 120 };
static const char name[] = "input";

static bool is_given(const cli_repl *repl) {
  for (size_t i = 0; i < repl->settings->tool_count; i++)
    if (strcmp(repl->settings->tools[i].name, name) == 0) return true;
  return false;
}

cloche_status cli_repl_give_input(cli_repl *repl, cloche_error *err) {
  if (strcmp(repl->language, "py") != 0 || is_given(repl)) return CLOCHE_OK;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = name;
  return cloche_cell_tool(cli_repl_cell(repl), &tool, err);
}

/* The last line of what the guest asks; those before it are printed. */
static void write_prompt(cli_repl *repl, const cloche_call *call, char prompt[PROMPT_BYTES + 1]) {
  json_t *asked = json_loadb(call->argument, call->argument_len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
  const char *text = json_is_string(asked) ? json_string_value(asked) : "";
  size_t len = json_is_string(asked) ? json_string_length(asked) : 0, at = 0;
  const char *newline = len ? memrchr(text, '\n', len) : NULL;
  size_t from = newline ? (size_t)(newline - text) + 1 : 0;
  cli_out_add_guest(&repl->stage.out, STDOUT_FILENO, text, from);
  for (size_t i = from; i < len && at < PROMPT_BYTES; i++) {
    unsigned char c = (unsigned char)text[i];
    bool control = c < 0x20 || c == 0x7F || (c == 0xC2 && i + 1 < len && (unsigned char)text[i + 1] < 0xA0);
    i += control && c == 0xC2;
    prompt[at++] = control ? '?' : text[i];
  }
  prompt[cli_utf8_valid(prompt, at)] = 0;
  json_decref(asked);
}

static void answer(cli_repl *repl, const cloche_call *call, const char *line, size_t len) {
  json_t *text = line ? json_stringn(line, len) : json_null();
  char *json = text ? json_dumps(text, JSON_ENCODE_ANY) : NULL;
  (void)cloche_cell_resolve(cli_repl_cell(repl), call->id, json ? json : "null", json ? strlen(json) : 4, NULL);
  free(json);
  json_decref(text);
}

bool cli_repl_ask(cli_repl *repl, const cloche_call *call) {
  char prompt[PROMPT_BYTES + 1];
  const char *line = NULL;
  size_t len = 0;
  if (strcmp(call->tool, name) != 0 || is_given(repl)) return false;
  if (repl->edit && !repl->interrupted) {
    write_prompt(repl, call, prompt);
    cli_stage_drain(&repl->stage, false);
    repl->asking = true;
    if (cli_edit_answer(repl->edit, prompt, &line, &len) != CLI_TYPED) line = NULL;
    repl->asking = false;
  }
  answer(repl, call, line, len);
  return true;
}
