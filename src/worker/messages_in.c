/* Reads messages; messages.h. Jansson does the parsing, all of it, so that nothing else here meets a text that is not
 * JSON. What is passed on as JSON (context, values) is cut out of the line as it stands, so that no number loses a digit. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "take.h"

#define TIMEOUT_MS_MAX (UINT64_C(7) * 24 * 3600 * 1000)
#define COUNT_MAX UINT64_C(1000000)

/* What is read: a line, or a frame with its blob. */
typedef struct {
  const char *text;
  bool supervisor; /* who says it */
  cl_text blob;
  bool taken; /* the blob is a field's value */
} message;

/* ---- a value as it stands in the line, which is known to be JSON */

static const char *skip_space(const char *at) { return at + strspn(at, " \t\r\n"); }

static const char *skip_string(const char *at) {
  for (at++; *at != '"'; at++)
    if (*at == '\\') at++;
  return at + 1;
}

static const char *skip_value(const char *at) {
  size_t depth = 0;
  do {
    if (*at == '"') {
      at = skip_string(at);
      continue;
    }
    if (*at == '{' || *at == '[') depth++;
    else if (*at == '}' || *at == ']') depth--;
    else if (depth == 0) return at + strcspn(at, ",}] \t\r\n");
    at++;
  } while (depth > 0);
  return at;
}

/* Finds a member of the object that the line is. The line is terminated by what follows its last bracket at the latest. */
static bool find_raw(const char *line, const char *name, cl_text *out) {
  size_t len = strlen(name);
  const char *at = skip_space(skip_space(line) + 1);
  while (*at == '"') {
    const char *key = at + 1;
    at = skip_string(at);
    bool found = (size_t)(at - 1 - key) == len && memcmp(key, name, len) == 0;
    const char *value = skip_space(skip_space(at) + 1); /* behind the colon */
    at = skip_value(value);
    if (found) {
      *out = (cl_text){value, (size_t)(at - value)};
      return true;
    }
    at = skip_space(at);
    if (*at == ',') at = skip_space(at + 1);
  }
  return false;
}

static cloche_status take_raw(cl_text *out, const char *line, const char *name, cloche_error *err) {
  if (find_raw(line, name, out)) return CLOCHE_OK;
  return cl_refuse(err, "Invalid request: write the name \"%s\" without escapes", name);
}

/* ---- lists */

static cloche_status take_limits(cl_request *out, json_t *value, cloche_error *err) {
  const char *name;
  json_t *limit;
  if (!json_is_object(value)) return cl_refuse(err, "Invalid request: \"limits\" is not an object");
  out->limits = calloc(json_object_size(value) + 1, sizeof *out->limits);
  if (!out->limits) return cl_refuse_memory(err);
  json_object_foreach(value, name, limit) {
    cl_request_limit *made = &out->limits[out->limit_count++];
    made->name = name;
    made->value = json_string_value(limit);
    double number = json_number_value(limit);
    if (json_is_number(limit) && number >= 0 && number <= 1e15 && number == (double)(uint64_t)number) {
      snprintf(made->number, sizeof made->number, "%" PRIu64, (uint64_t)number);
      made->value = made->number;
    }
    if (!made->value || (json_is_string(limit) && strlen(made->value) != json_string_length(limit)))
      return cl_refuse(err, "Invalid request: limit \"%.60s\" is neither a whole number nor a text", name);
  }
  return CLOCHE_OK;
}

