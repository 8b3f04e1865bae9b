#!/usr/bin/env python3
"""Runs the tests of the guest's world. usage: run.py BUILD_FOLDER [GROUP|GROUP/NAME...]
       run.py --record GROUP/NAME...   writes down what Node prints

A case is GROUP/NAME.js with what it prints on stdout, to the byte, in NAME.out. A file whose first line begins with
"// ours:" says there why Node cannot be asked; its expectation is written by hand, and --record refuses it. The name may
also end in .mjs or .ts. A NAME.args holds further options of `cloche run`, split as a shell splits words."""
import concurrent.futures
import difflib
import os
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 60
SUFFIXES = (".js", ".mjs", ".ts")


def find(wanted):
    """The cases of the groups or names that are wanted, or all; a wanted one that is not there is an error."""
    cases = sorted(path for suffix in SUFFIXES for path in HERE.glob("*/*" + suffix))
    if not wanted:
        return cases
    chosen = []
    for name in wanted:
        matching = [case for case in cases if name.rstrip("/") in (case.parent.name, label(case))]
        if not matching:
            sys.exit(f"run.py: there is no group or case {name}")
        chosen += matching
    return sorted(set(chosen))


def label(case):
    return f"{case.parent.name}/{case.stem}"


def is_ours(case):
    with case.open(encoding="utf-8") as file:
        return file.readline().startswith("// ours:")


def execute(command, case):
    """What a command prints for a case; None if it hangs. Its stderr is for people."""
    env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    try:
        return subprocess.run(command + [case.name], cwd=case.parent, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None


def record(cases):
    for case in cases:
        if is_ours(case):
            sys.exit(f"run.py: {label(case)} is ours, its expectation is written by hand")
        done = execute(["node"], case)
        if done is None or done.returncode != 0:
            sys.exit(f"run.py: node fails on {label(case)}\n{done.stderr.decode() if done else 'no end'}")
        case.with_suffix(".out").write_bytes(done.stdout)
    print(f"{len(cases)} recorded")


def judge(case, done):
    """What is wrong with a case; nothing if it is fine."""
    expected_file = case.with_suffix(".out")
    if not expected_file.exists():
        return f"there is no {expected_file.name}; --record writes one"
    expected = expected_file.read_bytes()
    if not expected:
        return f"{expected_file.name} is empty: the case cannot fail"
    if done is None:
        return f"no end within {SECONDS} s"
    if done.stdout == expected and done.returncode == 0:
        return None
    lines = difflib.unified_diff(expected.decode("utf-8", "backslashreplace").split("\n"),
                                 done.stdout.decode("utf-8", "backslashreplace").split("\n"), "expected", "got", n=1, lineterm="")
    return "\n".join([f"exit code {done.returncode}", *lines, done.stderr.decode("utf-8", "backslashreplace")])


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.exit(__doc__)
    if arguments[0] == "--record":
        if len(arguments) == 1:
            sys.exit(__doc__)
        return record(find(arguments[1:]))
    program = pathlib.Path(arguments[0], "cloche").resolve()
    cases = find(arguments[1:])

    def run(case):
        extra = case.with_suffix(".args")
        return execute([str(program), "run", *(shlex.split(extra.read_text()) if extra.exists() else [])], case)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for case, done in zip(cases, pool.map(run, cases)):
            problem = judge(case, done)
            if problem:
                failed += 1
                print(f"FAILED {label(case)}: {problem}")
    print(f"{len(cases) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
