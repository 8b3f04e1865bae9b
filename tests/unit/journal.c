/* Changes of runs, put into copies: after each run original and copy are the same by hash, whatever the run did; in the order of
 * the runs alone; and bytes that somebody has made up do no harm. */
#include "unit.h"

#include <sodium.h>

static cloche_error err;

enum { HASH_AT = 8, HASHED_FROM = 24, PATCH_LEN_AT = 32, BEFORE_AT = 40, AFTER_AT = 56, PATCH_AT = 72 };

typedef struct {
  uint8_t *bytes;
  size_t len;
} changes;

static cloche_cell *open_cell(bool seeded, uint32_t undo_runs, const cloche_limits *limits) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = options.journal = true;
  options.seeded = seeded;
  options.seed = 7;
  options.clock = seeded ? CLOCHE_CLOCK_VIRTUAL : CLOCHE_CLOCK_REAL;
  options.undo_runs = undo_runs;
  options.limits = limits;
  return ut_open(&options);
}

static cloche_snapshot *take(cloche_cell *cell) {
  cloche_snapshot *s = NULL;
  cloche_status status = cloche_cell_snapshot(&s, cell, &err);
  if (status != CLOCHE_OK) fail_msg("snapshot: %s: %s", cloche_status_describe(status).name, err.message);
  return s;
}

static void put(cloche_cell *cell, const cloche_snapshot *s) {
  cloche_status status = cloche_cell_restore(cell, s, &err);
  if (status != CLOCHE_OK) fail_msg("restore: %s: %s", cloche_status_describe(status).name, err.message);
}

static changes tell(cloche_cell *cell) {
  changes c = {0};
  cloche_status status = cloche_cell_changes(cell, &c.bytes, &c.len, &err);
  if (status != CLOCHE_OK) fail_msg("changes: %s: %s", cloche_status_describe(status).name, err.message);
  return c;
}

static void tells_nothing(cloche_cell *cell, cloche_status want, const char *says) {
  uint8_t *bytes = (uint8_t *)1;
  size_t len = 1;
  err = (cloche_error)CLOCHE_ERROR_INIT;
  cloche_status got = cloche_cell_changes(cell, &bytes, &len, &err);
  if (got != want || !strstr(err.message, says) || bytes || len)
    fail_msg("%s: '%s' does not say '%s'", cloche_status_describe(got).name, err.message, says);
}

static void apply(cloche_cell *cell, changes c) {
  cloche_status status = cloche_cell_apply(cell, c.bytes, c.len, &err);
  if (status != CLOCHE_OK) fail_msg("apply: %s: %s", cloche_status_describe(status).name, err.message);
}

static void refuses(cloche_cell *cell, changes c, cloche_status want, const char *says) {
  err = (cloche_error)CLOCHE_ERROR_INIT;
  cloche_status got = cloche_cell_apply(cell, c.bytes, c.len, &err);
  if (got != want || !strstr(err.message, says))
    fail_msg("%s: '%s' does not say '%s'", cloche_status_describe(got).name, err.message, says);
}

static void same(cloche_cell *a, cloche_cell *b, const char *after) {
  cloche_snapshot *of_a = take(a), *of_b = take(b);
  cloche_snapshot_info x = cloche_snapshot_describe(of_a), y = cloche_snapshot_describe(of_b);
  if (strcmp(x.hash, y.hash) != 0 || x.runs != y.runs || x.modules != y.modules || x.memory_bytes != y.memory_bytes)
    fail_msg("the copy is another one after: %.200s (runs %d %d, pages %d %d)", after, (int)x.runs, (int)y.runs,
             (int)x.pages, (int)y.pages);
  cloche_snapshot_free(of_a);
  cloche_snapshot_free(of_b);
}

/* The copy is made of the state that the cell is in. */
static cloche_cell *copy_of(cloche_cell *cell, cloche_cell *copy) {
  cloche_snapshot *s = take(cell);
  put(copy, s);
  cloche_snapshot_free(s);
  return copy;
}

static size_t follow(cloche_cell *cell, cloche_cell *copy, const char *after) {
  changes c = tell(cell);
  apply(copy, c);
  same(cell, copy, after);
  size_t len = c.len;
  free(c.bytes);
  return len;
}

