/* UTF-8 after RFC 3629, table 3-7 of the Unicode standard: no surrogates, no overlong forms. */
#include "utf8.h"

size_t cli_utf8_length(const char *text, size_t len) {
  const unsigned char *p = (const unsigned char *)text;
  if (p[0] < 0x80) return 1;
  if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
  size_t need = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  if (len < need) return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (p[0] == 0xE0) low = 0xA0;
  if (p[0] == 0xED) high = 0x9F;
  if (p[0] == 0xF0) low = 0x90;
  if (p[0] == 0xF4) high = 0x8F;
  if (p[1] < low || p[1] > high) return 0;
  for (size_t i = 2; i < need; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  return need;
}

size_t cli_utf8_valid(const char *text, size_t len) {
  size_t at = 0;
  while (at < len) {
    size_t n = cli_utf8_length(text + at, len - at);
    if (n == 0) break;
    at += n;
  }
  return at;
}

size_t cli_utf8_prefix(const char *text, size_t len, size_t count) {
  size_t at = 0;
  for (; at < len && count > 0; count--) {
    size_t n = cli_utf8_length(text + at, len - at);
    at += n ? n : 1;
  }
  return at;
}

void cli_utf8_position(const char *text, size_t at, unsigned *line, unsigned *column) {
  *line = *column = 1;
  for (size_t i = 0; i < at;) {
    size_t n = cli_utf8_length(text + i, at - i);
    *column = text[i] == '\n' ? 1 : *column + 1;
    *line += text[i] == '\n';
    i += n ? n : 1;
  }
}
