/* Zip archives, as PKWARE's APPNOTE describes them: the end record says where the central directory is, the directory where
 * each file's local header is. Every number is the archive's author's, so each is checked against what lies around it.
 *
 * Stricter than most readers on purpose, so that no two of them can see different archives: nothing stands in front of the
 * first file or between the directory and the end record, the last end record is the only one looked at, and what the
 * directory says of a file its local header says, too. */
#include "zip_check.h"

#include <string.h>

#include "error.h"
#include "json.h"

enum {
  END_BYTES = 22,
  CENTRAL_BYTES = 46,
  LOCAL_BYTES = 30,
  ZIP64_LOCATOR_BYTES = 20,
  COMMENT_MAX = 65535,
  PART_MAX = 255,
  STORED = 0,
  DEFLATED = 8,
  DEFLATE_MOST = 1032, /* bytes that one byte can become */
};
enum {
  FLAG_ENCRYPTED = 1,
  FLAG_SIZES_FOLLOW = 1 << 3,
  FLAG_PATCH = 1 << 5,
  FLAG_STRONG = 1 << 6,
  FLAG_MASKED = 1 << 13
};
#define END_SIGNATURE 0x06054B50u
#define CENTRAL_SIGNATURE 0x02014B50u
#define LOCAL_SIGNATURE 0x04034B50u
#define ZIP64_LOCATOR_SIGNATURE 0x07064B50u
enum { ZIP64_EXTRA = 1 };

typedef struct {
  const char *name; /* of the archive */
  const uint8_t *data;
  size_t len;
  size_t directory, directory_end; /* offsets */
  uint32_t count;
  cloche_error *err;
} archive;

typedef struct {
  const char *name;
  uint32_t name_len, flags, method, packed, unpacked, local;
} entry;

