/* Sessions: every run is a transaction. What a good run did stays; a killed one leaves no trace, whatever it touched and
 * however much of it. Done with both ways of finding dirty pages. */
#include "unit.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static cloche_cell *open_session(uint64_t wall_ms, size_t memory) {
  cloche_limits limits = ut_limits();
  if (wall_ms) limits.wall_ns = wall_ms * UT_MS;
  if (memory) limits.memory_bytes = memory;
  return ut_limited(&limits, true);
}

static void must_be_killed(cloche_cell *cell, const char *source) {
  cloche_result r = ut_ends(cell, source, CLOCHE_WALL_TIME_LIMIT);
  assert_true(r.rolled_back);
  assert_string_equal(ut_report_text(cell, "rolled_back"), "true");
}

/* A run that has come to its call of `hold` is given up there: killed when it has done all that it does. */
static void give_up(cloche_cell *cell, const char *source) {
  assert_int_equal(ut_start(cell, source), CLOCHE_WAITING);
  cloche_cell_interrupt(cell);
  cloche_result r = ut_finish(cell);
  assert_int_equal(r.status, CLOCHE_CANCELLED);
  assert_true(r.rolled_back);
}

static void state_stays(void) {
  cloche_cell *cell = open_session(0, 0);
  ut_value(
      cell,
      "var n = 0; const log = []; const m = new Map(); function step() { n++; log.push(n); m.set('k' + n, {n}); return n }",
      NULL);
  for (int i = 1; i <= 200; i++) {
    char want[20];
    snprintf(want, sizeof want, "%d", i);
    ut_value(cell, "step()", want);
    assert_string_equal(ut_report_text(cell, "rolled_back"), "false");
  }
  ut_value(cell, "[n, log.length, m.size, m.get('k77').n, log.reduce((a, b) => a + b)]", "[200,200,200,77,20100]");
  cloche_cell_close(cell);
}

static void errors_commit(void) {
  cloche_cell *cell = open_session(0, 0);
  cloche_result r = ut_ends(cell, "var a = 1; throw new Error('x')", CLOCHE_UNCAUGHT_ERROR);
  assert_false(r.rolled_back);
  ut_value(cell, "a", "1");
  ut_ends(cell, "a = 2; let = = 1", CLOCHE_SYNTAX_ERROR);
  ut_ends(cell, "a = 3; await new Promise(() => {})", CLOCHE_DEADLOCK);
  ut_value(cell, "a", "3");
  cloche_cell_close(cell);
}

static void a_killed_run_leaves_no_trace(void) {
  cloche_cell *cell = open_session(60, 0);
  ut_value(
      cell,
      "var v = 'old'; let l = [1, 2, 3]; const o = {deep: {er: 1}}; var c = 0; function f() { return 'old' } const m = new Map([[1, 'one']]); const t = new Uint8Array([1, 2, 3]); const sym = Symbol('s'); o[sym] = 1;",
      "1");
  uint64_t memory = ut_eval(cell, "1").memory_bytes;
  static const char *const sources[] = {
      "v = 'new'; for (;;);",
      "l.push(4); l[0] = 9; l.length = 1; for (;;);",
      "o.deep.er = 2; delete o.deep; o[sym] = 2; Object.freeze(o); for (;;);",
      "c++; for (;;) c++;",
      "f = () => 'new'; m.clear(); m.set(2, 'two'); t.fill(9); for (;;);",
      "globalThis.made = 1; Object.prototype.made = 1; Array.prototype.push = null; for (;;);",
      "console.log('x'); setTimeout(() => { v = 'timer' }, 0); Promise.resolve().then(() => { v = 'job' }); for (;;);",
      "delete globalThis.JSON; Math.max = () => 1; for (;;);",
      "globalThis.big = new Array(500000).fill('x'); for (;;);",
      "const z = []; for (;;) z.push({});",
      "try { for (;;); } finally { v = 'finally' }",
      "await 1; v = 'async'; for (;;) await null",
      "v = 'joined'; new Array(2 ** 32 - 1).join('x')",
      "let w = 1; class K {} function g() {} for (;;);",
  };
  for (int round = 0; round < 3; round++)
    for (size_t i = 0; i < UT_COUNT(sources); i++) {
      must_be_killed(cell, sources[i]);
      ut_value(
          cell,
          "[v, l, o.deep.er, o[sym], c, f(), m.get(1), m.size, [...t], typeof made, ({}).made === undefined, typeof [].push, typeof JSON, Math.max(1, 3), typeof big, typeof K, typeof g, typeof w]",
          "[\"old\",[1,2,3],1,1,0,\"old\",\"one\",1,[1,2,3],\"undefined\",true,\"function\",\"object\",3,\"undefined\",\"undefined\",\"undefined\",\"undefined\"]");
      assert_string_equal(ut_console(cell), "");
    }
  cloche_result r = ut_eval(cell, "await new Promise(r => setTimeout(r, 3)); v");
  assert_string_equal(r.value, "\"old\"");
  assert_true(r.memory_bytes <= memory + (1 << 20));
  cloche_cell_close(cell);
}

