/* The compiler cell: a second cell, made from an image that holds the compilers, for sources that the engine cannot take
 * as they are. A parser of untrusted text is untrusted code: it runs under its own dome, with what is left of the run's time,
 * and what it gives back is believed in nothing but being text.
 *
 * What was compiled is remembered by a hash of everything that went in, per thread; each source is compiled in a fresh
 * cell, so that one which takes its compiler over can spoil its own result alone. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "clock.h"
#include "error.h"
#include "limits.h"

#define CACHE_BYTES (8 * CL_MIB)
#define COMPILER_MEMORY (64 * CL_MIB) /* at least; a run that is given more gives its compiler as much */
enum { CACHE_ENTRIES = 256 };

/* ---- the cache: a list, the last used first */

typedef struct cl_compile_cache {
  uint8_t key[32];
  char *code, *map;
  size_t code_len, map_len;
  struct cl_compile_cache *next;
} entry;

static void entry_free(entry *e) {
  if (e->code) memset(e->code, 0, e->code_len);
  if (e->map) memset(e->map, 0, e->map_len);
  free(e->code);
  free(e->map);
  free(e);
}

void cl_compile_cache_free(cloche_thread *thread) {
  while (thread->compiled) {
    entry *e = thread->compiled;
    thread->compiled = e->next;
    entry_free(e);
  }
}

static entry *cache_find(cloche_thread *thread, const uint8_t key[32]) {
  for (entry **at = &thread->compiled; *at; at = &(*at)->next) {
    entry *e = *at;
    if (memcmp(e->key, key, sizeof e->key) != 0) continue;
    *at = e->next;
    e->next = thread->compiled;
    thread->compiled = e;
    return e;
  }
  return NULL;
}

static void cache_trim(cloche_thread *thread) {
  size_t bytes = 0, count = 0;
  for (entry **at = &thread->compiled; *at;) {
    entry *e = *at;
    size_t own = e->code_len + e->map_len;
    if (count < CACHE_ENTRIES && bytes + own <= CACHE_BYTES) {
      bytes += own;
      count++;
      at = &e->next;
      continue;
    }
    *at = e->next;
    entry_free(e);
  }
}

/* Takes code and map over. Without memory nothing is remembered. */
static void cache_add(cloche_thread *thread, const uint8_t key[32], const char *code, size_t code_len, const char *map,
                      size_t map_len) {
  entry *e = code_len + map_len <= CACHE_BYTES ? calloc(1, sizeof *e) : NULL;
  if (!e) return;
  memcpy(e->key, key, sizeof e->key);
  e->code = cl_copy_text(code, code_len);
  e->map = cl_copy_text(map, map_len);
  e->code_len = code_len;
  e->map_len = map_len;
  if (!e->code || !e->map) {
    entry_free(e);
    return;
  }
  e->next = thread->compiled;
  thread->compiled = e;
  cache_trim(thread);
}

/* ---- jobs */

static cl_source *due_source(cloche_cell *cell) {
  if (cell->wants_rewrite || (cl_syntax_is_compiled(cell->source.syntax) && !cell->source.code)) return &cell->source;
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (cl_syntax_is_compiled(cell->modules[i].syntax) && !cell->modules[i].code && !cell->modules[i].refused)
      return &cell->modules[i];
  return NULL;
}

void cl_compile_forget_jsx(cloche_cell *cell) {
  for (uint32_t i = 0; i < cell->module_count; i++) {
    cl_source *module = &cell->modules[i];
    if (module->syntax == CL_SYNTAX_JSX || module->syntax == CL_SYNTAX_TSX) cl_source_forget(module);
  }
}

bool cl_compile_is_due(cloche_cell *cell) { return cell->compiler || due_source(cell) != NULL; }

static const char *input_of(const cl_source *source, size_t *len) {
  *len = source->code ? source->code_len : source->len;
  return source->code ? source->code : source->text;
}

static void hash_text(crypto_generichash_state *state, const char *text, size_t len) {
  uint64_t size = text ? len : UINT64_MAX;
  crypto_generichash_update(state, (const uint8_t *)&size, sizeof size);
  if (text) crypto_generichash_update(state, (const uint8_t *)text, len);
}

static void make_key(const cloche_cell *cell, cl_compile_job *job) {
  crypto_generichash_state state;
  size_t len;
  const char *text = input_of(job->source, &len);
  uint8_t flags[3] = {(uint8_t)job->source->syntax, job->rewrite, cell->session};
  crypto_generichash_init(&state, NULL, 0, sizeof job->key);
  crypto_generichash_update(&state, flags, sizeof flags);
  hash_text(&state, cell->jsx_factory, cell->jsx_factory ? strlen(cell->jsx_factory) : 0);
  hash_text(&state, cell->jsx_fragment, cell->jsx_fragment ? strlen(cell->jsx_fragment) : 0);
  hash_text(&state, text, len);
  crypto_generichash_final(&state, job->key, sizeof job->key);
}

