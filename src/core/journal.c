/* What the last run of a session changed, as bytes; and the same put into a copy of the session.
 *
 *      0    magic "clochchg"
 *      8    BLAKE2b-128 of all that follows: it finds accidents and is no defence; nothing here is believed
 *     24    u64 version, u64 length of the patch
 *     40    id of the state before the run, id of the state after it (16 bytes each)
 *     72    the patch: what has changed in the memory (patch.h)
 *           the state: what has changed of what the host knows (snapshot_state.c)
 *
 * Every state in which a session rests between two runs has a name, 128 random bits that are new at the end of each run and
 * travel with snapshots and changes. So changes fit one state alone, and whether they fit is one comparison: what led to two
 * states of one name is the same. After a run without a journal a state has no name (zeros), and no changes fit it.
 *
 * The patch is made while the transaction is committed, when the undo log still has what was before; it goes into a buffer of
 * the thread's, and of a session that rests no more is kept than the bytes themselves.
 *
 * Applying is a transaction as a run is: what was checked is written, what fails is rolled back, and it can be undone. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "cell_pool.h"
#include "clock.h"
#include "error.h"
#include "files.h"
#include "limits.h"
#include "patch.h"
#include "snapshot.h"

#define MAGIC "clochchg"
#define MOST_BYTES (64 * CL_MIB)
enum { VERSION = 1, KEEP_BYTES = 64 << 10 };

typedef struct changes_header {
  char magic[8];
  uint8_t hash[16];
  uint64_t version, patch_len;
  uint8_t before[CL_STATE_ID], after[CL_STATE_ID];
} changes_header;
_Static_assert(sizeof(changes_header) == 72, "the header has no gaps");
enum { HASHED_FROM = 24 };

static void hash_changes(uint8_t out[16], const uint8_t *bytes, size_t len) {
  crypto_generichash(out, 16, bytes + HASHED_FROM, len - HASHED_FROM, NULL, 0);
}

/* ---- the name of the state */

static void new_name(cloche_cell *cell) {
  for (size_t at = 0; at < CL_STATE_ID; at += 8) {
    uint64_t word = cell->journal ? cl_random_next(&cell->thread->random) : 0;
    memcpy(cell->state_id + at, &word, 8);
  }
}

static bool has_name(const cloche_cell *cell) { return !sodium_is_zero(cell->state_id, CL_STATE_ID); }

void cl_journal_forget(cloche_cell *cell) {
  if (cell->changes) memset(cell->changes, 0, cell->changes_len);
  free(cell->changes);
  cell->changes = NULL;
  cell->changes_len = 0;
  cell->changes_lost = CLOCHE_NOT_FOUND;
}

void cl_journal_restart(cloche_cell *cell) {
  cl_journal_forget(cell);
  new_name(cell);
}

/* ---- telling */

void cl_journal_begin(cloche_cell *cell) {
  if (!cell->journal) return;
  static const changes_header empty;
  cl_buf *out = &cell->thread->journal;
  out->max = (size_t)CL_MIN(cell->limits.snapshot_bytes, MOST_BYTES);
  cl_buf_add(out, &empty, sizeof empty);
  cell->slot.journal = out;
}

static bool save(cl_saved_changes *s, const cloche_cell *cell, bool kept) {
  *s = (cl_saved_changes){
      .kept = kept,
      .memory_bytes = cell->slot.bytes,
      .seeded = cell->seeded,
      .seed = cell->seeded ? cell->seed : 0,
      .random_calls = cell->seeded ? cell->random_calls : 0,
      .virtual_ns = cell->virtual_ns,
      .monotonic_ns = cell->virtual_clock ? 0 : cl_cell_time_ns(cell, true),
      .runs = cell->runs,
      .next_call_id = cell->next_call_id,
      .tools_before = cell->base_tools_told,
      .tool_count = cell->tools_told - cell->base_tools_told,
      .context = {cell->new_context ? cell->context : NULL, cell->context_len},
      .context_told = cell->context_told,
      .reseed_due = cell->reseed_due,
      .module_count = cell->new_modules,
  };
  s->global_count = cell->language->get_globals(cell->instance, s->globals);
  if (s->tool_count) s->tools = calloc(s->tool_count, sizeof *s->tools);
  if (s->module_count) s->modules = calloc(s->module_count, sizeof *s->modules);
  if ((s->tool_count && !s->tools) || (s->module_count && !s->modules)) return false;
  for (size_t i = 0; i < s->tool_count; i++) {
    const cl_tool *tool = &cell->tools[cell->base_tools_told + i];
    s->tools[i] = (cl_saved_tool){{tool->name, strlen(tool->name)}, tool->sync};
  }
  size_t known = cell->module_count - cell->new_modules;
  for (size_t i = 0; i < s->module_count; i++) s->modules[i] = cl_source_save(&cell->modules[known + i]);
  return true;
}

