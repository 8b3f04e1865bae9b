/* Writes the corpus of fuzz_snapshot: contents of snapshots of several kinds, small ones without their pages, and one whole
 * file. To be run again when the form of snapshots changes.
 *
 * usage: seed_snapshot FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche.h"

enum { HEADER = 64, HEAD = 16 };

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
  if (!out || fwrite(bytes, 1, len, out) != len || fclose(out) != 0) {
    perror(path);
    exit(1);
  }
}

/* Head and state alone, with `pages` of the first pages. */
static size_t cut(uint8_t *content, uint32_t pages) {
  uint64_t state;
  uint32_t base, none = 0;
  memcpy(&state, content, 8);
  memcpy(&base, content + 8, 4);
  uint32_t run;
  memcpy(&run, content + 12, 4);
  size_t numbers = HEAD + ((state + 7) & ~(size_t)7), data = numbers + ((((size_t)base + run) * 4 + 7) & ~(size_t)7);
  memcpy(content + 8, &pages, 4);
  memcpy(content + 12, &none, 4);
  size_t padded = ((size_t)pages * 4 + 7) & ~(size_t)7;
  memmove(content + numbers + padded, content + data, (size_t)pages * 4096);
  if (pages % 2) memset(content + numbers + (size_t)pages * 4, 0, 4);
  return numbers + padded + (size_t)pages * 4096;
}

static void seed(const char *name, bool session, const char *before, const char *source, uint32_t pages) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_snapshot_options plain = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_cell *cell;
  cloche_snapshot *snapshot;
  uint8_t *bytes;
  size_t len;
  options.session = session;
  options.seeded = true; /* so that the corpus is the same each time, but for clocks */
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  must(cloche_cell_open(&cell, thread, engine, &options, &err), &err);
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = i ? "u" : "t";
    must(cloche_cell_tool(cell, &tool, &err), &err);
  }
  cloche_module module = {1, "m", "export const a: number = 1", 26, "ts"};
  must(cloche_cell_module(cell, &module, &err), &err);
  must(cloche_cell_context(cell, "{\"k\":1}", 7, &err), &err);
  if (before) must(cloche_cell_eval(cell, before, strlen(before), NULL, NULL, &err), &err);
  if (source) {
    cloche_state state;
    must(cloche_cell_start(cell, source, strlen(source), NULL, &err), &err);
    do must(cloche_cell_step(cell, 0, &state, &err), &err);
    while (state == CLOCHE_RUNNING);
    cloche_call call;
    if (cloche_cell_next_call(cell, &call)) must(cloche_cell_resolve(cell, call.id, "[1]", 3, &err), &err);
  }
  must(cloche_cell_snapshot(&snapshot, cell, &err), &err);
  plain.level = pages == UINT32_MAX ? 19 : 0;
  must(cloche_snapshot_write(snapshot, &plain, &bytes, &len, &err), &err);
  if (pages == UINT32_MAX) save(name, bytes, len);
  else save(name, bytes + HEADER, cut(bytes + HEADER, pages));
  free(bytes);
  cloche_snapshot_free(snapshot);
  cloche_cell_close(cell);
}

int main(int argc, char **argv) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (argc != 2) {
    fprintf(stderr, "usage: seed_snapshot FOLDER\n");
    return 2;
  }
  folder = argv[1];
  must(cloche_engine_open(&engine, NULL, &err), &err);
  must(cloche_thread_open(&thread, NULL, &err), &err);
  static const char waits[] =
      "console.log('x'); display({a: 1}); progress(0.5); Promise.reject(1);"
      "const a = tools.t([1]), b = tools.u(); setTimeout(() => 0, 5); [await a, await b]";
  seed("rest", true, "var a = [1, 2]; a", NULL, 0);
  seed("rest-page", true, "var a = [1, 2]; a", NULL, 1);
  seed("session-waits", true, "var kept = 1", waits, 0);
  seed("session-waits-pages", true, "var kept = 1", waits, 3);
  seed("one-shot-waits", false, NULL, waits, 0);
  seed("timer", false, NULL, "tools.t(); await new Promise(r => setTimeout(r, 1000)); 1", 0);
  seed("file", true, "1", NULL, UINT32_MAX);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return 0;
}
