"""A line that says what the build of the Python engine does and how long it will still take.

What is left is an estimate: the seconds that the steps took on a quiet machine with 2 cores, scaled by how this machine
did so far."""
import os
import sys
import threading
import time


class Progress:
    def __init__(self, steps):
        """steps: [(text, seconds)], in their order; those that the cache has already are left out."""
        self.steps, self.number, self.begin = steps, -1, time.monotonic()
        self.live = sys.stderr.isatty() and "CI" not in os.environ
        self.ended = threading.Event()
        if self.live and steps:
            threading.Thread(target=self.tick, daemon=True).start()

    def line(self):
        text, _ = self.steps[self.number]
        took = time.monotonic() - self.begin
        past = sum(seconds for _, seconds in self.steps[: self.number])
        left = sum(seconds for _, seconds in self.steps[self.number :])
        pace = took / past if past >= 5 else 1
        # within a step: what it has taken is not left any more
        inside = max(took - past * pace, 0)
        rest = max(left * pace - inside, 1)
        place = f"step {self.number + 1} of {len(self.steps)}"
        return f"Python engine, {place}: {text} ({took:.0f} s, about {rest:.0f} s left)"

    def tick(self):
        while not self.ended.wait(1):
            if self.number >= 0:
                sys.stderr.write("\r\033[K" + self.line())
                sys.stderr.flush()

    def step(self, text):
        """Begins the step of this text, which is one of the given in their order."""
        self.number = next(i for i, (name, _) in enumerate(self.steps) if name == text)
        if not self.live:
            print(self.line(), file=sys.stderr, flush=True)

    def end(self):
        self.ended.set()
        if self.steps:
            start = "\r\033[K" if self.live else ""
            print(f"{start}Python engine: built in {time.monotonic() - self.begin:.0f} s", file=sys.stderr, flush=True)
