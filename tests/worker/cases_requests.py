"""Every request, and that each ends in one answer."""


def error_of(message):
    assert message["type"] == "error", message
    return message["error"]["code"]


def test_ready_names_engines(build):
    worker = build.start()
    assert worker.ready["type"] == "ready" and worker.ready["version"] == 1
    assert [engine["name"] for engine in worker.ready["engines"]] == ["js"]
    assert len(worker.ready["engines"][0]["image_id"]) == 64
    assert worker.ready["layers"] & 1, "it keeps privileges"


def test_once_forgets(build):
    worker = build.start()
    first = worker.do({"session": "1", "open": {"engine": 0, "once": True}, "code": "globalThis.x = 1; 1 + 2"})
    assert first["report"]["value"] == 3 and "_blob" not in first
    assert worker.run(1, "typeof x")["value"] == "undefined"
    assert worker.do({"session": "1", "close": True})["type"] == "done"
    assert error_of(worker.do({"session": "1", "code": "1"})) == "not_found"
    assert worker.close() == 0


def test_session_stays_and_says_its_state(build):
    worker = build.start()
    first = worker.do({"session": "1", "open": {"engine": 0}, "code": "let n = 1"})
    assert first["state"] == "snapshot" and first["_blob"].startswith(b"clochsnp")
    second = worker.do({"session": "1", "code": "n += 41"})
    assert second["report"]["value"] == 42 and second["state"] == "changes" and len(second["_blob"]) < 4096
    states = [worker.do({"session": "1", "code": "n += 1"})["state"] for _ in range(40)]
    assert states.count("snapshot") == 1, states


def test_changes_follow_a_run_that_was_rolled_back(build):
    worker = build.start()
    worker.open(1)
    kept = [worker.do({"session": "1", "code": code, "run": run}) for code, run in
            (("let n = 1", {}), ("n = 2; for (;;);", {"wall": "20000000ns"}), ("n", {"complete": True}), ("n += 2", {}))]
    assert [message["state"] for message in kept] == ["snapshot", "changes", "changes", "changes"]
    worker.open(2)
    for message in kept:
        request = {"session": "2"} | ({"apply": True} if message["state"] == "changes" else {"restore": True})
        assert worker.do(request, message["_blob"])["type"] == "done"
    assert worker.run(2, "n")["value"] == 3
    assert error_of(worker.do({"session": "2", "apply": True}, kept[1]["_blob"])) == "invalid_state"
    assert error_of(worker.do({"session": "2", "apply": True}, b"x" * 200)) == "bad_snapshot"


def test_rolled_back_has_no_state(build):
    worker = build.start()
    worker.open(1)
    message = worker.do({"session": "1", "code": "globalThis.x = 1; for (;;);", "run": {"wall": "20000000ns"}})
    assert message["report"]["rolled_back"] and message.get("state", "none") == "none" and "_blob" not in message
    assert worker.run(1, "typeof x")["value"] == "undefined"


def test_limits(build):
    worker = build.start()
    worker.open(1, limits={"value": "10B", "wall": "1500000000ns"})
    assert worker.run(1, "'x'.repeat(100)")["error"]["code"] == "value_limit"
    assert error_of(worker.do({"session": "2", "open": {"engine": 0}, "limits": {"nonsense": "1"}})) == "not_found"
    assert error_of(worker.do({"session": "2", "open": {"engine": 0}, "limits": {"memory": "1KiB"}})) == "invalid_argument"
    assert error_of(worker.do({"session": "2", "code": "1"})) == "not_found", "a cell that was refused is there"


def test_seed_and_clock(build):
    worker = build.start()
    opening = {"engine": 0, "once": True, "seed": "18446744073709551615", "clock_ms": 1000000000000}
    values = []
    for cell in ("1", "2"):
        values.append(worker.do({"session": cell, "open": opening, "code": "[Date.now(), Math.random()]"})["report"]["value"])
    assert values[0] == values[1] and values[0][0] == 1000000000000


