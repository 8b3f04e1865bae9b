/* What cloche_cell_apply takes. The input is the content of changes (src/core/journal.c) behind the length of its patch, to
 * which the target gives a right header for a session that it restores each time, so that it comes as far as it can; and it is
 * tried as it is. What is accepted is run, undone and told again. fuzz/seed_changes.c makes the corpus. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "cloche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 72, HASH_AT = 8, HASHED_FROM = 24, PATCH_LEN_AT = 32, MAX_SIZE = 1 << 18 };

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_snapshot *base;
static uint8_t file[HEADER + MAX_SIZE];

static cloche_cell *open_cell(void) {
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  if (cloche_limits_profile(&limits, "default", NULL) != CLOCHE_OK) abort();
  limits.wall_ns = limits.cpu_ns = 20000000;
  limits.memory_bytes = 32 << 20;
  options.limits = &limits;
  options.session = options.journal = true;
  options.undo_runs = 2;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = i ? "u" : "t";
    if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK) abort();
  }
  return cell;
}

/* A session after its first run, and the names of its state and of another one. */
static void set_up(void) {
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_cell *cell = open_cell();
  uint8_t *bytes;
  size_t len;
  cloche_result r;
  if (cloche_cell_eval(cell, "var n = 1", 9, NULL, &r, NULL) != CLOCHE_OK || r.status != CLOCHE_OK ||
      cloche_cell_snapshot(&base, cell, NULL) != CLOCHE_OK ||
      cloche_cell_eval(cell, "n++", 3, NULL, &r, NULL) != CLOCHE_OK || r.status != CLOCHE_OK ||
      cloche_cell_changes(cell, &bytes, &len, NULL) != CLOCHE_OK)
    abort();
  memcpy(file, bytes, HEADER);
  free(bytes);
  cloche_cell_close(cell);
}

static void run(cloche_cell *cell, const char *source) {
  cloche_state state = CLOCHE_RUNNING;
  if (cloche_cell_start(cell, source, strlen(source), NULL, NULL) != CLOCHE_OK) return;
  for (int i = 0; i < 30 && state != CLOCHE_DONE; i++) {
    cloche_call call;
    while (cloche_cell_next_call(cell, &call)) (void)cloche_cell_resolve(cell, call.id, "[1]", 3, NULL);
    if (i == 20) cloche_cell_interrupt(cell);
    if (cloche_cell_step(cell, 5000000, &state, NULL) != CLOCHE_OK) return;
  }
}

static void try_changes(const uint8_t *bytes, size_t len) {
  cloche_cell *cell = open_cell();
  uint8_t *told;
  size_t told_len;
  cloche_result r;
  if (cloche_cell_restore(cell, base, NULL) != CLOCHE_OK) abort();
  if (cloche_cell_apply(cell, bytes, len, NULL) == CLOCHE_OK) {
    run(cell, "[n, context.k, await tools.t(), await import('m')]");
    if (cloche_cell_changes(cell, &told, &told_len, NULL) == CLOCHE_OK) free(told);
    (void)cloche_cell_undo(cell, 1, NULL);
    run(cell, "n");
  } else if (cloche_cell_eval(cell, "n", 1, NULL, &r, NULL) != CLOCHE_OK || (r.value && strcmp(r.value, "1") != 0)) {
    abort(); /* what is refused changes nothing; a slow machine may meet the limit of time */
  }
  cloche_cell_close(cell);
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_eval(cell, "1 + 2", 5, NULL, &r, NULL) != CLOCHE_OK || !r.value || strcmp(r.value, "3") != 0)
    abort(); /* the next cell is well */
  cloche_cell_close(cell);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!engine) set_up();
  try_changes(data, size);
  if (size < 8 || size > MAX_SIZE) return 0;
  memcpy(file + PATCH_LEN_AT, data, 8);
  memcpy(file + HEADER, data + 8, size - 8);
  size_t len = HEADER + size - 8;
  crypto_generichash(file + HASH_AT, 16, file + HASHED_FROM, len - HASHED_FROM, NULL, 0);
  try_changes(file, len);
  return 0;
}
