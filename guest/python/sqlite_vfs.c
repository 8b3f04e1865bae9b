/* SQLite's view of the guest's files (its sqlite3_vfs): databases and journals are files like any other.
 *
 * One process has the files, so a lock is a word in memory: each file that is open has one record, found by device and
 * inode, with who holds what. The rules are SQLite's own (sqlite.org/lockingv3.html): any number may read, one may
 * prepare to write, and to write it must be alone. There is no write-ahead log: that wants shared memory.
 *
 * Nothing is ever synced: memory survives what the guest survives, and a database in a mounted directory is as safe
 * against a crash of the machine as any file that is not synced. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

enum { PATH_ROOM = 4096, SECTOR = 4096 };
static const sqlite3_int64 unix_epoch_ms = 210866760000000; /* Julian milliseconds at 1970-01-01 */

/* ---- locks */

typedef struct lock_record {
  struct lock_record *next;
  dev_t dev;
  ino_t ino;
  uint32_t opens, readers;
  const void *writer; /* the file that holds RESERVED or more */
  bool pending;       /* the writer waits for readers to go, and no new ones come */
} lock_record;

typedef struct {
  sqlite3_file base;
  int fd;
  int level; /* SQLITE_LOCK_… */
  lock_record *lock;
  char *delete_path; /* a temporary file */
} file;

static lock_record *records;

static lock_record *record_of(int fd) {
  struct stat stat;
  if (fstat(fd, &stat) != 0) return NULL;
  lock_record *r = records;
  while (r && (r->dev != stat.st_dev || r->ino != stat.st_ino)) r = r->next;
  if (!r) {
    r = sqlite3_malloc((int)sizeof *r);
    if (!r) return NULL;
    *r = (lock_record){.next = records, .dev = stat.st_dev, .ino = stat.st_ino};
    records = r;
  }
  r->opens++;
  return r;
}

static void drop_record(lock_record *record) {
  if (--record->opens > 0) return;
  lock_record **at = &records;
  while (*at != record) at = &(*at)->next;
  *at = record->next;
  sqlite3_free(record);
}

static int lock_file(sqlite3_file *base, int level) {
  file *f = (file *)base;
  lock_record *r = f->lock;
  if (f->level >= level) return SQLITE_OK;
  if (r->writer && r->writer != f && (level > SQLITE_LOCK_SHARED || r->pending)) return SQLITE_BUSY;
  if (f->level == SQLITE_LOCK_NONE) r->readers++;
  if (level == SQLITE_LOCK_SHARED) {
    f->level = SQLITE_LOCK_SHARED;
    return SQLITE_OK;
  }
  r->writer = f;
  if (f->level < SQLITE_LOCK_RESERVED) f->level = SQLITE_LOCK_RESERVED;
  if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
  r->pending = true;
  if (f->level < SQLITE_LOCK_PENDING) f->level = SQLITE_LOCK_PENDING;
  if (r->readers > 1) return SQLITE_BUSY; /* the others finish first; PENDING stays */
  f->level = level;
  return SQLITE_OK;
}

static int unlock_file(sqlite3_file *base, int level) {
  file *f = (file *)base;
  lock_record *r = f->lock;
  if (f->level <= level) return SQLITE_OK;
  if (f->level > SQLITE_LOCK_SHARED) {
    r->writer = NULL;
    r->pending = false;
  }
  if (level == SQLITE_LOCK_NONE) r->readers--;
  f->level = level;
  return SQLITE_OK;
}

static int check_reserved(sqlite3_file *base, int *out) {
  *out = ((file *)base)->lock->writer != NULL;
  return SQLITE_OK;
}

/* ---- a file */

static int close_file(sqlite3_file *base) {
  file *f = (file *)base;
  (void)unlock_file(base, SQLITE_LOCK_NONE);
  drop_record(f->lock);
  close(f->fd);
  if (f->delete_path) unlink(f->delete_path);
  sqlite3_free(f->delete_path);
  return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *to, int len, sqlite3_int64 offset) {
  int done = 0;
  while (done < len) {
    ssize_t n = pread(((file *)base)->fd, (char *)to + done, (size_t)(len - done), (off_t)(offset + done));
    if (n < 0) return SQLITE_IOERR_READ;
    if (n == 0) break;
    done += (int)n;
  }
  if (done == len) return SQLITE_OK;
  memset((char *)to + done, 0, (size_t)(len - done));
  return SQLITE_IOERR_SHORT_READ;
}

