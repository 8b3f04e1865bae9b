/* The Python guest's files at the host: its imports for mounts and given files (guest/python/host_files.h says what each
 * means), and telling it of both before a run.
 *
 * Everything here runs on the cell's fiber; arguments are hostile until checked. The kernel works on memory of the host's
 * (it does not fault on pages that a transaction protects, it fails), so content goes through a buffer on the fiber's
 * stack: system calls between cl_host_begin and cl_host_end, and the copy to or from the guest outside of them. */
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "files.h"
#include "py_engine.h"

enum { W_BADF = 8, W_FAULT = 21, W_INVAL = 28, W_NAMETOOLONG = 37, W_NOENT = 44 }; /* as WASI numbers them */
enum { BYTES, COUNT };                                                             /* of fs_allows */
enum { READ_MAX = 1 << 20, PATH_ENTRY = 1 };

static cloche_cell *cell_of(struct PY_HOST_T *host) { return (cloche_cell *)(void *)host; }

static const char *path_at(const cloche_cell *cell, u32 at, u32 len) {
  return (const char *)cl_guest_bytes(cell, (cl_guest_ptr){at}, len);
}

/* Runs an operation of mount.c as host code and gives its result. */
#define AS_HOST(cell, out, operation) \
  do {                                \
    cl_host_begin(&(cell)->guard);    \
    (out) = (operation);              \
    cl_host_end(&(cell)->guard);      \
  } while (0)

/* ---- what the host has for the guest */

u32 PY_HOST(fs_allows)(struct PY_HOST_T *host, u32 what, u64 total) {
  cloche_cell *cell = cell_of(host);
  if (total <= (what == BYTES ? cell->limits.files_bytes : cell->limits.files_count)) return 1;
  cl_cell_count_limit(cell, CLOCHE_FILES_LIMIT);
  return 0;
}

static u32 give_path(cloche_cell *cell, const char *path, u32 at, u32 room) {
  size_t len = strlen(path);
  uint8_t *to = len <= room ? cl_guest_space(cell, (cl_guest_ptr){at}, len) : NULL;
  if (!to) return (u32)-W_NAMETOOLONG;
  memcpy(to, path, len);
  return (u32)len;
}

u32 PY_HOST(fs_mount)(struct PY_HOST_T *host, u32 number, u32 at, u32 room) {
  cloche_cell *cell = cell_of(host);
  if (!cell->files || number >= cell->files->mount_count) return (u32)-W_NOENT;
  return give_path(cell, cell->files->mounts[number].path, at, room);
}

static const cl_given *given_at(const cloche_cell *cell, u32 number) {
  return number < cl_files_given(cell) ? cell->files->given[number] : NULL;
}

u32 PY_HOST(fs_file)(struct PY_HOST_T *host, u32 number, u32 at, u32 room, u32 out) {
  cloche_cell *cell = cell_of(host);
  const cl_given *given = given_at(cell, number);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){out}, 16);
  if (!given || !to) return (u32)(given ? -W_FAULT : -W_NOENT);
  uint64_t bytes = given->len;
  uint32_t flags = given->path_entry ? PATH_ENTRY : 0;
  memcpy(to, &bytes, 8);
  memcpy(to + 8, &flags, 4);
  return give_path(cell, given->path, at, room);
}

u32 PY_HOST(fs_file_read)(struct PY_HOST_T *host, u32 number, u64 offset, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  const cl_given *given = given_at(cell, number);
  if (!given) return (u32)-W_NOENT;
  if (offset >= given->len) return 0;
  size_t n = CL_MIN(CL_MIN((size_t)len, given->len - (size_t)offset), (size_t)READ_MAX);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, n);
  if (!to) return (u32)-W_FAULT;
  memcpy(to, given->data + offset, n);
  return (u32)n;
}

/* ---- handles */

u32 PY_HOST(fs_open)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len, u32 flags) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  int32_t result;
  if (!text) return (u32)-W_FAULT;
  AS_HOST(cell, result, cl_mount_open(cell, mount, text, len, flags));
  return (u32)result;
}

u32 PY_HOST(fs_close)(struct PY_HOST_T *host, u32 handle) {
  cloche_cell *cell = cell_of(host);
  int32_t result;
  AS_HOST(cell, result, cl_mount_close(cell, handle));
  return (u32)result;
}

u32 PY_HOST(fs_read)(struct PY_HOST_T *host, u32 handle, u64 offset, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  size_t want = CL_MIN((size_t)len, (size_t)READ_MAX), done = 0;
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, want);
  if (!to) return (u32)-W_FAULT;
  if (offset > (uint64_t)INT64_MAX - READ_MAX) return (u32)-W_INVAL;
  do {
    uint8_t chunk[CL_TRANSFER_MAX];
    size_t n = CL_MIN(want - done, sizeof chunk);
    int32_t got;
    AS_HOST(cell, got, cl_mount_read(cell, handle, (int64_t)(offset + done), chunk, n));
    if (got < 0) return done ? (u32)done : (u32)got;
    memcpy(to + done, chunk, (size_t)got);
    done += (size_t)got;
    if ((size_t)got < n) break;
  } while (done < want);
  return (u32)done;
}

u32 PY_HOST(fs_write)(struct PY_HOST_T *host, u32 handle, u64 offset, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  size_t want = CL_MIN((size_t)len, (size_t)READ_MAX), done = 0;
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, want);
  bool appends = (int64_t)offset < 0;
  if (!from) return (u32)-W_FAULT;
  if (!appends && offset > (uint64_t)INT64_MAX - READ_MAX) return (u32)-W_INVAL;
  do {
    size_t n = CL_MIN(want - done, (size_t)CL_TRANSFER_MAX);
    int32_t put;
    AS_HOST(cell, put, cl_mount_write(cell, handle, appends ? -1 : (int64_t)(offset + done), from + done, n));
    if (put < 0) return done ? (u32)done : (u32)put;
    done += (size_t)put;
    if ((size_t)put < n) break;
  } while (done < want);
  return (u32)done;
}

