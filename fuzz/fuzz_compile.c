/* Source text in every language through the compiler cell and then a cell: the first byte says which language, whether the
 * text is the run's source or a module that the run imports, and whether the cell is a session; the rest is the text. The
 * limits are tight. The process must live, the report must be JSON, a position must lie in a source that has a name, and
 * the next run in the same language must be well. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LANGUAGE = 3, MODULE = 4, SESSION = 8 }; /* bits of the first byte */

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_limits limits;

static const char *const languages[] = {"js", "jsx", "ts", "tsx"};
static const char *const modules[] = {"m.js", "m.jsx", "m.ts", "m.tsx"};

static void open_once(void) {
  if (engine) return;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.compiler_ready = true;
  if (cloche_engine_open(&engine, &options, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 60 * CL_MS;
  limits.memory_bytes = 8 * CL_MIB;
  limits.stack_bytes = 64 * CL_KIB;
  limits.source_bytes = 64 * CL_KIB;
}

static void check(cloche_cell *cell, const cloche_result *result) {
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || !cl_json_check(json, len)) abort();
  if (result->status == CLOCHE_INTERNAL) abort();
  if ((result->line > 0) != (result->error_source != NULL) || (result->line > 0 && result->column == 0)) abort();
  if (result->status != CLOCHE_OK && (!result->error_name || !result->error_message)) abort();
}

static void give_module(cloche_cell *cell, int language, const char *text, size_t len) {
  cloche_module module = CLOCHE_MODULE_INIT;
  module.name = modules[language];
  module.language = languages[language];
  module.source = text;
  module.source_len = len;
  if (len <= limits.source_bytes && cloche_cell_module(cell, &module, NULL) != CLOCHE_OK) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  if (size == 0) return 0;
  int language = data[0] & LANGUAGE;
  const char *text = (const char *)data + 1;
  size_t len = size - 1;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = data[0] & SESSION;
  cloche_cell *cell;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.language = languages[language];
  static const char import[] = "import * as m from './m'; Object.keys(m)";
  cloche_result result;
  if (data[0] & MODULE) {
    give_module(cell, language, text, len);
    if (cloche_cell_eval(cell, import, sizeof import - 1, NULL, &result, NULL) != CLOCHE_OK) abort();
  } else if (cloche_cell_eval(cell, text, len, &run, &result, NULL) != CLOCHE_OK) {
    abort();
  }
  check(cell, &result);
  cloche_cell_close(cell);
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK) abort();
  if (cloche_cell_eval(cell, "1+2", 3, &run, &result, NULL) != CLOCHE_OK) abort();
  if (result.status != CLOCHE_OK || strcmp(result.value, "3") != 0) abort();
  cloche_cell_close(cell);
  return 0;
}