static void growth_is_taken_back(void) {
  cloche_cell *cell = open_session(0, 64 << 20);
  ut_tool(cell, "hold", true);
  ut_value(cell, "var keep = 'k'.repeat(1000); 1", "1");
  cloche_cell_stats before, after;
  assert_int_equal(cloche_cell_measure(cell, &before, NULL), CLOCHE_OK);
  for (int i = 0; i < 10; i++) {
    give_up(cell,
            "var junk = []; for (let i = 0; i < 30; i++) junk.push(new Uint8Array(1 << 20).fill(7)); tools.hold()");
    assert_int_equal(cloche_cell_measure(cell, &after, NULL), CLOCHE_OK);
    assert_int_equal(after.memory_bytes, before.memory_bytes);
    ut_value(cell, "[keep.length, typeof junk]", "[1000,\"undefined\"]");
  }
  /* what is grown again is zero */
  ut_value(
      cell,
      "var z = []; for (let i = 0; i < 30; i++) z.push(new Uint8Array(1 << 20)); z.every(a => a.every(b => b === 0))",
      "true");
  give_up(cell, "z.forEach(a => a.fill(1)); tools.hold()");
  ut_value(cell, "z.every(a => a.every(b => b === 0))", "true");
  ut_value(cell, "z.forEach((a, i) => a.fill(i)); z.map(a => a[500000]).join() === [...Array(30).keys()].join()",
           "true");
  give_up(cell, "z.forEach(a => a.fill(99)); z = null; keep = null; tools.hold()");
  ut_value(cell, "z.every((a, i) => a.every(b => b === i)) && keep.length", "1000");
  cloche_cell_close(cell);
}

