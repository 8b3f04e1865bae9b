"""What a user of jsrunner and pyrunner relies on: flags, exit codes, answers. The same for both languages."""
import json
import os
import pty
import subprocess
import tempfile
import time
import uuid

from door import converse


def outcome(done):
    return done.stdout.strip(), done.returncode


def js(build, code):
    return outcome(build.run(build.jsrunner, "-e", code))


def py(build, code):
    build.need_python()
    return outcome(build.run(build.pyrunner, "-runtime", "/nowhere", "-c", code))


def js_lines(build, *requests):
    answers, code, _ = converse([build.jsrunner, "--jsonl"], list(requests))
    assert code == 0
    return answers


def py_lines(build, *requests):
    build.need_python()
    answers, code, _ = converse([build.pyrunner, "-runtime", "/nowhere", "--jsonl"], list(requests))
    assert code == 0
    return answers


def ask(identity, code):
    return {"id": identity, "code": code}


def outputs(answers):
    return [(answer["id"], answer.get("output", "").strip()) for answer in answers]


# ---- JavaScript

def test_js_simple_eval(build):
    assert js(build, "console.log(1+2+3)") == ("6", 0)


def test_js_variable_assignment(build):
    assert js(build, "var x = 42; console.log(x)") == ("42", 0)


def test_js_function_definition(build):
    assert js(build, "function double(n) { return n * 2; } console.log(double(21))") == ("42", 0)


def test_js_jsonl_single_request(build):
    assert js_lines(build, ask("test-1", "console.log(2**10)")) == [{"id": "test-1", "output": "1024\n"}]


def test_js_jsonl_state_persistence(build):
    count = "counter++; console.log(counter)"
    answers = js_lines(build, ask("a", "var counter = 0"), ask("b", count), ask("c", count), ask("d", count))
    assert outputs(answers) == [("a", ""), ("b", "1"), ("c", "2"), ("d", "3")]


def test_js_jsonl_function_persistence(build):
    answers = js_lines(build, ask("def", "function greet(name) { return 'Hello, ' + name + '!'; }"),
                       ask("call", "console.log(greet('World'))"))
    assert outputs(answers) == [("def", ""), ("call", "Hello, World!")]


def test_js_jsonl_error_handling(build):
    [answer] = js_lines(build, ask("err", "console.log('lost'); throw new Error('test error')"))
    assert answer["id"] == "err" and "output" not in answer
    assert answer["error"].startswith("Error: test error\n") and answer["error"] == answer["error"].strip()


# ---- Python

def test_py_simple_eval(build):
    assert py(build, "print(1+2+3)") == ("6", 0)


def test_py_variable_assignment(build):
    assert py(build, "x = 42; print(x)") == ("42", 0)


def test_py_function_definition(build):
    assert py(build, "def double(n): return n * 2\nprint(double(21))") == ("42", 0)


def test_py_import_json(build):
    text, code = py(build, "import json; print(json.dumps({'key': 'value'}))")
    assert json.loads(text) == {"key": "value"} and code == 0


def test_py_jsonl_single_request(build):
    assert outputs(py_lines(build, ask("test-1", "print(2**10)"))) == [("test-1", "1024")]


def test_py_jsonl_state_persistence(build):
    count = "counter += 1; print(counter)"
    answers = py_lines(build, ask("a", "counter = 0"), ask("b", count), ask("c", count), ask("d", count))
    assert outputs(answers) == [("a", ""), ("b", "1"), ("c", "2"), ("d", "3")]


def test_py_jsonl_function_persistence(build):
    answers = py_lines(build, ask("def", "def greet(name): return f'Hello, {name}!'"), ask("call", "print(greet('World'))"))
    assert outputs(answers) == [("def", ""), ("call", "Hello, World!")]


def test_py_jsonl_list_comprehension(build):
    answers = py_lines(build, ask("create", "numbers = [x**2 for x in range(5)]"), ask("print", "print(numbers)"))
    assert outputs(answers) == [("create", ""), ("print", "[0, 1, 4, 9, 16]")]


def test_py_jsonl_error_handling(build):
    [answer] = py_lines(build, ask("err", "print('kept')\nraise ValueError('test error')"))
    assert answer["id"] == "err" and answer["output"] == "kept\n" and "ValueError: test error" in answer["error"]
    assert answer["error"].startswith("Traceback (most recent call last):\n") and answer["error"].count("test error") == 2


# ---- both

