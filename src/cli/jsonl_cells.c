/* The sessions of the JSONL door: names and cells; jsonl.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "images.h"
#include "jsonl.h"
#include "language.h"

/* ---- names */

static cli_session *find(cli_jsonl *door, cl_text name) {
  for (cli_session *session = door->sessions; session; session = session->next)
    if (cl_text_is((cl_text){session->name, session->name_len}, name)) return session;
  return NULL;
}

static cli_session *make(cli_jsonl *door, cl_text name) {
  if (door->session_count >= CLI_JSONL_SESSIONS) return NULL;
  cli_session *session = calloc(1, sizeof *session);
  char *copy = malloc(name.len);
  if (!session || !copy) {
    free(session);
    free(copy);
    return NULL;
  }
  memcpy(copy, name.data, name.len);
  session->name = copy;
  session->name_len = name.len;
  cli_session **end = &door->sessions; /* they take turns in the order in which they came */
  while (*end) end = &(*end)->next;
  *end = session;
  door->session_count++;
  return session;
}

cli_session *cli_session_get(cli_jsonl *door, cl_text name) {
  cli_session *session = find(door, name);
  return session ? session : make(door, name);
}

cli_session *cli_session_once(cli_jsonl *door) {
  char name[32];
  int len = snprintf(name, sizeof name, ":%llu", (unsigned long long)++door->once_count);
  cli_session *session = make(door, (cl_text){name, (size_t)len});
  if (!session) return NULL;
  session->once = true;
  door->once_open++;
  return session;
}

void cli_sessions_sweep(cli_jsonl *door) {
  for (cli_session **at = &door->sessions; *at;) {
    cli_session *session = *at;
    if (session->once && session->jobs == 0) cli_session_close(door, session);
    if (session->cell || session->jobs) {
      at = &session->next;
      continue;
    }
    *at = session->next;
    door->session_count--;
    door->once_open -= session->once;
    free(session->name);
    free(session);
  }
}

void cli_session_close(cli_jsonl *door, cli_session *session) {
  if (!session->cell) return;
  cli_processes_stop(&door->processes, session->cell);
  cloche_cell_close(session->cell);
  session->cell = NULL;
}

/* ---- languages and engines */

cloche_status cli_session_language(const cli_jsonl *door, const cl_request *request, const char **language,
                                   const char **engine, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  *language = door->settings->language;
  if (request->language) status = cli_language_named(language, request->language, err);
  *engine = cloche_language_engine(status == CLOCHE_OK ? *language : "js");
  return status;
}

static cloche_status open_engine(cli_jsonl *door, const char *name, cloche_engine **out, cloche_error *err) {
  cloche_engine **engine = strcmp(name, "js") == 0 ? &door->js : &door->python;
  bool usual = strcmp(name, cloche_language_engine(door->settings->language)) == 0; /* whose image the user gave */
  const char *image = usual ? door->settings->run.image : NULL;
  cloche_status status = *engine ? CLOCHE_OK : cli_images_engine(engine, name, image, err);
  *out = *engine;
  return status;
}

/* ---- cells */

static cloche_status apply_limits(cloche_limits *limits, const cl_request *request, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < request->limit_count; i++)
    status = cloche_limits_set(limits, request->limits[i].name, request->limits[i].value, err);
  return status;
}

static cloche_status open_cell(cli_jsonl *door, cli_session *session, const cl_request *request, const char *engine,
                               cloche_error *err) {
  const cli_run_settings *settings = &door->settings->run;
  cloche_cell_options options = CLOCHE_CELL_OPTIONS_INIT;
  cloche_limits limits = settings->limits;
  cloche_engine *opened = NULL;
  options.limits = &limits;
  options.session = !session->once;
  options.seeded = settings->seeded;
  options.seed = settings->seed;
  options.clock = settings->clock;
  options.clock_start_ms = settings->clock_start_ms;
  options.undo_runs = session->once ? 0 : CLI_JSONL_UNDO_RUNS;
  cloche_status status = open_engine(door, engine, &opened, err);
  if (status == CLOCHE_OK) status = apply_limits(&limits, request, err);
  if (status == CLOCHE_OK) status = cloche_cell_open(&session->cell, door->thread, opened, &options, err);
  if (status == CLOCHE_OK) status = cli_inputs_give(&door->inputs, session->cell, err);
  session->engine = engine;
  if (status != CLOCHE_OK) cli_session_close(door, session);
  return status;
}

