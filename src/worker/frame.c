/* Frames over a socketpair; frame.h.
 *
 * Invariants:
 *  1. in.data[in.at, in.len) has come and was not given yet; at most one frame of it is looked at a time, and nothing is
 *     believed of a frame before its header was checked against this side's bounds.
 *  2. Memory for what comes in grows with the bytes that came, never with the length that a header claims (a blob in the
 *     box is bounded by the box).
 *  3. out.data[out.at, out.len) waits to be written. From frame_at on it is a frame that is being composed, which is not
 *     written before its end.
 *  4. Of an out box: seen <= put, and the bytes [seen, put) of it, modulo its size, belong to the receiver.
 *
 * After cl_channel_open the system is asked for nothing but recvfrom, sendto and memory. */
#include "frame.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC UINT32_C(0x31464C43) /* "CLF1" */
#define IN_LINE UINT64_MAX
#define NO_FRAME SIZE_MAX

enum {
  READ_BYTES = 256 << 10,
  KEPT_BYTES = 1 << 20, /* of an empty buffer; what is larger goes back */
  CREDIT_BYTES =
      CL_BOX_BYTES / 4 /* of blobs taken out of the box: then the sender is told without waiting for a frame */
};

typedef struct {
  uint8_t *data;
  size_t at, len, cap;
} buffer;

typedef struct {
  uint32_t text_len;
  uint64_t blob_len, at, seen;
} header;

struct cl_channel {
  int fd;
  cl_channel_state state;
  size_t text_max, blob_max, out_max;

  buffer in;
  size_t frame_len; /* of the frame that was given last: it goes at the next receive */
  uint8_t *blob;    /* the last one that came through the box */
  bool drained;     /* the last read got less than it had room for */

  buffer out;
  size_t frame_at; /* NO_FRAME: none is being composed */
  bool failed;     /* the one that is */
  bool gone;       /* nobody reads what is written */

  const uint8_t *in_box;
  uint64_t in_done; /* what of it was taken out: all before it is the sender's again */
  uint64_t in_owed; /* bytes of blobs that were taken out since the sender was told */

  uint8_t *out_box;
  uint64_t put, seen, told; /* told: as the other end said it last, which is at most `seen` */
};

/* ---- buffers */

static bool buffer_reserve(buffer *b, size_t more) {
  if (b->at == b->len) b->at = b->len = 0;
  if (b->cap - b->len >= more) return true;
  if (b->at > 0 && b->cap - (b->len - b->at) >= more && b->at >= b->cap / 2) {
    memmove(b->data, b->data + b->at, b->len - b->at);
    b->len -= b->at;
    b->at = 0;
    return true;
  }
  size_t cap = b->cap ? b->cap : 4096;
  while (cap - b->len < more) {
    if (cap > SIZE_MAX / 4) return false;
    cap *= 2;
  }
  uint8_t *data = realloc(b->data, cap);
  if (!data) return false;
  b->data = data;
  b->cap = cap;
  return true;
}

/* Gives memory back that one large frame has taken. */
static void buffer_rest(buffer *b) {
  if (b->at < b->len || b->cap <= KEPT_BYTES) return;
  free(b->data);
  *b = (buffer){0};
}

/* ---- boxes */

