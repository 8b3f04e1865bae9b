# status: timeout
# code: wall_time_limit
# why: one long blocking sleep
import time
time.sleep(10**6)
