#!/usr/bin/env python3
# report.py: turns benchmark results (files of JSON lines) into a Markdown
# document on stdout.
#
#   python3 bench/report.py --machine TEXT FILE... > docs/BENCHMARKS.md
#
# A line is {"bench", "peer", "unit", "median", "p99", "min", "max", "n"}, the
# unit being ns, us, ms or s; the peer "cloche" is this project. Optional keys:
#   target                    the target as text
#   target_us, target_p99_us  what median and p99 may be at most
#   target_value              what the median may be at most, where it is no time
#   ratio_targets             {peer: what the ratio to it may be at most}
#   kind                      "absolute" (has its row in the table of targets),
#                             "ratio" (its target is relative to a peer), or
#                             "detail" (a number without a target)
#   version                   of the peer
#   value                     what the program gave: the same with all peers
# A line {"peer", "skipped"} says why a peer is missing. If a bench and peer
# come in several rounds, median and p99 are those of the round with the lowest
# median, that is the one that was disturbed least; min, max and n are of all.

import argparse
import json
import math
import sys

US = {"ns": 1e-3, "us": 1.0, "ms": 1e3, "s": 1e6}
SELF = "cloche"
ORDER = ["quickjs-wasi", "quickjs-emscripten", "isolated-vm", "isolated-vm/context", "python3.11", "pyodide"]

HEADER = """<!-- Made by `make bench` (bench/report.py); do not edit by hand. -->

# Benchmarks
"""


def merge(rounds):
    """One line of the rounds of a bench and peer."""
    line = dict(min(rounds, key=lambda one: one["median"]))
    for key, of in (("min", min), ("max", max), ("n", sum)):
        line[key] = of(one.get(key, 0) for one in rounds)
    return line


