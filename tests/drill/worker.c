/* cloche-worker-drill: the worker, taken over. Linked with --wrap=cloche_cell_next_call, it makes the attempt that a call of
 * the tool "drill" names, as native code of its own, before the call goes to the supervisor with what came of it. */

#include <stdio.h>
#include <string.h>

#include "cloche.h"
#include "drill.h"

bool __real_cloche_cell_next_call(cloche_cell *cell, cloche_call *out);
bool __wrap_cloche_cell_next_call(cloche_cell *cell, cloche_call *out);

bool __wrap_cloche_cell_next_call(cloche_cell *cell, cloche_call *out) {
  static char json[160];
  char words[128];
  if (!__real_cloche_cell_next_call(cell, out)) return false;
  if (strcmp(out->tool, "drill") != 0 || out->argument_len < 2) return true;
  drill_run(out->argument + 1, out->argument_len - 2, words, sizeof words); /* a JSON string without escapes */
  int len = snprintf(json, sizeof json, "\"%s\"", words);
  out->argument = json;
  out->argument_len = (size_t)len;
  return true;
}
