#!/usr/bin/env python3
"""Records runs and replays them: the corpus of scripts with its tools, runs that were stopped, runs that cannot be replayed,
and recordings that somebody has changed.

usage: run.py BUILD_FOLDER [FILTER]      FILTER is a part of names

The last line is always "N passed, N failed, N skipped".
"""

import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

import corpus  # noqa: E402
import run as scripts  # noqa: E402

JOBS = 2
SECONDS = 120
DIFFERS = 6


def run(*command, cwd=None):
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, cwd=cwd, encoding="utf-8",
                          errors="replace")


def report_of(done):
    report = json.loads(done.stdout)
    report.pop("metrics")
    return report


def same(first, second, what):
    """What differs between a recorded run and its replay; '' if nothing."""
    if (first.returncode, first.stderr) != (second.returncode, second.stderr):
        return f"{what}: exit code {second.returncode} and {second.stderr!r}, was {first.returncode} and {first.stderr!r}"
    return "" if report_of(first) == report_of(second) else f"{what}: {second.stdout}\nwas {first.stdout}"


class Replays:
    def __init__(self, cloche, folder):
        self.cloche, self.folder = cloche, pathlib.Path(folder)

    def record(self, name, *options):
        file = self.folder / f"{name}.rec"
        return file, run(self.cloche, "run", "--json", *options, "--record", file, cwd=self.folder)

    def replay(self, file, *options):
        return run(self.cloche, "run", "--replay", file, *options, cwd=self.folder)

    def script(self, script):
        """A script of the corpus, with the very command line that tests/scripts gives it."""
        file = self.folder / f"{script.path.name}.rec"
        first = run(*scripts.command(self.cloche, script), "--record", file)
        return same(first, self.replay(file, "--json"), script.path.name)

    # ---- runs that were stopped

    ENDLESS = {
        "loop": "let n = 0; for (;;) if (++n % 50000 === 0) console.log(n)",
        "await": "let i = 0; for (;;) { await 0; if (++i % 5000 === 0) console.log(i, Math.random()) }",
        "catch": "(function f() { for (;;) try { f() } catch (e) {} })()",
        "timers": "setInterval(() => 0, 1); await new Promise(() => {})",
        "sort": "for (;;) [3, 1, 2].sort((a, b) => a - b)",
    }

    def stopped(self, limit, name):
        for _ in range(5):  # a busy machine may leave a run by force, which is another test
            file, first = self.record(f"{limit}-{name}", "-e", self.ENDLESS[name], f"--{limit}", "40ms")
            if report_of(first)["replayable"]:
                second, third = self.replay(file, "--json"), self.replay(file, "--json")
                return same(first, second, name) or same(second, third, name)
        return "skipped"

    def waits(self):
        file, first = self.record("waits", "-e", "console.log(await tools.a(1)); await tools.b()", "--timeout", "1s",
                                  "--tool", "a=echo 7", "--tool", "b=sleep 30")
        report = report_of(first)
        if report["status"] != "timeout" or report["output"][0]["content"] != "7":
            return f"the run went otherwise: {first.stdout}"
        return same(first, self.replay(file, "--json"), "a run that waits")

    def failing_tools(self):
        tools = {"bad": "echo nonsense", "fails": "sh -c 'echo no >&2; exit 3'", "absent": "/nonexistent",
                 "told": """sh -c 'echo "{\\"error\\":{\\"name\\":\\"E\\",\\"message\\":\\"m\\",\\"code\\":\\"c\\",\\"data\\":[1]}}" >&2; exit 1'""",
                 "large": "head -c 5000 /dev/zero", "nothing": "true", "bytes": "sh -c 'printf \"\\377\\376\" >&2; exit 1'"}
        code = """const r = []; for (const t of Object.keys({bad:1, fails:1, absent:1, told:1, large:1, nothing:1, bytes:1}))
                  r.push(await tools[t](t).catch(e => [e.name, e.message, e.code, e.data])); r"""
        options = [word for name, command in tools.items() for word in ("--tool", f"{name}={command}")]
        file, first = self.record("failing", "-e", code, "--result", "1000", *options)
        if report_of(first)["status"] != "ok":
            return first.stdout
        return same(first, self.replay(file, "--json"), "failing tools")

    def shown(self):
        """What people and --events see is the same, too."""
        code = "console.log(1); console.warn(await tools.a(2)); display({x: Date.now()}); progress(.5); throw new TypeError('no')"
        file = self.folder / "shown.rec"
        first = run(self.cloche, "run", "-e", code, "--tool", "a=cat", "--record", file)
        second = self.replay(file)
        if (first.returncode, first.stdout, first.stderr) != (second.returncode, second.stdout, second.stderr):
            return f"{second}\nwas {first}"
        first = run(self.cloche, "run", "--events", "-e", code, "--tool", "a=cat", "--record", file)
        second = self.replay(file, "--events")
        lines = [[line for line in done.stdout.splitlines() if '"type":"report"' not in line] for done in (first, second)]
        return "" if lines[0] == lines[1] and len(lines[0]) >= 6 else f"{lines[1]}\nwas {lines[0]}"

    # ---- Python

    PYTHON = {
        "values": "import random, os, time, datetime\n[random.random(), os.urandom(3).hex(), time.time(), str(datetime.datetime.now()), hash('x')]",
        "sets": "s = {str(i) for i in range(50)}\nprint(s, id(s) % 4096)\nlen(s)",
        "calls": "print([tools.a(i) for i in range(5)])\nimport asyncio\nawait asyncio.gather(*(tools.a({'i': i}) for i in range(4)))",
        "sleep": "import asyncio, time\nbefore = time.time()\nawait asyncio.sleep(100)\ntime.sleep(5)\ntime.time() - before",
        "plain": "def f(n):\n    return tools.a(n)\nsum(f(n) for n in range(4))",
        "race": "import asyncio\nasync def g(n):\n    await asyncio.sleep(n)\n    return await tools.a(n)\nawait asyncio.gather(g(3), g(1), g(2))",
        "collect": "import gc, weakref\nclass C: pass\nseen = []\nfor i in range(5000):\n    c = C(); c.me = c; weakref.finalize(c, seen.append, i)\nprint(len(seen) > 0, seen[:3])\ngc.collect()",
        "error": "import sys\nprint('x', file=sys.stderr)\n{}['missing']",
        "exit": "import sys\nprint(1)\nsys.exit(3)",
    }

    def python(self, name):
        file, first = self.record(f"python-{name}", "--lang", "py", "-e", self.PYTHON[name], "--tool", "a=cat")
        if not report_of(first)["replayable"]:
            return f"not replayable: {first.stdout}"
        return same(first, self.replay(file, "--json"), name) or same(first, self.replay(file, "--json"), name)

    # ---- what cannot be replayed

    def forced(self):
        file, first = self.record("forced", "-e", "new Array(2 ** 32 - 1).join('x')", "--timeout", "50ms")
        if report_of(first)["replayable"] or "cannot be replayed" not in first.stderr:
            return f"it passes for replayable: {first.stdout} {first.stderr}"
        done = self.replay(file)
        return "" if done.returncode == 5 and "cannot be replayed" in done.stderr else f"{done}"

    # ---- recordings that were changed

    def changed(self, name, change, code, words):
        file, first = self.record(f"changed-{name}", "-e", "const a = await tools.t(1); const b = await tools.t(2); a + b",
                                  "--tool", "t=cat")
        recording = json.loads(file.read_text(encoding="utf-8"))
        text = change(recording)
        file.write_text(text if isinstance(text, str) else json.dumps(recording), encoding="utf-8")
        done = self.replay(file, "--json")
        if done.returncode != code or words not in done.stderr:
            return f"exit code {done.returncode} and {done.stderr!r}, expected {code} and {words!r} (recorded: {first.returncode})"
        return ""

    CHANGES = {
        "source": (lambda r: r["source"].update(text="const a = await tools.t(1); const b = await tools.t(2); a * b"), DIFFERS,
                   "value of the report was 3, and is 2"),
        "other-calls": (lambda r: r["source"].update(text="1"), DIFFERS, "was 3, and is 1"),
        "endless": (lambda r: r["source"].update(text="for (;;);"), DIFFERS, "status of the report was \"ok\""),
        "answer": (lambda r: r["answers"][0][0].update(result="5"), DIFFERS, "was 3, and is 7"),
        "missing-answer": (lambda r: r["answers"].pop(), DIFFERS, "no answer for"),
        "more-answers": (lambda r: r["answers"].append([{"call": 3, "result": "1"}]), DIFFERS, "did not wait for"),
        "answer-of-no-call": (lambda r: r["answers"].insert(0, [{"call": 9, "result": "1"}]), DIFFERS, "answers call 9"),
        "polls": (lambda r: r["end"].update(polls="999999"), DIFFERS, "ended at look"),
        "seed": (lambda r: r["options"].update(seed="-1"), 2, "no number"),
        "hash": (lambda r: r["end"].update(report_sha256="0" * 64), 2, "the file was changed"),
        "report": (lambda r: r["end"].update(report=r["end"]["report"].replace("3", "4")), 2, "the file was changed"),
        "engine": (lambda r: r["engine"].update(engine_id="0123456789abcdef" * 4), 5, "was recorded with engine 0123456789abcdef"),
        "image": (lambda r: r["engine"].update(image_id="0123456789abcdef" * 4), 5, "this program has engine"),
        "engine-name": (lambda r: r["engine"].update(name=7), 2, "engine is missing"),
        "version": (lambda r: r.update(cloche_recording=2), 2, "of a version that this program does not know"),
        "no-recording": (lambda r: "{}", 2, "no member cloche_recording"),
        "no-json": (lambda r: "not json", 2, "is no recording"),
        "truncated": (lambda r: json.dumps(r)[:-200], 2, "is no recording"),
        "empty": (lambda r: "", 2, "is no recording"),
        "deep": (lambda r: "[" * 100000, 2, "is no recording"),
        "limits": (lambda r: r["options"]["limits"].update(memory="1e9"), 2, "memory"),
        "unknown-limit": (lambda r: r["options"]["limits"].update(nonsense="1"), 2, "nonsense"),
        "limit-number": (lambda r: r["options"]["limits"].update(memory=5), 2, "a limit is no text"),
        "answers": (lambda r: r.update(answers=[[]]), 2, "answers are no lists"),
        "answer-twice": (lambda r: r["answers"][0][0].update(failed="bad_result"), 2, "answers are no lists"),
        "tools": (lambda r: r.update(tools=[1]), 2, "tools"),
        "tool-name": (lambda r: r.update(tools=["then"]), 2, "--tool"),
        "modules": (lambda r: r.update(modules=[{"name": "x"}]), 2, "modules"),
        "context": (lambda r: r.update(context="{"), 2, "--context"),
        "language": (lambda r: r["source"].update(language="cobol"), 2, "cobol"),
        "no-source": (lambda r: r.pop("source") and None, 2, "source is missing"),
        "no-end": (lambda r: r.pop("end") and None, 2, "end is missing"),
        "not-replayable": (lambda r: r["end"].update(replayable=False), 5, "cannot be replayed"),
    }


