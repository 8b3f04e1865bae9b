/* What a JavaScript guest can ask of the host, asked as guest code could that has taken over the engine: any bytes are a
 * sequence of calls of the module's imports with values of any kind, sound ones and forged ones, and of any arguments. What
 * the host does by way of the engine then meets a memory that makes no sense; it must stay in the cell.
 *
 * The process must live; what the guest told must be a report in JSON and events in UTF-8; the next cell must be well. */
#include <stdlib.h>
#include <string.h>

#include "js_guest.h"
#include "json.h"
#include "limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SESSION = 1, REAL_CLOCK = 2 }; /* bits of the first byte */
enum { BOXES = 8, BOX_BYTES = 8, LIST_BYTES = BOXES * 4, SCRATCH = 4096, STEPS = 40 };

static cloche_engine *engine;
static cloche_thread *thread;
static cloche_limits limits;
static cl_language asking; /* JavaScript, but for what a run does */

static struct { const uint8_t *at, *end; } input;

static uint32_t byte(void) { return input.at < input.end ? *input.at++ : 0; }

static uint32_t word(void) {
  uint32_t value = byte();
  for (int i = 1; i < 4; i++) value |= byte() << 8 * i;
  return value;
}

static uint32_t number(void) {
  static const uint32_t odd[] = {4096, 65535, 65536, 65537, 1u << 20, INT32_MAX, 1u << 31, UINT32_MAX, UINT32_MAX - 1};
  uint32_t b = byte();
  return b < 0xF0 ? b : b - 0xF0 < sizeof odd / sizeof odd[0] ? odd[b - 0xF0] : word();
}

/* The last page of the guest's memory holds eight values, a list of their addresses, and room. */
static uint32_t scratch(const cloche_cell *cell) { return (uint32_t)(cell->slot.bytes - SCRATCH); }
static uint32_t box_at(const cloche_cell *cell, uint32_t i) { return scratch(cell) + i % BOXES * BOX_BYTES; }

static uint32_t pointer(const cloche_cell *cell) {
  uint32_t b = byte();
  if (b < 0xE0) return scratch(cell) + b * 16;
  switch (b) {
    case 0xE0: return 0;
    case 0xE1: return UINT32_MAX;
    case 0xE2: return UINT32_MAX - 7;
    case 0xE3: return (uint32_t)cell->slot.bytes;
    case 0xE4: return (uint32_t)cell->slot.bytes - 1;
    case 0xE5: return (uint32_t)cell->slot.bytes - 8;
    case 0xE6: return 1u << 31;
    default: return word();
  }
}

static js_value text_value(cloche_cell *cell) {
  static const char *const texts[] = {"",
                                      "a",
                                      "[1,{\"b\":null}]",
                                      "{\"a\":1}",
                                      "text/plain",
                                      "text/html",
                                      "application/json",
                                      "TypeError",
                                      "m",
                                      "./n",
                                      "\"x\"",
                                      "invalid_argument",
                                      "wall_time_limit",
                                      "\xC3\xA4"};
  uint32_t what = byte();
  if (what >= 64) return js_new_text(cell, texts[what % 14], strlen(texts[what % 14]));
  char own[64];
  for (uint32_t i = 0; i < what; i++) own[i] = (char)byte();
  return js_new_text(cell, own, what);
}

/* A value as the bootstrap would make it, or one with any bits. */
static js_value value(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  uint32_t context = js_context_of(cell);
  switch (byte() % 16) {
    case 0:
    case 1:
    case 2: return js_int((int32_t)number());
    case 3:
    case 4:
    case 5:
    case 6: return text_value(cell);
    case 7: return js_bool(byte() & 1);
    case 8: return JS_UNDEFINED;
    case 9: return js_float((double)(int32_t)word() / 8);
    case 10: return JS(JS_NewObject)(q, context);
    case 11: return JS(JS_NewArray)(q, context);
    case 12: return JS(JS_GetGlobalObject)(q, context);
    case 13: return JS(JS_NewPromiseCapability)(q, context, scratch(cell) + SCRATCH / 2);
    case 14: return JS_PACK((int32_t)(byte() % 20) - 10, pointer(cell));
    default: return (uint64_t)word() << 32 | word();
  }
}

static void poke(cloche_cell *cell) {
  uint32_t at = pointer(cell), n = byte() & 31;
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, n);
  for (uint32_t i = 0; to && i < n; i++) to[i] = (uint8_t)byte();
}

/* The arguments of an operation: usually the list of values, whose first is the operation's number. */
static void call_host(cloche_cell *cell, struct JS_ENV_T *env) {
  uint32_t list = scratch(cell) + 1024, shape = byte();
  js_write_u64(cell, box_at(cell, 0), js_int((int32_t)(shape % 13)));
  for (uint32_t i = 0; i < BOXES; i++) {
    uint32_t at = box_at(cell, i);
    uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){list + i * 4}, 4);
    if (to) memcpy(to, &at, 4);
  }
  JS_ENV(host_call)(env, 0, 0, 0, shape >= 0xF0 ? number() : BOXES, shape >= 0xE0 ? pointer(cell) : list);
}

