/* The program's event loop. */
#ifndef CLI_LOOP_H
#define CLI_LOOP_H

#include <uv.h>

/** uv_loop_init, but an error of libuv's where that would end the program. */
int cli_loop_open(uv_loop_t *loop);

#endif
