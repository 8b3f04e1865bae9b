/* The functions that translated code expects of its runtime (wasm-rt.h of wabt), written for cells: memory is a slot,
 * a trap leaves the fiber. Tables are constants of the translated code (guest/translate.py), so theirs only check. */
#include <stdlib.h>

#include <wasm-rt.h>

#include "cell.h"
#include "error.h"

bool wasm_rt_is_initialized(void) { return true; }

static cloche_cell *running_cell(void) {
  char *guard = (char *)cl_trap_running();
  return guard ? (cloche_cell *)(void *)(guard - offsetof(cloche_cell, guard)) : NULL;
}

void wasm_rt_trap(wasm_rt_trap_t code) {
  cl_guard *guard = cl_trap_running();
  if (!guard) abort(); /* translated code runs on fibers alone: this is ours, not a guest's, to get wrong */
  /* the C++ of a side module has no exceptions: where it gets no memory, it ends in `unreachable` */
  bool no_memory = code == WASM_RT_TRAP_UNREACHABLE && running_cell()->grow_denied;
  if (code == WASM_RT_TRAP_EXHAUSTION) cl_trap_leave(guard, CLOCHE_STACK_LIMIT);
  cl_trap_leave(guard, no_memory ? CLOCHE_MEMORY_LIMIT : CLOCHE_TRAP);
  __builtin_unreachable();
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t pages) {
  cloche_cell *cell = running_cell();
  uint64_t bytes = ((uint64_t)memory->pages + pages) * CL_WASM_PAGE;
  uint32_t old = memory->pages;
  cl_host_begin(&cell->guard);
  bool allowed = bytes <= cell->slot.limit, grown = allowed && cl_slot_grow(&cell->slot, (size_t)bytes);
  if (allowed && !grown) cell->guard.unrepeatable = 1;
  if (grown) {
    cell->language->resized(cell);
    cell->peak_bytes = CL_MAX(cell->peak_bytes, (size_t)bytes);
  } else {
    cell->grow_denied = true;
    cell->limit_hits[CLOCHE_MEMORY_LIMIT]++;
  }
  cl_host_end(&cell->guard);
  return grown ? old : UINT32_MAX;
}

/* Instantiation, which only the image builder does, in a slot that begins with one page. */
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages) {
  cloche_cell *cell = running_cell();
  (void)max_pages;
  if (!cl_slot_grow(&cell->slot, (size_t)pages * CL_WASM_PAGE)) cl_trap_leave(&cell->guard, CLOCHE_BAD_IMAGE);
  memory->data = cell->slot.base;
  cell->language->resized(cell);
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) { (void)memory; }

void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, uint32_t count, uint32_t max) {
  table->data = calloc(count, sizeof *table->data);
  if (!table->data) abort(); /* the image builder, at build time */
  table->size = count;
  table->max_size = max;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table) { free(table->data); }

uint32_t wasm_rt_register_func_type(uint32_t params, uint32_t results, ...) {
  (void)params, (void)results;
  return 0; /* types are compile-time constants of the translated code */
}
