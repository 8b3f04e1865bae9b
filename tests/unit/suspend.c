/* Runs that are put aside while they wait: their report so far, what a snapshot tells of their calls, the image that it
 * needs, and that a deterministic run is the same run when it has been through a snapshot. */
#include "unit.h"

#include <unistd.h>

/* clang-format off: memfd_create */
#include <sys/mman.h>
/* clang-format on */

static cloche_error err;

static cloche_snapshot *take(cloche_cell *cell) {
  cloche_snapshot *s = NULL;
  if (cloche_cell_snapshot(&s, cell, &err) != CLOCHE_OK) fail_msg("snapshot: %s", err.message);
  return s;
}

static void report_so_far(void) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    ut_tool(cell, "ask", false);
    assert_int_equal(
        ut_start(cell, "console.log('one'); const a = await tools.ask(1); console.log(a); await tools.ask(2)"),
        CLOCHE_WAITING);
    cloche_call call = ut_take(cell);
    assert_string_equal(ut_report_text(cell, "status"), "suspended");
    assert_string_equal(ut_report_text(cell, "calls.0.status"), "pending");
    assert_string_equal(ut_report_text(cell, "output.0.content"), "one");
    assert_string_equal(ut_report_text(cell, "error.code"), "");
    assert_string_equal(ut_report_text(cell, "repr"), "");
    ut_resolve(cell, call.id, "\"two\"");
    const char *json;
    size_t len;
    assert_int_equal(cloche_cell_report(cell, &json, &len, &err), CLOCHE_INVALID_STATE);
    assert_int_equal(ut_go(cell), CLOCHE_WAITING);
    assert_string_equal(ut_report_text(cell, "output.1.content"), "two");
    assert_string_equal(ut_report_text(cell, "calls.0.status"), "resolved");
    assert_string_equal(ut_report_text(cell, "calls.1.status"), "pending");
    ut_resolve(cell, ut_take(cell).id, "3");
    cloche_result result = ut_finish(cell);
    assert_int_equal(result.status, CLOCHE_OK);
    assert_string_equal(ut_report_text(cell, "status"), "ok");
    assert_string_equal(ut_report_text(cell, "value"), "3");
    assert_string_equal(ut_report_text(cell, "calls.1.status"), "resolved");
    cloche_cell_close(cell);
  }
}

static void calls_in_a_snapshot(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "a", false);
  ut_tool(cell, "b\xC3\xA4", false);
  ut_start(cell, "const p = [tools.a({x: [1]}), tools['b\xC3\xA4']('t'), tools.a()]; await Promise.all(p)");
  ut_resolve(cell, ut_take(cell).id, "1");
  assert_int_equal(ut_go(cell), CLOCHE_WAITING);
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  cloche_call call;
  assert_string_equal(cloche_snapshot_tool(s, 0), "a");
  assert_string_equal(cloche_snapshot_tool(s, 1), "b\xC3\xA4");
  assert_null(cloche_snapshot_tool(s, 2));
  assert_int_equal(cloche_snapshot_describe(s).open_calls, 2);
  assert_true(cloche_snapshot_call(s, 0, &call));
  assert_string_equal(call.tool, "b\xC3\xA4");
  assert_int_equal(call.argument_len, 3);
  assert_memory_equal(call.argument, "\"t\"", 3);
  assert_true(cloche_snapshot_call(s, 1, &call));
  assert_string_equal(call.tool, "a");
  assert_int_equal(call.argument_len, 0);
  assert_false(cloche_snapshot_call(s, 2, &call));
  assert_false(cloche_snapshot_call(s, SIZE_MAX, &call));
  cloche_snapshot_free(s);
  cell = ut_session();
  ut_value(cell, "1", "1");
  s = take(cell);
  assert_false(cloche_snapshot_call(s, 0, &call));
  assert_null(cloche_snapshot_tool(s, 0));
  cloche_snapshot_free(s);
  cloche_cell_close(cell);
}

static int memory_file(const uint8_t *bytes, size_t len) {
  int fd = memfd_create("image", MFD_CLOEXEC);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, bytes, len), (ssize_t)len);
  return fd;
}

