# status: timeout
# code: wall_time_limit
# again: 10
# timeout: 60ms
# why: runs that catch the interrupt before their deadline and go on, over and over
before.clear()
while True:
    try:
        while True: sum(range(100000))
    except BaseException: pass
