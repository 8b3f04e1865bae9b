# status: error
# code: trap
# why: python/cpython issue 154670: the step of a count advances the count that it is added to
from itertools import count, accumulate
class Step:
    armed = True
    def __index__(self): return 1
    def __radd__(self, other):
        if Step.armed:
            Step.armed = False
            repr(next(c))
        return other + 1
n = 0
for _ in range(200):
    Step.armed = True
    c = count(1 << 100, Step())
    try: n += next(c) + 1 > 0
    except Exception as e: n = type(e).__name__; break
n
