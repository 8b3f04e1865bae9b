/* Runs the hostile corpus: every program of a folder in a cell of its own, and holds the outcome against the header of the
 * file. After each one the process must live, `1+2` must be 3 at once in the next cell of the same thread, and that cell
 * must hold less than 2 MiB of its own.
 *
 * usage: run_hostile DIR [--mode=poll|hard|pagemap|session] [--threads=N] [--only=SUBSTRING] [--every=N] [--scale=N] [--polled]
 *
 *   poll     as in production: the hook is asked first
 *   hard     the hook is disabled: only signals can stop a guest
 *   pagemap  dirty pages are found the old way
 *   session  each program is a transaction of one session a thread, which must be as before whenever it was killed
 *
 * Headers: `// key: value` lines at the top of a program: status and code (`a|b` where either may be), value, error,
 * timeout, memory, stack, tools, why, and `polls: no` for a program that only the hard step ends: --polled skips those, for
 * ThreadSanitizer and valgrind, which hold signals back while no system call is made. --scale multiplies timeouts, for the
 * slow among these. Ends with one line "N passed, N failed, N skipped". */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cloche.h"

enum { MAX_PROGRAMS = 4096, MAX_TEXT = 1 << 20 };
#define CLEAN_BYTES (2u << 20)

typedef struct {
  char status[32], code[64], value[4096], error[4096], tools[256], timeout[32], memory[32], stack[32], polls[16],
      why[512];
} expectation;

static char *programs[MAX_PROGRAMS];
static size_t program_count;
static const char *folder, *mode = "poll";
static int scale = 1;
static bool polled;
static atomic_size_t next_program, passed, failed, skipped;
static _Atomic uint64_t worst_stack;
static cloche_engine *engine;

/* ---- reading programs */

static void trim_copy(char *to, size_t size, const char *from, size_t len) {
  while (len > 0 && (*from == ' ' || *from == '\t')) from++, len--;
  while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\r')) len--;
  if (len >= size) len = size - 1;
  memcpy(to, from, len);
  to[len] = 0;
}

static void read_header(expectation *e, const char *text) {
  struct {
    const char *key;
    char *to;
    size_t size;
  } fields[] = {{"status", e->status, sizeof e->status}, {"code", e->code, sizeof e->code},
                {"value", e->value, sizeof e->value},    {"error", e->error, sizeof e->error},
                {"tools", e->tools, sizeof e->tools},    {"timeout", e->timeout, sizeof e->timeout},
                {"memory", e->memory, sizeof e->memory}, {"stack", e->stack, sizeof e->stack},
                {"polls", e->polls, sizeof e->polls},    {"why", e->why, sizeof e->why}};
  memset(e, 0, sizeof *e);
  for (const char *line = text; strncmp(line, "// ", 3) == 0;) {
    const char *end = strchr(line, '\n');
    if (!end) end = line + strlen(line);
    const char *colon = memchr(line, ':', (size_t)(end - line));
    bool known = false;
    for (size_t i = 0; colon && i < sizeof fields / sizeof fields[0]; i++) {
      size_t len = strlen(fields[i].key);
      if ((size_t)(colon - line - 3) != len || strncmp(line + 3, fields[i].key, len) != 0) continue;
      trim_copy(fields[i].to, fields[i].size, colon + 1, (size_t)(end - colon - 1));
      known = true;
    }
    if (!known || !*end) return;
    line = end + 1;
  }
}

static char *read_program(const char *name, size_t *len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  char *text = malloc(MAX_TEXT + 1);
  if (!file || !text) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(2);
  }
  *len = fread(text, 1, MAX_TEXT, file);
  text[*len] = 0;
  fclose(file);
  return text;
}

/* ---- tools of the runner */

static void echo(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user;
  cloche_cell_resolve(cell, id, argument, len, NULL);
}

static void fail(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)argument, (void)len;
  cloche_rejection r = CLOCHE_REJECTION_INIT;
  r.name = "ToolFailure";
  r.message = "no";
  cloche_cell_reject(cell, id, &r, NULL);
}

static void never(void *user, cloche_cell *cell, uint64_t id, const char *argument, size_t len) {
  (void)user, (void)cell, (void)id, (void)argument, (void)len;
}

