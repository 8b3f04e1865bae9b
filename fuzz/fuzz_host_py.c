/* What a Python guest can ask of the host, asked as guest code could that has taken over the engine: any bytes are a
 * sequence of calls of the module's imports (guest/python/host.h) with any arguments, among writes into the guest's memory.
 * The cell has tools, modules, files, a directory that it may write and one that it may only read.
 *
 * The process must live; what the guest told must be a report in JSON and events in UTF-8; beside and below the mounts
 * nothing may have changed that is not the guest's; and the next cell must be well. */
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json.h"
#include "limits.h"
#include "py_engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SESSION = 1, REAL_CLOCK = 2, GUEST_AFTER = 4 }; /* bits of the first byte */
enum { SCRATCH = 4096, STEPS = 40 };

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_limits limits;
static cl_language asking; /* Python, but for what a run does */

/* ---- the bytes */

static struct {
  const uint8_t *at, *end;
  bool guest_after;
} input;

static uint32_t byte(void) { return input.at < input.end ? *input.at++ : 0; }

static uint32_t word(void) {
  uint32_t low = byte(), high = byte() << 8;
  return low | high;
}

/* The last page of the guest's memory: what is written there is found by pointers. */
static uint32_t scratch(const cloche_cell *cell) { return (uint32_t)(cell->slot.bytes - SCRATCH); }

static uint32_t pointer(const cloche_cell *cell) {
  uint32_t b = byte();
  if (b < 0xE0) return scratch(cell) + b * 16;
  switch (b) {
    case 0xE0: return 0;
    case 0xE1: return UINT32_MAX;
    case 0xE2: return UINT32_MAX - 7;
    case 0xE3: return (uint32_t)cell->slot.bytes;
    case 0xE4: return (uint32_t)cell->slot.bytes - 1;
    case 0xE5: return (uint32_t)cell->slot.bytes - 8;
    case 0xE6: return 1u << 31;
    default: return word() << 8 | byte();
  }
}

static uint32_t number(void) {
  static const uint32_t odd[] = {4096, 65535, 65536, 65537, 1u << 20, INT32_MAX, 1u << 31, UINT32_MAX, UINT32_MAX - 1};
  uint32_t b = byte();
  return b < 0xF0 ? b : b - 0xF0 < sizeof odd / sizeof odd[0] ? odd[b - 0xF0] : word();
}

static uint64_t wide(void) {
  uint64_t high = number(), low = number();
  return byte() & 1 ? high << 32 | low : low;
}

/* Writes some of the bytes, or a text of use, into the guest's memory, where guest code could. */
static void poke(cloche_cell *cell) {
  static const char *const texts[] = {
      "a",   "d",         "d/x",   "../kept",    "out",       "up/kept",          "loop",   "new", "d/y",
      "[1]", "{\"a\":1}", "\"x\"", "text/plain", "text/html", "application/json", "memory", "m",   "pkg.util"};
  uint32_t at = scratch(cell) + (byte() % 0xE0) * 16, what = byte(), n = what & 63;
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, 64);
  if (!to) return;
  if (what >= 64) {
    const char *text = texts[what % (sizeof texts / sizeof texts[0])];
    memcpy(to, text, strlen(text));
    return;
  }
  for (uint32_t i = 0; i < n; i++) to[i] = (uint8_t)byte();
}

/* Two words, as slices and vectors have them, into the guest's memory. */
static void poke_slice(cloche_cell *cell) {
  uint32_t words[2] = {pointer(cell), number()}, at = pointer(cell);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, sizeof words);
  if (to) memcpy(to, words, sizeof words);
}

/* ---- the imports */

