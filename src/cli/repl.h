/* `cloche repl`: a session that a person types into, or that a pipe is read into line by line.
 *
 * An input is one line or more: it goes on while the engine says that it ends too early. Inputs of one REPL run in sessions,
 * of which there may be several by forks; one of them is the current one. A line that begins with a dot and a letter is a
 * command of the REPL's own.
 *
 *   repl.c           opening, closing, reading inputs, the subcommand     repl_commands.c  commands with a dot
 *   repl_run.c       one input: running, showing                          repl_complete.c  the TAB key
 *   repl_more.c      whether an input goes on                             repl_value.c     how values look
 *   repl_ask.c       input() of Python
 *   repl_keep.c      going back, files of sessions
 *   repl_edit.c      the line editor                                      repl_history.c   lines typed before */
#ifndef CLI_REPL_H
#define CLI_REPL_H

#include "inputs.h"
#include "lines.h"
#include "progress.h"
#include "repl_edit.h"
#include "stage.h"

enum { CLI_REPL_SESSIONS = 32, CLI_REPL_NAME_MAX = 40, CLI_REPL_UNDO = 100, CLI_REPL_IMAGES = 8 };

typedef struct cli_repl_session {
  char name[CLI_REPL_NAME_MAX + 1];
  cloche_cell *cell;
} cli_repl_session;

typedef struct cli_repl {
  cli_run_settings *settings;
  const char *language; /* as the library knows it */
  cli_inputs inputs;
  cloche_engine *engine;
  cloche_engine *others[CLI_REPL_IMAGES]; /* of sessions that were loaded, with images of other versions */
  size_t other_count;
  cloche_thread *thread;
  cli_repl_session sessions[CLI_REPL_SESSIONS];
  size_t session_count, current;
  cli_stage stage;
  cli_progress progress;
  cli_edit *edit; /* NULL: stdin is no terminal, and `lines` are read */
  cli_lines lines;
  bool stopped; /* a signal has come while a line was waited for */
  size_t input_count;
  cli_bytes input; /* the lines of the input that is being typed */
  cli_bytes rest;  /* of a value that was cut: what `.more` shows */
  bool running, interrupted;
  bool asking; /* the run waits for a line that its input() asks for */
  bool shows_time;
  bool at_end;   /* of a pipe: what is unfinished now is wrong */
  bool over;     /* `.exit`, or a signal */
  bool failed;   /* an input or a command has failed */
  int exit_code; /* of a signal, or of the guest's exit */
  /* what the TAB key has found */
  char **names;
  size_t name_count;
} cli_repl;

/** Runs a REPL with these settings, whose language may be NULL: "js"; the exit code. `colour`: "auto" (also NULL),
 *  "always" or "never". */
int cli_repl_run(cli_run_settings *settings, const char *colour);

/* ---- what its files share */

static inline cloche_cell *cli_repl_cell(const cli_repl *repl) { return repl->sessions[repl->current].cell; }

/** What an input does: it ran (and may have failed, which is shown), or it goes on. */
typedef enum { CLI_REPL_RAN, CLI_REPL_GOES_ON, CLI_REPL_BROKEN } cli_repl_outcome;

/** Runs the input that `repl->input` holds and shows what comes of it. CLI_REPL_BROKEN: the host failed, as `err` says.
 *  With `whole` it does not go on, whatever it looks like. */
cli_repl_outcome cli_repl_eval(cli_repl *repl, bool whole, cloche_error *err);

/** Whether the input must go on before it is run at all, by rules of its language. */
bool cli_repl_must_go_on(const char *language, const char *input, size_t len);

/** Whether a run that failed did so because its source ends too early. */
bool cli_repl_ends_early(const cloche_result *result, const char *input, size_t len);

/** Whether a line is a command of the REPL's own, not code. */
bool cli_repl_is_command(const char *line, size_t len);

/** Does what a command says, and says what is wrong with it. */
void cli_repl_obey(cli_repl *repl, const char *line, size_t len);

/** Name number `index` of the commands, with its dot; NULL: there are no more. */
const char *cli_repl_command_name(size_t index);

/** What `.undo`, `.save` and `.load` do. */
cloche_status cli_repl_undo(cli_repl *repl, const char *count, cloche_error *err);
cloche_status cli_repl_save(cli_repl *repl, const char *path, cloche_error *err);
cloche_status cli_repl_load(cli_repl *repl, const char *path, cloche_error *err);

/** Reads lines up to the end of the input for `.editor`; false when there is none to be run. */
bool cli_repl_read_text(cli_repl *repl);

/** Opens a cell of an engine as the current session's, with all that the command line gives; the one before is not closed. */
cloche_status cli_repl_open_cell(cli_repl *repl, cloche_engine *engine, cloche_error *err);

/** Gives the current session the tool behind input(), if its language has that and the user has given none. */
cloche_status cli_repl_give_input(cli_repl *repl, cloche_error *err);

/** Answers a call of that tool; false: it is another. */
bool cli_repl_ask(cli_repl *repl, const cloche_call *call);

/** Finds what may stand behind the line up to the cursor. */
bool cli_repl_complete(void *repl, const char *line, size_t len, cli_names *out);
void cli_repl_forget_names(cli_repl *repl);

/** Shows a value as the console would, with colours where they are wanted. A long one is cut on a terminal. */
void cli_repl_show_value(cli_repl *repl, const char *repr, size_t len);
/** Shows what the last value was cut by; false: nothing. */
bool cli_repl_show_rest(cli_repl *repl);

/** Puts a text of the program's own on stdout or stderr. */
void cli_repl_say(cli_repl *repl, int fd, const char *text);

/** Says on stderr what is wrong with a line. */
void cli_repl_complain(cli_repl *repl, const char *what);

#endif
