# status: timeout
# code: wall_time_limit
# why: a handler that starts the same again
def f():
    try:
        while True: pass
    finally:
        f()
f()
