/* The __wasi_* functions that take paths: opening, making, moving and removing. What lies in a mount is the host's. */
#include <stdlib.h>
#include <string.h>

#include "vfs.h"

/* ---- opening */

static vfs_error open_node(vfs_fd *fd, vfs_place *place, __wasi_oflags_t oflags) {
  bool want_dir = oflags & __WASI_OFLAGS_DIRECTORY;
  vfs_node *node = place->node;
  if (place->where == VFS_AT_NOTHING) {
    if (!(oflags & __WASI_OFLAGS_CREAT)) return __WASI_ERRNO_NOENT;
    if (want_dir || place->is_dir_path) return place->is_dir_path ? __WASI_ERRNO_ISDIR : __WASI_ERRNO_INVAL;
    if (!place->dir) return __WASI_ERRNO_ROFS;
    VFS_TRY(vfs_make(&node, VFS_FILE));
    vfs_error error = vfs_put(place->dir, place->name, place->name_len, node);
    if (error != VFS_OK) {
      vfs_let_go(node);
      return error;
    }
  } else if (node->kind == VFS_LINK) {
    return __WASI_ERRNO_LOOP; /* a link at the end that is not to be followed */
  }
  fd->is_dir = node->kind == VFS_DIR;
  if (want_dir && !fd->is_dir) return __WASI_ERRNO_NOTDIR;
  if (fd->is_dir && fd->writable) return __WASI_ERRNO_ISDIR;
  if ((oflags & __WASI_OFLAGS_TRUNC) && node->kind == VFS_FILE) VFS_TRY(vfs_file_resize(node, 0));
  fd->kind = VFS_FD_NODE;
  fd->node = node;
  return VFS_OK;
}

static vfs_error open_packed(vfs_fd *fd, const vfs_place *place, __wasi_oflags_t oflags) {
  vfs_packed entry = {.is_dir = true};
  (void)vfs_packed_at(place->packed, &entry);
  if ((oflags & __WASI_OFLAGS_DIRECTORY) && !entry.is_dir) return __WASI_ERRNO_NOTDIR;
  if (fd->writable || (oflags & __WASI_OFLAGS_TRUNC)) return entry.is_dir ? __WASI_ERRNO_ISDIR : __WASI_ERRNO_ROFS;
  fd->kind = VFS_FD_PACKED;
  fd->node = place->node;
  fd->packed = place->packed;
  fd->is_dir = entry.is_dir;
  return VFS_OK;
}

static vfs_error open_host(vfs_fd *fd, const vfs_place *place, __wasi_oflags_t oflags, bool follow) {
  static const struct {
    __wasi_oflags_t from;
    uint32_t to;
  } map[] = {{__WASI_OFLAGS_CREAT, HOST_CREATE},
             {__WASI_OFLAGS_EXCL, HOST_EXCLUSIVE},
             {__WASI_OFLAGS_TRUNC, HOST_TRUNCATE},
             {__WASI_OFLAGS_DIRECTORY, HOST_DIRECTORY}};
  uint32_t flags = (fd->readable ? HOST_READ : 0u) | (fd->writable ? HOST_WRITE : 0u) | (follow ? 0u : HOST_NOFOLLOW);
  for (size_t i = 0; i < sizeof map / sizeof map[0]; i++)
    if (oflags & map[i].from) flags |= map[i].to;
  if (place->is_dir_path) flags |= HOST_DIRECTORY;
  char *path = malloc(place->host_len + 1u);
  if (!path) return __WASI_ERRNO_NOMEM;
  memcpy(path, place->host, place->host_len);
  int32_t handle = host_fs_open(place->node->mount.number, path, place->host_len, flags);
  __wasi_filestat_t stat;
  vfs_error error = vfs_host(handle < 0 ? handle : host_fs_stat((uint32_t)handle, &stat));
  if (error != VFS_OK) {
    if (handle >= 0) (void)host_fs_close((uint32_t)handle);
    free(path);
    return error;
  }
  fd->kind = VFS_FD_HOST;
  fd->node = place->node;
  fd->handle = (uint32_t)handle;
  fd->path = path;
  fd->path_len = place->host_len;
  fd->is_dir = stat.filetype == __WASI_FILETYPE_DIRECTORY;
  return VFS_OK;
}

