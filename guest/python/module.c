/* _cloche: what the bootstrap, and whoever imports it, may ask of the host. Arguments are checked by the host; a request
 * that it refuses raises HostError(code, message), with the code as in docs/ERRORS.md.
 *
 *   write(stream, text)                  text on stdout (1) or stderr (2), as it is
 *   log(level, text)                     a line of the console; level 0 to 4: log, info, warn, error, debug
 *   value(json | None, repr)             the value of the run
 *   error(name, message, stack, code | None, data | None, line, column, source | None)
 *                                        how the run has failed; data is JSON. Line 0: unknown; column: characters, from 1;
 *                                        source: the name that source() or module() gave; None: the run's own. Code
 *                                        "syntax_error": the source does not compile; a HostError's code: it is that limit.
 *   exit(code)                           the run ends well, as a program with this exit status
 *   call(tool, argument) -> id           starts a call; the argument is JSON, "" for none
 *   wait(id)                             blocks until that call is answered; id 0: until any is, or the timer is due
 *   next_answer() -> None | (id, True, json | None) | (id, False, name, message, code, data | None)
 *   timer(due | None, count)             seconds of time.monotonic() at which go_on is to be called while the run waits, and
 *                                        how many timers there are
 *   sleep(seconds)                       blocks
 *   display(mime, text, is_base64)       JSON types are checked
 *   progress(json)                       {"value": ..., "message": ...}
 *   tool_count() -> int, tool(i) -> (name, is_sync)
 *   context() -> json
 *   source() -> (text, name, language, interactive, complete)
 *   module(name) -> None | (text, source name)
 *   limit(name) -> int
 *   random(n) -> bytes
 *
 * world.start() and world.go_on() return True when the run has ended (value, error or exit were told before) and False
 * when it waits; world.reseed() is called before guest code runs in a cell whose randomness is not its own. */
#include "module.h"

#include "host.h"

static PyObject *host_error_type;

/* ---- texts */

/* A str as UTF-8. Lone surrogates, which UTF-8 has no place for, become question marks. */
typedef struct {
  const char *data;
  uint32_t len;
  PyObject *owner; /* NULL: the str itself */
} utf8;

static int get_utf8(utf8 *out, PyObject *text) {
  Py_ssize_t len;
  *out = (utf8){0};
  if (text == Py_None) return 0;
  if (!PyUnicode_Check(text)) {
    PyErr_Format(PyExc_TypeError, "expected str, not %.80s", Py_TYPE(text)->tp_name);
    return -1;
  }
  out->data = PyUnicode_AsUTF8AndSize(text, &len);
  if (!out->data) {
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return -1;
    PyErr_Clear();
    out->owner = PyUnicode_AsEncodedString(text, "utf-8", "replace");
    if (!out->owner) return -1;
    out->data = PyBytes_AS_STRING(out->owner);
    len = PyBytes_GET_SIZE(out->owner);
  }
  out->len = (uint32_t)len;
  return 0;
}

static void drop_utf8(utf8 *text) { Py_CLEAR(text->owner); }

/* A text of the host as a str; None: there is none. */
static PyObject *get_text(enum host_text which, int32_t index) {
  char small[512];
  int32_t len = host_text(which, index, small, sizeof small);
  if (len < 0) Py_RETURN_NONE;
  if ((uint32_t)len <= sizeof small) return PyUnicode_DecodeUTF8(small, len, "replace");
  char *large = PyMem_Malloc((size_t)len);
  if (!large) return PyErr_NoMemory();
  host_text(which, index, large, (uint32_t)len);
  PyObject *text = PyUnicode_DecodeUTF8(large, len, "replace");
  PyMem_Free(large);
  return text;
}

static PyObject *refuse(void) {
  PyObject *code = get_text(HOST_REFUSAL_CODE, 0), *message = code ? get_text(HOST_REFUSAL_MESSAGE, 0) : NULL;
  PyObject *pair = message ? PyTuple_Pack(2, code, message) : NULL;
  if (pair) PyErr_SetObject(host_error_type, pair);
  Py_XDECREF(code);
  Py_XDECREF(message);
  Py_XDECREF(pair);
  return NULL;
}

static PyObject *none_or_refusal(int32_t status) {
  if (status != 0) return refuse();
  Py_RETURN_NONE;
}

/* ---- what the guest tells */

static PyObject *tell_write(PyObject *self, PyObject *args) {
  int stream;
  PyObject *given;
  utf8 text;
  if (!PyArg_ParseTuple(args, "iU", &stream, &given) || get_utf8(&text, given) != 0) return NULL;
  host_write(stream, text.data, text.len);
  drop_utf8(&text);
  Py_RETURN_NONE;
}

static PyObject *tell_log(PyObject *self, PyObject *args) {
  int level;
  PyObject *given;
  utf8 text;
  if (!PyArg_ParseTuple(args, "iU", &level, &given) || get_utf8(&text, given) != 0) return NULL;
  host_log(level, text.data, text.len);
  drop_utf8(&text);
  Py_RETURN_NONE;
}

