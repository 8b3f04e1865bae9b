/* Copies of a cell, and how many pages a cell has. slot.c has how pages are copied or shared. */
#include <string.h>

#include "cell.h"
#include "clock.h"
#include "error.h"
#include "files.h"

static cloche_status copy_tools(cloche_cell *to, const cloche_cell *from, cloche_error *err) {
  for (uint32_t i = 0; i < from->tool_count; i++) {
    const cl_tool *t = &from->tools[i];
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = t->name;
    tool.sync = t->sync;
    tool.mutable_result = !t->frozen;
    tool.fn = t->fn;
    tool.user = t->user;
    CL_TRY(cloche_cell_tool(to, &tool, err));
  }
  return CLOCHE_OK;
}

static cloche_status copy_inputs(cloche_cell *to, const cloche_cell *from, cloche_error *err) {
  for (uint32_t i = 0; i < from->module_count; i++) {
    const cl_source *m = &from->modules[i];
    cloche_module module = {1, m->name, m->text, m->len, cl_syntax_name(m->syntax)};
    CL_TRY(cloche_cell_module(to, &module, err));
  }
  return from->context ? cloche_cell_context(to, from->context, from->context_len, err) : CLOCHE_OK;
}

/* A run that waits is copied as a snapshot is restored. */
static cloche_status fork_run(cloche_cell **out, cloche_cell *cell, const cloche_cell_options *options,
                              cloche_error *err) {
  cloche_snapshot *snapshot;
  cloche_cell *copy = NULL;
  CL_TRY(cloche_cell_snapshot(&snapshot, cell, err));
  cloche_status status = cloche_cell_open(&copy, cell->thread, cell->engine, options, err);
  if (status == CLOCHE_OK) status = copy_tools(copy, cell, err);
  if (status == CLOCHE_OK) status = cl_files_copy(copy, cell, err);
  if (status == CLOCHE_OK) status = cloche_cell_restore(copy, snapshot, err);
  cloche_snapshot_free(snapshot);
  if (status == CLOCHE_OK) copy->base_files_told = cell->base_files_told;
  if (status == CLOCHE_OK) *out = copy;
  else cloche_cell_close(copy);
  return status;
}

cloche_status cloche_cell_fork(cloche_cell **out, cloche_cell *cell, cloche_error *err) {
  CL_REMOTE(cell, fork(out, cell, err));
  *out = NULL;
  bool runs = cl_cell_is_running(cell);
  if (!cell->session && !runs)
    CL_FAIL(err, INVALID_STATE, "a cell that is no session has nothing to fork between runs");
  cloche_cell_options options = {.version = 1,
                                 .limits = cell->own_limits ? cell->own_limits : &cell->limits,
                                 .session = cell->session,
                                 .seeded = cell->seeded,
                                 .seed = cell->seed,
                                 .clock_start_ms = cell->clock_start_ms,
                                 .clock = cell->virtual_clock ? CLOCHE_CLOCK_VIRTUAL : CLOCHE_CLOCK_REAL,
                                 .no_poll = cell->guard.no_poll,
                                 .undo_runs = cell->undo_runs,
                                 .journal = cell->journal,
                                 .user = cell->head.user};
  if (runs) return fork_run(out, cell, &options, err);
  cloche_cell *copy;
  CL_TRY(cloche_cell_open(&copy, cell->thread, cell->engine, &options, err));
  copy->fresh = copy->clean = false; /* from here on it may hold what is the parent's */
  bool was_layered = cell->slot.layered;
  cloche_status status = cl_slot_fork(&copy->slot, &cell->slot, err);
  if (status != CLOCHE_OK && cell->slot.layered && !was_layered)
    cell->failed = true; /* half of it lies elsewhere now */
  if (status == CLOCHE_OK) status = copy_tools(copy, cell, err);
  if (status == CLOCHE_OK) status = copy_inputs(copy, cell, err);
  if (status == CLOCHE_OK) status = cl_files_copy(copy, cell, err);
  if (status != CLOCHE_OK) {
    cloche_cell_close(copy);
    return status;
  }
  /* the instance is the parent's but for what ties it to its own cell and slot */
  uint64_t seed = cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ copy->id;
  copy->language->copied(copy, cell);
  copy->virtual_ns = cell->virtual_ns;
  copy->clock_base_ns = cell->fresh ? cl_clock_now() : cell->clock_base_ns;
  copy->next_call_id = cell->next_call_id;
  copy->tools_told = cell->tools_told;
  copy->files_told = cell->files_told;
  copy->context_told = cell->context_told;
  memcpy(copy->state_id, cell->state_id, sizeof copy->state_id);
  copy->new_context = cell->new_context;
  copy->new_modules = cell->new_modules;
  if (!cell->seeded) copy->language->reseed(copy, seed);
  else copy->random_calls = cell->random_calls;
  *out = copy;
  return CLOCHE_OK;
}

cloche_status cloche_cell_measure(cloche_cell *cell, cloche_cell_stats *out, cloche_error *err) {
  CL_REMOTE(cell, measure(cell, out, err));
  (void)err;
  uint64_t private_pages = 0, hot = 0;
  cl_slot_count(&cell->slot, &private_pages, &hot);
  *out = (cloche_cell_stats){
      .memory_bytes = cell->slot.bytes,
      .private_bytes = private_pages * CL_PAGE,
      .dirty_pages = private_pages,
      .hot_pages = hot,
      .runs = cell->runs,
      .native_stack_bytes = cell->deepest_stack,
  };
  return CLOCHE_OK;
}
