/* The JavaScript engine under the dome: QuickJS-ng's C API, called through the translated module.
 *
 * Everything here runs on the cell's fiber unless it says otherwise, and may be left at any moment by force: so between
 * cl_host_begin and cl_host_end only, where the tick handler keeps away, host memory is allocated.
 *
 * Values of the guest (js_value) mean something to the guest alone. What the host learns of them, it learns as numbers
 * and as texts that it checks. Not here: which limits there are (limits.h), how a run is reported (report.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "clock.h"
#include "error.h"
#include "js_decode.h"
#include "js_engine.h"
#include "json.h"
#include "limits.h"
#include "status.h"

enum entry { GIVE_VALUE, GIVE_ERROR, MAKE_ERROR, FIRE_TIMER, ADD_TOOL };
enum op { OP_LOG, OP_VALUE, OP_ERROR, OP_CALL, OP_TIMER, OP_LIMITED, OP_TARGET, OP_CLASS };
enum limited { TOO_LARGE, TOO_DEEP, ARGUMENT_TOO_LARGE };
#define SMALL_MEMORY (16 * CL_MIB) /* below it the first collection comes earlier than the image says */
enum { NAME_MAX_BYTES = 256, TEXT_MAX_BYTES = 64 << 10 };

static js_engine *engine_of(const cloche_cell *cell) { return cell->instance; }
static uint32_t context_of(const cloche_cell *cell) { return cell->engine->header.globals.context; }
static uint32_t runtime_of(const cloche_cell *cell) { return cell->engine->header.globals.runtime; }

/* ---- small things to and from guest memory */

/* Room on the guest's own stack, for arguments and out parameters; give it back in reverse order. */
static uint32_t push(cloche_cell *cell, uint32_t bytes) {
  uint32_t *sp = JS(__stack_pointer)(engine_of(cell));
  *sp -= (bytes + 15) & ~15u;
  return *sp;
}

static void pop(cloche_cell *cell, uint32_t bytes) { *JS(__stack_pointer)(engine_of(cell)) += (bytes + 15) & ~15u; }

static void write_u64(cloche_cell *cell, uint32_t at, uint64_t value) {
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, 8);
  if (to) memcpy(to, &value, 8);
}

static uint64_t read_u64(const cloche_cell *cell, uint32_t at) {
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, 8);
  uint64_t value = JS_UNDEFINED;
  if (from) memcpy(&value, from, 8);
  return value;
}

static uint32_t read_u32(const cloche_cell *cell, uint32_t at) {
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, 4);
  uint32_t value = 0;
  if (from) memcpy(&value, from, 4);
  return value;
}

/* Copies text into guest memory, terminated; 0 when the guest has no memory left. Free it with the guest's free. */
static uint32_t put_text(cloche_cell *cell, const char *text, size_t len) {
  if (len >= UINT32_MAX - 1) return 0;
  uint32_t at = JS(malloc)(engine_of(cell), (uint32_t)len + 1);
  uint8_t *to = at ? cl_guest_space(cell, (cl_guest_ptr){at}, len + 1) : NULL;
  if (!to) return 0;
  if (len) memcpy(to, text, len);
  to[len] = 0;
  return at;
}

/* A view of a string value as UTF-8 in guest memory; `drop_text` releases it. NULL: it is no string, or no memory. */
typedef struct {
  const char *data;
  size_t len;
  uint32_t at;
} guest_text;

static guest_text get_text(cloche_cell *cell, js_value value) {
  guest_text text = {0};
  if (!js_is_string(value)) return text;
  uint32_t out = push(cell, 8);
  text.at = JS(JS_ToCStringLen2)(engine_of(cell), context_of(cell), out, value, 0);
  uint32_t len = read_u32(cell, out);
  pop(cell, 8);
  text.data = text.at ? (const char *)cl_guest_bytes(cell, (cl_guest_ptr){text.at}, len) : NULL;
  text.len = text.data ? len : 0;
  return text;
}

static void drop_text(cloche_cell *cell, guest_text *text) {
  if (text->at) JS(JS_FreeCString)(engine_of(cell), context_of(cell), text->at);
  *text = (guest_text){0};
}

static void drop_value(cloche_cell *cell, js_value value) {
  JS(JS_FreeValue)(engine_of(cell), context_of(cell), value);
}

static js_value call(cloche_cell *cell, js_value function, const js_value *args, uint32_t count) {
  uint32_t argv = push(cell, count * 8);
  for (uint32_t i = 0; i < count; i++) write_u64(cell, argv + i * 8, args[i]);
  js_value result = JS(JS_Call)(engine_of(cell), context_of(cell), function, JS_UNDEFINED, count, argv);
  pop(cell, count * 8);
  return result;
}

