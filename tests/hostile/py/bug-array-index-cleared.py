# status: ok
# value: "IndexError"
# why: python/cpython issue 142882: numbers that clear the array they are written into
import array
seen = []
for code in 'bBhHiIlLqQfd':
    buf = array.array(code, range(15))
    class Evil:
        n = 0
        def __index__(self):
            Evil.n += 1
            if Evil.n > 1: buf[:] = array.array(code)
            return 2
        __float__ = lambda self: float(self.__index__())
    for use in (lambda: buf.extend([Evil()]), lambda: buf.append(Evil()), lambda: buf.insert(9, Evil()), lambda: buf.__setitem__(14, Evil()), lambda: buf.__setitem__(Evil(), 1)):
        buf[:] = array.array(code, range(15))
        try: use()
        except Exception as e: seen.append(type(e).__name__)
','.join(sorted(set(seen)))
