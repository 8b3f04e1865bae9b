# status: timeout
# code: wall_time_limit
# why: one bytecode that takes ages
x = 10**10**8
