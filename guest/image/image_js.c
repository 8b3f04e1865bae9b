/* The image of JavaScript: boots QuickJS, runs the bootstrap (guest/js/world, the compilers' image: with the compilers). */
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "image.h"
#include "js_guest.h"
#include "limits.h"

static cl_image_globals globals;

/* A collection relinks every object and so touches every page of the heap: small scripts end before the first one. */
enum { GC_THRESHOLD = 4 << 20 };
enum { SPARE_HEAP = 512 << 10, SMALL_BLOCK = 512 };

static uint32_t put(cloche_cell *cell, const char *text, size_t len) {
  uint32_t at = JS(malloc)(cell->instance, (uint32_t)len + 1);
  memcpy(cell->slot.base + at, text, len);
  cell->slot.base[at + len] = 0;
  return at;
}

static js_value eval(cloche_cell *cell, const char *text, size_t len, const char *name) {
  uint32_t source = put(cell, text, len), file = put(cell, name, strlen(name));
  js_value value = JS(JS_Eval)(cell->instance, globals.context, source, (uint32_t)len, file, 0);
  JS(free)(cell->instance, source);
  JS(free)(cell->instance, file);
  return value;
}

static const char *text_of(cloche_cell *cell, js_value value) {
  uint32_t out = JS(malloc)(cell->instance, 8);
  uint32_t at = JS(JS_ToCStringLen2)(cell->instance, globals.context, out, value, 0);
  return at ? (const char *)cell->slot.base + at : "?";
}

/* How values are packed is written down in js_engine.h; here the engine is asked. */
static bool packing_is_as_written(cloche_cell *cell) {
  js_value half = eval(cell, "0.5", 3, "probe"), one = eval(cell, "1", 1, "probe"),
           yes = eval(cell, "true", 4, "probe");
  js_value none = eval(cell, "undefined", 9, "probe"), null = eval(cell, "null", 4, "probe"),
           nan = eval(cell, "NaN", 3, "probe");
  js_value text = eval(cell, "'a'", 3, "probe"), object = eval(cell, "({})", 4, "probe");
  bool same = half == js_float(0.5) && js_to_float(half) == 0.5 && one == js_int(1) && yes == js_bool(true) &&
              none == JS_UNDEFINED && null == JS_NULL && js_is_float(nan) && js_is_float(half) && !js_is_float(one) &&
              js_is_string(text) && js_is_object(object);
  JS(JS_FreeValue)(cell->instance, globals.context, text);
  JS(JS_FreeValue)(cell->instance, globals.context, object);
  return same;
}

/* The state of Math.random is the one word of the context that a call of it changes. */
static uint32_t find_random_state(cloche_cell *cell) {
  enum { CONTEXT_BYTES = 4096 };
  static uint8_t before[CONTEXT_BYTES];
  js_value function = eval(cell, "Math.random", 11, "probe");
  uint8_t *context = cell->slot.base + globals.context;
  uint32_t found = 0;
  memcpy(before, context, CONTEXT_BYTES);
  js_value first = JS(JS_Call)(cell->instance, globals.context, function, JS_UNDEFINED, 0, 0);
  for (uint32_t at = 0; at + 8 <= CONTEXT_BYTES && !found; at += 8) {
    if (memcmp(before + at, context + at, 8) == 0) continue;
    memcpy(context + at, before + at, 8);
    js_value again = JS(JS_Call)(cell->instance, globals.context, function, JS_UNDEFINED, 0, 0);
    if (again == first) found = globals.context + at;
  }
  JS(JS_FreeValue)(cell->instance, globals.context, function);
  return found;
}

static js_value compile(cloche_cell *cell, const char *text, uint32_t flags) {
  uint32_t options[4] = {1, flags | JS_EVAL_COMPILE_ONLY, put(cell, "probe", 5), 1}; /* JSEvalOptions */
  uint32_t source = put(cell, text, strlen(text)), at = put(cell, (const char *)options, sizeof options);
  js_value script = JS(JS_Eval2)(cell->instance, globals.context, source, (uint32_t)strlen(text), at);
  JS(free)(cell->instance, source);
  JS(free)(cell->instance, options[2]);
  JS(free)(cell->instance, at);
  return script;
}

static uint32_t atom(cloche_cell *cell, const char *name) {
  uint32_t at = put(cell, name, strlen(name));
  uint32_t made = JS(JS_NewAtomLen)(cell->instance, globals.context, at, (uint32_t)strlen(name));
  JS(free)(cell->instance, at);
  return made;
}

