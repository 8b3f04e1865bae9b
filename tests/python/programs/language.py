"""Corners of the language at the top level of a script."""
from __future__ import annotations

import functools
import typing
from contextlib import contextmanager

x: int = 1
a, *b = range(4)
print(x, a, b, __name__)


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n
    return step


step = counter()
print(step(), step())


@functools.lru_cache(maxsize=None)
def fib(n: Unknown) -> Unknown:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60))


@contextmanager
def tag(name):
    print(f"<{name}>")
    yield name.upper()
    print(f"</{name}>")


with tag("b") as t:
    print(t)


class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        return super().__new__(mcls, name, bases, {**ns, "made": kw})


class Made(metaclass=Meta, size=3):
    squares = [i * i for i in range(3)]
    total = sum(squares)


print(Made.made, Made.squares, Made.total)
T = typing.TypeVar("T")


class Box(typing.Generic[T]):
    __slots__ = ("value",)

    def __class_getitem__(cls, item):
        return f"Box of {item.__name__}"


print(Box[int])


def generator():
    got = yield 1
    print("got", got)
    try:
        yield 2
    finally:
        print("closed")


g = generator()
print(next(g), g.send("it"))
g.close()
for i in range(3):
    if i == 1:
        continue
else:
    print("no break")
print((lambda *p, k=1, **kw: (p, k, kw))(1, 2, k=3, z=4), [i if i % 2 else -i for i in range(4)])
print(globals()["x"], "x" in dir(), eval("x + 1"), (y := 5) + y)
exec("z = x + 10")
print(z)


async def agen(n):
    for i in range(n):
        yield i


print([i async for i in agen(3)], {i: j async for i in agen(2) for j in [i * 2]})
del x
try:
    x
except NameError as e:
    print(e)
