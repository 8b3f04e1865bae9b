# status: limit|error|timeout
# code: stack_limit|uncaught_error|memory_limit|wall_time_limit
# timeout: 20s
# why: recursion with the limit raised
import sys
sys.setrecursionlimit(10**9)
def f(n): return f(n + 1)
f(0)
