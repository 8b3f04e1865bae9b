/* Frames between a supervisor and a worker (src/worker/frame.h): what goes in comes out, whole and in order, in line and
 * through boxes, however the bytes are cut; and what is no frame, or not within bounds, ends the channel and nothing else.
 * The other end of a hostile test is a plain socket. Linked with --wrap: allocations come here, to fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset);

static unsigned long fail_in; /* the so manieth allocation from now on fails; 0: none */
static size_t largest;        /* that was asked for */

static bool must_fail(size_t size) {
  if (size > largest) largest = size;
  return fail_in > 0 && --fail_in == 0;
}

void *__wrap_malloc(size_t size) { return must_fail(size) ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return must_fail(count * size) ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *at, size_t size) { return must_fail(size) ? NULL : __real_realloc(at, size); }
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset) {
  return must_fail(0) ? MAP_FAILED : __real_mmap(at, len, prot, flags, fd, offset);
}

/* ---- two ends */

enum { TEXT_MAX = 1 << 20, BLOB_MAX = CL_BOX_BYTES + (1 << 20), OUT_MAX = 1 << 20 };

typedef struct {
  cl_channel *a, *b;
  int box_ab, box_ba;
} ends;

static cl_channel *open_with(int fd, int out_box, int in_box) {
  const cl_channel_options options = {
      .fd = fd, .out_box = out_box, .in_box = in_box, .text_max = TEXT_MAX, .blob_max = BLOB_MAX, .out_max = OUT_MAX};
  return cl_channel_open(&options);
}

static void make_pair(int fds[2]) { assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0); }

static ends open_ends(bool boxes) {
  int fds[2];
  ends e = {.box_ab = boxes ? cl_box_make() : -1, .box_ba = boxes ? cl_box_make() : -1};
  make_pair(fds);
  e.a = open_with(fds[0], e.box_ab, e.box_ba);
  e.b = open_with(fds[1], e.box_ba, e.box_ab);
  assert_non_null(e.a);
  assert_non_null(e.b);
  return e;
}

static void close_ends(ends *e) {
  cl_channel_close(e->a);
  cl_channel_close(e->b);
  if (e->box_ab >= 0) close(e->box_ab);
  if (e->box_ba >= 0) close(e->box_ba);
}

/* One channel, and the bare end of what it is connected with. */
static cl_channel *open_bare(int *other, int in_box) {
  int fds[2];
  make_pair(fds);
  cl_channel *ch = open_with(fds[0], -1, in_box);
  assert_non_null(ch);
  *other = fds[1];
  return ch;
}

static bool put(cl_channel *ch, const char *text, const void *blob, size_t blob_len) {
  cl_channel_put(ch, text, strlen(text));
  return cl_channel_end(ch, blob, blob_len);
}

/* Moves bytes until the other end has a frame. */
static cl_frame get(cl_channel *from, cl_channel *to) {
  cl_frame frame;
  for (int i = 0; i < 100000; i++) {
    cl_channel_flush(from);
    if (cl_channel_receive(to, &frame)) return frame;
    assert_int_equal(cl_channel_look(to), CL_CHANNEL_OPEN);
  }
  fail_msg("no frame comes");
  return frame;
}

static void get_text(cl_channel *from, cl_channel *to, const char *want) {
  cl_frame frame = get(from, to);
  assert_string_equal(frame.text, want);
  assert_int_equal(frame.text_len, strlen(want));
  assert_null(frame.blob);
  assert_int_equal(frame.blob_len, 0);
}

/* Nothing more comes, also when asked again. */
static void get_nothing(cl_channel *ch, cl_channel_state state) {
  cl_frame frame;
  for (int i = 0; i < 3; i++) assert_false(cl_channel_receive(ch, &frame));
  assert_int_equal(cl_channel_look(ch), state);
}

