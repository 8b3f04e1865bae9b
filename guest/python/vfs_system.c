/* The rest of what wasi-libc asks of its system: arguments, environment, clocks, sleeping, randomness, the end. There are
 * no sockets. */
#include <string.h>

#include "vfs.h"

/* ---- arguments and environment */

static const char *const variables[] = {"HOME=/home/user", "LANG=C.UTF-8", "PATH=/usr/bin",
                                        "TMPDIR=/tmp",     "TZ=UTC0",      "USER=user"};
enum { VARIABLES = sizeof variables / sizeof variables[0] };

__wasi_errno_t __wasi_args_sizes_get(__wasi_size_t *count, __wasi_size_t *bytes) {
  *count = *bytes = 0;
  return VFS_OK;
}

__wasi_errno_t __wasi_args_get(uint8_t **args, uint8_t *text) {
  (void)args, (void)text;
  return VFS_OK;
}

__wasi_errno_t __wasi_environ_sizes_get(__wasi_size_t *count, __wasi_size_t *bytes) {
  *count = VARIABLES;
  *bytes = 0;
  for (size_t i = 0; i < VARIABLES; i++) *bytes += strlen(variables[i]) + 1;
  return VFS_OK;
}

__wasi_errno_t __wasi_environ_get(uint8_t **list, uint8_t *text) {
  for (size_t i = 0; i < VARIABLES; i++) {
    size_t len = strlen(variables[i]) + 1;
    memcpy(text, variables[i], len);
    list[i] = text;
    text += len;
  }
  return VFS_OK;
}

/* ---- clocks, sleeping, randomness */

/* The host has two clocks. The guest's CPU time is its monotonic one: an estimate that never runs backwards. */
static int64_t read_clock(__wasi_clockid_t id) { return host_clock(id == __WASI_CLOCKID_REALTIME ? 0 : 1); }

__wasi_errno_t __wasi_clock_time_get(__wasi_clockid_t id, __wasi_timestamp_t precision, __wasi_timestamp_t *out) {
  (void)precision;
  if (id > __WASI_CLOCKID_THREAD_CPUTIME_ID) return __WASI_ERRNO_INVAL;
  *out = (__wasi_timestamp_t)read_clock(id);
  return VFS_OK;
}

__wasi_errno_t __wasi_clock_res_get(__wasi_clockid_t id, __wasi_timestamp_t *out) {
  if (id > __WASI_CLOCKID_THREAD_CPUTIME_ID) return __WASI_ERRNO_INVAL;
  *out = 1;
  return VFS_OK;
}

__wasi_errno_t __wasi_random_get(uint8_t *to, __wasi_size_t len) {
  while (len > 0) {
    uint32_t n = len > 1 << 20 ? 1 << 20 : (uint32_t)len;
    host_random(to, n);
    to += n;
    len -= n;
  }
  return VFS_OK;
}

/* How long to sleep for a subscription to a clock. */
static uint64_t wait_of(const __wasi_subscription_clock_t *clock) {
  if (!(clock->flags & __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME)) return clock->timeout;
  uint64_t now = (uint64_t)read_clock(clock->id);
  return clock->timeout > now ? clock->timeout - now : 0;
}

/* Every descriptor is always ready, so only who asks for clocks alone has to wait, for the first of them. */
__wasi_errno_t __wasi_poll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out, __wasi_size_t count,
                                  __wasi_size_t *events) {
  if (count == 0) return __WASI_ERRNO_INVAL;
  uint64_t wait = UINT64_MAX;
  for (size_t i = 0; i < count; i++) {
    uint64_t one = in[i].u.tag == __WASI_EVENTTYPE_CLOCK ? wait_of(&in[i].u.u.clock) : 0;
    if (one < wait) wait = one;
  }
  if (wait > 0) host_sleep(wait < INT64_MAX ? (int64_t)wait : INT64_MAX);
  *events = 0;
  for (size_t i = 0; i < count; i++) {
    const __wasi_subscription_t *s = &in[i];
    bool is_clock = s->u.tag == __WASI_EVENTTYPE_CLOCK;
    if (is_clock && wait_of(&s->u.u.clock) > wait) continue;
    __wasi_event_t event;
    memset(&event, 0, sizeof event);
    event.userdata = s->userdata;
    event.type = s->u.tag;
    if (!is_clock && !vfs_fd_at(s->u.u.fd_read.file_descriptor)) event.error = __WASI_ERRNO_BADF;
    if (!is_clock) event.fd_readwrite.nbytes = 1;
    out[(*events)++] = event;
  }
  return VFS_OK;
}

__wasi_errno_t __wasi_sched_yield(void) { return VFS_OK; }

/* ---- the end */

_Noreturn void __wasi_proc_exit(__wasi_exitcode_t code) {
  host_exit((int32_t)code);
  __builtin_trap(); /* the host has not let go of us */
}

/* ---- no sockets */

__wasi_errno_t __wasi_sock_accept(__wasi_fd_t fd, __wasi_fdflags_t flags, __wasi_fd_t *out) {
  (void)flags, (void)out;
  return vfs_fd_at(fd) ? __WASI_ERRNO_NOTSOCK : __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_sock_recv(__wasi_fd_t fd, const __wasi_iovec_t *to, size_t count, __wasi_riflags_t flags,
                                __wasi_size_t *done, __wasi_roflags_t *out_flags) {
  (void)to, (void)count, (void)flags, (void)done, (void)out_flags;
  return vfs_fd_at(fd) ? __WASI_ERRNO_NOTSOCK : __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_sock_send(__wasi_fd_t fd, const __wasi_ciovec_t *from, size_t count, __wasi_siflags_t flags,
                                __wasi_size_t *done) {
  (void)from, (void)count, (void)flags, (void)done;
  return vfs_fd_at(fd) ? __WASI_ERRNO_NOTSOCK : __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_sock_shutdown(__wasi_fd_t fd, __wasi_sdflags_t how) {
  (void)how;
  return vfs_fd_at(fd) ? __WASI_ERRNO_NOTSOCK : __WASI_ERRNO_BADF;
}
