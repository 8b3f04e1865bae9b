/* Writes recordings; recorder.h. Numbers that may be larger than JSON readers take stand as texts. */
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

/* ---- the file */

cloche_status cli_recorder_open(cli_recorder *recorder, const char *path, cloche_error *err) {
  *recorder = (cli_recorder){.path = path, .draft = {.fd = -1}};
  recorder->root = json_object();
  if (!recorder->root) return cli_fail_memory(err);
  if (cli_draft_open(&recorder->draft, path)) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "--record: '%.160s' cannot be written: %s", path, strerror(errno));
}

void cli_recorder_close(cli_recorder *recorder) {
  cli_draft_close(&recorder->draft, false);
  for (size_t i = 0; i < recorder->kept_count; i++) cli_reply_free(&recorder->kept[i].answer);
  free(recorder->kept);
  json_decref(recorder->root);
  *recorder = (cli_recorder){.draft = {.fd = -1}};
}

/* ---- what goes in */

static json_t *text_of(uint64_t number) {
  char text[24];
  snprintf(text, sizeof text, "%" PRIu64, number);
  return json_string(text);
}

static json_t *text_or_null(const char *text) { return text ? json_string(text) : json_null(); }

static json_t *bytes_of(const cli_bytes *text) { return json_stringn(text->data ? text->data : "", text->len); }

static json_t *limits_of(const cloche_limits *limits) {
  json_t *all = json_object();
  cloche_limit_info info;
  for (size_t i = 0; cloche_limits_describe(limits, i, &info); i++) {
    char text[32];
    snprintf(text, sizeof text, "%" PRIu64 "%s", info.value, strcmp(info.unit, "time") == 0 ? "ns" : "");
    json_object_set_new(all, info.name, json_string(text));
  }
  return all;
}

static json_t *tools_of(const cli_run_settings *settings) {
  json_t *all = json_array();
  for (size_t i = 0; i < settings->tool_count; i++) json_array_append_new(all, json_string(settings->tools[i].name));
  return all;
}

static json_t *modules_of(const cli_inputs *inputs) {
  json_t *all = json_array();
  for (size_t i = 0; i < inputs->settings->module_count; i++) {
    const cli_input_module *module = &inputs->modules[i];
    json_t *one =
        json_pack("{s:s, s:s, s:s, s:o}", "name", inputs->settings->modules[i].name, "path",
                  inputs->settings->modules[i].path, "language", module->language, "text", bytes_of(&module->text));
    if (!one) {
      json_decref(all);
      return NULL;
    }
    json_array_append_new(all, one);
  }
  return all;
}

static json_t *options_of(const cli_run_settings *settings) {
  return json_pack("{s:o, s:o, s:o, s:o, s:o}", "jsx_factory", text_or_null(settings->jsx_factory), "jsx_fragment",
                   text_or_null(settings->jsx_fragment), "seed", text_of(settings->seed), "clock_start_ms",
                   text_of(settings->clock_start_ms), "limits", limits_of(&settings->limits));
}

cloche_status cli_recorder_begin(cli_recorder *recorder, const cli_run_settings *settings, const cli_run_cell *opened,
                                 cloche_error *err) {
  cloche_engine_info engine = cloche_engine_describe(opened->engine);
  json_t *input = json_pack(
      "{s:i, s:s, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:o}, s:o, s:o, s:o, s:o, s:[]}", "cloche_recording",
      CLI_RECORDING_VERSION, "cloche", cloche_version(), "engine", "name", engine.name, "engine_id", engine.engine_id,
      "image_id", engine.image_id, "source", "path", cli_run_settings_name(settings), "language", opened->language,
      "text", bytes_of(&opened->source), "options", options_of(settings), "context", bytes_of(&opened->inputs.context),
      "tools", tools_of(settings), "modules", modules_of(&opened->inputs), "answers");
  if (!input) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--record: the script or its path is no text");
  json_decref(recorder->root);
  recorder->root = input;
  return CLOCHE_OK;
}

/* ---- answers */

void cli_recorder_keep(cli_recorder *recorder, uint64_t call_id, const cli_reply *answer) {
  cli_kept_reply *kept = realloc(recorder->kept, (recorder->kept_count + 1) * sizeof *kept);
  cli_reply own = *answer;
  if (!kept) { /* the call stays open; the recording must not pass for whole */
    recorder->no_memory = true;
    cli_reply_free(&own);
    return;
  }
  recorder->kept = kept;
  kept[recorder->kept_count++] = (cli_kept_reply){call_id, own};
}