static PyObject *tell_value(PyObject *self, PyObject *args) {
  PyObject *given_json, *given_repr;
  utf8 json, repr;
  if (!PyArg_ParseTuple(args, "OU", &given_json, &given_repr) || get_utf8(&json, given_json) != 0) return NULL;
  if (get_utf8(&repr, given_repr) != 0) {
    drop_utf8(&json);
    return NULL;
  }
  int32_t status = host_value(json.data, json.len, repr.data, repr.len);
  drop_utf8(&json);
  drop_utf8(&repr);
  return none_or_refusal(status);
}

static PyObject *tell_error(PyObject *self, PyObject *args) {
  enum { TEXTS = 6 };
  PyObject *given[TEXTS];
  utf8 texts[TEXTS] = {{0}};
  unsigned line, column;
  if (!PyArg_ParseTuple(args, "OOOOOIIO", &given[0], &given[1], &given[2], &given[3], &given[4], &line, &column,
                        &given[5]))
    return NULL;
  int fine = 1;
  for (int i = 0; fine && i < TEXTS; i++) fine = get_utf8(&texts[i], given[i]) == 0;
  if (fine) {
    struct host_error error = {.line = line, .column = column};
    struct host_slice *to[TEXTS] = {&error.name, &error.message, &error.stack, &error.code, &error.data, &error.source};
    for (int i = 0; i < TEXTS; i++) *to[i] = (struct host_slice){texts[i].data, texts[i].len};
    host_error(&error);
  }
  for (int i = 0; i < TEXTS; i++) drop_utf8(&texts[i]);
  if (!fine) return NULL;
  Py_RETURN_NONE;
}

static PyObject *tell_exit(PyObject *self, PyObject *args) {
  int code;
  if (!PyArg_ParseTuple(args, "i", &code)) return NULL;
  host_exit(code);
  Py_RETURN_NONE;
}

static PyObject *tell_display(PyObject *self, PyObject *args) {
  PyObject *given_mime, *given;
  utf8 mime, text;
  int is_base64;
  if (!PyArg_ParseTuple(args, "UUp", &given_mime, &given, &is_base64) || get_utf8(&mime, given_mime) != 0) return NULL;
  if (get_utf8(&text, given) != 0) {
    drop_utf8(&mime);
    return NULL;
  }
  int32_t status = host_display(mime.data, mime.len, text.data, text.len, is_base64);
  drop_utf8(&mime);
  drop_utf8(&text);
  return none_or_refusal(status);
}

static PyObject *tell_progress(PyObject *self, PyObject *given) {
  utf8 json;
  if (get_utf8(&json, given) != 0) return NULL;
  int32_t status = host_progress(json.data, json.len);
  drop_utf8(&json);
  return none_or_refusal(status);
}

/* ---- calls and time */

static PyObject *start_call(PyObject *self, PyObject *args) {
  int tool;
  PyObject *given;
  utf8 argument;
  int64_t id = 0;
  if (!PyArg_ParseTuple(args, "iU", &tool, &given) || get_utf8(&argument, given) != 0) return NULL;
  int32_t status = host_call(tool, argument.data, argument.len, &id);
  drop_utf8(&argument);
  return status == 0 ? PyLong_FromLongLong(id) : refuse();
}

static PyObject *wait_for(PyObject *self, PyObject *args) {
  long long id;
  if (!PyArg_ParseTuple(args, "L", &id)) return NULL;
  if (host_wait(id) != 0) return refuse();
  if (PyErr_CheckSignals() != 0) return NULL;
  Py_RETURN_NONE;
}

static PyObject *take_answer(const struct host_answer *answer) {
  PyObject *id = PyLong_FromLongLong(answer->id), *json = id ? get_text(HOST_ANSWER, 0) : NULL, *taken = NULL;
  PyObject *name = NULL, *message = NULL, *code = NULL;
  if (json && !answer->rejected) taken = PyTuple_Pack(3, id, Py_True, json);
  if (json && answer->rejected) {
    name = get_text(HOST_ANSWER_NAME, 0);
    message = name ? get_text(HOST_ANSWER_MESSAGE, 0) : NULL;
    code = message ? get_text(HOST_ANSWER_CODE, 0) : NULL;
    if (code) taken = PyTuple_Pack(6, id, Py_False, name, message, code, json);
  }
  Py_XDECREF(id);
  Py_XDECREF(json);
  Py_XDECREF(name);
  Py_XDECREF(message);
  Py_XDECREF(code);
  return taken;
}

static PyObject *next_answer(PyObject *self, PyObject *ignored) {
  struct host_answer answer = {0};
  if (!host_next_answer(&answer)) Py_RETURN_NONE;
  PyObject *taken = take_answer(&answer);
  if (taken) host_settle(answer.id); /* else it is offered again */
  return taken;
}

/* Seconds as nanoseconds, within what the host can take. */
static int64_t to_nanoseconds(double seconds) {
  if (!(seconds > 0)) return 0;
  return seconds < 9e9 ? (int64_t)(seconds * 1e9) : (int64_t)9e18;
}

