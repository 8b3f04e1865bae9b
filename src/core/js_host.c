/* What the JavaScript guest may ask of the host: the imports of its module, and the operations of its bootstrap.
 *
 * Everything here runs on the cell's fiber; arguments are hostile until checked. `env` and `wasi` are the cell. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "error.h"
#include "json.h"
#include "js_guest.h"
#include "limits.h"
#include "status.h"

enum op {
  OP_LOG,
  OP_VALUE,
  OP_ERROR,
  OP_CALL,
  OP_TIMER,
  OP_LIMITED,
  OP_TARGET,
  OP_CLASS,
  OP_PROMISE,
  OP_DISPLAY,
  OP_PROGRESS,
  OP_COMPILED
};
enum limited { TOO_LARGE, TOO_DEEP, ARGUMENT_TOO_LARGE, DISPLAY_TOO_DEEP };
enum { NAME_MAX_BYTES = 256, TEXT_MAX_BYTES = 64 << 10 };

static js_value make_error(cloche_cell *cell, const char *name, const char *message, cloche_status code) {
  js_value args[4] = {js_new_text(cell, name, strlen(name)), js_new_text(cell, message, strlen(message)),
                      js_optional_text(cell, cloche_status_describe(code).name), JS_UNDEFINED};
  js_value error = js_call_entry(cell, JS_MAKE_ERROR, args, 4);
  for (int i = 0; i < 3; i++) js_drop(cell, args[i]);
  return error;
}

/* Gives what an import returns for "thrown". */
static uint32_t throw_value(cloche_cell *cell, js_value error) {
  if (!js_is_exception(error)) JS(JS_Throw)(js_engine_of(cell), js_context_of(cell), error);
  return 0;
}

/* The Error for a limit or a refusal of the host. */
static uint32_t throw_error(cloche_cell *cell, cloche_status status, const char *message) {
  cl_cell_count_limit(cell, status);
  return throw_value(cell, make_error(cell, "Error", message, status));
}

/* Imports take and give values in boxes of 8 bytes from the guest's malloc. */
static uint32_t box(cloche_cell *cell, js_value value) {
  uint32_t at = JS(malloc)(js_engine_of(cell), 8);
  if (!at) {
    JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
    return 0;
  }
  js_write_u64(cell, at, value);
  return at;
}

typedef struct {
  uint32_t count, at;
} arguments;

static js_value argument(const cloche_cell *cell, arguments args, uint32_t index) {
  if (index >= args.count) return JS_UNDEFINED;
  return js_read_u64(cell, js_read_u32(cell, args.at + index * 4));
}

static int32_t int_argument(const cloche_cell *cell, arguments args, uint32_t index) {
  js_value value = argument(cell, args, index);
  return js_tag(value) == JS_TAG_INT ? (int32_t)value : -1;
}

static uint32_t op_log(cloche_cell *cell, arguments args) {
  js_text text = js_get_text(cell, argument(cell, args, 2));
  if (text.data) {
    cl_host_begin(&cell->guard);
    cl_cell_log(cell, (unsigned)int_argument(cell, args, 1), text.data, text.len);
    cl_host_end(&cell->guard);
  }
  js_drop_text(cell, &text);
  return box(cell, JS_UNDEFINED);
}