static uint32_t u16(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static uint32_t u32(const uint8_t *p) { return u16(p) | u16(p + 2) << 16; }

#define BAD(a, ...) CL_FAIL((a)->err, INVALID_ARGUMENT, __VA_ARGS__)

/* ---- the end record */

static cloche_status find_end(archive *a, size_t *out) {
  if (a->len < END_BYTES) BAD(a, "%.100s is no zip archive: it is too short", a->name);
  size_t lowest = a->len - END_BYTES > COMMENT_MAX ? a->len - END_BYTES - COMMENT_MAX : 0;
  for (size_t at = a->len - END_BYTES + 1; at-- > lowest;) {
    if (u32(a->data + at) != END_SIGNATURE) continue;
    if (at + END_BYTES + u16(a->data + at + 20) != a->len)
      BAD(a, "%.100s is damaged: something follows the end of the archive", a->name);
    *out = at;
    return CLOCHE_OK;
  }
  BAD(a, "%.100s is no zip archive, or not all of it is there", a->name);
}

static cloche_status read_end(archive *a) {
  size_t end;
  CL_TRY(find_end(a, &end));
  const uint8_t *p = a->data + end;
  uint32_t bytes = u32(p + 12), offset = u32(p + 16);
  a->count = u16(p + 10);
  bool zip64 = end >= ZIP64_LOCATOR_BYTES && u32(p - ZIP64_LOCATOR_BYTES) == ZIP64_LOCATOR_SIGNATURE;
  if (zip64 || a->count == 0xFFFF || bytes == UINT32_MAX || offset == UINT32_MAX)
    BAD(a, "%.100s is an archive of the large format (zip64), which is not taken", a->name);
  if (u16(p + 4) != 0 || u16(p + 6) != 0 || u16(p + 8) != a->count)
    BAD(a, "%.100s is a part of a split archive", a->name);
  if (bytes > end || offset != end - bytes)
    BAD(a, "%.100s is damaged: its directory is not where it says, or something stands in front of it", a->name);
  a->directory = offset;
  a->directory_end = end;
  return CLOCHE_OK;
}

/* ---- names */

static bool name_is_good(const char *name, size_t len) {
  if (len > 1 && name[len - 1] == '/') len--; /* a directory */
  if (len == 0 || memchr(name, '\\', len)) return false;
  for (size_t i = 0; i < len;) {
    size_t n = cl_utf8_length((const unsigned char *)name + i, len - i);
    if (n == 0 || (unsigned char)name[i] < 0x20 || name[i] == 0x7F) return false;
    i += n;
  }
  for (size_t at = 0; at <= len;) {
    const char *slash = memchr(name + at, '/', len - at);
    size_t n = slash ? (size_t)(slash - name) - at : len - at;
    bool dots = (n == 1 && name[at] == '.') || (n == 2 && memcmp(name + at, "..", 2) == 0);
    if (n == 0 || n > PART_MAX || dots) return false;
    at += n + 1;
  }
  return true;
}

static bool ends_with(const char *text, size_t len, const char *end) {
  size_t n = strlen(end);
  return len >= n && memcmp(text + len - n, end, n) == 0;
}

/* ---- entries */

static cloche_status check_extra(archive *a, const uint8_t *at, uint32_t len) {
  while (len >= 4) {
    uint32_t id = u16(at), n = u16(at + 2);
    if (id == ZIP64_EXTRA) BAD(a, "%.100s has entries of the large format (zip64), which is not taken", a->name);
    if (n > len - 4) break;
    at += 4 + n;
    len -= 4 + n;
  }
  if (len > 0) BAD(a, "%.100s is damaged: an entry has an extra field that does not fit", a->name);
  return CLOCHE_OK;
}

static cloche_status read_central(archive *a, size_t *at, entry *e) {
  const uint8_t *p = a->data + *at;
  if (a->directory_end - *at < CENTRAL_BYTES || u32(p) != CENTRAL_SIGNATURE)
    BAD(a, "%.100s is damaged: its directory ends early", a->name);
  uint32_t extra = u16(p + 30), comment = u16(p + 32);
  *e = (entry){.name = (const char *)p + CENTRAL_BYTES,
               .name_len = u16(p + 28),
               .flags = u16(p + 8),
               .method = u16(p + 10),
               .packed = u32(p + 20),
               .unpacked = u32(p + 24),
               .local = u32(p + 42)};
  size_t size = (size_t)CENTRAL_BYTES + e->name_len + extra + comment;
  if (size > a->directory_end - *at) BAD(a, "%.100s is damaged: its directory ends early", a->name);
  if (u16(p + 34) != 0) BAD(a, "%.100s is a part of a split archive", a->name);
  CL_TRY(check_extra(a, p + CENTRAL_BYTES + e->name_len, extra));
  *at += size;
  return CLOCHE_OK;
}

static cloche_status check_entry(archive *a, const entry *e) {
  if (!name_is_good(e->name, e->name_len))
    BAD(a, "%.100s has an entry whose name is not a relative path that stays inside", a->name);
  int n = (int)CL_MIN(e->name_len, 60u);
  if (e->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED))
    BAD(a, "%.100s: '%.*s' is encrypted", a->name, n, e->name);
  if ((e->flags & FLAG_PATCH) || (e->method != STORED && e->method != DEFLATED))
    BAD(a, "%.100s: '%.*s' is compressed in a way that is not taken", a->name, n, e->name);
  bool fits = e->method == STORED ? e->unpacked == e->packed : e->unpacked / DEFLATE_MOST <= e->packed;
  if (!fits) BAD(a, "%.100s: '%.*s' cannot be as large as it says", a->name, n, e->name);
  return CLOCHE_OK;
}

