def bench():
    evens, threes = set(range(0, 120_000, 2)), frozenset(range(0, 120_000, 3))
    both = evens & threes
    rest = (evens | threes) - both
    return len(both) * 1_000 + len(rest) + sum(x in both for x in range(60_000))
