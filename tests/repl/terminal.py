"""A program in a pseudo-terminal, driven as a person would: keys are sent, and what must appear is waited for."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][0-9A-B]?|\x1b\][^\x07]*\x07|\x07")
PATIENCE = 60  # seconds; a busy machine is no failure


class Terminal:
    def __init__(self, command, env, rows=40, columns=100):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, env)
        self.resize(rows, columns)
        self.raw = ""
        self.at = 0  # in the clean text: what was matched already
        self.decoder = __import__("codecs").getincrementaldecoder("utf-8")("replace")

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self):
        return ESCAPES.sub("", self.raw).replace("\r", "")

    def pump(self, seconds):
        """Takes in what has come; False at the end."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.raw += self.decoder.decode(data)
        return bool(data)

    def send(self, text):
        data = text.encode()
        while data:
            self.pump(0)
            _, writable, _ = select.select([], [self.fd], [], 0.1)
            if writable:
                data = data[os.write(self.fd, data[:512]) :]

    def line(self, text):
        self.send(text + "\r")

    def expect(self, pattern, where="text"):
        """Waits until the pattern appears behind the last one; gives the match."""
        end = time.monotonic() + PATIENCE
        while True:
            text = self.text if where == "text" else self.raw
            found = re.compile(pattern, re.M | re.S).search(text, self.at if where == "text" else 0)
            if found:
                if where == "text":
                    self.at = found.end()
                return found
            if time.monotonic() > end or not self.pump(0.2):
                text = self.text if where == "text" else self.raw
                found = re.compile(pattern, re.M | re.S).search(text, self.at if where == "text" else 0)
                if not found:
                    raise AssertionError(f"waited for {pattern!r}, and there is {text[self.at :][-2000:]!r}")

    def interrupt(self):
        self.send("\x03")

    def close(self):
        """Waits for the end of the program; its exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.pump(0.05):
                break
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                while self.pump(0.05) and select.select([self.fd], [], [], 0)[0]:
                    pass
                os.close(self.fd)
                return os.waitstatus_to_exitcode(status)
        _, status = os.waitpid(self.pid, 0) if self.wait_a_little() else self.kill()
        self.pid = 0
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)

    def wait_a_little(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            done = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if done:
                return True
            time.sleep(0.02)
        return False

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("the program did not end")

    def abandon(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.fd)
            self.pid = 0
