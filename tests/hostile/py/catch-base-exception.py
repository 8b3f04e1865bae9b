# status: timeout
# code: wall_time_limit
# why: catching everything for ever
while True:
    try:
        while True: pass
    except BaseException:
        pass
