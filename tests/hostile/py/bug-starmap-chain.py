# status: ok
# value: [1]
# timeout: 30s
# why: python/cpython issue 74483: starmaps in each other
from itertools import starmap
i = [(1,)]
for _ in range(200000): i = starmap(lambda *a: a, i)
next(iter(i))
