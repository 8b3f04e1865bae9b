/* Runs the hostile corpus: every program of a folder in a cell of its own, and holds the outcome against the header of the
 * file. After each one the process must live, `1+2` must be 3 at once in the next cell of the same thread (in the language
 * of the program), and that cell must hold little of its own. No report may name a folder of this machine, no
 * stack a frame of the bootstrap, and no run may last much longer than its limit.
 *
 * usage: run_hostile DIR [--mode=poll|hard|pagemap|session|snapshot] [--threads=N] [--only=SUBSTRING] [--every=N] [--scale=N]
 *                   [--polled]
 *
 *   poll     as in production: the hook is asked first
 *   hard     the hook is disabled: only signals can stop a guest
 *   pagemap  dirty pages are found the old way
 *   session  each program is a transaction of one session a thread, which must be as before whenever it was killed
 *   snapshot half of the programs run in a session, and whenever one waits, or is about to begin, its cell is stored as
 *            bytes, closed, and made anew from them
 *
 * A file's extension (.js, .jsx, .ts, .tsx, .py) is its language; a folder is for one engine. In a program @@N*TEXT@@ stands for N times TEXT, in which #
 * is the number of the repetition from 0, \n a line break and \\ a backslash; so that bombs are short to write.
 *
 * Headers: `// key: value` (Python: `# key: value`) lines at the top of a program: status and code (`a|b` where either may be), value, error,
 * timeout, memory, stack, tools, why, `limits: NAME=VALUE,...` for any others, `context: JSON`, `module: NAME=TEXT` (may
 * stand several times; \n and \\ as above; its language by the name's extension), and `polls: no` for a program that only
 * the hard step ends: --polled skips those, for ThreadSanitizer and valgrind, which hold signals back while no system call
 * is made. `complete: TEXT` has the program's state looked at for completion of that text: the answer must begin with
 * `names: [...]`, and nothing may have been printed meanwhile. --scale multiplies timeouts, for the slow among these. Ends with one line "N passed, N failed, N skipped". */
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

enum { MAX_PROGRAMS = 4096, MAX_TEXT = 1 << 20, MAX_EXPANDED = 32 << 20, MAX_MODULES = 16 };
#define GRACE_NS 5000000000u /* by which a run may outlast its limit on a busy machine */

typedef struct {
  char name[256];
  char *text;
  size_t len;
} given_module;

typedef struct {
  char status[64], code[128], value[4096], error[4096], tools[256], timeout[32], memory[32], stack[32], polls[16],
      limits[256], why[512], complete[256], names[512];
  char *context;
  given_module modules[MAX_MODULES];
  size_t module_count;
} expectation;

/** What the runner itself says in an engine's language. */
typedef struct {
  const char *engine, *language, *comment;
  const char *before, *as_before; /* makes a session's state; is 3 while it is whole */
  const char *bootstrap_frame;    /* stands in stacks that show frames of the bootstrap */
  uint64_t clean_bytes;           /* more than a cell that has added two numbers holds */
} dialect;

static const dialect dialects[] = {
    {"js", "js", "// ", "var before = [1, {a: 2}]; 1",
     "globalThis.before[1].a + Object.keys(globalThis).filter(k => k === 'before').length", "(native", 2u << 20},
    {"python", "py", "# ", "before = [1, {'a': 2}]\n1", "before[1]['a'] + list(globals()).count('before')", "/cloche/",
     3u << 20},
};
static const dialect *spoken = &dialects[0];

static char *programs[MAX_PROGRAMS];
static size_t program_count;
static const char *folder, *mode = "poll";
static char folder_path[4096], working_path[4096];
static int scale = 1;
static bool polled;
static atomic_size_t next_program, passed, failed, skipped, fresh_sources;
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

static void out_of_memory(void) {
  fprintf(stderr, "no memory\n");
  exit(2);
}

/* Writes the character at `from` of `len`, or what an escape means, and gives how many were read. */
static size_t unescape(char *to, const char *from, size_t len) {
  bool escape = len > 1 && from[0] == '\\' && (from[1] == 'n' || from[1] == '\\');
  *to = escape && from[1] == 'n' ? '\n' : from[0];
  return escape ? 2 : 1;
}

