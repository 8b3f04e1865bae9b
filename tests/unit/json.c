/* The JSON checker against RFC 8259 and RFC 3629, and the writers of text. */
#include "json.h"

#include "unit.h"

/* A text with its length, so that NUL may stand in it. */
#define T(literal) \
  { literal, sizeof(literal) - 1 }
typedef struct {
  const char *text;
  size_t len;
} text;

static const text good[] = {
    T("null"),
    T("true"),
    T("false"),
    T("0"),
    T("-0"),
    T("1"),
    T("-1"),
    T("10"),
    T("1234567890123456789012345678901234567890"),
    T("0.0"),
    T("1.5"),
    T("-0.5"),
    T("1e5"),
    T("1E5"),
    T("1e+5"),
    T("1e-5"),
    T("0e0"),
    T("1.0e10"),
    T("-1.23E-45"),
    T("1e999999"),
    T("\"\""),
    T("\"a\""),
    T("\"\\\"\""),
    T("\"\\\\\""),
    T("\"\\/\""),
    T("\"\\b\\f\\n\\r\\t\""),
    T("\"\\u0000\""),
    T("\"\\uFFFF\""),
    T("\"\\ud800\""),
    T("\"\\uDC00\\ud83d\\ude00\""),
    T("\"\x7F\""),
    T("\"\xC2\x80\""),
    T("\"\xDF\xBF\""),
    T("\"\xE0\xA0\x80\""),
    T("\"\xED\x9F\xBF\""),
    T("\"\xEE\x80\x80\""),
    T("\"\xEF\xBF\xBF\""),
    T("\"\xF0\x90\x80\x80\""),
    T("\"\xF4\x8F\xBF\xBF\""),
    T("\"eight ch\""),
    T("\"seven c\""),
    T("\"sixteen charact!\""),
    T("\"exactly eight\\n\""),
    T("\"12345678\xC3\xA9\""),
    T("\"1234567\xC3\xA9\""),
    T("\"/\""),
    T("\"'\""),
    T("[]"),
    T("{}"),
    T("[1]"),
    T("[1,2]"),
    T("[[]]"),
    T("[{}]"),
    T("{\"a\":1}"),
    T("{\"a\":1,\"b\":2}"),
    T("{\"a\":{}}"),
    T("{\"a\":[]}"),
    T("{\"\":0}"),
    T("{\"a\":1,\"a\":2}"),
    T(" \t\n\r1 \t\n\r"),
    T("[ 1 , 2 ]"),
    T("{ \"a\" : 1 , \"b\" : [ ] }"),
    T("[null,true,false,0,\"\",[],{}]"),
    T("[[[[[[[[[[]]]]]]]]]]"),
    T("{\"a\":{\"b\":{\"c\":[{\"d\":null}]}}}"),
    T("[-0,-0.0,-0e0]"),
};

