"""How a run goes: source in, one end out (a value, an error or an exit).

    start ── plain code ─────────────► executed at once ──► value
      └───── code that may wait ─────► task ─► turns ─┬──► value, awaited if it can be ─► rest of the tasks ─► end
                                         ▲            │
                                         └─ go_on ◄───┘ waiting: back to the host

A source is parsed once; its last expression statement is stored under a name that no source can write, and is the value.
Only the parsing of the run's own source counts as a syntax error. Names stay in the globals of __main__.

Not here: what happens to the syntax tree (transform.py), SQL (sql.py)."""
import _sitebuiltins
import ast
import asyncio
import atexit
import builtins
import linecache
import os
import random
import sys
import tempfile
import time
import types
import uuid

import _cloche as host

from . import complete, display, errors, modules, sql, streams, tools, transform, values
from .loop import Deadlock, all_tasks, isawaitable, loop

VALUE = "<value of the run>"
PARSE = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
TOP_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
COROUTINE = 0x80 | 0x20  # CO_COROUTINE, CO_GENERATOR
FUTURES = 0x1fe0000  # the flags of `from __future__ import`
SOURCES = 200  # whose lines are kept for tracebacks
DEEP = 20000
Assign, Name, Store, Expr, CodeType = ast.Assign, ast.Name, ast.Store, ast.Expr, types.CodeType
ensure_future, gather = asyncio.ensure_future, asyncio.gather

main_module = types.ModuleType("__main__")
main_module.__builtins__ = builtins
names = main_module.__dict__
sources = {}  # of this cell's runs and modules, by name: whether their lines are kept when the next run begins


class Run:
    """The run that is on. `main`: the task whose end is waited for; None while nothing is."""

    main = None
    value = None
    stage = None  # "main", "value", "rest"
    name = None
    places = set()  # names of sources in which the host finds places: this run's, and modules
    interactive = False
    own_await = False
    futures = 0  # flags of a session's `from __future__ import`


run = Run()


# ---- start and go on

def start():
    """Begins a run; True: it has ended, False: it waits."""
    try:
        return begin()
    except BaseException as error:
        return failed(error)


def go_on():
    """An answer or the timer is there."""
    try:
        return step()
    except BaseException as error:
        return failed(error)


def begin():
    text, name, language, run.interactive, wants_names = host.source()
    run.main = run.value = None
    run.places.discard(run.name)
    run.places.add(name)
    run.name = name
    if wants_names:
        return give(complete.complete(text, names))
    display.refresh_context()
    if language == "sql":
        return sql.begin(text, name, give)
    forget_sources()
    remember(name, text)
    names["__file__"] = name
    arguments = builtins.context.get("args") if builtins.context.__class__ is display.FrozenDict else None
    sys.argv = [name, *(arguments if isinstance(arguments, list) else ())]
    try:
        code = compiled(text, name)
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
        return refuse_source(error, text, name)
    if not any(constant.__class__ is CodeType for constant in code.co_consts):
        sources[name] = False  # nothing outlives this run that could stand in a traceback
    if code.co_flags & COROUTINE:
        run.stage = "main"
        run.main = loop.create_task(eval(code, names), name="main")
        return step()
    exec(code, names)
    return ended(names.pop(VALUE, None))


def forget_sources():
    """Sources that nothing can be left of, and the oldest where there are many."""
    for old in [old for old, keep in sources.items() if not keep] + list(sources)[:-SOURCES]:
        if sources.pop(old, None) is not None:
            linecache.cache.pop(old, None)


def remember(name, text):
    """Keeps the lines of a source for tracebacks and inspect."""
    linecache.cache[name] = (len(text), None, (text + "\n").splitlines(True), name)
    sources[name] = True


def remember_module(name, text):
    remember(name, text)
    run.places.add(name)


def compiled(text, name):
    tree = compile(text, name, "exec", PARSE | run.futures, True)
    body = tree.body
    if body and body[-1].__class__ is Expr:
        last = body[-1]
        target = Name(VALUE, Store())
        target.lineno, target.col_offset = last.lineno, last.col_offset
        target.end_lineno, target.end_col_offset = last.end_lineno, last.end_col_offset
        assign = Assign([target], last.value, None)
        assign.lineno, assign.col_offset = last.lineno, last.col_offset
        assign.end_lineno, assign.end_col_offset = last.end_lineno, last.end_col_offset
        body[-1] = assign
    run.own_await = False
    if transform.may_need(text):
        run.own_await = transformed(tree, text, True)
    code = compile(tree, name, "exec", TOP_AWAIT | run.futures, True)
    if run.interactive:
        run.futures |= code.co_flags & FUTURES
    return code


def transformed(tree, text, awaits):
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEEP))
    try:
        return transform.transform(tree, names, "input" in text and tools.has_input(), awaits)
    finally:
        sys.setrecursionlimit(limit)


def compiled_module(text, name):
    """The code of a module that the host gave: its top level cannot wait, an import is no place for that."""
    tree = compile(text, name, "exec", ast.PyCF_ONLY_AST, True)
    if transform.may_need(text):
        transformed(tree, text, False)
    return compile(tree, name, "exec", 0, True)


