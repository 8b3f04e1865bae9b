/* Reads recordings and runs them again; recording.h. */
#include "recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "difference.h"
#include "fail.h"
#include "language.h"
#include "recorder.h"
#include "source.h"

#define FILE_BYTES ((size_t)256 << 20)
enum { TOOLS_MAX = 10000 };

/* ---- checked reading: these fail for what is not there or of another type */

static cloche_status wrong(const cli_recording *r, const char *what, cloche_error *err) {
  return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.100s' is no recording that can be read: %.100s", r->path, what);
}

static const char *text_at(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

/* A number that stands as text; false: it is none. */
static bool number_at(const json_t *object, const char *key, uint64_t *out) {
  const char *text = text_at(object, key);
  int used = 0;
  return text && text[0] >= '0' && text[0] <= '9' && strlen(text) <= 20 &&
         sscanf(text, "%" SCNu64 "%n", out, &used) == 1 && !text[used];
}

static bool is_text_or_null(const json_t *value) { return json_is_string(value) || json_is_null(value); }

static bool answer_is_sound(const json_t *note) {
  const json_t *error = json_object_get(note, "error"), *failed = json_object_get(note, "failed");
  const json_t *result = json_object_get(note, "result");
  if (!json_is_integer(json_object_get(note, "call")) || !!error + !!failed + !!result != 1) return false;
  if (result) return is_text_or_null(result);
  if (failed) return json_is_string(failed);
  static const char *const parts[] = {"name", "message", "code", "data"};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    if (!is_text_or_null(json_object_get(error, parts[i]))) return false;
  return true;
}

static bool answers_are_sound(const json_t *batches) {
  size_t i, k;
  json_t *batch, *note;
  if (!json_is_array(batches)) return false;
  json_array_foreach(batches, i, batch) {
    if (!json_is_array(batch) || json_array_size(batch) == 0) return false;
    json_array_foreach(batch, k, note) if (!answer_is_sound(note)) return false;
  }
  return true;
}

static bool modules_are_sound(const json_t *modules) {
  size_t i;
  json_t *module;
  if (!json_is_array(modules)) return false;
  json_array_foreach(modules, i, module) {
    if (!text_at(module, "name") || !text_at(module, "path") || !text_at(module, "language") ||
        !text_at(module, "text"))
      return false;
  }
  return true;
}

static bool tools_are_sound(const json_t *tools) {
  size_t i;
  json_t *tool;
  if (!json_is_array(tools) || json_array_size(tools) > TOOLS_MAX) return false;
  json_array_foreach(tools, i, tool) if (!json_is_string(tool)) return false;
  return true;
}

static cloche_status check_end(cli_recording *r, cloche_error *err) {
  char hash[65];
  uint64_t polls;
  const char *report = text_at(r->end, "report"), *stated = text_at(r->end, "report_sha256");
  if (!report || !stated || !text_at(r->end, "status") || !number_at(r->end, "polls", &polls) ||
      !json_is_boolean(json_object_get(r->end, "replayable")))
    return wrong(r, "its end is missing or incomplete", err);
  cli_recording_hash(hash, report);
  if (strcmp(hash, stated) != 0)
    return wrong(r, "its report is not the one that report_sha256 was made of: the file was changed", err);
  return CLOCHE_OK;
}

static cloche_status check(cli_recording *r, cloche_error *err) {
  const json_t *engine = json_object_get(r->root, "engine"), *source = json_object_get(r->root, "source");
  json_int_t version = json_integer_value(json_object_get(r->root, "cloche_recording"));
  if (version == 0) return wrong(r, "it has no member cloche_recording", err);
  if (version != CLI_RECORDING_VERSION) return wrong(r, "it is of a version that this program does not know", err);
  if (!text_at(engine, "name") || !text_at(engine, "engine_id") || !text_at(engine, "image_id"))
    return wrong(r, "its engine is missing or incomplete", err);
  if (!text_at(source, "path") || !text_at(source, "language") || !text_at(source, "text"))
    return wrong(r, "its source is missing or incomplete", err);
  if (!json_is_object(json_object_get(r->root, "options"))) return wrong(r, "its options are missing", err);
  if (!text_at(r->root, "context")) return wrong(r, "its context is missing", err);
  if (!tools_are_sound(json_object_get(r->root, "tools"))) return wrong(r, "its tools are no list of names", err);
  if (!modules_are_sound(json_object_get(r->root, "modules"))) return wrong(r, "its modules are incomplete", err);
  if (!answers_are_sound(r->answers)) return wrong(r, "its answers are no lists of answers", err);
  return check_end(r, err);
}

cloche_status cli_recording_read(cli_recording *out, const char *path, cloche_error *err) {
  cli_bytes file = {0};
  json_error_t why;
  *out = (cli_recording){.path = path};
  cloche_status status = cli_source_read(&file, path, FILE_BYTES, err);
  if (status == CLOCHE_OK && file.len > FILE_BYTES) status = wrong(out, "it is larger than 256 MiB", err);
  if (status == CLOCHE_OK) {
    out->root = json_loadb(file.data, file.len, 0, &why);
    if (!out->root) status = wrong(out, why.text, err);
  }
  cli_bytes_free(&file);
  if (status != CLOCHE_OK) return status;
  out->answers = json_object_get(out->root, "answers");
  out->end = json_object_get(out->root, "end");
  return check(out, err);
}

void cli_recording_close(cli_recording *recording) {
  json_decref(recording->root);
  recording->root = NULL;
}

/* ---- what goes in */

static cloche_status read_limits(const cli_recording *r, const json_t *options, cloche_limits *out, cloche_error *err) {
  cloche_status status = cloche_limits_profile(out, NULL, err);
  const char *name;
  json_t *value, *limits = json_object_get(options, "limits");
  json_object_foreach(limits, name, value) {
    if (status == CLOCHE_OK && !json_is_string(value)) status = wrong(r, "a limit is no text", err);
    if (status == CLOCHE_OK) status = cloche_limits_set(out, name, json_string_value(value), err);
  }
  return status;
}

static cloche_status read_names(const cli_recording *r, cli_run_settings *settings, cloche_error *err) {
  const json_t *tools = json_object_get(r->root, "tools"), *modules = json_object_get(r->root, "modules");
  size_t i;
  json_t *one;
  settings->tools = calloc(json_array_size(tools) + 1, sizeof *settings->tools);
  settings->modules = calloc(json_array_size(modules) + 1, sizeof *settings->modules);
  if (!settings->tools || !settings->modules) return cli_fail_memory(err);
  json_array_foreach(tools, i, one) {
    char *name = strdup(json_string_value(one));
    settings->tools[settings->tool_count++] = (cli_tool){.name = name};
    if (!name) return cli_fail_memory(err);
  }
  json_array_foreach(modules, i, one) {
    char *name = strdup(text_at(one, "name"));
    settings->modules[settings->module_count++] = (cli_module){name, text_at(one, "path")};
    if (!name) return cli_fail_memory(err);
  }
  return CLOCHE_OK;
}

cloche_status cli_recording_settings(const cli_recording *r, cli_run_settings *settings, cloche_error *err) {
  const json_t *source = json_object_get(r->root, "source"), *options = json_object_get(r->root, "options");
  if (!json_is_true(json_object_get(r->end, "replayable")))
    return cli_fail(err, CLOCHE_UNSUPPORTED,
                    "'%.100s' cannot be replayed: the machine had a part in how that run went (it was left by force, "
                    "its worker died, its output was cut by a rate, or the host had no memory)",
                    r->path);
  settings->path = text_at(source, "path");
  settings->jsx_factory = text_at(options, "jsx_factory");
  settings->jsx_fragment = text_at(options, "jsx_fragment");
  settings->seeded = true;
  settings->clock = CLOCHE_CLOCK_VIRTUAL;
  if (!number_at(options, "seed", &settings->seed) || !number_at(options, "clock_start_ms", &settings->clock_start_ms))
    return wrong(r, "its seed or its clock is no number", err);
  cloche_status status = cli_language_named(&settings->language, text_at(source, "language"), err);
  if (status == CLOCHE_OK) status = read_limits(r, options, &settings->limits, err);
  return status == CLOCHE_OK ? read_names(r, settings, err) : status;
}

static bool copy_text(cli_bytes *out, const json_t *object, const char *key) {
  const json_t *text = json_object_get(object, key);
  *out = (cli_bytes){.max = json_string_length(text)};
  return cli_bytes_add(out, json_string_value(text), json_string_length(text));
}

static cloche_status read_inputs(const cli_recording *r, cli_inputs *inputs, cloche_error *err) {
  const json_t *modules = json_object_get(r->root, "modules");
  size_t i;
  json_t *one;
  inputs->modules = calloc(json_array_size(modules) + 1, sizeof *inputs->modules);
  if (!inputs->modules || !copy_text(&inputs->context, r->root, "context")) return cli_fail_memory(err);
  json_array_foreach(modules, i, one) {
    if (!copy_text(&inputs->modules[i].text, one, "text")) return cli_fail_memory(err);
    cloche_status status = cli_language_named(&inputs->modules[i].language, text_at(one, "language"), err);
    if (status != CLOCHE_OK) return status;
  }
  return CLOCHE_OK;
}

static cloche_status check_build(const cli_recording *r, const cloche_engine *engine, cloche_error *err) {
  cloche_engine_info ours = cloche_engine_describe(engine);
  const json_t *theirs = json_object_get(r->root, "engine");
  const char *engine_id = text_at(theirs, "engine_id"), *image_id = text_at(theirs, "image_id");
  if (strcmp(ours.engine_id, engine_id) == 0 && strcmp(ours.image_id, image_id) == 0) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_BAD_IMAGE,
                  "'%.80s' was recorded with engine %.16s, image %.16s; this program has engine %.16s, image %.16s",
                  r->path, engine_id, image_id, ours.engine_id, ours.image_id);
}

