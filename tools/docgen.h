/* The generator of reference pages: what its two files share. */
#ifndef DOCGEN_H
#define DOCGEN_H

#include <stdbool.h>
#include <stdio.h>

/** Writes the page of the C API from the text of the header; false: the header is not laid out as expected, and stderr
 *  says where. */
bool docgen_api(FILE *out, const char *header);

#endif
