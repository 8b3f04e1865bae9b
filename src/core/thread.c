/* What a thread keeps between cells: stacks, undo logs, warm slots, seeds, the timer. Lists of idle things, newest first,
 * so that what is taken was used last and is still in the caches. */
#include <stdlib.h>
#include <unistd.h>

#include "cell.h"
#include "cell_pool.h"
#include "error.h"

enum { MAX_SPARE_UNDOS = 8, DEFAULT_SLOTS = 4096, DEFAULT_SPARE = 64 };

cloche_status cloche_thread_open(cloche_thread **out, const cloche_thread_options *options, cloche_error *err) {
  *out = NULL;
  if (options && options->version != 1)
    CL_FAIL(err, INVALID_ARGUMENT, "thread options of version %u", options->version);
  CL_TRY(cl_trap_install(err));
  cloche_thread *thread = calloc(1, sizeof *thread);
  if (!thread) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a thread");
  thread->max_slots = options && options->slots ? options->slots : DEFAULT_SLOTS;
  thread->max_spare = options && options->spare ? options->spare : DEFAULT_SPARE;
  cloche_status status = cl_random_open(&thread->random, err);
  if (status == CLOCHE_OK) {
    status = cl_ticker_open(&thread->ticker, err);
    if (status != CLOCHE_OK) cl_random_close(&thread->random);
  }
  if (status != CLOCHE_OK) {
    free(thread);
    return status;
  }
  *out = thread;
  return CLOCHE_OK;
}

void cloche_thread_close(cloche_thread *thread) {
  if (!thread) return;
  CL_REMOTE(thread, thread_close(thread));
  while (thread->cells) {
    cloche_cell *cell = thread->cells;
    thread->cells = cell->next;
    cl_cell_destroy(cell);
  }
  while (thread->fibers) {
    cl_fiber *fiber = thread->fibers;
    thread->fibers = fiber->next;
    cl_fiber_close(fiber);
    free(fiber);
  }
  while (thread->undos) {
    cl_undo_node *node = thread->undos;
    thread->undos = node->next;
    cl_undo_close(&node->undo);
    free(node);
  }
  cl_compile_cache_free(thread);
  cl_buf_free(&thread->journal);
  cl_ticker_close(&thread->ticker);
  cl_random_close(&thread->random);
  free(thread);
}

cl_fiber *cl_thread_fiber(cloche_thread *thread, uint64_t cell_id, cloche_error *err) {
  cl_fiber *fiber = thread->fibers;
  if (fiber) {
    thread->fibers = fiber->next;
    if (fiber->owner && fiber->owner != cell_id) cl_fiber_recycle(fiber, false);
    return fiber;
  }
  fiber = calloc(1, sizeof *fiber);
  if (!fiber) {
    cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a stack");
    return NULL;
  }
  if (cl_fiber_open(fiber, err) == CLOCHE_OK) return fiber;
  free(fiber);
  return NULL;
}

void cl_thread_give_fiber(cloche_thread *thread, cl_fiber *fiber, uint64_t cell_id, bool parked, bool touched) {
  if (parked) cl_fiber_park(fiber, touched);
  else cl_fiber_recycle(fiber, touched);
  fiber->owner = parked ? cell_id : 0;
  fiber->next = thread->fibers;
  thread->fibers = fiber;
}

void cl_thread_empty_fibers(cloche_thread *thread, uint64_t cell_id) {
  for (cl_fiber *fiber = thread->fibers; fiber; fiber = fiber->next)
    if (fiber->owner == cell_id) cl_fiber_recycle(fiber, false);
}

cl_undo_node *cl_thread_undo(cloche_thread *thread, uint64_t cell_id, size_t limit, cloche_error *err) {
  cl_undo_node *node = thread->undos;
  if (node && node->undo.cap >= limit / CL_PAGE) {
    thread->undos = node->next;
    thread->spare_undos--;
    if (node->owner != cell_id) cl_undo_wipe(&node->undo);
    node->owner = cell_id;
    return node;
  }
  node = calloc(1, sizeof *node);
  if (!node) {
    cl_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for an undo log");
    return NULL;
  }
  node->owner = cell_id;
  if (cl_undo_open(&node->undo, limit, err) == CLOCHE_OK) return node;
  free(node);
  return NULL;
}

void cl_thread_give_undo(cloche_thread *thread, cl_undo_node *node) {
  if (thread->spare_undos >= MAX_SPARE_UNDOS) {
    cl_undo_close(&node->undo);
    free(node);
    return;
  }
  node->next = thread->undos;
  thread->undos = node;
  thread->spare_undos++;
}

void cl_thread_wipe_undos(cloche_thread *thread, uint64_t cell_id) {
  for (cl_undo_node *node = thread->undos; node; node = node->next) {
    if (node->owner != cell_id) continue;
    cl_undo_wipe(&node->undo);
    node->owner = 0;
  }
}
