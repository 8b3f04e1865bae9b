# status: ok
# value: ["SystemError","SystemError","SystemError"]
# why: python/cpython issues 142734 and 148660: an OrderedDict is cleared by the lookups of its own copy
from collections import OrderedDict
class Evil(OrderedDict):
    def __getitem__(self, key):
        OrderedDict.clear(self)
        return [None] * 10
seen = []
for n in (1, 4, 100):
    try: seen.append(len(Evil((i, i) for i in range(n)).copy()))
    except Exception as e: seen.append(type(e).__name__)
seen
