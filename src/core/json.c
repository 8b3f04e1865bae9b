/* The JSON checker is one loop over bytes with a stack of open brackets in bits, so that depth costs no native stack. */
#include "json.h"

#include <stdint.h>
#include <string.h>

size_t cl_utf8_length(const unsigned char *s, size_t len) {
  unsigned char c = s[0];
  if (c < 0x80) return 1;
  if (c < 0xC2 || c > 0xF4) return 0;
  size_t need = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  if (len < need) return 0;
  unsigned char low = 0x80,
                high = 0xBF; /* of the second byte: no overlong forms, no surrogates, no more than U+10FFFF */
  if (c == 0xE0) low = 0xA0;
  if (c == 0xED) high = 0x9F;
  if (c == 0xF0) low = 0x90;
  if (c == 0xF4) high = 0x8F;
  if (s[1] < low || s[1] > high) return 0;
  for (size_t i = 2; i < need; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  return need;
}

typedef struct {
  const unsigned char *p, *end;
} cursor;

static void skip_space(cursor *c) {
  while (c->p < c->end && (*c->p == ' ' || *c->p == '\n' || *c->p == '\t' || *c->p == '\r')) c->p++;
}

static bool is_hex(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool skip_escape(cursor *c) {
  if (++c->p == c->end) return false;
  if (*c->p == 'u') {
    if (c->end - c->p < 5) return false;
    for (int i = 1; i <= 4; i++)
      if (!is_hex(c->p[i])) return false;
    c->p += 5;
    return true;
  }
  if (!*c->p || !strchr("\"\\/bfnrt", *c->p)) return false;
  c->p++;
  return true;
}

/* Eight bytes at a time while none of them ends a string, is a control character or is not ASCII. */
static const unsigned char *skip_plain(const unsigned char *p, const unsigned char *end) {
  const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
  while (end - p >= 8) {
    uint64_t w;
    memcpy(&w, p, 8);
    uint64_t quote = w ^ (ones * '"'), back = w ^ (ones * '\\');
    if (((w - ones * 0x20) | w | ((quote - ones) & ~quote) | ((back - ones) & ~back)) & high) break;
    p += 8;
  }
  return p;
}

static bool skip_string(cursor *c) {
  c->p++;
  for (;;) {
    c->p = skip_plain(c->p, c->end);
    if (c->p == c->end) return false;
    unsigned char ch = *c->p;
    if (ch == '"') {
      c->p++;
      return true;
    }
    if (ch < 0x20) return false;
    if (ch == '\\') {
      if (!skip_escape(c)) return false;
    } else {
      size_t n = cl_utf8_length(c->p, (size_t)(c->end - c->p));
      if (n == 0) return false;
      c->p += n;
    }
  }
}

static bool skip_digits(cursor *c) {
  const unsigned char *start = c->p;
  while (c->p < c->end && *c->p >= '0' && *c->p <= '9') c->p++;
  return c->p > start;
}

static bool skip_number(cursor *c) {
  if (*c->p == '-') c->p++;
  if (c->p == c->end) return false;
  if (*c->p == '0') c->p++;
  else if (!skip_digits(c)) return false;
  if (c->p < c->end && *c->p == '.') {
    c->p++;
    if (!skip_digits(c)) return false;
  }
  if (c->p < c->end && (*c->p == 'e' || *c->p == 'E')) {
    c->p++;
    if (c->p < c->end && (*c->p == '+' || *c->p == '-')) c->p++;
    if (!skip_digits(c)) return false;
  }
  return true;
}

static bool skip_word(cursor *c, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(c->end - c->p) < len || memcmp(c->p, word, len) != 0) return false;
  c->p += len;
  return true;
}

static bool skip_scalar(cursor *c) {
  switch (*c->p) {
    case '"': return skip_string(c);
    case 't': return skip_word(c, "true");
    case 'f': return skip_word(c, "false");
    case 'n': return skip_word(c, "null");
    default: return (*c->p == '-' || (*c->p >= '0' && *c->p <= '9')) && skip_number(c);
  }
}

static bool skip_key(cursor *c) {
  skip_space(c);
  if (c->p == c->end || *c->p != '"' || !skip_string(c)) return false;
  skip_space(c);
  if (c->p == c->end || *c->p != ':') return false;
  c->p++;
  return true;
}

bool cl_json_check(const char *text, size_t len) {
  cursor c = {(const unsigned char *)text, (const unsigned char *)text + len};
  uint8_t is_object[CL_JSON_DEPTH / 8 + 1] = {0};
  size_t depth = 0;
  for (;;) {
    /* a value starts here */
    skip_space(&c);
    if (c.p == c.end) return false;
    if (*c.p == '{' || *c.p == '[') {
      bool object = *c.p++ == '{';
      if (depth == CL_JSON_DEPTH) return false;
      uint8_t bit = (uint8_t)(1u << (depth % 8));
      is_object[depth / 8] = (uint8_t)(object ? is_object[depth / 8] | bit : is_object[depth / 8] & ~bit);
      depth++;
      skip_space(&c);
      if (c.p < c.end && *c.p == (object ? '}' : ']')) {
        c.p++;
        depth--;
      } else {
        if (object && !skip_key(&c)) return false;
        continue;
      }
    } else if (!skip_scalar(&c)) {
      return false;
    }
    /* a value has ended here */
    for (;;) {
      skip_space(&c);
      if (depth == 0) return c.p == c.end;
      if (c.p == c.end) return false;
      bool object = is_object[(depth - 1) / 8] >> ((depth - 1) % 8) & 1;
      unsigned char ch = *c.p++;
      if (ch == ',') {
        if (object && !skip_key(&c)) return false;
        break;
      }
      if (ch != (object ? '}' : ']')) return false;
      depth--;
    }
  }
}

static const char replacement[] = "\xEF\xBF\xBD";

/* How many bytes at `p`, where no UTF-8 starts, one replacement stands for: half of a surrogate pair as three bytes, which
 * is how engines write it, or one byte. */
static size_t bad_length(const unsigned char *p, const unsigned char *end) {
  return end - p >= 3 && p[0] == 0xED && p[1] >= 0xA0 && p[1] <= 0xBF && (p[2] & 0xC0) == 0x80 ? 3 : 1;
}

static void add_escaped(cl_buf *out, unsigned char c) {
  static const char hex[] = "0123456789abcdef";
  const char *named = c == '"'    ? "\\\""
                      : c == '\\' ? "\\\\"
                      : c == '\n' ? "\\n"
                      : c == '\r' ? "\\r"
                      : c == '\t' ? "\\t"
                                  : NULL;
  if (named) {
    cl_buf_add(out, named, 2);
    return;
  }
  char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
  cl_buf_add(out, escape, 6);
}

void cl_json_string(cl_buf *out, const char *text, size_t len) {
  const unsigned char *p = (const unsigned char *)text, *end = p + len, *plain = p;
  cl_buf_add(out, "\"", 1);
  while (p < end) {
    size_t n = cl_utf8_length(p, (size_t)(end - p));
    bool separator = n == 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
    if (n > 0 && *p >= 0x20 && *p != '"' && *p != '\\' && *p != 0x7F && !separator) {
      p += n;
      continue;
    }
    cl_buf_add(out, plain, (size_t)(p - plain));
    if (n == 0) cl_buf_add(out, replacement, 3);
    else if (separator) cl_buf_add(out, p[2] == 0xA8 ? "\\u2028" : "\\u2029", 6);
    else add_escaped(out, *p);
    p += n ? n : bad_length(p, end);
    plain = p;
  }
  cl_buf_add(out, plain, (size_t)(p - plain));
  cl_buf_add(out, "\"", 1);
}

void cl_utf8_text(cl_buf *out, const char *text, size_t len) {
  const unsigned char *p = (const unsigned char *)text, *end = p + len, *plain = p;
  while (p < end) {
    size_t n = cl_utf8_length(p, (size_t)(end - p));
    if (n > 0) {
      p += n;
      continue;
    }
    cl_buf_add(out, plain, (size_t)(p - plain));
    cl_buf_add(out, replacement, 3);
    p += bad_length(p, end);
    plain = p;
  }
  cl_buf_add(out, plain, (size_t)(p - plain));
}
