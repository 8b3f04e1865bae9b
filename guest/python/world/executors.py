"""concurrent.futures where there are no threads: what is submitted runs at once, and a tool is called without waiting
for it, so that `pool.map(tools.fetch, ids)` is as parallel as the host allows."""
import concurrent.futures
import concurrent.futures._base as base
import concurrent.futures.thread as thread

from .loop import loop

TimeoutError = base.TimeoutError


class WatchedFuture(base.Future):
    """Stands for a future of the loop. Who asks for its result drives the loop until it is there."""

    def __init__(self, watched):
        super().__init__()
        self.watched = watched
        watched.add_done_callback(self.take)

    def take(self, watched):
        if self._state not in (base.PENDING, base.RUNNING):
            return
        if watched.cancelled():
            super().cancel()
            self.set_running_or_notify_cancel()
        elif watched.exception() is not None:
            self.set_exception(watched.exception())
        else:
            self.set_result(watched.result())

    def done(self):
        if self.watched.done():
            self.take(self.watched)
        return super().done()

    def cancel(self):
        return self.watched.cancel() and super().cancel()

    def result(self, timeout=None):
        drive([self], timeout)
        return super().result(0)

    def exception(self, timeout=None):
        drive([self], timeout)
        return super().exception(0)


def drive(futures, timeout=None, enough=all):
    """Drives the loop until all (or `enough`) of the futures are done."""
    late = []
    timer = loop.call_later(timeout, late.append, True) if timeout is not None else None
    try:
        loop.drive(lambda: late or enough([future.done() for future in futures]))
    finally:
        if timer:
            timer.cancel()
    if not enough([future.done() for future in futures]):
        raise TimeoutError()


class ThreadPoolExecutor(base.Executor):
    """An executor without threads."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._max_workers = max_workers or 1
        self.submitted = []
        self.closed = False
        if initializer is not None:
            initializer(*initargs)

    def submit(self, fn, /, *args, **kwargs):
        if self.closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        start = loop.starter(fn)
        if start is not fn:
            future = WatchedFuture(start(*args, **kwargs))
            self.submitted = [other for other in self.submitted if not other.done()]
            self.submitted.append(future)
            return future
        future = base.Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            future.set_exception(e)
        return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            for future in futures:
                yield future.result(timeout)
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.closed = True
        if cancel_futures:
            for future in self.submitted:
                future.cancel()
        if wait and self.submitted:
            drive(self.submitted)
        self.submitted = []


def as_completed(fs, timeout=None):
    """An iterator over the futures, those that are done first."""
    rest = list(dict.fromkeys(fs))
    while rest:
        drive(rest, timeout, any)
        done = [future for future in rest if future.done()]
        rest = [future for future in rest if future not in done]
        yield from done


def wait(fs, timeout=None, return_when=base.ALL_COMPLETED):
    fs = list(dict.fromkeys(fs))

    def enough(done):
        if return_when == base.FIRST_COMPLETED:
            return any(done)
        if return_when == base.FIRST_EXCEPTION:
            failed = [future for future in fs if future.done() and not future.cancelled() and future.exception()]
            return bool(failed) or all(done)
        return all(done)
    try:
        drive(fs, timeout, enough)
    except TimeoutError:
        pass
    done = {future for future in fs if future.done()}
    return base.DoneAndNotDoneFutures(done, set(fs) - done)


for module in (concurrent.futures, thread):
    module.ThreadPoolExecutor = ThreadPoolExecutor
for module in (concurrent.futures, base):
    module.as_completed, module.wait = as_completed, wait
ThreadPoolExecutor.__module__ = "concurrent.futures.thread"