static uint32_t op_value(cloche_cell *cell, arguments args) {
  js_text json = js_get_text(cell, argument(cell, args, 1)), repr = js_get_text(cell, argument(cell, args, 2));
  if (json.len > cell->limits.value_bytes) {
    js_drop_text(cell, &json);
    js_drop_text(cell, &repr);
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
  js_drop_text(cell, &json);
  js_drop_text(cell, &repr);
  if (!sound) return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run cannot be written as JSON");
  return box(cell, JS_UNDEFINED);
}

static void keep_text(cloche_cell *cell, char **field, js_value value, size_t max) {
  js_text text = js_get_text(cell, value);
  cl_host_begin(&cell->guard);
  free(*field);
  *field = NULL;
  if (text.data) {
    cl_buf sound = {.max = max * 3 + 16};
    cl_utf8_text(&sound, text.data, CL_MIN(text.len, max));
    if (!sound.failed) *field = cl_copy_text(sound.data ? sound.data : "", sound.len);
    cl_buf_free(&sound);
  }
  cl_host_end(&cell->guard);
  js_drop_text(cell, &text);
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
  const cl_call taken = *answer; /* guest code runs here, and the list moves with its calls */
  bool rejected = taken.rejected;
  js_value value = js_answer_value(cell, &taken, JS_UNDEFINED);
  cl_host_begin(&cell->guard);
  cl_calls_settled(cell, cl_calls_find(cell, id));
  cl_host_end(&cell->guard);
  if (js_is_exception(value)) return 0;
  if (!rejected) {
    uint32_t boxed = box(cell, value);
    return boxed;
  }
  JS(JS_Throw)(js_engine_of(cell), js_context_of(cell), value);
  return 0;
}

static uint32_t refuse_call(cloche_cell *cell, cloche_status status, const cl_tool *tool) {
  char message[320];
  cl_calls_explain(cell, status, tool, message, sizeof message);
  return throw_error(cell, status, message);
}

static cloche_status add_call(cloche_cell *cell, uint32_t tool, js_text *json, cl_call **out) {
  cl_host_begin(&cell->guard);
  cloche_status status = CLOCHE_OK;
  if (json->data && !cl_json_check(json->data, json->len)) status = CLOCHE_INVALID_ARGUMENT;
  else status = cl_calls_add(cell, tool, json->data, json->len, out);
  cl_host_end(&cell->guard);
  return status;
}

static uint32_t op_call(cloche_cell *cell, arguments args) {
  js_engine *q = js_engine_of(cell);
  int32_t index = int_argument(cell, args, 1);
  if (index < 0 || (uint32_t)index >= cell->tool_count) return throw_error(cell, CLOCHE_UNKNOWN_TOOL, "no such tool");
  cl_tool *tool = &cell->tools[index];
  js_text json = js_get_text(cell, argument(cell, args, 2));
  uint32_t record = tool->sync ? 0 : JS(malloc)(q, 32);
  cl_call *added = NULL;
  cloche_status status = add_call(cell, (uint32_t)index, &json, &added);
  js_drop_text(cell, &json);
  if (status != CLOCHE_OK) {
    if (record) JS(free)(q, record);
    return refuse_call(cell, status, tool);
  }
  if (tool->sync) return wait_for_answer(cell, added);
  uint64_t id = added->id;
  added->promise = (cl_guest_ptr){record};
  js_write_u64(cell, record, added->id);
  js_write_u64(cell, record + 24,
               record ? JS(JS_DupValue)(q, js_context_of(cell), argument(cell, args, 3)) : JS_UNDEFINED);
  js_value promise = record ? JS(JS_NewPromiseCapability)(q, js_context_of(cell), record + 8) : JS_EXCEPTION;
  if (js_is_exception(promise)) { /* out of memory: the call is nobody's, and is cancelled with the run */
    js_write_u64(cell, record + 8, JS_UNDEFINED);
    js_write_u64(cell, record + 16, JS_UNDEFINED);
    cl_host_begin(&cell->guard);
    cl_calls_orphan(cell, cl_calls_find(cell, id));
    cl_host_end(&cell->guard);
    if (!record) JS(JS_ThrowOutOfMemory)(q, js_context_of(cell));
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
    cell->timer_due_ns = due >= 0 && due < 9e12 ? (uint64_t)(due * 1e6) + 1 : CL_NEVER;
    cell->timers_live = live > 0 && cell->timer_due_ns != CL_NEVER ? (uint32_t)live : 0;
  }
  return box(cell, JS_UNDEFINED);
}

static uint32_t op_limited(cloche_cell *cell, arguments args) {
  switch (int_argument(cell, args, 1)) {
    case TOO_DEEP: return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run is nested too deeply");
    case DISPLAY_TOO_DEEP: return throw_error(cell, CLOCHE_DISPLAY_LIMIT, "display: the value is nested too deeply");
    case ARGUMENT_TOO_LARGE:
      return throw_error(cell, CLOCHE_ARGUMENT_LIMIT, "the argument of the tool call is larger than allowed");
    default: return throw_error(cell, CLOCHE_VALUE_LIMIT, "the value of the run is larger than allowed");
  }
}

/* The engine's number for the class of an object; 0: it is none. */
static uint32_t op_class(cloche_cell *cell, arguments args) {
  js_value value = argument(cell, args, 1);
  return box(cell, js_int(js_is_object(value) ? (int32_t)JS(JS_GetClassID)(js_engine_of(cell), value) : 0));
}

/* [state, value] of a promise: 0 pending, 1 fulfilled, 2 rejected; undefined: it is none. */
static uint32_t op_promise(cloche_cell *cell, arguments args) {
  js_engine *q = js_engine_of(cell);
  js_value value = argument(cell, args, 1);
  if (!js_is_object(value) || !JS(JS_IsPromise)(q, value)) return box(cell, JS_UNDEFINED);
  uint32_t state = JS(JS_PromiseState)(q, js_context_of(cell), value);
  js_value pair = JS(JS_NewArray)(q, js_context_of(cell));
  if (js_is_exception(pair)) return 0;
  const uint32_t flags = JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE | JS_PROP_ENUMERABLE;
  js_value settled = state == JS_PROMISE_PENDING ? JS_UNDEFINED : JS(JS_PromiseResult)(q, js_context_of(cell), value);
  JS(JS_DefinePropertyValueUint32)(q, js_context_of(cell), pair, 0, js_int((int32_t)state), flags);
  JS(JS_DefinePropertyValueUint32)(q, js_context_of(cell), pair, 1, settled, flags);
  return box(cell, pair);
}

static uint32_t op_display(cloche_cell *cell, arguments args) {
  js_text mime = js_get_text(cell, argument(cell, args, 1)), text = js_get_text(cell, argument(cell, args, 2));
  cloche_status status = CLOCHE_OUT_OF_MEMORY;
  if (mime.data && text.data) {
    cl_host_begin(&cell->guard);
    status = cl_cell_display(cell, mime.data, mime.len, text.data, text.len, int_argument(cell, args, 3) == 1);
    cl_host_end(&cell->guard);
  }
  js_drop_text(cell, &mime);
  js_drop_text(cell, &text);
  if (status == CLOCHE_OK) return box(cell, JS_UNDEFINED);
  if (status == CLOCHE_DISPLAY_LIMIT) return throw_error(cell, status, "display: more than may be displayed in a run");
  if (status == CLOCHE_INVALID_ARGUMENT)
    return throw_error(cell, status, "display: the media type is none, or its JSON is none");
  JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
  return 0;
}

static uint32_t op_progress(cloche_cell *cell, arguments args) {
  js_text text = js_get_text(cell, argument(cell, args, 1));
  cl_host_begin(&cell->guard);
  if (text.data && cl_json_check(text.data, text.len)) cl_cell_progress(cell, text.data, text.len);
  cl_host_end(&cell->guard);
  js_drop_text(cell, &text);
  return box(cell, JS_UNDEFINED);
}

/* What a compiler cell has made: code, and its map. */
static uint32_t op_compiled(cloche_cell *cell, arguments args) {
  js_text code = js_get_text(cell, argument(cell, args, 1)), map = js_get_text(cell, argument(cell, args, 2));
  if (cell->job && code.data && map.data && !cell->has_value) {
    cl_host_begin(&cell->guard);
    cell->value.max = cell->repr.max = (size_t)cell->limits.memory_bytes;
    cl_utf8_text(&cell->value, code.data, code.len);
    cl_utf8_text(&cell->repr, map.data, map.len);
    cell->has_value = true;
    cl_host_end(&cell->guard);
  }
  js_drop_text(cell, &code);
  js_drop_text(cell, &map);
  return box(cell, JS_UNDEFINED);
}

/* The target of a proxy, without a trap; false: it is none. */
static uint32_t op_target(cloche_cell *cell, arguments args) {
  js_value value = argument(cell, args, 1);
  if (!js_is_object(value) || !JS(JS_IsProxy)(js_engine_of(cell), value)) return box(cell, js_bool(false));
  return box(cell, JS(JS_GetProxyTarget)(js_engine_of(cell), js_context_of(cell), value));
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
    case OP_PROMISE: return op_promise(cell, args);
    case OP_DISPLAY: return op_display(cell, args);
    case OP_PROGRESS: return op_progress(cell, args);
    case OP_COMPILED: return op_compiled(cell, args);
    default: return box(cell, JS_UNDEFINED);
  }
}

