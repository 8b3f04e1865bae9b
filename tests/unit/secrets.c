/* What a cell can know of others on its thread: nothing that was in them, and nothing of that they are there.
 *
 * Cells live and end in every way there is, each with a random secret of its own; after each of them the memory of the next cell
 * must equal, byte by byte, that of a cell in which nobody has ever been, and the host must have forgotten the secret. As many
 * resets as are asked for: `test_secrets 1000000`. And a session that is seeded comes to the same reports and the same memory
 * alone on a thread as between such neighbours: time aside, which no test here measures. */
#include "secret.h"

#include <time.h>

static unsigned long resets = 4000;
static cloche_error err;

static void must(cloche_status status, const char *what) {
  if (status != CLOCHE_OK) fail_msg("%s: %s: %s", what, cloche_status_describe(status).name, err.message);
}

static cloche_cell *open_cell(bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = options.journal = session;
  options.undo_runs = session ? 2 : 0;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "ask", false);
  return cell;
}

static void run(cloche_cell *cell, const char *pattern, const ut_secret *s) {
  char *source = ut_with_secret(pattern, s);
  must(cloche_cell_eval(cell, source, strlen(source), NULL, NULL, &err), "eval");
  free(source);
}

static void wait(cloche_cell *cell, const char *pattern, const ut_secret *s) {
  char *source = ut_with_secret(pattern, s);
  if (ut_start(cell, source) != CLOCHE_WAITING) fail_msg("it does not wait: %s", source);
  free(source);
}

/* ---- lives: each gives a cell, to be closed */

static cloche_cell *one_run(const ut_secret *s) {
  static const char *const plants[] = {
      "globalThis.s = '@'; console.log(s); s",
      "const t = new Uint8Array(4096 * 20); for (let i = 0; i < 20; i++) t.set(#, i * 4096); globalThis.t = t; 0",
      "throw new Error('@')",
      "globalThis.o = {'@': ['@', #]}; JSON.stringify(o)",
      "function f(n, s) { return n ? f(n - 1, s + n) : s.length } f(100, '@')",
      "globalThis.big = new Uint8Array(3 << 20); for (let i = 0; i < big.length; i += 4096) big.set(#, i); 0",
  };
  static unsigned next;
  cloche_cell *cell = open_cell(false);
  run(cell, plants[next++ % UT_COUNT(plants)], s);
  return cell;
}

static cloche_cell *a_session(const ut_secret *s) {
  cloche_cell *cell = open_cell(true);
  run(cell, "var s = '@', list = []; for (let i = 0; i < 200; i++) list.push(s + i); s", s);
  run(cell, "list = list.map(x => x + x); s = #; 0", s);
  return cell;
}

static cloche_cell *a_reset(const ut_secret *s) {
  cloche_cell *cell = a_session(s);
  must(cloche_cell_reset(cell, &err), "reset");
  return cell;
}

static cloche_cell *an_undo(const ut_secret *s) {
  cloche_cell *cell = open_cell(true);
  run(cell, "var n = 1", s);
  run(cell, "var s = '@'.repeat(2000); s.length", s);
  must(cloche_cell_undo(cell, 1, &err), "undo");
  return cell;
}

static cloche_cell *a_kill(const ut_secret *s) {
  cloche_cell *cell = a_session(s);
  wait(cell, "list.fill('@'); var more = '@'.repeat(50000); await tools.ask('@')", s);
  cloche_cell_interrupt(cell);
  (void)ut_finish(cell);
  return cell;
}

static cloche_cell *left_in_the_middle(const ut_secret *s) {
  cloche_cell *cell = open_cell(false);
  wait(cell, "const s = '@'; globalThis.t = new Uint8Array(9000); t.set(#, 8000); await tools.ask({s}); s", s);
  ut_resolve(cell, ut_take(cell).id, "[1]");
  return cell;
}

