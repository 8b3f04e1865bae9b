/* Starts workers: the one place that makes processes. A worker begins with what this says and nothing else:
 *
 *     0, 1, 2   /dev/null            3   its end of the channel          argv {"cloche-worker"}, no environment
 *     4         its out box          5   its in box                      working directory /, session of its own
 *     6 ...     options.fds, in their order
 *
 * It dies with the thread that started it (PR_SET_PDEATHSIG is about threads), and where the kernel allows it, it is alone in
 * namespaces of its own: user, network, process, mount, IPC, host name.
 *
 * May be called in a program of many threads: between clone and exec the child runs on a stack of its own, calls nothing but
 * the kernel, and has no signal handler. Ownership: a cl_spawned owns its descriptors until cl_spawn_free; the channel may be
 * taken (set it to -1). Not here: what is said to a worker (pool*.c), and what it takes from itself (jailed/jail.h). */
#ifndef CL_SPAWN_H
#define CL_SPAWN_H

#include "cloche_pool.h"

enum { CL_SPAWN_PATH_MAX = 4096, CL_SPAWN_FDS_MAX = 64, CL_SPAWN_FIRST_FD = 6 };

typedef struct cl_spawn_options {
  const char *path; /* of cloche-worker, as cl_spawn_find gave it */
  const int *fds;   /* images and directories, in the order of the start message; the caller's */
  size_t fd_count;
  bool no_namespaces;
  bool keep_stderr; /* 2 is this program's, for tests and sanitizers */
} cl_spawn_options;

typedef struct cl_spawned {
  int pid;   /* here, not in its namespace */
  int pidfd; /* readable when it has ended */
  int channel;
  int to_worker, from_worker; /* boxes: what the supervisor writes to, and reads from */
  bool namespaces;            /* in namespaces of its own; false: `lacks` says why */
  const char *lacks;
} cl_spawned;

/* How a worker ended. */
typedef enum cl_ending {
  CL_ENDING_EXIT,      /* by itself */
  CL_ENDING_KILLED,    /* by SIGKILL: this program's, or the kernel's when memory ran out */
  CL_ENDING_VIOLATION, /* by a system call that its jail does not have */
  CL_ENDING_CRASH,     /* by any other signal */
} cl_ending;

/** Where cloche-worker is: `wanted` if not NULL, else beside this program, in ../libexec/cloche beside it, or where it was
 *  installed. CLOCHE_NOT_FOUND names where it was looked for. */
cloche_status cl_spawn_find(const char *wanted, char path[CL_SPAWN_PATH_MAX], cloche_error *err);

/** Starts one. CLOCHE_NOT_FOUND: it cannot be executed; CLOCHE_IO_ERROR: no process, descriptor or memory file. */
cloche_status cl_spawn(cl_spawned *out, const cl_spawn_options *options, cloche_error *err);

/** Whether it has ended, and how: `detail` is its exit code or signal. Reaps it: true is given once. Does not wait. */
bool cl_spawn_ended(cl_spawned *worker, cl_ending *out, int *detail);

/** Kills it unless it was reaped; by its descriptor, since its number may be another's when somebody else has reaped it. */
void cl_spawn_kill(const cl_spawned *worker);

/** Kills it unless it has ended, waits for that, and closes what is open. All zero is fine. */
void cl_spawn_free(cl_spawned *worker);

#endif
