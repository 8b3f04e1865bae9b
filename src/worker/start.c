/* The worker's side of a start: reads what it is to be, and writes what it became; wire.h. It is read before the first byte of a
 * guest is there, and comes from the supervisor; it is checked all the same, so that a mistake shows. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "take.h"
#include "wire.h"

static cloche_status take_fd(int *out, const char *name, const json_t *value, cloche_error *err) {
  uint64_t fd = 0;
  CL_TRY(cl_take_number(&fd, name, value, 1 << 20, "", err));
  *out = (int)fd;
  return CLOCHE_OK;
}

static cloche_status take_small(uint32_t *out, const json_t *root, const char *name, cloche_error *err) {
  uint64_t number = 0;
  CL_TRY(cl_take_number(&number, name, json_object_get(root, name), UINT32_MAX, "", err));
  *out = (uint32_t)number;
  return CLOCHE_OK;
}

static cloche_status take_engines(cl_start *out, const json_t *list, cloche_error *err) {
  size_t count = json_array_size(list);
  if (!json_is_array(list) || count > CL_WIRE_ENGINES_MAX)
    return cl_refuse(err, "Invalid start: \"engines\" is no array of at most %d", CL_WIRE_ENGINES_MAX);
  for (size_t i = 0; i < count; i++) {
    const json_t *item = json_array_get(list, i), *image = json_object_get(item, "image");
    cl_start_engine *engine = &out->engines[out->engine_count++];
    const char *name = NULL;
    CL_TRY(cl_take_word(&name, "name", json_object_get(item, "name"), err));
    if (strlen(name) >= sizeof engine->name) return cl_refuse(err, "Invalid start: there is no engine \"%.40s\"", name);
    memcpy(engine->name, name, strlen(name) + 1);
    engine->image_fd = -1;
    if (image) CL_TRY(take_fd(&engine->image_fd, "image", image, err));
  }
  return CLOCHE_OK;
}

static cloche_status take_mounts(cl_start *out, const json_t *list, cloche_error *err) {
  size_t count = json_array_size(list);
  if (!json_is_array(list) || count > CL_WIRE_MOUNTS_MAX)
    return cl_refuse(err, "Invalid start: \"mounts\" is no array of at most %d", CL_WIRE_MOUNTS_MAX);
  for (size_t i = 0; i < count; i++) {
    const json_t *item = json_array_get(list, i);
    cl_start_mount *mount = &out->mounts[out->mount_count++];
    CL_TRY(take_fd(&mount->fd, "fd", json_object_get(item, "fd"), err));
    CL_TRY(cl_take_bool(&mount->writable, "writable", json_object_get(item, "writable"), err));
  }
  return CLOCHE_OK;
}

static cloche_status take_start(cl_start *out, const json_t *root, cloche_error *err) {
  const json_t *jail = json_object_get(root, "jail"), *type = json_object_get(root, "type");
  uint64_t version = 0;
  if (!json_is_string(type) || !cl_text_is(cl_take_string(type), cl_text_of("start")))
    return cl_refuse(err, "Invalid start: this is another message");
  CL_TRY(cl_take_number(&version, "version", json_object_get(root, "version"), UINT32_MAX, "", err));
  if (version != CL_WIRE_VERSION)
    return cl_refuse(err, "the supervisor speaks version %u, and this worker %d", (unsigned)version, CL_WIRE_VERSION);
  CL_TRY(take_engines(out, json_object_get(root, "engines"), err));
  CL_TRY(take_mounts(out, json_object_get(root, "mounts"), err));
  CL_TRY(cl_take_bool(&out->require_jail, "require", json_object_get(jail, "require"), err));
  CL_TRY(cl_take_bool(&out->namespaces, "namespaces", json_object_get(jail, "namespaces"), err));
  CL_TRY(take_small(&out->landlock_abi, jail, "landlock_abi", err));
  CL_TRY(cl_take_bool(&out->use_pagemap, "use_pagemap", json_object_get(root, "use_pagemap"), err));
  CL_TRY(take_small(&out->waiting_mapped, root, "waiting_mapped", err));
  CL_TRY(take_small(&out->cells_running, root, "cells_running", err));
  CL_TRY(take_small(&out->runs_queued, root, "runs_queued", err));
  return cl_take_number(&out->spin_ns, "spin_ns", json_object_get(root, "spin_ns"), UINT64_MAX, "", err);
}

cloche_status cl_start_read(cl_start *out, const char *text, size_t len, cloche_error *err) {
  json_error_t where;
  *out = (cl_start){0};
  json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &where);
  if (!root) return cl_refuse(err, "Invalid JSON: %s", where.text);
  cloche_status status = take_start(out, root, err);
  json_decref(root);
  return status;
}

/* ---- what it became */

static void put(const cl_sink *sink, const char *text) { sink->put(sink->user, text, strlen(text)); }

static void put_word(const cl_sink *sink, const char *before, const char *word) {
  put(sink, before);
  cl_put_string(sink, cl_text_of(word));
}

void cl_put_ready(const cl_sink *sink, const cl_ready *ready) {
  put(sink, "{\"type\":\"ready\",\"version\":");
  cl_put_number(sink, CL_WIRE_VERSION);
  put(sink, ",\"layers\":");
  cl_put_number(sink, ready->layers);
  put(sink, ",\"landlock\":");
  cl_put_number(sink, ready->landlock);
  put(sink, ",\"missing\":[");
  for (size_t i = 0; i < ready->missing_count; i++) put_word(sink, i ? "," : "", ready->missing[i]);
  put(sink, "],\"engines\":[");
  for (size_t i = 0; i < ready->engine_count; i++) {
    put_word(sink, i ? ",{\"name\":" : "{\"name\":", ready->engines[i].name);
    put_word(sink, ",\"engine_id\":", ready->engines[i].engine_id);
    put_word(sink, ",\"image_id\":", ready->engines[i].image_id);
    put(sink, "}");
  }
  put(sink, "]}\n");
}

void cl_put_failed(const cl_sink *sink, cloche_status status, const char *message) {
  put_word(sink, "{\"type\":\"failed\",\"code\":", cloche_status_describe(status).name);
  put_word(sink, ",\"message\":", message);
  put(sink, "}\n");
}
