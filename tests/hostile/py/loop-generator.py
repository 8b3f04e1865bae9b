# status: timeout
# code: wall_time_limit
# why: a generator that never yields
def g():
    while True: pass
    yield
next(g())