u32 JS_ENV(host_interrupt)(struct JS_ENV_T *env) { return cl_trap_poll(&cell_of(env)->guard); }

u32 JS_ENV(host_get_timezone_offset)(struct JS_ENV_T *env, u32 high, u32 low) {
  (void)env, (void)high, (void)low;
  return 0; /* UTC: where the host stands is not the guest's business */
}

/* ---- modules */

static const char *guest_string(const cloche_cell *cell, uint32_t at) {
  const char *text = (const char *)cl_guest_bytes(cell, (cl_guest_ptr){at}, 1);
  return text && memchr(text, 0, cell->slot.bytes - at) ? text : "";
}

static void refuse_module(cloche_cell *cell, const char *name) {
  cl_buf message = {.max = 2048};
  cl_host_begin(&cell->guard);
  cl_buf_text(&message, "Cannot find module '");
  cl_utf8_text(&message, name, strnlen(name, 200));
  cl_buf_text(&message, cell->module_count ? "'. Modules of this cell: " : "'. This cell has no modules.");
  for (uint32_t i = 0; i < cell->module_count && message.len < 1024; i++) {
    if (i > 0) cl_buf_text(&message, ", ");
    cl_buf_text(&message, cell->modules[i].name);
  }
  char text[1400];
  snprintf(text, sizeof text, "%s", message.data ? message.data : "Cannot find a module");
  cl_buf_free(&message);
  cl_host_end(&cell->guard);
  throw_error(cell, CLOCHE_UNKNOWN_MODULE, text);
}