static char *unescaped(const char *from, size_t len, size_t *out_len) {
  char *to = malloc(len + 1);
  if (!to) out_of_memory();
  size_t n = 0;
  for (size_t i = 0; i < len; n++) i += unescape(to + n, from + i, len - i);
  to[n] = 0;
  if (out_len) *out_len = n;
  return to;
}

static void read_module(expectation *e, const char *from, size_t len) {
  const char *equals = memchr(from, '=', len);
  if (!equals || e->module_count == MAX_MODULES) {
    fprintf(stderr, "a module header is NAME=TEXT, %d at most\n", MAX_MODULES);
    exit(2);
  }
  given_module *module = &e->modules[e->module_count++];
  trim_copy(module->name, sizeof module->name, from, (size_t)(equals - from));
  module->text = unescaped(equals + 1, len - (size_t)(equals + 1 - from), &module->len);
}

static void drop_header(expectation *e) {
  free(e->context);
  for (size_t i = 0; i < e->module_count; i++) free(e->modules[i].text);
}

static bool is_key(const char *line, const char *colon, const char *key) {
  size_t len = strlen(key), head = strlen(spoken->comment);
  return (size_t)(colon - line) == head + len && strncmp(line + head, key, len) == 0;
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
                {"polls", e->polls, sizeof e->polls},    {"limits", e->limits, sizeof e->limits},
                {"why", e->why, sizeof e->why},          {"complete", e->complete, sizeof e->complete},
                {"names", e->names, sizeof e->names}};
  memset(e, 0, sizeof *e);
  for (const char *line = text; strncmp(line, spoken->comment, strlen(spoken->comment)) == 0;) {
    const char *end = strchr(line, '\n');
    if (!end) end = line + strlen(line);
    const char *colon = memchr(line, ':', (size_t)(end - line));
    bool known = false;
    for (size_t i = 0; colon && i < sizeof fields / sizeof fields[0]; i++) {
      if (!is_key(line, colon, fields[i].key)) continue;
      trim_copy(fields[i].to, fields[i].size, colon + 1, (size_t)(end - colon - 1));
      known = true;
    }
    if (colon && !known && is_key(line, colon, "module")) {
      read_module(e, colon + 1, (size_t)(end - colon - 1));
      known = true;
    } else if (colon && !known && is_key(line, colon, "context")) {
      free(e->context);
      e->context = unescaped(colon + 1, (size_t)(end - colon - 1), NULL);
      known = true;
    }
    if (!known || !*end) return;
    line = end + 1;
  }
}

/* Writes `len` bytes of TEXT as their repetition number `index`. */
static void add_repetition(char *to, size_t *at, const char *from, size_t len, size_t index) {
  for (size_t i = 0; i < len;) {
    if (*at + 32 > MAX_EXPANDED) {
      fprintf(stderr, "a program is %d bytes long at most\n", MAX_EXPANDED);
      exit(2);
    }
    if (from[i] == '#') {
      *at += (size_t)snprintf(to + *at, 32, "%zu", index);
      i++;
    } else {
      i += unescape(to + (*at)++, from + i, len - i);
    }
  }
}

/* Writes each @@N*TEXT@@ out; `text` is consumed. */
static char *expand(char *text, size_t *len) {
  if (!strstr(text, "@@")) return text;
  char *out = malloc(MAX_EXPANDED + 1);
  if (!out) out_of_memory();
  size_t at = 0;
  for (const char *from = text; from < text + *len;) {
    unsigned long count = 0;
    int head = 0;
    const char *end = NULL;
    if (from[0] == '@' && from[1] == '@' && sscanf(from, "@@%lu*%n", &count, &head) == 1 && head > 0)
      end = strstr(from + head, "@@");
    if (!end) {
      out[at++] = *from++;
      continue;
    }
    for (size_t i = 0; i < count; i++) add_repetition(out, &at, from + head, (size_t)(end - from - head), i);
    from = end + 2;
  }
  free(text);
  out[at] = 0;
  *len = at;
  return out;
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
  return expand(text, len);
}

/* The language of a file or module; NULL: its extension is none of ours. */
static const char *language_of(const char *name) {
  static const char *const languages[] = {"js", "jsx", "ts", "tsx", "py"};
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < sizeof languages / sizeof languages[0]; i++)
    if (strcmp(dot + 1, languages[i]) == 0) return languages[i];
  return NULL;
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

