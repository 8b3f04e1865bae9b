def bench():
    a, b = 0, 1
    for _ in range(12_000):
        a, b = b, a + b
    power = pow(3, 5_000) * pow(7, 3_000)
    return a % 1_000_000_007 + power % 998_244_353