static uint8_t *pattern(size_t len, unsigned seed) {
  uint8_t *bytes = malloc(len + 1);
  assert_non_null(bytes);
  for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)(i * 31 + i / 251 + seed);
  return bytes;
}

static void blob_goes(cl_channel *from, cl_channel *to, size_t len, unsigned seed) {
  uint8_t *blob = pattern(len, seed);
  assert_true(put(from, "{}", blob, len));
  cl_frame frame = get(from, to);
  assert_string_equal(frame.text, "{}");
  assert_int_equal(frame.blob_len, len);
  assert_memory_equal(frame.blob, blob, len);
  free(blob);
}

/* ---- what goes well */

static void frames_come_in_order(void **state) {
  (void)state;
  ends e = open_ends(false);
  get_nothing(e.a, CL_CHANNEL_OPEN);
  assert_false(cl_channel_wants_write(e.a));
  for (int i = 0; i < 1000; i++) {
    char text[32];
    snprintf(text, sizeof text, "{\"id\":\"%d\"}", i);
    assert_true(put(e.a, text, i % 3 ? NULL : text, i % 3 ? 0 : (size_t)i % 7 + 1));
  }
  assert_true(cl_channel_wants_write(e.a));
  for (int i = 0; i < 1000; i++) {
    char text[32];
    snprintf(text, sizeof text, "{\"id\":\"%d\"}", i);
    cl_frame frame = get(e.a, e.b);
    assert_string_equal(frame.text, text);
    assert_int_equal(frame.blob_len, i % 3 ? 0 : i % 7 + 1);
    if (frame.blob) assert_memory_equal(frame.blob, text, frame.blob_len);
  }
  assert_false(cl_channel_wants_write(e.a));
  get_nothing(e.b, CL_CHANNEL_OPEN);
  close_ends(&e);
}

static void a_batch_is_one_write(void **state) {
  (void)state;
  int other;
  cl_channel *ch = open_bare(&other, -1);
  char bytes[1000];
  assert_true(put(ch, "one", NULL, 0) && put(ch, "two", NULL, 0));
  assert_int_equal(recv(other, bytes, sizeof bytes, MSG_DONTWAIT), -1); /* nothing before it is flushed */
  cl_channel_flush(ch);
  assert_int_equal(recv(other, bytes, sizeof bytes, MSG_DONTWAIT), 2 * CL_FRAME_HEADER + 6);
  assert_memory_equal(bytes, "CLF1\3\0\0\0\0\0\0\0\0\0\0\0\377\377\377\377\377\377\377\377\0\0\0\0\0\0\0\0one", 35);
  close(other);
  cl_channel_close(ch);
}

static void a_frame_may_be_put_in_pieces_and_is_sent_whole(void **state) {
  (void)state;
  ends e = open_ends(false);
  assert_true(put(e.a, "first", NULL, 0));
  cl_channel_put(e.a, "se", 2);
  cl_channel_flush(e.a); /* of the second nothing goes before its end */
  get_text(e.a, e.b, "first");
  get_nothing(e.b, CL_CHANNEL_OPEN);
  for (int i = 0; i < 5000; i++) cl_channel_put(e.a, "cond", 4);
  cl_channel_put(e.a, "", 0);
  assert_true(cl_channel_end(e.a, NULL, 0));
  cl_frame frame = get(e.a, e.b);
  assert_int_equal(frame.text_len, 20002);
  assert_memory_equal(frame.text, "secondcond", 10);
  close_ends(&e);
}

static void zeros_in_texts_stay(void **state) {
  (void)state;
  ends e = open_ends(false);
  cl_channel_put(e.a, "a\0b", 3);
  assert_true(cl_channel_end(e.a, "\0", 1));
  cl_frame frame = get(e.a, e.b);
  assert_int_equal(frame.text_len, 3);
  assert_memory_equal(frame.text, "a\0b", 4);
  assert_int_equal(frame.blob_len, 1);
  assert_int_equal(frame.blob[0], 0);
  close_ends(&e);
}

