# status: ok|limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: tuples in tuples for isinstance
import sys
sys.setrecursionlimit(10**9)
t = ()
for i in range(10**5): t = (t,)
isinstance(1, t)
