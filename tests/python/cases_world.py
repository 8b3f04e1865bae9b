"""What a guest sees beside its tools: values, errors, streams, display, context, completion, SQL, sessions."""
from host import NOTHING, Refusal, Session


def run(source, tools=None, **more):
    return Session(tools, more.pop("context", None), more.pop("modules", None)).run(source, **more)


def value(source, expected, tools=None, **more):
    report = run(source, tools, **more)
    assert report.error is None, report.error["stack"]
    assert report.value == expected, f"value: {report.value!r}, and not {expected!r}"
    return report


def error(source, name, message=None, **more):
    report = run(source, **more)
    assert report.error, f"no error, but {report.json}"
    assert report.error["name"] == name, report.error
    assert message is None or message in report.error["message"], report.error
    return report.error


def tag(kind, **rest):
    return {"$type": kind, **rest}


# ---- the value of a run

def test_none(): assert value("None", None).repr == "None"
def test_no_expression(): value("x = 5", None)
def test_last_expression(): value("1\n2\n3 + 4", 7)
def test_expression_in_block(): value("if 1:\n    5", None)
def test_plain_data(): value("{'a': [1, 2.5, 'x', True, None, ()], 'b': {}}", {"a": [1, 2.5, "x", True, None, []], "b": {}})
def test_semicolon(): value("x = 1; x + 1", 2)
def test_string_alone(): value("'text'", "text")
def test_docstring_is_no_value(): value("'text'\nx = 1", None)
def test_empty(): value("", None)
def test_comment(): value("# nothing", None)


def test_tags():
    value("""
import datetime as dt, decimal, fractions, re, collections, dataclasses, enum, uuid, pathlib, types
class P:
    def __init__(self): self.x, self._y = 1, 2
@dataclasses.dataclass
class D:
    a: int
class E(enum.Enum):
    A = 3
N = collections.namedtuple('N', 'p q')
utc = dt.timezone.utc
[float('nan'), float('inf'), -float('inf'), -0.0, 2**53, -2**53 + 1, b'\\x01\\x02', bytearray(b'\\x03'), dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=utc),
 dt.date(2024, 1, 2), dt.timedelta(seconds=90), decimal.Decimal('1.10'), fractions.Fraction(1, 3), 1 + 2j, {1}, frozenset('a'), {1: 2},
 {'$type': 1}, re.compile('a+', re.I), ValueError('no'), len, P, lambda: 0, P(), D(1), E.A, N(1, 2), uuid.UUID(int=1), pathlib.Path('a/b'),
 collections.OrderedDict(a=1), collections.Counter('aa'), range(3), collections.deque([1]), types.MappingProxyType({'a': 1}), True]""", [
        tag("number", value="NaN"), tag("number", value="Infinity"), tag("number", value="-Infinity"), tag("number", value="-0"),
        tag("bigint", value=str(2**53)), -2**53 + 1, tag("bytes", **{"class": "bytes"}, base64="AQI="),
        tag("bytes", **{"class": "bytearray"}, base64="Aw=="), tag("date", value="2024-01-02T03:04:05+00:00"),
        tag("date", value="2024-01-02"), tag("timedelta", seconds=90.0), tag("decimal", value="1.10"), tag("fraction", value="1/3"),
        tag("complex", real=1.0, imag=2.0), tag("set", values=[1]), tag("set", values=["a"]), tag("map", entries=[[1, 2]]),
        tag("object", entries=[["$type", 1]]), tag("regexp", source="a+", flags="i"), tag("error", name="ValueError", message="no"),
        tag("function", name="len"), tag("function", name="P"), tag("function", name="<lambda>"), {"x": 1}, {"a": 1}, 3,
        {"p": 1, "q": 2}, "00000000-0000-0000-0000-000000000001", "a/b", {"a": 1}, {"a": 2}, [0, 1, 2], [1], {"a": 1}, True])