/* The full name of the module that `name` means in the source called `base`; 0: thrown. */
u32 JS_ENV(host_module_normalize)(struct JS_ENV_T *env, u32 base, u32 name) {
  cloche_cell *cell = cell_of(env);
  const char *wanted = guest_string(cell, name);
  const cl_source *module = cl_source_find(cell, guest_string(cell, base), wanted);
  if (module) return js_put_text(cell, module->name, strlen(module->name));
  refuse_module(cell, wanted);
  return 0;
}

/* The compiler's error, with the place in the module as its stack. */
static uint32_t throw_refusal(cloche_cell *cell, const cl_source *module) {
  js_value error = make_error(cell, "SyntaxError", module->refused, CLOCHE_SYNTAX_ERROR);
  if (js_is_exception(error) || module->refused_line == 0) return throw_value(cell, error);
  char place[320];
  snprintf(place, sizeof place, "    at %s:%u:%u", module->name, module->refused_line,
           cl_source_bytes(module, module->refused_line, module->refused_column));
  uint32_t key = js_put_text(cell, "stack", 5);
  js_value stack = js_new_text(cell, place, strlen(place));
  if (key && !js_is_exception(stack)) JS(JS_DefinePropertyValueStr)
  (js_engine_of(cell), js_context_of(cell), error, key, stack, JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE);
  if (key) JS(free)(js_engine_of(cell), key);
  return throw_value(cell, error);
}

u32 JS_ENV(host_module_load)(struct JS_ENV_T *env, u32 name, u32 out_len) {
  cloche_cell *cell = cell_of(env);
  const char *wanted = guest_string(cell, name);
  const cl_source *module = cl_source_named(cell, wanted);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){out_len}, 4);
  if (!module || !to) {
    refuse_module(cell, wanted);
    return 0;
  }
  if (module->refused) return throw_refusal(cell, module);
  uint32_t len = (uint32_t)(module->code ? module->code_len : module->len);
  memcpy(to, &len, 4);
  uint32_t at = js_put_text(cell, module->code ? module->code : module->text, len);
  if (!at) JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
  return at;
}