static cloche_status take_tools(cl_request *out, const message *in, const json_t *value, cloche_error *err) {
  if (!json_is_array(value)) return cl_refuse(err, "Invalid request: \"tools\" is not an array");
  out->tools = calloc(json_array_size(value) + 1, sizeof *out->tools);
  if (!out->tools) return cl_refuse_memory(err);
  for (size_t i = 0; i < json_array_size(value); i++) {
    const json_t *item = json_array_get(value, i);
    cl_request_tool *tool = &out->tools[out->tool_count++];
    const json_t *sync = json_object_get(item, "sync"), *changes = NULL;
    if (json_is_string(item)) {
      CL_TRY(cl_take_word(&tool->name, "tools", item, err));
      continue;
    }
    if (!json_is_object(item) || (sync && !json_is_boolean(sync)))
      return cl_refuse(err, "Invalid request: a tool is a name or {\"name\": ..., \"sync\": ...}");
    CL_TRY(cl_take_word(&tool->name, "name", json_object_get(item, "name"), err));
    tool->sync = json_is_true(sync);
    if (in->supervisor) changes = json_object_get(item, "mutable");
    if (changes) CL_TRY(cl_take_bool(&tool->mutable_result, "mutable", changes, err));
  }
  return CLOCHE_OK;
}

/* A field that says that the blob is its value. Without a blob it is empty. */
static cloche_status take_blob(cl_text *out, message *in, const char *name, const json_t *value, cloche_error *err) {
  CL_TRY(cl_take_true(name, value, err));
  if (in->taken) return cl_refuse(err, "Invalid request: \"%s\" and another field want the blob", name);
  in->taken = true;
  *out = in->blob.data ? in->blob : (cl_text){"", 0};
  return CLOCHE_OK;
}

static cloche_status take_file(cl_request_file *out, message *in, const char *path, const json_t *value,
                               cloche_error *err) {
  const json_t *base64 = json_object_get(value, "base64"), *entry = NULL, *beside = NULL;
  out->path = path;
  if (in->supervisor) {
    entry = json_object_get(value, "path_entry");
    beside = json_object_get(value, "blob");
  }
  if (entry) CL_TRY(cl_take_bool(&out->path_entry, "path_entry", entry, err));
  if (beside) return take_blob(&out->data, in, "blob", beside, err);
  if (json_is_string(value)) {
    out->data = cl_take_string(value);
    return CLOCHE_OK;
  }
  if (!json_is_string(base64))
    return cl_refuse(err, "Invalid request: file \"%.80s\" is neither a text nor {\"base64\": ...}", path);
  size_t len = 0;
  out->decoded = cl_base64_decode(cl_take_string(base64), &len);
  out->data = (cl_text){out->decoded, len};
  return out->decoded ? CLOCHE_OK : cl_refuse(err, "Invalid request: file \"%.80s\" is not base64", path);
}

static cloche_status take_files(cl_request *out, message *in, json_t *value, cloche_error *err) {
  const char *path;
  json_t *file;
  if (!json_is_object(value)) return cl_refuse(err, "Invalid request: \"files\" is not an object");
  out->files = calloc(json_object_size(value) + 1, sizeof *out->files);
  if (!out->files) return cl_refuse_memory(err);
  json_object_foreach(value, path, file) CL_TRY(take_file(&out->files[out->file_count++], in, path, file, err));
  return CLOCHE_OK;
}

static cloche_status take_error(cl_request *out, const char *line, const json_t *value, cloche_error *err) {
  const struct {
    const char *name, **to;
  } texts[] = {{"name", &out->rejection.name}, {"message", &out->rejection.message}, {"code", &out->rejection.code}};
  if (!json_is_object(value)) return cl_refuse(err, "Invalid request: \"error\" is not an object");
  out->rejected = true;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    const json_t *text = json_object_get(value, texts[i].name);
    if (text) CL_TRY(cl_take_word(texts[i].to, texts[i].name, text, err));
  }
  if (!json_object_get(value, "data")) return CLOCHE_OK;
  cl_text error = {"{}", 2}, data = {"", 0};
  CL_TRY(take_raw(&error, line, "error", err));
  CL_TRY(take_raw(&data, error.data, "data", err));
  out->rejection_data = strndup(data.data, data.len);
  out->rejection.data = out->rejection_data;
  return out->rejection_data ? CLOCHE_OK : cl_refuse_memory(err);
}

/* ---- the fields */

