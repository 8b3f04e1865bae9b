# status: ok
# value: true
# why: python/cpython issues 154997 and 111174: buffered files that are detached by their own raw file, and empty buffers that are taken twice
import io
seen = []
class Raw(io.RawIOBase):
    def readable(self): return True
    def writable(self): return True
    def seekable(self): return True
    def readinto(self, b):
        try: f.detach()
        except Exception as e: seen.append(type(e).__name__)
        return 0
    def write(self, b):
        try: f.detach()
        except Exception as e: seen.append(type(e).__name__)
        return len(b)
    def seek(self, *a): f.__init__(Raw()); return 0
    def tell(self): return 0
for Kind in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom):
    for use in ('read', 'peek', 'flush', 'seek', 'write', 'truncate', 'readline'):
        try:
            f = Kind(Raw(), 16)
            getattr(f, use)(*([b'x' * 99] if use == 'write' else [0] if use in ('seek', 'truncate') else []))
            seen.append('fine')
        except Exception as e: seen.append(type(e).__name__)
b = io.BytesIO()
v = [b.getbuffer() for _ in range(5)]
seen.append(len(set(seen)) > 0)
seen[-1]