static void nothing_is_no_frame(void **state) {
  (void)state;
  ends e = open_ends(false);
  assert_false(cl_channel_end(e.a, NULL, 0));
  assert_false(cl_channel_end(e.a, "x", 1));
  assert_false(cl_channel_wants_write(e.a));
  assert_true(put(e.a, "x", NULL, 0));
  get_text(e.a, e.b, "x");
  close_ends(&e);
}

static void large_texts_and_blobs_go_in_line(void **state) {
  (void)state;
  ends e = open_ends(false);
  char *text = malloc(TEXT_MAX);
  memset(text, 'x', TEXT_MAX);
  cl_channel_put(e.a, text, TEXT_MAX);
  assert_true(cl_channel_is_full(e.a) || TEXT_MAX + CL_FRAME_HEADER > OUT_MAX);
  assert_true(cl_channel_end(e.a, NULL, 0));
  assert_true(cl_channel_is_full(e.a));
  cl_frame frame = get(e.a, e.b);
  assert_false(cl_channel_is_full(e.a));
  assert_int_equal(frame.text_len, TEXT_MAX);
  assert_memory_equal(frame.text, text, TEXT_MAX);
  free(text);
  blob_goes(e.a, e.b, BLOB_MAX, 1);
  blob_goes(e.a, e.b, 1, 2);
  close_ends(&e);
}

static void blobs_go_through_boxes(void **state) {
  (void)state;
  ends e = open_ends(true);
  const size_t sizes[] = {
      1, CL_INLINE_BLOB, CL_INLINE_BLOB + 1, 100000, CL_BOX_BYTES - 1, CL_BOX_BYTES, CL_BOX_BYTES + 1};
  for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    blob_goes(e.a, e.b, sizes[i], i);
    blob_goes(e.b, e.a, sizes[i], i + 100);
  }
  close_ends(&e);
}

/* How many bytes wait in the socket: in-line blobs are among them. */
static void waits(cl_channel *ch, bool much) {
  char *bytes = malloc(1 << 20);
  cl_channel_flush(ch);
  ssize_t len = recv(cl_channel_fd(ch), bytes, 1 << 20, MSG_DONTWAIT | MSG_PEEK);
  free(bytes);
  assert_int_equal(len > CL_INLINE_BLOB, much);
}

static void a_full_box_sends_in_line_and_credit_comes_back(void **state) {
  (void)state;
  ends e = open_ends(true);
  size_t len = CL_BOX_BYTES / 4 - 10, sent = 0;
  uint8_t *blob = pattern(len, 7);
  for (; sent < 4; sent++) assert_true(put(e.a, "{}", blob, len)); /* these fill the box */
  cl_channel_flush(e.a);
  waits(e.b, false);
  assert_true(put(e.a, "{}", blob, len)); /* this does not fit any more */
  cl_channel_flush(e.a);
  waits(e.b, true);
  for (size_t i = 0; i < sent + 1; i++) {
    cl_frame frame = get(e.a, e.b);
    assert_int_equal(frame.blob_len, len);
    assert_memory_equal(frame.blob, blob, len);
  }
  assert_true(cl_channel_wants_write(e.b)); /* that the box is free: it goes by itself, and is no frame */
  cl_channel_flush(e.b);
  assert_false(cl_channel_wants_write(e.b));
  get_nothing(e.a, CL_CHANNEL_OPEN);
  assert_true(put(e.a, "{}", blob, len));
  waits(e.b, false); /* through the box again */
  assert_int_equal(get(e.a, e.b).blob_len, len);
  free(blob);
  close_ends(&e);
}

