/* Makes an image: boots an engine on a blank slot, learns which pages runs usually touch, and writes memory and globals to a
 * file. A build-time program; the same inputs give the same bytes.
 *
 * usage: mkimage LANGUAGE INPUT ENGINE_ID OUT.img        (ENGINE_ID: 64 hex digits; INPUT: the bootstrap, or what the
 *                                                         language's own file here says)
 *
 * Two passes: the first makes the image without hot pages; the second opens that image as the library would, runs the
 * warm-up scripts in fresh cells, and adds the pages that nearly all of them wrote. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "error.h"
#include "image.h"

/* What the library embeds is not there yet. */
extern const uint8_t cl_image_js_start[], *const cl_image_js_end;
extern const uint8_t cl_image_compiler_start[], *const cl_image_compiler_end;
extern const uint8_t cl_image_python_start[], *const cl_image_python_end;
const uint8_t cl_image_js_start[1] = {0}, *const cl_image_js_end = cl_image_js_start;
const uint8_t cl_image_compiler_start[1] = {0}, *const cl_image_compiler_end = cl_image_compiler_start;
const uint8_t cl_image_python_start[1] = {0}, *const cl_image_python_end = cl_image_python_start;

typedef struct {
  const image_maker *maker;
  const uint8_t *input;
  size_t input_len;
  cl_image_globals globals;
  const char *failure;
} job;

static job work; /* the fiber's function gets the cell */

static const image_maker *const makers[] = {
    &image_maker_js,
#if CL_PYTHON
    &image_maker_python,
#endif
};

/* ---- the first pass */

static void boot(void *user) {
  cloche_cell *cell = user;
  cl_host_end(&cell->guard);
  work.failure = work.maker->boot(cell, work.input, work.input_len, &work.globals);
  cl_host_begin(&cell->guard);
}

static int fail(const char *what) {
  fprintf(stderr, "mkimage: %s\n", what);
  return 1;
}

/* Boots in a cell whose clock and randomness are the same every time. */
static int make(cloche_engine **engine, cl_image_header *header, uint8_t **memory) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  if (cl_engine_open_blank(engine, work.maker->language, 1, &err) != CLOCHE_OK ||
      cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, *engine, &options, &err) != CLOCHE_OK ||
      !(cell->fiber = cl_thread_fiber(thread, cell->id, &err)))
    return fail(err.message);
  cl_trap_set_deadlines(&cell->guard, 0, CL_NEVER, CL_NEVER);
  cell->guard.fiber = cell->fiber;
  cell->guard.wall_at = cell->guard.cpu_check_at = cell->guard.slice_at = cell->guard.warn_at = CL_NEVER;
  cl_fiber_start(cell->fiber, boot, cell);
  cl_trap_enter(&cell->guard);
  if (cell->guard.forced) work.failure = "the engine trapped while booting";
  if (cell->error.message) fprintf(stderr, "mkimage: %s: %s\n", cell->error.name, cell->error.message);
  if (work.failure) return fail(work.failure);
  header->memory_bytes = cell->slot.bytes;
  header->globals = work.globals;
  if (header->memory_bytes / CL_PAGE > CL_IMAGE_HOT_WORDS * 64ull) return fail("the image is larger than one can be");
  *memory = malloc(cell->slot.bytes);
  if (!*memory) return fail("no memory");
  memcpy(*memory, cell->slot.base, cell->slot.bytes);
  return 0;
}

/* ---- the second pass */

typedef struct {
  uint8_t *counts;
  uint32_t pages;
} tally;

static void tally_range(void *user, uint32_t first, uint32_t count) {
  tally *t = user;
  for (uint32_t page = first; page < first + count && page < t->pages; page++) t->counts[page]++;
}

/* The pages that a run of the source writes in a fresh cell. */
static int tally_run(tally *t, cloche_thread *thread, cloche_engine *engine, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell;
  cloche_result result;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.session = true; /* a one-shot cell would be back at the image before it could be looked at */
  if (cloche_cell_open(&cell, thread, engine, &options, &err) != CLOCHE_OK) return fail(err.message);
  cell->slot.keep_equal = true;
  if (cloche_cell_eval(cell, source, strlen(source), NULL, &result, &err) != CLOCHE_OK) return fail(err.message);
  if (result.status != CLOCHE_OK) {
    fprintf(stderr, "mkimage: %s\n%s: %s\n", source, result.error_name, result.error_message);
    return 1;
  }
  cl_pages_scan(&engine->pagemap, cell->slot.base, cell->slot.bytes, tally_range, t);
  cloche_cell_close(cell);
  cl_cell_destroy(thread->cells); /* the next one starts cold: its dirty pages are its own */
  thread->cells = NULL;
  thread->spare_slots = 0;
  return 0;
}

