/* The JavaScript engine under the dome: QuickJS-ng's C API, called through the translated module. Here is how a run starts,
 * goes on and ends; what the guest asks of the host is in js_host.c.
 *
 * Everything here runs on the cell's fiber unless it says otherwise, and may be left at any moment by force: so between
 * cl_host_begin and cl_host_end only, where the tick handler keeps away, host memory is allocated.
 *
 * Values of the guest (js_value) mean something to the guest alone. What the host learns of them, it learns as numbers
 * and as texts that it checks. Not here: which limits there are (limits.h), how a run is reported (report.c). */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "error.h"
#include "js_guest.h"
#include "json.h"
#include "limits.h"
#include "status.h"
#include "wasm_memory.h"

#define SMALL_MEMORY (16 * CL_MIB) /* below it the first collection comes earlier than the image says */
enum { TEXT_MAX_BYTES = 64 << 10 };

/* ---- how a run ends */

static void end_run(cloche_cell *cell, cloche_status status) {
  cl_host_begin(&cell->guard);
  cl_cell_end(cell, status);
  cl_host_end(&cell->guard);
}

static void host_error(cloche_cell *cell, const char *name, const char *message) {
  cl_host_begin(&cell->guard);
  cl_cell_set_error(cell, name, message);
  cl_host_end(&cell->guard);
}

/* The guest's stack grows downwards from its top; who wrote into the lowest quarter has exhausted it
 * (one large frame may write a little below the limit and nothing above it before it fails). */
static bool stack_was_exhausted(const cloche_cell *cell) {
  const cl_image_globals *globals = &cell->engine->header.globals;
  uint32_t limit = globals->stack_limit + (uint32_t)(CL_GUEST_STACK_MAX - cell->limits.stack_bytes);
  size_t below = 64 << 10, window = below + (size_t)cell->limits.stack_bytes / 4;
  const uint8_t *low = cl_guest_bytes(cell, (cl_guest_ptr){limit - (uint32_t)below}, window);
  for (size_t i = 0; low && i < window; i++)
    if (low[i]) return true;
  return false;
}

/* A limit counts as the reason only if the host itself has seen it in this run. */
static cloche_status status_of_error(const cloche_cell *cell) {
  const cl_guest_error *e = &cell->error;
  const char *message = e->message ? e->message : "", *name = e->name ? e->name : "";
  if (e->code)
    for (int s = CLOCHE_SOURCE_LIMIT; s <= CLOCHE_SNAPSHOT_LIMIT; s++) /* cut output never ends a run */
      if (s != CLOCHE_CONSOLE_LIMIT && cell->limit_hits[s] &&
          strcmp(cloche_status_describe((cloche_status)s).name, e->code) == 0)
        return (cloche_status)s;
  bool engine_error = strcmp(name, "InternalError") == 0 || strcmp(message, "out of memory") == 0;
  if (cell->grow_denied && engine_error) return CLOCHE_MEMORY_LIMIT;
  if (strcmp(name, "RangeError") == 0 && strcmp(message, "Maximum call stack size exceeded") == 0 &&
      stack_was_exhausted(cell))
    return CLOCHE_STACK_LIMIT;
  return CLOCHE_UNCAUGHT_ERROR;
}

/* "at f (main.js:3:5)" becomes "at f (main.js)" in the first line: the engine notes positions at calls, and where in the
 * innermost function it was stopped it does not know. */
static void forget_innermost_position(char *stack) {
  char *end = strchr(stack, '\n');
  char *close = end ? end - 1 : stack + strlen(stack) - 1;
  if (close < stack || *close != ')') return;
  char *at = close;
  for (int colons = 0; colons < 2 && at > stack; colons++) {
    for (at--; at > stack && *at >= '0' && *at <= '9'; at--) continue;
    if (*at != ':') return;
  }
  memmove(at, close, strlen(close) + 1);
}