/* Far more state than is saved ahead: pages are guarded, and saved when they are first written. */
static void much_state(void) {
  cloche_cell *cell = open_session(0, 64 << 20);
  ut_tool(cell, "hold", true);
  ut_value(
      cell,
      "const big = new Uint32Array(2 << 20); for (let i = 0; i < big.length; i++) big[i] = (i * 2654435761) >>> 0;"
      "const objects = Array.from({length: 40000}, (_, i) => ({i, s: 'object ' + i}));"
      "function sum() { let h = 0; for (let i = 0; i < big.length; i += 7) h = (h * 31 + big[i]) >>> 0; for (const o of objects) h = (h * 31 + o.i + o.s.length) >>> 0; return h }"
      "var rounds = 0; globalThis.first = sum(); 0",
      "0");
  char want[40];
  snprintf(want, sizeof want, "%s", ut_eval(cell, "first").value);
  static const char *const kills[] = {
      "big.fill(0); tools.hold()",
      "for (let i = 0; i < big.length; i += 1024 * 5) big[i] = 1; tools.hold()",
      "for (const o of objects) { o.i = -1; o.s = null } tools.hold()",
      "for (let i = 0; i < 300; i++) big[i * 1024 * 6] ^= 0xffffffff; tools.hold()",
      "objects.length = 0; globalThis.more = new Uint8Array(8 << 20).fill(3); tools.hold()",
      "big[0] = 5; tools.hold()",
      "for (let i = 0; i < big.length; i += 512) big[i]++; rounds = 99; tools.hold()",
  };
  for (int round = 1; round <= 3; round++) {
    for (size_t i = 0; i < UT_COUNT(kills); i++) {
      give_up(cell, kills[i]);
      ut_value(cell, "sum()", want);
    }
    /* a good run changes a part, and that is what later kills come back to */
    char source[200];
    snprintf(source, sizeof source,
             "for (let i = %d; i < big.length; i += 4096) big[i] = i + rounds; rounds++; objects[%d].i = 7; sum()",
             round, round * 100);
    cloche_result r = ut_eval(cell, source);
    assert_int_equal(r.status, CLOCHE_OK);
    snprintf(want, sizeof want, "%s", r.value);
  }
  ut_value(cell, "rounds", "3");
  cloche_cell_close(cell);
}

static void every_page_one_after_the_other(void) {
  cloche_cell *cell = open_session(0, 32 << 20);
  ut_tool(cell, "hold", true);
  ut_value(
      cell,
      "const a = new Uint8Array(6 << 20); for (let p = 0; p < a.length; p += 4096) a[p] = (p >> 12) & 255; a.length",
      "6291456");
  give_up(cell, "for (let p = a.length - 4096; p >= 0; p -= 4096) a[p + 1] = a[p] = 255 - a[p]; tools.hold()");
  const char *source =
      "{ let bad = 0; for (let p = 0; p < a.length; p += 4096) { if (a[p] !== ((p >> 12) & 255)) bad++; if (a[p + 1] !== 0) bad++ } bad }";
  ut_value(cell, source, "0");
  for (int i = 0; i < 8; i++) {
    give_up(cell,
            i % 2 ? "for (let p = 0; p < a.length; p += 8192) a[p] = 0; tools.hold()" : "a.reverse(); tools.hold()");
    ut_value(cell, source, "0");
  }
  cloche_cell_close(cell);
}

static void memory_limit_rolls_back(void) {
  cloche_cell *cell = open_session(0, 16 << 20);
  ut_value(cell, "var list = [1, 2]", NULL);
  for (int i = 0; i < 5; i++) {
    cloche_result r = ut_ends(cell, "for (;;) list.push(new Array(1000).fill(list.length))", CLOCHE_MEMORY_LIMIT);
    assert_true(r.rolled_back);
    ut_value(cell, "list", "[1,2]");
  }
  ut_value(cell, "try { for (;;) list.push(new Array(1000).fill(1)) } catch (e) { list.length = 2; 'caught' }",
           "\"caught\"");
  ut_value(cell, "list", "[1,2]");
  cloche_cell_close(cell);
}

static void stack_limit_rolls_back(void) {
  cloche_cell *cell = open_session(0, 0);
  ut_value(cell, "var d = 0", NULL);
  cloche_result r = ut_ends(cell, "(function f() { d++; f() })()", CLOCHE_STACK_LIMIT);
  if (r.rolled_back) ut_value(cell, "d", "0");
  else assert_true(strtol(ut_eval(cell, "d").value, NULL, 10) > 0);
  cloche_cell_close(cell);
}

static void first_run_killed(void) {
  for (int i = 0; i < 15; i++) {
    cloche_cell *cell = open_session(40, 0);
    ut_tool(cell, "t", false);
    must_be_killed(cell, "var x = 1; Array.prototype.x = 1; for (;;);");
    ut_value(cell, "[typeof x, [].x === undefined, typeof tools.t]", "[\"undefined\",true,\"function\"]");
    cloche_cell_close(cell);
  }
}

