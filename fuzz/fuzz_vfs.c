/* The guest's file system, built natively: any bytes are a sequence of operations, with paths from a small alphabet of names
 * so that they meet. Afterwards everything is closed and removed, and what the file system says that it takes must be what it
 * took before: nothing leaks, nothing is counted twice. */
#include <stdlib.h>
#include <string.h>

#include "vfs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOT = 3, BYTES_MAX = 1 << 20, COUNT_MAX = 200, BLOCK = 40000 };

/* ---- the host */

static uint64_t asked[2];
static int64_t now;

int64_t host_clock(int32_t id) { return id + ++now; }
void host_random(void *to, uint32_t len) { memset(to, 1, len); }
void host_write(int32_t stream, const char *text, uint32_t len) {
  if (stream < 1 || stream > 2 || (len > 0 && !text)) abort();
}
void host_sleep(int64_t duration) {
  if (now < INT64_MAX / 2) now += duration / 1000; /* many inputs sleep, and one clock serves them all */
}
void host_exit(int32_t code) { exit(code); }

int32_t host_fs_allows(int32_t what, uint64_t total) {
  if (total > (what == HOST_FILES_BYTES ? BYTES_MAX : COUNT_MAX)) return 0;
  asked[what] = total;
  return 1;
}

static int32_t give(const char *path, char *to, uint32_t room) {
  if (strlen(path) > room) abort();
  memcpy(to, path, strlen(path));
  return (int32_t)strlen(path);
}

int32_t host_fs_mount(uint32_t mount, char *path, uint32_t room) {
  static const char *const paths[] = {"/mnt/m", "/a/b"};
  return mount < 2 ? give(paths[mount], path, room) : -__WASI_ERRNO_NOENT;
}

int32_t host_fs_file(uint32_t file, char *path, uint32_t room, host_file *out) {
  *out = (host_file){.bytes = file * 20000ull, .flags = file & 1};
  return file < 4 ? give(file & 2 ? "/a/b/c" : "/b", path, room) : -__WASI_ERRNO_NOENT;
}

int32_t host_fs_file_read(uint32_t file, uint64_t offset, uint8_t *to, uint32_t len) {
  (void)offset;
  memset(to, (int)file, len);
  return (int32_t)len;
}

/* What comes to a mount is a clean path; the answers come from a little generator. */
static uint32_t answer;

static int32_t mounted(uint32_t mount, const char *path, uint32_t len) {
  if (mount > 1 && mount != UINT32_MAX) abort();
  for (uint32_t i = 0; i < len; i++) {
    uint32_t n = 0;
    while (i + n < len && path[i + n] != '/') n++;
    if (n == 0 || (n == 1 && path[i] == '.') || (n == 2 && path[i] == '.' && path[i + 1] == '.')) abort();
    i += n;
  }
  answer = answer * 1664525u + 1013904223u;
  return answer >> 30 ? (int32_t)(answer >> 16 & 7) : -(int32_t)(1 + (answer >> 16) % 70);
}

static int32_t stat_of(int32_t result, __wasi_filestat_t *out) {
  memset(out, 0, sizeof *out);
  out->filetype = answer >> 20 & 1 ? __WASI_FILETYPE_DIRECTORY : __WASI_FILETYPE_REGULAR_FILE;
  out->size = answer;
  return result < 0 ? result : 0;
}