/* Whether the code at `code` begins with one instruction for each of the declarations in find_declarations. */
static bool begins_with_declarations(const cloche_cell *cell, uint32_t code, const uint32_t atoms[4]) {
  static const uint8_t flags[4] = {0x80, 0x80, 0, 0x40}; /* lexical, lexical, a var, a function */
  const uint8_t *at = cell->slot.base + code;
  for (int i = 0; i < 4; i++, at += 6)
    if (at[0] != cell->slot.base[code] || memcmp(at + 1, &atoms[i], 4) != 0 || at[5] != flags[i]) return false;
  return at[0] != cell->slot.base[code];
}

/* Where a script says what it declares. */
static bool find_declarations(cloche_cell *cell) {
  enum { OBJECT_BYTES = 64 };
  static const char text[] = "let probe1 = 1; const probe2 = 2; var probe3 = 3; function probe4() {}";
  const uint32_t atoms[4] = {atom(cell, "probe1"), atom(cell, "probe2"), atom(cell, "probe3"), atom(cell, "probe4")};
  bool same = true;
  for (int way = 0; way < 2 && same; way++) {
    js_value script = compile(cell, text, way == 0 ? 0 : JS_EVAL_ASYNC);
    for (uint32_t at = 0; at < OBJECT_BYTES && !globals.code_at; at += 4) {
      uint32_t code = js_read_u32(cell, (uint32_t)script + at);
      if (code < cell->slot.bytes - 64 && begins_with_declarations(cell, code, atoms)) globals.code_at = at;
    }
    uint32_t code = js_read_u32(cell, (uint32_t)script + globals.code_at);
    same = globals.code_at && begins_with_declarations(cell, code, atoms);
    if (same) globals.declares = cell->slot.base[code];
    JS(JS_FreeValue)(cell->instance, globals.context, script);
  }
  for (int i = 0; i < 4; i++) JS(JS_FreeAtom)(cell->instance, globals.context, atoms[i]);
  return same;
}

/* The object of what let and const declare stands behind the global object in the context. A name whose initialiser has
 * thrown shows it, and how the engine writes that it has no value. */
static bool find_variables(cloche_cell *cell) {
  enum { CONTEXT_BYTES = 1024 };
  js_engine *q = cell->instance;
  js_value global = JS(JS_GetGlobalObject)(q, globals.context), thrown = eval(cell, "throw 0; let probe", 18, "probe");
  uint32_t name = atom(cell, "probe");
  bool found = js_is_exception(thrown);
  JS(JS_FreeValue)(q, globals.context, JS(JS_GetException)(q, globals.context));
  for (uint32_t at = 0; at < CONTEXT_BYTES && !globals.variables; at += 8)
    if (js_read_u64(cell, globals.context + at) == global)
      globals.variables = js_read_u64(cell, globals.context + at + 8);
  found = found && js_is_object(globals.variables) &&
          js_tag(JS(JS_GetProperty)(q, globals.context, globals.variables, name)) == JS_TAG_UNINITIALIZED &&
          (int32_t)JS(JS_DeleteProperty)(q, globals.context, globals.variables, name, 0) > 0;
  JS(JS_FreeAtom)(q, globals.context, name);
  JS(JS_FreeValue)(q, globals.context, global);
  globals.last_value = atom(cell, "_"); /* for good */
  return found;
}

static bool run_bootstrap(cloche_cell *cell, const char *text, size_t len) {
  js_engine *q = cell->instance;
  js_value maker = eval(cell, text, len, "native");
  if (js_is_exception(maker)) {
    fprintf(stderr, "mkimage: %s\n", text_of(cell, JS(JS_GetException)(q, globals.context)));
    return false;
  }
  uint32_t name = put(cell, "host", 4);
  uint32_t boxed = JS(qjs_new_host_function)(q, name, 4, 0);
  JS(free)(q, name);
  js_value entries = JS(JS_Call)(q, globals.context, maker, JS_UNDEFINED, 1, boxed);
  if (js_is_exception(entries)) {
    fprintf(stderr, "mkimage: %s\n", text_of(cell, JS(JS_GetException)(q, globals.context)));
    return false;
  }
  for (uint32_t i = 0; i < CL_IMAGE_ENTRIES; i++)
    globals.entries[i] = JS(JS_GetPropertyUint32)(q, globals.context, entries, i);
  JS(JS_FreeValue)(q, globals.context, maker);
  JS(JS_FreeValue)(q, globals.context, entries);
  return true;
}

/* Booting leaves holes all over the heap, and a run that fills them would touch a page for each. So they are filled for
 * good: blocks are taken as long as they land below the end of the heap, first from libc's allocator with falling sizes,
 * then from the engine's own, which carves small blocks out of larger ones, with every size it knows. */
