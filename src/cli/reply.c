/* Answers of tools; reply.h. */
#include "reply.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

static cloche_status reject(cli_reply *answer, cloche_cell *cell, uint64_t call_id) {
  cloche_rejection rejection = {1, answer->name, answer->message, answer->code, answer->data};
  cloche_status status = cloche_cell_reject(cell, call_id, &rejection, NULL);
  if (status != CLOCHE_BAD_RESULT && status != CLOCHE_RESULT_LIMIT) return status;
  free(answer->data); /* the rest has arrived without it */
  answer->data = NULL;
  return CLOCHE_OK;
}

cloche_status cli_reply_give(cli_reply *answer, cloche_cell *cell, uint64_t call_id) {
  const cli_bytes *result = &answer->result;
  if (answer->kind == CLI_REPLY_ERROR) return reject(answer, cell, call_id);
  /* the library looks at the length first, and refuses and counts a result that is too large itself */
  if (answer->kind == CLI_REPLY_TOO_LARGE) return cloche_cell_resolve(cell, call_id, "", SIZE_MAX, NULL);
  return cloche_cell_resolve(cell, call_id, result->data, result->len, NULL);
}

cli_reply cli_reply_error(const char *message) {
  cli_reply answer = {.kind = CLI_REPLY_ERROR};
  cli_bytes sound = {.max = 3 * strlen(message) + 1};
  for (size_t left = strlen(message); left > 0;) {
    size_t good = cli_utf8_valid(message, left);
    bool fine = cli_bytes_add(&sound, message, good);
    if (fine && good < left) fine = cli_bytes_add(&sound, REPLACEMENT, strlen(REPLACEMENT));
    size_t step = good < left ? good + 1 : good;
    message += step;
    left = fine ? left - step : 0;
  }
  answer.message = sound.data;
  return answer;
}

void cli_reply_free(cli_reply *answer) {
  char **texts[] = {&answer->name, &answer->message, &answer->code, &answer->data};
  cli_bytes_free(&answer->result);
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    free(*texts[i]);
    *texts[i] = NULL;
  }
}
