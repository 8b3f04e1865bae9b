#!/usr/bin/env python3
"""Drives `cloche repl` in a pseudo-terminal, and through pipes.

usage: run.py CLOCHE [NAME...]          NAME: a test, or a part of its name

Each test has a home of its own. The last line is always "N passed, N failed, N skipped".
"""
import contextlib
import inspect
import os
import pathlib
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from terminal import PATIENCE, Terminal

CLOCHE = ""
PROMPT = r"js> $"


class Skipped(Exception):
    pass


def environment(home, **more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "NO_COLOR", "LC_", "LANG"))}
    leaks = pathlib.Path(__file__).resolve().parent / "leaks.txt"
    env.update(HOME=str(home), TERM="xterm-256color", LSAN_OPTIONS=f"suppressions={leaks}:print_suppressions=0", **more)
    return env


class Session:
    """A REPL in a terminal, with short ways to type."""

    def __init__(self, home, *arguments, env=None, **window):
        self.home = home
        self.t = Terminal([CLOCHE, "repl", *arguments], env or environment(home), **window)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.t.abandon()

    def ready(self, prompt=PROMPT):
        self.t.expect(prompt)

    def enter(self, text, answer, prompt=PROMPT):
        """Types a line, and waits for its answer and the next prompt."""
        self.t.line(text)
        self.t.expect(answer)
        self.ready(prompt)

    def type(self, text, answer):
        self.t.send(text)
        return self.t.expect(answer)

    def end(self):
        self.t.send("\x04")
        return self.t.close()


def pipe(home, text, *arguments, **more):
    """Feeds a text to the REPL; (stdout, stderr, exit code)."""
    data = text if isinstance(text, bytes) else text.encode()
    done = subprocess.run([CLOCHE, "repl", *arguments], input=data, capture_output=True, timeout=PATIENCE,
                          env=environment(home, **more))
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), done.returncode


def same(got, wanted):
    assert got == wanted, f"wanted {wanted!r}, got {got!r}"


# ---- values and inputs


def test_values_are_shown(home):
    with Session(home) as s:
        s.ready()
        s.enter("6 * 7", r"^42$")
        s.enter("_ + 1", r"^43$")
        s.enter("({a: 'x', b: [1, null]})", r"^\{ a: 'x', b: \[ 1, null \] \}$")
        s.enter("undefined", r"undefined\n")
        s.enter("console.log('one'); console.error('two'); 3", r"^one\ntwo\n3$")
        same(s.end(), 0)


def test_names_are_declared_again(home):
    with Session(home) as s:
        s.ready()
        s.enter("const x = 1", r"")
        s.enter("const x = x2 = 2; x", r"^2$")
        s.enter("class x {}; typeof x", r"^'function'$")
        s.enter("let x = 5; x", r"^5$")


def test_awaits_at_the_top_level(home):
    with Session(home, "--tool", "double=jq .*2") as s:
        s.ready()
        s.enter("const y = await tools.double(21); y", r"^42$")
        s.enter("await new Promise(r => setTimeout(r, 50, 'late'))", r"^'late'$")
        s.enter("setTimeout(() => console.log('timer'), 20); 1", r"^timer\n1$|^1\ntimer$")


def test_typescript(home):
    with Session(home, "ts") as s:
        s.ready(r"ts> $")
        s.enter("enum Colour { Red, Green }", r"Colour", r"ts> $")
        s.enter("const c: Colour = Colour.Green; c", r"^1$", r"ts> $")
        s.enter("interface P { x: number }", r"number", r"ts> $")
        s.t.line("function f<T>(x: T): T {")
        s.ready(r"\.\.\. $")
        s.enter("  return x }", r"\}", r"ts> $")
        s.enter("f<number>(7)", r"^7$", r"ts> $")