def test_cycles(): value("a = {'l': []}\na['l'].append(a)\na", {"l": [tag("ref", path="$")]})
def test_shared_is_no_cycle(): value("a = [1]\n[a, a]", [[1], [1]])
def test_surrogate(): assert value("'a\\ud800'", "a\ud800").json == '"a\\ud800"'
def test_unicode(): assert value("'\\u00e4'", "ä").json == '"ä"'
def test_nested_deeply(): assert run("x = []\nfor i in range(250): x = [x]\nx").json == "[" * 251 + "]" * 251
def test_nested_too_deeply(): error("x = []\nfor i in range(400): x = [x]\nx", "TooMuch", "nested too deeply")
def test_too_large(): error("'x' * (1 << 21)", "TooMuch", "larger than allowed")
def test_too_large_list(): error("[0] * (1 << 21)", "TooMuch", "larger than allowed")
def test_long_integer(): assert value("10**5000", tag("bigint", value=str(10**4000) + "0" * 1000)).repr.startswith("1000")
def test_too_long_integer(): error("1 << (1 << 25)", "TooMuch")
def test_repr(): assert value("{'a': [1, 'x']}", {"a": [1, "x"]}).repr == "{'a': [1, 'x']}"
def test_repr_is_cut(): assert (256 << 10) - 9 < len(value("'x' * 300000", "x" * 300000).repr) <= (256 << 10) + 1
def test_repr_fails():
    assert value("class A:\n    def __repr__(self): 1 / 0\nA()", tag("instance", **{"class": "A"}, repr="<A: its repr failed with ZeroDivisionError>")
                 ).repr == "<A: its repr failed with ZeroDivisionError>"
def test_generator_value(): assert run("(i for i in [1])").value["class"] == "generator"
def test_coroutine_is_awaited(): value("async def f():\n    return 4\nf()", 4)
def test_subclasses(): value("class I(int): pass\nclass S(str): pass\nclass F(float): pass\nclass L(list): pass\nclass T(dict): pass\n"
                             "[I(1), S('a'), F(1.5), L([1]), T(a=1)]", [1, "a", 1.5, [1], {"a": 1}])
def test_json_is_replaced(): value("import json\njson.dumps = json.JSONEncoder.encode = None\nstr.join if 0 else {'a': 1}", {"a": 1})


# ---- names

def test_names_stay():
    session = Session()
    session.run("x = 1\ndef f():\n    global x\n    x += 1\n    return x")
    assert session.run("f()\nf()", "main-2.py").value == 3
    assert session.run("x", "main-3.py").value == 3


def test_main_module():
    value("import __main__, sys\nx = 5\n[__main__.x, __name__, sys.modules['__main__'].__dict__ is globals(), locals() is globals(), sys.argv]",
          [5, "__main__", True, True, ["main.py"]])


def test_pickle(): value("import pickle\nclass A: x = 1\npickle.loads(pickle.dumps(A())).x", 1)
def test_args(): value("import sys\nsys.argv", ["main.py", "a", "b"], context={"args": ["a", "b"]})
def test_globals_are_clean(): value("sorted(k for k in globals() if k[:2] != '__')", [])
def test_file(): value("__file__", "main.py")
def test_help(): assert "Return the sum" in run("help(sum)").stdout
def test_getsource_of_class(): value("import inspect\nclass A:\n    x = 1\ninspect.getsource(A)", "class A:\n    x = 1\n")
def test_getsource(): value("import inspect\ndef f():\n    return 1\ninspect.getsource(f)", "def f():\n    return 1\n")
def test_interactive_underscore():
    session = Session()
    session.run("41", interactive=True)
    assert session.run("_ + 1", interactive=True).value == 42
    session.run("None", interactive=True)
    assert session.run("_", interactive=True).value == 42
def test_underscore_needs_mock():
    Session.needs_mock(None)
    session = Session()
    session.run("5")
    assert session.run("_").error["name"] == "NameError"
def test_future_stays_in_session():
    session = Session()
    session.run("from __future__ import annotations", interactive=True)
    assert session.run("def f(x: nowhere): pass\nf.__annotations__", interactive=True).value == {"x": "nowhere"}
def test_nothing_twice(): assert run("print('once')\nraise SyntaxError('mine')").stdout == "once\n"
def test_modules():
    value("import util, pkg.sub\nfrom util import twice\n[twice(2), util.__file__, pkg.sub.y]", [4, "util", 7],
          modules={"util": "def twice(n):\n    return 2 * n", "pkg": "", "pkg.sub": "y = 7"})
