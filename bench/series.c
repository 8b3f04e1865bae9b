/* Samples, their summary, and the line of output; cells and files for all parts. */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

/* ---- samples */

double bench_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

void bench_add(bench_series *series, double sample) {
  if (series->count == series->cap) {
    series->cap = series->cap ? series->cap * 2 : 1024;
    series->samples = realloc(series->samples, series->cap * sizeof *series->samples);
    if (!series->samples) bench_fail("no memory for samples");
  }
  series->samples[series->count++] = sample;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double bench_rank(bench_series *series, double percent) {
  if (series->count == 0) bench_fail("a series without samples");
  qsort(series->samples, series->count, sizeof *series->samples, by_size);
  double exact = percent / 100 * (double)series->count;
  size_t rank = (size_t)exact;
  if ((double)rank < exact) rank++;
  return series->samples[rank > 0 ? rank - 1 : 0];
}

/* ---- lines */

static void print_text(const char *key, const char *text) {
  printf(",\"%s\":\"", key);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar(*text);
  }
  putchar('"');
}

static void print_json(const bench_line *line, bench_series *s) {
  printf("{\"bench\":\"%s\",\"peer\":\"cloche\",\"version\":\"%s\",\"unit\":\"%s\"", line->bench, cloche_version(),
         line->unit ? line->unit : "ns");
  printf(",\"median\":%.6g,\"p99\":%.6g,\"min\":%.6g,\"max\":%.6g,\"n\":%zu", bench_rank(s, 50), bench_rank(s, 99),
         bench_rank(s, 0), bench_rank(s, 100), s->count);
  print_text("kind", line->kind ? line->kind : "absolute");
  if (line->target) print_text("target", line->target);
  if (line->target_us > 0) printf(",\"target_us\":%g", line->target_us);
  if (line->target_p99_us > 0) printf(",\"target_p99_us\":%g", line->target_p99_us);
  if (line->target_value > 0) printf(",\"target_value\":%g", line->target_value);
  if (line->ratio_targets) printf(",\"ratio_targets\":%s", line->ratio_targets);
  if (line->value) print_text("value", line->value);
  printf("}\n");
}

static void print_amount(double amount, const char *unit) {
  if (unit) printf(" %9.4g %-5s", amount, unit);
  else if (amount < 1e3) printf(" %9.0f ns   ", amount);
  else if (amount < 1e6) printf(" %9.2f us   ", amount / 1e3);
  else printf(" %9.2f ms   ", amount / 1e6);
}

static const char *verdict(const bench_line *line, double median, double p99) {
  if (line->target_us <= 0 && line->target_p99_us <= 0 && line->target_value <= 0) return "";
  if (line->target_us > 0 && median > line->target_us * 1e3) return "MISSED";
  if (line->target_p99_us > 0 && p99 > line->target_p99_us * 1e3) return "MISSED";
  if (line->target_value > 0 && median > line->target_value) return "MISSED";
  return "met";
}

static void print_human(const bench_line *line, bench_series *s) {
  double median = bench_rank(s, 50), p99 = bench_rank(s, 99);
  printf("%-28s", line->bench);
  print_amount(median, line->unit);
  printf(" p99");
  print_amount(p99, line->unit);
  print_amount(bench_rank(s, 0), line->unit);
  printf("..");
  print_amount(bench_rank(s, 100), line->unit);
  printf(" n %-6zu %s %s\n", s->count, line->target ? line->target : "", verdict(line, median, p99));
}

void bench_emit(const bench_host *host, const bench_line *line, bench_series *series) {
  if (host->json) print_json(line, series);
  else print_human(line, series);
  fflush(stdout);
  free(series->samples);
  *series = (bench_series){0};
}

/* ---- failures */