static PyObject *set_timer(PyObject *self, PyObject *args) {
  PyObject *given;
  int count;
  if (!PyArg_ParseTuple(args, "Oi", &given, &count)) return NULL;
  double due = given == Py_None ? 0 : PyFloat_AsDouble(given);
  if (due == -1 && PyErr_Occurred()) return NULL;
  return none_or_refusal(host_timer(given == Py_None ? -1 : to_nanoseconds(due), count));
}

static PyObject *sleep_for(PyObject *self, PyObject *args) {
  double seconds;
  if (!PyArg_ParseTuple(args, "d", &seconds)) return NULL;
  host_sleep(to_nanoseconds(seconds));
  if (PyErr_CheckSignals() != 0) return NULL;
  Py_RETURN_NONE;
}

/* ---- what the host has for the guest */

static PyObject *get_tool_count(PyObject *self, PyObject *ignored) {
  return PyLong_FromLong(host_number(HOST_TOOL_COUNT, 0));
}

static PyObject *get_tool(PyObject *self, PyObject *args) {
  int index;
  if (!PyArg_ParseTuple(args, "i", &index)) return NULL;
  PyObject *name = get_text(HOST_TOOL_NAME, index);
  if (!name) return NULL;
  return Py_BuildValue("(NN)", name, PyBool_FromLong(host_number(HOST_TOOL_IS_SYNC, index)));
}

static PyObject *get_context(PyObject *self, PyObject *ignored) { return get_text(HOST_CONTEXT, 0); }

static PyObject *get_source(PyObject *self, PyObject *ignored) {
  PyObject *text = get_text(HOST_SOURCE, 0), *name = text ? get_text(HOST_SOURCE_NAME, 0) : NULL;
  PyObject *language = name ? get_text(HOST_LANGUAGE, 0) : NULL, *all = NULL;
  if (language)
    all = PyTuple_Pack(5, text, name, language, host_number(HOST_INTERACTIVE, 0) ? Py_True : Py_False,
                       host_number(HOST_COMPLETE, 0) ? Py_True : Py_False);
  Py_XDECREF(text);
  Py_XDECREF(name);
  Py_XDECREF(language);
  return all;
}

static PyObject *get_module(PyObject *self, PyObject *given) {
  utf8 name;
  if (get_utf8(&name, given) != 0) return NULL;
  int32_t index = host_module(name.data, name.len);
  drop_utf8(&name);
  if (index < 0) Py_RETURN_NONE;
  PyObject *text = get_text(HOST_MODULE, index), *source = text ? get_text(HOST_MODULE_NAME, index) : NULL;
  PyObject *both = source ? PyTuple_Pack(2, text, source) : NULL;
  Py_XDECREF(text);
  Py_XDECREF(source);
  return both;
}

static PyObject *get_limit(PyObject *self, PyObject *given) {
  utf8 name;
  if (get_utf8(&name, given) != 0) return NULL;
  int64_t figure = host_limit(name.data, name.len);
  drop_utf8(&name);
  if (figure < 0) return PyErr_Format(PyExc_KeyError, "no limit of that name");
  return PyLong_FromLongLong(figure);
}

static PyObject *get_random(PyObject *self, PyObject *args) {
  Py_ssize_t len;
  if (!PyArg_ParseTuple(args, "n", &len)) return NULL;
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, len);
  if (bytes) host_random(PyBytes_AS_STRING(bytes), (uint32_t)len);
  return bytes;
}

/* ---- the module */

static PyMethodDef methods[] = {
    {"write", tell_write, METH_VARARGS, NULL},
    {"log", tell_log, METH_VARARGS, NULL},
    {"value", tell_value, METH_VARARGS, NULL},
    {"error", tell_error, METH_VARARGS, NULL},
    {"exit", tell_exit, METH_VARARGS, NULL},
    {"display", tell_display, METH_VARARGS, NULL},
    {"progress", tell_progress, METH_O, NULL},
    {"call", start_call, METH_VARARGS, NULL},
    {"wait", wait_for, METH_VARARGS, NULL},
    {"next_answer", next_answer, METH_NOARGS, NULL},
    {"timer", set_timer, METH_VARARGS, NULL},
    {"sleep", sleep_for, METH_VARARGS, NULL},
    {"tool_count", get_tool_count, METH_NOARGS, NULL},
    {"tool", get_tool, METH_VARARGS, NULL},
    {"context", get_context, METH_NOARGS, NULL},
    {"source", get_source, METH_NOARGS, NULL},
    {"module", get_module, METH_O, NULL},
    {"limit", get_limit, METH_O, NULL},
    {"random", get_random, METH_VARARGS, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "_cloche", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit__cloche(void) {
  PyObject *module = PyModule_Create(&definition);
  if (!module) return NULL;
  host_error_type = PyErr_NewException("_cloche.HostError", NULL, NULL);
  if (host_error_type && PyModule_AddObjectRef(module, "HostError", host_error_type) == 0) return module;
  Py_DECREF(module);
  return NULL;
}