/* Frames of the bootstrap and of native functions are no business of the reader's. */
static char *guest_frames(const char *stack, size_t len) {
  cl_buf out = {.max = TEXT_MAX_BYTES};
  for (const char *line = stack, *end = stack + len; line < end;) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop) stop = end;
    size_t n = (size_t)(stop - line);
    if (n > 0 && !memmem(line, n, "(native", 7)) {
      if (out.len > 0) cl_buf_text(&out, "\n");
      cl_utf8_text(&out, line, n);
    }
    line = stop + 1;
  }
  char *copy = out.failed ? NULL : cl_copy_text(out.data ? out.data : "", out.len);
  cl_buf_free(&out);
  return copy;
}

/* Where the engine was when it was asked to stop: the stack of its uncatchable error. No guest code runs for it. */
static void keep_stop_position(cloche_cell *cell, js_value error) {
  js_engine *q = js_engine_of(cell);
  if (!JS(JS_IsError)(q, error)) return;
  js_text text = js_get_text(cell, js_property(cell, error, "stack"));
  if (!text.data) return;
  cl_host_begin(&cell->guard);
  free(cell->error.stack);
  cell->error.stack = guest_frames(text.data, CL_MIN(text.len, (size_t)TEXT_MAX_BYTES));
  bool innermost = !memmem(text.data, CL_MIN(strcspn(text.data, "\n"), text.len), "(native", 7);
  if (cell->error.stack && innermost) forget_innermost_position(cell->error.stack);
  cl_host_end(&cell->guard);
}

/* Lets go of the promises that were rejected while nobody waited for them. */
static void drop_rejections(cloche_cell *cell) {
  for (size_t i = 0; i < cell->rejection_count; i++) {
    js_drop(cell, cell->rejections[2 * i]);
    js_drop(cell, cell->rejections[2 * i + 1]);
  }
  cell->rejection_count = 0;
}

/* Ends the run with the exception `error`, which is consumed. */
static void end_with_error(cloche_cell *cell, js_value error, cloche_status syntax) {
  if (js_must_stop(cell)) {
    keep_stop_position(cell, error);
    end_run(cell, (cloche_status)cell->guard.stop);
    return;
  }
  if (error == JS_NULL && cell->grow_denied) { /* no memory was left even for the error object */
    host_error(cell, "InternalError", "out of memory");
    end_run(cell, CLOCHE_MEMORY_LIMIT);
    return;
  }
  js_value done = js_call_entry(cell, JS_GIVE_ERROR, &error, 1);
  if (js_must_stop(cell)) {
    end_run(cell, (cloche_status)cell->guard.stop);
    return;
  }
  if (js_is_exception(done)) {
    js_drop(cell, JS(JS_GetException)(js_engine_of(cell), js_context_of(cell)));
    if (!cell->error.name) {
      bool no_memory = cell->grow_denied;
      host_error(cell, "Error", no_memory ? "out of memory" : "the error itself could not be read");
      end_run(cell, no_memory ? CLOCHE_MEMORY_LIMIT : CLOCHE_UNCAUGHT_ERROR);
      return;
    }
  }
  js_drop(cell, error);
  drop_rejections(cell);
  end_run(cell, syntax != CLOCHE_OK ? syntax : status_of_error(cell));
}

static void end_with_exception(cloche_cell *cell) {
  end_with_error(cell, JS(JS_GetException)(js_engine_of(cell), js_context_of(cell)), CLOCHE_OK);
}

/* Writes the value of a number, boolean or null without asking the guest's bootstrap; false: it is something else. */
static bool give_simple_value(cloche_cell *cell, js_value value) {
  char text[40];
  size_t len = 0;
  if (js_tag(value) == JS_TAG_INT) len = (size_t)snprintf(text, sizeof text, "%d", (int)(int32_t)value);
  else if (js_tag(value) == JS_TAG_BOOL)
    len = (size_t)snprintf(text, sizeof text, "%s", (int32_t)value ? "true" : "false");
  else if (value == JS_NULL) len = (size_t)snprintf(text, sizeof text, "null");
  else if (value != JS_UNDEFINED) return false;
  if (len > cell->limits.value_bytes) return false;
  cl_host_begin(&cell->guard);
  cl_buf_add(&cell->value, text, len);
  cl_buf_add(&cell->repr, len ? text : "undefined", len ? len : 9);
  cell->has_value = len > 0;
  cl_host_end(&cell->guard);
  return true;
}

