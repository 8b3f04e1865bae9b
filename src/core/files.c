/* What a cell is given by its host: mounts and files, how they are checked, kept, copied and given up. mount.c is what the
 * guest does with mounts, zip_check.c looks at wheels. */
#include "files.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cell.h"
#include "error.h"
#include "json.h"
#include "zip_check.h"

enum { PATH_BYTES_MAX = 1024, NAME_BYTES_MAX = 255 };

/* ---- paths in the guest */

/* Absolute, of plain parts, and printable: it stands in error texts. */
static bool path_is_good(const char *path) {
  if (!path || path[0] != '/' || strlen(path) > PATH_BYTES_MAX) return false;
  for (const unsigned char *p = (const unsigned char *)path; *p;) {
    size_t n = cl_utf8_length(p, strlen((const char *)p));
    if (n == 0 || *p < 0x20 || *p == 0x7F) return false;
    p += n;
  }
  for (const char *part = path + 1;; part++) {
    size_t n = strcspn(part, "/");
    bool dots = (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.');
    if (n == 0 || n > NAME_BYTES_MAX || dots) return false;
    part += n;
    if (!*part) return true;
  }
}

/* Whether one path is the other or lies below it. */
static bool is_within(const char *path, const char *above) {
  size_t n = strlen(above);
  return strncmp(path, above, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

cloche_status cl_path_check(const char *path, cloche_error *err) {
  static const char *const own[] = {"/usr/lib", "/lib", "/dev"};
  if (!path_is_good(path))
    CL_FAIL(err, INVALID_ARGUMENT,
            "a path in the guest is absolute, without empty, '.' or '..' parts, without control characters, and has "
            "%d bytes at most",
            PATH_BYTES_MAX);
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
    if (is_within(path, own[i]) || is_within(own[i], path))
      CL_FAIL(err, INVALID_ARGUMENT, "%.100s: %s is the engine's own", path, own[i]);
  return CLOCHE_OK;
}

cloche_status cl_path_check_beside(const char *path, bool is_mount, const char *mount, cloche_error *err) {
  if (is_within(path, mount) || (is_mount && is_within(mount, path)))
    CL_FAIL(err, INVALID_ARGUMENT, "%.100s: there is a mount at %.100s already", path, mount);
  return CLOCHE_OK;
}

static cloche_status check_path(const cloche_cell *cell, const char *path, bool is_mount, cloche_error *err) {
  CL_TRY(cl_path_check(path, err));
  for (uint32_t i = 0; cell->files && i < cell->files->mount_count; i++)
    CL_TRY(cl_path_check_beside(path, is_mount, cell->files->mounts[i].path, err));
  return CLOCHE_OK;
}

static cloche_status have_files(cloche_cell *cell, cloche_error *err) {
  if (cell->files) return CLOCHE_OK;
  cell->files = calloc(1, sizeof *cell->files);
  if (!cell->files) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a cell's files");
  for (uint32_t i = 0; i < CL_HANDLES_MAX; i++) cell->files->handles[i].fd = -1;
  return CLOCHE_OK;
}

static cloche_status check_language(const cloche_engine *engine, const cl_language *language, cloche_error *err) {
  if (engine->is_compiler || !language->has_files)
    CL_FAIL(err, UNSUPPORTED, "the guests of engine '%s' have no files", language->name);
  return CLOCHE_OK;
}

cloche_status cl_files_check_engine(const cloche_engine *engine, cloche_error *err) {
  return check_language(engine, engine->language, err);
}

static cloche_status want_files(cloche_cell *cell, cloche_error *err) {
  CL_TRY(check_language(cell->engine, cell->language, err));
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "files cannot be given during a run");
  return have_files(cell, err);
}

/* ---- mounts */

static cloche_status add_mount(cl_files *files, int dir_fd, const char *path, bool writable, cloche_error *err) {
  cl_mount *new = &files->mounts[files->mount_count];
  *new = (cl_mount){.writable = writable};
  CL_TRY(cl_mount_reopen(&new->dir, dir_fd, err));
  new->path = cl_copy_text(path, strlen(path));
  if (!new->path) {
    close(new->dir);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for a mount");
  }
  files->mount_count++;
  return CLOCHE_OK;
}

cloche_status cloche_cell_mount(cloche_cell *cell, const cloche_mount *mount, cloche_error *err) {
  CL_REMOTE(cell, mount(cell, mount, err));
  if (mount->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a mount of version %u", mount->version);
  CL_TRY(want_files(cell, err));
  CL_TRY(check_path(cell, mount->path, true, err));
  if (cell->files->mount_count >= CL_MOUNTS_MAX)
    CL_FAIL(err, INVALID_ARGUMENT, "a cell has %d mounts at most", CL_MOUNTS_MAX);
  return add_mount(cell->files, mount->dir_fd, mount->path, mount->writable, err);
}

uint64_t cl_files_epoch(const cloche_cell *cell) {
  uint64_t epoch = 0;
  if (!cell->files || cell->files->mount_count == 0) return 0;
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MIN);
  for (uint32_t i = 0; i < cell->files->mount_count; i++) {
    const char *path = cell->files->mounts[i].path;
    crypto_generichash_update(&state, (const uint8_t *)path, strlen(path) + 1);
  }
  uint8_t hash[crypto_generichash_BYTES_MIN];
  crypto_generichash_final(&state, hash, sizeof hash);
  memcpy(&epoch, hash, sizeof epoch);
  return epoch | 1;
}

/* ---- files */

cloche_status cl_file_check(const cloche_file *file, const cloche_limits *limits, cloche_error *err) {
  if (file->len > limits->files_bytes)
    CL_FAIL(err, INVALID_ARGUMENT, "%.100s is larger than limit files_bytes", file->path);
  if (!file->path_entry) return CLOCHE_OK;
  cl_zip_limits within = {.bytes = limits->files_bytes, .files = limits->files_count};
  return cl_wheel_check(file->path, file->data, file->len, &within, err);
}

static cloche_status check_file(const cloche_cell *cell, const cloche_file *file, cloche_error *err) {
  if (file->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "a file of version %u", file->version);
  CL_TRY(check_path(cell, file->path, false, err));
  return cl_file_check(file, &cell->limits, err);
}

static cloche_status keep(cl_files *files, cl_given *given, cloche_error *err) {
  cl_given **list = realloc(files->given, (files->given_count + 1) * sizeof(cl_given *));
  if (!list) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a file");
  files->given = list;
  list[files->given_count++] = given;
  if (!given) return CLOCHE_OK;
  files->given_bytes += given->len;
  given->holders++;
  return CLOCHE_OK;
}

static void let_go(cl_given *given) {
  if (!given || --given->holders > 0) return;
  sodium_memzero(given->data, given->len);
  free(given->path);
  free(given);
}

/* The file that a new one of the same path takes the place of; NULL: none. */
static cl_given **find_given(cl_files *files, const char *path) {
  for (uint32_t i = 0; i < files->given_count; i++)
    if (files->given[i] && strcmp(files->given[i]->path, path) == 0) return &files->given[i];
  return NULL;
}

static cloche_status make_given(cl_given **out, const cloche_file *file, cloche_error *err) {
  cl_given *given = malloc(sizeof *given + file->len);
  if (!given) CL_FAIL(err, OUT_OF_MEMORY, "no memory for %.100s", file->path);
  *given = (cl_given){.holders = 1, .path_entry = file->path_entry, .len = file->len};
  if (file->len > 0) memcpy(given->data, file->data, file->len);
  given->path = cl_copy_text(file->path, strlen(file->path));
  if (!given->path) {
    let_go(given);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for a file");
  }
  *out = given;
  return CLOCHE_OK;
}

cloche_status cloche_cell_file(cloche_cell *cell, const cloche_file *file, cloche_error *err) {
  CL_REMOTE(cell, file(cell, file, err));
  CL_TRY(want_files(cell, err));
  CL_TRY(check_file(cell, file, err));
  cl_files *files = cell->files;
  cl_given **old = find_given(files, file->path), *given;
  uint64_t others = files->given_bytes - (old ? (*old)->len : 0);
  if (files->given_count >= CL_GIVEN_MAX)
    CL_FAIL(err, INVALID_ARGUMENT, "a cell is given %d files at most", CL_GIVEN_MAX);
  if (file->len > cell->limits.files_bytes - CL_MIN(others, cell->limits.files_bytes))
    CL_FAIL(err, INVALID_ARGUMENT, "%.100s: all files together are larger than limit files_bytes", file->path);
  CL_TRY(make_given(&given, file, err));
  cloche_status status = keep(files, given, err);
  let_go(given);
  old = status == CLOCHE_OK ? find_given(files, file->path) : NULL; /* the list may lie elsewhere now */
  if (old && *old != given) {
    files->given_bytes -= (*old)->len;
    let_go(*old);
    *old = NULL;
  }
  return status;
}

/* ---- a cell's life */

uint32_t cl_files_given(const cloche_cell *cell) { return cell->files ? cell->files->given_count : 0; }

void cl_files_begin_run(cloche_cell *cell) {
  if (cell->files) cell->files->run_bytes = cell->files->run_count = 0;
}

cloche_status cl_files_copy(cloche_cell *to, const cloche_cell *from, cloche_error *err) {
  if (!from->files) return CLOCHE_OK;
  CL_TRY(have_files(to, err));
  for (uint32_t i = 0; i < from->files->mount_count; i++) {
    const cl_mount *m = &from->files->mounts[i];
    CL_TRY(add_mount(to->files, m->dir, m->path, m->writable, err));
  }
  for (uint32_t i = 0; i < from->files->given_count; i++) CL_TRY(keep(to->files, from->files->given[i], err));
  return CLOCHE_OK;
}

void cl_files_free(cloche_cell *cell) {
  cl_files *files = cell->files;
  if (!files) return;
  cl_files_close_handles(cell);
  for (uint32_t i = 0; i < files->mount_count; i++) {
    close(files->mounts[i].dir);
    free(files->mounts[i].path);
  }
  for (uint32_t i = 0; i < files->given_count; i++) let_go(files->given[i]);
  free(files->given);
  free(files);
  cell->files = NULL;
  cell->files_told = 0;
}
