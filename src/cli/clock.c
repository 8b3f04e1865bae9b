/* Reads a clock, and times in ISO 8601 (RFC 3339 with a shorter form allowed). */
#include "clock.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "fail.h"

/* Exactly `count` digits; false when there is something else. */
static bool read_digits(const char **at, int count, int *out) {
  *out = 0;
  for (int i = 0; i < count; i++, (*at)++) {
    if (**at < '0' || **at > '9') return false;
    *out = *out * 10 + (**at - '0');
  }
  return true;
}

static bool read_char(const char **at, char c) {
  if (**at != c) return false;
  (*at)++;
  return true;
}

static bool read_date(const char **at, struct tm *out) {
  return read_digits(at, 4, &out->tm_year) && read_char(at, '-') && read_digits(at, 2, &out->tm_mon) &&
         read_char(at, '-') && read_digits(at, 2, &out->tm_mday);
}

static bool read_time(const char **at, struct tm *out, int *ms) {
  if (!read_digits(at, 2, &out->tm_hour) || !read_char(at, ':') || !read_digits(at, 2, &out->tm_min)) return false;
  if (!read_char(at, ':')) return true;
  if (!read_digits(at, 2, &out->tm_sec)) return false;
  if (!read_char(at, '.')) return true;
  int scale = 100, digits = 0;
  for (; **at >= '0' && **at <= '9'; (*at)++, digits++, scale /= 10) *ms += (**at - '0') * scale;
  return digits > 0;
}

/* "Z", "+02:00" or nothing. */
static bool read_offset(const char **at, int *minutes) {
  if (read_char(at, 'Z') || !**at) return true;
  int sign = **at == '-' ? -1 : 1, hours, rest;
  if (!read_char(at, '+') && !read_char(at, '-')) return false;
  if (!read_digits(at, 2, &hours) || !read_char(at, ':') || !read_digits(at, 2, &rest)) return false;
  *minutes = sign * (hours * 60 + rest);
  return hours < 24 && rest < 60;
}

/* A date that the calendar does not have comes out of timegm as another one. */
static bool is_real(const struct tm *read) {
  struct tm copy = *read;
  timegm(&copy);
  return copy.tm_mday == read->tm_mday && copy.tm_mon == read->tm_mon && copy.tm_hour == read->tm_hour &&
         copy.tm_min == read->tm_min && copy.tm_sec == read->tm_sec;
}

cloche_status cli_clock_read(cloche_clock *clock, uint64_t *start_ms, const char *text, cloche_error *err) {
  struct tm tm = {0};
  int ms = 0, minutes = 0;
  const char *at = text;
  *start_ms = 0;
  *clock = strcmp(text, "real") == 0 ? CLOCHE_CLOCK_REAL : CLOCHE_CLOCK_VIRTUAL;
  if (*clock == CLOCHE_CLOCK_REAL || strcmp(text, "virtual") == 0) return CLOCHE_OK;
  bool fine = read_date(&at, &tm);
  if (fine && *at) fine = read_char(&at, 'T') && read_time(&at, &tm, &ms) && read_offset(&at, &minutes);
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  fine = fine && !*at && is_real(&tm);
  int64_t start = fine ? ((int64_t)timegm(&tm) - minutes * INT64_C(60)) * 1000 + ms : -1;
  if (start < 0)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT,
                    "'%.40s' is not real, virtual or a time since 1970 such as 2026-03-01T12:00:00Z", text);
  *start_ms = (uint64_t)start;
  return CLOCHE_OK;
}