def test_module_uses_tools():
    value("import util\n[await util.get(1), util.plain(2)]", [2, 4], {"double": lambda n: 2 * n},
          modules={"util": "async def get(n):\n    return tools.double(n)\ndef plain(n):\n    return tools.double(n)"})
def test_module_error():
    e = error("import util\nutil.f()", "ZeroDivisionError", modules={"util": "def f():\n    x = 1\n    return x / 0"})
    assert (e["source"], e["line"], e["column"]) == ("util", 3, 12), e
    assert 'line 2, in <module>\n    util.f()\n  File "util", line 3, in f\n    return x / 0\n' in e["stack"], e["stack"]
def test_no_module(): error("import nowhere", "ModuleNotFoundError", "No module named 'nowhere'")


# ---- errors

def test_traceback():
    e = error("def f(x):\n    return 1 / x\n\n\nf(\n    0)", "ZeroDivisionError", "division by zero")
    assert e["stack"] == ('Traceback (most recent call last):\n  File "main.py", line 5, in <module>\n    f(\n  File "main.py", line 2, in f\n'
                          "    return 1 / x\n           ~~^~~\nZeroDivisionError: division by zero\n"), e["stack"]
    assert (e["line"], e["column"], e["code"], e["source"]) == (2, 12, None, None), e


def test_traceback_of_tool():
    def fail(a):
        raise Refusal("no luck")
    report = Session({"fail": fail}).run("async def f():\n    x = 1 + tools.fail()\nawait f()")
    assert report.error["stack"] == ('Traceback (most recent call last):\n  File "main.py", line 3, in <module>\n    await f()\n'
                                     '  File "main.py", line 2, in f\n    x = 1 + tools.fail()\n            ^^^^^^^^^^^^\n'
                                     "ToolError: no luck\n"), report.error["stack"]
    assert (report.error["line"], report.error["column"]) == (2, 13)


def test_traceback_through_run():
    e = error("import asyncio\nasync def main():\n    raise ValueError('x')\ndef go():\n    asyncio.run(main())\ngo()", "ValueError")
    assert e["stack"] == ('Traceback (most recent call last):\n  File "main.py", line 6, in <module>\n    go()\n  File "main.py", line 5, in go\n'
                          '    asyncio.run(main())\n  File "main.py", line 3, in main\n    raise ValueError(\'x\')\nValueError: x\n'), e["stack"]


def test_column_in_characters():
    e = error("x = 'äöü😀' + nowhere", "NameError")
    assert e["column"] == 14, e


def test_syntax_error():
    e = error("x = 1\nif x\n    pass", "SyntaxError", "expected ':'")
    assert (e["code"], e["line"], e["column"]) == ("syntax_error", 2, 5), e
    assert e["stack"] == '  File "main.py", line 2\n    if x\n        ^\nSyntaxError: expected \':\'\n', e["stack"]


def test_return_outside():
    e = error("x = 1\nreturn x", "SyntaxError", "'return' outside function")
    assert (e["code"], e["line"]) == ("syntax_error", 2) and "    return x\n" in e["stack"], e


def test_await_in_plain_function(): assert error("def f():\n    await x", "SyntaxError", "outside async")["code"] == "syntax_error"
def test_indentation(): assert error("  x = 1", "IndentationError")["code"] == "syntax_error"
def test_null_byte(): assert error("x = 1\0", "SyntaxError", "null bytes")["code"] == "syntax_error"
def test_too_deep_source(): assert error("(" * 5000 + ")" * 5000, "SyntaxError")["code"] == "syntax_error"
def test_own_syntax_error(): assert error("raise SyntaxError('mine')", "SyntaxError", "mine")["code"] is None
def test_syntax_error_of_eval():
    e = error("x = 1\neval('1 +')", "SyntaxError")
    assert e["code"] is None and 'File "<string>", line 1' in e["stack"] and e["line"] == 2, e
def test_chain():
    e = error("try:\n    {}['a']\nexcept KeyError as k:\n    raise ValueError('b') from k", "ValueError", "b")
    assert "KeyError: 'a'\n\nThe above exception was the direct cause of the following exception:\n\n" in e["stack"], e
    assert e["stack"].count('File "main.py"') == 2
