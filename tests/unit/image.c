/* Images handed in by a file descriptor: the right one works, everything else is refused. */
#include "unit.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine.h"

static uint8_t *image;
static size_t image_len;

static void read_image(void) {
  FILE *file = fopen(JS_IMAGE, "rb");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  image_len = (size_t)ftell(file);
  rewind(file);
  image = malloc(image_len);
  assert_non_null(image);
  assert_int_equal(fread(image, 1, image_len, file), image_len);
  fclose(file);
}

static int file_of(const void *data, size_t len) {
  int fd = memfd_create("image", MFD_CLOEXEC);
  assert_true(fd >= 0);
  for (size_t done = 0; done < len;) {
    ssize_t n = write(fd, (const char *)data + done, len - done);
    assert_true(n > 0);
    done += (size_t)n;
  }
  return fd;
}

static cloche_status open_fd(int fd, cloche_engine **out, cloche_error *err) {
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.image_fd = fd;
  return cloche_engine_open(out, &options, err);
}

static void must_be_refused(const void *data, size_t len, const char *what) {
  cloche_engine *engine = (cloche_engine *)1;
  cloche_error err = CLOCHE_ERROR_INIT;
  int fd = file_of(data, len);
  cloche_status status = open_fd(fd, &engine, &err);
  close(fd);
  if (status != CLOCHE_BAD_IMAGE) fail_msg("%s: %s %s", what, cloche_status_describe(status).name, err.message);
  assert_null(engine);
  assert_int_equal(err.status, CLOCHE_BAD_IMAGE);
  assert_true(err.message[0] != 0);
}

static cloche_result run_in(cloche_engine *engine, cloche_cell **cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r = {0};
  if (cloche_cell_open(cell, ut_thread, engine, NULL, &err) != CLOCHE_OK ||
      cloche_cell_eval(*cell, source, strlen(source), NULL, &r, &err) != CLOCHE_OK)
    fail_msg("%s", err.message);
  return r;
}

