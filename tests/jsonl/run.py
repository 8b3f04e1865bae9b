#!/usr/bin/env python3
"""Tests `cloche jsonl`, jsrunner and pyrunner of a build.

usage: run.py [--no-jail] BUILD_DIR [NAME...]        (NAME: only the tests whose names contain it)

Guests run in workers; with --no-jail in the program's own process. Tests are the functions test_* of the modules contract, plain, full and jail beside this file. One that the build cannot run
raises Skip. Ends with one line "N passed, N failed, N skipped"."""
import concurrent.futures
import importlib
import inspect
import pathlib
import subprocess
import sys
import tempfile
import traceback

from build import Build, Skip

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import nojail  # noqa: E402

MODULES = ["contract", "plain", "full", "jail"]


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
    words = [word for word in sys.argv[1:] if word != "--no-jail"]
    if not words:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="cloche-bin-") as folder:
        if "--no-jail" in sys.argv:
            words[0] = nojail.wrap(pathlib.Path(words[0], "cloche"), folder).parent
        sys.exit(run_all(Build(words[0], "--no-jail" not in sys.argv), list(collect(words[1:]))))


def run_all(build, tests):
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for (label, _), (how, text) in zip(tests, pool.map(lambda test: execute(test[1], build), tests)):
            counts[how] += 1
            if how == "failed":
                print(f"FAILED {label}\n{text}")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    main()