def test_an_input_of_many_lines(home):
    with Session(home) as s:
        s.ready()
        for lines, answer in ((["function f(a) {", "  return a +", "  1", "}"], None), (["f(", "1)"], r"^2$"),
                              (["`one", "", "two`"], r"^'one\\n\\ntwo'$"), (["[1, // one", "2]"], r"^\[ 1, 2 \]$"),
                              (["/* a", "comment */ 5"], r"^5$"), (["if (true)", "'yes'"], r"^'yes'$"),
                              (["const o = {", "a: 1,", "}"], None), (["o", ".a"], r"^\{ a: 1 \}$")):
            for line in lines[:-1]:
                s.t.line(line)
                if lines[0] != "o":
                    s.ready(r"\.\.\. $")
            if lines[0] == "o":
                s.t.expect(answer)
                continue
            s.t.line(lines[-1])
            if answer:
                s.t.expect(answer)
            s.ready()


def test_errors_have_a_frame(home):
    with Session(home) as s:
        s.ready()
        s.enter("1 +* 2", r"error: SyntaxError: unexpected token.* at input-1\.js:1:4\n> +1 \| 1 \+\* 2\n +\| +\^")
        s.enter("null.x", r"error: TypeError: cannot read property 'x' of null at input-2\.js:1:1")
        s.enter("const bad = (() => { throw new RangeError('no') })()", r"error: RangeError: no")
        s.enter("const bad = 1; bad", r"^1$")
        same(s.end(), 0)


def test_utf8(home):
    with Session(home) as s:
        s.ready()
        s.enter("'äöü ' + '😀' + ' 日本'", r"^'äöü 😀 日本'$")
        s.enter("const größe = 3; größe + 1", r"^4$")
        s.type("größ\t + 10", r"größe \+ 10")
        s.enter("", r"^13$")


# ---- completion


def test_names_are_completed(home):
    with Session(home) as s:
        s.ready()
        s.enter("const apple = {red: 1, ripe: 2, list: [{deep: 5}]}; let apricot = 1", r"")
        s.type("appl\t", r"apple$")
        s.type(".re\t", r"\.red$")
        s.enter("", r"^1$")
        s.t.send("ap\t\t")
        s.t.expect(r"apple +apricot")
        s.t.send("ple.list[0].d\t\r")
        s.t.expect(r"^5$")
        s.ready()
        s.t.send("apple.r\t\t")
        s.t.expect(r"red +ripe")
        s.t.interrupt()
        s.ready()
        s.t.send(".swi\t\r")
        s.t.expect(r"\* main")


def test_completion_runs_nothing(home):
    with Session(home) as s:
        s.ready()
        s.enter("const evil = {get got() { return {found: 1} }, fine: 1}; 0", r"^0$")
        s.enter("const proxy = new Proxy({inner: {found: 1}}, {}); 0", r"^0$")
        s.t.send("evil.got.\t\t")
        s.t.interrupt()
        s.ready()
        s.t.send("proxy.\t\t")
        s.t.interrupt()
        s.ready()
        s.t.send("proxy.inner.\t\t")
        s.t.interrupt()
        s.ready()
        s.t.send("evil.g\t")
        s.t.expect(r"evil\.got$")
        s.t.interrupt()
        s.ready()
        assert ".found" not in s.t.text and "proxy.inner.inner" not in s.t.text, s.t.text


def test_a_tab_in_front_indents(home):
    with Session(home) as s:
        s.ready()
        s.t.line("if (true) {")
        s.ready(r"\.\.\. $")
        s.t.send("\t'in'\r")
        s.ready(r"\.\.\. $")
        s.enter("}", r"^'in'$")


# ---- keys


def test_ctrl_c_stops_what_runs(home):
    with Session(home, "--tool", "slow=sleep 100", "--timeout", "100s") as s:
        s.ready()
        s.enter("let kept = 'before'", r"")
        s.t.line("kept = 'changed'; console.log('on'); while (true) {}")
        s.t.expect(r"^on$")
        s.t.interrupt()
        s.t.expect(r"interrupted; the session is as before")
        s.ready()
        s.enter("kept", r"^'before'$")
        s.t.line("kept = 'changed'; console.log('wait'); await new Promise(r => setTimeout(r, 90000))")
        s.t.expect(r"^wait$")
        s.t.interrupt()
        s.t.expect(r"interrupted; the session is as before")
        s.ready()
        s.t.line("kept = 'changed'; console.log('tool'); await tools.slow()")
        s.t.expect(r"^tool$")
        s.t.interrupt()
        s.t.expect(r"interrupted; the session is as before")
        s.ready()
        s.enter("kept", r"^'before'$")
        same(s.end(), 0)