static void declare_tools(cloche_cell *cell, const char *names) {
  static const struct {
    const char *name;
    cloche_tool_fn fn;
    bool sync;
  } all[] = {{"echo", echo, false}, {"fail", fail, false}, {"never", never, false}, {"sync_echo", echo, true}};
  char list[256];
  snprintf(list, sizeof list, "%s", names);
  char *rest = NULL;
  for (char *name = strtok_r(list, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
      if (strcmp(all[i].name, name) != 0) continue;
      cloche_tool tool = CLOCHE_TOOL_INIT;
      tool.name = name;
      tool.fn = all[i].fn;
      tool.sync = all[i].sync;
      cloche_cell_tool(cell, &tool, NULL);
    }
}

/* ---- one program */

typedef struct {
  char text[8192];
} complaint;

static void complain(complaint *c, const char *what, const char *got, const char *wanted) {
  size_t at = strlen(c->text);
  snprintf(c->text + at, sizeof c->text - at, "    %s: got %.1500s, wanted %.1500s\n", what, got ? got : "nothing",
           wanted);
}

static const char *word_of(cloche_status status) {
  if (status == CLOCHE_OK) return "ok";
  if (status == CLOCHE_WALL_TIME_LIMIT) return "timeout";
  if (status == CLOCHE_CANCELLED) return "cancelled";
  return status >= CLOCHE_CPU_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT ? "limit" : "error";
}

/* Whether word is one of the words of list, which stand between bars. */
static bool one_of(const char *word, const char *list) {
  size_t len = strlen(word);
  for (const char *at = list; at; at = strchr(at, '|')) {
    at += *at == '|';
    if (strncmp(at, word, len) == 0 && (at[len] == 0 || at[len] == '|')) return true;
  }
  return false;
}

static void compare(const expectation *e, const cloche_result *r, complaint *c) {
  char error[8192];
  snprintf(error, sizeof error, "%s: %s", r->error_name ? r->error_name : "", r->error_message ? r->error_message : "");
  const char *status = word_of(r->status), *code = cloche_status_describe(r->status).name;
  if (!one_of(status, e->status)) complain(c, "status", status, e->status);
  if (r->status != CLOCHE_OK && e->code[0] && !one_of(code, e->code)) complain(c, "code", code, e->code);
  if (e->value[0] && (!r->value || strcmp(r->value, e->value) != 0)) complain(c, "value", r->value, e->value);
  if (e->error[0] && strcmp(error, e->error) != 0) complain(c, "error", error, e->error);
  if (c->text[0] && r->status != CLOCHE_OK) complain(c, "  (error)", error, "");
  if (c->text[0] && r->value) complain(c, "  (value)", r->value, "");
}

static void check_report(cloche_cell *cell, complaint *c) {
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || len < 2 || json[0] != '{' || json[len - 1] != '}')
    complain(c, "report", "none", "one");
}

static void set_limits(cloche_limits *limits, const expectation *e) {
  cloche_limits_profile(limits, "default", NULL);
  limits->value_bytes = limits->argument_bytes = 1 << 20;
  cloche_limits_set(limits, "wall", e->timeout[0] ? e->timeout : "250ms", NULL);
  cloche_limits_set(limits, "memory", e->memory[0] ? e->memory : "64MiB", NULL);
  if (e->stack[0]) cloche_limits_set(limits, "stack", e->stack, NULL);
  limits->wall_ns *= (uint64_t)scale;
  limits->cpu_ns = limits->wall_ns * 10;
}

static bool evaluates(cloche_cell *cell, const char *source, const char *wanted, complaint *c) {
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_eval(cell, source, strlen(source), NULL, &r, &err) != CLOCHE_OK) {
    complain(c, source, err.message, wanted);
    return false;
  }
  if (r.status == CLOCHE_OK && r.value && strcmp(r.value, wanted) == 0) return true;
  complain(c, source, r.value ? r.value : r.error_message, wanted);
  return false;
}

static void check_next_cell(cloche_thread *thread, complaint *c) {
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err) != CLOCHE_OK) {
    complain(c, "next cell", err.message, "a cell");
    return;
  }
  evaluates(cell, "1+2", "3", c);
  cloche_cell_stats stats;
  cloche_cell_measure(cell, &stats, NULL);
  if (stats.private_bytes > CLEAN_BYTES) complain(c, "next cell", "more than 2 MiB", "a clean one");
  cloche_cell_close(cell);
}

