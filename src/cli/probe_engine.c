/* Proves that runs work here: by opening an engine, running code, and stopping code that would run for ever. Each
 * probe is complete in itself, so that the first one that fails does not hide the others. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cloche.h"
#include "probe.h"

#define SHORT_NS 50000000u /* what runs that would not end may take */

typedef struct {
  cloche_engine *engine;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_error err;
} workplace;

static void close_workplace(workplace *w) {
  cloche_cell_close(w->cell);
  cloche_thread_close(w->thread);
  cloche_engine_close(w->engine);
}

/* False when it cannot be opened, which `out` then says. */
static bool open_workplace(workplace *w, const char *engine_name, cli_finding *out) {
  cloche_thread_options thread = CLOCHE_THREAD_OPTIONS_INIT;
  cloche_cell_options cell = CLOCHE_CELL_OPTIONS_INIT;
  cloche_engine_options engine = CLOCHE_ENGINE_OPTIONS_INIT;
  engine.name = engine_name;
  *w = (workplace){.err = CLOCHE_ERROR_INIT};
  thread.slots = thread.spare = 1;
  cloche_status status = cloche_engine_open(&w->engine, &engine, &w->err);
  if (status == CLOCHE_OK) status = cloche_thread_open(&w->thread, &thread, &w->err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&w->cell, w->thread, w->engine, &cell, &w->err);
  if (status == CLOCHE_OK) return true;
  cli_finding_set(out, CLI_PROBLEM, "%.180s", w->err.message);
  close_workplace(w);
  return false;
}

/* A `wall_ns` of 0 is the usual limit: a machine with much to do may need its time for what is soon done. */
static bool eval(workplace *w, const char *source, uint64_t wall_ns, cloche_result *result, cli_finding *out) {
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  run.wall_ns = wall_ns;
  if (cloche_cell_eval(w->cell, source, strlen(source), &run, result, &w->err) == CLOCHE_OK) return true;
  cli_finding_set(out, CLI_PROBLEM, "%.180s", w->err.message);
  return false;
}

static void probe_engine(workplace *w, cli_finding *out) {
  cloche_engine_info info = cloche_engine_describe(w->engine);
  bool fast = strcmp(info.memory_access, "portable") != 0;
  cli_finding_set(out, fast ? CLI_FINE : CLI_NOTE, "%s %s, engine %.12s, image %.12s, memory by %s", info.name,
                  info.version, info.engine_id, info.image_id, info.memory_access);
  if (!fast) snprintf(out->hint, sizeof out->hint, "a build by gcc without CLOCHE_PORTABLE computes faster");
}

static void probe_run(workplace *w, cli_finding *out) {
  cloche_result result;
  if (!eval(w, "1 + 2", 0, &result, out)) return;
  bool fine = result.status == CLOCHE_OK && result.value && strcmp(result.value, "3") == 0;
  cli_finding_set(out, fine ? CLI_FINE : CLI_PROBLEM, "1 + 2 is %s", result.value ? result.value : "nothing");
}

static void probe_kill(workplace *w, cli_finding *out) {
  cloche_result result, next;
  if (!eval(w, "for (;;) ;", SHORT_NS, &result, out)) return;
  if (!eval(w, "'alive'", 0, &next, out)) return;
  bool fine = result.status == CLOCHE_WALL_TIME_LIMIT && next.status == CLOCHE_OK;
  cli_finding_set(out, fine ? CLI_FINE : CLI_PROBLEM, "an endless loop ends as %s, and the next run as %s",
                  cloche_status_describe(result.status).name, cloche_status_describe(next.status).name);
}

/* All of it in one: what works with one engine works with the other, unless the engine itself is at fault. */
static void probe_python(workplace *w, cli_finding *out) {
  cloche_result sum, endless;
  if (!eval(w, "1 + 2", 0, &sum, out)) return;
  bool fine = sum.status == CLOCHE_OK && sum.value && strcmp(sum.value, "3") == 0;
  if (!eval(w, "sum(range(10 ** 15))", SHORT_NS, &endless, out)) return;
  fine = fine && endless.status == CLOCHE_WALL_TIME_LIMIT;
  cloche_engine_info info = cloche_engine_describe(w->engine);
  cli_finding_set(out, fine ? CLI_FINE : CLI_PROBLEM, "%s, engine %.12s, image %.12s%s", info.version, info.engine_id,
                  info.image_id, fine ? "" : "; runs do not end as they should");
}

/* An engine that was left out is no fault of the machine. */
static void forgive_left_out(const workplace *w, cli_finding *out) {
  if (w->err.status != CLOCHE_NOT_FOUND) return;
  cli_finding_set(out, CLI_NOTE, "Python is not in this build");
  snprintf(out->hint, sizeof out->hint, "'make python' builds one that has it");
}

bool cli_probe_engine(size_t index, cli_finding *out) {
  static const struct {
    const char *name, *engine;
    void (*probe)(workplace *w, cli_finding *out);
  } probes[] = {{"engine", "js", probe_engine},
                {"a run", "js", probe_run},
                {"the kill", "js", probe_kill},
                {"python", "python", probe_python}};
  workplace w;
  if (index >= sizeof probes / sizeof probes[0]) return false;
  *out = (cli_finding){.name = probes[index].name};
  if (!open_workplace(&w, probes[index].engine, out)) {
    forgive_left_out(&w, out);
    return true;
  }
  probes[index].probe(&w, out);
  close_workplace(&w);
  return true;
}
