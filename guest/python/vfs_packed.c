/* The standard library: one read-only blob, made by pack.py, that the image build puts into memory. All numbers are little
 * endian, all offsets are from its start:
 *
 *     "CLPACK1\n"  count u32  bytes u32  time u64            the time of all files, nanoseconds since the epoch
 *     count times: name u32  name length u16  is_dir u16  parent u32  start u32  size u32
 *     names and contents
 *
 * Entry 0 is the top. A directory's children are `size` entries from number `start`, sorted by name as bytes; a file's
 * content is `size` bytes from offset `start`. cl_vfs_stdlib checks all of it once. */
#include <string.h>

#include "vfs.h"

enum { HEADER = 24, ENTRY = 20 };

static const uint8_t *blob;
static uint32_t blob_count;
static uint64_t blob_time;

static uint32_t u16_at(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static uint32_t u32_at(const uint8_t *p) { return u16_at(p) | u16_at(p + 2) << 16; }

static vfs_packed entry_at(const uint8_t *bytes, uint32_t index) {
  const uint8_t *e = bytes + HEADER + (size_t)index * ENTRY;
  bool is_dir = u16_at(e + 6) != 0;
  uint32_t start = u32_at(e + 12), size = u32_at(e + 16);
  return (vfs_packed){.name = (const char *)bytes + u32_at(e),
                      .name_len = u16_at(e + 4),
                      .is_dir = is_dir,
                      .parent = u32_at(e + 8),
                      .data = is_dir ? NULL : bytes + start,
                      .size = size,
                      .first = is_dir ? start : 0};
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len) {
  int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
  return order ? order : (a_len > b_len) - (a_len < b_len);
}

/* Children come after their directory and know it, so that there are no circles. */
static bool children_are_good(const uint8_t *bytes, uint32_t count, uint32_t index) {
  vfs_packed dir = entry_at(bytes, index);
  if (dir.size == 0) return true;
  if (dir.first <= index || dir.first >= count || dir.size > count - dir.first) return false;
  for (uint32_t i = dir.first; i < dir.first + dir.size; i++) {
    vfs_packed child = entry_at(bytes, i);
    if (child.parent != index) return false;
    if (i == dir.first) continue;
    vfs_packed before = entry_at(bytes, i - 1);
    if (compare(before.name, before.name_len, child.name, child.name_len) >= 0) return false;
  }
  return true;
}

static bool is_good(const uint8_t *bytes, size_t len) {
  if (len < HEADER || memcmp(bytes, "CLPACK1\n", 8) != 0 || u32_at(bytes + 12) != len) return false;
  uint32_t count = u32_at(bytes + 8);
  if (count == 0 || count > (len - HEADER) / ENTRY) return false;
  for (uint32_t i = 0; i < count; i++) { /* names first: comparing them reads them */
    const uint8_t *e = bytes + HEADER + (size_t)i * ENTRY;
    uint32_t name = u32_at(e), name_len = u16_at(e + 4), start = u32_at(e + 12), size = u32_at(e + 16);
    if (name > len || name_len > len - name || name_len > VFS_NAME_MAX || (i > 0 && name_len == 0)) return false;
    if (u16_at(e + 6) > 1 || memchr(bytes + name, '/', name_len)) return false;
    if (u16_at(e + 6) == 0 && (start > len || size > len - start)) return false;
    if (i > 0 && u32_at(e + 8) >= i) return false;
  }
  if (!entry_at(bytes, 0).is_dir || entry_at(bytes, 0).parent != 0) return false;
  for (uint32_t i = 0; i < count; i++)
    if (entry_at(bytes, i).is_dir && !children_are_good(bytes, count, i)) return false;
  return true;
}

int32_t CL_EXPORT(cl_vfs_stdlib)(const uint8_t *bytes, size_t len) {
  if (!is_good(bytes, len)) return __WASI_ERRNO_INVAL;
  blob = bytes;
  blob_count = u32_at(bytes + 8);
  blob_time = u32_at(bytes + 16) | (uint64_t)u32_at(bytes + 20) << 32;
  return 0;
}

bool vfs_packed_at(uint32_t index, vfs_packed *out) {
  if (index >= blob_count) return false;
  *out = entry_at(blob, index);
  return true;
}

bool vfs_packed_find(uint32_t dir, const char *name, size_t len, uint32_t *out) {
  vfs_packed d;
  if (!vfs_packed_at(dir, &d) || !d.is_dir) return false;
  uint32_t low = d.first, high = d.first + (uint32_t)d.size;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    vfs_packed child = entry_at(blob, middle);
    int order = compare(name, len, child.name, child.name_len);
    if (order == 0) {
      *out = middle;
      return true;
    }
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

void vfs_packed_stat(uint32_t index, __wasi_filestat_t *out) {
  vfs_packed entry = {.is_dir = true}; /* without a blob there is the top alone, and it is empty */
  vfs_packed_at(index, &entry);
  memset(out, 0, sizeof *out);
  out->dev = 2;
  out->ino = index + 1u;
  out->filetype = entry.is_dir ? __WASI_FILETYPE_DIRECTORY : __WASI_FILETYPE_REGULAR_FILE;
  out->nlink = 1;
  out->size = entry.is_dir ? 0 : entry.size;
  out->atim = out->mtim = out->ctim = blob_time;
}
