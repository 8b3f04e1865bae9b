/* What makes an image of one engine; mkimage.c does what all have in common. */
#ifndef IMAGE_H
#define IMAGE_H

#include "cell.h"

typedef struct image_maker {
  const cl_language *language;
  /** Boots the engine on the cell's fiber, in guest mode, from the text or bytes of the input file, and fills the globals.
   *  What it gives back is what went wrong; NULL: nothing. */
  const char *(*boot)(cloche_cell *cell, const uint8_t *input, size_t len, cl_image_globals *globals);
  /** Scripts from whose runs the hot pages are learnt, NULL behind the last. A page is hot that all but `odd` of them wrote. */
  const char *const *warm_ups;
  int odd;
} image_maker;

extern const image_maker image_maker_js;
#if CL_PYTHON
extern const image_maker image_maker_python;
#endif

#endif
