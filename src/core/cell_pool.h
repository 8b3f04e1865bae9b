/* The life of a cell's body, between cell.c, the thread's pool, and those who make a cell another one. */
#ifndef CL_CELL_POOL_H
#define CL_CELL_POOL_H

#include "cloche.h"

/** Frees a cell that is in no list, with its slot. */
void cl_cell_destroy(cloche_cell *cell);

/** Binds the language to memory that is the image's: nothing has run. */
void cl_cell_attach(cloche_cell *cell);
/** Forgets the last run, overwriting what the guest said. */
void cl_cell_clear_run(cloche_cell *cell);
/** False: the slot cannot be put back; the cell has failed. */
bool cl_cell_back_to_image(cloche_cell *cell);

#endif
