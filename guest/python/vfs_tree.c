/* Directories, files and links in memory, and what they may take. Names are found by one hash table for all directories;
 * a directory's entries hang together in the order in which they were made, each with a number that is never used again:
 * these are the cookies of readdir, and so a directory may change while it is read. */
#include <stdlib.h>
#include <string.h>

#include "vfs.h"

static vfs_node *root;
static vfs_entry **buckets;
static uint32_t bucket_count, entry_count; /* bucket_count: a power of two */
static uint64_t used_bytes, used_nodes, next_ino, last_time;

/* ---- quota */

static vfs_error charge(uint64_t bytes) {
  if (!host_fs_allows(HOST_FILES_BYTES, used_bytes + bytes)) return __WASI_ERRNO_NOSPC;
  used_bytes += bytes;
  return VFS_OK;
}

uint64_t vfs_now(void) {
  uint64_t now = (uint64_t)host_clock(0), next = last_time + 1000; /* a microsecond: what a double can tell apart */
  return last_time = now > next ? now : next;
}

/* ---- nodes */

vfs_error vfs_make(vfs_node **out, vfs_kind kind) {
  if (!host_fs_allows(HOST_FILES_COUNT, used_nodes + 1)) return __WASI_ERRNO_NOSPC;
  vfs_node *node = calloc(1, sizeof *node);
  if (!node) return __WASI_ERRNO_NOSPC;
  used_nodes++;
  node->kind = kind;
  node->ino = ++next_ino;
  node->atim = node->mtim = node->ctim = vfs_now();
  *out = node;
  return VFS_OK;
}

vfs_error vfs_make_link(vfs_node **out, const char *target, size_t len) {
  if (len == 0 || len > VFS_PATH_MAX) return len ? __WASI_ERRNO_NAMETOOLONG : __WASI_ERRNO_NOENT;
  vfs_node *node;
  VFS_TRY(vfs_make(&node, VFS_LINK));
  char *copy = charge(len) == VFS_OK ? malloc(len) : NULL;
  if (!copy) {
    vfs_let_go(node);
    return __WASI_ERRNO_NOSPC;
  }
  memcpy(copy, target, len);
  node->link.target = copy;
  node->link.len = (uint32_t)len;
  *out = node;
  return VFS_OK;
}

static void free_block(vfs_node *file, uint32_t index) {
  if (!file->file.blocks[index]) return;
  used_bytes -= index == 0 ? file->file.first_room : VFS_BLOCK;
  if (index == 0) file->file.first_room = 0;
  free(file->file.blocks[index]);
  file->file.blocks[index] = NULL;
}

void vfs_let_go(vfs_node *node) {
  if (node->names > 0 || node->holds > 0) return;
  if (node->kind == VFS_FILE) {
    for (uint32_t i = 0; i < node->file.block_count; i++) free_block(node, i);
    free(node->file.blocks);
  }
  if (node->kind == VFS_LINK) {
    used_bytes -= node->link.len;
    free(node->link.target);
  }
  used_nodes--;
  free(node);
}

bool vfs_is_below(const vfs_node *dir, const vfs_node *node) {
  for (; dir != node; dir = dir->parent)
    if (dir == root) return false;
  return true;
}

/* ---- directories */

static uint32_t hash_of(const vfs_node *dir, const char *name, size_t len) {
  uint32_t hash = 2166136261u ^ (uint32_t)dir->ino; /* FNV-1a */
  for (size_t i = 0; i < len; i++) hash = (hash ^ (uint8_t)name[i]) * 16777619u;
  return hash ^ hash >> 15;
}

vfs_entry *vfs_find(const vfs_node *dir, const char *name, size_t len) {
  if (!buckets) return NULL;
  uint32_t hash = hash_of(dir, name, len);
  for (vfs_entry *e = buckets[hash & (bucket_count - 1)]; e; e = e->next_same_hash)
    if (e->hash == hash && e->dir == dir && e->len == len && memcmp(e->name, name, len) == 0) return e;
  return NULL;
}

const vfs_entry *vfs_entry_from(const vfs_node *dir, uint64_t seq) {
  if (seq >= dir->dir.next_seq) return NULL;
  const vfs_entry *e = dir->dir.first;
  while (e && e->seq < seq) e = e->next;
  return e;
}

static bool grow_table(void) {
  if (entry_count < bucket_count) return true;
  uint32_t count = bucket_count ? bucket_count * 2 : 64;
  vfs_entry **table = calloc(count, sizeof *table);
  if (!table) return buckets != NULL; /* a full table is slow, and works */
  for (uint32_t i = 0; i < bucket_count; i++) {
    for (vfs_entry *e = buckets[i], *next; e; e = next) {
      next = e->next_same_hash;
      e->next_same_hash = table[e->hash & (count - 1)];
      table[e->hash & (count - 1)] = e;
    }
  }
  free(buckets);
  buckets = table;
  bucket_count = count;
  return true;
}

