import json


def bench():
    rows = [{"id": i, "name": f"user {i}", "tags": ["a", "b", str(i % 10)], "score": i / 7, "ok": i % 3 == 0} for i in range(6_000)]
    text = json.dumps(rows, sort_keys=True)
    again = json.loads(text)
    return len(text) + sum(r["id"] for r in again if r["ok"])
