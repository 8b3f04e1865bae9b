# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: the host's functions called by hand with nonsense
import _cloche
for name in dir(_cloche):
    if name.startswith('_') or name in ('wait', 'sleep', 'HostError'): continue
    for args in ((), (1,), ('x',), (-1, 'x'), (2**31, 'x'), (None,) * 3, ('x',) * 8, (2**70,)):
        try: getattr(_cloche, name)(*args)
        except Exception: pass
1
