# status: ok
# value: 0
# timeout: 3s
# why: removing and replacing the standard library is not possible
import os
try:
    os.remove('/usr/lib/python3.11/os.py')
    r = 1
except OSError:
    r = 0
r
