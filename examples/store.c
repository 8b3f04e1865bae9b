/* A script waits for an approval as bytes: its cell is closed meanwhile, as its process could be. */
#include <cloche.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cloche_error err = CLOCHE_ERROR_INIT;

static void must(cloche_status status) {
  if (status == CLOCHE_OK) return;
  fprintf(stderr, "store: %s\n", err.message);
  exit(1);
}

static cloche_cell *open_cell(cloche_thread *thread, cloche_engine *engine) {
  cloche_cell *cell;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "approve";
  must(cloche_cell_open(&cell, thread, engine, NULL, &err));
  must(cloche_cell_tool(cell, &tool, &err));
  return cell;
}

static cloche_state go_on(cloche_cell *cell) {
  cloche_state state = CLOCHE_RUNNING;
  while (state == CLOCHE_RUNNING) must(cloche_cell_step(cell, 0, &state, &err));
  return state;
}

int main(void) {
  static const char source[] =
      "let tried = 3;\n"
      "const answer = await tools.approve({action: 'delete', tried});\n"
      "`${answer} after ${tried} tries`";
  cloche_engine *engine;
  cloche_thread *thread;
  must(cloche_engine_open(&engine, NULL, &err));
  must(cloche_thread_open(&thread, NULL, &err));

  cloche_cell *cell = open_cell(thread, engine);
  must(cloche_cell_start(cell, source, sizeof source - 1, NULL, &err));
  if (go_on(cell) != CLOCHE_WAITING) return 1;
  cloche_snapshot *snapshot;
  uint8_t *bytes;
  size_t len;
  must(cloche_cell_snapshot(&snapshot, cell, &err));
  must(cloche_snapshot_write(snapshot, NULL, &bytes, &len, &err)); /* to a file, a database, a message */
  cloche_snapshot_free(snapshot);
  cloche_cell_close(cell);
  printf("waits in fewer than 100 KB: %s\n", len < 100000 ? "yes" : "no");

  must(cloche_snapshot_read(&snapshot, bytes, len, NULL, &err)); /* maybe elsewhere, maybe next week */
  free(bytes);
  cell = open_cell(thread, engine);
  must(cloche_cell_restore(cell, snapshot, &err));
  cloche_snapshot_free(snapshot);
  cloche_call call;
  cloche_result result;
  if (!cloche_cell_next_call(cell, &call)) return 1; /* the open call, under its old id */
  printf("asks %s %.*s\n", call.tool, (int)call.argument_len, call.argument);
  must(cloche_cell_resolve(cell, call.id, "\"granted\"", strlen("\"granted\""), &err));
  if (go_on(cell) != CLOCHE_DONE) return 1;
  must(cloche_cell_result(cell, &result, &err));
  printf("value: %s\n", result.value);

  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return 0;
}
