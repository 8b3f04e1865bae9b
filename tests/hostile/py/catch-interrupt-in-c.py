# status: timeout
# code: wall_time_limit
# why: KeyboardInterrupt cannot end a C loop; the kill does
try:
    sum(range(10**12))
except BaseException:
    pass