static cloche_status adopt(cloche_cell *cell, const cl_compile_job *job, const char *code, size_t code_len,
                           const char *map, size_t map_len, cloche_error *err) {
  cl_source *source = job->source;
  char *own_code = cl_copy_text(code, code_len), *own_map = cl_copy_text(map, map_len);
  if (!own_code || !own_map) {
    free(own_code);
    free(own_map);
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for compiled code");
  }
  free(source->code);
  source->code = own_code;
  source->code_len = code_len;
  if (source->maps[0]) { /* the last step made the code that runs: its map applies first */
    free(source->maps[1]);
    source->maps[1] = source->maps[0];
  }
  source->maps[0] = own_map;
  if (job->rewrite) {
    source->rewritten = true;
    cell->wants_rewrite = false;
    cl_cell_clear_error(cell);
  }
  return CLOCHE_OK;
}

static cloche_status open_compiler(cloche_cell *cell, const cl_compile_job *job, cloche_error *err) {
  cloche_engine *engine;
  CL_TRY(cl_engine_compiler(&engine, cell->engine, err));
  uint64_t now = cl_clock_now();
  cloche_limits limits;
  CL_TRY(cloche_limits_profile(&limits, "default", err));
  limits.wall_ns = cell->guard.wall_at > now + CL_MS ? CL_MIN(cell->guard.wall_at - now, CL_TIME_MAX) : CL_MS;
  uint64_t used = cell->guard.cpu_used, limit = cell->guard.cpu_limit;
  limits.cpu_ns = limit > used + CL_MS ? limit - used : CL_MS;
  limits.memory_bytes = CL_MAX(cell->limits.memory_bytes, COMPILER_MEMORY);
  limits.source_bytes = 64 * CL_MIB;
  limits.value_bytes = CL_BYTES_MAX;
  limits.console_bytes = limits.console_lines = limits.display_bytes = limits.timers = 0;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.limits = &limits;
  options.seeded = true; /* nothing in it is random, and nothing may be */
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  CL_TRY(cloche_cell_open(&cell->compiler, cell->thread, engine, &options, err));
  cloche_cell *compiler = cell->compiler;
  compiler->guard.outer = &cell->guard;
  compiler->job = malloc(sizeof *compiler->job);
  if (!compiler->job) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a compiler");
  *compiler->job = *job;
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.jsx_factory = cell->jsx_factory;
  run.jsx_fragment = cell->jsx_fragment;
  compiler->keeps_bindings = cell->session;
  size_t len;
  const char *text = input_of(job->source, &len);
  return cloche_cell_start(compiler, text, len, &run, err);
}

void cl_compile_drop(cloche_cell *cell) {
  cloche_cell *compiler = cell->compiler;
  if (!compiler) return;
  bool ended = compiler->state == CLOCHE_DONE, begun = ended || compiler->state == CLOCHE_RUNNING;
  cell->guard.cpu_used += ended ? compiler->cpu_ns : begun ? compiler->guard.cpu_used : 0;
  cell->compile_ns += ended ? compiler->wall_ns : begun ? cl_clock_now() - compiler->started_ns : 0;
  compiler->guard.outer = NULL;
  cloche_cell_close(compiler);
  cell->compiler = NULL;
}

/* ---- how a compilation ends */

/* Where a syntax error of the compiler lies in its input; false: it does not say. */
static bool read_place(const cl_guest_error *e, unsigned *line, unsigned *column) {
  return e->data && sscanf(e->data, "{\"line\":%9u,\"column\":%9u}", line, column) == 2 && *line > 0;
}

static void fail_with_syntax(cloche_cell *cell, const cl_source *source, const cl_guest_error *e) {
  unsigned line, column;
  cl_cell_set_error(cell, "SyntaxError", e->message ? e->message : "the source does not parse");
  if (!read_place(e, &line, &column)) return;
  char stack[320];
  cl_source_place(cell, source, line, column);
  snprintf(stack, sizeof stack, "    at %s:%u:%u", source->name, cell->line, cell->column);
  cell->error.stack = cl_copy_text(stack, strlen(stack));
}

/* Neither the engine nor the compiler takes the source. Who came further in it knows the reason: the engine stops at a
 * top-level return or import, which the compiler allows. */
