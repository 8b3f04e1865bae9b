/* The guest's files: a file system in the guest's own memory, so that snapshots, forks and rollbacks have it for free.
 *
 *     vfs.c         descriptors, and the __wasi_* functions on them       vfs_paths.c   those that take paths
 *     vfs_path.c    from a path to what stands there                      vfs_system.c  clock, environment, exit …
 *     vfs_tree.c    directories, files, links, quota                      vfs_packed.c  the standard library, read-only
 *     vfs_given.c   what the host gives: mounts and files
 *
 * Three kinds of places meet in one tree: nodes (memory, the guest may change them), the packed library, which is one
 * read-only blob, and mounts, below which every operation is the host's (host_files.h).
 *
 * Invariants
 *  1. A node is freed when no name, no descriptor and nothing else holds it; the root is held for ever.
 *  2. What all blocks and links take never passes HOST_FILES_BYTES, and the nodes never HOST_FILES_COUNT: the host is
 *     asked before either grows.
 *  3. No argument is trusted: guest code reaches these functions with any number and any path. (Pointers are libc's.)
 *  4. Nothing is written when something is only read: no access times, so that reading makes no page dirty.
 *
 * Not here: users, permissions, sockets, locks. wasi-libc knows the current directory. */
#ifndef CLOCHE_VFS_H
#define CLOCHE_VFS_H

#include <stdbool.h>

#include "host_files.h"
#include "vfs_exports.h"

enum {
  VFS_NAME_MAX = 255,
  VFS_PATH_MAX = 4095,
  VFS_LINKS_MAX = 40, /* symlinks on one way */
  VFS_FDS_MAX = 1024,
  VFS_BLOCK = 16384,
};

typedef __wasi_errno_t vfs_error;
#define VFS_OK __WASI_ERRNO_SUCCESS
#define VFS_TRY(expr)                        \
  do {                                       \
    vfs_error vfs_try_ = (expr);             \
    if (vfs_try_ != VFS_OK) return vfs_try_; \
  } while (0)

/* ---- the tree */

typedef enum { VFS_DIR, VFS_FILE, VFS_LINK, VFS_NULL, VFS_PACKED, VFS_MOUNT } vfs_kind;

typedef struct vfs_node vfs_node;
typedef struct vfs_entry vfs_entry;

struct vfs_node {
  vfs_kind kind;
  uint32_t names; /* entries that lead here */
  uint32_t holds; /* descriptors, and the tree itself for the root */
  bool stays;     /* was there from the start, for every run of the cell: it is neither removed nor moved */
  uint64_t ino, atim, mtim, ctim;
  vfs_node *parent; /* of directories, the packed library and mounts */
  union {
    struct {
      vfs_entry *first, *last; /* in the order in which they were made */
      uint64_t next_seq;
    } dir;
    struct {
      uint8_t **blocks; /* NULL: a hole. All are VFS_BLOCK long, but the first may be shorter. */
      uint32_t block_count, first_room;
      uint64_t size;
    } file;
    struct {
      char *target; /* not terminated */
      uint32_t len;
    } link;
    struct {
      uint32_t number;
      vfs_node *shadowed; /* what stood here before */
    } mount;
  };
};

struct vfs_entry {
  vfs_entry *next_same_hash, *previous, *next;
  vfs_node *dir, *node;
  uint64_t seq;
  uint32_t hash, len;
  char name[];
};

/** Makes the tree at the first use. */
vfs_error vfs_begin(void);
vfs_node *vfs_root(void);
/** The current time; later than it ever was, so that who compares times of change notices every one. */
uint64_t vfs_now(void);

/** A new node that nothing holds yet: put it somewhere, or vfs_let_go it. */
vfs_error vfs_make(vfs_node **out, vfs_kind kind);
vfs_error vfs_make_link(vfs_node **out, const char *target, size_t len);
/** Frees the node if nothing holds it any more. */
void vfs_let_go(vfs_node *node);

