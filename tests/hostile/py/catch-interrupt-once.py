# status: timeout
# code: wall_time_limit
# why: the soft interrupt caught once; the loop after it is killed
try:
    while True: pass
except KeyboardInterrupt:
    pass
while True: pass
