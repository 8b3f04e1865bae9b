/* The guest's file system, built natively: what its __wasi_* functions do for paths, descriptors, quotas, the packed
 * library and what the host gives; and that arguments which make no sense are refused. */
#include "vfs.h"

#include "unit.h"
#include "vfs_host.h"

enum { FOLLOW = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, CREAT = __WASI_OFLAGS_CREAT, EXCL = __WASI_OFLAGS_EXCL };

#define fine(expr) assert_int_equal(expr, 0)
#define refused(expr, name) assert_int_equal(expr, __WASI_ERRNO_##name)

static int must_open(const char *path, __wasi_oflags_t oflags, bool readable, bool writable) {
  int fd = vh_open(path, oflags, readable, writable);
  if (fd < 0) fail_msg("%s: error %d", path, -fd);
  return fd;
}

static size_t put(int fd, const char *text) {
  __wasi_ciovec_t pieces[2] = {{(const uint8_t *)text, strlen(text) / 2}};
  pieces[1] = (__wasi_ciovec_t){pieces[0].buf + pieces[0].buf_len, strlen(text) - pieces[0].buf_len};
  size_t done = 0;
  fine(__wasi_fd_write(fd, pieces, 2, &done));
  return done;
}

/* Reads up to 255 bytes as a text. */
static const char *get(int fd, uint64_t at) {
  static char text[256];
  __wasi_iovec_t piece = {(uint8_t *)text, sizeof text - 1};
  size_t done = 0;
  fine(__wasi_fd_pread(fd, &piece, 1, at, &done));
  text[done] = '\0';
  return text;
}

static const char *content(const char *path) {
  int fd = must_open(path, 0, true, false);
  const char *text = get(fd, 0);
  fine(__wasi_fd_close(fd));
  return text;
}

static __wasi_filetype_t type_of(const char *path, bool follow) {
  __wasi_filestat_t stat;
  if (__wasi_path_filestat_get(VH_ROOT, follow ? FOLLOW : 0, path, &stat)) return 255;
  return stat.filetype;
}

static uint64_t size_of(int fd) {
  __wasi_filestat_t stat;
  fine(__wasi_fd_filestat_get(fd, &stat));
  return stat.size;
}

/* Names in a directory, as "a b c", read through a buffer of so many bytes. */
static const char *names_in(const char *path, size_t room) {
  static char out[8192];
  static uint8_t buffer[4096];
  int fd = must_open(path, __WASI_OFLAGS_DIRECTORY, true, false);
  uint64_t cookie = 0;
  out[0] = '\0';
  for (;;) {
    size_t used, at = 0;
    fine(__wasi_fd_readdir(fd, buffer, room, cookie, &used));
    for (__wasi_dirent_t entry; at + sizeof entry <= used; at += sizeof entry + entry.d_namlen) {
      memcpy(&entry, buffer + at, sizeof entry);
      if (at + sizeof entry + entry.d_namlen > used) break;
      snprintf(out + strlen(out), sizeof out - strlen(out), "%s%.*s", out[0] ? " " : "", (int)entry.d_namlen,
               (char *)buffer + at + sizeof entry);
      cookie = entry.d_next;
    }
    if (used < room) break;
    assert_true(at > 0); /* the room is for one entry at least */
  }
  fine(__wasi_fd_close(fd));
  return out;
}

/* ---- the tests */

static void what_is_there_from_the_start(void) {
  __wasi_prestat_t prestat;
  uint8_t name[4];
  refused(__wasi_fd_prestat_get(4, &prestat), BADF);
  fine(__wasi_fd_prestat_get(3, &prestat));
  assert_int_equal(prestat.u.dir.pr_name_len, 1);
  fine(__wasi_fd_prestat_dir_name(3, name, 1));
  assert_int_equal(name[0], '/');
  assert_string_equal(names_in("/", 4096), ". .. dev home mnt tmp usr lib");
  assert_string_equal(names_in("home/user", 4096), ". ..");
  assert_int_equal(type_of("usr/lib/python3.11", true), __WASI_FILETYPE_DIRECTORY);
  __wasi_fdstat_t stat;
  fine(__wasi_fd_fdstat_get(1, &stat));
  assert_int_equal(stat.fs_filetype, __WASI_FILETYPE_CHARACTER_DEVICE);
  assert_true(stat.fs_rights_base & __WASI_RIGHTS_FD_TELL); /* which wasi-libc takes for "no terminal" */
}

static void streams(void) {
  assert_int_equal(put(1, "to the host"), 11);
  assert_string_equal(vh_written[1], "e host");
  put(2, "ab");
  assert_string_equal(vh_written[2], "b");
  uint8_t byte;
  __wasi_iovec_t piece = {&byte, 1};
  __wasi_ciovec_t in = {&byte, 1};
  size_t done = 9;
  uint64_t at;
  fine(__wasi_fd_read(0, &piece, 1, &done));
  assert_int_equal(done, 0);
  refused(__wasi_fd_write(0, &in, 1, &done), BADF);
  refused(__wasi_fd_read(1, &piece, 1, &done), BADF);
  refused(__wasi_fd_seek(1, 0, __WASI_WHENCE_SET, &at), SPIPE);
  refused(__wasi_fd_pwrite(1, &in, 1, 0, &done), SPIPE);
}

