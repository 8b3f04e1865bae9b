def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n
        n += 1


def bench():
    total = 0
    for p in primes():
        if p > 3_000:
            return total
        total += p
