/* Drills: files. */

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "attempt.h"

#ifdef SYS_open
CALL(open_plain, SYS_open, target->path, O_RDONLY)
CALL(unlink_plain, SYS_unlink, target->path)
CALL(rename_plain, SYS_rename, target->path, "/tmp/taken")
CALL(symlink_plain, SYS_symlink, target->path, "/tmp/link")
CALL(chmod_plain, SYS_chmod, target->path, 0777)
CALL(mkdir_plain, SYS_mkdir, "/tmp/made", 0777)
#else
#define open_plain open_at
#define unlink_plain unlink_at
#define rename_plain unlink_at
#define symlink_plain open_at
#define chmod_plain open_at
#define mkdir_plain open_at
#endif
CALL(open_at, SYS_openat, AT_FDCWD, target->path, O_RDONLY)
CALL(open_passwd, SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)
CALL(create, SYS_openat, AT_FDCWD, "/tmp/cloche-drill-made", O_WRONLY | O_CREAT, 0600)
CALL(tmpfile_open, SYS_openat, AT_FDCWD, "/tmp", O_RDWR | __O_TMPFILE, 0600)
CALL(open_dev, SYS_openat, AT_FDCWD, "/dev/mem", O_RDWR)
CALL(open_root, SYS_openat, AT_FDCWD, "/", O_RDONLY | O_DIRECTORY)
CALL(own_memory, SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR)
CALL(own_maps, SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY)
CALL(reopen_channel, SYS_openat, AT_FDCWD, "/proc/self/fd/3", O_RDWR)
CALL(unlink_at, SYS_unlinkat, AT_FDCWD, target->path, 0)
CALL(link_at, SYS_linkat, AT_FDCWD, target->path, AT_FDCWD, "/tmp/linked", 0)
CALL(truncate_path, SYS_truncate, target->path, 0)
CALL(change_dir, SYS_chdir, "/etc")
CALL(change_root, SYS_chroot, "/tmp")
CALL(read_link, SYS_readlinkat, AT_FDCWD, "/proc/self/exe", (char[64]){0}, 64)
CALL(stat_path, SYS_newfstatat, AT_FDCWD, target->path, &(struct stat){0}, 0)
CALL(mount_proc, SYS_mount, "proc", "/", "proc", 0, NULL)
CALL(umount_root, SYS_umount2, "/", MNT_DETACH)
CALL(pivot, SYS_pivot_root, ".", ".")
CALL(open_tree_root, 428 /* open_tree */, AT_FDCWD, "/", 1 /* OPEN_TREE_CLONE */)
CALL(fs_open, 430 /* fsopen */, "tmpfs", 0)
CALL(inotify, SYS_inotify_init1, 0)
CALL(fanotify, SYS_fanotify_init, 0, 0)
CALL(send_file, SYS_sendfile, 3, 4, NULL, 4096)

static int open_how(const drill_target *target) {
  struct open_how how = {.flags = O_RDONLY};
  return came(syscall(SYS_openat2, AT_FDCWD, target->path, &how, sizeof how));
}

static int supervisor_memory(const drill_target *target) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", target->supervisor);
  return came(syscall(SYS_openat, AT_FDCWD, path, O_RDWR));
}

static int supervisor_environment(const drill_target *target) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/environ", target->supervisor);
  return came(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY));
}

static int by_name_handle(const drill_target *target) {
  struct {
    struct file_handle head;
    unsigned char bytes[128];
  } handle = {.head.handle_bytes = 128};
  int mount_id;
  return came(syscall(SYS_name_to_handle_at, AT_FDCWD, target->path, &handle, &mount_id, 0));
}

static int by_handle(const drill_target *target) {
  UNUSED;
  struct {
    struct file_handle head;
    unsigned char bytes[8];
  } root = {.head = {.handle_bytes = 8, .handle_type = 1}, .bytes = {2}};
  return came(syscall(SYS_open_by_handle_at, 4, &root, O_RDONLY));
}

static int leaked_descriptor(const drill_target *target) {
  UNUSED;
  for (int fd = 6; fd < 4096; fd++)
    if (syscall(SYS_fcntl, fd, F_GETFD) >= 0) return 0;
  return errno;
}