static void ask(cloche_cell *cell) {
  struct PY_HOST_T *h = (struct PY_HOST_T *)(void *)cell;
  uint32_t what = byte() % 42, a = pointer(cell), n = number(), b = pointer(cell), m = number();
  switch (what) {
    case 0: PY_HOST(call)(h, m % 4, a, n, b); break;
    case 1: PY_HOST(clock)(h, n); break;
    case 2: PY_HOST(display)(h, a, n, b, m, m & 1); break;
    case 3: PY_HOST(error)(h, a); break;
    case 4: PY_HOST(exit)(h, n); break;
    case 5: PY_HOST(fs_allows)(h, n, wide()); break;
    case 6: PY_HOST(fs_close)(h, n); break;
    case 7: PY_HOST(fs_file)(h, m, a, n, b); break;
    case 8: PY_HOST(fs_file_read)(h, m, wide(), a, n); break;
    case 9: PY_HOST(fs_mkdir)(h, m % 3, a, n); break;
    case 10: PY_HOST(fs_mount)(h, m, a, n); break;
    case 11: PY_HOST(fs_open)(h, m % 3, a, n, number()); break;
    case 12: PY_HOST(fs_path_stat)(h, m % 3, a, n, m >> 2, b); break;
    case 13: PY_HOST(fs_path_times)(h, m % 3, a, n, m >> 2, wide(), wide(), number()); break;
    case 14: PY_HOST(fs_read)(h, m, wide(), a, n); break;
    case 15: PY_HOST(fs_readdir)(h, m, wide(), a, n); break;
    case 16: PY_HOST(fs_readlink)(h, m % 3, a, n, b, number()); break;
    case 17: PY_HOST(fs_remove)(h, m % 3, a, n, m >> 2); break;
    case 18: PY_HOST(fs_rename)(h, m % 3, a, n, b, number()); break;
    case 19: PY_HOST(fs_stat)(h, m, a); break;
    case 20: PY_HOST(fs_times)(h, m, wide(), wide(), n); break;
    case 21: PY_HOST(fs_truncate)(h, m, wide()); break;
    case 22: PY_HOST(fs_write)(h, m, wide(), a, n); break;
    case 23: PY_HOST(limit)(h, a, n); break;
    case 24: PY_HOST(log)(h, m, a, n); break;
    case 25: PY_HOST(module)(h, a, n); break;
    case 26: PY_HOST(next_answer)(h, a); break;
    case 27: PY_HOST(number)(h, m, n); break;
    case 28: PY_HOST(progress)(h, a, n); break;
    case 29: PY_HOST(random)(h, a, n); break;
    case 30: PY_HOST(settle)(h, wide()); break;
    case 31: PY_HOST(sleep)(h, wide()); break;
    case 32: PY_HOST(text)(h, m, byte(), a, n); break;
    case 33: PY_HOST(timer)(h, wide(), n); break;
    case 34: PY_HOST(value)(h, a, n, b, m); break;
    case 35: PY_HOST(wait)(h, m % 8); break;
    case 36: PY_HOST(write)(h, m, a, n); break;
    case 37: poke_slice(cell); break;
    default: poke(cell); break;
  }
}

/* A run of the language `asking`, on the fiber. What is asked is guest code: it may be left by force anywhere. */
static void start(cloche_cell *cell) {
  cl_host_end(&cell->guard);
  while (input.at < input.end) ask(cell);
  if (input.guest_after) PY(cl_start)(py_engine_of(cell));
  cl_host_begin(&cell->guard);
  cl_cell_end(cell, cell->error.name ? CLOCHE_UNCAUGHT_ERROR : CLOCHE_OK);
}

/* ---- directories */

static char base[64], in[80], ro[80];

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw) {
  (void)st, (void)kind;
  return ftw->level == 0 ? 0 : remove(path);
}

static void empty(const char *folder) { nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS); }

static void remove_base(void) {
  empty(base);
  (void)!rmdir(base);
}

static void make_file(const char *folder, const char *name, const char *text) {
  char path[200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) abort();
  close(fd);
}

static void fill(void) {
  static const char *const links[][2] = {{"../kept", "out"}, {"..", "up"}, {"loop", "loop"}, {"d", "to_d"}};
  char path[200];
  empty(in);
  make_file(in, "a", "content of a");
  snprintf(path, sizeof path, "%s/d", in);
  if (mkdir(path, 0700)) abort();
  make_file(path, "x", "content of x");
  for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
    snprintf(path, sizeof path, "%s/%s", in, links[i][1]);
    if (symlink(links[i][0], path)) abort();
  }
}

static void must_hold(const char *folder, const char *name, const char *text) {
  char path[200], found[64] = "";
  struct stat st;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &st) || st.st_nlink != 1 || st.st_mtim.tv_sec != 1000) abort();
  if (read(fd, found, sizeof found - 1) < 0 || strcmp(found, text) != 0) abort();
  close(fd);
}

