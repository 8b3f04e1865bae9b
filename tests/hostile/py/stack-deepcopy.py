# status: limit|error
# code: stack_limit|uncaught_error|memory_limit
# timeout: 20s
# why: a deep copy of a nested list
import sys, copy
sys.setrecursionlimit(10**9)
x = []
for i in range(10**5): x = [x]
copy.deepcopy(x)
