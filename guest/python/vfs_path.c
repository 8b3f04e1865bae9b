/* From a path to what stands there. A walk goes part by part: through nodes, of which symlinks are put in front of what
 * is left of the path, into the packed library, and into a mount, of which the rest of the path is the host's to follow.
 *
 * In a mount ".." is taken off the text, so that a path can leave the mount on the guest's side, and the host never sees
 * one: where the directory before it is a symlink of the host's, that differs from what Unix does. */
#include <string.h>

#include "vfs.h"

static void go_to_node(vfs_place *place, vfs_node *node) {
  place->node = node;
  place->packed = 0;
  place->host_len = 0;
  place->where = node->kind == VFS_PACKED ? VFS_AT_PACKED : node->kind == VFS_MOUNT ? VFS_AT_HOST : VFS_AT_NODE;
}

static vfs_error go_to_fd(vfs_place *place, __wasi_fd_t number) {
  const vfs_fd *fd = vfs_fd_at(number);
  if (!fd) return __WASI_ERRNO_BADF;
  if (!fd->is_dir) return __WASI_ERRNO_NOTDIR;
  go_to_node(place, fd->node);
  place->packed = fd->packed;
  place->host_len = fd->path_len;
  if (fd->path_len > 0) memcpy(place->host, fd->path, fd->path_len);
  return VFS_OK;
}

static void go_up(vfs_place *place) {
  vfs_packed dir;
  if (place->where == VFS_AT_PACKED && place->packed != 0 && vfs_packed_at(place->packed, &dir)) {
    place->packed = dir.parent;
  } else if (place->where == VFS_AT_HOST && place->host_len > 0) {
    while (place->host_len > 0 && place->host[--place->host_len] != '/') continue;
  } else {
    go_to_node(place, place->node->parent);
  }
}

static bool is_directory(const vfs_place *place) {
  vfs_packed entry;
  if (place->where == VFS_AT_NODE) return place->node->kind == VFS_DIR;
  if (place->where == VFS_AT_PACKED)
    return place->packed == 0 || (vfs_packed_at(place->packed, &entry) && entry.is_dir);
  return place->where == VFS_AT_HOST; /* or the host will say that it is none */
}

static vfs_error go_down_host(vfs_place *place, const char *name, size_t len) {
  size_t slash = place->host_len > 0;
  if (place->host_len + slash + len > VFS_PATH_MAX) return __WASI_ERRNO_NAMETOOLONG;
  if (slash) place->host[place->host_len++] = '/';
  memcpy(place->host + place->host_len, name, len);
  place->host_len += (uint32_t)len;
  return VFS_OK;
}

/* Puts a symlink's target in front of what is left of the path. */
static vfs_error follow_link(vfs_place *place, const vfs_node *link, const char **rest) {
  size_t left = strlen(*rest), len = link->link.len;
  if (len + 1 + left > VFS_PATH_MAX) return __WASI_ERRNO_NAMETOOLONG;
  memmove(place->text + len + 1, *rest, left + 1);
  memcpy(place->text, link->link.target, len);
  place->text[len] = '/';
  if (left == 0) place->text[len] = '\0'; /* or a link to a file would look like the path of a directory */
  *rest = place->text;
  if (link->link.target[0] == '/') go_to_node(place, vfs_root());
  return VFS_OK;
}

static vfs_error not_there(vfs_place *place, bool last) {
  if (!last) return __WASI_ERRNO_NOENT;
  place->where = VFS_AT_NOTHING;
  return VFS_OK;
}

vfs_error vfs_walk(vfs_place *place, __wasi_fd_t from, const char *path, bool follow) {
  size_t len = strlen(path);
  if (len == 0 || len > VFS_PATH_MAX) return len ? __WASI_ERRNO_NAMETOOLONG : __WASI_ERRNO_NOENT;
  VFS_TRY(go_to_fd(place, from));
  memcpy(place->text, path, len + 1);
  if (path[0] == '/') go_to_node(place, vfs_root());
  place->dir = NULL;
  place->name = NULL;
  place->name_len = 0;
  place->is_dir_path = false;
  uint32_t links = 0;
  for (const char *rest = place->text;;) {
    while (*rest == '/') rest++;
    if (!*rest) break;
    if (!is_directory(place)) return __WASI_ERRNO_NOTDIR;
    const char *name = rest;
    while (*rest && *rest != '/') rest++;
    size_t n = (size_t)(rest - name);
    if (n > VFS_NAME_MAX) return __WASI_ERRNO_NAMETOOLONG;
    bool slash = *rest == '/', last = rest[strspn(rest, "/")] == '\0';
    place->dir = NULL;
    place->name = NULL;
    place->is_dir_path = last && slash;
    if (n == 1 && name[0] == '.') continue;
    if (n == 2 && name[0] == '.' && name[1] == '.') {
      go_up(place);
      continue;
    }
    place->name = name;
    place->name_len = (uint32_t)n;
    if (place->where == VFS_AT_HOST) {
      VFS_TRY(go_down_host(place, name, n));
    } else if (place->where == VFS_AT_PACKED) {
      if (!vfs_packed_find(place->packed, name, n, &place->packed)) return not_there(place, last);
    } else {
      const vfs_entry *entry = vfs_find(place->node, name, n);
      place->dir = place->node;
      if (!entry) return not_there(place, last);
      if (entry->node->kind == VFS_LINK && (!last || slash || follow)) {
        if (++links > VFS_LINKS_MAX) return __WASI_ERRNO_LOOP;
        VFS_TRY(follow_link(place, entry->node, &rest));
        place->dir = NULL; /* what comes next has another name */
        continue;
      }
      go_to_node(place, entry->node);
    }
  }
  return place->is_dir_path && !is_directory(place) ? __WASI_ERRNO_NOTDIR : VFS_OK;
}

vfs_error vfs_place_stat(const vfs_place *place, bool follow, __wasi_filestat_t *out) {
  switch (place->where) {
    case VFS_AT_NODE: vfs_node_stat(place->node, out); return VFS_OK;
    case VFS_AT_PACKED: vfs_packed_stat(place->packed, out); return VFS_OK;
    case VFS_AT_HOST:
      return vfs_host(host_fs_path_stat(place->node->mount.number, place->host, place->host_len, follow, out));
    case VFS_AT_NOTHING: break;
  }
  return __WASI_ERRNO_NOENT;
}
