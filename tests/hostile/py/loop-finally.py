# status: timeout
# code: wall_time_limit
# why: a finally that never ends
try:
    1 / 0
finally:
    while True: pass
