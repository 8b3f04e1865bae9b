/* Opening an engine: the built-in image, or one that is handed in, which is copied and checked. */

#include "engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "error.h"
#include "limits.h"
#include "trap.h"

void cl_hex(char out[65], const uint8_t id[32]) {
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
         len == CL_IMAGE_HEADER + h->memory_bytes && h->globals.random_state <= h->memory_bytes - sizeof(uint64_t) &&
         memchr(h->language, 0, sizeof h->language) != NULL;
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
    cl_built_in own = cl_image_built_in(engine->language, false);
    const cl_image_header *header = (const void *)own.data;
    if (own.len > 0 && memcmp(header->engine_id, engine->header.engine_id, sizeof header->engine_id) != 0)
      CL_FAIL(err, BAD_IMAGE, "the image was made by another build of the engine");
  }
  size_t bytes = (size_t)engine->header.memory_bytes;
  bool mapped = !verify && cl_image_map_program(&engine->memory, image, bytes);
  if (!mapped) CL_TRY(cl_image_map(&engine->memory, image + CL_IMAGE_HEADER, bytes, err));
  engine->memory.hot = engine->header.hot;
  engine->memory.hot_max = engine->language->hot_pages;
  cl_hex(engine->engine_id, engine->header.engine_id);
  cl_hex(engine->image_id, engine->header.image_id);
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

static cloche_status adopt_built_in(cloche_engine *engine, cloche_error *err) {
  cl_built_in image = cl_image_built_in(engine->language, false);
  if (image.len == 0) CL_FAIL(err, NOT_FOUND, "this build has no image");
  engine->built_in = true;
  return cl_engine_adopt(engine, image.data, image.len, false, err);
}

static cloche_status find_language(const cl_language **out, const char *name, cloche_error *err) {
  *out = cl_language_named(name);
  if (*out) return CLOCHE_OK;
  if (strcmp(name, "python") == 0)
    CL_FAIL(err, NOT_FOUND, "this build has no engine 'python'; 'make python' builds one that has");
  CL_FAIL(err, NOT_FOUND, "no engine '%.40s'; there are js and python", name);
}

cloche_status cloche_engine_open(cloche_engine **out, const cloche_engine_options *options, cloche_error *err) {
  cloche_engine_options defaults = CLOCHE_ENGINE_OPTIONS_INIT;
  if (!options) options = &defaults;
  *out = NULL;
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "engine options of version %u", options->version);
  const cl_language *language = &cl_language_js;
  if (options->name) CL_TRY(find_language(&language, options->name, err));
  if (sodium_init() < 0) CL_FAIL(err, INTERNAL, "libsodium does not start");
  CL_TRY(cl_trap_install(err));
  cloche_engine *engine;
  CL_TRY(make_engine(&engine, language, err));
  cloche_status status = cl_pagemap_open(&engine->pagemap, options->use_pagemap, err);
  if (status == CLOCHE_OK) {
    if (options->image_fd >= 0) status = adopt_file(engine, options->image_fd, err);
    else status = adopt_built_in(engine, err);
  }
  if (status == CLOCHE_OK && options->compiler_ready && cl_image_built_in(language, true).len > 0) {
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
  cl_built_in image = cl_image_built_in(engine->language, true);
  if (image.len == 0) CL_FAIL(err, UNSUPPORTED, "this build has no compiler");
  cloche_engine *compiler;
  CL_TRY(make_engine(&compiler, engine->language, err));
  compiler->is_compiler = true;
  compiler->pagemap = engine->pagemap;
  cloche_status status = cl_engine_adopt(compiler, image.data, image.len, false, err);
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
  if (status == CLOCHE_OK) status = cl_image_map(&engine->memory, NULL, (size_t)wasm_pages * CL_WASM_PAGE, err);
  engine->memory.hot = engine->header.hot;
  engine->memory.hot_max = engine->language->hot_pages;
  if (status != CLOCHE_OK) cloche_engine_close(engine);
  else *out = engine;
  return status;
}

void cloche_engine_close(cloche_engine *engine) {
  if (!engine) return;
  cl_image_unmap(&engine->memory);
  if (engine->compiler) cloche_engine_close(engine->compiler);
  if (!engine->is_compiler) cl_pagemap_close(&engine->pagemap); /* else it is the other engine's */
  pthread_mutex_destroy(&engine->lock);
  free(engine);
}

cloche_status cloche_engine_image(const cloche_engine *engine, uint8_t **bytes, size_t *len, cloche_error *err) {
  *len = CL_IMAGE_HEADER + engine->memory.bytes;
  *bytes = malloc(*len);
  if (!*bytes) CL_FAIL(err, OUT_OF_MEMORY, "no memory for an image of %zu bytes", *len);
  memset(*bytes, 0, CL_IMAGE_HEADER);
  memcpy(*bytes, &engine->header, sizeof engine->header);
  memcpy(*bytes + CL_IMAGE_HEADER, engine->memory.data, engine->memory.bytes);
  return CLOCHE_OK;
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
      .built_in = engine->built_in,
  };
}