static void files(void) {
  int fd = must_open("tmp/a.txt", CREAT, true, true);
  assert_int_equal(put(fd, "hello world"), 11);
  uint64_t at;
  fine(__wasi_fd_tell(fd, &at));
  assert_int_equal(at, 11);
  fine(__wasi_fd_seek(fd, -5, __WASI_WHENCE_END, &at));
  assert_int_equal(at, 6);
  put(fd, "there");
  assert_string_equal(get(fd, 0), "hello there");
  refused(__wasi_fd_seek(fd, -12, __WASI_WHENCE_CUR, &at), INVAL);
  refused(__wasi_fd_seek(fd, INT64_MAX, __WASI_WHENCE_END, &at), INVAL);
  refused(__wasi_fd_seek(fd, 0, 7, &at), INVAL);
  fine(__wasi_fd_filestat_set_size(fd, 5));
  fine(__wasi_fd_filestat_set_size(fd, 8));
  assert_memory_equal(get(fd, 0), "hello\0\0", 8); /* what was cut off does not come back */
  assert_int_equal(size_of(fd), 8);
  fine(__wasi_fd_close(fd));
  refused(__wasi_fd_close(fd), BADF);
  assert_int_equal(vh_open("tmp/a.txt", CREAT | EXCL, false, true), -__WASI_ERRNO_EXIST);
  fine(vh_write("tmp/a.txt", "new"));
  assert_string_equal(content("tmp/a.txt"), "new");
  assert_int_equal(vh_open("tmp/none/a.txt", CREAT, false, true), -__WASI_ERRNO_NOENT);
  assert_int_equal(vh_open("tmp/a.txt/b", CREAT, false, true), -__WASI_ERRNO_NOTDIR);
  assert_int_equal(vh_open("tmp/a.txt/", 0, true, false), -__WASI_ERRNO_NOTDIR);
  assert_int_equal(vh_open("tmp/new/", CREAT, false, true), -__WASI_ERRNO_ISDIR);
  assert_int_equal(vh_open("tmp", 0, true, true), -__WASI_ERRNO_ISDIR);
  assert_int_equal(vh_open("tmp/a.txt", __WASI_OFLAGS_DIRECTORY, true, false), -__WASI_ERRNO_NOTDIR);
}

static void appending(void) {
  fine(vh_write("tmp/log", "one\n"));
  int fd = must_open("tmp/log", 0, true, true), other = must_open("tmp/log", 0, true, true);
  fine(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND));
  uint64_t at;
  fine(__wasi_fd_seek(other, 0, __WASI_WHENCE_END, &at));
  put(other, "two\n");
  put(fd, "three\n");
  assert_string_equal(get(fd, 0), "one\ntwo\nthree\n");
  __wasi_ciovec_t piece = {(const uint8_t *)"ONE", 3};
  size_t done;
  fine(__wasi_fd_pwrite(fd, &piece, 1, 0, &done));
  assert_string_equal(get(fd, 0), "ONE\ntwo\nthree\n");
  fine(__wasi_fd_close(fd));
  fine(__wasi_fd_close(other));
}

static void large_and_sparse_files(void) {
  int fd = must_open("tmp/large", CREAT, true, true);
  static uint8_t block[50000], back[50000];
  for (size_t i = 0; i < sizeof block; i++) block[i] = (uint8_t)(i * 7 + i / 256);
  for (uint64_t at = 3; at < 1000000; at += 70001) {
    __wasi_ciovec_t piece = {block, sizeof block};
    size_t done;
    fine(__wasi_fd_pwrite(fd, &piece, 1, at, &done));
    assert_int_equal(done, sizeof block);
  }
  for (uint64_t at = 3; at < 1000000; at += 70001) {
    __wasi_iovec_t piece = {back, sizeof back};
    size_t done;
    fine(__wasi_fd_pread(fd, &piece, 1, at, &done));
    assert_int_equal(done, sizeof back);
    assert_memory_equal(back, block, sizeof back);
    piece.buf_len = 100;
    fine(__wasi_fd_pread(fd, &piece, 1, at + sizeof block + 10, &done));
    for (size_t i = 0; i < done; i++) assert_int_equal(back[i], 0);
  }
  fine(__wasi_fd_filestat_set_size(fd, 0));
  uint64_t before = vh_asked_bytes;
  fine(__wasi_fd_filestat_set_size(fd, 60 << 20)); /* a hole takes nothing */
  fine(vh_write("tmp/other", "x"));
  assert_true(vh_asked_bytes <= (60 << 20) && before > 0);
  assert_memory_equal(get(fd, (60 << 20) - 4), "\0\0\0\0", 5);
  fine(__wasi_fd_close(fd));
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/large"));
}

