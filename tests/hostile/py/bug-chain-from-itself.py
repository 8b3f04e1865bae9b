# status: limit
# code: stack_limit
# timeout: 30s
# why: python/cpython issues 105960, 74128 and 74483: chain.from_iterable and starmap of what they make themselves
import itertools, sys
sys.setrecursionlimit(10 ** 8)
def f(xs): return itertools.chain.from_iterable(map(f, xs))
list(f('a'))
