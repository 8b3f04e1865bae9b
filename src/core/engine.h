/* An engine: its image, opened, and the language's functions. Immutable once open; shared by threads. */
#ifndef CL_ENGINE_H
#define CL_ENGINE_H

#include <pthread.h>

#include "slot.h"

struct cl_language;

enum { CL_IMAGE_VERSION = 2, CL_IMAGE_HEADER = 16384, CL_IMAGE_HOT_WORDS = 1024, CL_IMAGE_ENTRIES = 8 };
#define CL_IMAGE_MAGIC "clochimg"

/** Mutable globals of an engine and where its parts are, as they were when the image was made. Guest addresses. */
typedef struct cl_image_globals {
  uint32_t stack_pointer;
  uint32_t runtime, context;
  uint32_t random_state;              /* of Math.random: 8 bytes */
  uint32_t scratch;                   /* 64 bytes for arguments */
  uint32_t stack_limit;               /* the lowest address that the guest's stack may reach at its largest */
  uint64_t entries[CL_IMAGE_ENTRIES]; /* functions of the bootstrap; of Python: its flags (py_engine.h) */
  uint64_t variables;                 /* the object that holds what let, const and class declare at the top level */
  uint32_t code_at;                   /* where a script's object holds the address of its code */
  uint32_t declares;                  /* the instruction, one for each name, with which a script's declarations begin */
  uint32_t last_value;                /* the atom of "_" */
} cl_image_globals;

/** The first CL_IMAGE_HEADER bytes of an image file; the memory follows. Little-endian, as the machine is. */
typedef struct cl_image_header {
  char magic[8];
  uint32_t version, header_bytes;
  uint64_t memory_bytes;
  uint8_t engine_id[32]; /* hash of the wasm and of the step that patches it */
  uint8_t image_id[32];  /* hash of this header, with zeros here, and of the memory */
  char language[16];
  cl_image_globals globals;
  uint64_t hot[CL_IMAGE_HOT_WORDS]; /* pages that runs usually touch */
} cl_image_header;
_Static_assert(sizeof(cl_image_header) <= CL_IMAGE_HEADER, "the header fits its page");

struct cloche_engine {
  const struct cl_language *language;
  cl_image_header header;
  cl_memory_image memory;
  cl_pagemap pagemap;
  int pid;
  char engine_id[65], image_id[65];
  bool is_compiler, built_in;
  pthread_mutex_t lock;           /* of `compiler` */
  struct cloche_engine *compiler; /* the same engine with the compilers' image, once a source needed it */
};

/** The engine for compiler cells; opened at the first call. Any thread. */
cloche_status cl_engine_compiler(cloche_engine **out, cloche_engine *engine, cloche_error *err);

/** Hashes a header (its image_id taken as zeros) and memory. */
void cl_image_hash(uint8_t id[32], const cl_image_header *header, const uint8_t *memory);

/** An image that is built into the library: `len` 0 in the image builder. */
typedef struct cl_built_in {
  const uint8_t *data;
  size_t len;
} cl_built_in;
cl_built_in cl_image_built_in(const struct cl_language *language, bool compiler);

/** Puts `bytes` of memory (NULL: zeros) into a sealed memory file and maps that to read. */
cloche_status cl_image_map(cl_memory_image *image, const uint8_t *memory, size_t bytes, cloche_error *err);
/** Finds the memory of a built-in image, `image` with its header, in the running program's own file; false: it is not there. */
bool cl_image_map_program(cl_memory_image *out, const uint8_t *image, size_t bytes);
void cl_image_unmap(cl_memory_image *image);

/** The language of an engine's name; NULL: there is none, or not in this build. */
const struct cl_language *cl_language_named(const char *name);

/** The digits of an id. */
void cl_hex(char out[65], const uint8_t id[32]);

/** An image to build from: `pages` of zeros. Used by the image builder alone. */
cloche_status cl_engine_open_blank(cloche_engine **out, const struct cl_language *language, uint32_t wasm_pages,
                                   cloche_error *err);

/** Reads and checks an image of `len` bytes, and maps it. */
cloche_status cl_engine_adopt(cloche_engine *engine, const uint8_t *image, size_t len, bool verify, cloche_error *err);

#endif