typedef enum {
  ID,
  TYPE,
  SESSION,
  LANGUAGE,
  CODE,
  TIMEOUT,
  LIMITS,
  TOOLS,
  FILES,
  CONTEXT,
  FORK,
  UNDO,
  SNAPSHOT,
  RESTORE,
  CLOSE,
  INTERRUPT,
  CALL,
  VALUE,
  ERROR,
  LINE_FIELDS,
  /* of supervisors alone: */
  OPEN = LINE_FIELDS,
  RUN,
  MODULES,
  MOUNTS,
  CONTEXT_BLOB,
  RESET,
  IMAGE,
  MEASURE,
  SO_FAR,
  APPLY,
  FIELDS
} field;

static const struct {
  const char *name;
  cl_request_kind kind; /* that it makes of the request; PREPARE: none */
} fields[FIELDS] = {
    [ID] = {"id", CL_REQUEST_PREPARE},
    [TYPE] = {"type", CL_REQUEST_PREPARE},
    [SESSION] = {"session", CL_REQUEST_PREPARE},
    [LANGUAGE] = {"language", CL_REQUEST_PREPARE},
    [CODE] = {"code", CL_REQUEST_RUN},
    [TIMEOUT] = {"timeout_ms", CL_REQUEST_PREPARE},
    [LIMITS] = {"limits", CL_REQUEST_PREPARE},
    [TOOLS] = {"tools", CL_REQUEST_PREPARE},
    [FILES] = {"files", CL_REQUEST_PREPARE},
    [CONTEXT] = {"context", CL_REQUEST_PREPARE},
    [FORK] = {"fork", CL_REQUEST_FORK},
    [UNDO] = {"undo", CL_REQUEST_UNDO},
    [SNAPSHOT] = {"snapshot", CL_REQUEST_SNAPSHOT},
    [RESTORE] = {"restore", CL_REQUEST_RESTORE},
    [CLOSE] = {"close", CL_REQUEST_CLOSE},
    [INTERRUPT] = {"interrupt", CL_REQUEST_INTERRUPT},
    [CALL] = {"call", CL_REQUEST_RESULT},
    [VALUE] = {"value", CL_REQUEST_PREPARE},
    [ERROR] = {"error", CL_REQUEST_PREPARE},
    [OPEN] = {"open", CL_REQUEST_PREPARE},
    [RUN] = {"run", CL_REQUEST_PREPARE},
    [MODULES] = {"modules", CL_REQUEST_PREPARE},
    [MOUNTS] = {"mounts", CL_REQUEST_PREPARE},
    [CONTEXT_BLOB] = {"context_blob", CL_REQUEST_PREPARE},
    [RESET] = {"reset", CL_REQUEST_RESET},
    [IMAGE] = {"image", CL_REQUEST_IMAGE},
    [MEASURE] = {"measure", CL_REQUEST_MEASURE},
    [SO_FAR] = {"so_far", CL_REQUEST_SO_FAR},
    [APPLY] = {"apply", CL_REQUEST_APPLY},
};

static cloche_status take_snapshot(cl_request *out, const json_t *value, cloche_error *err) {
  if (!json_is_string(value)) return cl_refuse(err, "Invalid request: \"restore\" is not a string");
  out->data = cl_base64_decode(cl_take_string(value), &out->data_len);
  return out->data ? CLOCHE_OK : cl_refuse(err, "Invalid request: \"restore\" is not base64");
}