/* Ends the run with the reason of the first rejection that nobody has handled; false: there is none. */
static bool end_with_rejection(cloche_cell *cell) {
  if (cell->rejection_count == 0 && cell->rejections_missed == 0) return false;
  cell->unhandled = true;
  if (cell->rejection_count == 0) {
    host_error(cell, "Error", "a promise was rejected, and nobody has handled it");
    end_run(cell, CLOCHE_UNCAUGHT_ERROR);
    return true;
  }
  js_value reason = JS(JS_DupValue)(js_engine_of(cell), js_context_of(cell), cell->rejections[1]);
  end_with_error(cell, reason, CLOCHE_OK);
  return true;
}

static void end_with_value(cloche_cell *cell, js_value value) {
  if (end_with_rejection(cell)) return;
  if (!give_simple_value(cell, value)) {
    js_value args[2] = {value, js_int((int32_t)CL_MIN(cell->limits.value_bytes, (uint64_t)INT32_MAX))};
    js_value done = js_call_entry(cell, JS_GIVE_VALUE, args, 2);
    if (js_must_stop(cell) || js_is_exception(done)) {
      end_with_exception(cell);
      return;
    }
  }
  if (cell->interactive) js_keep_value(cell, value);
  js_drop(cell, value);
  end_run(cell, CLOCHE_OK);
}

/* ---- jobs, timers, answers */

/* Runs what the guest has queued; false when the run has ended on the way. */
static bool run_jobs(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  uint32_t out = js_push(cell, 8);
  bool fine = true;
  while (fine && JS(JS_IsJobPending)(q, js_runtime_of(cell))) {
    int32_t ran = (int32_t)JS(JS_ExecutePendingJob)(q, js_runtime_of(cell), out);
    fine = ran >= 0 && !js_must_stop(cell);
  }
  js_pop(cell, 8);
  if (!fine) end_with_exception(cell);
  return fine;
}

/* Settles the promise of an answered call. Memory of the promise's record, 8 bytes each: id, resolve,
 * reject, an error that knows where the call was made. */
static bool deliver(cloche_cell *cell, const cl_call *listed) {
  const cl_call taken = *listed, *answer = &taken; /* guest code runs here, and the list moves with its calls */
  bool rejected = answer->rejected;
  uint32_t record = answer->promise.at;
  js_value made_at_call = js_read_u64(cell, record + 24);
  js_value value = js_answer_value(cell, answer, made_at_call);
  if (js_is_exception(value)) {
    value = JS(JS_GetException)(js_engine_of(cell), js_context_of(cell));
    rejected = true;
  }
  cl_host_begin(&cell->guard);
  cl_calls_settled(cell, cl_calls_find(cell, taken.id));
  cl_host_end(&cell->guard);
  if (js_must_stop(cell)) return false;
  js_value resolve = js_read_u64(cell, record + 8), reject = js_read_u64(cell, record + 16);
  js_value done = js_call(cell, rejected ? reject : resolve, &value, 1);
  js_drop(cell, done);
  js_drop(cell, value);
  js_drop(cell, resolve);
  js_drop(cell, reject);
  js_drop(cell, made_at_call);
  JS(free)(js_engine_of(cell), record);
  return !js_must_stop(cell);
}

static bool deliver_answers(cloche_cell *cell) {
  for (const cl_call *answer; (answer = cl_calls_next_answer(cell)) != NULL;) {
    if (!deliver(cell, answer)) {
      end_with_exception(cell);
      return false;
    }
  }
  return true;
}

static bool timer_is_due(cloche_cell *cell) {
  if (cell->timer_due_ns == CL_NEVER) return false;
  if (cell->timer_due_ns <= cl_cell_time_ns(cell, true)) return true;
  if (!cell->virtual_clock || cell->pending > 0) return false;
  cell->virtual_ns = cell->timer_due_ns; /* nothing else can happen first: sleeping takes no time */
  return true;
}

