#!/usr/bin/env python3
"""Runs the examples of the documentation and holds their output against what the pages show.

usage: examples.py BUILD_DIR [--update] [PAGE...]        (PAGE: README.md, docs/REPORTS.md, ...; all of them if none is named)

Fenced blocks with a second word take part:

    LANGUAGE file=NAME        a file that the examples after it find in their working directory
    js run [OPTION...]        a program for `cloche run -` with these options; the next block is its output:
        json report               run with --json; compared as JSON, and validated against docs/report.schema.json
        text                      run without; stdout and stderr as they come
    c run [same=FILE]         a program to compile against the library of the build and run; the next block is its output,
                              `text` or `json report`. With same= it must be the text of a file of the repository
    jsonl run [OPTION...]     a conversation with `cloche jsonl`: lines that begin with "> " go in, "< " come out
    sh run                    lines that begin with "$ " are commands, with `cloche` in the PATH; the lines between are
                              their output

In reports the numbers that differ from run to run (VOLATILE below) are not compared, nor is the position of a run that was
stopped from outside. --update writes what came out into
the pages. The last line is "N passed, N failed, N skipped".
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import conversation
from schema import Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ["README.md", "docs/JSONL.md", "docs/REPORTS.md", "docs/WORLD.md", "docs/CLI.md", "docs/REPLAY.md", "docs/REPL.md", "docs/SNAPSHOTS.md", "docs/POOL.md"]
PYTHON_PAGES = ["docs/FILES.md"]  # if the build has the engine
VOLATILE = {"timestamp", "wall_ms", "cpu_ms", "compile_ms", "started_ms", "ended_ms", "memory_bytes"}
POSITION = {"line", "column", "frame", "stack"}
STOPPED = ("wall_time_limit", "cpu_time_limit", "cancelled")
STOPPED_AT = re.compile(r"^(error: TimeoutError: [^\n]*?) at \S+:\d+:\d+(?:\n[> ] +\d+ \| [^\n]*|\n {7}\| [^\n]*)*$", re.M)
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```\n", re.M | re.S)
SECONDS = 60


class Failure(Exception):
    pass


class Build:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.cloche = self.folder / "cloche"
        self.library = self.folder / "libcloche.a"
        schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
        self.validator = Validator(schema, strict=True)
        self.python = self.has_python()

    def has_python(self):
        done = subprocess.run([self.cloche, "run", "--lang", "py", "-e", "1"], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
        return done.returncode == 0

    def execute(self, command, work, source=None):
        try:
            done = subprocess.run(command, cwd=work, env=self.environment(), input=source, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=SECONDS, encoding="utf-8")
        except subprocess.TimeoutExpired as hang:
            raise Failure(f"no end within {SECONDS} s") from hang
        return done.stdout

    def environment(self):
        return dict(os.environ, PATH=f"{self.folder}{os.pathsep}{os.environ['PATH']}", LC_ALL="C.UTF-8")

    def run_js(self, source, options, work, as_report):
        command = [str(self.cloche), "run", "-", *options, *(["--json"] if as_report else [])]
        return self.execute(command, work, source)

    def run_c(self, source, work):
        (work / "example.c").write_text(source, encoding="utf-8")
        libs = subprocess.run(["pkg-config", "--libs", "jansson", "libsodium", "libzstd"], stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout.split()
        worker = work / "cloche-worker"  # beside the program
        if not worker.is_symlink():
            worker.symlink_to(self.folder / "cloche-worker")
        said = self.execute([os.environ.get("CC", "cc"), "-std=c17", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}",
                             *shlex.split(os.environ.get("CFLAGS", "")), "example.c", str(self.folder / "libcloche-pool.a"), str(self.library), *libs, "-lm", "-o", "example"], work)
        if said:
            raise Failure("the compiler said:\n" + said)
        return self.execute(["./example"], work)

    def run_sh(self, text, work):
        out, command = "", ""
        for line in text.splitlines(keepends=True):
            if line.startswith("$ ") or command:
                out += line
                command += line.removeprefix("$ ") if not command else line
                if not command.endswith("\\\n"):
                    out += self.execute(["sh", "-c", command], work)
                    command = ""
        return out


def steady(value):
    """A report without what differs from run to run."""
    if isinstance(value, list):
        return [steady(item) for item in value]
    if not isinstance(value, dict):
        return value
    unknown = POSITION if value.get("code") in STOPPED else set()
    return {key: 0 if key in VOLATILE and isinstance(item, (int, float)) else steady(item)
            for key, item in value.items() if key not in unknown}


def pretty(value, indent=""):
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= 110 and indent or not isinstance(value, (dict, list)) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, list):
        parts, ends = [pretty(item, deeper) for item in value], "[]"
    else:
        parts = [json.dumps(key, ensure_ascii=False) + ": " + pretty(item, deeper) for key, item in value.items()]
        ends = "{}"
    return ends[0] + "\n" + ",\n".join(deeper + part for part in parts) + "\n" + indent + ends[1]


def compare_reports(build, got, want):
    report = json.loads(got)
    errors = build.validator.errors(report)
    if errors:
        raise Failure("the report is not as the schema says:\n" + "\n".join(errors))
    if steady(report) != steady(json.loads(want)):
        raise Failure(f"got\n{pretty(report)}\nwanted\n{want}")


def compare_text(got, want):
    if STOPPED_AT.sub(r"\1", got) != STOPPED_AT.sub(r"\1", want):
        raise Failure(f"got\n{got}wanted\n{want}")


class Page:
    """One page: its blocks in order, in one working directory."""

    def __init__(self, build, name, update):
        self.build, self.name, self.update = build, name, update
        self.text = (ROOT / name).read_text(encoding="utf-8")
        self.changes, self.passed, self.failed = [], 0, 0

    def expected(self, blocks, i):
        """The block that shows the output of block `i`."""
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        if after is None or after[1] not in ("text", "json report"):
            raise Failure("no block with its output follows")
        return after[1] == "json report", after

    def check_same(self, name, block):
        text = (ROOT / name).read_text(encoding="utf-8")
        if self.update and text != block[2]:
            self.changes.append((block[3], text))
        elif text != block[2]:
            raise Failure(f"the page shows another text than {name} has")
        return text

    def settle(self, got, block, as_report):
        if self.update:
            text = pretty(json.loads(got)) + "\n" if as_report else got
            errors = self.build.validator.errors(json.loads(got)) if as_report else []
            if errors:
                raise Failure("the report is not as the schema says:\n" + "\n".join(errors))
            if not as_report or steady(json.loads(got)) != steady(json.loads(block[2] or "null")):
                self.changes.append((block[3], text))
        elif as_report:
            compare_reports(self.build, got, block[2])
        else:
            compare_text(got, block[2])

    def talk(self, options, block, work):
        lines = conversation.play([str(self.build.cloche), "jsonl", *options], block[2], work, self.build.environment())
        wrong = [(want, got) for want, got in lines if not conversation.same(want, got, steady)]
        if wrong and self.update:
            text = "".join((want if conversation.same(want, got, steady) else got) + "\n" for want, got in lines if got)
            self.changes.append((block[3], text))
        elif wrong:
            raise Failure("\n".join(f"wanted {want}\n   got {got}" for want, got in wrong))

    def run_block(self, blocks, i, work):
        _, info, text, _ = blocks[i]
        words = shlex.split(info)
        if len(words) > 1 and words[1].startswith("file="):
            path = work / words[1].removeprefix("file=")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return False
        if words[1:2] != ["run"] or ("needs=python" in words and not self.build.python):
            return False
        if words[0] == "sh":
            self.settle(self.build.run_sh(text, work), blocks[i], False)
            return True
        if words[0] == "jsonl":
            self.talk(words[2:], blocks[i], work)
            return True
        for word in words[2:]:
            if word.startswith("same="):
                text = self.check_same(word.removeprefix("same="), blocks[i])
        as_report, block = self.expected(blocks, i)
        if words[0] == "js":
            self.settle(self.build.run_js(text, words[2:], work, as_report), block, as_report)
        elif words[0] == "c":
            self.settle(self.build.run_c(text, work), block, as_report)
        else:
            raise Failure(f"what is '{info}'?")
        return True

    def run(self):
        found = list(FENCE.finditer(self.text))
        blocks = [(self.text.count("\n", 0, m.start()) + 1, m[1].strip(), m[2], m.span(2)) for m in found]
        with tempfile.TemporaryDirectory() as work:
            for i, block in enumerate(blocks):
                try:
                    self.passed += self.run_block(blocks, i, pathlib.Path(work))
                except (Failure, ValueError, OSError) as problem:
                    self.failed += 1
                    print(f"FAIL {self.name}:{block[0]}: {problem}")
        for (start, end), text in reversed(self.changes):
            self.text = self.text[:start] + text + self.text[end:]
        if self.changes:
            (ROOT / self.name).write_text(self.text, encoding="utf-8")


def main():
    arguments = [word for word in sys.argv[1:] if word != "--update"]
    if not arguments:
        sys.exit(__doc__)
    build = Build(arguments[0])
    passed = failed = 0
    for name in arguments[1:] or PAGES + PYTHON_PAGES * build.python:
        page = Page(build, name, "--update" in sys.argv)
        page.run()
        passed, failed = passed + page.passed, failed + page.failed
        print(f"{name}: {page.passed} passed, {page.failed} failed")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