static void ask(cloche_cell *cell) {
  struct JS_ENV_T *env = (struct JS_ENV_T *)(void *)cell;
  struct JS_WASI_T *wasi = (struct JS_WASI_T *)(void *)cell;
  uint32_t a;
  switch (byte() % 24) {
    case 0: a = pointer(cell), JS_ENV(host_module_load)(env, a, pointer(cell)); break;
    case 1: a = pointer(cell), JS_ENV(host_module_normalize)(env, a, pointer(cell)); break;
    case 2: {
      uint32_t reason = JS(malloc)(js_engine_of(cell), 8), promise = JS(malloc)(js_engine_of(cell), 8);
      js_write_u64(cell, promise, value(cell));
      js_write_u64(cell, reason, value(cell));
      JS_ENV(host_promise_rejection)(env, promise, reason, byte() & 1);
      break;
    }
    case 3: a = pointer(cell), JS_ENV(host_promise_rejection)(env, a, pointer(cell), byte() & 1); break;
    case 4: JS_ENV(host_interrupt)(env); break;
    case 5: JS_ENV(host_get_timezone_offset)(env, number(), number()); break;
    case 6: a = number(), JS_WASI(clock_time_get)(wasi, a, 1, pointer(cell)); break;
    case 7: a = pointer(cell), JS_WASI(random_get)(wasi, a, number()); break;
    case 8: {
      uint32_t fd = byte(), vectors = pointer(cell), count = number();
      JS_WASI(fd_write)(wasi, fd, vectors, count, pointer(cell));
      break;
    }
    case 9: JS_WASI(fd_close)(wasi, number()); break;
    case 10: a = number(), JS_WASI(fd_fdstat_get)(wasi, a, pointer(cell)); break;
    case 11: a = number(), JS_WASI(fd_seek)(wasi, a, word(), byte(), pointer(cell)); break;
    case 12:
    case 13: poke(cell); break;
    case 14:
    case 15:
    case 16:
    case 17:
    case 18: a = byte(), js_write_u64(cell, box_at(cell, a), value(cell)); break;
    default: call_host(cell, env); break;
  }
}

/* A run of the language `asking`, on the fiber. What is asked is guest code: it may be left by force anywhere. */
static void start(cloche_cell *cell) {
  cl_host_end(&cell->guard);
  JS(qjs_set_max_stack_size)(js_engine_of(cell), (uint32_t)cell->limits.stack_bytes);
  while (input.at < input.end && !js_must_stop(cell)) ask(cell);
  cl_host_begin(&cell->guard);
  cl_cell_end(cell, cell->error.name ? CLOCHE_UNCAUGHT_ERROR : CLOCHE_OK);
}

/* ---- the host */

static void open_once(void) {
  if (engine) return;
  if (cloche_engine_open(&engine, NULL, NULL) != CLOCHE_OK || cloche_thread_open(&thread, NULL, NULL) != CLOCHE_OK)
    abort();
  cloche_limits_profile(&limits, "default", NULL);
  limits.wall_ns = limits.cpu_ns = 30 * CL_MS;
  limits.memory_bytes = 8 * CL_MIB;
  asking = cl_language_js;
  asking.start = start;
}

static cloche_cell *open_cell(uint32_t flags) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_cell *cell;
  options.limits = &limits;
  options.session = flags & SESSION;
  options.clock = flags & REAL_CLOCK ? CLOCHE_CLOCK_REAL : CLOCHE_CLOCK_VIRTUAL;
  if (cloche_cell_open(&cell, thread, engine, &options, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < 2; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    cloche_module module = {1, i ? "m" : "./n", "export const a = 1", 18, "js"};
    tool.name = i ? "u" : "t";
    tool.sync = i;
    if (cloche_cell_tool(cell, &tool, NULL) != CLOCHE_OK || cloche_cell_module(cell, &module, NULL) != CLOCHE_OK)
      abort();
  }
  return cell;
}

static void play(cloche_cell *cell) {
  cloche_state state = CLOCHE_RUNNING;
  cloche_call call;
  const char *json;
  size_t len;
  cell->language = &asking;
  if (cloche_cell_start(cell, "1", 1, NULL, NULL) != CLOCHE_OK) abort();
  for (int i = 0; i < STEPS && state != CLOCHE_DONE; i++) {
    if (cloche_cell_step(cell, 0, &state, NULL) != CLOCHE_OK) abort();
    while (cloche_cell_next_call(cell, &call)) {
      if (call.argument_len > 0 && !cl_json_check(call.argument, call.argument_len)) abort();
      (void)cloche_cell_resolve(cell, call.id, "[1]", 3, NULL);
    }
    for (cloche_event event; cloche_cell_next_event(cell, &event);)
      for (size_t at = 0, n; at < event.text_len; at += n)
        if ((n = cl_utf8_length((const uint8_t *)event.text + at, event.text_len - at)) == 0) abort();
    if (state == CLOCHE_WAITING && i > STEPS / 2) cloche_cell_interrupt(cell);
  }
  if (state != CLOCHE_DONE) abort();
  if (cloche_cell_report(cell, &json, &len, NULL) != CLOCHE_OK || !cl_json_check(json, len)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  open_once();
  if (size == 0) return 0;
  input.at = data + 1;
  input.end = data + (size < 3000 ? size : 3000);
  cloche_cell *cell = open_cell(data[0]);
  play(cell);
  cell->language = &cl_language_js;
  cloche_cell_close(cell);
  cloche_result result;
  if (cloche_cell_open(&cell, thread, engine, NULL, NULL) != CLOCHE_OK ||
      cloche_cell_eval(cell, "1+2", 3, NULL, &result, NULL) != CLOCHE_OK)
    abort();
  if (result.status != CLOCHE_OK || strcmp(result.value, "3") != 0) abort();
  cloche_cell_close(cell);
  return 0;
}
