/* Makes an image: boots the engine on a blank slot, runs the bootstrap, learns which pages runs usually touch, and writes
 * memory and globals to a file. A build-time program; the same inputs give the same bytes.
 *
 * usage: mkimage BOOTSTRAP.js ENGINE_ID OUT.img        (ENGINE_ID: 64 hex digits)
 *
 * Two passes: the first makes the image without hot pages; the second opens that image as the library would, runs the
 * warm-up scripts below in fresh cells, and adds the pages that all of them wrote, or all but one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "cell_pool.h"
#include "error.h"
#include "js_guest.h"
#include "limits.h"

/* What the library embeds is not there yet. */
extern const uint8_t cl_image_js_start[], *const cl_image_js_end;
extern const uint8_t cl_image_compiler_start[], *const cl_image_compiler_end;
const uint8_t cl_image_js_start[1] = {0}, *const cl_image_js_end = cl_image_js_start;
const uint8_t cl_image_compiler_start[1] = {0}, *const cl_image_compiler_end = cl_image_compiler_start;

static const char *bootstrap_text;
static size_t bootstrap_len;
static cl_image_globals globals;
static const char *failure;

/* A collection relinks every object and so touches every page of the heap: small scripts end before the first one. */
enum { GC_THRESHOLD = 4 << 20 };
enum { SPARE_HEAP = 512 << 10, SMALL_BLOCK = 512, INITIAL_WASM_PAGES = 23 };

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

static bool run_bootstrap(cloche_cell *cell) {
  js_engine *q = cell->instance;
  js_value maker = eval(cell, bootstrap_text, bootstrap_len, "native");
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

static void boot(void *user) {
  cloche_cell *cell = user;
  js_engine *q = cell->instance;
  cl_host_end(&cell->guard);
  Z_quickjs_init_module();
  Z_quickjs_instantiate(q, (struct JS_ENV_T *)user, (struct JS_WASI_T *)user);
  JS(_initialize)(q);
  if (JS(qjs_init)(q) != 0) failure = "qjs_init failed";
  globals.runtime = JS(qjs_get_runtime_ptr)(q);
  globals.context = JS(qjs_get_context_ptr)(q);
  /* the side modules' globals, which the bootstrap takes away and builds on */
  if (JS(qjs_ext_url_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_encoding_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_crypto_init)(q, globals.context, globals.runtime) != 0 ||
      JS(qjs_ext_copy_init)(q, globals.context, globals.runtime) != 0)
    failure = "a side module's init failed";
  JS(qjs_set_max_stack_size)(q, CL_GUEST_STACK_MAX);
  uint32_t top = *JS(__stack_pointer)(q);
  globals.stack_limit = top - (uint32_t)CL_GUEST_STACK_MAX;
  if (!failure && !packing_is_as_written(cell)) failure = "values are not packed as js_engine.h says";
  if (!failure && !(globals.random_state = find_random_state(cell))) failure = "the state of Math.random was not found";
  if (!failure && !find_declarations(cell)) failure = "where scripts say what they declare was not found";
  if (!failure && !find_variables(cell)) failure = "where the names of let and const are was not found";
  if (!failure && !run_bootstrap(cell)) failure = "the bootstrap failed";
  if (!failure) {
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
  cl_host_begin(&cell->guard);
}

static int write_image(const char *path, const cl_image_header *header, const uint8_t *memory) {
  FILE *file = fopen(path, "wb");
  static uint8_t page[CL_IMAGE_HEADER];
  memcpy(page, header, sizeof *header);
  if (!file || fwrite(page, sizeof page, 1, file) != 1 || fwrite(memory, (size_t)header->memory_bytes, 1, file) != 1 ||
      fclose(file) != 0) {
    fprintf(stderr, "mkimage: %s: %s\n", path, strerror(errno));
    return 1;
  }
  return 0;
}

/* ---- the second pass */

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
};
enum { WARM_UPS = sizeof warm_ups / sizeof warm_ups[0] };

typedef struct {
  uint8_t *counts;
  uint32_t pages;
} tally;

static void tally_range(void *user, uint32_t first, uint32_t count) {
  tally *t = user;
  for (uint32_t page = first; page < first + count && page < t->pages; page++) t->counts[page]++;
}

static int learn(cloche_engine *engine, cl_image_header *header, const uint8_t *memory) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  uint8_t *image = malloc(CL_IMAGE_HEADER + (size_t)header->memory_bytes);
  tally t = {.pages = (uint32_t)(header->memory_bytes / CL_PAGE)};
  t.counts = calloc(t.pages, 1);
  if (!image || !t.counts || cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK) return 1;
  memset(image, 0, CL_IMAGE_HEADER);
  memcpy(image, header, sizeof *header);
  memcpy(image + CL_IMAGE_HEADER, memory, (size_t)header->memory_bytes);
  if (cl_engine_adopt(engine, image, CL_IMAGE_HEADER + (size_t)header->memory_bytes, false, &err) != CLOCHE_OK)
    return 1;
  for (int i = 0; i < WARM_UPS; i++) {
    cloche_cell *cell;
    cloche_result result;
    cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
    options.seeded = true;
    options.session = true; /* a one-shot cell would be back at the image before it could be looked at */
    if (cloche_cell_open(&cell, thread, engine, &options, &err) != CLOCHE_OK) return 1;
    cell->slot.keep_equal = true;
    if (cloche_cell_eval(cell, warm_ups[i], strlen(warm_ups[i]), NULL, &result, &err) != CLOCHE_OK ||
        result.status != CLOCHE_OK) {
      fprintf(stderr, "mkimage: warm-up %d: %s\n", i, err.message);
      return 1;
    }
    cl_pages_scan(&engine->pagemap, cell->slot.base, cell->slot.bytes, tally_range, &t);
    cloche_cell_close(cell);
    cl_cell_destroy(thread->cells); /* the next one starts cold: its dirty pages are its own */
    thread->cells = NULL;
    thread->spare_slots = 0;
  }
  for (uint32_t page = 0; page < t.pages; page++)
    if (t.counts[page] >= WARM_UPS - 1) cl_bit_set(header->hot, page);
  cl_bit_set(header->hot, header->globals.random_state / CL_PAGE); /* written for every cell before it runs */
  free(t.counts);
  free(image);
  cloche_thread_close(thread);
  return 0;
}

