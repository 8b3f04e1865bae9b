# status: ok
# value: ["fine","AttributeError","AttributeError","fine","fine"]
# why: python/cpython issue 142731: the name of an attribute replaces the dictionary that is written as it is hashed
import gc
class Name(str):
    def __hash__(self):
        for o in things: o.__dict__ = {}
        gc.collect()
        return str.__hash__(self)
class A: pass
seen = []
for use in (setattr, lambda o, k, _: delattr(o, k), lambda o, k, _: getattr(o, k), lambda o, k, _: o.__dict__.update({k: 1}), lambda o, k, v: o.__dict__.__setitem__(k, v)):
    things = [A() for _ in range(20)]
    for o in things: o.x = o.y = [o]
    try: use(things[3], Name('x'), things); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
seen
