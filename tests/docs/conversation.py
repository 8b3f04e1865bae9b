"""Conversations of the documentation: lines that begin with "> " go into a program, those with "< " come out of it.

What goes in waits until everything above it has come out. At the end of the block the input ends, and nothing more may come
out. A text that ends with "…" stands for every one that begins so."""

import json
import select
import subprocess
import time

SECONDS = 60
QUIET = 1.5


def alike(got, want):
    """Equal but for cut texts."""
    if isinstance(want, str) and want.endswith("…"):
        return isinstance(got, str) and got.startswith(want[:-1])
    if isinstance(want, list):
        return isinstance(got, list) and len(got) == len(want) and all(map(alike, got, want))
    if isinstance(want, dict):
        return isinstance(got, dict) and got.keys() == want.keys() and all(alike(got[key], want[key]) for key in want)
    return got == want and isinstance(got, bool) == isinstance(want, bool)


class Talk:
    def __init__(self, command, work, environment):
        self.child = subprocess.Popen(command, cwd=work, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, bufsize=0)
        self.buffer = b""

    def say(self, line):
        self.child.stdin.write(line.encode("utf-8") + b"\n")

    def line(self, seconds):
        """The next line; None when there is none within that time, or at the end."""
        end = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            if not select.select([self.child.stdout], [], [], max(0, end - time.monotonic()))[0]:
                return None
            piece = self.child.stdout.read(1 << 16)
            if not piece:
                return None
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.decode("utf-8")

    def close(self):
        self.child.stdin.close()
        rest = []
        while (line := self.line(SECONDS)) is not None:
            rest.append(line)
        self.child.kill()
        self.child.wait()
        return rest


def play(command, text, work, environment):
    """The block with what really came out, for a comparison: (line of the block or None, line that came out)."""
    talk, out, asked = Talk(command, work, environment), [], text.splitlines()
    for i, line in enumerate(asked):
        if line.startswith("> "):
            talk.say(line[2:])
            out.append((line, line))
            shows = i + 1 < len(asked) and asked[i + 1].startswith("> ")
            while not shows and not any(later.startswith("< ") for later in asked) and (said := talk.line(QUIET)):
                out.append((None, "< " + said))
        elif line.startswith("< "):
            said = talk.line(SECONDS)
            out.append((line, "< " + said if said is not None else ""))
    out += [(None, "< " + line) for line in talk.close()]
    return out


def same(wanted, got, steady):
    """Whether a line that came out is the one that is shown."""
    if wanted is None or not got:
        return False
    if wanted.startswith("> ") or wanted == got:
        return wanted == got
    try:
        return alike(steady(json.loads(got[2:])), steady(json.loads(wanted[2:])))
    except ValueError:
        return False
