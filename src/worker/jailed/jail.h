/* The jail: what a worker takes from itself, layer by layer, after its engines and its thread are open and before the first
 * byte of a guest. Each layer alone stops a guest that has broken out of its cell from reaching anything but what the worker
 * holds; docs/JAIL.md says what each stops, and what none does.
 *
 *     environment and descriptors -> limits -> death with the parent -> empty root -> capabilities -> Landlock -> seccomp
 *
 * Invariants:
 *   - The order is that of the need for rights: what a layer takes, no later one wants. seccomp is the last.
 *   - There is no way back, and no way to leave a layer out but what the kernel lacks; that is told.
 *   - What this program opened itself (all of it close-on-exec) stays; of what it inherited, only what is listed.
 *   - Nothing is allocated, and nothing here reads what a guest wrote.
 *
 * Not here: how the process starts, and the namespaces, which it starts in (spawn.h). */
#ifndef CL_JAIL_H
#define CL_JAIL_H

#include "cloche_pool.h"

enum { CL_JAIL_LAYERS = 7, CL_JAIL_MISSING_MAX = 12, CL_JAIL_MISSING_TEXT = 96 };

typedef struct cl_jail_options {
  int channel;     /* the supervisor's socket: when it is hung up, there is no supervisor to serve */
  const int *keep; /* inherited descriptors that stay: channel, boxes, images, directories. 0 to 2 stay in any case */
  size_t keep_count;
  const int *mounts; /* directories, the only places where files may be opened; they are on the keep-list, too */
  const bool *writable;
  size_t mount_count;
  uint32_t landlock_abi; /* pretend that the kernel has no newer one; 0: do not */
  bool require;          /* CLOCHE_NO_JAIL when a layer other than namespaces is not in force */
} cl_jail_options;

/* What is in force. */
typedef struct cl_jail_facts {
  uint32_t layers;                  /* bits of cloche_jail_layer */
  uint32_t landlock;                /* the version in use; 0: none */
  uint64_t took_ns[CL_JAIL_LAYERS]; /* what each layer cost: bit n of the layers at [n] */
  size_t missing_count;
  char missing[CL_JAIL_MISSING_MAX][CL_JAIL_MISSING_TEXT]; /* what lacks, in words: "landlock: the kernel has none";
                                                              of namespaces, cl_spawned.lacks */
} cl_jail_facts;

/** Enters it, for good. CLOCHE_NO_JAIL: `require` and something lacks, or a step failed that no kernel may fail; then leave.
 *  To be called once, by a process of one thread. */
cloche_status cl_jail_enter(const cl_jail_options *options, cl_jail_facts *facts, cloche_error *err);

#endif
