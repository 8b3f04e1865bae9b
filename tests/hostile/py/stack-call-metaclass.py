# status: limit|error
# code: stack_limit|uncaught_error
# why: __call__ that calls itself through C
import sys
sys.setrecursionlimit(10**9)
class A: pass
A.__call__ = A()
try:
    A()()
except RecursionError:
    raise
