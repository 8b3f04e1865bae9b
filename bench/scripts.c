/* The ten scripts of bench/scripts: open a cell, declare all tools, run, read the value, close; all of it is timed.
 *
 * The tools' answers are JSON texts that were prepared at the start, as a host in C has them; the peers' hosts hold
 * objects. An answer with a key is found by the text of that argument. The first value of a script is compared with
 * expected.json, the others with the first. Results arrive frozen, as is the default; the detail `tools/mutable-results`
 * is the sum with ordinary ones, as the peers have them, measured in turns. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

typedef struct {
  char *quoted, *plain; /* how the key's value may stand in an argument */
  char *text;
  size_t len;
} answer;

typedef struct {
  const char *name;
  char *key; /* "\"city\":"; NULL: always the first answer */
  answer *answers;
  size_t count;
} tool_data;

typedef struct {
  const char *name;
  char *source;
  json_t *expected;
  char *value; /* the first that was right */
  bench_series times;
} script;

static json_t *load(const char *folder, const char *file) {
  char *text = bench_read(folder, file, NULL);
  json_t *json = json_loads(text, JSON_DECODE_INT_AS_REAL, NULL);
  free(text);
  if (!json) bench_fail("%s is not JSON", file);
  return json;
}

/* ---- tools */

static bool value_starts_with(const char *value, const char *wanted) {
  size_t len = strlen(wanted);
  return strncmp(value, wanted, len) == 0 && (value[len] == ',' || value[len] == '}');
}

static const answer *look_up(const tool_data *tool, const char *argument) {
  if (!tool->key) return &tool->answers[0];
  const char *value = strstr(argument, tool->key);
  if (!value) return NULL;
  value += strlen(tool->key);
  for (size_t i = 0; i < tool->count; i++)
    if (value_starts_with(value, tool->answers[i].quoted) || value_starts_with(value, tool->answers[i].plain))
      return &tool->answers[i];
  return NULL;
}

static void answer_call(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)len;
  const answer *found = look_up(user, argument);
  (void)cloche_cell_resolve(cell, id, found ? found->text : "null", found ? found->len : 4, NULL);
}

static char *between(const char *before, const char *text, const char *after) {
  char *out;
  if (asprintf(&out, "%s%s%s", before, text, after) < 0) bench_fail("no memory for tools");
  return out;
}

static answer make_answer(const char *key, json_t *result) {
  answer made = {between("\"", key, "\""), between("", key, ""), json_dumps(result, JSON_COMPACT | JSON_ENCODE_ANY), 0};
  if (!made.text) bench_fail("no memory for tools");
  made.len = strlen(made.text);
  return made;
}

static tool_data *load_tools(json_t *json, size_t *count) {
  tool_data *tools = calloc(json_object_size(json), sizeof *tools), *at = tools;
  const char *name, *value;
  json_t *data, *result;
  json_object_foreach(json, name, data) {
    json_t *results = json_object_get(data, "results");
    at->name = name;
    at->answers = calloc(results ? json_object_size(results) : 1, sizeof *at->answers);
    if (!at->answers) bench_fail("no memory for tools");
    if (results) {
      at->key = between("\"", json_string_value(json_object_get(data, "key")), "\":");
      json_object_foreach(results, value, result) at->answers[at->count++] = make_answer(value, result);
    } else {
      at->answers[at->count++] = make_answer("", json_object_get(data, "result"));
    }
    at++;
  }
  *count = (size_t)(at - tools);
  return tools;
}

static void free_tools(tool_data *tools, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < tools[i].count; j++) {
      free(tools[i].answers[j].quoted);
      free(tools[i].answers[j].plain);
      free(tools[i].answers[j].text);
    }
    free(tools[i].answers);
    free(tools[i].key);
  }
  free(tools);
}

/* ---- scripts */

static void check(script *s, const char *value) {
  if (s->value && strcmp(s->value, value) == 0) return;
  json_t *got = json_loads(value, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
  if (s->value || !got || !json_equal(got, s->expected))
    bench_fail("script %s gave another value: %.200s", s->name, value);
  json_decref(got);
  s->value = strdup(value);
}

static double run_script(const bench_host *host, script *s, tool_data *tools, size_t count, bool mutable_results) {
  cloche_result result;
  double start = bench_now();
  cloche_cell *cell = bench_open(host, host->thread, false);
  for (size_t i = 0; i < count; i++) bench_tool(cell, tools[i].name, false, mutable_results, answer_call, &tools[i]);
  bench_eval(cell, s->source, &result);
  double read = bench_now();
  check(s, result.value ? result.value : "null");
  double resumed = bench_now();
  cloche_cell_close(cell);
  return bench_now() - resumed + (read - start);
}

static void emit_scripts(const bench_host *host, script *scripts, size_t count, bench_series *sums) {
  char bench[300];
  for (size_t i = 0; i < count; i++) {
    snprintf(bench, sizeof bench, "scripts/%s", scripts[i].name);
    bench_emit(host, &(bench_line){.bench = bench, .kind = "detail"}, &scripts[i].times);
  }
  bench_emit(host,
             &(bench_line){.bench = "scripts/all",
                           .kind = "ratio",
                           .target = "all ≤ 1.0× isolated-vm",
                           .ratio_targets = "{\"isolated-vm\":1.0}"},
             sums);
}

void bench_scripts(const bench_host *host) {
  char folder[4096];
  snprintf(folder, sizeof folder, "%s/scripts", host->folder);
  json_t *data = load(folder, "tools.json"), *expected = load(folder, "expected.json");
  size_t tool_count, count;
  tool_data *tools = load_tools(data, &tool_count);
  char **names = bench_programs(folder, &count);
  script *scripts = calloc(count, sizeof *scripts);
  if (!scripts) bench_fail("no memory for scripts");
  for (size_t i = 0; i < count; i++) {
    char file[300];
    snprintf(file, sizeof file, "%s.js", names[i]);
    scripts[i] = (script){
        .name = names[i], .source = bench_read(folder, file, NULL), .expected = json_object_get(expected, names[i])};
  }
  bench_series sums = {0}, mutable_sums = {0};
  int rounds = host->quick ? 20 : 150;
  for (int round = -10; round < rounds; round++) {
    double sum = 0, mutable_sum = 0;
    for (size_t i = 0; i < count; i++) {
      double time = run_script(host, &scripts[i], tools, tool_count, false);
      if (round >= 0) bench_add(&scripts[i].times, time);
      sum += time;
    }
    for (size_t i = 0; i < count; i++) mutable_sum += run_script(host, &scripts[i], tools, tool_count, true);
    if (round < 0) continue;
    bench_add(&sums, sum);
    bench_add(&mutable_sums, mutable_sum);
  }
  emit_scripts(host, scripts, count, &sums);
  bench_emit(host, &(bench_line){.bench = "tools/mutable-results", .kind = "detail"}, &mutable_sums);
  for (size_t i = 0; i < count; i++) {
    free(scripts[i].source);
    free(scripts[i].value);
  }
  free(scripts);
  bench_free_programs(names, count);
  free_tools(tools, tool_count);
  json_decref(data);
  json_decref(expected);
}
