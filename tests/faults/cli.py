#!/usr/bin/env python3
"""The program when the machine fails it: no room to write, no descriptors, little memory, readers that are slow or gone to
sleep, clocks that stand elsewhere, workers that are killed under `cloche jsonl`.

usage: cli.py BUILD_DIR

What must hold: the program ends, by itself, with a sentence and a code where it cannot do what it should (never by a signal
of its own making), what stood in a file is there still when its successor cannot be written, and sessions go on. No test
measures time; SECONDS is the last resort against a hang. The last line is "N passed, N failed, N skipped"."""
import fcntl
import json
import os
import pathlib
import random
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback

SECONDS = 90


class Skip(Exception):
    """This cannot be tried here; the text says why."""


def run(cloche, *arguments, limits=None, prefix=(), **options):
    """Runs the program to its end, with resource limits; SIGXFSZ is ignored, as where a shell or a service has it so."""
    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        for what, most in (limits or {}).items():
            resource.setrlimit(what, (most, most))
    return subprocess.run([*prefix, cloche, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS,
                          stdin=subprocess.DEVNULL, preexec_fn=prepare, restore_signals=False, check=False, **options)


def must_fail_well(done, what):
    assert done.returncode > 0, f"{what}: ended with {done.returncode}: {done.stderr[-300:]!r}"
    assert done.stderr.strip(), f"{what}: failed without a word"


# ---- no room to write

def writers(folder):
    """Commands that write a file, and that file."""
    (folder / "bulk.js").write_text("const kept = 'x'.repeat(200000)\n")
    saved, recorded, image = folder / "a.snap", folder / "a.rec", folder / "a.img"
    bulk = "const b = Array.from({length: 20000}, () => Math.random()); "
    return [
        (saved, ["run", "-e", bulk + "await tools.a(); b.length", "--suspend", "a", "--save", saved]),
        (recorded, ["run", "-e", bulk + "console.log(b.join()); 1", "--record", recorded]),
        (image, ["image", "build", "--preload", folder / "bulk.js", "-o", image]),
    ]


def test_a_file_that_finds_no_room(cloche, folder):
    for file, command in writers(folder):
        file.write_text("what was there")
        before = sorted(folder.iterdir())
        done = run(cloche, *command, limits={resource.RLIMIT_FSIZE: 3000}, cwd=folder)
        must_fail_well(done, file.name)
        assert file.read_text() == "what was there", f"{file.name} was spoilt"
        assert sorted(folder.iterdir()) == before, f"{file.name}: something was left behind"
        done = run(cloche, *command, cwd=folder)
        assert done.returncode in (0, 75), f"{file.name}, with room: {done.returncode} {done.stderr!r}"
        assert file.read_bytes() != b"what was there"


def test_a_full_file_system(cloche, folder):
    probe = ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
    if subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("no file system can be mounted")
    small = folder / "small"
    small.mkdir()
    for file, command in writers(folder):
        inside = [small / file.name if part == file else part for part in command]
        script = (f'mount -t tmpfs -o size=64k none "{small}" && cd "{small}" && echo before > {file.name} && "$@"; code=$?; '
                  f"ls -A; cat {file.name}; exit $code")
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", cloche, *inside], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)
        must_fail_well(done, file.name)
        assert done.stdout.decode().splitlines()[-2:] == [file.name, "before"], done.stdout[-300:]


# ---- few descriptors, little memory, processes that cannot be made

def test_few_descriptors(cloche, folder):
    for most in range(3, 40):
        done = run(cloche, "run", "-e", "1 + 2", limits={resource.RLIMIT_NOFILE: most}, cwd=folder)
        if done.returncode == 0:
            assert done.stdout == b"3\n", done.stdout
        else:
            must_fail_well(done, f"{most} descriptors")
    assert done.returncode == 0, "39 descriptors are not enough"


def test_little_address_space(cloche, folder):
    for mib in (80, 160, 1000, 4100, 4300, 5000, 9000):
        done = run(cloche, "run", "-e", "1 + 2", limits={resource.RLIMIT_AS: mib << 20}, cwd=folder)
        if done.returncode != 0 and b"error while loading shared libraries" not in done.stderr:
            must_fail_well(done, f"{mib} MiB of addresses")


# ---- clocks

def test_a_monotonic_clock_that_is_far_ahead(cloche, folder):
    prefix = ["unshare", "--time", "--fork", "--monotonic", "400000000", "--boottime", "400000000"]
    if subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("no time namespace")
    done = run(cloche, "run", "-e", "await new Promise(r => setTimeout(() => r(5), 20))", prefix=prefix, cwd=folder)
    assert (done.returncode, done.stdout) == (0, b"5\n"), (done.returncode, done.stdout, done.stderr)
    done = run(cloche, "run", "--timeout", "100ms", "-e", "for (;;) {}", prefix=prefix, cwd=folder)
    must_fail_well(done, "a loop")
    assert b"100 ms" in done.stderr, done.stderr


# ---- readers

def start(cloche, *arguments, **options):
    child = subprocess.Popen([cloche, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                             **options)
    fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, 4096)
    return child


def feed(child, requests):
    """Writes what the program takes within a moment; it may stop reading while nobody reads what it has to say."""
    data = "".join(json.dumps(request) + "\n" for request in requests).encode()
    os.set_blocking(child.stdin.fileno(), False)
    idle = 0
    while data and idle < 20:
        try:
            data = data[os.write(child.stdin.fileno(), data):]
            idle = 0
        except BlockingIOError:
            time.sleep(0.02)
            idle += 1
        except BrokenPipeError:
            return


def must_end(child, signals):
    for number in signals:
        child.send_signal(number)
        time.sleep(0.2)
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        raise AssertionError("it does not end") from None


LOUD = {"code": "for (let i = 0; i < 200; i++) console.log('y'.repeat(1000)); 1"}


def test_a_reader_that_sleeps(cloche, folder):
    for arguments in (["jsonl", "--report"], ["jsonl"]):
        for number in (signal.SIGINT, signal.SIGTERM):
            child = start(cloche, *arguments, cwd=folder)
            feed(child, [{"id": str(i), "session": f"s{i % 3}", **LOUD} for i in range(60)])
            must_end(child, [number, number])
            child.stdin.close()
            child.stdout.close()


def test_a_reader_that_goes(cloche, folder):
    for arguments in (["jsonl", "--report"], ["jsonl"]):
        child = start(cloche, *arguments, cwd=folder)
        feed(child, [{"id": str(i), **LOUD} for i in range(20)])
        child.stdout.close()
        feed(child, [{"id": "last", "code": "1"}])
        child.stdin.close()
        must_end(child, [])


def test_a_slow_reader_gets_it_all(cloche, folder):
    child = start(cloche, "jsonl", "--report", cwd=folder)
    feed(child, [{"id": "a", **LOUD}, {"id": "b", "code": "2"}])
    os.set_blocking(child.stdin.fileno(), True)
    child.stdin.close()
    text = b""
    while piece := os.read(child.stdout.fileno(), 700):
        text += piece
        time.sleep(0.001)
    must_end(child, [])
    messages = [json.loads(line) for line in text.splitlines()]
    assert sum(message["type"] == "event" for message in messages) == 200
    assert [message["id"] for message in messages if message["type"] == "report"] == ["a", "b"]


def test_a_run_whose_reader_sleeps(cloche, folder):
    child = start(cloche, "run", "-e", "for (;;) console.log('y'.repeat(1000))", "--timeout", "1h", cwd=folder)
    child.stdin.close()
    select.select([child.stdout], [], [], SECONDS)
    must_end(child, [signal.SIGINT, signal.SIGINT])
    child.stdout.close()


# ---- workers of `cloche jsonl` that are killed

def workers_of(pid):
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "comm").read_text().startswith("cloche-worker") and \
                    int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
        except (OSError, ValueError, IndexError):
            pass
    return found


