/* How a worker begins: what the first frame asks for, before there is a guest. */
#ifndef CL_START_H
#define CL_START_H

#include "jail.h"
#include "wire.h"
#include "worker.h"

/** Opens engines and thread. The descriptors of images are closed: they were copied. */
cloche_status cl_worker_open(cl_worker *worker, const cl_start *start, cloche_error *err);

/** Enters the jail, and says what the supervisor is to know of it and of the engines. */
cloche_status cl_worker_jail(cl_worker *worker, const cl_start *start, int channel, cl_ready *ready, cloche_error *err);

#endif
