/* The memory of an instance of translated code, which is the cell's slot. */
#ifndef CL_WASM_MEMORY_H
#define CL_WASM_MEMORY_H

#include <wasm-rt.h>

#include "cell.h"

static inline void cl_memory_follows(wasm_rt_memory_t *memory, const cloche_cell *cell) {
  memory->data = cell->slot.base;
  memory->size = (uint32_t)cell->slot.bytes;
  memory->pages = (uint32_t)(cell->slot.bytes / CL_WASM_PAGE);
  memory->max_pages = (uint32_t)(cell->slot.limit / CL_WASM_PAGE);
}

#endif