__wasi_errno_t __wasi_path_open(__wasi_fd_t from, __wasi_lookupflags_t lookup, const char *path, __wasi_oflags_t oflags,
                                __wasi_rights_t rights, __wasi_rights_t inheriting, __wasi_fdflags_t flags,
                                __wasi_fd_t *out) {
  (void)inheriting;
  bool exclusive = (oflags & __WASI_OFLAGS_CREAT) && (oflags & __WASI_OFLAGS_EXCL);
  bool follow = (lookup & __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW) && !exclusive;
  vfs_place place;
  __wasi_fd_t number;
  VFS_TRY(vfs_walk(&place, from, path, follow));
  if (exclusive && place.where != VFS_AT_NOTHING && place.where != VFS_AT_HOST) return __WASI_ERRNO_EXIST;
  VFS_TRY(vfs_fd_new(&number));
  vfs_fd fd = {.readable = rights & __WASI_RIGHTS_FD_READ, .writable = rights & __WASI_RIGHTS_FD_WRITE};
  fd.flags = flags & (__WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_NONBLOCK);
  if (place.where == VFS_AT_HOST) VFS_TRY(open_host(&fd, &place, oflags, follow));
  else if (place.where == VFS_AT_PACKED) VFS_TRY(open_packed(&fd, &place, oflags));
  else VFS_TRY(open_node(&fd, &place, oflags));
  fd.node->holds++;
  vfs_fd_set(number, &fd);
  *out = number;
  return VFS_OK;
}

/* ---- looking */

__wasi_errno_t __wasi_path_filestat_get(__wasi_fd_t from, __wasi_lookupflags_t lookup, const char *path,
                                        __wasi_filestat_t *out) {
  bool follow = lookup & __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;
  vfs_place place;
  VFS_TRY(vfs_walk(&place, from, path, follow));
  VFS_TRY(vfs_place_stat(&place, follow || place.is_dir_path, out));
  return place.is_dir_path && out->filetype != __WASI_FILETYPE_DIRECTORY ? __WASI_ERRNO_NOTDIR : VFS_OK;
}

__wasi_errno_t __wasi_path_readlink(__wasi_fd_t from, const char *path, uint8_t *to, __wasi_size_t room,
                                    __wasi_size_t *used) {
  vfs_place place;
  VFS_TRY(vfs_walk(&place, from, path, false));
  if (place.where == VFS_AT_HOST) {
    if (room > INT32_MAX) room = INT32_MAX;
    int32_t got = host_fs_readlink(place.node->mount.number, place.host, place.host_len, to, (uint32_t)room);
    VFS_TRY(vfs_host(got));
    *used = (size_t)got;
    return VFS_OK;
  }
  if (place.where == VFS_AT_NOTHING) return __WASI_ERRNO_NOENT;
  if (place.where != VFS_AT_NODE || place.node->kind != VFS_LINK) return __WASI_ERRNO_INVAL;
  *used = room < place.node->link.len ? room : place.node->link.len;
  memcpy(to, place.node->link.target, *used);
  return VFS_OK;
}

/* ---- making */

/* Puts a new node at a place where there is nothing yet; a host's place must not come here. */
static vfs_error put_new(const vfs_place *place, vfs_node *node) {
  vfs_error error = vfs_put(place->dir, place->name, place->name_len, node);
  vfs_let_go(node); /* frees it if it was not put */
  return error;
}

static vfs_error must_be_free(const vfs_place *place) {
  if (place->where != VFS_AT_NOTHING) return __WASI_ERRNO_EXIST;
  return place->dir ? VFS_OK : __WASI_ERRNO_ROFS;
}

