/* Frames, both sides. The first byte says which of two games is played:
 *   - a stranger at the other end writes the rest of the input to the socket, cut into pieces: the channel gives frames within
 *     its bounds, or ends, and never gives anything after that;
 *   - two channels with boxes put, flush and receive as the input says: what is put comes out, whole and in order.
 * (All the way around a box takes long: tests/unit/frame.c goes it.) */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 1 << 12, BLOB_MAX = 2 << 20, OUT_MAX = 1 << 16, BYTES_MAX = 160 << 10, FRAMES_MAX = 4096 };

static const uint8_t zeros[1 << 17];
static size_t sum; /* so that every byte that is given is read */

static cl_channel *open_end(int fd, int out_box, int in_box) {
  const cl_channel_options options = {
      .fd = fd, .out_box = out_box, .in_box = in_box, .text_max = TEXT_MAX, .blob_max = BLOB_MAX, .out_max = OUT_MAX};
  cl_channel *channel = cl_channel_open(&options);
  if (!channel) abort();
  return channel;
}

static int box(int which) {
  static int boxes[2] = {-1, -1};
  if (boxes[which] < 0) boxes[which] = cl_box_make();
  return boxes[which];
}

/* ---- a stranger */

static void receive_all(cl_channel *channel) {
  cl_frame frame;
  for (int looks = 0; looks < 2; looks++) {
    while (cl_channel_receive(channel, &frame)) {
      if (cl_channel_look(channel) != CL_CHANNEL_OPEN || frame.text_len == 0) abort();
      if (frame.text_len > TEXT_MAX || frame.blob_len > BLOB_MAX || !frame.blob != !frame.blob_len) abort();
      if (frame.text[frame.text_len] != 0) abort();
      for (size_t i = 0; i < frame.text_len; i++) sum += (unsigned char)frame.text[i];
      for (size_t i = 0; i < frame.blob_len; i++) sum += frame.blob[i];
    }
  }
  cl_channel_flush(channel);
}

static void play_stranger(uint8_t how, const uint8_t *data, size_t size) {
  int fds[2];
  size_t piece = how >> 3 ? (size_t)(how >> 3) * 7 : size + 1;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) abort();
  cl_channel *channel = open_end(fds[0], how & 2 ? box(0) : -1, how & 4 ? box(1) : -1);
  if (how & 2) { /* something that may be seen */
    cl_channel_put(channel, "{}", 2);
    if (!cl_channel_end(channel, zeros, sizeof zeros)) abort();
  }
  for (size_t at = 0; at < size; at += piece) {
    size_t len = size - at < piece ? size - at : piece;
    if (send(fds[1], data + at, len, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)len) break;
    receive_all(channel);
  }
  close(fds[1]);
  receive_all(channel);
  if (cl_channel_look(channel) != CL_CHANNEL_CLOSED && cl_channel_look(channel) != CL_CHANNEL_BAD) abort();
  cl_channel_close(channel);
}

/* ---- two of us */

typedef struct {
  size_t text_len, blob_len;
  uint8_t seed;
} sent;

typedef struct {
  cl_channel *from, *to;
  sent queue[FRAMES_MAX];
  size_t first, last;
} direction;

static void put_one(direction *d, uint8_t a, uint8_t b, size_t *budget) {
  static const uint8_t shifts[8] = {0, 2, 4, 6, 8, 10, 11, 12};
  static uint8_t bytes[31 << 12];
  sent s = {.text_len = (size_t)a + 1, .blob_len = (size_t)(b & 31) << shifts[b >> 5], .seed = (uint8_t)(d->last + 1)};
  if (d->last == FRAMES_MAX || s.blob_len > *budget) return;
  *budget -= s.blob_len;
  memset(bytes, s.seed, s.blob_len > s.text_len ? s.blob_len : s.text_len);
  cl_channel_put(d->from, (const char *)bytes, s.text_len / 2);
  cl_channel_put(d->from, (const char *)bytes, s.text_len - s.text_len / 2);
  if (!cl_channel_end(d->from, s.blob_len ? bytes : NULL, s.blob_len)) abort();
  d->queue[d->last++] = s;
}

static bool is_all(const void *bytes, uint8_t seed, size_t len) {
  const uint8_t *p = bytes;
  return len == 0 || (p[0] == seed && memcmp(p, p + 1, len - 1) == 0);
}

static bool get_one(direction *d) {
  cl_frame frame;
  if (!cl_channel_receive(d->to, &frame)) {
    if (cl_channel_look(d->to) != CL_CHANNEL_OPEN) abort();
    return false;
  }
  if (d->first == d->last) abort();
  const sent *s = &d->queue[d->first++];
  if (frame.text_len != s->text_len || frame.blob_len != s->blob_len) abort();
  if (!is_all(frame.text, s->seed, s->text_len) || !is_all(frame.blob, s->seed, s->blob_len)) abort();
  return true;
}

static void play_two(uint8_t how, const uint8_t *data, size_t size) {
  int fds[2];
  static direction ways[2];
  size_t budget = BYTES_MAX;
  bool boxes = how & 2;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) abort();
  cl_channel *a = open_end(fds[0], boxes ? box(0) : -1, boxes ? box(1) : -1);
  cl_channel *b = open_end(fds[1], boxes ? box(1) : -1, boxes ? box(0) : -1);
  for (int i = 0; i < 2; i++) {
    ways[i].from = i ? b : a;
    ways[i].to = i ? a : b;
    ways[i].first = ways[i].last = 0;
  }
  for (size_t at = 0; at + 2 < size; at++) {
    direction *d = &ways[data[at] >> 7];
    switch (data[at] & 3) {
      case 0: put_one(d, data[at + 1], data[at + 2], &budget), at += 2; break;
      case 1: cl_channel_flush(d->from); break;
      case 2: (void)get_one(d); break;
      default: cl_channel_flush(d->from), (void)get_one(d); break;
    }
  }
  for (int round = 0; ways[0].first < ways[0].last || ways[1].first < ways[1].last; round++) {
    if (round > 100000) abort(); /* something is stuck */
    for (int i = 0; i < 2; i++) {
      cl_channel_flush(ways[i].from);
      while (get_one(&ways[i])) {}
    }
  }
  cl_channel_close(a);
  cl_channel_close(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  if (data[0] & 1) play_two(data[0], data + 1, size - 1);
  else play_stranger(data[0], data + 1, size - 1);
  return 0;
}
