# status: timeout
# code: wall_time_limit
# why: catching the soft interrupt for ever
while True:
    try:
        while True: pass
    except KeyboardInterrupt:
        pass