static cloche_cell *a_restore(const ut_secret *s) {
  cloche_cell *from = a_session(s), *cell = open_cell(true);
  cloche_snapshot *snapshot;
  uint8_t *bytes;
  size_t len;
  must(cloche_cell_snapshot(&snapshot, from, &err), "snapshot");
  run(from, "s = '@'; list.reverse(); 0", s);
  must(cloche_cell_changes(from, &bytes, &len, &err), "changes");
  cloche_cell_close(from);
  must(cloche_cell_restore(cell, snapshot, &err), "restore");
  must(cloche_cell_apply(cell, bytes, len, &err), "apply");
  free(bytes);
  cloche_snapshot_free(snapshot);
  return cell;
}

static cloche_cell *a_fork(const ut_secret *s) {
  cloche_cell *from = a_session(s), *cell = ut_fork(from);
  cloche_cell_close(from);
  run(cell, "list.push('@'); list.length", s);
  return cell;
}

static cloche_cell *(*const lives[])(const ut_secret *s) = {
    one_run, one_run, a_session, one_run,   a_reset, one_run, an_undo, one_run,
    a_kill,  one_run, one_run,   a_restore, one_run, a_fork,  one_run, left_in_the_middle};
static const char *const names[] = {"one run", "one run", "a session", "one run",           "a reset", "one run",
                                    "an undo", "one run", "a kill",    "one run",           "one run", "a restore",
                                    "one run", "a fork",  "one run",   "left in the middle"};

/* Nobody has ever been in it: its thread is its own. */
static cloche_cell *fresh_cell(cloche_thread **thread, const cloche_cell_options *options) {
  cloche_cell *cell;
  must(cloche_thread_open(thread, NULL, &err), "thread");
  must(cloche_cell_open(&cell, *thread, ut_engine, options, &err), "open");
  return cell;
}

static void nothing_is_found(void) {
  enum { WHOLE_SEARCH = 512 };
  cloche_cell_options seeded = CLOCHE_CELL_OPTIONS_INIT;
  seeded.seeded = true; /* so that random numbers are the same, too */
  seeded.seed = 7;
  cloche_thread *thread;
  cloche_cell *fresh = fresh_cell(&thread, &seeded);
  bool slow = resets > 100000;
  time_t began = time(NULL);
  for (unsigned long i = 0; i < resets; i++) {
    ut_secret s = ut_new_secret();
    size_t way = i % UT_COUNT(lives);
    cloche_cell *cell = lives[way](&s);
    const uint8_t *base = cell->slot.base;
    cloche_cell_close(cell);
    cell = ut_open(&seeded);
    assert_ptr_equal(cell->slot.base, base); /* it is the same place */
    assert_int_equal(cell->slot.bytes, fresh->slot.bytes);
    if (memcmp(cell->slot.base, fresh->slot.base, fresh->slot.bytes) != 0)
      fail_msg("reset %lu: memory is not as new after: %s", i, names[way]);
    if (i % WHOLE_SEARCH < UT_COUNT(lives)) ut_search_cell(cell, &s, names[way]);
    else ut_search_host(cell, &s, names[way]);
    cloche_cell_close(cell);
    if (slow && (i + 1) % 50000 == 0) print_message("%lu resets, %ld s\n", i + 1, (long)(time(NULL) - began));
  }
  cloche_cell_close(fresh);
  cloche_thread_close(thread);
}

/* ---- neighbours */

typedef struct {
  char *reports[16];
  size_t count;
  char hash[65];
} account;

