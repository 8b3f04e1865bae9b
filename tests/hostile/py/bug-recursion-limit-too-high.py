# status: limit
# code: stack_limit
# timeout: 30s
# why: Lib/test/crashers/recursion_limit_too_high.py, python/cpython issues 88559 and 96222: the limit is set away and classes ask their bases for ever
import sys
sys.setrecursionlimit(2 ** 31 - 1)
class RotatingTree: pass
class A:
    def __getattribute__(self, name): return object.__getattribute__(self, name + '_') if len(name) < 9 else getattr(A(), name[:2])
    __str__ = __repr__ = lambda self: str([self])
f = lambda: [str(A()), f()]
f()
