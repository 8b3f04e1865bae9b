"""What the host is told of an exception: name, message, the traceback as CPython prints it, and where in the author's
source it was.

Frames of the bootstrap are left out, and those of asyncio that stand above the first frame of the author's. Long
tracebacks are cut in the middle. Reporting an error must not fail: whatever goes wrong here leads to a shorter report.

Not here: which exceptions end a run (run.py)."""
import itertools
import json
import linecache
import traceback
import types

import _cloche as host

from . import streams, tools
from .values import text_of

HERE = (lambda: 0).__code__.co_filename.rpartition("/")[0] + "/"
FRAMES = 60  # of one traceback
LONG = 5000  # frames that are not even looked at one by one
CHAIN = 20  # exceptions of one report
TEXT_MAX = 60000
TracebackException, StackSummary = traceback.TracebackException, traceback.StackSummary
islice, TracebackType = itertools.islice, types.TracebackType
data_text = json.JSONEncoder(default=lambda value: tools.plain(value), separators=(",", ":")).encode


class Cut(StackSummary):
    """A stack that says how many of its frames it leaves out."""

    left_out = 0

    def format(self):
        half = FRAMES // 2
        head, tail = StackSummary.from_list(self[:half]), StackSummary.from_list(self[half:])
        return StackSummary.format(head) + [f"  ... {self.left_out} frames\n"] + StackSummary.format(tail)


def repeats(frames):
    """Whether CPython's own "[Previous line repeated ...]" makes a stack short enough."""
    shown = 0
    last, count = None, 0
    for frame in frames:
        place = (frame.filename, frame.lineno, frame.name)
        count = count + 1 if place == last else 1
        last = place
        shown += count <= 3
    return shown <= FRAMES


def clean(report, seen):
    """Takes our frames out of a TracebackException and what hangs on it."""
    if report is None or id(report) in seen or len(seen) >= CHAIN:
        return
    seen.add(id(report))
    if report.stack is not None:
        frames = [frame for frame in report.stack if not frame.filename.startswith(HERE)]
        while frames and "/asyncio/" in frames[0].filename:
            del frames[0]
        if len(frames) > FRAMES and not repeats(frames):
            kept = Cut(frames[:FRAMES // 2] + frames[-FRAMES // 2:])
            kept.left_out = len(frames) - FRAMES
            report.stack = kept
        else:
            report.stack = StackSummary.from_list(frames)
    clean(report.__cause__, seen)
    clean(report.__context__, seen)
    for part in report.exceptions or ():
        clean(part, seen)


def format_error(error):
    report = TracebackException(type(error), error, error.__traceback__, compact=True)
    clean(report, set())
    if not report.stack and report.__cause__ is None and (report.__context__ is None or report.__suppress_context__):
        lines = report.format_exception_only()
    else:
        lines = report.format()
    text = "".join(lines)
    return text if len(text) <= TEXT_MAX else text[:TEXT_MAX // 2] + "\n...\n" + text[-TEXT_MAX // 2:]


def place_of(error, names):
    """Source, line and column (in characters, from 1) of the innermost frame that is in one of these sources."""
    found = (None, 0, 0)
    if isinstance(error, SyntaxError) and error.filename in names and error.lineno:
        return error.filename, error.lineno, max(error.offset or 1, 1)
    where = error.__traceback__
    while where is not None:
        code = where.tb_frame.f_code
        if code.co_filename in names:
            _, _, start, _ = next(islice(code.co_positions(), where.tb_lasti // 2, None), (None, None, None, None))
            found = (code.co_filename, where.tb_lineno, column_of(code.co_filename, where.tb_lineno, start))
        where = where.tb_next
    return found


def column_of(name, line, start):
    """CPython counts columns in bytes of UTF-8."""
    if start is None:
        return 1
    text = linecache.getline(name, line).encode("utf-8", "replace")
    return len(text[:start].decode("utf-8", "replace")) + 1


def shorten(error, seen):
    """Cuts tracebacks that would take long to format, of an error and of what it was raised from."""
    if error is None or id(error) in seen or len(seen) >= CHAIN:
        return
    seen.add(id(error))
    entries = []
    where = error.__traceback__
    while where is not None:
        entries.append(where)
        where = where.tb_next
    if len(entries) > LONG:
        kept = None
        for entry in reversed(entries[:FRAMES] + entries[-FRAMES:]):
            kept = TracebackType(kept, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
        error.__traceback__ = kept
        error.add_note(f"(of the {len(entries)} frames above, {len(entries) - 2 * FRAMES} are left out)")
    shorten(error.__cause__, seen)
    shorten(error.__context__, seen)


def own(error, name):
    """An attribute of an error, whatever its class makes of that."""
    try:
        return getattr(error, name, None)
    except Exception:
        return None


def message_of(error):
    if isinstance(error, host.HostError):
        return error.args[1]
    if isinstance(error, SyntaxError) and isinstance(error.msg, str):
        return error.msg
    return text_of(error)


def send(error, names, main, code=None):
    data = own(error, "data")
    try:
        data = data_text(data) if data is not None else None
        data is None or data.encode()
    except Exception:
        data = None
    if isinstance(error, host.HostError):
        code = error.args[0]
    elif code is None:
        code = own(error, "code")
        code = code if code.__class__ is str else None
    source, line, column = place_of(error, names)
    host.error(printable(type(error).__name__), printable(message_of(error)), printable(format_error(error)),
               code and printable(code), data, line, column, None if source in (None, main) else source)


def printable(text):
    return text.encode("utf-8", "backslashreplace").decode()


def tell(error, names, main, code=None):
    """Ends the run with an exception."""
    streams.finish()
    try:
        shorten(error, set())
        try:
            send(error, names, main, code)
        except MemoryError:
            error.__traceback__ = error.__context__ = error.__cause__ = None  # what they hold may be what is too large
            send(error, names, main, code)
    except BaseException as e:
        kind = type(error).__name__
        try:
            message = printable(message_of(error))
        except BaseException:
            message = kind
        host.error(kind, message, f"{kind}: {message}\n(no traceback: {type(e).__name__})\n", code, None, 0, 0, None)
