# status: timeout
# code: wall_time_limit
# why: a sort key that never returns
def key(x):
    while True: pass
sorted([2, 1], key=key)
