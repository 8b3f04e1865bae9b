/* Descriptors, and the __wasi_* functions that take one. With vfs_paths.c and vfs_system.c these are all that wasi-libc
 * asks of its system, so that nothing of wasi_snapshot_preview1 is imported.
 *
 * Descriptors 0, 1 and 2 are streams: nothing to read, and what is written goes to the host at once. 3 is the root, which
 * wasi-libc finds as the one directory that is open from the start. There is no dup in WASI: each has its own offset. */
#include "vfs.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_FDS = 32, PREOPENED = 3 };

static vfs_fd *fds;
static uint32_t fd_count;

/* ---- the table */

static bool grow_fds(void) {
  uint32_t count = fd_count ? fd_count * 2 : FIRST_FDS;
  if (count > VFS_FDS_MAX) return false;
  vfs_fd *more = realloc(fds, count * sizeof *more);
  if (!more) return false;
  memset(more + fd_count, 0, (count - fd_count) * sizeof *more);
  fds = more;
  fd_count = count;
  return true;
}

static bool begin(void) {
  if (fds) return true;
  if (vfs_begin() != VFS_OK || !grow_fds()) return false;
  for (int i = 0; i < PREOPENED; i++)
    fds[i] = (vfs_fd){.kind = VFS_FD_STREAM, .readable = i == 0, .writable = i != 0, .stream = (uint32_t)i};
  fds[PREOPENED] = (vfs_fd){.kind = VFS_FD_NODE, .is_dir = true, .readable = true, .node = vfs_root()};
  vfs_root()->holds++;
  return true;
}

vfs_fd *vfs_fd_at(__wasi_fd_t fd) {
  if (!begin() || fd < 0 || (uint32_t)fd >= fd_count || fds[fd].kind == VFS_FD_FREE) return NULL;
  return &fds[fd];
}

vfs_error vfs_fd_new(__wasi_fd_t *out) {
  if (!begin()) return __WASI_ERRNO_NOMEM;
  uint32_t fd = 0;
  while (fd < fd_count && fds[fd].kind != VFS_FD_FREE) fd++;
  if (fd == fd_count && !grow_fds()) return __WASI_ERRNO_MFILE;
  *out = (__wasi_fd_t)fd;
  return VFS_OK;
}

void vfs_fd_set(__wasi_fd_t number, const vfs_fd *fd) { fds[number] = *fd; }

