"""The program under its names, told to run guests in its own process: for suites that are run both ways."""
import pathlib

CLOCHE = """#!/bin/sh
case ${1:-} in
  run | repl | jsonl | resume | image) command=$1; shift; exec %(program)s "$command" --no-jail "$@" ;;
esac
exec %(program)s "$@"
"""
RUNNER = """#!/bin/sh
exec %(program)s -no-jail "$@"
"""


def wrap(cloche, folder):
    """Makes `folder`/cloche, jsrunner and pyrunner of the program's path; gives the first."""
    folder = pathlib.Path(folder)
    for name, text in ("cloche", CLOCHE), ("jsrunner", RUNNER), ("pyrunner", RUNNER):
        program = folder / name
        program.write_text(text % {"program": pathlib.Path(cloche).resolve().parent / name})
        program.chmod(0o755)
    return folder / "cloche"
