/* The extension module _cloche; module.c describes it. */
#ifndef MODULE_H
#define MODULE_H

#include <Python.h>

PyMODINIT_FUNC PyInit__cloche(void);

#endif