static vfs_error close_fd(vfs_fd *fd) {
  if (fd->kind == VFS_FD_HOST) {
    (void)host_fs_close(fd->handle); /* it may be stale, which is as good as closed */
    free(fd->path);
  }
  vfs_node *node = fd->node;
  *fd = (vfs_fd){.kind = VFS_FD_FREE};
  if (node) {
    node->holds--;
    vfs_let_go(node);
  }
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_close(__wasi_fd_t number) {
  vfs_fd *fd = number == PREOPENED ? NULL : vfs_fd_at(number); /* without it no path leads anywhere, in no later run */
  return fd ? close_fd(fd) : __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_fd_renumber(__wasi_fd_t number, __wasi_fd_t to) {
  vfs_fd *from = vfs_fd_at(number), *over = vfs_fd_at(to);
  if (!from || !over || number == PREOPENED || to == PREOPENED) return __WASI_ERRNO_BADF;
  if (from == over) return VFS_OK;
  (void)close_fd(over);
  *over = *from;
  *from = (vfs_fd){.kind = VFS_FD_FREE};
  return VFS_OK;
}

/* ---- reading and writing */

/* One piece at an offset; what a host gives in one go may be less than asked. */
static vfs_error read_piece(const vfs_fd *fd, uint64_t offset, uint8_t *to, size_t len, size_t *done) {
  vfs_packed entry;
  *done = 0;
  if (fd->kind == VFS_FD_NODE) {
    if (fd->node->kind == VFS_FILE) *done = vfs_file_read(fd->node, offset, to, len);
  } else if (fd->kind == VFS_FD_PACKED) {
    if (!vfs_packed_at(fd->packed, &entry) || offset >= entry.size) return VFS_OK;
    *done = len < entry.size - offset ? len : (size_t)(entry.size - offset);
    memcpy(to, entry.data + offset, *done);
  } else if (fd->kind == VFS_FD_HOST) {
    if (offset > INT64_MAX) return __WASI_ERRNO_INVAL;
    if (len > INT32_MAX) len = INT32_MAX;
    int32_t got = host_fs_read(fd->handle, (int64_t)offset, to, (uint32_t)len);
    VFS_TRY(vfs_host(got));
    *done = (size_t)got;
  }
  return VFS_OK;
}

static vfs_error read_at(const vfs_fd *fd, const __wasi_iovec_t *iovs, size_t count, uint64_t offset, size_t *total) {
  *total = 0;
  if (fd->is_dir) return __WASI_ERRNO_ISDIR;
  if (!fd->readable) return __WASI_ERRNO_BADF;
  for (size_t i = 0; i < count; i++) {
    size_t done;
    if (iovs[i].buf_len == 0) continue;
    if (*total > INT32_MAX) break; /* it must fit the caller's ssize_t */
    vfs_error error = read_piece(fd, offset + *total, iovs[i].buf, iovs[i].buf_len, &done);
    if (error != VFS_OK && *total == 0) return error;
    *total += done;
    if (error != VFS_OK || done < iovs[i].buf_len) break;
  }
  return VFS_OK;
}

static vfs_error write_piece(const vfs_fd *fd, uint64_t offset, const uint8_t *from, size_t len, size_t *done) {
  *done = 0;
  if (len > INT32_MAX) len = INT32_MAX;
  if (fd->kind == VFS_FD_STREAM) {
    host_write((int32_t)fd->stream, (const char *)from, (uint32_t)len);
  } else if (fd->kind == VFS_FD_HOST) {
    bool append = fd->flags & __WASI_FDFLAGS_APPEND;
    if (!append && offset > INT64_MAX) return __WASI_ERRNO_FBIG;
    int32_t put = host_fs_write(fd->handle, append ? -1 : (int64_t)offset, from, (uint32_t)len);
    VFS_TRY(vfs_host(put));
    *done = (size_t)put;
    return VFS_OK;
  } else if (fd->node->kind == VFS_FILE) {
    return vfs_file_write(fd->node, offset, from, len, done);
  }
  *done = len; /* a stream, or /dev/null */
  return VFS_OK;
}

static vfs_error write_at(const vfs_fd *fd, const __wasi_ciovec_t *iovs, size_t count, uint64_t offset, size_t *total) {
  *total = 0;
  if (fd->is_dir || !fd->writable) return __WASI_ERRNO_BADF;
  for (size_t i = 0; i < count; i++) {
    size_t done;
    if (iovs[i].buf_len == 0) continue;
    if (*total > INT32_MAX) break;
    if (offset + *total < offset) return *total ? VFS_OK : __WASI_ERRNO_FBIG;
    vfs_error error = write_piece(fd, offset + *total, iovs[i].buf, iovs[i].buf_len, &done);
    if (error != VFS_OK && *total == 0) return error;
    *total += done;
    if (error != VFS_OK || done < iovs[i].buf_len) break;
  }
  return VFS_OK;
}

static bool can_seek(const vfs_fd *fd) { return fd->kind != VFS_FD_STREAM && !fd->is_dir; }

static vfs_error stat_fd(const vfs_fd *fd, __wasi_filestat_t *out) {
  switch (fd->kind) {
    case VFS_FD_NODE: vfs_node_stat(fd->node, out); return VFS_OK;
    case VFS_FD_PACKED: vfs_packed_stat(fd->packed, out); return VFS_OK;
    case VFS_FD_HOST: return vfs_host(host_fs_stat(fd->handle, out));
    case VFS_FD_STREAM:
    case VFS_FD_FREE: break;
  }
  memset(out, 0, sizeof *out);
  out->filetype = __WASI_FILETYPE_CHARACTER_DEVICE;
  out->nlink = 1;
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_read(__wasi_fd_t number, const __wasi_iovec_t *iovs, size_t count, __wasi_size_t *done) {
  vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  VFS_TRY(read_at(fd, iovs, count, fd->offset, done));
  if (can_seek(fd)) fd->offset += *done;
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_pread(__wasi_fd_t number, const __wasi_iovec_t *iovs, size_t count, __wasi_filesize_t offset,
                               __wasi_size_t *done) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (fd->kind == VFS_FD_STREAM) return __WASI_ERRNO_SPIPE;
  if (offset > INT64_MAX) return __WASI_ERRNO_INVAL;
  return read_at(fd, iovs, count, offset, done);
}

__wasi_errno_t __wasi_fd_write(__wasi_fd_t number, const __wasi_ciovec_t *iovs, size_t count, __wasi_size_t *done) {
  vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  bool append = fd->flags & __WASI_FDFLAGS_APPEND;
  if (append && fd->kind == VFS_FD_NODE && fd->node->kind == VFS_FILE) fd->offset = fd->node->file.size;
  VFS_TRY(write_at(fd, iovs, count, fd->offset, done));
  if (can_seek(fd)) fd->offset += *done;
  if (append && fd->kind == VFS_FD_HOST) { /* where the end was is known to the host alone */
    __wasi_filestat_t stat;
    if (stat_fd(fd, &stat) == VFS_OK) fd->offset = stat.size;
  }
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_pwrite(__wasi_fd_t number, const __wasi_ciovec_t *iovs, size_t count, __wasi_filesize_t offset,
                                __wasi_size_t *done) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (fd->kind == VFS_FD_STREAM) return __WASI_ERRNO_SPIPE;
  if (offset > INT64_MAX) return __WASI_ERRNO_INVAL;
  vfs_fd plain = *fd;
  plain.flags = 0; /* POSIX: the offset counts, also for O_APPEND */
  return write_at(&plain, iovs, count, offset, done);
}

__wasi_errno_t __wasi_fd_seek(__wasi_fd_t number, __wasi_filedelta_t delta, __wasi_whence_t whence,
                              __wasi_filesize_t *out) {
  vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (!can_seek(fd)) return fd->is_dir ? __WASI_ERRNO_INVAL : __WASI_ERRNO_SPIPE;
  uint64_t base = 0;
  if (whence == __WASI_WHENCE_CUR) base = fd->offset;
  else if (whence == __WASI_WHENCE_END) {
    __wasi_filestat_t stat;
    VFS_TRY(stat_fd(fd, &stat));
    base = stat.size;
  } else if (whence != __WASI_WHENCE_SET) {
    return __WASI_ERRNO_INVAL;
  }
  int64_t to;
  if (base > INT64_MAX || __builtin_add_overflow((int64_t)base, delta, &to) || to < 0) return __WASI_ERRNO_INVAL;
  *out = fd->offset = (uint64_t)to;
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_tell(__wasi_fd_t number, __wasi_filesize_t *out) {
  return __wasi_fd_seek(number, 0, __WASI_WHENCE_CUR, out);
}

/* ---- what a descriptor is like */

__wasi_errno_t __wasi_fd_filestat_get(__wasi_fd_t number, __wasi_filestat_t *out) {
  const vfs_fd *fd = vfs_fd_at(number);
  return fd ? stat_fd(fd, out) : __WASI_ERRNO_BADF;
}

/* wasi-libc makes O_RDONLY and so on of the rights, and isatty() of a stream that cannot tell its offset. Ours are no
 * terminals. */
__wasi_errno_t __wasi_fd_fdstat_get(__wasi_fd_t number, __wasi_fdstat_t *out) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  memset(out, 0, sizeof *out);
  bool is_device = fd->kind == VFS_FD_STREAM || (fd->kind == VFS_FD_NODE && fd->node->kind == VFS_NULL);
  out->fs_filetype = fd->is_dir  ? __WASI_FILETYPE_DIRECTORY
                     : is_device ? __WASI_FILETYPE_CHARACTER_DEVICE
                                 : __WASI_FILETYPE_REGULAR_FILE;
  out->fs_flags = fd->flags;
  out->fs_rights_base = ~(__wasi_rights_t)(__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE);
  if (fd->readable) out->fs_rights_base |= __WASI_RIGHTS_FD_READ;
  if (fd->writable) out->fs_rights_base |= __WASI_RIGHTS_FD_WRITE;
  out->fs_rights_inheriting = fd->is_dir ? ~(__wasi_rights_t)0 : 0;
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_fdstat_set_flags(__wasi_fd_t number, __wasi_fdflags_t flags) {
  vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  fd->flags = flags & (__WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_NONBLOCK);
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_fdstat_set_rights(__wasi_fd_t number, __wasi_rights_t base, __wasi_rights_t inheriting) {
  (void)inheriting;
  vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (!(base & __WASI_RIGHTS_FD_READ)) fd->readable = false; /* rights can be given up, never gained */
  if (!(base & __WASI_RIGHTS_FD_WRITE)) fd->writable = false;
  return VFS_OK;
}

/* ---- changing what is open */

__wasi_errno_t __wasi_fd_filestat_set_size(__wasi_fd_t number, __wasi_filesize_t size) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (fd->is_dir || !fd->writable || size > INT64_MAX) return __WASI_ERRNO_INVAL;
  if (fd->kind == VFS_FD_HOST) return vfs_host(host_fs_truncate(fd->handle, size));
  if (fd->kind != VFS_FD_NODE || fd->node->kind != VFS_FILE) return __WASI_ERRNO_INVAL;
  return vfs_file_resize(fd->node, size);
}

__wasi_errno_t __wasi_fd_allocate(__wasi_fd_t number, __wasi_filesize_t offset, __wasi_filesize_t len) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (fd->kind != VFS_FD_NODE || fd->node->kind != VFS_FILE) return __WASI_ERRNO_NOTSUP;
  if (!fd->writable) return __WASI_ERRNO_BADF;
  if (len == 0 || offset > INT64_MAX || len > INT64_MAX - offset) return __WASI_ERRNO_INVAL;
  return offset + len > fd->node->file.size ? vfs_file_resize(fd->node, offset + len) : VFS_OK;
}

__wasi_errno_t __wasi_fd_filestat_set_times(__wasi_fd_t number, __wasi_timestamp_t atim, __wasi_timestamp_t mtim,
                                            __wasi_fstflags_t flags) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (fd->kind == VFS_FD_HOST) return vfs_host(host_fs_times(fd->handle, atim, mtim, flags));
  if (fd->kind == VFS_FD_PACKED) return __WASI_ERRNO_ROFS;
  return fd->kind == VFS_FD_NODE ? vfs_node_times(fd->node, atim, mtim, flags) : __WASI_ERRNO_INVAL;
}

/* Memory is as lasting as it gets; and what is mounted is written by the host when it likes. */
__wasi_errno_t __wasi_fd_sync(__wasi_fd_t fd) { return vfs_fd_at(fd) ? VFS_OK : __WASI_ERRNO_BADF; }
__wasi_errno_t __wasi_fd_datasync(__wasi_fd_t fd) { return __wasi_fd_sync(fd); }

__wasi_errno_t __wasi_fd_advise(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t len,
                                __wasi_advice_t advice) {
  (void)offset, (void)len, (void)advice;
  return __wasi_fd_sync(fd);
}

/* ---- the directory that is open from the start */

__wasi_errno_t __wasi_fd_prestat_get(__wasi_fd_t fd, __wasi_prestat_t *out) {
  if (fd != PREOPENED || !vfs_fd_at(fd)) return __WASI_ERRNO_BADF;
  *out = (__wasi_prestat_t){.tag = __WASI_PREOPENTYPE_DIR, .u.dir.pr_name_len = 1};
  return VFS_OK;
}

__wasi_errno_t __wasi_fd_prestat_dir_name(__wasi_fd_t fd, uint8_t *path, __wasi_size_t len) {
  if (fd != PREOPENED) return __WASI_ERRNO_BADF;
  if (len < 1) return __WASI_ERRNO_NAMETOOLONG;
  path[0] = '/';
  return VFS_OK;
}

/* ---- reading a directory */

typedef struct {
  uint8_t *to;
  size_t room, used;
} list;

/* Adds an entry; false: the room is full, and a part of it may stand at the end, as WASI wants it. */
static bool add_entry(list *l, uint64_t next, uint64_t ino, __wasi_filetype_t type, const char *name, size_t len) {
  __wasi_dirent_t entry;
  memset(&entry, 0, sizeof entry);
  entry.d_next = next;
  entry.d_ino = ino;
  entry.d_namlen = (__wasi_dirnamlen_t)len;
  entry.d_type = type;
  size_t n = l->room - l->used < sizeof entry ? l->room - l->used : sizeof entry;
  memcpy(l->to + l->used, &entry, n);
  l->used += n;
  n = l->room - l->used < len ? l->room - l->used : len;
  if (n > 0) memcpy(l->to + l->used, name, n);
  l->used += n;
  return l->used < l->room;
}

/* Cookies: 0 and 1 stand before "." and "..", 2 and more before the entry of number cookie - 2. */
static void list_node(list *l, const vfs_node *dir, uint64_t cookie) {
  if (cookie == 0 && !add_entry(l, 1, dir->ino, __WASI_FILETYPE_DIRECTORY, ".", 1)) return;
  if (cookie <= 1 && !add_entry(l, 2, dir->parent->ino, __WASI_FILETYPE_DIRECTORY, "..", 2)) return;
  for (const vfs_entry *e = vfs_entry_from(dir, cookie > 2 ? cookie - 2 : 0); e; e = e->next) {
    __wasi_filestat_t stat;
    vfs_node_stat(e->node, &stat);
    if (!add_entry(l, e->seq + 3, stat.ino, stat.filetype, e->name, e->len)) return;
  }
}

static void list_packed(list *l, uint32_t index, uint64_t cookie) {
  vfs_packed dir = {.is_dir = true};
  (void)vfs_packed_at(index, &dir);
  if (cookie == 0 && !add_entry(l, 1, index + 1u, __WASI_FILETYPE_DIRECTORY, ".", 1)) return;
  if (cookie <= 1 && !add_entry(l, 2, dir.parent + 1u, __WASI_FILETYPE_DIRECTORY, "..", 2)) return;
  for (uint64_t i = cookie > 2 ? cookie - 2 : 0; i < dir.size; i++) {
    uint32_t number = dir.first + (uint32_t)i;
    vfs_packed child;
    if (!vfs_packed_at(number, &child)) return;
    __wasi_filetype_t type = child.is_dir ? __WASI_FILETYPE_DIRECTORY : __WASI_FILETYPE_REGULAR_FILE;
    if (!add_entry(l, i + 3, number + 1u, type, child.name, child.name_len)) return;
  }
}

__wasi_errno_t __wasi_fd_readdir(__wasi_fd_t number, uint8_t *to, __wasi_size_t room, __wasi_dircookie_t cookie,
                                 __wasi_size_t *used) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (!fd->is_dir) return __WASI_ERRNO_NOTDIR;
  list l = {.to = to, .room = room};
  if (fd->kind == VFS_FD_HOST) {
    if (room > INT32_MAX) room = INT32_MAX;
    int32_t got = host_fs_readdir(fd->handle, cookie, to, (uint32_t)room);
    VFS_TRY(vfs_host(got));
    l.used = (size_t)got;
  } else if (room > 0 && fd->kind == VFS_FD_PACKED) {
    list_packed(&l, fd->packed, cookie);
  } else if (room > 0) {
    list_node(&l, fd->node, cookie);
  }
  *used = l.used;
  return VFS_OK;
}
