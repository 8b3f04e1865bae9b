/* `cloche resume`: reads a snapshot of a run that waits, answers calls of it and lets it go on; the rest is as in `cloche
 * run`. The file stays as it is: resumed twice, the run goes on twice. */
#include "resume.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "images.h"
#include "run.h"
#include "saved.h"

/* ---- options */

static cloche_status add_answer(cli_run_settings *settings, const char *pair, const char *form, bool rejected,
                                cloche_error *err) {
  const char *equals = strchr(pair, '=');
  if (!equals || equals == pair) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' is not %s", pair, form);
  cli_given_answer *answers = realloc(settings->answers, (settings->answer_count + 1) * sizeof *answers);
  if (!answers) return cli_fail_memory(err);
  settings->answers = answers;
  answers[settings->answer_count++] = (cli_given_answer){pair, (size_t)(equals - pair), equals + 1, rejected};
  return CLOCHE_OK;
}

static cloche_status set_answer(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cloche_status status = add_answer(user, value, self->value, false, err);
  if (status != CLOCHE_OK) return status;
  const char *text = strchr(value, '=') + 1;
  json_t *json = text[0] ? json_loads(text, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL) : NULL;
  if (text[0] && !json) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.80s' has no JSON behind the =", value);
  json_decref(json);
  return CLOCHE_OK;
}

static cloche_status set_reject(void *user, const cli_option *self, const char *value, cloche_error *err) {
  return add_answer(user, value, self->value, true, err);
}

#define ANSWERS "The answers"
#define SHOWN "What is shown"
#define ENDS "When it ends"

static const cli_option options[] = {
    {ANSWERS, 0, "answer", "CALL=JSON", NULL,
     "answers a call that waits, by its number or the name of its tool; nothing behind the = is undefined", set_answer},
    {ANSWERS, 0, "reject", "CALL=MESSAGE", NULL, "lets a call that waits fail, likewise", set_reject},
    {ANSWERS, 0, "tool", "NAME=COMMAND", NULL,
     "a command that answers calls of a tool, these and later ones; repeatable", cli_run_set_tool},
    {SHOWN, 0, "json", NULL, NULL, "the report as JSON on stdout, at the end, and nothing else", cli_run_set_json},
    {SHOWN, 0, "events", NULL, NULL, "one JSON object a line as things happen; the last one has the report",
     cli_run_set_events},
    {ENDS, 0, "save", "FILE", CLI_FILES, "where the run goes if it waits for more answers", cli_run_set_save},
    {ENDS, 0, "key-file", "FILE", CLI_FILES, "16 to 64 bytes that authenticate the snapshot", cli_run_set_key_file},
    {ENDS, 0, "timeout", "TIME", NULL, "as --wall TIME; a limit can be made tighter, and not wider",
     cli_run_set_timeout},
    CLI_WALL_OPTIONS,
    {0},
};

/* ---- opening */

/* Tools that the guest knows and the command line does not: their calls wait. */
static cloche_status add_waiting_tools(cli_run_settings *settings, const cloche_snapshot *snapshot, cloche_error *err) {
  const char *name;
  for (size_t i = 0; (name = cloche_snapshot_tool(snapshot, i)) != NULL; i++) {
    bool known = false;
    for (size_t k = 0; k < settings->tool_count; k++) known |= strcmp(settings->tools[k].name, name) == 0;
    cloche_status status = known ? CLOCHE_OK : cli_run_add_tool(settings, name, err);
    if (status != CLOCHE_OK) return status;
  }
  return CLOCHE_OK;
}

static cloche_status make_cell(cli_run_cell *out, cli_run_settings *settings, const cloche_snapshot *snapshot,
                               const cloche_snapshot_info *info, cloche_error *err) {
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  settings->limits = info->limits;
  cell.limits = &settings->limits;
  cloche_status status = cli_run_settings_change(settings, err);
  if (status == CLOCHE_OK) status = add_waiting_tools(settings, snapshot, err);
  if (status == CLOCHE_OK) status = cli_images_open(&out->engine, info->language, info->image_id, err);
  if (status == CLOCHE_OK) status = cli_run_cell_open_thread(out, settings, false, err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&out->cell, out->thread, out->engine, &cell, err);
  out->inputs = (cli_inputs){.settings = settings};
  if (status == CLOCHE_OK) status = cli_inputs_give_tools(&out->inputs, out->cell, err);
  return status == CLOCHE_OK ? cloche_cell_restore(out->cell, snapshot, err) : status;
}

