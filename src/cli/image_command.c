/* `cloche image build`, and the images that were kept for snapshots: `list`, `prune`. Nobody knows which snapshots there are, so
 * images are removed only when somebody says which. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "fail.h"
#include "image_build.h"
#include "images.h"

#define SUFFIX ".img.zst"
enum { ID_DIGITS = 64 };

typedef struct {
  cli_wall wall; /* first: cli_wall_set */
  bool json, all;
  cli_image_plan plan;
} settings;

static cloche_status set_json(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)value, (void)err;
  ((settings *)user)->json = true;
  return CLOCHE_OK;
}

static cloche_status set_all(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)value, (void)err;
  ((settings *)user)->all = true;
  return CLOCHE_OK;
}

static cloche_status set_engine(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)err;
  ((settings *)user)->plan.engine = value;
  return CLOCHE_OK;
}

static cloche_status set_output(void *user, const cli_option *self, const char *value, cloche_error *err) {
  (void)self, (void)err;
  ((settings *)user)->plan.output = value;
  return CLOCHE_OK;
}

static cloche_status set_preload(void *user, const cli_option *self, const char *value, cloche_error *err) {
  cli_image_plan *plan = &((settings *)user)->plan;
  (void)self;
  if (plan->preload_count == CLI_PRELOADS_MAX)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "there are more than %d of them", CLI_PRELOADS_MAX);
  plan->preloads[plan->preload_count++] = value;
  return CLOCHE_OK;
}

/* "0123...ef.img.zst" */
static int is_image(const struct dirent *entry) {
  return strlen(entry->d_name) == ID_DIGITS + strlen(SUFFIX) &&
         strspn(entry->d_name, "0123456789abcdef") == ID_DIGITS && strcmp(entry->d_name + ID_DIGITS, SUFFIX) == 0;
}

typedef struct {
  cli_bytes folder;
  struct dirent **entries;
  int count;
} kept;

static void find_kept(kept *out) {
  *out = (kept){0};
  cli_images_folder(&out->folder);
  out->count = out->folder.len ? scandir(out->folder.data, &out->entries, is_image, alphasort) : 0;
  if (out->count < 0) out->count = 0; /* no folder: none was kept */
}

static void drop_kept(kept *k) {
  for (int i = 0; i < k->count; i++) free(k->entries[i]);
  free(k->entries);
  cli_bytes_free(&k->folder);
}

static char *path_of(const kept *k, int index) {
  size_t size = k->folder.len + strlen(k->entries[index]->d_name) + 2;
  char *path = malloc(size);
  if (path) snprintf(path, size, "%s/%s", k->folder.data, k->entries[index]->d_name);
  return path;
}

/* ---- list */

static bool is_built_in(const cloche_engine_info *info) {
  cloche_engine *engine;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = info->name;
  if (cloche_engine_open(&engine, &options, NULL) != CLOCHE_OK) return false;
  bool same = strcmp(cloche_engine_describe(engine).image_id, info->image_id) == 0;
  cloche_engine_close(engine);
  return same;
}

static json_t *describe(const char *path, const char *id) {
  struct stat file = {0};
  cloche_engine *engine;
  cloche_error err = CLOCHE_ERROR_INIT;
  (void)stat(path, &file);
  json_t *out = json_pack("{s:s#, s:I}", "image_id", id, (int)ID_DIGITS, "file_bytes", (json_int_t)file.st_size);
  cloche_status status = cli_images_open_file(&engine, NULL, path, &err);
  if (status == CLOCHE_OK) {
    cloche_engine_info info = cloche_engine_describe(engine);
    json_object_set_new(out, "engine", json_string(info.name));
    json_object_set_new(out, "image_bytes", json_integer((json_int_t)info.image_bytes));
    json_object_set_new(out, "built_in", json_boolean(is_built_in(&info)));
    cloche_engine_close(engine);
  }
  if (status != CLOCHE_OK) json_object_set_new(out, "unusable", json_string(err.message));
  return out;
}

static void print_line(const json_t *image) {
  const char *why = json_string_value(json_object_get(image, "unusable"));
  printf("%s", json_string_value(json_object_get(image, "image_id")));
  if (why) printf("  unusable: %s\n", why);
  else
    printf("  %s, %lld bytes in the file%s\n", json_string_value(json_object_get(image, "engine")),
           (long long)json_integer_value(json_object_get(image, "file_bytes")),
           json_is_true(json_object_get(image, "built_in")) ? ", the one of this program" : "");
}

static int list(const kept *k, bool json) {
  json_t *all = json_array();
  for (int i = 0; i < k->count; i++) {
    char *path = path_of(k, i);
    json_t *image = path ? describe(path, k->entries[i]->d_name) : NULL;
    free(path);
    if (!image) continue;
    if (!json) print_line(image);
    json_array_append_new(all, image);
  }
  char *text = json ? json_dumps(all, JSON_INDENT(2)) : NULL;
  if (text) printf("%s\n", text);
  else if (!json && k->count == 0) printf("no images are kept\n");
  free(text);
  json_decref(all);
  return cli_finish_stdout();
}

