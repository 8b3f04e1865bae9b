/* Restoring: what a cell becomes, what it keeps, and what is refused: wrong images and keys, missing tools, bytes that somebody has
 * made up. Another process takes a run over, too. */
#include "unit.h"

#include <sodium.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static cloche_error err;

enum { HEADER = 64, HASH_AT = 32, STATE_AT = HEADER + 16, IMAGE_ID_AT = STATE_AT + 32 };

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

static void refuses(cloche_cell *cell, const cloche_snapshot *s, cloche_status want, const char *says) {
  err = (cloche_error)CLOCHE_ERROR_INIT;
  cloche_status got = cloche_cell_restore(cell, s, &err);
  if (got != want || !strstr(err.message, says))
    fail_msg("%s: '%s' does not say '%s'", cloche_status_describe(got).name, err.message, says);
}

static cloche_snapshot *of_session(const char *source) {
  cloche_cell *cell = ut_session();
  (void)ut_eval(cell, source);
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  return s;
}

/* ---- what is refused */

static void states(void) {
  cloche_snapshot *s = (cloche_snapshot *)1;
  cloche_cell *cell = ut_one_shot();
  assert_int_equal(cloche_cell_snapshot(&s, cell, &err), CLOCHE_INVALID_STATE);
  assert_null(s);
  assert_int_equal(cloche_cell_start(cell, "1", 1, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_snapshot(&s, cell, &err), CLOCHE_NOT_SUSPENDABLE); /* it has not begun */
  ut_go(cell);
  assert_int_equal(cloche_cell_snapshot(&s, cell, &err), CLOCHE_INVALID_STATE);
  assert_int_equal(cloche_cell_start(cell, "for (;;);", 9, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_step(cell, UT_MS, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_snapshot(&s, cell, &err), CLOCHE_NOT_SUSPENDABLE); /* a slice */
  cloche_cell_interrupt(cell);
  ut_go(cell);
  ut_tool(cell, "s", true);
  ut_tool(cell, "a", false);
  ut_start(cell, "tools.s()");
  assert_int_equal(cloche_cell_snapshot(&s, cell, &err), CLOCHE_NOT_SUSPENDABLE);
  assert_non_null(strstr(err.message, "sync tool"));
  cloche_call call = ut_take(cell);
  ut_resolve(cell, call.id, "1");
  ut_finish_value(cell, "1");
  ut_start(cell, "tools.s() + await tools.a()"); /* after the sync call it waits as any other */
  call = ut_take(cell);
  ut_resolve(cell, call.id, "10");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  s = take(cell);
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

static void running_cells_take_none(void) {
  cloche_snapshot *s = of_session("var a = 1");
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  ut_value(cell, "var mine = 1; mine", "1");
  ut_start(cell, "await tools.t()");
  refuses(cell, s, CLOCHE_INVALID_STATE, "run is on");
  cloche_call call = ut_take(cell);
  ut_resolve(cell, call.id, "3");
  ut_finish_value(cell, "3");
  ut_value(cell, "mine", "1");
  put(cell, s);
  ut_value(cell, "[typeof mine, a]", "[\"undefined\",1]");
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

static void missing_tools_are_named(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "first", false);
  ut_tool(cell, "second", false);
  ut_tool(cell, "third", true);
  ut_value(cell, "typeof tools.third", "\"function\"");
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  cell = ut_session();
  ut_value(cell, "var mine = 1; mine", "1");
  refuses(cell, s, CLOCHE_MISSING_TOOL, "first, second, third");
  ut_tool(cell, "second", false);
  refuses(cell, s, CLOCHE_MISSING_TOOL, "first, third");
  ut_value(cell, "mine", "1"); /* nothing has been lost by that */
  ut_tool(cell, "extra", false);
  ut_tool(cell, "third", false);
  ut_tool(cell, "first", true);
  put(cell, s);
  ut_value(cell, "Object.keys(tools).sort().join()", "\"extra,first,second,third\"");
  ut_start(cell, "[await tools.first(1), tools.third(2), await tools.extra(3)]"); /* as its guest knows them */
  for (int i = 0; i < 3; i++) {
    cloche_call call = ut_take(cell);
    static const char *const order[] = {"first", "third", "extra"};
    assert_string_equal(call.tool, order[i]);
    ut_resolve(cell, call.id, call.argument);
    ut_go(cell);
  }
  ut_finish_value(cell, "[1,2,3]");
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

static void limits_of_the_cell_hold(void) {
  cloche_snapshot *s = of_session("var big = new Uint8Array(30 << 20).fill(1)");
  cloche_limits limits = ut_limits();
  limits.memory_bytes = 20 << 20;
  cloche_cell *cell = ut_limited(&limits, true);
  refuses(cell, s, CLOCHE_MEMORY_LIMIT, "limit memory");
  cloche_cell_close(cell);
  limits = ut_limits();
  limits.snapshot_bytes = 2 << 20;
  cell = ut_limited(&limits, true);
  refuses(cell, s, CLOCHE_SNAPSHOT_LIMIT, "limit snapshot");
  ut_value(cell, "var big = new Uint8Array(30 << 20).fill(1); 0", "0");
  cloche_snapshot *none;
  assert_int_equal(cloche_cell_snapshot(&none, cell, &err), CLOCHE_SNAPSHOT_LIMIT);
  ut_value(cell, "big[5]", "1");
  cloche_cell_close(cell);
  cloche_snapshot_free(s);
}

/* A run goes under the tighter of both limits, and its cell has its own again afterwards. */
static void runs_keep_to_the_tighter_limits(void) {
  cloche_limits tight = ut_limits(), wide = ut_limits();
  tight.tool_calls = 3;
  tight.console_lines = 2;
  tight.memory_bytes = 16 << 20;
  wide.memory_bytes = 64 << 20;
  static const char source[] =
      "console.log(1); const r = [await tools.t()]; for (let i = 0; i < 4; i++) { console.log(2); try { r.push(await tools.t()) }"
      "catch (e) { r.push(e.code) } } try { new Uint8Array(30 << 20); r.push('big') } catch { r.push('small') } r";
  for (int way = 0; way < 2; way++) {
    cloche_cell *from = ut_limited(way ? &wide : &tight, true);
    ut_tool(from, "t", false);
    ut_start(from, source);
    cloche_snapshot *s = take(from);
    cloche_cell_close(from);
    cloche_cell *to = ut_limited(way ? &tight : &wide, true);
    ut_tool(to, "t", false);
    put(to, s);
    for (cloche_call call; ut_go(to) == CLOCHE_WAITING && cloche_cell_next_call(to, &call);)
      ut_resolve(to, call.id, "0");
    ut_finish_value(to, "[0,0,0,\"tool_calls_limit\",\"tool_calls_limit\",\"small\"]");
    assert_string_equal(ut_report_text(to, "metrics.console_dropped"), "3");
    ut_value(to, "try { new Uint8Array(30 << 20); 'big' } catch { 'small' }", way ? "\"small\"" : "\"big\"");
    cloche_snapshot_free(s);
    cloche_cell_close(to);
  }
}

/* Time that passed before counts, the time on the shelf does not. */
static void time_is_counted_on(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 1000 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, true);
  ut_tool(cell, "t", false);
  ut_start(cell, "await tools.t(); const end = Date.now() + 800; while (Date.now() < end); 'late'");
  struct timespec nap = {0, 400 * 1000000};
  nanosleep(&nap, NULL);
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  nap.tv_nsec = 800 * 1000000;
  nanosleep(&nap, NULL);
  for (int wider = 0; wider < 2; wider++) {
    if (wider) limits.wall_ns = 10000 * UT_MS;
    cell = ut_limited(&limits, true);
    ut_tool(cell, "t", false);
    put(cell, s);
    cloche_call call = ut_take(cell);
    assert_int_equal(ut_go(cell), CLOCHE_WAITING); /* what is left is not over */
    ut_resolve(cell, call.id, "1");
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, CLOCHE_WALL_TIME_LIMIT);
    assert_true(r.rolled_back);
    cloche_cell_close(cell);
  }
  cloche_snapshot_free(s);
}

static void answers_on_their_way(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  ut_start(cell,
           "const a = tools.t(1), b = tools.t(2), c = tools.t(3); const r = await Promise.allSettled([a, b, c]);"
           "r.map(x => x.value ?? x.reason.name + x.reason.message + x.reason.code + x.reason.data.d)");
  cloche_call one = ut_take(cell), two = ut_take(cell);
  ut_resolve(cell, one.id, "\"answered\"");
  cloche_rejection r = {1, "Odd", "no", "c", "{\"d\":1}"};
  assert_int_equal(cloche_cell_reject(cell, two.id, &r, &err), CLOCHE_OK);
  cloche_snapshot *s = take(cell); /* the guest has not seen them yet */
  cloche_cell_close(cell);
  cell = ut_session();
  ut_tool(cell, "t", false);
  put(cell, s);
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  cloche_call three = ut_take(cell);
  assert_string_equal(three.argument, "3");
  assert_int_equal(three.id, two.id + 1);
  assert_int_equal(cloche_cell_resolve(cell, one.id, "1", 1, &err), CLOCHE_NOT_FOUND);
  ut_resolve(cell, three.id, "\"late\"");
  ut_finish_value(cell, "[\"answered\",\"Oddnoc1\",\"late\"]");
  assert_string_equal(ut_report_text(cell, "calls.1.error.name"), "Odd");
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

static void timers_and_clocks(void) {
  for (int virtual_clock = 0; virtual_clock < 2; virtual_clock++) {
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    options.session = true;
    options.clock = virtual_clock ? CLOCHE_CLOCK_VIRTUAL : CLOCHE_CLOCK_REAL;
    options.clock_start_ms = 5000;
    cloche_cell *cell = ut_open(&options);
    ut_tool(cell, "t", false);
    ut_value(cell, "performance.now() >= 0", "true");
    ut_start(cell,
             "let fired = []; setTimeout(() => fired.push('b'), 60); setTimeout(() => fired.push('a'), 30);\n"
             "const t0 = performance.now(); await tools.t(); await new Promise(r => setTimeout(r, 90));\n"
             "const took = performance.now() - t0; [fired.join(''), took >= 89 && took < 5000]");
    cloche_snapshot *s = take(cell);
    assert_int_equal(cloche_snapshot_describe(s).timers, 2);
    cloche_cell_close(cell);
    cell = ut_one_shot();
    ut_tool(cell, "t", false);
    put(cell, s);
    cloche_call call = ut_take(cell);
    ut_resolve(cell, call.id, "1");
    ut_finish_value(cell, "[\"ab\",true]");
    if (virtual_clock) ut_value(cell, "Date.now()", "5090");
    cloche_snapshot_free(s);
    cloche_cell_close(cell);
  }
}

static void rejections_and_late_values(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.drain_timers = true;
  static const char source[] = "Promise.reject(new Error('lost')); setTimeout(() => console.log('drained'), 20); 5";
  assert_int_equal(cloche_cell_start(cell, source, strlen(source), &options, &err), CLOCHE_OK);
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  cell = ut_session();
  ut_tool(cell, "t", false);
  put(cell, s);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "lost");
  assert_string_equal(ut_report_text(cell, "error.unhandled_rejection"), "true");
  assert_string_equal(ut_report_text(cell, "output.0.content"), "drained");
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

/* Compiled sources, modules and context come along; errors are placed in what their authors wrote. */
static void sources_come_along(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  cloche_module m = {1, "./lib.ts",
                     "export const twice = (n: number): number => { if (n < 0) throw new Error('neg'); return n * 2 }",
                     0, "ts"};
  m.source_len = strlen(m.source);
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_context(cell, "{\"k\":[1]}", 9, &err), CLOCHE_OK);
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = "ts";
  options.name = "author.ts";
  static const char source[] =
      "const n: number = await tools.t() as number;\nconst lib = await import('./lib');\n"
      "if (n as any === 3)\n  throw new TypeError('at three');\nreturn lib.twice(n) + context.k[0]";
  for (int throws = 0; throws < 2; throws++) {
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), &options, &err), CLOCHE_OK);
    assert_int_equal(ut_go(cell), CLOCHE_WAITING);
    cloche_snapshot *s = take(cell);
    cloche_cell *to = ut_session();
    ut_tool(to, "t", false);
    put(to, s);
    cloche_call call = ut_take(to);
    ut_resolve(to, call.id, throws ? "3" : "20");
    if (throws) {
      cloche_result r = ut_finish(to);
      assert_string_equal(r.error_message, "at three");
      assert_int_equal(r.line, 4);
      assert_string_equal(r.error_source, "author.ts");
      assert_non_null(strstr(r.error_frame, "throw new TypeError"));
      ut_value(to, "(await import('./lib')).twice(context.k[0])", "2");
    } else {
      ut_finish_value(to, "41");
    }
    cloche_snapshot_free(s);
    cloche_cell_close(to);
    cloche_cell_interrupt(cell);
    ut_go(cell);
  }
  cloche_cell_close(cell);
}

