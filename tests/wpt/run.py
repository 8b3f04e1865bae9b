#!/usr/bin/env python3
"""Runs tests of the web-platform-tests that need no document, from a checkout that the user names: the suite is not stored
here (https://github.com/web-platform-tests/wpt; a sparse checkout of url, encoding, common and resources is enough).

usage: run.py [--program CLOCHE] [--docs FILE|-] [--verbose] CHECKOUT [PATH ...]

PATH: files *.any.js or folders inside the checkout; without any, `url` and `encoding`. Each file runs in a cell of its own
with harness.js in place of testharness.js; `fetch` knows the files that the test names. A file that ends without a result
(it needs what a cell has not) counts as one failed test. What is skipped, and why, is the table SKIPPED below.

Prints the pass rate of each file, writes docs/WPT.md (--docs names another file, - none), and ends with one line
"N passed, N failed, N skipped"."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOLDERS = ("url", "encoding")
SECONDS = 300
SKIPPED = {
    r"encoding/streams/": "TextEncoderStream and TextDecoderStream are not in the guest's world",
    r"encoding/legacy-mb-": "the multi-byte encodings of East Asia are not there",
    r"encoding/.*(sharedarraybuffer|shared-array-buffer)": "a cell has no shared memory",
    r"encoding/(idlharness|unsupported-encodings|sniffing)": "needs a document or an IDL parser",
    r"url/(idlharness|url-in-tags|data-uri-fragment)": "needs a document or an IDL parser",
}
META = re.compile(r"^// META: script=(\S+)", re.M)
VARIANT = re.compile(r"^// META: variant=(\S+)", re.M)
OTHER_VARIANTS = {"?XMLHttpRequest", "?document"}  # need a document
FETCHED = re.compile(r"""(?:fetch|fetch_json|load)\w*\(\s*["'`]([^"'`$]+)["'`]""")


def find(checkout, wanted):
    tests = []
    for path in wanted:
        place = checkout / path
        if place.is_file():
            tests.append(place)
        elif place.is_dir():
            tests += sorted(place.rglob("*.any.js"))
        else:
            sys.exit(f"run.py: the checkout has no {path}")
    return tests


def why_skipped(name):
    return next((why for pattern, why in SKIPPED.items() if re.search(pattern, name)), None)


def resolve(checkout, test, address):
    """The file that an address of a test means, or None if it leaves the checkout or is not there."""
    address = address.split("?")[0]
    path = (checkout / address.lstrip("/") if address.startswith("/") else test.parent / address).resolve()
    return path if path.is_file() and path.is_relative_to(checkout.resolve()) else None


def variants(test):
    """What the test finds in location.search, in turn."""
    return [v for v in VARIANT.findall(test.read_text(encoding="utf-8")) if v not in OTHER_VARIANTS] or [""]


def assemble(checkout, test, variant):
    """One script: the files that the test fetches, the harness, its helpers, the test, the end."""
    parts, files = [], {}
    text = test.read_text(encoding="utf-8")
    for address in META.findall(text):
        helper = resolve(checkout, test, address)
        if helper and helper.name not in ("testharness.js", "testharnessreport.js"):
            parts.append(helper.read_text(encoding="utf-8"))
    parts.append(text)
    for address in FETCHED.findall("\n".join(parts)):
        found = resolve(checkout, test, address)
        if found:
            files[address] = found.read_text(encoding="utf-8")
    quoted = lambda value: json.dumps(value).replace("\u2028", "\\u2028")
    name = test.relative_to(checkout).as_posix()
    head = f"const testPath = {quoted(name)}, variant = {quoted(variant)}, files = {quoted(files)};\n"
    return head + (HERE / "harness.js").read_text(encoding="utf-8") + "\n" + "\n;\n".join(parts) + "\n;\nawait finish();\n"


def execute(program, checkout, test, work):
    """The results of all variants of a test, added up."""
    total = {"passed": 0, "failed": 0, "failures": []}
    for variant in variants(test):
        row = execute_variant(program, assemble(checkout, test, variant), work / "test.js")
        for key, value in total.items():
            total[key] = value + row[key]
    return total


def execute_variant(program, text, script):
    script.write_text(text, encoding="utf-8")
    limits = ["--timeout", "120s", "--memory", "512MiB", "--limit", "source=64MiB", "--limit", "cpu=120s"]
    try:
        done = subprocess.run([program, "run", "--json", *limits, script], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS)
        report = json.loads(done.stdout)
        if report["status"] == "ok":
            return report["value"]
        reason = f"{report['status']}: {(report.get('error') or {}).get('message', '')}"
    except subprocess.TimeoutExpired:
        reason = "no end"
    except (ValueError, KeyError, TypeError):
        reason = "no report: " + done.stderr.decode("utf-8", "replace")[:300]
    return {"passed": 0, "failed": 1, "failures": [["(the file)", reason]]}


def revision(checkout):
    done = subprocess.run(["git", "-C", str(checkout), "rev-parse", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 and (checkout / ".git").exists() else "of an unknown revision"


def plain(text):
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("`", "'")


def document(checkout, rows, skipped):
    passed, total = sum(row["passed"] for _, row in rows), sum(row["passed"] + row["failed"] for _, row in rows)
    lines = ["# web-platform-tests", "", "<!-- Made by tests/wpt/run.py; do not edit by hand. -->", "",
             "The suite is not stored here. With a checkout of https://github.com/web-platform-tests/wpt (the folders url,",
             "encoding, common and resources are enough) and a built tree:", "",
             "    tests/wpt/run.py --program build/cloche PATH/TO/wpt", "",
             f"Last run: wpt {revision(checkout)}: {passed} of {total} tests passed ({100 * passed / max(total, 1):.2f} %).", "",
             "| file | passed | of | first failure |", "|---|---:|---:|---|"]
    for name, row in rows:
        first = f"{plain(row['failures'][0][0])}: {plain(row['failures'][0][1])}" if row["failures"] else ""
        lines.append(f"| {name} | {row['passed']} | {row['passed'] + row['failed']} | {first} |")
    if skipped:
        lines += ["", "Skipped:", ""] + [f"- {name}: {why}" for name, why in skipped]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(usage="run.py [--program CLOCHE] [--docs FILE|-] [--verbose] CHECKOUT [PATH ...]")
    parser.add_argument("--program", default=str(ROOT / "build" / "cloche"))
    parser.add_argument("--docs", default=str(ROOT / "docs" / "WPT.md"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("checkout")
    parser.add_argument("paths", nargs="*")
    args = parser.parse_args()
    checkout = pathlib.Path(args.checkout).resolve()
    rows, skipped = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for test in find(checkout, args.paths or [folder for folder in FOLDERS if (checkout / folder).is_dir()]):
            name = test.relative_to(checkout).as_posix()
            why = why_skipped(name)
            if why:
                skipped.append((name, why))
                continue
            row = execute(args.program, checkout, test, pathlib.Path(scratch))
            rows.append((name, row))
            print(f"{name}: {row['passed']} of {row['passed'] + row['failed']}")
            for failure in row["failures"] if args.verbose else row["failures"][:3]:
                print(f"  {failure[0]}: {failure[1]}")
    if not rows:
        sys.exit("run.py: no tests were found")
    if args.docs != "-":
        pathlib.Path(args.docs).write_text(document(checkout, rows, skipped), encoding="utf-8")
    passed, failed = sum(row["passed"] for _, row in rows), sum(row["failed"] for _, row in rows)
    print(f"{100 * passed / max(passed + failed, 1):.2f} % passed")
    print(f"{passed} passed, {failed} failed, {len(skipped)} skipped")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
