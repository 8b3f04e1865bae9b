#!/usr/bin/env python3
"""Runs the tests of the Python bootstrap outside of a cell, with the system's python3.11 and a scripted host (host.py).
usage: run.py [--cloche PROGRAM] [NAME...]

Three kinds. The cases of cases_*.py drive a session through the host and look at everything it was told. The programs in
programs/*.py print what stands in NAME.out. The examples of docs/PYTHON.md show their value. With --cloche, cases and
programs are run in cells as well, as the group "cell" (cell.py). NAME: a case, a program, or a file of cases without
"cases_" and ".py"."""
import argparse
import difflib
import importlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "PYTHON.md"
VERSION = (3, 11)
SECONDS = 30
SKIPPED = "skipped"


def other_python():
    """The bootstrap is for CPython 3.11: another Python than this one may have to run it."""
    for name in ("/usr/bin/python3.11", "python3.11"):
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", "pass"], capture_output=True).returncode == 0:
            return found
    return None


def in_child(function, *args):
    """Calls it in a process of its own; None if all is well, else what is wrong."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        text = ""
        try:
            import signal
            signal.alarm(SECONDS)
            function(*args)
        except BaseException as e:
            text = SKIPPED if str(e) == SKIPPED else f"{type(e).__name__}: {e}\n"
            where = e.__traceback__
            while where and text != SKIPPED:  # without the module traceback: a guest may have spoilt it
                text += f"  {where.tb_frame.f_code.co_filename}:{where.tb_lineno} {where.tb_frame.f_code.co_name}\n"
                where = where.tb_next
        os.write(writing, text.encode("utf-8", "replace")[:60000])
        os._exit(1 if text else 0)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as pipe:
        text = pipe.read()
    status = os.waitpid(child, 0)[1]
    return text or (f"ended with status {status}" if status else None)


def check_program(path):
    import host
    tools = {"double": lambda n: 2 * (n["n"] if isinstance(n, dict) else n), "echo": lambda a: None if a is host.NOTHING else a}
    report = host.Session(tools).run(path.read_text(encoding="utf-8"), path.name)
    compare(path, report.stdout, report.error and report.error["stack"])


def compare(path, printed, error):
    expected = path.with_suffix(".out").read_text(encoding="utf-8")
    assert expected, "the expectation is empty: the program cannot fail"
    if printed != expected or error:
        lines = difflib.unified_diff(expected.splitlines(), printed.splitlines(), "expected", "got", n=1, lineterm="")
        raise AssertionError("\n".join(lines) + f"\n{error or ''}")


def check_in_cell(path, program):
    command = [program, "run", "--lang", "py", "--tool", "echo=cat",
               "--tool", "double=python3 -c 'import json; n = json.loads(input()); print(2 * (n[\"n\"] if isinstance(n, dict) else n))'",
               path.name]
    done = subprocess.run(command, cwd=path.parent, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    compare(path, done.stdout.decode(), done.stderr.decode() if done.returncode else None)


def check_case_in_cell(function, program):
    import cell
    cell.PROGRAM = str(pathlib.Path(program).resolve())
    function.__globals__["Session"] = cell.Session
    try:
        function()
    except cell.Skip:
        raise SystemExit(SKIPPED) from None


def check_example(language, source, expected):
    import host
    tools = {"echo": lambda a: None if a is host.NOTHING else a}
    report = host.Session(tools).run(source, language=language)
    got = report.stdout + (report.json + "\n" if report.json is not None else "")
    assert got == expected, f"{got}{report.error or ''}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cloche")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if sys.version_info[:2] != VERSION:
        other = other_python()
        if not other or os.environ.get("PYTHON_CHOSEN"):
            print("there is no python3.11\n0 passed, 0 failed, 1 skipped")
            return 0
        os.environ["PYTHON_CHOSEN"] = "1"
        os.execv(other, [other, __file__, *sys.argv[1:]])
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE))
    checks = []
    for file in sorted(HERE.glob("cases_*.py")):
        group = file.stem.removeprefix("cases_")
        for name, function in vars(importlib.import_module(file.stem)).items():
            if name.startswith("test_"):
                checks.append((f"{group}/{name[5:]}", group, function, ()))
    for path in sorted((HERE / "programs").glob("*.py")):
        checks.append((f"programs/{path.stem}", "programs", check_program, (path,)))
        if options.cloche:
            checks.append((f"cell/{path.stem}", "cell", check_in_cell, (path, str(pathlib.Path(options.cloche).resolve()))))
    examples = re.findall(r"^```(py|sql) run.*\n((?:.*\n)*?)```\n```text\n((?:.*\n)*?)```$", PAGE.read_text(encoding="utf-8"), re.M)
    checks += [(f"page/{n}", "page", check_example, example) for n, example in enumerate(examples, 1)]
    if options.cloche and subprocess.run([options.cloche, "run", "--lang", "py", "-e", "1"], capture_output=True).returncode != 0:
        print("this cloche has no Python\n0 passed, 0 failed, 1 skipped")
        return 0
    if options.cloche:
        checks += [(f"cell/{name}", "cell", check_case_in_cell, (function, options.cloche)) for name, group, function, args in checks
                   if not args]
    passed = failed = skipped = 0
    for name, group, function, args in checks:
        if options.names and not {name, group, name.partition("/")[2]} & set(options.names):
            continue
        problem = in_child(function, *args)
        if problem == SKIPPED:
            skipped += 1
        elif problem:
            failed += 1
            print(f"FAILED {name}: {problem}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
