# status: error
# code: trap
# why: python/cpython issues 149557 and 116980: pairwise and tee over generators that advance them
from itertools import pairwise, tee, chain, islice, zip_longest, groupby
seen = set()
def source(): yield next(it)
for _ in range(2000):
    it = pairwise(source())
    try: next(it)
    except Exception as e: seen.add(type(e).__name__)
parts = [(0, 1)]
out, back = tee(chain.from_iterable(parts))
parts.append(map(sum, pairwise(back)))
fib = list(islice(out, 30))
class R:
    n = 0
    def __iter__(self): return self
    def __next__(self):
        R.n += 1
        if R.n < 9: next(b)
        return R.n
a, b = tee(R())
try: next(a)
except Exception as e: seen.add(type(e).__name__)
class K:
    def __eq__(self, o):
        try: next(g)
        except Exception as e: seen.add(type(e).__name__)
        return False
g = groupby([K(), K(), K()])
for _ in range(3): next(g, None)
[fib[-1], sorted(seen)]
