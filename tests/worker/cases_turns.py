"""Who runs when, in counts: what others have done when one is done, never how long it took."""
import time

# counts rounds of equal work for everybody, each some milliseconds
WORK = "let n = 0; for (let i = 0; i < {rounds}; i++) {{ n += i % 7; }} n"


LONG = {"wall": "120s", "cpu": "60s", "tool_calls": "1000", "tool_running": "1000", "tool_pending": "1000"}


def begin_together(worker, cells, code, batch=()):
    """Starts runs that all go on at one moment, however slowly this program is run; gives {id: cell}."""
    runs = {}
    for cell in cells:
        runs[worker.ask({"session": str(cell), "open": {"engine": 0, "batch": cell in batch}, "tools": ["go", "tell"], "limits": LONG,
                         "code": "await tools.go(); " + code})] = cell
        worker.until(lambda message: message["type"] == "waiting")
    worker.ours.sendall(b"".join(worker.frame(f'{{"type":"result","call":"{cell}:1"}}') for cell in cells))
    return runs


def finish_order(worker, count):
    return [worker.until(lambda message: message["type"] == "report")[-1]["id"] for _ in range(count)]


def test_busy_cells_do_not_delay_short_ones(build):
    worker = build.start()
    for cell in range(1, 5):
        worker.open(cell, limits={"wall": "60s", "cpu": "60s"})
        worker.ask({"session": str(cell), "code": "for (;;);"})
    time.sleep(0.05)
    shorts = [worker.ask({"session": str(100 + i), "open": {"engine": 0, "once": True}, "code": "1 + 2"}) for i in range(100)]
    assert sorted(finish_order(worker, 100)) == sorted(shorts)


def test_a_built_in_that_never_asks_does_not_delay_others(build):
    worker = build.start()
    worker.open(1, open={"no_poll": True}, limits={"wall": "60s", "cpu": "60s"})
    worker.ask({"session": "1", "code": "/(a+)+b/.test('a'.repeat(60))"})
    time.sleep(0.05)
    shorts = [worker.ask({"session": str(100 + i), "open": {"engine": 0, "once": True}, "code": "1 + 2"}) for i in range(20)]
    assert sorted(finish_order(worker, 20)) == sorted(shorts)


def test_equal_work_ends_at_nearly_equal_times(build):
    """Of 50 cells that count to the same number, the last is not far behind when the first has ended: not a test of how far, which the machine decides."""
    worker = build.start()
    runs = begin_together(worker, range(1, 51), "for (let k = 1; k <= 100; k++) { for (let i = 0; i < 20000; i++); tools.tell(k) } 1")
    runs = dict.fromkeys(runs, 0)
    while True:
        message = worker.receive()
        if message["type"] == "call":
            runs[message["run"]] = message["argument"]
        elif message["type"] == "report":
            break
    # calls are told at the end of a slice: what the others have done is at most a round of slices behind
    assert min(runs.values()) >= 60, sorted(runs.values())


def test_interactive_goes_before_batch(build):
    worker = build.start()
    runs = begin_together(worker, range(8, 0, -1), WORK.format(rounds=1000000), batch=range(5, 9))
    ended = [runs[ident] for ident in finish_order(worker, 8)]
    assert set(ended[:4]) == {1, 2, 3, 4}, ended


def test_batch_is_not_starved(build):
    """While interactive cells never cease, a batch run ends all the same."""
    worker = build.start()
    worker.open(1, open={"batch": True}, limits={"wall": "60s", "cpu": "60s"})
    for cell in (2, 3):
        worker.open(cell, limits={"wall": "60s", "cpu": "60s"})
        worker.ask({"session": str(cell), "code": "for (;;);"})
    batch = worker.ask({"session": "1", "code": WORK.format(rounds=100000)})
    assert worker.answer(batch)["report"]["status"] == "ok"


def test_admission(build):
    """With two runs at once the third begins when one has ended; waiting ones do not count."""
    worker = build.start(cells_running=2)
    for cell in range(1, 5):
        worker.open(cell, tools=["ask"], limits={"wall": "60s", "cpu": "60s"})
    loops = [worker.ask({"session": str(cell), "code": "for (;;);"}) for cell in (1, 2)]
    third = worker.ask({"session": "3", "code": "await tools.ask()"})
    fourth = worker.ask({"session": "4", "code": "4"})
    worker.silence(0.1)
    worker.ask({"interrupt": loops[0]})
    messages = worker.until(lambda message: message.get("id") == fourth)
    kinds = [(message["type"], message.get("run") or message["id"]) for message in messages]
    assert ("waiting", third) in kinds and kinds.index(("waiting", third)) < kinds.index(("report", fourth)), kinds


def test_busy(build):
    worker = build.start(cells_running=1, runs_queued=3)
    worker.open(1, limits={"wall": "60s", "cpu": "60s"})
    loop = worker.ask({"session": "1", "code": "for (;;);"})
    queued = [worker.ask({"session": str(cell), "open": {"engine": 0, "once": True}, "code": str(cell)}) for cell in (2, 3, 4)]
    refused = worker.ask({"session": "5", "open": {"engine": 0, "once": True}, "code": "5"})
    answer = worker.answer(refused)
    assert answer["type"] == "error" and answer["error"]["code"] == "busy"
    assert worker.do({"session": "5", "measure": True})["error"]["code"] == "not_found"
    worker.ask({"interrupt": loop})
    assert [worker.answer(ident)["report"]["value"] for ident in queued] == [2, 3, 4]


def test_interrupt_of_a_run_that_is_not_admitted(build):
    worker = build.start(cells_running=1)
    worker.open(1, limits={"wall": "60s", "cpu": "60s"})
    worker.ask({"session": "1", "code": "for (;;);"})
    queued = worker.ask({"session": "2", "open": {"engine": 0, "once": True}, "code": "2"})
    assert worker.do({"interrupt": queued})["interrupted"] == 1
    assert worker.answer(queued)["report"]["error"]["code"] == "cancelled"


def test_a_thousand_cells_take_turns(build):
    worker = build.start()
    ids = [worker.ask({"session": str(cell), "open": {"engine": 0, "once": True}, "limits": {"wall": "120s"},
                       "code": "for (let i = 0; i < 100000; i++); 1"}) for cell in range(1, 1001)]
    reports = [worker.receive() for _ in ids]
    assert {report["id"] for report in reports} == set(ids)
    assert all(report["report"]["value"] == 1 for report in reports)
