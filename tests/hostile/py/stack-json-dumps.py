# status: limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: writing nested lists
import sys, json
sys.setrecursionlimit(10**9)
x = []
for i in range(10**5): x = [x]
json.dumps(x)
