# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a value that is no JSON
import _cloche
try:
    _cloche.value('{', 'x')
except Exception:
    pass
1