/* ---- randomness */

static char *roll(cloche_cell *cell) {
  return strdup(ut_eval(cell, "[Math.random(), crypto.randomUUID()].join()").value);
}

static void differ(const char *a, const char *b) {
  if (strncmp(a, b, 12) == 0 || strcmp(strchr(a, ','), strchr(b, ',')) == 0) fail_msg("%s and %s share values", a, b);
}

static void randomness_is_new(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  ut_value(cell, "typeof Math.random()", "\"number\"");
  cloche_snapshot *rest = take(cell);
  ut_start(cell, "Math.random(); await tools.t(); [Math.random(), crypto.randomUUID()].join()");
  cloche_snapshot *waiting = take(cell);
  char *seen[12];
  size_t count = 0;
  cloche_call call = ut_take(cell);
  ut_resolve(cell, call.id, "1");
  seen[count++] = strdup(ut_finish(cell).value);
  for (int i = 0; i < 3; i++) {
    cloche_cell *to = ut_one_shot();
    ut_tool(to, "t", false);
    put(to, rest);
    seen[count++] = roll(to);
    put(to, waiting);
    call = ut_take(to);
    ut_resolve(to, call.id, "1");
    seen[count++] = strdup(ut_finish(to).value);
    put(to, waiting); /* and after a kill, which goes back to the base */
    cloche_cell_interrupt(to);
    ut_go(to);
    seen[count++] = roll(to);
    cloche_cell_close(to);
  }
  for (size_t a = 0; a < count; a++)
    for (size_t b = 0; b < a; b++) differ(seen[a], seen[b]);
  for (size_t a = 0; a < count; a++) free(seen[a]);
  cloche_snapshot_free(rest);
  cloche_snapshot_free(waiting);
  cloche_cell_close(cell);
}

