/* What tests plant into cells and must not find again: random bytes that a guest handles as a text, as numbers, as anything;
 * and the search for them in all that a cell's successor could see, and in what the host keeps. */
#ifndef SECRET_H
#define SECRET_H

#include "cell.h"
#include "unit.h"

enum { SECRET_BYTES = 16 };

typedef struct {
  uint8_t raw[SECRET_BYTES];
  char hex[2 * SECRET_BYTES + 1]; /* what the guest handles as text */
} ut_secret;

ut_secret ut_new_secret(void);

/** The pattern with the secret's hex digits as a literal for "@", and an array literal of its bytes for "#". To be freed. */
char *ut_with_secret(const char *pattern, const ut_secret *s);

/** Whether the bytes hold the secret or half of it, as text of narrow or wide characters, as bytes, or backwards. */
bool ut_holds_secret(const void *data, size_t len, const ut_secret *s);
void ut_search(const void *data, size_t len, const ut_secret *s, const char *where, const char *planted);
/** What the host holds for a cell that has just been opened, and for its thread. */
void ut_search_host(cloche_cell *cell, const ut_secret *s, const char *planted);
/** That, linear memory, and undo logs. */
void ut_search_cell(cloche_cell *cell, const ut_secret *s, const char *planted);

#endif
