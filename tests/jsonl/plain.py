"""The plain dialect beyond the contract: what stands in lines, and what happens to the streams."""
import json
import os
import signal
import subprocess
import tempfile
import time

from door import Door, converse

MIB = 1 << 20


def answers(build, data, *options):
    got, code, stderr = converse(build.jsonl(*options), data)
    assert code == 0 and stderr == "", (code, stderr)
    return got


def errors(got):
    return [(answer["id"], answer.get("error", "").split("\n")[0]) for answer in got]


# ---- lines

def test_blank_lines_and_crlf(build):
    data = '\n\r\n  \t\n{"id":"a","code":"1"}\r\n\n{"id":"b","code":"2"}'
    assert answers(build, data) == [{"id": "a", "output": "1\n"}, {"id": "b", "output": "2\n"}]


def test_nothing(build):
    assert answers(build, "") == []
    assert answers(build, "\n\n") == []
    done = subprocess.run(build.jsonl(), stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert (done.stdout, done.returncode) == (b"", 0)


def test_bad_json(build):
    bad = ["{", "nonsense", '{"id":"a","code":"1"', '{"id":"a" "code":"1"}', "[1", "{'id':'a'}", '{"id":"a","code":NaN}',
           '{"id":"a","code":"1"} x', "\0", '{"id":"a","code":"a\tb"}', '{"id":"a","code":"\\x41"}', '{"a":1e999}', "[" * 5000, '{"id":"a","code":"1","x":1\0}']
    for line in bad:
        got = answers(build, line + '\n{"id":"z","code":"26"}\n')
        assert len(got) == 2 and got[1] == {"id": "z", "output": "26\n"}, line
        assert got[0]["id"] == "" and got[0]["error"].startswith("Invalid JSON: "), (line, got[0])


def test_bad_utf8(build):
    for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"):
        got = answers(build, b'{"id":"a","code":"\'' + bad + b'\'"}\n{"id":"z","code":"26"}\n')
        assert got[0]["id"] == "" and got[0]["error"].startswith("Invalid JSON: "), bad
        assert got[1] == {"id": "z", "output": "26\n"}


def test_half_a_surrogate_pair_is_refused(build):
    assert answers(build, '{"id":"a","code":"\'\\ud800\'"}\n')[0]["error"].startswith("Invalid JSON: ")


def test_duplicate_names(build):
    assert answers(build, '{"id":"a","code":"1","code":"2"}\n')[0]["error"].startswith("Invalid JSON: duplicate")


def test_wrong_types_and_missing_fields(build):
    cases = [('{"id":"a"}', ("a", 'Invalid request: there is no "code"')), ("{}", ("", 'Invalid request: there is no "code"')),
             ("[]", ("", "Invalid request: it is not an object")), ("5", ("", "Invalid JSON: ")), ('"text"', ("", "Invalid JSON: ")),
             ("null", ("", "Invalid JSON: ")), ('{"id":5,"code":"1"}', ("", 'Invalid request: "id" is not a string')),
             ('{"id":null,"code":"1"}', ("", 'Invalid request: "id" is not a string')),
             ('{"id":"a","code":5}', ("a", 'Invalid request: "code" is not a string')),
             ('{"id":"a","code":["1"]}', ("a", 'Invalid request: "code" is not a string')),
             ('{"id":"a","code":null}', ("a", 'Invalid request: "code" is not a string')),
             ('{"id":"a","code":"1","session":5}', ("a", 'Invalid request: "session" is not a string')),
             ('{"id":"a","code":"1","session":""}', ("a", "Invalid request: a session's name is ")),
             ('{"id":"a","code":"1","session":":1"}', ("a", "Invalid request: a session's name is ")),
             ('{"id":"a","code":"1","session":"a\\nb"}', ("a", "Invalid request: a session's name is ")),
             ('{"id":"a","code":"1","timeout_ms":0}', ("a", 'Invalid request: "timeout_ms" is not a whole number')),
             ('{"id":"a","code":"1","timeout_ms":1.5}', ("a", 'Invalid request: "timeout_ms" is not a whole number')),
             ('{"id":"a","code":"1","timeout_ms":1e30}', ("a", 'Invalid request: "timeout_ms" is not a whole number')),
             ('{"id":"a","code":"1","fork":"b"}', ("a", 'Invalid request: either "code" or "fork"')),
             ('{"id":"a","code":"1","language":"cobol"}', ("a", "no language 'cobol'")),
             ('{"id":"a","code":"1","limits":{"nonsense":1}}', ("a", "no limit 'nonsense'")),
             ('{"id":"a","code":"1","limits":{"wall":"soon"}}', ("a", "limit wall")),
             ('{"id":"a","code":"1","context":"text"}', None), ('{"code":"1"}', None),
             ('{"id":"a","code":"1","unknown":{"x":[]}}', None)]
    for line, wanted in cases:
        [got] = answers(build, line)
        if wanted is None:
            assert got.get("output") == "1\n", (line, got)
            continue
        assert got["id"] == wanted[0] and got["error"].startswith(wanted[1]), (line, got)


def test_ids_of_any_string(build):
    ids = ["", " ", "a" * 100000, "\"\\\n\t\0\x7f", "日本語", "\U0001F600", "\u2028\u2029", "</script>", "0", "null"]
    got = answers(build, [{"id": identity, "code": "1"} for identity in ids])
    assert [answer["id"] for answer in got] == ids
    same = answers(build, [{"id": "same", "code": "1"}, {"id": "same", "code": "2"}])
    assert same == [{"id": "same", "output": "1\n"}, {"id": "same", "output": "2\n"}]


def test_text_survives(build):
    text = "\0\x01\x1f \"\\/\b\f\r\u00e9\u2028\U0001F600\x7f"
    [got] = answers(build, [{"id": "a", "code": f"console.log({json.dumps(text)})"}])
    assert got["output"] == text + "\n"


def test_output_is_one_line_each(build):
    done = subprocess.run(build.jsonl(), input=b'{"id":"a\\u2028","code":"console.log(\'a\\\\nb\\\\u2028c\')"}\n', capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 1 and done.stdout.endswith(b"\n") and "\u2028".encode() not in done.stdout


def test_a_line_over_the_limit(build):
    long = b'{"id":"a","code":"' + b"x" * (65 * MIB) + b'"}\n'
    got = answers(build, b'{"id":"0","code":"1"}\n' + long + b'{"id":"b","code":"2"}\n')
    assert [answer["id"] for answer in got] == ["0", "", "b"] and got[2]["output"] == "2\n"
    assert got[1]["error"] == "Invalid JSON: the line is longer than 67108864 bytes"
    assert errors(answers(build, b"x" * (65 * MIB)))[0][1].startswith("Invalid JSON: the line is longer")


def test_more_values_than_a_line_may_have(build):
    many = b'{"id":"a","code":"1","context":{"x":[' + b"[]," * (2 * MIB) + b'0]}}\n'
    got = answers(build, many + b'{"id":"b","code":"2"}\n')
    assert got[0]["error"] == "Invalid request: it has more than 2097152 values" and got[1]["output"] == "2\n"


def test_a_line_below_the_limit(build):
    data = b'{"id":"a","code":"1","context":{"x":"' + b"x" * (20 * MIB) + b'"}}\n{"id":"b","code":"context.x.length"}\n'
    assert answers(build, data, "--memory", "256MiB")[1]["output"] == f"{20 * MIB}\n"


# ---- requests

def test_sessions_by_name(build):
    got = answers(build, [
        {"id": "1", "session": "a", "code": "var x = 'of a'"}, {"id": "2", "session": "b", "code": "typeof x"},
        {"id": "3", "code": "typeof x"}, {"id": "4", "session": "a", "code": "x"}, {"id": "5", "session": "a", "close": True},
        {"id": "6", "session": "a", "code": "typeof x"}, {"id": "7", "session": "none", "close": True},
        {"id": "8", "session": None, "code": "globalThis.left = 1"}, {"id": "9", "session": None, "code": "typeof left"}])
    assert [answer.get("output", answer.get("error", "")) for answer in got] == [
        "", "'undefined'\n", "'undefined'\n", "'of a'\n", "", "'undefined'\n", "there is no session 'none'", "1\n", "'undefined'\n"]


def test_fork_and_close(build):
    got = answers(build, [
        {"id": "1", "session": "a", "code": "var x = 1"}, {"id": "2", "session": "a", "fork": "b"},
        {"id": "3", "session": "b", "code": "x += 10"}, {"id": "4", "session": "a", "code": "x"},
        {"id": "5", "session": "a", "fork": "b"}, {"id": "6", "session": "none", "fork": "c"}, {"id": "7", "session": "c", "code": "1"}])
    assert got[1] == {"id": "2"} and got[2]["output"] == "11\n" and got[3]["output"] == "1\n"
    assert got[4]["error"] == "there is a session 'b' already" and got[5]["error"] == "there is no session 'none'"
    assert got[6]["output"] == "1\n"


def test_too_many_sessions(build):
    got = answers(build, [{"id": str(i), "session": str(i), "code": "1"} for i in range(300)])
    assert [answer.get("error") for answer in got] == [None] * 256 + ["too many sessions are open"] * 44


def test_limits_and_timeout_of_a_request(build):
    got = answers(build, [
        {"id": "1", "code": "var x = 1", "limits": {"wall": "50ms", "console_lines": 2}},
        {"id": "2", "code": "for (let i = 0; i < 5; i++) console.log(i)"}, {"id": "3", "code": "x = 2; for (;;);"},
        {"id": "4", "code": "x", "limits": {"wall": 100}}, {"id": "5", "code": "const t = Date.now(); while (Date.now() - t < 100); 'done'", "timeout_ms": 5000},
        {"id": "6", "code": "x = 3; for (;;);", "timeout_ms": 20}, {"id": "7", "code": "x"}])
    assert got[1]["output"].startswith("0\n1\n") and "3\n" not in got[1]["output"]
    assert got[2]["error"].startswith("TimeoutError: the run took longer than 50 ms")
    assert got[3]["error"] == "limits are set when a session is opened, and 'js' is open"
    assert got[4]["output"] == "'done'\n" and got[5]["error"].startswith("TimeoutError: the run took longer than 20 ms")
    assert got[6]["output"] == "1\n"


def test_context(build):
    got = answers(build, '{"id":"1","code":"context.n","context":{"n":12345678901234567890, "s":"\\u0041"}}\n'
                         '{"id":"2","code":"context.s"}\n{"id":"3","context":{"s":"new"},"session":"js"}\n{"id":"4","code":"context.s"}\n'
                         '{"id":"5","code":"1","\\u0063ontext":{}}\n')
    assert [answer.get("output") for answer in got[:4]] == ["12345678901234567000\n", "'A'\n", None, "'new'\n"]
    assert got[4]["error"] == 'Invalid request: write the name "context" without escapes'


def test_languages(build):
    got = answers(build, [{"id": "1", "language": "ts", "code": "const n: number = 4; n as number"}, {"id": "2", "code": "n * 2"},
                          {"id": "3", "language": "js", "code": "const n: number = 4"}])
    assert got[0]["output"] == "4\n" and got[1]["output"] == "8\n" and got[2]["error"].startswith("SyntaxError: ")
    assert answers(build, [{"id": "1", "code": "const n: number = 4; n"}], "ts")[0]["output"] == "4\n"


def test_commands_as_tools(build):
    got = answers(build, [{"id": "1", "code": "await tools.twice('ab')"}, {"id": "2", "code": "(await Promise.all([1, 2, 3].map(n => tools.twice(n)))).join()"},
                          {"id": "3", "session": "other", "code": "try { await tools.fails() } catch (e) { e.message }"}],
                  "--tool", "twice=python3 -c \"import json,sys; print(json.dumps(json.load(sys.stdin) * 2))\"", "--tool", "fails=sh -c 'echo no >&2; exit 3'")
    assert got[0]["output"] == "'abab'\n" and got[1]["output"] == "'2,4,6'\n" and "exited with status 3: no" in got[2]["output"]


def test_timers_are_awaited(build):
    got = answers(build, [{"id": "1", "code": "setTimeout(() => console.log('later'), 20)\n'now'"}, {"id": "2", "code": "1"}])
    assert got[0]["id"] == "1" and "later\n" in got[0]["output"] and got[1] == {"id": "2", "output": "1\n"}


def test_output_of_warnings_and_displays(build):
    [got] = answers(build, [{"id": "1", "code": "console.error('e'); console.warn('w'); display('text'); display(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])); 0"}])
    assert got["output"] == "e\nw\ntext\n[image/png]\n0\n"


def test_host_tools_need_the_full_dialect(build):
    [got] = answers(build, [{"id": "1", "code": "1", "tools": ["x"]}])
    assert "--report" in got["error"]


# ---- order, interrupts, ends

def is_cancelled(answer):
    """On a busy machine the request may not have begun yet."""
    return answer["error"].startswith("AbortError: the run was cancelled") or answer["error"] == "the request was cancelled"


def test_order_holds_whatever_takes_how_long(build):
    got = answers(build, [{"id": "slow", "session": "a", "code": "await new Promise(r => setTimeout(r, 60))"},
                          {"id": "fast", "session": "b", "code": "1"}, {"id": "x", "interrupt": "none"}, {"id": "y", "code": 1},
                          {"id": "z", "code": "2"}])
    assert [answer["id"] for answer in got] == ["slow", "fast", "x", "y", "z"]


def test_answers_come_one_by_one(build):
    door = Door(*build.jsonl())
    for i in range(20):
        door.send({"id": str(i), "code": f"{i} + 1"})
        assert door.line() == {"id": str(i), "output": f"{i + 1}\n"}
    assert door.close() == ([], 0)


def test_an_answer_does_not_wait_for_the_next_request(build):
    door = Door(*build.jsonl())
    door.send({"id": "a", "code": "1"}, {"id": "b", "code": "for (;;);"})
    assert door.line() == {"id": "a", "output": "1\n"}
    door.send({"id": "i", "interrupt": "b"})
    assert is_cancelled(door.line()) and door.line() == {"id": "i"}
    assert door.close() == ([], 0)


def test_interrupts(build):
    for code in ("for (;;);", "await new Promise(r => setTimeout(r, 60000))", "[..."'"a"'".repeat(1e6)].sort(() => { for (;;); })"):
        door = Door(*build.jsonl())
        door.send({"id": "run", "code": code}, {"id": "queued", "code": "1"}, {"id": "queued", "code": "2"}, {"id": "other", "code": "3"})
        time.sleep(0.05)
        door.send({"id": "i", "interrupt": "run"}, {"id": "j", "interrupt": "queued"})
        got, status = door.close()
        assert status == 0 and [answer["id"] for answer in got] == ["run", "queued", "queued", "other", "i", "j"], got
        assert is_cancelled(got[0])
        assert got[1] == {"id": "queued", "error": "the request was cancelled"} and got[3]["output"] == "3\n"


def test_end_of_input_in_the_middle(build):
    got = answers(build, [{"id": "a", "code": "await new Promise(r => setTimeout(r, 100)); 'waited'"}, {"id": "b", "code": "'too'"}])
    assert got == [{"id": "a", "output": "'waited'\n"}, {"id": "b", "output": "'too'\n"}]
    assert answers(build, '{"id":"a","code":"1"}\n{"id":"b","code":') == [
        {"id": "a", "output": "1\n"}, {"id": "", "error": answers(build, '{"id":"b","code":')[0]["error"]}]


def test_signals(build):
    for number in (signal.SIGINT, signal.SIGTERM):
        door = Door(*build.jsonl())
        door.send({"id": "a", "code": "1"}, {"id": "b", "code": "for (;;);"}, {"id": "c", "code": "3"})
        assert door.line()["output"] == "1\n"
        door.signal(number)
        assert is_cancelled(door.line()) and door.line() == {"id": "c", "error": "the request was cancelled"}
        assert door.line() is None and door.wait() == 130


def test_signal_while_idle(build):
    door = Door(*build.jsonl())
    door.send({"id": "a", "code": "1"})
    door.line()
    door.signal(signal.SIGTERM)
    assert door.line() is None and door.wait() == 130


def test_nobody_reads(build):
    reading, writing = os.pipe()
    child = subprocess.Popen(build.jsonl(), stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    os.close(reading)
    child.stdin.write(b'{"id":"a","code":"1"}\n{"id":"b","code":"for (;;);"}\n')
    child.stdin.flush()
    assert child.wait(timeout=60) == 141 and child.stderr.read() == b""


def test_stdout_is_full(build):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(build.jsonl(), input=b'{"id":"a","code":"1"}\n', stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 5 and b"cannot be written to" in done.stderr


def test_a_slow_reader(build):
    """A host that writes all it has before it reads: what is not read waits in the pipes, not in memory."""
    door = Door(*build.jsonl(), "--console-bytes", "64KiB")
    line = json.dumps({"id": "x", "code": "console.log('y'.repeat(60000))"}).encode() + b"\n"
    os.set_blocking(door.child.stdin.fileno(), False)
    sent, end = 0, time.monotonic() + 30
    while sent < 100000 and time.monotonic() < end:
        try:
            done = os.write(door.child.stdin.fileno(), line)
            sent += done == len(line)
            if done != len(line):
                break
        except BlockingIOError:
            time.sleep(0.3)
            try:
                sent += os.write(door.child.stdin.fileno(), line) == len(line)
            except BlockingIOError:
                break
    assert sent < 100000
    with open(f"/proc/{door.child.pid}/status", encoding="ascii") as status:
        resident = next(int(row.split()[1]) for row in status if row.startswith("VmRSS"))
    assert resident < 300 * 1024, resident
    os.set_blocking(door.child.stdin.fileno(), True)
    for _ in range(50):
        assert len(door.line()["output"]) == 60001
    door.signal(signal.SIGKILL)
    door.wait()


def test_many_requests_at_once(build):
    count = 5000
    got = answers(build, [{"id": "0", "code": "var x = 0"}] + [{"id": str(i), "code": "x += 1"} for i in range(1, count)])
    assert [answer.get("output") for answer in got[1:]] == [f"{i}\n" for i in range(1, count)]


def test_from_a_file_to_a_file(build):
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(b"".join(json.dumps({"id": str(i), "code": f"{i} * 2"}).encode() + b"\n" for i in range(500)))
        source.seek(0)
        assert subprocess.run(build.jsonl(), stdin=source, stdout=target, timeout=60).returncode == 0
        target.seek(0)
        assert [json.loads(line)["output"] for line in target] == [f"{i * 2}\n" for i in range(500)]


def test_usage(build):
    for options, word in ((["cobol"], "no language"), (["js", "ts"], "one language"), (["--nonsense"], "unknown option"),
                          (["--context", "-"], "stdin can be read once"), (["--wall", "soon"], "wall")):
        done = build.run(*build.jsonl(*options), input="")
        assert done.returncode == 2 and word in done.stderr and done.stdout == "", options
