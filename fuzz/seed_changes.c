/* Writes the corpus of fuzz_changes: contents of changes of several kinds, each behind the length of its patch. To be run again
 * when the form of changes, the image or the engine is another one.
 *
 * usage: seed_changes FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche.h"

enum { HEADER = 72, PATCH_LEN_AT = 32 };

static cloche_engine *engine;
static cloche_thread *thread;
static const char *folder;

static void must(cloche_status status, const cloche_error *err) {
  if (status == CLOCHE_OK) return;
  fprintf(stderr, "%s\n", err->message);
  exit(1);
}

static void save(const char *name, const uint8_t *bytes, size_t len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *out = fopen(path, "wb");
  if (!out || fwrite(bytes + PATCH_LEN_AT, 8, 1, out) != 1 ||
      fwrite(bytes + HEADER, 1, len - HEADER, out) != len - HEADER || fclose(out) != 0) {
    perror(path);
    exit(1);
  }
}

static void tool(cloche_cell *cell, const char *name) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = name;
  must(cloche_cell_tool(cell, &tool, &err), &err);
}

static void seed(const char *name, const char *source, bool with_inputs) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  cloche_cell *cell;
  uint8_t *bytes;
  size_t len;
  options.session = options.journal = true;
  options.seeded = true; /* so that the corpus is the same each time */
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  must(cloche_cell_open(&cell, thread, engine, &options, &err), &err);
  tool(cell, "t");
  must(cloche_cell_eval(cell, "var n = 1", 9, NULL, NULL, &err), &err);
  if (with_inputs) {
    cloche_module module = {1, "m", "export const a: number = 1", 26, "ts"};
    tool(cell, "u");
    must(cloche_cell_module(cell, &module, &err), &err);
    must(cloche_cell_context(cell, "{\"k\":1}", 7, &err), &err);
  }
  run.complete = strcmp(source, "Math.ma") == 0;
  must(cloche_cell_eval(cell, source, strlen(source), &run, NULL, &err), &err);
  must(cloche_cell_changes(cell, &bytes, &len, &err), &err);
  save(name, bytes, len);
  free(bytes);
  cloche_cell_close(cell);
}

int main(int argc, char **argv) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (argc != 2) {
    fprintf(stderr, "usage: seed_changes FOLDER\n");
    return 2;
  }
  folder = argv[1];
  must(cloche_engine_open(&engine, NULL, &err), &err);
  must(cloche_thread_open(&thread, NULL, &err), &err);
  seed("count", "n += 1", false);
  seed("inputs", "n += 1; await import('m'); 0", true);
  seed("rolled-back", "Math.ma", true);
  seed("grown", "var a = new ArrayBuffer(3 << 20); 0", false);
  seed("thrown", "n = 'x'.repeat(300); throw n", false);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return 0;
}