static cloche_status take_field(cl_request *out, field which, message *in, json_t *value, cloche_error *err) {
  const char *name = fields[which].name;
  switch (which) {
    case ID: return CLOCHE_OK;   /* read first */
    case TYPE: return CLOCHE_OK; /* for those who write it; what a message is shows in its other fields */
    case SESSION:
      out->once = json_is_null(value);
      return out->once ? CLOCHE_OK : cl_take_text(&out->session, name, value, err);
    case LANGUAGE: return cl_take_word(&out->language, name, value, err);
    case CODE:
      if (in->supervisor && json_is_true(value)) return take_blob(&out->code, in, name, value, err);
      return cl_take_text(&out->code, name, value, err);
    case TIMEOUT: return cl_take_count(&out->timeout_ms, name, value, TIMEOUT_MS_MAX, err);
    case LIMITS: return take_limits(out, value, err);
    case TOOLS: return take_tools(out, in, value, err);
    case FILES: return take_files(out, in, value, err);
    case CONTEXT: return take_raw(&out->context, in->text, name, err);
    case FORK: return cl_take_text(&out->target, name, value, err);
    case UNDO: return cl_take_count(&out->count, name, value, COUNT_MAX, err);
    case SNAPSHOT:
      out->while_waiting = json_is_string(value) && cl_text_is(cl_take_string(value), cl_text_of("waiting"));
      return out->while_waiting ? CLOCHE_OK : cl_take_true(name, value, err);
    case RESTORE:
      if (in->supervisor && json_is_true(value)) return take_blob(&out->blob, in, name, value, err);
      return take_snapshot(out, value, err);
    case CLOSE: return cl_take_true(name, value, err);
    case INTERRUPT: return cl_take_text(&out->target, name, value, err);
    case CALL: return cl_take_text(&out->call, name, value, err);
    case VALUE: return take_raw(&out->value, in->text, name, err);
    case ERROR: return take_error(out, in->text, value, err);
    case OPEN: return cl_take_open(out, value, err);
    case RUN: return cl_take_run(out, value, err);
    case MODULES: return cl_take_modules(out, value, err);
    case MOUNTS: return cl_take_mounts(out, value, err);
    case CONTEXT_BLOB: return take_blob(&out->context, in, name, value, err);
    case APPLY: return take_blob(&out->blob, in, name, value, err);
    case RESET:
    case IMAGE:
    case MEASURE:
    case SO_FAR: return cl_take_true(name, value, err);
    default: return CLOCHE_OK;
  }
}

static cloche_status take_fields(cl_request *out, message *in, json_t *root, cloche_error *err) {
  const char *name, *verb = NULL;
  const field known = in->supervisor ? FIELDS : LINE_FIELDS;
  json_t *value;
  json_object_foreach(root, name, value) {
    for (field i = 0; i < known; i++) {
      if (strcmp(fields[i].name, name) != 0) continue;
      CL_TRY(take_field(out, i, in, value, err));
      if (fields[i].kind == CL_REQUEST_PREPARE) break;
      if (verb) return cl_refuse(err, "Invalid request: either \"%s\" or \"%s\"", verb, fields[i].name);
      verb = fields[i].name;
      out->kind = fields[i].kind;
      break;
    }
  }
  return CLOCHE_OK;
}

static bool is_session_name(cl_text name) {
  if (name.len == 0 || name.len > CL_SESSION_NAME_MAX || name.data[0] == ':') return false;
  for (size_t i = 0; i < name.len; i++)
    if ((unsigned char)name.data[i] < 0x20 || name.data[i] == 0x7F) return false;
  return true;
}

/* What does not go together, whatever the values. */
static cloche_status check(const cl_request *request, cloche_error *err) {
  bool prepares = request->session.data || request->limits || request->tools || request->files ||
                  request->context.data || request->opens || request->modules || request->mounts;
  if (request->kind == CL_REQUEST_PREPARE && (!prepares || request->once))
    return cl_refuse(err, "Invalid request: there is no \"code\"");
  if (request->once && request->kind != CL_REQUEST_RUN)
    return cl_refuse(err, "Invalid request: a \"session\" of null is for \"code\" alone");
  if ((request->session.data && !is_session_name(request->session)) ||
      (request->kind == CL_REQUEST_FORK && !is_session_name(request->target)))
    return cl_refuse(err,
                     "Invalid request: a session's name is 1 to %d bytes, none of control, and begins with no colon",
                     CL_SESSION_NAME_MAX);
  if (request->kind != CL_REQUEST_RESULT && (request->value.data || request->rejected))
    return cl_refuse(err, "Invalid request: \"value\" and \"error\" belong to a \"call\"");
  if (request->value.data && request->rejected) return cl_refuse(err, "Invalid request: either \"value\" or \"error\"");
  return CLOCHE_OK;
}

