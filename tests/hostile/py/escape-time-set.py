# status: error
# code: uncaught_error
# why: the clock cannot be set
import time
time.clock_settime(0, 0)
