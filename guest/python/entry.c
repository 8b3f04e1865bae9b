/* What the host calls in python.wasm: booting, which happens when an image is made, and a run.
 *
 * Between two calls no frame is on the stack and no lock is held: all that Python is lies in linear memory, and goes with
 * it into snapshots and forks. The bootstrap package (guest/python/world, _cloche_world inside) does the work; here it is called, and what escapes from it is
 * told to the host as the run's error. */
#include <Python.h>
#include <unistd.h>

#include "host.h"
#include "module.h"
#include "vfs_exports.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

static PyObject *start, *go_on, *reseed;

/* ---- booting */

static const wchar_t library[] = L"/usr/lib/python3.11";

/* What scripts import most: for nothing, from here. The image is larger by it, a cell is not. */
static const char *const preloaded[] = {
    "abc",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "base64",
    "binascii",
    "bisect",
    "calendar",
    "cmath",
    "codecs",
    "collections",
    "collections.abc",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "errno",
    "fnmatch",
    "fractions",
    "functools",
    "gc",
    "glob",
    "graphlib",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "inspect",
    "io",
    "itertools",
    "json",
    "keyword",
    "logging",
    "math",
    "numbers",
    "operator",
    "os",
    "os.path",
    "pathlib",
    "pickle",
    "platform",
    "pprint",
    "queue",
    "random",
    "re",
    "reprlib",
    "secrets",
    "shutil",
    "signal",
    "sqlite3",
    "statistics",
    "string",
    "struct",
    "sys",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "traceback",
    "types",
    "typing",
    "unicodedata",
    "urllib.parse",
    "uuid",
    "warnings",
    "weakref",
    "zipfile",
    "zlib",
    "zoneinfo",
};

static PyStatus set_config(PyConfig *config) {
  PyConfig_InitIsolatedConfig(config);
  config->site_import = 0;
  config->install_signal_handlers = 1; /* the soft interrupt is a KeyboardInterrupt */
  config->write_bytecode = 0;
  config->use_hash_seed = 1; /* an image has one set of hashes, and all its cells have it */
  config->hash_seed = 0;
  config->pathconfig_warnings = 0;
  config->module_search_paths_set = 1;
  PyStatus status = PyWideStringList_Append(&config->module_search_paths, library);
  const struct {
    wchar_t **field;
    const wchar_t *text;
  } texts[] = {{&config->stdlib_dir, library}, {&config->program_name, L"python"},
               {&config->executable, L""},     {&config->base_executable, L""},
               {&config->prefix, L"/"},        {&config->exec_prefix, L"/"},
               {&config->base_prefix, L"/"},   {&config->base_exec_prefix, L"/"},
               {&config->platlibdir, L"lib"}};
  for (size_t i = 0; !PyStatus_Exception(status) && i < sizeof texts / sizeof texts[0]; i++)
    status = PyConfig_SetString(config, texts[i].field, texts[i].text);
  return status;
}

static PyStatus initialise(void) {
  PyPreConfig before;
  PyPreConfig_InitIsolatedConfig(&before);
  before.utf8_mode = 1;
  before.configure_locale = 0;
  PyStatus status = Py_PreInitialize(&before);
  if (PyStatus_Exception(status)) return status;
  PyConfig config;
  status = set_config(&config);
  if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  return status;
}

static int import_all(void) {
  for (size_t i = 0; i < sizeof preloaded / sizeof preloaded[0]; i++) {
    PyObject *module = PyImport_ImportModule(preloaded[i]);
    if (!module) return -1;
    Py_DECREF(module);
  }
  return 0;
}

static int find_entries(void) {
  PyObject *world = PyImport_ImportModule("_cloche_world");
  if (!world) return -1;
  start = PyObject_GetAttrString(world, "start");
  go_on = PyObject_GetAttrString(world, "go_on");
  reseed = PyObject_GetAttrString(world, "reseed");
  Py_DECREF(world);
  return start && go_on && reseed ? 0 : -1;
}

/* Tells the host the error that is set, and clears it. */
static void tell_error(void) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  struct host_error error = {0};
  const char *name = type ? ((PyTypeObject *)type)->tp_name : "SystemError";
  error.name = (struct host_slice){name, (uint32_t)strlen(name)};
  PyObject *text = value ? PyObject_Str(value) : NULL;
  Py_ssize_t len = 0;
  const char *message = text ? PyUnicode_AsUTF8AndSize(text, &len) : NULL;
  if (!message) PyErr_Clear();
  error.message = (struct host_slice){message ? message : "", (uint32_t)len};
  host_error(&error);
  Py_XDECREF(text);
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
}

/** Room for what stays there for good. */
void *EXPORT(cl_take)(uint32_t bytes) { return malloc(bytes); }

/** 0, or what has failed is told as the run's error. */
int32_t EXPORT(cl_boot)(void) {
  if (chdir("/home/user") != 0) return 1;
  if (PyImport_AppendInittab("_cloche", PyInit__cloche) != 0) return 1;
  PyStatus status = initialise();
  if (PyStatus_Exception(status)) {
    struct host_error error = {.name = {"boot", 4}};
    if (status.err_msg) error.message = (struct host_slice){status.err_msg, (uint32_t)strlen(status.err_msg)};
    host_error(&error);
    return 1;
  }
  if (import_all() == 0 && find_entries() == 0) return 0;
  tell_error();
  return 1;
}

/** The last of booting: what is there stays for good, and collections in cells need not look at it. */
int32_t EXPORT(cl_settle)(void) {
  PyGC_Collect();
  PyObject *gc = PyImport_ImportModule("gc"), *done = gc ? PyObject_CallMethod(gc, "freeze", NULL) : NULL;
  Py_XDECREF(gc);
  Py_XDECREF(done);
  if (done) return 0;
  tell_error();
  return 1;
}

/** Does what Ctrl-C does; the image builder finds by it which words of the memory that changes. */
void EXPORT(cl_interrupt)(void) { PyErr_SetInterrupt(); }
/** Whether there was an interrupt, of which then nothing is left. */
int32_t EXPORT(cl_was_interrupted)(void) {
  if (PyErr_CheckSignals() == 0) return 0;
  PyErr_Clear();
  return 1;
}

/* ---- a run */

/* True: the run has ended. */
static int32_t enter(PyObject *function) {
  PyObject *done = PyObject_CallNoArgs(function);
  int ended = done ? PyObject_IsTrue(done) : -1;
  Py_XDECREF(done);
  if (ended >= 0) return ended;
  tell_error();
  return 1;
}

/* Archives that the host gave since the last run go to the end of the import path. False: no memory. */
static int add_path_entries(void) {
  PyObject *path = PySys_GetObject("path"); /* borrowed */
  for (const char *entry; (entry = cl_vfs_path_entry()) != NULL;) {
    PyObject *text = PyUnicode_DecodeFSDefault(entry);
    int failed = !text || !path || !PyList_Check(path) || PyList_Append(path, text) != 0;
    Py_XDECREF(text);
    if (failed) return 0;
  }
  return 1;
}

int32_t EXPORT(cl_start)(void) {
  if (add_path_entries()) return enter(start);
  tell_error();
  return 1;
}
int32_t EXPORT(cl_go_on)(void) { return enter(go_on); }

void EXPORT(cl_reseed)(void) {
  PyObject *done = PyObject_CallNoArgs(reseed);
  if (!done) PyErr_Clear(); /* no memory: the run will find out */
  Py_XDECREF(done);
}
