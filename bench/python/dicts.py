def bench():
    counts = {}
    for i in range(200_000):
        key = i * 7919 % 1009
        counts[key] = counts.get(key, 0) + i
    return sum(v % 97 for v in counts.values())
