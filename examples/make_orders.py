#!/usr/bin/env python3
"""Writes orders.csv beside this file: the orders of an invented shop in 2025, the same ones every time."""
import csv
import datetime
import pathlib
import random

ROWS = 4000
REGIONS = {  # region: (weight, [(country, currency)])
    "Europe": (50, [("DE", "EUR"), ("FR", "EUR"), ("NL", "EUR"), ("GB", "GBP"), ("CH", "CHF"), ("SE", "SEK")]),
    "Americas": (32, [("US", "USD"), ("US", "USD"), ("CA", "CAD"), ("BR", "BRL")]),
    "Asia-Pacific": (18, [("JP", "JPY"), ("AU", "AUD"), ("SG", "USD")]),
}
PER_EUR = {"EUR": 1, "GBP": 0.85, "CHF": 0.95, "SEK": 11.2, "USD": 1.1, "CAD": 1.5, "BRL": 6.1, "JPY": 160, "AUD": 1.7}
PRODUCTS = [  # name, price in EUR, weight; names as people type them, commas and quotes included
    ("Bell jar, small", 24.0, 30), ("Bell jar, large", 59.0, 18), ('Glass dome 12"', 89.0, 14),
    ("Oak base", 18.5, 24), ("Marble base", 42.0, 9), ("LED ring", 12.9, 22), ("Cleaning set", 7.5, 26),
    ("Gift card", 50.0, 6),
]
STATUSES = (["shipped"] * 88) + (["returned"] * 7) + (["cancelled"] * 5)


def order_rows(rng):
    day = datetime.date(2025, 1, 1)
    names = list(REGIONS)
    for number in range(ROWS):
        date = day + datetime.timedelta(days=min(364, int(365 * rng.betavariate(1.6, 1.2))))
        region = rng.choices(names, [REGIONS[n][0] for n in names])[0]
        country, currency = rng.choice(REGIONS[region][1])
        name, price, _ = rng.choices(PRODUCTS, [p[2] for p in PRODUCTS])[0]
        local = price * PER_EUR[currency] * rng.uniform(0.97, 1.05)
        digits = 0 if currency == "JPY" else 2
        yield [f"O-{100000 + number}", date.isoformat(), region, country, f"C{rng.randrange(1, 900):04d}", name,
               min(20, 1 + int(rng.expovariate(0.9))), f"{local:.{digits}f}", currency, rng.choice(STATUSES)]


def main():
    path = pathlib.Path(__file__).with_name("orders.csv")
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["order_id", "date", "region", "country", "customer", "product", "quantity", "unit_price",
                         "currency", "status"])
        writer.writerows(sorted(order_rows(random.Random(2025)), key=lambda row: (row[1], row[0])))


if __name__ == "__main__":
    main()