static void must_have(const char *folder, int count) {
  DIR *dir = opendir(folder);
  if (!dir) abort();
  while (readdir(dir)) count--;
  closedir(dir);
  if (count != -2) abort(); /* "." and ".." */
}

static void make_base(void) {
  const struct timespec times[2] = {{1000, 0}, {1000, 0}};
  snprintf(base, sizeof base, "/tmp/cloche-fuzz-XXXXXX");
  if (!mkdtemp(base)) abort();
  atexit(remove_base);
  snprintf(in, sizeof in, "%s/in", base);
  snprintf(ro, sizeof ro, "%s/ro", base);
  if (mkdir(in, 0700) || mkdir(ro, 0700)) abort();
  make_file(base, "kept", "of the host");
  make_file(ro, "a", "read me");
  for (int i = 0; i < 2; i++) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", i ? ro : base, i ? "a" : "kept");
    if (utimensat(AT_FDCWD, path, times, 0)) abort();
  }
}

static void check_base(void) {
  must_hold(base, "kept", "of the host");
  must_hold(ro, "a", "read me");
  must_have(base, 3);
  must_have(ro, 1);
}

/* ---- the host */

static void open_once(void) {
  if (engine) return;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  if (cloche_engine_open(&engine, &options, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 40 * CL_MS;
  limits.memory_bytes = 64 * CL_MIB;
  limits.files_bytes = 1 * CL_MIB;
  limits.files_count = 100;
  asking = cl_language_python;
  asking.start = start;
  make_base();
}

static void mount(cloche_cell *cell, const char *folder, const char *path, bool writable) {
  cloche_mount mount = {1, open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path, writable};
  if (cloche_cell_mount(cell, &mount, NULL) != CLOCHE_OK) abort();
  close(mount.dir_fd);
}

static cloche_cell *open_cell(uint32_t flags) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  options.limits = &limits;
  options.session = flags & SESSION;
  options.clock = flags & REAL_CLOCK ? CLOCHE_CLOCK_REAL : CLOCHE_CLOCK_VIRTUAL;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    cloche_module module = {1, i ? "pkg/util.py" : "m", "1", 1, "py"};
    cloche_file file = {1, i ? "/home/user/f" : "/home/user/g", "given", 5, false};
    tool.name = i ? "u" : "t";
    tool.sync = i;
    if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK || cloche_cell_module(cell, &module, NULL) != CLOCHE_OK ||
        cloche_cell_file(cell, &file, NULL) != CLOCHE_OK)
      abort();
  }
  mount(cell, in, "/mnt/in", true);
  mount(cell, ro, "/mnt/ro", false);
  return cell;
}

static void play(cloche_cell *cell) {
  cloche_state state = CLOCHE_RUNNING;
  cloche_call call;
  const char *json;
  size_t len;
  cell->language = &asking;
  if (cloche_cell_start(cell, "1", 1, NULL, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < STEPS && state != CLOCHE_DONE; i++) {
    if (cloche_cell_step(cell, 0, &state, NULL) != CLOCHE_OK) abort();
    while (cloche_cell_next_call(cell, &call)) {
      if (!cl_json_check(call.argument, call.argument_len) && call.argument_len > 0) abort();
      (void)cloche_cell_resolve(cell, call.id, "[1]", 3, NULL);
    }
    for (cloche_event event; cloche_cell_next_event(cell, &event);)
      for (size_t at = 0, n; at < event.text_len; at += n)
        if ((n = cl_utf8_length((const uint8_t *)event.text + at, event.text_len - at)) == 0) abort();
    if (state == CLOCHE_WAITING) cloche_cell_interrupt(cell);
  }
  if (state != CLOCHE_DONE) abort();
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || !cl_json_check(json, len)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  if (size == 0) return 0;
  fill();
  input.at = data + 1;
  input.end = data + (size < 3000 ? size : 3000);
  input.guest_after = data[0] & GUEST_AFTER;
  cloche_cell *cell = open_cell(data[0]);
  play(cell);
  cell->language = &cl_language_python;
  cloche_cell_close(cell);
  check_base();
  cloche_result result;
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_eval(cell, "1+2", 3, NULL, &result, NULL) != CLOCHE_OK)
    abort();
  if (result.status != CLOCHE_OK || strcmp(result.value, "3") != 0) abort();
  cloche_cell_close(cell);
  return 0;
}