/* Takes the bytes out of the thread's buffer. */
static bool keep(cloche_cell *cell, const cl_buf *out, size_t patch_len, const uint8_t *before) {
  cell->changes = malloc(out->len);
  if (!cell->changes) return false;
  changes_header header = {.version = VERSION, .patch_len = patch_len};
  memcpy(header.magic, MAGIC, sizeof header.magic);
  memcpy(header.before, before, sizeof header.before);
  memcpy(header.after, cell->state_id, sizeof header.after);
  memcpy(cell->changes, out->data, out->len);
  memcpy(cell->changes, &header, sizeof header);
  hash_changes(cell->changes + offsetof(changes_header, hash), cell->changes, out->len);
  cell->changes_len = out->len;
  return true;
}

static cloche_status put_together(cloche_cell *cell, bool kept, const uint8_t *before) {
  cl_buf *out = &cell->thread->journal;
  cl_saved_changes saved;
  size_t patch_len = out->len - sizeof(changes_header);
  bool saves = save(&saved, cell, kept);
  if (saves) cl_saved_changes_write(&saved, out);
  cl_saved_changes_free(&saved);
  if (saves && !out->failed) return keep(cell, out, patch_len, before) ? CLOCHE_OK : CLOCHE_OUT_OF_MEMORY;
  bool full = out->failed && out->len > out->max / 2; /* which of the two it was shows in what there is */
  return full ? CLOCHE_SNAPSHOT_LIMIT : CLOCHE_OUT_OF_MEMORY;
}

void cl_journal_end(cloche_cell *cell, bool kept) {
  uint8_t before[CL_STATE_ID];
  memcpy(before, cell->state_id, sizeof before);
  cl_journal_restart(cell);
  if (!cell->journal) return;
  bool named = !sodium_is_zero(before, sizeof before); /* not after a restore from a cell without a journal */
  if (named && !cell->failed) cell->changes_lost = put_together(cell, kept, before);
  cell->slot.journal = NULL;
  cl_buf_wipe(&cell->thread->journal, KEEP_BYTES);
  cell->new_context = false;
  cell->new_modules = 0;
}

static cloche_status explain_loss(const cloche_cell *cell, cloche_error *err) {
  switch (cell->changes_lost) {
    case CLOCHE_SNAPSHOT_LIMIT:
      CL_FAIL(err, SNAPSHOT_LIMIT, "the run changed more than limit snapshot or 64 MiB; take a snapshot");
    case CLOCHE_OUT_OF_MEMORY:
      CL_FAIL(err, OUT_OF_MEMORY, "there was no memory to keep what the run changed; take a snapshot");
    default: CL_FAIL(err, NOT_FOUND, "no run has ended since the cell came to this state; take a snapshot");
  }
}

cloche_status cloche_cell_changes(cloche_cell *cell, uint8_t **bytes, size_t *len, cloche_error *err) {
  CL_REMOTE(cell, changes(cell, bytes, len, err));
  *bytes = NULL;
  *len = 0;
  if (!cell->journal) CL_FAIL(err, INVALID_STATE, "the cell is no session with the option journal");
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on; what it changes can be told after it");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (!cell->changes) return explain_loss(cell, err);
  *bytes = malloc(cell->changes_len);
  if (!*bytes) CL_FAIL(err, OUT_OF_MEMORY, "no memory for changes of %zu bytes", cell->changes_len);
  memcpy(*bytes, cell->changes, cell->changes_len);
  *len = cell->changes_len;
  return CLOCHE_OK;
}

/* ---- applying: what is checked before the cell is touched */

typedef struct {
  changes_header header;
  const uint8_t *patch;
  cl_saved_changes saved;
  cl_tool *tools;
  char *context;
  cl_source *modules; /* all that the cell will have: its own, as they are, and copies of the new ones */
  uint32_t module_count;
} applying;

