#!/usr/bin/env python3
"""Checks that what programs write of the pages is as checked in: ERRORS.md, LIMITS.md, API.md, POOL_API.md; the tables of
JAIL.md.

usage: generated.py BUILD_DIR

The last line is "N passed, N failed, N skipped".
"""

import difflib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("ERRORS.md", "LIMITS.md", "API.md", "POOL_API.md")


# Parts of pages: page, marks, the program in the build folder and its arguments; what is not built is skipped.
PARTS = (("JAIL.md", "calls", "make_filter", "page"), ("JAIL.md", "drills", "tests/drill_jail", "--page"))


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines(keepends=True) if path.is_file() else []


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    failed = 0
    with tempfile.TemporaryDirectory() as fresh:
        docgen = pathlib.Path(sys.argv[1], "docgen")
        done = subprocess.run([docgen, fresh, ROOT / "include" / "cloche.h"])
        if done.returncode != 0:
            print(f"0 passed, {len(PAGES)} failed, 0 skipped")
            return 1
        for page in PAGES:
            have, want = lines_of(ROOT / "docs" / page), lines_of(pathlib.Path(fresh, page))
            if have == want:
                continue
            failed += 1
            sys.stdout.writelines(list(difflib.unified_diff(have, want, f"docs/{page}", "what docgen makes; run `make docs`"))[:60])
    skipped = 0
    for page, marks, program, *arguments in PARTS:
        program = pathlib.Path(sys.argv[1], program).resolve()
        if not program.exists():
            skipped += 1
            continue
        done = subprocess.run([ROOT / "tools" / "fill.py", "--check", ROOT / "docs" / page, marks, program, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            failed += 1
            sys.stdout.write(done.stdout + done.stderr)
    print(f"{len(PAGES) + len(PARTS) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
