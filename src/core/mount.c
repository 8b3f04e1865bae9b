/* What the guest does in a mounted directory; files.h has the invariants. A path comes here relative to its mount. It is
 * opened by openat2 alone, or its parent is, and then the last name is used with calls that follow no symlink. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"
#include "error.h"
#include "files.h"

enum { PATH_MAX_BYTES = 4095, NAME_MAX_BYTES = 255, RETRIES = 32, INDEX_BITS = 6, FIRST_DEVICE = 16 };
_Static_assert(CL_HANDLES_MAX == 1 << INDEX_BITS, "an index of a handle fits its bits");

/* ---- errors: those that WASI has, by its numbers */

enum { W_ACCES = 2, W_BADF = 8, W_INVAL = 28, W_IO = 29, W_NOENT = 44, W_NOSPC = 51, W_PERM = 63, W_ROFS = 69 };

static const struct {
  int from;
  int32_t to;
} error_map[] = {{EACCES, W_ACCES}, {EAGAIN, 6},     {EBADF, W_BADF},   {EBUSY, 10},       {EDQUOT, W_NOSPC},
                 {EEXIST, 20},      {EFBIG, 22},     {EINTR, 27},       {EINVAL, W_INVAL}, {EISDIR, 31},
                 {ELOOP, 32},       {EMFILE, 33},    {EMLINK, 34},      {ENFILE, 41},      {ENAMETOOLONG, 37},
                 {ENOENT, W_NOENT}, {ENOMEM, 48},    {ENOSPC, W_NOSPC}, {ENOSYS, 52},      {ENOTDIR, 54},
                 {ENOTEMPTY, 55},   {EOVERFLOW, 61}, {EPERM, W_PERM},   {EROFS, W_ROFS},   {ETXTBSY, 74},
                 {EXDEV, W_NOENT}}; /* a link that leads out of the mount leads nowhere */

static int32_t failed(void) {
  int error = errno;
  for (size_t i = 0; i < sizeof error_map / sizeof error_map[0]; i++)
    if (error_map[i].from == error) return -error_map[i].to;
  return -W_IO;
}

/* ---- paths */

typedef struct {
  char text[PATH_MAX_BYTES + 1];
  char *name; /* the last part, when it was split off */
} path_copy;

/* The guest's own library takes "." and ".." out before; who has taken that over is refused here. */
static bool copy_path(path_copy *out, const char *path, size_t len) {
  if (len > PATH_MAX_BYTES || memchr(path, '\0', len)) return false;
  memcpy(out->text, path, len);
  out->text[len] = '\0';
  out->name = NULL;
  if (len == 0) { /* the mounted directory itself */
    memcpy(out->text, ".", 2);
    return true;
  }
  for (const char *part = out->text;; part++) {
    size_t n = strcspn(part, "/");
    bool dots = (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.');
    if (n == 0 || n > NAME_MAX_BYTES || dots) return false;
    part += n;
    if (!*part) return true;
  }
}

/* "a/b/c" is split into "a/b" and "c", "c" into "." and "c"; false: there is no last name. */
static bool split(path_copy *path) {
  if (strcmp(path->text, ".") == 0) return false;
  char *slash = strrchr(path->text, '/');
  path->name = slash ? slash + 1 : path->text;
  if (slash) *slash = '\0';
  return true;
}

static const char *parent_of(const path_copy *path) { return path->name == path->text ? "." : path->text; }

static int open_beneath(int dir, const char *path, uint64_t flags, uint64_t mode) {
  struct open_how how = {.flags = flags | O_CLOEXEC | (flags & O_PATH ? 0 : O_NOCTTY),
                         .mode = mode,
                         .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV};
  for (int i = 0; i < RETRIES; i++) { /* EAGAIN: somebody renames directories meanwhile */
    long fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) return (int)fd;
  }
  return -1;
}

static const cl_mount *mount_at(cloche_cell *cell, uint32_t number) {
  cell->guard.unrepeatable = 1; /* what lies on the host's disk is no part of the cell */
  return cell->files && number < cell->files->mount_count ? &cell->files->mounts[number] : NULL;
}

/* Opens the parent of a path in a mount that may be written; gives an fd, or an error negated. */
static int32_t open_parent(cloche_cell *cell, uint32_t number, path_copy *path, const char *text, size_t len) {
  const cl_mount *mount = mount_at(cell, number);
  if (!mount) return -W_BADF;
  if (!copy_path(path, text, len) || !split(path)) return -W_INVAL;
  if (!mount->writable) return -W_ROFS;
  int fd = open_beneath(mount->dir, parent_of(path), O_PATH | O_DIRECTORY, 0);
  return fd >= 0 ? fd : failed();
}

