/* Tables that a script displays, as text. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>

#include "cloche.h"
#include "out.h"

/** The media type of {"columns": ["a", ...], "rows": [[1, ...], ...]}. */
#define CLI_TABLE_TYPE "application/vnd.cloche.table+json"

/** Puts the table in the queue for `fd`, a line a row, columns under one another; long cells and tables are cut, and
 *  say so. False when the text is no such table: nothing is written. */
bool cli_table_show(cli_out *out, int fd, const char *json, size_t len);

#endif
