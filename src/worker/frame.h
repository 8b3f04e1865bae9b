/* Frames: how a supervisor and a worker speak over their socketpair. A frame is a message, JSON text as in messages.h, and
 * perhaps a blob of bytes with it (a snapshot, a large value).
 *
 *     header (32 bytes, little-endian)                               text        blob
 *     u32 magic "CLF1"  u32 text_len  u64 blob_len  u64 at  u64 seen  text_len B  blob_len B, when at is UINT64_MAX
 *
 * A blob goes in line, or through the sender's *box*: a memfd that the supervisor made, sized and sealed against any change
 * of its size before the worker existed, and that sender and receiver both have mapped. `at` counts all bytes ever put in the
 * box; the place is at % box size, and a blob lies in one piece. `seen` is how many bytes of the *other* box the sender of the
 * frame is done with. The receiver copies a blob out of the box before it looks at it: what is checked cannot change.
 *
 * Both ends are non-blocking; frames are batched until cl_channel_flush. A frame with text_len 0 says `seen` alone.
 *
 * Everything that comes in is hostile: a length beyond the bounds, a place outside of the box, a wrong magic is
 * CL_CHANNEL_BAD, after which the channel gives nothing more. Bounds are the receiver's. Not here: what messages say. */
#ifndef CL_FRAME_H
#define CL_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  CL_FRAME_HEADER = 32,
  CL_BOX_BYTES = 16 << 20,
  CL_INLINE_BLOB = 16 << 10 /* larger ones use the box if it has room */
};

typedef struct cl_channel cl_channel;

typedef struct cl_channel_options {
  int fd; /* one end of a SOCK_STREAM socketpair; made non-blocking; the channel closes it */
  int out_box,
      in_box; /* memfds of CL_BOX_BYTES; -1: none, all blobs go in line. The channel maps them; the caller closes them */
  size_t text_max; /* of frames that come in; larger is CL_CHANNEL_BAD */
  size_t blob_max;
  size_t out_max; /* bytes that may wait to be written: beyond it cl_channel_is_full */
} cl_channel_options;

typedef enum cl_channel_state {
  CL_CHANNEL_OPEN,
  CL_CHANNEL_CLOSED, /* the other end has gone; what it had sent has been given */
  CL_CHANNEL_BAD,    /* what came is no frame, or out of bounds */
  CL_CHANNEL_NO_MEMORY,
} cl_channel_state;

typedef struct cl_frame {
  const char *text; /* terminated; both live until the next call of cl_channel_receive */
  size_t text_len;
  const uint8_t *blob; /* NULL: none */
  size_t blob_len;
} cl_frame;

/** NULL: no memory, or a box that is no memfd of that size with its seals (F_SEAL_GROW and F_SEAL_SHRINK); the fd is the
 *  caller's still. Afterwards a channel asks the system for recvfrom, sendto and memory alone. */
cl_channel *cl_channel_open(const cl_channel_options *options);
void cl_channel_close(cl_channel *channel);
int cl_channel_fd(const cl_channel *channel);

/** Makes a box: a memfd, sized and sealed; -1 with errno. */
int cl_box_make(void);

/** Composes a frame: any number of puts, then the end. False at the end: no memory (or no text, or one of 4 GiB), nothing of
 *  it is sent. To a channel whose other end has gone, frames may still be put; nobody gets them. */
void cl_channel_put(cl_channel *channel, const char *text, size_t len);
bool cl_channel_end(cl_channel *channel, const void *blob, size_t blob_len);

/** Writes what waits, as much as goes without blocking. wants_write: call it (now, or when the fd is writable). It is true,
 *  too, when the other end should hear that its box is free again; so look at it after receiving. */
void cl_channel_flush(cl_channel *channel);
bool cl_channel_wants_write(const cl_channel *channel);
bool cl_channel_is_full(const cl_channel *channel);

/** The next whole frame; false: none now (cl_channel_look says whether there ever will be one). Reads when it has to,
 *  at most once a call and at most 256 KiB at a time. For loops that are told as long as there is something to read (poll,
 *  epoll without EPOLLET): call it until it gives false, then wait; that false may come without a look at the fd. */
bool cl_channel_receive(cl_channel *channel, cl_frame *out);
cl_channel_state cl_channel_look(const cl_channel *channel);

#endif
