/* cloche_pool.h - cells in jailed processes of their own, behind the functions of cloche.h.
 *
 *     cloche_thread *thread;
 *     cloche_thread_open(&thread, NULL, NULL);      // cells in this process
 *     cloche_pool_open(&thread, NULL, NULL);        // or: cells in workers
 *
 * All else stays as it is: cloche_cell_open gives a cell whose guest runs in a *worker*, a process that holds cells and
 * nothing else: no file, no socket, no way to get one. This process, the *supervisor*, keeps tools, files and secrets. What
 * comes from a worker is checked like anything a stranger sends. A worker that dies costs its running runs the error
 * CLOCHE_WORKER_CRASHED, and sessions that rest nothing: they go on in another one.
 *
 * A worker serves one *trust domain*, named by cloche_cell_options.domain, from its first cell to its exit.
 *
 * What is different, since guests run meanwhile: cloche_cell_step never runs a guest. It gives CLOCHE_RUNNING while a worker
 * has something to do for the cell; wait then as for CLOCHE_WAITING: for cloche_pool_fd to become readable, at most to
 * cloche_pool_deadline, or in cloche_pool_wait. cloche_cell_eval does that itself. What is started or settled goes to the
 * workers with the next step of the cell, or of all cells together in cloche_pool_next and _wait: whoever starts many runs
 * steps none of them before. Calls that had to queue are there after the next step, and after an interrupt the run ends
 * within some steps. A session that had to go to another worker has nothing to undo. A run that waited may
 * have gone on when a snapshot or a fork of it is taken: CLOCHE_NOT_SUSPENDABLE says so; step it, and try when it waits again.
 *
 * Threads: a pool, its cells and these functions belong to the OS thread that opened it; only cloche_cell_interrupt may be
 * called from anywhere. Ownership and errors are as in cloche.h. Link with libcloche-pool. */
#ifndef CLOCHE_POOL_H
#define CLOCHE_POOL_H

#include "cloche.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- opening */

/** What a jail is made of: bits of cloche_worker_info.layers. */
typedef enum cloche_jail_layer {
  CLOCHE_JAIL_NO_PRIVILEGES = 1 << 0, /**< no new privileges, no capabilities */
  CLOCHE_JAIL_SECCOMP = 1 << 1,       /**< a list of allowed system calls; any other kills the worker */
  CLOCHE_JAIL_LANDLOCK = 1 << 2,      /**< no path may be opened */
  CLOCHE_JAIL_RLIMITS = 1 << 3,       /**< no new files, processes or core dumps */
  CLOCHE_JAIL_NAMESPACES = 1 << 4,    /**< user, network, process and mount namespaces of its own */
  CLOCHE_JAIL_DEATH = 1 << 5,         /**< it dies with its supervisor */
  CLOCHE_JAIL_CLEAN = 1 << 6,         /**< no environment, no file but its channel, images and page map */
} cloche_jail_layer;