static int environment(const drill_target *target) {
  UNUSED;
  return environ && *environ ? 0 : ENOENT;
}

/* Of workers with mounts: the directory that is mounted, by its descriptor. */
static int mounted(void) {
  struct stat st;
  for (int fd = 3; fd < 200; fd++)
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) return fd;
  return -1;
}

static int open_mounted(const char *path, uint64_t flags) {
  struct open_how how = {.flags = flags, .mode = flags & O_CREAT ? 0600 : 0};
  int dir = mounted();
  return dir < 0 ? EBADF : came(syscall(SYS_openat2, dir, path, &how, sizeof how));
}

static int mount_read(const drill_target *target) {
  UNUSED;
  return open_mounted("inside", O_RDONLY);
}

static int mount_write(const drill_target *target) {
  UNUSED;
  return open_mounted("inside", O_WRONLY);
}

static int mount_create(const drill_target *target) {
  UNUSED;
  return open_mounted("made", O_WRONLY | O_CREAT);
}

static int mount_leave(const drill_target *target) {
  UNUSED;
  return open_mounted("../secret", O_RDONLY);
}

static int mount_remove(const drill_target *target) {
  UNUSED;
  int dir = mounted();
  return dir < 0 ? EBADF : came(syscall(SYS_unlinkat, dir, "inside", 0));
}

const drill drill_files[] = {
    {"open", "open a file of the supervisor's", open_plain, K, R},
    {"openat", "the same by openat", open_at, K, R},
    {"openat2", "the same by openat2", open_how, K, R},
    {"open_passwd", "open /etc/passwd", open_passwd, K, R},
    {"open_root", "open the root directory, and look around from there", open_root, K, 0},
    {"open_dev", "open /dev/mem", open_dev, K, R},
    {"create", "make a file", create, K, R},
    {"tmpfile", "make a file without a name", tmpfile_open, K, R},
    {"mkdir", "make a directory", mkdir_plain, K, R},
    {"unlink", "remove a file", unlink_plain, K, R},
    {"unlinkat", "remove it by unlinkat", unlink_at, K, R},
    {"rename", "rename it", rename_plain, K, R},
    {"link", "link it elsewhere", link_at, K, R},
    {"symlink", "link to it", symlink_plain, K, R},
    {"chmod", "change its mode", chmod_plain, K, N},
    {"truncate", "cut it", truncate_path, K, N},
    {"stat", "ask whether it exists", stat_path, K, N},
    {"name_to_handle", "ask for its handle", by_name_handle, K, N},
    {"open_by_handle", "open a file by a forged handle", by_handle, K, R},
    {"own_memory", "open /proc/self/mem", own_memory, K, R},
    {"own_maps", "open /proc/self/maps", own_maps, K, R},
    {"reopen", "open the channel anew by /proc/self/fd", reopen_channel, K, R},
    {"readlink", "read a link of /proc", read_link, K, N},
    {"supervisor_memory", "open the supervisor's memory", supervisor_memory, K, R},
    {"supervisor_environment", "open the supervisor's environment", supervisor_environment, K, R},
    {"chdir", "change the directory", change_dir, K, N},
    {"chroot", "change the root", change_root, K, R},
    {"mount", "mount /proc", mount_proc, K, R},
    {"umount", "unmount the root", umount_root, K, R},
    {"pivot_root", "change the root by pivot_root", pivot, K, R},
    {"open_tree", "clone the mounts", open_tree_root, K, R},
    {"fsopen", "make a file system", fs_open, K, R},
    {"leaked_descriptor", "find a descriptor that nobody gave", leaked_descriptor, K, R},
    {"environment", "find the supervisor's environment in memory", environment, R, R},
    {"mount_read", "read by a descriptor of a directory", mount_read, K, 0},
    {"mount_write", "write to a file of a read-only mount", mount_write, K, 0},
    {"mount_create", "make a file in it", mount_create, K, 0},
    {"mount_remove", "remove a file of it", mount_remove, K, 0},
    {"mount_leave", "leave it by \"..\"", mount_leave, K, 0},
    {"inotify", "watch files", inotify, K, 0},
    {"fanotify", "watch files of the system", fanotify, K, 0},
    {"sendfile", "have the kernel send a file", send_file, K, 0},
    {0},
};