int cl_box_make(void) {
  int fd = memfd_create("cloche-box", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return -1;
  if (ftruncate(fd, CL_BOX_BYTES) == 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0)
    return fd;
  int why = errno;
  close(fd);
  errno = why;
  return -1;
}

/* NULL, when it is no box: what could shrink under a mapping would kill who reads there. */
static uint8_t *box_map(int fd, int protection) {
  struct stat st;
  int seals = fcntl(fd, F_GET_SEALS);
  if (seals < 0 || !(seals & F_SEAL_GROW) || !(seals & F_SEAL_SHRINK)) return NULL;
  if (fstat(fd, &st) != 0 || st.st_size != CL_BOX_BYTES) return NULL;
  void *at = mmap(NULL, CL_BOX_BYTES, protection, MAP_SHARED, fd, 0);
  return at == MAP_FAILED ? NULL : at;
}

/* Puts a blob in the box, in one piece; IN_LINE: there is no room. When the receiver has everything, the box begins anew, so
 * that light use stays in its first pages. */
static uint64_t box_put(cl_channel *ch, const void *blob, size_t len) {
  if (!ch->out_box || len > CL_BOX_BYTES) return IN_LINE;
  uint64_t at = ch->put, place = at % CL_BOX_BYTES;
  if (place > 0 && (ch->seen == ch->put || place + len > CL_BOX_BYTES)) at += CL_BOX_BYTES - place;
  uint64_t seen = ch->seen == ch->put ? at : ch->seen;
  if (at + len - seen > CL_BOX_BYTES) return IN_LINE;
  memcpy(ch->out_box + at % CL_BOX_BYTES, blob, len);
  ch->put = at + len;
  ch->seen = seen;
  return at;
}

/* What the other end says, soundly, that it has seen. It says it with every frame, so it may be behind what box_put has
 * concluded. */
static void box_seen(cl_channel *ch, uint64_t seen) {
  ch->told = seen;
  if (seen > ch->seen) ch->seen = seen;
}

static bool box_holds(const cl_channel *ch, uint64_t at, uint64_t len) {
  return ch->in_box && at >= ch->in_done && at - ch->in_done < CL_BOX_BYTES && at < IN_LINE / 2 &&
         len <= CL_BOX_BYTES && at % CL_BOX_BYTES + len <= CL_BOX_BYTES;
}

/* ---- opening and closing */

cl_channel *cl_channel_open(const cl_channel_options *options) {
  int flags = fcntl(options->fd, F_GETFL);
  if (flags < 0 || fcntl(options->fd, F_SETFL, flags | O_NONBLOCK) != 0) return NULL;
  cl_channel *ch = calloc(1, sizeof *ch);
  if (!ch) return NULL;
  ch->fd = -1;
  ch->frame_at = NO_FRAME;
  ch->text_max = options->text_max;
  ch->blob_max = options->blob_max;
  ch->out_max = options->out_max;
  if (options->out_box >= 0) ch->out_box = box_map(options->out_box, PROT_READ | PROT_WRITE);
  if (options->in_box >= 0) ch->in_box = box_map(options->in_box, PROT_READ);
  if ((options->out_box >= 0 && !ch->out_box) || (options->in_box >= 0 && !ch->in_box)) {
    cl_channel_close(ch);
    return NULL;
  }
  ch->fd = options->fd;
  return ch;
}

void cl_channel_close(cl_channel *ch) {
  if (!ch) return;
  if (ch->fd >= 0) close(ch->fd);
  if (ch->in_box) munmap((void *)(uintptr_t)ch->in_box, CL_BOX_BYTES);
  if (ch->out_box) munmap(ch->out_box, CL_BOX_BYTES);
  free(ch->in.data);
  free(ch->out.data);
  free(ch->blob);
  free(ch);
}

int cl_channel_fd(const cl_channel *ch) { return ch->fd; }
cl_channel_state cl_channel_look(const cl_channel *ch) { return ch->state; }

/* ---- out */

static void header_write(uint8_t *to, header h) {
  uint32_t small[2] = {htole32(MAGIC), htole32(h.text_len)};
  uint64_t large[3] = {htole64(h.blob_len), htole64(h.at), htole64(h.seen)};
  memcpy(to, small, sizeof small);
  memcpy(to + sizeof small, large, sizeof large);
}

/* Every header says what was taken out of the other box. */
static uint64_t tell(cl_channel *ch) {
  ch->in_owed = 0;
  return ch->in_done;
}

static void begin(cl_channel *ch) {
  ch->failed = !buffer_reserve(&ch->out, CL_FRAME_HEADER);
  ch->frame_at = ch->out.len;
  if (!ch->failed) ch->out.len += CL_FRAME_HEADER;
}

static void append(cl_channel *ch, const void *bytes, size_t len) {
  if (ch->failed || len == 0) return;
  size_t offset = ch->frame_at - ch->out.at; /* of the frame: reserving may move what is before it */
  ch->failed = !buffer_reserve(&ch->out, len);
  ch->frame_at = ch->out.at + offset;
  if (ch->failed) return;
  memcpy(ch->out.data + ch->out.len, bytes, len);
  ch->out.len += len;
}

void cl_channel_put(cl_channel *ch, const char *text, size_t len) {
  if (ch->frame_at == NO_FRAME) begin(ch);
  append(ch, text, len);
}

bool cl_channel_end(cl_channel *ch, const void *blob, size_t blob_len) {
  if (ch->frame_at == NO_FRAME) begin(ch);
  size_t text_len = ch->failed ? 0 : ch->out.len - ch->frame_at - CL_FRAME_HEADER;
  if (text_len == 0 || text_len > UINT32_MAX) ch->failed = true;
  header h = {.text_len = (uint32_t)text_len, .blob_len = blob_len, .at = IN_LINE};
  if (!ch->failed && blob_len > CL_INLINE_BLOB) h.at = box_put(ch, blob, blob_len);
  if (h.at == IN_LINE) append(ch, blob, blob_len);
  if (ch->failed) {
    ch->out.len = ch->frame_at;
  } else {
    h.seen = tell(ch);
    header_write(ch->out.data + ch->frame_at, h);
  }
  ch->frame_at = NO_FRAME;
  if (ch->gone) ch->out.at = ch->out.len;
  return !ch->failed;
}

/* A frame without a text: of `seen` alone. Without memory for it the sender's blobs go in line until there is some. */
static void pay(cl_channel *ch) {
  if (ch->in_owed < CREDIT_BYTES || ch->gone || !buffer_reserve(&ch->out, CL_FRAME_HEADER)) return;
  header_write(ch->out.data + ch->out.len, (header){.at = IN_LINE, .seen = tell(ch)});
  ch->out.len += CL_FRAME_HEADER;
}

static size_t out_ready(const cl_channel *ch) {
  return (ch->frame_at == NO_FRAME ? ch->out.len : ch->frame_at) - ch->out.at;
}

void cl_channel_flush(cl_channel *ch) {
  if (ch->frame_at == NO_FRAME) pay(ch);
  while (!ch->gone && out_ready(ch) > 0) {
    ssize_t sent = send(ch->fd, ch->out.data + ch->out.at, out_ready(ch), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM)) return;
    if (sent < 0) ch->gone = true; /* what the other end had sent can still be read */
    else ch->out.at += (size_t)sent;
  }
  if (ch->frame_at != NO_FRAME) return;
  if (ch->gone) ch->out.at = ch->out.len;
  buffer_rest(&ch->out);
}

