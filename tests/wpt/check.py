#!/usr/bin/env python3
"""Tests the runner itself on the small files of sample/. usage: check.py BUILD_DIR"""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
results = {"passed": 0, "failed": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAIL {name}: {detail}")


def run(build, docs, *paths):
    command = [sys.executable, HERE / "run.py", "--program", pathlib.Path(build) / "cloche", "--docs", docs, HERE / "sample", *paths]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def main():
    build = sys.argv[1]
    with tempfile.TemporaryDirectory() as scratch:
        docs = pathlib.Path(scratch) / "WPT.md"
        good = run(build, docs)
        check("good files pass", good.returncode == 0 and good.stdout.endswith("\n21 passed, 0 failed, 0 skipped\n"),
              good.stdout + good.stderr)
        text = docs.read_text() if docs.exists() else ""
        check("the document has the rate", "21 of 21 tests passed (100.00 %)" in text, text)
        check("the document has each file", all(f"| {name}.any.js |" in text for name in
                                                ("url/parse", "url/setters", "url/params", "encoding/decode")), text)
        bad = run(build, docs, "runner/fails.any.js")
        check("bad files fail", bad.returncode == 1 and bad.stdout.endswith("\n1 passed, 11 failed, 0 skipped\n"),
              bad.stdout + bad.stderr)
        dead = run(build, "-", "runner/dies.any.js")
        check("a file that dies is a failure", dead.returncode == 1 and "0 passed, 1 failed" in dead.stdout and
              "document" in dead.stdout, dead.stdout)
        none = run(build, "-", "nothing")
        check("a path that is not there", none.returncode == 1 and "no nothing" in none.stderr, none.stderr)
    print(f"{results['passed']} passed, {results['failed']} failed, 0 skipped")
    sys.exit(results["failed"] > 0)


if __name__ == "__main__":
    main()