static bool fire_timer(cloche_cell *cell) {
  js_value now = js_float((double)cl_cell_time_ns(cell, true) / 1e6);
  js_value fired = js_call_entry(cell, JS_FIRE_TIMER, &now, 1);
  if (js_is_exception(fired) || js_must_stop(cell)) {
    end_with_exception(cell);
    return false;
  }
  return true;
}

/* ---- the main promise */

/* Looks at the main promise; false when the run has ended. A promise in a promise is waited for in turn. */
static bool look_at_main(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  while (cell->has_main && !cell->value_ready) {
    uint32_t state = JS(JS_PromiseState)(q, js_context_of(cell), cell->main);
    if (state == JS_PROMISE_PENDING) return true;
    js_value promise = cell->main;
    js_value result = JS(JS_PromiseResult)(q, js_context_of(cell), promise);
    if (state == JS_PROMISE_REJECTED) {
      cell->has_main = false;
      end_with_error(cell, result, CLOCHE_OK);
      return false;
    }
    js_drop(cell, promise);
    if (cell->main_is_wrapped) { /* the async-eval flag gives {value} */
      cell->main_is_wrapped = false;
      js_value inner = js_property(cell, result, "value");
      js_drop(cell, result);
      result = inner;
    }
    cell->main = result;
    cell->has_main = js_is_object(result) && JS(JS_IsPromise)(q, result);
    cell->value_ready = !cell->has_main;
  }
  return true;
}

/* Goes on until the run ends or has to wait. */
static void pump(cloche_cell *cell) {
  for (;;) {
    if (!deliver_answers(cell) || !run_jobs(cell) || !look_at_main(cell)) return;
    if (cell->value_ready && !(cell->drain_timers && cell->timers_live > 0)) {
      js_value value = cell->main;
      end_with_value(cell, value);
      return;
    }
    if (timer_is_due(cell)) {
      if (!fire_timer(cell)) return;
      continue;
    }
    if (cell->answered > 0) continue;
    if (!cell->value_ready && cell->pending == 0 && cell->timer_due_ns == CL_NEVER && !end_with_rejection(cell)) {
      host_error(cell, "Deadlock",
                 "the run waits for a promise that nothing can settle: no tool call and no timer is pending");
      end_run(cell, CLOCHE_DEADLOCK);
    }
    return;
  }
}

/* ---- starting */

static bool mentions(const char *text, size_t len, const char *word) {
  return memmem(text, len, word, strlen(word)) != NULL;
}

static js_value compile(cloche_cell *cell, const char *text, size_t len, uint32_t name, uint32_t flags, int32_t line) {
  js_engine *q = js_engine_of(cell);
  uint32_t at = js_put_text(cell, text, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(q, js_context_of(cell));
  uint32_t options = js_push(cell, 16); /* JSEvalOptions: version, flags, file name, first line */
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){options}, 16);
  uint32_t fields[4] = {1, flags | JS_EVAL_COMPILE_ONLY, name, (uint32_t)line};
  if (to) memcpy(to, fields, sizeof fields);
  js_value code = JS(JS_Eval2)(q, js_context_of(cell), at, (uint32_t)len, options);
  js_pop(cell, 16);
  JS(free)(q, at);
  return code;
}

static void tell_tools(cloche_cell *cell) {
  for (; cell->tools_told < cell->tool_count; cell->tools_told++) {
    const cl_tool *tool = &cell->tools[cell->tools_told];
    js_value args[3] = {js_int((int32_t)cell->tools_told), js_new_text(cell, tool->name, strlen(tool->name)),
                        js_bool(tool->sync)};
    js_value done = js_call_entry(cell, JS_ADD_TOOL, args, 3);
    js_drop(cell, args[1]);
    if (js_is_exception(done)) return; /* the memory limit; the run will find out */
  }
}

