# status: ok
# value: "KeyError,fine"
# why: python/cpython issue 142637: an OrderedDict is cleared by the comparison with the key that is deleted, moved or popped
from collections import OrderedDict
class Key:
    def __hash__(self): return 1
class Evil:
    def __hash__(self): return 1
    def __eq__(self, other):
        od.clear()
        return True
seen = []
for use in (lambda: od.__delitem__(Evil()), lambda: od.move_to_end(Evil()), lambda: od.pop(Evil()), lambda: od.setdefault(Evil(), 1), lambda: od.update({Evil(): 1}), lambda: od == {Evil(): 2}, lambda: Evil() in od):
    for n in range(20):
        od = OrderedDict((i, i) for i in range(n))
        od[Key()] = None
        try: use(); seen.append('fine')
        except Exception as e: seen.append(type(e).__name__)
','.join(sorted(set(seen)))
