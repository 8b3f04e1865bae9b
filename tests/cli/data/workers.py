"""Workers of a running cloche: workers.py kill|count|pid [PID], of the program that has started this one if no PID is given.

kill: with SIGKILL, and no answer then. count: prints how many there are. pid: prints the first one's.
workers.py await-end PID: until that process is no more; fails after 10 s."""
import os
import pathlib
import signal
import sys
import time


def name_and_parent(folder):
    try:
        text = (folder / "stat").read_text()
    except OSError:
        return "", 0
    name, rest = text[text.index("(") + 1:].rsplit(")", 1)
    return name, int(rest.split()[1])


def workers_of(supervisor):
    folders = pathlib.Path("/proc").glob("[0-9]*")
    return [int(folder.name) for folder in folders if name_and_parent(folder) == ("cloche-worker", supervisor)]


what, pid = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else os.getppid()
if what == "kill":
    for worker in workers_of(pid):
        os.kill(worker, signal.SIGKILL)
    if len(sys.argv) == 2:
        time.sleep(20)
elif what == "count":
    print(len(workers_of(pid)))
elif what == "pid":
    print(workers_of(pid)[0])
else:
    end = time.monotonic() + 10
    while name_and_parent(pathlib.Path("/proc", str(pid)))[0] == "cloche-worker":
        if time.monotonic() > end:
            sys.exit("it is still there")
        time.sleep(0.02)
