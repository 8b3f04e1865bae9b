/* Secrets for tests: made, planted and looked for. */
#include "secret.h"

#include <sys/random.h>

ut_secret ut_new_secret(void) {
  ut_secret s;
  assert_int_equal(getrandom(s.raw, sizeof s.raw, 0), sizeof s.raw);
  for (int i = 0; i < SECRET_BYTES; i++) snprintf(s.hex + 2 * i, 3, "%02x", s.raw[i]);
  return s;
}

/* Half of a secret is found, too. */
static bool has_bytes(const void *data, size_t len, const uint8_t *what, size_t what_len) {
  return memmem(data, len, what, what_len) != NULL;
}

bool ut_holds_secret(const void *data, size_t len, const ut_secret *s) {
  if (!data || len == 0) return false;
  uint8_t wide[2 * SECRET_BYTES], reversed[SECRET_BYTES];
  for (int half = 0; half < 2; half++) {
    const char *text = s->hex + half * SECRET_BYTES;
    for (int i = 0; i < SECRET_BYTES; i++) {
      wide[2 * i] = (uint8_t)text[i];
      wide[2 * i + 1] = 0;
    }
    if (has_bytes(data, len, (const uint8_t *)text, SECRET_BYTES) || has_bytes(data, len, wide, sizeof wide))
      return true;
    if (has_bytes(data, len, s->raw + half * SECRET_BYTES / 2, SECRET_BYTES / 2)) return true;
  }
  for (int i = 0; i < SECRET_BYTES; i++) reversed[i] = s->raw[SECRET_BYTES - 1 - i];
  return has_bytes(data, len, reversed, SECRET_BYTES / 2) ||
         has_bytes(data, len, reversed + SECRET_BYTES / 2, SECRET_BYTES / 2);
}

void ut_search(const void *data, size_t len, const ut_secret *s, const char *where, const char *planted) {
  if (ut_holds_secret(data, len, s)) fail_msg("the secret is found in %s; it was planted by: %.300s", where, planted);
}

static void search_buf(const cl_buf *buf, const ut_secret *s, const char *where, const char *planted) {
  ut_search(buf->data, buf->data ? buf->cap : 0, s, where, planted);
}

void ut_search_host(cloche_cell *cell, const ut_secret *s, const char *planted) {
  ut_search(cell, sizeof *cell, s, "the cell", planted);
  ut_search(cell->instance, cell->language->instance_bytes, s, "the instance", planted);
  ut_search(cell->base_instance, cell->language->instance_bytes, s, "the saved instance", planted);
  search_buf(&cell->events_text, s, "console text", planted);
  search_buf(&cell->value, s, "the value", planted);
  search_buf(&cell->repr, s, "the repr", planted);
  search_buf(&cell->report, s, "the report", planted);
  search_buf(&ut_thread->journal, s, "the journal", planted);
  ut_search(cell->events, cell->event_cap * sizeof *cell->events, s, "events", planted);
  ut_search(cell->calls, cell->call_cap * sizeof *cell->calls, s, "calls", planted);
  for (cl_fiber *fiber = ut_thread->fibers; fiber; fiber = fiber->next) {
    assert_false(fiber->live);
    ut_search(fiber->high - CL_FIBER_SHALLOW, CL_FIBER_SHALLOW, s, "a stack", planted);
  }
}

void ut_search_cell(cloche_cell *cell, const ut_secret *s, const char *planted) {
  ut_search_host(cell, s, planted);
  ut_search(cell->slot.base, cell->slot.bytes, s, "linear memory", planted);
  for (cl_undo_node *node = ut_thread->undos; node; node = node->next)
    ut_search(node->undo.data,
              (size_t)node->undo.cap << CL_PAGE_SHIFT > 4 << 20 ? 4 << 20 : (size_t)node->undo.cap << CL_PAGE_SHIFT, s,
              "an undo log", planted);
}

/* "@" stands for the secret's hex digits as a literal, "#" for an array literal of its bytes. */
char *ut_with_secret(const char *pattern, const ut_secret *s) {
  char bytes[SECRET_BYTES * 4 + 3] = "[";
  for (int i = 0; i < SECRET_BYTES; i++) {
    size_t at = strlen(bytes);
    snprintf(bytes + at, sizeof bytes - at, "%s%d", i ? "," : "", s->raw[i]);
  }
  size_t end = strlen(bytes);
  snprintf(bytes + end, sizeof bytes - end, "]");
  size_t room = strlen(pattern) * 80 + 1;
  char *source = malloc(room);
  assert_non_null(source);
  size_t len = 0;
  for (const char *p = pattern; *p; p++) {
    const char *piece = *p == '@' ? s->hex : *p == '#' ? bytes : NULL;
    if (piece) len += (size_t)snprintf(source + len, room - len, "%s", piece);
    else source[len++] = *p;
  }
  source[len] = 0;
  return source;
}
