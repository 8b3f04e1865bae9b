# status: ok|error
# code: uncaught_error
# tools: echo
# timeout: 3s
# why: a call by hand with an argument that is no JSON
import _cloche
_cloche.call(0, '{')
