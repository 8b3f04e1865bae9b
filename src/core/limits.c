/* Limits: the table's figures by profile, and the parser for what a person writes. */
#include "limits.h"

#include <string.h>

#include "error.h"

typedef struct {
  const char *name, *unit, *text;
  size_t offset;
  cloche_status status;
  uint64_t min, max;
} limit_row;

static const limit_row rows[] = {
#define CL_ROW(field, name, unit, code, min, max, d, l, r, s, p, text) \
  {name, unit, text, offsetof(cloche_limits, field), CLOCHE_##code, min, max},
    CL_LIMITS(CL_ROW)
#undef CL_ROW
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(cloche_limits) == ROW_COUNT * sizeof(uint64_t), "every limit stands in the table");

static const cloche_limits profiles[] = {
#define CL_D(field, name, unit, code, min, max, d, l, r, s, p, text) .field = d,
#define CL_L(field, name, unit, code, min, max, d, l, r, s, p, text) .field = l,
#define CL_R(field, name, unit, code, min, max, d, l, r, s, p, text) .field = r,
#define CL_S(field, name, unit, code, min, max, d, l, r, s, p, text) .field = s,
#define CL_P(field, name, unit, code, min, max, d, l, r, s, p, text) .field = p,
    {CL_LIMITS(CL_D)}, {CL_LIMITS(CL_L)}, {CL_LIMITS(CL_R)}, {CL_LIMITS(CL_S)}, {CL_LIMITS(CL_P)},
};
static const char *const profile_names[] = {
#define CL_NAME(name) #name,
    CL_LIMIT_PROFILES(CL_NAME)
#undef CL_NAME
};
enum { PROFILE_COUNT = sizeof profiles / sizeof profiles[0] };
_Static_assert(PROFILE_COUNT == sizeof profile_names / sizeof profile_names[0], "a name for every profile");

static uint64_t *field_of(cloche_limits *limits, const limit_row *row) {
  return (uint64_t *)(void *)((char *)limits + row->offset);
}

static uint64_t value_of(const cloche_limits *limits, const limit_row *row) {
  return *(const uint64_t *)(const void *)((const char *)limits + row->offset);
}

bool cl_limits_profile_at(size_t index, const char **name, cloche_limits *out) {
  if (index >= PROFILE_COUNT) return false;
  *name = profile_names[index];
  *out = profiles[index];
  return true;
}

cloche_status cloche_limits_profile(cloche_limits *out, const char *profile, cloche_error *err) {
  for (size_t i = 0; i < PROFILE_COUNT; i++) {
    if (strcmp(profile_names[i], profile ? profile : "default") != 0) continue;
    *out = profiles[i];
    return CLOCHE_OK;
  }
  CL_FAIL(err, NOT_FOUND, "no profile '%.40s'; there are default, llmz, runner, script and plugin", profile);
}

bool cloche_limits_describe(const cloche_limits *limits, size_t index, cloche_limit_info *out) {
  if (index >= ROW_COUNT) return false;
  const limit_row *row = &rows[index];
  *out = (cloche_limit_info){row->name, row->unit, row->text, row->status, value_of(limits, row)};
  return true;
}

cloche_status cl_limits_check(const cloche_limits *limits, cloche_error *err) {
  for (const limit_row *row = rows; row < rows + ROW_COUNT; row++) {
    uint64_t value = value_of(limits, row);
    if (value < row->min || value > row->max)
      CL_FAIL(err, INVALID_ARGUMENT, "limit %s: %llu is not between %llu and %llu", row->name,
              (unsigned long long)value, (unsigned long long)row->min, (unsigned long long)row->max);
  }
  return CLOCHE_OK;
}

typedef struct {
  const char *unit;   /* of the limit */
  const char *suffix; /* as written */
  uint64_t factor;
} suffix_row;

static const suffix_row suffixes[] = {
    {"time", "", CL_MS},
    {"time", "ns", 1},
    {"time", "us", 1000},
    {"time", "ms", CL_MS},
    {"time", "s", CL_SEC},
    {"time", "m", 60 * CL_SEC},
    {"time", "h", 3600 * CL_SEC},
    {"bytes", "", 1},
    {"bytes", "B", 1},
    {"bytes", "KB", 1000},
    {"bytes", "MB", 1000000},
    {"bytes", "GB", 1000000000},
    {"bytes", "KiB", CL_KIB},
    {"bytes", "MiB", CL_MIB},
    {"bytes", "GiB", 1024 * CL_MIB},
    {"count", "", 1},
};

static const suffix_row *find_suffix(const char *unit, const char *text) {
  for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
    if (strcmp(suffixes[i].unit, unit) == 0 && strcmp(suffixes[i].suffix, text) == 0) return &suffixes[i];
  return NULL;
}

/* Reads digits with an optional fraction ("1.5s") exactly, in integers; false when malformed or too large. */
static bool read_amount(const char *text, const char *unit, uint64_t *out) {
  uint64_t whole = 0, fraction = 0, scale = 1;
  const char *p = text;
  for (; *p >= '0' && *p <= '9'; p++) {
    if (whole > UINT64_MAX / 10 - 9) return false;
    whole = whole * 10 + (uint64_t)(*p - '0');
  }
  if (p == text) return false;
  if (*p == '.') {
    const char *start = ++p;
    for (; *p >= '0' && *p <= '9'; p++) {
      if (scale >= 1000000000) return false;
      fraction = fraction * 10 + (uint64_t)(*p - '0');
      scale *= 10;
    }
    if (p == start) return false;
  }
  const suffix_row *suffix = find_suffix(unit, p);
  if (!suffix || (scale > 1 && suffix->factor == 1)) return false;
  uint64_t base, part;
  if (__builtin_mul_overflow(whole, suffix->factor, &base)) return false;
  if (__builtin_mul_overflow(fraction, suffix->factor, &part)) return false;
  return !__builtin_add_overflow(base, part / scale, out);
}

cloche_status cloche_limits_set(cloche_limits *limits, const char *name, const char *value, cloche_error *err) {
  for (const limit_row *row = rows; row < rows + ROW_COUNT; row++) {
    if (strcmp(row->name, name) != 0) continue;
    uint64_t amount;
    if (!read_amount(value, row->unit, &amount)) {
      const char *hint = row->unit[0] == 't'   ? "a time such as 500ms, 1.5s or 2m"
                         : row->unit[0] == 'b' ? "a size such as 65536, 64KiB or 1.5MiB"
                                               : "a whole number";
      CL_FAIL(err, INVALID_ARGUMENT, "limit %s: '%.40s' is not %s", name, value, hint);
    }
    if (amount < row->min || amount > row->max)
      CL_FAIL(err, INVALID_ARGUMENT, "limit %s: %.40s is out of range (%llu to %llu%s)", name, value,
              (unsigned long long)row->min, (unsigned long long)row->max,
              row->unit[0] == 't'   ? " ns"
              : row->unit[0] == 'b' ? " bytes"
                                    : "");
    *field_of(limits, row) = amount;
    return CLOCHE_OK;
  }
  CL_FAIL(err, NOT_FOUND, "no limit '%.40s'", name);
}
