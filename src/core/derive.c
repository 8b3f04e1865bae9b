/* An image from a cell: what a session has become is what other cells start from. */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "error.h"

static cloche_status check_derivable(const cloche_cell *cell, cloche_error *err) {
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "an image is made between two runs");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (!cell->session) CL_FAIL(err, INVALID_STATE, "a cell that is no session is as its image between runs");
  if (cell->tool_count > 0 || cell->context)
    CL_FAIL(err, INVALID_STATE, "the guest may know its tools or context, which an image cannot have");
  if (cell->slot.bytes / CL_PAGE > CL_IMAGE_HOT_WORDS * 64ull)
    CL_FAIL(err, INVALID_ARGUMENT, "the cell's memory of %zu bytes is larger than an image can be", cell->slot.bytes);
  return CLOCHE_OK;
}

cloche_status cloche_cell_image(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err) {
  CL_REMOTE(cell, image(cell, bytes, len, err));
  CL_TRY(check_derivable(cell, err));
  size_t memory_bytes = cell->slot.bytes;
  uint8_t *image = malloc(CL_IMAGE_HEADER + memory_bytes);
  if (!image) CL_FAIL(err, OUT_OF_MEMORY, "no memory for an image of %zu bytes", CL_IMAGE_HEADER + memory_bytes);
  uint8_t *memory = image + CL_IMAGE_HEADER;
  memcpy(memory, cell->slot.base, memory_bytes);
  cl_image_header header = cell->engine->header;
  header.memory_bytes = memory_bytes;
  uint64_t globals[CL_GLOBALS_MAX];
  (void)cell->language->get_globals(cell->instance, globals);
  header.globals.stack_pointer = (uint32_t)globals[0];
  if (header.globals.random_state) { /* each cell gets its own; here it must not tell the next values of this one */
    uint64_t seed = 1;
    memcpy(memory + header.globals.random_state, &seed, sizeof seed);
  }
  cl_image_hash(header.image_id, &header, memory);
  memset(image, 0, CL_IMAGE_HEADER);
  memcpy(image, &header, sizeof header);
  *bytes = image;
  *len = CL_IMAGE_HEADER + memory_bytes;
  return CLOCHE_OK;
}
