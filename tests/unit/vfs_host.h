/* A host for the guest's file system, built natively: what the guest asks of its host, answered by a test. Mounts there
 * are none unless the test says so. */
#ifndef VFS_HOST_H
#define VFS_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "vfs.h"

/** The root, as wasi-libc finds it. */
enum { VH_ROOT = 3 };

extern uint64_t vh_bytes, vh_count;             /* the limits */
extern uint64_t vh_asked_bytes, vh_asked_count; /* the largest amounts that were allowed */
extern int64_t vh_clock, vh_slept;
extern char vh_written[3][64]; /* what streams 1 and 2 were given last */
extern const char *vh_mount;   /* guest path of mount 0; NULL: none */
extern const char *vh_file;    /* guest path of file 0 */
extern const char *vh_content;
extern uint32_t vh_file_flags;
extern char vh_asked[8192]; /* the operations on mounts, one a line */
extern int32_t vh_answer;   /* of each of them */

/** Opens a path from the root as open() would; gives the descriptor, or an error number negated. */
int vh_open(const char *path, __wasi_oflags_t oflags, bool readable, bool writable);
/** The errors of the operations on whole paths. */
vfs_error vh_mkdir(const char *path);
vfs_error vh_write(const char *path, const char *text);
vfs_error vh_stat(const char *path, __wasi_filestat_t *out);

#endif