static int write_file(sqlite3_file *base, const void *from, int len, sqlite3_int64 offset) {
  for (int done = 0; done < len;) {
    ssize_t n = pwrite(((file *)base)->fd, (const char *)from + done, (size_t)(len - done), (off_t)(offset + done));
    if (n <= 0) return n == 0 || errno == ENOSPC || errno == EFBIG ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    done += (int)n;
  }
  return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size) {
  return ftruncate(((file *)base)->fd, (off_t)size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int sync_file(sqlite3_file *base, int flags) {
  (void)base, (void)flags;
  return SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *out) {
  struct stat stat;
  if (fstat(((file *)base)->fd, &stat) != 0) return SQLITE_IOERR_FSTAT;
  *out = stat.st_size;
  return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int what, void *argument) {
  if (what != SQLITE_FCNTL_LOCKSTATE) return SQLITE_NOTFOUND;
  *(int *)argument = ((file *)base)->level;
  return SQLITE_OK;
}

static int sector_size(sqlite3_file *base) {
  (void)base;
  return SECTOR;
}

static int characteristics(sqlite3_file *base) {
  (void)base;
  return SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_SEQUENTIAL | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
};

/* ---- the file system */

static int fill_random(sqlite3_vfs *vfs, int len, char *to) {
  (void)vfs;
  for (int done = 0; done < len; done += 256) /* getentropy's most */
    if (getentropy(to + done, (size_t)(len - done < 256 ? len - done : 256)) != 0) return done;
  return len;
}

/* Opens a new file with a name of its own. */
static int open_temporary(sqlite3_vfs *vfs, char **path) {
  for (int i = 0; i < 10; i++) {
    uint64_t number;
    if (fill_random(vfs, sizeof number, (char *)&number) != sizeof number) return -1;
    *path = sqlite3_mprintf("/tmp/sqlite-%llx", (unsigned long long)number);
    if (!*path) return -1;
    int fd = open(*path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd >= 0) return fd;
    sqlite3_free(*path);
    *path = NULL;
  }
  return -1;
}

static int open_named(const char *name, int *flags) {
  int mode = *flags & SQLITE_OPEN_READWRITE ? O_RDWR : O_RDONLY;
  if (*flags & SQLITE_OPEN_CREATE) mode |= O_CREAT;
  if (*flags & SQLITE_OPEN_EXCLUSIVE) mode |= O_EXCL;
  int fd = open(name, mode, 0644);
  bool may_fall_back = mode == O_RDWR || mode == (O_RDWR | O_CREAT);
  if (fd < 0 && may_fall_back && errno != ENOENT && errno != EISDIR) { /* read-only, perhaps */
    fd = open(name, O_RDONLY);
    if (fd >= 0) *flags = (*flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  }
  return fd;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags) {
  file *f = (file *)base;
  *f = (file){.fd = -1};
  f->fd = name ? open_named(name, &flags) : open_temporary(vfs, &f->delete_path);
  struct stat stat;
  bool is_file = f->fd >= 0 && fstat(f->fd, &stat) == 0 && S_ISREG(stat.st_mode);
  if (is_file && name && (flags & SQLITE_OPEN_DELETEONCLOSE)) f->delete_path = sqlite3_mprintf("%s", name);
  f->lock = is_file ? record_of(f->fd) : NULL;
  if (!f->lock) {
    if (f->fd >= 0) close(f->fd);
    sqlite3_free(f->delete_path);
    return SQLITE_CANTOPEN;
  }
  f->base.pMethods = &methods;
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs, (void)sync;
  if (unlink(name) == 0) return SQLITE_OK;
  return errno == ENOENT ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
}

static int access_file(sqlite3_vfs *vfs, const char *name, int what, int *out) {
  (void)vfs;
  struct stat stat_of;
  bool there = stat(name, &stat_of) == 0;
  if (what == SQLITE_ACCESS_EXISTS) *out = there && stat_of.st_size > 0; /* an empty journal is none */
  else *out = there && access(name, what == SQLITE_ACCESS_READWRITE ? R_OK | W_OK : R_OK) == 0;
  return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *name, int room, char *to) {
  (void)vfs;
  char cwd[PATH_ROOM] = "";
  if (name[0] != '/' && !getcwd(cwd, sizeof cwd)) return SQLITE_CANTOPEN;
  const char *slash = name[0] == '/' || strcmp(cwd, "/") == 0 ? "" : "/";
  size_t need = strlen(cwd) + strlen(slash) + strlen(name) + 1;
  if (room < 0 || need > (size_t)room) return SQLITE_CANTOPEN;
  sqlite3_snprintf(room, to, "%s%s%s", cwd, slash, name);
  return SQLITE_OK;
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  struct timespec time = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
  nanosleep(&time, NULL);
  return microseconds;
}

static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
  (void)vfs;
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return SQLITE_ERROR;
  *out = unix_epoch_ms + (sqlite3_int64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
  return SQLITE_OK;
}

static int current_day(sqlite3_vfs *vfs, double *out) {
  sqlite3_int64 time = 0;
  int status = current_time(vfs, &time);
  *out = (double)time / 86400000.0;
  return status;
}

static int last_error(sqlite3_vfs *vfs, int room, char *to) {
  (void)vfs, (void)room, (void)to;
  return errno;
}

static sqlite3_vfs guest_files = {
    .iVersion = 2,
    .szOsFile = sizeof(file),
    .mxPathname = PATH_ROOM - 1,
    .zName = "cloche",
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = full_path,
    .xRandomness = fill_random,
    .xSleep = sleep_for,
    .xCurrentTime = current_day,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = current_time,
};

/** SQLite calls these, which is built with SQLITE_OS_OTHER. */
int sqlite3_os_init(void) { return sqlite3_vfs_register(&guest_files, 1); }
int sqlite3_os_end(void) { return SQLITE_OK; }