int32_t host_fs_open(uint32_t mount, const char *path, uint32_t len, uint32_t flags) {
  (void)flags;
  return mounted(mount, path, len);
}
int32_t host_fs_close(uint32_t handle) { return (int32_t)handle >= 0 ? 0 : -__WASI_ERRNO_BADF; }
int32_t host_fs_read(uint32_t handle, int64_t offset, uint8_t *to, uint32_t len) {
  (void)handle, (void)offset;
  int32_t n = mounted(0, "", 0);
  if (n > (int32_t)len) n = (int32_t)len;
  if (n > 0) memset(to, 7, (size_t)n);
  return n;
}
int32_t host_fs_write(uint32_t handle, int64_t offset, const uint8_t *from, uint32_t len) {
  (void)handle, (void)offset, (void)from;
  int32_t n = mounted(0, "", 0);
  return n > (int32_t)len ? (int32_t)len : n;
}
int32_t host_fs_truncate(uint32_t handle, uint64_t size) {
  (void)handle, (void)size;
  return mounted(0, "", 0) < 0 ? -__WASI_ERRNO_IO : 0;
}
int32_t host_fs_stat(uint32_t handle, __wasi_filestat_t *out) {
  (void)handle;
  return stat_of(mounted(0, "", 0), out);
}
int32_t host_fs_readdir(uint32_t handle, uint64_t cookie, uint8_t *to, uint32_t len) {
  (void)handle, (void)cookie;
  int32_t n = mounted(0, "", 0);
  if (n > (int32_t)len) n = (int32_t)len;
  if (n > 0) memset(to, 0, (size_t)n);
  return n;
}
int32_t host_fs_times(uint32_t handle, uint64_t atim, uint64_t mtim, uint32_t flags) {
  (void)handle, (void)atim, (void)mtim, (void)flags;
  return 0;
}
int32_t host_fs_path_stat(uint32_t mount, const char *path, uint32_t len, int32_t follow, __wasi_filestat_t *out) {
  (void)follow;
  return stat_of(mounted(mount, path, len), out);
}
int32_t host_fs_path_times(uint32_t mount, const char *path, uint32_t len, int32_t follow, uint64_t atim, uint64_t mtim,
                           uint32_t flags) {
  (void)follow, (void)atim, (void)mtim, (void)flags;
  return mounted(mount, path, len) < 0 ? -__WASI_ERRNO_IO : 0;
}
int32_t host_fs_readlink(uint32_t mount, const char *path, uint32_t len, uint8_t *to, uint32_t room) {
  int32_t n = mounted(mount, path, len);
  if (n > (int32_t)room) n = (int32_t)room;
  if (n > 0) memset(to, 'l', (size_t)n);
  return n;
}
int32_t host_fs_mkdir(uint32_t mount, const char *path, uint32_t len) { return mounted(mount, path, len) < 0 ? -1 : 0; }
int32_t host_fs_remove(uint32_t mount, const char *path, uint32_t len, int32_t directory) {
  (void)directory;
  return mounted(mount, path, len) < 0 ? -1 : 0;
}
int32_t host_fs_rename(uint32_t mount, const char *from, uint32_t from_len, const char *to, uint32_t to_len) {
  return mounted(mount, from, from_len) < 0 || mounted(mount, to, to_len) < 0 ? -1 : 0;
}

/* ---- the bytes */

typedef struct {
  const uint8_t *at, *end;
} input;

static uint32_t byte(input *in) { return in->at < in->end ? *in->at++ : 0; }

/* A path of a few short parts. */
static const char *path_of(input *in, int which) {
  static const char *const parts[] = {"a", "b", "c", ".", "..", "", "tmp", "mnt/m", "usr/lib/python3.11", "dev/null"};
  static char texts[2][300];
  char *text = texts[which];
  uint32_t shape = byte(in);
  size_t len = 0;
  if (shape & 0x80) text[len++] = '/';
  for (uint32_t n = 0; n <= (shape & 3); n++) {
    const char *part = parts[byte(in) % 10];
    if (n > 0) text[len++] = '/';
    memcpy(text + len, part, strlen(part));
    len += strlen(part);
  }
  if (shape & 0x40) text[len++] = '/';
  text[len] = '\0';
  return text;
}

/* Offsets and sizes: small ones, those at the edges of blocks and limits, and absurd ones. */
static uint64_t number_of(input *in) {
  static const uint64_t odd[] = {
      0, 1, 16383, 16384, 16385, 65536, BYTES_MAX, INT64_MAX, UINT64_MAX, 1u << 31, (uint64_t)1 << 40, UINT32_MAX};
  uint32_t b = byte(in);
  return b < 12 ? odd[b] : (uint64_t)b * 97;
}

static __wasi_fd_t fd_of(input *in) { return (int)(byte(in) % 12) - 1; }

static uint8_t buffer[BLOCK];

static void on_descriptor(input *in, uint32_t what) {
  __wasi_fd_t fd = fd_of(in);
  uint64_t number = number_of(in);
  size_t done = 0, len = number_of(in) % BLOCK;
  __wasi_iovec_t into[2] = {{buffer, len / 2}, {buffer + len / 2, len - len / 2}};
  __wasi_ciovec_t from[2] = {{buffer, len / 2}, {buffer + len / 2, len - len / 2}};
  __wasi_filestat_t stat;
  __wasi_fdstat_t fdstat;
  __wasi_filesize_t at;
  vfs_error error;
  switch (what) {
    case 0: error = __wasi_fd_read(fd, into, 2, &done); break;
    case 1: error = __wasi_fd_write(fd, from, 2, &done); break;
    case 2: error = __wasi_fd_pread(fd, into, 2, number, &done); break;
    case 3: error = __wasi_fd_pwrite(fd, from, 2, number, &done); break;
    case 4: error = __wasi_fd_seek(fd, (int64_t)number, (uint8_t)(len % 4), &at); break;
    case 5: error = __wasi_fd_filestat_set_size(fd, number); break;
    case 6: error = __wasi_fd_allocate(fd, number, len); break;
    case 7: error = __wasi_fd_readdir(fd, buffer, len % 300, number, &done); break;
    case 8: error = __wasi_fd_close(fd); break;
    case 9: error = __wasi_fd_renumber(fd, fd_of(in)); break;
    case 10: error = __wasi_fd_filestat_get(fd, &stat); break;
    case 11: error = __wasi_fd_fdstat_get(fd, &fdstat); break;
    case 12: error = __wasi_fd_fdstat_set_flags(fd, (uint16_t)number); break;
    default: error = __wasi_fd_filestat_set_times(fd, number, len, (uint16_t)(number % 16)); break;
  }
  if (!error && done > BLOCK) abort();
}

