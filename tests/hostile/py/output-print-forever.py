# status: timeout
# code: wall_time_limit
# why: output without end is cut, and time ends it
while True: print('x' * 1000)
