/* The loader of snapshots. The input is the content of a snapshot (src/core/snapshot.h), to which the target gives a right
 * header and the ids of the engine that runs here, so that it comes as far as it can; and it is tried as a whole file. What
 * is accepted is described, written and read again, restored, and stepped for a bounded time, its calls answered.
 * fuzz/seed_snapshot.c makes the corpus. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "cloche.h"
#include "engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 64, LENGTHS_AT = 16, HASH_AT = 32, IDS_AT = HEADER + 16, MAX_SIZE = 1 << 18 };

static cloche_engine *engine;
static cloche_thread *thread;
static uint8_t header[HEADER], file[HEADER + MAX_SIZE];

static void set_up(void) {
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
}

static cloche_cell *open_cell(void) {
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  if (cloche_limits_profile(&limits, "default", NULL) != CLOCHE_OK) abort();
  limits.wall_ns = limits.cpu_ns = 20000000;
  limits.memory_bytes = 32 << 20;
  options.limits = &limits;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = i ? "u" : "t";
    if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK) abort();
  }
  return cell;
}

static void run(cloche_cell *cell) {
  cloche_state state = CLOCHE_RUNNING;
  for (int i = 0; i < 30 && state != CLOCHE_DONE; i++) {
    cloche_call call;
    while (cloche_cell_next_call(cell, &call)) (void)cloche_cell_resolve(cell, call.id, "[1]", 3, NULL);
    for (cloche_event event; cloche_cell_next_event(cell, &event);) continue;
    if (i == 20) cloche_cell_interrupt(cell);
    if (cloche_cell_step(cell, 5000000, &state, NULL) != CLOCHE_OK) return;
  }
  const char *json;
  size_t len;
  if (state == CLOCHE_DONE) (void)cloche_cell_report(cell, &json, &len, NULL);
  cloche_result r;
  if (state == CLOCHE_DONE) (void)cloche_cell_eval(cell, "1 + 1", 5, NULL, &r, NULL);
}

/* What was accepted is what is written. */
static void write_again(const cloche_snapshot *s) {
  uint8_t *bytes;
  size_t len;
  cloche_snapshot *again;
  cloche_snapshot_info a = cloche_snapshot_describe(s), b;
  if (cloche_snapshot_write(s, NULL, &bytes, &len, NULL) != CLOCHE_OK) abort();
  if (cloche_snapshot_read(&again, bytes, len, NULL, NULL) != CLOCHE_OK) abort();
  b = cloche_snapshot_describe(again);
  if (strcmp(a.hash, b.hash) != 0 || a.bytes != b.bytes) abort();
  cloche_snapshot_free(again);
  free(bytes);
}

static void try_file(const uint8_t *bytes, size_t len) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_snapshot *s;
  options.max_bytes = 64 << 20;
  if (cloche_snapshot_read(&s, bytes, len, &options, NULL) != CLOCHE_OK) return;
  write_again(s);
  cloche_cell *cell = open_cell();
  if (cloche_cell_restore(cell, s, NULL) == CLOCHE_OK) run(cell);
  cloche_cell_close(cell);
  cloche_snapshot_free(s);
  cloche_result r; /* the next cell is well */
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_eval(cell, "1 + 2", 5, NULL, &r, NULL) != CLOCHE_OK || !r.value || strcmp(r.value, "3") != 0)
    abort();
  cloche_cell_close(cell);
}

/* A file of this content: a right header, and the ids of the engine that runs here. */
static size_t make_file(const uint8_t *content, size_t size) {
  uint64_t lengths[2] = {size, size};
  memcpy(file, header, HASH_AT);
  memset(file + HASH_AT, 0, HEADER - HASH_AT);
  memcpy(file + LENGTHS_AT, lengths, 16);
  memcpy(file + HEADER, content, size);
  if (size >= IDS_AT - HEADER + 64) {
    memcpy(file + IDS_AT, engine->header.engine_id, 32);
    memcpy(file + IDS_AT + 32, engine->header.image_id, 32);
  }
  uint8_t hash[32];
  crypto_generichash(hash, sizeof hash, file, HEADER + size, NULL, 0);
  memcpy(file + HASH_AT, hash, sizeof hash);
  return HEADER + size;
}

/* The header is that of a snapshot of today; and what this target makes of its content must be one, or it would search in vain. */
static void learn(void) {
  cloche_snapshot_options plain = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  cloche_snapshot *s;
  uint8_t *bytes;
  size_t len;
  plain.level = 0;
  options.session = true;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK ||
      cloche_cell_snapshot(&s, cell, NULL) != CLOCHE_OK ||
      cloche_snapshot_write(s, &plain, &bytes, &len, NULL) != CLOCHE_OK || len > sizeof file)
    abort();
  cloche_snapshot_free(s);
  memcpy(header, bytes, HEADER);
  size_t made = make_file(bytes + HEADER, len - HEADER);
  if (made != len || memcmp(file, bytes, len) != 0 || cloche_snapshot_read(&s, file, made, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
  free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!engine) {
    set_up();
    learn();
  }
  try_file(data, size);
  if (size <= MAX_SIZE) try_file(file, make_file(data, size));
  return 0;
}
