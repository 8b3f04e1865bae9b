# status: ok
# value: true
# timeout: 8s
# why: folders in each other, deeper than any path, and a walk through them
import os
fd = os.open('/tmp', os.O_RDONLY)
depth = 0
try:
    while depth < 8000:
        os.mkdir('d', dir_fd=fd)
        inner = os.open('d', os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
        depth += 1
except OSError:
    pass
for i in range(depth): # back up, by the parent of each
    outer = os.open('..', os.O_RDONLY, dir_fd=fd)
    os.close(fd)
    fd = outer
depth > 1000 and os.open('d', os.O_RDONLY, dir_fd=fd) > 0
