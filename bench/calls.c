/* Tool calls.
 *
 *     tool/sync, tool/async   the guest calls in a loop, a C function answers at once; time of the run by calls
 *     json/mutable, /frozen   1 MB of JSON (some thousand objects) to an echo tool and back, over the guest's own
 *                             JSON.parse(JSON.stringify(x)) in the same run. The guest reports to a sync tool between
 *                             the measured parts, which takes the time; the three take turns. */
#include <stdio.h>
#include <string.h>

#include "bench.h"

enum { CALLS = 5000 };

static void answer_one(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  (void)cloche_cell_resolve(cell, id, "1", 1, NULL);
}

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  (void)cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void round_trips(const bench_host *host, const char *source, bench_line line) {
  bench_series series = {0};
  cloche_cell *cell = bench_open(host, host->thread, false);
  bench_tool(cell, "now", true, false, answer_one, NULL);
  bench_tool(cell, "later", false, false, answer_one, NULL);
  int runs = host->quick ? 20 : 200;
  for (int i = -3; i < runs; i++) {
    double start = bench_now();
    bench_eval(cell, source, NULL);
    if (i >= 0) bench_add(&series, (bench_now() - start) / CALLS);
  }
  cloche_cell_close(cell);
  bench_emit(host, &line, &series);
}

void bench_calls(const bench_host *host) {
  char text[160];
  snprintf(text, sizeof text, "{ const f = tools.now; for (let i = 0; i < %d; i++) f(1); } 0", CALLS);
  round_trips(host, text, (bench_line){.bench = "tool/sync", .target = "≤ 1 µs", .target_us = 1});
  snprintf(text, sizeof text, "{ const f = tools.later; for (let i = 0; i < %d; i++) await f(1); } 0", CALLS);
  round_trips(host, text, (bench_line){.bench = "tool/async", .target = "≤ 5 µs", .target_us = 5});
}

/* ---- 1 MB of JSON */

enum { OWN, MUTABLE, FROZEN, WAYS };

typedef struct {
  double last; /* time of the last mark */
  int marks;
  bench_series times[WAYS], ratios[WAYS];
  double own;
  size_t bytes;
} json_clock;

/* Marks come before and after each way in turn: own, mutable, frozen, own, ... */
static void mark(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)argument, (void)len;
  double now = bench_now();
  json_clock *clock = user;
  if (clock->marks % 2 == 1) {
    int way = clock->marks / 2 % WAYS;
    double time = now - clock->last;
    if (way == OWN) clock->own = time;
    bench_add(&clock->times[way], time);
    bench_add(&clock->ratios[way], time / clock->own);
  }
  clock->marks++;
  (void)cloche_cell_resolve(cell, id, "1", 1, NULL);
  clock->last = bench_now();
}

static void echo_and_weigh(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  ((json_clock *)user)->bytes = len;
  echo(NULL, cell, id, argument, len);
}

static const char json_source[] =
    "const x = [];\n"
    "for (let i = 0; i < 4700; i++) x.push({id: i, name: 'customer number ' + i, mail: `someone${i}@example.com`,\n"
    "  balance: (i * 7919 % 100003) / 100, active: i % 3 === 0, tags: ['red', 'green', 'blue'].slice(i % 3),\n"
    "  address: {street: 'Long Road ' + (i % 200), city: 'Z\\u00fcrich', zip: 8000 + i % 60}, note: null});\n"
    "const same = (y) => y.length === x.length && JSON.stringify(y[4321]) === JSON.stringify(x[4321]);\n"
    "let y = null, fine = true;\n"
    "for (let round = 0; round < ROUNDS; round++) {\n"
    "  tools.mark(); y = JSON.parse(JSON.stringify(x)); tools.mark(); fine &&= same(y); y = null;\n"
    "  tools.mark(); y = await tools.ordinary(x); tools.mark(); fine &&= same(y); y = null;\n"
    "  tools.mark(); y = await tools.frozen(x); tools.mark(); fine &&= same(y); y = null;\n"
    "}\n"
    "fine;\n";

static void emit_ways(const bench_host *host, json_clock *clock) {
  static const char *const names[WAYS] = {"json/own-time", "json/mutable-time", "json/frozen-time"};
  for (int way = 0; way < WAYS; way++)
    bench_emit(host, &(bench_line){.bench = names[way], .kind = "detail"}, &clock->times[way]);
  bench_emit(
      host,
      &(bench_line){.bench = "json/mutable", .unit = "x", .target = "≤ 1.3× the guest's own", .target_value = 1.3},
      &clock->ratios[MUTABLE]);
  bench_emit(
      host, &(bench_line){.bench = "json/frozen", .unit = "x", .target = "≤ 1.6× the guest's own", .target_value = 1.6},
      &clock->ratios[FROZEN]);
}

void bench_json(const bench_host *host) {
  json_clock clock = {0};
  char source[sizeof json_source + 16];
  const char *rounds = strstr(json_source, "ROUNDS");
  snprintf(source, sizeof source, "%.*s%d%s", (int)(rounds - json_source), json_source, host->quick ? 10 : 60,
           rounds + strlen("ROUNDS"));
  cloche_cell *cell = bench_open(host, host->thread, false);
  bench_tool(cell, "mark", true, false, mark, &clock);
  bench_tool(cell, "ordinary", false, true, echo_and_weigh, &clock);
  bench_tool(cell, "frozen", false, false, echo_and_weigh, &clock);
  cloche_result result;
  bench_eval(cell, source, &result);
  if (!result.value || strcmp(result.value, "true") != 0) bench_fail("the echo changed the value");
  if (clock.bytes < 900000 || clock.bytes > 1100000) bench_fail("the JSON has %zu bytes", clock.bytes);
  cloche_cell_close(cell);
  emit_ways(host, &clock);
}
