/* Writes the reference pages that are made from tables: docs/ERRORS.md from CL_STATUSES, docs/LIMITS.md from CL_LIMITS,
 * docs/API.md and docs/POOL_API.md from the comments of the public headers.
 *
 * usage: docgen OUT_DIR include/cloche.h
 *
 * The same inputs give the same bytes: tests/docs/generated.py compares them with what is checked in. */
#include "docgen.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "status.h"

enum { HEADER_MAX = 1 << 20 };

static FILE *open_page(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *out = fopen(path, "wb");
  if (!out) {
    fprintf(stderr, "docgen: %s: %s\n", path, strerror(errno));
    exit(1);
  }
  return out;
}

static void close_page(FILE *out) {
  bool bad = ferror(out) != 0;
  if (fclose(out) == 0 && !bad) return;
  fprintf(stderr, "docgen: a page could not be written: %s\n", strerror(errno));
  exit(1);
}

static void say_generated(FILE *out, const char *from) {
  fprintf(out, "<!-- Made by docgen from %s: change it there and run `make docs`. -->\n", from);
}

/* ---- ERRORS.md */

static const struct {
  const char *name, *text, *group;
  int exit_code, http;
} statuses[] = {
#define ROW(id, name, exit_code, http, text) {name, text, #id, exit_code, http},
    CL_STATUSES(ROW)
#undef ROW
};

/* The groups of the table, by the code that each begins with. */
static const struct {
  const char *first, *title, *text;
} groups[] = {
    {"ok", "Success", ""},
    {"invalid_argument", "Failed calls",
     "What a function of the library returns when it could not do what it was asked: the caller's mistake, or the "
     "machine's lack. They are never how a run ended.\n"},
    {"uncaught_error", "How a run ended", "The `status` of a `cloche_result`, and `error.code` of a report.\n"},
    {"wall_time_limit", "Limits",
     "How a run ended that reached a limit and did not catch the error that it got for it. Which limit belongs to "
     "which code is in [LIMITS.md](LIMITS.md). `console_limit` does not end a run by itself; it is counted in the "
     "report. "
     "`display_limit` and `snapshot_limit` belong to features that this version does not have.\n"},
    {"unknown_tool", "Tool calls",
     "The `code` of an error that a guest sees at a call. `unknown_tool` and `tool_error` never are the status of a "
     "run: a guest that does not catch such an error ends with `uncaught_error`, and the code stands in "
     "`error.guest_code`. "
     "`cloche_cell_resolve` returns `bad_result` and `result_limit` to the host, too.\n"},
};

static void write_errors(FILE *out) {
  say_generated(out, "src/core/status.h");
  fprintf(out,
          "# Codes\n\nEvery code there is. The number in `cloche.h` is `CLOCHE_` and the name in capitals; reports "
          "have the name. A code never changes its meaning. *Exit* is the exit code of the program `cloche` for a run "
          "that ended so, *HTTP* the status that a server should answer with.\n");
  size_t group = 0;
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
    if (group < sizeof groups / sizeof groups[0] && strcmp(groups[group].first, statuses[i].name) == 0) {
      fprintf(out, "\n## %s\n\n%s%s", groups[group].title, groups[group].text, groups[group].text[0] ? "\n" : "");
      fprintf(out, "| Code | Exit | HTTP | Meaning |\n|---|---:|---:|---|\n");
      group++;
    }
    fprintf(out, "| `%s` | %d | %d | %s |\n", statuses[i].name, statuses[i].exit_code, statuses[i].http,
            statuses[i].text);
  }
  if (group == sizeof groups / sizeof groups[0]) return;
  fprintf(stderr, "docgen: no code '%s' begins a group\n", groups[group].first);
  exit(1);
}

/* ---- LIMITS.md */

enum { PROFILES = 5 };

static const struct {
  const char *field, *name, *unit, *code, *text;
  uint64_t min, max, figures[PROFILES];
} limits[] = {
#define ROW(field, name, unit, code, min, max, d, l, r, s, p, text) \
  {#field, name, unit, #code, text, min, max, {d, l, r, s, p}},
    CL_LIMITS(ROW)
#undef ROW
};

static const char *const profile_names[] = {
#define NAME(name) #name,
    CL_LIMIT_PROFILES(NAME)
#undef NAME
};
_Static_assert(sizeof profile_names / sizeof profile_names[0] == PROFILES, "a column for every profile");

/* An amount in the largest unit that divides it. */
static void write_amount(FILE *out, const char *unit, uint64_t amount) {
  static const struct {
    const char *unit, *suffix;
    uint64_t factor;
  } scales[] = {{"time", "d", 86400 * CL_SEC},   {"time", "s", CL_SEC},    {"time", "ms", CL_MS},
                {"bytes", "GiB", 1024 * CL_MIB}, {"bytes", "MiB", CL_MIB}, {"bytes", "KiB", CL_KIB}};
  for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
    if (strcmp(unit, scales[i].unit) != 0 || amount == 0 || amount % scales[i].factor != 0) continue;
    fprintf(out, "%" PRIu64 " %s", amount / scales[i].factor, scales[i].suffix);
    return;
  }
  fprintf(out, "%" PRIu64 "%s", amount, strcmp(unit, "bytes") == 0 ? " B" : strcmp(unit, "time") == 0 ? " ns" : "");
}