static bool tell_context(cloche_cell *cell) {
  if (cell->context_told) return true;
  js_value context = js_json_value(cell, cell->context, cell->context_len, true);
  js_value done = js_is_exception(context) ? context : js_call_entry(cell, JS_SET_CONTEXT, &context, 1);
  if (!js_is_exception(context)) js_drop(cell, context);
  if (js_is_exception(done) || js_must_stop(cell)) { /* no run starts without what it was given */
    end_with_exception(cell);
    return false;
  }
  cell->context_told = true;
  return true;
}

/* A script that the engine refuses may be one with a top-level return, import or export. */
static bool may_be_rewritten(const cloche_cell *cell, const char *text, size_t len) {
  return !cell->source.rewritten && !cell->grow_denied &&
         (mentions(text, len, "return") || mentions(text, len, "import") || mentions(text, len, "export"));
}

static void refuse_source(cloche_cell *cell, const char *text, size_t len) {
  js_engine *q = js_engine_of(cell);
  js_value error = JS(JS_GetException)(q, js_context_of(cell));
  bool syntax = !cell->grow_denied && JS(JS_IsError)(q, error);
  if (!syntax || js_must_stop(cell) || !may_be_rewritten(cell, text, len)) {
    end_with_error(cell, error, syntax ? CLOCHE_SYNTAX_ERROR : CLOCHE_OK);
    return;
  }
  js_value done = js_call_entry(cell, JS_GIVE_ERROR, &error, 1); /* kept for the case that the compiler gives up, too */
  if (js_is_exception(done)) js_drop(cell, JS(JS_GetException)(q, js_context_of(cell)));
  js_drop(cell, error);
  cell->wants_rewrite = true;
}

/* Compiles and evaluates the source; the result is left in cell->main. False: the run has ended, or the source must be
 * rewritten first. */
static bool evaluate(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  const cl_source *source = &cell->source;
  const char *text = source->code ? source->code : source->text;
  size_t len = source->code ? source->code_len : source->len;
  uint32_t name = js_put_text(cell, source->name, strlen(source->name));
  bool async = !source->rewritten && mentions(text, len, "await");
  js_value code = compile(cell, text, len, name, async ? JS_EVAL_ASYNC : 0, 1);
  JS(free)(q, name);
  if (js_is_exception(code)) {
    refuse_source(cell, text, len);
    return false;
  }
  if (cell->interactive) js_free_names(cell, code);
  js_value result = JS(JS_EvalFunction)(q, js_context_of(cell), code);
  if (js_is_exception(result) || js_must_stop(cell)) {
    end_with_exception(cell);
    return false;
  }
  cell->main = result;
  cell->main_is_wrapped = async;
  cell->has_main = js_is_object(result) && JS(JS_IsPromise)(q, result);
  cell->value_ready = !cell->has_main;
  return true;
}

/* A compiler cell's run: the bootstrap's compiler is called with the source. */
static void run_compiler(cloche_cell *cell) {
  const cl_source *source = &cell->source;
  js_value args[6] = {js_new_text(cell, source->text, source->len),
                      js_int((int32_t)cell->job->source->syntax),
                      js_bool(cell->job->rewrite),
                      js_bool(cell->keeps_bindings),
                      js_optional_text(cell, cell->jsx_factory),
                      js_optional_text(cell, cell->jsx_fragment)};
  js_value done = js_is_exception(args[0]) ? args[0] : js_call_entry(cell, JS_COMPILE, args, 6);
  if (js_is_exception(done) || js_must_stop(cell)) end_with_exception(cell);
  else end_run(cell, CLOCHE_OK);
}

/* The bootstrap looks for the names itself, and gives the value. */
static void complete(cloche_cell *cell) {
  js_value args[2] = {js_new_text(cell, cell->source.text, cell->source.len), JS_UNDEFINED};
  js_value done = args[0];
  if (!js_is_exception(done)) done = args[1] = js_variables(cell);
  if (!js_is_exception(done)) done = js_call_entry(cell, JS_COMPLETE, args, 2);
  if (js_is_exception(done) || js_must_stop(cell)) end_with_exception(cell);
  else end_run(cell, CLOCHE_OK);
}

