"""The full dialect: reports, events, tools of the host, sessions that run side by side, snapshots."""
import json
import pathlib
import signal
import sys

from door import Door, converse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "docs"))
from schema import Validator  # noqa: E402

WAIT = "await tools.ask({ n: 1 })"


def open_door(build, *options):
    return Door(*build.jsonl("--report", *options))


def all_of(build, requests, *options):
    got, code, stderr = converse(build.jsonl("--report", *options), requests)
    assert code == 0 and stderr == "", (code, stderr)
    return got


def only(messages, kind):
    return [message for message in messages if message["type"] == kind]


def reports(messages):
    return {message["id"]: message["report"] for message in only(messages, "report")}


def end(door, code=0):
    rest, got = door.close()
    assert got == code, got
    return rest


# ---- shapes

def test_a_report(build):
    [event, report] = all_of(build, [{"id": "a", "code": "console.log('hi'); 6 * 7"}])
    assert event["run"] == "a" and event["event"]["type"] == "log" and event["event"]["content"] == "hi"
    assert report["type"] == "report" and report["id"] == "a" and report["report"]["value"] == 42
    assert report["report"]["output"] == [event["event"]] and report["report"]["rolled_back"] is False


def test_errors(build):
    got = all_of(build, 'nonsense\n{"id":"a"}\n{"id":"b","close":true,"session":"none"}\n{"id":"c","code":"1","limits":{"wall":0}}\n')
    assert [(message["type"], message["id"], message["error"]["code"]) for message in got] == [
        ("error", "", "invalid_argument"), ("error", "a", "invalid_argument"), ("error", "b", "not_found"), ("error", "c", "invalid_argument")]


def test_failures_are_reports(build):
    got = reports(all_of(build, [{"id": "a", "code": "throw new RangeError('x')"}, {"id": "b", "code": "for (;;);", "timeout_ms": 20},
                                 {"id": "c", "code": "let 1"}]))
    assert [got[key]["status"] for key in "abc"] == ["error", "timeout", "error"]
    assert got["b"]["rolled_back"] is True and got["c"]["error"]["code"] == "syntax_error"


def test_events_come_while_it_runs(build):
    door = open_door(build)
    door.send({"id": "a", "code": "console.log('first'); progress(0.5, 'half'); await new Promise(r => setTimeout(r, 60000))"})
    assert door.line()["event"]["content"] == "first"
    assert door.line()["event"]["type"] == "progress"
    door.send({"id": "i", "interrupt": "a"})
    messages = door.until("report")
    assert only(messages, "done") == [{"type": "done", "id": "i", "interrupted": 1}]
    assert messages[-1]["report"]["status"] == "cancelled"
    assert end(door) == []


# ---- tools of the host

def test_a_call(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": WAIT})
    call = door.line()
    assert call == {"type": "call", "id": "js:1", "run": "a", "tool": "ask", "argument": {"n": 1}}
    door.send({"type": "result", "call": "js:1", "value": {"big": 5, "deep": [{"x": None}]}})
    report = door.line()["report"]
    assert report["value"] == {"big": 5, "deep": [{"x": None}]} and report["calls"][0]["status"] == "resolved"
    assert end(door) == []


def test_results_out_of_order(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "(await Promise.all([1, 2, 3].map(n => tools.ask(n)))).join()"})
    calls = door.lines(3)
    for call in reversed(calls):
        door.send({"call": call["id"], "value": call["argument"] * 10})
    assert door.line()["report"]["value"] == "10,20,30"
    assert end(door) == []


def test_results_of_every_kind(build):
    code = "(async () => { try { return [await tools.ask()] } catch (e) { return [e.name, e.message, e.code, e.data] } })()"
    cases = [({"value": 12345678901234567890}, [12345678901234567000]), ({"value": None}, [None]), ({}, [{"$type": "undefined"}]),
             ({"error": {"message": "no"}}, ["Error", "no", "tool_error", {"$type": "undefined"}]),
             ({"error": {"name": "Refused", "message": "m", "code": "E1", "data": {"a": 1.0}}}, ["Refused", "m", "E1", {"a": 1}]),
             ({"error": {}}, ["Error", "", "tool_error", {"$type": "undefined"}])]
    door = open_door(build)
    door.send({"id": "t", "session": "js", "tools": ["ask"]})
    assert door.line() == {"type": "done", "id": "t"}
    for result, wanted in cases:
        door.send({"id": "a", "code": code})
        call = door.line()
        assert "argument" not in call
        door.send({"type": "result", "call": call["id"], **result})
        assert door.line()["report"]["value"] == wanted, result
    assert end(door) == []


