/* Text before a cursor: any bytes, completed in a session with traps in it. None of its code may run, the answer must be what
 * the header says, and the session must be as before. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_cell *cell;

static const char furniture[] =
    "const note = () => console.log('ran'); let a = {b: {c: [1, {d: 'x'}]}, get e() { note(); return a }, f() { note() }};"
    "const p = new Proxy(a, new Proxy({}, {get() { note() }})); class K { static s = a }; const k = new K();"
    "let äö = a; 0";

static void must_give(const char *source, size_t len, const char *want) {
  cloche_result result;
  if (cloche_cell_eval(cell, source, len, NULL, &result, NULL) != CLOCHE_OK) abort();
  if (result.status != CLOCHE_OK || !result.value || strcmp(result.value, want) != 0) abort();
}

static void open_once(void) {
  if (engine) return;
  cloche_limits limits;
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 2000 * CL_MS;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = true;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  must_give(furniture, sizeof furniture - 1, "0");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  options.complete = true;
  if (cloche_cell_eval(cell, (const char *)data, size, &options, &result, NULL) != CLOCHE_OK) abort();
  if (!result.rolled_back) abort();
  if (result.status == CLOCHE_OK) {
    if (!result.value || strncmp(result.value, "{\"from\":", 8) != 0 || !strstr(result.value, ",\"names\":[")) abort();
    if (!cl_json_check(result.value, result.value_len) || strtoull(result.value + 8, NULL, 10) > size) abort();
  }
  cloche_event event; /* the run leaves nothing behind but what it has printed */
  if (cloche_cell_next_event(cell, &event)) abort();
  must_give("typeof k", 8, "\"object\"");
  return 0;
}