def test_context(): assert "During handling of the above exception" in error("try:\n    1 / 0\nexcept Exception:\n    nowhere", "NameError")["stack"]
def test_notes(): assert error("e = ValueError('x')\ne.add_note('look here')\nraise e", "ValueError")["stack"].endswith("ValueError: x\nlook here\n")
def test_group():
    e = error("raise ExceptionGroup('g', [ValueError(1), TypeError(2)])", "ExceptionGroup", "g (2 sub-exceptions)")
    assert "    | ValueError: 1\n" in e["stack"] and "+-+---------------- 1 ----------------" in e["stack"], e["stack"]
def test_code_and_data():
    e = error("e = ValueError('x')\ne.code = 'E_X'\ne.data = {'a': (1,)}\nraise e", "ValueError", "x")
    assert e["code"] == "E_X" and e["data"] == {"a": [1]}, e
def test_code_is_no_text(): assert error("e = ValueError()\ne.code = 5\ne.data = object()\nraise e", "ValueError")["code"] is None
def test_recursion():
    e = error("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError", "maximum recursion depth exceeded")
    assert "[Previous line repeated" in e["stack"] and len(e["stack"]) < 2000, e["stack"]
def test_mutual_recursion():
    e = error("def f():\n    g()\ndef g():\n    f()\nf()", "RecursionError")
    assert " frames\n" in e["stack"] and len(e["stack"]) < 6000, e["stack"]
def test_recursion_without_limit():
    e = error("import sys\nsys.setrecursionlimit(10**6)\ndef f(n):\n    return f(n - 1) if n else 1 / 0\nf(20000)", "ZeroDivisionError")
    assert "(of the 20" in e["stack"] and len(e["stack"]) < 12000 and e["line"] == 4, e
def test_recursion_in_await(): error("async def f():\n    await f()\nawait f()", "RecursionError")
def test_raise_in_str(): error("class E(Exception):\n    def __str__(self): raise ValueError\nraise E", "E", "str() of the E failed")
def test_hostile_error():
    e = error("class E(Exception):\n    def __getattribute__(self, n): raise MemoryError\nraise E('x')", "E")
    assert e["message"], e
def test_base_exception(): error("class B(BaseException): pass\nraise B('x')", "B", "x")
def test_stop_iteration(): error("next(iter([]))", "StopIteration")
def test_keyboard_interrupt(): error("raise KeyboardInterrupt", "KeyboardInterrupt")
def test_keyboard_interrupt_in_task(): error("import asyncio\nasync def f():\n    raise KeyboardInterrupt\nawait asyncio.gather(f(), asyncio.sleep(5))",
                                             "KeyboardInterrupt")
def test_cancelled(): error("import asyncio\nraise asyncio.CancelledError", "CancelledError")
def test_memory_error(): error("raise MemoryError('much')", "MemoryError", "much")
def test_library_frames_stay(): assert "decoder.py" in error("import json\njson.loads('{')", "JSONDecodeError")["stack"]
def test_surrogate_in_message(): assert "\\ud800" in error("raise ValueError('a\\ud800')", "ValueError")["message"]
def test_print_exc():
    text = run("import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()").stderr
    assert 'File "main.py", line 3, in <module>\n    1 / 0\n    ~~^~~\n' in text, text
def test_error_of_a_run_before():
    session = Session()
    session.run("def f():\n    return 1 / 0", "main.py")
    e = session.run("x = 1\nf()", "main-2.py").error
    assert 'File "main-2.py", line 2' in e["stack"] and 'File "main.py", line 2, in f\n    return 1 / 0\n' in e["stack"], e["stack"]
    assert (e["source"], e["line"]) == (None, 2), e
def test_warning(): assert run("import warnings\nwarnings.warn('old')").stderr.startswith("main.py:2: UserWarning: old\n")
def test_never_awaited(): assert "coroutine 'f' was never awaited" in run("async def f(): pass\nf()\nNone").stderr


# ---- the end

def exits(source, code, **more):
    report = run(source, **more)
    assert (report.exit_code or 0) == code and report.error is None and report.json is None, (report.exit_code, report.error)
    return report


