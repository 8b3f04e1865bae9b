#!/usr/bin/env python3
"""Measures programs from exec to exit: `cloche run hello.js` and `hello.ts` beside Node and `true`, in turns in the same run.

usage: start.py [--json] [--rounds N] PROGRAM        (PROGRAM: the built cloche)

Each round starts every program once; the time includes the fork of the measuring process, which `true` shows. --json prints
lines for report.py."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = "console.log('hello');\n"
TYPED = "const greeting: string = 'hello';\nconsole.log(greeting satisfies string);\n"
TARGETS = {"hello.js": 8000, "hello.ts": 20000}


def took(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    end = time.perf_counter()
    if done.returncode != 0 or done.stdout not in (b"hello\n", b""):
        sys.exit(f"start.py: {command[0]} said {done.stdout[-300:]!r}")
    return (end - start) * 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("program")
    args = parser.parse_args()
    program = os.path.abspath(shutil.which(args.program) or args.program)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        pathlib.Path("hello.js").write_text(SOURCE, encoding="utf-8")
        pathlib.Path("hello.ts").write_text(TYPED, encoding="utf-8")
        commands = {("hello.js", "cloche"): [program, "run", "hello.js"], ("hello.ts", "cloche"): [program, "run", "hello.ts"],
                    ("hello.js", "true"): ["true"], ("hello.ts", "true"): ["true"]}
        if shutil.which("node"):
            commands["hello.js", "node"] = ["node", "hello.js"]
        times = {key: [] for key in commands}
        for _ in range(args.rounds):
            for key, command in commands.items():
                times[key].append(took(command))
    for (name, peer), samples in times.items():
        samples.sort()
        line = {"bench": f"start/{name}", "peer": peer, "unit": "us", "median": samples[len(samples) // 2], "p99": samples[-1],
                "min": samples[0], "max": samples[-1], "n": len(samples)}
        if peer == "cloche":
            line |= {"kind": "absolute", "target": f"≤ {TARGETS[name] // 1000} ms", "target_us": TARGETS[name]}
        print(json.dumps(line) if args.json else f"{name} {peer:8} {line['median'] / 1000:8.2f} ms  ({line['min'] / 1000:.2f} .. {line['max'] / 1000:.2f})")


if __name__ == "__main__":
    main()