static const text bad[] = {
    T(""),
    T(" "),
    T("\n"),
    T("nul"),
    T("nulll"),
    T("Null"),
    T("NULL"),
    T("tru"),
    T("truefalse"),
    T("undefined"),
    T("NaN"),
    T("Infinity"),
    T("-Infinity"),
    T("-"),
    T("+1"),
    T("01"),
    T("-01"),
    T("00"),
    T("1."),
    T(".5"),
    T("-.5"),
    T("1.e5"),
    T("1e"),
    T("1e+"),
    T("1e-"),
    T("1e5.5"),
    T("1 2"),
    T("1,"),
    T(",1"),
    T("0x10"),
    T("1_000"),
    T("1n"),
    T("\""),
    T("\"a"),
    T("a\""),
    T("'a'"),
    T("\"\\\""),
    T("\"\\"),
    T("\"\\a\""),
    T("\"\\u\""),
    T("\"\\u12\""),
    T("\"\\u123\""),
    T("\"\\u123g\""),
    T("\"\\u 123\""),
    T("\"\\U0041\""),
    T("\"\\x41\""),
    T("\"\\0\""),
    T("\"\\'\""),
    T("\"\n\""),
    T("\"\t\""),
    T("\"\x01\""),
    T("\"\x1F\""),
    T("\"a\0b\""),
    T("\"\\\0\""),
    T("\0"),
    T("1\0"),
    T("null\0"),
    T("[1\0]"),
    T("["),
    T("]"),
    T("[1"),
    T("[1,"),
    T("[1,]"),
    T("[,1]"),
    T("[,]"),
    T("[1 2]"),
    T("[1,,2]"),
    T("[1}"),
    T("[1:2]"),
    T("{"),
    T("}"),
    T("{]"),
    T("{\"a\""),
    T("{\"a\":"),
    T("{\"a\":1"),
    T("{\"a\":1,"),
    T("{\"a\":1,}"),
    T("{,\"a\":1}"),
    T("{\"a\"}"),
    T("{\"a\",1}"),
    T("{a:1}"),
    T("{'a':1}"),
    T("{1:1}"),
    T("{null:1}"),
    T("{\"a\":}"),
    T("{:1}"),
    T("{\"a\"::1}"),
    T("{\"a\":1 \"b\":2}"),
    T("{\"a\":1;}"),
    T("{\"a\":1]"),
    T("{[]:1}"),
    T("[]]"),
    T("{}}"),
    T("[][]"),
    T("{}{}"),
    T("[]1"),
    T("// comment\n1"),
    T("1 // comment"),
    T("/* */1"),
    T("\xEF\xBB\xBF"
      "1"),
    T("\xC2\xA0"
      "1"),
    T("\f1"),
    T("\v1"),
    T("1\xE2\x80\xA8"),
    T("\"\x80\""),
    T("\"\xBF\""),
    T("\"\xC0\x80\""),
    T("\"\xC1\xBF\""),
    T("\"\xC2\""),
    T("\"\xC3\x28\""),
    T("\"\xE0\x80\x80\""),
    T("\"\xE0\x9F\xBF\""),
    T("\"\xE2\x82\""),
    T("\"\xE2\x28\xA1\""),
    T("\"\xED\xA0\x80\""),
    T("\"\xED\xBF\xBF\""),
    T("\"\xED\xA0\x80\xED\xB0\x80\""),
    T("\"\xF0\x80\x80\x80\""),
    T("\"\xF0\x8F\xBF\xBF\""),
    T("\"\xF0\x90\x80\""),
    T("\"\xF0\x28\x8C\xBC\""),
    T("\"\xF4\x90\x80\x80\""),
    T("\"\xF5\x80\x80\x80\""),
    T("\"\xF8\x88\x80\x80\x80\""),
    T("\"\xFE\""),
    T("\"\xFF\""),
    T("\"12345678\xFF\""),
    T("\"1234567\xC3\""),
    T("\xC3\xA9"),
    T("{\"\xFF\":1}"),
    T("{\"a\x01\":1}"),
    T("tru\xC3\xA9"),
    T("\"12345678\n\""),
    T("\"1234567\x1F"
      "890\""),
};

static void good_texts(void) {
  for (size_t i = 0; i < UT_COUNT(good); i++)
    if (!cl_json_check(good[i].text, good[i].len)) fail_msg("refused: %s", good[i].text);
}

static void bad_texts(void) {
  for (size_t i = 0; i < UT_COUNT(bad); i++)
    if (cl_json_check(bad[i].text, bad[i].len)) fail_msg("number %zu is taken: %s", i, bad[i].text);
}

/* Every text is checked in a block of exactly its size, so that a sanitizer sees what is read behind it. */
static void reads_nothing_behind_the_end(void) {
  for (size_t i = 0; i < UT_COUNT(good); i++)
    for (size_t len = 0; len <= good[i].len; len++) {
      char *copy = malloc(len ? len : 1);
      assert_non_null(copy);
      memcpy(copy, good[i].text, len);
      bool taken = cl_json_check(copy, len);
      if (len == good[i].len) assert_true(taken);
      free(copy);
    }
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    char *copy = malloc(bad[i].len ? bad[i].len : 1);
    assert_non_null(copy);
    memcpy(copy, bad[i].text, bad[i].len);
    assert_false(cl_json_check(copy, bad[i].len));
    free(copy);
  }
}