def test_tools_modules_context(build):
    worker = build.start()
    worker.open(1, tools=[{"name": "add", "sync": True}], context={"who": "me"},
                modules=[{"name": "util", "source": "export const twice = n => 2 * n"}])
    run = worker.ask({"session": "1", "tools": ["more"],
                      "code": "import {twice} from 'util'; [context.who, twice(tools.add(3)), typeof tools.more]"})
    call = worker.receive()
    assert call == {"type": "call", "id": "1:1", "run": run, "tool": "add", "argument": 3}
    assert worker.receive() == {"type": "waiting", "run": run}
    worker.send({"type": "result", "call": "1:1", "value": 21})
    assert worker.answer(run)["report"]["value"] == ["me", 42, "function"]


def test_mutable_results(build):
    worker = build.start()
    worker.open(1, tools=[{"name": "a", "mutable": True}, "b"])
    run = worker.ask({"session": "1", "code": "const [x, y] = [await tools.a(), await tools.b()]; [Object.isFrozen(x), Object.isFrozen(y)]"})
    for call in ("1:1", "1:2"):
        worker.until(lambda message: message["type"] == "waiting")
        worker.send({"type": "result", "call": call, "value": {"n": 1}})
    assert worker.answer(run)["report"]["value"] == [False, True]


def test_rejections(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "try { await tools.ask() } catch (e) { [e.name, e.message, e.code, e.data] }"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.send({"type": "result", "call": "1:1", "error": {"name": "RangeError", "message": "no", "code": "x", "data": [1]}})
    assert worker.answer(run)["report"]["value"] == ["RangeError", "no", "x", [1]]


def test_results_that_come_too_late(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "tools.ask(); 1"})
    seen = worker.until(lambda message: message["type"] == "report")
    assert seen[-1]["id"] == run
    worker.send({"type": "result", "call": "1:1", "value": 1})
    worker.send({"type": "result", "call": "77:1", "value": 1})
    assert worker.run(1, "2")["value"] == 2


def test_cancel_comes_before_the_report(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    worker.ask({"session": "1", "code": "tools.ask(); await new Promise(go => setTimeout(go, 20)); 1"})
    seen = [message["type"] for message in worker.until(lambda message: message["type"] == "report")]
    assert seen == ["call", "waiting", "cancel", "report"], seen


def test_fork(build):
    worker = build.start()
    worker.open(1)
    worker.run(1, "let n = 1")
    fork = worker.do({"session": "1", "fork": "2"})
    assert fork["type"] == "done" and fork["state"] == "snapshot"
    assert worker.run(2, "n += 1")["value"] == 2 and worker.run(1, "n")["value"] == 1
    assert error_of(worker.do({"session": "1", "fork": "2"})) == "invalid_state"
    assert worker.do({"session": "1", "close": True})["type"] == "done"
    assert worker.run(2, "n")["value"] == 2


def test_requests_of_a_copy_wait_for_the_fork(build):
    worker = build.start()
    worker.open(1)
    busy = worker.ask({"session": "1", "code": "let n = 5; for (const end = Date.now() + 30; Date.now() < end;); n"})
    queued = worker.ask({"session": "1", "code": "n += 1"})
    fork = worker.ask({"session": "1", "fork": "2"})
    child = worker.ask({"session": "2", "code": "n"})
    order = []
    while len(order) < 4:
        message = worker.receive()
        order.append((message["id"], message["type"]))
    assert dict(order)[fork] in ("done", "error") and dict(order)[queued] == "report"
    assert order.index((busy, "report")) < order.index((queued, "report"))
    assert [ident for ident, _ in order].index(fork) < [ident for ident, _ in order].index(child)


def test_fork_of_a_run_that_waits(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "await tools.ask('x')"})
    worker.until(lambda message: message["type"] == "waiting")
    fork = worker.ask({"session": "1", "fork": "2"})
    assert worker.receive()["type"] == "done"
    call = worker.receive()
    assert call["type"] == "call" and call["id"] == "2:1" and call["run"] == fork and call["argument"] == "x"
    assert worker.receive() == {"type": "waiting", "run": fork}
    worker.send({"type": "result", "call": "2:1", "value": "copy"})
    assert worker.receive()["report"]["value"] == "copy"
    worker.send({"type": "result", "call": "1:1", "value": "first"})
    assert worker.answer(run)["report"]["value"] == "first"


