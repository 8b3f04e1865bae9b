/* The helpers of faults.h, and main. Linked with --wrap=clock_gettime: of all clocks that the library reads in this process,
 * the time of day can be moved. */
#include "faults.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

int __real_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);

cloche_thread *ft_pool;
cloche_engine *ft_js;

static struct {
  char code[32];
  size_t times;
} logged[16];
static int64_t jumped;

/* ---- clocks and chance */

int __wrap_clock_gettime(clockid_t clock, struct timespec *out) {
  int result = __real_clock_gettime(clock, out);
  if (clock == CLOCK_REALTIME) out->tv_sec += jumped;
  return result;
}

void ft_jump(int64_t seconds) { jumped = seconds; }

uint64_t ft_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 * FT_MS + (uint64_t)t.tv_nsec;
}

static uint64_t chance = 7;

uint32_t ft_random(uint32_t below) {
  chance = chance * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((chance >> 33) % below);
}

/* ---- the pool */

static void keep_log(void *user, const char *code, const char *text) {
  (void)user;
  assert_true(strlen(code) > 0 && strlen(text) > 0);
  for (size_t i = 0; i < sizeof logged / sizeof *logged; i++) {
    if (logged[i].times && strcmp(logged[i].code, code) != 0) continue;
    snprintf(logged[i].code, sizeof logged[i].code, "%s", code);
    logged[i].times++;
    return;
  }
}

size_t ft_logged(const char *code) {
  for (size_t i = 0; i < sizeof logged / sizeof *logged; i++)
    if (strcmp(logged[i].code, code) == 0) return logged[i].times;
  return 0;
}

cloche_status ft_try_begin(const cloche_pool_options *options) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_pool_options own = CLOCHE_POOL_OPTIONS_INIT;
  if (options) own = *options;
  else own.workers = 2;
  own.log = keep_log;
  if (!own.worker_path) own.worker_path = WORKER_PATH;
  memset(logged, 0, sizeof logged);
  alarm(FT_SECONDS);
  if (!ft_js) assert_int_equal(cloche_engine_open(&ft_js, NULL, &err), CLOCHE_OK);
  cloche_status status = cloche_pool_open(&ft_pool, &own, &err);
  if (status != CLOCHE_OK) {
    assert_true(err.message[0] != '\0');
    ft_pool = NULL;
  }
  return status;
}

void ft_begin(const cloche_pool_options *options) { assert_int_equal(ft_try_begin(options), CLOCHE_OK); }

void ft_end(void) {
  cloche_thread_close(ft_pool);
  ft_pool = NULL;
  ft_jump(0);
  alarm(0);
}

size_t ft_workers(int *pids, size_t max, const char *but) {
  cloche_worker_info info;
  size_t count = 0;
  for (size_t i = 0; count < max && cloche_pool_worker(ft_pool, i, &info); i++)
    if (info.pid > 0 && (!but || strcmp(info.state, but) != 0)) pids[count++] = info.pid;
  return count;
}

void ft_kill_all(int signal_number) {
  int pids[64];
  size_t count = ft_workers(pids, 64, NULL);
  for (size_t i = 0; i < count; i++) kill(pids[i], signal_number);
}

static bool is_listed(int pid) {
  int pids[64];
  size_t count = ft_workers(pids, 64, NULL);
  for (size_t i = 0; i < count; i++)
    if (pids[i] == pid) return true;
  return false;
}

void ft_lose_all(void) {
  int pids[64];
  size_t count = ft_workers(pids, 64, NULL);
  for (size_t i = 0; i < count; i++) kill(pids[i], SIGKILL);
  for (size_t i = 0; i < count; i++)
    while (is_listed(pids[i])) {
      cloche_pool_wait(ft_pool, ft_now() + 10 * FT_MS);
      while (cloche_pool_next(ft_pool)) continue;
    }
}

/* ---- cells */

