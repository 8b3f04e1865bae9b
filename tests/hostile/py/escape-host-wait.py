# status: error|timeout
# code: uncaught_error|wall_time_limit|deadlock
# why: waiting for a call that is not there
import _cloche
_cloche.wait(12345)
