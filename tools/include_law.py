#!/usr/bin/env python3
"""Checks the include law over the #include lines of the sources (docs/ARCHITECTURE.md).

usage: include_law.py [FOLDER]        (FOLDER: the root of the sources; this one by default)

A quoted include must name a public header, a header of the same folder, or one that the folder may use. One line for
each file that breaks the law; the last line is "N passed, N failed, N skipped" (files).
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
SOURCES = {".c", ".h", ".S"}
PUBLIC = {"cloche.h", "cloche_pool.h"}
CORE = "src/core"
# Folder: what it may include beside the public headers and its own. The longest name that fits counts.
LAW = {
    "include": [],
    CORE: ["quickjs.h", "python.h"],  # generated
    "src/worker": ["remote.h"],  # the one header of core's that is for others
    "src/worker/jailed": ["src/worker", "src/worker/jailed/filter", "jail_filter.h", "remote.h"],
    "src/worker/jailed/filter": [],
    "src/cli": ["src/worker"],
    "examples": [],
    "guest/image": [CORE],
    "guest/python": [],
    "tests/unit": [CORE, "src/worker", "guest/python"],
    "tests/hostile": [],
    "tests/drill": ["src/worker", "src/worker/jailed", "src/worker/jailed/filter"],
    "tests/faults": [],
    "tests/soak": [],
    "tests/wire": ["src/worker"],
    "tests": [],
    "bench": [CORE, "src/worker", "src/worker/jailed"],
    "fuzz": [CORE, "src/worker", "guest/python"],
    "tools": [CORE],
}
# Outside of the library and what measures it, nobody needs to know these.
ANGLE_ONLY_IN = {"wasm-rt.h": {CORE}, "sodium.h": {CORE, "src/cli", "src/worker", "tests/unit", "fuzz"}, "ucontext.h": {CORE}, "uv.h": {"src/cli", "examples", "bench"}}


def folder_of(path):
    fits = [folder for folder in LAW if path.startswith(folder + "/")]
    return max(fits, key=len) if fits else None


def headers_of(root, folder):
    return {path.name for path in (root / folder).glob("*.h")}


def check(root, path, folder):
    allowed = headers_of(root, folder) | PUBLIC
    for more in LAW[folder]:
        allowed |= {more} if more.endswith(".h") else headers_of(root, more)
    broken = []
    for kind, name in INCLUDE.findall((root / path).read_text(encoding="utf-8")):
        if kind == '"' and name not in allowed:
            broken.append(f'{path}: "{name}" is not for {folder}')
        if kind == "<" and name in ANGLE_ONLY_IN and folder not in ANGLE_ONLY_IN[name]:
            broken.append(f"{path}: <{name}> is not for {folder}")
        if kind == "<" and name not in PUBLIC | {"limits.h"} and name in headers_of(root, CORE):
            broken.append(f"{path}: <{name}> is a header of {CORE}; libc has none of that name")
    return broken


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    passed = failed = 0
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        top = path.split("/", 1)[0]
        if file.suffix not in SOURCES or top.startswith(("build", ".")) or "node_modules" in path:
            continue
        folder = folder_of(path)
        broken = [f"{path}: stands in a folder that the law does not know"] if folder is None else check(root, path, folder)
        for line in broken:
            print(line)
        passed, failed = passed + (not broken), failed + bool(broken)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
