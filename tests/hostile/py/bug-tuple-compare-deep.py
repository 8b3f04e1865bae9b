# status: limit
# code: stack_limit
# timeout: 30s
# why: python/cpython issue 150722: deep tuples are compared while there is little memory left
import sys
sys.setrecursionlimit(10 ** 8)
a = b = ()
for _ in range(10 ** 5): a, b = (a,), (b,)
fill = []
try:
    while True: fill.append(bytearray(1 << 16))
except MemoryError: fill = fill[8:]
a == b
