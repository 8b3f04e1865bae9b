# status: limit|error
# code: stack_limit|uncaught_error
# timeout: 20s
# why: a C recursion: comparison of nested lists
import sys
sys.setrecursionlimit(10**9)
x = []
y = []
for i in range(2 * 10**5): x, y = [x], [y]
x == y
