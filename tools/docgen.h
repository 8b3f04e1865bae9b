/* The generator of reference pages: what its two files share. */
#ifndef DOCGEN_H
#define DOCGEN_H

#include <stdbool.h>
#include <stdio.h>

/** A public header and the page that is made from it. */
typedef struct docgen_page {
  const char *header, *guard;      /**< its name, and the macro that includes it once */
  const char *file, *title, *head; /**< of the page */
} docgen_page;

/** Writes the page from the text of the header; false: the header is not laid out as expected, and stderr says where. */
bool docgen_api(FILE *out, const docgen_page *page, const char *header);

#endif