static void kill_while_a_call_is_open(void) {
  cloche_cell *cell = open_session(10000, 0);
  ut_tool(cell, "t", false);
  ut_tool(cell, "s", true);
  ut_value(cell, "var x = 'old'; var p", NULL);
  static const char *const sources[] = {"x = 'new'; p = tools.t(); await p",
                                        "x = 'new'; [2, 1].sort(() => { x = 'newer'; return tools.s() })"};
  for (int i = 0; i < 20; i++) {
    assert_int_equal(ut_start(cell, sources[i % 2]), CLOCHE_WAITING);
    cloche_call call = ut_take(cell);
    cloche_cell_interrupt(cell);
    assert_int_equal(ut_go(cell), CLOCHE_DONE);
    cloche_result r = ut_finish(cell);
    assert_int_equal(r.status, CLOCHE_CANCELLED);
    assert_true(r.rolled_back);
    assert_int_equal(cloche_cell_resolve(cell, call.id, "1", 1, NULL), CLOCHE_NOT_FOUND);
    ut_value(cell, "[x, typeof p]", "[\"old\",\"undefined\"]");
  }
  cloche_cell_close(cell);
}

/* A promise of a call that its run did not wait for stays pending for ever: later runs find that out, and nothing else. */
static void pending_calls_of_an_earlier_run(void) {
  cloche_cell *cell = open_session(5000, 0);
  ut_tool(cell, "t", false);
  assert_int_equal(ut_start(cell, "globalThis.p = tools.t(1); 0"), CLOCHE_DONE);
  ut_finish_value(cell, "0");
  assert_int_equal(ut_start(cell, "await tools.t(2)"), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "2");
  ut_finish_value(cell, "2");
  ut_ends(cell, "await p", CLOCHE_DEADLOCK);
  assert_int_equal(ut_start(cell, "await Promise.race([p, tools.t(3)])"), CLOCHE_WAITING);
  ut_resolve(cell, ut_take(cell).id, "3");
  ut_finish_value(cell, "3");
  cloche_cell_close(cell);
}

static void randomness_of_a_killed_first_run(void) {
  char first[2][60];
  for (int i = 0; i < 2; i++) {
    cloche_cell *cell = open_session(10, 0);
    must_be_killed(cell, "Math.random(); for (;;);");
    snprintf(first[i], sizeof first[i], "%s", ut_eval(cell, "[Math.random(), Math.random()]").value);
    cloche_cell_close(cell);
  }
  assert_string_not_equal(first[0], first[1]);
}

