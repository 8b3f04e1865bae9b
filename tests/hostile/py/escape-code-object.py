# status: error|limit|ok
# code: uncaught_error|trap|stack_limit|memory_limit
# why: a code object made by hand: it may crash the guest, never the host
def f(): pass
c = f.__code__
for op in range(256):
    pass
g = c.replace(co_code=bytes([100, 255]) * 50 + bytes([83, 0]), co_stacksize=1)
exec(g)
