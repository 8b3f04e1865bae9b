def bench():
    values = [(i * 7919) % 100_003 for i in range(100_000)]
    values.sort()
    people = [(v % 100, -v) for v in values[:20_000]]
    people.sort(key=lambda p: (p[0], p[1]))
    return values[500] + people[100][1]
