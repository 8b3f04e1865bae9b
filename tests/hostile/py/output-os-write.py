# status: ok
# value: 103
# timeout: 3s
# why: the descriptors 1 and 2 are streams of the run, others are not there
import os
n = os.write(1, b'hi\n')
try:
    os.write(7, b'x')
except OSError as e:
    n += 100
n
