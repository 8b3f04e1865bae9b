# status: ok
# value: 0
# timeout: 3s
# why: the standard library cannot be written
try:
    open('/usr/lib/python3.11/json/__init__.py', 'w')
    r = 1
except OSError:
    r = 0
r
