/* Python and SQL through a whole cell: the first byte says what the rest is (the source, a module that the run imports, a
 * file that it reads into the decoders of the library, SQL) and whether the cell is a session. The limits are tight. The
 * process must live, the report must be JSON, and the next run must be well. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SHAPE = 3, SESSION = 4 }; /* bits of the first byte */
enum shape { SOURCE, SQL, MODULE, DATA };

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_limits limits;

/* C code of the library that reads formats: what it makes of bytes that are none is its matter, but it stays in the cell. */
static const char decoders[] =
    "import marshal, pickle, zlib, bz2, json, struct, binascii, re, xml.etree.ElementTree as xml, csv, io\n"
    "data = open('/home/user/data', 'rb').read()\n"
    "for read in (marshal.loads, pickle.loads, zlib.decompress, bz2.decompress, json.loads, xml.fromstring,\n"
    "             binascii.a2b_base64, lambda d: struct.unpack(d[:20], d[20:]), lambda d: re.findall(d[:40], d),\n"
    "             lambda d: list(csv.reader(io.StringIO(d.decode('utf-8', 'replace')))),\n"
    "             lambda d: eval(d.decode('latin-1'), {})):\n"
    "    try: read(data)\n"
    "    except Exception: pass\n"
    "len(data)";

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void open_once(void) {
  if (engine) return;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  if (cloche_engine_open(&engine, &options, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 60 * CL_MS;
  limits.memory_bytes = 64 * CL_MIB;
}

static void give_tools(cloche_cell *cell) {
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.fn = echo;
  tool.name = "echo";
  cloche_cell_tool(cell, &tool, NULL);
  tool.name = "echo_now";
  tool.sync = true;
  cloche_cell_tool(cell, &tool, NULL);
}

static cloche_result eval(cloche_cell *cell, const char *source, size_t len, const char *language) {
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  cloche_result result;
  run.language = language;
  if (cloche_cell_eval(cell, source, len, &run, &result, NULL) != CLOCHE_OK) abort();
  return result;
}

static cloche_result run(cloche_cell *cell, enum shape shape, const char *text, size_t len) {
  static const char import[] = "import m\nsorted(vars(m))[:3]";
  cloche_module module = {1, "m.py", text, len, "py"};
  cloche_file file = {1, "/home/user/data", text, len, false};
  switch (shape) {
    case SOURCE: return eval(cell, text, len, "py");
    case SQL: return eval(cell, text, len, "sql");
    case MODULE:
      if (len <= limits.source_bytes && cloche_cell_module(cell, &module, NULL) != CLOCHE_OK) abort();
      return eval(cell, import, sizeof import - 1, "py");
    default:
      if (cloche_cell_file(cell, &file, NULL) != CLOCHE_OK) abort();
      return eval(cell, decoders, sizeof decoders - 1, "py");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  if (size == 0) return 0;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = data[0] & SESSION;
  cloche_cell *cell;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  give_tools(cell);
  cloche_result result = run(cell, (enum shape)(data[0] & SHAPE), (const char *)data + 1, size - 1);
  if (result.status == CLOCHE_INTERNAL) abort();
  if (result.status != CLOCHE_OK && (!result.error_name || !result.error_message)) abort();
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || !cl_json_check(json, len)) abort();
  cloche_cell_close(cell);
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK) abort();
  result = eval(cell, "1+2", 3, "py");
  if (result.status != CLOCHE_OK || strcmp(result.value, "3") != 0) abort();
  cloche_cell_close(cell);
  return 0;
}