__wasi_errno_t __wasi_path_create_directory(__wasi_fd_t from, const char *path) {
  vfs_place place;
  vfs_node *node;
  VFS_TRY(vfs_walk(&place, from, path, false));
  if (place.where == VFS_AT_HOST && place.host_len > 0)
    return vfs_host(host_fs_mkdir(place.node->mount.number, place.host, place.host_len));
  VFS_TRY(must_be_free(&place));
  VFS_TRY(vfs_make(&node, VFS_DIR));
  return put_new(&place, node);
}

__wasi_errno_t __wasi_path_symlink(const char *target, __wasi_fd_t from, const char *path) {
  vfs_place place;
  vfs_node *node;
  VFS_TRY(vfs_walk(&place, from, path, false));
  if (place.where == VFS_AT_HOST) return __WASI_ERRNO_PERM; /* a trap for whoever follows it outside */
  VFS_TRY(must_be_free(&place));
  if (place.is_dir_path) return __WASI_ERRNO_NOENT;
  VFS_TRY(vfs_make_link(&node, target, strlen(target)));
  return put_new(&place, node);
}

__wasi_errno_t __wasi_path_link(__wasi_fd_t old_from, __wasi_lookupflags_t lookup, const char *old_path,
                                __wasi_fd_t new_from, const char *new_path) {
  vfs_place old, new;
  VFS_TRY(vfs_walk(&old, old_from, old_path, lookup & __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW));
  VFS_TRY(vfs_walk(&new, new_from, new_path, false));
  if (old.where == VFS_AT_NOTHING) return __WASI_ERRNO_NOENT;
  if (old.where != VFS_AT_NODE || old.node->kind == VFS_DIR || old.node->stays) return __WASI_ERRNO_PERM;
  if (new.where == VFS_AT_HOST) return __WASI_ERRNO_XDEV;
  VFS_TRY(must_be_free(&new));
  if (new.is_dir_path) return __WASI_ERRNO_NOENT;
  VFS_TRY(vfs_put(new.dir, new.name, new.name_len, old.node));
  old.node->ctim = vfs_now();
  return VFS_OK;
}

/* ---- removing and moving */

/* A place's entry, if it has one that may go: neither the library, nor a mount, nor what "." and ".." lead to. */
static vfs_error removable(const vfs_place *place, vfs_entry **out) {
  if (place->where == VFS_AT_NOTHING) return __WASI_ERRNO_NOENT;
  if (!place->dir) return place->where == VFS_AT_PACKED ? __WASI_ERRNO_ROFS : __WASI_ERRNO_BUSY;
  if (place->where != VFS_AT_NODE) return __WASI_ERRNO_BUSY;
  if (place->node->stays) return __WASI_ERRNO_BUSY;
  *out = vfs_find(place->dir, place->name, place->name_len);
  return VFS_OK;
}

__wasi_errno_t __wasi_path_unlink_file(__wasi_fd_t from, const char *path) {
  vfs_place place;
  vfs_entry *entry;
  VFS_TRY(vfs_walk(&place, from, path, false));
  if (place.where == VFS_AT_HOST && place.host_len > 0)
    return place.is_dir_path ? __WASI_ERRNO_ISDIR
                             : vfs_host(host_fs_remove(place.node->mount.number, place.host, place.host_len, 0));
  VFS_TRY(removable(&place, &entry));
  if (entry->node->kind == VFS_DIR) return __WASI_ERRNO_ISDIR;
  vfs_take_out(entry);
  return VFS_OK;
}

__wasi_errno_t __wasi_path_remove_directory(__wasi_fd_t from, const char *path) {
  vfs_place place;
  vfs_entry *entry;
  VFS_TRY(vfs_walk(&place, from, path, false));
  if (place.where == VFS_AT_HOST && place.host_len > 0)
    return vfs_host(host_fs_remove(place.node->mount.number, place.host, place.host_len, 1));
  VFS_TRY(removable(&place, &entry));
  if (entry->node->kind != VFS_DIR) return __WASI_ERRNO_NOTDIR;
  if (entry->node->dir.first) return __WASI_ERRNO_NOTEMPTY;
  vfs_take_out(entry);
  return VFS_OK;
}

