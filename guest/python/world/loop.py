"""The event loop of a cell: asyncio's own queue of callbacks, driven by the host instead of by a selector.

There is one loop in a cell, and it always counts as running: code at the top level, asyncio.run() and run_until_complete()
all share it. A turn runs what is ready. When nothing is, the run either returns to the host (go_on is called when an answer
or the timer is there), or, under a plain function, blocks on the fiber until then.

Invariants: `calls` holds exactly the calls whose answer somebody may still want: by id, a future, or a list that a blocking
call reads. A loop never has sockets, threads or signal handlers.

Not here: what tools are (tools.py), how a run ends (run.py)."""
import heapq
import json
import time
from asyncio import base_events, coroutines, events, tasks
from types import CoroutineType, GeneratorType

import _cloche as host

from . import streams

loads = json.JSONDecoder().decode  # json.loads asks its module for that, and a guest can spoil modules
enter_task, leave_task, current_task = tasks._enter_task, tasks._leave_task, tasks.current_task
all_tasks, ensure_future = tasks._all_tasks, tasks.ensure_future
heappop, heapify = heapq.heappop, heapq.heapify
monotonic = time.monotonic
ITERABLE_COROUTINE = 0x100  # the flag of types.coroutine
Task, iscoroutine = tasks.Task, coroutines.iscoroutine


class Deadlock(RuntimeError):
    """Nothing can happen any more, and somebody waits for it."""

    code = "deadlock"

    def __init__(self):
        super().__init__("the run waits for something that nothing can bring about: no tool call and no timer is pending")


class ToolError(Exception):
    """A tool has refused a call or failed. `name` is the error's name as the host gave it, `data` is what came with it."""

    def __init__(self, message="", name="Error", code=None, data=None):
        super().__init__(message)
        self.message = message
        self.name = name
        self.code = code
        self.data = data


ToolError.__module__ = "builtins"
ToolError.__qualname__ = "ToolError"


def result_of(answer):
    return loads(answer[2]) if answer[2] is not None else None


def answer_error(answer):
    name, message, code, data = answer[2:6]
    return ToolError(message or "", name or "Error", code, loads(data) if data is not None else None)


def isawaitable(value):
    kind = type(value)
    return (kind is CoroutineType or hasattr(kind, "__await__")
            or (kind is GeneratorType and value.gi_code.co_flags & ITERABLE_COROUTINE))


async def awaited(value):
    return await value


async def ready(value):
    return value


def coroutine_of(value):
    """Anything as a coroutine: what is awaitable, and values that are already there."""
    if iscoroutine(value):
        return value
    return awaited(value) if isawaitable(value) else ready(value)


