# status: ok
# value: 8
# why: RecursionError is caught and the run goes on
def f(): f()
try:
    f()
except RecursionError:
    r = 8
r
