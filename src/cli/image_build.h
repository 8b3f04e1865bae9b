/* `cloche image build`. */
#ifndef CLI_IMAGE_BUILD_H
#define CLI_IMAGE_BUILD_H

#include <stddef.h>

#include "cloche.h"
#include "dome.h"

enum { CLI_PRELOADS_MAX = 64 };

typedef struct cli_image_plan {
  cli_wall wall;
  const char *engine; /**< NULL: "js" */
  const char *output; /**< a path */
  const char *preloads[CLI_PRELOADS_MAX];
  size_t preload_count;
} cli_image_plan;

/** Builds the image and writes it; the id of what was written goes to `id`. */
cloche_status cli_image_build(const cli_image_plan *plan, char id[65], cloche_error *err);

#endif
