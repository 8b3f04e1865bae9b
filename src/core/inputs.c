/* What the host gives a cell for its runs: tools, context, modules. Names and texts are copied; those of the last run stay valid
 * when modules are added. */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "error.h"
#include "json.h"

enum { MAX_TOOLS = 10000, MAX_MODULES = 10000 };

/* ---- tools */

bool cl_name_is_good(const char *name, size_t max) {
  size_t len = name ? strlen(name) : 0;
  if (len == 0 || len > max) return false;
  for (const unsigned char *p = (const unsigned char *)name; *p;) {
    size_t n = cl_utf8_length(p, strlen((const char *)p));
    if (n == 0 || *p < 0x20 || *p == 0x7F) return false;
    p += n;
  }
  return true;
}

bool cl_tool_name_is_good(const char *name) {
  static const char *const taken[] = {"then", "toJSON", "constructor", "__proto__"};
  if (!cl_name_is_good(name, CL_TOOL_NAME_MAX)) return false;
  for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
    if (strcmp(name, taken[i]) == 0) return false;
  return true;
}

cloche_status cloche_cell_tool(cloche_cell *cell, const cloche_tool *tool, cloche_error *err) {
  CL_REMOTE(cell, tool(cell, tool, err));
  if (tool->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a tool of version %u", tool->version);
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "tools cannot be declared during a run");
  if (!cl_tool_name_is_good(tool->name))
    CL_FAIL(err, INVALID_ARGUMENT,
            "a tool's name is 1 to 128 bytes of UTF-8 without control characters, and not "
            "then, toJSON, constructor or __proto__");
  for (uint32_t i = 0; i < cell->tool_count; i++)
    if (strcmp(cell->tools[i].name, tool->name) == 0)
      CL_FAIL(err, INVALID_ARGUMENT, "there is a tool '%.60s' already", tool->name);
  if (cell->tool_count >= MAX_TOOLS) CL_FAIL(err, INVALID_ARGUMENT, "a cell has %d tools at most", MAX_TOOLS);
  cl_tool *tools = realloc(cell->tools, (cell->tool_count + 1) * sizeof *tools);
  if (!tools) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a tool");
  cell->tools = tools;
  char *name = cl_copy_text(tool->name, strlen(tool->name));
  if (!name) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a tool");
  tools[cell->tool_count++] =
      (cl_tool){.name = name, .sync = tool->sync, .frozen = !tool->mutable_result, .fn = tool->fn, .user = tool->user};
  return CLOCHE_OK;
}

/* ---- what the host gives */

cloche_status cloche_cell_context(cloche_cell *cell, const char *json, size_t json_len, cloche_error *err) {
  CL_REMOTE(cell, context(cell, json, json_len, err));
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "the context cannot be set during a run");
  if (json_len > cell->limits.memory_bytes / 4)
    CL_FAIL(err, INVALID_ARGUMENT, "the context is larger than a quarter of limit memory");
  if (json_len == 0) {
    json = "{}";
    json_len = 2;
  }
  if (!cl_json_check(json, json_len)) CL_FAIL(err, INVALID_ARGUMENT, "the context is not JSON");
  char *copy = cl_copy_text(json, json_len);
  if (!copy) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the context");
  free(cell->context);
  cell->context = copy;
  cell->context_len = json_len;
  cell->context_told = false;
  cell->new_context = true;
  cl_history_new_context(cell);
  return CLOCHE_OK;
}

cloche_status cloche_cell_module(cloche_cell *cell, const cloche_module *module, cloche_error *err) {
  CL_REMOTE(cell, module(cell, module, err));
  if (module->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a module of version %u", module->version);
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "modules cannot be given during a run");
  if (!cl_name_is_good(module->name, CL_SOURCE_NAME_MAX))
    CL_FAIL(err, INVALID_ARGUMENT, "a module's name is 1 to 255 bytes of UTF-8 without control characters");
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (strcmp(cell->modules[i].name, module->name) == 0)
      CL_FAIL(err, INVALID_ARGUMENT, "there is a module '%.60s' already", module->name);
  if (cell->module_count >= MAX_MODULES) CL_FAIL(err, INVALID_ARGUMENT, "a cell has %d modules at most", MAX_MODULES);
  if (module->source_len > cell->limits.source_bytes)
    CL_FAIL(err, INVALID_ARGUMENT, "module '%.60s' is larger than limit source", module->name);
  cl_syntax syntax;
  CL_TRY(cl_syntax_read(&syntax, cell->language, module->language, err));
  bool in_module = cell->error_source && cell->error_source != &cell->source;
  size_t error_index = in_module ? (size_t)(cell->error_source - cell->modules) : 0;
  cl_source *modules = realloc(cell->modules, (cell->module_count + 1) * sizeof *modules);
  if (!modules) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a module");
  cell->modules = modules;
  if (in_module) cell->error_source = &modules[error_index]; /* the last run's result names it */
  CL_TRY(cl_source_set(&modules[cell->module_count], module->name, module->source, module->source_len, syntax, err));
  cell->module_count++;
  cell->new_modules++;
  return CLOCHE_OK;
}

/* ---- giving up */

void cl_inputs_drop_texts(cloche_cell *cell) {
  if (cell->context) memset(cell->context, 0, cell->context_len);
  free(cell->context);
  cell->context = NULL;
  for (uint32_t i = 0; i < cell->module_count; i++) cl_source_clear(&cell->modules[i]);
  free(cell->modules);
  cell->modules = NULL;
  cell->module_count = cell->new_modules = 0;
  cell->new_context = false;
  free(cell->modules_jsx);
  cell->modules_jsx = NULL;
}

void cl_inputs_drop(cloche_cell *cell) {
  for (uint32_t i = 0; i < cell->tool_count; i++) free(cell->tools[i].name);
  free(cell->tools);
  cell->tools = NULL;
  cell->tool_count = 0;
  cl_inputs_drop_texts(cell);
  free(cell->job);
  cell->job = NULL;
}
