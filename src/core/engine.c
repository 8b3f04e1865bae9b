/* Opening an engine: the built-in image or one handed in is copied into a sealed memory file, so that nobody who
 * rewrites or truncates the original can change a living cell. */

#include "engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "error.h"
#include "limits.h"
#include "trap.h"

/* The images in the library's read-only data (guest/image/embed.S); empty in the image builder. */
extern const uint8_t cl_image_js_start[] __attribute__((visibility("hidden")));
extern const uint8_t *const cl_image_js_end __attribute__((visibility("hidden")));
extern const uint8_t cl_image_compiler_start[] __attribute__((visibility("hidden")));
extern const uint8_t *const cl_image_compiler_end __attribute__((visibility("hidden")));

static size_t built_in_bytes(void) { return (size_t)(cl_image_js_end - cl_image_js_start); }

void cl_image_hash(uint8_t id[32], const cl_image_header *header, const uint8_t *memory) {
  cl_image_header plain = *header;
  memset(plain.image_id, 0, sizeof plain.image_id);
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, 32);
  crypto_generichash_update(&state, (const uint8_t *)&plain, sizeof plain);
  crypto_generichash_update(&state, memory, (size_t)header->memory_bytes);
  crypto_generichash_final(&state, id, 32);
}

static void to_hex(char out[65], const uint8_t id[32]) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < 32; i++) {
    out[2 * i] = digits[id[i] >> 4];
    out[2 * i + 1] = digits[id[i] & 15];
  }
  out[64] = 0;
}

static bool header_is_sound(const cl_image_header *h, size_t len) {
  return memcmp(h->magic, CL_IMAGE_MAGIC, sizeof h->magic) == 0 && h->version == CL_IMAGE_VERSION &&
         h->header_bytes == CL_IMAGE_HEADER && h->memory_bytes % CL_WASM_PAGE == 0 && h->memory_bytes > 0 &&
         h->memory_bytes <= CL_MEMORY_MAX && h->memory_bytes / CL_PAGE <= CL_IMAGE_HOT_WORDS * 64ull &&
         len == CL_IMAGE_HEADER + h->memory_bytes && memchr(h->language, 0, sizeof h->language) != NULL;
}

static bool is_zero(const uint8_t *at, size_t len) { return at[0] == 0 && memcmp(at, at + 1, len - 1) == 0; }

/* Writes what is not zero: a new memory file is, and half of an image is stack and spare heap. */
static bool fill(int fd, const uint8_t *memory, size_t bytes) {
  for (size_t from = 0; from < bytes;) {
    size_t to = from;
    while (to < bytes && !is_zero(memory + to, CL_PAGE)) to += CL_PAGE;
    while (from < to) {
      ssize_t n = pwrite(fd, memory + from, to - from, (off_t)from);
      if (n > 0) from += (size_t)n;
      else if (n == 0 || errno != EINTR) return false;
    }
    from += CL_PAGE;
  }
  return true;
}

/* A sealed memory file with the memory in it, mapped to read. */
static cloche_status map_memory(cl_memory_image *image, const uint8_t *memory, size_t bytes, cloche_error *err) {
  int fd = memfd_create("cloche-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) CL_FAIL(err, IO_ERROR, "no memory file for the image: errno %d", errno);
  bool filled = ftruncate(fd, (off_t)bytes) == 0 && (!memory || fill(fd, memory, bytes));
  void *data = filled ? mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
  if (data == MAP_FAILED || fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    if (data != MAP_FAILED) munmap(data, bytes);
    close(fd);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for the image");
  }
  *image = (cl_memory_image){.fd = fd, .data = data, .bytes = bytes};
  return CLOCHE_OK;
}

cloche_status cl_engine_adopt(cloche_engine *engine, const uint8_t *image, size_t len, bool verify, cloche_error *err) {
  if (len < CL_IMAGE_HEADER) CL_FAIL(err, BAD_IMAGE, "the image is too short");
  memcpy(&engine->header, image, sizeof engine->header);
  if (!header_is_sound(&engine->header, len)) CL_FAIL(err, BAD_IMAGE, "the image is not one, or of another version");
  if (strcmp(engine->header.language, engine->language->name) != 0)
    CL_FAIL(err, BAD_IMAGE, "the image is of language '%s', not '%s'", engine->header.language, engine->language->name);
  if (verify) {
    uint8_t id[32];
    cl_image_hash(id, &engine->header, image + CL_IMAGE_HEADER);
    if (memcmp(id, engine->header.image_id, sizeof id) != 0)
      CL_FAIL(err, BAD_IMAGE, "the image's hash does not fit its content");
    const cl_image_header *own = (const void *)cl_image_js_start;
    if (built_in_bytes() > 0 && memcmp(own->engine_id, engine->header.engine_id, sizeof own->engine_id) != 0)
      CL_FAIL(err, BAD_IMAGE, "the image was made by another build of the engine");
  }
  CL_TRY(map_memory(&engine->memory, image + CL_IMAGE_HEADER, (size_t)engine->header.memory_bytes, err));
  engine->memory.hot = engine->header.hot;
  to_hex(engine->engine_id, engine->header.engine_id);
  to_hex(engine->image_id, engine->header.image_id);
  return CLOCHE_OK;
}

/* Reads the file into memory first, so that what is checked is what is used. */
static cloche_status adopt_file(cloche_engine *engine, int fd, cloche_error *err) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) CL_FAIL(err, BAD_IMAGE, "the image is no regular file");
  if (st.st_size < CL_IMAGE_HEADER || (uint64_t)st.st_size > CL_IMAGE_HEADER + CL_MEMORY_MAX)
    CL_FAIL(err, BAD_IMAGE, "the image has an impossible size");
  size_t len = (size_t)st.st_size;
  uint8_t *copy = malloc(len);
  if (!copy) CL_FAIL(err, OUT_OF_MEMORY, "no memory for the image");
  size_t done = 0;
  while (done < len) {
    ssize_t n = pread(fd, copy + done, len - done, (off_t)done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += (size_t)n;
  }
  cloche_status status = done == len ? cl_engine_adopt(engine, copy, len, true, err)
                                     : cl_fail(err, CLOCHE_IO_ERROR, "the image cannot be read");
  free(copy);
  return status;
}

