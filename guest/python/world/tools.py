"""The host's functions as the guest sees them: `tools.name(...)`.

Keyword arguments are one JSON object; a single positional argument is the argument itself (a dict may be given more members
by keywords); without arguments there is none. A plain call blocks and gives the value. `start` gives an awaitable instead,
and the call is on its way at once: that is what the author's calls become where they are awaited (transform.py).

Here are also the functions that transformed sources call: <later>, <value>, <ready> and <stream>."""
import asyncio
import builtins
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import json
import pathlib
import sys
import types
import uuid
from difflib import get_close_matches

import _cloche as host

from . import asyncs
from .loop import Loop, ToolError, isawaitable, loop

partial = functools.partial
Future = asyncio.Future
BUILTIN_NAME = "builtins"


def plain(value):
    """What JSON lacks, as arguments of tools have it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, types.MappingProxyType)):
        return dict(value) if isinstance(value, types.MappingProxyType) else list(value)
    if isinstance(value, (uuid.UUID, pathlib.PurePath, decimal.Decimal, fractions.Fraction)):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.value
    if hasattr(type(value), "__iter__") and (hasattr(type(value), "__next__") or hasattr(type(value), "__reversed__")):
        return list(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


encode = json.JSONEncoder(default=plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
encode_ascii = json.JSONEncoder(default=plain, allow_nan=False, separators=(",", ":")).encode


def argument_of(name, args, kwargs):
    if len(args) > 1:
        raise TypeError(f"tools.{name}() takes keyword arguments, or one positional argument, but {len(args)} were given")
    if args and kwargs:
        if not isinstance(args[0], dict):
            raise TypeError(f"tools.{name}() takes keyword arguments, or one positional argument, but not both")
        return {**args[0], **kwargs}
    return args[0] if args else kwargs


def begin_call(tool, args, kwargs):
    """Tells the host of a call and returns its id."""
    text = ""
    if args or kwargs:
        try:
            value = argument_of(tool.__name__, args, kwargs)
            text = encode(value)
            text.encode()
        except UnicodeEncodeError:
            text = encode_ascii(value)
        except (TypeError, ValueError) as e:
            message = str(e)
            raise type(e)(message if message.startswith("tools.") else f"tools.{tool.__name__}: {message}") from None
    try:
        return host.call(tool.index, text)
    except host.HostError as e:
        raise refused(e) from None


def refused(error):
    """A limit of the host's as the error that a call raises."""
    code, message = error.args
    return ToolError(message, "LimitError", code)


class ToolCall(Future):
    """A call that has been made, as an awaitable."""

    tool = None
    call = None

    def cancel(self, msg=None):
        if self.call is not None:
            loop.calls.pop(self.call, None)
        return super().cancel(msg)

    def __repr__(self):
        return f"<call of tools.{self.tool} {self._state.lower()}>"


class Tool:
    """One function of the host's."""

    __slots__ = ("index", "__name__", "__dict__")

    def __init__(self, index, name):
        self.index = index
        self.__name__ = name

    def __call__(self, /, *args, **kwargs):
        return loop.answer(begin_call(self, args, kwargs))

    def start(self, /, *args, **kwargs):
        future = ToolCall(loop=loop)
        future.tool = self.__name__
        try:
            future.call = begin_call(self, args, kwargs)
        except ToolError as e:
            future.set_exception(e)
        else:
            loop.calls[future.call] = future
        return future

    def __repr__(self):
        return f"<tool {self.__name__}>"

    def __reduce__(self):
        return (getattr, (tools, self.__name__))


