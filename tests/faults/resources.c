/* A process that runs out of descriptors, and a time of day that jumps. */
#include "faults.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static rlim_t free_descriptor(void) {
  int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(fd);
  return (rlim_t)fd;
}

/* With few descriptors left no worker can be started: that is an error, what runs goes on, and later all is well. */
static void descriptors_run_out(void **state) {
  struct rlimit before, few;
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)state;
  for (rlim_t left = 0; left < 9; left += 2) {
    ft_begin(NULL);
    ft_session session = ft_session_open("first");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = free_descriptor() + left;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    ft_value(session.cell, "typeof ++n", "\"number\"");
    session.n++;
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    cloche_cell *cell = NULL;
    options.domain = "second";
    cloche_status status = cloche_cell_open(&cell, ft_pool, ft_js, &options, &err);
    if (status == CLOCHE_OK) status = ft_run(cell, "1");
    if (status != CLOCHE_OK && status != CLOCHE_IO_ERROR && status != CLOCHE_BUSY && status != CLOCHE_WORKER_CRASHED)
      fail_msg("ended as %s: %s", cloche_status_describe(status).name, err.message);
    cloche_cell_close(cell);
    ft_kill_all(SIGKILL);
    status = ft_run(session.cell, "n += 1"); /* there may be no worker to go on in */
    session.n += status == CLOCHE_OK;
    if (status != CLOCHE_OK && status != CLOCHE_IO_ERROR && status != CLOCHE_BUSY && status != CLOCHE_WORKER_CRASHED)
      fail_msg("ended as %s", cloche_status_describe(status).name);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    for (int i = 0; i < 20 && status != CLOCHE_OK; i++) {
      status = ft_run(session.cell, "n += 1");
      session.n += status == CLOCHE_OK;
    }
    ft_check(&session);
    cloche_cell_close(session.cell);
    ft_end();
  }
}

/* Limits, timers and the watchdog have no use for the time of day: it may jump by years while runs are on. */
static void the_time_of_day_jumps(void **state) {
  static const char timer[] = "await new Promise(r => setTimeout(r, 20)); n += 1";
  static const int64_t jumps[] = {300000000, -300000000, 1, -1, 0};
  (void)state;
  ft_begin(NULL);
  ft_session session = ft_session_open("jumps");
  for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
    assert_true(ft_start(&session, timer));
    ft_pump(&session, 1, ft_now() + 5 * FT_MS, CLOCHE_OK);
    ft_jump(jumps[i]);
    ft_settle(&session, 1, CLOCHE_OK);
  }
  assert_int_equal(session.n, 5);
  ft_check(&session);
  assert_int_equal(ft_logged("worker_stuck"), 0);
  cloche_cell_close(session.cell);
  ft_end();
}

/* The same in this process, where the guest itself sees it. */
static void the_time_of_day_jumps_in_process(void **state) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  (void)state;
  alarm(FT_SECONDS);
  if (!ft_js) assert_int_equal(cloche_engine_open(&ft_js, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_thread_open(&thread, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_limits_profile(&limits, "default", &err), CLOCHE_OK);
  limits.wall_ns = 2000 * FT_MS;
  limits.cpu_ns = 100 * FT_MS;
  options.limits = &limits;
  options.session = true;
  assert_int_equal(cloche_cell_open(&cell, thread, ft_js, &options, &err), CLOCHE_OK);
  for (int i = 0; i < 6; i++) {
    cloche_state run = CLOCHE_RUNNING;
    static const char source[] =
        "const t = Date.now(); await new Promise(r => setTimeout(r, 20)); Date.now() - t > 3e10";
    assert_int_equal(cloche_cell_start(cell, source, sizeof source - 1, NULL, &err), CLOCHE_OK);
    while (run != CLOCHE_DONE) {
      assert_int_equal(cloche_cell_step(cell, 0, &run, &err), CLOCHE_OK);
      ft_jump(i % 2 ? -100000000 : 100000000);
    }
    cloche_result r;
    assert_int_equal(cloche_cell_result(cell, &r, &err), CLOCHE_OK);
    assert_int_equal(r.status, i == 0 ? CLOCHE_OK : r.status);
    assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
    ft_jump(i % 2 ? 100000000 : -100000000);
    assert_int_equal(ft_run(cell, "for (;;) {}"), CLOCHE_CPU_TIME_LIMIT);
  }
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  ft_jump(0);
  alarm(0);
}

int ft_run_resources(void) {
  const struct CMUnitTest resources[] = {
      cmocka_unit_test(descriptors_run_out),
      cmocka_unit_test(the_time_of_day_jumps),
      cmocka_unit_test(the_time_of_day_jumps_in_process),
  };
  return cmocka_run_group_tests(resources, NULL, NULL);
}
