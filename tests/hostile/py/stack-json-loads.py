# status: limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: reading nested lists
import sys, json
sys.setrecursionlimit(10**9)
json.loads('[' * 10**6)