def test_exit(): exits("import sys\nprint('a')\nsys.exit(3)", 3)
def test_exit_without_code(): exits("exit()", 0)
def test_os_exit(): exits("import os\nos._exit(5)", 5)
def test_quit(): exits("quit(4)", 4)
def test_exit_true(): exits("raise SystemExit(True)", 1)
def test_exit_text(): assert exits("import sys\nsys.exit('bad')", 1).stderr == "bad\n"
def test_exit_large(): exits("exit(2**70)", 255)
def test_exit_in_task(): exits("import asyncio\nasync def f():\n    exit(2)\nawait asyncio.gather(f(), asyncio.sleep(9))", 2)
def test_exit_in_run(): exits("import asyncio\nasync def main():\n    exit(2)\nasyncio.run(main())", 2)
def test_exit_in_run_under_function(): exits("import asyncio\nasync def main():\n    exit(2)\ndef f():\n    asyncio.run(main())\nf()", 2)
def test_exit_is_caught(): value("try:\n    exit(1)\nexcept SystemExit as e:\n    r = e.code\nr", 1)
def test_exit_finally(): assert exits("try:\n    exit(1)\nfinally:\n    print('last')", 1).stdout == "last\n"
def test_session_after_exit():
    session = Session()
    session.run("x = 1\nexit(1)")
    assert session.run("x", "main-2.py").value == 1
def test_atexit():
    Session.needs_mock(None)
    assert run("import atexit\natexit.register(print, 'bye')\nprint('hi')").stdout == "hi\nbye\n"


# ---- streams

def test_order(): assert [e[:2] for e in run("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c', end='')\nprint('d', file=sys.stderr)\nprint('e')").events] == [
    ("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c"), ("stderr", "d\n"), ("stdout", "e\n")]
def test_lines_are_whole(): assert [e[1] for e in run("print('a', 1, [2])\nprint()\nprint('x', 'y', sep='\\n')").events] == ["a 1 [2]\n", "\n", "x\n", "y\n"]
def test_flush(): assert [e[1] for e in run("print('a', end='', flush=True)\nprint('b')").events] == ["a", "b\n"]
def test_no_line_end(): assert run("print('a', end='')").stdout == "a"
def test_buffer(): assert run("import sys\nsys.stdout.buffer.write(b'a\\xff\\xe2\\x82')\nsys.stdout.buffer.write(b'\\xac\\n')\nNone").stdout == "a�€\n"
def test_surrogates_printed(): assert run("print('\\ud800')").stdout == "\\ud800\n"
def test_attributes(): value("import sys\n[sys.stdout.isatty(), sys.stdout.encoding, sys.stderr.encoding, sys.stdout.writable(), sys.stdout.name]",
                             [False, "utf-8", "utf-8", True, "<stdout>"])
def test_redirect(): value("import contextlib, io\nb = io.StringIO()\nwith contextlib.redirect_stdout(b):\n    print('x')\nb.getvalue()", "x\n")
def test_closed(): assert run("import sys\nsys.stdout.close()\n5").value == 5
def test_replaced(): assert run("import sys\nsys.stdout = None\nprint('x')\n5").value == 5
def test_logging(): assert run("import logging\nlogging.warning('look')").stderr == "WARNING:root:look\n"
def test_flushed_before_waiting(): assert run("import asyncio\nprint('a', end='')\nawait asyncio.sleep(1)\nprint('b')").events[0] == ("stdout", "a")
def test_large(): assert len(run("print('x' * 1000000)").stdout) == 1000001
def test_print_before_error(): assert run("print('a', end='')\n1 / 0").stdout == "a"


INPUT = {"input": lambda prompt: "" if prompt is NOTHING else f"<{prompt}>"}


def test_input(): value("input('name? ')", "<name? >", INPUT)
def test_input_without_prompt(): value("input()", "", INPUT)
def test_input_does_not_block(): assert not value("x = input('a')\nx", "<a>", INPUT).blocked
def test_input_in_function(): assert value("def f():\n    return input('a')\nf()", "<a>", INPUT).blocked != 0
def test_input_awaited(): value("await input('a')", "<a>", INPUT)
def test_input_in_async(): value("async def f():\n    return input('a') + '!'\nawait f()", "<a>!", INPUT)
def test_input_in_lambda(): value("(lambda: input('a'))()", "<a>", INPUT)
def test_no_input(): error("input('x')", "EOFError", "no tool named input")
def test_input_none(): error("input('x')", "EOFError", tools={"input": lambda a: None})
def test_input_number(): value("int(input('x')) + 1", 6, {"input": lambda a: 5})
def test_stdin_line(): value("import sys\nsys.stdin.readline()", "\n", INPUT)
def test_stdin_at_end(): value("import sys\n[sys.stdin.read(), list(sys.stdin)]", ["", []])


