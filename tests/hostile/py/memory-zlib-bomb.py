# status: limit
# code: memory_limit
# timeout: 8s
# why: a compressed bomb
import zlib
d = zlib.compress(bytes(32 << 20))
c = zlib.compress(d)
x = [zlib.decompress(zlib.decompress(c)) for _ in range(64)]
