"""Data as scripts handle it: dataclasses, json, csv, collections, dates, decimals, regular expressions."""
import collections
import csv
import dataclasses
import datetime
import decimal
import io
import itertools
import json
import re
import statistics
import textwrap


@dataclasses.dataclass(order=True)
class Sale:
    day: datetime.date
    city: str
    amount: decimal.Decimal

    @property
    def month(self):
        return self.day.strftime("%B %Y")


TEXT = """\
day,city,amount
2024-01-03,Oslo,10.50
2024-01-20,Lima,7.25
2024-02-01,Oslo,100
"""
sales = [Sale(datetime.date.fromisoformat(r["day"]), r["city"], decimal.Decimal(r["amount"])) for r in csv.DictReader(io.StringIO(TEXT))]
for month, group in itertools.groupby(sorted(sales), key=lambda s: s.month):
    print(month, sum(s.amount for s in group))
print(collections.Counter(s.city for s in sales).most_common())
print(statistics.mean([1, 2, 3, 4]), statistics.median([5, 1, 3]))
print(json.dumps([dataclasses.asdict(s) for s in sales[:1]], default=str, indent=1))
print(re.sub(r"(\w+)@(\w+)", r"\2 at \1", "ada@home"), re.findall(r"\d+", "1, 22, 333"))
print(textwrap.fill("a long text that has to be wrapped somewhere", 20))
print(f"{3.14159:.2f} {1234567:,} {'x':>5} {255:#x} {sales[0]!r:.20}")
match json.loads('{"kind": "point", "at": [1, 2]}'):
    case {"kind": "point", "at": [x, y]}:
        print("point", x, y)
Point = collections.namedtuple("Point", "x y")
print(Point(1, 2)._replace(y=5), collections.ChainMap({"a": 1}, {"b": 2})["b"])
print(sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), [*zip("ab", range(2))])
