/* Editing by libedit; repl_edit.h. It takes its characters one by one from where the loop has its turn between them. */
#include "repl_edit.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "colours.h"
#include "repl_history.h"
#include "utf8.h"

enum { LISTED_NAMES = 120, PROMPT_BYTES = 160, MOST_BLANKS = 8 };

struct cli_edit {
  EditLine *editor;
  History *history;
  cli_history file;
  uv_loop_t *loop;
  uv_poll_t ready; /* of `epoll`: the flags of fd 0 are not ours to change, those of an epoll are */
  int epoll;
  bool readable;
  FILE *shown; /* where the line is drawn */
  char prompt[PROMPT_BYTES];
  bool (*complete)(void *user, const char *text, size_t len, cli_names *out);
  void *user;
  uv_signal_t signals[2]; /* of a resized window, and of going on after a stop */
  bool reading, stopped;  /* a line is being read; it shall not be any more */
  char *line;             /* the last one */
  locale_t utf8;
};

/* What libedit reads and draws is UTF-8, as all is that this program writes, whatever the user's locale. This program does
 * nothing else that a locale matters to. */
static void use_utf8(const cli_edit *edit) {
  if (edit->utf8) uselocale(edit->utf8);
}

static cli_edit *edit_of(EditLine *editor) {
  void *edit = NULL;
  el_get(editor, EL_CLIENTDATA, &edit);
  return edit;
}

/* Between marks stand colours, which take no room; libedit holds them back until the next character. */
static char *prompt_of(EditLine *editor) { return edit_of(editor)->prompt; }

/* ---- characters */

