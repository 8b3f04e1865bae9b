"""The same sessions as host.py has, in a real cell: `cloche jsonl py --report`, whose host is this. What only the mock can
see (how often the guest blocks, names of sources, completion) is skipped."""
import heapq
import json
import pathlib
import select
import subprocess
import tempfile
import time

import host

PROGRAM = None
SECOND = 0.02  # of a tool's
loads = json.loads


def dumps(value):
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value, separators=(",", ":"))


class Skip(Exception):
    pass


class Session:
    world = property(lambda self: self.only_outside())
    answers = property(lambda self: self.only_outside())
    limit_calls = property(lambda self: None, lambda self, value: self.only_outside())

    def __init__(self, tools=None, context=None, modules=None, seed=0):
        self.tools = tools or {}
        self.runs = 0
        self.process = None
        self.folder = tempfile.TemporaryDirectory()
        self.modules = []
        for name, text in (modules or {}).items():
            path = pathlib.Path(self.folder.name, name + ".py")
            path.write_text(text, encoding="utf-8")
            self.modules += ["--module", f"{name}={path}"]
        self.rest = b""
        self.coming = []
        self.context = context

    def only_outside(self):
        raise Skip

    needs_mock = only_outside

    def begin(self, source):
        """The clock of the guest jumps over its sleeps, but not while a tool is at work: then seconds are real."""
        real = "slow" in source and ("sleep" in source or "timeout" in source)
        self.second = 1 if real else SECOND
        command = [PROGRAM, "jsonl", "py", "--report", "--value", str(host.LIMITS["value"]), *self.modules]
        self.process = subprocess.Popen(command + ([] if real else ["--clock", "virtual"]), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        bufsize=0)

    def send(self, **message):
        self.process.stdin.write(dumps(message).encode() + b"\n")

    def run(self, source, name=None, language="py", interactive=False, complete=False):
        if complete:
            raise Skip
        self.runs += 1
        report = host.Report()
        report.blocked = None
        self.pending = set()
        first = {"tools": list(self.tools)} if self.process is None else {}
        if self.process is None:
            self.begin(source)
        self.send(id="r", session="s", language=language, code=source, context=self.context or {}, **first)
        while True:
            message = self.next_message()
            if message["type"] == "call":
                self.answer(message, report)
            elif message["type"] == "event":
                self.take_event(message["event"], report)
            elif message["type"] in ("report", "error"):
                if message["type"] == "error":
                    raise AssertionError(message)
                self.take_end(message["report"], report)
                return report

    def next_message(self):
        while b"\n" not in self.rest:
            wait = max(0, self.coming[0][0] - time.time()) if self.coming else 20
            ready, _, _ = select.select([self.process.stdout], [], [], wait)
            if ready:
                data = self.process.stdout.read(1 << 20)
                if not data:
                    raise AssertionError(f"cloche has ended with status {self.process.wait()}")
                self.rest += data
            elif self.coming:
                _, call, result = heapq.heappop(self.coming)
                self.pending.discard(call)
                self.send(type="result", call=call, **loads(result))
            else:
                raise AssertionError("nothing comes any more")
        line, _, self.rest = self.rest.partition(b"\n")
        return loads(line.decode())

    def answer(self, message, report):
        argument = message.get("argument", host.NOTHING)
        report.events.append(("call", message["tool"], None if argument is host.NOTHING else argument))
        try:
            answer = self.tools[message["tool"]](argument)
        except host.Refusal as refusal:
            answer = host.Answer(refusal)
        answer = answer if isinstance(answer, host.Answer) else host.Answer(answer)
        self.pending.add(message["id"])
        report.at_once = max(report.at_once, len(self.pending))
        if answer.after is None:
            return
        result = {"value": answer.result}
        if isinstance(answer.result, host.Refusal):
            name, text, code, data = answer.result.parts
            result = {"error": {"name": name, "message": text, **({"code": code} if code else {}), **({"data": loads(data)} if data else {})}}
        heapq.heappush(self.coming, (time.time() + self.second * answer.after, message["id"], dumps(result)))

    def take_event(self, event, report):
        kind = event["type"]
        if kind == "display":
            report.events.append((kind, event["mime"], event["content"], event.get("base64", False)))
        elif kind == "progress":
            report.events.append((kind, loads(event["content"])))
        else:
            report.events.append((kind, event["content"]))

    def take_end(self, given, report):
        report.repr = given.get("repr")
        report.json = dumps(given["value"]) if "value" in given else None
        report.exit_code = given.get("exit_code")
        error = given.get("error")
        if error:
            code = error.get("guest_code") if error["code"] == "uncaught_error" else error["code"]
            own = "main.py" if self.runs == 1 else f"main-{self.runs}.py"
            source = error.get("source")
            report.error = {"name": error["name"], "message": error["message"], "stack": error.get("stack", ""), "code": code,
                            "data": error.get("data"), "line": error.get("line", 0), "column": error.get("column", 0),
                            "source": None if source == own else source}
        report.ends.append("error" if error else "value" if report.exit_code is None else "exit")