typedef struct cloche_pool_options {
  uint32_t version;
  uint32_t workers;        /**< of one trust domain, at most. 0: one per core */
  uint32_t workers_max;    /**< of all domains and spares; beyond it CLOCHE_BUSY. 0: 64 */
  uint32_t spares;         /**< jailed workers that wait for a domain. UINT32_MAX: none; 0: 1 */
  uint32_t cells_running;  /**< runs that a worker has begun and not ended, waiting ones not counted; more of them are
                                queued. 0: 4096 */
  uint32_t runs_queued;    /**< runs that wait in a worker to begin; more of them are CLOCHE_BUSY. 0: 65536 */
  uint32_t waiting_mapped; /**< runs that wait in a worker's memory as they are; more of them are parked as snapshots.
                                0: 1024 */
  bool share;              /**< domains share workers: less memory, and who breaks out of a cell reaches the others' */
  bool require_jail;       /**< CLOCHE_NO_JAIL when the kernel cannot give all layers but namespaces */
  bool no_namespaces;      /**< leave out that layer */
  bool engine_python;      /**< spares also have the engine "python" ready */
  const char *worker_path; /**< the program cloche-worker. NULL: beside this program, in ../libexec/cloche beside it, or
                                where it was installed */
  uint64_t
      spin_ns; /**< how long a worker and cloche_pool_wait look for work before they sleep; costs a core. 0: none */
  bool use_pagemap;      /**< as in cloche_engine_options; for tests */
  uint32_t landlock_abi; /**< pretend that the kernel has no newer one; for tests. 0: do not */
  /** Told of what an operator should know: a worker that was killed and why, a layer that lacks. `code` is a stable word
   *  ("worker_crashed", "jail_violation", "bad_frame", "jail_incomplete", "worker_stuck";
   *  "bad_state": a session could not be made anew), `text` a sentence without
   *  control characters. It calls no function of the pool or its cells. May be NULL. */
  void (*log)(void *user, const char *code, const char *text);
  void *log_user;
} cloche_pool_options;
#define CLOCHE_POOL_OPTIONS_INIT \
  { 1, 0, 0, 0, 0, 0, 0, false, false, false, false, NULL, 0, false, 0, NULL, NULL }

/** Opens a pool and starts its first spare workers, without waiting for them; `options` may be NULL. Close it with
 *  cloche_thread_close, after its last cell. CLOCHE_NOT_FOUND: there is no worker program, and where it was looked for;
 *  CLOCHE_NO_JAIL, CLOCHE_IO_ERROR, CLOCHE_OUT_OF_MEMORY, CLOCHE_INVALID_ARGUMENT. */
CLOCHE_API cloche_status cloche_pool_open(cloche_thread **out, const cloche_pool_options *options, cloche_error *err);

/* ---------------------------------------------------------------- in a loop */

/** A descriptor that is readable when a cell may have news, or a worker needs attention; -1 for a thread that is no pool.
 *  It is an epoll instance: put it into your loop, and call cloche_pool_next when it is readable. */
CLOCHE_API int cloche_pool_fd(const cloche_thread *thread);

/** Does what is due (reads, writes, replaces workers), and gives the next cell that has news since it was given last: step
 *  it. NULL: none now. Never blocks. */
CLOCHE_API cloche_cell *cloche_pool_next(cloche_thread *thread);

/** When to call cloche_pool_next at the latest: nanoseconds of CLOCK_MONOTONIC, UINT64_MAX for never. */
CLOCHE_API uint64_t cloche_pool_deadline(const cloche_thread *thread);

/** Stays until a cell may have news, or until `until` (CLOCK_MONOTONIC). */
CLOCHE_API void cloche_pool_wait(cloche_thread *thread, uint64_t until);

/* ---------------------------------------------------------------- workers */

/** Has every worker replaced: new cells and runs go to new ones at once, old ones end with their last run. Sessions go
 *  along. For upgrades of the program, and after a suspicion. */
CLOCHE_API cloche_status cloche_pool_restart(cloche_thread *thread, cloche_error *err);

/** A worker, as an operator sees it. Strings live until the next call on the pool. */
typedef struct cloche_worker_info {
  int pid;
  const char *state;  /**< "starting", "spare", "serving" or "draining" */
  const char *domain; /**< NULL: none yet */
  uint32_t layers;    /**< bits of cloche_jail_layer that are in force */
  uint32_t landlock;  /**< the version of Landlock that is; 0: none */
  uint32_t cells, runs;
  uint64_t started_ns; /**< what it took from the start of the process to readiness; 0: not there yet */
} cloche_worker_info;

/** Describes worker number `index` (from 0); false: there is none of that number. */
CLOCHE_API bool cloche_pool_worker(const cloche_thread *thread, size_t index, cloche_worker_info *out);

#ifdef __cplusplus
}
#endif

#endif
