/* What the files of the JavaScript engine share: values and texts on their way between host and guest memory.
 *
 * All of it runs on the cell's fiber in guest mode, and may be left at any moment by force: whoever allocates host memory
 * brackets that with cl_host_begin and cl_host_end. */
#ifndef CL_JS_GUEST_H
#define CL_JS_GUEST_H

#include "cell.h"
#include "js_engine.h"

/** Functions of the bootstrap, in the order of the array that it returns (guest/js/world/world.js). */
enum js_entry {
  JS_GIVE_VALUE,
  JS_GIVE_ERROR,
  JS_MAKE_ERROR,
  JS_FIRE_TIMER,
  JS_ADD_TOOL,
  JS_SET_CONTEXT,
  JS_COMPILE,
  JS_COMPLETE
};

static inline js_engine *js_engine_of(const cloche_cell *cell) { return cell->instance; }
static inline uint32_t js_context_of(const cloche_cell *cell) { return cell->engine->header.globals.context; }
static inline uint32_t js_runtime_of(const cloche_cell *cell) { return cell->engine->header.globals.runtime; }
static inline bool js_must_stop(cloche_cell *cell) { return cl_trap_look(&cell->guard); }

/** Room on the guest's own stack, for arguments and out parameters; give it back in reverse order. */
uint32_t js_push(cloche_cell *cell, uint32_t bytes);
void js_pop(cloche_cell *cell, uint32_t bytes);

void js_write_u64(cloche_cell *cell, uint32_t at, uint64_t value);
uint64_t js_read_u64(const cloche_cell *cell, uint32_t at);
uint32_t js_read_u32(const cloche_cell *cell, uint32_t at);

/** Copies text into guest memory, terminated; 0 when the guest has no memory left. Free it with the guest's free. */
uint32_t js_put_text(cloche_cell *cell, const char *text, size_t len);

/** A view of a string value as UTF-8 in guest memory; js_drop_text releases it. `data` NULL: no string, or no memory. */
typedef struct {
  const char *data;
  size_t len;
  uint32_t at;
} js_text;
js_text js_get_text(cloche_cell *cell, js_value value);
void js_drop_text(cloche_cell *cell, js_text *text);

js_value js_new_text(cloche_cell *cell, const char *text, size_t len);
js_value js_optional_text(cloche_cell *cell, const char *text); /* NULL: undefined */
void js_drop(cloche_cell *cell, js_value value);
js_value js_property(cloche_cell *cell, js_value object, const char *name);

js_value js_call(cloche_cell *cell, js_value function, const js_value *args, uint32_t count);
js_value js_call_entry(cloche_cell *cell, enum js_entry entry, const js_value *args, uint32_t count);

/** The value of a JSON text that cl_json_check has passed; length 0: undefined. */
js_value js_json_value(cloche_cell *cell, const char *json, size_t len, bool frozen);

/** What an answered call gives its guest: the result, or the Error that it throws. `made_at_call` may be JS_UNDEFINED. */
js_value js_answer_value(cloche_cell *cell, const cl_call *answer, js_value made_at_call);

/* ---- js_interactive.c */

/** Frees the names that a compiled script is about to declare. Where the engine will refuse it, all stays as it is. */
void js_free_names(cloche_cell *cell, js_value script);
/** Keeps a run's value in the global `_`, unless that is the guest's own, or undefined. */
void js_keep_value(cloche_cell *cell, js_value value);
/** A new object with the names that let, const and class have declared at the top level, and their values. */
js_value js_variables(cloche_cell *cell);

#endif
