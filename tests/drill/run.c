/* Makes every drill from inside of a whole worker, through the pool: a guest of the domain "attacker" calls the tool "drill",
 * its worker makes the attempt. After each the supervisor must be whole, the file that was attacked unchanged, the session of
 * another domain as it was, a new cell able to run, and what happened logged.
 *
 *     drill_run FOLDER [--no-namespaces] [NAME...]         FOLDER: where cloche-worker-drill is
 *
 * Ends with "N passed, N failed, N skipped". */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cloche_pool.h"
#include "drill.h"
#include "target.h"

static int passed, failed, skipped;
static drill_target target;
static cloche_thread *pool;
static cloche_engine *engine;
static cloche_cell *victim;
static char log_codes[1024]; /* of one drill, each with a space behind it */

static void take_log(void *user, const char *code, const char *text) {
  (void)user, (void)text;
  size_t len = strlen(log_codes);
  snprintf(log_codes + len, sizeof log_codes - len, "%s ", code);
}

static void die(const char *what, const cloche_error *err) {
  fprintf(stderr, "drill_run: %s: %s\n", what, err->message);
  exit(1);
}

/* How a worker ended may be known a little later than that it has. */
static void wait_for_log(void) {
  for (int i = 0; i < 200 && !log_codes[0]; i++) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    cloche_pool_wait(pool, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec + 10000000u);
    (void)cloche_pool_next(pool);
  }
}

/* ---- cells */

typedef struct outcome {
  cloche_status status; /* of the run */
  char words[128];      /* what the drill said, if it could */
} outcome;

static void answer_call(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  outcome *out = user;
  cloche_error err = CLOCHE_ERROR_INIT;
  snprintf(out->words, sizeof out->words, "%.*s", (int)len, argument);
  (void)cloche_cell_resolve(cell, id, "true", 4, &err);
}

static cloche_cell *open_cell(const char *domain, cloche_engine *of, const char *wall, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.domain = domain;
  options.limits = &limits;
  options.session = session;
  cloche_cell *cell = NULL;
  if (cloche_limits_profile(&limits, NULL, &err) != CLOCHE_OK ||
      cloche_limits_set(&limits, "wall", wall, &err) != CLOCHE_OK ||
      cloche_cell_open(&cell, pool, of, &options, &err) != CLOCHE_OK)
    die("a cell", &err);
  return cell;
}

static bool eval_is(cloche_cell *cell, const char *source, const char *value) {
  cloche_result result;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_eval(cell, source, strlen(source), NULL, &result, &err) != CLOCHE_OK) return false;
  return result.status == CLOCHE_OK && result.value && strcmp(result.value, value) == 0;
}

/* In JavaScript, or in Python, whose guests have files, with the directory mounted. */
static void make_attempt(const drill *d, const char *domain, cloche_engine *of, int dir, outcome *out) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *cell = open_cell(domain, of, d->expect == DRILL_STUCK ? "300ms" : "20s", false);
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_mount mount = CLOCHE_MOUNT_INIT;
  cloche_result result;
  char source[640];
  tool.name = "drill";
  tool.fn = answer_call;
  tool.user = out;
  mount.dir_fd = dir;
  mount.path = "/data";
  *out = (outcome){.status = CLOCHE_INTERNAL};
  if (cloche_cell_tool(cell, &tool, &err) != CLOCHE_OK) die("a tool", &err);
  if (dir >= 0 && cloche_cell_mount(cell, &mount, &err) != CLOCHE_OK) die("a mount", &err);
  int len = snprintf(source, sizeof source, "await tools.drill('%s %d %d %s %s %s %s')", d->name, target.supervisor,
                     target.port, target.run, target.secret, target.socket, target.path);
  if (cloche_cell_eval(cell, source, (size_t)len, NULL, &result, &err) == CLOCHE_OK) out->status = result.status;
  else out->status = err.status;
  cloche_cell_close(cell);
  if (out->status != CLOCHE_OK) wait_for_log();
}

/* ---- what must be */

static bool logged(const char *code) {
  char word[40];
  snprintf(word, sizeof word, "%s ", code);
  return strstr(log_codes, word) != NULL;
}

static bool came_as_expected(unsigned expect, const outcome *out) {
  bool crashed = out->status == CLOCHE_WORKER_CRASHED;
  if ((expect & DRILL_KILLED) && crashed && logged("jail_violation")) return true;
  if ((expect & DRILL_REACHED) && out->status == CLOCHE_OK && strcmp(out->words, "\"reached\"") == 0) return true;
  if ((expect & DRILL_REFUSED) && out->status == CLOCHE_OK && strncmp(out->words, "\"refused", 8) == 0) return true;
  if ((expect & DRILL_CRASHED) && crashed && (logged("worker_crashed") || logged("bad_frame"))) return true;
  if ((expect & DRILL_STUCK) && out->status == CLOCHE_WALL_TIME_LIMIT && logged("worker_stuck")) return true;
  return (expect & DRILL_SENT) && logged("bad_frame");
}

