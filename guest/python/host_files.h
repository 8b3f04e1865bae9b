/* What the guest's file system asks of the host: the limit on files, files and mounts that the host gives, and every
 * operation on what lies in a mounted directory. In wasm these are imports of module "cloche"; native tests define them.
 *
 * A result below 0 is a WASI error number, negated. A path is relative to its mount, has no empty, "." or ".." part, and
 * is "" for the mounted directory itself; the host checks that again. `out` of a stat is a __wasi_filestat_t. */
#ifndef CLOCHE_HOST_FILES_H
#define CLOCHE_HOST_FILES_H

#include "host.h"
#include "wasi.h"

/* flags of host_fs_open */
enum {
  HOST_READ = 1,
  HOST_WRITE = 2,
  HOST_CREATE = 4,
  HOST_EXCLUSIVE = 8,
  HOST_TRUNCATE = 16,
  HOST_DIRECTORY = 32,
  HOST_NOFOLLOW = 64,
};

/* what host_fs_allows is asked about */
enum { HOST_FILES_BYTES, HOST_FILES_COUNT };

/* a file that the host gives; `flags` of it */
typedef struct {
  uint64_t bytes;
  uint32_t flags;
} host_file;
enum { HOST_FILE_PATH_ENTRY = 1 };

/** Whether the guest may have files of so many bytes, or so many files, in all. */
int32_t HOST(fs_allows)(int32_t what, uint64_t total);
/** Writes the guest path of mount number `mount`, and gives its length; -NOENT: there are no more. */
int32_t HOST(fs_mount)(uint32_t mount, char *path, uint32_t room);
/** Describes file number `file`, likewise. */
int32_t HOST(fs_file)(uint32_t file, char *path, uint32_t room, host_file *out);
int32_t HOST(fs_file_read)(uint32_t file, uint64_t offset, uint8_t *to, uint32_t len);

/** Gives a handle. Handles go stale (BADF) when the host closes them, which it may at any time between two entries. */
int32_t HOST(fs_open)(uint32_t mount, const char *path, uint32_t len, uint32_t flags);
int32_t HOST(fs_close)(uint32_t handle);
/** How many bytes were read or written, which may be fewer than asked. An offset below 0 appends. */
int32_t HOST(fs_read)(uint32_t handle, int64_t offset, uint8_t *to, uint32_t len);
int32_t HOST(fs_write)(uint32_t handle, int64_t offset, const uint8_t *from, uint32_t len);
int32_t HOST(fs_truncate)(uint32_t handle, uint64_t size);
int32_t HOST(fs_stat)(uint32_t handle, __wasi_filestat_t *out);
/** Fills `to` with WASI directory entries and gives how many bytes of it, which is `len` when more are to come. */
int32_t HOST(fs_readdir)(uint32_t handle, uint64_t cookie, uint8_t *to, uint32_t len);
int32_t HOST(fs_times)(uint32_t handle, uint64_t atim, uint64_t mtim, uint32_t flags);

int32_t HOST(fs_path_stat)(uint32_t mount, const char *path, uint32_t len, int32_t follow, __wasi_filestat_t *out);
int32_t HOST(fs_path_times)(uint32_t mount, const char *path, uint32_t len, int32_t follow, uint64_t atim,
                            uint64_t mtim, uint32_t flags);
int32_t HOST(fs_readlink)(uint32_t mount, const char *path, uint32_t len, uint8_t *to, uint32_t room);
int32_t HOST(fs_mkdir)(uint32_t mount, const char *path, uint32_t len);
int32_t HOST(fs_remove)(uint32_t mount, const char *path, uint32_t len, int32_t directory);
int32_t HOST(fs_rename)(uint32_t mount, const char *from, uint32_t from_len, const char *to, uint32_t to_len);

#endif
