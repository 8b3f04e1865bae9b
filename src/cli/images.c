/* Kept images; images.h. */
#include "images.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>
#include <zstd.h>

#include "fail.h"
#include "file.h"

#define IMAGE_BYTES ((uint64_t)1 << 30) /* no image is as large */
enum { LEVEL = 6, ID_DIGITS = 64, PATH_BYTES = 4096 };
static const char *const engines[] = {"js", "python"};

static bool get_environment(const char *name, char *out, size_t size) {
  return uv_os_getenv(name, out, &size) == 0 &&
         out[0] == '/'; /* the specification: a relative path counts for nothing */
}

void cli_images_folder(cli_bytes *out) {
  char base[PATH_BYTES];
  *out = (cli_bytes){.max = PATH_BYTES + 64};
  const char *rest = "/cloche/images";
  if (!get_environment("XDG_DATA_HOME", base, sizeof base)) {
    rest = "/.local/share/cloche/images";
    if (!get_environment("HOME", base, sizeof base)) base[0] = 0;
  }
  if (base[0]) (void)(cli_bytes_add(out, base, strlen(base)) && cli_bytes_add(out, rest, strlen(rest)));
  else (void)cli_bytes_add(out, "", 0);
}

static cloche_status path_of(cli_bytes *out, const char *image_id, cloche_error *err) {
  char name[ID_DIGITS + 16];
  cli_images_folder(out);
  if (out->len == 0)
    return cli_fail(err, CLOCHE_IO_ERROR, "there is no folder for images: neither XDG_DATA_HOME nor HOME is a path");
  snprintf(name, sizeof name, "/%.64s.img.zst", image_id);
  return cli_bytes_add(out, name, strlen(name)) ? CLOCHE_OK : cli_fail_memory(err);
}

/* The folders on the way to a file, none of which anybody else may look into. */
static void make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0700); /* it may be there; what is wrong shows when the file is made */
    *slash = '/';
  }
}

static cloche_status write_compressed(const char *path, const uint8_t *image, size_t len, cloche_error *err) {
  size_t room = ZSTD_compressBound(len);
  void *packed = malloc(room);
  if (!packed) return cli_fail_memory(err);
  size_t size = ZSTD_compress(packed, room, image, len, LEVEL);
  cloche_status status =
      ZSTD_isError(size) ? cli_fail_memory(err) : cli_file_write(path, packed, size, "the image", err);
  free(packed);
  return status;
}

cloche_status cli_images_keep(const cloche_engine *engine, cloche_error *err) {
  cli_bytes path = {0};
  uint8_t *image = NULL;
  size_t len;
  cloche_status status = path_of(&path, cloche_engine_describe(engine).image_id, err);
  if (status != CLOCHE_OK || access(path.data, F_OK) == 0) goto out;
  make_folders(path.data);
  status = cloche_engine_image(engine, &image, &len, err);
  if (status == CLOCHE_OK) status = write_compressed(path.data, image, len, err);

out:
  free(image);
  cli_bytes_free(&path);
  return status;
}

/* ---- opening */

static int memory_file(const uint8_t *data, size_t len) {
  int fd = memfd_create("image", MFD_CLOEXEC);
  for (size_t done = 0; fd >= 0 && done < len;) {
    ssize_t n = write(fd, data + done, len - done);
    if (n > 0) done += (size_t)n;
    else if (n == 0 || errno != EINTR) {
      close(fd);
      fd = -1;
    }
  }
  return fd;
}

/* An image as it is, or compressed, as a memory file. */
static cloche_status unpack(int *out, const cli_bytes *file, const char *path, cloche_error *err) {
  unsigned long long len = ZSTD_getFrameContentSize(file->data, file->len);
  if (len == ZSTD_CONTENTSIZE_ERROR) {
    *out = memory_file((const uint8_t *)file->data, file->len);
    return *out >= 0 ? CLOCHE_OK : cli_fail_memory(err);
  }
  if (len == ZSTD_CONTENTSIZE_UNKNOWN || len > IMAGE_BYTES)
    return cli_fail(err, CLOCHE_BAD_IMAGE, "'%.160s' is no image", path);
  uint8_t *image = malloc((size_t)len + 1);
  if (!image) return cli_fail_memory(err);
  size_t got = ZSTD_decompress(image, (size_t)len, file->data, file->len);
  cloche_status status = CLOCHE_OK;
  if (ZSTD_isError(got) || got != len) status = cli_fail(err, CLOCHE_BAD_IMAGE, "'%.160s' is damaged", path);
  else if ((*out = memory_file(image, (size_t)len)) < 0) status = cli_fail_memory(err);
  free(image);
  return status;
}

cloche_status cli_images_open_file(cloche_engine **out, const char *name, const char *path, cloche_error *err) {
  cli_bytes file = {0};
  int fd = -1;
  cloche_status status = cli_file_read(&file, path, IMAGE_BYTES, err);
  if (status == CLOCHE_OK) status = unpack(&fd, &file, path, err);
  cli_bytes_free(&file);
  if (status != CLOCHE_OK) return status;
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.image_fd = fd;
  for (size_t i = 0; i < sizeof engines / sizeof engines[0]; i++) {
    if (name && strcmp(name, engines[i]) != 0) continue;
    options.name = engines[i];
    cloche_error *told = i == 0 || name ? err : NULL; /* what is no image is none of the first engine's */
    status = cloche_engine_open(out, &options, told);
    if (status == CLOCHE_OK) break;
  }
  close(fd);
  return status;
}

static cloche_status open_kept(cloche_engine **out, const char *name, const char *image_id, const char *built_in,
                               cloche_error *err) {
  cli_bytes path = {0};
  cloche_status status = path_of(&path, image_id, err);
  if (status == CLOCHE_OK && access(path.data, R_OK) != 0)
    status = cli_fail(err, CLOCHE_WRONG_IMAGE,
                      "the snapshot needs image %.64s, which is not kept here; the one of this program is %.64s",
                      image_id, built_in);
  if (status == CLOCHE_OK) status = cli_images_open_file(out, name, path.data, err);
  cli_bytes_free(&path);
  if (status != CLOCHE_OK || strcmp(cloche_engine_describe(*out).image_id, image_id) == 0) return status;
  cloche_engine_close(*out);
  *out = NULL;
  return cli_fail(err, CLOCHE_BAD_IMAGE, "what is kept as image %.64s is another one", image_id);
}

cloche_status cli_images_open(cloche_engine **out, const char *name, const char *image_id, cloche_error *err) {
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = name;
  cloche_status status = cloche_engine_open(out, &options, err);
  if (status != CLOCHE_OK) return status;
  char built_in[ID_DIGITS + 1];
  snprintf(built_in, sizeof built_in, "%s", cloche_engine_describe(*out).image_id);
  if (strcmp(built_in, image_id) == 0) return CLOCHE_OK;
  cloche_engine_close(*out);
  *out = NULL;
  return open_kept(out, name, image_id, built_in, err);
}

cloche_status cli_images_engine(cloche_engine **out, const char *name, const char *path, cloche_error *err) {
  cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
  options.name = name;
  return path ? cli_images_open_file(out, name ? name : "js", path, err) : cloche_engine_open(out, &options, err);
}