def read(files):
    """Returns {bench: {peer: line}} and {peer: reason} of the skipped."""
    results, skipped = {}, {}
    for name in files:
        with open(name, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                if not text.strip():
                    continue
                try:
                    line = json.loads(text)
                    if "skipped" in line:
                        skipped[line["peer"]] = line["skipped"]
                    else:
                        line["median"] + line["min"] + line["max"]
                        results.setdefault(line["bench"], {}).setdefault(line["peer"], []).append(line)
                except (ValueError, KeyError, TypeError) as error:
                    sys.exit(f"{name}:{number}: bad line: {error!r}")
    for bench, peers in results.items():
        values = {line["value"]: peer for peer, rounds in peers.items() for line in rounds if "value" in line}
        if len(values) > 1:
            sys.exit(f"{bench}: different values: {values}")
        results[bench] = {peer: merge(rounds) for peer, rounds in peers.items()}
    return results, skipped


def us(line, key="median"):
    """A time of a line in microseconds; None if it is no time."""
    value = line.get(key)
    scale = US.get(line.get("unit"))
    return None if value is None or scale is None else value * scale


def show(line, key="median"):
    """A value of a line with a unit that suits it."""
    value, time = line.get(key), us(line, key)
    if value is None:
        return "–"
    if time is None:
        return f"{value:.3g}×" if line.get("unit") == "x" else f"{value:.3g} {line.get('unit', '')}".strip()
    unit, scale = next((u for u in (("s", 1e6), ("ms", 1e3), ("µs", 1.0)) if time >= u[1]), ("ns", 1e-3))
    amount = time / scale
    return f"{amount:.{0 if amount >= 100 else 1 if amount >= 10 else 2}f} {unit}"


def table(head, rows):
    """A Markdown table; all columns but the first are right-aligned."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def met(line):
    """Whether the targets of a line hold; None if it has no number to meet."""
    checks = [(us(line, "median"), line.get("target_us")), (us(line, "p99"), line.get("target_p99_us"))]
    checks.append((line.get("median"), line.get("target_value")))
    checks = [(value, limit) for value, limit in checks if limit is not None]
    if not checks:
        return None
    return all(value is not None and value <= limit for value, limit in checks)


def absolute(results):
    rows = []
    for bench, peers in results.items():
        line = peers.get(SELF)
        if not line or line.get("kind") in ("ratio", "detail"):
            continue
        if not ("target" in line or "target_us" in line or line.get("kind") == "absolute"):
            continue
        target = line.get("target", "")
        if not target and "target_us" in line:
            target = "≤ " + show({"median": line["target_us"], "unit": "us"})
        answer = {True: "yes", False: "**no**", None: "–"}[met(line)]
        rows.append([bench, show(line), show(line, "p99"), f"{show(line, 'min')} … {show(line, 'max')}",
                     target, answer])
    if not rows:
        return ""
    return ("\n## Absolute targets\n\nMedian and p99 of the quietest of the rounds; the spread is the fastest and the slowest run of all.\n\n"
            + table(["bench", "median", "p99", "spread", "target", "met"], rows))


def details(results):
    rows = []
    for bench, peers in results.items():
        line = peers.get(SELF)
        if line and len(peers) == 1 and line.get("kind") == "detail" and not bench.startswith("scripts/"):
            rows.append([bench, show(line), show(line, "p99"), f"{show(line, 'min')} … {show(line, 'max')}", str(line["n"])])
    if not rows:
        return ""
    return ("\n## Details\n\nNumbers without a target; the files of `bench/` say what they are.\n\n"
            + table(["bench", "median", "p99", "spread", "runs"], rows))


def verdict(value, limit):
    return "–" if value is None else f"{ratio_text(value)} of at most {limit:g}×: {'yes' if value <= limit else '**no**'}"


def columns(results, prefix):
    """The benches of a prefix, and the peers that have any of them."""
    benches = [bench for bench in results if bench.startswith(prefix)]
    peers = {peer for bench in benches for peer in results[bench]} - {SELF}
    rank = {peer: i for i, peer in enumerate(ORDER)}
    return benches, sorted(peers, key=lambda peer: (rank.get(peer, len(ORDER)), peer))


def ratio(line, other):
    """Time of `line` over that of `other`; None if one is missing."""
    if not line or not other or not us(line) or not us(other):
        return None
    return us(line) / us(other)


def ratio_text(value):
    return "–" if value is None else f"{value:.2f}×"


def geomean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def comparison(results, prefix, title, text, aggregate=False):
    """A table of Cloche's times, the peers' times and the ratios to them."""
    benches, peers = columns(results, prefix)
    if not benches:
        return ""
    rows, ratios = [], {peer: {} for peer in peers}
    for bench in sorted(benches, key=lambda bench: (bench.endswith("/all"), bench)):
        lines = results[bench]
        name = bench[len(prefix):].lstrip("/") or bench
        row = [name] + [show(lines[p]) if p in lines else "–" for p in [SELF] + peers]
        for peer in peers:
            value = ratio(lines.get(SELF), lines.get(peer))
            row.append(ratio_text(value))
            if value is not None:
                ratios[peer][name] = value
        rows.append(row)
    goals = {}
    for bench in benches:
        line = results[bench].get(SELF, {})
        for peer, limit in line.get("ratio_targets", {}).items():
            if peer in peers and not aggregate:
                goals[peer] = verdict(ratio(line, results[bench].get(peer)), limit)
            elif ratios.get(peer):
                goals[peer] = verdict(geomean(ratios[peer].values()), limit)
    if aggregate:
        blank = [""] * (1 + len(peers))
        means, worst = ["**geomean**"] + blank, ["**worst**"] + blank
        for peer in peers:
            values = ratios[peer]
            if not values:
                means.append("–")
                worst.append("–")
                continue
            mean = geomean(values.values())
            name = max(values, key=values.get)
            means.append(f"**{ratio_text(mean)}**")
            worst.append(f"{ratio_text(values[name])} ({name})")
        rows += [means, worst]
    head = ["bench", SELF] + peers + [f"/ {peer}" for peer in peers]
    out = f"\n## {title}\n\n{text}\n\n" + table(head, rows)
    targets = {(bench, results[bench][SELF]["target"]) for bench in benches
               if results[bench].get(SELF, {}).get("kind") == "ratio" and results[bench][SELF].get("target")}
    texts = sorted({target for _, target in targets})
    if texts:
        out += "\nTarget: " + "; ".join(texts) + ".\n"
    if goals:
        out += "\nMet: " + "; ".join(f"{peer} {text}" for peer, text in goals.items()) + ".\n"
    return out


def tails(results, prefix):
    """Median, p99 and runs of each peer for the benches of a prefix."""
    benches, peers = columns(results, prefix)
    rows = []
    for bench in (bench for bench in benches if len(results[bench]) > 1):
        for peer in [SELF] + peers:
            line = results[bench].get(peer)
            if line:
                factor = ratio(results[bench].get(SELF), line)
                rows.append([peer, bench, show(line), show(line, "p99"),
                             f"{show(line, 'min')} … {show(line, 'max')}", str(line.get("n", "–")), ratio_text(factor)])
    if not rows:
        return ""
    return ("\n## Fresh context\n\nNew context, evaluate `1+2`, read the number, dispose of it. "
            "`quickjs-wasi` makes an instance of a compiled module, `quickjs-emscripten` a runtime and a context "
            "in one instance, `isolated-vm` an isolate and a context, `isolated-vm/context` a context in one "
            "isolate.\n\n"
            + table(["peer", "bench", "median", "p99", "spread", "runs", "cloche /"], rows))


def main():
    parser = argparse.ArgumentParser(description="Benchmark results as Markdown.")
    parser.add_argument("--machine", default="", help="cpu, kernel and compiler")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    results, skipped = read(options.files)

    out = HEADER
    if options.machine:
        out += f"\nMachine: {options.machine}\n"
    versions = {line["peer"].split("/")[0]: line["version"]
                for peers in results.values() for line in peers.values() if line.get("version")}
    if versions:
        names = sorted(versions, key=lambda peer: (peer == SELF, peer))
        out += "\nVersions: " + ", ".join(f"{peer} {versions[peer]}" for peer in names) + ".\n"
    for peer, reason in skipped.items():
        out += f"\nNot measured: {peer} ({reason}).\n"
    out += ("\nRatios are Cloche's median over the peer's: below 1 Cloche is the faster one. "
            "quickjs-wasi is QuickJS-ng and quickjs-emscripten is QuickJS, both as WebAssembly in Node; "
            "isolated-vm is V8 with its JIT compilers.\n")
    out += absolute(results)
    out += comparison(results, "cpu/", "CPU suite",
                      "The programs of `bench/cpu`; the time of evaluation and pending jobs in a new context.", True)
    out += tails(results, "fresh")
    out += comparison(results, "scripts/", "Ten scripts",
                      "The scripts of `bench/scripts` with tools that answer at once. The time includes the new "
                      "context, the tool calls, reading the result and disposal; `all` is the sum.")
    out += comparison(results, "world/", "The guest's world",
                      "The cases of `bench/world.js`: one call each of `URL`, `TextEncoder`, `structuredClone`, "
                      "`crypto.subtle.digest` and their kin, against the side modules of quickjs-wasi in Node.", True)
    out += comparison(results, "python/", "Python programs",
                      "The programs of `bench/python`, each timed by its own language's clock: in a cell, in Debian's "
                      "python3.11, and in Pyodide (CPython 3.14) in Node.", True)
    out += comparison(results, "python-start/", "Python from nothing",
                      "`cloche run --lang py -e 'print(1+1)'` and `python3.11 -c 'print(1+1)'` from exec to exit, and Pyodide "
                      "from the start of its script in a Node that runs already.")
    out += comparison(results, "start/", "The program, from exec to exit",
                      "`cloche run hello.js` and `hello.ts` beside `node hello.js` and `true`.")
    out += comparison(results, "jsonl/", "JSON lines",
                      "A request of 1,000 `x += 1` in one session of `cloche jsonl`, all written at once; beside it the way that runs "
                      "all earlier ones again in a fresh cell, through the same program.")
    out += details(results)
    sys.stdout.write(out)


if __name__ == "__main__":
    main()