static const struct {
  const char *name;
  cloche_tool_fn fn;
  bool sync;
} all_tools[] = {{"echo", echo, false}, {"fail", fail, false}, {"never", never, false}, {"sync_echo", echo, true}};
enum { TOOLS = sizeof all_tools / sizeof all_tools[0] };

static void declare_tools(cloche_cell *cell, const char *names) {
  char list[256];
  snprintf(list, sizeof list, "%s", names);
  char *rest = NULL;
  for (char *name = strtok_r(list, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
    for (size_t i = 0; i < TOOLS; i++) {
      if (strcmp(all_tools[i].name, name) != 0) continue;
      cloche_tool tool = CLOCHE_TOOL_INIT;
      tool.name = name;
      tool.fn = all_tools[i].fn;
      tool.sync = all_tools[i].sync;
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
  bool limit = (status >= CLOCHE_CPU_TIME_LIMIT && status <= CLOCHE_SNAPSHOT_LIMIT) || status == CLOCHE_FILES_LIMIT;
  return limit ? "limit" : "error";
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

static void check_report(cloche_cell *cell, const cloche_result *r, complaint *c) {
  const char *json;
  size_t len;
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || len < 2 || json[0] != '{' || json[len - 1] != '}')
    complain(c, "report", "none", "one");
  else if (memmem(json, len, folder_path, strlen(folder_path)) || memmem(json, len, working_path, strlen(working_path)))
    complain(c, "report", "a folder of this machine in it", "none");
  if (r->error_stack && (strstr(r->error_stack, spoken->bootstrap_frame) || strstr(r->error_stack, "at native:")))
    complain(c, "stack", r->error_stack, "no frame of the bootstrap");
}

static void set_limits(cloche_limits *limits, const expectation *e) {
  cloche_limits_profile(limits, "default", NULL);
  limits->value_bytes = limits->argument_bytes = 1 << 20;
  cloche_limits_set(limits, "wall", e->timeout[0] ? e->timeout : "250ms", NULL);
  cloche_limits_set(limits, "memory", e->memory[0] ? e->memory : "64MiB", NULL);
  if (e->stack[0]) cloche_limits_set(limits, "stack", e->stack, NULL);
  limits->wall_ns *= (uint64_t)scale;
  limits->cpu_ns = limits->wall_ns * 10;
  char list[256];
  snprintf(list, sizeof list, "%s", e->limits);
  char *rest = NULL;
  for (char *item = strtok_r(list, ", ", &rest); item; item = strtok_r(NULL, ", ", &rest)) {
    char *equals = strchr(item, '=');
    if (equals) *equals = 0;
    if (equals && cloche_limits_set(limits, item, equals + 1, NULL) == CLOCHE_OK) continue;
    fprintf(stderr, "no such limit: %s\n", item);
    exit(2);
  }
}

static void give_inputs(cloche_cell *cell, const expectation *e, complaint *c) {
  cloche_error err = CLOCHE_ERROR_INIT;
  if (e->context && cloche_cell_context(cell, e->context, strlen(e->context), &err) != CLOCHE_OK)
    complain(c, "context", err.message, "taken");
  for (size_t i = 0; i < e->module_count; i++) {
    cloche_module module = CLOCHE_MODULE_INIT;
    module.name = e->modules[i].name;
    module.source = e->modules[i].text;
    module.source_len = e->modules[i].len;
    module.language = language_of(module.name);
    if (cloche_cell_module(cell, &module, &err) != CLOCHE_OK) complain(c, "module", err.message, "taken");
  }
}

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool evaluates(cloche_cell *cell, const char *source, const char *language, const char *wanted, complaint *c) {
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  if (cloche_cell_eval(cell, source, strlen(source), &options, &r, &err) != CLOCHE_OK) {
    complain(c, source, err.message, wanted);
    return false;
  }
  if (r.status == CLOCHE_OK && r.value && strcmp(r.value, wanted) == 0) return true;
  complain(c, source, r.value ? r.value : r.error_message, wanted);
  return false;
}

/* What the program has left is asked for completion: nothing of it may run, and no trace may stay. */
static void check_completion(cloche_cell *cell, const expectation *e, const char *language, complaint *c) {
  cloche_result r;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  options.complete = true;
  if (cloche_cell_eval(cell, e->complete, strlen(e->complete), &options, &r, &err) != CLOCHE_OK) {
    complain(c, e->complete, err.message, "names");
    return;
  }
  const char *names = r.value ? strstr(r.value, "\"names\":") : NULL;
  size_t len = strlen(e->names);
  if (len > 0 && (!names || strncmp(names + 8, e->names, len) != 0)) complain(c, e->complete, names, e->names);
  if (!r.rolled_back) complain(c, e->complete, "a trace", "none");
  cloche_event event; /* what runs in it says so: it leaves nothing else behind */
  if (cloche_cell_next_event(cell, &event)) complain(c, e->complete, "code that ran", "none");
}

/* ---- storing cells */

typedef struct {
  cloche_thread *thread;
  const expectation *e;
  const cloche_cell_options *options;
} maker;

/* Makes the cell anew from what is stored of it; one that cannot be stored now stays as it is. */
static bool store(cloche_cell **cell, const maker *m, complaint *c) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *taken, *read = NULL;
  cloche_cell *fresh = NULL;
  uint8_t *bytes = NULL;
  size_t len = 0;
  cloche_status status = cloche_cell_snapshot(&taken, *cell, &err);
  if (status == CLOCHE_NOT_SUSPENDABLE || status == CLOCHE_SNAPSHOT_LIMIT) return true;
  if (status == CLOCHE_OK) {
    status = cloche_snapshot_write(taken, NULL, &bytes, &len, &err);
    cloche_snapshot_free(taken);
  }
  if (status == CLOCHE_OK) status = cloche_snapshot_read(&read, bytes, len, NULL, &err);
  free(bytes);
  if (status == CLOCHE_OK) {
    cloche_cell_close(*cell);
    *cell = NULL;
    status = cloche_cell_open(&fresh, m->thread, engine, m->options, &err);
  }
  if (status == CLOCHE_OK) {
    *cell = fresh;
    declare_tools(fresh, m->e->tools);
    status = cloche_cell_restore(fresh, read, &err);
  }
  cloche_snapshot_free(read);
  if (status != CLOCHE_OK) complain(c, "snapshot", err.message, "a cell as it was");
  return status == CLOCHE_OK;
}

static void answer_calls(cloche_cell *cell) {
  for (cloche_call call; cloche_cell_next_call(cell, &call);)
    for (size_t i = 0; i < TOOLS; i++)
      if (strcmp(all_tools[i].name, call.tool) == 0)
        all_tools[i].fn(NULL, cell, call.id, call.argument, call.argument_len);
}

/* As cloche_cell_eval, but the run waits in bytes. One that waits often is left in peace after some times. */
static bool eval_stored(cloche_cell **cell, const maker *m, const char *text, size_t len, const cloche_run_options *run,
                        cloche_result *result, complaint *c) {
  enum { TIMES = 12 };
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state = CLOCHE_RUNNING;
  cloche_status status = cloche_cell_start(*cell, text, len, run, &err);
  for (int times = 0; status == CLOCHE_OK && state != CLOCHE_DONE;) {
    status = cloche_cell_step(*cell, 0, &state, &err);
    if (status != CLOCHE_OK || state == CLOCHE_DONE) break;
    bool waits = state == CLOCHE_WAITING;
    if (waits && times++ < TIMES && !store(cell, m, c)) return false;
    answer_calls(*cell);
    if (waits && times++ < TIMES && !store(cell, m, c)) return false; /* with answers on their way */
    uint64_t at = cloche_cell_deadline(*cell), now = now_ns();
    if (at <= now) continue;
    uint64_t nap = at - now < 20000000 ? at - now : 20000000;
    struct timespec pause = {0, (long)nap};
    nanosleep(&pause, NULL);
  }
  if (status == CLOCHE_OK) status = cloche_cell_result(*cell, result, &err);
  if (status != CLOCHE_OK) complain(c, "eval", err.message, "a result");
  return status == CLOCHE_OK;
}

/* The parity of a program's name says whether it runs in a session. */
static bool is_odd(const char *name) {
  unsigned sum = 0;
  for (; *name; name++) sum += (unsigned char)*name;
  return sum & 1;
}

static void check_next_cell(cloche_thread *thread, const char *language, complaint *c) {
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err) != CLOCHE_OK) {
    complain(c, "next cell", err.message, "a cell");
    return;
  }
  evaluates(cell, "1+2", spoken->language, "3", c);
  if (strcmp(language, spoken->language) != 0) { /* one that no cache knows: the next compiler must be well, too */
    char source[64];
    snprintf(source, sizeof source, "1+2; %zu; 3", atomic_fetch_add(&fresh_sources, 1));
    evaluates(cell, source, language, "3", c);
  }
  cloche_cell_stats stats;
  cloche_cell_measure(cell, &stats, NULL);
  if (stats.private_bytes > spoken->clean_bytes) complain(c, "next cell", "megabytes of its own", "a clean one");
  cloche_cell_close(cell);
}

