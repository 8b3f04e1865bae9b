#!/usr/bin/env python3
"""Runs the test executables that CMake listed, and adds up cmocka's accounts of their test cases.

usage: run.py BUILD_DIR [GROUP...]

Prints what each executable prints only where something failed. The last line is always
"N passed, N failed, N skipped"; the exit code is 1 when a test failed, crashed or hung.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys


def count(output):
    """Counts test cases by their lines. One that was begun and has no outcome took the process down: it failed."""
    passed = failed = skipped = 0
    running = None
    summary = False
    for line in output.splitlines():
        if line.startswith("[==========]"):
            if running is not None:
                failed, running = failed + 1, None
            summary = line.endswith("test(s) run.")
        if line.startswith("[  FAILED  ] GROUP"):
            failed += 1
        if summary:
            continue
        if line.startswith("[ RUN      ] "):
            failed += running is not None
            running = line[13:]
        elif running is not None and line.startswith("[       OK ] " + running):
            passed, running = passed + 1, None
        elif running is not None and line.startswith("[  FAILED  ] " + running):
            failed, running = failed + 1, None
        elif running is not None and line.startswith("[  SKIPPED ] " + running):
            skipped, running = skipped + 1, None
    return passed, failed + (running is not None), skipped


def run(path, seconds):
    """Runs one executable; gives its output and what was wrong with how it ended, if anything."""
    try:
        done = subprocess.run([path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=seconds)
    except subprocess.TimeoutExpired as hang:
        return (hang.stdout or b"").decode("utf-8", "replace"), f"no end within {seconds} s"
    except OSError as error:
        return "", str(error)
    output = done.stdout.decode("utf-8", "replace")
    if done.returncode < 0:
        return output, f"killed by signal {-done.returncode}"
    return output, f"exit code {done.returncode}" if done.returncode else None


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    listed = [line.split("\t") for line in pathlib.Path(sys.argv[1], "tests", "list.txt").read_text().splitlines() if line]
    wanted = sys.argv[2:]
    unknown = set(wanted) - {group for group, _, _ in listed}
    if unknown:
        sys.exit(f"run.py: no such group: {', '.join(sorted(unknown))}")
    total = [0, 0, 0]
    chosen = [(group, int(seconds), path) for group, seconds, path in listed if not wanted or group in wanted]
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)
    pending = [(group, pool.submit(run, path, seconds)) for group, seconds, path in chosen]
    for group, future in pending:
        output, trouble = future.result()
        passed, failed, skipped = count(output)
        if trouble and failed == 0:
            failed = 1
        if failed:
            print(output, end="" if output.endswith("\n") else "\n")
        print(f"{group}: {passed} passed, {failed} failed, {skipped} skipped" + (f" ({trouble})" if trouble else ""), flush=True)
        total = [a + b for a, b in zip(total, (passed, failed, skipped))]
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
