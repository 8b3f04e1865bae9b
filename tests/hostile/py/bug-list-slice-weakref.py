# status: ok
# value: ["ValueError"]
# timeout: 5s
# why: python/cpython issues 75348 and 120384: a weak reference's callback, or an index, shrinks the list that is sliced
import weakref, gc
class A: pass
lst = list(range(2000))
keep, n = [], 0
def callback(_):
    global n
    n += 1
    del lst[:n]
for i in range(20):
    a = A(); a.c = a
    keep.append(weakref.ref(a, callback))
    del a
    for _ in range(20): keep.append(lst[:])
gc.collect()
class Evil:
    def __index__(self):
        lst.clear()
        return 1
lst = list(range(1000))
try: lst[Evil()::2] = range(499)
except Exception as e: keep = [type(e).__name__]
keep[-1:]
