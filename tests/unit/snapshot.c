/* Snapshots: of sessions at rest and of runs that wait, to memory and to bytes, into the same cell, another one, another engine of
 * the process; and what must be refused. */
#include "unit.h"

#include <time.h>

static cloche_error err;

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

static cloche_cell *restored(const cloche_snapshot *s) {
  cloche_cell *cell = ut_one_shot();
  put(cell, s);
  return cell;
}

/* Writes and reads it: what comes back is the same. */
static cloche_snapshot *through_bytes(cloche_snapshot *s, const cloche_snapshot_options *options) {
  uint8_t *bytes;
  size_t len;
  cloche_snapshot *back = NULL;
  assert_int_equal(cloche_snapshot_write(s, options, &bytes, &len, &err), CLOCHE_OK);
  cloche_status status = cloche_snapshot_read(&back, bytes, len, options, &err);
  if (status != CLOCHE_OK) fail_msg("read: %s", err.message);
  cloche_snapshot_info a = cloche_snapshot_describe(s), b = cloche_snapshot_describe(back);
  assert_string_equal(a.hash, b.hash);
  assert_int_equal(a.bytes, b.bytes);
  free(bytes);
  cloche_snapshot_free(s);
  return back;
}

/* ---- at rest */

static void session_at_rest(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "var list = [1, 2]; let n = 5; class C { x = 1 }; globalThis.f = () => list.push(n); 0", "0");
  ut_value(cell, "f()", "3");
  cloche_snapshot *s = take(cell);
  ut_value(cell, "f(); n = 9; list.length", "4");
  cloche_snapshot_info info = cloche_snapshot_describe(s);
  assert_true(info.session && !info.waiting);
  assert_int_equal(info.runs, 2);
  assert_true(info.pages > 0 && info.pages < 300);
  assert_string_equal(info.language, "js");
  assert_string_equal(info.image_id, cloche_engine_describe(ut_engine).image_id);
  assert_string_equal(info.engine_id, cloche_engine_describe(ut_engine).engine_id);
  cloche_cell_close(cell);
  s = through_bytes(s, NULL);
  for (int i = 0; i < 3; i++) {
    cloche_cell *other = restored(s);
    ut_value(other, "list.length + n + new C().x", "9");
    ut_value(other, "f(); n++", "5");
    ut_value(other, "[list, n]", "[[1,2,5,5],6]");
    put(other, s);
    ut_value(other, "[list, n]", "[[1,2,5],5]");
    cloche_cell_close(other);
  }
  cloche_snapshot_free(s);
}

/* What was restored is a session like any other: transactions, kills, forks, snapshots of it. */
static void restored_sessions_live_on(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "var big = Array.from({length: 30000}, (_, i) => ({i})); var n = 1; big.length", "30000");
  cloche_snapshot *s = through_bytes(take(cell), NULL);
  cloche_cell_close(cell);
  cell = restored(s);
  cloche_snapshot_free(s);
  cloche_limits limits = ut_limits();
  (void)limits;
  for (int round = 0; round < 12; round++) {
    char source[120], want[20];
    snprintf(source, sizeof source, "n++; big[%d].i = -1; big.filter(b => b.i === -1).length", round * 2000 + 1);
    snprintf(want, sizeof want, "%d", round + 1);
    ut_value(cell, source, want);
    assert_int_equal(ut_start(cell, "big.fill(0); n = 100; await new Promise(r => setTimeout(r, 1e6))"),
                     CLOCHE_WAITING);
    cloche_cell_interrupt(cell);
    assert_int_equal(ut_go(cell), CLOCHE_DONE);
    snprintf(want, sizeof want, "[%d,%d]", round + 2, round + 1);
    ut_value(cell, "[n, big.filter(b => b.i === -1).length]", want);
  }
  cloche_cell *copy = ut_fork(cell);
  cloche_snapshot *again = take(copy);
  cloche_cell_close(cell);
  cell = restored(again);
  ut_value(cell, "[n, big.length]", "[13,30000]");
  ut_value(copy, "[n, big.length]", "[13,30000]");
  cloche_snapshot_free(again);
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

/* ---- while it waits */

static void waiting_run(void) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    ut_tool(cell, "ask", false);
    ut_tool(cell, "other", false);
    if (session) ut_value(cell, "var before = 'b'; var list = new Array(5000).fill(1)", NULL);
    ut_start(cell,
             "console.log('first'); var made = 'm'; if (typeof list !== 'undefined') list.fill(2);\n"
             "const a = tools.ask({q: 1}), b = tools.other(2).catch(e => e.message);\n"
             "console.log('second'); const got = [await a, await b]; console.log('third'); got");
    cloche_call one = ut_take(cell);
    cloche_rejection r = CLOCHE_REJECTION_INIT;
    r.message = "said no";
    cloche_snapshot *s = through_bytes(take(cell), NULL);
    assert_int_equal(cloche_snapshot_describe(s).open_calls, 2);
    assert_true(cloche_snapshot_describe(s).waiting);
    cloche_cell_close(cell);
    for (int kill = 0; kill < 2; kill++) {
      cell = ut_one_shot();
      ut_tool(cell, "more", false);
      ut_tool(cell, "other", false);
      ut_tool(cell, "ask", false);
      put(cell, s);
      cloche_call again = ut_take(cell), two = ut_take(cell);
      assert_int_equal(again.id, one.id);
      assert_string_equal(again.tool, "ask");
      assert_string_equal(again.argument, "{\"q\":1}");
      assert_string_equal(two.tool, "other");
      if (kill) {
        cloche_cell_interrupt(cell);
        assert_int_equal(ut_go(cell), CLOCHE_DONE);
        cloche_result result;
        assert_int_equal(cloche_cell_result(cell, &result, &err), CLOCHE_OK);
        assert_int_equal(result.status, CLOCHE_CANCELLED);
        assert_int_equal(result.rolled_back, session);
        if (session) ut_value(cell, "[before, typeof made, list[0], list[4999]]", "[\"b\",\"undefined\",1,1]");
      } else {
        ut_resolve(cell, one.id, "[1]");
        assert_int_equal(cloche_cell_reject(cell, two.id, &r, &err), CLOCHE_OK);
        ut_finish_value(cell, "[[1],\"said no\"]");
        assert_string_equal(ut_report_text(cell, "output.0.content"), "first");
        assert_string_equal(ut_report_text(cell, "output.2.content"), "third");
        assert_string_equal(ut_report_text(cell, "calls.0.status"), "resolved");
        assert_string_equal(ut_report_text(cell, "calls.1.tool"), "other");
        if (session) ut_value(cell, "[before, made, list[0], typeof tools.more]", "[\"b\",\"m\",2,\"function\"]");
      }
      cloche_cell_close(cell);
    }
    cloche_snapshot_free(s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(session_at_rest),
      UT(restored_sessions_live_on),
      UT(waiting_run),
  };
  return UT_RUN("snapshot", tests);
}
