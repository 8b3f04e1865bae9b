/* The images that snapshots need. When a snapshot is saved, the image that it differs from is kept, too, so that a later version
 * of the program, with another image built in, still resumes it: $XDG_DATA_HOME/cloche/images/<image id>.img.zst, once for
 * each image. What is read there is checked by its hash when it is opened. */
#ifndef CLI_IMAGES_H
#define CLI_IMAGES_H

#include "bytes.h"
#include "cloche.h"

/** The folder, in `out`; "" when the user has no home. */
void cli_images_folder(cli_bytes *out);

/** Keeps the image of an engine, unless it is there already. */
cloche_status cli_images_keep(const cloche_engine *engine, cloche_error *err);

/** Opens the engine called `name` with the image of that id: the one that is built in, or one that was kept. */
cloche_status cli_images_open(cloche_engine **out, const char *name, const char *image_id, cloche_error *err);

/** Opens a file that cli_images_keep or `cloche image build` made as an engine; `name` NULL: whatever engine it is of. */
cloche_status cli_images_open_file(cloche_engine **out, const char *name, const char *path, cloche_error *err);

/** Opens the engine called `name` (NULL: "js") with an image file, or, where `path` is NULL, with the one built in. */
cloche_status cli_images_engine(cloche_engine **out, const char *name, const char *path, cloche_error *err);

#endif
