/* Opens threads and pools, and watches pools in a loop; dome.h. */
#include "dome.h"

#include <stdio.h>
#include <string.h>

#include "cloche_pool.h"
#include "fail.h"

cloche_status cli_wall_set(void *settings, const cli_option *self, const char *value, cloche_error *err) {
  cli_wall *wall = settings;
  (void)value, (void)err;
  if (strcmp(self->name, "no-jail") == 0) wall->no_jail = true;
  else wall->require_jail = true;
  return CLOCHE_OK;
}

/* What an operator should know goes to stderr, a line each; runs that end by it say so themselves. */
static void note(void *user, const char *code, const char *text) {
  (void)user;
  if (strcmp(code, "jail_incomplete") != 0 && strcmp(code, "worker_crashed") != 0)
    fprintf(stderr, "cloche: %s: %s\n", code, text);
}

/* A program that was installed in part. */
static cloche_status name_way_out(cloche_status status, cloche_error *err) {
  char message[sizeof err->message];
  if (status != CLOCHE_NOT_FOUND) return status;
  memcpy(message, err->message, sizeof message);
  return cli_fail(err, CLOCHE_IO_ERROR, "%.180s; --no-jail runs guests without it", message);
}

static cloche_status open_pool(cloche_thread **out, const cli_dome_plan *plan, cloche_error *err) {
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  options.require_jail = plan->wall.require_jail;
  options.engine_python = plan->has_python;
  options.log = note;
  options.workers = plan->many ? 0 : 1;
  options.spares = UINT32_MAX;
  if (plan->early) options.spares = options.workers_max = 1; /* a spare that is never replaced */
  return name_way_out(cloche_pool_open(out, &options, err), err);
}

cloche_status cli_dome_open(cloche_thread **out, const cli_dome_plan *plan, cloche_error *err) {
  if (plan->wall.no_jail && plan->wall.require_jail)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--no-jail and --require-jail contradict each other");
  if (!plan->wall.no_jail) return open_pool(out, plan, err);
  cloche_thread_options options = CLOCHE_THREAD_OPTIONS_INIT;
  options.slots = plan->cells;
  options.spare = plan->spare;
  return cloche_thread_open(out, &options, err);
}

bool cli_dome_refused(const cloche_result *result, cloche_error *err) {
  switch (result->status) {
    case CLOCHE_INVALID_ARGUMENT:
    case CLOCHE_INVALID_STATE:
    case CLOCHE_NOT_FOUND:
    case CLOCHE_NO_SLOT:
    case CLOCHE_UNSUPPORTED:
    case CLOCHE_BAD_IMAGE:
    case CLOCHE_IO_ERROR:
    case CLOCHE_BUSY:
    case CLOCHE_NO_JAIL:
      (void)cli_fail(err, result->status, "%s", result->error_message ? result->error_message : "");
      return true;
    default: return false;
  }
}

/* ---- in a loop */

static void on_readable(uv_poll_t *poll, int status, int events) {
  (void)status, (void)events;
  (void)cli_dome_serve(poll->data);
}

int cli_dome_watch_open(cli_dome_watch *watch, cloche_thread *thread, uv_loop_t *loop) {
  int fd = cloche_pool_fd(thread);
  if (fd < 0) return 0;
  int failed = uv_poll_init(loop, &watch->poll, fd);
  if (failed) return failed;
  watch->thread = thread;
  watch->poll.data = watch;
  return uv_poll_start(&watch->poll, UV_READABLE, on_readable);
}

bool cli_dome_serve(cli_dome_watch *watch) {
  bool some = false;
  for (cloche_cell *cell; watch->thread && (cell = cloche_pool_next(watch->thread)) != NULL;) {
    if (watch->on_news) watch->on_news(watch->user, cell);
    some = true;
  }
  return some;
}

uint64_t cli_dome_deadline(const cli_dome_watch *watch) {
  return watch->thread ? cloche_pool_deadline(watch->thread) : UINT64_MAX;
}
