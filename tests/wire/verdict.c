/* wire_verdict: reads files, each one message or report, and writes what the readers of the wire say of them:
 * a line "taken FILE" or "refused FILE: why".
 *
 *     wire_verdict answer|report|ask|start FILE...  */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire.h"

static char text[1 << 20];

static const char *answer(size_t len) {
  cl_answer out;
  const char *why;
  bool no_memory;
  bool good = cl_answer_read(&out, text, len, &why, &no_memory);
  cl_answer_free(&out);
  return good ? NULL : why;
}

static const char *report(size_t len) {
  cl_report out;
  const char *why;
  bool no_memory;
  bool good = cl_report_read(&out, text, len, &why, &no_memory);
  cl_report_free(&out);
  return good ? NULL : why;
}

static const char *ask(size_t len) {
  static cloche_error err;
  cl_request out;
  cloche_status status = cl_request_read_frame(&out, text, len, NULL, 0, &err);
  cl_request_free(&out);
  return status == CLOCHE_OK ? NULL : err.message;
}

static const char *start(size_t len) {
  static cl_start out;
  static cloche_error err;
  return cl_start_read(&out, text, len, &err) == CLOCHE_OK ? NULL : err.message;
}

int main(int argc, char **argv) {
  const struct {
    const char *name;
    const char *(*read)(size_t len);
  } readers[] = {{"answer", answer}, {"report", report}, {"ask", ask}, {"start", start}};
  size_t which = 0;
  while (which < 4 && (argc < 2 || strcmp(argv[1], readers[which].name) != 0)) which++;
  if (which == 4) return 2;
  for (int i = 2; i < argc; i++) {
    FILE *file = fopen(argv[i], "rb");
    if (!file) return 2;
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = 0;
    const char *why = readers[which].read(len);
    if (why) printf("refused %s: %s\n", argv[i], why);
    else printf("taken %s\n", argv[i]);
  }
  return 0;
}