class Conversation:
    """A door with sessions. `ask` gives the answer to one request; the program must not have ended."""

    def __init__(self, cloche, folder):
        self.child = subprocess.Popen([cloche, "jsonl", "--report"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, cwd=folder, bufsize=0)
        self.last = 0
        self.buffer = b""

    def send(self, **request):
        self.last += 1
        self.child.stdin.write((json.dumps({"id": str(self.last), **request}) + "\n").encode())
        return str(self.last)

    def line(self):
        while b"\n" not in self.buffer:
            ready, _, _ = select.select([self.child.stdout], [], [], SECONDS)
            piece = os.read(self.child.stdout.fileno(), 1 << 16) if ready else b""
            assert piece, "no answer" if not ready else "the program has ended"
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        return json.loads(line)

    def answer(self, wanted):
        while True:
            message = self.line()
            if message.get("id") == wanted and message["type"] in ("report", "done", "error"):
                return message

    def ask(self, **request):
        return self.answer(self.send(**request))

    def value(self, **request):
        message = self.ask(**request)
        assert message["type"] == "report" and message["report"]["status"] == "ok", message
        return message["report"].get("value")

    def kill_workers(self):
        pids = workers_of(self.child.pid)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        for _ in range(2000):
            if not set(pids) & set(workers_of(self.child.pid)):
                break
            time.sleep(0.005)
        return len(pids)

    def close(self):
        self.child.stdin.close()
        must_end(self.child, [])
        assert self.child.returncode == 0, self.child.returncode


def open_conversation(cloche, folder):
    door = Conversation(cloche, folder)
    assert door.value(session="s", code="var n = 0; n") == 0
    if not workers_of(door.child.pid):
        door.close()
        raise Skip("its cells are not in workers")
    return door


def test_sessions_outlive_their_workers(cloche, folder):
    door = open_conversation(cloche, folder)
    door.value(session="t", code="var n = 100, big = 'x'.repeat(3e6); n")
    for i in range(1, 8):
        assert door.value(session="s", code="n += 1") == i
        assert door.kill_workers() > 0
        assert door.value(session="t", code="n += big.length / 3e6") == 100 + i
    assert door.value(session="s", code="n") == 7
    door.close()


def test_a_run_ends_with_its_worker(cloche, folder):
    door = open_conversation(cloche, folder)
    door.value(session="s", code="n += 1")
    for code in ("n += 100; for (;;) {}", "n += 100; await new Promise(r => setTimeout(r, 60000))"):
        asked = door.send(session="s", code=code, timeout_ms=60000)
        time.sleep(0.2)
        door.kill_workers()
        message = door.answer(asked)
        assert message["type"] in ("report", "error"), message
        error = (message.get("report") or message)["error"]
        assert error["code"] == "worker_crashed" and error["message"], message
        assert door.value(session="s", code="n") == 1
    door.close()


def test_kills_under_load(cloche, folder):
    door = open_conversation(cloche, folder)
    chance, told = random.Random(5), {f"s{i}": 0 for i in range(6)}
    for name in told:
        door.value(session=name, code="var n = 0; n")
    for _ in range(25):
        asked = {name: door.send(session=name, code="for (let i = 0; i < 2e5; i++); n += 1") for name in told}
        time.sleep(chance.random() * 0.02)
        pids = workers_of(door.child.pid)
        if pids:
            os.kill(chance.choice(pids), signal.SIGKILL)
        for name, number in sorted(asked.items(), key=lambda pair: int(pair[1])):
            waiting = door_answer(door, number)
            if waiting["type"] == "report" and waiting["report"]["status"] == "ok":
                told[name] += 1
                assert waiting["report"]["value"] == told[name], (name, waiting)
            else:
                error = (waiting.get("report") or waiting)["error"]
                assert error["code"] in ("worker_crashed", "busy"), waiting
    for name, n in told.items():
        assert door.value(session=name, code="n") == n
    door.close()


def door_answer(door, number):
    """The answer to a request among several that are at work: others that come first are kept."""
    kept = door.__dict__.setdefault("kept", {})
    while number not in kept:
        message = door.line()
        if message["type"] in ("report", "done", "error"):
            kept[message["id"]] = message
    return kept.pop(number)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cloche = pathlib.Path(sys.argv[1], "cloche").resolve()
    passed = failed = skipped = 0
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        with tempfile.TemporaryDirectory(prefix="cloche-faults-") as folder:
            os.environ["HOME"] = folder
            try:
                test(cloche, pathlib.Path(folder))
                passed += 1
            except Skip as why:
                skipped += 1
                print(f"skipped {name}: {why}")
            except Exception:
                failed += 1
                print(f"FAILED {name}")
                traceback.print_exc(file=sys.stdout)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