/* ---- rejections */

enum { MAX_REJECTIONS = 1000 };

static bool keep_rejection(cloche_cell *cell, js_value promise, js_value reason) {
  if (cell->rejection_count >= MAX_REJECTIONS) {
    cell->rejections_missed++;
    return false;
  }
  if (cell->rejection_count == cell->rejection_cap) {
    size_t cap = cell->rejection_cap ? cell->rejection_cap * 2 : 8;
    uint64_t *list = realloc(cell->rejections, cap * 2 * sizeof *list);
    if (!list) return false;
    cell->rejections = list;
    cell->rejection_cap = cap;
  }
  cell->rejections[2 * cell->rejection_count] = promise;
  cell->rejections[2 * cell->rejection_count + 1] = reason;
  cell->rejection_count++;
  return true;
}

/* Takes the promise off the list; its reason goes to `reason`. */
static bool forget_rejection(cloche_cell *cell, js_value promise, js_value *reason) {
  for (size_t i = cell->rejection_count; i-- > 0;) {
    if (cell->rejections[2 * i] != promise) continue;
    *reason = cell->rejections[2 * i + 1];
    cell->rejection_count--;
    memmove(&cell->rejections[2 * i], &cell->rejections[2 * i + 2],
            (cell->rejection_count - i) * 2 * sizeof *cell->rejections);
    return true;
  }
  if (cell->rejections_missed > 0) cell->rejections_missed--;
  return false;
}

/* A promise was rejected and nobody waits for it, or somebody does now after all. Both boxes are ours. */
void JS_ENV(host_promise_rejection)(struct JS_ENV_T *env, u32 promise_box, u32 reason_box, u32 handled) {
  cloche_cell *cell = cell_of(env);
  js_engine *q = js_engine_of(cell);
  js_value promise = js_read_u64(cell, promise_box), reason = js_read_u64(cell, reason_box);
  cl_host_begin(&cell->guard);
  bool found = handled ? forget_rejection(cell, promise, &reason) : keep_rejection(cell, promise, reason);
  cl_host_end(&cell->guard);
  if (found && handled) {
    js_drop(cell, promise);
    js_drop(cell, reason);
  } else if (found) {
    JS(JS_DupValue)(q, js_context_of(cell), promise);
    JS(JS_DupValue)(q, js_context_of(cell), reason);
  }
  JS(qjs_free_value)(q, promise_box);
  JS(qjs_free_value)(q, reason_box);
}

/* ---- WASI */

enum { WASI_OK = 0, WASI_BADF = 8, WASI_FAULT = 21 };

u32 JS_WASI(clock_time_get)(struct JS_WASI_T *wasi, u32 clock, u64 precision, u32 out) {
  (void)precision;
  cloche_cell *cell = cell_of(wasi);
  if (!cl_guest_space(cell, (cl_guest_ptr){out}, 8)) return WASI_FAULT;
  js_write_u64(cell, out, cl_cell_time_ns(cell, clock != 0));
  return WASI_OK;
}

u32 JS_WASI(random_get)(struct JS_WASI_T *wasi, u32 at, u32 len) {
  cloche_cell *cell = cell_of(wasi);
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, len);
  if (!to) return WASI_FAULT;
  uint64_t nonce = cell->random_calls++;
  crypto_stream_chacha20(to, len, (const uint8_t *)&nonce, cell->random_key);
  return WASI_OK;
}

/* The engine's own diagnostics: swallowed, as a guest has no file descriptors. */
u32 JS_WASI(fd_write)(struct JS_WASI_T *wasi, u32 fd, u32 vectors, u32 count, u32 out) {
  cloche_cell *cell = cell_of(wasi);
  uint32_t total = 0;
  if (fd != 1 && fd != 2) return WASI_BADF;
  for (u32 i = 0; i < count && i < 1024; i++) total += js_read_u32(cell, vectors + i * 8 + 4);
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