static void on_paths(input *in, uint32_t what) {
  __wasi_fd_t dir = byte(in) & 1 ? ROOT : fd_of(in), out, other = byte(in) & 1 ? ROOT : fd_of(in);
  const char *path = path_of(in, 0), *second = path_of(in, 1);
  uint32_t flags = byte(in);
  __wasi_filestat_t stat;
  size_t used = 0;
  vfs_error error;
  switch (what) {
    case 0:
      error = __wasi_path_open(dir, flags >> 7, path, flags & 15,
                               (flags >> 4 & 1) * __WASI_RIGHTS_FD_READ | (flags >> 5 & 1) * __WASI_RIGHTS_FD_WRITE, 0,
                               flags >> 6 & 1, &out);
      if (!error && out >= 11 && __wasi_fd_close(out)) abort(); /* out of fd_of's reach */
      break;
    case 1: error = __wasi_path_create_directory(dir, path); break;
    case 2: error = __wasi_path_unlink_file(dir, path); break;
    case 3: error = __wasi_path_remove_directory(dir, path); break;
    case 4: error = __wasi_path_rename(dir, path, other, second); break;
    case 5: error = __wasi_path_symlink(second, dir, path); break;
    case 6: error = __wasi_path_link(dir, flags & 1, path, other, second); break;
    case 7: error = __wasi_path_readlink(dir, path, buffer, flags, &used); break;
    case 8: error = __wasi_path_filestat_get(dir, flags & 1, path, &stat); break;
    case 9: error = __wasi_path_filestat_set_times(dir, flags & 1, path, 1, 2, (uint16_t)(flags >> 1 & 15)); break;
    case 10: error = (vfs_error)cl_vfs_mounts(flags % 3); break;
    default: error = (vfs_error)cl_vfs_file(flags % 5); break;
  }
  if (!error && used > flags) abort();
  for (const char *entry; (entry = cl_vfs_path_entry()) != NULL;)
    if (entry[0] != '/') abort();
}

/* The calls that neither file nor path goes with, and those on descriptors that only look. */
static void on_system(input *in, uint32_t what) {
  __wasi_fd_t fd = fd_of(in);
  uint64_t number = number_of(in);
  size_t n = 0, done = 0;
  uint8_t *list[16];
  __wasi_timestamp_t time;
  __wasi_prestat_t prestat;
  __wasi_subscription_t waits[3];
  __wasi_event_t events[3];
  __wasi_ciovec_t from = {buffer, 8};
  __wasi_iovec_t into = {buffer, 8};
  __wasi_roflags_t roflags;
  switch (what) {
    case 0:
      if (__wasi_args_sizes_get(&n, &done) || n || done || __wasi_args_get(list, buffer)) abort();
      break;
    case 1:
      if (__wasi_environ_sizes_get(&n, &done) || n > 16 || done > BLOCK || __wasi_environ_get(list, buffer)) abort();
      for (size_t i = 0; i < n; i++)
        if (!strchr((char *)list[i], '=')) abort();
      break;
    case 2: (void)!__wasi_clock_time_get((uint32_t)number, 1, &time); break;
    case 3: (void)!__wasi_clock_res_get((uint32_t)number, &time); break;
    case 4: (void)!__wasi_random_get(buffer, number % BLOCK); break;
    case 5:
      for (int i = 0; i < 3; i++) {
        memset(&waits[i], 0, sizeof waits[i]);
        waits[i].u.tag = byte(in) % 4;
        if (waits[i].u.tag == __WASI_EVENTTYPE_CLOCK) {
          waits[i].u.u.clock.id = byte(in) % 5;
          waits[i].u.u.clock.timeout = number_of(in);
          waits[i].u.u.clock.flags = byte(in) & 1;
        } else {
          waits[i].u.u.fd_read.file_descriptor = fd_of(in);
        }
      }
      if (!__wasi_poll_oneoff(waits, events, number % 4, &done) && (done == 0 || done > number % 4)) abort();
      break;
    case 6: (void)!__wasi_sched_yield(); break;
    case 7: (void)!__wasi_sock_accept(fd, (uint16_t)number, &fd); break;
    case 8: (void)!__wasi_sock_recv(fd, &into, 1, 0, &done, &roflags); break;
    case 9: (void)!__wasi_sock_send(fd, &from, 1, 0, &done); break;
    case 10: (void)!__wasi_sock_shutdown(fd, (uint8_t)number); break;
    case 11: (void)!__wasi_fd_advise(fd, number, number, (uint8_t)number); break;
    case 12: (void)!__wasi_fd_datasync(fd); break;
    case 13: (void)!__wasi_fd_sync(fd); break;
    case 14: (void)!__wasi_fd_fdstat_set_rights(fd, number, number); break;
    case 15:
      if (!__wasi_fd_prestat_get(fd, &prestat)) {
        n = prestat.u.dir.pr_name_len;
        if (n > BLOCK || __wasi_fd_prestat_dir_name(fd, buffer, n)) abort();
      }
      break;
    case 16: (void)!__wasi_fd_prestat_dir_name(fd, buffer, number % BLOCK); break;
    default: (void)!__wasi_fd_tell(fd, &time); break;
  }
}