static bool others_are_whole(void) {
  cloche_cell *fresh = open_cell("another", engine, "20s", false);
  bool whole = eval_is(fresh, "1 + 2", "3") && eval_is(victim, "secret.length + (++counter - counter)", "24");
  cloche_cell_close(fresh);
  return whole && target_is_whole(&target);
}

static void judge(const drill *d, const char *where, unsigned expected, const outcome *out) {
  bool fine = came_as_expected(expected, out), whole = others_are_whole();
  passed += fine && whole;
  failed += !fine || !whole;
  if (fine && whole) return;
  printf("%s (%s)%s: the run is %s, the drill said %s, the log says %s%s\n", d->name, d->what, where,
         cloche_status_describe(out->status).name, out->words[0] ? out->words : "nothing",
         log_codes[0] ? log_codes : "nothing", whole ? "" : "; and others are hurt");
}

static void check(const drill *d) {
  outcome out;
  log_codes[0] = '\0';
  make_attempt(d, "attacker", engine, -1, &out);
  judge(d, "", d->expect, &out);
}

/* A worker with a mounted directory may open files: those below it, and for reading. */
static void check_mounts(void) {
  static const struct {
    const char *name;
    unsigned expect;
  } list[] = {
      {"mount_read", DRILL_REACHED},  {"mount_write", DRILL_REFUSED},  {"mount_create", DRILL_REFUSED},
      {"mount_leave", DRILL_REFUSED}, {"mount_remove", DRILL_REFUSED}, {"openat2", DRILL_REFUSED},
      {"openat", DRILL_KILLED},       {"unlink", DRILL_KILLED},        {"tcp", DRILL_KILLED},
      {"fork", DRILL_KILLED},         {"exec", DRILL_KILLED},          {"map_code", DRILL_KILLED},
      {"own_memory", DRILL_KILLED},   {"noise", DRILL_SENT},
  };
  enum { COUNT = sizeof list / sizeof list[0] };
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  cloche_engine *python;
  options.name = "python";
  if (cloche_engine_open(&python, &options, &err) != CLOCHE_OK) { /* not in this build */
    skipped += COUNT;
    return;
  }
  int dir = target_make_folder(&target);
  if (dir < 0) die("a folder", &err);
  for (size_t i = 0; i < COUNT; i++) {
    outcome out;
    const drill *d = drill_find(list[i].name, strlen(list[i].name));
    log_codes[0] = '\0';
    make_attempt(d, "mounted", python, dir, &out);
    judge(d, ", with a mount", list[i].expect, &out);
  }
  close(dir);
  cloche_engine_close(python);
}

/* The drill that looks for a secret finds it where it is, or its failure elsewhere says nothing. */
static void check_that_secret_is_found(void) {
  outcome out;
  make_attempt(drill_find("secret", 6), "victim", engine, -1, &out);
  bool fine = strcmp(out.words, "\"reached\"") == 0;
  if (strcmp(out.words, "\"refused ENOSYS\"") == 0) { /* it has to be told where memory is, by Linux 6.7 */
    skipped++;
    return;
  }
  passed += fine;
  failed += !fine;
  if (!fine) printf("secret, in its own domain: the drill said %s\n", out.words);
}

static void open_victim(void) {
  static const char secret[] = "the-code-is-7391-4405-18";
  size_t len = sizeof secret - 1;
  for (size_t i = 0; i < len; i++) target.secret[i] = secret[len - 1 - i];
  char source[128];
  snprintf(source, sizeof source, "globalThis.counter = 0; globalThis.secret = '%s'; 1", secret);
  victim = open_cell("victim", engine, "20s", true);
  if (!eval_is(victim, source, "1")) die("the victim", &(cloche_error)CLOCHE_ERROR_INIT);
}

int main(int argc, char **argv) {
  cloche_error err = CLOCHE_ERROR_INIT;
  char path[1024];
  if (argc < 2 || !target_make(&target)) {
    fprintf(stderr, "usage: drill_run FOLDER [--no-namespaces] [NAME...]\n");
    return 2;
  }
  snprintf(path, sizeof path, "%s/cloche-worker-drill", argv[1]);
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  options.worker_path = path;
  options.workers = 1; /* of a domain: the drill that looks for a secret is where the secret is */
  options.log = take_log;
  options.no_namespaces = argc > 2 && strcmp(argv[2], "--no-namespaces") == 0;
  int names = options.no_namespaces ? 3 : 2; /* where they begin */
  if (cloche_pool_open(&pool, &options, &err) != CLOCHE_OK) die("a pool", &err);
  if (cloche_engine_open(&engine, NULL, &err) != CLOCHE_OK) die("an engine", &err);
  open_victim();
  if (argc == names) check_that_secret_is_found();
  if (argc == names) check_mounts();
  const drill *d;
  for (size_t i = 0; (d = drill_number(i)); i++) {
    bool asked = argc == names;
    for (int a = names; a < argc; a++) asked = asked || strcmp(argv[a], d->name) == 0;
    if (asked) check(d);
  }
  cloche_cell_close(victim);
  cloche_thread_close(pool);
  cloche_engine_close(engine);
  target_remove(&target);
  printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed != 0;
}