def refuse_source(error, text, name):
    """The source is none: where, and what stands there."""
    if not isinstance(error, SyntaxError):
        message = str(error) or type(error).__name__
        error = SyntaxError(f"the source is too deeply nested ({type(error).__name__})"
                            if isinstance(error, (MemoryError, RecursionError)) else message)
        error.filename, error.lineno, error.offset = name, 1, 1
    elif error.text is None and error.lineno:
        lines = text.splitlines()
        error.text = lines[error.lineno - 1] if error.lineno <= len(lines) else None
    error.__traceback__ = error.__context__ = None
    errors.tell(error, (name,), name, "syntax_error")
    return True


# ---- waiting

def step():
    """Turns of the loop until the run has ended (True) or waits for the host (False)."""
    while True:
        loop.turn()
        if run.main.done():
            if main_done():
                return True
        elif not loop._ready:
            if loop.tell_timer():
                return False
            if run.stage != "rest":
                raise Deadlock
            return ended_now()


def main_done():
    """What is waited for is there; True: and that was all."""
    if run.stage == "rest":
        return ended_now()
    value = run.main.result()
    if run.stage == "main":
        value = names.pop(VALUE, None)
    return ended(value)


def ended(value):
    """The source is through. Its value is awaited if it can be; then comes the rest of the tasks."""
    if value is not None and isawaitable(value) and run.stage != "value":
        run.stage = "value"
        run.main = ensure_future(value)
        return step()
    run.value = value
    if not loop._ready and not loop._scheduled and not loop.calls and not loop._asyncgens:
        return ended_now()
    rest = loop.pending()
    if run.own_await:
        for task in rest:
            task.cancel()
    closing = [generator.aclose() for generator in list(loop._asyncgens)]
    if not rest and not closing:
        return ended_now()
    run.stage = "rest"
    run.main = loop.create_task(all_of(rest, closing), name="rest")
    return step()


async def all_of(tasks, closing):
    """Waits for what the source has left: as it began them without an await of its own, it cannot have meant to leave them
    undone. Where it had one, they have been cancelled."""
    await gather(*tasks, return_exceptions=True)
    await gather(*closing, return_exceptions=True)


# ---- the end

def ended_now():
    finish()
    value, run.value, run.main = run.value, None, None
    if run.interactive and value is not None:
        builtins._ = value
    return give(value)


def finish():
    """What Python does when a program ends."""
    if not run.interactive and atexit._ncallbacks():
        atexit._run_exitfuncs()
    loop.report_forgotten()
    loop.clear()


def tell_limit():
    """A limit counts when the host itself has refused something: here a text that is no JSON stands for the value."""
    try:
        host.value("", "")
    except host.HostError:
        pass


def give(value, shown=None):
    """Ends the run with a value; None is none. `shown`: its repr, if it has a better one."""
    room = host.limit("value")
    try:
        json = values.encode(value, room if room > 0 else 1 << 40) if value is not None else None
    except values.TooMuch:
        tell_limit()
        raise
    shown = values.repr_of(value) if shown is None else shown
    streams.finish()
    host.value(json, errors.printable(shown))
    return True


def failed(error):
    """Ends the run with an exception, or with sys.exit()."""
    try:
        if isinstance(error, SystemExit):
            return leave(error.code)
        rest = loop.pending()
        for task in rest:
            task.cancel()
            task._log_destroy_pending = False
        for _ in range(100 if rest else 0):
            loop.turn()
            if not loop._ready:
                break
        retrieved(error)
        finish()
    except BaseException as another:
        if isinstance(another, SystemExit):
            return leave(another.code)
    names.pop(VALUE, None)
    run.main = run.value = None
    errors.tell(error, run.places, run.name)
    return True


def retrieved(error):
    """The error is reported as the run's: asyncio need not say again that nobody asked for it."""
    for task in list(all_tasks) if all_tasks.data else ():
        if task.done() and not task.cancelled() and task._exception is error:
            task._log_traceback = False


def leave(code):
    """sys.exit(): a status, or a text for stderr."""
    if code is None:
        status = 0
    elif isinstance(code, int):
        status = int(code) if -2**31 <= code < 2**31 else 255
    else:
        print(code, file=streams.stderr)
        status = 1
    names.pop(VALUE, None)
    run.main = run.value = None
    finish()
    streams.finish()
    host.exit(status)
    return True


# ---- the world

def reseed():
    """New randomness: the cell has been opened, forked or restored."""
    random.seed(int.from_bytes(host.random(32), "little"))
    tempfile._name_sequence = None
    uuid._node = uuid._last_timestamp = None
    tools.forget()


def sleep(seconds, /):
    """Delay execution for a given number of seconds."""
    if seconds != seconds or seconds < 0:
        raise ValueError("sleep length must be non-negative" if seconds == seconds else "Invalid value NaN (not a number)")
    streams.flush()
    host.sleep(float(seconds))


def leave_program(code=None):
    """Ends the run, as sys.exit() does."""
    raise SystemExit(code)


def install():
    streams.install(tools.ask)
    tools.install()
    display.install()
    sleep.__module__ = "time"
    time.sleep = sleep
    leave_program.__module__ = "builtins"
    builtins.exit = builtins.quit = leave_program
    os._exit = leave_program
    builtins.help = _sitebuiltins._Helper()
    modules.install(compiled_module, remember_module)
    sys.modules["__main__"] = main_module
    sys.argv = [""]


install()