class Tools(types.ModuleType):
    """`tools`: its attributes are the tools that the host has, made when they are first used."""

    def __getattr__(self, name):
        known = load()
        if name in known:
            return known[name]
        if name[:2] == "__" or name[:6] == "_repr_" or name[:1] == "_" and name[:9] == "_ipython_":
            raise AttributeError(name)
        raise unknown(name, known)

    def __getitem__(self, name):
        known = load()
        if name in known:
            return known[name]
        raise KeyError(unknown_text(name, known))

    def __contains__(self, name):
        return name in load()

    def __iter__(self):
        return iter(load())

    def __len__(self):
        return len(load())

    def __dir__(self):
        return sorted(load())

    def __setattr__(self, name, value):
        raise AttributeError("tools are the host's: they cannot be replaced")

    __delattr__ = __setattr__

    def __repr__(self):
        return f"<tools: {', '.join(load()) or 'none'}>"


tools = Tools("tools")
for name in list(vars(tools)):
    if name not in ("__name__", "__spec__"):  # what the import system looks at
        del vars(tools)[name]
by_name = {}


def load():
    """The tools by name, as the host has them now."""
    if len(by_name) != host.tool_count():
        forget()
        for index in range(host.tool_count()):
            name = host.tool(index)[0]
            by_name[name] = Tool(index, name)
        vars(tools).update(by_name)
    return by_name


def forget():
    """After a fork or restore the host may have bound other functions."""
    for old in by_name:
        vars(tools).pop(old, None)
    by_name.clear()


def unknown_text(name, known):
    close = get_close_matches(str(name)[:100], known, 1)
    return (f"Unknown tool: {str(name)[:100]}." + (f" Did you mean {close[0]}?" if close else "")
            + (" Available tools: " + ", ".join(known) if known else " This cell has no tools."))


def unknown(name, known):
    error = AttributeError(unknown_text(name, known))
    error.code = "unknown_tool"
    return error


# ---- what transformed sources call

def later(func):
    """A function as it is called where its result is awaited."""
    if func.__class__ is Tool:
        return func.start
    if func.__class__ is partial and func.func.__class__ is Tool:
        return partial(func.func.start, *func.args, **func.keywords)
    return func


class Ready:
    """Awaiting it gives a value that is already there."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return self.value
        yield


def ready(value):
    """What `await` of the author's waits for."""
    if isawaitable(value):
        return value
    if value.__class__ in (list, tuple) and any(isinstance(item, Future) for item in value):
        raise TypeError(f"object {type(value).__name__} can't be used in 'await' expression: use asyncio.gather(*...)")
    return Ready(value)


def value(func):
    """A function that is called for its value where an await may stand."""
    if func.__class__ is Tool:
        return func.start
    if func is ask:
        return ask_awaited
    if func is asyncs.run:
        return asyncs.run_awaited
    if func.__class__ is types.MethodType and func.__func__ is Loop.run_until_complete:
        return asyncs.until_complete_awaited
    return lambda *args, **kwargs: Ready(func(*args, **kwargs))


async def stream_of(values):
    for item in values:
        yield item


def stream(source):
    """What `async for` of the author's iterates over."""
    if hasattr(type(source), "__aiter__") or not hasattr(type(source), "__iter__"):
        return source
    return stream_of(source)


# ---- input()

def has_input():
    return "input" in load()


def ask(prompt=""):
    """Read a line, which the tool named input gives."""
    if not has_input():
        raise EOFError("input() has nobody to ask: the host has no tool named input")
    return line_of(by_name["input"](str(prompt)) if prompt != "" else by_name["input"]())


def line_of(answer):
    if answer is None:
        raise EOFError("EOF when reading a line")
    return answer if isinstance(answer, str) else str(answer)


ask.__name__ = ask.__qualname__ = "input"
ask.__module__ = BUILTIN_NAME


async def ask_awaited(prompt=""):
    if not has_input():
        return ask()
    return line_of(await (by_name["input"].start(str(prompt)) if prompt != "" else by_name["input"].start()))


def install():
    loop.starter = later
    names = vars(builtins)
    names.update({"<later>": later, "<value>": value, "<ready>": ready, "<stream>": stream, "tools": tools,
                  "ToolError": ToolError, "input": ask})
    sys.modules["tools"] = tools
