/* Going back over the last runs of a session. What a committed run has changed is kept as its reverse: old contents of pages,
 * pages that are new, and what the host knew of the guest before. Newest first; the oldest goes when there are more than
 * `undo_runs`, or when all of them hold more than HISTORY_BYTES.
 *
 * Invariant: the reverses fit one upon the other, from the present backwards. Whatever else changes memory between two
 * runs (reset, restore) forgets them all. */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "error.h"
#include "files.h"
#include "limits.h"

#define HISTORY_BYTES (64 * CL_MIB)

typedef struct cl_past {
  struct cl_past *older;
  cl_reverse *reverse;
  size_t bytes;
  uint64_t globals[CL_GLOBALS_MAX];
  uint32_t global_count;
  uint32_t tools_told, files_told;
  bool context_told, reseed_due;
  uint64_t random_calls, virtual_ns, runs;
} cl_past;

static void drop(cloche_cell *cell, cl_past *past) {
  cell->history_bytes -= past->bytes;
  cell->history_count--;
  cl_reverse_free(past->reverse);
  free(past);
}

static void forget_oldest(cloche_cell *cell) {
  cl_past **at = &cell->history;
  while ((*at)->older) at = &(*at)->older;
  cl_past *oldest = *at;
  *at = NULL;
  drop(cell, oldest);
}

void cl_history_forget(cloche_cell *cell) {
  while (cell->history) {
    cl_past *past = cell->history;
    cell->history = past->older;
    drop(cell, past);
  }
}

void cl_history_new_context(cloche_cell *cell) {
  for (cl_past *past = cell->history; past; past = past->older) past->context_told = false;
}

bool cl_history_commit(cloche_cell *cell) {
  cl_past *past = calloc(1, sizeof *past);
  cl_reverse *reverse = NULL;
  bool ok = past ? cl_slot_commit_noting(&cell->slot, (uint32_t)(HISTORY_BYTES / CL_PAGE), &reverse)
                 : cl_slot_commit(&cell->slot);
  if (!reverse) { /* a run that cannot be taken back has none behind it that could */
    free(past);
    cl_history_forget(cell);
    return ok;
  }
  past->reverse = reverse;
  past->bytes = sizeof *past + sizeof *reverse + (size_t)reverse->saved * (CL_PAGE + 4) + (size_t)reverse->added * 4;
  past->global_count = cell->language->get_globals(cell->base_instance, past->globals);
  past->tools_told = cell->base_tools_told;
  past->files_told = cell->base_files_told;
  past->context_told = cell->base_context_told;
  past->reseed_due = cell->base_reseed_due;
  past->random_calls = cell->base_random_calls;
  past->virtual_ns = cell->base_virtual_ns;
  past->runs = cell->runs - 1;
  past->older = cell->history;
  cell->history = past;
  cell->history_bytes += past->bytes;
  cell->history_count++;
  while (cell->history_count > cell->undo_runs || cell->history_bytes > HISTORY_BYTES) forget_oldest(cell);
  return ok;
}

static bool take_back(cloche_cell *cell, cl_past *past) {
  if (!cl_slot_revert(&cell->slot, past->reverse) ||
      !cell->language->set_globals(cell->instance, past->globals, past->global_count))
    return false;
  cell->tools_told = past->tools_told;
  cell->files_told = past->files_told;
  cell->context_told = past->context_told || !cell->context;
  cell->reseed_due = past->reseed_due;
  cell->virtual_ns = past->virtual_ns;
  cell->runs = past->runs;
  if (cell->seeded) cell->random_calls = past->random_calls; /* else what was given is not given again */
  cell->history = past->older;
  drop(cell, past);
  return true;
}

cloche_status cloche_cell_undo(cloche_cell *cell, uint32_t runs, cloche_error *err) {
  CL_REMOTE(cell, undo(cell, runs, err));
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on; what is done can be taken back after it");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (runs > cell->history_count)
    CL_FAIL(err, NOT_FOUND, "%u runs cannot be taken back; of this cell %u can", runs, cell->history_count);
  if (runs == 0) return CLOCHE_OK;
  cl_files_close_handles(cell);
  cl_journal_restart(cell);
  for (uint32_t i = 0; i < runs && !cell->failed; i++) cell->failed = !take_back(cell, cell->history);
  if (!cell->failed) {
    cell->language->resized(cell);
    if (!cell->seeded) cell->language->reseed(cell, cl_random_next(&cell->thread->random) ^ cell->id);
    if (!cell->failed) return cl_slot_adopt(&cell->slot, err);
  }
  if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
  return CLOCHE_OK;
}