/* A value takes a hundred bytes in the parser and two in the line: no more of them than this. Bytes of strings that look
 * like a value's beginning count, too. */
static bool has_too_many_values(const char *line, size_t len) {
  size_t values = 0;
  for (size_t i = 0; i < len; i++) values += line[i] == ',' || line[i] == '[' || line[i] == '{';
  return values > CL_REQUEST_VALUES_MAX;
}

static cloche_status parse(cl_request *out, const char *line, size_t len, cloche_error *err) {
  json_error_t where;
  if (memchr(line, 0, len))
    return cl_refuse(err, "Invalid JSON: there is a zero byte"); /* jansson takes it after a number */
  json_t *root = json_loadb(line, len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &where);
  out->root = root;
  if (!root) return cl_refuse(err, "Invalid JSON: %s, at byte %d", where.text, where.position > 0 ? where.position : 1);
  if (!json_is_object(root)) return cl_refuse(err, "Invalid request: it is not an object");
  const json_t *id = json_object_get(root, "id");
  if (id && !json_is_string(id)) return cl_refuse(err, "Invalid request: \"id\" is not a string");
  if (id) out->id = cl_take_string(id);
  return CLOCHE_OK;
}

static cloche_status read_message(cl_request *out, message *in, size_t len, cloche_error *err) {
  CL_TRY(parse(out, in->text, len, err));
  CL_TRY(take_fields(out, in, out->root, err));
  return check(out, err);
}

static const cl_request nothing = {
    .kind = CL_REQUEST_PREPARE, .rejection = CLOCHE_REJECTION_INIT, .run = CLOCHE_RUN_OPTIONS_INIT};

cloche_status cl_request_read(cl_request *out, const char *line, size_t len, cloche_error *err) {
  message in = {.text = line};
  *out = nothing;
  if (has_too_many_values(line, len))
    return cl_refuse(err, "Invalid request: it has more than %d values", CL_REQUEST_VALUES_MAX);
  return read_message(out, &in, len, err);
}

cloche_status cl_request_read_frame(cl_request *out, const char *text, size_t len, const uint8_t *blob, size_t blob_len,
                                    cloche_error *err) {
  message in = {.text = text, .supervisor = true, .blob = {(const char *)blob, blob_len}};
  *out = nothing;
  CL_TRY(read_message(out, &in, len, err));
  if (out->kind == CL_REQUEST_RESULT && !out->value.data && !out->rejected && !in.taken) {
    out->value = in.blob;
    in.taken = true;
  }
  if (in.blob.data && !in.taken) return cl_refuse(err, "Invalid request: there is a blob that no field wants");
  out->run.language = out->language;
  if (out->run.wall_ns == 0) out->run.wall_ns = out->timeout_ms * 1000000;
  return CLOCHE_OK;
}

void cl_request_free(cl_request *request) {
  for (size_t i = 0; i < request->file_count; i++) free(request->files[i].decoded);
  free(request->limits);
  free(request->tools);
  free(request->files);
  free(request->modules);
  free(request->mounts);
  free(request->data);
  free(request->rejection_data);
  json_decref(request->root);
  *request = (cl_request){0};
}

/* ---- base64 */

char *cl_base64_decode(cl_text text, size_t *len) {
  size_t room = text.len / 4 * 3 + 4;
  char *bytes = malloc(room);
  *len = 0;
  if (!bytes) return NULL;
  if (sodium_base642bin((unsigned char *)bytes, room - 1, text.data, text.len, NULL, len, NULL,
                        sodium_base64_VARIANT_ORIGINAL) == 0) {
    bytes[*len] = 0;
    return bytes;
  }
  free(bytes);
  return NULL;
}
