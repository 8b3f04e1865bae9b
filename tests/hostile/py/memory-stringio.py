# status: limit
# code: memory_limit
# timeout: 8s
# why: a text stream that grows
import io
s = io.StringIO()
while True: s.write('x' * 65536)
