/* Zip archives and wheels: sound ones are taken, and each way of being damaged, misleading or too much is refused with a
 * text of its own. */
#include "zip_check.h"

#include "unit.h"

enum { END = 22 };

/* ---- an archive that is built entry by entry */

static uint8_t bytes[1 << 16], directory[1 << 15];
static size_t len, directory_len;
static unsigned entries;
static cloche_error err;

static void u16(uint8_t *at, unsigned value) {
  at[0] = (uint8_t)value;
  at[1] = (uint8_t)(value >> 8);
}

static void u32(uint8_t *at, uint32_t value) {
  u16(at, value & 0xFFFF);
  u16(at + 2, value >> 16);
}

static void begin(void) { len = directory_len = entries = 0; }

typedef struct {
  const char *name;
  unsigned flags, method;
  uint32_t packed, unpacked; /* the content is `packed` zeros */
  const char *local_name;    /* NULL: the same */
  uint32_t local_size;       /* 0: the same */
  int shift;                 /* of where the directory says that the file is */
  const uint8_t *extra;
  unsigned extra_len;
} file;

static void add(file f) {
  const char *local_name = f.local_name ? f.local_name : f.name;
  uint8_t *p = bytes + len, *c = directory + directory_len;
  size_t offset = len;
  memset(p, 0, 30);
  u32(p, 0x04034B50);
  u16(p + 6, f.flags);
  u16(p + 8, f.method);
  u32(p + 18, f.local_size ? f.local_size : f.packed);
  u32(p + 22, f.unpacked);
  u16(p + 26, (unsigned)strlen(local_name));
  memcpy(p + 30, local_name, strlen(local_name));
  len += 30 + strlen(local_name);
  memset(bytes + len, 0, f.packed);
  len += f.packed;
  memset(c, 0, 46);
  u32(c, 0x02014B50);
  u16(c + 8, f.flags);
  u16(c + 10, f.method);
  u32(c + 20, f.packed);
  u32(c + 24, f.unpacked);
  u16(c + 28, (unsigned)strlen(f.name));
  u16(c + 30, f.extra_len);
  u32(c + 42, (uint32_t)((long)offset + f.shift));
  memcpy(c + 46, f.name, strlen(f.name));
  if (f.extra_len) memcpy(c + 46 + strlen(f.name), f.extra, f.extra_len);
  directory_len += 46 + strlen(f.name) + f.extra_len;
  entries++;
}

static void finish(void) {
  size_t offset = len;
  memcpy(bytes + len, directory, directory_len);
  len += directory_len;
  uint8_t *p = bytes + len;
  memset(p, 0, END);
  u32(p, 0x06054B50);
  u16(p + 8, entries);
  u16(p + 10, entries);
  u32(p + 12, (uint32_t)directory_len);
  u32(p + 16, (uint32_t)offset);
  len += END;
}

static void build(file f) {
  begin();
  add((file){.name = "before.py", .packed = 3, .unpacked = 3});
  add(f);
  finish();
}

/* An exact copy, so that sanitizers see a read past the end. */
static cloche_status check(bool wheel, const char *name) {
  static const cl_zip_limits limits = {.bytes = 1 << 20, .files = 100};
  uint8_t *copy = malloc(len ? len : 1);
  memcpy(copy, bytes, len);
  cloche_status status =
      wheel ? cl_wheel_check(name, copy, len, &limits, &err) : cl_zip_check(name, copy, len, &limits, &err);
  free(copy);
  return status;
}

#define taken()                                                          \
  do {                                                                   \
    if (check(false, "a.zip") != CLOCHE_OK) fail_msg("%s", err.message); \
  } while (0)

static void refused_at(const char *because, int line) {
  if (check(false, "a.zip") != CLOCHE_INVALID_ARGUMENT) fail_msg("line %d: it was taken", line);
  if (!strstr(err.message, because)) fail_msg("line %d: '%s' and not '%s'", line, err.message, because);
}
#define refused(because) refused_at(because, __LINE__)

