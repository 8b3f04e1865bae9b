# status: ok
# value: "IndexError,ValueError"
# why: python/cpython issue 91153: the value of an item assignment clears the bytearray, which is then written
seen = []
class Evil:
    def __init__(self, n, end): self.n, self.end = n, end
    def __index__(self):
        self.end()
        return self.n
for end in ('clear', 'pop'):
    for key in (0, 99, -1, slice(0, 50), slice(0, 100, 2)):
        b = bytearray(100)
        evil = Evil(7, lambda: [getattr(b, end)() for _ in range(1 if end == 'clear' else 90)])
        try: b[key] = evil if isinstance(key, int) else [evil] * 50
        except Exception as e: seen.append(type(e).__name__)
        try: b[evil] = 255
        except Exception as e: seen.append(type(e).__name__)
','.join(sorted(set(seen)))
