/* Names for the translated CPython module, and what the host knows of its insides. */
#ifndef CL_PY_ENGINE_H
#define CL_PY_ENGINE_H

#include "cell.h"
#include "python.h" /* generated */

typedef Z_python_instance_t py_engine;
#define PY(name) Z_pythonZ_##name
#define PY_HOST(name) Z_clocheZ_##name
#define PY_HOST_T Z_cloche_instance_t

/* The words of the guest's memory that Ctrl-C sets to 1, found when the image is made: their addresses are the first
 * entries of the image's globals. */
enum { PY_INTERRUPT_WORDS = 4 };

/** Tells the guest of mounts and files before a run, on the fiber; else the run cannot begin, and why is its error. */
cloche_status cl_py_tell_files(cloche_cell *cell);

static inline py_engine *py_engine_of(const cloche_cell *cell) { return cell->instance; }

#endif