static void offsets_that_make_no_sense(void) {
  int fd = must_open("tmp/odd", CREAT, true, true);
  static const uint64_t offsets[] = {UINT64_MAX, UINT64_MAX - 1, INT64_MAX, (uint64_t)INT64_MAX + 1,
                                     1ull << 40, 64 << 20};
  uint8_t byte = 1;
  size_t done;
  for (size_t i = 0; i < UT_COUNT(offsets); i++) {
    __wasi_ciovec_t piece = {&byte, 1};
    __wasi_iovec_t into = {&byte, 1};
    assert_int_not_equal(__wasi_fd_pwrite(fd, &piece, 1, offsets[i], &done), 0);
    vfs_error error = __wasi_fd_pread(fd, &into, 1, offsets[i], &done);
    assert_true(error != 0 || done == 0);
    if (offsets[i] > 64 << 20) assert_int_not_equal(__wasi_fd_filestat_set_size(fd, offsets[i]), 0);
    assert_int_not_equal(__wasi_fd_allocate(fd, offsets[i], offsets[i]), 0);
  }
  assert_int_equal(size_of(fd), 0);
  uint64_t at;
  fine(__wasi_fd_seek(fd, INT64_MAX, __WASI_WHENCE_SET, &at));
  __wasi_ciovec_t piece = {&byte, 1};
  refused(__wasi_fd_write(fd, &piece, 1, &done), FBIG);
  refused(__wasi_fd_seek(fd, 1, __WASI_WHENCE_CUR, &at), INVAL);
  static const int descriptors[] = {-1, 4000, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < UT_COUNT(descriptors); i++) {
    refused(__wasi_fd_close(descriptors[i]), BADF);
    refused(__wasi_fd_renumber(fd, descriptors[i]), BADF);
    refused(__wasi_path_create_directory(descriptors[i], "x"), BADF);
  }
  refused(__wasi_path_create_directory(fd, "x"), NOTDIR);
  fine(__wasi_fd_close(fd));
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/odd"));
}

static void the_root_cannot_be_closed(void) {
  refused(__wasi_fd_close(VH_ROOT), BADF);
  int fd = must_open("tmp", 0, true, false);
  refused(__wasi_fd_renumber(fd, VH_ROOT), BADF);
  fine(__wasi_fd_close(fd));
  assert_int_equal(type_of("tmp", true), __WASI_FILETYPE_DIRECTORY);
}

