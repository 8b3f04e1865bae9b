/* Limits in words; limit_text.h. */
#include "limit_text.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

typedef struct {
  const char *unit, *suffix;
  uint64_t factor;
} scale;

static const scale scales[] = {
    {"time", "m", 60000000000},
    {"time", "s", 1000000000},
    {"time", "ms", 1000000},
    {"time", "us", 1000},
    {"time", "ns", 1},
    {"bytes", "GiB", UINT64_C(1) << 30},
    {"bytes", "MiB", UINT64_C(1) << 20},
    {"bytes", "KiB", UINT64_C(1) << 10},
};

const char *cli_limit_value(const cloche_limit_info *limit) {
  if (strcmp(limit->unit, "time") == 0) return "TIME";
  return strcmp(limit->unit, "bytes") == 0 ? "SIZE" : "NUMBER";
}

void cli_limit_text(const cloche_limit_info *limit, char *text, size_t len) {
  for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
    const scale *s = &scales[i];
    if (strcmp(s->unit, limit->unit) != 0 || limit->value == 0 || limit->value % s->factor != 0) continue;
    snprintf(text, len, "%" PRIu64 "%s", limit->value / s->factor, s->suffix);
    return;
  }
  snprintf(text, len, "%" PRIu64, limit->value);
}

bool cli_limit_default(const char *name, char *text, size_t len) {
  cloche_limits limits;
  cloche_limit_info info;
  if (cloche_limits_profile(&limits, NULL, NULL) != CLOCHE_OK) return false;
  for (size_t i = 0; cloche_limits_describe(&limits, i, &info); i++) {
    if (strcmp(info.name, name) != 0) continue;
    cli_limit_text(&info, text, len);
    return true;
  }
  return false;
}

/* Several limits may share one code. */
void cli_limit_hint(cli_out *out, cloche_status status) {
  cloche_limits limits;
  cloche_limit_info info;
  size_t found = 0;
  if (cloche_limits_profile(&limits, NULL, NULL) != CLOCHE_OK) return;
  for (size_t i = 0; cloche_limits_describe(&limits, i, &info); i++) {
    if (info.status != status) continue;
    char name[48], text[96];
    cli_option option = {.name = strcmp(info.name, "wall") == 0 ? "timeout" : info.name};
    cli_option_name(&option, name, sizeof name);
    snprintf(text, sizeof text, "%s%s %s", found++ ? " or " : "hint: more is allowed by ", name,
             cli_limit_value(&info));
    cli_out_add(out, STDERR_FILENO, text, strlen(text));
  }
  if (found) cli_out_add(out, STDERR_FILENO, "\n", 1);
}