cloche_status cli_recording_open(const cli_recording *r, const cli_run_settings *settings, cli_run_cell *opened,
                                 cloche_error *err) {
  opened->inputs = (cli_inputs){.settings = settings};
  opened->language = settings->language;
  if (!copy_text(&opened->source, json_object_get(r->root, "source"), "text")) return cli_fail_memory(err);
  cloche_status status = read_inputs(r, &opened->inputs, err);
  if (status == CLOCHE_OK) status = cli_run_cell_make(opened, settings, err);
  return status == CLOCHE_OK ? check_build(r, opened->engine, err) : status;
}

/* ---- the run */

static cloche_status status_named(const char *name) {
  static const cloche_status stops[] = {CLOCHE_WALL_TIME_LIMIT, CLOCHE_CPU_TIME_LIMIT, CLOCHE_CANCELLED};
  for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
    if (strcmp(cloche_status_describe(stops[i]).name, name) == 0) return stops[i];
  return CLOCHE_OK; /* it ended by itself, however that was */
}

void cli_recording_options(const cli_recording *r, cloche_run_options *options) {
  options->replay = true;
  options->replay_status = status_named(text_at(r->end, "status"));
  (void)number_at(r->end, "polls", &options->replay_polls);
}

static char *copy_member(const json_t *object, const char *key) {
  const char *text = text_at(object, key);
  return text ? strdup(text) : NULL;
}

