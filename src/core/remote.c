/* What core lends to those who hold cells elsewhere (remote.h); mostly its checks of what callers pass. */
#include "remote.h"

#include "cell.h"
#include "clock.h"
#include "files.h"
#include "json.h"

static cloche_status language(const cloche_engine *engine, const char *name, cloche_error *err) {
  cl_syntax syntax;
  return cl_syntax_read(&syntax, engine->language, name, err);
}

static uint64_t back(uint64_t at, uint64_t ns) { return at == CL_NEVER || at < ns ? at : at - ns; }

/* The clocks of the run are where it stood at the snapshot: all that is a moment on the monotonic clock moves back. */
static void passed(cloche_cell *cell, uint64_t ns) {
  cl_guard *guard = &cell->guard;
  cell->started_ns = back(cell->started_ns, ns);
  guard->wall_at = back(guard->wall_at, ns);
  guard->warn_at = back(guard->warn_at, ns);
  if (cell->virtual_clock) return;
  cell->clock_base_ns = back(cell->clock_base_ns, ns);
  cell->calls_base_ns = back(cell->calls_base_ns, ns);
  for (size_t i = 0; i < cell->call_count; i++) {
    cell->calls[i].started_ns = back(cell->calls[i].started_ns, ns);
    cell->calls[i].ended_ns = back(cell->calls[i].ended_ns, ns);
  }
}

const cl_core cloche_core = {
    .limits = cl_cell_check_limits,
    .json = cl_json_check,
    .name = cl_name_is_good,
    .tool_name = cl_tool_name_is_good,
    .language = language,
    .jsx = cl_jsx_check,
    .has_files = cl_files_check_engine,
    .path = cl_path_check,
    .path_beside = cl_path_check_beside,
    .directory = cl_mount_reopen,
    .file = cl_file_check,
    .passed = passed,
};
