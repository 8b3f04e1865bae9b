/* What a session is: a snapshot that its worker gave, and what the runs since have changed. The supervisor keeps these bytes
 * and looks into none of them; a cell whose worker is gone is made anew from them in another one:
 *
 *     open, tools, files -> restore base -> apply changes, in order -> what it was given since -> the request at hand */
#include <stdlib.h>
#include <string.h>

#include "pool.h"

static cl_far_blob *make_blob(const uint8_t *bytes, size_t len) {
  cl_far_blob *blob = malloc(sizeof *blob + len);
  if (!blob) return NULL;
  blob->holders = 1;
  blob->len = len;
  memcpy(blob->bytes, bytes, len);
  return blob;
}

static void drop_blob(cl_far_blob *blob) {
  if (!blob || --blob->holders > 0) return;
  explicit_bzero(blob->bytes, blob->len);
  free(blob);
}

static void drop_changes(cl_far_state *state) {
  for (size_t i = 0; i < state->change_count; i++) drop_blob(state->changes[i]);
  free(state->changes);
  state->changes = NULL;
  state->change_count = state->change_bytes = 0;
}

void cl_state_drop(cl_far *far) {
  drop_changes(&far->kept);
  drop_blob(far->kept.base);
  far->kept = (cl_far_state){0};
}

static bool add_change(cl_far_state *state, cl_far_blob *blob) {
  cl_far_blob **changes = realloc(state->changes, (state->change_count + 1) * sizeof(cl_far_blob *));
  if (!changes) return false;
  state->changes = changes;
  changes[state->change_count++] = blob;
  state->change_bytes += blob->len;
  return true;
}

bool cl_state_take(cl_far *far, bool whole, const uint8_t *blob, size_t len) {
  cl_far_state *state = &far->kept;
  cl_far_blob *own = make_blob(blob, len);
  if (!own) return false;
  if (whole) {
    cl_state_drop(far);
    state->base = own;
  } else if (!state->base || !add_change(state, own)) {
    drop_blob(own);
    return false;
  }
  state->files = far->files_told;
  state->modules = far->modules_told;
  state->context = far->context_told;
  return true;
}

void cl_state_copy(cl_far *to, const cl_far *from) {
  const cl_far_state *state = &from->kept;
  cl_state_drop(to);
  to->kept.files = state->files;
  to->kept.modules = state->modules;
  to->kept.context = state->context;
  to->kept.lost = state->lost;
  if (!state->base) return;
  to->kept.base = state->base;
  state->base->holders++;
  for (size_t i = 0; i < state->change_count; i++) {
    if (!add_change(&to->kept, state->changes[i])) {
      to->kept.lost = true;
      return;
    }
    state->changes[i]->holders++;
  }
}

/* ---- making a cell anew */

static cloche_status send_file(cl_far *far, const cloche_file *file, cloche_error *err) {
  cl_order order;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_QUIET, err));
  cl_ask_file(&order.sink, file);
  CL_POOL_TRY(cl_order_end(&order, file->data, file->len, err));
  far->files_told++;
  return CLOCHE_OK;
}

static cloche_status send_files(cl_far *far, size_t count, cloche_error *err) {
  while (far->files_told < count) CL_POOL_TRY(send_file(far, &far->files[far->files_told], err));
  return CLOCHE_OK;
}

static cloche_status send_blob(cl_far *far, const cl_far_blob *blob, bool whole, cloche_error *err) {
  cl_order order;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_QUIET, err));
  if (whole) cl_ask_restore(&order.sink);
  else cl_ask_apply(&order.sink);
  return cl_order_end(&order, blob->bytes, blob->len, err);
}

static cloche_status rebuild(cl_far *far, cloche_error *err) {
  const cl_far_state *state = &far->kept;
  if (state->lost) {
    far->failed = true;
    CL_POOL_FAIL(err, WORKER_CRASHED, "the worker that held the session has ended, and what it was is not known");
  }
  if (!state->base) return CLOCHE_OK;
  size_t modules = far->module_count, told = state->modules;
  far->modules_told = modules; /* those that are in the state come with it: they must not be there before */
  CL_POOL_TRY(send_files(far, state->files, err));
  CL_POOL_TRY(send_blob(far, state->base, true, err));
  for (size_t i = 0; i < state->change_count; i++) CL_POOL_TRY(send_blob(far, state->changes[i], false, err));
  far->modules_told = told;
  far->context_told = state->context;
  return CLOCHE_OK;
}

static cloche_status send_context(cl_far *far, cloche_error *err) {
  cl_order order;
  CL_POOL_TRY(cl_order_begin(&order, far, CL_ASKED_QUIET, err));
  cl_ask_context(&order.sink);
  CL_POOL_TRY(cl_order_end(&order, far->context, far->context_len, err));
  far->context_told = true;
  return CLOCHE_OK;
}

cloche_status cl_state_send(cl_far *far, cloche_error *err) {
  if (!far->opened) {
    cloche_status status = rebuild(far, err);
    if (status != CLOCHE_OK) {
      cl_far_leave(far); /* nothing half made stays */
      return status;
    }
  }
  CL_POOL_TRY(send_files(far, far->file_count, err));
  return far->context && !far->context_told ? send_context(far, err) : CLOCHE_OK;
}
