/* A recursive-descent parser (RFC 8259) that builds guest values. It trusts nothing about the text but its bounds: a
 * malformed one gives `undefined` parts, never an access outside of it. */
#include "js_decode.h"

#include "error.h"
#include "js_engine.h"
#include "json.h"

typedef struct {
  cloche_cell *cell;
  js_engine *q;
  uint32_t context;
  uint8_t *base; /* of linear memory: it never moves */
  uint32_t p, end;
  int depth;
} parser;

static js_value parse_value(parser *s);

static void skip_space(parser *s) {
  while (s->p < s->end && s->base[s->p] <= ' ') s->p++;
}

static int hex_digit(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static uint32_t read_hex(parser *s) {
  uint32_t value = 0;
  for (int i = 0; i < 4 && s->p < s->end; i++) value = value * 16 + (uint32_t)hex_digit(s->base[s->p++]);
  return value;
}

static uint32_t put_utf8(uint8_t *to, uint32_t c) {
  if (c < 0x80) return to[0] = (uint8_t)c, 1;
  if (c < 0x800) return to[0] = (uint8_t)(0xC0 | c >> 6), to[1] = (uint8_t)(0x80 | (c & 63)), 2;
  if (c < 0x10000) {
    to[0] = (uint8_t)(0xE0 | c >> 12), to[1] = (uint8_t)(0x80 | (c >> 6 & 63)), to[2] = (uint8_t)(0x80 | (c & 63));
    return 3;
  }
  to[0] = (uint8_t)(0xF0 | c >> 18), to[1] = (uint8_t)(0x80 | (c >> 12 & 63));
  to[2] = (uint8_t)(0x80 | (c >> 6 & 63)), to[3] = (uint8_t)(0x80 | (c & 63));
  return 4;
}

/* One escape after its backslash, written in place: what it stands for is never longer than it. */
static uint32_t unescape(parser *s, uint8_t *to) {
  uint8_t c = s->base[s->p++];
  switch (c) {
    case 'b': *to = '\b'; return 1;
    case 'f': *to = '\f'; return 1;
    case 'n': *to = '\n'; return 1;
    case 'r': *to = '\r'; return 1;
    case 't': *to = '\t'; return 1;
    case 'u': break;
    default: *to = c; return 1;
  }
  uint32_t unit = read_hex(s);
  bool pair =
      unit >= 0xD800 && unit < 0xDC00 && s->end - s->p >= 6 && s->base[s->p] == '\\' && s->base[s->p + 1] == 'u';
  if (pair) {
    uint32_t back = s->p;
    s->p += 2;
    uint32_t low = read_hex(s);
    if (low >= 0xDC00 && low < 0xE000) return put_utf8(to, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    s->p = back;
  }
  return put_utf8(to, unit);
}

/* Reads a string literal; gives where its text lies and how long it is, unescaped. */
static uint32_t read_string(parser *s, uint32_t *len) {
  uint32_t start = ++s->p;
  while (s->p < s->end && s->base[s->p] != '"' && s->base[s->p] != '\\') s->p++;
  uint32_t out = s->p;
  while (s->p < s->end && s->base[s->p] != '"') {
    if (s->base[s->p] == '\\' && s->end - s->p > 1) {
      s->p++;
      out += unescape(s, s->base + out);
    } else {
      s->base[out++] = s->base[s->p++];
    }
  }
  s->p++;
  *len = out - start;
  return start;
}

static js_value parse_string(parser *s) {
  uint32_t len, at = read_string(s, &len);
  return JS(JS_NewStringLen)(s->q, s->context, at, len);
}

static js_value parse_number(parser *s) {
  uint32_t start = s->p, value = 0, digits = 0;
  bool negative = s->base[s->p] == '-';
  if (negative) s->p++;
  for (; s->p < s->end && s->base[s->p] >= '0' && s->base[s->p] <= '9'; s->p++, digits++)
    if (digits < 9) value = value * 10 + (uint32_t)(s->base[s->p] - '0');
  uint8_t c = s->base[s->p];
  bool whole = c != '.' && c != 'e' && c != 'E';
  if (whole && digits > 0 && digits <= 9 && !(negative && value == 0))
    return js_int(negative ? -(int32_t)value : (int32_t)value);
  while (s->p < s->end && s->base[s->p] && strchr("0123456789+-.eE", s->base[s->p])) s->p++;
  if (s->p == start) s->p++;             /* never stand still */
  double d = JS(strtod)(s->q, start, 0); /* the guest's own: knows no locale */
  return JS(JS_NewNumber)(s->q, s->context, d);
}

/* An element or property is defined for reading alone. False: out of memory. */
static bool parse_object_members(parser *s, js_value object) {
  for (;;) {
    skip_space(s);
    if (s->p >= s->end || s->base[s->p] != '"') {
      s->p++;
      return true;
    }
    uint32_t len, at = read_string(s, &len);
    uint32_t key = JS(JS_NewAtomLen)(s->q, s->context, at, len);
    if (!key) return false;
    skip_space(s);
    s->p++; /* the colon */
    js_value value = parse_value(s);
    bool fine = !js_is_exception(value) &&
                (int32_t)JS(JS_DefinePropertyValue)(s->q, s->context, object, key, value, JS_PROP_ENUMERABLE) >= 0;
    JS(JS_FreeAtom)(s->q, s->context, key);
    if (!fine) return false;
    skip_space(s);
    if (s->p >= s->end || s->base[s->p++] != ',') return true;
  }
}

static js_value parse_object(parser *s) {
  js_value object = JS(JS_NewObject)(s->q, s->context);
  s->p++;
  if (js_is_exception(object)) return object;
  if (parse_object_members(s, object) && (int32_t)JS(JS_PreventExtensions)(s->q, s->context, object) >= 0)
    return object;
  JS(JS_FreeValue)(s->q, s->context, object);
  return JS_EXCEPTION;
}

static bool parse_array_elements(parser *s, js_value array) {
  skip_space(s);
  if (s->p < s->end && s->base[s->p] == ']') {
    s->p++;
    return true;
  }
  for (uint32_t i = 0;; i++) {
    js_value value = parse_value(s);
    if (js_is_exception(value)) return false;
    const uint32_t all = JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE | JS_PROP_ENUMERABLE;
    if ((int32_t)JS(JS_DefinePropertyValueUint32)(s->q, s->context, array, i, value, all) < 0) return false;
    skip_space(s);
    if (s->p >= s->end || s->base[s->p++] != ',') return true;
  }
}

static js_value parse_array(parser *s) {
  js_value array = JS(JS_NewArray)(s->q, s->context);
  s->p++;
  if (js_is_exception(array)) return array;
  if (parse_array_elements(s, array) && (int32_t)JS(JS_FreezeObject)(s->q, s->context, array) >= 0) return array;
  JS(JS_FreeValue)(s->q, s->context, array);
  return JS_EXCEPTION;
}

static js_value parse_word(parser *s, uint32_t len, js_value value) {
  s->p += len;
  return value;
}

static js_value parse_value(parser *s) {
  skip_space(s);
  if (s->p >= s->end) return JS_UNDEFINED;
  if (s->depth >= CL_JSON_DEPTH) return JS_UNDEFINED;
  s->depth++;
  js_value value;
  switch (s->base[s->p]) {
    case '{': value = parse_object(s); break;
    case '[': value = parse_array(s); break;
    case '"': value = parse_string(s); break;
    case 't': value = parse_word(s, 4, js_bool(true)); break;
    case 'f': value = parse_word(s, 5, js_bool(false)); break;
    case 'n': value = parse_word(s, 4, JS_NULL); break;
    default: value = parse_number(s); break;
  }
  s->depth--;
  return value;
}

uint64_t js_decode_frozen(cloche_cell *cell, cl_guest_ptr at, size_t len) {
  if (!cl_guest_bytes(cell, at, len + 1)) return JS_UNDEFINED;
  parser s = {.cell = cell,
              .q = cell->instance,
              .context = cell->engine->header.globals.context,
              .base = cell->slot.base,
              .p = at.at,
              .end = at.at + (uint32_t)len};
  return parse_value(&s);
}