vfs_error vfs_put(vfs_node *dir, const char *name, size_t len, vfs_node *node) {
  if (len > VFS_NAME_MAX) return __WASI_ERRNO_NAMETOOLONG;
  bool removed = dir != root && dir->names == 0;
  if (dir->kind != VFS_DIR || removed) return __WASI_ERRNO_NOENT;
  bool is_dir = node->kind == VFS_DIR || node->kind == VFS_PACKED || node->kind == VFS_MOUNT;
  vfs_entry *entry = grow_table() ? malloc(sizeof *entry + len) : NULL;
  if (!entry) return __WASI_ERRNO_NOSPC;
  uint32_t hash = hash_of(dir, name, len);
  vfs_entry **bucket = &buckets[hash & (bucket_count - 1)];
  *entry = (vfs_entry){.next_same_hash = *bucket,
                       .previous = dir->dir.last,
                       .dir = dir,
                       .node = node,
                       .seq = dir->dir.next_seq++,
                       .hash = hash,
                       .len = (uint32_t)len};
  memcpy(entry->name, name, len);
  *bucket = entry;
  entry_count++;
  if (dir->dir.last) dir->dir.last->next = entry;
  else dir->dir.first = entry;
  dir->dir.last = entry;
  node->names++;
  if (is_dir) node->parent = dir;
  dir->mtim = dir->ctim = vfs_now();
  return VFS_OK;
}

void vfs_take_out(vfs_entry *entry) {
  vfs_node *dir = entry->dir, *node = entry->node;
  vfs_entry **at = &buckets[entry->hash & (bucket_count - 1)];
  while (*at != entry) at = &(*at)->next_same_hash;
  *at = entry->next_same_hash;
  entry_count--;
  if (entry->previous) entry->previous->next = entry->next;
  else dir->dir.first = entry->next;
  if (entry->next) entry->next->previous = entry->previous;
  else dir->dir.last = entry->previous;
  free(entry);
  dir->mtim = dir->ctim = vfs_now();
  node->names--;
  node->ctim = dir->mtim;
  if (node->names == 0) node->parent = root; /* who still has it open must not meet a parent that is gone */
  vfs_let_go(node);
}

/* ---- files */

static size_t room_of(const vfs_node *file, uint64_t index) {
  if (index >= file->file.block_count || !file->file.blocks[index]) return 0;
  return index == 0 ? file->file.first_room : VFS_BLOCK;
}

size_t vfs_file_read(const vfs_node *file, uint64_t offset, uint8_t *to, size_t len) {
  if (offset >= file->file.size) return 0;
  if (len > file->file.size - offset) len = (size_t)(file->file.size - offset);
  for (size_t done = 0; done < len;) {
    uint64_t index = (offset + done) / VFS_BLOCK;
    size_t at = (size_t)((offset + done) % VFS_BLOCK), n = VFS_BLOCK - at, room = room_of(file, index);
    if (n > len - done) n = len - done;
    size_t there = room > at ? room - at : 0;
    if (there > n) there = n;
    if (there > 0) memcpy(to + done, file->file.blocks[index] + at, there);
    memset(to + done + there, 0, n - there);
    done += n;
  }
  return len;
}

static vfs_error grow_list(vfs_node *file, uint64_t index) {
  if (index < file->file.block_count) return VFS_OK;
  if (index >= UINT32_MAX / sizeof(uint8_t *) / 2) return __WASI_ERRNO_FBIG;
  uint32_t count = (uint32_t)index + 1;
  if (count > 4) count += count / 2;
  uint8_t **blocks = realloc(file->file.blocks, count * sizeof *blocks);
  if (!blocks) return __WASI_ERRNO_NOSPC;
  memset(blocks + file->file.block_count, 0, (count - file->file.block_count) * sizeof *blocks);
  file->file.blocks = blocks;
  file->file.block_count = count;
  return VFS_OK;
}

/* Makes the first `end` bytes of a block writable. Small files take little: the first block grows as it is needed. */
static vfs_error reserve(vfs_node *file, uint64_t index, size_t end) {
  VFS_TRY(grow_list(file, index));
  size_t room = room_of(file, index), want = VFS_BLOCK;
  if (end <= room) return VFS_OK;
  if (index == 0)
    for (want = 64; want < end;) want *= 2;
  VFS_TRY(charge(want - room));
  uint8_t *block = realloc(file->file.blocks[index], want);
  if (!block) {
    used_bytes -= want - room;
    return __WASI_ERRNO_NOSPC;
  }
  memset(block + room, 0, want - room);
  file->file.blocks[index] = block;
  if (index == 0) file->file.first_room = (uint32_t)want;
  return VFS_OK;
}