static cloche_status make_engine(cloche_engine **out, const cl_language *language, cloche_error *err) {
  cloche_engine *engine = calloc(1, sizeof *engine);
  if (!engine) CL_FAIL(err, OUT_OF_MEMORY, "no memory for an engine");
  engine->language = language;
  engine->pagemap.fd = engine->memory.fd = -1;
  engine->pid = (int)getpid();
  pthread_mutex_init(&engine->lock, NULL);
  *out = engine;
  return CLOCHE_OK;
}

cloche_status cloche_engine_open(cloche_engine **out, const cloche_engine_options *options, cloche_error *err) {
  cloche_engine_options defaults = CLOCHE_ENGINE_OPTIONS_INIT;
  if (!options) options = &defaults;
  *out = NULL;
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "engine options of version %u", options->version);
  if (options->name && strcmp(options->name, "js") != 0)
    CL_FAIL(err, NOT_FOUND, "no engine '%.40s'; there is js", options->name);
  if (sodium_init() < 0) CL_FAIL(err, INTERNAL, "libsodium does not start");
  CL_TRY(cl_trap_install(err));
  cloche_engine *engine;
  CL_TRY(make_engine(&engine, &cl_language_js, err));
  cloche_status status = cl_pagemap_open(&engine->pagemap, options->use_pagemap, err);
  if (status == CLOCHE_OK) {
    if (options->image_fd >= 0) status = adopt_file(engine, options->image_fd, err);
    else if (built_in_bytes() == 0) status = cl_fail(err, CLOCHE_NOT_FOUND, "this build has no image");
    else status = cl_engine_adopt(engine, cl_image_js_start, built_in_bytes(), false, err);
  }
  if (status == CLOCHE_OK && options->compiler_ready) {
    cloche_engine *compiler;
    status = cl_engine_compiler(&compiler, engine, err);
  }
  if (status != CLOCHE_OK) {
    cloche_engine_close(engine);
    return status;
  }
  *out = engine;
  return CLOCHE_OK;
}

static cloche_status open_compiler(cloche_engine **out, const cloche_engine *engine, cloche_error *err) {
  size_t len = (size_t)(cl_image_compiler_end - cl_image_compiler_start);
  if (len == 0) CL_FAIL(err, UNSUPPORTED, "this build has no compiler");
  cloche_engine *compiler;
  CL_TRY(make_engine(&compiler, engine->language, err));
  compiler->is_compiler = true;
  compiler->pagemap = engine->pagemap;
  cloche_status status = cl_engine_adopt(compiler, cl_image_compiler_start, len, false, err);
  if (status != CLOCHE_OK) cloche_engine_close(compiler);
  else *out = compiler;
  return status;
}

cloche_status cl_engine_compiler(cloche_engine **out, cloche_engine *engine, cloche_error *err) {
  pthread_mutex_lock(&engine->lock);
  cloche_status status = engine->compiler ? CLOCHE_OK : open_compiler(&engine->compiler, engine, err);
  *out = engine->compiler;
  pthread_mutex_unlock(&engine->lock);
  return status;
}

cloche_status cl_engine_open_blank(cloche_engine **out, const cl_language *language, uint32_t wasm_pages,
                                   cloche_error *err) {
  if (sodium_init() < 0) CL_FAIL(err, INTERNAL, "libsodium does not start");
  CL_TRY(cl_trap_install(err));
  cloche_engine *engine;
  CL_TRY(make_engine(&engine, language, err));
  cloche_status status = cl_pagemap_open(&engine->pagemap, false, err);
  if (status == CLOCHE_OK) status = map_memory(&engine->memory, NULL, (size_t)wasm_pages * CL_WASM_PAGE, err);
  engine->memory.hot = engine->header.hot;
  if (status != CLOCHE_OK) cloche_engine_close(engine);
  else *out = engine;
  return status;
}

void cloche_engine_close(cloche_engine *engine) {
  if (!engine) return;
  if (engine->memory.data) munmap((void *)(uintptr_t)engine->memory.data, engine->memory.bytes);
  if (engine->memory.fd >= 0) close(engine->memory.fd);
  if (engine->compiler) cloche_engine_close(engine->compiler);
  if (!engine->is_compiler) cl_pagemap_close(&engine->pagemap); /* else it is the other engine's */
  pthread_mutex_destroy(&engine->lock);
  free(engine);
}

cloche_engine_info cloche_engine_describe(const cloche_engine *engine) {
  return (cloche_engine_info){
      .name = engine->language->name,
      .version = engine->language->version,
      .engine_id = engine->engine_id,
      .image_id = engine->image_id,
      .memory_access = engine->language->memory_access,
      .dirty_pages = engine->pagemap.has_scan ? "pagemap_scan" : "pagemap",
      .image_bytes = engine->memory.bytes,
  };
}
