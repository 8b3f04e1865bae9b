#!/usr/bin/env python3
"""Measures `cloche jsonl`: 1,000 inputs `x += 1` in one session, beside the replaying way, which runs all earlier inputs again
in a fresh cell for each. Both go through the same program in the same run, in turns.

usage: jsonl.py [--json] [--rounds N] PROGRAM        (PROGRAM: the built cloche)

Every round starts the program anew and waits for the answer to a first request; then all inputs are written at once, and the
time to the last answer counts. "flat" is what the last hundred of 10,000 inputs cost against the first hundred, each of
which is waited for. --json prints lines for report.py."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time

INPUTS = 1000
LONG = 10000
FIRST, INPUT = "var x = 0", "x += 1"


def line(identity, code, **more):
    return json.dumps({"id": str(identity), "code": code, **more}).encode() + b"\n"


class Session:
    def __init__(self, program):
        self.child = subprocess.Popen([program, "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask(line("first", FIRST))

    def ask(self, text):
        self.child.stdin.write(text)
        self.child.stdin.flush()
        return self.child.stdout.readline()


def batch(program, lines, last):
    """Seconds from the first byte in to the last answer."""
    session = Session(program)
    data = b"".join(lines)

    def write():
        session.child.stdin.write(data)
        session.child.stdin.close()

    writer = threading.Thread(target=write)
    start = time.perf_counter()
    writer.start()
    got = [session.child.stdout.readline() for _ in lines]
    end = time.perf_counter()
    writer.join()
    if session.child.wait() != 0 or json.loads(got[-1]).get("output") != f"{last}\n":
        sys.exit(f"jsonl.py: the last answer was {got[-1]!r}")
    return end - start


def one_by_one(program):
    """Seconds of each request, the next one written when the last is answered."""
    session, times = Session(program), []
    for i in range(LONG):
        text = line(i, INPUT)
        start = time.perf_counter()
        session.ask(text)
        times.append(time.perf_counter() - start)
    session.child.stdin.close()
    session.child.wait()
    return times


def median(values):
    return sorted(values)[len(values) // 2]


def show(lines, as_json):
    for entry in lines:
        if as_json:
            print(json.dumps(entry))
        else:
            print(f"{entry['bench']:28} {entry['peer']:10} {entry['median']:10.2f} {entry['unit']} a request  ({entry['min']:.2f} .. {entry['max']:.2f})")


def entry(bench, peer, samples, **more):
    samples = sorted(samples)
    return {"bench": bench, "peer": peer, "unit": "us", "median": median(samples), "p99": samples[-1], "min": samples[0],
            "max": samples[-1], "n": len(samples), **more}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("program")
    args = parser.parse_args()
    program = os.path.abspath(shutil.which(args.program) or args.program)
    stays = [line(i, INPUT) for i in range(1, INPUTS + 1)]
    replays = [line(i, f"{FIRST}\n" + f"{INPUT}\n" * i, session=None) for i in range(1, INPUTS + 1)]
    ours, theirs = [], []
    for _ in range(args.rounds):
        ours.append(batch(program, stays, INPUTS) / INPUTS * 1e6)
        if len(theirs) < max(3, args.rounds // 3):
            theirs.append(batch(program, replays, INPUTS) / INPUTS * 1e6)
    times = [seconds * 1e6 for seconds in one_by_one(program)]
    first, last = times[:100], times[-100:]
    show([
        entry("jsonl/1000 inputs", "cloche", ours, kind="absolute", target="≥ 20,000 requests/s", target_us=50),
        entry("jsonl/1000 inputs", "replaying", theirs, kind="absolute"),
        entry("jsonl/one by one, first 100", "cloche", first, kind="detail"),
        entry("jsonl/one by one, last 100", "cloche", last, kind="detail"),
    ], args.json)
    if not args.json:
        print(f"{1e6 / median(ours):.0f} requests/s; replaying is {median(theirs) / median(ours):.1f} times as slow; "
              f"the last hundred of {LONG} cost {median(last) / median(first):.2f} times what the first did")


if __name__ == "__main__":
    main()
