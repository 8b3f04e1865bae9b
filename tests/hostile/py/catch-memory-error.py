# status: ok
# value: 7
# timeout: 3s
# why: MemoryError is caught and the run goes on
try:
    x = bytearray(1 << 30)
except MemoryError:
    x = 7
x
