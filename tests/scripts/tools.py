#!/usr/bin/env python3
"""The tools of the corpus, over the fixed data in data.json and files/.

usage: tools.py NAME      reads the one argument as JSON on stdin, answers with JSON on stdout

A call that fails exits with status 1 and says why on stderr, as {"error": {"name", "message", "code", "data"}}.
Nothing is kept from call to call: a tool that fails at first is told by its argument which attempt this is.
"""

import json
import sys

HERE = sys.path[0]


class Failure(Exception):
    def __init__(self, name, message, code, data=None):
        super().__init__(message)
        self.error = {"name": name, "message": message, "code": code}
        if data is not None:
            self.error["data"] = data


def data(name):
    with open(HERE + "/data.json", encoding="utf-8") as file:
        return json.load(file)[name]


def find(rows, key, value, what):
    for row in rows:
        if row[key] == value:
            return row
    raise Failure("NotFoundError", f"no such {what}: {value}", "not_found", {key: value})


def need(args, key, kind):
    if not isinstance(args.get(key), kind) or isinstance(args.get(key), bool):
        raise Failure("ValidationError", f"'{key}' is missing or of the wrong type", "invalid_argument", {"field": key})
    return args[key]


def orders(args):
    rows = data("orders")
    for key in ("status", "customer"):
        if key in args:
            rows = [row for row in rows if row[key] == args[key]]
    return [row for row in rows if args.get("from", "") <= row["date"] <= args.get("to", "9")]


def order(args):
    return find(data("orders"), "id", need(args, "id", int), "order")


def customers(args):
    return [row for row in data("customers") if args.get("country", row["country"]) == row["country"]]


def customer(args):
    return find(data("customers"), "id", need(args, "id", str), "customer")


def products(args):
    return [row for row in data("products") if args.get("category", row["category"]) == row["category"]]


def stock(args):
    row = find(data("products"), "sku", need(args, "sku", str), "product")
    north = row["stock"] // 3
    return {"sku": row["sku"], "warehouses": {"north": north, "south": row["stock"] - north}}


def rates(args):
    table = data("rates")
    base = args.get("base", "EUR")
    if base not in table:
        raise Failure("CurrencyError", f"unknown currency: {base}", "unknown_currency", {"known": sorted(table)})
    return {"base": base, "date": "2025-03-31", "rates": {key: round(table[key] / table[base], 4) for key in table}}


def weather(args):
    return find(data("weather"), "city", need(args, "city", str), "city")


def employees(args):
    return data("employees")


def metrics(args):
    series = data("metrics")
    name = need(args, "name", str)
    if name not in series:
        raise Failure("NotFoundError", f"no such metric: {name}", "not_found", {"known": sorted(series)})
    return {"name": name, "start": "2025-03-01T00:00:00Z", "step_minutes": 30, "values": series[name]}


def events(args):
    """One page by cursor: {items, next}; next is null on the last page."""
    rows = data("events")
    size = args.get("size", 5)
    at = 0
    if args.get("cursor") is not None:
        if not str(args["cursor"]).startswith("c"):
            raise Failure("CursorError", "bad cursor", "bad_cursor")
        at = int(args["cursor"][1:])
    after = at + size
    return {"items": rows[at:after], "next": f"c{after}" if after < len(rows) else None}


def issues(args):
    """One page by number: {page, pages, total, items}."""
    rows = [row for row in data("issues") if args.get("state", row["state"]) == row["state"]]
    size = args.get("per_page", 4)
    page = args.get("page", 1)
    pages = -(-len(rows) // size)
    if page < 1 or page > max(pages, 1):
        raise Failure("RangeError", f"page {page} of {pages}", "out_of_range")
    return {"page": page, "pages": pages, "total": len(rows), "items": rows[(page - 1) * size : page * size]}


def search(args):
    words = need(args, "query", str).lower().split()
    if not words:
        raise Failure("ValidationError", "the query is empty", "empty_query")
    hits = []
    for doc in data("documents"):
        text = (doc["title"] + " " + doc["text"]).lower()
        score = sum(text.count(word) for word in words)
        if score:
            hits.append({"id": doc["id"], "title": doc["title"], "score": score})
    hits.sort(key=lambda hit: (-hit["score"], hit["id"]))
    return {"query": args["query"], "total": len(hits), "hits": hits[: args.get("limit", 10)]}


def document(args):
    return find(data("documents"), "id", need(args, "id", str), "document")


def list_files(args):
    return data("files")


def read_file(args):
    path = need(args, "path", str)
    if path not in data("files"):
        raise Failure("FileError", f"no such file: {path}", "ENOENT", {"path": path})
    with open(HERE + "/files/" + path, encoding="utf-8") as file:
        return file.read()


def http_get(args):
    pages = data("pages")
    url = need(args, "url", str)
    if url.startswith("https://down.example/"):
        raise Failure("NetworkError", "connection refused", "ECONNREFUSED", {"host": "down.example"})
    return pages.get(url, {"status": 404, "headers": {"content-type": "text/plain"}, "body": "not found"})


def flaky(args):
    """Works from that attempt on which the table names for the key; 'dead' never does."""
    key, attempt = need(args, "key", str), need(args, "attempt", int)
    first = {"steady": 1, "second": 2, "third": 3}.get(key)
    if first is None or attempt < first:
        message = f"{key} is unavailable (attempt {attempt})"
        raise Failure("ServiceUnavailable", message, "unavailable", {"retry_after_ms": 2})
    return {"key": key, "attempt": attempt, "ok": True}


def slow(args):
    import time

    time.sleep(min(args.get("ms", 0), 5000) / 1000)
    return args.get("value")


def send_email(args):
    to = need(args, "to", str)
    if "@" not in to:
        raise Failure("ValidationError", f"not an address: {to}", "invalid_address", {"field": "to", "value": to})
    return {"accepted": True, "to": to, "bytes": len(need(args, "subject", str)) + len(args.get("body", ""))}


def translate(args):
    words = data("dictionary").get(args.get("to", "de"))
    if words is None:
        raise Failure("LanguageError", f"cannot translate to {args['to']}", "unsupported_language")
    return {"to": args.get("to", "de"), "text": " ".join(words.get(w, w) for w in need(args, "text", str).split())}


def geocode(args):
    return find(data("places"), "name", need(args, "place", str), "place")


def logs(args):
    lines = data("logs")
    return [line for line in lines if args.get("contains", "") in line]


def now(args):
    return {"iso": "2025-04-01T09:30:00.000Z", "epoch_ms": 1743499800000}


TOOLS = [orders, order, customers, customer, products, stock, rates, weather, employees, metrics, events, issues]
TOOLS += [search, document, list_files, read_file, http_get, flaky, slow, send_email, translate, geocode, logs, now]


def main():
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    tool = next((tool for tool in TOOLS if tool.__name__ == name), None)
    if tool is None:
        sys.exit(__doc__)
    text = sys.stdin.read()
    try:
        answer = tool(json.loads(text) if text.strip() else {})
    except Failure as failure:
        print(json.dumps({"error": failure.error}), file=sys.stderr)
        return 1
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
