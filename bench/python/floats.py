import math


def bench():
    bodies = [[math.cos(i), math.sin(i), 0.0, 0.0] for i in range(12)]
    for _ in range(120):
        for a in bodies:
            fx = fy = 0.0
            for b in bodies:
                dx, dy = b[0] - a[0], b[1] - a[1]
                d = dx * dx + dy * dy + 0.01
                f = 1.0 / (d * math.sqrt(d))
                fx += dx * f
                fy += dy * f
            a[2] += fx * 1e-4
            a[3] += fy * 1e-4
        for a in bodies:
            a[0] += a[2] * 1e-4
            a[1] += a[3] * 1e-4
    return round(sum(a[0] * a[1] for a in bodies), 6)
