# status: ok
# value: ["RuntimeError","IndexError","RuntimeError","RuntimeError","fine","fine","TypeError"]
# why: python/cpython issue 115243: a deque is emptied by the comparison with what is searched in it
from collections import deque
class Evil:
    def __eq__(self, other):
        d.clear()
        return NotImplemented
seen = []
for use in (lambda: d.index(0), lambda: d.remove(0), lambda: d.count(0), lambda: 0 in d, lambda: d == deque(range(300)), lambda: d.insert(2, Evil()), lambda: d < deque([1] * 300)):
    d = deque([Evil()] * 3 + list(range(1, 300)))
    try: use(); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
seen