/* The first run of two cells is killed: what comes then is not the image's. */
static void randomness_after_a_first_kill(void) {
  char *seen[2];
  for (int i = 0; i < 2; i++) {
    cloche_cell *cell = ut_session();
    ut_start(cell, "await new Promise(r => setTimeout(r, 1e6))");
    cloche_cell_interrupt(cell);
    ut_go(cell);
    seen[i] = roll(cell);
    cloche_cell_close(cell);
  }
  differ(seen[0], seen[1]);
  free(seen[0]);
  free(seen[1]);
}

static void seeds_go_on(void) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = options.seeded = true;
  options.seed = 42;
  cloche_cell *cell = ut_open(&options);
  free(roll(cell));
  cloche_snapshot *s = take(cell);
  assert_true(cloche_snapshot_describe(s).seeded);
  char *next = roll(cell);
  cloche_cell *same = ut_open(&options), *unseeded = ut_one_shot();
  options.seed = 43;
  cloche_cell *other = ut_open(&options);
  put(same, s);
  put(unseeded, s);
  put(other, s);
  char *a = roll(same), *b = roll(unseeded), *c = roll(other);
  assert_string_equal(a, next);
  assert_string_equal(b, next);
  differ(c, next);
  put(other, s);
  char *d = roll(other);
  assert_string_equal(c, d); /* the same seed gives the same */
  char *all[] = {next, a, b, c, d};
  for (size_t i = 0; i < UT_COUNT(all); i++) free(all[i]);
  cloche_snapshot_free(s);
  cloche_cell_close(same);
  cloche_cell_close(unseeded);
  cloche_cell_close(other);
  cloche_cell_close(cell);
}

