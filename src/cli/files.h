/* The options that give guests files: --mount, --file, --wheel and --db. What they name is read and opened once, whatever
 * the number of cells. */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "bytes.h"
#include "cloche.h"

typedef struct cli_file {
  const char *option; /**< that named it, as "--mount"; static */
  char *host, *guest; /**< paths; owned */
  bool mounted, writable, path_entry;
} cli_file;

typedef struct cli_files {
  cli_file *list;
  size_t count;
} cli_files;

/** Takes in the value of one of the options, whose name has no dashes. */
cloche_status cli_files_add(cli_files *files, const char *option, const char *value, cloche_error *err);

/** How many of them are stdin. */
size_t cli_files_count_stdin(const cli_files *files);

/** Whether any of them is a folder that is mounted. */
bool cli_files_mounted(const cli_files *files);

void cli_files_free(cli_files *files);

/** What is at the host's path of one of them. */
typedef struct cli_content {
  int dir;         /**< of what is mounted; else -1 */
  cli_bytes bytes; /**< of the others */
} cli_content;

/** Opens and reads what is named, of a file that is larger than `limit` a little more than that: as many contents as there
 *  are files, to be closed in any case. What is wrong is said with the option it belongs to. */
cloche_status cli_contents_read(cli_content **out, const cli_files *files, size_t limit, cloche_error *err);
void cli_contents_close(cli_content *contents, const cli_files *files);

/** Gives everything to a cell that has no run on. */
cloche_status cli_contents_give(const cli_content *contents, const cli_files *files, cloche_cell *cell,
                                cloche_error *err);

#endif
