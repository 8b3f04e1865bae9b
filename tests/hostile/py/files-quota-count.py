# status: limit
# code: files_limit
# limits: files_count=100
# timeout: 8s
# why: empty files, folders and links have a number, too
import os
for i in range(1000):
    (os.mkdir if i % 2 else lambda p: os.symlink('x', p))(f'/tmp/{i}')