static void run_program(cloche_thread *thread, const char *name) {
  size_t len;
  char *text = read_program(name, &len);
  expectation e;
  read_header(&e, text);
  if (polled && strcmp(e.polls, "no") == 0) {
    atomic_fetch_add(&skipped, 1);
    drop_header(&e);
    free(text);
    return;
  }
  cloche_limits limits;
  set_limits(&limits, &e);
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.no_poll = strcmp(mode, "hard") == 0;
  bool stored = strcmp(mode, "snapshot") == 0;
  options.session = strcmp(mode, "session") == 0 || e.complete[0] || (stored && is_odd(name));
  maker m = {thread, &e, &options};
  complaint c = {""};
  cloche_cell *cell;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result;
  if (cloche_cell_open(&cell, thread, engine, &options, &err) != CLOCHE_OK) {
    complain(&c, "open", err.message, "a cell");
  } else {
    declare_tools(cell, e.tools);
    bool as_before = !options.session || evaluates(cell, spoken->before, spoken->language, "1", &c);
    give_inputs(cell, &e, &c);
    cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
    run.language = language_of(name);
    char called[16]; /* also where runs of a session would be numbered */
    snprintf(called, sizeof called, "main.%s", run.language ? run.language : "js");
    run.name = called;
    uint64_t started = now_ns();
    bool ended = false;
    if (stored) {
      ended = (!options.session || store(&cell, &m, &c)) && eval_stored(&cell, &m, text, len, &run, &result, &c);
    } else {
      ended = cloche_cell_eval(cell, text, len, &run, &result, &err) == CLOCHE_OK;
      if (!ended) complain(&c, "eval", err.message, "a result");
    }
    if (ended) {
      if (now_ns() - started > limits.wall_ns + GRACE_NS * (uint64_t)scale)
        complain(&c, "time", "seconds more than its limit", "at most that");
      compare(&e, &result, &c);
      check_report(cell, &result, &c);
      if (as_before && options.session && result.rolled_back)
        evaluates(cell, spoken->as_before, spoken->language, "3", &c);
      if (e.complete[0]) check_completion(cell, &e, spoken->language, &c);
    }
    cloche_cell_stats stats = {0};
    if (cell) cloche_cell_measure(cell, &stats, NULL);
    uint64_t worst = atomic_load(&worst_stack);
    while (stats.native_stack_bytes > worst &&
           !atomic_compare_exchange_weak(&worst_stack, &worst, stats.native_stack_bytes)) {}
    cloche_cell_close(cell);
  }
  check_next_cell(thread, language_of(name), &c);
  if (c.text[0]) {
    atomic_fetch_add(&failed, 1);
    printf("FAIL %s [%s] (%s)\n%s", name, mode, e.why, c.text);
    fflush(stdout);
  } else {
    atomic_fetch_add(&passed, 1);
  }
  drop_header(&e);
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
    if (entry->d_name[0] == '.' || !language_of(entry->d_name)) continue;
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
    fprintf(
        stderr,
        "usage: run_hostile DIR [--mode=poll|hard|pagemap|session|snapshot] [--threads=N] [--only=TEXT] [--every=N]\n");
    return 2;
  }
  list_programs(only, every);
  if (!realpath(folder, folder_path) || !getcwd(working_path, sizeof working_path) || strlen(working_path) < 2) {
    fprintf(stderr, "start it in a folder with a name\n");
    return 2;
  }
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.use_pagemap = strcmp(mode, "pagemap") == 0;
  if (program_count > 0 && strcmp(language_of(programs[0]), "py") == 0) spoken = &dialects[1];
  options.name = spoken->engine;
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
