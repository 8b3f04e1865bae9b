/* What the rest of the guest and its host call of the file system (vfs.h), beside the __wasi_* functions. */
#ifndef CLOCHE_VFS_EXPORTS_H
#define CLOCHE_VFS_EXPORTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __wasm__
#define CL_EXPORT(name) __attribute__((export_name(#name))) name
#else
#define CL_EXPORT(name) name
#endif

/* All give 0, or an errno. */

/** At image build: the packed standard library (pack.py), which is to stay where it is, found under /usr/lib/python3.11. */
int32_t CL_EXPORT(cl_vfs_stdlib)(const uint8_t *bytes, size_t len);

/** Before each run: mounts what the host says, unless that was done for the same `epoch` already. 0: there are none. */
int32_t CL_EXPORT(cl_vfs_mounts)(uint64_t epoch);

/** Takes a file that the host gives. */
int32_t CL_EXPORT(cl_vfs_file)(uint32_t number);

/** For the bootstrap: the next file that belongs on the import path and was not asked for yet; NULL: none. Lives until
 *  the next file is taken. */
const char *cl_vfs_path_entry(void);

#endif
