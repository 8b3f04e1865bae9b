/* Places: tables, queues, heaps. Everything is linked by members of the place itself, so that moving one from
 * here to there neither allocates nor fails. */
#include <stdlib.h>

#include "worker.h"

/* ---- queues */

void cl_queue_push(cl_queue *queue, cl_place *place) {
  place->queue = queue;
  place->next = NULL;
  place->prev = queue->last;
  if (queue->last) queue->last->next = place;
  else queue->first = place;
  queue->last = place;
  queue->count++;
}

void cl_queue_push_first(cl_queue *queue, cl_place *place) {
  place->queue = queue;
  place->prev = NULL;
  place->next = queue->first;
  if (queue->first) queue->first->prev = place;
  else queue->last = place;
  queue->first = place;
  queue->count++;
}

void cl_queue_leave(cl_place *place) {
  cl_queue *queue = place->queue;
  if (!queue) return;
  if (place->prev) place->prev->next = place->next;
  else queue->first = place->next;
  if (place->next) place->next->prev = place->prev;
  else queue->last = place->prev;
  queue->count--;
  place->queue = NULL;
  place->next = place->prev = NULL;
}

/* ---- tables: numbers are the supervisor's counters, so that their low bits spread them */

static cl_place **chain_of(cl_place *place, bool runs) { return runs ? &place->same_run : &place->same_number; }

static uint64_t key_of(const cl_place *place, bool runs) { return runs ? place->run : place->number; }

static cl_place *find(const cl_table *table, uint64_t key, bool runs) {
  if (table->size == 0) return NULL;
  cl_place *place = table->buckets[key & (table->size - 1)];
  while (place && key_of(place, runs) != key) place = *chain_of(place, runs);
  return place;
}

static void insert(cl_table *table, cl_place *place, bool runs) {
  cl_place **bucket = &table->buckets[key_of(place, runs) & (table->size - 1)];
  *chain_of(place, runs) = *bucket;
  *bucket = place;
}

static void take_out(cl_table *table, cl_place *place, bool runs) {
  cl_place **at = &table->buckets[key_of(place, runs) & (table->size - 1)];
  while (*at != place) at = chain_of(*at, runs);
  *at = *chain_of(place, runs);
}

static bool grow(cl_table *table, bool runs) {
  cl_table larger = {.size = table->size ? table->size * 2 : 256};
  larger.buckets = calloc(larger.size, sizeof *larger.buckets);
  if (!larger.buckets) return false;
  for (size_t i = 0; i < table->size; i++) {
    for (cl_place *place = table->buckets[i], *next; place; place = next) {
      next = *chain_of(place, runs);
      insert(&larger, place, runs);
    }
  }
  free(table->buckets);
  *table = larger;
  return true;
}

static bool reserve(cl_table *table, size_t count, bool runs) {
  return count < table->size || grow(table, runs) || table->size > 0; /* long chains are only slow */
}

cl_place *cl_place_find(const cl_worker *worker, uint64_t number) { return find(&worker->places, number, false); }

static bool heap_reserve(cl_heap *heap, size_t count);

static bool reserve_heaps(cl_worker *worker, size_t count) {
  for (cl_level i = 0; i < CL_LEVELS; i++)
    if (!heap_reserve(&worker->ready[i].heap, count)) return false;
  return heap_reserve(&worker->timers, count);
}

/* All that a place can need later is made sure of here: room in the table of runs and in the heaps. */
cl_place *cl_place_make(cl_worker *worker, uint64_t number) {
  size_t count = worker->place_count + 1;
  if (!reserve(&worker->places, count, false) || !reserve(&worker->runs, count, true) || !reserve_heaps(worker, count))
    return NULL;
  cl_place *place = calloc(1, sizeof *place);
  if (!place) return NULL;
  place->number = number;
  insert(&worker->places, place, false);
  worker->place_count++;
  return place;
}

void cl_place_free(cl_worker *worker, cl_place *place) {
  take_out(&worker->places, place, false);
  worker->place_count--;
  cl_queue_leave(place);
  cl_heap_leave(place);
  if (place->run) cl_run_end(worker, place);
  cloche_cell_close(place->cell);
  cl_park_drop(place);
  free(place);
}

cl_place *cl_run_find(const cl_worker *worker, uint64_t id) { return find(&worker->runs, id, true); }

void cl_run_begin(cl_worker *worker, cl_place *place, uint64_t id) {
  place->run = id;
  place->slices = 0;
  place->used_ns = 0;
  place->hurries = false;
  insert(&worker->runs, place, true);
}

void cl_run_end(cl_worker *worker, cl_place *place) {
  take_out(&worker->runs, place, true);
  place->run = 0;
}

/* ---- heaps */

static bool heap_reserve(cl_heap *heap, size_t count) {
  if (count < heap->cap) return true;
  size_t cap = heap->cap ? heap->cap * 2 : 256;
  cl_place **places = realloc(heap->places, cap * sizeof *places);
  if (!places) return false;
  heap->places = places;
  heap->cap = cap;
  return true;
}

static void put_at(cl_heap *heap, size_t at, cl_place *place) {
  heap->places[at] = place;
  place->heap_at = at;
}

static void rise(cl_heap *heap, size_t at, cl_place *place) {
  for (; at > 1 && heap->places[at / 2]->key > place->key; at /= 2) put_at(heap, at, heap->places[at / 2]);
  put_at(heap, at, place);
}

static void sink(cl_heap *heap, size_t at, cl_place *place) {
  for (size_t child; (child = 2 * at) <= heap->count; at = child) {
    if (child < heap->count && heap->places[child + 1]->key < heap->places[child]->key) child++;
    if (heap->places[child]->key >= place->key) break;
    put_at(heap, at, heap->places[child]);
  }
  put_at(heap, at, place);
}

void cl_heap_add(cl_heap *heap, cl_place *place, uint64_t key) {
  place->heap = heap;
  place->key = key;
  rise(heap, ++heap->count, place);
}

void cl_heap_leave(cl_place *place) {
  cl_heap *heap = place->heap;
  size_t at = place->heap_at;
  if (!heap) return;
  cl_place *last = heap->places[heap->count--];
  place->heap = NULL;
  if (last == place) return;
  if (at > 1 && heap->places[at / 2]->key > last->key) rise(heap, at, last);
  else sink(heap, at, last);
}

cl_place *cl_heap_first(const cl_heap *heap) { return heap->count ? heap->places[1] : NULL; }
