# status: ok
# value: ["UnpicklingError","dict","UnpicklingError","dict"]
# why: python/cpython issue 143639: a key that is unpickled changes the unpickler that unpickles it, as it is hashed
import io, pickle
class Key:
    def __hash__(self):
        if source: source.pop()()
        return 1
    def __reduce__(self): return (Key, ())
seen = []
for again in (lambda: u.load(), lambda: u.memo.clear(), lambda: u.__init__(io.BytesIO(pickle.dumps(1))), lambda: u.find_class('builtins', 'list')):
    source = []
    data = pickle.dumps({Key(): [1, 2, 3], Key(): {Key()}})
    u = pickle.Unpickler(io.BytesIO(data * 3))
    source = [again]
    try: seen.append(type(u.load()).__name__)
    except Exception as e: seen.append(type(e).__name__)
seen
