# status: timeout
# code: wall_time_limit
# copies: 12
# timeout: 500ms
# why: runs at once that never end, each of which is killed at its time
while True: print('x' * 1000)
