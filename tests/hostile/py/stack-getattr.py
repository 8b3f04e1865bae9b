# status: limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: attribute access that asks itself
import sys
sys.setrecursionlimit(10**9)
class A:
    def __getattr__(self, n): return getattr(self, n + 'x')
A().a