/* Prefixes of a text that is no number are never texts. */
static void prefixes(void) {
  static const char whole[] = "{\"a\":[1,2,{\"b\":\"x\\u00e9\\n\"},null,true],\"c\":-1.5e+3,\"d\":{}}";
  assert_true(cl_json_check(whole, sizeof whole - 1));
  for (size_t len = 0; len < sizeof whole - 1; len++) assert_false(cl_json_check(whole, len));
}

static void depth(void) {
  static char deep[2 * CL_JSON_DEPTH + 16];
  for (size_t n = CL_JSON_DEPTH - 2; n <= CL_JSON_DEPTH + 2; n++) {
    memset(deep, '[', n);
    memset(deep + n, ']', n);
    assert_int_equal(cl_json_check(deep, 2 * n), n <= CL_JSON_DEPTH);
    assert_false(cl_json_check(deep, 2 * n - 1));
  }
  static char objects[8 * CL_JSON_DEPTH];
  for (size_t n = CL_JSON_DEPTH - 1; n <= CL_JSON_DEPTH + 1; n++) {
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
      len += (size_t)snprintf(objects + len, sizeof objects - len, "%s", i % 2 ? "[" : "{\"\":");
    objects[len++] = '1';
    for (size_t i = n; i-- > 0;) objects[len++] = i % 2 ? ']' : '}';
    assert_int_equal(cl_json_check(objects, len), n <= CL_JSON_DEPTH);
    objects[len - 1] = objects[len - 1] == '}' ? ']' : '}';
    assert_false(cl_json_check(objects, len));
  }
  size_t huge = 10 << 20; /* no native stack is spent on depth */
  char *open = malloc(huge);
  assert_non_null(open);
  memset(open, '[', huge);
  assert_false(cl_json_check(open, huge));
  free(open);
}

/* Every byte at every place of a string. */
static void bytes_in_strings(void) {
  char s[24];
  for (int at = 1; at < 20; at++)
    for (int c = 0; c < 256; c++) {
      memset(s, 'x', 21);
      s[0] = s[20] = '"';
      s[at] = (char)c;
      bool fine = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
      if (cl_json_check(s, 21) != fine) fail_msg("byte %02x at %d", (unsigned)c, at);
    }
}

