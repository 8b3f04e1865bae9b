/* What a worker says: any bytes as the text of a frame. What is taken must be JSON to core's checker too, with texts in UTF-8,
 * within its bounds, and must come out the same when it is written again. And the reader's idea of JSON, which is its own, must
 * be that of core's checker for every input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "scan.h"
#include "wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t sum; /* so that every byte that is given is read */

static void read_all(const void *bytes, size_t len) {
  const unsigned char *p = bytes;
  for (size_t i = 0; p && i < len; i++) sum += p[i];
}

static void check_utf8(const char *text, size_t len) {
  for (size_t i = 0; i < len;) {
    size_t n = cl_utf8_length((const unsigned char *)text + i, len - i);
    if (n == 0) abort();
    i += n;
  }
}

static void compare_checkers(const char *text, size_t size) {
  cl_scan scan = cl_scan_of((cl_text){text, size});
  cl_scanned value;
  bool ours = cl_scan_value(&scan, &value) && cl_scan_is_done(&scan);
  if (ours != cl_json_check(text, size) && size < CL_JSON_DEPTH) abort();
}

static void put(void *user, const char *text, size_t len) { cl_buf_add(user, text, len); }

/* Writes it as a worker does, if it is of a kind that is written from what was read. */
static bool write_again(const cl_sink *sink, const cl_answer *a) {
  char id[24], call_id[48];
  snprintf(id, sizeof id, "%llu", (unsigned long long)a->id);
  snprintf(call_id, sizeof call_id, "%llu:%llu", (unsigned long long)a->cell, (unsigned long long)a->call);
  char *tool = strndup(a->tool.data ? a->tool.data : "", a->tool.len);
  const cloche_call call = {a->call, tool, a->argument.data, a->argument.len};
  bool wrote = true;
  switch (a->kind) {
    case CL_ANSWER_EVENT: cl_message_event(sink, cl_text_of(id), &a->event); break;
    case CL_ANSWER_CALL: cl_message_call(sink, cl_text_of(id), cl_text_of(call_id), &call); break;
    case CL_ANSWER_CANCEL: cl_message_cancel(sink, cl_text_of(call_id)); break;
    case CL_ANSWER_WAITING: cl_message_waiting(sink, cl_text_of(id)); break;
    case CL_ANSWER_ERROR: cl_message_error(sink, cl_text_of(id), a->status, a->message); break;
    case CL_ANSWER_READY: cl_put_ready(sink, a->ready); break;
    case CL_ANSWER_FAILED: cl_put_failed(sink, a->status, a->message); break;
    default: wrote = false;
  }
  free(tool);
  return wrote;
}

static bool same(const cl_answer *a, const cl_answer *b) {
  if (a->kind != b->kind || a->id != b->id || a->cell != b->cell || a->call != b->call) return false;
  if (a->status != b->status || strcmp(a->message, b->message) != 0 || a->event.type != b->event.type) return false;
  if (a->event.base64 != b->event.base64 || a->event.time_ms != b->event.time_ms) return false;
  if (!a->event.mime != !b->event.mime || (a->event.mime && strcmp(a->event.mime, b->event.mime) != 0)) return false;
  if (a->ready && memcmp(a->ready, b->ready, sizeof *a->ready) != 0) return false;
  return cl_text_is(a->argument, b->argument) &&
         cl_text_is((cl_text){a->event.text, a->event.text_len}, (cl_text){b->event.text, b->event.text_len});
}

static void check_again(const cl_answer *answer) {
  cl_buf text = {.max = 1 << 24};
  const cl_sink sink = {put, &text};
  cl_answer again;
  const char *why;
  bool no_memory;
  if (!memchr(answer->tool.data ? answer->tool.data : "", 0, answer->tool.len) && write_again(&sink, answer)) {
    if (text.failed || !cl_answer_read(&again, text.data, text.len, &why, &no_memory)) abort();
    if (!same(answer, &again)) abort();
    cl_answer_free(&again);
  }
  cl_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data, *why = NULL;
  bool no_memory = false;
  cl_answer answer;
  compare_checkers(text, size);
  if (cl_answer_read(&answer, text, size, &why, &no_memory)) {
    if (size < CL_JSON_DEPTH && !cl_json_check(text, size)) abort();
    check_utf8(answer.tool.data, answer.tool.len);
    check_utf8(answer.event.text, answer.event.text_len);
    check_utf8(answer.message, strlen(answer.message));
    read_all(answer.argument.data, answer.argument.len);
    read_all(answer.report.data, answer.report.len);
    if (answer.argument.data && answer.argument.len < CL_JSON_DEPTH &&
        !cl_json_check(answer.argument.data, answer.argument.len))
      abort();
    check_again(&answer);
  } else if (no_memory || !why) {
    abort();
  }
  cl_answer_free(&answer);
  return 0;
}
