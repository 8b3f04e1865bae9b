"""The build that is tested."""
import pathlib
import subprocess


class Skip(Exception):
    """The build cannot run this test."""


class Build:
    def __init__(self, folder, jailed=True):
        self.jailed = jailed
        self.folder = pathlib.Path(folder).resolve()
        self.cloche = self.folder / "cloche"
        self.jsrunner = self.folder / "jsrunner"
        self.pyrunner = self.folder / "pyrunner"
        done = subprocess.run([self.pyrunner, "-c", "print(1)"], capture_output=True, text=True, timeout=60)
        self.has_python = done.returncode == 0 and done.stdout == "1\n"

    def need_python(self):
        if not self.has_python:
            raise Skip("this build has no Python")

    def jsonl(self, *options):
        return [self.cloche, "jsonl", *options]

    def run(self, *command, **options):
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, **options)
