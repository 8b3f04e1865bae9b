/* Lines typed at a terminal: editing, history and completion by libedit, which nothing else knows of. */
#ifndef CLI_REPL_EDIT_H
#define CLI_REPL_EDIT_H

#include <stdbool.h>

#include <stddef.h>
#include <uv.h>

/** What may stand at the cursor. */
typedef struct cli_names {
  char *const *list; /* each begins with what is typed already; they live until the completion is over */
  size_t count;
  size_t typed;  /* bytes before the cursor that are the beginning of every name */
  size_t blanks; /* not 0: nothing is typed in the line, and the key puts so many blanks into it */
} cli_names;

typedef struct cli_edit cli_edit;

typedef enum { CLI_TYPED, CLI_TYPED_STOPPED, CLI_TYPED_END, CLI_TYPED_FAILED } cli_typed;

/** Opens the editor within `loop`, which has its turn between two keys. `complete` is called for the TAB key with the line up to the cursor; false: it knows none. NULL when
 *  there is no memory or the terminal cannot be set up. */
cli_edit *cli_edit_open(uv_loop_t *loop, const char *language,
                        bool (*complete)(void *user, const char *text, size_t len, cli_names *out), void *user);
void cli_edit_close(cli_edit *edit);

/** Reads a line behind a prompt and a blank; it lives until the next one, has no line end, and is kept in the history. Stopped:
 *  cli_edit_stop was called. `colours`: the prompt may have some. */
cli_typed cli_edit_line(cli_edit *edit, const char *prompt, bool colours, const char **line, size_t *len);

/** Reads a line that answers a question: it is not kept, and the prompt stands as it is. */
cli_typed cli_edit_answer(cli_edit *edit, const char *prompt, const char **line, size_t *len);

/** Makes the reading of a line end that is on. */
void cli_edit_stop(cli_edit *edit);

#endif
