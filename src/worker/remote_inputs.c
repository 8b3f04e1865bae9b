/* What a host gives to a cell that lives in a worker. It is checked here, in core's words, kept here, and told to the worker
 * with the next request. A cell has its own copies. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

enum { TOOLS_MAX = 10000, MODULES_MAX = 10000, FILES_MAX = 10000, MODULE_NAME_MAX = 255 };

static char *copy_text(const char *text, size_t len) {
  char *copy = malloc(len + 1);
  if (!copy) return NULL;
  if (len) memcpy(copy, text, len);
  copy[len] = 0;
  return copy;
}

static void free_const(const void *at) { free((void *)(uintptr_t)at); }

/* ---- tools */

static bool add_tool(cl_far *far, const cloche_tool *tool) {
  cloche_tool *tools = realloc(far->tools, (far->tool_count + 1) * sizeof *tools);
  if (!tools) return false;
  far->tools = tools;
  uint64_t *uses = realloc(far->tool_uses, (far->tool_count + 1) * sizeof *uses);
  if (!uses) return false;
  far->tool_uses = uses;
  char *name = copy_text(tool->name, strlen(tool->name));
  if (!name) return false;
  uses[far->tool_count] = 0;
  tools[far->tool_count] = *tool;
  tools[far->tool_count++].name = name;
  return true;
}

cloche_status cl_far_add_tool(cloche_cell *cell, const cloche_tool *tool, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (tool->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a tool of version %u", tool->version);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "tools cannot be declared during a run");
  if (!cloche_core.tool_name(tool->name))
    CL_POOL_FAIL(err, INVALID_ARGUMENT,
                 "a tool's name is 1 to 128 bytes of UTF-8 without control characters, and not "
                 "then, toJSON, constructor or __proto__");
  for (size_t i = 0; i < far->tool_count; i++)
    if (strcmp(far->tools[i].name, tool->name) == 0)
      CL_POOL_FAIL(err, INVALID_ARGUMENT, "there is a tool '%.60s' already", tool->name);
  if (far->tool_count >= TOOLS_MAX) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a cell has %d tools at most", TOOLS_MAX);
  if (!add_tool(far, tool)) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a tool");
  return CLOCHE_OK;
}

/* ---- context */

static void drop_context(cl_far *far) {
  if (far->context) explicit_bzero(far->context, far->context_len);
  free(far->context);
  far->context = NULL;
  far->context_len = 0;
}

cloche_status cl_far_context(cloche_cell *cell, const char *json, size_t len, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "the context cannot be set during a run");
  if (len > far->limits.memory_bytes / 4)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "the context is larger than a quarter of limit memory");
  if (len == 0) {
    json = "{}";
    len = 2;
  }
  if (!cloche_core.json(json, len)) CL_POOL_FAIL(err, INVALID_ARGUMENT, "the context is not JSON");
  char *copy = copy_text(json, len);
  if (!copy) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for the context");
  drop_context(far);
  far->context = copy;
  far->context_len = len;
  far->context_told = far->kept.context = false;
  return CLOCHE_OK;
}

/* ---- modules */

static bool add_module(cl_far *far, const cloche_module *module) {
  cloche_module *modules = realloc(far->modules, (far->module_count + 1) * sizeof *modules);
  if (!modules) return false;
  far->modules = modules;
  char *name = copy_text(module->name, strlen(module->name)), *source = copy_text(module->source, module->source_len);
  char *language = module->language ? copy_text(module->language, strlen(module->language)) : NULL;
  if (!name || !source || (module->language && !language)) {
    free(name);
    free(source);
    free(language);
    return false;
  }
  modules[far->module_count++] = (cloche_module){1, name, source, module->source_len, language};
  return true;
}

cloche_status cl_far_module(cloche_cell *cell, const cloche_module *module, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (module->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a module of version %u", module->version);
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "modules cannot be given during a run");
  if (!cloche_core.name(module->name, MODULE_NAME_MAX))
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "a module's name is 1 to 255 bytes of UTF-8 without control characters");
  for (size_t i = 0; i < far->module_count; i++)
    if (strcmp(far->modules[i].name, module->name) == 0)
      CL_POOL_FAIL(err, INVALID_ARGUMENT, "there is a module '%.60s' already", module->name);
  if (far->module_count >= MODULES_MAX)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "a cell has %d modules at most", MODULES_MAX);
  if (module->source_len > far->limits.source_bytes)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "module '%.60s' is larger than limit source", module->name);
  CL_POOL_TRY(cloche_core.language(far->local, module->language, err));
  if (!add_module(far, module)) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a module");
  return CLOCHE_OK;
}

/* ---- mounts and files */

static cloche_status check_path(const cl_far *far, const char *path, bool is_mount, cloche_error *err) {
  CL_POOL_TRY(cloche_core.path(path, err));
  for (size_t i = 0; far->mounts && i < far->mounts->count; i++)
    CL_POOL_TRY(cloche_core.path_beside(path, is_mount, far->mounts->list[i].path, err));
  return CLOCHE_OK;
}

static cloche_status want_files(const cl_far *far, cloche_error *err) {
  CL_POOL_TRY(cloche_core.has_files(far->local, err));
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "files cannot be given during a run");
  return CLOCHE_OK;
}

