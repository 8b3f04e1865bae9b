"""How runs go: what is said in which order, timers, interrupts, results while others are at work."""
import time


def test_order_of_messages(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    worker.ask({"session": "1", "code": "console.log(1); const a = tools.ask('a'); console.log(2); await a; console.log(3)"})
    first = worker.until(lambda message: message["type"] == "waiting")
    assert [message["type"] for message in first] == ["event", "event", "call", "waiting"]
    worker.send({"type": "result", "call": "1:1", "value": 1})
    second = worker.until(lambda message: message["type"] == "report")
    assert [message["type"] for message in second] == ["event", "report"]
    assert [item["content"] for item in second[-1]["report"]["output"]] == ["1", "2", "3"]


def test_waiting_is_said_anew(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "for (let i = 0; i < 3; i++) await tools.ask(i)"})
    for call in (1, 2, 3):
        messages = worker.until(lambda message: message["type"] == "waiting")
        assert [message["type"] for message in messages] == ["call", "waiting"]
        worker.send({"type": "result", "call": f"1:{call}", "value": None})
    assert worker.answer(run)["report"]["status"] == "ok"


def test_timers(build):
    worker = build.start()
    worker.open(1)
    report = worker.run(1, "let s = ''; setTimeout(() => s += 'b', 20); setTimeout(() => s += 'a', 10); await new Promise(go => setTimeout(go, 30)); s")
    assert report["value"] == "ab" and report["metrics"]["wall_ms"] >= 30


def test_virtual_time_takes_none(build):
    worker = build.start()
    worker.open(1, open={"clock_ms": 0, "seed": "1"})
    message = worker.do({"session": "1", "code": "await new Promise(go => setTimeout(go, 1000000)); Date.now()"})
    assert message["report"]["value"] == 1000000 and message["result"]["replayable"]


def test_interrupt_of_a_loop(build):
    worker = build.start()
    worker.open(1)
    run = worker.ask({"session": "1", "code": "for (;;);"})
    time.sleep(0.02)
    stop = worker.ask({"interrupt": run})
    answers = {message["id"]: message for message in (worker.receive(), worker.receive())}
    assert answers[stop]["interrupted"] == 1
    assert answers[run]["report"]["error"]["code"] == "cancelled" and answers[run]["report"]["rolled_back"]


def test_interrupt_of_a_built_in_that_never_asks(build):
    worker = build.start()
    worker.open(1, open={"no_poll": True}, limits={"wall": "60s", "cpu": "60s"})
    run = worker.ask({"session": "1", "code": "/(a+)+b/.test('a'.repeat(60))"})
    time.sleep(0.02)
    worker.ask({"interrupt": run})
    messages = worker.until(lambda message: message["type"] == "report")
    assert messages[-1]["report"]["error"]["code"] == "cancelled"


def test_interrupt_of_a_run_that_waits(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "await tools.ask()"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.ask({"interrupt": run})
    kinds = [message["type"] for message in worker.until(lambda message: message["type"] == "report")]
    assert kinds == ["done", "cancel", "report"], kinds


def test_interrupt_of_a_run_that_has_not_begun(build):
    worker = build.start()
    worker.open(1)
    first = worker.ask({"session": "1", "code": "await new Promise(go => setTimeout(go, 50)); 1"})
    second = worker.ask({"session": "1", "code": "for (;;);"})
    stop = worker.ask({"session": "1", "interrupt": second})
    assert worker.answer(stop)["interrupted"] == 1
    assert worker.answer(first)["report"]["value"] == 1
    assert worker.answer(second)["report"]["error"]["code"] == "cancelled"


def test_interrupt_of_nothing(build):
    worker = build.start()
    assert worker.do({"interrupt": "99"})["interrupted"] == 0


def test_wall_limit_of_a_run_that_waits(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    report = worker.run(1, "await tools.ask()", run={"wall": "30000000ns"})
    assert report["error"]["code"] == "wall_time_limit"


def test_result_of_a_run_has_what_the_report_lacks(build):
    worker = build.start()
    worker.open(1)
    result = worker.do({"session": "1", "code": "for (let i = 0; i < 1e6; i++); 1"})["result"]
    assert int(result["polls"]) > 0 and int(result["wall_ns"]) > 0


def test_exit_of_python(build):
    worker = build.start("python")
    worker.open(1)
    message = worker.do({"session": "1", "code": "import sys; sys.exit(3)"})
    assert message["report"]["exit_code"] == 3 and message["result"]["exited"]


def test_python_asks_and_waits(build):
    worker = build.start("python")
    worker.open(1, tools=["ask"])
    run = worker.ask({"session": "1", "code": "await tools.ask(1)"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.send({"type": "result", "call": "1:1", "value": 5})
    assert worker.answer(run)["report"]["value"] == 5


def test_much_output_to_a_slow_reader(build):
    """The channel fills; the cells that talk are set aside, and nothing is lost."""
    worker = build.start()
    cells = range(1, 9)
    runs = {}
    for cell in cells:
        worker.open(cell, limits={"console_bytes": "32MiB", "console_lines": "100000", "console_rate": "0", "wall": "60s", "cpu": "60s"})
    for cell in cells:
        runs[worker.ask({"session": str(cell), "code": "for (let i = 0; i < 8000; i++) console.log(i + ' ' + 'x'.repeat(200)); 'end'"})] = []
    time.sleep(0.5)
    ended = 0
    while ended < len(runs):
        message = worker.receive()
        if message["type"] == "event":
            runs[message["run"]].append(int(message["event"]["content"].split()[0]))
        elif message["type"] == "report":
            ended += 1
            assert message["report"]["value"] == "end", message["report"]["error"]
            assert runs[message["id"]] == list(range(8000))
    assert worker.run(1, "1")["value"] == 1