static void an_image_for_later(void) {
  uint8_t *bytes;
  size_t len;
  assert_int_equal(cloche_engine_image(ut_engine, &bytes, &len, &err), CLOCHE_OK);
  int fd = memory_file(bytes, len);
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.image_fd = fd;
  cloche_engine *engine;
  if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  close(fd);
  assert_string_equal(cloche_engine_describe(engine).image_id, cloche_engine_describe(ut_engine).image_id);
  cloche_cell *cell = ut_one_shot(), *other;
  ut_tool(cell, "a", false);
  ut_start(cell, "const x = 1; x + await tools.a()");
  cloche_snapshot *s = take(cell);
  cloche_cell_close(cell);
  assert_int_equal(cloche_cell_open(&other, ut_thread, engine, NULL, &err), CLOCHE_OK);
  ut_tool(other, "a", false);
  assert_int_equal(cloche_cell_restore(other, s, &err), CLOCHE_OK);
  ut_resolve(other, ut_take(other).id, "41");
  ut_finish_value(other, "42");
  cloche_cell_close(other);
  cloche_engine_close(engine);
  cloche_snapshot_free(s);
  bytes[len - 1] ^= 1;
  options.image_fd = memory_file(bytes, len);
  assert_int_equal(cloche_engine_open(&engine, &options, &err), CLOCHE_BAD_IMAGE);
  close(options.image_fd);
  free(bytes);
}

/* ---- deterministic runs */

static cloche_cell *open_deterministic(bool session) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.session = session;
  options.seeded = true;
  options.seed = 9;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  cloche_cell *cell = ut_open(&options);
  ut_tool(cell, "a", false);
  return cell;
}

/* Answers each wait, through a snapshot on the way where `moved`; gives the report less metrics and the snapshot's hash. */
static char *run_it(const char *source, bool session, bool moved, char hash[65]) {
  cloche_cell *cell = open_deterministic(session);
  if (session) ut_value(cell, "var kept = [Math.random()]; kept.length", "1");
  cloche_state state = ut_start(cell, source);
  while (state != CLOCHE_DONE) {
    if (moved) {
      cloche_snapshot *s = take(cell);
      cloche_cell_close(cell);
      cell = open_deterministic(session);
      if (cloche_cell_restore(cell, s, &err) != CLOCHE_OK) fail_msg("restore: %s", err.message);
      cloche_snapshot_free(s);
    }
    char text[40];
    cloche_call call = ut_take(cell);
    snprintf(text, sizeof text, "[%llu]", (unsigned long long)call.id);
    ut_resolve(cell, call.id, text);
    state = ut_go(cell);
  }
  const char *json;
  size_t len;
  assert_int_equal(cloche_cell_report(cell, &json, &len, &err), CLOCHE_OK);
  char *copy = strndup(json, (size_t)(strstr(json, ",\"metrics\":{") - json));
  hash[0] = 0;
  if (session) {
    cloche_snapshot *s = take(cell);
    cloche_snapshot_info info = cloche_snapshot_describe(s);
    memcpy(hash, info.hash, sizeof info.hash);
    cloche_snapshot_free(s);
  }
  cloche_cell_close(cell);
  return copy;
}

static void the_same_run_through_snapshots(void) {
  static const char *const sources[] = {
      "const r = []; for (let i = 0; i < 4; i++) r.push(await tools.a(i), Math.random(), Date.now()); r",
      "const all = await Promise.all([1, 2, 3].map(n => tools.a(n).then(v => [v, crypto.randomUUID()]))); all",
      "await tools.a(); await new Promise(f => setTimeout(f, 100)); console.log(Date.now()); await tools.a(); Date.now()",
      "let n = 0; await tools.a(); for (let i = 0; i < 300000; i++) n += i % 3; await tools.a(n); throw new Error('x' + n)",
      ("const seen = []; const f = new FinalizationRegistry(x => seen.push(x)); for (let i = 0; i < 20; i++) {"
       "const o = {i}; o.o = o; f.register(o, i) } await tools.a(); for (let i = 0; i < 100000; i++) ({i}); await tools.a(); seen"),
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    for (int session = 0; session < 2; session++) {
      char hash[2][65];
      char *first = run_it(sources[i], session, false, hash[0]), *second = run_it(sources[i], session, true, hash[1]);
      assert_string_equal(first, second);
      assert_string_equal(hash[0], hash[1]);
      free(first);
      free(second);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(report_so_far),
      UT(calls_in_a_snapshot),
      UT(an_image_for_later),
      UT(the_same_run_through_snapshots),
  };
  return UT_RUN("suspend", tests);
}
