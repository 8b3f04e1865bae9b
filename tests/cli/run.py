#!/usr/bin/env python3
"""Runs the tests of the program. usage: run.py [--accept] [--no-jail] [--only TEXT] CLOCHE_BINARY

A case is NAME.cmd, shell lines that run in a fresh copy of data/ with `cloche` and `python3` on the PATH. What they
print must be NAME.stdout to the byte, what they say on stderr NAME.stderr (where there is that file), and they must
exit with what NAME.rc says. A case that cannot be run here exits with 77. Guests run in workers; with --no-jail in the
program's own process, where cases called jail-* are left out. --accept writes down what came out instead; read the difference
before you commit it."""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import nojail  # noqa: E402

SKIPPED = 77
SECONDS = 30


def text(data):
    return data.decode("utf-8", "backslashreplace").splitlines()


def difference(name, expected, got):
    lines = difflib.unified_diff(text(expected), text(got), f"{name}, expected", f"{name}, got", lineterm="")
    return "\n".join(lines) or f"{name}: other line ends, or no line end at the end of the file"


def execute(case, bin_dir):
    with tempfile.TemporaryDirectory(prefix="cloche-test-") as folder:
        cwd = pathlib.Path(folder, "data")
        shutil.copytree(HERE / "data", cwd)
        env = {"PATH": f"{bin_dir}:/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8",
               "TZ": "UTC", "EXAMPLES": str(HERE.parents[1] / "examples")}
        child = subprocess.Popen(["sh", str(case)], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = child.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            return None
        return out, err, child.returncode


def accept(case, result):
    out, err, code = result
    case.with_suffix(".stdout").write_bytes(out)
    case.with_suffix(".rc").write_text(f"{code}\n")
    if case.with_suffix(".stderr").exists():
        case.with_suffix(".stderr").write_bytes(err)


def judge(case, result):
    """What is wrong with a case; nothing if it is fine."""
    if result is None:
        return [f"it did not end within {SECONDS} s"]
    out, err, code = result
    problems = []
    expected_code = int(case.with_suffix(".rc").read_text())
    if code != expected_code:
        problems.append(f"exit code {code}, expected {expected_code}")
    for name, got in ("stdout", out), ("stderr", err):
        path = case.with_suffix("." + name)
        if path.exists() and path.read_bytes() != got:
            problems.append(difference(name, path.read_bytes(), got))
    if problems and not case.with_suffix(".stderr").exists() and err:
        problems.append("stderr was:\n" + "\n".join(text(err)))
    return problems


def make_bin_dir(folder, binary, no_jail):
    bin_dir = pathlib.Path(folder)
    if no_jail:
        nojail.wrap(binary, bin_dir)
    else:
        (bin_dir / "cloche").symlink_to(pathlib.Path(binary).resolve())
    (bin_dir / "python3").symlink_to(sys.executable)
    return bin_dir


def main():
    parser = argparse.ArgumentParser(usage=__doc__.splitlines()[0].split("usage: ")[1])
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--no-jail", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("binary")
    options = parser.parse_args()
    cases = sorted(case for case in HERE.glob("*.cmd") if options.only in case.stem and not (options.no_jail and case.stem.startswith("jail-")))
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="cloche-bin-") as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
        bin_dir = make_bin_dir(folder, options.binary, options.no_jail)
        results = pool.map(lambda case: execute(case, bin_dir), cases)
        for case, result in zip(cases, results):
            if result and result[2] == SKIPPED:
                skipped += 1
                continue
            if options.accept and result:
                accept(case, result)
            problems = judge(case, result)
            passed += not problems
            failed += bool(problems)
            if problems:
                print(f"FAILED {case.stem}", *problems, "", sep="\n")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