static void write_lower(FILE *out, const char *text) {
  for (; *text; text++) fputc(*text >= 'A' && *text <= 'Z' ? *text + 32 : *text, out);
}

static void write_limits(FILE *out) {
  say_generated(out, "src/core/limits.h");
  fprintf(
      out,
      "# Limits\n\nAll limits of a cell, with the figures of every profile. All are on; `default` is what a cell "
      "gets that asks for nothing. *Name* is what `cloche_limits_set` and `cloche run --limit NAME=VALUE` take.\n\n");
  fprintf(out, "| Name | What is limited |");
  for (size_t p = 0; p < PROFILES; p++) fprintf(out, " `%s` |", profile_names[p]);
  fprintf(out, " Range | Code |\n|---|---|");
  for (size_t p = 0; p < PROFILES; p++) fprintf(out, "---:|");
  fprintf(out, "---|---|\n");
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    fprintf(out, "| `%s` | %s |", limits[i].name, limits[i].text);
    for (size_t p = 0; p < PROFILES; p++) {
      fprintf(out, " ");
      write_amount(out, limits[i].unit, limits[i].figures[p]);
      fprintf(out, " |");
    }
    fprintf(out, " ");
    write_amount(out, limits[i].unit, limits[i].min);
    fprintf(out, " to ");
    write_amount(out, limits[i].unit, limits[i].max);
    fprintf(out, " | `");
    write_lower(out, limits[i].code);
    fprintf(out, "` |\n");
  }
  fprintf(out, "\n## Fields of `cloche_limits`\n\n| Name | Field | Unit |\n|---|---|---|\n");
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    fprintf(out, "| `%s` | `%s` | %s |\n", limits[i].name, limits[i].field,
            strcmp(limits[i].unit, "time") == 0 ? "nanoseconds" : limits[i].unit);
  fprintf(
      out,
      "\n## What happens at a limit\n\n"
      "| Limit | The guest | The run |\n|---|---|---|\n"
      "| `wall`, `cpu` | is stopped and cannot catch it | ends; a session is rolled back |\n"
      "| `memory` | gets an `InternalError: out of memory` | goes on if that is caught, else ends; a session is rolled "
      "back |\n"
      "| `stack` | gets a `RangeError` | goes on if that is caught, else ends; a session is rolled back |\n"
      "| `source` | is not started | ends |\n"
      "| `value` | has finished | ends without a value; what a session did stays |\n"
      "| `console_bytes`, `console_lines`, `console_rate` | notices nothing | goes on; what is too much is dropped, "
      "and a marker stands where the first cut was |\n"
      "| `tool_calls`, `tool_calls_each`, `tool_pending`, `argument` | gets an error at the call, with the code | goes "
      "on if that is caught, else ends; what a session did stays |\n"
      "| `tool_running` | notices nothing when `tool_queue` is 1: calls wait; else as `tool_calls` | |\n"
      "| `result` | gets an error from the call, with the code | as above |\n"
      "| `timers` | gets an error from `setTimeout` or `setInterval`, with the code | as above |\n"
      "| `display`, `snapshot` | | nothing: they belong to features that this version does not have |\n"
      "\nTimes are measured by the real clock, also where the guest's clock is virtual. `cpu` counts the CPU time of "
      "the thread while it is inside the cell, never too little of it. `memory` is rounded down to pages of 64 KiB, "
      "and a "
      "cell whose limit is below what its engine starts with cannot be opened (`invalid_argument`). How limits are "
      "counted in a report is in "
      "[REPORTS.md](REPORTS.md).\n");
}

/* ---- API.md, POOL_API.md */

static char *read_header(const char *path) {
  FILE *in = fopen(path, "rb");
  char *text = malloc(HEADER_MAX);
  if (!in || !text) {
    fprintf(stderr, "docgen: %s: %s\n", path, strerror(errno));
    exit(1);
  }
  size_t len = fread(text, 1, HEADER_MAX - 1, in);
  text[len] = 0;
  fclose(in);
  return text;
}

/* The header that lies beside the one that was named. */
static bool write_api(const char *folder, const char *named, const docgen_page *page) {
  char path[4096];
  const char *slash = strrchr(named, '/');
  snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash - named) + 1 : 0, named, page->header);
  char *header = read_header(path);
  snprintf(path, sizeof path, "include/%s", page->header);
  FILE *out = open_page(folder, page->file);
  say_generated(out, path);
  bool fine = docgen_api(out, page, header);
  close_page(out);
  free(header);
  return fine;
}

int main(int argc, char **argv) {
  static const docgen_page pages[] = {
      {"cloche.h", "CLOCHE_H", "API.md", "The C API", "`#include <cloche.h>`, link with `-lcloche`."},
      {"cloche_pool.h", "CLOCHE_POOL_H", "POOL_API.md", "The C API of pools",
       "`#include <cloche_pool.h>`, link with `-lcloche-pool -lcloche`. [POOL.md](POOL.md) shows how it is used."},
  };
  if (argc != 3) {
    fprintf(stderr, "usage: docgen OUT_DIR include/cloche.h\n");
    return 2;
  }
  FILE *out = open_page(argv[1], "ERRORS.md");
  write_errors(out);
  close_page(out);
  out = open_page(argv[1], "LIMITS.md");
  write_limits(out);
  close_page(out);
  bool fine = true;
  for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) fine = write_api(argv[1], argv[2], &pages[i]) && fine;
  return fine ? 0 : 1;
}
