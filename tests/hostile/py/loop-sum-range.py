# status: timeout
# code: wall_time_limit
# why: a loop inside C that never asks
sum(range(10**12))