def test_both_runners_handle_math(build):
    assert js(build, "console.log(Math.pow(2, 8))") == ("256", 0)
    assert py(build, "print(2**8)") == ("256", 0)


def test_jsonl_uuid_tracking(build):
    identity = str(uuid.uuid4())
    assert outputs(js_lines(build, ask(identity, "console.log('js')"))) == [(identity, "js")]
    assert outputs(py_lines(build, ask(identity, "print('py')"))) == [(identity, "py")]


# ---- what that system does otherwise, and should not

def test_js_names_may_be_declared_once_more_after_an_error(build):
    answers = js_lines(build, ask("a", "var part = 1; throw new Error('half way')"), ask("b", "part"))
    assert answers[1] == {"id": "b", "output": "1\n"}  # what a failed request did stays


def test_js_nothing_is_repeated(build):
    answers = js_lines(build, ask("a", "globalThis.runs = (globalThis.runs ?? 0) + 1"), ask("b", "var r = Math.random(), t = Date.now()"),
                       ask("c", "const kept = r"), ask("d", "runs === 1 && kept === r"))
    assert answers[3] == {"id": "d", "output": "true\n"}


def test_js_no_names_leak(build):
    answers = js_lines(build, ask("a", "1"), ask("b", "typeof __oldLog + typeof __oldPrint"))
    assert answers[1]["output"] == "'undefinedundefined'\n"


def test_js_values_are_shown(build):
    answers = js_lines(build, ask("a", "1 + 1"), ask("b", "undefined"), ask("c", "null"), ask("d", "({ a: [1, 'b'] })"))
    assert answers == [{"id": "a", "output": "2\n"}, {"id": "b"}, {"id": "c", "output": "null\n"},
                       {"id": "d", "output": "{ a: [ 1, 'b' ] }\n"}]


def test_js_long_request(build):
    text = "x" * 300000
    assert js_lines(build, ask("long", f"'{text}'.length"))[0] == {"id": "long", "output": "300000\n"}


def test_js_endless_loop_ends(build):
    answers, code, _ = converse([*build.jsonl("--timeout", "100ms")], [
        ask("a", "var x = 1"), ask("b", "x = 2; while (true);"), ask("c", "x")])
    assert code == 0 and answers[0] == {"id": "a"} and answers[2] == {"id": "c", "output": "1\n"}
    assert answers[1]["error"].startswith("TimeoutError: the run took longer than 100 ms")
    assert answers[1]["error"].endswith("The session is as it was before this request.")


def test_py_functions_see_each_other(build):
    answers = py_lines(build, ask("a", "base = 10"), ask("b", "def f(n): return base if n == 0 else f(n - 1) + 1"), ask("c", "f(5)"))
    assert answers[2] == {"id": "c", "output": "15\n"}


def test_py_exit_is_not_the_end(build):
    answers = py_lines(build, ask("a", "x = 1\nexit()"), ask("b", "import sys; sys.exit(3)"), ask("c", "x"))
    assert answers == [{"id": "a"}, {"id": "b", "error": "SystemExit: 3"}, {"id": "c", "output": "1\n"}]


def test_py_input_does_not_eat_requests(build):
    answers = py_lines(build, ask("a", "input()"), ask("b", "1 + 1"))
    assert "error" in answers[0] and answers[1] == {"id": "b", "output": "2\n"}


def test_py_runs_once(build):
    answers = py_lines(build, ask("a", "runs = []"), ask("b", "runs.append(1) or eval('1 +')"), ask("c", "runs"))
    assert "SyntaxError" in answers[1]["error"] and answers[2]["output"] == "[1]\n"


def test_py_none_is_not_shown(build):
    answers = py_lines(build, ask("a", "None"), ask("b", "'text'"), ask("c", "print('out')\n"))
    assert answers == [{"id": "a"}, {"id": "b", "output": "'text'\n"}, {"id": "c", "output": "out\n"}]


# ---- flags

def test_errors_go_to_stderr(build):
    done = build.run(build.jsrunner, "-e", "console.log('lost'); throw new TypeError('no')")
    assert (done.stdout, done.returncode) == ("", 1) and done.stderr.startswith("Error: TypeError: no\n")
    done = build.run(build.jsrunner, "-e", "let 1")
    assert (done.stdout, done.returncode) == ("", 1) and done.stderr.startswith("Error: SyntaxError: ")