def test_undo_and_reset(build):
    worker = build.start()
    worker.open(1, open={"undo": 4})
    for n in range(3):
        worker.run(1, f"globalThis.n = {n}")
    undone = worker.do({"session": "1", "undo": 2})
    assert undone["state"] == "snapshot" and worker.run(1, "n")["value"] == 0
    assert error_of(worker.do({"session": "1", "undo": 9})) == "not_found"
    assert worker.do({"session": "1", "reset": True})["type"] == "done"
    assert worker.run(1, "typeof n")["value"] == "undefined"


def test_snapshot_and_restore(build):
    worker = build.start()
    worker.open(1)
    worker.run(1, "let n = 42")
    snapshot = worker.do({"session": "1", "snapshot": True})["_blob"]
    worker.open(2)
    restored = worker.do({"session": "2", "restore": True}, snapshot)
    assert restored["type"] == "done" and restored["state"] == "snapshot"
    assert worker.run(2, "n")["value"] == 42
    assert error_of(worker.do({"session": "2", "restore": True}, b"nonsense")) == "bad_snapshot"


def test_snapshot_of_a_run_that_waits(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    worker.ask({"session": "1", "code": "`got ${await tools.ask('x')}`"})
    worker.until(lambda message: message["type"] == "waiting")
    snapshot = worker.do({"session": "1", "snapshot": True})["_blob"]
    worker.open(2, tools=["ask"])
    restore = worker.ask({"session": "2", "restore": True}, snapshot)
    assert worker.receive()["type"] == "done"
    call = worker.receive()
    assert call["id"] == "2:1" and call["run"] == restore
    assert worker.receive()["type"] == "waiting"
    worker.send({"type": "result", "call": "2:1", "value": "it"})
    report = worker.receive()
    assert report["id"] == restore and report["report"]["value"] == "got it"


def test_changes_are_applied(build):
    worker = build.start()
    worker.open(1)
    base = worker.do({"session": "1", "code": "let list = [1]"})
    changes = []
    for n in range(3):
        message = worker.do({"session": "1", "code": f"list.push({n})"})
        changes.append((message["state"], message["_blob"]))
    worker.open(2)
    assert worker.do({"session": "2", "restore": True}, base["_blob"])["type"] == "done"
    for kind, blob in changes:
        request = {"session": "2"} | ({"apply": True} if kind == "changes" else {"restore": True})
        assert worker.do(request, blob)["type"] == "done"
    assert worker.run(2, "list")["value"] == [1, 0, 1, 2]


def test_a_copy_of_a_once_cell_keeps_its_tools(build):
    worker = build.start()
    worker.open(1, open={"once": True}, tools=["ask"])
    worker.ask({"session": "1", "code": "await tools.ask()"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.ask({"session": "1", "fork": "2"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.send({"type": "result", "call": "2:1", "value": 1})
    worker.until(lambda message: message["type"] == "report")
    assert worker.run(2, "typeof tools.ask")["value"] == "function"


def test_a_once_cell_becomes_the_session_that_is_restored(build):
    worker = build.start()
    worker.open(1, modules=[{"name": "m", "source": "export const k = 7"}])
    kept = worker.do({"session": "1", "code": "let n = 1"})
    worker.open(2, open={"once": True})
    assert worker.do({"session": "2", "restore": True}, kept["_blob"])["type"] == "done"
    message = worker.do({"session": "2", "code": "n += 1"})
    assert message["report"]["value"] == 2 and message["state"] == "snapshot"
    assert worker.run(2, "import {k} from 'm'; n += k")["value"] == 9


def test_runs_of_a_once_cell_are_counted(build):
    worker = build.start()
    worker.open(1, open={"once": True})
    for _ in range(3):
        worker.run(1, "1")
    assert worker.do({"session": "1", "measure": True})["stats"]["runs"] == 3


def test_image(build):
    worker = build.start()
    worker.open(1)
    worker.run(1, "globalThis.answer = 42")
    assert worker.do({"session": "1", "image": True})["_blob"].startswith(b"clochimg")


def test_measure(build):
    worker = build.start()
    worker.open(1)
    worker.run(1, "1")
    stats = worker.do({"session": "1", "measure": True})["stats"]
    assert stats["memory_bytes"] > 1 << 20 and stats["runs"] == 1


def test_so_far(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    assert error_of(worker.do({"session": "1", "so_far": True})) == "invalid_state"
    run = worker.ask({"session": "1", "code": "console.log('here'); await tools.ask()"})
    worker.until(lambda message: message["type"] == "waiting")
    report = worker.do({"session": "1", "so_far": True})["report"]
    assert report["status"] == "suspended" and report["output"][0]["content"] == "here"
    worker.send({"type": "result", "call": "1:1"})
    assert worker.answer(run)["report"]["status"] == "ok"


def test_close_ends_what_is_at_work_and_what_waits(build):
    worker = build.start()
    worker.open(1)
    run = worker.ask({"session": "1", "code": "await new Promise(go => setTimeout(go, 100000))"})
    worker.until(lambda message: message["type"] == "waiting")
    queued = worker.ask({"session": "1", "code": "1"})
    close = worker.ask({"session": "1", "close": True})
    answers = [worker.receive() for _ in range(3)]
    assert [(answer["id"], answer["type"]) for answer in answers] == [(run, "error"), (queued, "error"), (close, "done")]
    assert error_of(answers[0]) == error_of(answers[1]) == "cancelled"


def test_requests_of_a_cell_are_served_in_order(build):
    worker = build.start()
    ids = [worker.ask({"session": "1", "open": {"engine": 0}, "code": "let n = 0"})]
    ids += [worker.ask({"session": "1", "code": "n += 1"}) for _ in range(50)]
    answers = [worker.receive() for _ in ids]
    assert [answer["id"] for answer in answers] == ids
    assert answers[-1]["report"]["value"] == 50


def test_large_values_and_sources(build):
    worker = build.start()
    worker.open(1, limits={"source": "8MiB", "value": "8MiB"})
    text = "x" * (3 << 20)
    assert worker.run(1, f"'{text}'.length")["value"] == len(text)
    assert worker.run(1, f"'y'.repeat({len(text)})")["value"] == "y" * len(text)


def test_source_as_blob(build):
    worker = build.start()
    worker.open(1)
    message = worker.do({"session": "1", "code": True}, b"6 * 7")
    assert message["report"]["value"] == 42


def test_typescript_and_names(build):
    worker = build.start()
    worker.open(1)
    report = worker.run(1, "const n: number = 1; throw new Error('no')", language="ts", run={"name": "mine.ts"})
    assert report["error"]["source"] == "mine.ts"


def test_completion_leaves_no_trace(build):
    worker = build.start()
    worker.open(1)
    worker.run(1, "let apple = 1")
    message = worker.do({"session": "1", "code": "app", "run": {"complete": True}})
    assert message["report"]["value"]["names"] == ["apple"]
    assert worker.run(1, "apple")["value"] == 1


def test_files_and_mounts_in_python(build):
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "given"), "w", encoding="ascii") as file:
            file.write("from the host")
        worker = build.start("python", mounts=[(folder, True)])
        worker.open(1, mounts=[{"mount": 0, "path": "/data", "writable": True}], files={"/work/own": "mine"})
        report = worker.run(1, "open('/data/out', 'w').write('hello'); [open('/data/given').read(), open('/work/own').read()]")
        assert report["status"] == "ok", report
        with open(os.path.join(folder, "out"), encoding="ascii") as file:
            assert file.read() == "hello"
        assert error_of(worker.do({"session": "2", "open": {"engine": 0}, "mounts": [{"mount": 1, "path": "/x"}]})) == "not_found"


def test_engines_side_by_side(build):
    worker = build.start("js", "python")
    worker.open(1)
    worker.open(2, engine=1)
    assert worker.run(1, "1 + 1")["value"] == 2 and worker.run(2, "1 + 1")["value"] == 2
    assert error_of(worker.do({"session": "3", "open": {"engine": 2}})) == "not_found"
