/* What core lends to those who hold cells elsewhere (remote.h): its checks of what callers pass. */
#include "remote.h"

#include "cell.h"
#include "files.h"
#include "json.h"

static cloche_status language(const cloche_engine *engine, const char *name, cloche_error *err) {
  cl_syntax syntax;
  return cl_syntax_read(&syntax, engine->language, name, err);
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
};
