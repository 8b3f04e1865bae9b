# status: ok
# value: []
# timeout: 30s
# why: python/cpython issue 103503: a hundred thousand maps in each other are advanced on the machine's stack
a = []
for _ in range(100000): a = map(int, a)
list(a)
