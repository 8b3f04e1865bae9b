/* Limits: profiles, descriptions, the parser of what people write, and the ranges that cloche_cell_open insists on. */
#include "unit.h"

enum { LIMITS = sizeof(cloche_limits) / sizeof(uint64_t) };

static const char *const profiles[] = {"default", "llmz", "runner", "script", "plugin"};

static uint64_t *field(cloche_limits *limits, size_t i) { return (uint64_t *)(void *)limits + i; }

static void profiles_are_there(void) {
  for (size_t i = 0; i < UT_COUNT(profiles); i++) {
    cloche_limits limits;
    memset(&limits, 0xEE, sizeof limits);
    assert_int_equal(cloche_limits_profile(&limits, profiles[i], NULL), CLOCHE_OK);
    for (size_t f = 0; f < LIMITS; f++) assert_true(*field(&limits, f) != 0xEEEEEEEEEEEEEEEEu);
    assert_true(limits.wall_ns >= 1000 * UT_MS && limits.memory_bytes >= 16 << 20 && limits.stack_bytes <= 512 << 10);
    cloche_cell *cell = ut_limited(&limits, false); /* each is within the ranges */
    ut_value(cell, "1", "1");
    cloche_cell_close(cell);
  }
}

static void unknown_profiles(void) {
  static const char *const bad[] = {
      "",
      "Default",
      "defaults",
      "default ",
      "x",
      "a-very-long-name-that-does-not-fit-into-any-message-at-all-and-goes-on-and-on-and-on-for-a-while-"
      "and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on"};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    cloche_limits limits;
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(cloche_limits_profile(&limits, bad[i], &err), CLOCHE_NOT_FOUND);
    assert_int_equal(err.status, CLOCHE_NOT_FOUND);
    for (size_t p = 0; p < UT_COUNT(profiles); p++) assert_non_null(strstr(err.message, profiles[p]));
    assert_int_equal(cloche_limits_profile(&limits, bad[i], NULL), CLOCHE_NOT_FOUND);
  }
}

/* Each description is of one field, and every field has one. */
static void descriptions(void) {
  cloche_limits limits;
  cloche_limit_info info;
  bool seen[LIMITS] = {false};
  for (size_t f = 0; f < LIMITS; f++) *field(&limits, f) = 1000 + f;
  for (size_t i = 0; i < LIMITS; i++) {
    assert_true(cloche_limits_describe(&limits, i, &info));
    assert_true(info.value >= 1000 && info.value < 1000 + LIMITS && !seen[info.value - 1000]);
    seen[info.value - 1000] = true;
    assert_true(strcmp(info.unit, "time") == 0 || strcmp(info.unit, "bytes") == 0 || strcmp(info.unit, "count") == 0);
    assert_true(info.name[0] && strlen(info.text) > 5);
    assert_true(info.status >= CLOCHE_WALL_TIME_LIMIT &&
                (info.status <= CLOCHE_SNAPSHOT_LIMIT || info.status == CLOCHE_FILES_LIMIT));
    for (size_t j = 0; j < i; j++) {
      cloche_limit_info other;
      cloche_limits_describe(&limits, j, &other);
      assert_string_not_equal(info.name, other.name);
    }
  }
  assert_false(cloche_limits_describe(&limits, LIMITS, &info));
  assert_false(cloche_limits_describe(&limits, SIZE_MAX, &info));
}

static void every_name_sets_its_field(void) {
  cloche_limits base = ut_limits();
  for (size_t i = 0; i < LIMITS; i++) {
    cloche_limits limits = base;
    cloche_limit_info info;
    cloche_limits_describe(&base, i, &info);
    /* a value of its own range: what another profile has, or the same */
    cloche_limits other;
    (void)cloche_limits_profile(&other, "plugin", NULL);
    cloche_limit_info wanted;
    cloche_limits_describe(&other, i, &wanted);
    char text[40];
    snprintf(text, sizeof text, "%llu%s", (unsigned long long)wanted.value, strcmp(info.unit, "time") == 0 ? "ns" : "");
    assert_int_equal(cloche_limits_set(&limits, info.name, text, NULL), CLOCHE_OK);
    cloche_limit_info now;
    for (size_t j = 0; j < LIMITS; j++) {
      cloche_limits_describe(&limits, j, &now);
      cloche_limits_describe(j == i ? &other : &base, j, &wanted);
      assert_int_equal(now.value, wanted.value);
    }
  }
}

