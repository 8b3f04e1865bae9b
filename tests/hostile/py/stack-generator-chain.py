# status: limit|error
# code: stack_limit|uncaught_error|memory_limit
# timeout: 20s
# why: yield from without end
import sys
sys.setrecursionlimit(10**9)
def g(): yield from g()
list(g())
