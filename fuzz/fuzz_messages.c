/* Messages from a host: any bytes as a line, and as a supervisor's frame with a blob. What is taken must be whole and of the
 * form that it claims, and what is written of it must be one line that jansson reads and that says the same. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "messages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
  char text[1 << 16];
  size_t len, lines;
} written;

static void put(void *user, const char *text, size_t len) {
  written *out = user;
  for (size_t i = 0; i < len; i++) out->lines += text[i] == '\n';
  if (len > sizeof out->text - out->len) return;
  memcpy(out->text + out->len, text, len);
  out->len += len;
}

/* An id goes out as it came in. */
static void check_id(cl_text id) {
  static written out;
  const cl_sink sink = {put, &out};
  if (id.len > sizeof out.text / 8) return;
  out.len = out.lines = 0;
  cl_message_error(&sink, id, CLOCHE_NOT_FOUND, "x");
  json_t *root = json_loadb(out.text, out.len, JSON_ALLOW_NUL, NULL);
  const json_t *back = json_object_get(root, "id");
  if (!back || out.lines != 1 || out.text[out.len - 1] != '\n') abort();
  if (!cl_text_is(id, (cl_text){json_string_value(back), json_string_length(back)})) abort();
  json_decref(root);
}

static void check_json(cl_text text) {
  if (text.len > 0 && !cl_json_check(text.data, text.len) && text.len < CL_JSON_DEPTH) abort();
}

static size_t sum; /* so that every byte that is given is read */

static void read_all(const void *bytes, size_t len) {
  const unsigned char *p = bytes;
  for (size_t i = 0; p && i < len; i++) sum += p[i];
}

static void read_word(const char *word) { read_all(word, word ? strlen(word) : 0); }

static void read_request(const cl_request *request) {
  check_id(request->id);
  check_json(request->context);
  check_json(request->value);
  read_all(request->session.data, request->session.len);
  read_all(request->code.data, request->code.len);
  read_all(request->target.data, request->target.len);
  read_all(request->call.data, request->call.len);
  read_all(request->data, request->data_len);
  read_all(request->blob.data, request->blob.len);
  read_word(request->language);
  read_word(request->rejection.name);
  read_word(request->rejection.message);
  read_word(request->rejection.code);
  read_word(request->rejection.data);
  if (request->rejection.data) check_json(cl_text_of(request->rejection.data));
  for (size_t i = 0; i < request->limit_count; i++) read_word(request->limits[i].value);
  for (size_t i = 0; i < request->tool_count; i++) read_word(request->tools[i].name);
  for (size_t i = 0; i < request->file_count; i++) read_all(request->files[i].data.data, request->files[i].data.len);
}

static void read_more(const cl_request *request) {
  const cloche_run_options *run = &request->run;
  read_word(run->name);
  read_word(run->language);
  read_word(run->jsx_factory);
  read_word(run->jsx_fragment);
  for (size_t i = 0; i < request->module_count; i++) {
    read_word(request->modules[i].name);
    read_word(request->modules[i].language);
    read_all(request->modules[i].source.data, request->modules[i].source.len);
  }
  for (size_t i = 0; i < request->mount_count; i++) read_word(request->mounts[i].path);
}

static void check_refusal(const cl_request *request, cloche_status status, const cloche_error *err) {
  if (status == CLOCHE_OK) return;
  if (err->status != status || !err->message[0]) abort();
  check_id(request->id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  cl_request request;
  cloche_error err = CLOCHE_ERROR_INIT;
  const uint8_t blob[] = {'[', '1', ']'};
  char *line = malloc(size + 1); /* as the door gives it: terminated */
  if (!line) return 0;
  if (size) memcpy(line, data, size);
  line[size] = 0;
  cloche_status status = cl_request_read(&request, line, size, &err);
  check_refusal(&request, status, &err);
  if (status == CLOCHE_OK) read_request(&request);
  if (request.opens || request.modules || request.mounts || request.blob.data) abort(); /* a line never has these */
  cl_request_free(&request);
  for (int beside = 0; beside < 2; beside++) {
    status = cl_request_read_frame(&request, line, size, beside ? blob : NULL, beside ? sizeof blob : 0, &err);
    check_refusal(&request, status, &err);
    if (status == CLOCHE_OK) read_request(&request), read_more(&request);
    cl_request_free(&request);
  }
  free(line);
  return 0;
}
