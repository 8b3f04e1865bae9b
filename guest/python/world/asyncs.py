"""asyncio as a cell has it: functions that take awaitables accept values that are already there, asyncio.run() works
where a loop runs, and threads are functions that run at once.

Everything is replaced in asyncio's own modules, so that it holds for whoever imports it, and by whatever name."""
import asyncio
import contextvars
import functools
import sys
import weakref
from asyncio import runners, tasks, threads

from .executors import WatchedFuture
from .loop import coroutine_of, isawaitable, loop

scope = loop.scope = contextvars.ContextVar("scope", default=None)
copy_context = contextvars.copy_context


def settled(value):
    future = loop.create_future()
    future.set_result(value)
    return future


def awaitable(value):
    """The value itself if it can be awaited, else a future that has it; a list of calls is somebody's forgotten star."""
    if isawaitable(value):
        return value
    if value.__class__ in (list, tuple, set) and any(isawaitable(item) for item in value):
        raise TypeError(f"an awaitable is required, not a {type(value).__name__} of them")
    return settled(value)


def replace(name, *modules):
    """Puts a function in the place of asyncio's own one of that name."""
    def put(function):
        original = getattr(modules[0], name)
        function = functools.update_wrapper(function, original)
        del function.__wrapped__
        for module in modules:
            setattr(module, name, function)
        return function
    return put


original_ensure = tasks._ensure_future
original_gather, original_wait, original_wait_for = tasks.gather, tasks.wait, tasks.wait_for
original_as_completed, original_shield = tasks.as_completed, tasks.shield


@replace("_ensure_future", tasks)
def _ensure_future(coro_or_future, *, loop=None):
    return original_ensure(awaitable(coro_or_future), loop=loop)


@replace("gather", tasks, asyncio)
def gather(*coros_or_futures, return_exceptions=False):
    return original_gather(*[awaitable(item) for item in coros_or_futures], return_exceptions=return_exceptions)


@replace("wait", tasks, asyncio)
async def wait(fs, *, timeout=None, return_when=tasks.ALL_COMPLETED):
    if isawaitable(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    return await original_wait([tasks.ensure_future(item) for item in fs], timeout=timeout, return_when=return_when)


@replace("wait_for", tasks, asyncio)
def wait_for(fut, timeout):
    return original_wait_for(awaitable(fut), timeout)


@replace("shield", tasks, asyncio)
def shield(arg):
    return original_shield(awaitable(arg))


@replace("as_completed", tasks, asyncio)
def as_completed(fs, *, timeout=None):
    if isawaitable(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    return original_as_completed([awaitable(item) for item in fs], timeout=timeout)


@replace("run_coroutine_threadsafe", tasks, asyncio)
def run_coroutine_threadsafe(coro, its_loop):
    return WatchedFuture(asyncio.ensure_future(coroutine_of(coro)))


@replace("to_thread", threads, asyncio)
async def to_thread(func, /, *args, **kwargs):
    start = loop.starter(func)
    if start is not func:
        return await start(*args, **kwargs)
    return copy_context().run(functools.partial(func, *args, **kwargs))


# ---- asyncio.run

def begin(main, context=None):
    """Starts the task of an asyncio.run, and notes what tasks it leaves."""
    context = context or copy_context()
    left = weakref.WeakSet()
    context.run(scope.set, left)
    task = loop.create_task(main, context=context)
    left.discard(task)
    return task, left


def cancel_left(left):
    rest = [task for task in left if not task.done()]
    for task in rest:
        task.cancel()
    return original_gather(*rest, return_exceptions=True) if rest else None


async def run_awaited(main, *, debug=None):
    """asyncio.run where an await may stand: nothing blocks."""
    task, left = begin(main)
    try:
        return await task
    finally:
        rest = cancel_left(left)
        if rest is not None:
            await rest


async def until_complete_awaited(future):
    return await asyncio.ensure_future(future)


@replace("run", runners, asyncio)
def run(main, *, debug=None):
    with Runner(debug=debug) as runner:
        return runner.run(main)


class Runner:
    """asyncio.Runner on the loop that is already there."""

    def __init__(self, *, debug=None, loop_factory=None):
        self.left = []
        self.context = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, where):
        self.close()

    def close(self):
        for left in self.left:
            rest = cancel_left(left)
            if rest is not None:
                loop.run_until_complete(rest)
        self.left = []

    def get_loop(self):
        return loop

    def run(self, coro, *, context=None):
        if context is None:
            context = self.context = self.context or copy_context()
        task, left = begin(coro, context)
        self.left.append(left)
        loop.drive(task.done)
        return task.result()


Runner.__module__ = "asyncio.runners"
Runner.__qualname__ = "Runner"
runners.Runner = asyncio.Runner = Runner


# ---- async generators are closed with the run

def first_iteration(generator):
    loop._asyncgens.add(generator)


def finalize(generator):
    loop._asyncgens.discard(generator)
    loop.create_task(generator.aclose())


sys.set_asyncgen_hooks(first_iteration, finalize)