static void directories(void) {
  fine(vh_mkdir("tmp/d"));
  fine(vh_mkdir("tmp/d/e/")); /* a slash at the end is fine for a directory */
  refused(vh_mkdir("tmp/d"), EXIST);
  refused(vh_mkdir("/"), EXIST);
  refused(vh_mkdir("tmp/none/x"), NOENT);
  fine(vh_write("tmp/d/f", "1"));
  refused(__wasi_path_remove_directory(VH_ROOT, "tmp/d"), NOTEMPTY);
  refused(__wasi_path_unlink_file(VH_ROOT, "tmp/d"), ISDIR);
  refused(__wasi_path_remove_directory(VH_ROOT, "tmp/d/f"), NOTDIR);
  refused(__wasi_path_remove_directory(VH_ROOT, "/"), BUSY);
  refused(__wasi_path_remove_directory(VH_ROOT, "tmp/d/."), BUSY);
  assert_string_equal(content("tmp/d/e/../../d/./f"), "1");
  assert_string_equal(content("/../../tmp/d/f"), "1");
  int dir = must_open("tmp/d", 0, true, false), fd;
  fine(__wasi_path_open(dir, FOLLOW, "f", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
  assert_string_equal(get(fd, 0), "1");
  fine(__wasi_fd_close(fd));
  fine(__wasi_path_unlink_file(dir, "f"));
  fine(__wasi_path_remove_directory(dir, "e"));
  fine(__wasi_path_remove_directory(VH_ROOT, "tmp/d"));
  refused(__wasi_path_create_directory(dir, "x"), NOENT);     /* it is gone, and open still */
  fine(__wasi_path_create_directory(dir, "../from-nowhere")); /* its parent is the root now */
  fine(__wasi_path_remove_directory(VH_ROOT, "from-nowhere"));
  fine(__wasi_fd_close(dir));
}

static void open_files_outlive_their_names(void) {
  int fd = must_open("tmp/gone", CREAT, true, true);
  put(fd, "still here");
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/gone"));
  assert_int_equal(type_of("tmp/gone", true), 255);
  assert_string_equal(get(fd, 0), "still here");
  fine(__wasi_fd_close(fd));
}

static void listing(void) {
  fine(vh_mkdir("tmp/list"));
  char path[64];
  for (int i = 0; i < 40; i++) {
    snprintf(path, sizeof path, "tmp/list/%d", i);
    fine(vh_write(path, ""));
  }
  static char whole[8192];
  snprintf(whole, sizeof whole, "%s", names_in("tmp/list", 4096));
  assert_string_equal(names_in("tmp/list", 60), whole);
  /* removing while reading skips nothing */
  int fd = must_open("tmp/list", 0, true, false), seen = 0;
  uint8_t buffer[200];
  for (uint64_t cookie = 0;;) {
    size_t used, at = 0;
    fine(__wasi_fd_readdir(fd, buffer, sizeof buffer, cookie, &used));
    for (__wasi_dirent_t entry; at + sizeof entry <= used; at += sizeof entry + entry.d_namlen) {
      memcpy(&entry, buffer + at, sizeof entry);
      if (at + sizeof entry + entry.d_namlen > used) break;
      cookie = entry.d_next;
      if (buffer[at + sizeof entry] == '.') continue;
      snprintf(path, sizeof path, "%.*s", (int)entry.d_namlen, (char *)buffer + at + sizeof entry);
      fine(__wasi_path_unlink_file(fd, path));
      seen++;
    }
    if (used < sizeof buffer) break;
  }
  assert_int_equal(seen, 40);
  size_t used;
  fine(__wasi_fd_readdir(fd, buffer, sizeof buffer, UINT64_MAX, &used));
  assert_int_equal(used, 0);
  fine(__wasi_fd_readdir(fd, buffer, 0, 0, &used));
  assert_int_equal(used, 0);
  fine(__wasi_fd_readdir(fd, buffer, 5, 0, &used)); /* a part of an entry */
  assert_int_equal(used, 5);
  fine(__wasi_fd_close(fd));
  refused(__wasi_fd_readdir(1, buffer, 5, 0, &used), NOTDIR);
  fine(__wasi_path_remove_directory(VH_ROOT, "tmp/list"));
}

static void symlinks(void) {
  fine(vh_mkdir("tmp/s"));
  fine(vh_write("tmp/s/file", "text"));
  fine(__wasi_path_symlink("file", VH_ROOT, "tmp/s/rel"));
  fine(__wasi_path_symlink("/tmp/s/file", VH_ROOT, "tmp/s/abs"));
  fine(__wasi_path_symlink("../s", VH_ROOT, "tmp/s/up"));
  fine(__wasi_path_symlink("loop", VH_ROOT, "tmp/s/loop"));
  fine(__wasi_path_symlink("new", VH_ROOT, "tmp/s/dangling"));
  fine(__wasi_path_symlink("/", VH_ROOT, "tmp/s/root"));
  assert_string_equal(content("tmp/s/rel"), "text");
  assert_string_equal(content("tmp/s/up/up/up/abs"), "text");
  assert_string_equal(content("tmp/s/root/tmp/s/file"), "text");
  assert_int_equal(vh_open("tmp/s/loop", 0, true, false), -__WASI_ERRNO_LOOP);
  assert_int_equal(vh_open("tmp/s/loop/x", 0, true, false), -__WASI_ERRNO_LOOP);
  assert_int_equal(vh_open("tmp/s/rel/", 0, true, false), -__WASI_ERRNO_NOTDIR);
  assert_int_equal(type_of("tmp/s/rel", false), __WASI_FILETYPE_SYMBOLIC_LINK);
  assert_int_equal(type_of("tmp/s/rel", true), __WASI_FILETYPE_REGULAR_FILE);
  fine(vh_write("tmp/s/dangling", "made"));
  assert_string_equal(content("tmp/s/new"), "made");
  assert_int_equal(vh_open("tmp/s/dangling", CREAT | EXCL, false, true), -__WASI_ERRNO_EXIST);
  __wasi_fd_t fd;
  refused(__wasi_path_open(VH_ROOT, 0, "tmp/s/rel", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd), LOOP);
  refused(__wasi_path_remove_directory(VH_ROOT, "tmp/s/root/"), BUSY);
  uint8_t target[4];
  size_t used;
  fine(__wasi_path_readlink(VH_ROOT, "tmp/s/abs", target, sizeof target, &used));
  assert_int_equal(used, 4);
  assert_memory_equal(target, "/tmp", 4);
  refused(__wasi_path_readlink(VH_ROOT, "tmp/s/file", target, 4, &used), INVAL);
  refused(__wasi_path_symlink("", VH_ROOT, "tmp/s/empty"), NOENT);
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/s/root"));
  assert_int_equal(type_of("tmp", true), __WASI_FILETYPE_DIRECTORY);
  /* links that grow the path are bounded by its length */
  static char deep[4000];
  memset(deep, 'a', sizeof deep - 1);
  for (size_t i = 100; i < sizeof deep - 1; i += 100) deep[i] = '/';
  fine(__wasi_path_symlink(deep, VH_ROOT, "tmp/s/deep"));
  assert_int_equal(
      vh_open("tmp/s/deep/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
              0, true, false),
      -__WASI_ERRNO_NAMETOOLONG);
}

static void names_and_paths_that_are_too_long(void) {
  static char name[5000];
  memset(name, 'n', sizeof name - 1);
  refused(vh_mkdir(name), NAMETOOLONG);
  name[256] = '\0';
  refused(vh_mkdir(name), NAMETOOLONG);
  name[255] = '\0';
  fine(vh_mkdir(name));
  fine(__wasi_path_remove_directory(VH_ROOT, name));
  refused(vh_mkdir(""), NOENT);
}

static void renaming(void) {
  fine(vh_mkdir("tmp/r"));
  fine(vh_mkdir("tmp/r/a"));
  fine(vh_mkdir("tmp/r/a/b"));
  fine(vh_write("tmp/r/x", "x"));
  fine(vh_write("tmp/r/y", "y"));
#define RENAME(from, to) __wasi_path_rename(VH_ROOT, from, VH_ROOT, to)
  fine(RENAME("tmp/r/x", "tmp/r/y"));
  assert_string_equal(content("tmp/r/y"), "x");
  assert_string_equal(names_in("tmp/r", 4096), ". .. a y");
  refused(RENAME("tmp/r/a", "tmp/r/a/b/c"), INVAL);
  refused(RENAME("tmp/r/a", "tmp/r/a"), SUCCESS);
  refused(RENAME("tmp/r/a", "tmp/r/y"), NOTDIR);
  refused(RENAME("tmp/r/y", "tmp/r/a"), ISDIR);
  refused(RENAME("tmp/r/none", "tmp/r/z"), NOENT);
  refused(RENAME("tmp/r/y", "tmp/r/z/"), NOTDIR);
  refused(RENAME("/", "tmp/r/z"), BUSY);
  refused(RENAME("tmp/r/a/..", "tmp/r/z"), BUSY);
  refused(RENAME("tmp/r/y", "tmp/r/a/."), ISDIR);
  fine(vh_mkdir("tmp/r/empty"));
  fine(RENAME("tmp/r/a", "tmp/r/empty")); /* an empty directory is replaced */
  assert_int_equal(type_of("tmp/r/empty/b", true), __WASI_FILETYPE_DIRECTORY);
  assert_int_equal(type_of("tmp/r/empty/b/../../y", true), __WASI_FILETYPE_REGULAR_FILE);
  fine(vh_mkdir("tmp/r/full"));
  fine(vh_mkdir("tmp/r/full/x"));
  refused(RENAME("tmp/r/empty", "tmp/r/full"), NOTEMPTY);
  fine(__wasi_path_link(VH_ROOT, 0, "tmp/r/y", VH_ROOT, "tmp/r/hard"));
  fine(RENAME("tmp/r/y", "tmp/r/hard"));
  assert_int_equal(type_of("tmp/r/y", true), __WASI_FILETYPE_REGULAR_FILE);
}

static void hard_links(void) {
  fine(vh_write("tmp/h1", "shared"));
  fine(__wasi_path_link(VH_ROOT, 0, "tmp/h1", VH_ROOT, "tmp/h2"));
  __wasi_filestat_t stat;
  fine(vh_stat("tmp/h2", &stat));
  assert_int_equal(stat.nlink, 2);
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/h1"));
  assert_string_equal(content("tmp/h2"), "shared");
  refused(__wasi_path_link(VH_ROOT, 0, "tmp", VH_ROOT, "tmp/h3"), PERM);
  refused(__wasi_path_link(VH_ROOT, 0, "tmp/h2", VH_ROOT, "tmp/h2"), EXIST);
}

static void times(void) {
  __wasi_filestat_t before, after;
  fine(vh_write("tmp/t", "1"));
  fine(vh_stat("tmp", &before));
  fine(vh_write("tmp/t2", "1"));
  fine(vh_stat("tmp", &after));
  assert_true(after.mtim >= before.mtim + 1000); /* though the clock stands still */
  fine(__wasi_path_filestat_set_times(VH_ROOT, FOLLOW, "tmp/t", 5, 6, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
  fine(vh_stat("tmp/t", &after));
  assert_int_equal(after.atim, 5);
  assert_int_equal(after.mtim, 6);
  refused(
      __wasi_path_filestat_set_times(VH_ROOT, FOLLOW, "tmp/t", 5, 6, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW),
      INVAL);
  assert_string_equal(content("tmp/t"), "1");
  fine(vh_stat("tmp/t", &after));
  assert_int_equal(after.atim, 5); /* reading changes nothing */
}

static void quota_of_bytes(void) {
  uint64_t limit = vh_bytes;
  int fd = must_open("tmp/fill", CREAT, true, true);
  static char text[100000];
  memset(text, 'q', sizeof text - 1);
  vh_bytes = vh_asked_bytes + 300000;
  size_t total = 0;
  vfs_error error = 0;
  while (!error && total < 10000000) {
    __wasi_ciovec_t piece = {(const uint8_t *)text, sizeof text - 1};
    size_t done = 0;
    error = __wasi_fd_write(fd, &piece, 1, &done);
    total += done;
  }
  refused(error, NOSPC);
  assert_true(total >= 200000 && total < 10000000);
  assert_int_equal(size_of(fd), total);
  assert_true(vh_asked_bytes <= vh_bytes);
  fine(__wasi_fd_filestat_set_size(fd, 0)); /* what is given back is to be had again */
  uint64_t at;
  fine(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &at));
  assert_int_equal(put(fd, text), sizeof text - 1);
  fine(__wasi_fd_close(fd));
  fine(__wasi_path_unlink_file(VH_ROOT, "tmp/fill"));
  vh_bytes = limit;
}

static void quota_of_files(void) {
  uint64_t limit = vh_count;
  fine(vh_mkdir("tmp/many"));
  vh_count = vh_asked_count + 50;
  char path[64];
  int made = 0;
  vfs_error error = 0;
  for (; made < 1000; made++) {
    snprintf(path, sizeof path, "tmp/many/%d", made);
    error = made % 3 == 0   ? vh_mkdir(path)
            : made % 3 == 1 ? vh_write(path, "")
                            : __wasi_path_symlink("x", VH_ROOT, path);
    if (error) break;
  }
  refused(error, NOSPC);
  assert_true(made <= 50);
  vh_count = limit;
}

static void descriptors_run_out(void) {
  fine(vh_write("tmp/one", "1"));
  static int open_now[VFS_FDS_MAX];
  int count = 0, fd;
  while ((fd = vh_open("tmp/one", 0, true, false)) >= 0) {
    assert_true(count < VFS_FDS_MAX);
    open_now[count++] = fd;
  }
  assert_int_equal(fd, -__WASI_ERRNO_MFILE);
  assert_true(count > VFS_FDS_MAX - 16);
  for (int i = 0; i < count; i++) fine(__wasi_fd_close(open_now[i]));
  for (int i = 0; i < 100000; i++) {
    fd = must_open("tmp/one", 0, true, false);
    fine(__wasi_fd_close(fd));
  }
  fd = must_open("tmp/one", 0, true, false);
  int other = must_open("tmp/one", 0, true, false);
  fine(__wasi_fd_renumber(fd, other));
  assert_string_equal(get(other, 0), "1");
  refused(__wasi_fd_close(fd), BADF);
  fine(__wasi_fd_close(other));
}

static void the_null_device(void) {
  int fd = must_open("dev/null", 0, true, true);
  assert_int_equal(put(fd, "nothing"), 7);
  assert_string_equal(get(fd, 0), "");
  assert_int_not_equal(__wasi_fd_filestat_set_size(fd, 10), 0);
  fine(__wasi_fd_close(fd));
}

static uint8_t *read_blob(size_t *len) {
  FILE *file = fopen(VFS_BLOB, "rb");
  assert_non_null(file);
  static uint8_t bytes[65536];
  *len = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return bytes;
}

static void the_packed_library(void) {
  size_t len;
  uint8_t *blob = read_blob(&len);
  fine(cl_vfs_stdlib(blob, len));
  assert_string_equal(names_in("usr/lib/python3.11", 4096), ". .. empty json os.py");
  assert_string_equal(names_in("usr/lib/python3.11/json", 64), ". .. __init__.py decoder.py encoder.py");
  assert_string_equal(content("usr/lib/python3.11/os.py"), "answer = 42\n");
  assert_string_equal(content("usr/lib/python3.11/json/../json/encoder.py"), "same");
  assert_string_equal(content("usr/lib/python3.11/json/../../../lib/python3.11/os.py"), "answer = 42\n");
  assert_string_equal(content("usr/lib/python3.11/empty/__init__.py"), "");
  __wasi_filestat_t stat;
  fine(vh_stat("usr/lib/python3.11/os.py", &stat));
  assert_int_equal(stat.size, 12);
  assert_int_equal(stat.mtim, 1700000000ull * 1000000000);
  assert_int_equal(vh_open("usr/lib/python3.11/os.py", 0, true, true), -__WASI_ERRNO_ROFS);
  assert_int_equal(vh_open("usr/lib/python3.11/new.py", CREAT, true, true), -__WASI_ERRNO_ROFS);
  assert_int_equal(vh_open("usr/lib/python3.11/json/none.py", 0, true, false), -__WASI_ERRNO_NOENT);
  assert_int_equal(vh_open("usr/lib/python3.11/os.py/x", 0, true, false), -__WASI_ERRNO_NOTDIR);
  refused(vh_mkdir("usr/lib/python3.11/new"), ROFS);
  refused(__wasi_path_unlink_file(VH_ROOT, "usr/lib/python3.11/os.py"), ROFS);
  refused(__wasi_path_remove_directory(VH_ROOT, "usr/lib/python3.11"), BUSY);
  refused(__wasi_path_rename(VH_ROOT, "usr/lib/python3.11", VH_ROOT, "tmp/lib"), BUSY);
  refused(__wasi_path_rename(VH_ROOT, "tmp/t", VH_ROOT, "usr/lib/python3.11/t"), ROFS);
  refused(__wasi_path_rename(VH_ROOT, "usr", VH_ROOT, "tmp/usr"), BUSY);
  refused(__wasi_path_remove_directory(VH_ROOT, "mnt"), BUSY);
  refused(__wasi_path_unlink_file(VH_ROOT, "dev/null"), BUSY);
  refused(__wasi_path_rename(VH_ROOT, "tmp/t", VH_ROOT, "dev/null"), BUSY);
  int fd = must_open("usr/lib/python3.11/json", 0, true, false), inner;
  fine(__wasi_path_open(fd, FOLLOW, "decoder.py", 0, __WASI_RIGHTS_FD_READ, 0, 0, &inner));
  assert_string_equal(get(inner, 2), "me");
  assert_string_equal(get(inner, UINT32_MAX), "");
  fine(__wasi_fd_close(inner));
  fine(__wasi_fd_close(fd));
}

/* No change of the blob makes anything read outside of it. */
static void damaged_libraries(void) {
  size_t len;
  uint8_t *blob = read_blob(&len);
  for (size_t i = 0; i < len; i++) {
    uint8_t *copy = malloc(len);
    memcpy(copy, blob, len);
    copy[i] ^= 0xFF;
    if (cl_vfs_stdlib(copy, len) == 0) names_in("usr/lib/python3.11", 4096);
    fine(cl_vfs_stdlib(blob, len));
    free(copy);
    copy = malloc(i + 1);
    memcpy(copy, blob, i);
    assert_int_not_equal(cl_vfs_stdlib(copy, i), 0);
    free(copy);
  }
}

static void mounts(void) {
  fine(vh_mkdir("mnt/data"));
  fine(vh_write("mnt/data/before", "shadowed"));
  vh_mount = "/mnt/data";
  fine(cl_vfs_mounts(1));
  fine(cl_vfs_mounts(1));
  vh_asked[0] = '\0';
  vh_answer = 5;
  assert_int_equal(type_of("mnt/data/a/../b//c", true), __WASI_FILETYPE_DIRECTORY);
  assert_int_equal(type_of("mnt/data/..", true), __WASI_FILETYPE_DIRECTORY); /* is the guest's own again */
  assert_int_equal(type_of("mnt/data/x/../../data", false), __WASI_FILETYPE_DIRECTORY);
  int fd = must_open("mnt/data/sub", CREAT | EXCL, true, true), inner;
  fine(__wasi_path_open(fd, 0, "../f", 0, __WASI_RIGHTS_FD_READ, 0, 0, &inner));
  refused(__wasi_path_symlink("x", VH_ROOT, "mnt/data/l"), PERM);
  refused(__wasi_path_link(VH_ROOT, 0, "tmp/t", VH_ROOT, "mnt/data/l"), XDEV);
  refused(__wasi_path_rename(VH_ROOT, "tmp/t", VH_ROOT, "mnt/data/t"), XDEV);
  refused(__wasi_path_rename(VH_ROOT, "mnt/data/t", VH_ROOT, "tmp/t"), XDEV);
  refused(__wasi_path_rename(VH_ROOT, "mnt/data", VH_ROOT, "mnt/other"), BUSY);
  refused(__wasi_path_remove_directory(VH_ROOT, "mnt/data"), BUSY);
  refused(vh_mkdir("mnt/data"), EXIST);
  vh_answer = 0;
  fine(vh_mkdir("mnt/data/d"));
  fine(__wasi_path_rename(VH_ROOT, "mnt/data/p", VH_ROOT, "mnt/data/q"));
  fine(__wasi_path_unlink_file(VH_ROOT, "mnt/data/p"));
  assert_string_equal(vh_asked,
                      "stat 0 'b/c'\n"
                      "lstat 0 ''\n"
                      "open/4f 0 'sub'\n"
                      "open/41 0 'f'\n"
                      "mkdir 0 'd'\n"
                      "from 0 'p'\n"
                      "to 0 'q'\n"
                      "unlink 0 'p'\n");
  vh_answer = -__WASI_ERRNO_IO;
  uint8_t byte = 0;
  __wasi_ciovec_t piece = {&byte, 1};
  size_t done;
  refused(__wasi_path_unlink_file(VH_ROOT, "mnt/data/p"), IO);
  assert_int_equal(vh_open("mnt/data/p", 0, true, false), -__WASI_ERRNO_IO);
  assert_int_not_equal(__wasi_fd_write(fd, &piece, 1, &done), 0);
  vh_mount = NULL;
  fine(cl_vfs_mounts(0));
  assert_string_equal(content("mnt/data/before"), "shadowed");
  assert_int_not_equal(__wasi_fd_filestat_get(fd, &(__wasi_filestat_t){0}), 0);
  fine(__wasi_fd_close(fd));
  fine(__wasi_fd_close(inner));
  vh_answer = 0;
  vh_mount = "/new/place/here"; /* what lacks on the way is made */
  fine(cl_vfs_mounts(2));
  assert_int_equal(type_of("new/place/here/x", true), __WASI_FILETYPE_DIRECTORY);
  vh_mount = "/usr/lib/python3.11/os.py";
  assert_int_not_equal(cl_vfs_mounts(3), 0);
  assert_int_equal(type_of("new/place/here", true), 255);
  vh_mount = NULL;
  fine(cl_vfs_mounts(0));
}

static void files_from_the_host(void) {
  vh_file = "/db/main.txt";
  vh_content = "what the host has for the guest";
  fine(cl_vfs_file(0));
  assert_string_equal(content("db/main.txt"), vh_content);
  vh_content = "again";
  vh_file_flags = HOST_FILE_PATH_ENTRY;
  fine(cl_vfs_file(0));
  assert_string_equal(content("db/main.txt"), "again");
  assert_string_equal(cl_vfs_path_entry(), "/db/main.txt");
  assert_null(cl_vfs_path_entry());
  refused(cl_vfs_file(1), NOENT);
  vh_file = "/tmp";
  refused(cl_vfs_file(0), ISDIR);
  vh_file = "/usr/lib/python3.11/x";
  refused(cl_vfs_file(0), ROFS);
  uint64_t limit = vh_bytes;
  vh_bytes = 4;
  vh_file = "/db/too-much";
  refused(cl_vfs_file(0), NOSPC);
  assert_int_equal(type_of("db/too-much", true), 255);
  vh_bytes = limit;
}

static void clocks_and_sleep(void) {
  uint64_t time;
  fine(__wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 0, &time));
  assert_int_equal(time, vh_clock);
  refused(__wasi_clock_time_get(99, 0, &time), INVAL);
  __wasi_subscription_t in[2] = {{.userdata = 7}, {.userdata = 8}};
  __wasi_event_t out[2];
  size_t events;
  in[0].u.u.clock = (__wasi_subscription_clock_t){.id = 0, .timeout = 5000};
  in[1].u.u.clock = (__wasi_subscription_clock_t){.id = 0, .timeout = 9000};
  fine(__wasi_poll_oneoff(in, out, 2, &events));
  assert_int_equal(vh_slept, 5000);
  assert_int_equal(events, 1);
  assert_int_equal(out[0].userdata, 7);
  in[0].u.u.clock =
      (__wasi_subscription_clock_t){.id = 0, .timeout = 1, .flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME};
  vh_slept = 0;
  fine(__wasi_poll_oneoff(in, out, 1, &events));
  assert_int_equal(vh_slept, 0); /* it is past */
  in[0].u.tag = __WASI_EVENTTYPE_FD_READ;
  in[0].u.u.fd_read.file_descriptor = 99;
  fine(__wasi_poll_oneoff(in, out, 2, &events));
  assert_int_equal(events, 1);
  assert_int_equal(out[0].error, __WASI_ERRNO_BADF);
  refused(__wasi_poll_oneoff(in, out, 0, &events), INVAL);
}

static void the_environment(void) {
  size_t count, bytes;
  fine(__wasi_environ_sizes_get(&count, &bytes));
  uint8_t *list[16], text[512];
  assert_true(count <= 16 && bytes <= sizeof text);
  fine(__wasi_environ_get(list, text));
  assert_string_equal(list[0], "HOME=/home/user");
  assert_int_equal((size_t)(list[count - 1] - text) + strlen((char *)list[count - 1]) + 1, bytes);
}

/* The group has no engine. */
static void enter(void **state) { ((ut_fn)*state)(); }
#define TEST(fn) \
  { #fn, enter, NULL, NULL, (void *)(fn) }

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_is_there_from_the_start),
      TEST(streams),
      TEST(files),
      TEST(appending),
      TEST(large_and_sparse_files),
      TEST(offsets_that_make_no_sense),
      TEST(the_root_cannot_be_closed),
      TEST(directories),
      TEST(open_files_outlive_their_names),
      TEST(listing),
      TEST(symlinks),
      TEST(names_and_paths_that_are_too_long),
      TEST(renaming),
      TEST(hard_links),
      TEST(times),
      TEST(quota_of_bytes),
      TEST(quota_of_files),
      TEST(descriptors_run_out),
      TEST(the_null_device),
      TEST(the_packed_library),
      TEST(damaged_libraries),
      TEST(mounts),
      TEST(files_from_the_host),
      TEST(clocks_and_sleep),
      TEST(the_environment),
  };
  return _cmocka_run_group_tests("vfs", tests, UT_COUNT(tests), NULL, NULL);
}