static cloche_status check_open(const cli_session *session, const cl_request *request, const char *engine,
                                cloche_error *err) {
  if (request->limit_count)
    return cli_fail(err, CLOCHE_INVALID_STATE, "limits are set when a session is opened, and '%.*s' is open",
                    (int)session->name_len, session->name);
  if (request->language && strcmp(engine, session->engine) != 0)
    return cli_fail(err, CLOCHE_INVALID_STATE, "session '%.*s' is of engine %s, and '%.20s' is not its language",
                    (int)session->name_len, session->name, session->engine, request->language);
  return CLOCHE_OK;
}

static cloche_status declare_tools(const cli_jsonl *door, cli_session *session, const cl_request *request,
                                   cloche_error *err) {
  if (request->tool_count && !door->settings->report)
    return cli_fail(err, CLOCHE_INVALID_ARGUMENT, "the host is asked for tools in the full dialect alone (--report)");
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < request->tool_count; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = request->tools[i].name;
    tool.sync = request->tools[i].sync;
    status = cloche_cell_tool(session->cell, &tool, err);
  }
  return status;
}

static cloche_status give_files(cli_session *session, const cl_request *request, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < request->file_count; i++) {
    cloche_file file = CLOCHE_FILE_INIT;
    file.path = request->files[i].path;
    file.data = request->files[i].data.data;
    file.len = request->files[i].data.len;
    status = cloche_cell_file(session->cell, &file, err);
  }
  return status;
}

/* The same for a request that is of another engine than its language says, which a snapshot is. */
static cloche_status prepare(cli_jsonl *door, cli_session *session, const cl_request *request, const char *engine,
                             cloche_error *err) {
  bool opens = !session->cell;
  cloche_status status =
      opens ? open_cell(door, session, request, engine, err) : check_open(session, request, engine, err);
  if (status == CLOCHE_OK) status = declare_tools(door, session, request, err);
  if (status == CLOCHE_OK && request->context.data)
    status = cloche_cell_context(session->cell, request->context.data, request->context.len, err);
  if (status == CLOCHE_OK) status = give_files(session, request, err);
  if (status != CLOCHE_OK && opens) cli_session_close(door, session);
  return status;
}

cloche_status cli_session_prepare(cli_jsonl *door, cli_session *session, const cl_request *request, cloche_error *err) {
  const char *language, *engine;
  cloche_status status = cli_session_language(door, request, &language, &engine, err);
  return status == CLOCHE_OK ? prepare(door, session, request, engine, err) : status;
}

/* ---- snapshots */

cloche_status cli_session_snapshot(cli_session *session, uint8_t **bytes, size_t *len, cloche_error *err) {
  cloche_snapshot *snapshot = NULL;
  cloche_status status = cloche_cell_snapshot(&snapshot, session->cell, err);
  if (status == CLOCHE_OK) status = cloche_snapshot_write(snapshot, NULL, bytes, len, err);
  cloche_snapshot_free(snapshot);
  if (status != CLOCHE_OK || *len <= CLI_JSONL_SNAPSHOT_BYTES) return status;
  free(*bytes);
  return cli_fail(err, CLOCHE_SNAPSHOT_LIMIT, "the snapshot is larger than a line may be");
}

/* The snapshot says itself which engine it is of. */
cloche_status cli_session_restore(cli_jsonl *door, cli_session *session, const cl_request *request, cloche_error *err) {
  cloche_snapshot_options options = CLOCHE_SNAPSHOT_OPTIONS_INIT;
  cloche_snapshot *snapshot = NULL;
  bool opens = !session->cell;
  options.max_bytes = door->settings->run.limits.snapshot_bytes;
  cloche_status status =
      cloche_snapshot_read(&snapshot, (const uint8_t *)request->data, request->data_len, &options, err);
  if (status == CLOCHE_OK) {
    bool is_python = strcmp(cloche_snapshot_describe(snapshot).language, "python") == 0;
    status = prepare(door, session, request, is_python ? "python" : "js", err);
  }
  if (status == CLOCHE_OK) {
    status = cloche_cell_restore(session->cell, snapshot, err);
    if (status != CLOCHE_OK && opens) cli_session_close(door, session);
  }
  cloche_snapshot_free(snapshot);
  return status;
}
