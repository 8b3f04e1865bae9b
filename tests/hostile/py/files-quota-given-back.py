# status: ok
# value: 0
# limits: files_bytes=1MiB
# timeout: 8s
# why: what is removed, cut or replaced can be written again, thousands of times
import os
for i in range(3000):
    with open('/tmp/a', 'wb') as f:
        f.write(b'x' * 500000)
    if i % 3 == 0: os.remove('/tmp/a')
    elif i % 3 == 1: os.truncate('/tmp/a', 10)
    else: os.replace('/tmp/a', '/tmp/b')
0