static void boxes_wrap_around(void **state) {
  (void)state;
  ends e = open_ends(true);
  for (unsigned i = 0; i < 60; i++) { /* one waits always, so the box is never empty and never begins anew */
    size_t len = 2000000 + i * 77777 % 900000;
    uint8_t *blob = pattern(len, i), *before = i ? pattern(2000000 + (i - 1) * 77777 % 900000, i - 1) : NULL;
    assert_true(put(e.a, "{}", blob, len));
    cl_channel_flush(e.a);
    if (i % 5 == 4) assert_true(put(e.b, "credit", NULL, 0)); /* with a frame, or alone */
    if (before) {
      cl_frame frame = get(e.a, e.b);
      assert_memory_equal(frame.blob, before, frame.blob_len);
      assert_int_equal(frame.blob_len, 2000000 + (i - 1) * 77777 % 900000);
    }
    waits(e.b, false); /* never in line */
    cl_channel_flush(e.b);
    cl_frame frame;
    while (cl_channel_receive(e.a, &frame)) assert_string_equal(frame.text, "credit");
    free(blob);
    free(before);
  }
  close_ends(&e);
}

/* ---- how bytes come */

static size_t raw_frame(uint8_t *to, const char *text, uint64_t blob_len, uint64_t at, uint64_t seen) {
  uint32_t len = (uint32_t)strlen(text);
  memcpy(to, "CLF1", 4);
  memcpy(to + 4, &len, 4);
  memcpy(to + 8, &blob_len, 8);
  memcpy(to + 16, &at, 8);
  memcpy(to + 24, &seen, 8);
  memcpy(to + CL_FRAME_HEADER, text, len);
  return CL_FRAME_HEADER + len;
}

static void bytes_may_come_one_at_a_time(void **state) {
  (void)state;
  int other;
  cl_channel *ch = open_bare(&other, -1);
  uint8_t bytes[200];
  cl_frame frame;
  size_t len = raw_frame(bytes, "hello", 3, UINT64_MAX, 0);
  memcpy(bytes + len, "abc", 3);
  len += 3;
  len += raw_frame(bytes + len, "", 0, UINT64_MAX, 0);
  len += raw_frame(bytes + len, "again", 0, UINT64_MAX, 0);
  int frames = 0;
  for (size_t i = 0; i < len; i++) {
    assert_int_equal(write(other, bytes + i, 1), 1);
    bool got = cl_channel_receive(ch, &frame) || cl_channel_receive(ch, &frame);
    assert_int_equal(got, i + 1 == CL_FRAME_HEADER + 8 || i + 1 == len);
    if (!got) continue;
    assert_string_equal(frame.text, frames++ ? "again" : "hello");
    if (frames == 1) assert_memory_equal(frame.blob, "abc", 3);
  }
  assert_int_equal(frames, 2);
  close(other);
  get_nothing(ch, CL_CHANNEL_CLOSED);
  cl_channel_close(ch);
}

static void a_full_socket_is_written_to_later(void **state) {
  (void)state;
  int other;
  cl_channel *ch = open_bare(&other, -1);
  static char got[1 << 16];
  size_t sum = 0, frames = 0;
  char text[1001];
  memset(text, 'y', 1000);
  text[1000] = 0;
  for (; frames < 5000; frames++) assert_true(put(ch, text, NULL, 0));
  cl_channel_flush(ch);
  assert_true(cl_channel_wants_write(ch));
  assert_true(cl_channel_is_full(ch));
  while (sum < frames * (CL_FRAME_HEADER + 1000)) {
    ssize_t n = recv(other, got, 1 + sum % sizeof got, MSG_DONTWAIT);
    if (n > 0) sum += (size_t)n;
    else cl_channel_flush(ch);
  }
  assert_false(cl_channel_wants_write(ch));
  close(other);
  cl_channel_close(ch);
}