/* ---- what a run may write */

static bool may_write(cloche_cell *cell, uint64_t bytes) {
  cl_files *files = cell->files;
  if (bytes <= cell->limits.files_bytes && files->run_bytes <= cell->limits.files_bytes - bytes) {
    files->run_bytes += bytes;
    return true;
  }
  cl_cell_count_limit(cell, CLOCHE_FILES_LIMIT);
  return false;
}

static bool may_make(cloche_cell *cell) {
  if (cell->files->run_count < cell->limits.files_count) {
    cell->files->run_count++;
    return true;
  }
  cl_cell_count_limit(cell, CLOCHE_FILES_LIMIT);
  return false;
}

/* ---- handles */

static cl_handle *handle_at(cloche_cell *cell, uint32_t number) {
  cell->guard.unrepeatable = 1;
  if (!cell->files) return NULL;
  cl_handle *handle = &cell->files->handles[number & (CL_HANDLES_MAX - 1)];
  return handle->fd >= 0 && handle->generation == number >> INDEX_BITS ? handle : NULL;
}

static int32_t give_handle(cl_files *files, int fd, uint32_t mount, bool is_dir, bool writable) {
  uint32_t i = 0;
  while (i < CL_HANDLES_MAX && files->handles[i].fd >= 0) i++;
  if (i == CL_HANDLES_MAX) return -33; /* MFILE */
  files->generation = (files->generation + 1) & ((1u << (31 - INDEX_BITS)) - 1);
  files->handles[i] =
      (cl_handle){.fd = fd, .mount = mount, .is_dir = is_dir, .writable = writable, .generation = files->generation};
  return (int32_t)(files->generation << INDEX_BITS | i);
}

static void close_handle(cl_handle *handle) {
  close(handle->fd);
  handle->fd = -1;
}

void cl_files_close_handles(cloche_cell *cell) {
  for (uint32_t i = 0; cell->files && i < CL_HANDLES_MAX; i++)
    if (cell->files->handles[i].fd >= 0) close_handle(&cell->files->handles[i]);
}

/* Whether there is something at the path that may be opened. Looking does nothing to a device or a fifo, opening can. */
static int32_t look(const cl_mount *mount, const char *path, uint32_t flags, bool *there) {
  uint64_t nofollow = flags & CL_OPEN_NOFOLLOW ? O_NOFOLLOW : 0;
  struct stat stat;
  int fd = open_beneath(mount->dir, path, O_PATH | nofollow, 0);
  *there = fd >= 0;
  if (fd < 0) return errno == ENOENT ? 0 : failed();
  int32_t error = fstat(fd, &stat) == 0 ? 0 : failed();
  close(fd);
  if (error) return error;
  if (S_ISLNK(stat.st_mode)) return -32; /* LOOP */
  if (!S_ISREG(stat.st_mode) && !S_ISDIR(stat.st_mode)) return -W_ACCES;
  if (S_ISDIR(stat.st_mode) && (flags & CL_OPEN_WRITE)) return -31; /* ISDIR */
  /* who runs as root would leave the bits on a file that the guest has filled */
  if ((stat.st_mode & (S_ISUID | S_ISGID)) && S_ISREG(stat.st_mode) && (flags & CL_OPEN_WRITE)) return -W_PERM;
  return 0;
}

static int32_t open_checked(cloche_cell *cell, const cl_mount *mount, const char *path, uint32_t flags) {
  bool writes = flags & CL_OPEN_WRITE, makes = flags & CL_OPEN_CREATE, there;
  if (!mount->writable && (writes || (flags & CL_OPEN_TRUNCATE))) return -W_ROFS;
  int32_t error = look(mount, path, flags, &there);
  if (there && makes && (flags & CL_OPEN_EXCLUSIVE)) return -20; /* EXIST */
  if (error) return error;
  if (!there && (!makes || (flags & CL_OPEN_DIRECTORY))) return -W_NOENT;
  if (!there && !mount->writable) return -W_ROFS;
  if (!there && !may_make(cell)) return -W_NOSPC;
  uint64_t how = O_NONBLOCK | (writes ? (flags & CL_OPEN_READ ? O_RDWR : O_WRONLY) : O_RDONLY);
  if (!there) how |= O_CREAT | O_EXCL; /* made by somebody else since: then it was not looked at */
  if (flags & CL_OPEN_DIRECTORY) how |= O_DIRECTORY;
  if (flags & CL_OPEN_NOFOLLOW) how |= O_NOFOLLOW;
  int fd = open_beneath(mount->dir, path, how, there ? 0 : 0644);
  return fd >= 0 ? fd : failed();
}