static void good_values(void) {
  static const struct {
    const char *name, *text;
    uint64_t want;
  } cases[] = {
      {"wall", "1s", 1000 * UT_MS},
      {"wall", "500ms", 500 * UT_MS},
      {"wall", "250", 250 * UT_MS},
      {"wall", "1.5s", 1500 * UT_MS},
      {"wall", "2m", 120000 * UT_MS},
      {"wall", "1h", 3600000 * UT_MS},
      {"wall", "1000000ns", UT_MS},
      {"wall", "1000us", UT_MS},
      {"wall", "1500us", 1500000},
      {"wall", "0.5s", 500 * UT_MS},
      {"wall", "0.001s", UT_MS},
      {"wall", "1.25ms", 1250000},
      {"wall", "168h", 7ull * 24 * 3600 * 1000 * UT_MS},
      {"wall", "0.5h", 1800000 * UT_MS},
      {"wall", "1.5", 1500000},
      {"cpu", "100ms", 100 * UT_MS},
      {"wall", "0001s", 1000 * UT_MS},
      {"wall", "1.000000000s", 1000 * UT_MS},
      {"wall", "1.000000001s", 1000 * UT_MS + 1},
      {"wall", "1.5m", 90000 * UT_MS},
      {"memory", "64MiB", 64 << 20},
      {"memory", "67108864", 64 << 20},
      {"memory", "67108864B", 64 << 20},
      {"memory", "64MB", 64000000},
      {"memory", "1GiB", 1 << 30},
      {"memory", "1GB", 1000000000},
      {"memory", "1.5GiB", 3u << 29},
      {"memory", "4.5MiB", 9 << 19},
      {"memory", "65536KiB", 64 << 20},
      {"memory", "0.5GiB", 1 << 29},
      {"source", "1B", 1},
      {"source", "1", 1},
      {"source", "1.5KB", 1500},
      {"value", "10KB", 10000},
      {"tool_calls", "20", 20},
      {"tool_calls", "0", 0},
      {"tool_queue", "1", 1},
      {"tool_queue", "0", 0},
      {"console_rate", "0", 0},
      {"timers", "007", 7},
      {"stack", "512KiB", 512 << 10},
      {"stack", "16KiB", 16 << 10},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_limits limits = ut_limits();
    cloche_error err = CLOCHE_ERROR_INIT;
    if (cloche_limits_set(&limits, cases[i].name, cases[i].text, &err) != CLOCHE_OK) fail_msg("%s", err.message);
    cloche_limit_info info = {0};
    for (size_t f = 0; f < LIMITS; f++) {
      cloche_limits_describe(&limits, f, &info);
      if (strcmp(info.name, cases[i].name) == 0) break;
    }
    if (info.value != cases[i].want)
      fail_msg("%s %s: %llu, not %llu", cases[i].name, cases[i].text, (unsigned long long)info.value,
               (unsigned long long)cases[i].want);
  }
}

static void bad_values(void) {
  static const struct {
    const char *name, *text;
  } cases[] = {
      {"wall", ""},
      {"wall", " 1s"},
      {"wall", "1s "},
      {"wall", "1 s"},
      {"wall", "s"},
      {"wall", "ms"},
      {"wall", "-1s"},
      {"wall", "+1s"},
      {"wall", "1e3"},
      {"wall", "0x10"},
      {"wall", "1..5s"},
      {"wall", ".5s"},
      {"wall", "1.s"},
      {"wall", "1S"},
      {"wall", "1sec"},
      {"wall", "1ss"},
      {"wall", "1s1ms"},
      {"wall", "1,5s"},
      {"wall", "1_000"},
      {"wall", "\xE2\x88\x9E"},
      {"wall", "1s\n"},
      {"wall", "nan"},
      {"wall", "inf"},
      {"wall", "18446744073709551615"},
      {"wall", "18446744073709551616"},
      {"wall", "99999999999999999999999999s"},
      {"wall", "18446744073709551615h"},
      {"wall", "5124095576030432h"},
      {"wall", "1MiB"},
      {"wall", "1B"},
      {"wall", "1.5ns"},
      {"wall", "0"},
      {"wall", "0.5ms"},
      {"wall", "999999ns"},
      {"wall", "169h"},
      {"wall", "1.99999999999999999999999s"},
      {"wall", "\xEF\xBC\x91s"},
      {"memory", "64mb"},
      {"memory", "64M"},
      {"memory", "64mib"},
      {"memory", "1s"},
      {"memory", "1ms"},
      {"memory", "0"},
      {"memory", "1"},
      {"memory", "1TiB"},
      {"memory", "4GiB"},
      {"memory", "5GiB"},
      {"memory", "17179869184GiB"},
      {"memory", "1.5B"},
      {"memory", "64.5"},
      {"memory", "64 MiB"},
      {"tool_calls", "20.5"},
      {"tool_calls", "20B"},
      {"tool_calls", "20s"},
      {"tool_calls", "-1"},
      {"tool_calls", "1000001"},
      {"tool_calls", "ten"},
      {"tool_queue", "2"},
      {"tool_queue", "true"},
      {"stack", "513KiB"},
      {"stack", "1"},
      {"source", "0"},
      {"source", "65MiB"},
      {"timers", "100001"},
      {"tool_calls", "18446744073709551617"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_limits limits = ut_limits(), before = limits;
    cloche_error err = CLOCHE_ERROR_INIT;
    if (cloche_limits_set(&limits, cases[i].name, cases[i].text, &err) != CLOCHE_INVALID_ARGUMENT)
      fail_msg("%s '%s' is taken", cases[i].name, cases[i].text);
    assert_int_equal(err.status, CLOCHE_INVALID_ARGUMENT);
    assert_non_null(strstr(err.message, cases[i].name));
    assert_memory_equal(&limits, &before, sizeof limits);
    assert_int_equal(cloche_limits_set(&limits, cases[i].name, cases[i].text, NULL), CLOCHE_INVALID_ARGUMENT);
  }
}

static void unknown_names(void) {
  static const char *const bad[] = {"", "Wall", "wall_ns", "wall ", "nothing", "memory_bytes", "%s%s%n"};
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    cloche_limits limits = ut_limits(), before = limits;
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(cloche_limits_set(&limits, bad[i], "1", &err), CLOCHE_NOT_FOUND);
    assert_true(err.message[0] != 0);
    assert_memory_equal(&limits, &before, sizeof limits);
  }
}

