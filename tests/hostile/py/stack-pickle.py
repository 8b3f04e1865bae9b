# status: limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: pickling of nested lists
import sys, pickle
sys.setrecursionlimit(10**9)
x = []
for i in range(10**5): x = [x]
pickle.dumps(x)
