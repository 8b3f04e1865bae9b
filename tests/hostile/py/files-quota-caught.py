# status: ok
# value: [true,true]
# limits: files_bytes=1MiB
# timeout: 8s
# why: the error of a full file system can be caught, and reading goes on
import os
open('/tmp/small', 'w').write('small')
try:
    open('/tmp/big', 'wb').write(b'x' * 5000000)
    full = False
except OSError as e:
    full = 'No space left' in str(e)
[full, open('/tmp/small').read() == 'small']
