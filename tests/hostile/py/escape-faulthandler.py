# status: error|limit|ok
# code: uncaught_error|trap|stack_limit
# why: a crash asked for
import faulthandler
faulthandler._sigsegv()
