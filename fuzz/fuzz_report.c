/* A worker's report: any bytes. What is taken is JSON to core's checker, its texts are UTF-8 and terminated, and what goes
 * together in a result does. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "status.h"
#include "wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, size_t len) {
  if (text[len] != 0) abort();
  for (size_t i = 0; i < len;) {
    size_t n = cl_utf8_length((const unsigned char *)text + i, len - i);
    if (n == 0) abort();
    i += n;
  }
}

static void check_word(const char *word) {
  if (word) check_text(word, strlen(word));
}

static void check_result(const cloche_result *r, size_t size) {
  bool good = r->status == CLOCHE_OK, waits = r->status == CLOCHE_SUSPENDED;
  if (good != (r->repr != NULL) || (r->value && !good)) abort();
  if ((good || waits) != (r->error_message == NULL) || (good || waits) != (r->error_name == NULL)) abort();
  if (!r->line != !r->error_source || !r->line != !r->column || (r->error_frame && !r->line)) abort();
  if (r->exit_code < 0 || r->exit_code > 255) abort();
  if (r->polls || r->wall_ns || r->cpu_ns || r->exited) abort(); /* no report says them */
  if (r->repr) check_text(r->repr, r->repr_len);
  if (r->value) check_text(r->value, r->value_len);
  if (r->value && size < CL_JSON_DEPTH && !cl_json_check(r->value, r->value_len)) abort();
  check_word(r->error_name);
  check_word(r->error_message);
  check_word(r->error_source);
  check_word(r->error_frame);
  check_word(r->error_stack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *why = NULL;
  bool no_memory = false;
  cl_report report;
  if (cl_report_read(&report, (const char *)data, size, &why, &no_memory)) {
    if (size < CL_JSON_DEPTH && !cl_json_check((const char *)data, size)) abort();
    if (report.output_bytes > size || report.outputs > size || report.calls > size) abort();
    check_result(&report.result, size);
  } else if (no_memory || !why) {
    abort();
  }
  cl_report_free(&report);
  return 0;
}
