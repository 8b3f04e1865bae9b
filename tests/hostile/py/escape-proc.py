# status: error
# code: uncaught_error
# why: the host's /proc is not there
open('/proc/self/maps').read()
