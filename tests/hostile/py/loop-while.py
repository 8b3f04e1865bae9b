# status: timeout
# code: wall_time_limit
# why: the plainest endless loop
while True:
    pass