/* ---- bytes */

static uint8_t *written(const cloche_snapshot *s, const cloche_snapshot_options *options, size_t *len) {
  uint8_t *bytes;
  assert_int_equal(cloche_snapshot_write(s, options, &bytes, len, &err), CLOCHE_OK);
  return bytes;
}

/* Puts the right hash over bytes that were changed: what an attacker without a key would do. */
static void sign(uint8_t *bytes, size_t len) {
  memset(bytes + HASH_AT, 0, 32);
  uint8_t hash[32];
  crypto_generichash(hash, 32, bytes, len, NULL, 0);
  memcpy(bytes + HASH_AT, hash, 32);
}

static void unreadable(const uint8_t *bytes, size_t len, const cloche_snapshot_options *options, cloche_status want,
                       const char *says) {
  cloche_snapshot *s = (cloche_snapshot *)1;
  err = (cloche_error)CLOCHE_ERROR_INIT;
  cloche_status got = cloche_snapshot_read(&s, bytes, len, options, &err);
  assert_null(s);
  if (got != want || !strstr(err.message, says))
    fail_msg("%s: '%s' does not say '%s'", cloche_status_describe(got).name, err.message, says);
}

static void keys(void) {
  static const uint8_t key[32] = "thirty-two bytes that are secret", other[32] = "thirty-two bytes of another.....";
  cloche_snapshot *s = of_session("1"), *back;
  cloche_snapshot_options with = CLOCHE_SNAPSHOT_OPTIONS_INIT, wrong = with, plain = with;
  with.key = key;
  wrong.key = other;
  with.key_len = wrong.key_len = 32;
  size_t len, plain_len;
  uint8_t *bytes = written(s, &with, &len), *without = written(s, &plain, &plain_len);
  assert_int_equal(cloche_snapshot_read(&back, bytes, len, &with, &err), CLOCHE_OK);
  cloche_snapshot_free(back);
  unreadable(bytes, len, &wrong, CLOCHE_BAD_SNAPSHOT, "another key");
  unreadable(bytes, len, &plain, CLOCHE_BAD_SNAPSHOT, "with a key");
  unreadable(bytes, len, NULL, CLOCHE_BAD_SNAPSHOT, "with a key");
  unreadable(without, plain_len, &with, CLOCHE_BAD_SNAPSHOT, "without a key");
  bytes[len - 1] ^= 1;
  sign(bytes, len); /* is no signature */
  unreadable(bytes, len, &with, CLOCHE_BAD_SNAPSHOT, "damaged");
  with.key_len = 15;
  unreadable(bytes, len, &with, CLOCHE_INVALID_ARGUMENT, "key");
  with.key_len = 65;
  uint8_t *none = (uint8_t *)1;
  assert_int_equal(cloche_snapshot_write(s, &with, &none, &len, &err), CLOCHE_INVALID_ARGUMENT);
  assert_null(none);
  plain.level = 20;
  assert_int_equal(cloche_snapshot_write(s, &plain, &none, &len, &err), CLOCHE_INVALID_ARGUMENT);
  plain.version = 2;
  unreadable(without, plain_len, &plain, CLOCHE_INVALID_ARGUMENT, "version");
  free(bytes);
  free(without);
  cloche_snapshot_free(s);
}

