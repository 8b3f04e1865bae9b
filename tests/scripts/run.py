#!/usr/bin/env python3
"""Runs the corpus: scripts as a language model writes them, each with the value that Node gives.

usage: run.py BUILD_FOLDER [FILTER]      FILTER is a part of file names

corpus.py says how a script tells what it expects. The last line is always "N passed, N failed, N skipped".
"""

import concurrent.futures
import json
import pathlib
import subprocess
import sys

import corpus

JOBS = 2
SECONDS = 60


def command(cloche, script):
    line = [cloche, "run", "--json"]
    for name in script.tools:
        line += ["--tool", f"{name}='{sys.executable}' -S -E '{corpus.HERE / 'tools.py'}' {name}"]
    for name, file in script.modules:
        line += ["--module", f"{name}={corpus.HERE / 'modules' / file}"]
    if script.context:
        line += ["--context", corpus.HERE / "files" / script.context]
    return line + [script.path]


def judge(cloche, script):
    """What is wrong with a script's run; '' if nothing."""
    try:
        done = subprocess.run(command(cloche, script), capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"no end within {SECONDS} s"
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return f"exit code {done.returncode} and no report: {done.stderr.decode('utf-8', 'replace').strip()}"
    status = "error" if script.one("expect-error") is not None else "ok"
    if report["status"] != status:
        error = report.get("error", {})
        where = f" at {error['line']}:{error['column']}" if "line" in error else ""
        return f"status {report['status']}, {error.get('name')}: {error.get('message')}{where}"
    report["output"] = [item["content"] for item in report["output"]]
    return script.wrong_with(report)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    cloche = pathlib.Path(sys.argv[1], "cloche").resolve()
    if not cloche.exists():
        sys.exit(f"run.py: there is no {cloche}")
    chosen = corpus.scripts(*sys.argv[2:])
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for script, trouble in zip(chosen, pool.map(lambda script: judge(cloche, script), chosen)):
            if trouble:
                failed += 1
                print(f"FAILED {script.path.name}: {trouble}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
