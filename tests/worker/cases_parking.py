"""Runs that wait as bytes: nobody can tell but by the memory that they take."""


def wait_in(worker, cells, code="console.log('before'); const x = await tools.ask('q'); console.log('after'); x", **more):
    runs = {}
    for cell in cells:
        runs[cell] = worker.ask({"session": str(cell), "open": {"engine": 0} | more.get("open", {}), "tools": more.get("tools", ["ask"]),
                                 "limits": {"wall": "60s"}, "code": code})
        worker.until(lambda message: message["type"] == "waiting")
    return runs


def test_parked_runs_go_on(build):
    worker = build.start(waiting_mapped=2)
    runs = wait_in(worker, range(1, 11))
    for cell in (7, 1, 10, 2, 3, 4, 5, 6, 8, 9):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        messages = worker.until(lambda message: message["type"] == "report")
        assert [message["type"] for message in messages] == ["event", "report"], messages
        report = messages[-1]["report"]
        assert messages[-1]["id"] == runs[cell] and report["value"] == cell
        assert [item["content"] for item in report["output"]] == ["before", "after"] and len(report["calls"]) == 1


def test_parked_cells_are_closed(build):
    """A cell that is measured is brought back; so the count of what is mapped is seen in the process's mappings."""
    def mappings(worker):
        with open(f"/proc/{worker.pid}/maps", encoding="utf-8") as file:
            return sum(1 for _ in file)
    mapped, parked = build.start(waiting_mapped=300), build.start(waiting_mapped=2)
    wait_in(mapped, range(1, 201))
    wait_in(parked, range(1, 201))
    assert mappings(parked) < mappings(mapped) - 100


def test_once_is_parked_too_and_runs_again(build):
    worker = build.start(waiting_mapped=0 + 1)
    runs = wait_in(worker, (1, 2, 3), open={"once": True})
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        assert worker.answer(runs[cell])["report"]["value"] == cell
        again = worker.ask({"session": str(cell), "code": "await tools.ask('again')"})
        worker.until(lambda message: message["type"] == "waiting")
        worker.send({"type": "result", "call": f"{cell}:2", "value": "more"})
        assert worker.answer(again)["report"]["value"] == "more"


def test_requests_to_parked_cells(build):
    worker = build.start(waiting_mapped=1)
    runs = wait_in(worker, range(1, 7))
    assert worker.do({"session": "1", "so_far": True})["report"]["status"] == "suspended"
    assert worker.do({"session": "2", "measure": True})["stats"]["runs"] == 1
    snapshot = worker.do({"session": "3", "snapshot": True})["_blob"]
    assert snapshot.startswith(b"clochsnp")
    worker.ask({"interrupt": runs[4]})
    assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["error"]["code"] == "cancelled"
    assert worker.do({"session": "5", "close": True})["type"] == "done"
    fork = worker.ask({"session": "6", "fork": "66"})
    worker.until(lambda message: message["type"] == "waiting" and message["run"] == fork)
    for cell in (1, 2, 3, 6, 66):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == cell


def test_session_state_from_before_stays(build):
    worker = build.start(waiting_mapped=1)
    for cell in (1, 2, 3):
        worker.open(cell, tools=["ask"], context={"cell": cell})
        worker.run(cell, f"let kept = {cell * 10}")
        worker.ask({"session": str(cell), "code": "kept += await tools.ask(); kept + context.cell"})
        worker.until(lambda message: message["type"] == "waiting")
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": 1})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == cell * 11 + 1
        assert worker.run(cell, "kept")["value"] == cell * 10 + 1


def test_state_of_a_session_that_was_parked(build):
    """What the supervisor keeps is whole, whether a run was parked meanwhile or not."""
    worker = build.start(waiting_mapped=1)
    kept = {}
    for cell in (1, 2, 3):
        kept[cell] = [worker.do({"session": str(cell), "open": {"engine": 0}, "tools": ["ask"], "code": "let list = [0]"})]
        worker.ask({"session": str(cell), "code": "list.push(await tools.ask())"})
        worker.until(lambda message: message["type"] == "waiting")
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        kept[cell].append(worker.until(lambda message: message["type"] == "report")[-1])
        kept[cell].append(worker.do({"session": str(cell), "code": "list.push('end')"}))
        worker.open(10 + cell, tools=["ask"])
        for message in kept[cell]:
            request = {"session": str(10 + cell)} | ({"apply": True} if message["state"] == "changes" else {"restore": True})
            assert worker.do(request, message["_blob"])["type"] == "done"
        assert worker.run(10 + cell, "list")["value"] == [0, cell, "end"]


