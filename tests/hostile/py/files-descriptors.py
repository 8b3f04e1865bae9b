# status: ok
# value: true
# timeout: 8s
# why: closing everything, and descriptors that nobody gave
import os
for fd in [*range(-5, 2000), 1 << 31, -(1 << 31), (1 << 31) - 1]:
    for f in (os.close, os.fstat, lambda n: os.read(n, 10), lambda n: os.write(n, b'x') if n not in (1, 2) else 0, os.fsync):
        try: f(fd)
        except (OSError, OverflowError, ValueError): pass
open('/tmp/still', 'w').write('works')
open('/tmp/still').read() == 'works'
