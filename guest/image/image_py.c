/* The image of Python: boots CPython with its standard library and the bootstrap, which come as one packed blob
 * (guest/image/pack_python.py), and finds the words that Ctrl-C sets. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "image.h"
#include "py_engine.h"

/* The words of memory that an interrupt sets from 0 to 1, below the guest's stack excepted; their number. */
static int find_interrupt_words(cloche_cell *cell, cl_image_globals *globals) {
  py_engine *q = cell->instance;
  size_t bytes = cell->slot.bytes;
  uint8_t *before = malloc(bytes);
  int found = 0;
  if (!before) return 0;
  memcpy(before, cell->slot.base, bytes);
  PY(cl_interrupt)(q);
  for (size_t at = *PY(__stack_pointer)(q); at < bytes; at += 4) {
    uint32_t old, now;
    memcpy(&old, before + at, 4);
    memcpy(&now, cell->slot.base + at, 4);
    if (old == now) continue;
    if (old != 0 || now != 1 || found == PY_INTERRUPT_WORDS) found = CL_IMAGE_ENTRIES; /* not what it should be */
    else globals->entries[found++] = at;
  }
  free(before);
  return PY(cl_was_interrupted)(q) ? found : 0;
}

static const char *boot(cloche_cell *cell, const uint8_t *input, size_t len, cl_image_globals *globals) {
  py_engine *q = cell->instance;
  Z_python_init_module();
  Z_python_instantiate(q, (struct PY_HOST_T *)(void *)cell);
  PY(_initialize)(q);
  uint32_t at = PY(cl_take)(q, (uint32_t)len);
  uint8_t *to = at ? cl_guest_space(cell, (cl_guest_ptr){at}, len) : NULL;
  if (!to) return "no room for the library";
  memcpy(to, input, len);
  if (PY(cl_vfs_stdlib)(q, at, (uint32_t)len) != 0) return "the packed library is none";
  if (PY(cl_boot)(q) != 0) return "the bootstrap failed";
  if (find_interrupt_words(cell, globals) != PY_INTERRUPT_WORDS) return "the words of an interrupt were not found";
  if (PY(cl_settle)(q) != 0) return "the heap could not be settled";
  globals->stack_pointer = *PY(__stack_pointer)(q);
  memset(cell->slot.base, 0, globals->stack_pointer); /* what booting left on the guest's stack */
  return NULL;
}

static const char *const warm_ups[] = {
    "print(1+1)",
    "1 + 2",
    "import json\njson.dumps({'a': [1, 2, {'b': 3}]})",
    "def f(x):\n    return x * 2\n\nsum(f(i) for i in range(100))",
    "words = 'a b a c'.split()\ncounts = {}\nfor w in words:\n    counts[w] = counts.get(w, 0) + 1\ncounts",
    "class A:\n    def __init__(self, x):\n        self.x = x\n\n    @property\n    def y(self):\n        return self.x + 1\n\nA(4).y",
    "import re\nre.findall(r'\\d+', 'a1b22')",
    "try:\n    None.x\nexcept AttributeError as e:\n    print(e)",
    "xs = sorted([3, 1, 2], reverse=True)\nprint(f'{xs!r} {len(xs):>3}')\n{'n': xs}",
    "import math\n[math.sqrt(x) for x in range(5)]",
    NULL,
};

const image_maker image_maker_python = {.language = &cl_language_python, .boot = boot, .warm_ups = warm_ups, .odd = 3};