def test_wrong_results(build):
    door = open_door(build, "--result", "1000")
    door.send({"id": "a", "tools": ["ask"], "code": "await tools.ask()"})
    call = door.line()
    for wrong in ({"call": "js:99", "value": 1}, {"call": "none:1"}, {"call": "js", "value": 1}, {"call": "js:x"}, {"call": ""},
                  {"call": ":1:1"}, {"call": "js:" + "9" * 40}):
        door.send(wrong)  # too late, perhaps; no error
    door.send({"call": 5}, {"call": call["id"], "value": 1, "error": {}}, {"value": 1})
    assert [message["error"]["code"] for message in door.lines(3)] == ["invalid_argument"] * 3
    door.send({"call": call["id"], "value": "x" * 2000})
    message = door.line()
    assert message["type"] == "error" and message["error"]["code"] == "result_limit"
    assert door.line()["report"]["error"]["code"] in ("result_limit", "uncaught_error")
    assert end(door) == []


def test_cancelled_calls(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "await Promise.race([tools.ask(), new Promise(r => setTimeout(r, 10, 'timer'))])"})
    call = door.line()
    assert door.line() == {"type": "cancel", "call": call["id"]}
    assert door.line()["report"]["value"] == "timer"
    door.send({"call": call["id"], "value": 1}, {"id": "b", "code": "1"})  # late
    assert door.line()["report"]["value"] == 1
    assert end(door) == []


def test_sync_tools(build):
    door = open_door(build)
    door.send({"id": "a", "tools": [{"name": "ask", "sync": True}], "code": "tools.ask(1) + tools.ask(2)"})
    for _ in range(2):
        call = door.line()
        door.send({"call": call["id"], "value": call["argument"] * 100})
    assert door.line()["report"]["value"] == 300
    assert end(door) == []


def test_the_end_of_input_answers_calls(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "await tools.ask()"}, {"id": "b", "code": "'after'"})
    door.line()
    rest = end(door)
    assert rest[0] == {"type": "cancel", "call": "js:1"}
    assert reports(rest)["a"]["status"] == "cancelled" and reports(rest)["b"]["value"] == "after"


def test_commands_beside_tools_of_the_host(build):
    door = open_door(build, "--tool", "shell=cat")
    door.send({"id": "a", "tools": ["ask"], "code": "[await tools.shell(1), await tools.ask(2)]"})
    call = door.line()
    assert call["tool"] == "ask"
    door.send({"call": call["id"], "value": 2})
    assert door.line()["report"]["value"] == [1, 2]
    door.send({"id": "b", "session": "new", "tools": ["shell"], "code": "1"})
    assert door.line()["error"]["code"] == "invalid_argument"
    assert end(door) == []


# ---- sessions side by side

def test_sessions_run_side_by_side(build):
    door = open_door(build)
    door.send({"id": "busy", "session": "a", "code": "for (;;);", "timeout_ms": 60000}, {"id": "also", "session": "b", "code": "for (;;);", "timeout_ms": 60000})
    for i in range(5):
        door.send({"id": str(i), "session": "c", "code": f"{i}"})
        assert door.line()["report"]["value"] == i
    door.send({"id": "i", "interrupt": "busy"}, {"id": "j", "interrupt": "also"})
    messages = door.lines(4)
    assert {key: report["status"] for key, report in reports(messages).items()} == {"busy": "cancelled", "also": "cancelled"}
    assert end(door) == []


def test_one_session_runs_in_order(build):
    got = all_of(build, [{"id": str(i), "code": f"globalThis.n = (globalThis.n ?? 0) + 1; await new Promise(r => setTimeout(r, {10 - i})); n"}
                         for i in range(8)])
    assert [message["id"] for message in got] == [str(i) for i in range(8)]
    assert [message["report"]["value"] for message in got] == list(range(1, 9))


def test_cells_for_one_run(build):
    got = reports(all_of(build, [{"id": str(i), "session": None, "code": "globalThis.n = (globalThis.n ?? 0) + 1"} for i in range(500)]))
    assert len(got) == 500 and all(report["value"] == 1 and "rolled_back" not in report for report in got.values())