static size_t run_and_follow(cloche_cell *cell, cloche_cell *copy, const char *source) {
  (void)ut_eval(cell, source);
  return follow(cell, copy, source);
}

/* ---- the same state */

/* `drawing` keeps random values: both must draw the same ones, since they go on with one stream. */
static void follow_all(const char *const *sources, size_t count, const char *counting, size_t most,
                       const char *drawing) {
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 3, NULL);
  (void)ut_eval(cell, sources[0]);
  copy_of(cell, copy);
  for (size_t i = 1; i < count; i++) (void)run_and_follow(cell, copy, sources[i]);
  for (int i = 0; i < 40; i++) { /* what is warm changes meanwhile */
    size_t len = run_and_follow(cell, copy, counting);
    if (len > most) fail_msg("one more costs %zu bytes", len);
  }
  (void)ut_eval(cell, drawing);
  (void)ut_eval(copy, drawing);
  same(cell, copy, drawing);
  cloche_cell *late = copy_of(cell, open_cell(true, 0, NULL)); /* a copy that begins later, from the copy */
  (void)run_and_follow(cell, late, sources[count - 1]);
  cloche_cell_close(late);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

static void javascript_follows(void) {
  static const char *const sources[] = {
      "var n = 0; var kept = []; 0",
      "kept.push({n, at: new Date(0)}); kept.length",
      "var big = new Uint8Array(20 << 20).fill(7); big.length", /* memory grows */
      "big[5 << 20] = 1; big[(20 << 20) - 1] = 2; 0",
      "big = null; for (let i = 0; i < 50; i++) { let ring = {}; ring.me = [ring, 'x'.repeat(5000 + i)] } 0",
      "class A { #x = 1; get x() { return this.#x++ } } var a = new A(); a.x",
      "a.x; throw new Error('thrown, and kept')",
      "let broken = (",
      "var many = Array.from({length: 30000}, (_, i) => ({i, s: 'v' + i})); many.length",
      "for (const m of many) if (m.i % 7 == 0) m.s = m.s + m.s; 0",
      "many = many.filter(m => m.i % 3); many.length",
      "await new Promise(r => setTimeout(r, 1000)); Date.now()",
      "setTimeout(() => n = 100, 50); n",
      "Math.random() + crypto.getRandomValues(new Uint32Array(3))[1]",
      "console.log('x'); display({a: 1}); new Map(many.slice(0, 50).map(m => [m.s, m]))",
      "1",
  };
  follow_all(sources, UT_COUNT(sources), "n += 1", 4096,
             "kept = [Math.random(), crypto.getRandomValues(new Uint32Array(4))]");
}

static void x_plus_1_costs_little(void) {
  cloche_cell *cell = open_cell(false, 0, NULL);
  (void)ut_eval(cell, "var x = 0");
  size_t most = 0;
  for (int i = 0; i < 30; i++) {
    (void)ut_eval(cell, "x += 1");
    changes c = tell(cell);
    if (i > 10 && c.len > most) most = c.len;
    free(c.bytes);
  }
  if (most > 1000) fail_msg("%zu bytes", most);
  cloche_cell_close(cell);
}

#ifdef CLOCHE_PYTHON
static void python_follows(void) {
  static const char *const sources[] = {
      "n = 0\nkept = []",
      "kept.append({'n': n})\nlen(kept)",
      "big = bytearray(12 << 20)\nbig[7 << 20] = 5\nlen(big)",
      "del big\nimport gc, json, random\nrings = []\nfor i in range(3000):\n    r = [i]; r.append(r)\ngc.collect()",
      "raise ValueError('thrown, and kept')",
      "class A:\n    x = 1\na = A(); a.y = [random.random() for _ in range(100)]\na.y[0]",
      "open('/tmp/f', 'w').write('text' * 1000)",
      "many = {i: str(i) * 5 for i in range(20000)}\nlen(many)",
      "for i in range(0, 20000, 7): many[i] = i\njson.dumps(many)[:10]",
      "import asyncio, os\nos.urandom(8)\nawait asyncio.sleep(2)\n1",
      "print('x')\nopen('/tmp/f').read(4)",
  };
  follow_all(sources, UT_COUNT(sources), "n += 1\nn", 16384, "kept = [os.urandom(8), random.random()]");
}
#endif