def test_ctrl_c_drops_the_line(home):
    with Session(home) as s:
        s.ready()
        s.type("garbage(", r"garbage\($")
        s.t.interrupt()
        s.ready()
        s.t.line("function f() {")
        s.ready(r"\.\.\. $")
        s.t.interrupt()
        s.ready()
        s.enter("1 + 1", r"^2$")


def test_ctrl_d_ends(home):
    with Session(home) as s:
        s.ready()
        s.type("abc", r"abc$")
        s.t.send("\x04")  # deletes to the right, where there is nothing
        s.t.send("\x7f\x7f\x7f")
        same(s.end(), 0)


def test_a_hangup_ends(home):
    with Session(home) as s:
        s.ready()
        os.kill(s.t.pid, signal.SIGTERM)
        same(s.t.close(), 130)


def test_a_resized_window(home):
    with Session(home, columns=60) as s:
        s.ready()
        s.type("'" + "x" * 90, "x{20}")
        s.t.resize(10, 30)
        time.sleep(0.2)
        s.t.send("y'.length\r")
        s.t.expect(r"^91$")
        s.ready()


def test_going_on_after_a_stop(home):
    with Session(home) as s:
        s.ready()
        s.type("6 *", r"6 \*$")
        os.kill(s.t.pid, signal.SIGSTOP)
        settings = termios.tcgetattr(s.t.fd)
        settings[3] |= termios.ICANON | termios.ECHO  # as a shell has it
        termios.tcsetattr(s.t.fd, termios.TCSANOW, settings)
        os.kill(s.t.pid, signal.SIGCONT)
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(s.t.fd)[3] & termios.ICANON and time.monotonic() < end:
            s.t.pump(0.05)
        assert not termios.tcgetattr(s.t.fd)[3] & termios.ICANON
        s.type(" 7\r", r"^42$")


# ---- what is kept


def test_history(home):
    with Session(home) as s:
        s.ready()
        s.enter("'first ' + 1", r"^'first 1'$")
        s.enter("'second ' + 2", r"^'second 2'$")
        same(s.end(), 0)
    file = home / ".local/state/cloche/history-js"
    same(file.read_text(), "'first ' + 1\n'second ' + 2\n")
    same(file.stat().st_mode & 0o777, 0o600)
    same(file.parent.stat().st_mode & 0o777, 0o700)
    with Session(home) as s:
        s.ready()
        s.t.send("\x1b[A\x1b[A\r")
        s.t.expect(r"^'first 1'$")
    with Session(home, env=environment(home, XDG_STATE_HOME=str(home / "other"))) as s:
        s.ready()
        s.enter("7", r"^7$")
    same((home / "other/cloche/history-js").read_text(), "7\n")