bool cl_channel_wants_write(const cl_channel *ch) {
  return !ch->gone && (out_ready(ch) > 0 || ch->in_owed >= CREDIT_BYTES);
}

bool cl_channel_is_full(const cl_channel *ch) { return !ch->gone && out_ready(ch) > ch->out_max; }

/* ---- in */

static header header_read(const uint8_t *from, uint32_t *magic) {
  uint32_t small[2];
  uint64_t large[3];
  memcpy(small, from, sizeof small);
  memcpy(large, from + sizeof small, sizeof large);
  *magic = le32toh(small[0]);
  return (header){le32toh(small[1]), le64toh(large[0]), le64toh(large[1]), le64toh(large[2])};
}

/* All that can be wrong with a header, before a byte behind it is waited for. */
static bool header_is_sound(const cl_channel *ch, uint32_t magic, const header *h) {
  if (magic != MAGIC || h->text_len > ch->text_max || h->blob_len > ch->blob_max) return false;
  if (h->seen < ch->told || h->seen > ch->put) return false;
  if (h->blob_len == 0) return h->at == IN_LINE;
  if (h->text_len == 0) return false;
  return h->at == IN_LINE ? h->blob_len <= SIZE_MAX / 4 : box_holds(ch, h->at, h->blob_len);
}

