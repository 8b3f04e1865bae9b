/* Images as memory: those that are built into the library, and the sealed memory files that cells map. A copy is sealed so
 * that nobody who rewrites or truncates the original can change a living cell. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cell.h"
#include "error.h"

/* The images in the library's read-only data (guest/image/embed.S); empty in the image builder. */
extern const uint8_t cl_image_js_start[] __attribute__((visibility("hidden")));
extern const uint8_t *const cl_image_js_end __attribute__((visibility("hidden")));
extern const uint8_t cl_image_compiler_start[] __attribute__((visibility("hidden")));
extern const uint8_t *const cl_image_compiler_end __attribute__((visibility("hidden")));
#if CL_PYTHON
extern const uint8_t cl_image_python_start[] __attribute__((visibility("hidden")));
extern const uint8_t *const cl_image_python_end __attribute__((visibility("hidden")));
#endif

typedef struct {
  const cl_language *language;
  const uint8_t *start, *const *end;
  const uint8_t *compiler_start, *const *compiler_end; /* NULL: its sources need no compiler */
} engine_row;

static const engine_row rows[] = {
    {&cl_language_js, cl_image_js_start, &cl_image_js_end, cl_image_compiler_start, &cl_image_compiler_end},
#if CL_PYTHON
    {&cl_language_python, cl_image_python_start, &cl_image_python_end, NULL, NULL},
#endif
};
enum { ROWS = sizeof rows / sizeof rows[0] };

const cl_language *cl_language_named(const char *name) {
  for (int i = 0; i < ROWS; i++)
    if (strcmp(rows[i].language->name, name) == 0) return rows[i].language;
  return NULL;
}

cl_built_in cl_image_built_in(const cl_language *language, bool compiler) {
  for (int i = 0; i < ROWS; i++) {
    const engine_row *row = &rows[i];
    if (row->language != language) continue;
    const uint8_t *start = compiler ? row->compiler_start : row->start;
    return (cl_built_in){start, start ? (size_t)((compiler ? *row->compiler_end : *row->end) - start) : 0};
  }
  return (cl_built_in){0};
}

void cl_image_hash(uint8_t id[32], const cl_image_header *header, const uint8_t *memory) {
  cl_image_header plain = *header;
  memset(plain.image_id, 0, sizeof plain.image_id);
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, 32);
  crypto_generichash_update(&state, (const uint8_t *)&plain, sizeof plain);
  crypto_generichash_update(&state, memory, (size_t)header->memory_bytes);
  crypto_generichash_final(&state, id, 32);
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

cloche_status cl_image_map(cl_memory_image *image, const uint8_t *memory, size_t bytes, cloche_error *err) {
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

void cl_image_unmap(cl_memory_image *image) {
  if (image->data) munmap((void *)(uintptr_t)image->data, image->bytes);
  if (image->fd >= 0) close(image->fd);
  *image = (cl_memory_image){.fd = -1};
}
