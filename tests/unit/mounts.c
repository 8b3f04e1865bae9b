/* Mounted directories and given files, at the functions that the guest's requests reach: what can be mounted, and that
 * nothing but what lies below a mount is ever opened, whatever the path, the tree and whoever changes it meanwhile. The
 * cell's engine is JavaScript's with a file system pretended; the guest's side is tested in vfs.c and in Python programs. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "cell.h"
#include "files.h"
#include "limits.h"
#include "unit.h"

enum {
  ACCES = -2,
  BADF = -8,
  EXIST = -20,
  INVAL = -28,
  ISDIR = -31,
  LOOP = -32,
  MFILE = -33,
  NOENT = -44,
  NOSPC = -51
};
enum { NOTDIR = -54, NOTEMPTY = -55, PERM = -63, ROFS = -69 };
enum { READ = CL_OPEN_READ, WRITE = CL_OPEN_WRITE, CREATE = CL_OPEN_CREATE, NOFOLLOW = CL_OPEN_NOFOLLOW };

/* ---- a tree: folder/in is mounted, folder/secret and folder/out are not */

static char folder[64];
static cl_language with_files;

static const char *at(const char *path) {
  static char text[4][512];
  static int next;
  next = (next + 1) % 4;
  snprintf(text[next], sizeof text[0], "%s/%s", folder, path);
  return text[next];
}

static void put_file(const char *path, const char *content) {
  int fd = open(at(path), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, content, strlen(content)), strlen(content));
  close(fd);
}

static const char *get_file(const char *path) {
  static char text[256];
  int fd = open(at(path), O_RDONLY);
  if (fd < 0) return "(none)";
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  text[n > 0 ? n : 0] = '\0';
  return text;
}

static void make_tree(void) {
  snprintf(folder, sizeof folder, "/tmp/cloche-mounts-XXXXXX");
  assert_non_null(mkdtemp(folder));
  assert_int_equal(mkdir(at("in"), 0755), 0);
  assert_int_equal(mkdir(at("in/sub"), 0755), 0);
  assert_int_equal(mkdir(at("out"), 0755), 0);
  put_file("secret", "secret");
  put_file("out/file", "secret");
  put_file("in/file", "content");
  put_file("in/sub/file", "inner");
}

static void remove_tree(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  if (strlen(folder) > 15) assert_int_equal(system(command), 0);
}

static int open_dir(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  assert_true(fd >= 0);
  return fd;
}

static cloche_status mount_at(cloche_cell *cell, const char *host, const char *guest, bool writable,
                              cloche_error *err) {
  cloche_mount mount = CLOCHE_MOUNT_INIT;
  mount.dir_fd = open_dir(host);
  mount.path = guest;
  mount.writable = writable;
  cloche_status status = cloche_cell_mount(cell, &mount, err);
  close(mount.dir_fd);
  return status;
}

static cloche_cell *open_files(bool session, const cloche_limits *limits) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = session;
  options.limits = limits;
  cloche_cell *cell = ut_open(&options);
  with_files = *cell->language;
  with_files.has_files = true;
  cell->language = &with_files;
  return cell;
}

static void close_files(cloche_cell *cell) {
  cell->language = &cl_language_js; /* spare cells are used again */
  cloche_cell_close(cell);
}