# ---- display and progress

def shown(source, *expected, **more):
    report = run(source, **more)
    assert report.error is None, report.error["stack"]
    assert report.of("display") == list(expected), report.of("display")


TABLE = "application/vnd.cloche.table+json"


def test_display_text(): shown("display('plain')", ("text/plain", "plain", False))
def test_display_mime(): shown("display('# T', 'markdown')\ndisplay('<b>', mime='text/html')", ("text/markdown", "# T", False), ("text/html", "<b>", False))
def test_display_two(): shown("display('a', 'b')", ("text/plain", "a", False), ("text/plain", "b", False))
def test_display_table(): shown("display([{'c': 'Oslo', 'r': 763}, {'c': 'Lima', 's': True}])",
                                (TABLE, '{"columns":["c","r","s"],"rows":[["Oslo",763,null],["Lima",null,true]]}', False))
def test_display_dict(): shown("display({'a': [1, float('nan')]})", ("application/json", '{"a":[1,null]}', False))
def test_display_list(): shown("display([1, 2])", ("application/json", "[1,2]", False))
def test_display_vega(): shown("display({'$schema': 'https://vega.github.io/schema/vega-lite/v5.json'})",
                               ("application/vnd.vegalite.v5+json", '{"$schema":"https://vega.github.io/schema/vega-lite/v5.json"}', False))
def test_display_png(): shown("display(b'\\x89PNG\\r\\n\\x1a\\n')", ("image/png", "iVBORw0KGgo=", True))
def test_display_bytes(): shown("display(b'abc')", ("application/octet-stream", "YWJj", True))
def test_display_object(): shown("class A:\n    def __repr__(self): return 'an A'\ndisplay(A())", ("text/plain", "an A", False))
def test_display_number(): shown("display(5)", ("text/plain", "5", False))
def test_display_html(): shown("class A:\n    def _repr_html_(self): return '<i>'\n    def _repr_markdown_(self): return '*'\ndisplay(A())", ("text/html", "<i>", False))
def test_display_svg(): shown("class A:\n    def _repr_svg_(self): return '<svg/>'\ndisplay(A())", ("image/svg+xml", "<svg/>", False))
def test_display_png_method(): shown("class A:\n    def _repr_png_(self): return b'abc'\ndisplay(A())", ("image/png", "YWJj", True))
def test_display_png_text(): shown("class A:\n    def _repr_png_(self): return 'YWJj'\ndisplay(A())", ("image/png", "YWJj", True))
def test_display_markdown(): shown("class A:\n    def _repr_html_(self): return None\n    def _repr_markdown_(self): return '*'\ndisplay(A())", ("text/markdown", "*", False))
def test_display_json(): shown("class A:\n    def _repr_json_(self): return {'a': 1}\ndisplay(A())", ("application/json", '{"a":1}', False))
def test_display_latex(): shown("class A:\n    def _repr_latex_(self): return '$x$'\ndisplay(A())", ("text/latex", "$x$", False))
def test_display_bundle(): shown("class A:\n    def _repr_mimebundle_(self): return {'text/plain': 'p', 'text/html': '<i>'}\ndisplay(A())", ("text/html", "<i>", False))
def test_display_bundle_pair(): shown("class A:\n    def _repr_mimebundle_(self): return {'application/vnd.x+json': {'a': 1}, 'text/html': ''}, {}\ndisplay(A())",
                                      ("application/vnd.x+json", '{"a":1}', False))
