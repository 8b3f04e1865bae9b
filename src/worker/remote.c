/* Cells that live in workers, behind the public functions: their table, their life, and how a run is started and stepped. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

#define REPLAY_TIMES 10u /* core lets a replay take so much longer */
#define REPLAY_EXTRA_NS (10 * CL_POOL_SEC)
#define WALL_NS_MAX (7 * 24 * 3600 * CL_POOL_SEC)
enum { DOMAIN_MAX = 128 };

/* ---- life */

static cloche_status check_open(cloche_limits *limits, const cloche_engine *engine, const cloche_cell_options *options,
                                cloche_error *err) {
  if (options->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "cell options of version %u", options->version);
  if (options->domain && !cloche_core.name(options->domain, DOMAIN_MAX))
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "a domain's name is 1 to %d bytes of UTF-8 without control characters",
                 DOMAIN_MAX);
  return cloche_core.limits(limits, options->limits, engine, err);
}

cloche_status cl_far_open(cl_far **out, cl_pool *pool, const cloche_engine *engine, const cloche_cell_options *options,
                          cloche_error *err) {
  cloche_limits limits;
  CL_POOL_TRY(check_open(&limits, engine, options, err));
  cl_far *far = calloc(1, sizeof *far);
  if (!far) CL_POOL_FAIL(err, OUT_OF_MEMORY, "no memory for a cell");
  far->head = (cl_remote_head){&cl_remote_table, options->user};
  far->pool = pool;
  far->local = engine;
  far->limits = limits;
  far->options = *options;
  far->options.limits = NULL;
  far->options.domain = NULL;
  if (!options->session) far->options.undo_runs = 0;
  cloche_engine_info info = cloche_engine_describe(engine);
  memcpy(far->engine_id, info.engine_id, sizeof far->engine_id);
  memcpy(far->image_id, info.image_id, sizeof far->image_id);
  strncpy(far->engine, info.name, sizeof far->engine - 1);
  pool->cell_count++;
  far->domain = cl_domain_hold(pool, options->domain);
  cloche_status status =
      far->domain ? CLOCHE_OK : cl_pool_fail(err, CLOCHE_OUT_OF_MEMORY, "no memory for a trust domain");
  if (status == CLOCHE_OK && !info.built_in) status = cl_far_image_hold(&far->image, pool, engine, err);
  if (status != CLOCHE_OK) {
    cl_far_free(far);
    return status;
  }
  far->number = ++pool->next_number;
  *out = far;
  return CLOCHE_OK;
}

static cloche_status open_far(cloche_cell **out, cloche_thread *thread, cloche_engine *engine,
                              const cloche_cell_options *options, cloche_error *err) {
  static const cloche_cell_options defaults = CLOCHE_CELL_OPTIONS_INIT;
  cl_far *far;
  *out = NULL;
  CL_POOL_TRY(cl_far_open(&far, cl_pool_of(thread), engine, options ? options : &defaults, err));
  *out = cl_far_cell(far);
  return CLOCHE_OK;
}

static void forget_requests(cl_far *far) {
  cl_pool *pool = far->pool;
  cl_asked *run = far->run ? cl_asked_find(pool, far->run) : NULL;
  if (run) cl_asked_orphan(run);
  for (uint32_t i = 0; far->asked > 0 && i < pool->asked_count; i++)
    if (pool->asked[i].cell == far) cl_asked_orphan(&pool->asked[i]);
}

void cl_far_free(cl_far *far) {
  cl_pool *pool = far->pool;
  cl_pool_interrupts(pool); /* other threads' wishes must not name it any more */
  cl_far_leave(far);
  forget_requests(far);
  cl_pool_no_news(far);
  cl_far_clear_run(far);
  free(far->calls);
  free(far->events);
  cl_state_drop(far);
  cl_far_drop_inputs(far);
  cl_far_image_drop(pool, far->image);
  cl_domain_drop(pool, far->domain);
  pool->cell_count--;
  free(far);
}

static void close_far(cloche_cell *cell) { cl_far_free(cl_far_of(cell)); }

/* ---- a run */

static cloche_status check_start(const cl_far *far, const cloche_run_options *options, cloche_error *err) {
  if (options->version != 1) CL_POOL_FAIL(err, INVALID_ARGUMENT, "run options of version %u", options->version);
  if (options->wall_ns && (options->wall_ns < CL_POOL_MS || options->wall_ns > WALL_NS_MAX))
    CL_POOL_FAIL(err, INVALID_ARGUMENT, "a wall time is 1 ms to 7 days");
  if (cl_far_runs(far)) CL_POOL_FAIL(err, INVALID_STATE, "a run is on already");
  if (far->failed) CL_POOL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  CL_POOL_TRY(cloche_core.language(far->local, options->language, err));
  CL_POOL_TRY(cloche_core.jsx(options->jsx_factory, "factory", err));
  return cloche_core.jsx(options->jsx_fragment, "fragment", err);
}

static cloche_status check_room(const cl_far *far, cloche_error *err) {
  const cloche_pool_options *options = &far->pool->options;
  uint64_t most = (uint64_t)options->cells_running + options->runs_queued;
  if (far->crew->run_count < most) return CLOCHE_OK;
  CL_POOL_FAIL(err, BUSY, "%zu runs are at work or wait for their turn already", far->crew->run_count);
}