u32 PY_HOST(fs_truncate)(struct PY_HOST_T *host, u32 handle, u64 size) {
  cloche_cell *cell = cell_of(host);
  int32_t result;
  AS_HOST(cell, result, cl_mount_truncate(cell, handle, size));
  return (u32)result;
}

/* Gives the guest what an operation has found. */
static u32 give_stat(cloche_cell *cell, u32 at, int32_t result, const cl_file_stat *stat) {
  if (result < 0) return (u32)result;
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, sizeof *stat);
  if (!to) return (u32)-W_FAULT;
  memcpy(to, stat, sizeof *stat);
  return 0;
}

u32 PY_HOST(fs_stat)(struct PY_HOST_T *host, u32 handle, u32 out) {
  cloche_cell *cell = cell_of(host);
  cl_file_stat stat;
  int32_t result;
  AS_HOST(cell, result, cl_mount_stat(cell, handle, &stat));
  return give_stat(cell, out, result, &stat);
}

u32 PY_HOST(fs_readdir)(struct PY_HOST_T *host, u32 handle, u64 cookie, u32 at, u32 len) {
  cloche_cell *cell = cell_of(host);
  uint8_t chunk[CL_TRANSFER_MAX], *to = cl_guest_space(cell, (cl_guest_ptr){at}, len);
  int32_t got;
  if (!to) return (u32)-W_FAULT;
  AS_HOST(cell, got, cl_mount_readdir(cell, handle, cookie, chunk, len));
  if (got > 0) memcpy(to, chunk, (size_t)got);
  return (u32)got;
}

u32 PY_HOST(fs_times)(struct PY_HOST_T *host, u32 handle, u64 atim, u64 mtim, u32 flags) {
  cloche_cell *cell = cell_of(host);
  int32_t result;
  AS_HOST(cell, result, cl_mount_times(cell, handle, atim, mtim, flags));
  return (u32)result;
}

/* ---- paths */

u32 PY_HOST(fs_path_stat)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len, u32 follow, u32 out) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  cl_file_stat stat;
  int32_t result = -W_FAULT;
  if (text) AS_HOST(cell, result, cl_mount_path_stat(cell, mount, text, len, follow != 0, &stat));
  return give_stat(cell, out, result, &stat);
}

u32 PY_HOST(fs_path_times)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len, u32 follow, u64 atim, u64 mtim,
                           u32 flags) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  int32_t result = -W_FAULT;
  if (text) AS_HOST(cell, result, cl_mount_path_times(cell, mount, text, len, follow != 0, atim, mtim, flags));
  return (u32)result;
}

u32 PY_HOST(fs_readlink)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len, u32 at, u32 room) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  uint8_t target[4096], *to = cl_guest_space(cell, (cl_guest_ptr){at}, CL_MIN((size_t)room, sizeof target));
  int32_t got = -W_FAULT;
  if (text && to)
    AS_HOST(cell, got, cl_mount_readlink(cell, mount, text, len, target, CL_MIN((size_t)room, sizeof target)));
  if (got > 0) memcpy(to, target, (size_t)got);
  return (u32)got;
}

u32 PY_HOST(fs_mkdir)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  int32_t result = -W_FAULT;
  if (text) AS_HOST(cell, result, cl_mount_mkdir(cell, mount, text, len));
  return (u32)result;
}

u32 PY_HOST(fs_remove)(struct PY_HOST_T *host, u32 mount, u32 path, u32 len, u32 directory) {
  cloche_cell *cell = cell_of(host);
  const char *text = path_at(cell, path, len);
  int32_t result = -W_FAULT;
  if (text) AS_HOST(cell, result, cl_mount_remove(cell, mount, text, len, directory != 0));
  return (u32)result;
}

u32 PY_HOST(fs_rename)(struct PY_HOST_T *host, u32 mount, u32 from, u32 from_len, u32 to, u32 to_len) {
  cloche_cell *cell = cell_of(host);
  const char *from_text = path_at(cell, from, from_len), *to_text = path_at(cell, to, to_len);
  int32_t result = -W_FAULT;
  if (from_text && to_text) AS_HOST(cell, result, cl_mount_rename(cell, mount, from_text, from_len, to_text, to_len));
  return (u32)result;
}

/* ---- before a run */

static void explain(cloche_cell *cell, const char *what, u32 error) {
  char text[260];
  bool full = cell->limit_hits[CLOCHE_FILES_LIMIT] > 0;
  snprintf(text, sizeof text, "%.120s cannot be given to the guest: %s (error %u)", what,
           full ? "there is no room for it within limit files_bytes or files_count" : "something is in its place",
           error);
  cl_host_begin(&cell->guard);
  cl_cell_set_error(cell, "OSError", text);
  cl_host_end(&cell->guard);
}

cloche_status cl_py_tell_files(cloche_cell *cell) {
  py_engine *q = py_engine_of(cell);
  u32 error = PY(cl_vfs_mounts)(q, cl_files_epoch(cell));
  if (error) explain(cell, "a mount", error);
  while (!error && cell->files_told < cl_files_given(cell)) {
    const cl_given *given = given_at(cell, cell->files_told);
    if (given) error = PY(cl_vfs_file)(q, cell->files_told);
    if (error) explain(cell, given->path, error);
    else cell->files_told++;
  }
  if (!error) return CLOCHE_OK;
  return cell->limit_hits[CLOCHE_FILES_LIMIT] ? CLOCHE_FILES_LIMIT : CLOCHE_UNCAUGHT_ERROR;
}
