"""Workers behind the door that die: what runs in them ends, what rests goes on."""
import os
import pathlib
import signal
import time

from build import Skip
from door import Door
from full import end, only, open_door, reports

WAIT = "await tools.ask()"


def need_jail(build):
    if not build.jailed:
        raise Skip("guests run in the program's own process")


def workers_of(door):
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            name, rest = (folder / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if name == "cloche-worker" and int(rest.split()[1]) == door.child.pid:
            found.append(int(folder.name))
    return found


def await_end(workers, seconds=10):
    end_at = time.monotonic() + seconds
    while any(pathlib.Path("/proc", str(worker)).exists() for worker in workers):
        assert time.monotonic() < end_at, "a worker is still there"
        time.sleep(0.01)


def kill_workers(door):
    killed = workers_of(door)
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    assert killed
    await_end(killed)  # until then a request may be sent to one that is dead already


def ready(door, *sessions):
    for name in sessions:
        door.send({"id": f"open {name}", "session": name, "code": f"let kept = '{name}'", "tools": ["ask"]})
        door.until("report", id=f"open {name}")


def test_a_run_that_waits(build):
    need_jail(build)
    door = open_door(build)
    ready(door, "a", "b")
    door.send({"id": "w", "session": "a", "code": f"kept = 'changed'; {WAIT}"})
    door.until("call")
    kill_workers(door)
    [*_, crashed] = door.until("report", id="w")
    assert crashed["report"]["status"] == "error" and crashed["report"]["error"]["code"] == "worker_crashed", crashed
    assert crashed["report"]["rolled_back"] is True
    door.send({"id": "x", "session": "a", "code": "kept"}, {"id": "y", "session": "b", "code": "kept"})
    values = {key: report["value"] for key, report in reports(end(door)).items()}
    assert values == {"x": "a", "y": "b"}, values


def test_a_run_that_computes(build):
    need_jail(build)
    door = open_door(build)
    ready(door, "a")
    door.send({"id": "w", "session": "a", "code": "kept = 'changed'; console.log('on'); for (;;);"})
    door.until("event")
    kill_workers(door)
    [*_, crashed] = door.until("report", id="w")
    assert crashed["report"]["error"]["code"] == "worker_crashed", crashed
    door.send({"id": "x", "session": "a", "code": "kept"})
    assert reports(end(door))["x"]["value"] == "a"


def test_nothing_was_on(build):
    need_jail(build)
    door = open_door(build)
    ready(door, "a", "b")
    for turn in range(3):
        kill_workers(door)
        door.send({"id": "x", "session": "a", "code": "kept += '!'"}, {"id": "y", "session": "b", "code": "kept"})
        got = reports(door.lines(2))
        assert got["x"]["value"] == "a" + "!" * (turn + 1), got
    end(door)


def test_after_an_undo_and_a_fork(build):
    need_jail(build)
    door = open_door(build)
    ready(door, "a")
    door.send({"id": "1", "session": "a", "code": "kept = 'second'"}, {"id": "2", "session": "a", "undo": 1},
              {"id": "3", "session": "a", "fork": "b"}, {"id": "4", "session": "b", "code": "kept += ' copied'"})
    door.until("report", id="4")
    kill_workers(door)
    door.send({"id": "x", "session": "a", "code": "kept"}, {"id": "y", "session": "b", "code": "kept"})
    values = {key: report["value"] for key, report in reports(end(door)).items()}
    assert values == {"x": "a", "y": "a copied"}, values


def test_the_plain_dialect(build):
    need_jail(build)
    door = Door(*build.jsonl("--tool", "ask=sleep 20"))
    door.send({"id": "a", "code": "let kept = 7"})
    assert door.line() == {"id": "a"}
    door.send({"id": "b", "code": f"kept = 8; {WAIT}"})
    while not workers_of(door):
        time.sleep(0.01)
    time.sleep(0.2)
    kill_workers(door)
    crashed = door.line()
    assert crashed["id"] == "b" and "The session is as it was before this request." in crashed["error"], crashed
    door.send({"id": "c", "code": "kept"})
    assert door.line() == {"id": "c", "output": "7\n"}
    end(door)


def test_workers_go_with_the_door(build):
    need_jail(build)
    door = open_door(build)
    ready(door, "a")
    workers = workers_of(door)
    door.send({"id": "w", "session": "a", "code": "console.log('on'); for (;;);"})
    door.until("event")
    door.child.kill()
    door.child.wait()
    await_end(workers)


def test_sessions_share_no_worker_limit(build):
    """More sessions than workers: all of them answer."""
    need_jail(build)
    door = open_door(build)
    ready(door, *[f"s{i}" for i in range(40)])
    assert len(workers_of(door)) <= (os.cpu_count() or 1)
    door.send(*[{"id": str(i), "session": f"s{i}", "code": "kept"} for i in range(40)])
    got = reports(only(end(door), "report"))
    assert {key: report["value"] for key, report in got.items()} == {str(i): f"s{i}" for i in range(40)}