/* What is a scalar value in UTF-8 by the definition, two and three bytes exhaustively. */
static bool by_definition(const unsigned char *s, size_t len, size_t *used) {
  uint32_t code;
  size_t n = s[0] < 0x80 ? 1 : s[0] >> 5 == 6 ? 2 : s[0] >> 4 == 14 ? 3 : s[0] >> 3 == 30 ? 4 : 0;
  if (n == 0 || len < n) return false;
  code = n == 1 ? s[0] : s[0] & (0xFFu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if (s[i] >> 6 != 2) return false;
    code = code << 6 | (s[i] & 63u);
  }
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  *used = n;
  return code >= least[n] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static void utf8_lengths(void) {
  static const unsigned char fourth[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
  for (unsigned a = 0; a < 256; a++)
    for (unsigned b = 0; b < 256; b++)
      for (unsigned c = 0; c < 256; c++)
        for (size_t d = 0; d < (a < 0xF0 ? 1 : sizeof fourth); d++) {
          unsigned char s[4] = {(unsigned char)a, (unsigned char)b, (unsigned char)c, fourth[d]};
          for (size_t len = a < 0x80 ? 4 : 1; len <= 4; len++) {
            size_t used = 0, want = by_definition(s, len, &used) ? used : 0;
            if (cl_utf8_length(s, len) != want) fail_msg("%02x %02x %02x %02x of %zu", a, b, c, s[3], len);
          }
        }
}

static void check_writer(void (*write)(cl_buf *, const char *, size_t), const char *in, size_t len, const char *want) {
  cl_buf out = {.max = 1000};
  write(&out, in, len);
  assert_false(out.failed);
  if (out.len != strlen(want) || memcmp(out.data, want, out.len) != 0)
    fail_msg("'%s' gives %.*s, not %s", in, (int)out.len, out.data, want);
  assert_int_equal(out.data[out.len], 0);
  cl_buf_free(&out);
}

static void string_literals(void) {
  static const struct {
    text in;
    const char *want;
  } cases[] = {
      {T(""), "\"\""},
      {T("plain"), "\"plain\""},
      {T("\"\\/"), "\"\\\"\\\\/\""},
      {T("\n\r\t"), "\"\\n\\r\\t\""},
      {T("a\0b"), "\"a\\u0000b\""},
      {T("\x01\x1F"), "\"\\u0001\\u001f\""},
      {T("\xC3\xA9"), "\"\xC3\xA9\""},
      {T("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\""},
      {T("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\""},
      {T("\xE2\x80\xA7\xE2\x80\xAA"), "\"\xE2\x80\xA7\xE2\x80\xAA\""},
      {T("\xFF"), "\"\xEF\xBF\xBD\""},
      {T("a\xC3"), "\"a\xEF\xBF\xBD\""},
      {T("\xC3(a"), "\"\xEF\xBF\xBD(a\""},
      {T("x\xED\xA0\x80y"), "\"x\xEF\xBF\xBDy\""},
      {T("</script>"), "\"</script>\""},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    check_writer(cl_json_string, cases[i].in.text, cases[i].in.len, cases[i].want);
}

static void plain_text(void) {
  static const struct {
    text in;
    const char *want;
  } cases[] = {
      {T(""), ""},
      {T("plain \"\\\n\t"), "plain \"\\\n\t"},
      {T("\xC3\xA9\xE2\x82\xAC"), "\xC3\xA9\xE2\x82\xAC"},
      {T("\xFF\xFE"), "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {T("ok\xC3"), "ok\xEF\xBF\xBD"},
      {T("\xF0\x9F\x98"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {T("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    check_writer(cl_utf8_text, cases[i].in.text, cases[i].in.len, cases[i].want);
}

/* Whatever goes in, a literal comes out that the checker takes. */
static void literals_are_json(void) {
  uint32_t state = 1;
  for (int round = 0; round < 20000; round++) {
    char in[40];
    size_t len = 0;
    for (state = state * 1664525u + 1013904223u; len < sizeof in && len < (state >> 24) % 40; len++) {
      uint32_t r = (state ^ (uint32_t)len * 2654435761u) * 2246822519u;
      in[len] = (char)(r >> 13);
    }
    cl_buf out = {.max = 1000};
    cl_json_string(&out, in, len);
    assert_true(!out.failed && cl_json_check(out.data, out.len));
    out.len = 0;
    cl_utf8_text(&out, in, len);
    for (size_t i = 0; i < out.len;) {
      size_t n = cl_utf8_length((unsigned char *)out.data + i, out.len - i);
      assert_true(n > 0);
      i += n;
    }
    cl_buf_free(&out);
  }
}

static void buffers_stop_at_their_maximum(void) {
  cl_buf out = {.max = 10};
  cl_buf_text(&out, "12345");
  cl_buf_text(&out, "67890");
  assert_false(out.failed);
  cl_buf_text(&out, "1");
  assert_true(out.failed);
  cl_buf_text(&out, "");
  assert_true(out.failed);
  cl_buf_free(&out);
  cl_buf_free(&out);
  out = (cl_buf){.max = 1 << 20};
  for (int i = 0; i < 1000; i++) cl_buf_format(&out, "%d,", i);
  assert_false(out.failed);
  assert_int_equal(out.len, 3890);
  assert_memory_equal(out.data + out.len - 8, "998,999,", 9);
  cl_buf_wipe(&out, 0);
  assert_int_equal(out.len, 0);
  assert_false(out.failed);
  cl_buf_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(good_texts),
      UT(bad_texts),
      UT(reads_nothing_behind_the_end),
      UT(prefixes),
      UT(depth),
      UT(bytes_in_strings),
      UT(utf8_lengths),
      UT(string_literals),
      UT(plain_text),
      UT(literals_are_json),
      UT(buffers_stop_at_their_maximum),
  };
  return UT_RUN("json", tests);
}