static void kills_at_many_moments(void) {
  ut_not_in_workers(); /* an interrupted run ends within some steps */
  cloche_cell *cell = ut_session();
  cloche_error err = CLOCHE_ERROR_INIT;
  ut_value(
      cell,
      "const tree = {}; let nodes = 0; function grow(t, d) { nodes++; if (d) for (const k of 'abcd') grow(t[k] = {name: k, depth: d}, d - 1) } function count(t) { let n = 1; for (const k of 'abcd') if (t[k]) n += count(t[k]); return n } grow(tree, 6); [nodes, count(tree)]",
      "[5461,5461]");
  const char *source =
      "for (;;) { for (const k of 'abcd') { tree[k] = {}; grow(tree[k], 4) } const s = JSON.stringify(tree); tree.x = JSON.parse(s); delete tree.x; [...s].sort().length }";
  for (int i = 0; i < 60; i++) {
    assert_int_equal(cloche_cell_start(cell, source, strlen(source), NULL, &err), CLOCHE_OK);
    cloche_state state;
    assert_int_equal(cloche_cell_step(cell, (uint64_t)(i * i + 1) * 10000, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_RUNNING);
    cloche_cell_interrupt(cell);
    assert_int_equal(cloche_cell_step(cell, 0, &state, &err), CLOCHE_OK);
    assert_int_equal(state, CLOCHE_DONE);
    ut_value(cell, "[nodes, count(tree), Object.keys(tree).join()]", "[5461,5461,\"a,b,c,d\"]");
  }
  cloche_cell_close(cell);
}

static void measuring(void) {
  cloche_cell *cell = open_session(0, 0);
  cloche_cell_stats a, b;
  assert_int_equal(cloche_cell_measure(cell, &a, NULL), CLOCHE_OK);
  assert_int_equal(a.runs, 0);
  ut_value(cell, "const u = new Uint8Array(8 << 20).fill(1); 1", "1");
  assert_int_equal(cloche_cell_measure(cell, &b, NULL), CLOCHE_OK);
  assert_int_equal(b.runs, 1);
  assert_true(b.private_bytes >= 8 << 20);
  assert_true(b.dirty_pages >= 2048);
  assert_true(b.memory_bytes >= a.memory_bytes + (7 << 20));
  assert_int_equal(cloche_cell_reset(cell, NULL), CLOCHE_OK);
  assert_int_equal(cloche_cell_measure(cell, &b, NULL), CLOCHE_OK);
  assert_true(b.private_bytes <= a.private_bytes + (256 << 10));
  assert_int_equal(b.memory_bytes, a.memory_bytes);
  cloche_cell_close(cell);
}

/* A run that writes every second page of a large state, in a process that has few mappings left: it may fail, the process
 * may not. Done in a child, which reports by its exit code. */
static int write_every_second_page(bool old_way) {
  cloche_engine_options eo = CLOCHE_ENGINE_OPTIONS_INIT;
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_result r;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = true;
  eo.use_pagemap = old_way;
  if (cloche_engine_open(&engine, &eo, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK)
    return 1;
  const char *state = "var u = new Uint8Array(64 << 20); for (let i = 0; i < u.length; i += 4096) u[i] = 1; u.length";
  const char *harm = "for (let i = 0; i < u.length; i += 8192) u[i] = 2; 'done'";
  if (cloche_cell_eval(cell, state, strlen(state), NULL, &r, NULL) != CLOCHE_OK || r.status != CLOCHE_OK) return 2;
  size_t used = 0; /* alternating protections keep neighbours from being one mapping */
  while (used < 200000 && mmap(NULL, 4096, used % 2 ? PROT_READ : PROT_NONE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED)
    used++;
  if (used == 200000) return 77; /* this machine allows more */
  for (int i = 0; i < 3; i++) (void)cloche_cell_eval(cell, harm, strlen(harm), NULL, &r, NULL);
  cloche_cell_close(cell);
  return 0;
}

static void more_mappings_than_the_kernel_allows(void) {
  bool old_way = strcmp(cloche_engine_describe(ut_engine).dirty_pages, "pagemap") == 0;
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid == 0) _exit(write_every_second_page(old_way));
  int status;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  if (WIFSIGNALED(status)) fail_msg("the process was ended by signal %d", WTERMSIG(status));
  if (WEXITSTATUS(status) == 77) skip();
  assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(state_stays),
      UT(errors_commit),
      UT(a_killed_run_leaves_no_trace),
      UT(growth_is_taken_back),
      UT(much_state),
      UT(every_page_one_after_the_other),
      UT(memory_limit_rolls_back),
      UT(stack_limit_rolls_back),
      UT(first_run_killed),
      UT(kill_while_a_call_is_open),
      UT(pending_calls_of_an_earlier_run),
      UT(randomness_of_a_killed_first_run),
      UT(kills_at_many_moments),
      UT(measuring),
      UT(more_mappings_than_the_kernel_allows),
  };
  cloche_engine_options old_way = CLOCHE_ENGINE_OPTIONS_INIT;
  old_way.use_pagemap = true;
  int failed = UT_RUN("session", tests);
  return failed + ut_run("session, by pagemap", tests, UT_COUNT(tests), &old_way);
}
