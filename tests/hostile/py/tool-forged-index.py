# status: ok|error
# code: uncaught_error
# tools: echo
# timeout: 3s
# why: a call by hand with an index that is not there
import _cloche
_cloche.call(99, '1')
