/* The host of vfs_host.h. */
#include "vfs_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t vh_bytes = 64 << 20, vh_count = 10000, vh_asked_bytes, vh_asked_count;
int64_t vh_clock = 1000, vh_slept;
char vh_written[3][64], vh_asked[8192];
const char *vh_mount, *vh_file, *vh_content;
uint32_t vh_file_flags;
int32_t vh_answer;

/* ---- what any host has */

int64_t host_clock(int32_t id) { return id == 0 ? vh_clock : vh_clock / 2; }

void host_random(void *to, uint32_t len) { memset(to, 0x5A, len); }

void host_write(int32_t stream, const char *text, uint32_t len) {
  size_t n = len < sizeof vh_written[0] - 1 ? len : sizeof vh_written[0] - 1;
  memcpy(vh_written[stream], text, n);
  vh_written[stream][n] = '\0';
}

void host_sleep(int64_t duration) {
  vh_slept = duration;
  vh_clock += duration;
}

void host_exit(int32_t code) {
  (void)code;
  abort();
}

int32_t host_fs_allows(int32_t what, uint64_t total) {
  bool bytes = what == HOST_FILES_BYTES;
  if (total > (bytes ? vh_bytes : vh_count)) return 0;
  *(bytes ? &vh_asked_bytes : &vh_asked_count) = total;
  return 1;
}

/* ---- mounts and files */

static int32_t tell(const char *text, char *to, uint32_t room) {
  if (!text) return -__WASI_ERRNO_NOENT;
  size_t len = strlen(text);
  if (len > room) return -__WASI_ERRNO_NAMETOOLONG;
  memcpy(to, text, len);
  return (int32_t)len;
}

int32_t host_fs_mount(uint32_t mount, char *path, uint32_t room) { return tell(mount ? NULL : vh_mount, path, room); }

int32_t host_fs_file(uint32_t number, char *path, uint32_t room, host_file *out) {
  *out = (host_file){.bytes = vh_content ? strlen(vh_content) : 0, .flags = vh_file_flags};
  return tell(number ? NULL : vh_file, path, room);
}

int32_t host_fs_file_read(uint32_t number, uint64_t offset, uint8_t *to, uint32_t len) {
  (void)number;
  size_t n = strlen(vh_content) - (size_t)offset;
  if (n > len) n = len;
  if (n > 7) n = 7; /* in small pieces */
  memcpy(to, vh_content + offset, n);
  return (int32_t)n;
}

static int32_t note(const char *what, uint32_t number, const char *path, uint32_t len) {
  size_t at = strlen(vh_asked);
  snprintf(vh_asked + at, sizeof vh_asked - at, "%s %u '%.*s'\n", what, number, (int)len, path);
  return vh_answer;
}

int32_t host_fs_open(uint32_t mount, const char *path, uint32_t len, uint32_t flags) {
  char what[32];
  snprintf(what, sizeof what, "open/%x", flags);
  return note(what, mount, path, len);
}

int32_t host_fs_close(uint32_t handle) { return note("close", handle, "", 0); }

int32_t host_fs_read(uint32_t handle, int64_t offset, uint8_t *to, uint32_t len) {
  (void)offset, (void)to, (void)len;
  return note("read", handle, "", 0);
}

int32_t host_fs_write(uint32_t handle, int64_t offset, const uint8_t *from, uint32_t len) {
  (void)from, (void)len;
  return note(offset < 0 ? "append" : "write", handle, "", 0);
}

int32_t host_fs_truncate(uint32_t handle, uint64_t size) {
  (void)size;
  return note("truncate", handle, "", 0);
}

static int32_t some_stat(__wasi_filestat_t *out) {
  memset(out, 0, sizeof *out);
  out->filetype = __WASI_FILETYPE_DIRECTORY;
  out->size = 7;
  return vh_answer < 0 ? vh_answer : 0;
}

int32_t host_fs_stat(uint32_t handle, __wasi_filestat_t *out) {
  (void)handle;
  return some_stat(out);
}

int32_t host_fs_readdir(uint32_t handle, uint64_t cookie, uint8_t *to, uint32_t len) {
  (void)cookie, (void)to, (void)len;
  return note("readdir", handle, "", 0);
}

int32_t host_fs_times(uint32_t handle, uint64_t atim, uint64_t mtim, uint32_t flags) {
  (void)atim, (void)mtim, (void)flags;
  return note("times", handle, "", 0);
}

int32_t host_fs_path_stat(uint32_t mount, const char *path, uint32_t len, int32_t follow, __wasi_filestat_t *out) {
  note(follow ? "stat" : "lstat", mount, path, len);
  return some_stat(out);
}

int32_t host_fs_path_times(uint32_t mount, const char *path, uint32_t len, int32_t follow, uint64_t atim, uint64_t mtim,
                           uint32_t flags) {
  (void)follow, (void)atim, (void)mtim, (void)flags;
  return note("path times", mount, path, len);
}

int32_t host_fs_readlink(uint32_t mount, const char *path, uint32_t len, uint8_t *to, uint32_t room) {
  (void)to, (void)room;
  return note("readlink", mount, path, len);
}

int32_t host_fs_mkdir(uint32_t mount, const char *path, uint32_t len) { return note("mkdir", mount, path, len); }

int32_t host_fs_remove(uint32_t mount, const char *path, uint32_t len, int32_t directory) {
  return note(directory ? "rmdir" : "unlink", mount, path, len);
}

int32_t host_fs_rename(uint32_t mount, const char *from, uint32_t from_len, const char *to, uint32_t to_len) {
  note("from", mount, from, from_len);
  return note("to", mount, to, to_len);
}

/* ---- short ways */

int vh_open(const char *path, __wasi_oflags_t oflags, bool readable, bool writable) {
  __wasi_rights_t rights = (readable ? __WASI_RIGHTS_FD_READ : 0) | (writable ? __WASI_RIGHTS_FD_WRITE : 0);
  __wasi_fd_t fd;
  vfs_error error =
      __wasi_path_open(VH_ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, oflags, rights, ~(__wasi_rights_t)0, 0, &fd);
  return error ? -(int)error : fd;
}

vfs_error vh_mkdir(const char *path) { return __wasi_path_create_directory(VH_ROOT, path); }

vfs_error vh_write(const char *path, const char *text) {
  int fd = vh_open(path, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, false, true);
  if (fd < 0) return (vfs_error)-fd;
  __wasi_ciovec_t piece = {(const uint8_t *)text, strlen(text)};
  size_t done = 0;
  vfs_error error = __wasi_fd_write(fd, &piece, 1, &done);
  if (!error && done < piece.buf_len) error = __WASI_ERRNO_NOSPC;
  vfs_error closed = __wasi_fd_close(fd);
  return error ? error : closed;
}

vfs_error vh_stat(const char *path, __wasi_filestat_t *out) {
  return __wasi_path_filestat_get(VH_ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, out);
}