def test_calls_of_cells_for_one_run(build):
    door = open_door(build)
    door.send(*[{"id": str(i), "session": None, "tools": ["ask"], "code": "await tools.ask(1)"} for i in range(5)])
    calls = door.lines(5)
    assert len({call["id"] for call in calls}) == 5
    for call in calls:
        door.send({"call": call["id"], "value": call["run"]})
    assert {key: report["value"] for key, report in reports(door.lines(5)).items()} == {str(i): str(i) for i in range(5)}
    assert end(door) == []


def test_forks_keep_their_place(build):
    got = all_of(build, [
        {"id": "1", "session": "a", "code": "var x = 1; await new Promise(r => setTimeout(r, 50)); x = 2"},
        {"id": "2", "session": "a", "fork": "b"}, {"id": "3", "session": "b", "code": "x"}, {"id": "4", "session": "b", "fork": "a"},
        {"id": "5", "session": "b", "fork": "b"}, {"id": "6", "session": "b", "close": True}, {"id": "7", "session": "a", "fork": "b"},
        {"id": "8", "session": "b", "code": "x * 10"}])
    by_id = {message["id"]: message for message in got}
    assert by_id["2"]["type"] == "done" and by_id["3"]["report"]["value"] == 2
    assert [by_id[key]["error"]["code"] for key in "45"] == ["invalid_state"] * 2
    assert by_id["8"]["report"]["value"] == 20


def test_fork_of_nothing_lets_others_go_on(build):
    got = all_of(build, [{"id": "1", "session": "none", "fork": "b"}, {"id": "2", "session": "b", "code": "1"}])
    assert [message["type"] for message in got] == ["error", "report"]


def test_interrupting_what_waits(build):
    got = all_of(build, [{"id": "a", "code": "const t = Date.now(); while (Date.now() - t < 100);"}, {"id": "b", "code": "1"},
                         {"id": "f", "session": "js", "fork": "copy"}, {"id": "g", "session": "copy", "code": "1"},
                         {"id": "i", "interrupt": "b"}, {"id": "j", "interrupt": "f"}, {"id": "k", "interrupt": "nobody"}])
    by_id = {message["id"]: message for message in got}
    assert [by_id[key]["interrupted"] for key in "ijk"] == [1, 1, 0]
    assert by_id["b"]["error"]["code"] == by_id["f"]["error"]["code"] == "cancelled"
    assert by_id["a"]["report"]["status"] == "ok" and by_id["g"]["report"]["value"] == 1


def test_the_queue_is_bounded_and_results_get_through(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "await tools.ask()"})
    call = door.line()
    door.send(*[{"id": str(i), "code": "1"} for i in range(3000)])
    door.send({"call": call["id"], "value": "through"})
    messages = door.until("report", id="a")
    assert messages[-1]["report"]["value"] == "through"
    refused = only(messages, "error")
    assert refused and all(message["error"]["code"] == "invalid_state" for message in refused)
    rest = end(door)
    assert len(rest) + len(refused) == 3000 and len(rest) >= 1000


def test_signals(build):
    door = open_door(build)
    door.send({"id": "a", "session": "a", "tools": ["ask"], "code": WAIT}, {"id": "b", "session": "b", "code": "for (;;);"}, {"id": "c", "session": "b", "code": "1"})
    door.line()
    door.signal(signal.SIGTERM)
    rest, code = door.close()
    assert code == 130 and {key: report["status"] for key, report in reports(rest).items()} == {"a": "cancelled", "b": "cancelled"}
    assert only(rest, "error")[0]["error"]["code"] == "cancelled"


# ---- undo and snapshots

def test_undo(build):
    got = all_of(build, [{"id": "1", "code": "var x = 1"}, {"id": "2", "code": "x = 2"}, {"id": "3", "code": "x = 3"},
                         {"id": "4", "session": "js", "undo": 2}, {"id": "5", "code": "x"}, {"id": "6", "session": "js", "undo": 50},
                         {"id": "7", "session": "none", "undo": 1}])
    by_id = {message["id"]: message for message in got}
    assert by_id["4"] == {"type": "done", "id": "4", "undone": 2} and by_id["5"]["report"]["value"] == 1
    assert by_id["6"]["error"]["code"] == by_id["7"]["error"]["code"] == "not_found"