def test_display_class(): shown("class A:\n    def _repr_html_(self): return '<i>'\ndisplay(A)", ("text/plain", "<class '__main__.A'>", False))
def test_display_set(): shown("display({1})", ("text/plain", "{1}", False))
def test_display_bad_table(): error("display([1], 'table')", "TypeError", "a list of dicts")
def test_display_after_print(): assert [e[0] for e in run("print('a', end='')\ndisplay(1)").events] == ["stdout", "display"]
def test_progress():
    assert run("progress(0.5, 'half')\nprogress(None)\nprogress(float('nan'))\nprogress(1)").of("progress") == [
        ({"value": 0.5, "message": "half"},), ({"value": None},), ({"value": None},), ({"value": 1.0},)]


# ---- context

CONTEXT = {"user": {"name": "Ada", "tags": ["a", {"b": 1}]}}


def test_context_read(): value("[context.user.name, context['user']['tags'][1].b, 'user' in context, len(context)]", ["Ada", 1, True, 1], context=CONTEXT)
def test_context_value(): value("context", CONTEXT, context=CONTEXT)
def test_context_json(): value("import json\njson.loads(json.dumps(context))", CONTEXT, context=CONTEXT)
def test_context_empty(): value("context", {})
def test_context_read_only():
    session = Session(context=CONTEXT)
    for source in ("context['x'] = 1", "context.user.name = 'x'", "context.user.tags.append(1)", "del context['user']",
                   "context.user.tags[1].b = 2", "context.update(a=1)", "context.user.tags.sort()", "context.pop('user')",
                   "c = context\nc |= {}", "t = context.user.tags\nt += [1]"):
        report = session.run(source)
        assert report.error and "read-only" in report.error["message"], (source, report.error, report.json)
        assert session.run("context").value == CONTEXT, source


def test_context_copies(): value("import copy\na = copy.deepcopy(context)\na['user']['name'] = 'B'\nb = copy.copy(context)\nb['x'] = 1\n[a['user']['name'], context.user.name]",
                                 ["B", "Ada"], context=CONTEXT)
def test_context_missing(): error("context.nobody", "AttributeError", "context has no 'nobody'")
def test_context_as_argument(): value("tools.echo(context)", CONTEXT, {"echo": lambda a: a}, context=CONTEXT)
def test_context_changes():
    session = Session(context={"a": 1})
    session.run("context.a")
    session.context = {"a": 2}
    assert session.run("context.a").value == 2


# ---- completion

def completes(before, start, *names, setup="", tools=None):
    session = Session(tools)
    if setup:
        assert session.run(setup).error is None
    report = session.run(before, complete=True)
    assert report.error is None, report.error
    assert report.value["from"] == start, report.value
    assert not names or report.value["names"] == list(names), report.value
    assert report.events == []
    return report.value["names"]


def test_complete_name(): completes("x = cou", 4, "counter", "country", setup="counter = country = 1")
def test_complete_builtin(): assert "print" in completes("pri", 0)
def test_complete_keyword(): assert "while" in completes("whi", 0)
def test_complete_attribute(): completes("[1, x.app", 6, "append", setup="x = []")
def test_complete_of_instance(): completes("a.", 2, "size", "where", setup="class A:\n    def __init__(self): self.size = 1\n    def where(self): pass\na = A()")
def test_complete_deeper(): completes("a.b.si", 4, "size", setup="class B:\n    size = 1\nclass A:\n    b = B()\na = A()")
def test_complete_module(): assert "path" in completes("os.pa", 3, setup="import os")
def test_complete_import(): assert "json" in completes("import js", 7)
def test_complete_from(): assert "loads" in completes("from json import lo", 17, setup="import json")
def test_complete_tools(): completes("tools.", 6, "add", "drop", tools={"drop": None, "add": None})
def test_complete_private(): assert "_own" in completes("a._o", 2, setup="class A:\n    _own = 1\na = A()")
def test_complete_unicode(): completes("ä = 'ö'; cou", 9, "counter", setup="counter = 1")
def test_complete_nothing(): assert completes("", 0) == []
def test_complete_in_string(): assert completes("x = 'pri", 5) == []
def test_complete_in_comment(): assert completes("# pri", 2) == []
def test_complete_unknown(): assert completes("nobody.x", 7) == []
def test_complete_after_call(): assert completes("f().x", 4) == []
def test_complete_runs_nothing():
    setup = """
seen = []
class M(type):
    def __getattribute__(cls, name): seen.append(('meta', name)); return type.__getattribute__(cls, name)
class A(metaclass=M):
    def __init__(self): object.__setattr__(self, 'inner', self)
    def __getattr__(self, name): seen.append(name); return self
    def __getattribute__(self, name): seen.append(name); return object.__getattribute__(self, name)
    def __dir__(self): seen.append('dir'); return []
    @property
    def prop(self): seen.append('prop'); return self
a = A()
seen.clear()"""
    session = Session()
    assert session.run(setup).error is None
    names = session.run("a.", complete=True).value["names"]
    assert names == ["inner", "prop"], names
    assert session.run("a.prop.", complete=True).value["names"] == []
    assert session.run("a.inner.pr", complete=True).value["names"] == ["prop"]
    assert session.run("a.nobody.", complete=True).value["names"] == []
    assert session.run("A.", complete=True).error is None
    assert session.run("seen").value == []