static cloche_status check_header(applying *a, const cloche_cell *cell, const uint8_t *bytes, size_t len,
                                  cloche_error *err) {
  changes_header *header = &a->header;
  uint8_t hash[16];
  if (len < sizeof *header) CL_FAIL(err, BAD_SNAPSHOT, "the changes are too short");
  memcpy(header, bytes, sizeof *header);
  if (memcmp(header->magic, MAGIC, sizeof header->magic) != 0) CL_FAIL(err, BAD_SNAPSHOT, "these are no changes");
  if (header->version != VERSION)
    CL_FAIL(err, BAD_SNAPSHOT, "the changes are of version %llu; this library reads %d",
            (unsigned long long)header->version, VERSION);
  if (len > cell->limits.snapshot_bytes)
    CL_FAIL(err, SNAPSHOT_LIMIT, "the changes are %zu bytes; limit snapshot of the cell is %llu", len,
            (unsigned long long)cell->limits.snapshot_bytes);
  hash_changes(hash, bytes, len);
  if (header->patch_len > len - sizeof *header || memcmp(hash, header->hash, sizeof hash) != 0)
    CL_FAIL(err, BAD_SNAPSHOT, "the changes are damaged");
  return CLOCHE_OK;
}

static cloche_status check_cell(const applying *a, const cloche_cell *cell, cloche_error *err) {
  if (cl_cell_is_running(cell)) CL_FAIL(err, INVALID_STATE, "a run is on; changes are put into a session at rest");
  if (cell->failed) CL_FAIL(err, INVALID_STATE, "the cell has failed before; close it");
  if (!cl_random_is_ours(&cell->thread->random))
    CL_FAIL(err, INVALID_STATE, "the cell was opened before fork(); open one in this process");
  if (!cell->session || !has_name(cell) || memcmp(cell->state_id, a->header.before, CL_STATE_ID) != 0)
    CL_FAIL(err, INVALID_STATE, "the changes begin at another state than the cell's");
  return CLOCHE_OK;
}

static cloche_status check_state(const applying *a, const cloche_cell *cell, cloche_error *err) {
  const cl_saved_changes *s = &a->saved;
  uint64_t globals[CL_GLOBALS_MAX];
  if (s->memory_bytes > cell->limits.memory_bytes)
    CL_FAIL(err, MEMORY_LIMIT, "the changes lead to %llu bytes of memory; limit memory of the cell is %llu",
            (unsigned long long)s->memory_bytes, (unsigned long long)cell->limits.memory_bytes);
  if (s->memory_bytes < cell->slot.bytes || s->tools_before != cell->tools_told ||
      s->global_count != cell->language->get_globals(cell->instance, globals) ||
      !cl_patch_is_sound(a->patch, (size_t)a->header.patch_len, (uint32_t)(s->memory_bytes / CL_PAGE)))
    CL_FAIL(err, BAD_SNAPSHOT, "the changes do not fit the cell");
  if (!s->kept && (a->header.patch_len > 0 || s->memory_bytes != cell->slot.bytes || s->tool_count > 0))
    CL_FAIL(err, BAD_SNAPSHOT, "the changes are of a run that was rolled back, and has left something");
  return CLOCHE_OK;
}

static bool has_module(const cloche_cell *cell, const cl_view *name) {
  for (uint32_t i = 0; i < cell->module_count; i++)
    if (strlen(cell->modules[i].name) == name->len && memcmp(cell->modules[i].name, name->at, name->len) == 0)
      return true;
  return false;
}

/* The host may have given the same texts again already. */
static bool copy_texts(applying *a, const cloche_cell *cell) {
  const cl_saved_changes *s = &a->saved;
  if (s->context.at && !(a->context = cl_copy_text(s->context.at, s->context.len))) return false;
  if (s->module_count == 0) return true;
  a->modules = calloc(cell->module_count + s->module_count, sizeof *a->modules);
  if (!a->modules) return false;
  a->module_count = cell->module_count;
  if (cell->module_count) memcpy(a->modules, cell->modules, cell->module_count * sizeof *a->modules);
  for (size_t i = 0; i < s->module_count; i++)
    if (!has_module(cell, &s->modules[i].name) && !cl_source_load(&a->modules[a->module_count++], &s->modules[i]))
      return false;
  return true;
}

static void drop(applying *a, const cloche_cell *cell) {
  for (uint32_t i = cell->module_count; a->modules && i < a->module_count; i++) cl_source_clear(&a->modules[i]);
  if (a->context) memset(a->context, 0, a->saved.context.len);
  free(a->modules);
  free(a->context);
  free(a->tools);
  cl_saved_changes_free(&a->saved);
}