static void other_images_are_named(void) {
  cloche_snapshot *s = of_session("1");
  cloche_snapshot_options plain = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  plain.level = 0;
  cloche_cell *cell = ut_session();
  ut_value(cell, "var mine = 1; mine", "1");
  cloche_engine_info info = cloche_engine_describe(ut_engine);
  for (int engine = 0; engine < 2; engine++) {
    size_t len;
    uint8_t *bytes = written(s, &plain, &len);
    bytes[engine ? STATE_AT : IMAGE_ID_AT] ^= 0x10;
    sign(bytes, len);
    cloche_snapshot *changed;
    assert_int_equal(cloche_snapshot_read(&changed, bytes, len, NULL, &err), CLOCHE_OK);
    cloche_snapshot_info its = cloche_snapshot_describe(changed);
    refuses(cell, changed, CLOCHE_WRONG_IMAGE, engine ? its.engine_id : its.image_id);
    assert_non_null(strstr(err.message, engine ? info.engine_id : info.image_id));
    cloche_snapshot_free(changed);
    free(bytes);
  }
  ut_value(cell, "mine", "1");
  cloche_cell_close(cell);
  cloche_snapshot_free(s);
}

static void sizes_are_looked_at_first(void) {
  cloche_snapshot *s = of_session("var zeros = new Uint8Array(20 << 20).fill(1)");
  cloche_snapshot_options small = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  size_t len;
  uint8_t *bytes = written(s, NULL, &len);
  assert_true(len < 1 << 20);
  small.max_bytes = 10 << 20;
  unreadable(bytes, len, &small, CLOCHE_SNAPSHOT_LIMIT, "are allowed");
  uint64_t lie = 1 << 20; /* what zstd would give is more than the header says */
  memcpy(bytes + 16, &lie, 8);
  sign(bytes, len);
  unreadable(bytes, len, &small, CLOCHE_BAD_SNAPSHOT, "size");
  lie = (uint64_t)1 << 60;
  memcpy(bytes + 16, &lie, 8);
  sign(bytes, len);
  unreadable(bytes, len, NULL, CLOCHE_SNAPSHOT_LIMIT, "are allowed");
  free(bytes);
  cloche_snapshot_free(s);
}