static void what_a_dead_end_sent_is_given_first(void **state) {
  (void)state;
  ends e = open_ends(true);
  uint8_t *blob = pattern(50000, 3);
  assert_true(put(e.b, "ignored", NULL, 0)); /* unread: the other end sees a reset connection, not a quiet end */
  cl_channel_flush(e.b);
  assert_true(put(e.a, "one", NULL, 0) && put(e.a, "two", blob, 50000) && put(e.a, "cut", blob, 10000));
  cl_channel_flush(e.a);
  cl_channel_close(e.a);
  e.a = NULL;
  assert_true(put(e.b, "nobody hears it", NULL, 0));
  cl_channel_flush(e.b);
  assert_false(cl_channel_wants_write(e.b));
  assert_true(put(e.b, "nor this", blob, 50000));
  assert_false(cl_channel_wants_write(e.b));
  cl_frame frame;
  const char *want[] = {"one", "two", "cut"};
  for (int i = 0; i < 3; i++) {
    assert_true(cl_channel_receive(e.b, &frame));
    assert_string_equal(frame.text, want[i]);
  }
  get_nothing(e.b, CL_CHANNEL_CLOSED);
  free(blob);
  close_ends(&e);
}

static void half_a_frame_is_none(void **state) {
  (void)state;
  for (size_t cut = 0; cut < CL_FRAME_HEADER + 5; cut++) {
    int other;
    cl_channel *ch = open_bare(&other, -1);
    uint8_t bytes[100];
    raw_frame(bytes, "hello", 0, UINT64_MAX, 0);
    assert_int_equal(write(other, bytes, cut), (ssize_t)cut);
    close(other);
    get_nothing(ch, CL_CHANNEL_CLOSED);
    cl_channel_close(ch);
  }
}

/* ---- hostile headers */

typedef struct {
  const char *magic;
  uint32_t text_len;
  uint64_t blob_len, at, seen;
} claim;

static cl_channel_state state_after(const claim *c, int in_box) {
  int other;
  cl_channel *ch = open_bare(&other, in_box);
  uint8_t bytes[CL_FRAME_HEADER + 100] = {0};
  cl_frame frame;
  memcpy(bytes, c->magic, 4);
  memcpy(bytes + 4, &c->text_len, 4);
  memcpy(bytes + 8, &c->blob_len, 8);
  memcpy(bytes + 16, &c->at, 8);
  memcpy(bytes + 24, &c->seen, 8);
  assert_int_equal(write(other, bytes, sizeof bytes), (ssize_t)sizeof bytes);
  for (int i = 0; i < 5 && cl_channel_receive(ch, &frame); i++) { assert_int_equal(frame.text[frame.text_len], 0); }
  cl_channel_state state = cl_channel_look(ch);
  if (state == CL_CHANNEL_BAD) get_nothing(ch, CL_CHANNEL_BAD);
  close(other);
  cl_channel_close(ch);
  return state;
}

static void bad_headers_end_the_channel(void **state) {
  (void)state;
  int box = cl_box_make();
  const uint64_t in_line = UINT64_MAX, size = CL_BOX_BYTES;
  const claim bad[] = {
      {"CLF2", 1, 0, in_line, 0},
      {"\0\0\0\0", 0, 0, 0, 0},
      {"CLF1", TEXT_MAX + 1, 0, in_line, 0},
      {"CLF1", UINT32_MAX, 0, in_line, 0},
      {"CLF1", 1, BLOB_MAX + 1, in_line, 0},
      {"CLF1", 1, UINT64_MAX, in_line, 0},
      {"CLF1", 1, UINT64_MAX, 0, 0},
      {"CLF1", 1, UINT64_MAX - 40, in_line, 0},
      {"CLF1", 0, 1, in_line, 0}, /* a blob without a text */
      {"CLF1", 0, 1, 0, 0},
      {"CLF1", 1, 0, 0, 0},       /* nothing in the box */
      {"CLF1", 1, 1, in_line, 1}, /* seen what was never put */
      {"CLF1", 1, 0, in_line, UINT64_MAX},
      {"CLF1", 1, 1, size, 0}, /* beyond the box */
      {"CLF1", 1, 2, size - 1, 0},
      {"CLF1", 1, size, 1, 0},
      {"CLF1", 1, size + 1, 0, 0},
      {"CLF1", 1, 1, in_line - 1, 0},
      {"CLF1", 1, 1, in_line / 2, 0},
      {"CLF1", 1, size, in_line - size + 1, 0},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (state_after(&bad[i], box) != CL_CHANNEL_BAD) fail_msg("header %zu is taken", i);
    if (state_after(&bad[i], -1) != CL_CHANNEL_BAD) fail_msg("header %zu is taken without a box", i);
  }
  const claim without_box = {"CLF1", 1, 1, 0, 0}, whole = {"CLF1", 1, size, 0, 0}, last = {"CLF1", 1, 1, size - 1, 0};
  assert_int_equal(state_after(&without_box, -1), CL_CHANNEL_BAD);
  /* the bytes behind these are zeros, and so no header */
  assert_int_equal(state_after(&without_box, box), CL_CHANNEL_BAD);
  assert_int_equal(state_after(&whole, box), CL_CHANNEL_BAD);
  assert_int_equal(state_after(&last, box), CL_CHANNEL_BAD);
  close(box);
}