cloche_cell *ft_open(const char *domain, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_limits limits;
  cloche_cell *cell = NULL;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  assert_int_equal(cloche_limits_profile(&limits, "default", &err), CLOCHE_OK);
  limits.wall_ns = limits.cpu_ns = 20000 * FT_MS;
  options.limits = &limits;
  options.session = session;
  options.undo_runs = session ? 2 : 0;
  options.domain = domain;
  if (cloche_cell_open(&cell, ft_pool, ft_js, &options, &err) != CLOCHE_OK) fail_msg("open: %s", err.message);
  tool.name = "wait";
  if (cloche_cell_tool(cell, &tool, &err) != CLOCHE_OK) fail_msg("tool: %s", err.message);
  return cell;
}

cloche_status ft_run(cloche_cell *cell, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  cloche_status status = cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err);
  if (status != CLOCHE_OK) assert_true(err.message[0] != '\0');
  return status == CLOCHE_OK ? r.status : status;
}

void ft_value(cloche_cell *cell, const char *source, const char *want) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result r;
  if (cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err) != CLOCHE_OK)
    fail_msg("%s: %s", source, err.message);
  if (r.status != CLOCHE_OK)
    fail_msg("%s: %s: %s", source, cloche_status_describe(r.status).name, r.error_message ? r.error_message : "");
  assert_non_null(r.value);
  assert_string_equal(r.value, want);
}

ft_session ft_session_open(const char *domain) {
  ft_session session = {.n = 0};
  snprintf(session.domain, sizeof session.domain, "%s", domain);
  session.cell = ft_open(session.domain, true);
  ft_value(session.cell, "globalThis.n = 0", "0");
  return session;
}

bool ft_start(ft_session *session, const char *source) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = cloche_cell_start(session->cell, source, strlen(source), NULL, &err);
  session->at_work = status == CLOCHE_OK;
  if (status != CLOCHE_OK && status != CLOCHE_WORKER_CRASHED && status != CLOCHE_BUSY)
    fail_msg("start: %s", err.message);
  return session->at_work;
}

static void go_on(ft_session *session, cloche_status also) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state;
  cloche_result r;
  cloche_call call;
  if (cloche_cell_step(session->cell, 0, &state, &err) != CLOCHE_OK) fail_msg("step: %s", err.message);
  while (cloche_cell_next_call(session->cell, &call)) {
    cloche_status status = cloche_cell_resolve(session->cell, call.id, "1", 1, &err);
    if (status != CLOCHE_OK && status != CLOCHE_NOT_FOUND) fail_msg("resolve: %s", err.message);
  }
  if (state != CLOCHE_DONE) return;
  session->at_work = false;
  assert_int_equal(cloche_cell_result(session->cell, &r, &err), CLOCHE_OK);
  if (r.status == CLOCHE_OK) session->n++;
  else if (r.status != CLOCHE_WORKER_CRASHED && r.status != also)
    fail_msg("a run ended as %s: %s", cloche_status_describe(r.status).name, r.error_message ? r.error_message : "");
}

void ft_pump(ft_session *sessions, size_t count, uint64_t until, cloche_status also) {
  cloche_pool_wait(ft_pool, until);
  for (cloche_cell *cell; (cell = cloche_pool_next(ft_pool));)
    for (size_t i = 0; i < count; i++)
      if (sessions[i].cell == cell && sessions[i].at_work) go_on(&sessions[i], also);
}

void ft_settle(ft_session *sessions, size_t count, cloche_status also) {
  for (bool again = true; again;) {
    ft_pump(sessions, count, ft_now() + 50 * FT_MS, also);
    again = false;
    for (size_t i = 0; i < count; i++) again |= sessions[i].at_work;
  }
}

void ft_check(ft_session *session) {
  char want[24];
  snprintf(want, sizeof want, "%llu", (unsigned long long)session->n);
  ft_value(session->cell, "n", want);
}

/* test_faults [NAME [SEED]]: one test alone, by other chances. */
int main(int argc, char **argv) {
  cmocka_set_test_filter(argc > 1 ? argv[1] : "*");
  if (argc > 2) chance = strtoull(argv[2], NULL, 10);
  return (ft_run_workers() + ft_run_starts() + ft_run_resources()) != 0;
}
