/* A snapshot as bytes that leave the process.
 *
 *     0     magic "clochsnp"
 *     8     u32 version, u32 flags
 *     16    u64 bytes of the content, u64 bytes as it is stored here
 *     32    BLAKE2b of all that, with zeros in its own place, under the key if there is one
 *     64    the content (snapshot.h), as it is or as one frame of zstd
 *
 * Little-endian, as the machine is. The hash is looked at before anything is taken apart, and sizes before anything is
 * allocated. Without a key it finds accidents; it is no defence, and need be none: cl_snapshot_check believes nothing. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "error.h"
#include "limits.h"
#include "snapshot.h"

enum { SNAPSHOT_VERSION = 2, FLAG_ZSTD = 1, FLAG_KEYED = 2, KEY_MIN = 16, KEY_MAX = 64, MAX_LEVEL = 19 };
#define MAGIC "clochsnp"

typedef struct file_header {
  char magic[8];
  uint32_t version, flags;
  uint64_t content_bytes, stored_bytes;
  uint8_t hash[32];
} file_header;
_Static_assert(sizeof(file_header) == 64, "the header has no gaps");

static void hash_file(uint8_t out[32], const file_header *header, const uint8_t *stored, size_t len,
                      const cloche_snapshot_options *options) {
  file_header plain = *header;
  memset(plain.hash, 0, sizeof plain.hash);
  crypto_generichash_state state;
  crypto_generichash_init(&state, options->key, options->key ? options->key_len : 0, 32);
  crypto_generichash_update(&state, (const uint8_t *)&plain, sizeof plain);
  crypto_generichash_update(&state, stored, len);
  crypto_generichash_final(&state, out, 32);
  sodium_memzero(&state, sizeof state);
}

static cloche_status check_options(const cloche_snapshot_options *options, cloche_error *err) {
  if (options->version != 1) CL_FAIL(err, INVALID_ARGUMENT, "snapshot options of version %u", options->version);
  if (options->level < 0 || options->level > MAX_LEVEL)
    CL_FAIL(err, INVALID_ARGUMENT, "a level of compression is 0 to %d", MAX_LEVEL);
  if (options->key && (options->key_len < KEY_MIN || options->key_len > KEY_MAX))
    CL_FAIL(err, INVALID_ARGUMENT, "a key is %d to %d bytes", KEY_MIN, KEY_MAX);
  return CLOCHE_OK;
}

static const cloche_snapshot_options default_options = CLOCHE_SNAPSHOT_OPTIONS_INIT;

cloche_status cloche_snapshot_write(const cloche_snapshot *snapshot, const cloche_snapshot_options *options,
                                    uint8_t **bytes, size_t *len, cloche_error *err) {
  if (!options) options = &default_options;
  *bytes = NULL;
  *len = 0;
  CL_TRY(check_options(options, err));
  size_t room = options->level ? ZSTD_compressBound(snapshot->len) : snapshot->len;
  uint8_t *out = malloc(sizeof(file_header) + room);
  if (!out) CL_FAIL(err, OUT_OF_MEMORY, "no memory to write a snapshot");
  size_t stored = snapshot->len;
  if (options->level == 0) {
    memcpy(out + sizeof(file_header), snapshot->raw, snapshot->len);
  } else {
    stored = ZSTD_compress(out + sizeof(file_header), room, snapshot->raw, snapshot->len, options->level);
    if (ZSTD_isError(stored)) {
      free(out);
      CL_FAIL(err, OUT_OF_MEMORY, "no memory to compress a snapshot");
    }
  }
  file_header header = {.version = SNAPSHOT_VERSION,
                        .flags = (options->level ? FLAG_ZSTD : 0u) | (options->key ? FLAG_KEYED : 0u),
                        .content_bytes = snapshot->len,
                        .stored_bytes = stored};
  memcpy(header.magic, MAGIC, sizeof header.magic);
  hash_file(header.hash, &header, out + sizeof header, stored, options);
  memcpy(out, &header, sizeof header);
  *len = sizeof header + stored;
  uint8_t *exact = realloc(out, *len); /* most of the room was for what zstd cannot shrink */
  *bytes = exact ? exact : out;
  return CLOCHE_OK;
}

static cloche_status check_header(file_header *header, const uint8_t *bytes, size_t len,
                                  const cloche_snapshot_options *options, cloche_error *err) {
  if (len < sizeof *header) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot is too short");
  memcpy(header, bytes, sizeof *header);
  if (memcmp(header->magic, MAGIC, sizeof header->magic) != 0) CL_FAIL(err, BAD_SNAPSHOT, "this is no snapshot");
  if (header->version != SNAPSHOT_VERSION)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot is of version %u; this library reads %d", header->version,
            SNAPSHOT_VERSION);
  if (header->flags & ~(uint32_t)(FLAG_ZSTD | FLAG_KEYED)) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot has unknown flags");
  bool keyed = header->flags & FLAG_KEYED;
  if (keyed && !options->key) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot was written with a key, and none is given");
  if (!keyed && options->key) CL_FAIL(err, BAD_SNAPSHOT, "the snapshot was written without a key, and one is given");
  if (header->stored_bytes != len - sizeof *header)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's length does not fit its header");
  uint8_t hash[32];
  hash_file(hash, header, bytes + sizeof *header, len - sizeof *header, options);
  if (sodium_memcmp(hash, header->hash, sizeof hash) != 0)
    CL_FAIL(err, BAD_SNAPSHOT,
            keyed ? "the snapshot is damaged, or was written with another key" : "the snapshot is damaged");
  uint64_t most = options->max_bytes ? options->max_bytes : CL_BYTES_MAX;
  if (header->content_bytes > most)
    CL_FAIL(err, SNAPSHOT_LIMIT, "the snapshot is %llu bytes; %llu are allowed",
            (unsigned long long)header->content_bytes, (unsigned long long)most);
  return CLOCHE_OK;
}

cloche_status cloche_snapshot_read(cloche_snapshot **out, const uint8_t *bytes, size_t len,
                                   const cloche_snapshot_options *options, cloche_error *err) {
  if (!options) options = &default_options;
  *out = NULL;
  CL_TRY(check_options(options, err));
  file_header header;
  CL_TRY(check_header(&header, bytes, len, options, err));
  const uint8_t *stored = bytes + sizeof header;
  size_t content = (size_t)header.content_bytes;
  bool compressed = header.flags & FLAG_ZSTD;
  if (compressed ? ZSTD_getFrameContentSize(stored, len - sizeof header) != content : header.stored_bytes != content)
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's size does not fit its content");
  uint8_t *raw = malloc(content ? content : 1);
  if (!raw) CL_FAIL(err, OUT_OF_MEMORY, "no memory for a snapshot of %zu bytes", content);
  if (!compressed) memcpy(raw, stored, content);
  else if (ZSTD_decompress(raw, content, stored, len - sizeof header) != content) {
    free(raw);
    CL_FAIL(err, BAD_SNAPSHOT, "the snapshot's content cannot be decompressed");
  }
  return cl_snapshot_check(out, raw, content, err);
}
