#!/usr/bin/env python3
"""Tests cloche-worker of a build, as its supervisor sees it.

usage: run.py BUILD_DIR [NAME...]        (NAME: only the tests whose names contain it)

Tests are the functions test_* of the modules beside this file. One that the build cannot run raises Skip. Ends with one
line "N passed, N failed, N skipped"."""
import importlib
import inspect
import os
import pathlib
import signal
import subprocess
import sys
import traceback

import worker

MODULES = ["requests", "runs", "turns", "parking", "wrong"]


class Skip(Exception):
    """The build has not what the test needs."""


class Build:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.path = str(self.folder / "cloche-worker")
        engines = subprocess.run([self.folder / "cloche", "version", "--json"], capture_output=True, text=True, check=False)
        self.python = '"python"' in engines.stdout
        self.workers = []

    def start(self, *engines, **options):
        if "python" in engines and not self.python:
            raise Skip("no Python")
        made = worker.Worker(self.path, engines=engines or ("js",), **options)
        self.workers.append(made)
        return made

    def sweep(self):
        """Ends what a test has left."""
        for made in self.workers:
            if made.code is None:
                os.kill(made.pid, signal.SIGKILL)
                made.wait()
            made.ours.close()
        self.workers = []


def collect(wanted):
    for name in MODULES:
        module = importlib.import_module(f"cases_{name}")
        for test, function in inspect.getmembers(module, inspect.isfunction):
            label = f"{name}.{test}"
            if test.startswith("test_") and (not wanted or any(word in label for word in wanted)):
                yield label, function


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = Build(sys.argv[1])
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    for label, function in collect(sys.argv[2:]):
        try:
            function(build)
            how = "passed"
        except Skip:
            how = "skipped"
        except Exception:  # whatever a test stumbles over is its failure
            how = "failed"
            print(f"FAILED {label}\n{traceback.format_exc(limit=-3)}")
        for made in build.workers:
            if made.code not in (None, 0, 1) and how == "passed":
                how = "failed"
                print(f"FAILED {label}: the worker ended with {made.code}")
        build.sweep()
        counts[how] += 1
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    sys.exit(1 if counts["failed"] else 0)


if __name__ == "__main__":
    main()
