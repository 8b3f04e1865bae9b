# status: timeout
# code: wall_time_limit
# why: an interrupt that nobody catches is the time limit
while True: pass
