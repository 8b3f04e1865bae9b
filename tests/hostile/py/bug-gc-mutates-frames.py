# status: ok
# value: true
# why: Lib/test/crashers/gc_inspection.py and mutation_inside_cyclegc.py: an unfinished tuple is found through the collector, and weak references change what is being collected
import gc, weakref
def g():
    marker = object()
    yield marker
    [t for t in gc.get_referrers(marker) if isinstance(t, tuple)][:1] or yield_none()
def yield_none(): return []
try: t = tuple(g())
except Exception as e: t = type(e).__name__
seen = []
class C:
    def __del__(self): [x.__dict__.clear() for x in gc.get_objects() if isinstance(x, C)]; seen.append(1)
for _ in range(200):
    a, b = C(), C()
    a.b, b.a, a.w = b, a, weakref.ref(b, lambda r: (a.__dict__.update(z=r) if 'a' in globals() else 0))
del a, b
gc.collect()
len(seen) > 100