/* Compares the local header with the directory; gives the bytes that header and content take. */
static cloche_status check_local(archive *a, const entry *e, uint64_t *size) {
  int n = (int)CL_MIN(e->name_len, 60u);
  if (e->local > a->directory || a->directory - e->local < LOCAL_BYTES)
    BAD(a, "%.100s is damaged: '%.*s' lies outside of it", a->name, n, e->name);
  const uint8_t *p = a->data + e->local;
  uint32_t name_len = u16(p + 26), extra = u16(p + 28);
  *size = (uint64_t)LOCAL_BYTES + name_len + extra + e->packed;
  if (u32(p) != LOCAL_SIGNATURE || *size > a->directory - e->local)
    BAD(a, "%.100s is damaged: '%.*s' lies outside of it", a->name, n, e->name);
  bool same = name_len == e->name_len && memcmp(p + LOCAL_BYTES, e->name, name_len) == 0 && u16(p + 8) == e->method &&
              ((u16(p + 6) ^ e->flags) & (FLAG_ENCRYPTED | FLAG_SIZES_FOLLOW)) == 0;
  if (!(e->flags & FLAG_SIZES_FOLLOW)) same = same && u32(p + 18) == e->packed && u32(p + 22) == e->unpacked;
  if (!same) BAD(a, "%.100s is damaged: the directory and the file disagree on '%.*s'", a->name, n, e->name);
  return check_extra(a, p + LOCAL_BYTES + name_len, extra);
}

static bool is_machine_code(const entry *e) {
  static const char *const suffixes[] = {".so", ".pyd", ".dll", ".dylib"};
  for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
    if (ends_with(e->name, e->name_len, suffixes[i])) return true;
  return false;
}

static cloche_status check_entries(archive *a, const cl_zip_limits *limits, bool pure) {
  uint64_t unpacked = 0, taken = 0;
  size_t at = a->directory;
  if (a->count > limits->files) BAD(a, "%.100s has %u files, more than limit files_count allows", a->name, a->count);
  for (uint32_t i = 0; i < a->count; i++) {
    entry e;
    uint64_t size;
    CL_TRY(read_central(a, &at, &e));
    CL_TRY(check_entry(a, &e));
    CL_TRY(check_local(a, &e, &size));
    unpacked += e.unpacked;
    taken += size;
    if (pure && is_machine_code(&e))
      BAD(a, "%.100s has machine code in it, which cannot run here: '%.*s'", a->name, (int)CL_MIN(e.name_len, 60u),
          e.name);
  }
  if (at != a->directory_end) BAD(a, "%.100s is damaged: its directory has more than it says", a->name);
  if (taken > a->directory) BAD(a, "%.100s is damaged: its files overlap", a->name);
  if (unpacked > limits->bytes) BAD(a, "%.100s would be larger than limit files_bytes allows when unpacked", a->name);
  return CLOCHE_OK;
}

cloche_status cl_zip_check(const char *name, const uint8_t *data, size_t len, const cl_zip_limits *limits,
                           cloche_error *err) {
  archive a = {.name = name, .data = data, .len = len, .err = err};
  CL_TRY(read_end(&a));
  return check_entries(&a, limits, false);
}

/* ---- wheels */

/* NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl: ours is py3-none-any, or one of several tags is. */
static bool runs_here(const char *name, size_t len) {
  static const char any[] = "-none-any.whl";
  if (!ends_with(name, len, any)) return false;
  size_t end = len - (sizeof any - 1), start = end;
  while (start > 0 && name[start - 1] != '-') start--;
  for (size_t at = start; start > 0 && at < end;) {
    size_t stop = at;
    while (stop < end && name[stop] != '.') stop++;
    if (stop - at >= 3 && (memcmp(name + at, "py3", 3) == 0 || memcmp(name + at, "cp3", 3) == 0)) return true;
    at = stop + 1;
  }
  return false;
}

cloche_status cl_wheel_check(const char *path, const uint8_t *data, size_t len, const cl_zip_limits *limits,
                             cloche_error *err) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  if (ends_with(name, strlen(name), ".whl") && !runs_here(name, strlen(name)))
    CL_FAIL(err, INVALID_ARGUMENT,
            "%.120s is not a wheel of pure Python: the name of such a one ends in py3-none-any.whl", name);
  archive a = {.name = name, .data = data, .len = len, .err = err};
  CL_TRY(read_end(&a));
  return check_entries(&a, limits, true);
}
