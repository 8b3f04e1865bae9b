/* The system calls that a worker may make once it is in its jail: one table, from which make.c writes the filter that jail.c
 * loads, and docs/JAIL.md. Whatever is not in it ends the process (SECCOMP_RET_KILL_PROCESS). */
#ifndef CL_FILTER_CALLS_H
#define CL_FILTER_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CL_CALL_FORMS = 6, CL_CALL_PARTS = 3 };

/* Stands for the worker's own process id, which jail.c puts in its place. */
#define CL_FILTER_PID 0x7fc10c4eu

/* Of one argument: (argument & mask) == value. A mask of 0 ends the list of a form. */
typedef struct cl_call_part {
  unsigned argument;
  uint64_t mask, value;
} cl_call_part;

typedef struct cl_call {
  const char *name;  /* the kernel's; a processor that has no such call goes without */
  bool mounts;       /* in workers with mounted directories alone */
  const char *forms; /* in words; NULL: any arguments */
  const char *why;
  /* It may be made when all parts of one form hold; without any form, always. */
  cl_call_part form[CL_CALL_FORMS][CL_CALL_PARTS];
} cl_call;

extern const cl_call cl_calls[];
extern const size_t cl_call_count;

#endif