/* ---- tests */

static void sound_archives(void) {
  begin();
  finish();
  taken(); /* an empty one */
  build((file){.name = "pkg/mod.py", .method = 8, .packed = 10, .unpacked = 500});
  taken();
  build((file){.name = "pkg/", .packed = 0});
  taken();
  build((file){.name = "n\xC3\xA4me.py", .flags = 1 << 11});
  taken();
  build((file){.name = "later.py", .flags = 1 << 3, .method = 8, .packed = 4, .unpacked = 4, .local_size = 99});
  taken(); /* its sizes follow it */
  static const uint8_t extra[] = {0x55, 0x54, 1, 0, 9};
  build((file){.name = "times.py", .extra = extra, .extra_len = sizeof extra});
  taken();
  build((file){.name = "a.py"});
  static const char comment[] = "said of the archive";
  u16(bytes + len - 2, sizeof comment - 1);
  memcpy(bytes + len, comment, sizeof comment - 1);
  len += sizeof comment - 1;
  taken();
}

static void cut_and_padded(void) {
  build((file){.name = "a.py", .packed = 5, .unpacked = 5});
  size_t whole = len;
  for (len = 0; len < whole; len++) assert_int_equal(check(false, "a.zip"), CLOCHE_INVALID_ARGUMENT);
  len = 0;
  refused("too short");
  len = whole - 1;
  refused("not all of it is there");
  len = whole;
  bytes[len++] = 0;
  refused("something follows the end");
  build((file){.name = "a.py"});
  memmove(bytes + 7, bytes, len);
  len += 7;
  refused("something stands in front");
}

static void names(void) {
  static const char *const bad[] = {"../a.py", "/a.py", "a/../../b.py", "a//b.py", "./a.py", "a/./b",  "..",
                                    ".",       "a\\b",  "a\nb",         "\xFF",    "/",      "a/..//", ""};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    build((file){.name = bad[i]});
    refused("not a relative path");
  }
  static char name[300];
  memset(name, 'n', 256);
  build((file){.name = name});
  refused("not a relative path");
  name[255] = '\0';
  build((file){.name = name});
  taken();
}

static void what_is_not_taken(void) {
  build((file){.name = "a.py", .flags = 1});
  refused("encrypted");
  build((file){.name = "a.py", .flags = 1 << 6});
  refused("encrypted");
  build((file){.name = "a.py", .method = 12});
  refused("in a way that is not taken");
  static const uint8_t zip64[] = {1, 0, 0, 0};
  build((file){.name = "a.py", .extra = zip64, .extra_len = sizeof zip64});
  refused("zip64");
  static const uint8_t torn[] = {0x55, 0x54, 200, 0, 0};
  build((file){.name = "a.py", .extra = torn, .extra_len = sizeof torn});
  refused("extra field");
  build((file){.name = "a.py"});
  u16(bytes + len - END + 10, 0xFFFF);
  u16(bytes + len - END + 8, 0xFFFF);
  refused("zip64");
  build((file){.name = "a.py"});
  u16(bytes + len - END + 4, 1);
  refused("split");
  build((file){.name = "a.py"});
  u16(bytes + len - END + 8, 1);
  refused("split");
}

static void sizes_that_lie(void) {
  build((file){.name = "a.py", .packed = 5, .unpacked = 6});
  refused("cannot be as large");
  build((file){.name = "a.py", .method = 8, .packed = 5, .unpacked = 1 << 20});
  refused("cannot be as large");
  build((file){.name = "a.py", .packed = 5, .unpacked = 5, .local_size = 4});
  refused("disagree");
  build((file){.name = "a.py", .local_name = "b.py"});
  refused("disagree");
  build((file){.name = "a.py", .local_name = "a.pyx"});
  refused("disagree");
  build((file){.name = "a.py", .shift = 5});
  refused("lies outside");
  build((file){.name = "a.py", .shift = 1 << 20});
  refused("lies outside");
  build((file){.name = "a.py", .shift = INT32_MIN});
  refused("lies outside");
  begin();
  for (int i = 0; i < 101; i++) add((file){.name = "same.py"});
  finish();
  refused("more than limit files_count");
  begin();
  for (int i = 0; i < 3; i++) add((file){.name = "big.py", .method = 8, .packed = 500, .unpacked = 500000});
  finish();
  refused("larger than limit files_bytes");
  begin(); /* two entries of one file: what a small archive can become would have no end */
  add((file){.name = "big.py", .packed = 5000, .unpacked = 5000});
  memcpy(directory + directory_len, directory, directory_len);
  directory_len *= 2;
  entries = 2;
  finish();
  refused("overlap");
}

