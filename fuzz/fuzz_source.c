/* Source text through a whole cell: any bytes as a program, with tight limits and the usual tools. The process must live,
 * the report must be JSON, and the next cell must be well. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_limits limits;

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void open_once(void) {
  if (engine) return;
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 30 * CL_MS;
  limits.memory_bytes = 8 * CL_MIB;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = size > 0 && data[0] & 1;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.fn = echo;
  cloche_cell *cell;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  tool.name = "echo";
  cloche_cell_tool(cell, &tool, NULL);
  tool.name = "echo_now";
  tool.sync = true;
  cloche_cell_tool(cell, &tool, NULL);
  cloche_result result;
  if (cloche_cell_eval(cell, (const char *)data, size, NULL, &result, NULL) != CLOCHE_OK) abort();
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || !cl_json_check(json, len)) abort();
  if (cloche_cell_reset(cell, NULL) != CLOCHE_OK) abort();
  /* This process may have to wait for a processor, which counts as work until the host has first looked. */
  cloche_run_options patient = CLOCHE_RUN_OPTIONS_INIT;
  patient.wall_ns = 10000 * CL_MS;
  if (cloche_cell_eval(cell, "1+2", 3, &patient, &result, NULL) != CLOCHE_OK) abort();
  bool waited = result.status == CLOCHE_CPU_TIME_LIMIT;
  if (!waited && (result.status != CLOCHE_OK || strcmp(result.value, "3") != 0)) abort();
  cloche_cell_close(cell);
  return 0;
}