/* What was rolled back has left nothing but a count; the next one follows upon it. */
static void killed_runs(void) {
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 0, NULL);
  ut_tool(cell, "t", false);
  ut_tool(copy, "t", false);
  (void)ut_eval(cell, "var n = 1");
  copy_of(cell, copy);
  ut_start(cell, "n = 50; var junk = new Array(1e5).fill(n); await tools.t()");
  tells_nothing(cell, CLOCHE_INVALID_STATE, "run is on");
  cloche_cell_interrupt(cell);
  ut_go(cell);
  size_t len = follow(cell, copy, "a kill");
  if (len > 400) fail_msg("a run that left nothing costs %zu bytes", len);
  (void)run_and_follow(cell, copy, "n += 1");
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.complete = true;
  assert_int_equal(cloche_cell_eval(cell, "Math.ma", 7, &options, NULL, &err), CLOCHE_OK);
  (void)follow(cell, copy, "a completion");
  ut_start(cell, "await tools.t()");
  ut_start(copy, "await tools.t()");
  assert_int_equal(ut_take(cell).id, ut_take(copy).id);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

static void inputs_follow(void) {
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 5, NULL);
  ut_tool(cell, "first", false);
  (void)ut_eval(cell, "var all = []; var n = 0; tools.first; 0");
  for (int i = 0; i < 3; i++) ut_tool(copy, (const char *[]){"third", "first", "second"}[i], false); /* another order */
  copy_of(cell, copy);
  ut_tool(cell, "second", true);
  ut_tool(cell, "third", false);
  cloche_module module = {1, "m", "export const v: number = 5", 26, "ts"};
  assert_int_equal(cloche_cell_module(cell, &module, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_context(cell, "{\"k\":1}", 7, &err), CLOCHE_OK);
  (void)run_and_follow(cell, copy, "import('m').then(m => all.push(m.v)); context.k");
  (void)run_and_follow(cell, copy, "const late = await import('m'); all.push(late.v, context.k); tools.second; 0");
  assert_int_equal(cloche_cell_context(cell, "{\"k\":2}", 7, &err), CLOCHE_OK);
  (void)run_and_follow(cell, copy, "all.push(context.k); n = 1; 0");
  ut_value(copy, "[...all, Object.keys(tools).length]", "[5,5,1,2,3]");
  ut_start(copy, "[await tools.third(3), tools.second(2)]");
  for (int i = 0; i < 2; i++) {
    cloche_call call = ut_take(copy);
    assert_string_equal(call.tool, i ? "second" : "third");
    ut_resolve(copy, call.id, call.argument);
    ut_go(copy);
  }
  ut_finish_value(copy, "[3,2]");
  assert_int_equal(cloche_cell_undo(copy, 3, &err), CLOCHE_OK); /* those two, and the last one that was applied */
  ut_value(copy, "[n, all.length, context.k]", "[0,3,2]");
  cloche_cell_close(copy);

  copy = open_cell(true, 0, NULL);
  ut_tool(copy, "first", false);
  cloche_cell *other = open_cell(true, 0, NULL);
  ut_tool(other, "first", false);
  (void)ut_eval(other, "var here = 1");
  copy_of(other, copy);
  ut_tool(other, "lacks", false);
  (void)ut_eval(other, "here = typeof tools.lacks");
  changes c = tell(other);
  refuses(copy, c, CLOCHE_MISSING_TOOL, "lacks");
  ut_value(copy, "here", "1");
  free(c.bytes);
  cloche_cell_close(other);
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

static void copies_have_randomness_of_their_own(void) {
  cloche_cell *cell = open_cell(false, 0, NULL), *copy = open_cell(false, 0, NULL);
  (void)ut_eval(cell, "var n = 1; Math.random()");
  copy_of(cell, copy);
  for (int i = 0; i < 5; i++) {
    (void)ut_eval(cell, "n += 1; Math.random() + crypto.getRandomValues(new Uint8Array(1))[0]");
    changes c = tell(cell);
    apply(copy, c);
    free(c.bytes);
  }
  cloche_result a = ut_eval(cell, "[n, Math.random(), crypto.randomUUID()]");
  char *mine = strdup(a.value);
  cloche_result b = ut_eval(copy, "[n, Math.random(), crypto.randomUUID()]");
  assert_memory_equal(mine, "[6,", 3);
  assert_memory_equal(b.value, "[6,", 3);
  assert_string_not_equal(strchr(mine, ','), strchr(b.value, ','));
  assert_string_not_equal(strrchr(mine, ','), strrchr(b.value, ','));
  free(mine);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

/* A run that went on elsewhere, as one that was parked does. */
static void parked_runs(void) {
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 0, NULL), *elsewhere = open_cell(true, 0, NULL);
  cloche_cell *const all[] = {cell, copy, elsewhere};
  for (int i = 0; i < 3; i++) ut_tool(all[i], "t", false);
  (void)ut_eval(cell, "var n = 1; var a = new Array(3000).fill(1); 0");
  copy_of(cell, copy);
  cloche_module module = {1, "m", "export const v = 5", 18, "js"};
  assert_int_equal(cloche_cell_module(cell, &module, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_context(cell, "{\"k\":1}", 7, &err), CLOCHE_OK);
  ut_start(cell, "a.fill(2); n = context.k + await tools.t() + (await import('m')).v");
  copy_of(cell, elsewhere);
  cloche_cell_close(cell);
  tells_nothing(elsewhere, CLOCHE_INVALID_STATE, "run is on");
  ut_resolve(elsewhere, ut_take(elsewhere).id, "10");
  ut_finish_value(elsewhere, "16");
  (void)follow(elsewhere, copy, "a run that was parked");
  (void)run_and_follow(elsewhere, copy, "n++; a[2999] = 5");
  ut_value(copy, "[n, a[5], a[2999], context.k]", "[17,2,5,1]");
  cloche_cell_close(elsewhere);
  cloche_cell_close(copy);
}

/* Forks share pages through a file, which changes must see through. */
static void forks_and_undo(void) {
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 10, NULL);
  (void)ut_eval(cell, "var list = Array.from({length: 40000}, (_, i) => ({i})); var n = 0; 0");
  copy_of(cell, copy);
  cloche_cell *fork = ut_fork(cell), *fork_of_copy = ut_fork(copy);
  tells_nothing(fork, CLOCHE_NOT_FOUND, "take a snapshot");
  for (int i = 0; i < 4; i++)
    (void)run_and_follow(cell, copy, "n++; for (let k = n; k < 40000; k += 997) list[k].i = n");
  (void)run_and_follow(fork, fork_of_copy, "n = 'fork'; list.push(1)"); /* the same state: seeded */
  assert_int_equal(cloche_cell_undo(copy, 2, &err), CLOCHE_OK);
  ut_value(copy, "[n, list[2 + 997].i, list.length]", "[2,2,40000]");
  changes c = tell(copy); /* of the look */
  free(c.bytes);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
  cloche_cell_close(fork);
  cloche_cell_close(fork_of_copy);
}

/* ---- what is refused */

static void order(void) {
  cloche_cell *cell = open_cell(true, 5, NULL), *copy = open_cell(true, 5, NULL), *late = open_cell(true, 0, NULL);
  changes c[3];
  (void)ut_eval(cell, "var n = 0");
  copy_of(cell, copy);
  copy_of(cell, late);
  for (int i = 0; i < 3; i++) {
    (void)ut_eval(cell, "n++");
    c[i] = tell(cell);
  }
  refuses(copy, c[1], CLOCHE_INVALID_STATE, "another state");
  apply(copy, c[0]);
  refuses(copy, c[0], CLOCHE_INVALID_STATE, "another state");
  refuses(copy, c[2], CLOCHE_INVALID_STATE, "another state");
  ut_value(copy, "n", "1"); /* a run of its own: the ways have parted */
  refuses(copy, c[1], CLOCHE_INVALID_STATE, "another state");
  copy_of(late, copy);
  apply(copy, c[0]);
  assert_int_equal(cloche_cell_undo(copy, 1, &err), CLOCHE_OK);
  refuses(copy, c[0], CLOCHE_INVALID_STATE, "another state");
  refuses(copy, c[1], CLOCHE_INVALID_STATE, "another state");
  assert_int_equal(cloche_cell_reset(copy, &err), CLOCHE_OK);
  refuses(copy, c[0], CLOCHE_INVALID_STATE, "another state");
  cloche_cell *plain = ut_session(), *once = ut_one_shot();
  refuses(plain, c[0], CLOCHE_INVALID_STATE, "another state");
  refuses(once, c[0], CLOCHE_INVALID_STATE, "another state");
  copy_of(late, plain); /* a journal is not needed to follow */
  for (int i = 0; i < 3; i++) apply(plain, c[i]);
  ut_value(plain, "n", "3");
  refuses(plain, c[0], CLOCHE_INVALID_STATE, "another state");
  ut_start(late, "await new Promise(r => setTimeout(r, 1e6))");
  cloche_cell_interrupt(late);
  ut_go(late);
  refuses(late, c[0], CLOCHE_INVALID_STATE, "another state");
  for (int i = 0; i < 3; i++) free(c[i].bytes);
  cloche_cell *const all[] = {cell, copy, late, plain, once};
  for (size_t i = 0; i < UT_COUNT(all); i++) cloche_cell_close(all[i]);
}

static void when_there_is_nothing_to_tell(void) {
  cloche_cell *plain = ut_session(), *once = ut_one_shot(), *cell = open_cell(false, 2, NULL);
  (void)ut_eval(plain, "1");
  tells_nothing(plain, CLOCHE_INVALID_STATE, "option journal");
  tells_nothing(once, CLOCHE_INVALID_STATE, "option journal");
  tells_nothing(cell, CLOCHE_NOT_FOUND, "take a snapshot");
  (void)ut_eval(cell, "var a = 1");
  cloche_snapshot *s = take(cell);
  changes first = tell(cell), again = tell(cell);
  assert_int_equal(first.len, again.len);
  assert_memory_equal(first.bytes, again.bytes, first.len);
  (void)ut_eval(cell, "a = 2");
  changes second = tell(cell);
  put(cell, s);
  tells_nothing(cell, CLOCHE_NOT_FOUND, "take a snapshot");
  apply(cell, second);
  tells_nothing(cell, CLOCHE_NOT_FOUND, "take a snapshot");
  ut_value(cell, "a", "2");
  assert_int_equal(cloche_cell_undo(cell, 1, &err), CLOCHE_OK);
  tells_nothing(cell, CLOCHE_NOT_FOUND, "take a snapshot");
  (void)ut_eval(cell, "a = 3");
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  tells_nothing(cell, CLOCHE_NOT_FOUND, "take a snapshot");
  free(first.bytes);
  free(again.bytes);
  free(second.bytes);
  cloche_snapshot_free(s);
  cloche_cell_close(plain);
  cloche_cell_close(once);
  cloche_cell_close(cell);
}

static void limits_hold(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 16 << 20;
  cloche_cell *cell = open_cell(true, 0, NULL), *small = open_cell(true, 0, &limits), *copy = open_cell(true, 0, NULL);
  (void)ut_eval(cell, "var n = 1");
  copy_of(cell, small);
  copy_of(cell, copy);
  (void)ut_eval(cell, "var big = new Uint8Array(30 << 20); n = 2");
  changes c = tell(cell);
  refuses(small, c, CLOCHE_MEMORY_LIMIT, "limit memory");
  ut_value(small, "n", "1");
  apply(copy, c);
  free(c.bytes);
  (void)ut_eval(cell, "big.fill(5); var more = new Uint8Array(40 << 20).fill(3); n = 3");
  tells_nothing(cell, CLOCHE_SNAPSHOT_LIMIT, "64 MiB");
  (void)ut_eval(cell, "n = 4");
  c = tell(cell);
  refuses(copy, c, CLOCHE_INVALID_STATE, "another state");
  ut_value(copy, "n", "2");
  free(c.bytes);
  limits = ut_limits();
  limits.snapshot_bytes = 1 << 20;
  cloche_cell *short_of = open_cell(true, 0, &limits);
  (void)ut_eval(short_of, "var a = 1");
  free(tell(short_of).bytes);
  (void)ut_eval(short_of, "var text = Array.from({length: 1 << 18}, (_, i) => i * 1.7); 0");
  tells_nothing(short_of, CLOCHE_SNAPSHOT_LIMIT, "limit snapshot");
  cloche_cell_close(short_of);
  cloche_cell_close(cell);
  cloche_cell_close(small);
  cloche_cell_close(copy);
}

/* ---- bytes that somebody has made up */

static void put_hash(changes c) {
  crypto_generichash(c.bytes + HASH_AT, 16, c.bytes + HASHED_FROM, c.len - HASHED_FROM, NULL, 0);
}

/* Whatever was accepted, the guest runs within its limits, and another one is well. */
static void is_harmless(cloche_cell *cell) {
  (void)ut_eval(cell, "typeof n + typeof context.k + Object.keys(tools)");
  cloche_snapshot_free(take(cell));
  ut_value_of("1 + 2", "3");
}

static void altered_bytes(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = limits.cpu_ns = 50 * UT_MS;
  cloche_cell *cell = open_cell(true, 0, NULL), *copy = open_cell(true, 1, &limits);
  for (int i = 0; i < 2; i++) ut_tool(i ? copy : cell, "t", false);
  (void)ut_eval(cell, "var n = 1");
  for (int i = 0; i < 12; i++) (void)ut_eval(cell, "n++"); /* its changes are few now */
  cloche_snapshot *s = take(cell);
  ut_tool(cell, "u", false);
  ut_tool(copy, "u", false);
  cloche_module module = {1, "m", "export const a = 1", 18, "js"};
  assert_int_equal(cloche_cell_module(cell, &module, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_context(cell, "{\"k\":1}", 7, &err), CLOCHE_OK);
  (void)ut_eval(cell, "n++");
  changes c = tell(cell);
  put(copy, s);
  apply(copy, c);
  unsigned accepted = 0, refused = 0;
  size_t stride = 1 + c.len / 1500;
  for (size_t at = 0; at < c.len; at += at < PATCH_AT || c.len - at < 700 ? 1 : stride) {
    uint8_t was = c.bytes[at];
    for (int way = 0; way < 3; way++) {
      c.bytes[at] = way == 0 ? was ^ 1 : way == 1 ? was ^ 0x80 : (uint8_t)~was;
      put(copy, s);
      if (at >= HASHED_FROM || at < HASH_AT + 16) refuses(copy, c, CLOCHE_BAD_SNAPSHOT, "");
      if (at >= HASHED_FROM) {
        put_hash(c);
        bool taken = cloche_cell_apply(copy, c.bytes, c.len, &err) == CLOCHE_OK;
        accepted += taken;
        refused += !taken;
        is_harmless(copy);
      }
    }
    c.bytes[at] = was;
    put_hash(c);
  }
  assert_true(accepted > 100 && refused > 100);
  for (size_t len = 0; len < c.len; len += 1 + len / 50) {
    changes cut = {malloc(len ? len : 1), len};
    memcpy(cut.bytes, c.bytes, len);
    put(copy, s);
    refuses(copy, cut, CLOCHE_BAD_SNAPSHOT, "");
    if (len >= PATCH_AT) {
      put_hash(cut);
      (void)cloche_cell_apply(copy, cut.bytes, cut.len, &err);
      is_harmless(copy);
    }
    free(cut.bytes);
  }
  put(copy, s);
  apply(copy, c);
  ut_value(copy, "[n, context.k]", "[14,1]");
  free(c.bytes);
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
  cloche_cell_close(copy);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(javascript_follows),
      UT(x_plus_1_costs_little),
      UT(killed_runs),
      UT(inputs_follow),
      UT(copies_have_randomness_of_their_own),
      UT(parked_runs),
      UT(forks_and_undo),
      UT(order),
      UT(when_there_is_nothing_to_tell),
      UT(limits_hold),
      UT(altered_bytes),
  };
  cloche_engine_options old_way = CLOCHE_ENGINE_OPTIONS_INIT;
  old_way.use_pagemap = true;
  int failed = UT_RUN("journal", tests);
  failed += ut_run("journal, by the page map", tests, 7, &old_way);
#ifdef CLOCHE_PYTHON
  const struct CMUnitTest of_python[] = {UT(python_follows)};
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  failed += ut_run("journal, Python", of_python, UT_COUNT(of_python), &options);
#endif
  return failed;
}
