"""A host for the Python bootstrap outside of a cell: the module _cloche as guest/python/module.c describes it, over scripted
tools and a clock that jumps. It is as strict about types as the C module.

    report = Session(tools={"double": lambda n: 2 * n}).run("await tools.double(2)")

A tool is a function of the argument (NOTHING: there was none) that gives the result, an Answer that comes later, or raises
Refusal. Answers come one virtual second after the call unless they say otherwise."""
import heapq
import json
import pathlib
import re
import sys
import time
import types

WORLD = pathlib.Path(__file__).resolve().parents[2] / "guest" / "python"
NOTHING = object()
STRINGS, WORDS = re.compile(r'"(?:[^"\\]|\\.)*"').sub, re.compile(r"-?[A-Za-z]+").findall
loads, dumps = json.JSONDecoder().decode, json.JSONEncoder().encode
LIMITS = {"value": 1 << 20}


class HostError(Exception):
    pass


class Refusal(Exception):
    def __init__(self, message, name="Error", code=None, data=None):
        super().__init__(message)
        self.parts = (name, message, code, None if data is None else dumps(data))


class Answer:
    """A result, or a Refusal, after so many seconds; None: never."""

    def __init__(self, result, after=1.0):
        self.result, self.after = result, after


class Report:
    def __init__(self):
        self.ends = []
        self.json = self.repr = self.error = self.exit_code = None
        self.events = []  # ("stdout", text), ("display", mime, text, base64), ("progress", json), ("call", name, argument)
        self.at_once = 0  # the most calls that were pending together
        self.blocked = 0  # how often the guest has blocked
        self.returned = 0  # how often it went back to the host to wait
        self.began = time.monotonic()

    @property
    def value(self):
        return None if self.json is None else loads(self.json)

    def text(self, stream="stdout"):
        return "".join(event[1] for event in self.events if event[0] == stream)

    stdout = property(text)
    stderr = property(lambda self: self.text("stderr"))

    def of(self, kind):
        return [event[1:] for event in self.events if event[0] == kind]