def test_a_long_history_is_cut(home):
    file = home / ".local/state/cloche/history-js"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\0\xff\x1b[31m broken\n" + b"".join(b"%d\n" % i for i in range(5000)) + b"without an end")
    with Session(home) as s:
        s.ready()
        s.t.send("\x1b[A\r")
        s.t.expect(r"^4999$")
    lines = file.read_bytes().split(b"\n")
    assert len(lines) < 1100 and lines[0] == b"4000", lines[:2]


def test_nothing_can_be_kept(home):
    for env in (environment("/proc/nothing"), environment(home, XDG_STATE_HOME="/dev/null"), environment("")):
        with Session(home, env=env) as s:
            s.ready()
            s.enter("1 + 1", r"^2$")
            same(s.end(), 0)
    (home / ".local/state/cloche/history-js").mkdir(parents=True)
    with Session(home) as s:
        s.ready()
        s.enter("1 + 1", r"^2$")


# ---- output


def test_long_values_are_cut(home):
    with Session(home) as s:
        s.ready()
        s.enter("'a'.repeat(9000) + 'END'", r"more bytes; \.more shows what follows")
        s.enter(".more", r"END'$")
        s.enter(".more", r"error: there is nothing more of the last value")


def test_a_megabyte_of_output(home):
    with Session(home, "--limit", "console_bytes=2MiB", "--limit", "console_lines=20000") as s:
        s.ready()
        s.t.line("for (let i = 0; i < 10000; i++) console.log('x'.repeat(99) + i); 'done'")
        s.t.expect(r"x9999\n'done'\n")
        s.ready()
        assert s.t.text.count("x" * 99) >= 10000
        same(s.end(), 0)


def test_colours(home):
    with Session(home) as s:
        s.ready()
        s.enter("[1, 'text', null]", r"'text'")
        s.t.expect(r"\x1b\[32m'text'\x1b\[0m", "raw")
        s.t.expect(r"\x1b\[33m1\x1b\[0m", "raw")
    for more in ({"env": environment(home, NO_COLOR="1")}, {"arguments": ["--color", "never"]},
                 {"env": environment(home) | {"TERM": "dumb"}}):
        with Session(home, *more.get("arguments", ()), env=more.get("env")) as s:
            s.ready()
            s.enter("[1, 'text', null]", r"'text'")
            assert "\x1b[3" not in s.t.raw, s.t.raw
    out, _, _ = pipe(home, "'x'\n", "--color", "always")
    same(out, "\x1b[32m'x'\x1b[0m\n")


def test_hostile_output_moves_nothing(home):
    with Session(home) as s:
        s.ready()
        s.enter(r"console.log('\x1b[2J\x1b]0;title\x07here')", r"\\x1b\[2J\\x1b\]0;title\\x07here")
        s.enter(r"({['\x1b[2J' + 'k']: 1})", r"k")
        assert "\x1b[2J" not in s.t.raw


# ---- commands


def test_help(home):
    with Session(home) as s:
        s.ready()
        s.enter(".help", r"\.editor .*\.exit .*\.fork NAME .*\.reset .*\.tools ")
        s.enter(".hlep", r"error: there is no command '\.hlep'; did you mean \.help\?")
        s.enter(".fork", r"error: \.fork needs its NAME")
        s.enter(".reset all", r"error: \.reset takes no argument")
        s.enter(".5 + 1", r"^1\.5$")


def test_forks(home):
    with Session(home) as s:
        s.ready()
        s.enter("let n = 1", r"")
        s.enter(".fork other", r"", r"js:main> $")
        s.enter("n = 2", r"^2$", r"js:main> $")
        s.enter(".switch other", r"", r"js:other> $")
        s.enter("n", r"^1$", r"js:other> $")
        s.enter("n = 3", r"^3$", r"js:other> $")
        s.enter(".switch", r"  main\n\* other", r"js:other> $")
        s.enter(".switch main", r"", r"js:main> $")
        s.enter("n", r"^2$", r"js:main> $")
        s.enter(".fork other", r"error: there is a session 'other' already", r"js:main> $")
        s.enter(".fork ../x", r"error: '\.\./x' is no name", r"js:main> $")
        s.enter(".switch none", r"error: there is no session 'none'", r"js:main> $")


def test_reset(home):
    with Session(home) as s:
        s.ready()
        s.enter("let n = 1; 0", r"^0$")
        s.enter(".reset", r"")
        s.enter("typeof n", r"^'undefined'$")


def test_undo(home):
    with Session(home) as s:
        s.ready()
        s.enter("let n = 1; 0", r"^0$")
        s.enter("n = 2", r"^2$")
        s.enter("1 +* 2", r"SyntaxError")
        s.t.line("n =")
        s.ready(r"\.\.\. $")
        s.enter("3", r"^3$")
        s.enter(".undo", r"")
        s.enter("n", r"^2$")
        s.enter(".undo 2", r"")
        s.enter("n", r"^1$")
        s.enter(".undo 9", r"error: 9 runs cannot be taken back; of this cell 2 can")
        for wrong in ("0", "-1", "x", "101", "99999999999999999999"):
            s.enter(".undo " + wrong, r"error: '" + wrong + "' is not a number of inputs from 1 to 100")


def test_save_and_load(home):
    file = home / "session.bin"
    with Session(home) as s:
        s.ready()
        s.enter("const m = new Map([['k', {deep: [1, 2]}]]); const f = x => x + m.size; 0", r"^0$")
        s.enter(f".save {file}", r"")
        same(file.stat().st_mode & 0o777, 0o600)
        s.enter("m.clear()", r"")
        s.enter(f".load {file}", r"")
        s.enter("f(1)", r"^2$")
        s.enter(".save /nowhere/at/all", r"error: the snapshot cannot be written to '/nowhere/at/all': No such file")
        s.enter(".load /nowhere/at/all", r"error: there is no file '/nowhere/at/all'")
        s.enter(".load /etc/passwd", r"error: .*no snapshot")
        s.enter("f(2)", r"^3$")
    with Session(home, "ts") as s:
        s.ready(r"ts> $")
        s.enter(f".load {file}", r"", r"ts> $")
        s.enter("m.get('k').deep", r"^\[ 1, 2 \]$", r"ts> $")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with Session(home) as s:
        s.ready()
        s.enter(f".load {file}", r"error: ")
        s.enter("typeof m", r"^'undefined'$")


def test_the_runners_names(home):
    link = home / "jsrunner"
    link.symlink_to(CLOCHE)
    t = Terminal([str(link)], environment(home))
    try:
        t.expect(PROMPT)
        t.line("6 * 7")
        t.expect(r"^42$")
    finally:
        t.abandon()


def test_limits_and_tools_and_time(home):
    with Session(home, "--tool", "double=jq .*2", "--limit", "timers=7") as s:
        s.ready()
        s.enter(".limits", r"wall .*timers +7 ")
        s.enter(".tools", r"tools\.double: jq \.\*2")
        s.enter(".time", r"the time of each input is shown")
        s.enter("1", r"^1\n[0-9.]+ ms, of which [0-9.]+ ms of CPU time; [0-9.]+ MiB$")
        s.enter(".time off", r"times are not shown")
        s.enter(".time maybe", r"error: 'maybe' is neither on nor off")


def test_editor(home):
    with Session(home) as s:
        s.ready()
        s.enter(".editor", r"Ctrl-D runs it, Ctrl-C drops it", r"\.\.\. $")
        s.t.line("const a = 20")
        s.ready(r"\.\.\. $")
        s.t.line("")
        s.ready(r"\.\.\. $")
        s.t.line("a + 22")
        s.ready(r"\.\.\. $")
        s.t.send("\x04")
        s.t.expect(r"^42$")
        s.ready()
        s.enter(".editor", r"drops it", r"\.\.\. $")
        s.t.line("a = 'never'")
        s.ready(r"\.\.\. $")
        s.t.interrupt()
        s.ready()
        s.enter("a", r"^20$")


def test_exit(home):
    with Session(home) as s:
        s.ready()
        s.enter("throw 1", r"error: ")
        s.t.line(".exit")
        same(s.t.close(), 0)


def test_limits_are_explained(home):
    with Session(home, "--timeout", "100ms") as s:
        s.ready()
        s.enter("var n = 1; 0", r"^0$")
        s.enter("n = 2; for (;;);", r"took longer than 100 ms.*--timeout.*the session is as it was before this input")
        s.enter("n", r"^1$")


# ---- Python and SQL


def needs_python(home):
    if "no engine 'python'" in pipe(home, "", "py")[1]:
        raise Skipped("this build has no Python")


def test_python(home):
    needs_python(home)
    with Session(home, "py") as s:
        prompt, more = r"py> $", r"\.\.\. $"
        s.ready(prompt)
        s.enter("6 * 7", r"^42$", prompt)
        s.enter("_ + 1", r"^43$", prompt)
        s.enter("None", r"", prompt)
        s.enter("_", r"^43$", prompt)
        s.t.line("def f(x):")
        s.ready(more)
        s.t.send("\treturn x * 2\r")
        s.ready(more)
        s.enter("", r"", prompt)
        s.enter("f(21)", r"^42$", prompt)
        s.t.line("(1 +")
        s.ready(more)
        s.enter("2)", r"^3$", prompt)
        s.enter("1/0", r"error: ZeroDivisionError: division by zero", prompt)
        s.enter("x = = 1", r"error: SyntaxError: invalid syntax", prompt)
        s.enter("import asyncio; await asyncio.sleep(0.01, 'late')", r"^'late'$", prompt)
        s.enter("print('one', end=''); print(' line')", r"^one line$", prompt)
        s.enter("print('open', end='')", r"^open\npy> $", r"")
        s.enter("print('open', end=''); 5", r"^open\n5$", prompt)
        same(s.end(), 0)


def test_python_completion(home):
    needs_python(home)
    with Session(home, "py") as s:
        prompt = r"py> $"
        s.ready(prompt)
        for line in ("class Trap:", "    plain = 1", "    @property", "    def got(self):", "        return self",
                     "    def __getattr__(self, name):", "        return self"):
            s.t.line(line)
            s.ready(r"\.\.\. $")
        s.enter("", r"", prompt)
        s.enter("trap = Trap(); trap.own_one = 5", r"", prompt)
        s.type("trap.pl\t", r"trap\.plain$")
        s.enter("", r"^1$", prompt)
        s.t.send("trap.got.pl\t\t")
        s.t.interrupt()
        s.ready(prompt)
        s.type("trap.own\t", r"trap\.own_one$")
        s.enter("", r"^5$", prompt)
        assert "trap.got.plain" not in s.t.text, s.t.text


def test_python_is_stopped(home):
    needs_python(home)
    with Session(home, "py", "--timeout", "100s") as s:
        prompt = r"py> $"
        s.ready(prompt)
        s.enter("kept = 'before'", r"", prompt)
        for source in ("while True: pass", "import time; time.sleep(90)", "import asyncio; await asyncio.sleep(90)",
                       "sum(range(10**12))"):
            s.t.line("kept = 'changed'; print('on'); " + source if not source.startswith("while") else
                     "exec(\"kept = 'changed'; print('on')\\nwhile True: pass\")")
            s.t.expect(r"^on$")
            s.t.interrupt()
            s.t.expect(r"interrupted; the session is as before")
            s.ready(prompt)
        s.enter("kept", r"^'before'$", prompt)
        s.enter("kept = 'changed'", r"", prompt)
        s.enter(".undo", r"", prompt)
        s.enter("kept", r"^'before'$", prompt)


def test_python_exits(home):
    needs_python(home)
    with Session(home, "py") as s:
        s.ready(r"py> $")
        s.t.line("exit()")
        same(s.t.close(), 0)
    same(pipe(home, "import sys\nprint('a')\nsys.exit(3)\nprint('b')\n", "py"), ("a\n", "", 3))


def test_python_asks(home):
    needs_python(home)
    with Session(home, "py") as s:
        prompt = r"py> $"
        s.ready(prompt)
        s.t.line("name = input('first\\nwho\\x1b[2J? ')")
        s.t.expect(r"^first\nwho\?\[2J\? $")
        s.enter("Zoë 😀", r"", prompt)
        s.enter("name", r"^'Zoë 😀'$", prompt)
        s.t.line("name = 'changed'; name = input('now? ')")
        s.t.expect(r"^now\? $")
        s.t.send("abc")
        s.t.expect(r"abc$")
        s.t.interrupt()
        s.t.expect(r"interrupted; the session is as before")
        s.ready(prompt)
        s.enter("name", r"^'Zoë 😀'$", prompt)
        s.t.line("input('more? ')")
        s.t.expect(r"more\? $")
        s.t.send("\x04")
        s.t.expect(r"EOFError")
        s.ready(prompt)
        same(s.end(), 0)
    assert "Zoë" not in (home / ".local/state/cloche/history-py").read_text().replace("'Zoë", "")
    same(pipe(home, "try: input()\nexcept EOFError as e: print(e)\n\n'next'\n", "py")[0], "EOF when reading a line\n'next'\n")


def test_python_through_a_pipe(home):
    needs_python(home)
    source = "def f(a):\n    return a + 1\n\nf(1)\nfor i in range(2):\n    print(i)\n\nx = {\n 'a': 1}\nx\n@staticmethod\ndef g(): pass"
    same(pipe(home, source, "py"), ("2\n0\n1\n{'a': 1}\n", "", 0))


def test_python_sessions(home):
    needs_python(home)
    file = home / "session.bin"
    source = (f"d = {{'k': [1]}}\n.save {file}\nd['k'].append(2)\n.fork other\n.load {file}\nd\n.switch other\nd\n.reset\n"
              "'d' in globals()\n")
    same(pipe(home, source, "py"), ("{'k': [1]}\n{'k': [1, 2]}\nFalse\n", "", 0))


def test_files_and_databases(home):
    needs_python(home)
    (home / "given.txt").write_text("as given")
    out, err, code = pipe(home, "open('/data/given').read()\n.fork b\n.switch b\nopen('/data/given').read()\n", "py", "--file",
                          f"{home}/given.txt:/data/given")
    same((out, err, code), ("'as given'\n'as given'\n", "", 0))
    with contextlib.closing(sqlite3.connect(home / "pets.db")) as database:
        database.execute("create table pets(name)")
        database.execute("insert into pets values ('Rex')")
        database.commit()
    out, err, code = pipe(home, "delete from pets;\nselect count(*) as n from pets;\n.undo\n.undo\nselect name from pets;\n", "sql",
                          "--db", str(home / "pets.db"))
    same((out, err, code), ("n\n-\n0\nname\n----\nRex\n", "", 0))


def test_sql(home):
    needs_python(home)
    with Session(home, "sql") as s:
        prompt = r"sql> $"
        s.ready(prompt)
        s.enter("create table t(a int, b text);", r"", prompt)
        s.t.line("insert into t values (1, 'x;y'), -- one;")
        s.ready(r"\.\.\. $")
        s.enter("(2, 'z');", r"", prompt)
        s.t.line("select *")
        s.ready(r"\.\.\. $")
        s.enter("from t;", r"^a +b\n-+ +-+\n1 +x;y\n2 +z$", prompt)
        s.enter("select nope;", r"error: .*no such column: nope", prompt)
        s.enter(".undo", r"", prompt)
        same(s.end(), 0)


# ---- pipes


def test_a_pipe_has_no_prompts(home):
    out, err, code = pipe(home, "1 + 1\nlet x = {\n  a: 'b',\n}\nx\nundefined\nconsole.log('hi')\n_\n")
    same((out, err, code), ("2\n{ a: 'b' }\nhi\n{ a: 'b' }\n", "", 0))
    assert not (home / ".local").exists()


def test_a_failed_input_of_a_pipe(home):
    out, err, code = pipe(home, "throw new Error('x')\n1\n")
    same((out, code), ("1\n", 1))
    assert "error: Error: x at input-1.js:1:11" in err, err
    same(pipe(home, ".nothing\n")[2], 1)


def test_an_unfinished_pipe(home):
    out, err, code = pipe(home, "1\nf(")
    same((out, code), ("1\n", 1))
    assert "SyntaxError" in err, err
    same(pipe(home, "")[:3], ("", "", 0))
    same(pipe(home, "2 + 3")[:3], ("5\n", "", 0))


def test_commands_of_a_pipe(home):
    out, _, code = pipe(home, "let n = 1\n.fork b\nn = 2\n.switch b\nn\n.exit\nn\n")
    same((out, code), ("2\n1\n", 0))
    out, _, code = pipe(home, ".editor\nlet a = 1\n\na + 1\n")
    same((out, code), ("2\n", 0))


def test_odd_bytes_of_a_pipe(home):
    out, err, code = pipe(home, b"'\xff'\n1\r\n'a\0b'.length\n")
    assert "not UTF-8" in err, err
    same((out.splitlines()[0], code), ("1", 1))
    out, err, code = pipe(home, "'" + "x" * 2000000 + "'.length\n1\n", "--limit", "source=1MiB")
    same((out, code), ("1\n", 1))
    assert "larger" in err, err


def test_a_long_pipe(home):
    lines = "".join(f"x = {i}\n" for i in range(2000))
    out, err, code = pipe(home, "let x\n" + lines)
    same((out, err, code), ("".join(f"{i}\n" for i in range(2000)), "", 0))


def test_a_file_as_stdin(home):
    script = home / "in.txt"
    script.write_text("1 + 1\n.time on\n")
    with script.open() as stdin:
        done = subprocess.run([CLOCHE, "repl"], stdin=stdin, capture_output=True, timeout=PATIENCE, env=environment(home))
    same((done.stdout, done.returncode), (b"2\nthe time of each input is shown\n", 0))


def test_an_interrupt_of_a_pipe(home):
    with subprocess.Popen([CLOCHE, "repl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment(home)) as p:
        p.stdin.write(b"1\n")
        p.stdin.flush()
        same(p.stdout.readline(), b"1\n")
        p.send_signal(signal.SIGINT)
        same(p.wait(PATIENCE), 130)


# ---- the worker behind it

KILL = f"kill={sys.executable} {pathlib.Path(__file__).resolve().parents[1] / 'cli/data/workers.py'} kill"


def test_a_worker_dies(home):
    with Session(home, "--tool", KILL) as s:
        s.ready()
        s.enter("let x = 1", r"")
        s.enter("x = 2", r"^2$")
        s.enter("x = 3; await tools.kill()", r"the session is as it was before this input")
        s.enter("x", r"^2$")
        s.enter(".fork other", r"", r"js:main> $")
        s.enter("await tools.kill()", r"the session is as it was before this input", r"js:main> $")
        s.enter(".switch other", r"", r"js:other> $")
        s.enter("x", r"^2$", r"js:other> $")
        same(s.end(), 0)


def test_a_worker_dies_at_the_prompt(home):
    with Session(home, "--tool", KILL) as s:
        s.ready()
        s.enter("let x = 1", r"")
        subprocess.run([*KILL.removeprefix("kill=").split(), str(s.t.pid)], check=True)
        time.sleep(0.3)  # until it has been missed, an input may be sent to it
        s.enter("x + 1", r"^2$")
        same(s.end(), 0)


def test_no_jail(home):
    same(pipe(home, "let x = 20\nx + 1\n", "--no-jail"), ("21\n", "", 0))
    out, err, code = pipe(home, "let x = 1\nx = 2; await tools.kill(); x = 3\n", "--no-jail", "--tool", "kill=echo 1")
    same((out, err, code), ("3\n", "", 0))


def test_nobody_reads(home):
    done = subprocess.run(f"printf '1\\n2\\n' | {CLOCHE} repl | true; echo ${{PIPESTATUS[1]}}", shell=True, executable="/bin/bash",
                          capture_output=True, timeout=PATIENCE, env=environment(home))
    assert done.stdout in (b"141\n", b"0\n"), done


def test_wrong_usage(home):
    for arguments, message in ((["cobol"], "no language 'cobol'"), (["js", "ts"], "one language at a time"),
                               (["--color", "maybe"], "none of auto, always and never"),
                               (["--context", "-"], "stdin can be read once")):
        _, err, code = pipe(home, "", *arguments)
        assert message in err and code == 2, (err, code)


def test_the_pages_transcripts(home):
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/REPL.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```text repl([^\n]*)\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) >= 3
    python = "no engine 'python'" not in pipe(home, "", "py")[1]
    for options, text in blocks:
        if options.split()[:1] in (["py"], ["sql"]) and not python:
            continue
        typed = re.compile(r"(?:(?:js|ts|py|sql)(?::[\w-]+)?>|\.\.\.)(?: |$)")
        lines = text.splitlines()
        inputs = [typed.sub("", line, count=1) for line in lines if typed.match(line)]
        wanted = [line for line in lines if not typed.match(line)]
        done = subprocess.run([CLOCHE, "repl", *shlex.split(options)], input="\n".join(inputs) + "\n", text=True, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE, env=environment(home))
        same(done.stdout.splitlines(), wanted)


# ---- running


def main():
    global CLOCHE
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    CLOCHE = str(pathlib.Path(sys.argv[1]).resolve())
    tests = [(name, fn) for name, fn in globals().items() if name.startswith("test_") and inspect.isfunction(fn)]
    wanted = sys.argv[2:]
    chosen = [(n, fn) for n, fn in tests if not wanted or any(w in n for w in wanted)]
    passed = failed = skipped = 0
    for name, fn in chosen:
        with tempfile.TemporaryDirectory() as home:
            try:
                fn(pathlib.Path(home))
                passed += 1
            except Skipped as why:
                skipped += 1
                print(f"{name}: skipped: {why}")
            except Exception as error:
                failed += 1
                print(f"FAILED {name}: {type(error).__name__}: {error}")
                traceback.print_exc(limit=4, file=sys.stdout)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
