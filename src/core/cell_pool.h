/* The life of a cell's body, between cell.c and the thread's pool. */
#ifndef CL_CELL_POOL_H
#define CL_CELL_POOL_H

#include "cloche.h"

/** Frees a cell that is in no list, with its slot. */
void cl_cell_destroy(cloche_cell *cell);

#endif