static const struct {
  const char *source, *language;
} probes[] = {
    {"const a: number = Math.random(); [a, crypto.randomUUID(), Date.now(), performance.now()]", "ts"},
    {"Object.getOwnPropertyNames(globalThis).length + typeof s + typeof list", "js"},
    {"const got = await tools.ask({n: 1}); await new Promise(r => setTimeout(r, 50)); [got, Date.now()]", "js"},
    {"throw new TypeError('as ever')", "js"},
    {"(function f(n) { try { return f(n + 1) } catch { return n } })(0)", "js"},
    {"const big = new Uint8Array(8 << 20); big[1 << 22] + big.length", "js"},
    {"let n = 0; for (let i = 0; i < 30000; i++) n += JSON.stringify({i}).length; n", "js"},
    {"let t = 0; setTimeout(() => t++, 5); await new Promise(r => setTimeout(r, 10)); [t, Math.random()]", "js"},
    {"enum E { A, B } display({e: E.B}); console.log(new Error('x').stack); E", "ts"},
    {"const text = await import('m').catch(e => e.message); text", "js"},
};

static char *report_but_times(cloche_cell *cell) {
  json_t *report = ut_report(cell);
  json_object_del(report, "metrics");
  char *text = json_dumps(report, JSON_SORT_KEYS);
  json_decref(report);
  return text;
}

static void live_beside(unsigned *turn) {
  if (!turn) return;
  ut_secret s = ut_new_secret();
  cloche_cell_close(lives[(*turn)++ % UT_COUNT(lives)](&s));
}

/* With neighbours, one of them lives and ends after each slice of the session's. */
static account give_account(cloche_thread *thread, unsigned *turn) {
  account a = {.count = 0};
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_cell *cell;
  cloche_snapshot *snapshot;
  cloche_limits limits = ut_limits();
  tool.name = "ask";
  limits.wall_ns = limits.cpu_ns = 600000 * UT_MS; /* others run meanwhile */
  options.limits = &limits;
  options.session = options.seeded = true;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  must(cloche_cell_open(&cell, thread, ut_engine, &options, &err), "open");
  must(cloche_cell_tool(cell, &tool, &err), "tool");
  for (size_t i = 0; i < UT_COUNT(probes); i++) {
    cloche_run_options run_options = CLOCHE_RUN_OPTIONS_INIT;
    cloche_state state = CLOCHE_RUNNING;
    cloche_call call;
    run_options.language = probes[i].language;
    must(cloche_cell_start(cell, probes[i].source, strlen(probes[i].source), &run_options, &err), "start");
    while (state != CLOCHE_DONE) {
      must(cloche_cell_step(cell, UT_MS, &state, &err), "step");
      live_beside(turn);
      if (cloche_cell_next_call(cell, &call)) ut_resolve(cell, call.id, "{\"v\":[1]}");
    }
    a.reports[a.count++] = report_but_times(cell);
  }
  must(cloche_cell_snapshot(&snapshot, cell, &err), "snapshot");
  memcpy(a.hash, cloche_snapshot_describe(snapshot).hash, sizeof a.hash);
  cloche_snapshot_free(snapshot);
  cloche_cell_close(cell);
  return a;
}

static void drop_account(account *a) {
  for (size_t i = 0; i < a->count; i++) free(a->reports[i]);
}

static void neighbours_are_not_seen(void) {
  cloche_thread *alone;
  must(cloche_thread_open(&alone, NULL, &err), "thread");
  account want = give_account(alone, NULL);
  cloche_thread_close(alone);
  unsigned turn = 0;
  for (int round = 0; round < 3; round++) {
    account got = give_account(ut_thread, &turn);
    for (size_t i = 0; i < want.count; i++)
      if (strcmp(got.reports[i], want.reports[i]) != 0)
        fail_msg("%s\nalone: %.2000s\namong others: %.2000s", probes[i].source, want.reports[i], got.reports[i]);
    assert_string_equal(got.hash, want.hash);
    drop_account(&got);
  }
  assert_true(turn > 3 * UT_COUNT(lives));
  drop_account(&want);
}

int main(int argc, char **argv) {
  if (argc > 1) resets = strtoul(argv[1], NULL, 10);
  const struct CMUnitTest tests[] = {UT(neighbours_are_not_seen), UT(nothing_is_found)};
  return UT_RUN("secrets", tests);
}