static js_value call_entry(cloche_cell *cell, enum entry entry, const js_value *args, uint32_t count) {
  return call(cell, cell->engine->header.globals.entries[entry], args, count);
}

static js_value new_text(cloche_cell *cell, const char *text, size_t len) {
  uint32_t at = put_text(cell, text, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(engine_of(cell), context_of(cell));
  js_value value = JS(JS_NewStringLen)(engine_of(cell), context_of(cell), at, (uint32_t)len);
  JS(free)(engine_of(cell), at);
  return value;
}

static js_value optional_text(cloche_cell *cell, const char *text) {
  return text ? new_text(cell, text, strlen(text)) : JS_UNDEFINED;
}

/* ---- how a run ends */

static bool must_stop(const cloche_cell *cell) { return cell->guard.stop != 0; }

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

/* Where the engine was when it was asked to stop: the stack of its uncatchable error. No guest code runs for it. */
static void keep_stop_position(cloche_cell *cell, js_value error) {
  js_engine *q = engine_of(cell);
  if (!JS(JS_IsError)(q, error)) return;
  uint32_t key = put_text(cell, "stack", 5);
  if (!key) return;
  js_value stack = JS(JS_GetPropertyStr)(q, context_of(cell), error, key);
  guest_text text = get_text(cell, stack);
  if (text.data) {
    cl_host_begin(&cell->guard);
    free(cell->error.stack);
    size_t len = CL_MIN(text.len, (size_t)TEXT_MAX_BYTES);
    while (len > 0 && text.data[len - 1] == '\n') len--;
    cell->error.stack = cl_copy_text(text.data, len);
    if (cell->error.stack) forget_innermost_position(cell->error.stack);
    cl_host_end(&cell->guard);
  }
}

/* Ends the run with the exception `error`, which is consumed. */
static void end_with_error(cloche_cell *cell, js_value error, cloche_status syntax) {
  if (must_stop(cell)) {
    keep_stop_position(cell, error);
    end_run(cell, (cloche_status)cell->guard.stop);
    return;
  }
  if (error == JS_NULL && cell->grow_denied) { /* no memory was left even for the error object */
    host_error(cell, "InternalError", "out of memory");
    end_run(cell, CLOCHE_MEMORY_LIMIT);
    return;
  }
  js_value done = call_entry(cell, GIVE_ERROR, &error, 1);
  if (must_stop(cell)) {
    end_run(cell, (cloche_status)cell->guard.stop);
    return;
  }
  if (js_is_exception(done)) {
    drop_value(cell, JS(JS_GetException)(engine_of(cell), context_of(cell)));
    if (!cell->error.name) {
      bool no_memory = cell->grow_denied;
      host_error(cell, "Error", no_memory ? "out of memory" : "the error itself could not be read");
      end_run(cell, no_memory ? CLOCHE_MEMORY_LIMIT : CLOCHE_UNCAUGHT_ERROR);
      return;
    }
  }
  drop_value(cell, error);
  end_run(cell, syntax != CLOCHE_OK ? syntax : status_of_error(cell));
}

static void end_with_exception(cloche_cell *cell) {
  end_with_error(cell, JS(JS_GetException)(engine_of(cell), context_of(cell)), CLOCHE_OK);
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

static void end_with_value(cloche_cell *cell, js_value value) {
  if (!give_simple_value(cell, value)) {
    js_value args[2] = {value, js_int((int32_t)CL_MIN(cell->limits.value_bytes, (uint64_t)INT32_MAX))};
    js_value done = call_entry(cell, GIVE_VALUE, args, 2);
    if (must_stop(cell) || js_is_exception(done)) {
      end_with_exception(cell);
      return;
    }
  }
  drop_value(cell, value);
  end_run(cell, CLOCHE_OK);
}

/* ---- jobs, timers, answers */

/* Runs what the guest has queued; false when the run has ended on the way. */
static bool run_jobs(cloche_cell *cell) {
  js_engine *q = engine_of(cell);
  uint32_t out = push(cell, 8);
  bool fine = true;
  while (fine && JS(JS_IsJobPending)(q, runtime_of(cell))) {
    int32_t ran = (int32_t)JS(JS_ExecutePendingJob)(q, runtime_of(cell), out);
    fine = ran >= 0 && !must_stop(cell);
  }
  pop(cell, 8);
  if (!fine) end_with_exception(cell);
  return fine;
}

static js_value result_value(cloche_cell *cell, const char *json, size_t len, bool frozen) {
  if (len == 0) return JS_UNDEFINED;
  uint32_t at = put_text(cell, json, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(engine_of(cell), context_of(cell));
  js_value value;
  if (frozen) value = js_decode_frozen(cell, (cl_guest_ptr){at}, len);
  else value = JS(JS_ParseJSON)(engine_of(cell), context_of(cell), at, (uint32_t)len, at);
  JS(free)(engine_of(cell), at);
  return value;
}

/* The Error that a rejected call throws. */
static js_value rejection_value(cloche_cell *cell, const cl_call *answer, js_value made_at_call) {
  js_value args[5];
  args[0] = new_text(cell, answer->name, strlen(answer->name));
  args[1] = new_text(cell, answer->message, strlen(answer->message));
  args[2] = optional_text(cell, answer->code);
  args[3] = answer->answer ? result_value(cell, answer->answer, answer->answer_len, true) : JS_UNDEFINED;
  args[4] = made_at_call;
  js_value error = call_entry(cell, MAKE_ERROR, args, 5);
  for (int i = 0; i < 4; i++) drop_value(cell, args[i]);
  return error;
}

static js_value answer_value(cloche_cell *cell, const cl_call *answer, js_value made_at_call) {
  if (answer->rejected) return rejection_value(cell, answer, made_at_call);
  return result_value(cell, answer->answer, answer->answer_len, cell->tools[answer->tool].frozen);
}

/* Settles the promise of an answered call. Memory of the promise's record, 8 bytes each: id, resolve,
 * reject, an error that knows where the call was made. */
static bool deliver(cloche_cell *cell, cl_call *answer) {
  bool rejected = answer->rejected;
  uint32_t record = answer->promise.at;
  js_value made_at_call = read_u64(cell, record + 24);
  js_value value = answer_value(cell, answer, made_at_call);
  if (js_is_exception(value)) {
    value = JS(JS_GetException)(engine_of(cell), context_of(cell));
    rejected = true;
  }
  cl_host_begin(&cell->guard);
  cl_calls_settled(cell, answer);
  cl_host_end(&cell->guard);
  if (must_stop(cell)) return false;
  js_value resolve = read_u64(cell, record + 8), reject = read_u64(cell, record + 16);
  js_value done = call(cell, rejected ? reject : resolve, &value, 1);
  drop_value(cell, done);
  drop_value(cell, value);
  drop_value(cell, resolve);
  drop_value(cell, reject);
  drop_value(cell, made_at_call);
  JS(free)(engine_of(cell), record);
  return !must_stop(cell);
}

static bool deliver_answers(cloche_cell *cell) {
  for (cl_call *answer; (answer = cl_calls_next_answer(cell)) != NULL;) {
    if (!deliver(cell, answer)) {
      end_with_exception(cell);
      return false;
    }
  }
  return true;
}

static bool timer_is_due(cloche_cell *cell) {
  if (cell->timer_due_ms == CL_NEVER) return false;
  if (cell->timer_due_ms <= cl_cell_time_ms(cell)) return true;
  if (!cell->virtual_clock || cell->pending > 0) return false;
  cell->virtual_ms = cell->timer_due_ms; /* nothing else can happen first: sleeping takes no time */
  return true;
}

static bool fire_timer(cloche_cell *cell) {
  js_value now = js_float((double)cl_cell_time_ms(cell));
  js_value fired = call_entry(cell, FIRE_TIMER, &now, 1);
  if (js_is_exception(fired) || must_stop(cell)) {
    end_with_exception(cell);
    return false;
  }
  return true;
}

/* ---- the main promise */

/* Looks at the main promise; false when the run has ended. A promise in a promise is waited for in turn. */
static bool look_at_main(cloche_cell *cell) {
  js_engine *q = engine_of(cell);
  while (cell->has_main && !cell->value_ready) {
    uint32_t state = JS(JS_PromiseState)(q, context_of(cell), cell->main);
    if (state == JS_PROMISE_PENDING) return true;
    js_value promise = cell->main;
    js_value result = JS(JS_PromiseResult)(q, context_of(cell), promise);
    if (state == JS_PROMISE_REJECTED) {
      cell->has_main = false;
      end_with_error(cell, result, CLOCHE_OK);
      return false;
    }
    drop_value(cell, promise);
    if (cell->main_is_wrapped) { /* the async-eval flag gives {value} */
      cell->main_is_wrapped = false;
      uint32_t key = put_text(cell, "value", 5);
      js_value inner = key ? JS(JS_GetPropertyStr)(q, context_of(cell), result, key) : JS_UNDEFINED;
      if (key) JS(free)(q, key);
      drop_value(cell, result);
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
    if (!cell->value_ready && cell->pending == 0 && cell->timers_live == 0) {
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
  js_engine *q = engine_of(cell);
  uint32_t at = put_text(cell, text, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(q, context_of(cell));
  uint32_t options = push(cell, 16); /* JSEvalOptions: version, flags, file name, first line */
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){options}, 16);
  uint32_t fields[4] = {1, flags | JS_EVAL_COMPILE_ONLY, name, (uint32_t)line};
  if (to) memcpy(to, fields, sizeof fields);
  js_value code = JS(JS_Eval2)(q, context_of(cell), at, (uint32_t)len, options);
  pop(cell, 16);
  JS(free)(q, at);
  return code;
}

/* The source between a head and a tail, compiled; the text is the cell's, so that a forced leave cannot lose it. */
static js_value compile_wrapped(cloche_cell *cell, uint32_t name, const char *head, const char *tail) {
  size_t head_len = strlen(head), tail_len = strlen(tail), len = head_len + cell->source_len + tail_len;
  cl_host_begin(&cell->guard);
  char *text = malloc(len + 1);
  if (text) {
    memcpy(text, head, head_len);
    memcpy(text + head_len, cell->source, cell->source_len);
    memcpy(text + head_len + cell->source_len, tail, tail_len + 1);
  }
  free(cell->body);
  cell->body = text;
  cell->body_column = (uint32_t)head_len;
  cl_host_end(&cell->guard);
  if (!text) return JS(JS_ThrowOutOfMemory)(engine_of(cell), context_of(cell));
  return compile(cell, text, len, name, 0, 1);
}

/* As a declaration first, to see that the source does not close the body itself: what may follow a declaration may
 * hardly follow an expression in parentheses. */
static js_value compile_as_body(cloche_cell *cell, uint32_t name) {
  js_value declaration = compile_wrapped(cell, name, "async function f() {", "\n}");
  if (js_is_exception(declaration)) return declaration;
  drop_value(cell, declaration);
  return compile_wrapped(cell, name, "(async function () {", "\n})");
}

static bool message_is(cloche_cell *cell, js_value error, const char *wanted) {
  uint32_t key = put_text(cell, "message", 7);
  if (!key) return false;
  js_value message = JS(JS_GetPropertyStr)(engine_of(cell), context_of(cell), error, key);
  JS(free)(engine_of(cell), key);
  guest_text text = get_text(cell, message);
  bool same = text.data && text.len == strlen(wanted) && memcmp(text.data, wanted, text.len) == 0;
  drop_text(cell, &text);
  drop_value(cell, message);
  return same;
}

static void tell_tools(cloche_cell *cell) {
  for (; cell->tools_told < cell->tool_count; cell->tools_told++) {
    const cl_tool *tool = &cell->tools[cell->tools_told];
    js_value args[3] = {js_int((int32_t)cell->tools_told), new_text(cell, tool->name, strlen(tool->name)),
                        js_bool(tool->sync)};
    js_value done = call_entry(cell, ADD_TOOL, args, 3);
    drop_value(cell, args[1]);
    if (js_is_exception(done)) return; /* the memory limit; the run will find out */
  }
}

/* Compiles and evaluates the source; the result is left in cell->main. False: the run has ended. */
static bool evaluate(cloche_cell *cell) {
  js_engine *q = engine_of(cell);
  uint32_t name = put_text(cell, cell->name, strlen(cell->name));
  bool async = mentions(cell->source, cell->source_len, "await");
  bool as_body = false;
  js_value code = compile(cell, cell->source, cell->source_len, name, async ? JS_EVAL_ASYNC : 0, 1);
  if (js_is_exception(code) && !must_stop(cell)) {
    js_value error = JS(JS_GetException)(q, context_of(cell));
    as_body = JS(JS_IsError)(q, error) && message_is(cell, error, "return not in a function");
    if (!as_body) {
      bool syntax = !cell->grow_denied && JS(JS_IsError)(q, error);
      end_with_error(cell, error, syntax ? CLOCHE_SYNTAX_ERROR : CLOCHE_OK);
      return false;
    }
    drop_value(cell, error);
    code = compile_as_body(cell, name);
    if (js_is_exception(code) && !must_stop(cell)) {
      end_with_error(cell, JS(JS_GetException)(q, context_of(cell)), CLOCHE_SYNTAX_ERROR);
      return false;
    }
  }
  js_value result = js_is_exception(code) ? code : JS(JS_EvalFunction)(q, context_of(cell), code);
  if (as_body && !js_is_exception(result)) {
    js_value function = result;
    result = call(cell, function, NULL, 0);
    drop_value(cell, function);
  }
  JS(free)(q, name);
  if (js_is_exception(result) || must_stop(cell)) {
    end_with_exception(cell);
    return false;
  }
  cell->main = result;
  cell->main_is_wrapped = async && !as_body;
  cell->has_main = js_is_object(result) && JS(JS_IsPromise)(q, result);
  cell->value_ready = !cell->has_main;
  return true;
}

static void js_start(cloche_cell *cell) {
  cl_host_end(&cell->guard); /* guest mode: from here on the tick handler may leave the fiber */
  JS(qjs_set_max_stack_size)(engine_of(cell), (uint32_t)cell->limits.stack_bytes);
  if (cell->limits.memory_bytes < SMALL_MEMORY)
    JS(JS_SetGCThreshold)(engine_of(cell), runtime_of(cell), (uint32_t)cell->limits.memory_bytes / 4);
  tell_tools(cell);
  if (evaluate(cell)) pump(cell);
  cl_host_begin(&cell->guard);
}

static void js_go_on(cloche_cell *cell) {
  cl_host_end(&cell->guard);
  pump(cell);
  cl_host_begin(&cell->guard);
}

/* ---- what the bootstrap asks the host */

/* Makes and throws the Error for a limit or a refusal of the host; gives what an import returns for "thrown". */
static uint32_t throw_error(cloche_cell *cell, cloche_status status, const char *message) {
  cl_cell_count_limit(cell, status);
  js_value args[4] = {new_text(cell, "Error", 5), new_text(cell, message, strlen(message)),
                      optional_text(cell, cloche_status_describe(status).name), JS_UNDEFINED};
  js_value error = call_entry(cell, MAKE_ERROR, args, 4);
  for (int i = 0; i < 3; i++) drop_value(cell, args[i]);
  if (!js_is_exception(error)) JS(JS_Throw)(engine_of(cell), context_of(cell), error);
  return 0;
}

/* Imports take and give values in boxes of 8 bytes from the guest's malloc. */
static uint32_t box(cloche_cell *cell, js_value value) {
  uint32_t at = JS(malloc)(engine_of(cell), 8);
  if (!at) {
    JS(JS_ThrowOutOfMemory)(engine_of(cell), context_of(cell));
    return 0;
  }
  write_u64(cell, at, value);
  return at;
}

typedef struct {
  uint32_t count, at;
} arguments;

static js_value argument(const cloche_cell *cell, arguments args, uint32_t index) {
  if (index >= args.count) return JS_UNDEFINED;
  return read_u64(cell, read_u32(cell, args.at + index * 4));
}

static int32_t int_argument(const cloche_cell *cell, arguments args, uint32_t index) {
  js_value value = argument(cell, args, index);
  return js_tag(value) == JS_TAG_INT ? (int32_t)value : -1;
}

static uint32_t op_log(cloche_cell *cell, arguments args) {
  guest_text text = get_text(cell, argument(cell, args, 2));
  if (text.data) {
    cl_host_begin(&cell->guard);
    cl_cell_log(cell, (unsigned)int_argument(cell, args, 1), text.data, text.len);
    cl_host_end(&cell->guard);
  }
  drop_text(cell, &text);
  return box(cell, JS_UNDEFINED);
}

static uint32_t op_value(cloche_cell *cell, arguments args) {
  guest_text json = get_text(cell, argument(cell, args, 1)), repr = get_text(cell, argument(cell, args, 2));
  if (json.len > cell->limits.value_bytes) {
    drop_text(cell, &json);
    drop_text(cell, &repr);
    return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run is larger than allowed");
  }
  cl_host_begin(&cell->guard);
  bool sound = json.data && cl_json_check(json.data, json.len);
  if (sound && !cell->has_value) {
    cl_buf_add(&cell->value, json.data, json.len);
    if (repr.data) cl_utf8_text(&cell->repr, repr.data, CL_MIN(repr.len, (size_t)TEXT_MAX_BYTES * 4));
    cell->has_value = true;
  }
  cl_host_end(&cell->guard);
  drop_text(cell, &json);
  drop_text(cell, &repr);
  if (!sound) return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run cannot be written as JSON");
  return box(cell, JS_UNDEFINED);
}

static void keep_text(cloche_cell *cell, char **field, js_value value, size_t max) {
  guest_text text = get_text(cell, value);
  cl_host_begin(&cell->guard);
  free(*field);
  *field = text.data ? cl_copy_text(text.data, CL_MIN(text.len, max)) : NULL;
  cl_host_end(&cell->guard);
  drop_text(cell, &text);
}

static uint32_t op_error(cloche_cell *cell, arguments args) {
  cl_guest_error *e = &cell->error;
  keep_text(cell, &e->name, argument(cell, args, 1), NAME_MAX_BYTES);
  keep_text(cell, &e->message, argument(cell, args, 2), TEXT_MAX_BYTES);
  keep_text(cell, &e->stack, argument(cell, args, 3), TEXT_MAX_BYTES);
  keep_text(cell, &e->code, argument(cell, args, 4), NAME_MAX_BYTES);
  keep_text(cell, &e->data, argument(cell, args, 5), CL_MIN(cell->limits.result_bytes, (uint64_t)TEXT_MAX_BYTES * 16));
  if (e->data && !cl_json_check(e->data, strlen(e->data))) e->data[0] = 0;
  return box(cell, JS_UNDEFINED);
}

/* A sync call: blocks the fiber until the host has answered. */
static uint32_t wait_for_answer(cloche_cell *cell, cl_call *wanted) {
  uint64_t id = wanted->id;
  cl_host_begin(&cell->guard);
  cl_call *answer = wanted;
  while (answer && answer->state != CL_CALL_ANSWERED) {
    cell->blocking = id;
    cl_trap_wait(&cell->guard);
    answer = cl_calls_find(cell, id); /* the list may have moved */
  }
  cell->blocking = 0;
  cl_host_end(&cell->guard);
  if (!answer) return 0;
  bool rejected = answer->rejected;
  js_value value = answer_value(cell, answer, JS_UNDEFINED);
  cl_host_begin(&cell->guard);
  cl_calls_settled(cell, answer);
  cl_host_end(&cell->guard);
  if (js_is_exception(value)) return 0;
  if (!rejected) {
    uint32_t boxed = box(cell, value);
    return boxed;
  }
  JS(JS_Throw)(engine_of(cell), context_of(cell), value);
  return 0;
}

static uint32_t refuse_call(cloche_cell *cell, cloche_status status, const cl_tool *tool) {
  char message[320];
  const cloche_limits *limits = &cell->limits;
  switch (status) {
    case CLOCHE_TOOL_CALLS_LIMIT:
      if (tool->calls >= limits->tool_calls_each && limits->tool_calls_each < limits->tool_calls)
        snprintf(message, sizeof message, "Tool budget exceeded: %s may be called %llu times", tool->name,
                 (unsigned long long)limits->tool_calls_each);
      else
        snprintf(message, sizeof message, "Tool budget exceeded: %llu calls (limit: %llu)",
                 (unsigned long long)limits->tool_calls + 1, (unsigned long long)limits->tool_calls);
      break;
    case CLOCHE_TOOL_PENDING_LIMIT:
      snprintf(message, sizeof message, "Too many tool calls are pending (limit: %llu)",
               (unsigned long long)limits->tool_pending);
      break;
    case CLOCHE_TOOL_RUNNING_LIMIT:
      snprintf(message, sizeof message, "Too many tool calls at once (limit: %llu)",
               (unsigned long long)limits->tool_running);
      break;
    case CLOCHE_ARGUMENT_LIMIT:
      snprintf(message, sizeof message, "The argument of %s is larger than %llu bytes", tool->name,
               (unsigned long long)limits->argument_bytes);
      break;
    default: snprintf(message, sizeof message, "%s", cloche_status_describe(status).text);
  }
  return throw_error(cell, status, message);
}

static cloche_status add_call(cloche_cell *cell, uint32_t tool, guest_text *json, cl_call **out) {
  cl_host_begin(&cell->guard);
  cloche_status status = CLOCHE_OK;
  if (json->data && !cl_json_check(json->data, json->len)) status = CLOCHE_INVALID_ARGUMENT;
  else status = cl_calls_add(cell, tool, json->data, json->len, out);
  cl_host_end(&cell->guard);
  return status;
}

static uint32_t op_call(cloche_cell *cell, arguments args) {
  js_engine *q = engine_of(cell);
  int32_t index = int_argument(cell, args, 1);
  if (index < 0 || (uint32_t)index >= cell->tool_count) return throw_error(cell, CLOCHE_UNKNOWN_TOOL, "no such tool");
  cl_tool *tool = &cell->tools[index];
  guest_text json = get_text(cell, argument(cell, args, 2));
  uint32_t record = tool->sync ? 0 : JS(malloc)(q, 32);
  cl_call *added = NULL;
  cloche_status status = add_call(cell, (uint32_t)index, &json, &added);
  drop_text(cell, &json);
  if (status != CLOCHE_OK) {
    if (record) JS(free)(q, record);
    return refuse_call(cell, status, tool);
  }
  if (tool->sync) return wait_for_answer(cell, added);
  added->promise = (cl_guest_ptr){record};
  write_u64(cell, record, added->id);
  write_u64(cell, record + 24, record ? JS(JS_DupValue)(q, context_of(cell), argument(cell, args, 3)) : JS_UNDEFINED);
  js_value promise = record ? JS(JS_NewPromiseCapability)(q, context_of(cell), record + 8) : JS_EXCEPTION;
  if (js_is_exception(promise)) { /* out of memory: the call is nobody's, and is cancelled with the run */
    write_u64(cell, record + 8, JS_UNDEFINED);
    write_u64(cell, record + 16, JS_UNDEFINED);
    if (!record) JS(JS_ThrowOutOfMemory)(q, context_of(cell));
    return 0;
  }
  return box(cell, promise);
}

static double number_argument(const cloche_cell *cell, arguments args, uint32_t index) {
  js_value value = argument(cell, args, index);
  if (js_tag(value) == JS_TAG_INT) return (int32_t)value;
  return js_is_float(value) ? js_to_float(value) : -1;
}

/* due: -2 asks for room for one more timer, -1 says that none is left. */
static uint32_t op_timer(cloche_cell *cell, arguments args) {
  double due = number_argument(cell, args, 1);
  int32_t live = int_argument(cell, args, 2);
  if (due == -2 && (live < 0 || (uint64_t)live >= cell->limits.timers))
    return throw_error(cell, CLOCHE_TIMERS_LIMIT, "too many timers are pending");
  if (due != -2) {
    cell->timer_due_ms = due >= 0 && due < 9e15 ? (uint64_t)due : CL_NEVER;
    cell->timers_live = live > 0 && cell->timer_due_ms != CL_NEVER ? (uint32_t)live : 0;
  }
  return box(cell, JS_UNDEFINED);
}

static uint32_t op_limited(cloche_cell *cell, arguments args) {
  switch (int_argument(cell, args, 1)) {
    case TOO_DEEP: return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run is nested too deeply");
    case ARGUMENT_TOO_LARGE:
      return throw_error(cell, CLOCHE_ARGUMENT_LIMIT, "the argument of the tool call is larger than allowed");
    default: return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run is larger than allowed");
  }
}

/* The engine's number for the class of an object; 0: it is none. */
static uint32_t op_class(cloche_cell *cell, arguments args) {
  js_value value = argument(cell, args, 1);
  return box(cell, js_int(js_is_object(value) ? (int32_t)JS(JS_GetClassID)(engine_of(cell), value) : 0));
}

/* The target of a proxy, without a trap; false: it is none. */
static uint32_t op_target(cloche_cell *cell, arguments args) {
  js_value value = argument(cell, args, 1);
  if (!js_is_object(value) || !JS(JS_IsProxy)(engine_of(cell), value)) return box(cell, js_bool(false));
  return box(cell, JS(JS_GetProxyTarget)(engine_of(cell), context_of(cell), value));
}

/* ---- imports of the module. `env` and `wasi` are the cell. */

static cloche_cell *cell_of(void *env) { return env; }

u32 JS_ENV(host_call)(struct JS_ENV_T *env, u32 name, u32 name_len, u32 self, u32 argc, u32 argv) {
  cloche_cell *cell = cell_of(env);
  (void)name, (void)name_len, (void)self;
  arguments args = {argc, argv};
  switch (int_argument(cell, args, 0)) {
    case OP_LOG: return op_log(cell, args);
    case OP_VALUE: return op_value(cell, args);
    case OP_ERROR: return op_error(cell, args);
    case OP_CALL: return op_call(cell, args);
    case OP_TIMER: return op_timer(cell, args);
    case OP_LIMITED: return op_limited(cell, args);
    case OP_TARGET: return op_target(cell, args);
    case OP_CLASS: return op_class(cell, args);
    default: return box(cell, JS_UNDEFINED);
  }
}

u32 JS_ENV(host_interrupt)(struct JS_ENV_T *env) { return cl_trap_poll(&cell_of(env)->guard); }

u32 JS_ENV(host_get_timezone_offset)(struct JS_ENV_T *env, u32 high, u32 low) {
  (void)env, (void)high, (void)low;
  return 0; /* UTC: where the host stands is not the guest's business */
}

u32 JS_ENV(host_module_load)(struct JS_ENV_T *env, u32 name, u32 len) {
  (void)env, (void)name, (void)len;
  return 0;
}

u32 JS_ENV(host_module_normalize)(struct JS_ENV_T *env, u32 base, u32 name) {
  (void)env, (void)base, (void)name;
  return 0;
}

void JS_ENV(host_promise_rejection)(struct JS_ENV_T *env, u32 promise, u32 reason, u32 handled) {
  (void)handled;
  JS(qjs_free_value)(engine_of(cell_of(env)), promise);
  JS(qjs_free_value)(engine_of(cell_of(env)), reason);
}

enum { WASI_OK = 0, WASI_BADF = 8, WASI_FAULT = 21 };

u32 JS_WASI(clock_time_get)(struct JS_WASI_T *wasi, u32 clock, u64 precision, u32 out) {
  (void)precision;
  cloche_cell *cell = cell_of(wasi);
  if (!cl_guest_space(cell, (cl_guest_ptr){out}, 8)) return WASI_FAULT;
  write_u64(cell, out, cl_cell_time_ns(cell, clock != 0));
  return WASI_OK;
}

u32 JS_WASI(random_get)(struct JS_WASI_T *wasi, u32 at, u32 len) {
  cloche_cell *cell = cell_of(wasi);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, len);
  if (!to) return WASI_FAULT;
  for (u32 i = 0; i < len; i += 8) {
    uint64_t word = cl_random_mix(&cell->random_state);
    memcpy(to + i, &word, CL_MIN(len - i, 8u));
  }
  return WASI_OK;
}

/* The engine's own diagnostics: swallowed, as a guest has no file descriptors. */
u32 JS_WASI(fd_write)(struct JS_WASI_T *wasi, u32 fd, u32 vectors, u32 count, u32 out) {
  cloche_cell *cell = cell_of(wasi);
  uint32_t total = 0;
  if (fd != 1 && fd != 2) return WASI_BADF;
  for (u32 i = 0; i < count && i < 1024; i++) total += read_u32(cell, vectors + i * 8 + 4);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){out}, 4);
  if (!to) return WASI_FAULT;
  memcpy(to, &total, 4);
  return WASI_OK;
}

u32 JS_WASI(fd_close)(struct JS_WASI_T *wasi, u32 fd) {
  (void)wasi, (void)fd;
  return WASI_BADF;
}

u32 JS_WASI(fd_fdstat_get)(struct JS_WASI_T *wasi, u32 fd, u32 out) {
  (void)wasi, (void)fd, (void)out;
  return WASI_BADF;
}

u32 JS_WASI(fd_seek)(struct JS_WASI_T *wasi, u32 fd, u64 offset, u32 whence, u32 out) {
  (void)wasi, (void)fd, (void)offset, (void)whence, (void)out;
  return WASI_BADF;
}

/* ---- the language */

static void js_resized(cloche_cell *cell) {
  js_engine *q = engine_of(cell);
  q->w2c_memory.data = cell->slot.base;
  q->w2c_memory.size = (uint32_t)cell->slot.bytes;
  q->w2c_memory.pages = (uint32_t)(cell->slot.bytes / CL_WASM_PAGE);
  q->w2c_memory.max_pages = (uint32_t)(cell->slot.limit / CL_WASM_PAGE);
}

static void js_attach(cloche_cell *cell) {
  js_engine *q = engine_of(cell);
  memset(q, 0, sizeof *q);
  q->Z_env_instance = (struct JS_ENV_T *)(void *)cell;
  q->Z_wasi_snapshot_preview1_instance = (struct JS_WASI_T *)(void *)cell;
  js_resized(cell);
  q->w2c___stack_pointer = cell->engine->header.globals.stack_pointer;
}

static void js_copied(cloche_cell *to, const cloche_cell *from) {
  js_engine *q = engine_of(to);
  js_resized(to);
  q->w2c___stack_pointer = engine_of(from)->w2c___stack_pointer;
}

static void js_reseed(cloche_cell *cell, uint64_t seed) {
  uint64_t state = seed;
  uint64_t word = cl_random_mix(&state);
  write_u64(cell, cell->engine->header.globals.random_state, word ? word : 1);
  cell->random_state = cl_random_mix(&state);
}

const cl_language cl_language_js = {
    .name = "js",
    .version = "QuickJS-ng (quickjs-wasi 3.6.2)",
    .memory_access = CL_ENGINE_BASE,
    .instance_bytes = sizeof(js_engine),
    .attach = js_attach,
    .resized = js_resized,
    .copied = js_copied,
    .start = js_start,
    .go_on = js_go_on,
    .reseed = js_reseed,
};
