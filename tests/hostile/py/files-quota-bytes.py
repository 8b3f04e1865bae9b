# status: limit
# code: files_limit
# limits: files_bytes=1MiB
# timeout: 8s
# why: what is written has an end, also in small pieces
import os
n = 0
while True:
    with open(f'/tmp/{n}', 'wb') as f:
        f.write(b'x' * 10000)
    n += 1
