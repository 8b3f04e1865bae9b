/* Suspending; suspend.h. */
#include "suspend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "saved.h"
#include "utf8.h"

enum { SHOWN_CHARACTERS = 200, LINE_BYTES = 1200 };

bool cli_suspension_hold(cli_suspension *suspension, const cloche_call *call) {
  cloche_call *held = realloc(suspension->held, (suspension->held_count + 1) * sizeof *held);
  if (!held) return false;
  suspension->held = held;
  held[suspension->held_count++] = *call;
  return true;
}

bool cli_suspension_is_due(const cli_suspension *suspension) {
  return suspension->held_count > 0 && suspension->running == 0;
}

cloche_status cli_suspension_save(cli_suspension *suspension, const cli_run_settings *settings, cloche_cell *cell,
                                  const cloche_engine *engine, cloche_error *err) {
  if (!settings->save) return CLOCHE_OK;
  cloche_status status = cli_saved_write(settings->save, cell, engine, settings->key_file, err);
  if (status == CLOCHE_NOT_SUSPENDABLE)
    return cli_fail(err, status,
                    "the run waits in the middle of a plain function, where it cannot be saved; in Python, call the "
                    "tool at the top level or in an async function");
  if (status == CLOCHE_OK) suspension->notes = *err;
  return status;
}

static void add_line(cli_out *out, const char *line) {
  cli_out_add_guest(out, STDERR_FILENO, line, strlen(line));
  cli_out_add(out, STDERR_FILENO, "\n", 1);
}

void cli_suspension_show(const cli_suspension *suspension, const cli_run_settings *settings, cli_out *out) {
  char line[LINE_BYTES];
  for (size_t i = 0; i < suspension->held_count; i++) {
    const cloche_call *call = &suspension->held[i];
    size_t shown = cli_utf8_prefix(call->argument, call->argument_len, SHOWN_CHARACTERS);
    snprintf(line, sizeof line, "suspended: waits for call %llu of %.128s%s%.*s%s", (unsigned long long)call->id,
             call->tool, shown ? " " : "", (int)shown, call->argument, shown < call->argument_len ? "..." : "");
    add_line(out, line);
  }
  if (suspension->notes.message[0]) {
    snprintf(line, sizeof line, "note: the image is not kept, so that this build alone can resume it: %s",
             suspension->notes.message);
    add_line(out, line);
  }
  const char *file = settings->save ? settings->save : settings->resume;
  if (!settings->save) add_line(out, "hint: the run is not saved again; --save FILE does that");
  snprintf(line, sizeof line, "hint: cloche resume %.500s --answer %llu=JSON", file,
           (unsigned long long)suspension->held[0].id);
  add_line(out, line);
}

void cli_suspension_free(cli_suspension *suspension) {
  free(suspension->held);
  suspension->held = NULL;
  suspension->held_count = 0;
}
