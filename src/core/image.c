/* Images as memory. One that is handed in becomes a sealed memory file, so that nobody who rewrites or truncates the original
 * can change a living cell. One that is built into a program is mapped from the program's own file: who can change that can
 * change the code that runs, too, and it need not be copied at every start. */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sodium.h>
#include <stdlib.h>
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

/* Where an address lies in the file of the program: that is the first object of the list. */
typedef struct {
  const uint8_t *address;
  off_t offset; /* -1: elsewhere */
} file_place;

static int look_in_program(struct dl_phdr_info *info, size_t size, void *user) {
  file_place *place = user;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + part->p_vaddr, at = (uintptr_t)place->address;
    if (part->p_type == PT_LOAD && at >= start && at - start < part->p_filesz)
      place->offset = (off_t)(part->p_offset + (at - start));
  }
  return 1;
}

/* Whether the file has the same header there: /proc may not be what it should. */
static bool has_header(int fd, off_t offset, const uint8_t *image) {
  uint8_t *header = malloc(CL_IMAGE_HEADER);
  bool same = header && pread(fd, header, CL_IMAGE_HEADER, offset) == CL_IMAGE_HEADER &&
              memcmp(header, image, CL_IMAGE_HEADER) == 0;
  free(header);
  return same;
}

bool cl_image_map_program(cl_memory_image *out, const uint8_t *image, size_t bytes) {
  file_place place = {image, -1};
  dl_iterate_phdr(look_in_program, &place);
  if (place.offset < 0 || place.offset % CL_PAGE != 0) return false;
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  if (!has_header(fd, place.offset, image)) {
    close(fd);
    return false;
  }
  *out = (cl_memory_image){.fd = fd,
                           .offset = place.offset + CL_IMAGE_HEADER,
                           .data = image + CL_IMAGE_HEADER,
                           .bytes = bytes,
                           .is_program = true};
  return true;
}

void cl_image_unmap(cl_memory_image *image) {
  if (image->data && !image->is_program) munmap((void *)(uintptr_t)image->data, image->bytes);
  if (image->fd >= 0) close(image->fd);
  *image = (cl_memory_image){.fd = -1};
}
