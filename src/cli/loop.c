/* libuv calls abort() where it gets no pipe for its signals: whether there is room for what it opens is looked at first. */
#include "loop.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

int cli_loop_open(uv_loop_t *loop) {
  enum { NEEDED = 8 };
  int fds[NEEDED], count = 0;
  while (count < NEEDED && (fds[count] = eventfd(0, EFD_CLOEXEC)) >= 0) count++;
  int failed = count < NEEDED ? uv_translate_sys_error(errno) : 0;
  while (count > 0) close(fds[--count]);
  return failed ? failed : uv_loop_init(loop);
}
