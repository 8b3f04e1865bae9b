/* The program cloche-worker. The supervisor starts it with nothing but
 *
 *     0 to 2  /dev/null      3  the channel      4  the box for blobs that go out      5  the one for those that come in
 *     6 ...   images and directories, as the first frame names them
 *
 * The first frame says which engines it is to have (start.c). They are opened, then the jail is entered; from then on no file
 * is opened any more, and the first byte of a guest's may come. Not here: what is served (schedule.c, service.c). */
#include <poll.h>
#include <unistd.h>

#include "start.h"
#include "worker.h"

enum { CHANNEL = 3, OUT_BOX = 4, IN_BOX = 5 };
enum { TEXT_MAX = 80 << 20, OUT_MAX = 4 << 20 };
#define BLOB_MAX ((size_t)2 << 30)

static void put(void *user, const char *text, size_t len) { cl_channel_put(user, text, len); }

static bool open_channel(cl_worker *worker) {
  cl_channel_options options = {.fd = CHANNEL,
                                .out_box = OUT_BOX,
                                .in_box = IN_BOX,
                                .text_max = TEXT_MAX,
                                .blob_max = BLOB_MAX,
                                .out_max = OUT_MAX};
  worker->channel = cl_channel_open(&options);
  if (!worker->channel) return false;
  close(OUT_BOX); /* they are mapped */
  close(IN_BOX);
  worker->sink = (cl_sink){put, worker->channel};
  return true;
}

static bool wait_for_start(cl_worker *worker, cl_frame *frame) {
  while (!cl_channel_receive(worker->channel, frame)) {
    if (cl_channel_look(worker->channel) != CL_CHANNEL_OPEN) return false;
    struct pollfd channel = {.fd = CHANNEL, .events = POLLIN};
    (void)ppoll(&channel, 1, NULL, NULL);
  }
  return true;
}

static void write_all(cl_worker *worker) {
  cl_channel_flush(worker->channel);
  while (cl_channel_wants_write(worker->channel)) {
    struct pollfd channel = {.fd = CHANNEL, .events = POLLOUT};
    (void)ppoll(&channel, 1, NULL, NULL);
    cl_channel_flush(worker->channel);
  }
}

int main(void) {
  static cl_worker worker;
  static cl_start start;
  static cl_ready ready;
  cl_frame frame;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (!open_channel(&worker) || !wait_for_start(&worker, &frame)) return 1;
  cloche_status status = cl_start_read(&start, frame.text, frame.text_len, &err);
  if (status == CLOCHE_OK) status = cl_worker_open(&worker, &start, &err);
  if (status == CLOCHE_OK) status = cl_worker_jail(&worker, &start, CHANNEL, &ready, &err);
  if (status == CLOCHE_OK) cl_put_ready(&worker.sink, &ready);
  else cl_put_failed(&worker.sink, status, err.message);
  if (!cl_channel_end(worker.channel, NULL, 0)) return 1;
  write_all(&worker);
  return status == CLOCHE_OK ? cl_schedule_serve(&worker) : 1;
}