def cases(replays, wanted):
    for script in corpus.scripts(*wanted):
        yield script.path.name, lambda script=script: replays.script(script)
    for limit in "timeout", "cpu":
        for name in replays.ENDLESS:
            yield f"{limit} {name}", lambda limit=limit, name=name: replays.stopped(limit, name)
    if run(replays.cloche, "run", "--lang", "py", "-e", "1").returncode == 0:
        for name in replays.PYTHON:
            yield f"python {name}", lambda name=name: replays.python(name)
    for name in "waits", "failing_tools", "shown", "forced":
        yield name, getattr(replays, name)
    for name, (change, code, words) in replays.CHANGES.items():
        yield f"changed {name}", lambda name=name, change=change, code=code, words=words: replays.changed(name, change, code, words)


def attempt(case):
    try:
        return case()
    except (subprocess.TimeoutExpired, ValueError, KeyError, IndexError) as trouble:
        return f"{type(trouble).__name__}: {trouble}"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    cloche = pathlib.Path(sys.argv[1], "cloche").resolve()
    count = {"passed": 0, "failed": 0, "skipped": 0}
    with tempfile.TemporaryDirectory(prefix="cloche-replay-") as folder, concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        chosen = [(name, case) for name, case in cases(Replays(cloche, folder), ()) if (sys.argv[2:] or [""])[0] in name]
        for (name, _), trouble in zip(chosen, pool.map(lambda one: attempt(one[1]), chosen)):
            count["skipped" if trouble == "skipped" else "failed" if trouble else "passed"] += 1
            if trouble and trouble != "skipped":
                print(f"FAILED {name}: {trouble}", flush=True)
    print(", ".join(f"{number} {word}" for word, number in count.items()))
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