static void the_file_works(void) {
  cloche_engine *engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  int fd = open(JS_IMAGE, O_RDONLY | O_CLOEXEC);
  assert_true(fd >= 0);
  if (open_fd(fd, &engine, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  close(fd); /* it is ours to close */
  cloche_engine_info info = cloche_engine_describe(engine), own = cloche_engine_describe(ut_engine);
  assert_string_equal(info.image_id, own.image_id);
  assert_string_equal(info.engine_id, own.engine_id);
  assert_int_equal(strlen(info.image_id), 64);
  assert_int_equal(strspn(info.engine_id, "0123456789abcdef"), 64);
  assert_int_equal(info.image_bytes, image_len - CL_IMAGE_HEADER);
  assert_string_equal(info.name, "js");
  cloche_cell *cell;
  cloche_result r = run_in(engine, &cell, "[1, 2].map(x => x * 2)");
  assert_string_equal(r.value, "[2,4]");
  cloche_cell_close(cell);
  cloche_thread *thread = ut_thread;
  cloche_thread_close(thread); /* spare slots of that engine go with it */
  assert_int_equal(cloche_thread_open(&ut_thread, NULL, NULL), CLOCHE_OK);
  cloche_engine_close(engine);
}

/* What happens to the file afterwards is nobody's business. */
static void the_file_may_change(void) {
  cloche_engine *engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  int fd = file_of(image, image_len);
  if (open_fd(fd, &engine, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  cloche_cell *cell;
  run_in(engine, &cell, "1");
  static uint8_t junk[65536];
  memset(junk, 0xFF, sizeof junk);
  for (size_t at = 0; at < image_len; at += sizeof junk) (void)!pwrite(fd, junk, sizeof junk, (off_t)at);
  assert_int_equal(ftruncate(fd, 100), 0);
  close(fd);
  for (int i = 0; i < 3; i++)
    ut_value(cell, "JSON.stringify([new Map([[1, 2]]).size, /a/.test('a'), [3, 1].sort()])", "\"[1,true,[1,3]]\"");
  cloche_cell_close(cell);
  cloche_thread_close(ut_thread);
  assert_int_equal(cloche_thread_open(&ut_thread, NULL, NULL), CLOCHE_OK);
  cloche_engine_close(engine);
}

static void position_of_the_fd_does_not_matter(void) {
  cloche_engine *engine;
  int fd = file_of(image, image_len);
  assert_int_equal(lseek(fd, 12345, SEEK_SET), 12345);
  assert_int_equal(open_fd(fd, &engine, NULL), CLOCHE_OK);
  assert_int_equal(lseek(fd, 0, SEEK_CUR), 12345);
  close(fd);
  cloche_engine_close(engine);
}

static void truncated_files(void) {
  static const size_t lengths[] = {0, 1, 7, 8, 100, 4095, 4096, 4097, 65536, 1 << 20};
  for (size_t i = 0; i < UT_COUNT(lengths); i++) must_be_refused(image, lengths[i], "truncated");
  must_be_refused(image, image_len - 1, "one byte less");
  must_be_refused(image, image_len - 4096, "one page less");
  must_be_refused(image, image_len - 65536, "one wasm page less");
  uint8_t *longer = calloc(1, image_len + 65536);
  assert_non_null(longer);
  memcpy(longer, image, image_len);
  must_be_refused(longer, image_len + 1, "one byte more");
  must_be_refused(longer, image_len + 65536, "one wasm page more");
  free(longer);
}

/* One bit anywhere: every byte of the header, and places all over the memory. */
static void flipped_bits(void) {
  for (size_t at = 0; at < sizeof(cl_image_header); at += at < 200 ? 1 : 13) {
    image[at] ^= (uint8_t)(1u << at % 8);
    must_be_refused(image, image_len, "a bit of the header");
    image[at] ^= (uint8_t)(1u << at % 8);
  }
  for (size_t at = CL_IMAGE_HEADER; at < image_len; at += image_len / 23) {
    image[at] ^= (uint8_t)(1u << at % 8);
    must_be_refused(image, image_len, "a bit of the memory");
    image[at] ^= (uint8_t)(1u << at % 8);
  }
  image[image_len - 1] ^= 0x80;
  must_be_refused(image, image_len, "the last bit");
  image[image_len - 1] ^= 0x80;
}

static void swapped_pages(void) {
  uint8_t *copy = malloc(image_len);
  assert_non_null(copy);
  memcpy(copy, image, image_len);
  size_t a = CL_IMAGE_HEADER, b = CL_IMAGE_HEADER + (1 << 20);
  for (size_t at = a; at < b && memcmp(copy + at, copy + b, 4096) == 0; at += 4096) a = at + 4096;
  memcpy(copy + a, image + b, 4096);
  memcpy(copy + b, image + a, 4096);
  must_be_refused(copy, image_len, "swapped pages");
  free(copy);
}

/* A sound image with a right hash, but of another engine, language or version. */
static void other_ids(void) {
  uint8_t *copy = malloc(image_len);
  assert_non_null(copy);
  for (int what = 0; what < 6; what++) {
    memcpy(copy, image, image_len);
    cl_image_header header;
    memcpy(&header, copy, sizeof header);
    if (what == 0) header.engine_id[0] ^= 1;
    if (what == 1) header.engine_id[31] ^= 0x80;
    if (what == 2) snprintf(header.language, sizeof header.language, "python");
    if (what == 3) memset(header.language, 'j', sizeof header.language);
    if (what == 4) header.version++;
    if (what == 5) header.memory_bytes = 0;
    cl_image_hash(header.image_id, &header, copy + CL_IMAGE_HEADER);
    memcpy(copy, &header, sizeof header);
    must_be_refused(copy, image_len, "another id");
  }
  free(copy);
}

/* Addresses in a header are used as they are: those outside of the memory must be refused, or do no harm. The hash can be
 * made by anybody, so that it is no defence. */
static void wild_headers(void) {
  uint8_t *copy = malloc(image_len);
  assert_non_null(copy);
  static const uint32_t wild[] = {0, 1, 3, 0x7FFFFFFF, 0xFFFFFFF0, 0xFFFFFFFF};
  for (size_t which = 0; which < 14; which++)
    for (size_t i = 0; i < UT_COUNT(wild); i++) {
      memcpy(copy, image, image_len);
      cl_image_header header;
      memcpy(&header, copy, sizeof header);
      uint32_t *fields[] = {&header.globals.stack_pointer, &header.globals.runtime, &header.globals.context,
                            &header.globals.random_state,  &header.globals.scratch, &header.globals.stack_limit};
      if (which < 6) *fields[which] = wild[i];
      else header.globals.entries[which - 6] = (uint64_t)0xFFFFFFFFu << 32 | wild[i];
      cl_image_hash(header.image_id, &header, copy + CL_IMAGE_HEADER);
      memcpy(copy, &header, sizeof header);
      int fd = file_of(copy, image_len);
      cloche_engine *engine;
      cloche_status status = open_fd(fd, &engine, NULL);
      close(fd);
      assert_true(status == CLOCHE_OK || status == CLOCHE_BAD_IMAGE);
      if (status != CLOCHE_OK) continue;
      cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
      cloche_limits limits = ut_limits();
      cloche_cell *cell;
      cloche_result r;
      limits.wall_ns = 50 * UT_MS;
      options.limits = &limits;
      if (cloche_cell_open(&cell, ut_thread, engine, &options, NULL) == CLOCHE_OK) {
        (void)cloche_cell_eval(cell, "throw {a: 'x'}", 14, NULL, &r, NULL); /* any end, but an end */
        (void)cloche_cell_eval(cell, "({a: 'x'})", 10, NULL, &r, NULL);
        cloche_cell_close(cell);
      }
      cloche_thread_close(ut_thread);
      assert_int_equal(cloche_thread_open(&ut_thread, NULL, NULL), CLOCHE_OK);
      cloche_engine_close(engine);
    }
  free(copy);
}

/* A slot that is kept warm belongs to its engine: one that comes later, even at the same address, starts from its own image. */
static void spare_slots_of_a_closed_engine(void) {
  static const char own_text[] = "Did you mean ", other_text[] = "Did_you_mean ";
  uint8_t *copy = malloc(image_len);
  assert_non_null(copy);
  memcpy(copy, image, image_len);
  unsigned changed = 0;
  for (uint8_t *at = copy; (at = memmem(at, image_len - (size_t)(at - copy), own_text, sizeof own_text - 1)) != NULL;
       at++, changed++)
    memcpy(at, other_text, sizeof other_text - 1);
  assert_true(changed > 0);
  cl_image_header header;
  memcpy(&header, copy, sizeof header);
  cl_image_hash(header.image_id, &header, copy + CL_IMAGE_HEADER);
  memcpy(copy, &header, sizeof header);
  for (int round = 0; round < 6; round++) {
    int fd = file_of(round % 2 ? image : copy, image_len);
    cloche_engine *engine;
    cloche_error err = CLOCHE_ERROR_INIT;
    if (open_fd(fd, &engine, &err) != CLOCHE_OK) fail_msg("%s", err.message);
    close(fd);
    cloche_cell *cell;
    assert_int_equal(cloche_cell_open(&cell, ut_thread, engine, NULL, &err), CLOCHE_OK);
    ut_tool(cell, "search", false);
    for (int run = 0; run < 3; run++) {
      cloche_result r = ut_ends(cell, "await tools.serch()", CLOCHE_UNCAUGHT_ERROR);
      if (!strstr(r.error_message, round % 2 ? own_text : other_text))
        fail_msg("round %d, run %d: %s", round, run, r.error_message);
    }
    cloche_cell_close(cell);
    cloche_engine_close(engine);
  }
  free(copy);
}

static void images_of_sessions(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  uint8_t *bytes;
  size_t len;
  cloche_cell *cell = ut_session();
  ut_value(cell, "let rate = 3; function times(x) { return x * rate } Math.random(); 0", "0");
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_OK);
  cloche_cell_close(cell);
  int fd = file_of(bytes, len);
  free(bytes);
  cloche_engine *engine;
  if (open_fd(fd, &engine, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  close(fd);
  char seen[2][64];
  for (int i = 0; i < 2; i++) {
    cloche_result r = run_in(engine, &cell, "times(14)");
    assert_string_equal(r.value, "42");
    snprintf(seen[i], sizeof seen[i], "%s", ut_eval(cell, "Math.random()").value);
    ut_value(cell, "rate++; rate", "4"); /* and back again: it is the image */
    ut_value(cell, "rate", "3");
    cloche_cell_close(cell);
  }
  assert_string_not_equal(seen[0], seen[1]);
  cloche_engine_close(engine);
}

static void who_has_no_image(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  uint8_t *bytes;
  size_t len;
  cloche_cell *cell = ut_one_shot();
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_INVALID_STATE);
  cloche_cell_close(cell);
  cell = ut_session();
  ut_tool(cell, "ask", false);
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_INVALID_STATE);
  assert_int_equal(ut_start(cell, "await tools.ask()"), CLOCHE_WAITING);
  assert_int_equal(cloche_cell_image(cell, &bytes, &len, &err), CLOCHE_INVALID_STATE);
  cloche_cell_close(cell);
}

static void what_is_no_file(void) {
  cloche_engine *engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  int pipes[2];
  assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
  assert_int_not_equal(open_fd(pipes[0], &engine, &err), CLOCHE_OK);
  assert_null(engine);
  close(pipes[0]);
  close(pipes[1]);
  assert_int_not_equal(open_fd(99999, &engine, &err), CLOCHE_OK); /* no fd at all */
  assert_null(engine);
  int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  assert_int_not_equal(open_fd(fd, &engine, &err), CLOCHE_OK);
  close(fd);
  fd = open(JS_IMAGE, O_WRONLY | O_CLOEXEC);
  if (fd >= 0) {
    assert_int_not_equal(open_fd(fd, &engine, &err), CLOCHE_OK);
    close(fd);
  }
}

static unsigned open_fds(void) {
  unsigned count = 0;
  for (int fd = 0; fd < 1024; fd++) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

static void refused_images_leak_no_fds(void) {
  unsigned before = open_fds();
  for (int i = 0; i < 50; i++) must_be_refused(image, 5000, "truncated");
  for (int i = 0; i < 20; i++) {
    cloche_engine *engine;
    assert_int_equal(cloche_engine_open(&engine, NULL, NULL), CLOCHE_OK);
    cloche_engine_close(engine);
  }
  assert_int_equal(open_fds(), before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(read_image),          UT(the_file_works),
      UT(the_file_may_change), UT(position_of_the_fd_does_not_matter),
      UT(truncated_files),     UT(flipped_bits),
      UT(swapped_pages),       UT(other_ids),
      UT(wild_headers),        UT(spare_slots_of_a_closed_engine),
      UT(images_of_sessions),  UT(who_has_no_image),
      UT(what_is_no_file),     UT(refused_images_leak_no_fds),
  };
  int failed = UT_RUN("image", tests);
  free(image);
  return failed;
}