class Loop(base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self.calls = {}
        self.scope = None  # a ContextVar: the tasks of the asyncio.run around (asyncs.py)
        self.starter = None  # gives for a tool the function that does not wait for it (tools.py)

    # ---- what asyncio asks

    def time(self):
        return monotonic()

    def is_running(self):
        return True

    def close(self):
        """There is no other loop to go on with."""

    def stop(self):
        self._stopping = True

    def _write_to_self(self):
        pass

    def create_task(self, coro, *, name=None, context=None):
        if self._task_factory is None:
            task = Task(coroutine_of(coro), loop=self, name=name, context=context)
        else:
            task = super().create_task(coroutine_of(coro), name=name, context=context)
        scope = self.scope.get() if context is None else context.get(self.scope)
        if scope is not None:
            scope.add(task)
        return task

    def run_in_executor(self, executor, func, *args):
        """There are no threads: the function runs now. A tool is called without waiting for it."""
        start = self.starter(func)
        if start is not func:
            return start(*args)
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            future.set_exception(e)
        return future

    def set_default_executor(self, executor):
        pass

    async def shutdown_default_executor(self):
        pass

    # ---- turns

    def deliver(self):
        """Takes the answers that are there."""
        answer = host.next_answer()
        while answer is not None:
            waiter = self.calls.pop(answer[0], None)
            if waiter.__class__ is list:
                waiter.append(answer)
            elif waiter is not None and not waiter.done():
                try:
                    if answer[1]:
                        waiter.set_result(result_of(answer))
                    else:
                        waiter.set_exception(answer_error(answer))
                except (MemoryError, RecursionError) as e:
                    waiter.set_exception(e)
            answer = host.next_answer()

    def turn(self):
        """Runs what is ready, timers that are due included; callbacks that come up meanwhile wait for the next turn."""
        if self.calls:
            self.deliver()
        ready = self._ready
        if self._scheduled:
            now = self.time()
            while (due := self.next_due()) is not None and due <= now:
                handle = heappop(self._scheduled)
                handle._scheduled = False
                ready.append(handle)
        for _ in range(len(ready)):
            if not ready:  # a turn within this one has run them
                break
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def next_due(self):
        scheduled = self._scheduled
        if self._timer_cancelled_count > 100 and 2 * self._timer_cancelled_count > len(scheduled):
            self._scheduled = scheduled = [handle for handle in scheduled if not handle._cancelled]
            heapify(scheduled)
            self._timer_cancelled_count = 0
        while scheduled and scheduled[0]._cancelled:
            heappop(scheduled)._scheduled = False
            self._timer_cancelled_count -= 1
        return scheduled[0]._when if scheduled else None

    def tell_timer(self):
        """Says to the host when the next timer is due; False: neither a timer nor an answer can come."""
        due = self.next_due()
        if due is None and not self.calls:
            return False
        streams.flush()
        host.timer(due, len(self._scheduled) - self._timer_cancelled_count)
        return True

    # ---- blocking

    def drive(self, done):
        """Runs turns until done(), under a plain function: the task that this stands in is set aside meanwhile."""
        task = current_task(self)
        if task is not None:
            leave_task(self, task)
        try:
            while not done():
                self.turn()
                if not done() and not self._ready:
                    if not self.tell_timer():
                        raise Deadlock
                    host.wait(0)
        finally:
            if task is not None:
                enter_task(self, task)

    def run_until_complete(self, future):
        future = ensure_future(future, loop=self)
        self.drive(future.done)
        return future.result()

    def run_forever(self):
        self._stopping = False
        self.drive(lambda: self._stopping)
        self._stopping = False

    def answer(self, call):
        """Blocks until the call is answered."""
        box = self.calls[call] = []
        streams.flush()
        try:
            while not box:
                host.wait(call)
                self.deliver()
        finally:
            self.calls.pop(call, None)
        answer = box[0]
        if not answer[1]:
            raise answer_error(answer)
        return result_of(answer)

    # ---- the end of a run

    def pending(self):
        return [task for task in list(all_tasks) if not task.done()] if all_tasks.data else []

    def report_forgotten(self):
        """What failed and nobody has asked for is told on stderr, as asyncio does when such a task is collected."""
        for task in list(all_tasks) if all_tasks.data else ():
            if getattr(task, "_log_traceback", False) and not task.cancelled():
                error = task._exception
                task._log_traceback = False
                self.call_exception_handler({"message": f"{type(task).__name__} exception was never retrieved",
                                             "exception": error, "future": task})

    def clear(self):
        """Forgets everything; tasks that are still there are never run again."""
        for task in self.pending():
            task._log_destroy_pending = False
        self._ready.clear()
        self._scheduled.clear()
        self._timer_cancelled_count = 0
        self.calls.clear()
        self._stopping = False


class Policy(events.AbstractEventLoopPolicy):
    """Every loop that is asked for is the one there is."""

    def __init__(self, loop):
        self.loop = loop

    def get_event_loop(self):
        return self.loop

    def set_event_loop(self, loop):
        pass

    def new_event_loop(self):
        return self.loop

    def get_child_watcher(self):
        raise NotImplementedError("there are no processes here")


loop = Loop()
events.set_event_loop_policy(Policy(loop))
events._set_running_loop(loop)
