# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a value given by hand, then another
import _cloche
_cloche.value('1', '1')
_cloche.value('2', '2')
3