static void every_length_and_any_bit(void) {
  cloche_snapshot *s = of_session("1");
  size_t len;
  uint8_t *bytes = written(s, NULL, &len);
  for (size_t n = 0; n < len; n += n < 200 ? 1 : 331) {
    uint8_t *cut = malloc(n + 1); /* exact, for sanitizers */
    assert_non_null(cut);
    memcpy(cut, bytes, n);
    unreadable(cut, n, NULL, CLOCHE_BAD_SNAPSHOT, "");
    if (n >= HEADER) {
      uint64_t stored = n - HEADER;
      memcpy(cut + 24, &stored, 8);
      sign(cut, n);
      unreadable(cut, n, NULL, CLOCHE_BAD_SNAPSHOT, "");
    }
    free(cut);
  }
  for (size_t at = 0; at < len; at += at < 200 ? 1 : 331) {
    bytes[at] ^= 0x20;
    unreadable(bytes, len, NULL, CLOCHE_BAD_SNAPSHOT, "");
    bytes[at] ^= 0x20;
  }
  free(bytes);
  cloche_snapshot_free(s);
}

/* Whatever stands in a snapshot that has the right hash: it is refused, or what comes of it is a cell like any other. */
static void try_crafted(const uint8_t *bytes, size_t len, size_t *taken, size_t at) {
  cloche_snapshot *s;
  cloche_limits limits = ut_limits();
  limits.wall_ns = limits.cpu_ns = 20 * UT_MS;
  cloche_status status = cloche_snapshot_read(&s, bytes, len, NULL, &err);
  if (status != CLOCHE_OK) {
    if (status != CLOCHE_BAD_SNAPSHOT) fail_msg("byte %zu: %s", at, err.message);
    return;
  }
  (void)cloche_snapshot_describe(s);
  cloche_cell *cell = ut_limited(&limits, true);
  ut_tool(cell, "t", false);
  status = cloche_cell_restore(cell, s, &err);
  if (status == CLOCHE_OK) {
    ++*taken;
    cloche_state state = CLOCHE_RUNNING;
    for (int i = 0; i < 50 && state != CLOCHE_DONE && state != CLOCHE_IDLE; i++) {
      cloche_call call;
      while (cloche_cell_next_call(cell, &call)) (void)cloche_cell_resolve(cell, call.id, "[1]", 3, &err);
      for (cloche_event event; cloche_cell_next_event(cell, &event);) continue;
      if (cloche_cell_step(cell, 0, &state, &err) != CLOCHE_OK) break;
      if (i == 40) cloche_cell_interrupt(cell);
    }
    const char *json;
    size_t json_len;
    if (state == CLOCHE_DONE && cloche_cell_report(cell, &json, &json_len, &err) == CLOCHE_OK) {
      json_t *report = json_loadb(json, json_len, JSON_ALLOW_NUL, NULL);
      if (!report) fail_msg("byte %zu: the report is not JSON", at);
      json_decref(report);
    }
    cloche_result r;
    if (state != CLOCHE_WAITING && cloche_cell_eval(cell, "1+1", 3, NULL, &r, &err) == CLOCHE_OK && r.rolled_back)
      (void)cloche_cell_eval(cell, "1+1", 3, NULL, &r, &err);
  }
  cloche_cell_close(cell);
  cloche_snapshot_free(s);
}