int32_t cl_mount_open(cloche_cell *cell, uint32_t number, const char *text, size_t len, uint32_t flags) {
  const cl_mount *mount = mount_at(cell, number);
  path_copy path;
  if (!mount) return -W_BADF;
  if (!copy_path(&path, text, len)) return -W_INVAL;
  int32_t fd = open_checked(cell, mount, path.text, flags), result;
  if (fd < 0) return fd;
  struct stat stat; /* again: it may be another one than was looked at */
  if (fstat(fd, &stat) != 0) result = failed();
  else if (!S_ISREG(stat.st_mode) && !S_ISDIR(stat.st_mode)) result = -W_ACCES;
  else if ((flags & CL_OPEN_TRUNCATE) && (!S_ISREG(stat.st_mode) || ftruncate(fd, 0) != 0)) result = -W_INVAL;
  else result = give_handle(cell->files, fd, number, S_ISDIR(stat.st_mode), flags & CL_OPEN_WRITE);
  if (result < 0) close(fd);
  return result;
}

int32_t cl_mount_close(cloche_cell *cell, uint32_t number) {
  cl_handle *handle = handle_at(cell, number);
  if (!handle) return -W_BADF;
  close_handle(handle);
  return 0;
}

/* ---- content */

int32_t cl_mount_read(cloche_cell *cell, uint32_t number, int64_t offset, uint8_t *to, size_t len) {
  const cl_handle *handle = handle_at(cell, number);
  if (!handle || offset < 0) return handle ? -W_INVAL : -W_BADF;
  ssize_t n = pread(handle->fd, to, CL_MIN(len, (size_t)CL_TRANSFER_MAX), offset);
  return n >= 0 ? (int32_t)n : failed();
}

int32_t cl_mount_write(cloche_cell *cell, uint32_t number, int64_t offset, const uint8_t *from, size_t len) {
  const cl_handle *handle = handle_at(cell, number);
  if (!handle || !handle->writable) return -W_BADF;
  struct iovec piece = {(void *)(uintptr_t)from, CL_MIN(len, (size_t)CL_TRANSFER_MAX)};
  if (piece.iov_len == 0) return 0;
  if (!may_write(cell, piece.iov_len)) return -W_NOSPC;
  ssize_t n = offset < 0 ? pwritev2(handle->fd, &piece, 1, -1, RWF_APPEND) : pwritev(handle->fd, &piece, 1, offset);
  return n >= 0 ? (int32_t)n : failed();
}

int32_t cl_mount_truncate(cloche_cell *cell, uint32_t number, uint64_t size) {
  const cl_handle *handle = handle_at(cell, number);
  struct stat stat;
  if (!handle || !handle->writable) return -W_BADF;
  if (size > INT64_MAX) return -W_INVAL;
  if (fstat(handle->fd, &stat) != 0) return failed();
  uint64_t now = (uint64_t)stat.st_size;
  if (size > now && !may_write(cell, size - now)) return -W_NOSPC;
  return ftruncate(handle->fd, (off_t)size) == 0 ? 0 : failed();
}

/* ---- what a file is like */

