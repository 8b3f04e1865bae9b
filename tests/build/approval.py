#!/usr/bin/env python3
"""Runs examples/approval.sh in every language that the build has.

usage: approval.py BUILD_DIR        Ends with one line "N passed, N failed, N skipped"."""
import pathlib
import subprocess
import sys

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "approval.sh"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cloche = pathlib.Path(sys.argv[1], "cloche").resolve()
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for language in "js", "py":
        if subprocess.run([cloche, "run", "--lang", language, "-e", "1"], capture_output=True).returncode != 0:
            count["skipped"] += 1
            continue
        done = subprocess.run([EXAMPLE, cloche, language], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
        fine = done.returncode == 0 and "paid" in done.stdout
        count["passed" if fine else "failed"] += 1
        if not fine:
            print(f"FAILED {language}: {done}")
    print(", ".join(f"{number} {word}" for word, number in count.items()))
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
