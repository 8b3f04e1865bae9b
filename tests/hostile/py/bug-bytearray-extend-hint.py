# status: ok
# value: [1000,"ValueError",{"$type":"bytes","class":"bytes","base64":""},1]
# why: python/cpython issue 143003: an iterator that claims to be empty is written into the one empty buffer that all bytearrays share
class Evil:
    def __init__(self): self.data = [49, 50] * 500
    def __iter__(self): return self
    def __next__(self):
        if self.data: return self.data.pop()
        raise StopIteration
    def __length_hint__(self): return 0
victim = bytearray()
victim.extend(Evil())
try: number = float(bytearray())
except Exception as e: number = type(e).__name__
[len(victim), number, bytes(bytearray()), int(bytearray(b'1'))]
