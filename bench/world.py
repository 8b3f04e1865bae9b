#!/usr/bin/env python3
"""Measures URL, encoding, structuredClone, crypto and Headers of the guest's world against the side modules of quickjs-wasi
in Node, in turns in the same run.

usage: world.py [--json] [--rounds N] [--samples N] PROGRAM PACKAGE_DIR
       PROGRAM: the built cloche; PACKAGE_DIR: node_modules/quickjs-wasi of a build tree or of bench/run.sh's peers

Each side evaluates world.js and does every case n times, so often; a sample is the time of one. Ours is measured by the
cell's clock, the peer's by Node's around the call. Both must give the same results. --json prints lines for report.py."""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PEER = "quickjs-wasi"
TARGET = 1.0
MEASURE = """
const out = {};
for (const name of caseNames) {
  const n = cases[name][0], times = [];
  let result = runCase(name, n);
  for (let i = 0; i < %d; i++) {
    const start = performance.now();
    result = runCase(name, n);
    times.push((performance.now() - start) * 1e3 / n);
  }
  out[name] = {times, result};
}
out;
"""


def run(command):
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        sys.exit(f"world.py: {command[0]} failed: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def ours(args, scratch):
    script = pathlib.Path(scratch) / "world.js"
    script.write_text((HERE / "world.js").read_text(encoding="utf-8") + MEASURE % args.samples, encoding="utf-8")
    limits = ["--timeout", "300s", "--limit", "cpu=300s", "--memory", "512MiB"]
    report = run([args.program, "run", "--json", *limits, script])
    return report["value"]


def peers(args):
    version = run(["node", "-p", "process.versions.node.split('.')[0]"])
    flags = ["--experimental-wasm-extended-const"] if version < 21 else []  # url.so needs it
    found = run(["node", *flags, HERE / "world.mjs", args.package, HERE / "world.js", args.samples])
    return found["cases"], found["version"]


def line(name, peer, rounds, version=None):
    times = [time for one in rounds for time in one]
    best = min((sorted(one) for one in rounds), key=statistics.median)  # the round that was disturbed least
    out = {"bench": f"world/{name}", "peer": peer, "unit": "us", "median": statistics.median(best), "p99": best[-1],
           "min": min(times), "max": max(times), "n": len(times)}
    if version:
        out["version"] = version
    else:
        out |= {"kind": "ratio", "target": f"≤ {TARGET}× {PEER}", "ratio_targets": {PEER: TARGET}}
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--samples", type=int, default=15)
    parser.add_argument("program")
    parser.add_argument("package")
    args = parser.parse_args()
    mine, theirs = {}, {}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(args.rounds):
            if number % 2 == 0:
                own, (other, version) = ours(args, scratch), peers(args)
            else:
                (other, version), own = peers(args), ours(args, scratch)
            for name, case in own.items():
                if case["result"] != other[name]["result"]:
                    sys.exit(f"world.py: {name} gives {case['result']!r} here and {other[name]['result']!r} there")
                mine.setdefault(name, []).append(case["times"])
                theirs.setdefault(name, []).append(other[name]["times"])
    for name in mine:
        a, b = line(name, "cloche", mine[name]), line(name, PEER, theirs[name], version)
        if args.json:
            print(json.dumps(a))
            print(json.dumps(b))
        else:
            print(f"{name:16} {a['median']:10.2f} us  {PEER} {b['median']:10.2f} us  ratio {a['median'] / b['median']:.2f}")


if __name__ == "__main__":
    main()