static void places_in_the_box_only_go_on(void **state) {
  (void)state;
  int other, box = cl_box_make();
  cl_channel *ch = open_bare(&other, box);
  uint8_t bytes[100];
  cl_frame frame;
  const uint64_t size = CL_BOX_BYTES;
  const struct {
    uint64_t at, len;
    bool good;
  } steps[] = {{100, 50, true}, {150, 50, true}, {size - 10, 10, true}, {size, 10, true}, {size + 5, 10, false}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    size_t len = raw_frame(bytes, "{}", steps[i].len, steps[i].at, 0);
    assert_int_equal(write(other, bytes, len), (ssize_t)len);
    bool got = cl_channel_receive(ch, &frame) || cl_channel_receive(ch, &frame);
    assert_int_equal(got, steps[i].good);
  }
  get_nothing(ch, CL_CHANNEL_BAD);
  close(other);
  close(box);
  cl_channel_close(ch);
}

static void seen_never_goes_back(void **state) {
  (void)state;
  int fds[2], box = cl_box_make();
  make_pair(fds);
  cl_channel *ch = open_with(fds[0], box, -1);
  uint8_t bytes[100], *blob = pattern(100000, 1);
  const uint64_t seen[] = {0, 100000, 100000, 99999};
  assert_true(put(ch, "{}", blob, 100000));
  for (size_t i = 0; i < 4; i++) {
    cl_frame frame;
    size_t len = raw_frame(bytes, "x", 0, UINT64_MAX, seen[i]);
    assert_int_equal(write(fds[1], bytes, len), (ssize_t)len);
    bool got = cl_channel_receive(ch, &frame) || cl_channel_receive(ch, &frame);
    assert_int_equal(got, i < 3);
  }
  get_nothing(ch, CL_CHANNEL_BAD);
  free(blob);
  close(fds[1]);
  close(box);
  cl_channel_close(ch);
}

/* What is copied out of the box is what was checked: a change that comes later changes nothing. */
static void blobs_are_copied_out(void **state) {
  (void)state;
  ends e = open_ends(true);
  uint8_t *blob = pattern(50000, 9);
  uint8_t *box = mmap(NULL, CL_BOX_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, e.box_ab, 0);
  assert_true(put(e.a, "{}", blob, 50000));
  cl_frame frame = get(e.a, e.b);
  memset(box, 0, 50000);
  assert_memory_equal(frame.blob, blob, 50000);
  munmap(box, CL_BOX_BYTES);
  free(blob);
  close_ends(&e);
}