static uint64_t nanoseconds(struct timespec time) {
  return time.tv_sec < 0 ? 0 : (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint8_t type_of(mode_t mode) {
  return S_ISREG(mode) ? 4 : S_ISDIR(mode) ? 3 : S_ISLNK(mode) ? 7 : 0; /* of others the guest learns no more */
}

static int32_t describe(int fd, uint32_t mount, cl_file_stat *out) {
  struct stat stat;
  if (fstat(fd, &stat) != 0) return failed();
  memset(out, 0, sizeof *out);
  out->dev = FIRST_DEVICE + mount;
  out->ino = stat.st_ino;
  out->type = type_of(stat.st_mode);
  out->links = stat.st_nlink;
  out->size = (uint64_t)stat.st_size;
  out->atim = nanoseconds(stat.st_atim);
  out->mtim = nanoseconds(stat.st_mtim);
  out->ctim = nanoseconds(stat.st_ctim);
  return 0;
}

int32_t cl_mount_stat(cloche_cell *cell, uint32_t number, cl_file_stat *out) {
  const cl_handle *handle = handle_at(cell, number);
  return handle ? describe(handle->fd, handle->mount, out) : -W_BADF;
}

/* Opens a path for no more than to look at it. */
static int32_t open_to_look(cloche_cell *cell, uint32_t number, const char *text, size_t len, bool follow) {
  const cl_mount *mount = mount_at(cell, number);
  path_copy path;
  if (!mount) return -W_BADF;
  if (!copy_path(&path, text, len)) return -W_INVAL;
  int fd = open_beneath(mount->dir, path.text, O_PATH | (follow ? 0 : O_NOFOLLOW), 0);
  return fd >= 0 ? fd : failed();
}

int32_t cl_mount_path_stat(cloche_cell *cell, uint32_t number, const char *path, size_t len, bool follow,
                           cl_file_stat *out) {
  int32_t fd = open_to_look(cell, number, path, len, follow);
  if (fd < 0) return fd;
  int32_t result = describe(fd, number, out);
  close(fd);
  return result;
}

/* A link that names an absolute path names one of the host's, which is not the guest's business. */
int32_t cl_mount_readlink(cloche_cell *cell, uint32_t number, const char *path, size_t len, uint8_t *to, size_t room) {
  char target[PATH_MAX_BYTES + 1];
  int32_t fd = open_to_look(cell, number, path, len, false);
  if (fd < 0) return fd;
  ssize_t n = readlinkat(fd, "", target, sizeof target);
  int32_t result = n < 0 ? (errno == ENOENT ? -W_INVAL : failed()) : 0; /* it is no link */
  close(fd);
  if (result < 0) return result;
  if (n == 0 || target[0] == '/') return -W_ACCES;
  size_t give = CL_MIN((size_t)n, room);
  memcpy(to, target, give);
  return (int32_t)give;
}

static bool read_times(struct timespec times[2], uint64_t atim, uint64_t mtim, uint32_t flags) {
  const uint32_t given[2] = {CL_TIME_ATIM, CL_TIME_MTIM}, now[2] = {CL_TIME_ATIM_NOW, CL_TIME_MTIM_NOW};
  const uint64_t values[2] = {atim, mtim};
  for (int i = 0; i < 2; i++) {
    if ((flags & given[i]) && (flags & now[i])) return false;
    times[i] = (struct timespec){(time_t)(values[i] / 1000000000u), (long)(values[i] % 1000000000u)};
    if (flags & now[i]) times[i].tv_nsec = UTIME_NOW;
    else if (!(flags & given[i])) times[i].tv_nsec = UTIME_OMIT;
  }
  return true;
}

int32_t cl_mount_times(cloche_cell *cell, uint32_t number, uint64_t atim, uint64_t mtim, uint32_t flags) {
  const cl_handle *handle = handle_at(cell, number);
  struct timespec times[2];
  if (!handle) return -W_BADF;
  if (!cell->files->mounts[handle->mount].writable) return -W_ROFS;
  if (!read_times(times, atim, mtim, flags)) return -W_INVAL;
  return futimens(handle->fd, times) == 0 ? 0 : failed();
}

int32_t cl_mount_path_times(cloche_cell *cell, uint32_t number, const char *path, size_t len, bool follow,
                            uint64_t atim, uint64_t mtim, uint32_t flags) {
  struct timespec times[2];
  struct stat stat;
  const cl_mount *mount = mount_at(cell, number);
  if (!mount) return -W_BADF;
  if (!mount->writable) return -W_ROFS;
  if (!read_times(times, atim, mtim, flags)) return -W_INVAL;
  int32_t fd = open_to_look(cell, number, path, len, follow);
  if (fd < 0) return fd;
  int32_t result = 0;
  if (fstat(fd, &stat) != 0) result = failed();
  else if (type_of(stat.st_mode) == 0) result = -W_ACCES;
  else if (utimensat(fd, "", times, AT_EMPTY_PATH) != 0) result = failed();
  close(fd);
  return result;
}

/* ---- directories */

typedef struct {
  uint64_t next, ino;
  uint32_t name_len;
  uint8_t type, zero[3];
} wasi_entry;
_Static_assert(sizeof(wasi_entry) == 24, "the layout of WASI");

typedef struct {
  uint64_t ino;
  int64_t next;
  uint16_t size;
  uint8_t type;
  char name[];
} linux_entry;

/* Appends as much of the bytes as there is room for. */
static size_t append(uint8_t *to, size_t used, size_t room, const void *bytes, size_t len) {
  size_t n = CL_MIN(len, room - used);
  memcpy(to + used, bytes, n);
  return used + n;
}

int32_t cl_mount_readdir(cloche_cell *cell, uint32_t number, uint64_t cookie, uint8_t *to, size_t len) {
  const cl_handle *handle = handle_at(cell, number);
  if (!handle) return -W_BADF;
  if (!handle->is_dir) return -54; /* NOTDIR */
  if (cookie > INT64_MAX || len > CL_TRANSFER_MAX) return -W_INVAL;
  if (lseek(handle->fd, (off_t)cookie, SEEK_SET) < 0) return failed();
  size_t used = 0;
  _Alignas(linux_entry) char buffer[16384];
  while (used < len) {
    long got = syscall(SYS_getdents64, handle->fd, buffer, sizeof buffer);
    if (got < 0 && used == 0) return failed();
    if (got <= 0) break;
    for (long at = 0; at < got && used < len;) {
      const linux_entry *entry = (const linux_entry *)(const void *)(buffer + at);
      size_t name_len = strlen(entry->name);
      wasi_entry out = {(uint64_t)entry->next, entry->ino, (uint32_t)name_len, type_of(DTTOIF(entry->type)), {0}};
      used = append(to, used, len, &out, sizeof out);
      used = append(to, used, len, entry->name, name_len);
      at += entry->size;
    }
  }
  return (int32_t)used;
}

int32_t cl_mount_mkdir(cloche_cell *cell, uint32_t number, const char *text, size_t len) {
  path_copy path;
  int32_t parent = open_parent(cell, number, &path, text, len);
  if (parent < 0) return parent;
  int32_t result = !may_make(cell) ? -W_NOSPC : mkdirat(parent, path.name, 0755) == 0 ? 0 : failed();
  close(parent);
  return result;
}

/* What is no file, directory or symlink is left alone: other programs talk through it. */
static int32_t may_go(int parent, const char *name, bool links) {
  struct stat stat;
  if (fstatat(parent, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) return failed();
  if (type_of(stat.st_mode) == 0 || (S_ISLNK(stat.st_mode) && !links)) return -W_PERM;
  return 0;
}

int32_t cl_mount_remove(cloche_cell *cell, uint32_t number, const char *text, size_t len, bool directory) {
  path_copy path;
  int32_t parent = open_parent(cell, number, &path, text, len);
  if (parent < 0) return parent;
  int32_t result = may_go(parent, path.name, true);
  if (result == 0 && unlinkat(parent, path.name, directory ? AT_REMOVEDIR : 0) != 0) result = failed();
  close(parent);
  return result;
}

/* A symlink is not moved: elsewhere a relative one means something else, perhaps to who follows it outside. */
static int32_t rename_between(int from, const char *from_name, int to, const char *to_name) {
  int32_t result = may_go(from, from_name, false);
  if (result < 0) return result;
  result = may_go(to, to_name, true);
  if (result < 0 && result != -W_NOENT) return result;
  return renameat(from, from_name, to, to_name) == 0 ? 0 : failed();
}

int32_t cl_mount_rename(cloche_cell *cell, uint32_t number, const char *from, size_t from_len, const char *to,
                        size_t to_len) {
  path_copy old_path, new_path;
  int32_t old_parent = open_parent(cell, number, &old_path, from, from_len);
  if (old_parent < 0) return old_parent;
  int32_t new_parent = open_parent(cell, number, &new_path, to, to_len);
  int32_t result = new_parent;
  if (new_parent >= 0) {
    result = rename_between(old_parent, old_path.name, new_parent, new_path.name);
    close(new_parent);
  }
  close(old_parent);
  return result;
}

/* ---- mounting */

cloche_status cl_mount_reopen(int *out, int dir_fd, cloche_error *err) {
  struct stat stat;
  struct statfs fs;
  if (dir_fd < 0 || fstat(dir_fd, &stat) != 0) CL_FAIL(err, INVALID_ARGUMENT, "a mount wants an open directory");
  if (!S_ISDIR(stat.st_mode)) CL_FAIL(err, INVALID_ARGUMENT, "what is to be mounted is no directory");
  if (fstatfs(dir_fd, &fs) != 0) CL_FAIL(err, IO_ERROR, "the directory cannot be looked at");
  if (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC)
    CL_FAIL(err, INVALID_ARGUMENT, "what the kernel shows of itself cannot be mounted");
  *out = open_beneath(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
  if (*out >= 0) return CLOCHE_OK;
  if (errno == ENOSYS || errno == EPERM) /* old kernels; and filters that do not know it */
    CL_FAIL(err, UNSUPPORTED, "mounts want the system call openat2 (Linux 5.6), which is not to be had here");
  CL_FAIL(err, IO_ERROR, "the directory cannot be opened");
}