static cloche_status prepare(applying *a, const cloche_cell *cell, const uint8_t *bytes, size_t len,
                             cloche_error *err) {
  CL_TRY(check_header(a, cell, bytes, len, err));
  CL_TRY(check_cell(a, cell, err));
  a->patch = bytes + sizeof a->header;
  const uint8_t *state = a->patch + a->header.patch_len;
  CL_TRY(cl_saved_changes_read(&a->saved, state, (size_t)(bytes + len - state), err));
  CL_TRY(check_state(a, cell, err));
  CL_TRY(cl_tools_bind(&a->tools, cell, cell->tools_told, a->saved.tools, a->saved.tool_count, err));
  if (!copy_texts(a, cell)) CL_FAIL(err, OUT_OF_MEMORY, "no memory for changes");
  return CLOCHE_OK;
}

/* ---- applying */

static bool same_stream(const cloche_cell *cell, const cl_saved_changes *s) {
  return s->seeded && cell->seeded && cell->seed == s->seed;
}

/* Memory, globals and randomness, in the transaction that is open. */
static bool write_memory(cloche_cell *cell, const applying *a) {
  const cl_saved_changes *s = &a->saved;
  if (!cl_slot_patch(&cell->slot, (size_t)s->memory_bytes, a->patch, (size_t)a->header.patch_len)) return false;
  cell->language->resized(cell);
  cell->reseed_due = s->reseed_due;
  if (!same_stream(cell, s))
    cell->language->reseed(cell, cell->seeded ? cell->seed : cl_random_next(&cell->thread->random) ^ cell->id);
  return !cell->failed;
}

static void take_inputs(cloche_cell *cell, applying *a) {
  if (a->tools) {
    free(cell->tools);
    cell->tools = a->tools;
    a->tools = NULL;
  }
  if (a->context) {
    if (cell->context) memset(cell->context, 0, cell->context_len);
    free(cell->context);
    cell->context = a->context;
    cell->context_len = a->saved.context.len;
    a->context = NULL;
    cell->base_context_told = false; /* of this one: whoever takes the run back must be told */
    cl_history_new_context(cell);
  }
  if (a->modules) {
    free(cell->modules);
    cell->modules = a->modules;
    cell->module_count = a->module_count;
    a->modules = NULL;
  }
}

static void take_counts(cloche_cell *cell, const cl_saved_changes *s) {
  cell->context_told = s->context_told || !cell->context;
  cell->tools_told += (uint32_t)s->tool_count;
  cell->files_told = cl_files_given(cell); /* the guest's files are in its memory */
  cell->virtual_ns = s->virtual_ns;
  cell->clock_base_ns = cl_clock_now() - s->monotonic_ns;
  cell->random_calls = same_stream(cell, s) ? s->random_calls : 0;
  cell->runs = s->runs;
  cell->next_call_id = s->next_call_id;
  cell->fresh = cell->clean = false;
}

static cloche_status apply(cloche_cell *cell, applying *a, cloche_error *err) {
  CL_TRY(cl_transaction_begin(cell, err));
  bool written = write_memory(cell, a);
  if (!written || !cell->language->set_globals(cell->instance, a->saved.globals, (uint32_t)a->saved.global_count)) {
    cl_transaction_end(cell, CL_ROLL_BACK);
    if (written) CL_FAIL(err, BAD_SNAPSHOT, "the globals of the changes cannot be");
    CL_FAIL(err, OUT_OF_MEMORY, "no memory for what the changes lead to");
  }
  cl_cell_clear_run(cell);
  cell->state = CLOCHE_IDLE;
  cl_files_close_handles(cell);
  take_inputs(cell, a);
  take_counts(cell, &a->saved);
  cl_transaction_end(cell, a->saved.kept ? CL_COMMIT : CL_COMMIT_UNNOTED);
  cl_journal_forget(cell);
  memcpy(cell->state_id, a->header.after, sizeof cell->state_id);
  cell->new_context = false;
  cell->new_modules = 0;
  if (cell->failed) CL_FAIL(err, OUT_OF_MEMORY, "the cell's memory could not be put back; close it");
  return CLOCHE_OK;
}

cloche_status cloche_cell_apply(cloche_cell *cell, const uint8_t *bytes, size_t len, cloche_error *err) {
  CL_REMOTE(cell, apply(cell, bytes, len, err));
  applying a = {0};
  cloche_status status = prepare(&a, cell, bytes, len, err);
  if (status == CLOCHE_OK) status = apply(cell, &a, err);
  drop(&a, cell);
  return status;
}
