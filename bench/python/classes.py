class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def norm(self):
        return self.x * self.x + self.y * self.y


def bench():
    total, step = Vector(0, 0), Vector(1, 2)
    found = 0
    for _ in range(80_000):
        total = total + step
        found += total.norm % 3
    return found