def test_a_parked_run_that_is_stopped_rolls_back(build):
    worker = build.start(waiting_mapped=1)
    for cell in (1, 2, 3):
        worker.open(cell, tools=["ask"])
        worker.run(cell, "let kept = 'old'")
    runs = {}
    for cell in (1, 2, 3):
        runs[cell] = worker.ask({"session": str(cell), "code": "kept = 'new'; await tools.ask()"})
        worker.until(lambda message: message["type"] == "waiting")
    worker.ask({"interrupt": runs[1]})
    assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["rolled_back"]
    assert worker.run(1, "kept")["value"] == "old"


def test_timers_of_parked_runs(build):
    """Time on the shelf counts for timers, for what the guest sees of the clock, and for the wall limit."""
    worker = build.start(waiting_mapped=1)
    code = "const t = performance.now(); await new Promise(go => setTimeout(go, 300)); Math.round(performance.now() - t)"
    runs = {worker.ask({"session": str(cell), "open": {"engine": 0, "once": True}, "code": code}) for cell in range(1, 9)}
    reports = {}
    while len(reports) < len(runs):
        message = worker.receive()
        if message["type"] == "report":
            reports[message["id"]] = message["report"]
    assert all(report["value"] >= 300 for report in reports.values()), reports
    assert all(report["metrics"]["wall_ms"] >= 300 for report in reports.values()), reports


def test_wall_limit_of_parked_runs(build):
    worker = build.start(waiting_mapped=1)
    for cell in range(1, 6):
        worker.ask({"session": str(cell), "open": {"engine": 0, "once": True}, "limits": {"wall": "200ms"}, "tools": ["ask"],
                    "code": "await tools.ask()"})
    codes = [worker.until(lambda message: message["type"] == "report")[-1]["report"]["error"]["code"] for _ in range(5)]
    assert codes == ["wall_time_limit"] * 5


def test_what_cannot_be_parked_stays(build):
    """A sync tool leaves frames on the stack; runs to undo are not in a snapshot."""
    worker = build.start(waiting_mapped=1)
    wait_in(worker, (1, 2, 3), code="tools.ask('q')", tools=[{"name": "ask", "sync": True}])
    for cell in (4, 5, 6):
        worker.open(cell, open={"undo": 2}, tools=["ask"])
        worker.run(cell, "let n = 1")
        worker.run(cell, "n = 2")
        worker.ask({"session": str(cell), "code": "await tools.ask(); n"})
        worker.until(lambda message: message["type"] == "waiting")
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == cell
    for cell in (4, 5, 6):
        worker.send({"type": "result", "call": f"{cell}:1"})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == 2
        assert worker.do({"session": str(cell), "undo": 2})["type"] == "done"
        assert worker.run(cell, "n")["value"] == 1


def test_a_run_with_more_time_than_its_cell_keeps_it(build):
    worker = build.start(waiting_mapped=1)
    for cell in (1, 2, 3):
        worker.ask({"session": str(cell), "open": {"engine": 0}, "tools": ["ask"], "limits": {"wall": "20ms"},
                    "code": "await new Promise(go => setTimeout(go, 60)); await tools.ask()", "run": {"wall": "60000000000ns"}})
    for _ in range(3):
        worker.until(lambda message: message["type"] == "call")
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == cell


def test_mutable_results_after_parking(build):
    worker = build.start(waiting_mapped=1)
    code = "const x = await tools.a(), y = await tools.b(); [Object.isFrozen(x), Object.isFrozen(y)]"
    wait_in(worker, (1, 2, 3), code=code, tools=["b", {"name": "a", "mutable": True}])
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:1", "value": [1]})
        worker.until(lambda message: message["type"] == "waiting")
    for cell in (1, 2, 3):
        worker.send({"type": "result", "call": f"{cell}:2", "value": [1]})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == [False, True]


def test_calls_beyond_tool_running_are_asked_after_parking(build):
    worker = build.start(waiting_mapped=1)
    for cell in (1, 2, 3):
        worker.ask({"session": str(cell), "open": {"engine": 0}, "tools": ["ask"], "limits": {"tool_running": "2"},
                    "code": "await Promise.all([1, 2, 3, 4].map(n => tools.ask(n)))"})
        calls = worker.until(lambda message: message["type"] == "waiting")
        assert [call["id"] for call in calls[:-1]] == [f"{cell}:1", f"{cell}:2"]
    for n, asked in ((1, 3), (2, 4), (3, None), (4, None)):
        worker.send({"type": "result", "call": f"1:{n}", "value": n})
        messages = worker.until(lambda message: message["type"] in ("waiting", "report"))
        assert [message["id"] for message in messages if message["type"] == "call"] == ([f"1:{asked}"] if asked else [])
    assert messages[-1]["report"]["value"] == [1, 2, 3, 4]


def test_python_is_parked(build):
    worker = build.start("python", waiting_mapped=1)
    wait_in(worker, range(1, 5), code="x = await tools.ask('q')\nx")
    for cell in range(1, 5):
        worker.send({"type": "result", "call": f"{cell}:1", "value": cell})
        assert worker.until(lambda message: message["type"] == "report")[-1]["report"]["value"] == cell