static void long_junk_fits_the_message(void) {
  char junk[5000];
  memset(junk, '9', sizeof junk - 1);
  junk[sizeof junk - 1] = 0;
  cloche_limits limits = ut_limits();
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_limits_set(&limits, "wall", junk, &err), CLOCHE_INVALID_ARGUMENT);
  assert_true(strlen(err.message) < sizeof err.message);
  assert_int_equal(cloche_limits_set(&limits, junk, "1", &err), CLOCHE_NOT_FOUND);
  assert_true(strlen(err.message) < sizeof err.message);
}

/* Limits that were filled by hand are checked when a cell is opened. */
static void ranges_in_cell_open(void) {
  for (size_t f = 0; f < LIMITS; f++) {
    cloche_limits limits = ut_limits();
    cloche_limit_info info;
    cloche_limits_describe(&limits, f, &info);
    for (int end = 0; end < 2; end++) {
      cloche_limits bad = limits;
      uint64_t *at = NULL;
      for (size_t g = 0; g < LIMITS && !at; g++) { /* the field of that name */
        cloche_limits probe = {0};
        cloche_limit_info found;
        *field(&probe, g) = 1;
        cloche_limits_describe(&probe, f, &found);
        if (found.value == 1) at = field(&bad, g);
      }
      assert_non_null(at);
      *at = end ? UINT64_MAX : 0;
      cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
      cloche_cell *cell = (cloche_cell *)1;
      cloche_error err = CLOCHE_ERROR_INIT;
      options.limits = &bad;
      cloche_status status = cloche_cell_open(&cell, ut_thread, ut_engine, &options, &err);
      bool zero_is_fine = cloche_limits_set(&limits, info.name, "0", NULL) == CLOCHE_OK;
      if (end == 0 && zero_is_fine) {
        assert_int_equal(status, CLOCHE_OK);
        cloche_cell_close(cell);
        continue;
      }
      assert_int_equal(status, CLOCHE_INVALID_ARGUMENT);
      assert_null(cell);
      assert_non_null(strstr(err.message, info.name));
    }
  }
}

static void memory_is_rounded_down(void) {
  cloche_limits limits = ut_limits();
  limits.memory_bytes = (16 << 20) + 65535;
  cloche_cell *cell = ut_limited(&limits, false);
  cloche_result r = ut_ends(cell, "let a = []; for (;;) a.push(new Array(1000).fill(0.5))", CLOCHE_MEMORY_LIMIT);
  assert_true(r.memory_bytes <= 16 << 20 && r.memory_bytes % 65536 == 0);
  cloche_cell_close(cell);
}

static void statuses_are_described(void) {
  for (int s = CLOCHE_OK; s <= CLOCHE_NO_JAIL; s++) {
    cloche_status_info info = cloche_status_describe((cloche_status)s);
    assert_true(info.name[0] && info.text[0] && info.exit_code >= 0 && info.exit_code < 256 &&
                info.http_status >= 200 && info.http_status < 600);
    assert_true(s == CLOCHE_OK          ? info.exit_code == 0 && info.http_status == 200
                : s == CLOCHE_SUSPENDED ? info.exit_code != 0 && info.http_status == 202
                                        : info.exit_code != 0 && info.http_status >= 400);
    for (const char *p = info.name; *p; p++) assert_true((*p >= 'a' && *p <= 'z') || *p == '_');
    for (int other = CLOCHE_OK; other < s; other++)
      assert_string_not_equal(info.name, cloche_status_describe((cloche_status)other).name);
  }
  static const int none[] = {-1, CLOCHE_NO_JAIL + 1, 1000, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < UT_COUNT(none); i++)
    assert_string_equal(cloche_status_describe((cloche_status)none[i]).name, "internal");
  assert_string_equal(cloche_status_describe(CLOCHE_WALL_TIME_LIMIT).name, "wall_time_limit");
  assert_string_equal(cloche_version(), CLOCHE_VERSION);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(profiles_are_there),
      UT(unknown_profiles),
      UT(descriptions),
      UT(every_name_sets_its_field),
      UT(good_values),
      UT(bad_values),
      UT(unknown_names),
      UT(long_junk_fits_the_message),
      UT(ranges_in_cell_open),
      UT(memory_is_rounded_down),
      UT(statuses_are_described),
  };
  return UT_RUN("limits", tests);
}