static bool end_as(cl_channel *ch, cl_channel_state state) {
  ch->state = state;
  return false;
}

static bool take_blob(cl_channel *ch, const header *h, cl_frame *out) {
  out->blob = NULL;
  out->blob_len = h->blob_len;
  if (h->blob_len == 0) return true;
  if (h->at == IN_LINE) {
    out->blob = ch->in.data + ch->in.at + CL_FRAME_HEADER + h->text_len;
    return true;
  }
  ch->blob = malloc(h->blob_len);
  if (!ch->blob) return false;
  memcpy(ch->blob, ch->in_box + h->at % CL_BOX_BYTES, h->blob_len);
  ch->in_done = h->at + h->blob_len;
  ch->in_owed += h->blob_len;
  out->blob = ch->blob;
  return true;
}

typedef enum { PART, WHOLE, CREDIT, BROKEN } parsed;

/* Looks at what has come: a whole frame is given, and stays in the buffer until the next call. */
static parsed take_frame(cl_channel *ch, cl_frame *out) {
  uint32_t magic;
  size_t have = ch->in.len - ch->in.at;
  if (have < CL_FRAME_HEADER) return PART;
  header h = header_read(ch->in.data + ch->in.at, &magic);
  if (!header_is_sound(ch, magic, &h)) {
    end_as(ch, CL_CHANNEL_BAD);
    return BROKEN;
  }
  size_t need = CL_FRAME_HEADER + (size_t)h.text_len + (h.at == IN_LINE ? (size_t)h.blob_len : 0);
  if (have < need) return PART;
  if (!take_blob(ch, &h, out)) {
    end_as(ch, CL_CHANNEL_NO_MEMORY);
    return BROKEN;
  }
  box_seen(ch, h.seen);
  ch->frame_len = need;
  /* a byte towards the header, which has done its work: so there is room for the end, whatever follows the text */
  uint8_t *text = ch->in.data + ch->in.at + CL_FRAME_HEADER - 1;
  memmove(text, text + 1, h.text_len);
  text[h.text_len] = 0;
  out->text = (const char *)text;
  out->text_len = h.text_len;
  return h.text_len > 0 ? WHOLE : CREDIT;
}

/* Drops the frame that was given last. */
static void drop_frame(cl_channel *ch) {
  ch->in.at += ch->frame_len;
  ch->frame_len = 0;
  free(ch->blob);
  ch->blob = NULL;
  buffer_rest(&ch->in);
}

/* Reads once. A read that got less than it had room for has emptied the socket: the next call does not ask again. */
static bool read_some(cl_channel *ch) {
  if (ch->drained) return ch->drained = false;
  if (!buffer_reserve(&ch->in, READ_BYTES)) return end_as(ch, CL_CHANNEL_NO_MEMORY);
  ssize_t got = recv(ch->fd, ch->in.data + ch->in.len, READ_BYTES, MSG_DONTWAIT);
  if (got > 0) {
    ch->in.len += (size_t)got;
    ch->drained = got < READ_BYTES;
    return true;
  }
  if (got < 0 && (errno == EAGAIN || errno == EINTR || errno == ENOMEM || errno == ENOBUFS)) return false;
  return end_as(ch, CL_CHANNEL_CLOSED);
}

bool cl_channel_receive(cl_channel *ch, cl_frame *out) {
  *out = (cl_frame){0};
  if (ch->state != CL_CHANNEL_OPEN) return false;
  drop_frame(ch);
  for (bool have_read = false;;) {
    parsed what = take_frame(ch, out);
    if (what == WHOLE) return true;
    *out = (cl_frame){0};
    if (what == BROKEN) return false;
    if (what == CREDIT) drop_frame(ch);
    else if (have_read || !read_some(ch)) return false;
    else have_read = true;
  }
}
