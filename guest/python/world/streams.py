"""sys.stdout, sys.stderr and sys.stdin. Text goes to the host line by line; what is written without a line end goes at a
flush, before the run waits, and at its end. stdout is flushed before stderr writes, so that the host sees them in order."""
import codecs
import io
import sys

import _cloche as host


class Raw(io.RawIOBase):
    """Bytes as text to the host; what is not UTF-8 is replaced."""

    def __init__(self, number, first=None):
        super().__init__()
        self.number = number
        self.first = first  # what must be flushed before
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self):
        return True

    def write(self, data):
        text = self.decoder.decode(data)
        if self.first is not None:
            flush_one(self.first)
        if text:
            host.write(self.number, text)
        return len(data)

    def finish(self):
        """The run ends: half a character is none."""
        text = self.decoder.decode(b"", True)
        self.decoder.reset()
        if text:
            host.write(self.number, text)


class Input(io.TextIOBase):
    """Reads lines from the tool named input; without one it is at its end."""

    encoding = "utf-8"
    errors = "strict"
    name = "<stdin>"
    mode = "r"

    def __init__(self):
        super().__init__()
        self.rest = ""

    def readable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return 0

    def readline(self, size=-1):
        if not self.rest:
            try:
                self.rest = ask_line() + "\n"
            except EOFError:
                return ""
        size = len(self.rest) if size is None or size < 0 else size
        line, self.rest = self.rest[:size], self.rest[size:]
        return line

    def read(self, size=-1):
        if size is not None and size >= 0:
            return self.readline(size)
        return "".join(iter(self.readline, ""))


def flush_one(stream):
    try:
        stream.flush()
    except ValueError:
        pass  # the guest has closed it


def flush():
    """What was written goes to the host; nothing is done where nothing was."""
    flush_one(stdout)
    flush_one(stderr)


def finish():
    flush()
    raw_out.finish()
    raw_err.finish()


def text_stream(raw, name):
    stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", newline="\n",
                              line_buffering=True)
    stream.mode = "w"
    raw.name = name
    return stream


def ask_line():
    raise EOFError


def install(ask):
    global ask_line
    ask_line = ask
    sys.stdout = sys.__stdout__ = stdout
    sys.stderr = sys.__stderr__ = stderr
    sys.stdin = sys.__stdin__ = Input()


raw_out = Raw(1)
stdout = text_stream(raw_out, "<stdout>")
raw_err = Raw(2, stdout)
stderr = text_stream(raw_err, "<stderr>")