def test_py_errors_go_to_stderr(build):
    build.need_python()
    done = build.run(build.pyrunner, "-c", "print('lost'); 1 / 0")
    assert (done.stdout, done.returncode) == ("", 1)
    assert done.stderr.startswith("Error: Traceback ") and done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_flags_in_every_form(build):
    for form in (["-e", "console.log(7)"], ["--e", "console.log(7)"], ["-e=console.log(7)"], ["-runtime", "x", "-e", "console.log(7)"],
                 ["-runtime=x", "--e=console.log(7)"]):
        assert outcome(build.run(build.jsrunner, *form)) == ("7", 0), form
    for form, word in ((["-x"], "-x"), (["-e"], "needs an argument"), (["-c", "1"], "-c")):
        done = build.run(build.jsrunner, *form)
        assert done.returncode == 2 and word in done.stderr and "Usage of jsrunner" in done.stderr, form
    done = build.run(build.jsrunner, "-h")
    assert done.returncode == 0 and "-jsonl" in done.stdout


def test_values_are_not_printed_by_e(build):
    assert js(build, "1 + 1") == ("", 0)


def test_files_and_stdin(build):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/args.js", "w", encoding="utf-8") as file:
            file.write("console.log(context.args.join('+')); if (context.args[0] === 'fail') throw new Error('as told')")
        assert outcome(build.run(build.jsrunner, f"{folder}/args.js", "a", "-e", "b")) == ("a+-e+b", 0)
        done = build.run(build.jsrunner, f"{folder}/args.js", "fail")
        assert (done.stdout, done.returncode) == ("fail\n", 1) and done.stderr.startswith("Error: Error: as told")
        done = build.run(build.jsrunner, f"{folder}/none.js")
        assert done.returncode == 1 and done.stderr.startswith("Error: ")
    for form in ([], ["-"]):
        assert outcome(build.run(build.jsrunner, *form, input="console.log('from stdin')")) == ("from stdin", 0)


def test_no_flags_on_a_terminal_is_the_repl(build):
    ours, theirs = pty.openpty()
    child = subprocess.Popen([build.jsrunner], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
                             env={"TERM": "dumb", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin",
                                  "ASAN_OPTIONS": "detect_leaks=0"})  # libedit keeps two lines to the end
    os.close(theirs)
    os.write(ours, b"const x = 20\nx * 111\n")
    said, end = b"", time.monotonic() + 30
    while b"2220" not in said and time.monotonic() < end:
        said += os.read(ours, 4096)
    os.write(ours, b"\x04")
    assert b"2220" in said and child.wait(timeout=30) == 0
    os.close(ours)


def test_py_without_flags_runs_a_pipe(build):
    build.need_python()
    assert outcome(build.run(build.pyrunner, input="x = 20\nprint(x + 1)\n")) == ("21", 0)


def test_py_script_finds_its_folder(build):
    build.need_python()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("data.txt", "found"), ("script.py", "print(open('/work/data.txt').read())\nopen('/work/new', 'w')\n")):
            with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        done = build.run(build.pyrunner, f"{folder}/script.py")
        assert done.stdout == "found\n" and done.returncode == 1 and done.stderr.startswith("Error: Traceback"), done
        assert not os.path.exists(f"{folder}/new")


def test_sql_tables_are_shown_once(build):
    build.need_python()
    got, code, _ = converse(build.jsonl("sql"), [{"id": "a", "code": "create table t(n); insert into t values (1), (2)"},
                                                 {"id": "b", "code": "select n from t"}, {"id": "c", "code": "select nonsense"}])
    assert code == 0 and got[0] == {"id": "a"} and got[1] == {"id": "b", "output": "n\n-\n1\n2\n"}, got
    assert got[2]["error"].count("OperationalError: no such column") == 1


def test_py_files(build):
    build.need_python()
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/args.py", "w", encoding="utf-8") as file:
            file.write("import sys\nprint(sys.argv[1:])\nsys.exit(4)\n")
        assert outcome(build.run(build.pyrunner, f"{folder}/args.py", "a", "b")) == ("['a', 'b']", 4)


def test_js_names_are_declared_again(build):
    answers = js_lines(build, ask("a", "const x = 1; let y = 2; class Z {}"), ask("b", "const x = 10; let y = 20; class Z { size() { return x + y } }"),
                       ask("c", "new Z().size()"), ask("d", "_ + 1"))
    assert [answer.get("output") for answer in answers] == [None, None, "30\n", "31\n"], answers
