/* What makes a run of JavaScript an input of a person's: names may be declared again, the value stays in `_`, and names
 * can be completed.
 *
 * What a script declares stands at the head of its code, before anything of it is executed: one instruction for each
 * name, by which the engine asks whether the name is free. So the host reads these instructions and frees the names
 * itself; nothing is evaluated twice. Where the instructions are, and the object that holds what `let`, `const` and
 * `class` declare at the top level, the image builder has found out (mkimage.c).
 *
 * Everything here runs on the cell's fiber in guest mode. The code is guest memory: what is read there may be anything,
 * and can spoil the guest alone. */
#include "js_guest.h"

enum { DECLARED_LEXICAL = 1 << 7 };
enum { DECLARE_BYTES = 6 }; /* instruction, atom, flags */
enum { NAMES_OF_STRINGS = 1, ENUM_BYTES = 8 };

static const cl_image_globals *globals_of(const cloche_cell *cell) { return &cell->engine->header.globals; }

/* The instruction number `index`, if it is one that declares; NULL: it is not, and there are no more of them. */
static uint8_t *declaration(cloche_cell *cell, uint32_t code, uint32_t index) {
  uint8_t *at = cl_guest_space(cell, (cl_guest_ptr){code + index * DECLARE_BYTES}, DECLARE_BYTES);
  return at && *at == globals_of(cell)->declares ? at : NULL;
}

static uint32_t atom_of(const uint8_t *declaration) {
  uint32_t atom;
  memcpy(&atom, declaration + 1, sizeof atom);
  return atom;
}

enum property { ABSENT, OPEN, LIKE_VAR, FIXED, KEPT };

/* What kind of property of the global object stands in the way of a name. */
static enum property kind_of(cloche_cell *cell, js_value object, uint32_t atom) {
  js_engine *q = js_engine_of(cell);
  enum { FLAGS = 0, VALUE = 8, BYTES = 32, IS_ACCESSOR = 1 << 4 }; /* value, getter and setter */
  uint32_t d = js_push(cell, BYTES);
  int32_t found = (int32_t)JS(JS_GetOwnProperty)(q, js_context_of(cell), d, object, atom);
  uint32_t flags = js_read_u32(cell, d + FLAGS);
  enum property kind = ABSENT;
  if (found > 0) {
    const uint32_t var = JS_PROP_WRITABLE | JS_PROP_ENUMERABLE;
    bool accessor = (flags & IS_ACCESSOR) != 0;
    for (uint32_t at = VALUE; at < BYTES; at += 8) js_drop(cell, js_read_u64(cell, d + at));
    if (flags & JS_PROP_CONFIGURABLE) kind = !accessor && !(flags & JS_PROP_ENUMERABLE) ? KEPT : OPEN;
    else kind = !accessor && (flags & var) == var ? LIKE_VAR : FIXED;
  }
  js_pop(cell, BYTES);
  return kind;
}

/* The engine would refuse the script all the same: then nothing is taken away. */
static bool will_be_refused(cloche_cell *cell, js_value global, uint32_t code) {
  if (!JS(JS_IsExtensible)(js_engine_of(cell), js_context_of(cell), global)) return true;
  const uint8_t *at;
  for (uint32_t i = 0; (at = declaration(cell, code, i)) != NULL; i++)
    if (at[DECLARE_BYTES - 1] & DECLARED_LEXICAL && kind_of(cell, global, atom_of(at)) == FIXED) return true;
  return false;
}

void js_free_names(cloche_cell *cell, js_value script) {
  js_engine *q = js_engine_of(cell);
  const cl_image_globals *globals = globals_of(cell);
  uint32_t code = js_read_u32(cell, (uint32_t)script + globals->code_at);
  if (!declaration(cell, code, 0)) return;
  js_value global = JS(JS_GetGlobalObject)(q, js_context_of(cell));
  uint8_t *at;
  bool refused = will_be_refused(cell, global, code);
  for (uint32_t i = 0; !refused && (at = declaration(cell, code, i)) != NULL; i++) {
    uint32_t atom = atom_of(at);
    if (at[DECLARE_BYTES - 1] & DECLARED_LEXICAL && kind_of(cell, global, atom) == LIKE_VAR)
      at[DECLARE_BYTES - 1] &= (uint8_t)~DECLARED_LEXICAL; /* asked for as a var, it is free; it will hide the var */
    if (atom == globals->last_value && kind_of(cell, global, atom) == KEPT)
      (void)JS(JS_DeleteProperty)(q, js_context_of(cell), global, atom, 0);
    (void)JS(JS_DeleteProperty)(q, js_context_of(cell), globals->variables, atom, 0);
  }
  js_drop(cell, global);
}

void js_keep_value(cloche_cell *cell, js_value value) {
  js_engine *q = js_engine_of(cell);
  const cl_image_globals *globals = globals_of(cell);
  if (value == JS_UNDEFINED || kind_of(cell, globals->variables, globals->last_value) != ABSENT) return;
  js_value global = JS(JS_GetGlobalObject)(q, js_context_of(cell));
  enum property kind = kind_of(cell, global, globals->last_value);
  if (kind == ABSENT || kind == KEPT) {
    const uint32_t flags = JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE;
    js_value own = JS(JS_DupValue)(q, js_context_of(cell), value);
    if ((int32_t)JS(JS_DefinePropertyValue)(q, js_context_of(cell), global, globals->last_value, own, flags) < 0)
      js_drop(cell, JS(JS_GetException)(q, js_context_of(cell)));
  }
  js_drop(cell, global);
}

js_value js_variables(cloche_cell *cell) {
  js_engine *q = js_engine_of(cell);
  uint32_t context = js_context_of(cell), out = js_push(cell, 8);
  js_value variables = globals_of(cell)->variables;
  js_value copy = JS(JS_NewObjectProto)(q, context, JS_NULL);
  if (!js_is_exception(copy) &&
      (int32_t)JS(JS_GetOwnPropertyNames)(q, context, out, out + 4, variables, NAMES_OF_STRINGS) < 0) {
    js_drop(cell, copy);
    copy = JS_EXCEPTION;
  }
  if (!js_is_exception(copy)) {
    const uint32_t flags = JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE | JS_PROP_ENUMERABLE;
    uint32_t names = js_read_u32(cell, out), count = js_read_u32(cell, out + 4);
    for (uint32_t i = 0; i < count && !js_must_stop(cell); i++) {
      uint32_t atom = js_read_u32(cell, names + i * ENUM_BYTES + 4);
      js_value value = JS(JS_GetProperty)(q, context, variables, atom);
      if (js_tag(value) == JS_TAG_UNINITIALIZED) value = JS_UNDEFINED; /* its initialiser has thrown */
      if (js_is_exception(value) || (int32_t)JS(JS_DefinePropertyValue)(q, context, copy, atom, value, flags) < 0) {
        js_drop(cell, copy);
        copy = JS_EXCEPTION;
        break;
      }
    }
    JS(JS_FreePropertyEnum)(q, context, names, count);
  }
  js_pop(cell, 8);
  return copy;
}
