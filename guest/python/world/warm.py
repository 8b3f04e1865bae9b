"""Runs before the image is written, so that cells need not do again what Python does once: CPython rewrites the code of
functions that are called often, for the types it meets. Such a page, written by every fresh cell, would have to be copied
for each of them.

The host is a stand-in meanwhile. Afterwards nothing of these runs is left."""
import builtins
import linecache

import _cloche as host

from . import run, streams
from .loop import loop
from .tools import forget

TIMES = 20  # CPython looks at a function after eight calls
SOURCES = ("print(1 + 1)", "1 + 2", "x = [1, {'a': 2.5}, 'text', None]\nx", "def f(n):\n    return n + 1\nf(2)",
           "import asyncio\nawait asyncio.sleep(0)", "x = tools.tool(a=1)\nx", "def f():\n    return tools.tool(1)\nf()",
           "import asyncio\nawait asyncio.gather(*[tools.tool(i) for i in range(3)])",
           "import asyncio\nasync def main():\n    return await tools.tool()\nasyncio.run(main())", "1 / 0", "x = (", "exit(1)",
           "display([{'a': 1}])")


class StandIn:
    """What the module _cloche does for a run, without a host."""

    def __init__(self):
        self.text = ""
        self.last = 0
        self.answers = []
        self.kept = {name: getattr(host, name) for name in vars(type(self)) if name[0] != "_" and name != "restore"}
        for name in self.kept:
            setattr(host, name, getattr(self, name))

    def restore(self):
        for name, function in self.kept.items():
            setattr(host, name, function)

    def source(self):
        return self.text, "main.py", "py", False, False

    def call(self, tool, argument):
        self.last += 1
        self.answers.append((self.last, True, '{"a":[1,2]}'))
        return self.last

    def next_answer(self):
        return self.answers.pop(0) if self.answers else None

    def context(self):
        return "{}"

    def limit(self, name):
        return 1 << 20

    def tool_count(self):
        return 1

    def tool(self, index):
        return "tool", False

    def module(self, name):
        return None

    def write(self, stream, text):
        pass

    def value(self, text, shown):
        pass

    def error(self, name, message, stack, code, data, line, column, source):
        pass

    def exit(self, code):
        pass

    def display(self, mime, text, is_base64):
        pass

    def timer(self, due, count):
        pass

    def wait(self, call):
        pass


def warm():
    first = dict(run.names)
    known = dict(vars(builtins))
    stand_in = StandIn()
    try:
        for text in SOURCES:
            for _ in range(TIMES):
                stand_in.text = text
                done = run.start()
                while not done:
                    done = run.go_on()
    finally:
        stand_in.restore()
    run.names.clear()
    run.names.update(first)
    vars(builtins).update(known)
    for name in run.sources:
        linecache.cache.pop(name, None)
    run.sources.clear()
    run.run.places.clear()
    run.run.name = run.run.main = run.run.value = run.run.stage = None
    forget()
    loop.clear()
    streams.finish()
