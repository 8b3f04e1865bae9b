#!/usr/bin/env python3
"""Looks for functions that this project does not use.

usage: banned.py [FOLDER]        (FOLDER: the root of the sources; this one by default)

Comments and strings do not count. The last line is "N passed, N failed, N skipped" (files).
"""

import pathlib
import re
import sys

# what to use instead
EVERYWHERE = {
    "strcpy": "memcpy with a length", "strcat": "snprintf or cl_buf", "sprintf": "snprintf", "vsprintf": "vsnprintf",
    "gets": "fgets", "strtok": "strtok_r or a parser", "alloca": "malloc with a maximum", "setjmp": "early return",
    "longjmp": "early return", "sigsetjmp": "a fiber", "siglongjmp": "cl_fiber_leave", "tmpnam": "mkstemp", "mktemp": "mkstemp",
}
IN_SRC = {
    "atoi": "strtol or cloche_limits_set", "atol": "strtol", "atof": "strtod", "system": "uv_spawn", "popen": "uv_spawn",
    "signal": "sigaction", "rand": "cl_random_next", "srand": "cl_random_next", "localtime": "nothing: times are UTC",
    "gmtime": "gmtime_r", "asctime": "strftime", "getenv": "an option", "setlocale": "nothing",
}
IN_CORE = {"printf": "a cloche_error", "fprintf": "a cloche_error", "puts": "a cloche_error", "perror": "a cloche_error", "exit": "a cloche_status"}
# Reviewed uses: file, function.
# The test plays an embedder who leaves a fault of his own by a jump.
ALLOWED = {("src/cli/main.c", "signal"), ("src/cli/colours.c", "getenv"), ("src/cli/repl_history.c", "getenv"),
           ("tests/unit/misuse.c", "sigsetjmp"), ("tests/unit/misuse.c", "siglongjmp")}

NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
CALL = re.compile(r"(?<![\w.>])([a-z_0-9]+)[ \t]*\(")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def rules_for(path):
    rules = dict(EVERYWHERE)
    if path.startswith("src/"):
        rules.update(IN_SRC)
    if path.startswith("src/core/"):
        rules.update(IN_CORE)
    return rules


def check(path, text):
    rules, found = rules_for(path), []
    clean = NOISE.sub(blank, text)
    for match in CALL.finditer(clean):
        name = match.group(1)
        if name in rules and (path, name) not in ALLOWED:
            line = clean.count("\n", 0, match.start()) + 1
            found.append(f"{path}:{line}: {name} is banned; use {rules[name]}")
    return found


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    passed = failed = 0
    for file in sorted(root.rglob("*.[ch]")):
        path = file.relative_to(root).as_posix()
        if path.split("/", 1)[0].startswith(("build", ".")) or "node_modules" in path:
            continue
        found = check(path, file.read_text(encoding="utf-8"))
        for line in found:
            print(line)
        passed, failed = passed + (not found), failed + bool(found)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