/* A cell with in/ as mount 0. */
static cloche_cell *open_mounted(bool writable) {
  cloche_cell *cell = open_files(true, NULL);
  cloche_error err = CLOCHE_ERROR_INIT;
  if (mount_at(cell, at("in"), "/mnt/in", writable, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  return cell;
}

static int32_t open_path(cloche_cell *cell, const char *path, uint32_t flags) {
  return cl_mount_open(cell, 0, path, strlen(path), flags);
}

static const char *read_path(cloche_cell *cell, const char *path) {
  static char text[256];
  int32_t handle = open_path(cell, path, READ);
  if (handle < 0) {
    snprintf(text, sizeof text, "error %d", handle);
    return text;
  }
  int32_t n = cl_mount_read(cell, (uint32_t)handle, 0, (uint8_t *)text, sizeof text - 1);
  assert_true(n >= 0);
  text[n] = '\0';
  assert_int_equal(cl_mount_close(cell, (uint32_t)handle), 0);
  return text;
}

static int open_fds(void) {
  int count = 0;
  DIR *dir = opendir("/proc/self/fd");
  while (readdir(dir)) count++;
  closedir(dir);
  return count;
}

/* ---- what can be mounted */

static void what_can_be_mounted(void) {
  make_tree();
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *js = ut_session();
  assert_int_equal(mount_at(js, at("in"), "/mnt/in", false, &err), CLOCHE_UNSUPPORTED);
  assert_string_equal(err.message, "the guests of engine 'js' have no files");
  cloche_cell_close(js);
  cloche_cell *cell = open_files(true, NULL);
  static const char *const bad[] = {
      "",          "/",           "mnt",      "/mnt/",      "//mnt",          "/mnt//a",
      "/mnt/../a", "/mnt/.",      "/mnt/a\n", "/mnt/\xFF",  "/usr/lib",       "/usr/lib/python3.11",
      "/usr",      "/lib/python", "/dev",     "/dev/null/", "/usr/lib/a/b/c", NULL};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    if (mount_at(cell, at("in"), bad[i], false, &err) != CLOCHE_INVALID_ARGUMENT) fail_msg("'%s' was taken", bad[i]);
    assert_null(strstr(err.message, folder)); /* no path of the host's */
  }
  char long_path[1100];
  memset(long_path, '/', sizeof long_path);
  for (size_t i = 1; i < sizeof long_path; i += 2) long_path[i] = 'a';
  long_path[sizeof long_path - 1] = '\0';
  assert_int_equal(mount_at(cell, at("in"), long_path, false, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(mount_at(cell, at("in"), "/mnt/a", false, &err), CLOCHE_OK);
  assert_int_equal(mount_at(cell, at("in"), "/mnt/a", false, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(mount_at(cell, at("in"), "/mnt/a/b", false, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(mount_at(cell, at("in"), "/mnt", false, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(mount_at(cell, at("in"), "/mnt/ab", true, &err), CLOCHE_OK);
  assert_int_equal(mount_at(cell, "/proc", "/mnt/p", false, &err), CLOCHE_INVALID_ARGUMENT);
  assert_int_equal(mount_at(cell, "/proc/self/fd", "/mnt/p", false, &err), CLOCHE_INVALID_ARGUMENT);
  cloche_mount mount = CLOCHE_MOUNT_INIT;
  mount.path = "/mnt/x";
  assert_int_equal(cloche_cell_mount(cell, &mount, &err), CLOCHE_INVALID_ARGUMENT); /* -1 */
  mount.dir_fd = 900;
  assert_int_equal(cloche_cell_mount(cell, &mount, &err), CLOCHE_INVALID_ARGUMENT);
  mount.dir_fd = open(at("in/file"), O_RDONLY);
  assert_int_equal(cloche_cell_mount(cell, &mount, &err), CLOCHE_INVALID_ARGUMENT);
  close(mount.dir_fd);
  mount.version = 2;
  assert_int_equal(cloche_cell_mount(cell, &mount, &err), CLOCHE_INVALID_ARGUMENT);
  for (int i = 2; i < CL_MOUNTS_MAX; i++) {
    char guest[32];
    snprintf(guest, sizeof guest, "/mnt/n%d", i);
    assert_int_equal(mount_at(cell, at("in"), guest, false, &err), CLOCHE_OK);
  }
  assert_int_equal(mount_at(cell, at("in"), "/mnt/last", false, &err), CLOCHE_INVALID_ARGUMENT);
  close_files(cell);
  remove_tree();
}

static void which_files_can_be_given(void) {
  make_tree();
  cloche_limits limits = ut_limits();
  limits.files_bytes = 1 << 20;
  cloche_cell *cell = open_files(true, &limits);
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(mount_at(cell, at("in"), "/mnt/in", false, &err), CLOCHE_OK);
  cloche_file file = CLOCHE_FILE_INIT;
  file.path = "/db/x";
  file.data = "abc";
  file.len = 3;
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_OK); /* in the place of the first */
  assert_int_equal(cell->files->given_bytes, 3);
  assert_null(cell->files->given[0]);
  file.path = "/mnt/in/x";
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  file.path = "../x";
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  file.path = "/usr/lib/python3.11/os.py";
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  file.path = "/x.zip";
  file.path_entry = true;
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  assert_string_equal(err.message, "x.zip is no zip archive: it is too short");
  file.path_entry = false;
  file.len = (1 << 20) + 1;
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  file.len = 0;
  file.data = NULL;
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_OK);
  assert_int_equal(cl_files_given(cell), 3);
  static char half[600 << 10];
  file = (cloche_file){1, "/half", half, sizeof half, false};
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_OK);
  file.path = "/other-half";
  assert_int_equal(cloche_cell_file(cell, &file, &err), CLOCHE_INVALID_ARGUMENT);
  close_files(cell);
  remove_tree();
}

/* ---- the ordinary way */

static void reading_and_writing(void) {
  make_tree();
  cloche_cell *cell = open_mounted(true);
  assert_string_equal(read_path(cell, "file"), "content");
  assert_string_equal(read_path(cell, "sub/file"), "inner");
  assert_string_equal(read_path(cell, "none"), "error -44");
  assert_string_equal(read_path(cell, "file/x"), "error -54");
  int32_t handle = open_path(cell, "new", WRITE | CREATE | CL_OPEN_EXCLUSIVE);
  assert_true(handle >= 0);
  assert_int_equal(cl_mount_write(cell, (uint32_t)handle, 0, (const uint8_t *)"hello", 5), 5);
  assert_int_equal(cl_mount_write(cell, (uint32_t)handle, -1, (const uint8_t *)" there", 6), 6);
  assert_string_equal(get_file("in/new"), "hello there");
  uint8_t byte;
  assert_int_equal(cl_mount_read(cell, (uint32_t)handle, 0, &byte, 1), BADF); /* it is open for writing alone */
  assert_int_equal(cl_mount_truncate(cell, (uint32_t)handle, 5), 0);
  cl_file_stat stat;
  assert_int_equal(cl_mount_stat(cell, (uint32_t)handle, &stat), 0);
  assert_int_equal(stat.size, 5);
  assert_int_equal(stat.type, 4);
  assert_int_equal(cl_mount_times(cell, (uint32_t)handle, 0, 7000000001ull, CL_TIME_MTIM), 0);
  assert_int_equal(cl_mount_stat(cell, (uint32_t)handle, &stat), 0);
  assert_int_equal(stat.mtim, 7000000001ull);
  assert_int_equal(cl_mount_close(cell, (uint32_t)handle), 0);
  assert_int_equal(open_path(cell, "new", WRITE | CREATE | CL_OPEN_EXCLUSIVE), EXIST);
  handle = open_path(cell, "new", READ | WRITE | CL_OPEN_TRUNCATE);
  assert_true(handle >= 0);
  assert_string_equal(get_file("in/new"), "");
  assert_int_equal(open_path(cell, "sub", WRITE), ISDIR);
  assert_int_equal(open_path(cell, "file", READ | CL_OPEN_DIRECTORY), NOTDIR);
  assert_int_equal(cl_mount_mkdir(cell, 0, "d", 1), 0);
  assert_int_equal(cl_mount_mkdir(cell, 0, "d", 1), EXIST);
  assert_int_equal(cl_mount_rename(cell, 0, "new", 3, "d/moved", 7), 0);
  assert_int_equal(cl_mount_remove(cell, 0, "d", 1, true), NOTEMPTY);
  assert_int_equal(cl_mount_remove(cell, 0, "d/moved", 7, false), 0);
  assert_int_equal(cl_mount_remove(cell, 0, "d", 1, true), 0);
  assert_int_equal(cl_mount_path_stat(cell, 0, "", 0, true, &stat), 0);
  assert_int_equal(stat.type, 3);
  assert_int_equal(cl_mount_path_times(cell, 0, "file", 4, true, 1, 2, CL_TIME_ATIM | CL_TIME_MTIM), 0);
  assert_int_equal(cl_mount_path_times(cell, 0, "file", 4, true, 1, 2, CL_TIME_ATIM | CL_TIME_ATIM_NOW), INVAL);
  close_files(cell);
  remove_tree();
}

static void directories_are_listed(void) {
  make_tree();
  for (int i = 0; i < 300; i++) {
    char name[64];
    snprintf(name, sizeof name, "in/sub/a-name-that-is-not-short-%d", i);
    put_file(name, "");
  }
  cloche_cell *cell = open_mounted(false);
  int32_t handle = open_path(cell, "sub", READ | CL_OPEN_DIRECTORY);
  assert_true(handle >= 0);
  uint8_t buffer[500];
  uint64_t cookie = 0;
  int seen = 0;
  for (;;) {
    int32_t used = cl_mount_readdir(cell, (uint32_t)handle, cookie, buffer, sizeof buffer);
    assert_true(used >= 0);
    for (int32_t p = 0; p + 24 <= used;) {
      uint32_t len;
      memcpy(&len, buffer + p + 16, 4);
      if (p + 24 + (int32_t)len > used) break;
      memcpy(&cookie, buffer + p, 8);
      seen++;
      p += 24 + (int32_t)len;
    }
    if (used < (int32_t)sizeof buffer) break;
  }
  assert_int_equal(seen, 303); /* with ".", ".." and file */
  static const uint64_t odd[] = {1, 2, 12345678901ull, INT64_MAX, UINT64_MAX};
  for (size_t i = 0; i < UT_COUNT(odd); i++) {
    int32_t used = cl_mount_readdir(cell, (uint32_t)handle, odd[i], buffer, sizeof buffer);
    assert_true(used == INVAL || (used >= 0 && used <= (int32_t)sizeof buffer));
  }
  int32_t file = open_path(cell, "file", READ);
  assert_int_equal(cl_mount_readdir(cell, (uint32_t)file, 0, buffer, sizeof buffer), NOTDIR);
  assert_int_equal(cl_mount_read(cell, (uint32_t)handle, 0, buffer, 1), ISDIR);
  close_files(cell);
  remove_tree();
}

static void nothing_changes_in_a_read_only_mount(void) {
  make_tree();
  cloche_cell *cell = open_mounted(false);
  assert_int_equal(open_path(cell, "file", WRITE), ROFS);
  assert_int_equal(open_path(cell, "file", READ | CL_OPEN_TRUNCATE), ROFS);
  assert_int_equal(open_path(cell, "new", READ | CREATE), ROFS);
  assert_int_equal(cl_mount_mkdir(cell, 0, "new", 3), ROFS);
  assert_int_equal(cl_mount_remove(cell, 0, "file", 4, false), ROFS);
  assert_int_equal(cl_mount_remove(cell, 0, "sub", 3, true), ROFS);
  assert_int_equal(cl_mount_rename(cell, 0, "file", 4, "other", 5), ROFS);
  assert_int_equal(cl_mount_path_times(cell, 0, "file", 4, true, 1, 2, CL_TIME_ATIM), ROFS);
  int32_t handle = open_path(cell, "file", READ | CREATE); /* it is there already */
  assert_true(handle >= 0);
  assert_int_equal(cl_mount_write(cell, (uint32_t)handle, 0, (const uint8_t *)"x", 1), BADF);
  assert_int_equal(cl_mount_truncate(cell, (uint32_t)handle, 0), BADF);
  assert_int_equal(cl_mount_times(cell, (uint32_t)handle, 1, 2, CL_TIME_ATIM), ROFS);
  assert_string_equal(get_file("in/file"), "content");
  close_files(cell);
  remove_tree();
}

/* ---- getting out */

static void paths_that_lead_out(void) {
  make_tree();
  cloche_cell *cell = open_mounted(true);
  static const char *const paths[] = {"..",           "../secret",       "sub/../../secret", "/etc/passwd", ".",
                                      "./file",       "sub/../file",     "sub//file",        "sub/",        "/",
                                      "sub/./file",   "../in/file",      "sub/..",           "//etc",       "...//..",
                                      "sub/../../in", "../../../../etc", "/proc/self/mem"};
  cl_file_stat stat;
  uint8_t byte;
  for (size_t i = 0; i < UT_COUNT(paths); i++) {
    size_t n = strlen(paths[i]);
    assert_int_equal(open_path(cell, paths[i], READ), INVAL);
    assert_int_equal(open_path(cell, paths[i], WRITE | CREATE), INVAL);
    assert_int_equal(cl_mount_path_stat(cell, 0, paths[i], n, true, &stat), INVAL);
    assert_int_equal(cl_mount_readlink(cell, 0, paths[i], n, &byte, 1), INVAL);
    assert_int_equal(cl_mount_mkdir(cell, 0, paths[i], n), INVAL);
    assert_int_equal(cl_mount_remove(cell, 0, paths[i], n, false), INVAL);
    assert_int_equal(cl_mount_rename(cell, 0, "file", 4, paths[i], n), INVAL);
    assert_int_equal(cl_mount_rename(cell, 0, paths[i], n, "file", 4), INVAL);
    assert_int_equal(cl_mount_path_times(cell, 0, paths[i], n, true, 1, 2, CL_TIME_ATIM), INVAL);
  }
  assert_int_equal(cl_mount_open(cell, 0, "file\0x", 6, READ), INVAL);
  static char too_long[6000];
  memset(too_long, 'n', sizeof too_long);
  assert_int_equal(cl_mount_open(cell, 0, too_long, sizeof too_long, READ), INVAL);
  assert_int_equal(cl_mount_open(cell, 0, too_long, 256, READ), INVAL);
  assert_int_equal(cl_mount_open(cell, 0, too_long, 255, READ), NOENT);
  assert_int_equal(cl_mount_open(cell, 1, "file", 4, READ), BADF);
  assert_int_equal(cl_mount_open(cell, UINT32_MAX, "file", 4, READ), BADF);
  assert_int_equal(cl_mount_remove(cell, 0, "", 0, true), INVAL);
  assert_string_equal(get_file("secret"), "secret");
  close_files(cell);
  remove_tree();
}

static void symlinks_that_lead_out(void) {
  make_tree();
  static const struct {
    const char *name, *target;
  } links[] = {{"abs", "/etc/passwd"},
               {"up", "../secret"},
               {"far", "sub/../../secret"},
               {"dir", "../out"},
               {"self", "/proc/self/root/etc/passwd"},
               {"chain", "up"},
               {"cwd", "/proc/self/cwd"}};
  for (size_t i = 0; i < UT_COUNT(links); i++) {
    char path[64];
    snprintf(path, sizeof path, "in/%s", links[i].name);
    assert_int_equal(symlink(links[i].target, at(path)), 0);
  }
  assert_int_equal(symlink("sub/file", at("in/fine")), 0);
  assert_int_equal(symlink("../file", at("in/sub/back")), 0); /* up, and still below */
  assert_int_equal(symlink("loop", at("in/loop")), 0);
  assert_int_equal(symlink("unmade", at("in/dangling")), 0);
  cloche_cell *cell = open_mounted(true);
  cl_file_stat stat;
  uint8_t target[64];
  for (size_t i = 0; i < UT_COUNT(links); i++) {
    const char *name = links[i].name;
    size_t n = strlen(name);
    assert_int_equal(open_path(cell, name, READ), NOENT);
    assert_int_equal(open_path(cell, name, WRITE | CREATE | CL_OPEN_TRUNCATE), NOENT);
    assert_int_equal(open_path(cell, name, READ | NOFOLLOW), LOOP);
    assert_int_equal(cl_mount_path_stat(cell, 0, name, n, true, &stat), NOENT);
    assert_int_equal(cl_mount_path_times(cell, 0, name, n, true, 1, 2, CL_TIME_MTIM), NOENT);
    assert_int_equal(cl_mount_path_stat(cell, 0, name, n, false, &stat), 0);
    assert_int_equal(stat.type, 7);
    int32_t len = cl_mount_readlink(cell, 0, name, n, target, sizeof target);
    if (links[i].target[0] == '/')
      assert_int_equal(len, ACCES); /* what the host's paths are like is its own business */
    else assert_int_equal(len, strlen(links[i].target));
    assert_int_equal(cl_mount_rename(cell, 0, name, n, "moved", 5), PERM);
  }
  assert_int_equal(open_path(cell, "dir/file", READ), NOENT);
  assert_int_equal(cl_mount_mkdir(cell, 0, "dir/new", 7), NOENT);
  assert_int_equal(cl_mount_remove(cell, 0, "dir/file", 8, false), NOENT);
  assert_int_equal(cl_mount_rename(cell, 0, "file", 4, "dir/file", 8), NOENT);
  assert_string_equal(read_path(cell, "fine"), "inner");
  assert_string_equal(read_path(cell, "sub/back"), "content");
  assert_int_equal(open_path(cell, "loop", READ), LOOP);
  assert_int_equal(open_path(cell, "dangling", WRITE | CREATE), EXIST);
  assert_string_equal(get_file("in/unmade"), "(none)");
  assert_int_equal(cl_mount_remove(cell, 0, "up", 2, false), 0); /* the link, and not what it leads to */
  assert_string_equal(get_file("secret"), "secret");
  assert_string_equal(get_file("out/file"), "secret");
  close_files(cell);
  remove_tree();
}

static void other_file_systems(void) {
  cloche_cell *cell = open_files(true, NULL);
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(mount_at(cell, "/", "/mnt/root", true, &err), CLOCHE_OK);
  assert_int_equal(open_path(cell, "proc/self/mem", READ | WRITE), NOENT);
  assert_int_equal(open_path(cell, "proc/self/environ", READ), NOENT);
  assert_int_equal(open_path(cell, "proc/version", READ), NOENT);
  cl_file_stat stat;
  assert_int_equal(cl_mount_path_stat(cell, 0, "proc/self/root", 14, true, &stat), NOENT);
  close_files(cell);
}

static void no_devices_fifos_or_sockets(void) {
  make_tree();
  assert_int_equal(mkfifo(at("in/fifo"), 0666), 0);
  int made = mknod(at("in/null"), S_IFCHR | 0666, 1 << 8 | 3); /* wants privileges */
  int sock = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", at("in/socket"));
  assert_int_equal(bind(sock, (struct sockaddr *)&address, sizeof address), 0);
  cloche_cell *cell = open_mounted(true);
  static const char *const names[] = {"fifo", "socket", "null"};
  cl_file_stat stat;
  for (size_t i = 0; i < (made == 0 ? 3u : 2u); i++) {
    size_t n = strlen(names[i]);
    assert_int_equal(open_path(cell, names[i], READ), ACCES);
    assert_int_equal(open_path(cell, names[i], WRITE | CREATE | CL_OPEN_TRUNCATE), ACCES);
    assert_int_equal(cl_mount_path_stat(cell, 0, names[i], n, true, &stat), 0);
    assert_int_equal(stat.type, 0);
    assert_int_equal(cl_mount_remove(cell, 0, names[i], n, false), PERM);
    assert_int_equal(cl_mount_rename(cell, 0, names[i], n, "x", 1), PERM);
    assert_int_equal(cl_mount_rename(cell, 0, "file", 4, names[i], n), PERM);
    assert_int_equal(cl_mount_path_times(cell, 0, names[i], n, true, 1, 2, CL_TIME_MTIM), ACCES);
  }
  /* nobody has opened the fifo's other end: a writer that will not wait is told so */
  assert_int_equal(open(at("in/fifo"), O_WRONLY | O_NONBLOCK), -1);
  close(sock);
  close_files(cell);
  remove_tree();
}

static void files_with_special_rights(void) {
  make_tree();
  assert_int_equal(chmod(at("in/file"), 04755), 0);
  cloche_cell *cell = open_mounted(true);
  assert_int_equal(open_path(cell, "file", WRITE), PERM);
  assert_int_equal(open_path(cell, "file", READ | WRITE | CL_OPEN_TRUNCATE), PERM);
  assert_string_equal(read_path(cell, "file"), "content");
  int32_t handle = open_path(cell, "new", WRITE | CREATE);
  struct stat stat;
  assert_int_equal(fstat(cell->files->handles[handle & 63].fd, &stat), 0);
  assert_int_equal(stat.st_mode & 07133, 0); /* neither special nor executable, nor for others to write */
  close_files(cell);
  remove_tree();
}

/* ---- races: somebody outside swaps a directory with a link that leads out, all the time */

static volatile bool racing;

static void *swap(void *unused) {
  (void)unused;
  char a[128], b[128];
  snprintf(a, sizeof a, "%s", at("in/d"));
  snprintf(b, sizeof b, "%s", at("in/evil"));
  while (racing) syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2 /* RENAME_EXCHANGE */);
  return NULL;
}

static void races(void) {
  make_tree();
  assert_int_equal(mkdir(at("in/d"), 0755), 0);
  put_file("in/d/file", "inside");
  assert_int_equal(symlink("../out", at("in/evil")), 0);
  put_file("out/victim", "victim");
  cloche_cell *cell = open_mounted(true);
  pthread_t thread;
  racing = true;
  assert_int_equal(pthread_create(&thread, NULL, swap, NULL), 0);
  int inside = 0, refused = 0;
  for (int i = 0; i < 20000; i++) {
    const char *text = read_path(cell, "d/file");
    assert_string_not_equal(text, "secret");
    if (strcmp(text, "inside") == 0) inside++;
    else refused++;
    int32_t handle = open_path(cell, "d/victim", WRITE | CL_OPEN_TRUNCATE);
    assert_true(handle < 0); /* there is none inside */
    (void)cl_mount_remove(cell, 0, "d/victim", 8, false);
    if (i % 64 == 0) {
      (void)cl_mount_mkdir(cell, 0, "d/new", 5);
      (void)cl_mount_remove(cell, 0, "d/new", 5, true);
    }
  }
  racing = false;
  pthread_join(thread, NULL);
  assert_true(inside + refused == 20000 && inside > 0);
  assert_string_equal(get_file("out/victim"), "victim");
  assert_int_equal(access(at("out/new"), F_OK), -1);
  close_files(cell);
  remove_tree();
}

/* ---- handles */

static void handles_are_few_and_do_not_leak(void) {
  make_tree();
  cloche_cell *cell = open_mounted(false);
  int before = open_fds();
  for (int i = 0; i < 100000; i++) {
    int32_t handle = open_path(cell, "file", READ);
    assert_true(handle >= 0);
    assert_int_equal(cl_mount_close(cell, (uint32_t)handle), 0);
    assert_int_equal(cl_mount_close(cell, (uint32_t)handle), BADF);
    if (i % 1000 == 0) assert_int_equal(open_path(cell, "none", READ), NOENT);
  }
  assert_int_equal(open_fds(), before);
  int32_t handles[CL_HANDLES_MAX];
  for (int i = 0; i < CL_HANDLES_MAX; i++) {
    handles[i] = open_path(cell, i % 2 ? "file" : "sub", READ);
    assert_true(handles[i] >= 0);
  }
  assert_int_equal(open_path(cell, "file", READ), MFILE);
  assert_int_equal(open_fds(), before + CL_HANDLES_MAX);
  uint8_t byte;
  static const uint32_t numbers[] = {0, 1, 63, 64, UINT32_MAX, 0x7FFFFFFF, 0x80000000};
  for (size_t i = 0; i < UT_COUNT(numbers); i++) assert_int_equal(cl_mount_read(cell, numbers[i], 0, &byte, 1), BADF);
  for (int i = 0; i < CL_HANDLES_MAX; i++) assert_int_equal(cl_mount_close(cell, (uint32_t)handles[i]), 0);
  assert_int_equal(open_fds(), before);
  close_files(cell);
  remove_tree();
}

static int32_t opened; /* by a run */

static void open_one(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  opened = open_path(cell, "file", READ);
  assert_int_equal(cloche_cell_resolve(cell, id, "1", 1, NULL), CLOCHE_OK);
}

/* Handles live from run to run of a session, and no longer than a run of another cell; none survives what puts memory back. */
static void when_handles_are_closed(void) {
  make_tree();
  int before = open_fds();
  uint8_t byte;
  for (int session = 0; session < 2; session++) {
    cloche_limits limits = ut_limits();
    limits.wall_ns = 100 * CL_MS;
    cloche_cell *cell = open_files(session, &limits);
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(mount_at(cell, at("in"), "/mnt/in", false, &err), CLOCHE_OK);
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = "open_one";
    tool.fn = open_one;
    assert_int_equal(cloche_cell_tool(cell, &tool, &err), CLOCHE_OK);
    ut_value(cell, "await tools.open_one()", "1");
    assert_int_equal(cl_mount_read(cell, (uint32_t)opened, 0, &byte, 1), session ? 1 : BADF);
    int32_t first = opened;
    ut_ends(cell, "await tools.open_one(); for(;;);", CLOCHE_WALL_TIME_LIMIT);
    assert_int_equal(cl_mount_read(cell, (uint32_t)opened, 0, &byte, 1), BADF);
    assert_int_equal(cl_mount_read(cell, (uint32_t)first, 0, &byte, 1), BADF);
    if (session) {
      ut_value(cell, "await tools.open_one()", "1");
      cloche_cell *copy = ut_fork(cell);
      copy->language = &with_files;
      assert_int_equal(cl_mount_read(copy, (uint32_t)opened, 0, &byte, 1), BADF);
      assert_string_equal(read_path(copy, "file"), "content"); /* with the mount of its parent's */
      assert_int_equal(cl_mount_read(cell, (uint32_t)opened, 0, &byte, 1), 1);
      close_files(copy);
      assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
      assert_int_equal(cl_mount_read(cell, (uint32_t)opened, 0, &byte, 1), BADF);
    }
    close_files(cell);
  }
  assert_int_equal(open_fds(), before);
  remove_tree();
}

/* ---- limits */

static void what_a_run_may_write(void) {
  make_tree();
  cloche_limits limits = ut_limits();
  limits.files_bytes = 1 << 20;
  limits.files_count = 100;
  cloche_cell *cell = open_files(true, &limits);
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(mount_at(cell, at("in"), "/mnt/in", true, &err), CLOCHE_OK);
  int32_t handle = open_path(cell, "big", READ | WRITE | CREATE);
  static uint8_t block[CL_TRANSFER_MAX + 1];
  int32_t total = 0, n;
  while ((n = cl_mount_write(cell, (uint32_t)handle, 0, block, sizeof block)) > 0) {
    assert_true(n <= CL_TRANSFER_MAX);
    total += n;
    assert_true(total <= 1 << 20);
  }
  assert_int_equal(n, NOSPC);
  assert_int_equal(total, 1 << 20);
  assert_int_equal(cl_mount_truncate(cell, (uint32_t)handle, 1ull << 40), NOSPC);
  assert_int_equal(cl_mount_truncate(cell, (uint32_t)handle, UINT64_MAX), INVAL);
  assert_int_equal(cl_mount_truncate(cell, (uint32_t)handle, 10), 0);
  assert_true(cell->limit_hits[CLOCHE_FILES_LIMIT] > 0);
  int made = 1;
  char name[16];
  for (; made < 1000; made++) {
    snprintf(name, sizeof name, "d%d", made);
    int32_t result = cl_mount_mkdir(cell, 0, name, strlen(name));
    if (result == NOSPC) break;
    assert_int_equal(result, 0);
  }
  assert_int_equal(made, 100);
  assert_int_equal(open_path(cell, "another", WRITE | CREATE), NOSPC);
  ut_value(cell, "1", "1"); /* the next run has an account of its own */
  assert_int_equal(cl_mount_mkdir(cell, 0, "again", 5), 0);
  close_files(cell);
  remove_tree();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(what_can_be_mounted),
      UT(which_files_can_be_given),
      UT(reading_and_writing),
      UT(directories_are_listed),
      UT(nothing_changes_in_a_read_only_mount),
      UT(paths_that_lead_out),
      UT(symlinks_that_lead_out),
      UT(other_file_systems),
      UT(no_devices_fifos_or_sockets),
      UT(files_with_special_rights),
      UT(races),
      UT(handles_are_few_and_do_not_leak),
      UT(when_handles_are_closed),
      UT(what_a_run_may_write),
  };
  return UT_RUN("mounts", tests);
}