static bool is_meant(const cli_given_answer *answer, const cloche_call *call) {
  char number[24];
  snprintf(number, sizeof number, "%llu", (unsigned long long)call->id);
  return (strlen(number) == answer->to_len && memcmp(number, answer->to, answer->to_len) == 0) ||
         (strlen(call->tool) == answer->to_len && memcmp(call->tool, answer->to, answer->to_len) == 0);
}

static cloche_status refuse_answer(const cli_given_answer *answer, const cloche_snapshot *snapshot, cloche_error *err) {
  char open[160] = "";
  size_t used = 0;
  cloche_call call;
  for (size_t i = 0; cloche_snapshot_call(snapshot, i, &call) && used < sizeof open; i++)
    used += (size_t)snprintf(open + used, sizeof open - used, "%s%llu of %s", i ? ", " : "",
                             (unsigned long long)call.id, call.tool);
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "no call '%.*s' is open; there is %.120s",
                  (int)(answer->to_len < 40 ? answer->to_len : 40), answer->to, open);
}

static cloche_status give(const cli_given_answer *answer, cloche_cell *cell, const cloche_call *call,
                          cloche_error *err) {
  if (!answer->rejected) return cloche_cell_resolve(cell, call->id, answer->text, strlen(answer->text), err);
  cloche_rejection rejection = CLOCHE_REJECTION_INIT;
  rejection.message = answer->text;
  return cloche_cell_reject(cell, call->id, &rejection, err);
}

/* A tool's name means all of its calls that are open. */
static cloche_status give_answers(const cli_run_settings *settings, const cloche_snapshot *snapshot, cloche_cell *cell,
                                  cloche_error *err) {
  for (size_t i = 0; i < settings->answer_count; i++) {
    const cli_given_answer *answer = &settings->answers[i];
    cloche_call call;
    bool found = false;
    for (size_t k = 0; cloche_snapshot_call(snapshot, k, &call); k++) {
      if (!is_meant(answer, &call)) continue;
      cloche_status status = give(answer, cell, &call, err);
      if (status == CLOCHE_NOT_FOUND)
        return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "call %llu is answered twice", (unsigned long long)call.id);
      if (status != CLOCHE_OK) return status;
      found = true;
    }
    if (!found) return refuse_answer(answer, snapshot, err);
  }
  return CLOCHE_OK;
}

cloche_status cli_resume_open(cli_run_cell *out, cli_run_settings *settings, cloche_error *err) {
  cloche_snapshot *snapshot;
  cloche_status status = cli_saved_read(&snapshot, settings->resume, settings->key_file, err);
  if (status != CLOCHE_OK) return status;
  cloche_snapshot_info info = cloche_snapshot_describe(snapshot);
  if (!info.waiting)
    status =
        cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.160s' is a session at rest: no run waits in it", settings->resume);
  if (status == CLOCHE_OK) status = make_cell(out, settings, snapshot, &info, err);
  if (status == CLOCHE_OK) status = give_answers(settings, snapshot, out->cell, err);
  cloche_snapshot_free(snapshot);
  return status;
}

/* ---- the command */

static int resume_command(const cli_command *self, int count, char **arguments) {
  cli_run_settings settings = {0};
  cli_operands operands;
  int exit_code;
  if (!cli_options_parse(self, count, arguments, &settings, &operands, &exit_code)) goto out;
  if (operands.before_count != 1 || operands.after_count > 0) {
    exit_code = cli_usage_error(self->name, "name one file that `cloche run --save` has written");
    goto out;
  }
  settings.resume = settings.path = operands.before[0];
  exit_code = cli_run_script(&settings);

out:
  cli_run_settings_free(&settings);
  return exit_code;
}

static const cli_section sections[] = {
    {"Going on",
     "The run goes on where it was: with its memory, its timers, what it has printed (the report has all of it) and what\n"
     "is left of its limits. The file stays as it is. Calls that nobody answers wait on; when there are only such calls,\n"
     "the program ends with the exit code 75, and the run is saved again if --save says where.\n"
     "\n"
     "  cloche run order.js --suspend approve --save order.snap\n"
     "  cloche snapshot info order.snap\n"
     "  cloche resume order.snap --answer approve=true\n"},
    {0},
};

const cli_command cli_resume_command = {
    .name = "resume",
    .arguments = "FILE [OPTION...]",
    .words = CLI_FILES,
    .text = "Lets a run go on that was saved while it waited for answers.",
    .options = options,
    .sections = sections,
    .set_limit = cli_run_set_limit,
    .run = resume_command,
};
