from functools import reduce


def compose(*functions):
    return reduce(lambda f, g: lambda x: g(f(x)), functions)


def bench():
    step = compose(lambda x: x + 3, lambda x: x * 7, lambda x: x % 1_000_003, lambda x: x ^ 21)
    value = 1
    for _ in range(60_000):
        value = step(value)
    return value
