/* Who runs when. One thread, slices of about 2 ms, which core ends by a signal wherever the guest is; between two of them, and
 * at least once a turn, the channel is read, so that results and interrupts act soon whatever the cells do.
 *
 * Three levels. A run begins as NEW and is LONG when it has used two whole slices; cells that are for batch stand below both.
 * A higher level goes first, but owes the lower ones: when it has used as much time as their patience says while one of them
 * was ready, they get a slice; so a flood of short runs slows long ones, and does not stop them. Within NEW it is first come, first served; within the others who has used least of the processor
 * goes first, so that equal work ends at equal times, whatever the kernel and the slices' ends have done to single ones. */
#include <errno.h>
#include <poll.h>
#include <time.h>

#include "worker.h"

#define SLICE_NS UINT64_C(2000000)
#define TURN_NS UINT64_C(100000) /* of short runs, until the channel is read and written again */
enum { FRAMES_A_TURN = 64, SLICES_AS_NEW = 2, BATCH_PATIENCE = 8 /* runs admitted before one of batch is */ };

static const uint64_t patience_ns[CL_LEVELS] = {[CL_LEVEL_LONG] = 2 * SLICE_NS, [CL_LEVEL_BATCH] = 8 * SLICE_NS};

static uint64_t clock_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t cl_worker_clock(void) { return clock_of(CLOCK_MONOTONIC); }

/* ---- moving places */

static bool is_running(cl_place_state state) { return state == CL_PLACE_READY || state == CL_PLACE_STUCK; }

static void move(cl_worker *worker, cl_place *place, cl_place_state state, cl_queue *queue) {
  worker->running += is_running(state);
  worker->running -= is_running(place->state);
  cl_queue_leave(place);
  cl_heap_leave(place);
  place->state = state;
  if (queue) cl_queue_push(queue, place);
}

static cl_level level_of(const cl_place *place) {
  if (place->hurries) return CL_LEVEL_NEW;
  if (place->batch) return CL_LEVEL_BATCH;
  return place->slices < SLICES_AS_NEW ? CL_LEVEL_NEW : CL_LEVEL_LONG;
}

void cl_schedule_ready(cl_worker *worker, cl_place *place) {
  cl_level level = level_of(place);
  cl_ready_level *ready = &worker->ready[level];
  move(worker, place, CL_PLACE_READY, level == CL_LEVEL_NEW ? &ready->queue : NULL);
  if (level == CL_LEVEL_NEW) return;
  if (place->used_ns < ready->least_ns) place->used_ns = ready->least_ns;
  cl_heap_add(&ready->heap, place, place->used_ns);
}

void cl_schedule_leave(cl_worker *worker, cl_place *place) { move(worker, place, CL_PLACE_REST, NULL); }

static void wait(cl_worker *worker, cl_place *place) {
  place->slices = 0;
  move(worker, place, CL_PLACE_WAITING, place->stays_mapped || place->run_stays ? &worker->pinned : &worker->mapped);
  cl_heap_add(&worker->timers, place, cloche_cell_deadline(place->cell));
}

void cl_schedule_settle(cl_worker *worker, cl_place *place) {
  if (!cl_tell_news(worker, place)) {
    move(worker, place, CL_PLACE_STUCK, &worker->stuck);
    return;
  }
  switch (place->run_state) {
    case CLOCHE_RUNNING: cl_schedule_ready(worker, place); break;
    case CLOCHE_WAITING:
      cl_tell_waiting(worker, place);
      wait(worker, place);
      break;
    default:
      cl_tell_run(worker, place);
      if (place->options.undo_runs) place->stays_mapped = true; /* from now on there is something to undo */
      cl_cell_rest(place);
      cl_schedule_leave(worker, place);
      cl_run_end(worker, place);
      cl_service_next(worker, place);
  }
}

/* ---- slices */

static cl_place *first_of(const cl_ready_level *ready) {
  return ready->queue.first ? ready->queue.first : cl_heap_first(&ready->heap);
}

