# status: error
# code: trap
# why: python/cpython issue 143546: sets are cleared and filled in place by the comparison of their elements
import random
random.seed(0)
targets, aux = [], {1}
class Victim:
    def __hash__(self): return 0
    def __eq__(self, other): return NotImplemented
class Trigger(Victim):
    def __hash__(self): return 0
    def __eq__(self, other):
        for s in targets:
            op = random.randrange(7)
            if op == 0: s.clear()
            elif op == 1: s.add(Victim())
            elif op == 2: s.discard(Victim())
            else: s ^= aux
        return False
n = 0
for _ in range(200):
    left, right = {Victim() for _ in range(6)}, {Victim() for _ in range(6)}
    left.update(Trigger() for _ in range(3)); right.update(Trigger() for _ in range(3))
    targets[:] = [left, right]
    try: left &= right; left | right; left - right; left == right
    except Exception as e: n += 1
    targets.clear()
n >= 0