class Session:
    """One cell. There is one in a process: the bootstrap is made for that."""

    def __init__(self, tools=None, context=None, modules=None, seed=0):
        self.tools = list((tools or {}).items())
        self.context = context
        self.modules = modules or {}
        self.seed = seed
        self.now = 1000.0
        self.last_id = 0
        self.coming = []  # heap of (when, id, answer)
        self.pending = {}  # id: tool
        self.answers = []
        self.due = None
        self.report = None
        self.world = None
        self.limit_calls = None

    def needs_mock(self):
        """The test is about something that cells of this kind do not have."""

    # ---- a run

    def run(self, source, name="main.py", language="py", interactive=False, complete=False):
        if self.world is None:
            self.install()
        self.report = Report()
        self.given = (source, name, language, interactive, complete)
        ended = self.world.start()
        while not ended:
            assert not self.report.ends, "an end was told, and the run goes on"
            self.report.returned += 1
            if not self.advance():
                raise AssertionError("the guest waits for nothing")
            ended = self.world.go_on()
        assert len(self.report.ends) == 1, f"ends that were told: {self.report.ends}"
        self.pending.clear()
        self.coming.clear()
        self.answers.clear()
        self.due = None
        return self.report

    def install(self):
        module = types.ModuleType("_cloche")
        for operation in ("write", "log", "value", "error", "exit", "call", "wait", "next_answer", "timer", "sleep", "display",
                          "progress", "tool_count", "tool", "get_context", "source", "module", "limit", "random"):
            setattr(module, operation.removeprefix("get_"), getattr(self, operation))
        module.HostError = HostError
        sys.modules["_cloche"] = module
        time.monotonic = lambda: self.now
        sys.path.insert(0, str(WORLD))
        import world
        self.world = world
        world.reseed()

    def advance(self, wanted=0):
        """Lets time pass until there is an answer (the wanted one) or the timer is due; False: neither can be."""
        while True:
            if self.answers and (not wanted or any(answer[0] == wanted for answer in self.answers)):
                return True
            when = self.coming[0][0] if self.coming else None
            if not wanted and self.due is not None and (when is None or self.due <= when):
                self.now = max(self.now, self.due)
                self.due = None
                return True
            if when is None:
                return False
            self.now = max(self.now, when)
            while self.coming and self.coming[0][0] <= self.now:
                _, call, answer = heapq.heappop(self.coming)
                if call in self.pending:
                    del self.pending[call]
                    self.answers.append(answer)

    # ---- what the guest tells

    def write(self, stream, text):
        assert stream in (1, 2)
        text.encode()
        self.report.events.append(("stdout" if stream == 1 else "stderr", text))

    def log(self, level, text):
        self.report.events.append(("log", level, text))

    def value(self, text, shown):
        assert type(shown) is str and (text is None or type(text) is str)
        shown.encode()
        if text == "":
            raise HostError("value_limit", "the value of the run cannot be written as JSON")
        if text is not None:
            self.check_json(text)
            if len(text) > LIMITS["value"]:
                raise HostError("value_limit", "the value of the run is larger than allowed")
        self.report.ends.append("value")
        self.report.json, self.report.repr = text, shown

    def check_json(self, text):
        assert not any(word in ("NaN", "Infinity", "-Infinity") for word in WORDS(STRINGS("", text))), "that is no JSON"
        return loads(text)

    def error(self, name, message, stack, code, data, line, column, source):
        for text in (name, message, stack):
            assert type(text) is str
            text.encode()
        assert type(line) is int and type(column) is int and line >= 0 and column >= 0
        self.report.ends.append("error")
        self.report.error = {"name": name, "message": message, "stack": stack, "code": code, "line": line, "column": column,
                             "data": None if data is None else loads(data), "source": source}

    def exit(self, code):
        assert type(code) is int and -2**31 <= code < 2**31
        self.report.ends.append("exit")
        self.report.exit_code = code

    def display(self, mime, text, is_base64):
        text.encode()
        if mime.endswith("json"):
            self.check_json(text)
        self.report.events.append(("display", mime, text, is_base64))

    def progress(self, text):
        self.report.events.append(("progress", self.check_json(text)))

    # ---- calls and time

    def call(self, index, argument):
        assert type(index) is int and type(argument) is str
        argument.encode()
        name, function = self.tools[index]
        if self.limit_calls is not None and self.last_id >= self.limit_calls:
            raise HostError("tool_calls_limit", f"Tool budget exceeded: {self.last_id + 1} calls (limit: {self.limit_calls})")
        self.last_id += 1
        given = NOTHING if argument == "" else self.check_json(argument)
        self.report.events.append(("call", name, None if given is NOTHING else given))
        try:
            answer = function(given)
        except Refusal as refusal:
            answer = Answer(refusal)
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        self.pending[self.last_id] = name
        self.report.at_once = max(self.report.at_once, len(self.pending))
        if answer.after is not None:
            result = answer.result
            parts = (False, *result.parts) if isinstance(result, Refusal) else (True, dumps(result))
            heapq.heappush(self.coming, (self.now + answer.after, self.last_id, (self.last_id, *parts)))
        return self.last_id

    def wait(self, call):
        assert type(call) is int
        self.report.blocked += 1
        if not self.advance(call):
            raise AssertionError("the guest blocks for ever")

    def next_answer(self):
        return self.answers.pop(0) if self.answers else None

    def timer(self, due, count):
        assert type(count) is int and count >= 0 and (due is None or type(due) in (int, float))
        self.due = due

    def sleep(self, seconds):
        assert type(seconds) is float
        self.report.blocked += 1
        self.now += seconds

    # ---- what the host has

    def tool_count(self):
        return len(self.tools)

    def tool(self, index):
        return self.tools[index][0], False

    def get_context(self):
        return dumps({} if self.context is None else self.context)

    def source(self):
        return self.given

    def module(self, name):
        return (self.modules[name], name) if name in self.modules else None

    def limit(self, name):
        return LIMITS[name]

    def random(self, count):
        self.seed += 1
        return bytes((self.seed * 7 + i) % 256 for i in range(count))