/* Whether `node` may take the place of what stands there already. */
static vfs_error may_replace(const vfs_node *node, const vfs_place *to) {
  if (to->where != VFS_AT_NODE || to->node->stays) return __WASI_ERRNO_BUSY;
  bool is_dir = node->kind == VFS_DIR;
  if (is_dir && to->node->kind != VFS_DIR) return __WASI_ERRNO_NOTDIR;
  if (!is_dir && to->node->kind == VFS_DIR) return __WASI_ERRNO_ISDIR;
  return is_dir && to->node->dir.first ? __WASI_ERRNO_NOTEMPTY : VFS_OK;
}

static vfs_error rename_node(vfs_entry *entry, const vfs_place *to) {
  vfs_node *node = entry->node;
  if (to->is_dir_path && node->kind != VFS_DIR) return __WASI_ERRNO_NOTDIR;
  if (to->where == VFS_AT_NODE && to->node == node) return VFS_OK; /* two names of one file: POSIX does nothing */
  if (to->where != VFS_AT_NOTHING) VFS_TRY(may_replace(node, to));
  if (!to->dir) return to->where == VFS_AT_NOTHING ? __WASI_ERRNO_ROFS : __WASI_ERRNO_BUSY;
  if (node->kind == VFS_DIR && vfs_is_below(to->dir, node)) return __WASI_ERRNO_INVAL;
  /* first the new name, which may fail: then nothing has changed */
  vfs_entry *replaced = to->where == VFS_AT_NODE ? vfs_find(to->dir, to->name, to->name_len) : NULL;
  VFS_TRY(vfs_put(to->dir, to->name, to->name_len, node));
  if (replaced) vfs_take_out(replaced);
  vfs_take_out(entry);
  return VFS_OK;
}

__wasi_errno_t __wasi_path_rename(__wasi_fd_t old_from, const char *old_path, __wasi_fd_t new_from,
                                  const char *new_path) {
  vfs_place old, new;
  vfs_entry *entry;
  VFS_TRY(vfs_walk(&old, old_from, old_path, false));
  VFS_TRY(vfs_walk(&new, new_from, new_path, false));
  if (old.where == VFS_AT_HOST && new.where == VFS_AT_HOST && old.node == new.node &&old.host_len &&new.host_len)
    return vfs_host(host_fs_rename(old.node->mount.number, old.host, old.host_len, new.host, new.host_len));
  if ((old.where == VFS_AT_HOST && old.host_len) || (new.where == VFS_AT_HOST &&new.host_len))
    return old.where == VFS_AT_NOTHING ? __WASI_ERRNO_NOENT : __WASI_ERRNO_XDEV;
  VFS_TRY(removable(&old, &entry));
  return rename_node(entry, &new);
}

/* ---- times */

__wasi_errno_t __wasi_path_filestat_set_times(__wasi_fd_t from, __wasi_lookupflags_t lookup, const char *path,
                                              __wasi_timestamp_t atim, __wasi_timestamp_t mtim,
                                              __wasi_fstflags_t flags) {
  bool follow = lookup & __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;
  vfs_place place;
  VFS_TRY(vfs_walk(&place, from, path, follow));
  switch (place.where) {
    case VFS_AT_NODE: return vfs_node_times(place.node, atim, mtim, flags);
    case VFS_AT_PACKED: return __WASI_ERRNO_ROFS;
    case VFS_AT_HOST:
      return vfs_host(
          host_fs_path_times(place.node->mount.number, place.host, place.host_len, follow, atim, mtim, flags));
    case VFS_AT_NOTHING: break;
  }
  return __WASI_ERRNO_NOENT;
}
