# status: ok
# value: [true,true,true]
# timeout: 8s
# why: sizes and offsets that no file can have
import os
def refused(f):
    try: f()
    except (OSError, OverflowError, ValueError): return True
    return False
f = open('/tmp/f', 'wb+', buffering=0)
def far():
    f.seek((1 << 63) - 1)
    f.write(b'x')
[refused(lambda: os.truncate('/tmp/f', 1 << 62)), refused(far), refused(lambda: os.posix_fallocate(f.fileno(), 1 << 62, 1 << 62))]
