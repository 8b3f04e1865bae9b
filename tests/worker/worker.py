"""Speaks to a cloche-worker as its supervisor does: frames over a socketpair, blobs through boxes (src/worker/frame.h)."""
import fcntl
import json
import mmap
import os
import select
import socket
import struct
import time

HEADER = struct.Struct("<IIQQQ")
MAGIC = 0x31464C43
IN_LINE = 2**64 - 1
BOX = 16 << 20
F_ADD_SEALS, SEALS = 1033, 1 | 2 | 4
PATIENCE = 60  # seconds; the last resort against a hang


class Gone(Exception):
    """The worker has closed its channel."""


def box():
    fd = os.memfd_create("box", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(fd, BOX)
    fcntl.fcntl(fd, F_ADD_SEALS, SEALS)
    return fd


def spawn(path, fds):
    """Starts the program with `fds` as 3, 4, 5 and on, and nothing else."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200) for fd in fds]
    null = os.open("/dev/null", os.O_RDWR)
    stderr = 2 if os.environ.get("WORKER_STDERR") else null
    actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, stderr, 2)]
    actions += [(os.POSIX_SPAWN_DUP2, fd, 3 + i) for i, fd in enumerate(high)]
    pid = os.posix_spawn(path, ["cloche-worker"], {}, file_actions=actions)
    for fd in [*high, null]:
        os.close(fd)
    return pid


class Worker:
    """A worker that has started. Messages are dicts; a blob is in the key "_blob"."""

    def __init__(self, path, engines=("js",), mounts=(), raw=None, **options):
        self.ours, theirs = socket.socketpair()
        self.ours.settimeout(PATIENCE)
        out_box, in_box = box(), box()
        directories = [os.open(mount[0], os.O_DIRECTORY | os.O_RDONLY) for mount in mounts]
        self.pid = spawn(path, [theirs.fileno(), out_box, in_box, *directories])
        theirs.close()
        self.box = mmap.mmap(out_box, BOX, prot=mmap.PROT_READ)
        for fd in [out_box, in_box, *directories]:
            os.close(fd)
        self.buffer, self.seen, self.next_id, self.code = b"", 0, 0, None
        self.kept = []  # messages that were read before they were asked for
        start = {"type": "start", "version": 1, "engines": [{"name": name} for name in engines],
                 "mounts": [{"fd": 6 + i, "writable": mount[1]} for i, mount in enumerate(mounts)],
                 "jail": {"require": False, "namespaces": False, "landlock_abi": 0}, "use_pagemap": False,
                 "waiting_mapped": 1024, "cells_running": 4096, "runs_queued": 65536, "spin_ns": 0} | options
        self.send_text(json.dumps(start) if raw is None else raw)
        self.ready = self.receive()

    # ---- frames

    def frame(self, text, blob=b""):
        text = text.encode()
        return HEADER.pack(MAGIC, len(text), len(blob), IN_LINE, self.seen) + text + blob

    def send_text(self, text, blob=b""):
        self.ours.sendall(self.frame(text, blob))

    def send(self, message, blob=b""):
        self.send_text(json.dumps(message), blob)

    def fill(self, need, patience=PATIENCE):
        end = time.monotonic() + patience
        while len(self.buffer) < need:
            self.ours.settimeout(max(end - time.monotonic(), 0.001))
            got = self.ours.recv(1 << 20)
            if not got:
                raise Gone
            self.buffer += got

    def receive(self, patience=PATIENCE):
        """The next message."""
        if self.kept:
            return self.kept.pop(0)
        self.fill(HEADER.size, patience)
        magic, text_len, blob_len, at, _ = HEADER.unpack_from(self.buffer)
        assert magic == MAGIC, "no frame"
        inline = blob_len if at == IN_LINE else 0
        self.fill(HEADER.size + text_len + inline)
        text = self.buffer[HEADER.size:HEADER.size + text_len]
        blob = self.buffer[HEADER.size + text_len:HEADER.size + text_len + inline]
        self.buffer = self.buffer[HEADER.size + text_len + inline:]
        if at != IN_LINE:
            blob = self.box[at % BOX:at % BOX + blob_len]
            self.seen = at + blob_len
        if not text:
            return self.receive(patience)
        message = json.loads(text)
        if blob:
            message["_blob"] = blob
        return message

    def silence(self, seconds=0.05):
        """That nothing comes."""
        readable, _, _ = select.select([self.ours], [], [], seconds)
        assert not readable and not self.buffer and not self.kept, f"unexpected: {self.receive()}"

    # ---- requests

    def ask(self, fields, blob=b""):
        """Sends a request and gives its id."""
        self.next_id += 1
        self.send({"id": str(self.next_id)} | fields, blob)
        return str(self.next_id)

    def until(self, wanted, patience=PATIENCE):
        """Reads until a message for which wanted(message) is true; gives all that came, it included."""
        seen = []
        while True:
            seen.append(self.receive(patience))
            if wanted(seen[-1]):
                return seen

    def answer(self, ident):
        """The answer to a request; what comes before it that is not of its run stays to be read."""
        others = []
        while True:
            message = self.receive()
            if message["type"] in ("report", "done", "error") and message["id"] == ident:
                self.kept = others + self.kept
                return message
            if message.get("run") != ident or message["type"] not in ("event", "call", "waiting"):
                others.append(message)

    def do(self, fields, blob=b""):
        return self.answer(self.ask(fields, blob))

    def run(self, cell, code, **more):
        """Runs code in a cell and gives the report."""
        message = self.do({"session": str(cell), "code": code} | more)
        assert message["type"] == "report", message
        return message["report"]

    def open(self, cell, **more):
        """Opens a session."""
        opening = more.pop("open", {}) | {"engine": more.pop("engine", 0)}
        message = self.do({"session": str(cell), "open": opening} | more)
        assert message["type"] == "done", message

    # ---- the end

    def wait(self):
        """The exit code, or the signal as a negative number."""
        end = time.monotonic() + PATIENCE
        while self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
            else:
                assert time.monotonic() < end, "the worker does not end"
                time.sleep(0.002)
        return self.code

    def close(self):
        self.ours.close()
        return self.wait()

    def memory(self):
        """Bytes that the process alone holds."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as file:
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Private_"))