def take_snapshot(build, *requests):
    got = all_of(build, [*requests, {"id": "s", "session": "js", "snapshot": True}])
    assert got[-1]["type"] == "done" and got[-1]["id"] == "s"
    return got[-1]["snapshot"]


def test_snapshot_and_restore(build):
    text = take_snapshot(build, {"id": "1", "code": "const kept = { deep: [1, 2] }; let n = 5"})
    got = all_of(build, [{"id": "r", "session": "other", "restore": text}, {"id": "2", "session": "other", "code": "[kept.deep[1], n]"},
                         {"id": "r2", "session": "other", "restore": text}, {"id": "3", "session": "other", "code": "++n"}])
    by_id = {message["id"]: message for message in got}
    assert by_id["r"] == {"type": "done", "id": "r"} and by_id["2"]["report"]["value"] == [2, 5] and by_id["3"]["report"]["value"] == 6


def test_a_waiting_run_goes_on_in_another_process(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "const before = 40; console.log('asking'); before + await tools.ask()"})
    call = door.until("call")[-1]
    door.send({"id": "s", "session": "js", "snapshot": "waiting"})
    text = door.line()["snapshot"]
    door.signal(signal.SIGKILL)
    door.wait()
    other = open_door(build)
    other.send({"id": "r", "tools": ["ask"], "restore": text})
    again = other.until("call")[-1]
    assert again["id"] == call["id"] and again["run"] == "r"
    other.send({"call": again["id"], "value": 2})
    report = other.until("report")[-1]
    assert report["id"] == "r" and report["report"]["value"] == 42
    assert end(other) == []


def test_a_snapshot_in_its_turn_comes_after_the_run(build):
    door = open_door(build)
    door.send({"id": "a", "tools": ["ask"], "code": "var x = await tools.ask()"}, {"id": "s", "session": "js", "snapshot": True},
              {"id": "w", "session": "js", "snapshot": "waiting"})
    call = door.line()
    assert door.line()["id"] == "w"
    door.send({"call": call["id"], "value": 7})
    assert door.line()["id"] == "a" and door.line()["id"] == "s"
    assert end(door) == []