static bool read_hex_id(uint8_t id[32], const char *hex) {
  if (strlen(hex) != 64) return false;
  for (int i = 0; i < 32; i++) {
    unsigned byte;
    if (sscanf(hex + 2 * i, "%2x", &byte) != 1) return false;
    id[i] = (uint8_t)byte;
  }
  return true;
}

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  char *text = malloc(1 << 20);
  if (!file || !text) return NULL;
  *len = fread(text, 1, 1 << 20, file);
  fclose(file);
  return text;
}

int main(int argc, char **argv) {
  cl_image_header header = {
      .magic = CL_IMAGE_MAGIC, .version = CL_IMAGE_VERSION, .header_bytes = CL_IMAGE_HEADER, .language = "js"};
  if (argc != 4 || !read_hex_id(header.engine_id, argv[2]) || !(bootstrap_text = read_file(argv[1], &bootstrap_len))) {
    fprintf(stderr, "usage: mkimage BOOTSTRAP.js ENGINE_ID OUT.img\n");
    return 2;
  }
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  options.seeded = true;
  options.clock = CLOCHE_CLOCK_VIRTUAL;
  if (cl_engine_open_blank(&engine, &cl_language_js, INITIAL_WASM_PAGES, &err) != CLOCHE_OK ||
      cloche_thread_open(&thread, NULL, &err) != CLOCHE_OK ||
      cloche_cell_open(&cell, thread, engine, &options, &err) != CLOCHE_OK ||
      !(cell->fiber = cl_thread_fiber(thread, cell->id, &err))) {
    fprintf(stderr, "mkimage: %s\n", err.message);
    return 1;
  }
  cell->guard.fiber = cell->fiber;
  cell->guard.wall_at = cell->guard.cpu_check_at = cell->guard.slice_at = CL_NEVER;
  cell->guard.stop = 0;
  cl_fiber_start(cell->fiber, boot, cell);
  cl_trap_enter(&cell->guard);
  if (failure || cell->guard.forced) {
    fprintf(stderr, "mkimage: %s\n", failure ? failure : "the engine trapped while booting");
    return 1;
  }
  header.memory_bytes = cell->slot.bytes;
  header.globals = globals;
  uint8_t *memory = malloc(cell->slot.bytes);
  if (!memory) return 1;
  memcpy(memory, cell->slot.base, cell->slot.bytes);
  cloche_engine second = {.language = &cl_language_js, .pagemap = engine->pagemap, .pid = engine->pid};
  if (learn(&second, &header, memory) != 0) return 1;
  cl_image_hash(header.image_id, &header, memory);
  return write_image(argv[3], &header, memory);
}
