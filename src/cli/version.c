/* `cloche version`: what this program is made of, so that a report of a bug can say it. */
#include <gnu/libc-version.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

#include "command.h"

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* The next "name hash " of CLI_GUESTS, the pinned files that the engine is made from; false at the end. */
static bool next_guest(const char **at, char name[40], char hash[65]) {
  int len = 0;
  bool found = sscanf(*at, "%39s %64s %n", name, hash, &len) == 2;
  *at += len;
  return found;
}

static json_t *guests_json(void) {
  json_t *list = json_object();
  char name[40], hash[65];
  for (const char *at = CLI_GUESTS; next_guest(&at, name, hash);) json_object_set_new(list, name, json_string(hash));
  return list;
}

static json_t *engine_json(const cloche_engine_info *info) {
  return json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:s}", "name", info->name, "version", info->version, "engine_id",
                   info->engine_id, "image_id", info->image_id, "image_bytes", (json_int_t)info->image_bytes,
                   "memory_access", info->memory_access, "dirty_pages", info->dirty_pages);
}

/* `python`: NULL when it is not in this build. */
static int print_json(const cloche_engine_info *info, const cloche_engine_info *python) {
  json_t *build = json_pack("{s:s, s:s}", "type", CLI_BUILD_TYPE, "compiler", COMPILER);
  json_t *libraries = json_pack("{s:s, s:s, s:s, s:s}", "libuv", uv_version_string(), "jansson", jansson_version_str(),
                                "libsodium", CLI_SODIUM_VERSION, "glibc", gnu_get_libc_version());
  json_t *root = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "version", cloche_version(), "engine", engine_json(info),
                           "python", python ? engine_json(python) : json_null(), "guest_sha256", guests_json(), "build",
                           build, "libraries", libraries);
  char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
  if (text) printf("%s\n", text);
  free(text);
  json_decref(root);
  return text ? cli_finish_stdout() : CLI_EXIT_FAILURE;
}

static int print_text(const cloche_engine_info *info, const cloche_engine_info *python) {
  char name[40], hash[65];
  printf("cloche %s\nengine %s %s\n", cloche_version(), info->name, info->version);
  printf("engine id %s\nimage id %s\n", info->engine_id, info->image_id);
  if (python) printf("python %s, engine id %s, image id %s\n", python->version, python->engine_id, python->image_id);
  else printf("python is not in this build\n");
  for (const char *at = CLI_GUESTS; next_guest(&at, name, hash);) printf("guest %s sha256 %s\n", name, hash);
  printf("memory access %s, dirty pages by %s\n", info->memory_access, info->dirty_pages);
  printf("built as %s by %s\n", CLI_BUILD_TYPE, COMPILER);
  printf("libraries libuv %s, jansson %s, libsodium %s, glibc %s\n", uv_version_string(), jansson_version_str(),
         CLI_SODIUM_VERSION, gnu_get_libc_version());
  return cli_finish_stdout();
}

/* NULL: it is not in this build. */
static cloche_engine *open_python(void) {
  cloche_engine *engine = NULL;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = "python";
  return cloche_engine_open(&engine, &options, NULL) == CLOCHE_OK ? engine : NULL;
}

static int run_version(const cli_command *self, int count, char **arguments) {
  bool json = false;
  int exit_code;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine;
  if (!cli_options_parse_alone(self, count, arguments, &json, &exit_code)) return exit_code;
  cloche_status status = cloche_engine_open(&engine, NULL, &err);
  if (status != CLOCHE_OK) {
    fprintf(stderr, "cloche: %s\n'cloche doctor' looks for the cause.\n", err.message);
    return cloche_status_describe(status).exit_code;
  }
  cloche_engine *python = open_python();
  cloche_engine_info info = cloche_engine_describe(engine), of_python = {0};
  if (python) of_python = cloche_engine_describe(python);
  const cloche_engine_info *second = python ? &of_python : NULL;
  exit_code = json ? print_json(&info, second) : print_text(&info, second);
  cloche_engine_close(python);
  cloche_engine_close(engine);
  return exit_code;
}

static const cli_option options[] = {
    {"Options", 0, "json", NULL, NULL, "prints it as one JSON object", cli_set_true},
    {0},
};

const cli_command cli_version_command = {
    .name = "version",
    .arguments = "[--json]",
    .text = "Prints the versions and identities of program, engine and libraries.",
    .options = options,
    .run = run_version,
};