/* A list of the cell's own: a worker has the directories that it was started with. */
static cl_far_mounts *copy_mounts(const cl_far_mounts *from) {
  cl_far_mounts *mounts = calloc(1, sizeof *mounts);
  if (!mounts) return NULL;
  mounts->holders = 1;
  for (size_t i = 0; from && i < from->count; i++) {
    int fd = fcntl(from->fds[i], F_DUPFD_CLOEXEC, 3);
    char *path = copy_text(from->list[i].path, strlen(from->list[i].path));
    if (fd < 0 || !path) {
      if (fd >= 0) close(fd);
      free(path);
      cl_far_mounts_drop(mounts);
      return NULL;
    }
    mounts->fds[i] = fd;
    mounts->list[mounts->count++] = (cl_request_mount){i, path, from->list[i].writable};
  }
  return mounts;
}

cloche_status cl_far_mount(cloche_cell *cell, const cloche_mount *mount, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  if (mount->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a mount of version %u", mount->version);
  CL_POOL_TRY(want_files(far, err));
  CL_POOL_TRY(check_path(far, mount->path, true, err));
  size_t count = far->mounts ? far->mounts->count : 0;
  if (count >= CL_FAR_MOUNTS_MAX)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "a cell has %d mounts at most", CL_FAR_MOUNTS_MAX);
  int fd;
  CL_POOL_TRY(cloche_core.directory(&fd, mount->dir_fd, err));
  char *path = copy_text(mount->path, strlen(mount->path));
  cl_far_mounts *mounts = path ? copy_mounts(far->mounts) : NULL;
  if (!mounts) {
    free(path);
    close(fd);
    CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a mount");
  }
  mounts->fds[count] = fd;
  mounts->list[mounts->count++] = (cl_request_mount){count, path, mount->writable};
  cl_far_leave(far); /* the next request finds it a worker that may get there */
  cl_far_mounts_drop(far->mounts);
  far->mounts = mounts;
  return CLOCHE_OK;
}

static void free_file(const cloche_file *file, bool wipe) {
  if (wipe && file->data) explicit_bzero((void *)(uintptr_t)file->data, file->len);
  free_const(file->path);
  free_const(file->data);
}

static bool add_file(cl_far *far, const cloche_file *file) {
  cloche_file *files = realloc(far->files, (far->file_count + 1) * sizeof *files);
  if (!files) return false;
  far->files = files;
  char *path = copy_text(file->path, strlen(file->path)), *data = copy_text(file->data, file->len);
  if (!path || !data) {
    free(path);
    free(data);
    return false;
  }
  files[far->file_count++] = (cloche_file){1, path, data, file->len, file->path_entry};
  far->file_bytes += file->len;
  return true;
}

/* The bytes of a file that a new one of the same path takes the place of. */
static uint64_t replaced_bytes(const cl_far *far, const char *path) {
  for (size_t i = far->file_count; i-- > 0;)
    if (strcmp(far->files[i].path, path) == 0) return far->files[i].len;
  return 0;
}

cloche_status cl_far_file(cloche_cell *cell, const cloche_file *file, cloche_error *err) {
  cl_far *far = cl_far_of(cell);
  CL_POOL_TRY(want_files(far, err));
  if (file->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a file of version %u", file->version);
  CL_POOL_TRY(check_path(far, file->path, false, err));
  CL_POOL_TRY(cloche_core.file(file, &far->limits, err));
  uint64_t replaced = replaced_bytes(far, file->path);
  if (far->file_count >= FILES_MAX) CL_POOL_FAIL(err, INVALID_ARGUMENT, "a cell is given %d files at most", FILES_MAX);
  if (far->file_bytes - replaced + file->len > far->limits.files_bytes)
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "%.100s: all files together are larger than limit files_bytes", file->path);
  if (!add_file(far, file)) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for %.100s", file->path);
  far->file_bytes -= replaced;
  return CLOCHE_OK;
}

/* ---- copies and the end */

cloche_status cl_far_copy_inputs(cl_far *to, const cl_far *from, cloche_error *err) {
  bool ok = true;
  for (size_t i = 0; i < from->tool_count && ok; i++) ok = add_tool(to, &from->tools[i]);
  for (size_t i = 0; i < from->module_count && ok; i++) ok = add_module(to, &from->modules[i]);
  for (size_t i = 0; i < from->file_count && ok; i++) ok = add_file(to, &from->files[i]);
  to->file_bytes = from->file_bytes;
  if (ok && from->context) {
    to->context = copy_text(from->context, from->context_len);
    to->context_len = from->context_len;
    ok = to->context != NULL;
  }
  if (!ok) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a copy of the cell");
  to->mounts = from->mounts;
  if (to->mounts) to->mounts->holders++;
  return CLOCHE_OK;
}

void cl_far_drop_texts(cl_far *far) {
  drop_context(far);
  for (size_t i = 0; i < far->module_count; i++) {
    free_const(far->modules[i].name);
    free_const(far->modules[i].source);
    free_const(far->modules[i].language);
  }
  free(far->modules);
  far->modules = NULL;
  far->module_count = far->modules_told = far->kept.modules = 0;
}

void cl_far_drop_inputs(cl_far *far) {
  cl_far_drop_texts(far);
  for (size_t i = 0; i < far->tool_count; i++) free_const(far->tools[i].name);
  for (size_t i = 0; i < far->file_count; i++) free_file(&far->files[i], true);
  free(far->tools);
  free(far->tool_uses);
  free(far->files);
  cl_far_mounts_drop(far->mounts);
}
