# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a display hook that gives nonsense
class A:
    def _repr_mimebundle_(self, **k): return {1: object(), 'text/html': 7, 'x': b'\xff'}
display(A())
1
