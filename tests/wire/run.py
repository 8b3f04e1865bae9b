#!/usr/bin/env python3
"""Holds the readers of the wire (docs/WIRE.md) against the schemas: what docs/messages.schema.json and
docs/report.schema.json allow is taken, and what they do not is refused where a worker says it.

usage: run.py BUILD_DIR

The messages are those of fuzz/corpus, and each good one of them again and again with a field left out, doubled, of another
type, or with one more. Ends with one line "N passed, N failed, N skipped"."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "docs"))
from schema import Validator  # noqa: E402

OTHERS = [None, True, -1, 1.5, "", "x", [], {}, {"x": 1}]
START = {"type": "start", "version": 1, "engines": [{"name": "js"}, {"name": "python", "image": 6}],
         "mounts": [{"fd": 7, "writable": False}], "jail": {"require": False, "namespaces": True, "landlock_abi": 0},
         "use_pagemap": False, "waiting_mapped": 1024, "cells_running": 4096, "runs_queued": 65536, "spin_ns": "0"}


def once(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name occurs twice")
    return dict(pairs)


def parse(text):
    """The value of a text, or None with what Python says."""
    try:
        return json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=lambda _: 1 / 0), None
    except (ValueError, RecursionError, ZeroDivisionError) as why:
        return None, str(why)


def places(value, path=()):
    """Every object and array in a value, by its path."""
    if isinstance(value, dict):
        yield path
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        yield path
        for i, item in enumerate(value):
            yield from places(item, (*path, i))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def changed(value):
    """The value with one thing different, in every way."""
    for path in places(value):
        here = at(value, path)
        keys = list(here) if isinstance(here, dict) else range(len(here))
        for key in keys:
            for other in [..., *OTHERS]:
                copy = json.loads(json.dumps(value))
                if other is ...:
                    del at(copy, path)[key]
                else:
                    at(copy, path)[key] = other
                yield copy
        if isinstance(here, dict):
            copy = json.loads(json.dumps(value))
            at(copy, path)["more"] = 1
            yield copy


def texts_of(folder, prefix=""):
    return [path.read_bytes() for path in sorted((ROOT / "fuzz" / "corpus" / folder).glob(prefix + "*"))]


def verdicts(program, kind, texts):
    """What the reader says of each text: None, or why it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, text in enumerate(texts):
            names.append(pathlib.Path(folder, str(i)))
            names[-1].write_bytes(text)
        out = []
        for i in range(0, len(names), 500):
            done = subprocess.run([program, kind, *names[i:i + 500]], stdout=subprocess.PIPE, check=True, timeout=60)
            out += done.stdout.decode("utf-8").splitlines()
    return [None if line.startswith("taken ") else line.split(": ", 1)[1] for line in out]


def look(value, *path):
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def beyond_schemas(value, refused, codes):
    """Whether a reader may refuse what a schema allows: for what no schema says."""
    text = json.dumps(value)
    event = value.get("event", {})
    named = [look(value, "code"), look(value, "error", "code"), look(value, "run", "replay", "status")]
    if "\\ud" in text or "\\u0000" in text:
        return True  # half of a surrogate pair, a zero in a word
    if any(code is not None and code not in codes for code in named if isinstance(code, str)):
        return True  # a code that there is not
    if event.get("type") == "progress" or "json" in event.get("mime", ""):
        return parse(event["content"].encode())[1] is not None  # no JSON in a text that claims to be
    return refused == "status"  # of a report: it does not fit the error's code


class Comparison:
    def __init__(self, program, kind, schema, codes):
        self.program, self.kind, self.codes = program, kind, codes
        self.validator = Validator(schema, strict=False)

    def by_schema(self, text):
        value, why = parse(text)
        return why if why else next(iter(self.validator.errors(value)), None)

    def agree(self, text, refused):
        wrong = self.by_schema(text)
        if (refused is None) == (wrong is None):
            return True
        if refused is None and self.kind in ("ask", "start"):
            return True  # what a supervisor says is not hostile: it is read as lines are, with less rigour
        if refused and b"\\u" in text and b"\\u" not in json.dumps(parse(text)[0]).encode():
            return True  # a name with escapes
        return refused is not None and beyond_schemas(parse(text)[0], refused, self.codes)

    def run(self, texts):
        good = [parse(text)[0] for text in texts if self.by_schema(text) is None]
        if not good:
            return 0, [f"{self.kind}: no good message among {len(texts)}"]
        texts = texts + [json.dumps(copy).encode() for value in good for copy in changed(value)]
        said = list(zip(texts, verdicts(self.program, self.kind, texts), strict=True))
        failed = [f"{self.kind}: {text[:300]!r}: schema says {self.by_schema(text)}, reader says {refused}"
                  for text, refused in said if not self.agree(text, refused)]
        return len(said) - len(failed), failed


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve() / "tests" / "wire_verdict"
    messages = json.loads((ROOT / "docs" / "messages.schema.json").read_text(encoding="utf-8"))
    report = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))

    codes = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "ERRORS.md").read_text(encoding="utf-8"), re.M))
    start = [json.dumps(START).encode()]
    parts = {"answer": texts_of("answers"), "ask": texts_of("messages", "supervisor-"), "start": start}
    schemas = {kind: {"$defs": messages["$defs"], "$ref": "#/$defs/" + kind} for kind in parts}
    parts["report"], schemas["report"] = texts_of("report"), report
    works = [Comparison(program, kind, schemas[kind], codes).run(texts) for kind, texts in parts.items()]
    passed = sum(count for count, _ in works)
    failures = [line for _, lines in works for line in lines]
    for line in failures[:20]:
        print("FAILED " + line)
    print(f"{passed} passed, {len(failures)} failed, 0 skipped")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
