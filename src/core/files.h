/* Files that the host gives to cells: directories that it mounts, and files that it hands over. What the guest makes of
 * them is guest/python/vfs.h.
 *
 * A mount is a directory that the embedder has opened; whatever the guest does in it is one function here. Invariants:
 *  1. A path of the guest's is resolved by openat2 below the mount's directory: no "..", no magic links, no other file
 *     system, symlinks only if they stay below. Nothing else turns a guest's path into a file.
 *  2. Only regular files and directories are opened; and nothing that was is kept beyond the run of a one-shot cell, or a
 *     reset, rollback, fork or close of a session.
 *  3. Where a mount is not writable, nothing in it changes.
 *  4. One function moves CL_TRANSFER_MAX bytes at most: a kill waits for it.
 *  5. What a run writes into mounts, and how many files it makes there, is held to the limits files_bytes and files_count.
 *
 * The host's errno, paths and device numbers stop here: results are WASI's error numbers, negated, or what was asked for. */
#ifndef CL_FILES_H
#define CL_FILES_H

#include "cloche.h"

enum { CL_MOUNTS_MAX = 16, CL_GIVEN_MAX = 100000, CL_HANDLES_MAX = 64, CL_TRANSFER_MAX = 1 << 16 };

typedef struct cl_mount {
  char *path; /* in the guest */
  int dir;
  bool writable;
} cl_mount;

/** A file that is given; shared by the copies of a cell. */
typedef struct cl_given {
  uint32_t holders;
  bool path_entry;
  char *path;
  size_t len;
  uint8_t data[];
} cl_given;

typedef struct cl_handle {
  int fd; /* -1: free */
  uint32_t mount;
  bool is_dir, writable;
  uint32_t generation;
} cl_handle;

typedef struct cl_files {
  cl_mount mounts[CL_MOUNTS_MAX];
  uint32_t mount_count;
  cl_given **given; /* in the order in which the guest gets them; NULL: another one has taken its place */
  uint32_t given_count;
  uint64_t given_bytes;
  cl_handle handles[CL_HANDLES_MAX];
  uint32_t generation;
  uint64_t run_bytes, run_count; /* what this run has written and made in mounts */
} cl_files;

/** Whether a path can be a guest's, and whether it can be beside a mount that is there already. */
cloche_status cl_path_check(const char *path, cloche_error *err);
cloche_status cl_path_check_beside(const char *path, bool is_mount, const char *mount, cloche_error *err);
/** Whether a file's size and, of an archive, its content can be. */
cloche_status cl_file_check(const cloche_file *file, const cloche_limits *limits, cloche_error *err);
/** Whether guests of the engine have files. */
cloche_status cl_files_check_engine(const cloche_engine *engine, cloche_error *err);

/** Gives up everything; the cell has no files any more. */
void cl_files_free(cloche_cell *cell);
/** Gives a copy of a cell the same mounts and files. */
cloche_status cl_files_copy(cloche_cell *to, const cloche_cell *from, cloche_error *err);
void cl_files_close_handles(cloche_cell *cell);
/** A run begins: its account is empty. */
void cl_files_begin_run(cloche_cell *cell);
/** How many files the cell was given. */
uint32_t cl_files_given(const cloche_cell *cell);
/** A number for the list of mounts; equal lists have equal numbers; 0: there are none. */
uint64_t cl_files_epoch(const cloche_cell *cell);

/* ---- mount.c: the guest's operations. Results below 0 are negated WASI error numbers. Off or on the fiber; on it, between
 * cl_host_begin and cl_host_end. `to` is the host's memory. */

/* flags of cl_mount_open, as guest/python/host_files.h has them */
enum {
  CL_OPEN_READ = 1,
  CL_OPEN_WRITE = 2,
  CL_OPEN_CREATE = 4,
  CL_OPEN_EXCLUSIVE = 8,
  CL_OPEN_TRUNCATE = 16,
  CL_OPEN_DIRECTORY = 32,
  CL_OPEN_NOFOLLOW = 64,
};

/* as WASI numbers them */
enum { CL_TIME_ATIM = 1, CL_TIME_ATIM_NOW = 2, CL_TIME_MTIM = 4, CL_TIME_MTIM_NOW = 8 };

/** __wasi_filestat_t */
typedef struct cl_file_stat {
  uint64_t dev, ino;
  uint8_t type;
  uint64_t links, size, atim, mtim, ctim;
} cl_file_stat;
_Static_assert(sizeof(cl_file_stat) == 64, "the layout of WASI");

int32_t cl_mount_open(cloche_cell *cell, uint32_t mount, const char *path, size_t len, uint32_t flags);
int32_t cl_mount_close(cloche_cell *cell, uint32_t handle);
int32_t cl_mount_read(cloche_cell *cell, uint32_t handle, int64_t offset, uint8_t *to, size_t len);
int32_t cl_mount_write(cloche_cell *cell, uint32_t handle, int64_t offset, const uint8_t *from, size_t len);
int32_t cl_mount_truncate(cloche_cell *cell, uint32_t handle, uint64_t size);
int32_t cl_mount_stat(cloche_cell *cell, uint32_t handle, cl_file_stat *out);
int32_t cl_mount_readdir(cloche_cell *cell, uint32_t handle, uint64_t cookie, uint8_t *to, size_t len);
int32_t cl_mount_times(cloche_cell *cell, uint32_t handle, uint64_t atim, uint64_t mtim, uint32_t flags);
int32_t cl_mount_path_stat(cloche_cell *cell, uint32_t mount, const char *path, size_t len, bool follow,
                           cl_file_stat *out);
int32_t cl_mount_path_times(cloche_cell *cell, uint32_t mount, const char *path, size_t len, bool follow, uint64_t atim,
                            uint64_t mtim, uint32_t flags);
int32_t cl_mount_readlink(cloche_cell *cell, uint32_t mount, const char *path, size_t len, uint8_t *to, size_t room);
int32_t cl_mount_mkdir(cloche_cell *cell, uint32_t mount, const char *path, size_t len);
int32_t cl_mount_remove(cloche_cell *cell, uint32_t mount, const char *path, size_t len, bool directory);
int32_t cl_mount_rename(cloche_cell *cell, uint32_t mount, const char *from, size_t from_len, const char *to,
                        size_t to_len);

/** Whether a directory can be mounted: opens it anew, to be closed by the caller. CLOCHE_UNSUPPORTED: the kernel cannot
 *  keep paths below it. */
cloche_status cl_mount_reopen(int *out, int dir_fd, cloche_error *err);

#endif