static void fail_with_both(cloche_cell *cell, const cl_source *source, const cl_guest_error *e) {
  unsigned line, column;
  const char *stack = cell->error.stack, *at = stack ? strstr(stack, source->name) : NULL;
  unsigned engine_line = 0, engine_column = 0;
  if (at && sscanf(at + strlen(source->name), ":%9u:%9u", &engine_line, &engine_column) != 2) engine_line = 0;
  if (!read_place(e, &line, &column)) return;
  if (line < engine_line) return;
  if (line > engine_line || column > cl_source_characters(source, line, engine_column))
    fail_with_syntax(cell, source, e);
}

/* A module that does not parse harms who imports it, and nobody else. */
static cloche_status refuse_module(cl_source *module, const char *message, const cl_guest_error *e, cloche_error *err) {
  unsigned line, column;
  module->refused = cl_copy_text(message, strlen(message));
  if (!module->refused) CL_FAIL(err, OUT_OF_MEMORY, "no memory for an error");
  if (e && read_place(e, &line, &column)) {
    module->refused_line = line;
    module->refused_column = column;
  }
  return CLOCHE_OK;
}

/* The compiler ended before it could say anything: for want of time, which is the run's own, or for what the text is. */
static cloche_status fail_with_limit(cloche_cell *cell, cl_source *source, cloche_status status, cloche_error *err) {
  bool out_of_time = status == CLOCHE_WALL_TIME_LIMIT || status == CLOCHE_CPU_TIME_LIMIT || status == CLOCHE_CANCELLED;
  const char *name = "Error", *message = "the compiler failed on this source";
  if (status == CLOCHE_MEMORY_LIMIT) {
    name = "InternalError";
    message = "out of memory while compiling the source";
  } else if (status == CLOCHE_STACK_LIMIT) {
    name = "RangeError";
    message = "the source is nested too deeply to be compiled";
  } else if (status == CLOCHE_OUT_OF_MEMORY) {
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for compiled code");
  } else if (!out_of_time) {
    status = CLOCHE_INTERNAL;
  }
  if (!out_of_time && source != &cell->source) { return refuse_module(source, message, NULL, err); }
  if (!out_of_time) cl_cell_set_error(cell, name, message);
  if (status == CLOCHE_MEMORY_LIMIT) cl_cell_count_limit(cell, status); /* finish() counts the others */
  if (out_of_time) { /* found by the compiler's looks, counted as one of the run's */
    cell->guard.polls++;
    cell->guard.noticed = true;
  }
  cl_cell_end(cell, status);
  return CLOCHE_OK;
}

static cloche_status finish_job(cloche_cell *cell, cloche_error *err) {
  cloche_cell *compiler = cell->compiler;
  const cl_compile_job *job = compiler->job;
  cloche_status status = CLOCHE_OK;
  if (compiler->status == CLOCHE_OK && compiler->has_value) {
    const char *map = compiler->repr.data ? compiler->repr.data : "";
    status = adopt(cell, job, compiler->value.data, compiler->value.len, map, compiler->repr.len, err);
    if (status == CLOCHE_OK)
      cache_add(cell->thread, job->key, compiler->value.data, compiler->value.len, map, compiler->repr.len);
  } else if (compiler->status == CLOCHE_UNCAUGHT_ERROR) {
    if (job->source != &cell->source) {
      const cl_guest_error *e = &compiler->error;
      status = refuse_module(job->source, e->message ? e->message : "the module does not parse", e, err);
    } else {
      if (job->rewrite) fail_with_both(cell, job->source, &compiler->error);
      else fail_with_syntax(cell, job->source, &compiler->error);
      cl_cell_end(cell, CLOCHE_SYNTAX_ERROR);
    }
  } else {
    status = fail_with_limit(cell, job->source, compiler->status, err);
  }
  cl_compile_drop(cell);
  return status;
}

static cloche_status begin_job(cloche_cell *cell, cloche_error *err) {
  cl_compile_job job = {.source = due_source(cell), .rewrite = cell->wants_rewrite};
  make_key(cell, &job);
  const entry *known = cache_find(cell->thread, job.key);
  if (known) return adopt(cell, &job, known->code, known->code_len, known->map, known->map_len, err);
  cloche_status status = open_compiler(cell, &job, err);
  if (status != CLOCHE_OK) cl_compile_drop(cell);
  return status;
}

cloche_status cl_compile_step(cloche_cell *cell, uint64_t slice_ns, cloche_error *err) {
  if (!cell->compiler) return begin_job(cell, err);
  cloche_state state;
  CL_TRY(cloche_cell_step(cell->compiler, slice_ns, &state, err));
  return state == CLOCHE_DONE ? finish_job(cell, err) : CLOCHE_OK;
}
