/* `cloche snapshot info`: what is in a file that a run or a session was saved to. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "bytes.h"
#include "command.h"
#include "fail.h"
#include "images.h"
#include "saved.h"
#include "utf8.h"

enum { SHOWN_CHARACTERS = 400 };

typedef struct {
  bool json;
  const char *key_file;
} settings;

static cloche_status set_key_file(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)err;
  ((settings *)user)->key_file = value;
  return CLOCHE_OK;
}

/* "built_in", "kept" or "missing" */
static const char *image_place(const cloche_snapshot_info *info) {
  cloche_engine *engine = NULL;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = info->language;
  bool built_in = cloche_engine_open(&engine, &options, NULL) == CLOCHE_OK &&
                  strcmp(cloche_engine_describe(engine).image_id, info->image_id) == 0;
  cloche_engine_close(engine);
  if (built_in) return "built_in";
  cloche_error err = CLOCHE_ERROR_INIT;
  bool kept = cli_images_open(&engine, info->language, info->image_id, &err) == CLOCHE_OK;
  cloche_engine_close(engine);
  return kept ? "kept" : "missing";
}

static void write_time(char out[32], const struct stat *file) {
  struct tm tm;
  strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&file->st_mtime, &tm));
}

/* The calls as JSON text: arguments stand in it as the guest gave them, to the digit. */
static bool add_calls(cli_bytes *out, const cloche_snapshot *snapshot) {
  cloche_call call;
  bool fine = cli_bytes_add(out, "[", 1);
  for (size_t i = 0; fine && cloche_snapshot_call(snapshot, i, &call); i++) {
    json_t *one = json_pack("{s:I, s:s}", "id", (json_int_t)call.id, "tool", call.tool);
    char *text = one ? json_dumps(one, JSON_COMPACT) : NULL;
    fine = text && (i == 0 || cli_bytes_add(out, ",", 1)) && cli_bytes_add(out, text, strlen(text) - 1);
    if (fine && call.argument_len)
      fine = cli_bytes_add(out, ",\"argument\":", 12) && cli_bytes_add(out, call.argument, call.argument_len);
    fine = fine && cli_bytes_add(out, "}", 1);
    free(text);
    json_decref(one);
  }
  return fine && cli_bytes_add(out, "]", 1);
}

static json_t *limits_json(const cloche_limits *limits) {
  json_t *all = json_object();
  cloche_limit_info info;
  for (size_t i = 0; cloche_limits_describe(limits, i, &info); i++)
    json_object_set_new(all, info.name, json_integer((json_int_t)info.value));
  return all;
}

static json_t *tools_json(const cloche_snapshot *snapshot) {
  json_t *tools = json_array();
  const char *name;
  for (size_t i = 0; (name = cloche_snapshot_tool(snapshot, i)) != NULL; i++)
    json_array_append_new(tools, json_string(name));
  return tools;
}

static int print_json(const cloche_snapshot *snapshot, const cloche_snapshot_info *info, const struct stat *file) {
  char when[32];
  write_time(when, file);
  json_t *root =
      json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "engine",
                info->language, "engine_id", info->engine_id, "image_id", info->image_id, "image", image_place(info),
                "hash", info->hash, "session", info->session, "waiting", info->waiting, "seeded", info->seeded,
                "written", when, "file_bytes", (json_int_t)file->st_size, "bytes", (json_int_t)info->bytes,
                "memory_bytes", (json_int_t)info->memory_bytes, "pages", (json_int_t)info->pages, "runs",
                (json_int_t)info->runs, "timers", (json_int_t)info->timers, "modules", (json_int_t)info->modules,
                "tools", tools_json(snapshot), "limits", limits_json(&info->limits));
  char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
  cli_bytes calls = {.max = SIZE_MAX / 2};
  bool fine = text && add_calls(&calls, snapshot);
  if (fine) printf("%.*s,\"calls\":%s}\n", (int)strlen(text) - 1, text, calls.data);
  cli_bytes_free(&calls);
  free(text);
  json_decref(root);
  return fine ? cli_finish_stdout() : CLI_EXIT_FAILURE;
}

static int print_text(const cloche_snapshot *snapshot, const cloche_snapshot_info *info, const struct stat *file) {
  static const struct {
    const char *name, *text;
  } places[] = {{"built_in", "the one of this program"}, {"kept", "kept here"}, {"missing", "not on this machine"}};
  const char *place = image_place(info), *name;
  char when[32];
  cloche_call call;
  write_time(when, file);
  const char *what = !info->waiting  ? "a session at rest"
                     : info->session ? "a session whose run waits"
                                     : "a run that waits";
  printf("%s: %s%s, written %s\n", info->language, what, info->seeded ? ", seeded" : "", when);
  printf("engine %s\nimage  %s, ", info->engine_id, info->image_id);
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (strcmp(places[i].name, place) == 0) printf("%s\n", places[i].text);
  printf("memory %llu bytes, of which %llu pages are its own; %lld bytes in the file\n",
         (unsigned long long)info->memory_bytes, (unsigned long long)info->pages, (long long)file->st_size);
  if (info->waiting) printf("timers %llu\n", (unsigned long long)info->timers);
  if (info->tools > 0) printf("tools ");
  for (size_t i = 0; (name = cloche_snapshot_tool(snapshot, i)) != NULL; i++) printf(" %s", name);
  if (info->tools > 0) printf("\n");
  for (size_t i = 0; cloche_snapshot_call(snapshot, i, &call); i++) {
    size_t shown = cli_utf8_prefix(call.argument, call.argument_len, SHOWN_CHARACTERS);
    printf("waits for call %llu of %s%s%.*s%s\n", (unsigned long long)call.id, call.tool, shown ? " " : "", (int)shown,
           call.argument, shown < call.argument_len ? "..." : "");
  }
  return cli_finish_stdout();
}

static int snapshot_command(const cli_command *self, int count, char **arguments) {
  settings s = {0};
  cli_operands operands;
  int exit_code;
  if (!cli_options_parse(self, count, arguments, &s, &operands, &exit_code)) return exit_code;
  if (operands.before_count != 2 || operands.after_count > 0 || strcmp(operands.before[0], "info") != 0)
    return cli_usage_error(self->name, "say 'info' and name one file");
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_snapshot *snapshot;
  struct stat file;
  cloche_status status = cli_saved_read(&snapshot, operands.before[1], s.key_file, &err);
  if (status == CLOCHE_OK && stat(operands.before[1], &file) != 0)
    status = cli_fail(&err, CLOCHE_IO_ERROR, "'%.160s' went away", operands.before[1]);
  if (status == CLOCHE_OK) {
    cloche_snapshot_info info = cloche_snapshot_describe(snapshot);
    exit_code = s.json ? print_json(snapshot, &info, &file) : print_text(snapshot, &info, &file);
  } else {
    fprintf(stderr, "cloche: %s\n", err.message);
    exit_code = cloche_status_describe(status).exit_code;
  }
  cloche_snapshot_free(snapshot);
  return exit_code;
}

static const cli_option options[] = {
    {"Options", 0, "json", NULL, NULL, "prints it as one JSON object", cli_set_true},
    {"Options", 0, "key-file", "FILE", CLI_FILES, "16 to 64 bytes that authenticate the snapshot", set_key_file},
    {0},
};

const cli_command cli_snapshot_command = {
    .name = "snapshot",
    .arguments = "info FILE [OPTION...]",
    .words = CLI_FILES,
    .text = "Says what a saved run or session is, and for which calls it waits.",
    .options = options,
    .run = snapshot_command,
};