vfs_entry *vfs_find(const vfs_node *dir, const char *name, size_t len);
/** The first entry in `dir` that was made as number `seq` or later; NULL: none. */
const vfs_entry *vfs_entry_from(const vfs_node *dir, uint64_t seq);
vfs_error vfs_put(vfs_node *dir, const char *name, size_t len, vfs_node *node);
/** Takes an entry out; its node is let go. */
void vfs_take_out(vfs_entry *entry);
/** Whether `dir` is `node` or lies somewhere below it. */
bool vfs_is_below(const vfs_node *dir, const vfs_node *node);

size_t vfs_file_read(const vfs_node *file, uint64_t offset, uint8_t *to, size_t len);
/** Writes as much as there is room for; an error only when it is nothing. */
vfs_error vfs_file_write(vfs_node *file, uint64_t offset, const uint8_t *from, size_t len, size_t *written);
vfs_error vfs_file_resize(vfs_node *file, uint64_t size);

vfs_error vfs_node_times(vfs_node *node, uint64_t atim, uint64_t mtim, __wasi_fstflags_t flags);
void vfs_node_stat(const vfs_node *node, __wasi_filestat_t *out);

/* ---- the packed library */

typedef struct {
  const char *name;
  size_t name_len;
  bool is_dir;
  uint32_t parent;
  const uint8_t *data; /* of a file */
  uint64_t size;       /* of a directory: its children */
  uint32_t first;      /* of a directory: number of its first child; the others follow, sorted by name */
} vfs_packed;

/** Entry number `index`; 0 is the top. False: there is none. */
bool vfs_packed_at(uint32_t index, vfs_packed *out);
bool vfs_packed_find(uint32_t dir, const char *name, size_t len, uint32_t *out);
void vfs_packed_stat(uint32_t index, __wasi_filestat_t *out);

/* ---- from a path to a place */

typedef enum { VFS_AT_NOTHING, VFS_AT_NODE, VFS_AT_PACKED, VFS_AT_HOST } vfs_where;

typedef struct {
  vfs_where where;
  vfs_node *node;  /* NODE; HOST: the mount; PACKED: the packed library's node */
  uint32_t packed; /* PACKED */
  vfs_node *dir;   /* NODE, NOTHING: where its name stands or could stand; NULL: nowhere that can be changed */
  const char *name;
  uint32_t name_len;
  bool is_dir_path;            /* the path ends in a slash */
  char text[VFS_PATH_MAX + 1]; /* where `name` points to */
  uint32_t host_len;           /* HOST: the path in the mount */
  char host[VFS_PATH_MAX + 1];
} vfs_place;

/** Follows `path` from an open directory. With `follow`, a symlink at its end is followed, too. */
vfs_error vfs_walk(vfs_place *place, __wasi_fd_t from, const char *path, bool follow);
vfs_error vfs_place_stat(const vfs_place *place, bool follow, __wasi_filestat_t *out);

/* ---- descriptors */

typedef enum { VFS_FD_FREE, VFS_FD_STREAM, VFS_FD_NODE, VFS_FD_PACKED, VFS_FD_HOST } vfs_fd_kind;

typedef struct {
  vfs_fd_kind kind;
  bool readable, writable, is_dir;
  __wasi_fdflags_t flags;
  uint64_t offset;
  vfs_node *node;            /* held; PACKED: of the library; HOST: of the mount; STREAM: none */
  uint32_t packed;           /* PACKED */
  uint32_t stream;           /* STREAM */
  uint32_t handle, path_len; /* HOST */
  char *path;                /* HOST, in the mount, not terminated */
} vfs_fd;

/** An open descriptor; NULL: BADF. Lives until the next one is opened. */
vfs_fd *vfs_fd_at(__wasi_fd_t fd);
/** Gives a free descriptor, to be filled by vfs_fd_set. */
vfs_error vfs_fd_new(__wasi_fd_t *out);
void vfs_fd_set(__wasi_fd_t number, const vfs_fd *fd);

static inline vfs_error vfs_host(int32_t result) { return result < 0 ? (vfs_error)-result : VFS_OK; }

#endif
