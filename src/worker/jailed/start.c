/* How a worker begins; start.h. */
#include "start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 16384 /* cells that are mapped at once */ };
#define TRY(call)                                           \
  do {                                                      \
    cloche_status status_of_call = (call);                  \
    if (status_of_call != CLOCHE_OK) return status_of_call; \
  } while (0)

static cloche_status no_memory(cloche_error *err) {
  err->status = CLOCHE_OUT_OF_MEMORY;
  snprintf(err->message, sizeof err->message, "no memory for a worker");
  return err->status;
}

/* ---- engines and thread */

static cloche_status open_engine(cloche_engine **out, const cl_start *start, size_t index, cloche_error *err) {
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = start->engines[index].name;
  options.image_fd = start->engines[index].image_fd;
  options.use_pagemap = start->use_pagemap;
  options.compiler_ready = strcmp(options.name, "js") == 0;
  TRY(cloche_engine_open(out, &options, err));
  if (options.image_fd >= 0) close(options.image_fd);
  return CLOCHE_OK;
}

static cloche_status keep_mounts(cl_worker *worker, const cl_start *start, cloche_error *err) {
  worker->mounts = calloc(start->mount_count + 1, sizeof *worker->mounts);
  worker->mount_writable = calloc(start->mount_count + 1, sizeof *worker->mount_writable);
  if (!worker->mounts || !worker->mount_writable) return no_memory(err);
  for (size_t i = 0; i < start->mount_count; i++) {
    worker->mounts[i] = start->mounts[i].fd;
    worker->mount_writable[i] = start->mounts[i].writable;
  }
  worker->mount_count = start->mount_count;
  return CLOCHE_OK;
}

cloche_status cl_worker_open(cl_worker *worker, const cl_start *start, cloche_error *err) {
  worker->options = (cl_worker_options){.waiting_mapped = start->waiting_mapped,
                                        .cells_running = start->cells_running,
                                        .runs_queued = start->runs_queued,
                                        .spin_ns = start->spin_ns};
  worker->engines = calloc(start->engine_count + 1, sizeof *worker->engines);
  if (!worker->engines) return no_memory(err);
  for (; worker->engine_count < start->engine_count; worker->engine_count++)
    TRY(open_engine(&worker->engines[worker->engine_count], start, worker->engine_count, err));
  TRY(keep_mounts(worker, start, err));
  cloche_thread_options options = CLOCHE_THREAD_OPTIONS_INIT;
  options.slots = SLOTS;
  return cloche_thread_open(&worker->thread, &options, err);
}

/* ---- the jail */

static void describe(const cl_worker *worker, const cl_jail_facts *facts, cl_ready *out) {
  *out = (cl_ready){.layers = facts->layers, .landlock = facts->landlock};
  for (size_t i = 0; i < facts->missing_count && i < CL_WIRE_MISSING_MAX; i++)
    snprintf(out->missing[out->missing_count++], sizeof out->missing[0], "%s", facts->missing[i]);
  for (size_t i = 0; i < worker->engine_count; i++) {
    cloche_engine_info info = cloche_engine_describe(worker->engines[i]);
    cl_ready_engine *engine = &out->engines[out->engine_count++];
    snprintf(engine->name, sizeof engine->name, "%s", info.name);
    snprintf(engine->engine_id, sizeof engine->engine_id, "%s", info.engine_id);
    snprintf(engine->image_id, sizeof engine->image_id, "%s", info.image_id);
  }
}

cloche_status cl_worker_jail(cl_worker *worker, const cl_start *start, int channel, cl_ready *ready,
                             cloche_error *err) {
  int keep[CL_WIRE_MOUNTS_MAX + 1] = {channel};
  cl_jail_facts facts = {0};
  memcpy(keep + 1, worker->mounts, worker->mount_count * sizeof *keep);
  cl_jail_options options = {.channel = channel,
                             .keep = keep,
                             .keep_count = 1 + worker->mount_count,
                             .mounts = worker->mounts,
                             .writable = worker->mount_writable,
                             .mount_count = worker->mount_count,
                             .landlock_abi = start->landlock_abi,
                             .require = start->require_jail};
  TRY(cl_jail_enter(&options, &facts, err));
  describe(worker, &facts, ready);
  return CLOCHE_OK;
}
