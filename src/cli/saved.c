/* Snapshots as files; saved.h. */
#include "saved.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "fail.h"
#include "file.h"
#include "images.h"

#define FILE_BYTES ((uint64_t)1 << 30)
enum { KEY_MIN = 16, KEY_MAX = 64 };

static cloche_status read_key(cli_bytes *key, cloche_snapshot_options *options, const char *path, cloche_error *err) {
  *key = (cli_bytes){0};
  if (!path) return CLOCHE_OK;
  cloche_status status = cli_file_read(key, path, KEY_MAX, err);
  if (status == CLOCHE_OK && key->len < KEY_MIN)
    status = cli_fail(err, CLOCHE_INVALID_ARGUMENT, "--key-file: '%.140s' has %zu bytes; a key has 16 to 64", path,
                      key->len);
  options->key = (const uint8_t *)key->data;
  options->key_len = key->len;
  return status;
}

static void drop_key(cli_bytes *key) {
  if (key->data) explicit_bzero(key->data, key->cap);
  cli_bytes_free(key);
}

cloche_status cli_saved_write(const char *path, cloche_cell *cell, const cloche_engine *engine, const char *key_file,
                              cloche_error *err) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_snapshot *snapshot = NULL;
  uint8_t *bytes = NULL;
  size_t len;
  cli_bytes key;
  options.level = 3;
  cloche_status status = read_key(&key, &options, key_file, err);
  if (status == CLOCHE_OK) status = cloche_cell_snapshot(&snapshot, cell, err);
  if (status == CLOCHE_OK) status = cloche_snapshot_write(snapshot, &options, &bytes, &len, err);
  if (status == CLOCHE_OK) status = cli_file_write(path, bytes, len, "the snapshot", err);
  if (status == CLOCHE_OK) {
    err->message[0] = 0;
    (void)cli_images_keep(engine, err);
  }
  free(bytes);
  cloche_snapshot_free(snapshot);
  drop_key(&key);
  return status;
}

cloche_status cli_saved_read(cloche_snapshot **out, const char *path, const char *key_file, cloche_error *err) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cli_bytes file = {0}, key;
  cloche_error why = CLOCHE_ERROR_INIT;
  *out = NULL;
  cloche_status status = read_key(&key, &options, key_file, err);
  if (status == CLOCHE_OK) status = cli_file_read(&file, path, FILE_BYTES, err);
  if (status == CLOCHE_OK) {
    status = cloche_snapshot_read(out, (const uint8_t *)file.data, file.len, &options, &why);
    if (status != CLOCHE_OK) status = cli_fail(err, status, "'%.80s': %.150s", path, why.message);
  }
  cli_bytes_free(&file);
  drop_key(&key);
  return status;
}
