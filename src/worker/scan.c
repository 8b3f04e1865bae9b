/* Reads JSON in place; scan.h. */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

/* ---- tokens. Each function begins at its token and ends behind it. */

static void skip_space(cl_scan *s) {
  while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r')) s->at++;
}

static bool take(cl_scan *s, char c) {
  if (s->at == s->end || *s->at != c) return false;
  s->at++;
  return true;
}

/* The length of the UTF-8 sequence that is next (RFC 3629); 0: it is none. */
static size_t utf8_length(const cl_scan *s) {
  const unsigned char *p = (const unsigned char *)s->at;
  if (p[0] < 0x80) return 1;
  size_t need = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
  if (need == 0 || (size_t)(s->end - s->at) < need) return 0;
  for (size_t i = 1; i < need; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
  bool beyond = (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F);
  return overlong || beyond ? 0 : need;
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool skip_escape(cl_scan *s) {
  s->at++;
  if (s->at == s->end || *s->at == 0 || !strchr("\"\\/bfnrtu", *s->at)) return false;
  if (*s->at++ != 'u') return true;
  for (int i = 0; i < 4; i++, s->at++)
    if (s->at == s->end || hex_value(*s->at) < 0) return false;
  return true;
}

/* Eight bytes at a time, as long as all of them are plain: ASCII, no quote, no backslash, no control character. */
static void skip_plain(cl_scan *s) {
  const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
  for (; s->end - s->at >= 8; s->at += 8) {
    uint64_t word;
    memcpy(&word, s->at, 8);
    uint64_t quote = word ^ (ones * '"'), back = word ^ (ones * '\\');
    if (((word - ones * 0x20) | word | ((quote - ones) & ~quote) | ((back - ones) & ~back)) & high) return;
  }
}

static bool scan_string(cl_scan *s, cl_scanned *out) {
  const char *begin = ++s->at;
  out->type = CL_SCAN_STRING;
  out->escaped = false;
  for (;;) {
    skip_plain(s);
    if (s->at == s->end || (unsigned char)*s->at < 0x20) return false;
    if (*s->at == '"') break;
    if (*s->at == '\\') {
      out->escaped = true;
      if (!skip_escape(s)) return false;
    } else {
      size_t len = utf8_length(s);
      if (len == 0) return false;
      s->at += len;
    }
  }
  out->raw = (cl_text){begin, (size_t)(s->at - begin)};
  s->at++;
  return true;
}

static bool skip_digits(cl_scan *s) {
  const char *begin = s->at;
  while (s->at < s->end && *s->at >= '0' && *s->at <= '9') s->at++;
  return s->at > begin;
}

static bool skip_number(cl_scan *s) {
  (void)take(s, '-');
  if (!take(s, '0') && !skip_digits(s)) return false;
  if (take(s, '.') && !skip_digits(s)) return false;
  if (!take(s, 'e') && !take(s, 'E')) return true;
  if (!take(s, '+')) (void)take(s, '-');
  return skip_digits(s);
}

static bool skip_word(cl_scan *s, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0) return false;
  s->at += len;
  return true;
}

static bool scan_scalar(cl_scan *s, cl_scanned *out) {
  const char *begin = s->at;
  bool good = false;
  switch (*s->at) {
    case '"': return scan_string(s, out);
    case 'n': out->type = CL_SCAN_NULL, good = skip_word(s, "null"); break;
    case 't': out->type = CL_SCAN_TRUE, good = skip_word(s, "true"); break;
    case 'f': out->type = CL_SCAN_FALSE, good = skip_word(s, "false"); break;
    default: out->type = CL_SCAN_NUMBER, good = skip_number(s); break;
  }
  out->raw = (cl_text){begin, (size_t)(s->at - begin)};
  return good;
}

/* A member's name and its colon. */
static bool scan_name(cl_scan *s, cl_scanned *name) {
  skip_space(s);
  if (s->at == s->end || *s->at != '"' || !scan_string(s, name)) return false;
  skip_space(s);
  return take(s, ':');
}

/* ---- values */

/* What is open, innermost last: one bit each, set for an object. */
typedef struct {
  uint64_t bits[CL_SCAN_DEPTH / 64];
  size_t depth;
} brackets;

static bool is_object(const brackets *open) {
  size_t last = open->depth - 1;
  return open->bits[last / 64] >> (last % 64) & 1;
}

static bool push(brackets *open, bool object) {
  if (open->depth == CL_SCAN_DEPTH) return false;
  uint64_t bit = UINT64_C(1) << (open->depth % 64), *word = &open->bits[open->depth / 64];
  *word = object ? *word | bit : *word & ~bit;
  open->depth++;
  return true;
}

/* Behind a value: closes what is closed, and goes to the next value. False, with depth 0: there is none. */
static bool go_on(cl_scan *s, brackets *open, bool *good) {
  cl_scanned name;
  while (open->depth > 0) {
    skip_space(s);
    if (take(s, is_object(open) ? '}' : ']')) {
      open->depth--;
    } else {
      *good = take(s, ',') && (!is_object(open) || scan_name(s, &name));
      return *good;
    }
  }
  return false;
}

/* Behind an opening bracket: to its first value. False: it is empty, or not good. */
static bool go_in(cl_scan *s, brackets *open, bool *good) {
  cl_scanned name;
  skip_space(s);
  if (s->at < s->end && *s->at == (is_object(open) ? '}' : ']')) return false;
  if (is_object(open)) *good = scan_name(s, &name);
  return *good;
}

static bool skip_nested(cl_scan *s) {
  brackets open;
  cl_scanned scalar;
  bool good = true;
  open.depth = 0;
  for (;;) {
    skip_space(s);
    if (s->at == s->end) return false;
    if (*s->at == '{' || *s->at == '[') {
      if (!push(&open, *s->at++ == '{')) return false;
      if (go_in(s, &open, &good)) continue;
    } else if (!scan_scalar(s, &scalar)) {
      return false;
    }
    if (!good) return false;
    if (!go_on(s, &open, &good)) return good;
  }
}

bool cl_scan_value(cl_scan *s, cl_scanned *out) {
  skip_space(s);
  *out = (cl_scanned){0};
  if (s->at == s->end) return false;
  if (*s->at != '{' && *s->at != '[') return scan_scalar(s, out);
  const char *begin = s->at;
  out->type = *s->at == '{' ? CL_SCAN_OBJECT : CL_SCAN_ARRAY;
  if (!skip_nested(s)) return false;
  out->raw = (cl_text){begin, (size_t)(s->at - begin)};
  return true;
}

static cl_scan_field *find_field(cl_scan_field *fields, size_t count, cl_text name) {
  for (size_t i = 0; i < count; i++)
    if (fields[i].name[0] == name.data[0] && strncmp(fields[i].name, name.data, name.len) == 0 &&
        fields[i].name[name.len] == 0)
      return &fields[i];
  return NULL;
}

static bool scan_member(cl_scan *s, cl_scan_field *fields, size_t count, bool others) {
  cl_scanned name, ignored;
  if (!scan_name(s, &name) || name.escaped) return false;
  cl_scan_field *field = find_field(fields, count, name.raw);
  if (field ? field->value.type != CL_SCAN_NONE : !others) return false;
  return cl_scan_value(s, field ? &field->value : &ignored);
}

bool cl_scan_object(cl_scan *s, cl_scan_field *fields, size_t count, bool others) {
  for (size_t i = 0; i < count; i++) fields[i].value = (cl_scanned){0};
  skip_space(s);
  if (!take(s, '{')) return false;
  skip_space(s);
  if (take(s, '}')) return true;
  do {
    if (!scan_member(s, fields, count, others)) return false;
    skip_space(s);
  } while (take(s, ','));
  return take(s, '}');
}

bool cl_scan_array(cl_scan *s) {
  skip_space(s);
  s->begun = false;
  return take(s, '[');
}

bool cl_scan_item(cl_scan *s, bool *more) {
  skip_space(s);
  *more = false;
  if (take(s, ']')) return true;
  if (s->begun && !take(s, ',')) return false;
  s->begun = true;
  return *more = true;
}

cl_scan cl_scan_of(cl_text text) {
  return (cl_scan){text.data, text.data ? text.data + text.len : NULL, false}; /* of what was not there: no byte */
}

bool cl_scan_is_done(cl_scan *s) {
  skip_space(s);
  return s->at == s->end;
}

bool cl_scan_text(cl_text text, cl_scan_field *fields, size_t count, bool others) {
  cl_scan s = cl_scan_of(text);
  return cl_scan_object(&s, fields, count, others) && cl_scan_is_done(&s);
}

/* ---- what values are */

bool cl_scan_count(const cl_scanned *value, uint64_t max, uint64_t *out) {
  return value->type == CL_SCAN_NUMBER && cl_text_number(value->raw, out) && *out <= max;
}

static uint32_t hex4(const char *p) { /* of what are hex digits */
  uint32_t c = 0;
  for (int i = 0; i < 4; i++) c = c << 4 | (uint32_t)hex_value(p[i]);
  return c;
}

static size_t put_utf8(char *to, uint32_t c) {
  size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  if (len == 1) {
    to[0] = (char)c;
    return 1;
  }
  for (size_t i = len - 1; i > 0; i--, c >>= 6) to[i] = (char)(0x80 | (c & 0x3F));
  to[0] = (char)((0xF00 >> len & 0xFF) | c);
  return len;
}

/* An escape, at its backslash; what it stands for never takes more room than it. */
static bool unescape(const char **from, const char *end, char **to) {
  const char *plain = "\"\\/bfnrt", *means = "\"\\/\b\f\n\r\t", *p = *from;
  if (p[1] != 'u') {
    *(*to)++ = means[strchr(plain, p[1]) - plain];
    *from += 2;
    return true;
  }
  uint32_t c = hex4(p + 2);
  *from += 6;
  if (c >= 0xD800 && c < 0xDC00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u') {
    uint32_t low = hex4(p + 8);
    if (low < 0xDC00 || low > 0xDFFF) return false;
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    *from += 6;
  } else if (c >= 0xD800 && c <= 0xDFFF) {
    return false;
  }
  *to += put_utf8(*to, c);
  return true;
}

bool cl_scan_unescape(const cl_scanned *value, char *to, size_t *len) {
  const char *from = value->raw.data, *end = from + value->raw.len;
  char *begin = to;
  while (from < end) {
    const char *back = memchr(from, '\\', (size_t)(end - from));
    size_t plain = (size_t)((back ? back : end) - from);
    memcpy(to, from, plain);
    to += plain;
    from += plain;
    if (from < end && !unescape(&from, end, &to)) return false;
  }
  *len = (size_t)(to - begin);
  return true;
}

static char *pool_begin(cl_scan_pool *pool) {
  if (!pool->data) pool->data = malloc(pool->room + 1);
  pool->no_memory = !pool->data;
  return pool->data ? pool->data + pool->used : NULL;
}

bool cl_scan_keep(const cl_scanned *value, cl_scan_pool *pool, cl_text *out) {
  char *to = pool_begin(pool);
  size_t len = value->raw.len;
  if (!to) return false;
  if (!value->escaped) memcpy(to, value->raw.data, len);
  else if (!cl_scan_unescape(value, to, &len)) return false;
  to[len] = 0;
  pool->used += len + 1;
  *out = (cl_text){to, len};
  return true;
}

bool cl_scan_string(const cl_scanned *value, cl_scan_pool *pool, cl_text *out) {
  if (value->type != CL_SCAN_STRING) return false;
  if (value->escaped) return cl_scan_keep(value, pool, out);
  *out = value->raw;
  return true;
}

bool cl_scan_word(const cl_scanned *value, cl_scan_pool *pool, const char **out) {
  cl_text text;
  if (value->type != CL_SCAN_STRING || !cl_scan_keep(value, pool, &text)) return false;
  *out = text.data;
  return memchr(text.data, 0, text.len) == NULL;
}