/* ---- prune */

static bool is_named(const char *file, const cli_operands *operands) {
  for (size_t i = 1; i < operands->before_count; i++)
    if (strlen(operands->before[i]) == ID_DIGITS && strncmp(file, operands->before[i], ID_DIGITS) == 0) return true;
  return false;
}

static int prune(const kept *k, const cli_operands *operands, bool all) {
  size_t wanted = operands->before_count - 1, removed = 0;
  bool failed = false;
  for (int i = 0; i < k->count; i++) {
    char *path = path_of(k, i);
    if (path && (all || is_named(k->entries[i]->d_name, operands))) {
      removed++;
      if (unlink(path) == 0) printf("removed %.64s\n", k->entries[i]->d_name);
      else failed = true;
    }
    free(path);
  }
  int exit_code = cli_finish_stdout();
  if (failed) fprintf(stderr, "cloche: not all of them could be removed\n");
  else if (removed > 0)
    fprintf(stderr, "snapshots that need them, of which nobody here knows, cannot be resumed any more\n");
  else if (!all) fprintf(stderr, "cloche: %s\n", wanted == 1 ? "no such image is kept" : "none of these is kept");
  if (failed) return CLI_EXIT_FAILURE;
  return removed == 0 && !all ? CLI_EXIT_USAGE : exit_code;
}

/* ---- build */

static int build(const cli_image_plan *plan) {
  char id[ID_DIGITS + 1];
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_status status = cli_image_build(plan, id, &err);
  if (status != CLOCHE_OK) {
    fprintf(stderr, "cloche: %s\n", err.message);
    return cloche_status_describe(status).exit_code;
  }
  printf("image %s\n", id);
  return cli_finish_stdout();
}

/* ---- the command */

static bool says_more_than_build(const settings *s, const cli_operands *operands) {
  return operands->before_count > 1 || s->all || s->json;
}

static bool says_build(const settings *s) { return s->plan.engine || s->plan.output || s->plan.preload_count > 0; }

static int image_command(const cli_command *self, int count, char **arguments) {
  settings s = {0};
  cli_operands operands;
  int exit_code;
  if (!cli_options_parse(self, count, arguments, &s, &operands, &exit_code)) return exit_code;
  const char *what = operands.before_count ? operands.before[0] : "";
  bool lists = strcmp(what, "list") == 0, prunes = strcmp(what, "prune") == 0;
  if (strcmp(what, "build") == 0) {
    if (says_more_than_build(&s, &operands) || operands.after_count > 0 || !s.plan.output)
      return cli_usage_error(self->name, "say what to preload, and where to write it: -o FILE");
    s.plan.wall = s.wall;
    return build(&s.plan);
  }
  if (says_build(&s)) return cli_usage_error(self->name, "that is said to 'build'");
  if ((!lists && !prunes) || operands.after_count > 0 || (lists && (operands.before_count > 1 || s.all)))
    return cli_usage_error(self->name, "say 'build', 'list', or 'prune' and which");
  if (prunes && (operands.before_count > 1) == s.all)
    return cli_usage_error(self->name, "say which images: their ids, or --all");
  kept k;
  find_kept(&k);
  exit_code = lists ? list(&k, s.json) : prune(&k, &operands, s.all);
  drop_kept(&k);
  return exit_code;
}

static const cli_option options[] = {
    {"Build", 0, "engine", "NAME", "js python", "js (the default) or python", set_engine},
    {"Build", 0, "preload", "WHAT", CLI_FILES, "a script; of Python a .py file or the name of a module; repeatable",
     set_preload},
    {"Build", 'o', "output", "FILE", CLI_FILES, "where the image is written", set_output},
    {"Options", 0, "json", NULL, NULL, "of list: prints it as JSON", set_json},
    {"Options", 0, "all", NULL, NULL, "of prune: removes every image", set_all},
    CLI_WALL_OPTIONS,
    {0},
};

static const cli_section sections[] = {
    {"Building",
     "Cells that are started with --image FILE have what the preloads have made: the names of scripts, the modules that\n"
     "were imported. It costs them nothing. An image belongs to the version of the engine that it was built with.\n"
     "\n"
     "  cloche image build --engine python --preload tomllib --preload rules.py -o rules.img\n"
     "  cloche run --image rules.img report.py\n"},
    {"Kept images",
     "A snapshot needs the image that it differs from. Each image is kept once, when a snapshot is first saved, below\n"
     "$XDG_DATA_HOME/cloche/images, so that other versions of the program resume it. None is removed by itself: which\n"
     "snapshots there are is unknown.\n"},
    {0},
};

const cli_command cli_image_command = {
    .name = "image",
    .arguments = "build [--engine NAME] [--preload WHAT]... -o FILE | list | prune ID...|--all",
    .words = "build list prune",
    .text = "Builds images that cells start from; lists and removes those that were kept for snapshots.",
    .options = options,
    .sections = sections,
    .run = image_command,
};
