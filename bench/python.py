#!/usr/bin/env python3
"""Python programs in a cell, in native CPython 3.11 and in Pyodide under Node, in turns.

    python.py --json [--runs N] [--rounds N] CLOCHE PYODIDE_PACKAGE|-

A program of bench/python defines bench(), which gives a value that must be the same everywhere. Each peer runs the very
same text: the program, then a loop that times bench() by the language's own clock; so starting is not in it. Prints JSON
lines as report.py reads them; a peer that is not there is a line that says so.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TAIL = """

import json as _json
import time as _time

_times = []
for _ in range({runs}):
    _start = _time.perf_counter()
    _value = bench()
    _times.append(_time.perf_counter() - _start)
print(_json.dumps([_value, _times]))
"""


def measure(peer, command, text):
    """[value, seconds of each run]; None where the peer lacks a module that the program imports."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        if peer == "pyodide" and "ModuleNotFoundError" in done.stderr:
            return None
        sys.exit(f"python.py: {command[0]} failed: {done.stderr[-500:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def peers(args):
    yield "cloche", [args.cloche, "run", "--lang", "py", "--wall", "60s", "--cpu", "60s", "--memory", "256MiB", "-"]
    native = shutil.which("python3.11", path="/usr/bin:/usr/local/bin")
    if native:
        yield "python3.11", [native, "-"]
    else:
        print(json.dumps({"peer": "python3.11", "skipped": "not installed"}))
    node = shutil.which("node")
    if node and args.pyodide != "-" and (pathlib.Path(args.pyodide) / "pyodide.mjs").is_file():
        yield "pyodide", [node, str(HERE / "peers/pyodide.mjs"), args.pyodide]
    else:
        print(json.dumps({"peer": "pyodide", "skipped": "Node or the package is not installed"}))


def boots(args, commands):
    """From nothing to the output of print(1+1): a process of Cloche's, one of CPython's, and Pyodide's own boot in Node."""
    starts = {"cloche": [args.cloche, "run", "--lang", "py", "-e", "print(1+1)"]}
    if "python3.11" in commands:
        starts["python3.11"] = [commands["python3.11"][0], "-c", "print(1+1)"]
    times = {peer: [] for peer in starts}
    for _ in range(10 * args.rounds):
        for peer, command in starts.items():
            start = time.perf_counter()
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            times[peer].append(time.perf_counter() - start)
            if done.stdout != "2\n":
                sys.exit(f"python.py: {peer} printed {done.stdout!r}")
    if "pyodide" in commands:
        times["pyodide"] = [float(subprocess.run(commands["pyodide"], env={**os.environ, "BOOT": "1"}, capture_output=True, text=True,
                                                 timeout=120).stdout) for _ in range(args.rounds)]
    for peer, seconds in times.items():
        show("python-start/print", peer, seconds, {})


def show(bench, peer, seconds, more):
    print(json.dumps({"bench": bench, "peer": peer, "unit": "s", "median": statistics.median(seconds), "p99": max(seconds),
                      "min": min(seconds), "max": max(seconds), "n": len(seconds), "kind": "ratio", **more}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", required=True)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("cloche")
    parser.add_argument("pyodide")
    args = parser.parse_args()
    commands = dict(peers(args))
    for program in sorted((HERE / "python").glob("*.py")):
        text = program.read_text(encoding="utf-8") + TAIL.format(runs=args.runs)
        times, values = {peer: [] for peer in commands}, {}
        for round_number in range(args.rounds):
            order = list(commands.items())
            for peer, command in order if round_number % 2 == 0 else reversed(order):
                measured = measure(peer, command, text)
                if measured:
                    values[peer] = json.dumps(measured[0])
                    times[peer] += measured[1]
        if len(set(values.values())) > 1:
            sys.exit(f"python.py: {program.name}: different values: {values}")
        for peer, seconds in times.items():
            if not seconds:
                continue
            more = {"value": values[peer]}
            if peer == "cloche":
                more["target"] = "geomean ≤ 0.7× pyodide and ≤ 1.6× python3.11"
                more["ratio_targets"] = {"pyodide": 0.7, "python3.11": 1.6}
            show(f"python/{program.stem}", peer, seconds, more)
    boots(args, commands)


if __name__ == "__main__":
    main()