void bench_fail(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("bench: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  exit(1);
}

void bench_must(cloche_status status, const cloche_error *err, const char *what) {
  if (status != CLOCHE_OK) bench_fail("%s: %s", what, err->message);
}

/* ---- files */

char *bench_read(const char *folder, const char *file, size_t *len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  FILE *in = fopen(path, "rb");
  if (!in) bench_fail("%s: %s", path, strerror(errno));
  size_t cap = 1 << 16, at = 0;
  char *text = malloc(cap);
  while (text) {
    at += fread(text + at, 1, cap - at - 1, in);
    if (at < cap - 1) break;
    text = realloc(text, cap *= 2);
  }
  if (!text || ferror(in)) bench_fail("%s cannot be read", path);
  fclose(in);
  text[at] = 0;
  if (len) *len = at;
  return text;
}

static int is_program(const struct dirent *entry) {
  size_t len = strlen(entry->d_name);
  return len > 3 && strcmp(entry->d_name + len - 3, ".js") == 0;
}

char **bench_programs(const char *folder, size_t *count) {
  struct dirent **entries;
  int found = scandir(folder, &entries, is_program, alphasort);
  if (found <= 0) bench_fail("no programs in %s", folder);
  char **names = malloc((size_t)found * sizeof *names);
  for (int i = 0; names && i < found; i++) {
    names[i] = strndup(entries[i]->d_name, strlen(entries[i]->d_name) - 3);
    if (!names[i]) bench_fail("no memory for names");
    free(entries[i]);
  }
  free(entries);
  if (!names) bench_fail("no memory for names");
  *count = (size_t)found;
  return names;
}

void bench_free_programs(char **names, size_t count) {
  for (size_t i = 0; i < count; i++) free(names[i]);
  free(names);
}

/* ---- cells */

cloche_cell *bench_open(const bench_host *host, cloche_thread *thread, bool session) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_limits limits;
  bench_must(cloche_limits_profile(&limits, "default", &err), &err, "limits");
  limits.tool_calls = limits.tool_calls_each = 1000000;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.session = session;
  cloche_cell *cell;
  bench_must(cloche_cell_open(&cell, thread, host->engine, &options, &err), &err, "opening a cell");
  return cell;
}

void bench_eval(cloche_cell *cell, const char *source, cloche_result *result) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result own;
  if (!result) result = &own;
  bench_must(cloche_cell_eval(cell, source, strlen(source), NULL, result, &err), &err, "eval");
  if (result->status != CLOCHE_OK)
    bench_fail("a run ended as %s: %s", cloche_status_describe(result->status).name,
               result->error_message ? result->error_message : "");
}

void bench_tool(cloche_cell *cell, const char *name, bool sync, bool mutable_result, cloche_tool_fn fn, void *user) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = name;
  tool.sync = sync;
  tool.mutable_result = mutable_result;
  tool.fn = fn;
  tool.user = user;
  bench_must(cloche_cell_tool(cell, &tool, &err), &err, "declaring a tool");
}

const char bench_small_script[] =
    "const items = [\n"
    "  {name: 'pear', price: 120, count: 3}, {name: 'apple', price: 80, count: 10},\n"
    "  {name: 'plum', price: 45, count: 24}, {name: 'quince', price: 310, count: 1},\n"
    "];\n"
    "const total = items.reduce((sum, item) => sum + item.price * item.count, 0);\n"
    "const byName = new Map(items.map((item) => [item.name, item]));\n"
    "const dear = items.filter((item) => item.price > 100).map((item) => item.name.toUpperCase());\n"
    "class Basket {\n"
    "  constructor(list) { this.list = list; }\n"
    "  get text() { return this.list.map(({name, count}) => `${count} x ${name}`).join(', '); }\n"
    "}\n"
    "const basket = new Basket(items);\n"
    "console.log(basket.text);\n"
    "function lookUp(name) { return byName.get(name)?.price ?? 0; }\n"
    "({total, dear, text: basket.text, plum: lookUp('plum'), json: JSON.stringify(items).length});\n";