static cl_place *pick(cl_worker *worker, cl_level *level) {
  cl_level best = CL_LEVELS;
  for (cl_level i = 0; i < CL_LEVELS; i++) {
    if (!first_of(&worker->ready[i])) continue;
    if (best == CL_LEVELS || worker->ready[i].owed_ns >= patience_ns[i]) best = i;
  }
  *level = best;
  return best == CL_LEVELS ? NULL : first_of(&worker->ready[best]);
}

/* What a whole slice took of the processor: time that the kernel gave to other processes is nobody's share. The processor's
 * clock is a system call, which short runs do without: a slice of a NEW run counts for no more than it was to last. */
static uint64_t processor_time(const cl_worker *worker, cl_level level, uint64_t used) {
  if (level == CL_LEVEL_NEW) return used < SLICE_NS ? used : SLICE_NS;
  return clock_of(CLOCK_THREAD_CPUTIME_ID) - worker->cpu_begin;
}

/* Owes the levels below `level` that are ready so much time. The wall's time may hold that of other processes. */
static void owe(cl_worker *worker, cl_level level, uint64_t used) {
  for (cl_level i = level + 1; i < CL_LEVELS; i++)
    if (first_of(&worker->ready[i])) worker->ready[i].owed_ns += used < 2 * SLICE_NS ? used : 2 * SLICE_NS;
}

/* Whole slices of NEW runs are no debt to LONG ones, which have had as much when they were new: many that begin together would
 * else help the first of them to the end. */
static void account(cl_worker *worker, cl_place *place, cl_level level, uint64_t used) {
  bool whole = place->run_state == CLOCHE_RUNNING;
  worker->ready[level].owed_ns = 0;
  owe(worker, level == CL_LEVEL_NEW && whole ? CL_LEVEL_LONG : level, used);
  if (!whole) return;
  place->slices++;
  place->used_ns += processor_time(worker, level, used);
}

static void run_slice(cl_worker *worker, cl_place *place, cl_level level) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status;
  uint64_t begin = worker->now, end = begin + SLICE_NS;
  if (level != CL_LEVEL_NEW) {
    worker->ready[level].least_ns = place->key;
    worker->cpu_begin = clock_of(CLOCK_THREAD_CPUTIME_ID);
  }
  do {
    status = cloche_cell_step(place->cell, end - worker->now, &place->run_state, &err);
    worker->now = cl_worker_clock();
  } while (status == CLOCHE_OK && place->run_state == CLOCHE_RUNNING && worker->now < end);
  account(worker, place, level, worker->now - begin);
  if (status == CLOCHE_OK) cl_schedule_settle(worker, place);
  else cl_service_lose(worker, place, &err);
}

/* ---- a turn */

static void wake_due(cl_worker *worker) {
  for (cl_place *place; (place = cl_heap_first(&worker->timers)) && place->key <= worker->now;)
    if (cl_park_wake(worker, place)) cl_schedule_ready(worker, place);
}

static void unstick(cl_worker *worker) {
  for (size_t left = worker->stuck.count; left > 0 && worker->stuck.first && !cl_channel_is_full(worker->channel);
       left--)
    cl_schedule_settle(worker, worker->stuck.first);
}

static cl_place *next_to_admit(cl_worker *worker) {
  if (worker->running >= worker->options.cells_running) return NULL;
  bool batch = worker->queued[1].first && (!worker->queued[0].first || worker->admitted >= BATCH_PATIENCE);
  worker->admitted = batch ? 0 : worker->admitted + 1;
  return worker->queued[batch].first;
}

/* Time outside of slices, most of it for reading, is a debt, too. */
static void tick(cl_worker *worker) {
  uint64_t before = worker->now;
  worker->now = cl_worker_clock();
  owe(worker, CL_LEVEL_NEW, worker->now - before < TURN_NS ? worker->now - before : TURN_NS);
}

/* Before a long run gets a slice, frames that have come are read: there may be short ones among them. */
static bool reads_first(const cl_worker *worker, cl_level level) {
  return worker->unread && level != CL_LEVEL_NEW && worker->ready[level].owed_ns < patience_ns[level];
}

