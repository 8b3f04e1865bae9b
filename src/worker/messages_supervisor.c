/* The fields of requests that only supervisors have; take.h. A table for each object: what is not in it is refused, since
 * both ends are of one version. */
#include <stdlib.h>
#include <string.h>

#include "take.h"

typedef enum { FLAG, NUMBER, SMALL, NANOSECONDS, WORD, TEXT, OBJECT } type;

typedef struct {
  const char *name;
  type type;
  void *to;
  bool *found; /* NULL: it must be there */
} member;

static cloche_status take_member(const member *m, const json_t *value, cloche_error *err) {
  uint64_t number = 0;
  switch (m->type) {
    case FLAG: return cl_take_bool(m->to, m->name, value, err);
    case NUMBER: return cl_take_number(m->to, m->name, value, UINT64_MAX, "", err);
    case SMALL:
      CL_TRY(cl_take_number(&number, m->name, value, UINT32_MAX, "", err));
      *(uint32_t *)m->to = (uint32_t)number;
      return CLOCHE_OK;
    case NANOSECONDS: return cl_take_number(m->to, m->name, value, UINT64_MAX, "ns", err);
    case WORD: return cl_take_word(m->to, m->name, value, err);
    case TEXT: return cl_take_text(m->to, m->name, value, err);
    case OBJECT: *(const json_t **)m->to = value; return CLOCHE_OK;
  }
  return CLOCHE_OK;
}

static cloche_status take_members(const char *what, const json_t *value, const member *members, size_t count,
                                  cloche_error *err) {
  size_t known = 0;
  if (!json_is_object(value)) return cl_refuse(err, "Invalid request: \"%s\" is not an object", what);
  for (size_t i = 0; i < count; i++) {
    const json_t *item = json_object_get(value, members[i].name);
    if (!item && !members[i].found)
      return cl_refuse(err, "Invalid request: \"%s\" lacks \"%s\"", what, members[i].name);
    if (!item) continue;
    CL_TRY(take_member(&members[i], item, err));
    if (members[i].found) *members[i].found = true;
    known++;
  }
  if (known != json_object_size(value)) return cl_refuse(err, "Invalid request: \"%s\" has what is not known", what);
  return CLOCHE_OK;
}

#define MEMBERS(what, value, list) take_members(what, value, list, sizeof(list) / sizeof *(list), err)

cloche_status cl_take_open(cl_request *out, const json_t *value, cloche_error *err) {
  bool any;
  cl_request_open *open = &out->open;
  const member members[] = {
      {"engine", NUMBER, &open->engine, NULL},      {"once", FLAG, &open->once, &any},
      {"seed", NUMBER, &open->seed, &open->seeded}, {"clock_ms", NUMBER, &open->clock_ms, &open->virtual_clock},
      {"undo", SMALL, &open->undo, &any},           {"no_poll", FLAG, &open->no_poll, &any},
      {"batch", FLAG, &open->batch, &any}};
  out->opens = true;
  return MEMBERS("open", value, members);
}

static cloche_status take_replay(cloche_run_options *run, const json_t *value, cloche_error *err) {
  cl_text status = {0};
  const member members[] = {{"status", TEXT, &status, NULL}, {"polls", NUMBER, &run->replay_polls, NULL}};
  CL_TRY(MEMBERS("replay", value, members));
  run->replay = true;
  return cl_text_status(status, &run->replay_status) ? CLOCHE_OK
                                                     : cl_refuse(err, "Invalid request: \"status\" is no code");
}

cloche_status cl_take_run(cl_request *out, const json_t *value, cloche_error *err) {
  bool any, replays = false;
  const json_t *replay = NULL;
  cloche_run_options *run = &out->run;
  const member members[] = {{"name", WORD, &run->name, &any},
                            {"drain_timers", FLAG, &run->drain_timers, &any},
                            {"jsx_factory", WORD, &run->jsx_factory, &any},
                            {"jsx_fragment", WORD, &run->jsx_fragment, &any},
                            {"wall", NANOSECONDS, &run->wall_ns, &any},
                            {"interactive", FLAG, &run->interactive, &any},
                            {"complete", FLAG, &run->complete, &any},
                            {"replay", OBJECT, &replay, &replays}};
  CL_TRY(MEMBERS("run", value, members));
  return replays ? take_replay(run, replay, err) : CLOCHE_OK;
}

cloche_status cl_take_modules(cl_request *out, const json_t *value, cloche_error *err) {
  bool any;
  if (!json_is_array(value)) return cl_refuse(err, "Invalid request: \"modules\" is not an array");
  out->modules = calloc(json_array_size(value) + 1, sizeof *out->modules);
  if (!out->modules) return cl_refuse_memory(err);
  for (size_t i = 0; i < json_array_size(value); i++) {
    cl_request_module *module = &out->modules[out->module_count++];
    const member members[] = {{"name", WORD, &module->name, NULL},
                              {"source", TEXT, &module->source, NULL},
                              {"language", WORD, &module->language, &any}};
    CL_TRY(MEMBERS("modules", json_array_get(value, i), members));
  }
  return CLOCHE_OK;
}

cloche_status cl_take_mounts(cl_request *out, const json_t *value, cloche_error *err) {
  bool any;
  if (!json_is_array(value)) return cl_refuse(err, "Invalid request: \"mounts\" is not an array");
  out->mounts = calloc(json_array_size(value) + 1, sizeof *out->mounts);
  if (!out->mounts) return cl_refuse_memory(err);
  for (size_t i = 0; i < json_array_size(value); i++) {
    cl_request_mount *mount = &out->mounts[out->mount_count++];
    const member members[] = {{"mount", NUMBER, &mount->mount, NULL},
                              {"path", WORD, &mount->path, NULL},
                              {"writable", FLAG, &mount->writable, &any}};
    CL_TRY(MEMBERS("mounts", json_array_get(value, i), members));
  }
  return CLOCHE_OK;
}