static void fill_holes(cloche_cell *cell) {
  js_engine *q = cell->instance;
  uint32_t end = JS(malloc)(q, SPARE_HEAP), at;
  for (uint32_t size = 128 << 10; size >= 4; size -= size > 4096 ? 4096 : size > 256 ? 64 : 4) {
    while ((at = JS(malloc)(q, size)) != 0 && at < end) memset(cell->slot.base + at, 0, size);
    JS(free)(q, at);
  }
  for (uint32_t size = 4096; size >= 8; size -= 8) {
    while ((at = JS(js_malloc_rt)(q, globals.runtime, size)) != 0 && at < end) memset(cell->slot.base + at, 0, size);
    if (size > SMALL_BLOCK) JS(js_free_rt)(q, globals.runtime, at); /* one of each small size keeps its arena alive */
  }
  JS(free)(q, end);
}

/* What is left when everything has been set up. */
static void settle(cloche_cell *cell) {
  js_engine *q = cell->instance;
  JS(qjs_set_interrupt_handler)(q, 1);
  JS(qjs_set_promise_rejection_handler)(q, 1);
  JS(qjs_set_module_loader)(q, 1);
  JS(JS_RunGC)(q, globals.runtime);
  JS(JS_SetGCThreshold)(q, globals.runtime, GC_THRESHOLD);
  fill_holes(cell); /* and leaves room at the end, so that small scripts need not grow the memory */
  globals.stack_pointer = *JS(__stack_pointer)(q);
  uint32_t low = globals.stack_pointer - 256 * 1024 - (uint32_t)CL_GUEST_STACK_MAX / 2;
  memset(cell->slot.base + low, 0, globals.stack_pointer - low); /* what booting left on the guest's stack */
  uint64_t seed = 1;
  memcpy(cell->slot.base + globals.random_state, &seed, 8);
}

static const char *boot(cloche_cell *cell, const uint8_t *input, size_t len, cl_image_globals *out) {
  js_engine *q = cell->instance;
  Z_quickjs_init_module();
  Z_quickjs_instantiate(q, (struct JS_ENV_T *)(void *)cell, (struct JS_WASI_T *)(void *)cell);
  JS(_initialize)(q);
  if (JS(qjs_init)(q) != 0) return "qjs_init failed";
  globals.runtime = JS(qjs_get_runtime_ptr)(q);
  globals.context = JS(qjs_get_context_ptr)(q);
  /* the side modules' globals, which the bootstrap takes away and builds on */
  if (JS(qjs_ext_url_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_encoding_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_crypto_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_copy_init)(q, globals.context, globals.runtime) != 0)
    return "a side module's init failed";
  JS(qjs_set_max_stack_size)(q, CL_GUEST_STACK_MAX);
  globals.stack_limit = *JS(__stack_pointer)(q) - (uint32_t)CL_GUEST_STACK_MAX;
  if (!packing_is_as_written(cell)) return "values are not packed as js_engine.h says";
  globals.random_state = find_random_state(cell);
  if (!globals.random_state) return "the state of Math.random was not found";
  if (!find_declarations(cell)) return "where scripts say what they declare was not found";
  if (!find_variables(cell)) return "where the names of let and const are was not found";
  if (!run_bootstrap(cell, (const char *)input, len)) return "the bootstrap failed";
  settle(cell);
  *out = globals;
  return NULL;
}

static const char *const warm_ups[] = {
    "1+2",
    "const xs = [3, 1, 2]; xs.sort((a, b) => a - b); ({xs, n: xs.length, s: xs.map(x => `<${x}>`).join('-')})",
    "console.log('hello', {a: 1, b: [1, 2, 3]}); JSON.stringify({a: [1, 2, {b: 3}]})",
    "let o = {}; for (let i = 0; i < 50; i++) o['k' + i] = i; Object.entries(o).filter(([k, v]) => v % 2).length",
    "const r = await Promise.all([1, 2, 3].map(async x => x * 2)); r.reduce((a, b) => a + b, 0)",
    "class A { constructor(x) { this.x = x } get y() { return this.x + 1 } } new A(4).y",
    "'a,b;c'.split(/[,;]/).map(s => s.toUpperCase()).join('')",
    "const m = new Map(); for (const w of 'a b a c'.split(' ')) m.set(w, (m.get(w) || 0) + 1); [...m]",
    "try { null.x } catch (e) { e.message }",
    NULL,
};

const image_maker image_maker_js = {.language = &cl_language_js, .boot = boot, .warm_ups = warm_ups, .odd = 1};
