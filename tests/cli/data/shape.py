# Prints the names and types in a report, one a line; of an array, those of its first element.
import json, sys

def walk(path, value):
    print(path or ".", type(value).__name__)
    if isinstance(value, dict):
        for name in value:
            walk(f"{path}.{name}", value[name])
    elif isinstance(value, list) and value:
        walk(path + "[]", value[0])

text = sys.stdin.read()
assert text.endswith("}\n") and text.count("\n") == 1, "a report is one line"
walk("", json.loads(text))
