#!/usr/bin/env python3
"""make fuzz MINUTES=n: searches for inputs that break what reads bytes.

usage: run.py MINUTES [TARGET...]

Builds the targets with clang, libFuzzer, ASan and UBSan, runs each for its share of the minutes from its corpus on, as
many at a time as JOBS says (1), and prints a table:

  executions    of the target, and in a second        lines   of our own sources that it has reached, in percent
  edges         of our own code (libFuzzer's "cov")   new     inputs that reached something new
  features      these and how often, of libFuzzer     findings

New inputs stay in build-fuzz/found/TARGET, from where the next run goes on; what a target finds is a file beside it. The
engines' translated code is not instrumented. The last line is the total; the exit code is 1 when something was found.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build-fuzz"
FOUND = BUILD / "found"
OPTIONS = ["-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"]
OWN = ["src/core", "src/worker", "guest/python"]
ROW = "{:<12} {:>12} {:>8} {:>6} {:>9} {:>6} {:>6} {:>9}"


def build(names):
    coverage = "-fprofile-instr-generate -fcoverage-mapping"
    configure = ["cmake", "-S", ROOT, "-B", BUILD, "-G", "Ninja", "-Wno-dev", "-DCMAKE_C_COMPILER=clang", "-DCLOCHE_FUZZ=ON",
                 "-DCLOCHE_PYTHON=ON", "-DCLOCHE_SANITIZE=address,undefined,fuzzer-no-link", f"-DCMAKE_C_FLAGS={coverage}"]
    environment = {**os.environ, "LLVM_PROFILE_FILE": "/dev/null"}
    for command in (configure, ["ninja", "-C", BUILD, *[f"fuzz/fuzz_{name}" for name in names]]):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + f"run.py: {command[0]} failed")


def lines_of(program, profile):
    """How many lines of our own sources there are in a target, and how many it has reached; None where nobody can say."""
    merged = profile.with_suffix(".merged")
    try:
        subprocess.run(["llvm-profdata", "merge", "-sparse", profile, "-o", merged], check=True, capture_output=True)
        text = subprocess.run(["llvm-cov", "export", "-summary-only", program, f"-instr-profile={merged}", *[ROOT / f for f in OWN]],
                              check=True, capture_output=True).stdout
        total = json.loads(text)["data"][0]["totals"]["lines"]
        return total["count"], total["covered"]
    except (OSError, subprocess.CalledProcessError, ValueError, LookupError):
        return None


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def search(name, seconds):
    """Runs a target; gives its row of the table, and its output if it has found something."""
    program, folder, profile = BUILD / "fuzz" / f"fuzz_{name}", FOUND / name, FOUND / f"{name}.profile"
    folder.mkdir(parents=True, exist_ok=True)
    profile.unlink(missing_ok=True)
    before = set(FOUND.glob(f"{name}-*"))
    done = subprocess.run([program, *OPTIONS, f"-max_total_time={seconds}", f"-artifact_prefix={folder}-", folder,
                           ROOT / "fuzz" / "corpus" / name], env={**os.environ, "LLVM_PROFILE_FILE": str(profile)},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=FOUND)
    text = done.stdout.decode("utf-8", "replace")
    (FOUND / f"{name}.log").write_text(text)
    findings = len(set(FOUND.glob(f"{name}-*")) - before) or (done.returncode != 0)
    row = {"name": name, "findings": int(findings), "lines": lines_of(program, profile),
           "executions": last_number(r"number_of_executed_units: (\d+)", text), "new": last_number(r"new_units_added: +(\d+)", text),
           "rate": last_number(r"average_exec_per_sec: +(\d+)", text), "edges": last_number(r"cov: (\d+)", text),
           "features": last_number(r"ft: (\d+)", text)}
    return row, text if findings else ""


def show(row):
    lines = row["lines"]
    share = f"{100 * lines[1] / lines[0]:.0f} %" if lines and lines[0] else "?"
    print(ROW.format(row["name"], row["executions"], row["rate"], row["edges"], row["features"], share, row["new"],
                     row["findings"]), flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[2:] or sorted(path.name for path in (ROOT / "fuzz" / "corpus").iterdir())
    jobs = int(os.environ.get("JOBS", "1"))
    seconds = max(1, int(float(sys.argv[1]) * 60 * jobs / len(names)))
    build(names)
    print(f"{len(names)} targets, {seconds} s each, {jobs} at a time")
    print(ROW.format("target", "executions", "/s", "edges", "features", "lines", "new", "findings"), flush=True)
    rows = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for row, text in pool.map(search, names, [seconds] * len(names)):
            show(row)
            rows.append(row)
            if text:
                print("\n".join("    " + line for line in text.splitlines()[-40:]), flush=True)
    executions, findings = (sum(row[key] for row in rows) for key in ("executions", "findings"))
    print(f"{executions / 1e6:.2f} million executions of {len(rows)} targets, {sum(row['new'] for row in rows)} new inputs, "
          f"{findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
