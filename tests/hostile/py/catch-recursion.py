# status: ok
# value: 8
# timeout: 3s
# why: RecursionError is caught and the run goes on
def f(): f()
try:
    f()
except RecursionError:
    r = 8
r
