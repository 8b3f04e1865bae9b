/* Names for the translated QuickJS module, and its values as wasm32 packs them: a tag in the high 32 bits, or a double
 * shifted so that no tag can be mistaken for one (QuickJS-ng, quickjs.h, JS_NAN_BOXING; the image builder checks it). */
#ifndef CL_JS_ENGINE_H
#define CL_JS_ENGINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "quickjs.h" /* generated */

typedef Z_quickjs_instance_t js_engine;
#define JS(name) Z_quickjsZ_##name
#define JS_ENV(name) Z_envZ_##name
#define JS_ENV_T Z_env_instance_t
#define JS_WASI(name) Z_wasi_snapshot_preview1Z_##name
#define JS_WASI_T Z_wasi_snapshot_preview1_instance_t

typedef uint64_t js_value;

enum {
  JS_TAG_FIRST = -9,
  JS_TAG_STRING = -7,
  JS_TAG_STRING_ROPE = -6,
  JS_TAG_OBJECT = -1,
  JS_TAG_INT = 0,
  JS_TAG_BOOL = 1,
  JS_TAG_NULL = 2,
  JS_TAG_UNDEFINED = 3,
  JS_TAG_UNINITIALIZED = 4,
  JS_TAG_EXCEPTION = 6,
  JS_TAG_FLOAT64 = 8,
};
#define JS_PACK(tag, low) ((uint64_t)(uint32_t)(tag) << 32 | (uint32_t)(low))
#define JS_NULL JS_PACK(JS_TAG_NULL, 0)
#define JS_UNDEFINED JS_PACK(JS_TAG_UNDEFINED, 0)
#define JS_EXCEPTION JS_PACK(JS_TAG_EXCEPTION, 0)
#define JS_FLOAT_SHIFT ((uint64_t)(uint32_t)(0x7ff80000 - JS_TAG_FIRST + 1) << 32)

enum { JS_EVAL_COMPILE_ONLY = 1 << 5, JS_EVAL_ASYNC = 1 << 7 };
enum { JS_PROP_CONFIGURABLE = 1, JS_PROP_WRITABLE = 2, JS_PROP_ENUMERABLE = 4 };
enum { JS_PROMISE_PENDING = 0, JS_PROMISE_FULFILLED = 1, JS_PROMISE_REJECTED = 2 };

static inline int32_t js_tag(js_value v) { return (int32_t)(v >> 32); }
static inline bool js_is_exception(js_value v) { return js_tag(v) == JS_TAG_EXCEPTION; }
static inline bool js_is_object(js_value v) { return js_tag(v) == JS_TAG_OBJECT; }
static inline bool js_is_string(js_value v) { return js_tag(v) == JS_TAG_STRING || js_tag(v) == JS_TAG_STRING_ROPE; }
static inline bool js_is_float(js_value v) {
  return (uint32_t)(v >> 32) - JS_TAG_FIRST >= JS_TAG_FLOAT64 - JS_TAG_FIRST;
}
static inline js_value js_int(int32_t i) { return JS_PACK(JS_TAG_INT, i); }
static inline js_value js_bool(bool b) { return JS_PACK(JS_TAG_BOOL, b); }

static inline js_value js_float(double d) {
  uint64_t bits;
  memcpy(&bits, &d, 8);
  return d != d ? 0x7ff8000000000000u - JS_FLOAT_SHIFT : bits - JS_FLOAT_SHIFT;
}

static inline double js_to_float(js_value v) {
  uint64_t bits = v + JS_FLOAT_SHIFT;
  double d;
  memcpy(&d, &bits, 8);
  return d;
}

#endif
