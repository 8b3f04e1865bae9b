/* Starts a worker as a run does, has it run code and stop code, and says which layers its jail has. What a layer that lacks
 * means is said by its hint; SECURITY.md has it at length. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cloche_pool.h"
#include "probe.h"

enum { LACKS_MAX = 8, LACK_BYTES = 160 };

/* What the worker said when it started, for all the probes. */
typedef struct {
  bool asked;
  cloche_worker_info info;
  cli_finding worker;
  char lacks[LACKS_MAX][LACK_BYTES];
  size_t lack_count;
} probe;

static const struct {
  uint32_t layer;
  const char *id, *name, *word, *text, *hint;
} layers[] = {
    {CLOCHE_JAIL_SECCOMP, "seccomp", "jail: calls", "seccomp",
     "seccomp: any system call that is not on a short list kills the worker",
     "who breaks out of a cell can make any system call; kernels with CONFIG_SECCOMP_FILTER have it"},
    {CLOCHE_JAIL_LANDLOCK, "landlock", "jail: paths", "landlock", "Landlock: no path can be opened",
     "that no file is opened rests on seccomp alone; Linux 5.13 has it, with landlock in the boot parameter lsm="},
    {CLOCHE_JAIL_NO_PRIVILEGES, "no_privileges", "jail: privileges", "privileges", "no new privileges, no capabilities",
     "programs with more rights could be started, if anything could be"},
    {CLOCHE_JAIL_RLIMITS, "rlimits", "jail: limits", "limits", "no new files, processes or core dumps",
     "what a worker may use up rests on seccomp alone"},
    {CLOCHE_JAIL_NAMESPACES, "namespaces", "jail: namespaces", "namespaces",
     "alone: no network, no other process, an empty root",
     "one layer less, the others hold; sysctl user.max_user_namespaces and kernel.unprivileged_userns_clone allow it"},
    {CLOCHE_JAIL_DEATH, "death", "jail: death", "death", "it dies with its supervisor",
     "a worker whose supervisor is killed may stay until its run ends"},
    {CLOCHE_JAIL_CLEAN, "clean", "jail: clean", "descriptors",
     "no environment, no files but its channel, images and page map",
     "files that this program has open could be read by who breaks out of a cell"},
};
enum { LAYERS = sizeof layers / sizeof layers[0] };

static void take_lack(void *user, const char *code, const char *text) {
  probe *p = user;
  if (strcmp(code, "jail_incomplete") != 0 || p->lack_count == LACKS_MAX) return;
  snprintf(p->lacks[p->lack_count++], LACK_BYTES, "%s", text);
}

/* ---- the worker */

static bool eval(cloche_cell *cell, const char *source, cloche_result *result, cloche_error *err) {
  return cloche_cell_eval(cell, source, strlen(source), NULL, result, err) == CLOCHE_OK;
}

/* As probe_engine.c does in this process. */
static void try_runs(cloche_cell *cell, cli_finding *out, cloche_error *err) {
  cloche_result sum, endless;
  if (!eval(cell, "1 + 2", &sum, err)) return;
  if (sum.status != CLOCHE_OK) {
    cli_finding_set(out, CLI_PROBLEM, "%.190s", sum.error_message);
    return;
  }
  bool fine = sum.value && strcmp(sum.value, "3") == 0;
  if (!eval(cell, "for (;;) ;", &endless, err)) return;
  if (!fine || endless.status != CLOCHE_WALL_TIME_LIMIT)
    cli_finding_set(out, CLI_PROBLEM, "runs in a worker do not end as they should: 1 + 2 as %s, an endless loop as %s",
                    cloche_status_describe(sum.status).name, cloche_status_describe(endless.status).name);
}

static cloche_status open_cell(cloche_cell **out, cloche_thread *pool, cloche_engine *engine, cloche_error *err) {
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_limits limits;
  cloche_status status = cloche_limits_profile(&limits, NULL, err);
  if (status == CLOCHE_OK) status = cloche_limits_set(&limits, "wall", "50ms", err);
  options.limits = &limits;
  return status == CLOCHE_OK ? cloche_cell_open(out, pool, engine, &options, err) : status;
}

static void ask_worker(probe *p) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine = NULL;
  cloche_thread *pool = NULL;
  cloche_cell *cell = NULL;
  cloche_pool_options options = CLOCHE_POOL_OPTIONS_INIT;
  options.spares = options.workers = options.workers_max = 1;
  options.log = take_lack;
  options.log_user = p;
  cloche_status status = cloche_pool_open(&pool, &options, &err);
  if (status == CLOCHE_OK) status = cloche_engine_open(&engine, NULL, &err);
  if (status == CLOCHE_OK) status = open_cell(&cell, pool, engine, &err);
  if (status == CLOCHE_OK) try_runs(cell, &p->worker, &err);
  if (status == CLOCHE_OK && cloche_pool_worker(pool, 0, &p->info) && !err.message[0] && !p->worker.text[0])
    cli_finding_set(&p->worker, CLI_FINE, "starts in %.1f ms; runs work in it, and are stopped",
                    (double)p->info.started_ns / 1e6);
  if (!p->worker.text[0]) cli_finding_set(&p->worker, CLI_PROBLEM, "%.190s", err.message);
  if (p->worker.grade == CLI_PROBLEM)
    snprintf(p->worker.hint, sizeof p->worker.hint, "--no-jail runs guests without it, behind one wall");
  cloche_cell_close(cell);
  cloche_thread_close(pool);
  cloche_engine_close(engine);
}

/* ---- findings */

static const char *why(const probe *p, const char *word) {
  for (size_t i = 0; i < p->lack_count; i++)
    if (strstr(p->lacks[i], word)) return p->lacks[i];
  return "not in force";
}

static void tell_layer(const probe *p, size_t i, cli_finding *out) {
  bool there = p->info.layers & layers[i].layer;
  bool landlock = layers[i].layer == CLOCHE_JAIL_LANDLOCK;
  out->name = layers[i].name;
  if (there && landlock) cli_finding_set(out, CLI_FINE, "%s (version %u)", layers[i].text, p->info.landlock);
  else if (there) cli_finding_set(out, CLI_FINE, "%s", layers[i].text);
  else cli_finding_set(out, CLI_NOTE, "%.150s", why(p, layers[i].word));
  if (!there) snprintf(out->hint, sizeof out->hint, "%s", layers[i].hint);
}

static probe known;

static void ask_once(void) {
  if (!known.asked) ask_worker(&known);
  known.asked = true;
}

json_t *cli_probe_jail_json(void) {
  ask_once();
  if (known.worker.grade == CLI_PROBLEM) return NULL;
  json_t *in_force = json_array();
  for (size_t i = 0; i < LAYERS; i++)
    if (known.info.layers & layers[i].layer) json_array_append_new(in_force, json_string(layers[i].id));
  return json_pack("{s:f, s:i, s:o}", "start_ms", (double)known.info.started_ns / 1e6, "landlock",
                   (int)known.info.landlock, "layers", in_force);
}

bool cli_probe_jail(size_t index, cli_finding *out) {
  ask_once();
  *out = known.worker;
  out->name = "a worker";
  if (index == 0) return true;
  if (known.worker.grade == CLI_PROBLEM || index > LAYERS) return false;
  *out = (cli_finding){0};
  tell_layer(&known, index - 1, out);
  return true;
}
