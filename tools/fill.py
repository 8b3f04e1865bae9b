#!/usr/bin/env python3
"""Puts the output of a command between two marks of a page, or checks that it is there.

usage: fill.py [--check] PAGE NAME COMMAND...        (the marks: <!-- NAME --> and <!-- /NAME -->)

With --check the last line is "1 passed, 0 failed, 0 skipped", or what differs and the other way round.
"""

import difflib
import pathlib
import subprocess
import sys


def main():
    arguments = sys.argv[1:]
    check = arguments[:1] == ["--check"]
    if check:
        arguments = arguments[1:]
    if len(arguments) < 3:
        sys.exit(__doc__)
    page, name, command = pathlib.Path(arguments[0]), arguments[1], arguments[2:]
    have = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    head, found, rest = have.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        sys.exit(f"fill.py: {page} has no marks {begin.strip()} and {end}")
    made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    want = head + begin + "\n" + made + "\n" + end + tail
    if not check:
        page.write_text(want, encoding="utf-8")
        return 0
    sys.stdout.writelines(list(difflib.unified_diff(have.splitlines(True), want.splitlines(True), str(page), " ".join(command)))[:60])
    print("1 passed, 0 failed, 0 skipped" if have == want else "0 passed, 1 failed, 0 skipped")
    return 0 if have == want else 1


if __name__ == "__main__":
    sys.exit(main())
