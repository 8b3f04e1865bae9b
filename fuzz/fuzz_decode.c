/* The value decoder: JSON from the host to frozen values of the guest. Any bytes are answered by two tools, one frozen and
 * one not, and the guest compares what arrives: either both are rejected, or both are equal and one is deeply frozen. */
#include <stdlib.h>
#include <string.h>

#include "cloche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cloche_cell *cell;
static struct {
  const uint8_t *data;
  size_t size;
} input;

static void answer(void *user, cloche_cell *c, uint64_t id, const char *argument, size_t len) {
  (void)argument, (void)len;
  (void)user;
  if (cloche_cell_resolve(c, id, (const char *)input.data, input.size, NULL) == CLOCHE_NOT_FOUND) abort();
}

static void open_cell(void) {
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK)
    abort();
  tool.fn = answer;
  tool.name = "frozen";
  if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK) abort();
  tool.name = "ordinary";
  tool.mutable_result = true;
  if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK) abort();
}

static const char source[] =
    "const same = (a, b) => {\n"
    "  if (typeof a !== 'object' || a === null) return Object.is(a, b);\n"
    "  if (!Object.isFrozen(a) || Array.isArray(a) !== Array.isArray(b)) return false;\n"
    "  const ka = Object.keys(a), kb = Object.keys(b);\n"
    "  return ka.length === kb.length && ka.every((k, i) => k === kb[i] && same(a[k], b[k]));\n"
    "};\n"
    "const [a, b] = await Promise.all([tools.frozen().catch(e => 'rejected'), tools.ordinary().catch(e => 'rejected')]);\n"
    "same(a, b)";

/* Equal keys are decided differently on purpose: the first counts in a frozen result. */
static bool has_twin_keys(const uint8_t *data, size_t size) {
  size_t colons = 0;
  for (size_t i = 0; i < size; i++) colons += data[i] == ':';
  return colons > 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!cell) open_cell();
  if (size > 4096) return 0;
  input.data = data;
  input.size = size;
  cloche_result result;
  if (cloche_cell_eval(cell, source, sizeof source - 1, NULL, &result, NULL) != CLOCHE_OK) abort();
  if (result.status != CLOCHE_OK && result.status != CLOCHE_STACK_LIMIT) abort();
  if (result.status == CLOCHE_OK && strcmp(result.value, "true") != 0 && !has_twin_keys(data, size)) abort();
  return 0;
}