static void claims_cost_no_memory(void **state) {
  (void)state;
  int fds[2];
  make_pair(fds);
  const cl_channel_options options = {
      .fd = fds[0], .out_box = -1, .in_box = -1, .text_max = UINT32_MAX, .blob_max = SIZE_MAX, .out_max = OUT_MAX};
  cl_channel *ch = cl_channel_open(&options);
  uint8_t bytes[100];
  cl_frame frame;
  raw_frame(bytes, "{}", UINT64_C(1) << 60, UINT64_MAX, 0);
  memset(bytes + 4, 0xFF, 4);
  assert_int_equal(write(fds[1], bytes, sizeof bytes), (ssize_t)sizeof bytes);
  largest = 0;
  for (int i = 0; i < 4; i++) assert_false(cl_channel_receive(ch, &frame));
  assert_int_equal(cl_channel_look(ch), CL_CHANNEL_OPEN);
  assert_true(largest <= 1 << 20);
  close(fds[1]);
  get_nothing(ch, CL_CHANNEL_CLOSED);
  cl_channel_close(ch);
}

/* Random headers near the bounds, and frames with a byte changed: a channel ends or gives frames within its bounds. */
static void chance_finds_nothing(void **state) {
  (void)state;
  uint32_t random = 1;
  int box = cl_box_make();
  for (int round = 0; round < 3000; round++) {
    int other;
    cl_channel *ch = open_bare(&other, round % 2 ? box : -1);
    uint8_t bytes[400];
    size_t len = 0;
    while (len < 200) {
      len += raw_frame(bytes + len, "{\"a\":1}", round % 3, round % 3 ? UINT64_MAX : UINT64_MAX, 0);
      memset(bytes + len, 'b', (size_t)round % 3);
      len += (size_t)round % 3;
    }
    for (int i = 0; i < 1 + round % 3; i++) {
      random = random * 1664525u + 1013904223u;
      bytes[(random >> 8) % len] = (uint8_t)(random >> 24);
    }
    assert_int_equal(write(other, bytes, len), (ssize_t)len);
    close(other);
    cl_frame frame;
    for (int i = 0; i < 100 && cl_channel_look(ch) == CL_CHANNEL_OPEN; i++)
      while (cl_channel_receive(ch, &frame)) {
        assert_true(frame.text_len > 0 && frame.text_len <= TEXT_MAX && frame.blob_len <= BLOB_MAX);
        assert_int_equal(frame.text[frame.text_len], 0);
        for (size_t k = 0; k < frame.blob_len; k++) random += frame.blob[k];
      }
    assert_int_not_equal(cl_channel_look(ch), CL_CHANNEL_OPEN);
    cl_channel_close(ch);
  }
  close(box);
}

/* ---- boxes that are none */

static void only_sealed_boxes_of_the_right_size_are_taken(void **state) {
  (void)state;
  int fds[2], file;
  char path[] = "/tmp/cloche-box-XXXXXX";
  make_pair(fds);
  const struct {
    off_t size;
    int seals;
  } bad[] = {{CL_BOX_BYTES, 0},
             {CL_BOX_BYTES, F_SEAL_GROW},
             {CL_BOX_BYTES, F_SEAL_SHRINK},
             {CL_BOX_BYTES - 1, F_SEAL_GROW | F_SEAL_SHRINK},
             {CL_BOX_BYTES + 4096, F_SEAL_GROW | F_SEAL_SHRINK},
             {0, F_SEAL_GROW | F_SEAL_SHRINK}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    int fd = memfd_create("box", MFD_ALLOW_SEALING | MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, bad[i].size), 0);
    assert_int_equal(fcntl(fd, F_ADD_SEALS, bad[i].seals), 0);
    assert_null(open_with(fds[0], fd, -1));
    assert_null(open_with(fds[0], -1, fd));
    close(fd);
  }
  file = mkstemp(path);
  assert_int_equal(ftruncate(file, CL_BOX_BYTES), 0);
  assert_null(open_with(fds[0], -1, file));
  assert_null(open_with(fds[0], -1, fds[1]));
  close(file);
  unlink(path);
  assert_null(open_with(-1, -1, -1));
  assert_int_equal(fcntl(fds[0], F_GETFD) >= 0, 1); /* it is the caller's still */
  int box = cl_box_make();
  assert_int_equal(ftruncate(box, 0), -1);
  assert_int_equal(fcntl(box, F_ADD_SEALS, F_SEAL_WRITE), -1); /* nor may anything else be sealed */
  cl_channel *ch = open_with(fds[0], box, box);
  assert_non_null(ch);
  close(box);
  close(fds[1]);
  cl_channel_close(ch);
}

