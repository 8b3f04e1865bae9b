#!/usr/bin/env python3
"""Tests `cloche jsonl`, jsrunner and pyrunner of a build.

usage: run.py BUILD_DIR [NAME...]        (NAME: only the tests whose names contain it)

Tests are the functions test_* of the modules contract, plain and full beside this file. One that the build cannot run
raises Skip. Ends with one line "N passed, N failed, N skipped"."""
import concurrent.futures
import importlib
import inspect
import pathlib
import subprocess
import sys
import traceback

from build import Build, Skip

MODULES = ["contract", "plain", "full"]


def collect(wanted):
    for name in MODULES:
        if not (pathlib.Path(__file__).parent / f"{name}.py").exists():
            continue
        module = importlib.import_module(name)
        for test, function in inspect.getmembers(module, inspect.isfunction):
            label = f"{name}.{test}"
            if test.startswith("test_") and (not wanted or any(word in label for word in wanted)):
                yield label, function


def execute(function, build):
    try:
        function(build)
    except Skip as why:
        return "skipped", str(why)
    except (Exception, subprocess.TimeoutExpired):  # whatever a test stumbles over is its failure
        return "failed", traceback.format_exc(limit=-3)
    return "passed", ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = Build(sys.argv[1])
    tests = list(collect(sys.argv[2:]))
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for (label, _), (how, text) in zip(tests, pool.map(lambda test: execute(test[1], build), tests)):
            counts[how] += 1
            if how == "failed":
                print(f"FAILED {label}\n{text}")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
