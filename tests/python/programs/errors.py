"""Exceptions as programs handle them."""
import contextlib
import io
import traceback


class Refused(Exception):
    def __init__(self, code):
        super().__init__(f"refused with {code}")
        self.code = code


def deep(n):
    if n == 0:
        raise Refused(7)
    deep(n - 1)


try:
    deep(2)
except Refused as e:
    print(e, e.code, [f.name for f in traceback.extract_tb(e.__traceback__)])
try:
    try:
        {}["a"]
    except KeyError as e:
        raise ValueError("b") from e
except ValueError as e:
    print(repr(e), repr(e.__cause__))
    print("".join(traceback.format_exception(e)), end="")
try:
    raise ExceptionGroup("all", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3)])])
except* ValueError as group:
    print([repr(x) for x in group.exceptions])
except* TypeError as group:
    print(group.exceptions)
with contextlib.suppress(ZeroDivisionError):
    1 / 0
buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    print("inside")
print(repr(buffer.getvalue()))


def f(n):
    return f(n + 1)


try:
    f(0)
except RecursionError as e:
    print(e)
try:
    eval("1 +")
except SyntaxError as e:
    print(e.msg, e.lineno)