# ---- sql

def sql(source, session=None):
    report = (session or Session()).run(source, name="q.sql", language="sql")
    return report


def test_sql():
    report = sql("create table t (a integer, b text);\ninsert into t values (1, 'x'), (2, NULL);\nselect * from t;\nselect count(*) as n from t;")
    assert report.error is None, report.error
    assert report.value == [{"n": 2}], report.value
    assert report.of("display") == [(TABLE, '{"columns":["a","b"],"rows":[[1,"x"],[2,null]]}', False), (TABLE, '{"columns":["n"],"rows":[[2]]}', False)]
    assert report.repr == "n\n-\n2", report.repr
def test_sql_aligned(): assert sql("select 1 as a, 'long text' as b union all select 100, NULL").repr == (
    "  a  b\n---  ---------\n  1  long text\n100  NULL"), sql("select 1").repr
def test_sql_no_result(): assert sql("create table t (a);").value is None
def test_sql_empty_result(): assert sql("create table t (a); select * from t").value == []
def test_sql_session():
    session = Session()
    sql("create table t (a); insert into t values (5)", session)
    assert sql("select a from t -- the end", session).value == [{"a": 5}]
def test_sql_semicolons(): assert sql("select ';' as \"a;b\" -- ; no\n; /* ; */ select 2 as x;;").value == [{"x": 2}]
def test_sql_trigger():
    assert sql("create table t (a); create table l (a);\ncreate trigger g after insert on t begin insert into l values (new.a); insert into l values (0); end;\n"
               "insert into t values (7); select count(*) n from l").value == [{"n": 2}]
def test_sql_same_names(): assert sql("select 1 as a, 2 as a").value == [{"a": 1, "a_2": 2}]
def test_sql_blob(): assert sql("select x'0102' as b").value == [{"b": tag("bytes", **{"class": "bytes"}, base64="AQI=")}]
def test_sql_error():
    report = sql("select 1;\n\nselect\n  x frm t;")
    e = report.error
    assert (e["name"], e["line"], e["column"]) == ("OperationalError", 4, 9) and 'near "t"' in e["message"] or e["line"] == 4, e
    assert len(report.of("display")) == 1
def test_sql_no_table():
    e = sql("select 1;\nselect * from nobody;").error
    assert (e["message"], e["line"], e["column"]) == ("no such table: nobody", 2, 15), e
def test_sql_constraint(): assert sql("create table t (a unique);\ninsert into t values (1);\ninsert into t values (1);").error["line"] == 3
def test_sql_empty(): assert sql(" -- nothing\n").value is None


# ---- a guest that replaces things

def test_taken_over():
    report = run("""
import sys, json, io, traceback, linecache, ast, asyncio, types, inspect
for module in (json, traceback, linecache, inspect, ast, asyncio, asyncio.tasks, asyncio.events):
    for name in list(vars(module)):
        if not name.startswith('__'):
            setattr(module, name, None)
print('here')
5""")
    assert report.ends == ["value"] and report.value == 5 and report.stdout == "here\n", report.error


# ---- randomness

def test_reseed():
    session = Session()
    draws = set()
    for n in range(3):
        session.world.reseed() if session.world else None
        draws.add(session.run("import random, uuid\n[random.random(), uuid.getnode()][0]").value)
    assert len(draws) == 3, draws
    assert session.run("random.seed(1)\nrandom.random()").value == 0.13436424411240122