static json_t *note_of(const cli_kept_reply *kept, const char *failed) {
  const cli_reply *answer = &kept->answer;
  json_t *note = json_pack("{s:I}", "call", (json_int_t)kept->call_id);
  if (failed) {
    json_object_set_new(note, "failed", json_string(failed));
  } else if (answer->kind == CLI_REPLY_ERROR) {
    json_object_set_new(
        note, "error",
        json_pack("{s:o, s:o, s:o, s:o}", "name", text_or_null(answer->name), "message", text_or_null(answer->message),
                  "code", text_or_null(answer->code), "data", text_or_null(answer->data)));
  } else {
    json_object_set_new(note, "result", answer->result.len ? bytes_of(&answer->result) : json_null());
  }
  return note;
}

void cli_recorder_give(cli_recorder *recorder, cloche_cell *cell,
                       void (*on_settled)(void *user, cloche_cell *cell, uint64_t call_id, bool resolved), void *user) {
  if (recorder->kept_count == 0) return;
  json_t *batch = json_array();
  for (size_t i = 0; i < recorder->kept_count; i++) {
    cli_kept_reply *kept = &recorder->kept[i];
    cloche_status status = cli_reply_give(&kept->answer, cell, kept->call_id);
    bool refused = status == CLOCHE_BAD_RESULT || status == CLOCHE_RESULT_LIMIT;
    const char *failed = refused ? cloche_status_describe(status).name : NULL;
    if (status == CLOCHE_OUT_OF_MEMORY) recorder->no_memory = true;
    json_array_append_new(batch, note_of(kept, failed));
    on_settled(user, cell, kept->call_id, status == CLOCHE_OK && kept->answer.kind == CLI_REPLY_RESULT);
    cli_reply_free(&kept->answer);
  }
  recorder->kept_count = 0;
  json_array_append_new(json_object_get(recorder->root, "answers"), batch);
}

/* ---- the end */

/* The metrics are the last member, and hold numbers alone: the last occurrence of their name is theirs. */
char *cli_report_to_compare(cloche_cell *cell) {
  static const char metrics[] = ",\"metrics\":{";
  const char *report, *end = NULL;
  size_t len;
  if (cloche_cell_report(cell, &report, &len, NULL) != CLOCHE_OK) return NULL;
  for (const char *at = report; (at = strstr(at, metrics)); at++) end = at;
  char *copy = end ? malloc((size_t)(end - report) + 2) : NULL;
  if (!copy) return NULL;
  memcpy(copy, report, (size_t)(end - report));
  memcpy(copy + (end - report), "}", 2);
  return copy;
}

void cli_recording_hash(char out[65], const char *text) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
  sodium_bin2hex(out, 65, hash, sizeof hash);
}

static json_t *end_of(cloche_cell *cell) {
  cloche_result result;
  char hash[65], *report = cli_report_to_compare(cell);
  if (!report || cloche_cell_result(cell, &result, NULL) != CLOCHE_OK) return NULL;
  cli_recording_hash(hash, report);
  json_t *end =
      json_pack("{s:s, s:b, s:o, s:s, s:s}", "status", cloche_status_describe(result.status).name, "replayable",
                result.replayable, "polls", text_of(result.polls), "report_sha256", hash, "report", report);
  free(report);
  return end;
}

cloche_status cli_recorder_end(cli_recorder *recorder, cloche_cell *cell, cloche_error *err) {
  json_t *end = end_of(cell);
  if (!end || recorder->no_memory) {
    json_decref(end);
    return cli_fail_memory(err);
  }
  json_object_set_new(recorder->root, "end", end);
  int fd = recorder->draft.fd;
  bool fine = json_dumpfd(recorder->root, fd, JSON_INDENT(1)) == 0 && write(fd, "\n", 1) == 1;
  if (cli_draft_close(&recorder->draft, fine)) return CLOCHE_OK;
  return cli_fail(err, CLOCHE_IO_ERROR, "--record: '%.160s' cannot be written: %s", recorder->path, strerror(errno));
}