def test_bad_snapshots(build):
    text = take_snapshot(build, {"id": "1", "code": "1"})
    cases = ["", "AAAA", text[: len(text) // 8 * 4], text[:400] + ("A" if text[400] != "A" else "B") + text[401:], "!!!!"]
    got = all_of(build, [{"id": str(i), "restore": case} for i, case in enumerate(cases)] + [{"id": "z", "code": "1"}])
    assert [message["type"] for message in got] == ["error"] * len(cases) + ["report"], got
    [missing] = all_of(build, [{"id": "r", "restore": take_snapshot(build, {"id": "1", "tools": ["ask"], "code": "1"})}])
    assert missing["error"]["code"] == "missing_tool"


def test_snapshots_in_the_plain_dialect(build):
    got, _, _ = converse(build.jsonl(), [{"id": "1", "code": "var x = 8"}, {"id": "s", "session": "js", "snapshot": True}])
    again, _, _ = converse(build.jsonl(), [{"id": "r", "restore": got[1]["output"]}, {"id": "2", "code": "x"}])
    assert again == [{"id": "r"}, {"id": "2", "output": "8\n"}]


# ---- Python and SQL

def test_python_and_javascript_side_by_side(build):
    build.need_python()
    got = reports(all_of(build, [{"id": "j", "code": "var x = 'js'; x"}, {"id": "p", "language": "py", "code": "x = 'py'\nx"},
                                 {"id": "j2", "code": "x"}, {"id": "p2", "session": "python", "language": "py", "code": "x * 2"},
                                 {"id": "s", "language": "sql", "session": "db", "code": "create table t(n); insert into t values (1), (2)"},
                                 {"id": "s2", "language": "sql", "session": "db", "code": "select sum(n) as total from t"}]))
    assert [got[key]["value"] for key in ("j", "p", "j2", "p2")] == ["js", "py", "js", "pypy"], got
    assert got["s2"]["status"] == "ok" and "3" in json.dumps(got["s2"]), got["s2"]


def test_the_engine_of_a_session_stays(build):
    build.need_python()
    got = all_of(build, [{"id": "1", "session": "a", "code": "1"}, {"id": "2", "session": "a", "language": "py", "code": "1"}])
    assert got[1]["error"]["code"] == "invalid_state" and "engine js" in got[1]["error"]["message"]


def test_python_tools_in_every_style(build):
    build.need_python()
    code = ("import asyncio\nplain = tools.ask(1)\nawaited = await tools.ask(2)\n"
            "both = await asyncio.gather(tools.ask(3), tools.ask(4))\ndef inner():\n    return tools.ask(5)\n[plain, awaited, both, inner()]")
    door = Door(*build.jsonl("--report", "py"))
    door.send({"id": "a", "tools": ["ask"], "code": code})
    while (message := door.line())["type"] == "call":
        door.send({"call": message["id"], "value": message["argument"] * 10})
    assert message["report"]["value"] == [10, 20, [30, 40], 50], message
    assert end(door) == []


def test_python_events_and_exit(build):
    build.need_python()
    got = all_of(build, [{"id": "a", "code": "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)"}], "py")
    assert [(message["event"]["type"], message["event"]["content"]) for message in only(got, "event")] == [("stdout", "out\n"), ("stderr", "err\n")]
    assert got[-1]["report"]["status"] == "ok" and got[-1]["report"].get("exit_code") == 3, got[-1]


def test_a_waiting_python_run_goes_on_in_another_process(build):
    build.need_python()
    door = Door(*build.jsonl("--report", "py"))
    door.send({"id": "a", "tools": ["ask"], "code": "before = 40\nbefore + await tools.ask({'n': 1})"})
    call = door.until("call")[-1]
    door.send({"id": "s", "session": "python", "snapshot": "waiting"})
    text = door.line()["snapshot"]
    door.signal(signal.SIGKILL)
    door.wait()
    other = open_door(build)  # whose own language is JavaScript: the snapshot says what it is of
    other.send({"id": "r", "session": "python", "tools": ["ask"], "restore": text})
    again = other.until("call")[-1]
    assert again["id"] == call["id"]
    other.send({"call": again["id"], "value": 2})
    assert other.until("report")[-1]["report"]["value"] == 42
    assert end(other) == []


def test_files(build):
    build.need_python()
    got = reports(all_of(build, [{"id": "a", "code": "open('/data/in.txt').read(), open('/raw', 'rb').read()",
                                  "files": {"/data/in.txt": "text", "/raw": {"base64": "AAEC"}}}], "py"))
    assert got["a"]["status"] == "ok" and "text" in got["a"]["repr"] and "\\x00\\x01\\x02" in got["a"]["repr"], got["a"]


def test_javascript_has_no_files(build):
    [got] = all_of(build, [{"id": "a", "code": "1", "files": {"x": "y"}}])
    assert got["error"]["code"] == "unsupported"


# ---- every message has the form that its schema says

def test_schema(build):
    report = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "messages.schema.json").read_text(encoding="utf-8"))
    requests = Validator({"$defs": schema["$defs"], "$ref": "#/$defs/request"}, strict=True)
    answers = Validator({"$defs": schema["$defs"], "$ref": "#/$defs/message"}, strict=True)
    whole = Validator(report, strict=True)
    sent = [{"id": "1", "code": "console.log(1); display({ a: 1 }); display(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])); await tools.ask(1)", "tools": ["ask", {"name": "b", "sync": True}],
             "limits": {"wall": "5s", "timers": 20}, "context": {"x": 1}, "language": "ts", "timeout_ms": 3000, "session": "a"},
            {"id": "2", "session": "a", "fork": "b"}, {"id": "3", "session": "a", "undo": 1}, {"id": "4", "session": "a", "snapshot": True},
            {"id": "5", "session": "b", "close": True}, {"id": "6", "interrupt": "x"}, {"id": "7", "session": None, "code": "throw 1"}]
    door = open_door(build)
    door.send(*sent)
    call = door.until("call")
    result = {"type": "result", "call": call[-1]["id"], "error": {"name": "N", "message": "m", "code": "c", "data": [1]}}
    door.send(result, {"id": "8", "tools": ["ask"], "code": "await tools.ask()"})
    got = call + end(door)
    got += all_of(build, [{"id": "9", "code": 5}])
    for request in [*sent, result]:
        assert requests.errors(request) == [], request
    for message in got:
        assert answers.errors(message) == [], (message, answers.errors(message))
        if message["type"] == "report":
            assert whole.errors(message["report"]) == [], message
    assert {message["type"] for message in got} == {"event", "call", "cancel", "report", "done", "error"}
