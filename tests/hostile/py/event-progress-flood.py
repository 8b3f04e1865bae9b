# status: timeout
# code: wall_time_limit
# why: progress without end
while True: progress(0.5)