static void crafted_bytes(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "t", false);
  ut_value(cell, "var kept = {a: [1, 2]}; 0", "0");
  ut_start(
      cell,
      "console.log('x'); display({a: 1}); progress(0.5); Promise.reject(1); const a = tools.t([1]); setTimeout(() => 0, 5);\n"
      "const b = tools.t({b: 2}); kept.a.push(await a); [kept, await b]");
  cloche_call call = ut_take(cell);
  ut_resolve(cell, call.id, "[\"one\"]");
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  cloche_snapshot_options plain = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  plain.level = 0;
  size_t len, taken = 0, tried = 0;
  uint8_t *bytes = written(s, &plain, &len);
  uint64_t state_len, pages = cloche_snapshot_describe(s).pages;
  memcpy(&state_len, bytes + HEADER, 8);
  size_t pages_at = HEADER + 16 + state_len + pages * 4 + 16;
  for (size_t at = HEADER; at < len; at += at < pages_at ? 1 : 769) {
    static const uint8_t flips[] = {0x01, 0x80, 0xFF};
    for (size_t i = 0; i < (at < pages_at ? UT_COUNT(flips) : 1); i++, tried++) {
      bytes[at] ^= flips[i];
      sign(bytes, len);
      try_crafted(bytes, len, &taken, at);
      bytes[at] ^= flips[i];
    }
  }
  assert_true(taken > 100 && taken < tried);
  ut_value_of("1 + 1", "2");
  free(bytes);
  cloche_snapshot_free(s);
}

