"""What a supervisor may say by mistake, and how a worker ends."""
import os
import signal
import struct

import worker as supervisor


def error_of(message):
    assert message["type"] == "error", message
    return message["error"]["code"]


def test_the_channel_closes(build):
    worker = build.start()
    worker.open(1)
    worker.ask({"session": "1", "code": "for (;;);"})
    assert worker.close() == 0


def test_the_channel_closes_before_the_start(build):
    ours, theirs = supervisor.socket.socketpair()
    boxes = [supervisor.box(), supervisor.box()]
    pid = supervisor.spawn(build.path, [theirs.fileno(), *boxes])
    theirs.close()
    ours.close()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    for fd in boxes:
        os.close(fd)


def test_a_start_that_is_none(build):
    for raw in ("{}", "[1]", '{"type":"start","version":2,"engines":[{"name":"js"}]}', '{"type":"start","version":1,"engines":[]}'):
        worker = build.start(raw=raw)
        assert worker.ready["type"] == "failed" and worker.ready["code"] == "invalid_argument", worker.ready
        assert worker.close() == 1


def test_an_engine_that_is_none(build):
    worker = build.start("cobol")
    assert worker.ready["type"] == "failed", worker.ready
    assert worker.close() == 1


def test_bytes_that_are_no_frame(build):
    for junk in (b"GET / HTTP/1.1\r\n" * 4, struct.pack("<IIQQQ", supervisor.MAGIC, 2**31, 0, supervisor.IN_LINE, 0),
                 struct.pack("<IIQQQ", supervisor.MAGIC, 2, 100, 2**50, 0) + b"{}"):
        worker = build.start()
        worker.ours.sendall(junk)
        assert worker.wait() == 1


def test_frames_in_pieces(build):
    worker = build.start()
    for byte in worker.frame('{"id":"1","session":"1","open":{"engine":0,"once":true},"code":"1+2"}'):
        worker.ours.sendall(bytes([byte]))
    assert worker.receive()["report"]["value"] == 3


def test_malformed_requests_are_answered(build):
    worker = build.start()
    worker.open(1)
    for text, ident in (("nonsense", ""), ("[]", ""), ('{"id":1}', ""), ('{"id":"7"}', "7"), ('{"id":"8","session":"1","code":1}', "8"),
                        ('{"id":"9","session":"1","code":"1","undo":1}', "9"), ('{"id":"x","session":"1","code":"1"}', "x"),
                        ('{"id":"10","session":"one","code":"1"}', "10"), ('{"id":"11","session":"1","fork":"two"}', "11"),
                        ('{"id":"12","interrupt":"x"}', "12"), ('{"id":"13","session":"1","open":{"engine":-1}}', "13"),
                        ('{"id":"14","session":"01","code":"1"}', "14"), ('{"id":"18446744073709551616","session":"1","code":"1"}', "18446744073709551616")):
        worker.send_text(text)
        answer = worker.receive()
        assert error_of(answer) == "invalid_argument" and answer["id"] == ident, (text, answer)
    assert worker.run(1, "1")["value"] == 1


def test_cells_that_are_not_there(build):
    worker = build.start()
    for fields in ({"code": "1"}, {"close": True}, {"snapshot": True}, {"fork": "3"}, {"undo": 1}, {"tools": ["a"]}, {"measure": True}):
        assert error_of(worker.do({"session": "2"} | fields)) == "not_found", fields


def test_opening_twice(build):
    worker = build.start()
    worker.open(1)
    assert error_of(worker.do({"session": "1", "open": {"engine": 0}, "code": "1"})) == "invalid_state"
    assert error_of(worker.do({"session": "1", "limits": {"wall": "1s"}, "code": "1"})) == "invalid_state"


def test_a_tool_that_is_refused_with_its_request(build):
    worker = build.start()
    assert error_of(worker.do({"session": "1", "open": {"engine": 0}, "tools": ["a", "a"]})) == "invalid_argument"
    worker.open(1, tools=["a"])
    assert error_of(worker.do({"session": "1", "tools": ["a"], "code": "1"})) == "invalid_argument"
    assert worker.run(1, "typeof tools.a")["value"] == "function"


def test_an_id_that_is_at_work(build):
    worker = build.start()
    worker.open(1, tools=["ask"])
    worker.open(2)
    run = worker.ask({"session": "1", "code": "await tools.ask()"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.send({"id": run, "session": "2", "code": "1"})
    assert error_of(worker.receive()) == "invalid_argument"
    worker.send({"type": "result", "call": "1:1", "value": 1})
    assert worker.answer(run)["report"]["value"] == 1


def test_fork_into_a_place_whose_fork_fails(build):
    worker = build.start()
    worker.open(1, open={"once": True})
    fork = worker.ask({"session": "1", "fork": "2"})
    code = worker.ask({"session": "2", "code": "1"})
    answers = {message["id"]: error_of(message) for message in (worker.receive(), worker.receive())}
    assert answers == {fork: "invalid_state", code: "not_found"} or answers == {fork: "invalid_state", code: "cancelled"}


def test_results_that_are_wrong_reach_the_guest(build):
    worker = build.start()
    worker.open(1, tools=["ask"], limits={"result": "10B"})
    run = worker.ask({"session": "1", "code": "try { await tools.ask() } catch (e) { e.code }"})
    worker.until(lambda message: message["type"] == "waiting")
    worker.send({"type": "result", "call": "1:1", "value": "x" * 100})
    assert worker.answer(run)["report"]["value"] == "result_limit"


def test_a_result_that_is_none(build):
    worker = build.start()
    for call in ("", "1", ":", "1:", ":1", "a:b", "1:1:1"):
        worker.send({"type": "result", "id": "5", "call": call})
        assert error_of(worker.receive()) == "invalid_argument"


def test_it_dies_with_its_parent_or_is_killed(build):
    worker = build.start()
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait() == -signal.SIGTERM
    worker.code = 0