/* ---- afterwards */

/* Removes what lies in the open directory; the directories that are there from the start may stay. */
static void empty(__wasi_fd_t dir, int depth) {
  for (bool again = true; again;) {
    uint8_t list[4096];
    size_t used;
    uint64_t cookie = 2;
    again = false;
    if (__wasi_fd_readdir(dir, list, sizeof list, cookie, &used)) return;
    for (size_t at = 0; at + 24 <= used;) {
      __wasi_dirent_t entry;
      memcpy(&entry, list + at, sizeof entry);
      if (at + 24 + entry.d_namlen > used) break;
      char name[256];
      memcpy(name, list + at + 24, entry.d_namlen);
      name[entry.d_namlen] = '\0';
      at += 24 + entry.d_namlen;
      if (__wasi_path_unlink_file(dir, name) == 0 || __wasi_path_remove_directory(dir, name) == 0) {
        again = true;
        continue;
      }
      __wasi_fd_t inner;
      if (depth > 300 || __wasi_path_open(dir, 0, name, __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READ, 0, 0, &inner))
        continue;
      empty(inner, depth + 1);
      if (__wasi_fd_close(inner)) abort();
      if (__wasi_path_remove_directory(dir, name) == 0) again = true;
    }
  }
}

/* What was there from the start, and cannot go. */
static uint64_t count_left(__wasi_fd_t dir) {
  uint8_t list[4096];
  size_t used;
  uint64_t count = 1;
  __wasi_filestat_t stat;
  if (__wasi_fd_filestat_get(dir, &stat)) abort();
  if (stat.dev == 2) return count; /* the library */
  if (__wasi_fd_readdir(dir, list, sizeof list, 2, &used)) abort();
  for (size_t at = 0; at + 24 <= used;) {
    __wasi_dirent_t entry;
    memcpy(&entry, list + at, sizeof entry);
    char name[256];
    memcpy(name, list + at + 24, entry.d_namlen);
    name[entry.d_namlen] = '\0';
    at += 24 + entry.d_namlen;
    __wasi_fd_t inner;
    if (entry.d_type != __WASI_FILETYPE_DIRECTORY) {
      count++;
      continue;
    }
    if (__wasi_path_open(dir, 0, name, __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READ, 0, 0, &inner)) abort();
    count += count_left(inner);
    if (__wasi_fd_close(inner)) abort();
  }
  return count;
}

/* Everything else is gone: one small file takes what it takes, and nothing more is there. */
static void check_totals(void) {
  __wasi_fd_t fd;
  size_t done;
  __wasi_ciovec_t piece = {buffer, 1};
  uint64_t left = count_left(ROOT);
  if (left != 11) abort(); /* the root, /dev, /dev/null, /home, /home/user, /mnt, /tmp, /usr and its two, /lib */
  if (__wasi_path_open(ROOT, 0, "probe", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd)) abort();
  if (__wasi_fd_write(fd, &piece, 1, &done) || __wasi_fd_close(fd) || __wasi_path_unlink_file(ROOT, "probe")) abort();
  if (asked[HOST_FILES_BYTES] != 64 + strlen("usr/lib") || asked[HOST_FILES_COUNT] != left + 1) abort();
}

static void clear(void) {
  for (__wasi_fd_t fd = 0; fd < 64; fd++)
    if (fd != ROOT) (void)!__wasi_fd_close(fd);
  if (cl_vfs_mounts(0)) abort();
  empty(ROOT, 0);
  check_totals();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + (size < 2000 ? size : 2000)};
  answer = 1;
  clear();
  while (in.at < in.end) {
    uint32_t what = byte(&in);
    if (what >= 0xE0) on_system(&in, byte(&in) % 18);
    else if (what & 1) on_descriptor(&in, (what >> 1) % 14);
    else on_paths(&in, (what >> 1) % 12);
  }
  clear();
  return 0;
}
