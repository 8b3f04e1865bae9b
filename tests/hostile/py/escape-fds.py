# status: ok
# value: []
# timeout: 3s
# why: descriptors that the guest did not open are not there
import os
found = []
for fd in range(3, 200):
    try:
        os.fstat(fd)
        os.write(fd, b'x')
        found.append(fd)
    except OSError:
        pass
found