static int learn(cloche_engine *engine, cl_image_header *header, const uint8_t *memory) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  uint8_t *image = malloc(CL_IMAGE_HEADER + (size_t)header->memory_bytes);
  tally t = {.pages = (uint32_t)(header->memory_bytes / CL_PAGE)};
  t.counts = calloc(t.pages, 1);
  if (!image || !t.counts || cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK) return fail("no memory");
  memset(image, 0, CL_IMAGE_HEADER);
  memcpy(image, header, sizeof *header);
  memcpy(image + CL_IMAGE_HEADER, memory, (size_t)header->memory_bytes);
  if (cl_engine_adopt(engine, image, CL_IMAGE_HEADER + (size_t)header->memory_bytes, false, &err) != CLOCHE_OK)
    return fail(err.message);
  int runs = 0;
  for (; work.maker->warm_ups[runs]; runs++)
    if (tally_run(&t, thread, engine, work.maker->warm_ups[runs]) != 0) return 1;
  for (uint32_t page = 0; page < t.pages; page++)
    if (t.counts[page] >= runs - work.maker->odd) cl_bit_set(header->hot, page);
  if (header->globals.random_state) /* written for every cell before it runs */
    cl_bit_set(header->hot, header->globals.random_state / CL_PAGE);
  free(t.counts);
  free(image);
  cloche_thread_close(thread);
  return 0;
}

/* ---- files */

static int write_image(const char *path, const cl_image_header *header, const uint8_t *memory) {
  FILE *file = fopen(path, "wb");
  static uint8_t page[CL_IMAGE_HEADER];
  memcpy(page, header, sizeof *header);
  if (!file || fwrite(page, sizeof page, 1, file) != 1 || fwrite(memory, (size_t)header->memory_bytes, 1, file) != 1 ||
      fclose(file) != 0) {
    fprintf(stderr, "mkimage: %s: %s\n", path, strerror(errno));
    return 1;
  }
  return 0;
}

static bool read_hex_id(uint8_t id[32], const char *hex) {
  if (strlen(hex) != 64) return false;
  for (int i = 0; i < 32; i++) {
    unsigned byte;
    if (sscanf(hex + 2 * i, "%2x", &byte) != 1) return false;
    id[i] = (uint8_t)byte;
  }
  return true;
}

static bool read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  long len = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  uint8_t *bytes = len >= 0 ? malloc((size_t)len + 1) : NULL;
  rewind(file);
  bool fine = bytes && fread(bytes, 1, (size_t)len, file) == (size_t)len;
  fclose(file);
  work.input = bytes;
  work.input_len = (size_t)len;
  return fine;
}

static bool read_arguments(char **argv, cl_image_header *header) {
  for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
    if (strcmp(makers[i]->language->name, argv[1]) == 0) work.maker = makers[i];
  if (!work.maker || !read_file(argv[2]) || !read_hex_id(header->engine_id, argv[3])) return false;
  snprintf(header->language, sizeof header->language, "%s", work.maker->language->name);
  return true;
}

int main(int argc, char **argv) {
  cl_image_header header = {.magic = CL_IMAGE_MAGIC, .version = CL_IMAGE_VERSION, .header_bytes = CL_IMAGE_HEADER};
  cloche_engine *engine;
  uint8_t *memory;
  if (argc != 5 || !read_arguments(argv, &header)) {
    fprintf(stderr, "usage: mkimage LANGUAGE INPUT ENGINE_ID OUT.img\n");
    return 2;
  }
  if (make(&engine, &header, &memory) != 0) return 1;
  cloche_engine second = {.language = work.maker->language, .pagemap = engine->pagemap, .pid = engine->pid};
  second.memory.fd = -1;
  if (learn(&second, &header, memory) != 0) return 1;
  cl_image_hash(header.image_id, &header, memory);
  return write_image(argv[4], &header, memory);
}