static void turn(cl_worker *worker) {
  cl_level level;
  tick(worker);
  cl_park_surplus(worker);
  unstick(worker);
  wake_due(worker);
  for (cl_place *place; (place = next_to_admit(worker));) cl_service_admit(worker, place);
  uint64_t end = worker->now + TURN_NS;
  for (cl_place *place; worker->now < end && (place = pick(worker, &level)) && !reads_first(worker, level);)
    run_slice(worker, place, level);
}

/* ---- the channel */

static bool is_ready(const cl_worker *worker) {
  for (cl_level i = 0; i < CL_LEVELS; i++)
    if (first_of(&worker->ready[i])) return true;
  bool admits = worker->running < worker->options.cells_running;
  return admits && (worker->queued[0].first || worker->queued[1].first);
}

/* Whether one came. While nobody takes what is written nothing more is read, so that a supervisor that asks and does not
 * listen fills its own memory. Where nothing else is at work a run is begun and ended before the next one is looked at: all of
 * them are then served by the one cell whose memory the processor has at hand. */
static bool read_frames(cl_worker *worker) {
  cl_frame frame;
  int count = 0;
  const cl_queue *new = &worker->ready[CL_LEVEL_NEW].queue;
  bool alone = !new->first;
  worker->unread = true;
  while (count < FRAMES_A_TURN && !cl_channel_is_full(worker->channel) && !(alone && new->first)) {
    worker->unread = cl_channel_receive(worker->channel, &frame);
    if (!worker->unread) break;
    cl_service_take(worker, &frame);
    count++;
  }
  return count > 0;
}

/* Whether there is something to do that no poll tells of: frames that the channel has read already, news that found no room
 * before the last flush. */
static bool has_more(const cl_worker *worker) {
  return !cl_channel_is_full(worker->channel) && (worker->unread || worker->stuck.first);
}

/* For a while that costs a processor, instead of the time that waking costs. */
static bool spin(cl_worker *worker) {
  if (worker->options.spin_ns == 0) return false;
  uint64_t end = worker->now + worker->options.spin_ns;
  const cl_place *first = cl_heap_first(&worker->timers);
  if (first && first->key < end) end = first->key;
  do {
    if (read_frames(worker) || cl_channel_look(worker->channel) != CL_CHANNEL_OPEN) return true;
    worker->now = cl_worker_clock();
  } while (worker->now < end);
  return false;
}

static void sleep_until_news(cl_worker *worker) {
  struct pollfd channel = {.fd = cl_channel_fd(worker->channel)};
  if (!cl_channel_is_full(worker->channel)) channel.events |= POLLIN;
  if (cl_channel_wants_write(worker->channel)) channel.events |= POLLOUT;
  const cl_place *first = cl_heap_first(&worker->timers);
  struct timespec timeout = {0};
  if (first && first->key > worker->now) {
    uint64_t left = first->key - worker->now;
    timeout = (struct timespec){(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
  }
  (void)ppoll(&channel, 1, first ? &timeout : NULL, NULL);
}

/* Answers are written when nothing more is at hand, and every TURN_NS meanwhile. */
static void flush(cl_worker *worker) {
  bool more = worker->unread || first_of(&worker->ready[CL_LEVEL_NEW]);
  if (more && worker->now < worker->flush_at) return;
  cl_channel_flush(worker->channel);
  worker->flush_at = worker->now + TURN_NS;
}

int cl_schedule_serve(cl_worker *worker) {
  while (!worker->dead) {
    (void)read_frames(worker);
    turn(worker);
    flush(worker);
    cl_channel_state state = cl_channel_look(worker->channel);
    if (state != CL_CHANNEL_OPEN) return state == CL_CHANNEL_CLOSED ? 0 : 1;
    if (!is_ready(worker) && !has_more(worker) && !spin(worker)) sleep_until_news(worker);
  }
  return 1;
}