vfs_error vfs_file_write(vfs_node *file, uint64_t offset, const uint8_t *from, size_t len, size_t *written) {
  *written = 0;
  if (len == 0) return VFS_OK;
  if (offset >= INT64_MAX || !host_fs_allows(HOST_FILES_BYTES, offset + 1)) return __WASI_ERRNO_FBIG;
  vfs_error error = VFS_OK;
  size_t done = 0;
  while (done < len) {
    uint64_t index = (offset + done) / VFS_BLOCK;
    size_t at = (size_t)((offset + done) % VFS_BLOCK), n = VFS_BLOCK - at;
    if (n > len - done) n = len - done;
    error = reserve(file, index, at + n);
    if (error != VFS_OK) break;
    memcpy(file->file.blocks[index] + at, from + done, n);
    done += n;
  }
  if (done == 0) return error;
  if (offset + done > file->file.size) file->file.size = offset + done;
  file->mtim = file->ctim = vfs_now();
  *written = done;
  return VFS_OK;
}

vfs_error vfs_file_resize(vfs_node *file, uint64_t size) {
  if (size > file->file.size && !host_fs_allows(HOST_FILES_BYTES, size)) return __WASI_ERRNO_FBIG;
  uint64_t keep = (size + VFS_BLOCK - 1) / VFS_BLOCK;
  for (uint64_t i = keep; i < file->file.block_count; i++) free_block(file, (uint32_t)i);
  size_t at = (size_t)(size % VFS_BLOCK), room = at ? room_of(file, size / VFS_BLOCK) : 0;
  if (room > at) memset(file->file.blocks[size / VFS_BLOCK] + at, 0, room - at); /* zeros, if it grows again */
  file->file.size = size;
  file->mtim = file->ctim = vfs_now();
  return VFS_OK;
}

/* ---- what a node is like */

void vfs_node_stat(const vfs_node *node, __wasi_filestat_t *out) {
  static const __wasi_filetype_t types[] = {
      [VFS_DIR] = __WASI_FILETYPE_DIRECTORY,      [VFS_FILE] = __WASI_FILETYPE_REGULAR_FILE,
      [VFS_LINK] = __WASI_FILETYPE_SYMBOLIC_LINK, [VFS_NULL] = __WASI_FILETYPE_CHARACTER_DEVICE,
      [VFS_PACKED] = __WASI_FILETYPE_DIRECTORY,   [VFS_MOUNT] = __WASI_FILETYPE_DIRECTORY};
  memset(out, 0, sizeof *out);
  out->dev = 1;
  out->ino = node->ino;
  out->filetype = types[node->kind];
  out->nlink = node->names;
  if (node->kind == VFS_FILE) out->size = node->file.size;
  if (node->kind == VFS_LINK) out->size = node->link.len;
  out->atim = node->atim;
  out->mtim = node->mtim;
  out->ctim = node->ctim;
}

vfs_error vfs_node_times(vfs_node *node, uint64_t atim, uint64_t mtim, __wasi_fstflags_t flags) {
  bool atim_now = flags & __WASI_FSTFLAGS_ATIM_NOW, mtim_now = flags & __WASI_FSTFLAGS_MTIM_NOW;
  bool atim_given = flags & __WASI_FSTFLAGS_ATIM, mtim_given = flags & __WASI_FSTFLAGS_MTIM;
  if ((atim_now && atim_given) || (mtim_now && mtim_given)) return __WASI_ERRNO_INVAL;
  uint64_t now = vfs_now();
  if (atim_now || atim_given) node->atim = atim_now ? now : atim;
  if (mtim_now || mtim_given) node->mtim = mtim_now ? now : mtim;
  node->ctim = now;
  return VFS_OK;
}

/* ---- what is there from the start */

static vfs_error make_at(const char *path, vfs_kind kind) {
  vfs_node *dir = root, *node;
  const char *name = path + 1, *slash;
  while ((slash = strchr(name, '/')) != NULL) {
    const vfs_entry *entry = vfs_find(dir, name, (size_t)(slash - name));
    if (!entry) return __WASI_ERRNO_NOSPC; /* it was named before, so it could not be made */
    dir = entry->node;
    name = slash + 1;
  }
  VFS_TRY(vfs_make(&node, kind));
  node->stays = true;
  vfs_error error = vfs_put(dir, name, strlen(name), node);
  vfs_let_go(node);
  return error;
}

vfs_error vfs_begin(void) {
  static const struct {
    const char *path;
    vfs_kind kind;
  } given[] = {{"/dev", VFS_DIR},       {"/dev/null", VFS_NULL}, {"/home", VFS_DIR},
               {"/home/user", VFS_DIR}, {"/mnt", VFS_DIR},       {"/tmp", VFS_DIR},
               {"/usr", VFS_DIR},       {"/usr/lib", VFS_DIR},   {"/usr/lib/python3.11", VFS_PACKED}};
  static bool begun;
  if (begun) return VFS_OK;
  begun = true;
  VFS_TRY(vfs_make(&root, VFS_DIR));
  root->parent = root;
  root->holds = 1;
  for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) VFS_TRY(make_at(given[i].path, given[i].kind));
  vfs_node *lib; /* the library was compiled as /lib/python3.11/…, and says so in tracebacks */
  VFS_TRY(vfs_make_link(&lib, "usr/lib", 7));
  lib->stays = true;
  vfs_error error = vfs_put(root, "lib", 3, lib);
  vfs_let_go(lib);
  return error;
}

vfs_node *vfs_root(void) { return root; }
