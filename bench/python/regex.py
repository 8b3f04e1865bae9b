import re

LINE = re.compile(r"(?P<host>[\w.]+) - \[(?P<day>\d+)/(?P<month>\w+)\] \"(?P<verb>GET|POST) (?P<path>\S+)\" (?P<code>\d{3})")


def bench():
    lines = [f'host{i % 50}.example.org - [{i % 28 + 1}/Mar] "GET /a/{i}/b?c={i % 7}" {200 + i % 5}' for i in range(8_000)]
    hits = {}
    for line in lines:
        m = LINE.match(line)
        hits[m["host"]] = hits.get(m["host"], 0) + int(m["code"])
    return sum(hits.values()) + len(re.sub(r"\d+", "#", lines[7999]))
