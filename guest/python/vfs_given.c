/* What the host gives: directories that it mounts, and files. The host's list of mounts has a number, an epoch, that no
 * other list has; the guest remembers the one that it has mounted. So a cell that was forked, rolled back or restored
 * elsewhere finds out by itself that its mounts are others now. */
#include <stdlib.h>
#include <string.h>

#include "vfs.h"

enum { NO_MOUNT = 0xFFFFFFFF, CHUNK = 65536 };

static uint64_t mounted_epoch;
static vfs_node **mounts;
static uint32_t mount_count;

static char *path_entries; /* terminated texts, one behind the other */
static size_t path_entries_len, path_entries_read;

/* ---- the way to a path of the host's: the directories on it are made where they lack */

static vfs_error walk_and_make(vfs_place *place, char *path) {
  for (char *slash = path; (slash = strchr(slash + 1, '/')) != NULL;) {
    *slash = '\0';
    vfs_error error = __wasi_path_create_directory(3, path);
    *slash = '/';
    if (error != VFS_OK && error != __WASI_ERRNO_EXIST) return error;
  }
  return vfs_walk(place, 3, path, false);
}

/* ---- mounts */

/* Gives the place back to what stood there. Who still has something of the mount open gets errors from then on. */
static void unmount(vfs_node *mount) {
  vfs_node *before = mount->mount.shadowed;
  mount->mount.number = NO_MOUNT;
  mount->mount.shadowed = NULL;
  for (const vfs_entry *e = vfs_entry_from(mount->parent, 0); e; e = e->next) {
    if (e->node != mount) continue;
    vfs_entry *entry = vfs_find(mount->parent, e->name, e->len);
    if (before) {
      entry->node = before;
      mount->names--;
      mount->parent = vfs_root();
    } else {
      vfs_take_out(entry);
    }
    break;
  }
  mount->holds--;
  vfs_let_go(mount);
}

static vfs_error mount_one(uint32_t number, char *path) {
  vfs_place place;
  vfs_node *node;
  VFS_TRY(walk_and_make(&place, path));
  if (!place.dir) return __WASI_ERRNO_BUSY; /* the root, or inside of another mount or the library */
  if (place.where != VFS_AT_NODE && place.where != VFS_AT_NOTHING) return __WASI_ERRNO_BUSY;
  vfs_node **list = realloc(mounts, (mount_count + 1) * sizeof *list);
  if (!list) return __WASI_ERRNO_NOMEM;
  mounts = list;
  VFS_TRY(vfs_make(&node, VFS_MOUNT));
  node->mount.number = number;
  if (place.where == VFS_AT_NOTHING) {
    vfs_error error = vfs_put(place.dir, place.name, place.name_len, node);
    if (error != VFS_OK) {
      vfs_let_go(node);
      return error;
    }
  } else {
    vfs_entry *entry = vfs_find(place.dir, place.name, place.name_len);
    node->mount.shadowed = entry->node;
    node->parent = place.dir;
    node->names = 1;
    entry->node = node;
  }
  node->holds++;
  mounts[mount_count++] = node;
  return VFS_OK;
}

static void unmount_all(void) {
  while (mount_count > 0) unmount(mounts[--mount_count]); /* the last one first: it may stand in a shadow of another */
  mounted_epoch = 0;
}

static vfs_error mount_all(void) {
  static char path[VFS_PATH_MAX + 1];
  for (uint32_t i = 0;; i++) {
    int32_t len = host_fs_mount(i, path, VFS_PATH_MAX);
    if (len == -__WASI_ERRNO_NOENT) return VFS_OK;
    VFS_TRY(vfs_host(len));
    path[len] = '\0';
    VFS_TRY(mount_one(i, path));
  }
}

int32_t CL_EXPORT(cl_vfs_mounts)(uint64_t epoch) {
  if (epoch == mounted_epoch) return 0;
  if (!vfs_fd_at(3)) return __WASI_ERRNO_NOMEM;
  unmount_all();
  vfs_error error = epoch == 0 ? VFS_OK : mount_all();
  if (error == VFS_OK) mounted_epoch = epoch;
  else unmount_all();
  return error;
}

/* ---- files */

static vfs_error copy_content(vfs_node *file, uint32_t number, uint64_t bytes) {
  uint8_t *chunk = malloc(CHUNK);
  vfs_error error = chunk ? VFS_OK : __WASI_ERRNO_NOMEM;
  for (uint64_t at = 0; error == VFS_OK && at < bytes;) {
    size_t n = bytes - at < CHUNK ? (size_t)(bytes - at) : CHUNK, written = 0;
    int32_t got = host_fs_file_read(number, at, chunk, (uint32_t)n);
    error = got == 0 ? __WASI_ERRNO_IO : vfs_host(got);
    if (error != VFS_OK) break;
    error = vfs_file_write(file, at, chunk, (size_t)got, &written);
    if (error == VFS_OK && written < (size_t)got) error = __WASI_ERRNO_NOSPC;
    at += written;
  }
  free(chunk);
  return error;
}

static vfs_error note_path_entry(const char *path) {
  if (path_entries_read == path_entries_len) path_entries_read = path_entries_len = 0;
  size_t len = strlen(path) + 1;
  char *more = realloc(path_entries, path_entries_len + len);
  if (!more) return __WASI_ERRNO_NOMEM;
  path_entries = more;
  memcpy(more + path_entries_len, path, len);
  path_entries_len += len;
  return VFS_OK;
}

int32_t CL_EXPORT(cl_vfs_file)(uint32_t number) {
  static char path[VFS_PATH_MAX + 1];
  if (!vfs_fd_at(3)) return __WASI_ERRNO_NOMEM;
  host_file file;
  int32_t len = host_fs_file(number, path, VFS_PATH_MAX, &file);
  VFS_TRY(vfs_host(len));
  path[len] = '\0';
  static vfs_place place;
  VFS_TRY(walk_and_make(&place, path));
  if (place.where == VFS_AT_NODE && place.node->kind == VFS_DIR) return __WASI_ERRNO_ISDIR;
  if (!place.dir) return __WASI_ERRNO_ROFS;
  if (place.where != VFS_AT_NODE && place.where != VFS_AT_NOTHING) return __WASI_ERRNO_BUSY;
  vfs_node *node;
  VFS_TRY(vfs_make(&node, VFS_FILE));
  vfs_error error = copy_content(node, number, file.bytes);
  if (error == VFS_OK) {
    vfs_entry *before = vfs_find(place.dir, place.name, place.name_len);
    error = vfs_put(place.dir, place.name, place.name_len, node);
    if (error == VFS_OK && before) vfs_take_out(before);
  }
  vfs_let_go(node);
  if (error == VFS_OK && (file.flags & HOST_FILE_PATH_ENTRY)) error = note_path_entry(path);
  return error;
}

const char *cl_vfs_path_entry(void) {
  if (path_entries_read == path_entries_len) return NULL;
  const char *path = path_entries + path_entries_read;
  path_entries_read += strlen(path) + 1;
  return path;
}