/* A snapshot has nothing of cells that used its slot, its stack or its host buffers before. */
static void nothing_of_others(void) {
  static const char secret[] = "SECRET-OF-ANOTHER-CELL";
  for (int i = 0; i < 3; i++) {
    cloche_cell *cell = i % 2 ? ut_session() : ut_one_shot();
    ut_tool(cell, "t", false);
    char source[400];
    snprintf(source, sizeof source,
             "var s = '%s'.repeat(50000); console.log(s.slice(0, 9000)); globalThis.a = new Uint8Array(1 << 20);"
             "new TextEncoder().encodeInto(s, a); await tools.t(s.slice(0, 20000)); '%s'",
             secret, secret);
    ut_start(cell, source);
    cloche_call call = ut_take(cell);
    char answer[64];
    snprintf(answer, sizeof answer, "\"%s\"", secret);
    ut_resolve(cell, call.id, answer);
    ut_finish(cell);
    cloche_cell_close(cell);
    cell = ut_session();
    ut_tool(cell, "t", false);
    ut_value(cell, "var own = new Array(20000).fill('mine'); own.length", "20000");
    ut_start(cell, "await tools.t()");
    cloche_snapshot *s = take(cell);
    cloche_snapshot_options plain = CLOCHE_SNAPSHOT_OPTIONS_INIT;
    plain.level = 0;
    size_t len;
    uint8_t *bytes = written(s, &plain, &len);
    assert_null(memmem(bytes, len, secret, strlen(secret)));
    free(bytes);
    cloche_snapshot_free(s);
    cloche_cell_close(cell);
  }
}

/* ---- another process */

static int resume(const char *path) {
  static uint8_t bytes[8 << 20];
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  size_t len = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_snapshot *s;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  cloche_state state;
  cloche_result r;
  tool.name = "approve";
  if (cloche_engine_open(&engine, NULL, &err) != CLOCHE_OK || cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, engine, NULL, &err) != CLOCHE_OK ||
      cloche_cell_tool(cell, &tool, &err) != CLOCHE_OK ||
      cloche_snapshot_read(&s, bytes, len, NULL, &err) != CLOCHE_OK || cloche_cell_restore(cell, s, &err) != CLOCHE_OK)
    return 2;
  cloche_snapshot_free(s);
  cloche_call call;
  if (!cloche_cell_next_call(cell, &call)) return 3;
  fprintf(stderr, "%llu %s\n", (unsigned long long)call.id, call.argument);
  if (cloche_cell_resolve(cell, call.id, "\"yes\"", 5, &err) != CLOCHE_OK) return 4;
  do {
    if (cloche_cell_step(cell, 0, &state, &err) != CLOCHE_OK) return 5;
  } while (state == CLOCHE_RUNNING);
  if (state != CLOCHE_DONE || cloche_cell_result(cell, &r, &err) != CLOCHE_OK || !r.value) return 6;
  int right = strcmp(r.value, "[\"approved yes\",7]") == 0;
  if (cloche_cell_eval(cell, "kept * 2", 8, NULL, &r, &err) != CLOCHE_OK || !r.value) return 7;
  right += strcmp(r.value, "14") == 0;
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return right == 2 ? 0 : 8;
}

static void in_another_process(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "approve", false);
  ut_value(cell, "var kept = 7; kept", "7");
  ut_start(cell, "const answer = await tools.approve({what: 'delete'}); [`approved ${answer}`, kept]");
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  size_t len;
  uint8_t *bytes = written(s, NULL, &len);
  cloche_snapshot_free(s);
  char path[] = "/tmp/cloche-restore-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
  close(fd);
  free(bytes);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    execl("/proc/self/exe", "restore", "resume", path, (char *)NULL);
    _exit(99);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  unlink(path);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "resume") == 0) return resume(argv[2]);
  const struct CMUnitTest tests[] = {
      UT(states),
      UT(running_cells_take_none),
      UT(missing_tools_are_named),
      UT(limits_of_the_cell_hold),
      UT(runs_keep_to_the_tighter_limits),
      UT(time_is_counted_on),
      UT(answers_on_their_way),
      UT(timers_and_clocks),
      UT(rejections_and_late_values),
      UT(sources_come_along),
      UT(randomness_is_new),
      UT(randomness_after_a_first_kill),
      UT(seeds_go_on),
      UT(keys),
      UT(other_images_are_named),
      UT(sizes_are_looked_at_first),
      UT(every_length_and_any_bit),
      UT(crafted_bytes),
      UT(nothing_of_others),
      UT(in_another_process),
  };
  return UT_RUN("restore", tests);
}
