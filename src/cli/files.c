/* Mounts and files of the command line; files.h. A colon parts a path of the host's from one of the guest's, which begins
 * with a slash, so that the host's may have colons. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "source.h"

/* Cuts HOST:/GUEST in two at the last place where that can be. */
static cloche_status split(cli_file *file, const char *value, const char *form, cloche_error *err) {
  const char *cut = NULL;
  for (const char *at = value; (at = strstr(at, ":/")) != NULL; at++) cut = at;
  if (!cut || cut == value) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.120s' is not %s", value, form);
  file->host = strndup(value, (size_t)(cut - value));
  file->guest = strdup(cut + 1);
  return file->host && file->guest ? CLOCHE_OK : cli_fail_memory(err);
}

static cloche_status add_mount(cli_file *file, const char *value, cloche_error *err) {
  size_t len = strlen(value);
  file->mounted = true;
  const char *suffix = len > 3 ? value + len - 3 : "";
  bool has_suffix = strcmp(suffix, ":ro") == 0 || strcmp(suffix, ":rw") == 0;
  file->writable = strcmp(suffix, ":rw") == 0;
  char *rest = strndup(value, has_suffix ? len - 3 : len);
  cloche_status status =
      rest ? split(file, rest, "HOSTDIR:/GUESTDIR, with :ro or :rw behind it", err) : cli_fail_memory(err);
  free(rest);
  return status;
}

/* A file that has one place in the guest: a folder and the name that it has already, or a path. */
static cloche_status add_placed(cli_file *file, const char *value, const char *place, cloche_error *err) {
  const char *slash = strrchr(value, '/'), *name = slash ? slash + 1 : value;
  size_t folder = strlen(place), len = place[folder - 1] == '/' ? strlen(name) : 0;
  file->host = strdup(value);
  file->guest = malloc(folder + len + 1);
  if (!file->host || !file->guest) return cli_fail_memory(err);
  memcpy(file->guest, place, folder);
  memcpy(file->guest + folder, name, len);
  file->guest[folder + len] = '\0';
  return CLOCHE_OK;
}

cloche_status cli_files_add(cli_files *files, const char *option, const char *value, cloche_error *err) {
  cli_file *list = realloc(files->list, (files->count + 1) * sizeof *list);
  if (!list) return cli_fail_memory(err);
  files->list = list;
  cli_file *file = &list[files->count++];
  *file = (cli_file){0};
  if (strcmp(option, "mount") == 0) {
    file->option = "--mount";
    return add_mount(file, value, err);
  }
  if (strcmp(option, "file") == 0) {
    file->option = "--file";
    return split(file, value, "HOSTFILE:/GUESTPATH", err);
  }
  file->path_entry = strcmp(option, "wheel") == 0;
  file->option = file->path_entry ? "--wheel" : "--db";
  return add_placed(file, value, file->path_entry ? "/wheels/" : "/db/main.sqlite", err);
}

static cloche_status blame(const cli_file *file, cloche_status status, cloche_error *err) {
  char message[sizeof err->message];
  if (status == CLOCHE_OK) return status;
  memcpy(message, err->message, sizeof message);
  return cli_fail(err, status, "%s: %.200s", file->option, message);
}

static cloche_status open_directory(int *out, const char *path, cloche_error *err) {
  *out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (*out >= 0) return CLOCHE_OK;
  if (errno == ENOENT) return cli_fail(err, CLOCHE_NOT_FOUND, "there is no folder '%.160s'", path);
  if (errno == ENOTDIR) return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "'%.160s' is no folder", path);
  return cli_fail(err, CLOCHE_IO_ERROR, "'%.160s' cannot be opened: %s", path, strerror(errno));
}

cloche_status cli_contents_read(cli_content **out, const cli_files *files, size_t limit, cloche_error *err) {
  *out = NULL;
  if (files->count == 0) return CLOCHE_OK;
  cli_content *contents = calloc(files->count, sizeof *contents);
  if (!contents) return cli_fail_memory(err);
  for (size_t i = 0; i < files->count; i++) contents[i].dir = -1;
  *out = contents;
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < files->count; i++) {
    const cli_file *file = &files->list[i];
    status = file->mounted ? open_directory(&contents[i].dir, file->host, err)
                           : cli_source_read_bytes(&contents[i].bytes, file->host, limit, err);
    status = blame(file, status, err);
  }
  return status;
}

void cli_contents_close(cli_content *contents, const cli_files *files) {
  for (size_t i = 0; contents && i < files->count; i++) {
    if (contents[i].dir >= 0) close(contents[i].dir);
    cli_bytes_free(&contents[i].bytes);
  }
  free(contents);
}

static cloche_status give(const cli_content *content, const cli_file *file, cloche_cell *cell, cloche_error *err) {
  if (file->mounted) {
    cloche_mount mount = CLOCHE_MOUNT_INIT;
    mount.dir_fd = content->dir;
    mount.path = file->guest;
    mount.writable = file->writable;
    return cloche_cell_mount(cell, &mount, err);
  }
  cloche_file given = CLOCHE_FILE_INIT;
  given.path = file->guest;
  given.data = content->bytes.data;
  given.len = content->bytes.len;
  given.path_entry = file->path_entry;
  return cloche_cell_file(cell, &given, err);
}

cloche_status cli_contents_give(const cli_content *contents, const cli_files *files, cloche_cell *cell,
                                cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < files->count; i++)
    status = blame(&files->list[i], give(&contents[i], &files->list[i], cell, err), err);
  return status;
}

size_t cli_files_count_stdin(const cli_files *files) {
  size_t count = 0;
  for (size_t i = 0; i < files->count; i++) count += !files->list[i].mounted && strcmp(files->list[i].host, "-") == 0;
  return count;
}

bool cli_files_mounted(const cli_files *files) {
  for (size_t i = 0; i < files->count; i++)
    if (files->list[i].mounted) return true;
  return false;
}

void cli_files_free(cli_files *files) {
  for (size_t i = 0; i < files->count; i++) {
    free(files->list[i].host);
    free(files->list[i].guest);
  }
  free(files->list);
  *files = (cli_files){0};
}
