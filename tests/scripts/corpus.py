"""What the corpus's scripts say about themselves, for run.py and check_in_node.py.

A script begins with lines `// key: value`; a line `//   more` goes on with the one before. Keys:

  expect        the value as JSON with the tags of docs/REPORTS.md, or the word undefined
  expect-error  instead: how the script fails, as `Name: message`
  output        everything that the console was given, as a JSON array of texts; missing: nothing
  tools         names of tools in tools.py, separated by commas
  module        NAME=FILE, a module that the script imports; FILE stands in modules/; may be repeated
  context       FILE, JSON in files/ that the script sees as `context`
  node          the first version of Node that has what the script uses; for check_in_node.py
"""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
SUFFIXES = {".js", ".ts", ".jsx", ".tsx"}
KEYS = {"expect", "expect-error", "output", "tools", "module", "context", "node"}
WIDTH = 120


class Script:
    def __init__(self, path):
        self.path = path
        self.header = read_header(path)
        self.tools = [name.strip() for name in self.one("tools", "").split(",") if name.strip()]
        self.modules = [tuple(text.split("=", 1)) for text in self.header.get("module", [])]
        self.context = self.one("context", None)
        self.output = json.loads(self.one("output", "[]"))

    def one(self, key, default=None):
        values = self.header.get(key, [])
        if len(values) > 1:
            raise ValueError(f"{self.path.name}: more than one '{key}'")
        return values[0] if values else default

    def wrong_with(self, outcome):
        """What differs from the header in an outcome {value | error {name, message}, output}; '' when nothing does."""
        error, expected = outcome.get("error"), self.one("expect-error")
        said = f"{error['name']}: {error['message']}" if error else None
        if "expect" not in self.header and expected is None:
            return "has neither 'expect' nor 'expect-error'"
        if said != expected:
            return f"failed with {said}" if said else f"did not fail, gave {show(outcome)}"
        if expected is None and show(outcome) != self.expected_value():
            return f"expected {self.expected_value()}\n     got {show(outcome)}"
        if outcome["output"] != self.output:
            return f"expected output {text_of(self.output)}\n     got output {text_of(outcome['output'])}"
        return ""

    def expected_value(self):
        text = self.one("expect")
        return text if text == "undefined" else text_of(json.loads(text))


def show(outcome):
    return text_of(outcome["value"]) if "value" in outcome else "undefined"


def text_of(value):
    """JSON in one form. Numbers that are whole are the same with and without a point, as they are in JavaScript."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(", ", ": "))


def plain(value):
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def read_header(path):
    header, last = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        key = re.match(r"// ([a-z-]+): (.*)$", line)
        if key and key[1] in KEYS:
            last = header.setdefault(key[1], [])
            last.append(key[2])
        elif last is not None and line.startswith("//   "):
            last[-1] += " " + line[5:]
        else:
            break
    return header


def scripts(pattern=""):
    found = [Script(path) for path in sorted(HERE.iterdir()) if path.suffix in SUFFIXES and pattern in path.name]
    if not found:
        raise SystemExit(f"no script has '{pattern}' in its name")
    return found


def header_lines(key, value):
    """`// key: JSON`, wrapped behind commas that are not in a string."""
    text = json.dumps(plain(value), ensure_ascii=False)
    lines, line = [], f"// {key}: "
    for part in re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^",])+(?:, )?', text):
        if len(line) + len(part.rstrip()) > WIDTH and not re.fullmatch(r"// *|// [a-z-]+: ", line):
            lines.append(line.rstrip())
            line = "//   "
        line += part
    return lines + [line.rstrip()]
