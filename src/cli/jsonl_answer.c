/* What the JSONL door writes, in its two dialects; jsonl.h. The plain one is {"id","output"?,"error"?}, fields that would
 * be empty left out; the full one is that of messages.h. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error_text.h"
#include "jsonl.h"
#include "table.h"

static void put(cli_jsonl *door, const char *text) { cli_out_add(&door->out, STDOUT_FILENO, text, strlen(text)); }

/* ---- the plain dialect */

static void plain_begin(cli_jsonl *door, cl_text id) {
  put(door, "{\"id\":");
  cl_put_string(&door->sink, id);
}

static void plain_end(cli_jsonl *door) { put(door, "}\n"); }

/* A text that becomes a field with its first piece. */
typedef struct {
  cli_jsonl *door;
  const char *name;
  bool begun;
} plain_field;

static void add(plain_field *field, const char *text, size_t len) {
  if (len == 0) return;
  if (!field->begun) {
    put(field->door, ",\"");
    put(field->door, field->name);
    put(field->door, "\":\"");
  }
  field->begun = true;
  cl_put_string_part(&field->door->sink, (cl_text){text, len});
}

static void add_string(plain_field *field, const char *text) { add(field, text, strlen(text)); }

static void end_field(plain_field *field) {
  if (field->begun) put(field->door, "\"");
}

static bool is_text(const cloche_event *event) {
  return !event->base64 &&
         (!event->mime || strncmp(event->mime, "text/", 5) == 0 || strcmp(event->mime, "application/json") == 0);
}

static void add_event(plain_field *field, const cloche_event *event) {
  bool display = strcmp(event->type, "display") == 0;
  if (display && !is_text(event)) {
    add_string(field, "[");
    add_string(field, event->mime ? event->mime : "application/octet-stream");
    add_string(field, "]\n");
    return;
  }
  add(field, event->text, event->text_len);
  bool ended = display && event->text_len && event->text[event->text_len - 1] == '\n';
  if (!ended && strcmp(event->type, "stdout") != 0 && strcmp(event->type, "stderr") != 0) add_string(field, "\n");
}

static bool is_table(const cloche_event *event) { return event->mime && strcmp(event->mime, CLI_TABLE_TYPE) == 0; }

/* What was printed, stderr behind stdout, and the value, if there is one. A value of SQL is the last table displayed. */
static void add_output(cli_jsonl *door, cloche_cell *cell, const cloche_result *result, bool sql) {
  plain_field output = {.door = door, .name = "output"};
  cloche_event held = {0};
  door->text.len = 0;
  for (cloche_event event; cloche_cell_next_event(cell, &event);) {
    if (strcmp(event.type, "progress") == 0) continue;
    if (held.type) add_event(&output, &held);
    held = sql && is_table(&event) ? event : (cloche_event){0};
    if (held.type) continue;
    if (strcmp(event.type, "stderr") == 0) (void)cli_bytes_add(&door->text, event.text, event.text_len);
    else add_event(&output, &event);
  }
  if (held.type && !result->value) add_event(&output, &held);
  if (result->value && strcmp(result->repr, "None") != 0) {
    add(&output, result->repr, result->repr_len);
    add_string(&output, "\n");
  }
  if (door->text.len) add(&output, door->text.data, door->text.len);
  end_field(&output);
}

static void add_error(cli_jsonl *door, const cloche_result *result) {
  plain_field error = {.door = door, .name = "error"};
  door->text.len = 0;
  cli_error_text(&door->text, result);
  if (door->text.len) add(&error, door->text.data, door->text.len);
  if (result->rolled_back) add_string(&error, "\nThe session is as it was before this request.");
  end_field(&error);
}

/* Python's sys.exit ends the request and nothing else. */
static void add_exit(cli_jsonl *door, int exit_code) {
  char text[40];
  snprintf(text, sizeof text, ",\"error\":\"SystemExit: %d\"", exit_code);
  put(door, text);
}

static void plain_run(cli_jsonl *door, const cli_job *job, const cloche_result *result) {
  const char *language = job->request.language ? job->request.language : door->settings->language;
  bool keeps_output = result->status == CLOCHE_OK || strcmp(job->session->engine, "js") != 0;
  plain_begin(door, job->request.id);
  if (keeps_output) add_output(door, job->session->cell, result, strcmp(language, "sql") == 0);
  if (result->status != CLOCHE_OK) add_error(door, result);
  else if (result->exit_code) add_exit(door, result->exit_code);
  plain_end(door);
}

static void plain_error(cli_jsonl *door, cl_text id, const char *message) {
  plain_field error = {.door = door, .name = "error"};
  plain_begin(door, id);
  add_string(&error, message);
  end_field(&error);
  plain_end(door);
}

/* ---- both */

void cli_answer_events(cli_jsonl *door, const cli_job *job) {
  if (!door->settings->report) return; /* they are a part of the answer */
  for (cloche_event event; cloche_cell_next_event(job->session->cell, &event);)
    cl_message_event(&door->sink, job->request.id, &event);
}

static cloche_status check_begun(const cli_job *job, cloche_error *err) {
  cloche_result result;
  cloche_status status = cloche_cell_result(job->session->cell, &result, err);
  return status == CLOCHE_OK && cli_dome_refused(&result, err) ? result.status : status;
}

void cli_answer_run(cli_jsonl *door, const cli_job *job) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  cl_text report;
  cloche_status status;
  if (door->settings->report) {
    status = check_begun(job, &err);
    if (status == CLOCHE_OK) status = cloche_cell_report(job->session->cell, &report.data, &report.len, &err);
    if (status == CLOCHE_OK) cl_message_report(&door->sink, job->request.id, report);
  } else {
    status = check_begun(job, &err);
    if (status == CLOCHE_OK) status = cloche_cell_result(job->session->cell, &result, &err);
    if (status == CLOCHE_OK) plain_run(door, job, &result);
  }
  if (status != CLOCHE_OK) cli_answer_error(door, job->request.id, status, err.message);
}

void cli_answer_done(cli_jsonl *door, const cli_job *job) {
  if (door->settings->report) {
    cl_message_done(&door->sink, job->request.id);
    return;
  }
  plain_begin(door, job->request.id);
  plain_end(door);
}

void cli_answer_count(cli_jsonl *door, const cli_job *job, const char *name, uint64_t count) {
  if (door->settings->report) cl_message_done_count(&door->sink, job->request.id, name, count);
  else cli_answer_done(door, job);
}

void cli_answer_snapshot(cli_jsonl *door, const cli_job *job, const uint8_t *bytes, size_t len) {
  if (door->settings->report) {
    cl_message_done_snapshot(&door->sink, job->request.id, bytes, len);
    return;
  }
  plain_begin(door, job->request.id);
  put(door, ",\"output\":\"");
  cl_put_base64(&door->sink, bytes, len);
  put(door, "\"");
  plain_end(door);
}

void cli_answer_error(cli_jsonl *door, cl_text id, cloche_status status, const char *message) {
  if (door->settings->report) cl_message_error(&door->sink, id, status, message);
  else plain_error(door, id, message);
}
