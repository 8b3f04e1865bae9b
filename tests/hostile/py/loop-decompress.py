# status: timeout|limit
# code: wall_time_limit|memory_limit
# why: one call of zlib over a large buffer, again and again
import zlib
d = zlib.compress(bytes(16 << 20))
while True: zlib.decompress(d)