static int bytes_of(unsigned char first) {
  if (first < 0x80) return 1;
  return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

static wchar_t character_of(const char *bytes, int count) {
  static const unsigned char masks[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  if (cli_utf8_length(bytes, (size_t)count) != (size_t)count) return 0xFFFD;
  wchar_t c = (unsigned char)bytes[0] & masks[count];
  for (int i = 1; i < count; i++) c = c << 6 | ((unsigned char)bytes[i] & 0x3F);
  return c;
}

static void on_ready(uv_poll_t *handle, int status, int events) {
  (void)status, (void)events;
  ((cli_edit *)handle->data)->readable = true;
}

/* Waits for a key; false when it was stopped. */
static bool wait_for_key(cli_edit *edit) {
  edit->readable = false;
  uv_poll_start(&edit->ready, UV_READABLE, on_ready);
  while (!edit->readable && !edit->stopped) uv_run(edit->loop, UV_RUN_ONCE);
  uv_poll_stop(&edit->ready);
  return !edit->stopped;
}

void cli_edit_stop(cli_edit *edit) { edit->stopped = true; }

/* How many characters were read: 1, 0 at the end, -1 when it was stopped. */
static int read_character(EditLine *editor, wchar_t *out) {
  cli_edit *edit = edit_of(editor);
  char bytes[4];
  for (int have = 0, wanted = 1; have < wanted;) {
    if (!wait_for_key(edit)) {
      errno = EINTR;
      return -1;
    }
    ssize_t got = read(STDIN_FILENO, bytes + have, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return (int)got;
    if (have++ == 0) wanted = bytes_of((unsigned char)bytes[0]);
    else if (((unsigned char)bytes[have - 1] & 0xC0) != 0x80) wanted = have; /* no character, whatever follows */
    if (have == wanted) *out = character_of(bytes, have);
  }
  return 1;
}

static void on_window(uv_signal_t *handle, int number) {
  cli_edit *edit = handle->data;
  if (!edit->reading) return; /* a run is on: the next line begins anew */
  if (number == SIGWINCH) {
    el_resize(edit->editor);
    return;
  }
  el_set(edit->editor, EL_PREP_TERM, 0); /* whoever was in the foreground meanwhile has set the terminal otherwise */
  el_set(edit->editor, EL_PREP_TERM, 1);
  el_set(edit->editor, EL_REFRESH);
}

/* ---- completion */

static size_t common_length(const cli_names *names) {
  size_t common = strlen(names->list[0]);
  for (size_t i = 1; i < names->count; i++) {
    size_t same = 0;
    while (same < common && names->list[i][same] == names->list[0][same]) same++;
    common = same;
  }
  return cli_utf8_valid(names->list[0], common);
}

static size_t columns_of_terminal(void) {
  struct winsize size = {0};
  return ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static size_t characters(const char *text) {
  size_t count = 0;
  for (const char *c = text; *c; c++) count += ((unsigned char)*c & 0xC0) != 0x80;
  return count;
}

/* Below the line, in columns that are read downwards. */
static void list_names(const cli_edit *edit, const cli_names *names) {
  size_t shown = names->count < LISTED_NAMES ? names->count : LISTED_NAMES, width = 0;
  for (size_t i = 0; i < shown; i++) {
    size_t n = characters(names->list[i]) + 2;
    if (n > width) width = n;
  }
  size_t columns = columns_of_terminal() / width ? columns_of_terminal() / width : 1;
  size_t rows = (shown + columns - 1) / columns;
  fputc('\n', edit->shown);
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = row; i < shown; i += rows) {
      bool last = i + rows >= shown;
      fputs(names->list[i], edit->shown);
      for (size_t n = last ? width : characters(names->list[i]); n < width; n++) fputc(' ', edit->shown);
    }
    fputc('\n', edit->shown);
  }
  if (shown < names->count) fprintf(edit->shown, "... and %zu more\n", names->count - shown);
}

static unsigned char on_tab(EditLine *editor, int character) {
  cli_edit *edit = edit_of(editor);
  const LineInfo *line = el_line(editor);
  cli_names names = {0};
  (void)character;
  bool known = edit->complete(edit->user, line->buffer, (size_t)(line->cursor - line->buffer), &names);
  if (names.blanks) {
    char blanks[MOST_BLANKS + 1];
    snprintf(blanks, sizeof blanks, "%*s", (int)names.blanks, "");
    return el_insertstr(editor, blanks) == 0 ? CC_REFRESH : CC_ERROR;
  }
  if (!known || names.count == 0) return CC_ERROR;
  size_t common = common_length(&names);
  if (common > names.typed) {
    char *rest = strndup(names.list[0] + names.typed, common - names.typed);
    bool fits = rest && el_insertstr(editor, rest) == 0;
    free(rest);
    return fits ? CC_REFRESH : CC_ERROR;
  }
  if (names.count == 1) return CC_REFRESH;
  list_names(edit, &names);
  return CC_REDISPLAY;
}

/* ---- opening, reading, closing */

static bool watch(cli_edit *edit) {
  struct epoll_event event = {.events = EPOLLIN};
  edit->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (edit->epoll < 0) return false;
  bool fine = epoll_ctl(edit->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) == 0 &&
              uv_poll_init(edit->loop, &edit->ready, edit->epoll) == 0;
  edit->ready.data = edit;
  if (!fine) close(edit->epoll);
  return fine;
}

static void free_edit(cli_edit *edit) {
  if (edit->editor) el_end(edit->editor);
  if (edit->history) history_end(edit->history);
  cli_history_close(&edit->file);
  free(edit->line);
  uselocale(LC_GLOBAL_LOCALE);
  if (edit->utf8) freelocale(edit->utf8);
  free(edit);
}

static void remember(void *user, const char *line) {
  cli_edit *edit = user;
  HistEvent event;
  history(edit->history, &event, H_ENTER, line);
}

/* Ctrl-C takes away what was typed and not read yet, and would with it what was written and not shown yet, which may be
 * the answer to it. */
static void keep_output(EditLine *editor) {
  el_set(editor, EL_SETTY, "-d", "+noflsh", NULL);
  el_set(editor, EL_SETTY, "-x", "+noflsh", NULL);
}

static void bind_keys(EditLine *editor) {
  el_set(editor, EL_ADDFN, "cloche-complete", "Completes the name before the cursor", on_tab);
  el_set(editor, EL_BIND, "^I", "cloche-complete", NULL);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_set(editor, EL_BIND, "^W", "ed-delete-prev-word", NULL);
  el_set(editor, EL_BIND, "\\e[1;5C", "em-next-word", NULL);
  el_set(editor, EL_BIND, "\\e[1;5D", "ed-prev-word", NULL);
  el_set(editor, EL_BIND, "\\e[3~", "ed-delete-next-char", NULL);
}

cli_edit *cli_edit_open(uv_loop_t *loop, const char *language,
                        bool (*complete)(void *user, const char *text, size_t len, cli_names *out), void *user) {
  cli_edit *edit = calloc(1, sizeof *edit);
  if (!edit) return NULL;
  *edit = (cli_edit){.loop = loop, .complete = complete, .user = user, .file.fd = -1};
  edit->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  use_utf8(edit);
  edit->shown = isatty(STDOUT_FILENO) ? stdout : stderr;
  edit->history = history_init();
  edit->editor = el_init("cloche", stdin, edit->shown, stderr);
  if (!edit->editor || !edit->history || !watch(edit)) {
    free_edit(edit);
    return NULL;
  }
  HistEvent event;
  history(edit->history, &event, H_SETSIZE, (int)CLI_HISTORY_LINES);
  history(edit->history, &event, H_SETUNIQUE, 1);
  el_set(edit->editor, EL_CLIENTDATA, edit);
  el_set(edit->editor, EL_PROMPT_ESC, prompt_of, '\1');
  el_set(edit->editor, EL_EDITOR, "emacs");
  el_set(edit->editor, EL_SIGNAL, 0);
  el_set(edit->editor, EL_GETCFN, read_character);
  el_set(edit->editor, EL_HIST, history, edit->history);
  keep_output(edit->editor);
  bind_keys(edit->editor);
  (void)el_source(edit->editor, NULL); /* the user's own keys */
  if (!cli_is_smart_terminal(STDIN_FILENO)) el_set(edit->editor, EL_EDITMODE, 0);
  cli_history_open(&edit->file, language, remember, edit);
  static const int numbers[2] = {SIGWINCH, SIGCONT};
  for (int i = 0; i < 2; i++) {
    uv_signal_init(loop, &edit->signals[i]);
    edit->signals[i].data = edit;
    uv_signal_start(&edit->signals[i], on_window, numbers[i]);
    uv_unref((uv_handle_t *)&edit->signals[i]);
  }
  return edit;
}

void cli_edit_close(cli_edit *edit) {
  if (!edit) return;
  for (int i = 0; i < 2; i++) uv_signal_stop(&edit->signals[i]);
  for (int i = 0; i < 2; i++) uv_close((uv_handle_t *)&edit->signals[i], NULL);
  uv_close((uv_handle_t *)&edit->ready, NULL);
  uv_run(edit->loop, UV_RUN_NOWAIT);
  close(edit->epoll);
  free_edit(edit);
}

static cli_typed read_line(cli_edit *edit, const char **line, size_t *len) {
  int count = 0;
  edit->stopped = false;
  edit->reading = true;
  el_set(edit->editor, EL_PREP_TERM, 1); /* before there is a prompt to type behind */
  const char *text = el_gets(edit->editor, &count);
  edit->reading = false;
  if (!text || count <= 0) {
    if (edit->stopped) (void)tcflush(STDIN_FILENO, TCIFLUSH);
    fputc('\n', edit->shown);
    fflush(edit->shown);
    return edit->stopped ? CLI_TYPED_STOPPED : CLI_TYPED_END;
  }
  *len = strcspn(text, "\r\n");
  free(edit->line);
  edit->line = strndup(text, *len);
  *line = edit->line;
  return edit->line ? CLI_TYPED : CLI_TYPED_FAILED;
}

cli_typed cli_edit_line(cli_edit *edit, const char *prompt, bool colours, const char **line, size_t *len) {
  snprintf(edit->prompt, sizeof edit->prompt, colours ? "\1\x1b[1m\1%s\1\x1b[0m\1 " : "%s ", prompt);
  cli_typed typed = read_line(edit, line, len);
  if (typed != CLI_TYPED || !edit->line[strspn(edit->line, " \t")]) return typed;
  remember(edit, edit->line);
  cli_history_add(&edit->file, edit->line, *len);
  return typed;
}

cli_typed cli_edit_answer(cli_edit *edit, const char *prompt, const char **line, size_t *len) {
  snprintf(edit->prompt, sizeof edit->prompt, "%s", prompt);
  return read_line(edit, line, len);
}