static void the_directory_lies(void) {
  build((file){.name = "a.py"});
  u16(bytes + len - END + 8, 3);
  u16(bytes + len - END + 10, 3);
  refused("ends early");
  build((file){.name = "a.py"});
  u16(bytes + len - END + 8, 1);
  u16(bytes + len - END + 10, 1);
  refused("has more than it says");
  build((file){.name = "a.py"});
  u32(bytes + len - END + 12, 0xFFFFFFF0);
  refused("not where it says");
  build((file){.name = "a.py"});
  u32(bytes + len - END + 16, 0);
  refused("not where it says");
}

/* No byte that is changed makes the checker read outside, or take what it should not have looked at. */
static void every_byte_changed(void) {
  build((file){.name = "pkg/mod.py", .method = 8, .packed = 10, .unpacked = 500});
  static uint8_t sound[1 << 16];
  size_t whole = len;
  memcpy(sound, bytes, len);
  for (size_t i = 0; i < whole; i++) {
    static const uint8_t values[] = {0, 1, 0x7F, 0x80, 0xFF};
    for (size_t v = 0; v < UT_COUNT(values); v++) {
      bytes[i] = values[v];
      (void)check(false, "a.zip");
      bytes[i] = (uint8_t)(sound[i] ^ values[v]);
      (void)check(false, "a.zip");
    }
    bytes[i] = sound[i];
  }
}

static void wheels(void) {
  build((file){.name = "pkg/mod.py"});
  static const char *const fine[] = {"/w/six-1.16.0-py2.py3-none-any.whl", "a-1-py3-none-any.whl",
                                     "a-1-1a-py38-none-any.whl", "a-1-cp311-none-any.whl", "modules.zip"};
  for (size_t i = 0; i < UT_COUNT(fine); i++)
    if (check(true, fine[i]) != CLOCHE_OK) fail_msg("%s: %s", fine[i], err.message);
  static const char *const bad[] = {"a-1-cp311-cp311-manylinux_2_17_x86_64.whl",
                                    "a-1-py2-none-any.whl",
                                    "a.whl",
                                    "a-1-py3-abi3-any.whl",
                                    "a-1-py3-none-linux_x86_64.whl",
                                    "py3-none-any.whl",
                                    ".whl"};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    if (check(true, bad[i]) != CLOCHE_INVALID_ARGUMENT) fail_msg("%s was taken", bad[i]);
    assert_non_null(strstr(err.message, "not a wheel of pure Python"));
  }
  build((file){.name = "pkg/fast.cpython-311-x86_64-linux-gnu.so"});
  assert_int_equal(check(true, "a-1-py3-none-any.whl"), CLOCHE_INVALID_ARGUMENT);
  assert_non_null(strstr(err.message, "machine code"));
}

static void enter(void **state) { ((ut_fn)*state)(); }
#define TEST(fn) \
  { #fn, enter, NULL, NULL, (void *)(fn) }

int main(void) {
  const struct CMUnitTest tests[] = {TEST(sound_archives),     TEST(cut_and_padded), TEST(names),
                                     TEST(what_is_not_taken),  TEST(sizes_that_lie), TEST(the_directory_lies),
                                     TEST(every_byte_changed), TEST(wheels)};
  return _cmocka_run_group_tests("zip", tests, UT_COUNT(tests), NULL, NULL);
}