static void js_start(cloche_cell *cell) {
  cl_host_end(&cell->guard); /* guest mode: from here on the tick handler may leave the fiber */
  JS(qjs_set_max_stack_size)(js_engine_of(cell), (uint32_t)cell->limits.stack_bytes);
  if (cell->limits.memory_bytes < SMALL_MEMORY)
    JS(JS_SetGCThreshold)(js_engine_of(cell), js_runtime_of(cell), (uint32_t)cell->limits.memory_bytes / 4);
  if (cell->job) {
    run_compiler(cell);
  } else {
    tell_tools(cell);
    bool fine = tell_context(cell);
    if (fine && cell->complete) complete(cell);
    else if (fine && evaluate(cell)) pump(cell);
  }
  cl_host_begin(&cell->guard);
}

static void js_go_on(cloche_cell *cell) {
  cl_host_end(&cell->guard);
  if (cell->own_limits) JS(qjs_set_max_stack_size)(js_engine_of(cell), (uint32_t)cell->limits.stack_bytes);
  pump(cell);
  cl_host_begin(&cell->guard);
}

/* ---- the language */

static void js_resized(cloche_cell *cell) { cl_memory_follows(&js_engine_of(cell)->w2c_memory, cell); }

static void js_attach(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  memset(q, 0, sizeof *q);
  q->Z_env_instance = (struct JS_ENV_T *)(void *)cell;
  q->Z_wasi_snapshot_preview1_instance = (struct JS_WASI_T *)(void *)cell;
  js_resized(cell);
  q->w2c___stack_pointer = cell->engine->header.globals.stack_pointer;
}

static void js_copied(cloche_cell *to, const cloche_cell *from) {
  js_engine *q = js_engine_of(to);
  js_resized(to);
  q->w2c___stack_pointer = js_engine_of(from)->w2c___stack_pointer;
}

static uint32_t js_get_globals(const void *instance, uint64_t out[CL_GLOBALS_MAX]) {
  out[0] = ((const js_engine *)instance)->w2c___stack_pointer;
  return 1;
}

/* Any address will do: what lies outside of memory traps. */
static bool js_set_globals(void *instance, const uint64_t *in, uint32_t count) {
  if (count != 1 || in[0] > UINT32_MAX) return false;
  ((js_engine *)instance)->w2c___stack_pointer = (uint32_t)in[0];
  return true;
}

/* Two streams that tell nothing of each other: the engine's Math.random, whose state a guest can compute from what it
 * sees, and the one behind crypto. A seed gives both by a hash; else each has bytes of its own from the kernel. */
static void js_reseed(cloche_cell *cell, uint64_t seed) {
  uint8_t bytes[40];
  cl_random_bytes(&cell->thread->random, cell->seeded ? &seed : NULL, bytes, sizeof bytes);
  uint64_t word;
  memcpy(&word, bytes, 8);
  uint32_t at = cell->engine->header.globals.random_state;
  if (cl_slot_open_pages(&cell->slot, at, 8)) js_write_u64(cell, at, word ? word : 1);
  else cell->failed = true; /* no two cells may go on with the same state */
  memcpy(cell->random_key, bytes + 8, sizeof cell->random_key);
  sodium_memzero(bytes, sizeof bytes);
}

const cl_language cl_language_js = {
    .name = "js",
    .version = "QuickJS-ng (quickjs-wasi 3.6.2)",
    .memory_access = CL_ENGINE_BASE,
    .instance_bytes = sizeof(js_engine),
    .syntaxes = 1u << CL_SYNTAX_JS | 1u << CL_SYNTAX_JSX | 1u << CL_SYNTAX_TS | 1u << CL_SYNTAX_TSX,
    .usual = CL_SYNTAX_JS,
    .hot_pages = 64,
    .attach = js_attach,
    .resized = js_resized,
    .copied = js_copied,
    .get_globals = js_get_globals,
    .set_globals = js_set_globals,
    .start = js_start,
    .go_on = js_go_on,
    .reseed = js_reseed,
    .stack_error = "RangeError",
    .stack_message = "Maximum call stack size exceeded",
};
