/* Drills: memory, and what may be mapped. */

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "attempt.h"

enum { PAGE = 4096, BOX = 4 };

static void *some_page(void) { return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

static int map(int protection, int flags, int fd) {
  return mmap(NULL, PAGE, protection, flags, fd, 0) == MAP_FAILED ? errno : 0;
}

static int map_code(const drill_target *target) {
  UNUSED;
  return map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static int map_all(const drill_target *target) {
  UNUSED;
  return map(PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static int make_code(const drill_target *target) {
  UNUSED;
  return came(mprotect(some_page(), PAGE, PROT_READ | PROT_EXEC));
}

/* The kernel takes unsigned long: bits above an int's must not hide the one that matters. */
static int make_code_high(const drill_target *target) {
  UNUSED;
  return came(syscall(SYS_mprotect, some_page(), PAGE, PROT_READ | PROT_EXEC | (1ul << 40)));
}

static int write_code(const drill_target *target) {
  UNUSED;
  void *page = (void *)((uintptr_t)&make_code & ~(uintptr_t)(PAGE - 1));
  if (mprotect(page, PAGE, PROT_READ | PROT_WRITE) != 0) return errno;
  return came(mprotect(page, PAGE, PROT_READ | PROT_EXEC));
}

static int move_onto_code(const drill_target *target) {
  UNUSED;
  void *at = (void *)((uintptr_t)&map_code & ~(uintptr_t)(PAGE - 1));
  return mremap(some_page(), PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED ? errno : 0;
}

static int map_shared(const drill_target *target) {
  UNUSED;
  return map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
}

static int map_box_code(const drill_target *target) {
  UNUSED;
  return map(PROT_READ | PROT_EXEC, MAP_SHARED, BOX);
}

static int memory_program(const drill_target *target) {
  UNUSED;
  int fd = (int)syscall(SYS_memfd_create, "program", MFD_CLOEXEC);
  if (fd < 0) return errno;
  if (syscall(SYS_pwrite64, fd, "#!/bin/sh\n", 10, 0) < 0) return errno;
  char *const none[] = {NULL};
  return came(syscall(SYS_execveat, fd, "", none, none, 0x1000 /* AT_EMPTY_PATH */));
}

/* As many descriptors as there may be; that is no success, but the next worker has to start all the same. */
static int descriptors(const drill_target *target) {
  UNUSED;
  for (int i = 0; i < 1 << 20; i++)
    if (syscall(SYS_memfd_create, "x", MFD_CLOEXEC) < 0) return errno;
  return 0;
}

static int huge_file(const drill_target *target) {
  UNUSED;
  int fd = (int)syscall(SYS_memfd_create, "x", MFD_CLOEXEC);
  return fd < 0 ? errno : came(syscall(SYS_pwrite64, fd, "x", 1, (off_t)1 << 40));
}

static int address_space(const drill_target *target) {
  UNUSED;
  for (int i = 0; i < 1 << 20; i++)
    if (mmap(NULL, (size_t)1 << 44, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED)
      return errno;
  return 0;
}

CALL(seal_file, SYS_memfd_create, "x", MFD_CLOEXEC | MFD_ALLOW_SEALING)
CALL(secret_memory, 447 /* memfd_secret */, 0)
CALL(cut_box, SYS_ftruncate, BOX, 0)
CALL(grow_box, SYS_fallocate, BOX, 0, 0, (off_t)1 << 30)
CALL(seal_box, SYS_fcntl, BOX, 1033 /* F_ADD_SEALS */, 8 /* F_SEAL_WRITE */)
CALL(duplicate, SYS_dup, 3)
CALL(duplicate_to, SYS_dup3, 3, 50, 0)
CALL(faults, SYS_userfaultfd, 0)
CALL(protection_keys, SYS_pkey_mprotect, some_page(), PAGE, PROT_READ | PROT_EXEC, -1)
CALL(remap, SYS_remap_file_pages, some_page(), PAGE, 0, 0, 0)
CALL(advise_other, 440 /* process_madvise */, 3, NULL, 0, 0, 0)
CALL(poison, SYS_madvise, some_page(), PAGE, 100 /* MADV_HWPOISON */)
CALL(huge, SYS_madvise, some_page(), PAGE, MADV_HUGEPAGE)
CALL(lock, SYS_mlock, some_page(), PAGE)
CALL(shared_segment, SYS_shmget, 0, PAGE, 0600)
CALL(splice_pages, SYS_vmsplice, 3, NULL, 0, 0)

const drill drill_memory[] = {
    {"map_code", "map executable memory", map_code, K, 0},
    {"map_all", "map memory that is writable and executable", map_all, K, 0},
    {"make_code", "make memory executable", make_code, K, 0},
    {"make_code_high", "the same with bits that the filter might overlook", make_code_high, K, 0},
    {"write_code", "rewrite the worker's own code", write_code, DRILL_KILLED | DRILL_CRASHED, 0},
    {"move_onto_code", "move memory onto the worker's code", move_onto_code, K, 0},
    {"map_shared", "map shared memory", map_shared, K, 0},
    {"map_box_code", "execute what is in a box", map_box_code, K, 0},
    {"memory_program", "execute a memory file", memory_program, K, R},
    {"memfd_secret", "secret memory", secret_memory, K, 0},
    {"memfd_sealing", "a memory file that can be sealed", seal_file, K, 0},
    {"descriptors", "use all descriptors up", descriptors, R, R},
    {"huge_file", "a memory file of a terabyte", huge_file, DRILL_REFUSED | DRILL_CRASHED,
     DRILL_REFUSED | DRILL_CRASHED},
    {"address_space", "use all addresses up", address_space, R, R},
    {"cut_box", "cut a box while the supervisor reads it", cut_box, K, R},
    {"grow_box", "have a box grow", grow_box, K, R},
    {"seal_box", "seal a box", seal_box, K, R},
    {"dup", "duplicate the channel", duplicate, K, 0},
    {"dup3", "duplicate it to a place of choice", duplicate_to, K, 0},
    {"userfaultfd", "handle page faults", faults, K, 0},
    {"pkey_mprotect", "make memory executable by another call", protection_keys, K, 0},
    {"remap_file_pages", "move pages of a mapping", remap, K, 0},
    {"process_madvise", "advise another process's memory", advise_other, K, 0},
    {"madvise_poison", "poison memory", poison, K, R},
    {"madvise_huge", "huge pages", huge, K, 0},
    {"mlock", "lock memory", lock, K, 0},
    {"shmget", "a shared segment", shared_segment, K, 0},
    {"vmsplice", "give pages away", splice_pages, K, 0},
    {0},
};
