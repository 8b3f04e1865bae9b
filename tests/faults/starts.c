/* Workers that do not come to be: no program, one that may not be run, and programs that are no workers. */
#include "faults.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* A copy of fake_worker under a name, by which it knows what to do. */
static const char *fake(const char *name) {
  static char path[256], command[800];
  snprintf(path, sizeof path, "/tmp/cloche-faults-%d-%s", getpid(), name);
  snprintf(command, sizeof command, "cp '%s' '%s'", FAKE_PATH, path);
  assert_int_equal(system(command), 0);
  return path;
}

/* The pool may be refused at once; else the cell, or its run, must come to an end with an error that says why. */
static void must_come_to_an_end(const char *path) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  cloche_cell_options cell_options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell = NULL;
  options.worker_path = path;
  options.workers = 1;
  cloche_status status = ft_try_begin(&options);
  if (status == CLOCHE_OK) status = cloche_cell_open(&cell, ft_pool, ft_js, &cell_options, &err);
  if (status == CLOCHE_OK) status = ft_run(cell, "1");
  if (status != CLOCHE_NOT_FOUND && status != CLOCHE_IO_ERROR && status != CLOCHE_WORKER_CRASHED &&
      status != CLOCHE_BUSY && status != CLOCHE_NO_JAIL)
    fail_msg("ended as %s: %s", cloche_status_describe(status).name, err.message);
  cloche_cell_close(cell);
  ft_end();
}

static void no_program(void **state) {
  (void)state;
  must_come_to_an_end("/nonexistent/cloche-worker");
}

static void a_program_that_may_not_be_run(void **state) {
  char path[64];
  (void)state;
  snprintf(path, sizeof path, "/tmp/cloche-faults-%d-plain", getpid());
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  assert_true(fd >= 0);
  close(fd);
  must_come_to_an_end(path);
  assert_int_equal(chmod(path, 0700), 0); /* now it may be run, and is no program */
  must_come_to_an_end(path);
  unlink(path);
}

static void must_end_with_fake(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "%s", fake(name));
  must_come_to_an_end(path);
  unlink(path);
}

static void one_that_exits_at_once(void **state) {
  (void)state;
  must_end_with_fake("exits");
}

static void one_that_closes_its_channel(void **state) {
  (void)state;
  must_end_with_fake("closes");
}

static void one_that_hangs(void **state) {
  (void)state;
  must_end_with_fake("hangs");
}

static void one_that_says_nonsense(void **state) {
  (void)state;
  must_end_with_fake("babbles");
  must_end_with_fake("floods");
}

/* The pool is closed while its first workers are still starting, and while they are being killed. */
static void a_pool_that_is_closed_at_once(void **state) {
  (void)state;
  for (int i = 0; i < 6; i++) {
    cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
    options.spares = 3;
    ft_begin(&options);
    if (i % 2) ft_kill_all(SIGKILL);
    ft_end();
  }
}

/* Killed as they start, several times: others are started, and serve. */
static void starts_are_tried_again(void **state) {
  (void)state;
  ft_begin(NULL);
  for (int i = 0; i < 3; i++) {
    ft_kill_all(SIGKILL);
    cloche_pool_wait(ft_pool, ft_now() + 10 * FT_MS);
    (void)cloche_pool_next(ft_pool);
  }
  cloche_cell *cell = ft_open("again", true);
  cloche_status status = CLOCHE_WORKER_CRASHED;
  for (int i = 0; i < 20 && (status == CLOCHE_WORKER_CRASHED || status == CLOCHE_BUSY); i++) {
    status = ft_run(cell, "1");
    if (status != CLOCHE_OK) cloche_pool_wait(ft_pool, ft_now() + 50 * FT_MS); /* it says when the next one is tried */
  }
  assert_int_equal(status, CLOCHE_OK);
  cloche_cell_close(cell);
  ft_end();
}

int ft_run_starts(void) {
  const struct CMUnitTest starts[] = {
      cmocka_unit_test(no_program),
      cmocka_unit_test(a_program_that_may_not_be_run),
      cmocka_unit_test(one_that_exits_at_once),
      cmocka_unit_test(one_that_closes_its_channel),
      cmocka_unit_test(one_that_hangs),
      cmocka_unit_test(one_that_says_nonsense),
      cmocka_unit_test(a_pool_that_is_closed_at_once),
      cmocka_unit_test(starts_are_tried_again),
  };
  return cmocka_run_group_tests(starts, NULL, NULL);
}