static cli_reply answer_of(const json_t *note) {
  const json_t *error = json_object_get(note, "error");
  const char *failed = text_at(note, "failed");
  cli_reply answer = {.kind = CLI_REPLY_RESULT};
  if (error) {
    answer.kind = CLI_REPLY_ERROR;
    answer.name = copy_member(error, "name");
    answer.message = copy_member(error, "message");
    answer.code = copy_member(error, "code");
    answer.data = copy_member(error, "data");
  } else if (failed && strcmp(failed, cloche_status_describe(CLOCHE_RESULT_LIMIT).name) == 0) {
    answer.kind = CLI_REPLY_TOO_LARGE;
  } else if (failed) {
    answer.result.max = 1;
    (void)cli_bytes_add(&answer.result, "?", 1); /* no JSON either */
  } else if (json_is_string(json_object_get(note, "result"))) {
    (void)copy_text(&answer.result, note, "result");
  }
  return answer;
}

bool cli_recording_give(cli_recording *r, cloche_cell *cell,
                        void (*on_settled)(void *user, cloche_cell *cell, uint64_t call_id, bool resolved),
                        void *user) {
  const json_t *batch = json_array_get(r->answers, r->next_batch);
  size_t i;
  json_t *note;
  if (!batch) { /* where the recorded run was stopped at this wait, this one ends as that one did */
    r->unanswered = true;
    return false;
  }
  r->next_batch++;
  json_array_foreach(batch, i, note) {
    json_int_t id = json_integer_value(json_object_get(note, "call"));
    cli_reply answer = answer_of(note);
    cloche_status status = cli_reply_give(&answer, cell, (uint64_t)id);
    bool resolved = status == CLOCHE_OK && answer.kind == CLI_REPLY_RESULT;
    cli_reply_free(&answer);
    if (status == CLOCHE_NOT_FOUND) {
      snprintf(r->why, sizeof r->why, "the recording answers call %" JSON_INTEGER_FORMAT ", which the run has not open",
               id);
      return false;
    }
    on_settled(user, cell, (uint64_t)id, resolved);
  }
  return true;
}

static uint64_t polls_of(const cli_recording *r) {
  uint64_t polls = 0;
  (void)number_at(r->end, "polls", &polls);
  return polls;
}

static bool ended_where_recorded(const cli_recording *r, const cloche_result *result) {
  return polls_of(r) == result->polls;
}

bool cli_recording_compare(cli_recording *r, cloche_cell *cell) {
  char *report = cli_report_to_compare(cell);
  const char *recorded = text_at(r->end, "report");
  cloche_result result;
  if (r->why[0]) goto out;
  if (!report || cloche_cell_result(cell, &result, NULL) != CLOCHE_OK)
    snprintf(r->why, sizeof r->why, "there is no memory for the report");
  else if (r->unanswered && (strcmp(report, recorded) != 0 || !ended_where_recorded(r, &result)))
    snprintf(r->why, sizeof r->why, "the run waits for a call that the recording has no answer for");
  else if (strcmp(report, recorded) != 0) cli_difference(r->why, sizeof r->why, recorded, report);
  else if (r->next_batch < json_array_size(r->answers))
    snprintf(r->why, sizeof r->why, "the recording has answers that the run did not wait for");
  else if (!ended_where_recorded(r, &result))
    snprintf(r->why, sizeof r->why, "the run ended at look %" PRIu64 ", the recorded one at %" PRIu64, result.polls,
             polls_of(r));

out:
  free(report);
  return !r->why[0];
}