void cl_far_begin_run(cl_far *far, uint64_t id) {
  cl_far_clear_run(far);
  far->run = id;
  far->stopping = far->has_waited = false;
  far->state = CLOCHE_RUNNING;
  far->started = cl_pool_now();
  far->deadline = cl_asked_find(far->pool, id)->due + CL_SECOND_LOOK_NS;
  far->crew->run_count++;
}

/* What is too long is too long there, too: any text of that length does. */
static cloche_status send_source(cl_order *order, const char *source, size_t len, cloche_error *err) {
  uint64_t most = order->far->limits.source_bytes;
  if (len <= most) return cl_order_end(order, len ? source : NULL, len, err);
  char *filler = malloc((size_t)most + 1);
  if (filler) memset(filler, ' ', (size_t)most + 1);
  cloche_status status = cl_order_end(order, filler, filler ? (size_t)most + 1 : SIZE_MAX, err);
  free(filler);
  return status;
}

static cloche_status start_far(cloche_cell *cell, const char *source, size_t len, const cloche_run_options *options,
                               cloche_error *err) {
  static const cloche_run_options defaults = CLOCHE_RUN_OPTIONS_INIT;
  cl_far *far = cl_far_of(cell);
  if (!options) options = &defaults;
  CL_POOL_TRY(check_start(far, options, err));
  cl_pool_interrupts(far->pool); /* those of before are not for this run */
  CL_POOL_TRY(cl_far_place(far, err));
  CL_POOL_TRY(check_room(far, err));
  uint64_t wall = options->wall_ns ? options->wall_ns : far->limits.wall_ns, run_wall = wall;
  if (options->replay) run_wall = wall * REPLAY_TIMES + REPLAY_EXTRA_NS;
  far->wall_ns = run_wall;
  cl_order order;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_RUN, err));
  cl_ask_code(&order.sink, options);
  CL_POOL_TRY(send_source(&order, source, len, err));
  far->wall_ns = wall;
  far->transient = options->complete;
  cl_far_begin_run(far, order.id);
  return CLOCHE_OK;
}

/* The cell's own worker, and no more than it needs: what was to be sent goes; else what has come is read. */
static void look_after(cl_far *far) {
  cl_crew *crew = far->crew;
  if (!crew) return;
  if (crew->ready && cl_channel_wants_write(crew->channel)) cl_crew_flush(crew);
  else cl_crew_serve(crew, NULL);
  uint64_t now = cl_pool_now();
  if (crew->look_at <= now) cl_crew_watch(crew, now);
}

static cloche_status step_far(cloche_cell *cell, uint64_t slice_ns, cloche_state *out, cloche_error *err) {
  (void)slice_ns;
  cl_far *far = cl_far_of(cell);
  if (far->state == CLOCHE_IDLE) CL_POOL_FAIL(err, INVALID_STATE, "no run has been started");
  cl_pool_interrupts(far->pool);
  if (far->state != CLOCHE_DONE && !far->has_news) look_after(far);
  cl_pool_no_news(far);
  if (out) *out = far->state;
  return CLOCHE_OK;
}

static uint64_t deadline_far(const cloche_cell *cell) {
  const cl_far *far = (const cl_far *)(const void *)cell;
  return cl_far_runs(far) ? far->deadline : CL_POOL_NEVER;
}

static void wait_far(cloche_cell *cell, uint64_t until) {
  cl_far *far = cl_far_of(cell);
  while (!far->has_news && cl_far_runs(far) && cl_pool_now() < until) cl_pool_sleep(far->pool, far, until);
}

static void interrupt_far(cloche_cell *cell) {
  cl_far *far = cl_far_of(cell);
  cl_pool *pool = far->pool;
  if (atomic_exchange(&far->wanted, true)) return;
  cl_far *first = atomic_load(&pool->interrupts);
  do atomic_store(&far->next_wanted, first);
  while (!atomic_compare_exchange_weak(&pool->interrupts, &first, far));
  (void)!write(pool->wake_fd, &(uint64_t){1}, sizeof(uint64_t));
}

const cl_remote cl_remote_table = {
    .thread_close = cl_pool_close,
    .open = open_far,
    .wait = wait_far,
    .tool_fn = cl_far_tool_fn,
    .close = close_far,
    .reset = cl_far_reset,
    .fork = cl_far_fork,
    .image = cl_far_make_image,
    .start = start_far,
    .step = step_far,
    .deadline = deadline_far,
    .interrupt = interrupt_far,
    .tool = cl_far_add_tool,
    .next_call = cl_far_next_call,
    .resolve = cl_far_resolve,
    .reject = cl_far_reject,
    .next_cancelled = cl_far_next_cancelled,
    .context = cl_far_context,
    .module = cl_far_module,
    .mount = cl_far_mount,
    .file = cl_far_file,
    .next_event = cl_far_next_event,
    .result = cl_far_get_result,
    .report = cl_far_get_report,
    .measure = cl_far_measure,
    .snapshot = cl_far_snapshot,
    .restore = cl_far_restore,
    .undo = cl_far_undo,
    .changes = cl_far_changes,
    .apply = cl_far_apply,
};
