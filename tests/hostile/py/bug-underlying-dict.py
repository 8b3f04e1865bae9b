# status: ok
# value: "A"
# why: Lib/test/crashers/underlying_dict.py, python/cpython issue 140496: the dictionary below a class's proxy is caught and emptied
thingy = object()
class A:
    x = 42
class Catch:
    def __ror__(self, other): other.clear() if hasattr(other, 'clear') else None; return other
    def __eq__(self, other): global caught; caught = other; return True
caught = None
A.__dict__ == Catch()
try: caught['x'] = thingy; del caught['x']; A.y = 1; caught.clear(); answer = A.__name__
except Exception as e: answer = type(e).__name__
answer