/* ---- no memory */

static void opening_without_memory_fails(void **state) {
  (void)state;
  int fds[2], box = cl_box_make();
  make_pair(fds);
  for (unsigned long n = 1; n <= 3; n++) { /* the channel and two mappings */
    fail_in = n;
    assert_null(open_with(fds[0], box, box));
  }
  fail_in = 0;
  cl_channel_close(open_with(fds[0], box, box));
  close(box);
  close(fds[1]);
}

static void a_frame_without_memory_is_not_sent_and_the_next_one_is(void **state) {
  (void)state;
  ends e = open_ends(false);
  uint8_t *blob = pattern(100000, 1);
  for (unsigned long n = 1; n <= 2; n++) { /* the first bytes, and what the blob needs more */
    fail_in = n;
    assert_false(put(e.a, "lost", blob, 10000));
    fail_in = 0;
    assert_false(cl_channel_wants_write(e.a));
  }
  assert_true(put(e.a, "kept", NULL, 0));
  fail_in = 1;
  assert_false(put(e.a, "lost", blob, 100000));
  fail_in = 0;
  assert_true(put(e.a, "last", NULL, 0));
  get_text(e.a, e.b, "kept");
  get_text(e.a, e.b, "last");
  free(blob);
  close_ends(&e);
}

static void receiving_without_memory_ends_the_channel(void **state) {
  (void)state;
  for (unsigned long n = 1; n <= 3; n++) {
    ends e = open_ends(true);
    uint8_t *blob = pattern(300000, 1);
    cl_frame frame;
    bool got = false;
    assert_true(put(e.a, "{}", blob, 300000));
    cl_channel_flush(e.a);
    fail_in = n; /* the buffer, the copy of the blob, and nothing */
    got = cl_channel_receive(e.b, &frame);
    assert_int_equal(got, n == 3);
    fail_in = 0;
    if (!got) get_nothing(e.b, CL_CHANNEL_NO_MEMORY);
    free(blob);
    close_ends(&e);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(frames_come_in_order),
      cmocka_unit_test(a_batch_is_one_write),
      cmocka_unit_test(a_frame_may_be_put_in_pieces_and_is_sent_whole),
      cmocka_unit_test(zeros_in_texts_stay),
      cmocka_unit_test(nothing_is_no_frame),
      cmocka_unit_test(large_texts_and_blobs_go_in_line),
      cmocka_unit_test(blobs_go_through_boxes),
      cmocka_unit_test(a_full_box_sends_in_line_and_credit_comes_back),
      cmocka_unit_test(boxes_wrap_around),
      cmocka_unit_test(bytes_may_come_one_at_a_time),
      cmocka_unit_test(a_full_socket_is_written_to_later),
      cmocka_unit_test(what_a_dead_end_sent_is_given_first),
      cmocka_unit_test(half_a_frame_is_none),
      cmocka_unit_test(bad_headers_end_the_channel),
      cmocka_unit_test(places_in_the_box_only_go_on),
      cmocka_unit_test(seen_never_goes_back),
      cmocka_unit_test(blobs_are_copied_out),
      cmocka_unit_test(claims_cost_no_memory),
      cmocka_unit_test(chance_finds_nothing),
      cmocka_unit_test(only_sealed_boxes_of_the_right_size_are_taken),
      cmocka_unit_test(opening_without_memory_fails),
      cmocka_unit_test(a_frame_without_memory_is_not_sent_and_the_next_one_is),
      cmocka_unit_test(receiving_without_memory_ends_the_channel),
  };
  return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
