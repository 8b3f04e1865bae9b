"""The JSONL door, driven as a host drives it: whole inputs, or a conversation line by line."""
import json
import os
import select
import signal
import subprocess
import time

SECONDS = 60


class Door:
    """A running `cloche jsonl` (or another command). Lines are read with a time limit, so that a hang is a failure."""

    def __init__(self, *command, **options):
        self.child = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, bufsize=0, **options)
        self.buffer = b""

    def send(self, *messages):
        self.send_raw("".join(json.dumps(message) + "\n" for message in messages).encode())

    def send_raw(self, data):
        while data:
            data = data[self.child.stdin.write(data):]

    def line(self, seconds=SECONDS):
        """The next line as JSON; None at the end."""
        end = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            ready, _, _ = select.select([self.child.stdout], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"no line within {seconds} s; so far {self.buffer[-200:]!r}")
            piece = os.read(self.child.stdout.fileno(), 1 << 16)
            if not piece:
                return None
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        return json.loads(line.decode("utf-8"))

    def lines(self, count):
        return [self.line() for _ in range(count)]

    def until(self, kind, **fields):
        """Reads up to a message of that type and those fields, and gives all of them; the last one is it."""
        seen = []
        while True:
            message = self.line()
            if message is None:
                raise EOFError(f"the end came before {kind} {fields}; there were {seen}")
            seen.append(message)
            if message.get("type") == kind and all(message.get(key) == value for key, value in fields.items()):
                return seen

    def close(self):
        """Ends the input; what is left to read, and the exit code."""
        self.child.stdin.close()
        rest = []
        while (message := self.line()) is not None:
            rest.append(message)
        return rest, self.wait()

    def wait(self):
        try:
            return self.child.wait(timeout=SECONDS)
        finally:
            self.child.kill()

    def signal(self, number=signal.SIGTERM):
        self.child.send_signal(number)


def converse(command, data, **options):
    """The whole input at once: the answers, the exit code, stderr."""
    if isinstance(data, list):
        data = "".join(json.dumps(request) + "\n" for request in data)
    done = subprocess.run([str(part) for part in command], input=data.encode() if isinstance(data, str) else data,
                          capture_output=True, timeout=SECONDS, **options)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()], done.returncode, done.stderr.decode()