static void run_program(cloche_thread *thread, const char *name) {
  size_t len;
  char *text = read_program(name, &len);
  expectation e;
  read_header(&e, text);
  if (polled && strcmp(e.polls, "no") == 0) {
    atomic_fetch_add(&skipped, 1);
    free(text);
    return;
  }
  cloche_limits limits;
  set_limits(&limits, &e);
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.no_poll = strcmp(mode, "hard") == 0;
  options.session = strcmp(mode, "session") == 0;
  complaint c = {""};
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  if (cloche_cell_open(&cell, thread, engine, &options, &err) != CLOCHE_OK) {
    complain(&c, "open", err.message, "a cell");
  } else {
    declare_tools(cell, e.tools);
    bool as_before = !options.session || evaluates(cell, "var before = [1, {a: 2}]; 1", "1", &c);
    if (cloche_cell_eval(cell, text, len, NULL, &result, &err) != CLOCHE_OK) {
      complain(&c, "eval", err.message, "a result");
    } else {
      compare(&e, &result, &c);
      check_report(cell, &c);
      if (as_before && options.session && result.rolled_back)
        evaluates(cell, "globalThis.before[1].a + Object.keys(globalThis).filter(k => k === 'before').length", "3", &c);
    }
    cloche_cell_stats stats;
    cloche_cell_measure(cell, &stats, NULL);
    uint64_t worst = atomic_load(&worst_stack);
    while (stats.native_stack_bytes > worst &&
           !atomic_compare_exchange_weak(&worst_stack, &worst, stats.native_stack_bytes)) {}
    cloche_cell_close(cell);
  }
  check_next_cell(thread, &c);
  if (c.text[0]) {
    atomic_fetch_add(&failed, 1);
    printf("FAIL %s [%s] (%s)\n%s", name, mode, e.why, c.text);
    fflush(stdout);
  } else {
    atomic_fetch_add(&passed, 1);
  }
  free(text);
}

static void *work(void *unused) {
  (void)unused;
  cloche_thread *thread;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK) {
    fprintf(stderr, "thread: %s\n", err.message);
    exit(2);
  }
  for (size_t i; (i = atomic_fetch_add(&next_program, 1)) < program_count;) {
    if (getenv("HOSTILE_TRACE")) fprintf(stderr, "%s\n", programs[i]);
    run_program(thread, programs[i]);
  }
  cloche_thread_close(thread);
  return NULL;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list_programs(const char *only, int every) {
  DIR *dir = opendir(folder);
  if (!dir) {
    fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    exit(2);
  }
  for (struct dirent *entry; (entry = readdir(dir)) && program_count < MAX_PROGRAMS;) {
    size_t len = strlen(entry->d_name);
    if (len < 4 || strcmp(entry->d_name + len - 3, ".js") != 0) continue;
    if (only && !strstr(entry->d_name, only)) continue;
    programs[program_count++] = strdup(entry->d_name);
  }
  closedir(dir);
  qsort(programs, program_count, sizeof programs[0], by_name);
  size_t kept = 0;
  for (size_t i = 0; i < program_count; i++) {
    if (i % (size_t)every == 0) programs[kept++] = programs[i];
    else free(programs[i]);
  }
  program_count = kept;
}

int main(int argc, char **argv) {
  const char *only = NULL;
  int threads = 2, every = 1;
  for (int i = 1; i < argc; i++) {
    if (strncmp(argv[i], "--mode=", 7) == 0) mode = argv[i] + 7;
    else if (strncmp(argv[i], "--only=", 7) == 0) only = argv[i] + 7;
    else if (strncmp(argv[i], "--threads=", 10) == 0) threads = atoi(argv[i] + 10);
    else if (strncmp(argv[i], "--every=", 8) == 0) every = atoi(argv[i] + 8);
    else if (strcmp(argv[i], "--polled") == 0) polled = true;
    else if (strncmp(argv[i], "--scale=", 8) == 0) scale = atoi(argv[i] + 8);
    else folder = argv[i];
  }
  if (!folder || threads < 1 || threads > 64 || every < 1 || scale < 1) {
    fprintf(stderr,
            "usage: run_hostile DIR [--mode=poll|hard|pagemap|session] [--threads=N] [--only=TEXT] [--every=N]\n");
    return 2;
  }
  list_programs(only, every);
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.use_pagemap = strcmp(mode, "pagemap") == 0;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_engine_open(&engine, &options, &err) != CLOCHE_OK) {
    fprintf(stderr, "engine: %s\n", err.message);
    return 2;
  }
  pthread_t ids[64];
  for (int i = 0; i < threads; i++)
    if (pthread_create(&ids[i], NULL, work, NULL) != 0) return 2;
  for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  cloche_engine_close(engine);
  for (size_t i = 0; i < program_count; i++) free(programs[i]);
  printf("mode %s: deepest native stack %llu KiB\n", mode, (unsigned long long)(atomic_load(&worst_stack) >> 10));
  printf("%zu passed, %zu failed, %zu skipped\n", atomic_load(&passed), atomic_load(&failed), atomic_load(&skipped));
  return atomic_load(&failed) > 0;
}
