#include "js_guest.h"

#include <string.h>

#include "js_decode.h"

/* ---- small things to and from guest memory */

/* Room on the guest's own stack, for arguments and out parameters; give it back in reverse order. */
uint32_t js_push(cloche_cell *cell, uint32_t bytes) {
  uint32_t *sp = JS(__stack_pointer)(js_engine_of(cell));
  *sp -= (bytes + 15) & ~15u;
  return *sp;
}

void js_pop(cloche_cell *cell, uint32_t bytes) { *JS(__stack_pointer)(js_engine_of(cell)) += (bytes + 15) & ~15u; }

void js_write_u64(cloche_cell *cell, uint32_t at, uint64_t value) {
  uint8_t *to = cl_guest_space(cell, (cl_guest_ptr){at}, 8);
  if (to) memcpy(to, &value, 8);
}

uint64_t js_read_u64(const cloche_cell *cell, uint32_t at) {
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, 8);
  uint64_t value = JS_UNDEFINED;
  if (from) memcpy(&value, from, 8);
  return value;
}

uint32_t js_read_u32(const cloche_cell *cell, uint32_t at) {
  const uint8_t *from = cl_guest_bytes(cell, (cl_guest_ptr){at}, 4);
  uint32_t value = 0;
  if (from) memcpy(&value, from, 4);
  return value;
}

/* Copies text into guest memory, terminated; 0 when the guest has no memory left. Free it with the guest's free. */
uint32_t js_put_text(cloche_cell *cell, const char *text, size_t len) {
  if (len >= UINT32_MAX - 1) return 0;
  uint32_t at = JS(malloc)(js_engine_of(cell), (uint32_t)len + 1);
  uint8_t *to = at ? cl_guest_space(cell, (cl_guest_ptr){at}, len + 1) : NULL;
  if (!to) return 0;
  if (len) memcpy(to, text, len);
  to[len] = 0;
  return at;
}

js_text js_get_text(cloche_cell *cell, js_value value) {
  js_text text = {0};
  if (!js_is_string(value)) return text;
  uint32_t out = js_push(cell, 8);
  text.at = JS(JS_ToCStringLen2)(js_engine_of(cell), js_context_of(cell), out, value, 0);
  uint32_t len = js_read_u32(cell, out);
  js_pop(cell, 8);
  text.data = text.at ? (const char *)cl_guest_bytes(cell, (cl_guest_ptr){text.at}, len) : NULL;
  text.len = text.data ? len : 0;
  return text;
}

void js_drop_text(cloche_cell *cell, js_text *text) {
  if (text->at) JS(JS_FreeCString)(js_engine_of(cell), js_context_of(cell), text->at);
  *text = (js_text){0};
}

void js_drop(cloche_cell *cell, js_value value) { JS(JS_FreeValue)(js_engine_of(cell), js_context_of(cell), value); }

js_value js_call(cloche_cell *cell, js_value function, const js_value *args, uint32_t count) {
  uint32_t argv = js_push(cell, count * 8);
  for (uint32_t i = 0; i < count; i++) js_write_u64(cell, argv + i * 8, args[i]);
  js_value result = JS(JS_Call)(js_engine_of(cell), js_context_of(cell), function, JS_UNDEFINED, count, argv);
  js_pop(cell, count * 8);
  return result;
}

js_value js_call_entry(cloche_cell *cell, enum js_entry entry, const js_value *args, uint32_t count) {
  return js_call(cell, cell->engine->header.globals.entries[entry], args, count);
}

js_value js_new_text(cloche_cell *cell, const char *text, size_t len) {
  uint32_t at = js_put_text(cell, text, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
  js_value value = JS(JS_NewStringLen)(js_engine_of(cell), js_context_of(cell), at, (uint32_t)len);
  JS(free)(js_engine_of(cell), at);
  return value;
}

js_value js_optional_text(cloche_cell *cell, const char *text) {
  return text ? js_new_text(cell, text, strlen(text)) : JS_UNDEFINED;
}

js_value js_property(cloche_cell *cell, js_value object, const char *name) {
  uint32_t key = js_put_text(cell, name, strlen(name));
  if (!key) return JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
  js_value value = JS(JS_GetPropertyStr)(js_engine_of(cell), js_context_of(cell), object, key);
  JS(free)(js_engine_of(cell), key);
  return value;
}

/* ---- answers */

js_value js_json_value(cloche_cell *cell, const char *json, size_t len, bool frozen) {
  if (len == 0) return JS_UNDEFINED;
  uint32_t at = js_put_text(cell, json, len);
  if (!at) return JS(JS_ThrowOutOfMemory)(js_engine_of(cell), js_context_of(cell));
  js_value value;
  if (frozen) value = js_decode_frozen(cell, (cl_guest_ptr){at}, len);
  else value = JS(JS_ParseJSON)(js_engine_of(cell), js_context_of(cell), at, (uint32_t)len, at);
  JS(free)(js_engine_of(cell), at);
  return value;
}

/* The Error that a rejected call throws. */
static js_value rejection_value(cloche_cell *cell, const cl_call *answer, js_value made_at_call) {
  js_value args[5];
  args[0] = js_new_text(cell, answer->name, strlen(answer->name));
  args[1] = js_new_text(cell, answer->message, strlen(answer->message));
  args[2] = js_optional_text(cell, answer->code);
  args[3] = answer->answer ? js_json_value(cell, answer->answer, answer->answer_len, true) : JS_UNDEFINED;
  args[4] = made_at_call;
  js_value error = js_call_entry(cell, JS_MAKE_ERROR, args, 5);
  for (int i = 0; i < 4; i++) js_drop(cell, args[i]);
  return error;
}

js_value js_answer_value(cloche_cell *cell, const cl_call *answer, js_value made_at_call) {
  if (answer->rejected) return rejection_value(cell, answer, made_at_call);
  return js_json_value(cell, answer->answer, answer->answer_len, cell->tools[answer->tool].frozen);
}
